"""Open triples in the store, on the NetworkX graph and on the page: beside the main graph, never in it."""

import pytest
from handmade import ONTOLOGY, iri, news, with_open

from kg import rdf
from kg.export import write
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import open_iri
from kg.open_graphs import OPEN_TRIPLE, PHRASE_TYPE, stored_open_triples
from kg.open_quads import open_graph, open_graph_of
from kg.store import Store


@pytest.fixture
def store():
    with Store.open() as opened:
        for extraction in news():
            opened.write(with_open(extraction) if extraction.article.id == "a1" else extraction, ONTOLOGY)
        yield opened


@pytest.fixture
def plain():
    with Store.open() as opened:
        for extraction in news():
            opened.write(extraction, ONTOLOGY)
        yield opened


def test_the_main_graph_is_the_same_with_and_without(store, plain):
    assert store.default_graph() == plain.default_graph()
    beside = store.quads() - plain.quads()
    assert {quad.graph_name.value for quad in beside} == {open_iri("a1")}
    assert plain.quads() <= store.quads()
    assert store.status_counts() == plain.status_counts()
    assert store.statements() == plain.statements()


def test_what_is_written_is_read_again(store):
    first, second = stored_open_triples(store)
    assert {first.property, second.property} == {None, "partnersWith"}
    assert {iri("Huawei"), iri("MTS")} <= {t for one in (first, second) for t in (one.subject, one.object)}
    assert all(start < end for t in (first, second) for start, end, _ in t.marks)
    words = {t.quote[start:end] for t in (first,) for start, end, role in t.marks if role == "predicate"}
    assert words == {first.relation}


def test_only_what_is_held_to_be_so_is_a_triple():
    extraction = news()[0]
    asserted = open_graph(with_open(extraction), ONTOLOGY)
    planned = open_graph(with_open(extraction, "planned"), ONTOLOGY)
    relation = {quad.predicate for quad in asserted if "/relation/" in quad.predicate.value}
    assert len(relation) == 1
    assert not relation & {quad.predicate for quad in planned}
    assert {q.object.value.rpartition("#")[2] for q in planned if q.predicate.value.endswith("status")} == {"planned"}


def test_removing_or_reading_an_article_again_takes_its_open_triples_away(store, plain):
    store.write(next(e for e in news() if e.article.id == "a1"), ONTOLOGY)
    assert store.quads() == plain.quads()
    store.write(with_open(next(e for e in news() if e.article.id == "a1")), ONTOLOGY)
    store.remove("a1")
    assert not set(store.matching(graph=open_graph_of("a1")))


def test_networkx_shows_them_when_asked(store):
    graph = KnowledgeGraph(store)
    hidden, shown = graph.to_networkx(), graph.to_networkx(open_triples=True)
    added = [given for _, _, given in shown.edges(data=True) if given["property"] == OPEN_TRIPLE]
    assert shown.number_of_edges() == hidden.number_of_edges() + len(added)
    assert len(added) == 2
    assert {given["label"] for given in added} == {stored_open_triples(store)[0].relation}
    phrases = [node for node, given in shown.nodes(data=True) if given["type"] == PHRASE_TYPE]
    assert len(phrases) == 1
    assert not [node for node, given in hidden.nodes(data=True) if given["type"] == PHRASE_TYPE]


def test_the_page_shows_them_when_asked_with_their_sentences(store):
    graph = KnowledgeGraph(store)
    hidden, shown = graph.view(), graph.view(open_triples=True)
    assert f'"property":"{OPEN_TRIPLE}"' not in hidden
    assert shown.count(f'"property":"{OPEN_TRIPLE}"') == 1  # the other says what a relation of the ontology says
    assert shown.count('"quote":') == hidden.count('"quote":') + 1
    focused = graph.view(focus="Huawei", relations=["partnersWith"], open_triples=True)
    assert f'"property":"{OPEN_TRIPLE}"' in focused


def test_exports_hold_them(store, tmp_path):
    (written,) = write(store, tmp_path / "graph.nq", "nq")
    assert rdf.nquads(store.quads()) == written.read_bytes()
    assert b"/open/a1>" in written.read_bytes()
