from __future__ import annotations

import dataclasses
import itertools
import os
import random
import signal
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest
import rdflib
import servers
from handmade import CHINA, HUAWEI, MTS, ONTOLOGY, USA, article, entity, iri, news, vocabulary
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from kg import rdf, terms
from kg.changes import ancestors, describe
from kg.errors import StoreError, UnknownNameError
from kg.records import Article, Entity, Extraction
from kg.store import Store

KINDS = ("oxigraph", "disk", "memory", "endpoint", "virtuoso")
QUICK = ("oxigraph", "memory")
_SERVERS = {"endpoint": servers.shared_oxigraph, "virtuoso": servers.shared_virtuoso}


def opened(kind: str, folder: Path) -> Store:
    """An empty store."""
    if kind == "disk":
        return Store.open(folder / "store")
    if kind in _SERVERS:
        address = _SERVERS[kind]()
        servers.clear(address)
        return Store.open(address)
    return Store.open(engine="memory" if kind == "memory" else "oxigraph")


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    with opened(request.param, tmp_path) as found:
        yield found


def filled(store: Store, extractions=None) -> Store:
    for extraction in extractions if extractions is not None else news():
        store.write(extraction, ONTOLOGY)
    return store


def recomputed(store: Store) -> frozenset:
    """The default graph worked out anew from all articles' graphs: what it must always be equal to."""
    quads = [
        quad
        for quad in store.quads()
        if getattr(quad.graph_name, "value", "").startswith("https://kg.example/article/")
    ]
    above = ancestors(q for q in store.quads() if q.graph_name == terms.ONTOLOGY and q.predicate == terms.SUBCLASS)
    found = {rdf_in_default(quad) for quad in quads if rdf.is_plain(quad)}
    told = [quad for quad in quads if quad.predicate in terms.DESCRIBING and quad.subject != quad.graph_name]
    for subject in {quad.subject.value for quad in told}:
        found |= describe(Counter(rdf_in_default(quad) for quad in told if quad.subject.value == subject), above)
    return frozenset(found)


def rdf_in_default(quad):
    return type(quad)(quad.subject, quad.predicate, quad.object, terms.DEFAULT)


def plain(store: Store) -> set[tuple[str, str, str]]:
    return {(terms.local_name(s), p, terms.local_name(o)) for s, p, o in store.relations()}


class TestWriting:
    def test_all_records_come_back(self, store):
        filled(store)
        written = news()
        assert store.articles() == tuple(extraction.article for extraction in written)
        assert store.statements() == tuple(s for extraction in written for s in extraction.statements)
        assert store.entities() == tuple(
            sorted({e for extraction in written for e in extraction.entities}, key=lambda e: e.iri)
        )

    def test_only_plain_statements_become_triples_and_a_symmetric_one_counts_once(self, store):
        filled(store)
        assert plain(store) == {
            ("huawei", "partnersWith", "mts"),
            ("mts", "basedIn", "russland-place"),
            ("gou-ping", "leads", "huawei"),
            ("huawei", "basedIn", "china-place"),
            ("usa-place", "restricts", "mts"),
        }

    def test_a_query_without_graph_counts_each_triple_once(self, store):
        filled(store)
        counted = store.query("SELECT (COUNT(*) AS ?n) { entity:huawei kg:partnersWith ?x }")
        assert counted.rows[0][0].toPython() == 1

    def test_the_triple_of_a_symmetric_property_answers_in_both_directions(self, store):
        filled(store, news()[:1])
        for query in ("SELECT ?x { ?x kg:partnersWith entity:mts }", "SELECT ?x { entity:mts kg:partnersWith ?x }"):
            assert store.query(query).rows == ((rdflib.URIRef(iri("Huawei")),),)
        (found,) = [s for s in store.statements() if s.property == "partnersWith"]
        assert (found.subject, found.object) == (iri("Huawei"), iri("MTS"))

    def test_evidence_is_reached_by_sparql(self, store):
        filled(store)
        rows = store.query(
            """SELECT ?quote ?title ?who ?words ?status {
                 GRAPH ?g { ?st rdf:predicate kg:leads ; kg:status ?status ; kg:attributedTo ?who ;
                            prov:wasDerivedFrom ?article ; kg:evidence ?e .
                            ?e oa:exact ?quote ; kg:predicateText ?words }
                 GRAPH ?article { ?article dcterms:title ?title } }"""
        ).rows
        ((quote, title, who, words, status),) = rows
        assert str(quote) == "Er führt den Konzern, sagt Gou Ping von Huawei."
        assert title == rdflib.Literal("Huawei baut 5G in Russland", lang="de")
        assert (str(who), str(words), terms.local_name(status)) == (iri("Gou Ping"), "führt", "reported")

    def test_offsets_in_the_graph_point_into_the_article_body(self, store):
        filled(store)
        rows = store.query(
            """SELECT ?body ?start ?end ?text {
                 GRAPH ?g { ?st prov:wasDerivedFrom ?a ; kg:evidence ?e .
                            ?e kg:subjectStart ?start ; kg:subjectEnd ?end ; kg:subjectText ?text }
                 GRAPH ?a { ?a schema:articleBody ?body } }"""
        ).rows
        assert len(rows) == 8
        assert all(str(body)[start.toPython() : end.toPython()] == str(text) for body, start, end, text in rows)

    def test_no_node_is_blank(self, store):
        assert "_:" not in rdf.nquads(filled(store).quads()).decode().replace("'_:'", "")

    def test_labels_of_the_vocabulary_are_there_once(self, store):
        filled(store)
        found = store.query("SELECT ?l { GRAPH <https://kg.example/ontology> { kg:leads rdfs:label ?l } }")
        assert {str(row[0]) for row in found} == {"leitet", "leads"}
        assert store.property_labels()["leads"] == {"de": "leitet", "en": "leads"}

    def test_an_unknown_property_is_refused_before_anything_is_written(self, store):
        filled(store)
        before = store.quads()
        extraction = news()[0]
        bad = dataclasses.replace(extraction.statements[0], property="weds")
        with pytest.raises(StoreError, match=r"unknown property weds – known: basedIn, leads"):
            store.write(dataclasses.replace(extraction, statements=(bad,)), ONTOLOGY)
        assert store.quads() == before

    @pytest.mark.parametrize("bad", ["no iri at all", "https://x.example/a b", ""])
    def test_an_iri_that_is_none_is_refused(self, store, bad):
        extraction = dataclasses.replace(news()[0], entities=(Entity(bad, "X", "Company"),))
        with pytest.raises(StoreError, match="article a1 cannot be written"):
            store.write(extraction, ONTOLOGY)
        assert store.quads() == frozenset()

    def test_two_ids_with_the_same_iri_do_not_overwrite_each_other(self, store):
        store.write(article("b 1", [], (HUAWEI,)), ONTOLOGY)
        with pytest.raises(
            StoreError, match=r"articles b-1 and b 1 have the same IRI .* – give one of them another id"
        ):
            store.write(article("b-1", [], (MTS,)), ONTOLOGY)
        assert [a.id for a in store.articles()] == ["b 1"]


class TestReplacing:
    def test_writing_again_changes_nothing(self, store):
        before = filled(store).quads()
        assert filled(store, reversed(news())).quads() == before

    def test_a_new_version_replaces_the_old_one_only(self, store):
        filled(store)
        store.write(article("a1", ["basedIn asserted|{s:Huawei} {p:in} {o:USA}."], (HUAWEI, USA)), ONTOLOGY)
        assert plain(store) == {
            ("huawei", "basedIn", "usa-place"),
            ("huawei", "partnersWith", "mts"),  # a2 still says so
            ("huawei", "basedIn", "china-place"),
            ("usa-place", "restricts", "mts"),
        }
        assert (
            store.quads()
            == filled(
                Store.open(),
                [article("a1", ["basedIn asserted|{s:Huawei} {p:in} {o:USA}."], (HUAWEI, USA)), *news()[1:]],
            ).quads()
        )

    def test_a_triple_and_an_entity_leave_with_their_last_article(self, store):
        filled(store)
        store.remove("a1")
        assert ("huawei", "partnersWith", "mts") in plain(store)
        assert iri("Gou Ping") not in {e.iri for e in store.entities()}
        store.remove("a2")
        assert ("huawei", "partnersWith", "mts") not in plain(store)
        assert not store.query("ASK { ?x kg:partnersWith ?y }")
        store.remove("a3")
        assert {str(q.graph_name.value) for q in store.quads()} == {"https://kg.example/ontology"}
        left = {str(g.identifier) for g in store.dataset.graphs()} - {"urn:x-rdflib:default", servers.DEFAULT_GRAPH}
        assert {name for name in left if name.startswith("https://kg.example/")} == {
            "https://kg.example/ontology",
            "https://kg.example/store",
        }

    def test_removing_what_is_not_there_is_an_error(self, store):
        with pytest.raises(StoreError, match="the store has no article a9"):
            store.remove("a9")

    def test_a_new_vocabulary_replaces_the_old_one_and_settles_types_anew(self, store):
        store.write(article("a", [], (entity("X", "Organization", name="X"),)), ONTOLOGY)
        store.write(article("b", [], (entity("X", "Organization", name="X"),)), ONTOLOGY)
        store.write(article("c", [], (entity("X", "Company", name="X"),)), ONTOLOGY)
        assert store.entities()[-1].type == "Company"
        flat = vocabulary("2", parents={})
        store.write(article("d", [], (USA,)), flat)
        assert store.entities()[-1].type == "Organization"
        assert len(store.query("SELECT ?v { GRAPH ?g { ?o owl:versionInfo ?v } }")) == 1
        assert store.default_graph() == recomputed(store)

    def test_a_write_that_failed_counts_for_nothing(self, store, monkeypatch):
        first, second, *others = disputed()
        filled(store, [first, second])
        with monkeypatch.context() as broken:
            broken.setattr(type(store._engine), "change", lambda *_: (_ for _ in ()).throw(StoreError("disk full")))
            with pytest.raises(StoreError, match="disk full"):
                store.write(others[0], ONTOLOGY)
        assert store.default_graph() == recomputed(store)
        filled(store, others)
        assert store.default_graph() == recomputed(store)
        store.remove(others[0].article.id)
        assert store.default_graph() == recomputed(store)


def disputed() -> list[Extraction]:
    """Five articles that agree on no name and no type."""
    told = [
        ("Huawei", "Company", ("Huawei Technologies",)),
        ("Huawei", "Organization", ()),
        ("HUAWEI", "Organization", ("Huawei Konzern",)),
        ("Huawei Technologies", "Person", ("Huawei",)),
        ("HUAWEI", "Thing", ()),
    ]
    return [
        article(
            f"d{number}",
            [f"basedIn asserted|{{s:Huawei}} {{p:in}} {{o:China}} {number}."],
            (entity(*one, name="Huawei"), CHINA),
        )
        for number, one in enumerate(told)
    ]


class TestDefaultGraph:
    def test_disputes_are_settled_by_most_articles_then_by_name(self, store):
        (found,) = [e for e in filled(store, disputed()).entities() if e.iri == iri("Huawei")]
        # Company: itself, two Organizations and a Thing agree; Organization: two and a Thing.
        assert found == Entity(iri("Huawei"), "HUAWEI", "Company", ("Huawei", "Huawei Konzern", "Huawei Technologies"))

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_order_of_writing_matters(self, kind, tmp_path):
        orders = list(itertools.permutations(disputed()))
        random.Random(7).shuffle(orders)
        results = set()
        for number, order in enumerate(orders[: 24 if kind in QUICK else 6]):
            (tmp_path / str(number)).mkdir()
            with opened(kind, tmp_path / str(number)) as store:
                results.add(rdf.nquads(filled(store, order).quads()))
        assert len(results) == 1

    def test_engines_hold_the_same_bytes(self, tmp_path):
        written = []
        for kind in KINDS:
            with opened(kind, tmp_path) as store:
                written.append(rdf.nquads(filled(store, [*news(), *disputed()]).quads()))
        assert len(set(written)) == 1

    def test_it_follows_the_articles_through_any_history(self, store):
        draw = random.Random(11)
        pool = [*news(), *disputed()]
        present: dict[str, Extraction] = {}
        for _ in range(10 if isinstance(store.dataset.store, SPARQLUpdateStore) else 40):
            extraction = draw.choice(pool)
            name = extraction.article.id
            if name in present and draw.random() < 0.5:
                store.remove(name)
                del present[name]
            else:
                entities = tuple(e for e in extraction.entities if draw.random() < 0.8)
                present[name] = dataclasses.replace(extraction, entities=entities)
                store.write(present[name], ONTOLOGY)
            assert store.default_graph() == recomputed(store)
        if present:
            assert store.quads() == filled(Store.open(), present.values()).quads()

    def test_nothing_in_it_hangs_on_the_hash_seed(self):
        script = "import sys, test_store as t; sys.stdout.buffer.write(t.all_bytes())"
        found = {
            subprocess.run(
                [sys.executable, "-c", script],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(found) == 1
        assert found.pop() == all_bytes()


def all_bytes() -> bytes:
    return rdf.nquads(filled(Store.open(), [*news(), *disputed()]).quads())


HOSTILE = (
    'a \\u0022 } ; DROP ALL ; INSERT DATA { <a:b> <a:b> "x',
    "\"\"\"\n\r\t''' \\ \x00 \x07 \u2028 😀",
    "<script>alert(1)</script> = \ud800 lone",
)


class TestHostileText:
    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_it_is_kept_as_text(self, store, hostile):
        extraction = news()[0]
        body = dataclasses.replace(
            extraction.article,
            text=extraction.article.text + hostile,
            title=hostile,
            url="https://x.example/" + hostile,
        )
        named = dataclasses.replace(MTS, label=hostile, aliases=(hostile + "2",))
        before = len(filled(store).quads())
        store.write(dataclasses.replace(extraction, article=body, entities=(named,)), ONTOLOGY)
        wanted = hostile.replace("\ud800", "\ufffd")
        (found,) = [a for a in store.articles() if a.id == "a1"]
        assert (found.title, found.url) == (wanted, "https://x.example/" + wanted)
        assert found.text.endswith(wanted) and len(found.text) == len(body.text)
        assert wanted in {name for e in store.entities() for name in (e.label, *e.aliases)}
        assert len(store.quads()) > before / 2
        assert store.default_graph() == recomputed(store)


class TestFinding:
    @pytest.mark.parametrize(
        ("name", "wanted"),
        [
            ("Huawei", "Huawei"),
            ("huawei", "Huawei"),
            ("Huawei Technologies", "Huawei"),
            ("vereinigte staaten", "USA"),
            (" RUSSISCHE FÖDERATION ", "Russland"),
            (iri("MTS"), "MTS"),
        ],
    )
    def test_by_label_alias_or_iri(self, store, name, wanted):
        assert filled(store).find_entity(name) == iri(wanted)

    def test_a_label_goes_before_an_alias_and_the_commoner_before_the_rarer(self, store):
        store.write(article("x", [], (entity("Merz"), entity("A", aliases=("Merz", "M")))), ONTOLOGY)
        store.write(article("y", [], (entity("B", aliases=("M",)),)), ONTOLOGY)
        store.write(article("z", [], (entity("B", aliases=("M",)),)), ONTOLOGY)
        assert store.find_entity("Merz") == iri("Merz")
        assert store.find_entity("M") == iri("B")

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("Huwei", "did you mean Huawei?"),
            ("Zzz", "nothing in the store"),
            ("https://kg.example/entity/<", "nothing"),
        ],
    )
    def test_an_unknown_name_suggests_near_ones(self, store, name, hint):
        with pytest.raises(UnknownNameError, match=r"no entity is called") as caught:
            filled(store).find_entity(name)
        assert hint in str(caught.value)

    @pytest.mark.parametrize("name", ["partnersWith", "kg:partnersWith", "Arbeitet zusammen mit", "partners with"])
    def test_a_property_by_name_or_label(self, store, name):
        assert filled(store).find_property(name) == "partnersWith"

    def test_an_unknown_property_suggests_near_ones(self, store):
        with pytest.raises(UnknownNameError, match="no property is called 'partnerWith' – did you mean partnersWith"):
            filled(store).find_property("partnerWith")


class TestExplaining:
    def test_a_symmetric_triple_is_found_in_both_directions(self, store):
        filled(store)
        for ends in ((iri("Huawei"), iri("MTS")), (iri("MTS"), iri("Huawei"))):
            found = store.explain(ends[0], "partnersWith", ends[1])
            assert [(e.subject, e.object, e.article_id) for e in found] == [
                ("Huawei", "MTS", "a1"),
                ("MTS", "Huawei", "a2"),
            ]

    def test_a_directed_triple_is_found_in_one(self, store):
        filled(store)
        assert store.explain(iri("Russland"), "basedIn", iri("MTS")) == ()

    @pytest.mark.parametrize(
        ("subject", "prop", "value", "count"),
        [
            (None, None, None, 8),
            ("USA", None, None, 3),
            (None, "restricts", None, 3),
            ("USA", "restricts", "Huawei", 2),
            ("Huawei", None, None, 3),
            (None, None, "Huawei", 5),
            (None, "partnersWith", "Huawei", 2),
            ("China", None, None, 0),
        ],
    )
    def test_none_stands_for_any(self, store, subject, prop, value, count):
        filled(store)
        found = store.explain(subject and iri(subject), prop, value and iri(value))
        assert len(found) == count
        assert len(set(found)) == count

    def test_the_words_are_marked_in_their_sentence(self, store):
        (found,) = filled(store).explain(iri("Gou Ping"), "leads", None)
        words = [(found.quote[start:end], role) for start, end, role in found.marks]
        assert words == [("führt", "predicate"), ("Gou Ping", "subject"), ("Huawei", "object")]
        assert (found.status, found.confidence, found.attributed_to) == ("reported", 0.94, "Gou Ping")
        assert (found.date, found.url) == ("2019-06-06", "https://news.example/a1?x=1&y=2")
        assert found.reasons == ("called Gou Ping", "called Huawei")

    def test_times_and_qualifiers_read_well(self, store):
        (found,) = filled(store).explain(iri("Gou Ping"), "leads", None)
        assert found.event_time == "2019-06"
        assert dict(found.qualifiers) == {
            "time": "2019-06 (Er)",
            "amount": "5400000000 EUR (Er)",
            "share": "Er",
            "count": "Er",
            "role": "Er",
            "topic": "China",
            "place": "Russland",
        }

    def test_order_is_by_status_then_place(self, store):
        assert [e.status for e in filled(store).explain(iri("USA"), None, None)] == ["asserted", "planned", "negated"]


class TestCounting:
    def test_counts(self, store):
        filled(store)
        assert dict(store.status_counts()) == {"asserted": 5, "reported": 1, "planned": 1, "negated": 1}
        assert list(store.status_counts()) == ["asserted", "reported", "planned", "negated"]
        assert store.article_counts()[iri("Huawei")] == 3
        assert store.mention_counts()[iri("USA")] == 3


class TestOpening:
    def test_what_was_written_is_there_after_closing(self, tmp_path):
        folder = tmp_path / "deep" / "store"
        with Store.open(folder) as store:
            before = filled(store).quads()
        with Store.open(str(folder)) as store:
            assert store.quads() == before

    def test_a_locked_folder(self, tmp_path):
        with (
            Store.open(tmp_path / "s"),
            pytest.raises(StoreError, match="s: the store is in use by another process – wait"),
        ):
            Store.open(tmp_path / "s")

    def test_a_foreign_folder_is_left_alone(self, tmp_path):
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(StoreError, match=r"not a store, it holds thesis.txt – name an empty folder"):
            Store.open(tmp_path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_file(self, tmp_path):
        (tmp_path / "f").write_text("")
        with pytest.raises(StoreError, match="this is a file"):
            Store.open(tmp_path / "f")
        with pytest.raises(StoreError, match="f"):
            Store.open(tmp_path / "f" / "s")

    def test_a_damaged_store(self, tmp_path):
        with Store.open(tmp_path / "s") as store:
            filled(store)
        (tmp_path / "s" / "CURRENT").write_text("MANIFEST-999999\n")
        with pytest.raises(StoreError, match="cannot be opened") as caught:
            Store.open(tmp_path / "s")
        assert "\n" not in str(caught.value)

    def test_an_unfinished_new_store_is_no_foreign_folder(self, tmp_path):
        (tmp_path / "LOCK").write_text("")
        (tmp_path / "LOG").write_text("")
        with Store.open(tmp_path) as store:
            assert store.articles() == ()

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_closed_store_says_so(self, kind, tmp_path):
        store = opened(kind, tmp_path)
        store.close()
        store.close()
        with pytest.raises(StoreError, match="the store is closed"):
            store.articles()

    def test_the_memory_engine_has_no_folder(self, tmp_path):
        with pytest.raises(StoreError, match="keeps nothing on disk"):
            Store.open(tmp_path, engine="memory")
        with pytest.raises(StoreError, match="no engine called sqlite – oxigraph or memory"):
            Store.open(engine="sqlite")  # type: ignore[arg-type]


class TestAllOrNothing:
    def test_a_write_that_is_killed_leaves_whole_articles(self, tmp_path):
        """A process that writes without end is killed, several times over; each time the store opens and is whole."""
        script = textwrap.dedent(
            """
            import dataclasses, sys
            from handmade import ONTOLOGY, article, entity, iri, CHINA, HUAWEI
            from kg.store import Store
            store = Store.open(sys.argv[1])
            number = int(sys.argv[2])
            while True:
                sentences = ["basedIn asserted|{s:Huawei} {p:in} {o:China}."] * 40
                entities = (HUAWEI, CHINA, entity(f"Firma {number}"))
                store.write(article(f"k{number}", sentences, entities), ONTOLOGY)
                print(number, flush=True)
                number += 1
            """
        )
        first = 0
        for round_ in range(3):
            process = subprocess.Popen(
                [sys.executable, "-c", script, str(tmp_path / "s"), str(first)],
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
                stdout=subprocess.PIPE,
                text=True,
            )
            assert process.stdout is not None
            acknowledged = [int(process.stdout.readline()) for _ in range(3 + 2 * round_)]
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()
            first = acknowledged[-1] + 1
            with Store.open(tmp_path / "s") as store:
                ids = {found.id for found in store.articles()}
                assert {f"k{number}" for number in range(first)} <= ids
                assert len(store.statements()) == 40 * len(ids)
                assert store.default_graph() == recomputed(store)

    def test_an_interrupt_in_the_memory_store_takes_all_back(self, monkeypatch):
        store = filled(Store.open(engine="memory"), news()[:2])
        before = store.quads()
        calls = itertools.count()
        real = rdflib.Graph.add

        def add(self, triple):
            if next(calls) == 60:
                raise KeyboardInterrupt
            return real(self, triple)

        monkeypatch.setattr(rdflib.Graph, "add", add)
        with pytest.raises(KeyboardInterrupt):
            store.write(news()[2], ONTOLOGY)
        monkeypatch.undo()
        assert store.quads() == before


def test_a_lost_field_names_its_node():
    with pytest.raises(StoreError, match=r"a node without dcterms:identifier .*article/a1"):
        rdf.read_article([], "https://kg.example/article/a1")


def test_article_without_anything_optional(store):
    extraction = Extraction(Article("bare", "", ()), "de", "m", (), (), (), ())
    store.write(extraction, ONTOLOGY)
    assert store.articles() == (Article("bare", "", (), language="de"),)
    assert (store.statements(), store.entities(), store.relations()) == ((), (), ())
