"""What a store notes of its runs: versions of articles, and what could not be read."""

import pytest
from handmade import ONTOLOGY, news

from kg import rdf
from kg.bookkeeping import KEPT
from kg.records import Failure
from kg.store import Store
from kg.store_version import GRAPH


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as opened:
        yield opened


def test_a_version_comes_and_goes_with_its_article(store):
    one, other, _ = news()
    store.write(one, ONTOLOGY, "v1")
    store.write(other, ONTOLOGY)
    assert store.version_of(one.article.id) == "v1"
    assert store.version_of(other.article.id) is None
    store.write(one, ONTOLOGY, "v2")
    assert store.version_of(one.article.id) == "v2"
    before = store.quads()
    assert GRAPH.value.encode() not in rdf.nquads(before)
    store.write(one, ONTOLOGY)
    assert store.version_of(one.article.id) is None
    assert store.quads() == before
    store.write(one, ONTOLOGY, "v3")
    store.remove(one.article.id)
    assert store.version_of(one.article.id) is None
    assert all(quad.predicate.value.endswith("storeVersion") for quad in store.matching(graph=GRAPH))


def test_a_version_is_written_with_its_article_or_not_at_all(store, monkeypatch):
    one = news()[0]
    store.write(one, ONTOLOGY, "v1")
    monkeypatch.setattr(store._engine, "change", broken := lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        store.write(one, ONTOLOGY, "v2")
    assert broken and store.version_of(one.article.id) == "v1"


def test_two_versions_of_one_article_are_none(store):
    store.write(news()[0], ONTOLOGY, "v1")
    (noted,) = (quad for quad in store.matching(graph=GRAPH) if quad.predicate.value.endswith("readAs"))
    store.load([type(noted)(noted.subject, noted.predicate, type(noted.object)("v2"), GRAPH)])
    assert store.version_of(news()[0].article.id) is None


def test_failures_give_way_to_later_ones_of_their_source(store):
    one, other = Failure("b.txt", "is empty"), Failure('a "b"\n.jsonl:3', "is \ud800 no JSON", "mend it")
    store.write_failures([one, other])
    assert store.failures() == (other, one)
    later = Failure("b.txt", "is a binary file", "name a text")
    store.write_failures([later])
    assert store.failures() == (other, later)
    store.write_failures([], [other.source, "unknown"])
    assert store.failures() == (later,)
    store.write_failures([one], None)
    assert store.failures() == (one,)
    store.write_failures([], None)
    assert store.failures() == ()


def test_so_many_failures_are_noted_and_no_more(store):
    store.write_failures([Failure(f"{number:05}", "is empty") for number in range(KEPT + 5)])
    assert [failure.source for failure in store.failures()] == [f"{number:05}" for number in range(KEPT)]
