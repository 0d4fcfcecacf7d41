"""The description of a graph: its counts are those of the graph, and it is the same each time."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from handmade import ONTOLOGY, news, with_open
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.describe import SPELLINGS, describe
from kg.errors import KgError
from kg.knowledge_graph import KnowledgeGraph
from kg.store import Store
from kg.terms import A, term

WIKIDATA = "http://www.wikidata.org/entity/"


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


def values(quads, node: str, curie: str) -> list[str]:
    about = f"https://kg.example/dataset{node}"
    return sorted(q.object.value for q in quads if q.subject.value == about and q.predicate == term(curie))


def test_counts_are_those_of_the_graph(store):
    told = describe(store)
    plain = store.default_graph()
    assert values(told, "", "void:triples") == [str(len(store.quads()))]
    assert values(told, "#facts", "void:triples") == [str(len(plain))]
    assert values(told, "#facts", "void:entities") == [str(len(store.entities()))]
    assert values(told, "#class-Company", "void:entities") == ["2"]
    leads = [q for q in plain if q.predicate == term("kg:leads")]
    assert values(told, "#property-leads", "void:triples") == [str(len(leads))]
    assert values(told, "#statements", "void:entities") == [str(len(store.statements()))]
    assert values(told, "#statements-planned", "void:entities") == ["1"]
    assert values(told, "#mentions", "void:entities") == [str(len(store.mentions()))]
    assert values(told, "", "void:documents") == ["3"]


def test_it_tells_time_languages_links_and_versions(store):
    told = describe(store)
    assert values(told, "#period", "dcat:startDate") == ["2019"]
    assert values(told, "#period", "dcat:endDate") == ["2019-06-11"]
    assert values(told, "", "dcterms:language") == ["de"]
    assert values(told, "", "kg:extractedWith") == ["hand-made 1.0"]
    assert values(told, "", "kg:ontologyVersion") == [f"1+{ONTOLOGY.digest}"]
    (links,) = (q.subject for q in told if q.predicate == A and q.object == term("void:Linkset"))
    assert {q.object.value for q in told if q.subject == links} >= {WIKIDATA, "1"}
    assert [q.object.value for q in told if q.predicate == term("schema:softwareVersion")] == [kg.__version__]


def test_it_can_be_given_name_title_licence_and_address(store):
    told = describe(
        store, iri="https://example.org/news", title="N", licence="https://a.example/l", url="https://b.example"
    )
    about = {q.predicate: q.object.value for q in told if q.subject.value == "https://example.org/news"}
    assert (about[term("dcterms:title")], about[term("dcterms:license")]) == ("N", "https://a.example/l")
    urls = {q.object.value for q in told if q.predicate == term("dcat:downloadURL")}
    assert "https://b.example/graph.nq" in urls


@pytest.mark.parametrize("form", SPELLINGS)
def test_it_is_the_same_in_every_spelling(store, form):
    formats = {"ttl": "TURTLE", "nt": "N_TRIPLES", "rdf": "RDF_XML", "jsonld": "JSON_LD"}
    graph = KnowledgeGraph(store)
    written = graph.describe(form)
    assert set(ox.parse(written, getattr(ox.RdfFormat, formats[form]))) == describe(store)
    assert written == graph.describe(form)


@pytest.mark.parametrize("given", [{"iri": "news"}, {"licence": "a b:c"}, {"url": "<x>"}])
def test_what_is_no_iri_is_told(store, given):
    with pytest.raises(KgError, match=r"is no IRI – give a full one"):
        describe(store, **given)


def test_open_triples_are_counted_where_there_are_some(store):
    assert values(describe(store), "#open", "void:entities") == []
    store.write(with_open(news()[0]), ONTOLOGY)
    assert values(describe(store), "#open", "void:entities") == [str(len(with_open(news()[0]).open_triples))]
    assert values(describe(store), "", "void:triples") == [str(len(store.quads()))]


def test_an_empty_store_can_be_described():
    with Store.open() as empty:
        assert values(describe(empty), "", "void:triples") == ["0"]
        with pytest.raises(KgError, match="no format called 'xml' – allowed: ttl, nt, rdf, jsonld"):
            KnowledgeGraph(empty).describe("xml")


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "store") as made:
        made.write(news()[0], ONTOLOGY)

    def run(*words: str):
        return CliRunner().invoke(app, ["describe", "--store", "store", *words])

    told = run("--title", "Huawei news").stdout
    assert "void:triples" in told and 'dcterms:title "Huawei news"' in told
    assert run("--title", "Huawei news", "--out", "void.ttl").stdout == "written: void.ttl\n"
    assert (tmp_path / "void.ttl").read_text(encoding="utf-8") == told
    failed = run("--iri", "news")
    assert failed.exit_code == 1 and "“news” is no IRI" in failed.stderr
