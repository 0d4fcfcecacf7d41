"""Prints of one text, and how many independent sources a statement has."""

import os
import random
import subprocess
import sys
import tomllib
from dataclasses import replace

import pytest
import servers
from handmade import HUAWEI, MTS, ONTOLOGY, USA, article, iri
from reprints_measure import REPORTS, agency, cut, every, first_sentence, in_turn, other_word, quotes, version, with_own

from kg import reprints, source_counts
from kg.graphs import formed, to_networkx
from kg.independence import counted
from kg.knowledge_graph import KnowledgeGraph
from kg.printing import told_by
from kg.rdf import nquads
from kg.reprints import groups, same_text, shingles, signatures
from kg.store import Store
from kg.terms import SOURCES, local_name, subject_of, value_of

PAIRS = tomllib.loads(REPORTS.read_text(encoding="utf-8"))["pair"]
TEXT, OTHER = PAIRS[0]["one"], PAIRS[1]["one"]
ROUND_UP = " ".join(text for pair in PAIRS for text in pair.values())


def of(text: str):
    return shingles(text, [(0, len(text))])


SPEECH = (
    "„Wir werden die Produktion in Deutschland bis zum Jahr 2030 Schritt für Schritt auf klimafreundliche Verfahren "
    "umstellen und dafür in den kommenden Jahren rund zwei Milliarden Euro in die Hand nehmen, wenn die Politik "
    "verlässliche Bedingungen schafft und der Strompreis für die Industrie endlich auf ein Niveau sinkt, das wir im "
    "Wettbewerb mit anderen Ländern aushalten können“"
)
QUOTING = (
    f"Der Stahlkonzern Nordstahl will seine Werke umbauen. {SPEECH}, sagte Vorstandschefin Ina Berg am Dienstag auf "
    "der Hauptversammlung in Duisburg. Die Aktie legte leicht zu. Analysten hatten weniger erwartet, hieß es dort.",
    f"Nordstahl-Chefin Ina Berg hat den Aktionären ein großes Versprechen gemacht. {SPEECH}, so Berg. Gewerkschafter "
    "begrüßten die Ankündigung, forderten aber Zusagen für Arbeitsplätze. Das Bundesland prüft eine Förderung.",
)


class TestTexts:
    def test_a_speech_that_both_quote_makes_no_print(self):
        one, other = QUOTING
        assert not same_text(of(one), of(other))
        straight = one.replace("„", '"').replace("“", '"')
        assert same_text(of(one), of(straight)) and same_text(of(one), of(f"Duisburg (dpa) - {one}"))
        assert same_text(of(SPEECH), of(f"Die Rede: {SPEECH}"))  # where there is hardly anything else, it counts

    @pytest.mark.parametrize(
        ("change", "same"),
        [
            (lambda body, _: body, True),
            (lambda body, _: body.upper(), True),
            (agency, True),
            (quotes, True),
            (first_sentence, True),
            (cut(0.5), True),
            (cut(0.1), False),  # two sentences, which others may quote
            (with_own(1.0), True),
            (lambda body, _: f"{body} {ROUND_UP}", False),
            (every(10, other_word), True),
            (every(4, other_word), False),
            (in_turn(cut(0.8), first_sentence, agency, every(40, other_word)), True),
            (lambda body, other: version(body, other, 0.25), True),
            (lambda body, other: version(body, other, 0.5), False),
            (lambda _, other: other, False),
        ],
    )
    def test_what_counts_as_a_print(self, change, same):
        for body, other in ((TEXT, OTHER), (PAIRS[3]["one"], PAIRS[4]["one"])):
            assert same_text(of(body), of(change(body, other))) is same

    @pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
    def test_reports_by_two_hands_on_the_same_facts_are_two(self, pair):
        assert not same_text(of(pair["one"]), of(pair["other"]))

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("Huawei kauft Bosch.", "huawei kauft „Bosch“!", True),
            ("Huawei kauft Bosch.", "Huawei kauft Bosch. Das teilten beide mit.", False),
            ("", "", False),
            ("–", "…", False),
        ],
    )
    def test_short_texts_must_be_equal(self, one, other, same):
        assert same_text(of(one), of(other)) is same

    def test_only_the_stretches_that_are_given_count(self):
        text = f"Ein anderer Titel\n\n{TEXT}"
        assert (shingles(text, [(19, len(text))]) == of(TEXT)).all()

    def test_groups_are_connected_components_in_any_order(self):
        texts = [TEXT, cut(0.5)(TEXT, ""), with_own(0.3)(TEXT, OTHER), OTHER, quotes(OTHER, ""), PAIRS[2]["one"], ""]
        made = [of(text) for text in texts]
        assert groups(signatures(iter(made)), made.__getitem__) == [0, 0, 0, 3, 3, 5, 6]
        order = list(range(len(texts)))
        for seed in range(5):
            random.Random(seed).shuffle(order)
            turned = [made[number] for number in order]
            found = groups(signatures(turned), turned.__getitem__)
            parts = {frozenset(order[n] for n, group in enumerate(found) if group == g) for g in found}
            assert parts == {frozenset({0, 1, 2}), frozenset({3, 4}), frozenset({5}), frozenset({6})}

    def test_many_equal_texts_are_compared_once_each(self):
        asked = []
        made = [of(TEXT)] * 700

        def text_of(number):
            asked.append(number)
            return made[number]

        assert set(groups(signatures(iter(made)), text_of)) == {0}
        assert len(asked) <= 2 * len(made)

    def test_none_at_all(self):
        assert groups(signatures(()), lambda _: of("")) == []

    def test_numbers_are_the_same_in_every_process(self):
        code = (
            "from kg.reprints import shingles, signatures\n"
            "text = shingles('Der Konzern kauft den Zulieferer aus Jena', [(0, 41)])\n"
            "print(text[:3], signatures([text])[0, :3], hash('a'))"
        )
        told = [
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.rpartition(" ")
            for seed in ("1", "2")
        ]
        assert told[0][0] == told[1][0]
        assert told[0][2] != told[1][2]


# ── in the store ───────────────────────────────────────────────────────────────────────────────

FILL = [f"|{line}." for line in TEXT.split(". ")]
OTHER_FILL = [f"|{line}." for line in OTHER.split(". ")]
FACT = "partnersWith asserted|{s:Huawei} {p:kooperiert mit} {o:MTS}."
TURNED = "partnersWith reported MTS|{s:MTS} {p:kooperiert} mit {o:Huawei}, sagte ein Sprecher."
PLAN = "restricts planned|Die {s:USA} {p:wollen} {o:Huawei} {p:sperren}."
ENTITIES = (HUAWEI, MTS, USA)


def prints():
    """Three prints of one text and a report of its own."""
    return (
        article("a", [FACT, *FILL, PLAN], ENTITIES, title="Eins", date="2020-01-03"),
        article("b", [FACT, *FILL], ENTITIES, title="Zwei", date="2020-01-02"),
        article("c", [*FILL[:6], FACT], ENTITIES, date=None),
        article("d", [TURNED, *OTHER_FILL, PLAN], ENTITIES, date="2020-01-09"),
    )


def opened(kind, folder):
    if kind == "endpoint":
        address = servers.shared_oxigraph()
        servers.clear(address)
        return Store.open(address)
    return Store.open(folder / "store") if kind == "disk" else Store.open(engine=kind)


@pytest.fixture(params=["oxigraph", "disk", "memory", "endpoint"])
def store(request, tmp_path):
    with opened(request.param, tmp_path) as found:
        yield found


def write(store, articles):
    for one in articles:
        store.write(one, ONTOLOGY)
    return store


def told(store):
    """What the graph says: who prints whom, and relation, status and article of each statement with its number."""
    about = {one.id: (one.evidence.article, one.property, one.status) for one in store.statements()}
    found = {}
    for quad in store.matching(graph=SOURCES):
        name = local_name(subject_of(quad))
        if quad.subject != SOURCES:
            found[about.get(name, name)] = local_name(value_of(quad))
    return found


ALL = {
    "a": "b",
    "c": "b",
    ("a", "partnersWith", "asserted"): "2",
    ("b", "partnersWith", "asserted"): "2",
    ("c", "partnersWith", "asserted"): "2",
    ("d", "partnersWith", "reported"): "2",
    ("a", "restricts", "planned"): "2",
    ("d", "restricts", "planned"): "2",
}


class TestStore:
    def test_prints_of_one_text_are_one_source(self, store):
        assert write(store, prints()).renew_sources()
        assert told(store) == ALL
        assert not store.renew_sources()

    def test_the_order_of_writing_does_not_matter(self):
        made = set()
        for seed in range(4):
            articles = list(prints())
            random.Random(seed).shuffle(articles)
            with Store.open() as store:
                for number, one in enumerate(articles):
                    store.write(one, ONTOLOGY)
                    if seed % 2 and number % 2:
                        store.renew_sources()
                store.renew_sources()
                made.add(nquads(store.quads()))
        assert len(made) == 1

    def test_what_goes_and_changes(self, store):
        write(store, prints()).renew_sources()
        store.remove("d")
        assert not store.knows_sources()
        store.renew_sources()
        assert told(store)["a", "partnersWith", "asserted"] == told(store)["a", "restricts", "planned"] == "1"
        store.write(article("c", [*FILL[:6], FACT], ENTITIES, date="2019"), ONTOLOGY)  # now it is the first
        store.renew_sources()
        assert {name: told(store)[name] for name in ("a", "b")} == {"a": "c", "b": "c"}
        for name in "abc":
            store.remove(name)
        store.renew_sources()
        assert not any(store.matching(graph=SOURCES))

    def test_without_dates_the_smallest_id_comes_first(self):
        same = [article(name, FILL, (), date=None) for name in ("n10", "n2")]
        with write(Store.open(), same) as store:
            assert store.origins() == {"n2": "n10"}
            store.renew_sources()
            assert store.origins() == {"n2": "n10"}

    def test_any_write_takes_the_mark_away_and_the_library_stays_right(self, store):
        write(store, prints()[:2]).renew_sources()
        assert store.knows_sources()
        write(store, prints()[2:])
        assert not store.knows_sources()
        assert store.origins() == {"a": "b", "c": "b"}
        found = store.explain(iri("Huawei"), "partnersWith", iri("MTS"))
        assert [(one.article_id, one.sources, one.reprint_of) for one in found] == [
            ("a", 2, "b"),
            ("b", 2, None),
            ("c", 2, "b"),
            ("d", 2, None),
        ]

    def test_only_differences_are_written(self, monkeypatch):
        with write(Store.open(), prints()[:3]) as store:
            store.renew_sources()
            before = set(store.matching(graph=SOURCES))
            write(store, prints()[3:])
            written, real = [], store._engine.change

            def change(delete, insert, drop):
                written.append((set(delete), set(insert)))
                real(delete, insert, drop)

            monkeypatch.setattr(store._engine, "change", change)
            store.renew_sources()
            after = set(store.matching(graph=SOURCES))
            assert set().union(*(new for _, new in written)) == (after - before) | (after & before & _marks(after))
            assert set().union(*(old for old, _ in written)) == before - after

    def test_many_at_once(self, monkeypatch):
        monkeypatch.setattr(source_counts, "_STEP", 3)
        monkeypatch.setattr(reprints, "_BATCH", 2)
        with write(Store.open(), prints()) as store:
            store.renew_sources()
            assert told(store) == ALL


def _marks(quads):
    return {quad for quad in quads if quad.subject == SOURCES}


# ── in the library ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def graph():
    with write(Store.open(), prints()) as store:
        store.renew_sources()
        yield KnowledgeGraph(store)


class TestLibrary:
    def test_edges_know_their_sources(self, graph):
        edge = graph.to_networkx().edges["huawei", "mts", "partnersWith"]
        assert (edge["weight"], edge["articles"], edge["sources"]) == (4, 4, 2)
        assert formed(to_networkx(graph.store), "simple", "sources").edges["huawei", "mts"]["weight"] == 2

    def test_explanations_tell_it(self, graph):
        found = graph.explain("Huawei", "partnersWith", "MTS")
        assert told_by(found) == "4 articles, 2 independent sources"
        assert str(found).endswith("4 articles, 2 independent sources")
        assert "Eins · 2020-01-03 · a print of b" in str(found)
        assert told_by(found[:2]) == "2 articles, 1 independent source"
        assert told_by(found[:1]) == ""

    def test_who_denies_is_no_source_for_what_others_assert(self, graph):
        found = graph.explain("Huawei", "partnersWith", "MTS")
        denied = replace(found[0], status="negated", article_id="other", reprint_of=None)
        kinds = "asserted: 4 articles, 2 independent sources; negated: 1 article, 1 independent source"
        assert told_by([*found, denied]) == kinds
        assert told_by([*found, replace(denied, object="Iran")]) == "5 articles, 3 independent sources"

    def test_queries(self, graph):
        asked = graph.query("reprints")
        assert [[str(term) for term in row][:2] for row in asked] == [["b", "c"], ["b", "a"]]
        assert [int(row[3]) for row in graph.query("best-supported")] == [2, 2]
        assert graph.query("single-source").rows == ()
        with write(Store.open(), prints()[:3]) as store:
            store.renew_sources()
            rows = KnowledgeGraph(store).query("single-source").rows
            assert [int(row[3]) for row in rows] == [3]
            write(store, prints()[3:])
            assert KnowledgeGraph(store).query("single-source").rows == ()  # not to be believed until it is renewed

    def test_a_table(self, graph):
        frame = graph.to_pandas()
        assert list(frame["sources"]) == [2, 2, 2, 2, 2, 2]

    def test_a_count_is_of_what_is_given(self, graph):
        statements = graph.store.statements()
        assert set(counted(statements, {}, {"partnersWith"}).values()) == {2, 4}
        assert set(counted(statements, {}, ()).values()) == {1, 2, 3}
