"""What is counted without being held is what there is when all of it is held."""

import pytest
from handmade import ONTOLOGY, news

from kg.graphs import strongest, to_networkx
from kg.knowledge_graph import KnowledgeGraph
from kg.store import Store


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


def test_counts_are_those_of_the_records(store):
    assert store.article_count() == len(store.articles()) > 1
    assert store.entity_count() == len(store.entities()) > 1
    assert store.relation_count() == len(store.relations()) == len(KnowledgeGraph(store)) > 1
    assert [one for found in store.each_statements() for one in found] == list(store.statements())


def test_a_symmetric_triple_counts_once(store):
    triples = {(subject, name, value) for subject, name, value in store.relations() if name == "partnersWith"}
    assert triples
    assert not triples & {(value, name, subject) for subject, name, value in triples}
    both = sum(1 for quad in store.default_graph() if quad.predicate.value.endswith("#partnersWith"))
    assert both == 2 * len(triples)


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_strongest_are_those_of_the_whole_graph(store, number):
    wanted = strongest(to_networkx(store), number)
    found = store.strongest(number)
    assert [(subject, edge["property"], edge["weight"], value) for subject, edge, value in found] == [
        (subject, edge["property"], edge["weight"], value) for subject, edge, value in wanted
    ]
    assert [edge["confidence"] for _, edge, _ in found] == [edge["confidence"] for _, edge, _ in wanted]


def test_an_empty_store_counts_nothing():
    with Store.open() as store:
        assert (store.article_count(), store.entity_count(), store.relation_count()) == (0, 0, 0)
        assert store.strongest(5) == []
