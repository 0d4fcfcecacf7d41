"""The lists of a graph's entities: how often they are spoken of, what was tied and why, what was kept apart."""

from __future__ import annotations

import csv
import io
import json

import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, USA, article, entity, news
from typer.testing import CliRunner

from kg.alias_rows import COLUMNS
from kg.cli import app
from kg.entity_lists import ClosePairs, Entities, Merges
from kg.errors import KgError
from kg.knowledge_graph import KnowledgeGraph
from kg.store import Store


@pytest.fixture
def graph():
    with KnowledgeGraph(Store.open()) as found:
        for extraction in news():
            found.store.write(extraction, ONTOLOGY)
        yield found


def graph_of(*entities) -> KnowledgeGraph:
    """A graph of one article that only names some entities."""
    store = Store.open()
    store.write(article("a1", ["|Nichts."], entities), ONTOLOGY)
    return KnowledgeGraph(store)


class TestEntities:
    def test_counts(self, graph):
        found = graph.entities()
        assert tuple(found) == graph.store.entities()
        counts = found.counts[HUAWEI.iri]
        assert (counts.mentions, counts.statements, counts.articles) == (6, 6, 3)
        assert [e.label for e in found.most_mentioned()][:3] == ["Huawei", "MTS", "USA"]

    @pytest.mark.parametrize(
        ("type", "search", "wanted"),
        [
            ("Company", None, ["Huawei", "MTS"]),
            ("Organization", None, ["Huawei", "MTS"]),
            ("Person", None, ["Gou Ping"]),
            (None, "hua", ["Huawei"]),
            (None, "VEREINIGTE", ["USA"]),
            ("Country", "a", ["China", "Russland", "USA"]),
            ("Product", None, []),
        ],
    )
    def test_type_and_search(self, graph, type, search, wanted):
        assert sorted(e.label for e in graph.entities(type, search)) == wanted

    def test_search_in_other_spellings(self):
        with graph_of(entity("Müller Bräu")) as found:
            assert len(found.entities(search="mueller")) == len(found.entities(search="Bräu")) == 1

    def test_an_unknown_type(self, graph):
        with pytest.raises(KgError, match="no class called Firm – known: Company, Country, GovernmentBody"):
            graph.entities("Firm")

    def test_it_shows_itself(self, graph):
        assert repr(graph.entities("Company")) == "Huawei (Company, 6 mentions)\nMTS (Company, 4 mentions)"
        page = graph.entities()._repr_html_()
        assert page.count("<tr>") == 7 and "Huawei Technologies" in page
        assert repr(Entities.of((), {})) == "no entity found"

    def test_names_are_escaped(self):
        with graph_of(entity("<b>A & B</b>")) as found:
            assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in found.entities()._repr_html_()


class TestMerges:
    def test_spellings_with_reason_and_place(self, graph):
        (tied,) = [m for m in graph.merges() if m.name == "Vereinigten Staaten"]
        assert (tied.entity.iri, tied.reason, tied.mentions, tied.articles) == (USA.iri, "called USA", 1, ("a3",))

    def test_the_label_itself_is_no_merge(self, graph):
        assert {m.name for m in graph.merges()} == {"Vereinigten Staaten", "russische"}

    def test_type_and_search(self, graph):
        assert [m.name for m in graph.merges("Company")] == []
        assert [m.name for m in graph.merges(search="USA")] == ["Vereinigten Staaten"]

    def test_it_shows_itself(self, graph):
        assert repr(graph.merges(search="USA")) == "Vereinigten Staaten → USA: called USA"
        assert "<td style='text-align:left'>called USA</td>" in graph.merges()._repr_html_()
        assert repr(Merges()) == "no spelling was tied" and Merges()._repr_html_() == "<p>nothing found</p>"


PAIRS = {
    "another type": (
        [entity("Jordan", "Person", name="Jordan P"), entity("Jordan", "Country")],
        ["Jordan / Jordan: the same name, but Country and Person"],
    ),
    "an alias that is a label elsewhere": (
        [entity("Europäische Gaskontrolle", aliases=("EGK",)), entity("EGK")],
        ["EGK / Europäische Gaskontrolle: “EGK” is a name of both"],
    ),
    "spellings": (
        [entity("Brenner-Holm"), entity("BrennerHolm")],
        ["Brenner-Holm / BrennerHolm: “Brenner-Holm” and “BrennerHolm” are spellings of one name"],
    ),
    "a surname of two": (
        [entity("Karin Weidinger", "Person"), entity("Thomas Weidinger", "Person")],
        ["Karin Weidinger / Thomas Weidinger: the same surname “Weidinger”"],
    ),
    "a surname alone": (
        [entity("Weidinger", "Person"), entity("Thomas Weidinger", "Person")],
        ["Thomas Weidinger / Weidinger: “Weidinger” is a surname alone"],
    ),
    "initials": (
        [entity("Bund Deutscher Imker"), entity("BDI")],
        ["BDI / Bund Deutscher Imker: “BDI” may abbreviate “Bund Deutscher Imker”"],
    ),
    "a longer name": (
        [entity("Amazon"), entity("Amazon Web Services")],
        ["Amazon / Amazon Web Services: “Amazon Web Services” begins with “Amazon”"],
    ),
    "a slip": (
        [entity("Tuulikom"), entity("Tulikom")],
        ["Tulikom / Tuulikom: “Tuulikom” and “Tulikom” differ in a letter or two"],
    ),
    "numbers are no slips": ([entity("Airbus A320", "Product"), entity("Airbus A321", "Product")], []),
    "short names are no slips": ([entity("Iran", "Country"), entity("Irak", "Country")], []),
    "kinds that have nothing in common": ([entity("Tuulikom"), entity("Tulikom", "Product")], []),
    "nothing alike": ([entity("Huawei"), entity("MTS"), entity("Gou Ping", "Person")], []),
}


@pytest.mark.parametrize(("entities", "wanted"), PAIRS.values(), ids=PAIRS)
def test_close_pairs(entities, wanted):
    with graph_of(*entities) as found:
        assert sorted(repr(found.close_pairs()).splitlines()) == (wanted or ["no close pair"])


def test_close_pairs_by_type_and_name():
    with graph_of(entity("Amazon"), entity("Amazon Web Services"), entity("Weber", "Person")) as found:
        assert len(found.close_pairs("Company")) == 1
        assert len(found.close_pairs("Person")) == len(found.close_pairs(search="Weber")) == 0
        assert len(found.close_pairs(search="Web Serv")) == 1
        assert "begins with" in found.close_pairs()._repr_html_()
    assert ClosePairs()._repr_html_() == "<p>nothing found</p>"


def test_a_surname_of_many_is_paired_with_the_most_mentioned():
    people = [entity(f"P{number} Müller", "Person") for number in range(30)]
    with graph_of(*people) as found:
        assert len(found.close_pairs()) == 29


class TestCommand:
    @pytest.fixture
    def kg(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with Store.open(tmp_path / "out" / "store") as store:
            for extraction in news():
                store.write(extraction, ONTOLOGY)
            close = (
                entity("Amazon"),
                entity("Amazon Web, Inc."),
                entity("Jordan", "Person", name="Jordan P"),
                entity("Jordan", "Country"),
            )
            store.write(article("a4", ["|Nichts."], close), ONTOLOGY)

        def run(*arguments):
            return CliRunner().invoke(app, ["entities", *arguments])

        return run

    @pytest.mark.parametrize("place", [(), ("out",), ("out/store",), ("--store", "out/store")])
    def test_where_the_graph_is_found(self, kg, place):
        done = kg(*place, "--type", "Company", "--limit", "2")
        assert done.exit_code == 0, done.output
        lines = [line.split() for line in done.stdout.splitlines()]
        assert lines[1] == ["Huawei", "Company", "Huawei", "Technologies", "6", "6", "3"]
        assert lines[-1] == ["4", "entities,", "2", "shown;", "--limit", "0", "shows", "all"]

    def test_merges_and_close_pairs(self, kg):
        assert "Vereinigten Staaten → USA (Country): called USA  1× in a3\n" in kg("--merges").stdout
        done = kg("--apart")
        assert "Jordan (Country) ≠ Jordan (Person): the same name, but Country and Person\n" in done.stdout
        assert done.stdout.endswith("2 pairs\n")

    def test_json(self, kg):
        found = json.loads(kg("--json").stdout)
        assert len(found) == 10
        assert found[0] == {
            "iri": HUAWEI.iri, "label": "Huawei", "type": "Company", "aliases": ["Huawei Technologies"],
            "mentions": 6, "statements": 6, "articles": 3,
        }  # fmt: skip
        assert len(json.loads(kg("--json", "--limit", "1").stdout)) == 1
        assert json.loads(kg("--merges", "--json").stdout)[0]["entity"]["label"] in {"Russland", "USA"}
        assert {"one", "other", "reason"} == set(json.loads(kg("--apart", "--json").stdout)[0])

    def test_a_template_is_a_decision_file(self, kg):
        written = kg("--template").stdout
        rows = list(csv.DictReader(io.StringIO(written)))
        assert tuple(rows[0]) == COLUMNS
        assert [(r["name"], r["decision"], r["other"], r["type"]) for r in rows] == [
            ("Amazon", "", "Amazon Web, Inc.", "Company")
        ]

    def test_errors(self, kg):
        assert "no class called Firm – known:" in kg("--type", "Firm").stderr
        assert "there is no store" in kg("fehlt").stderr
        assert kg("--merges", "--apart").exit_code == 2
        assert kg("--search", "gibt es nicht").stdout == "0 entities\n"


def test_the_store_keeps_what_a_mention_was_tied_to_and_why(graph):
    mention = next(m for m in graph.store.mentions() if m.text == "MTS")
    text = next(a.text for a in graph.articles() if a.id == mention.article)
    assert (mention.iri, mention.reason, mention.certainty, mention.kind) == (MTS.iri, "called MTS", 0.9, "name")
    assert text[mention.start : mention.end] == "MTS"
