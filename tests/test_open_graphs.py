"""Open triples in the store, on the NetworkX graph and on the page: beside the main graph, never in it."""

from dataclasses import replace

import pytest
from handmade import ONTOLOGY, iri, news

from kg import rdf
from kg.export import write
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import open_iri
from kg.open_graphs import PHRASE_TYPE, PROPERTY, stored_open_triples
from kg.open_quads import open_graph
from kg.records import OpenTriple, Phrase
from kg.store import Store


def phrase(text, words, article):
    start = article.text.index(words)
    return Phrase(text, (start,), ((start, start + len(words)),))


def with_open(extraction, status="asserted"):
    """An extraction with two open triples: one between entities, one with an end that is only a phrase."""
    article = extraction.article
    one = extraction.statements[0]
    quote = article.text[one.evidence.start : one.evidence.end]
    subject = article.text[slice(*one.evidence.subject)]
    target = article.text[slice(*one.evidence.object)]
    relation = article.text[slice(*one.evidence.predicate[0])]
    between = OpenTriple(
        sentence=0,
        start=one.evidence.start,
        end=one.evidence.end,
        subject=phrase(subject, subject, article),
        relation=phrase(relation, relation, article),
        object=phrase(target, target, article),
        clause_type="SVO",
        status=status,
        confidence=0.8,
        subject_entity=one.subject,
        object_entity=one.object,
        property=one.property,
    )
    last = quote.split()[-1].rstrip(".")
    beside = replace(between, object=phrase(last, last, article), object_entity=None, property=None)
    return replace(extraction, open_triples=(between, beside))


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
    assert not store.quads(open_iri("a1"))


def test_networkx_shows_them_when_asked(store):
    graph = KnowledgeGraph(store)
    hidden, shown = graph.to_networkx(), graph.to_networkx(open_triples=True)
    added = [given for _, _, given in shown.edges(data=True) if given["property"] == PROPERTY]
    assert shown.number_of_edges() == hidden.number_of_edges() + len(added)
    assert len(added) == 2
    assert {given["label"] for given in added} == {stored_open_triples(store)[0].relation}
    phrases = [node for node, given in shown.nodes(data=True) if given["type"] == PHRASE_TYPE]
    assert len(phrases) == 1
    assert not [node for node, given in hidden.nodes(data=True) if given["type"] == PHRASE_TYPE]


def test_the_page_shows_them_when_asked_with_their_sentences(store):
    graph = KnowledgeGraph(store)
    hidden, shown = graph.view(), graph.view(open_triples=True)
    assert f'"property":"{PROPERTY}"' not in hidden
    assert shown.count(f'"property":"{PROPERTY}"') == 2
    focused = graph.view(focus="Huawei", relations=["partnersWith"], open_triples=True)
    assert f'"property":"{PROPERTY}"' in focused


def test_exports_hold_them(store, tmp_path):
    (written,) = write(store, tmp_path / "graph.nq", "nq")
    assert rdf.nquads(store.quads()) == written.read_bytes()
    assert b"/open/a1>" in written.read_bytes()
