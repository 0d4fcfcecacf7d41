"""Articles taken out: which are meant, what goes, and that nothing goes by mistake."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from handmade import ONTOLOGY, news
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import StoreError, UnknownNameError
from kg.inferred import infer, is_there
from kg.knowledge_graph import KnowledgeGraph
from kg.store import Store
from kg.terms import ONTOLOGY as ONTOLOGY_GRAPH


def filled(*without: str, engine: str = "oxigraph") -> Store:
    store = Store.open(engine=engine)  # type: ignore[arg-type]
    for extraction in news():
        if extraction.article.id not in without:
            store.write(extraction, ONTOLOGY)
    return store


@pytest.mark.parametrize("engine", ["oxigraph", "memory"])
@pytest.mark.parametrize("gone", [("a1",), ("a1", "a2"), ("a2", "a3"), ("a1", "a2", "a3")])
def test_what_stays_is_as_if_the_others_had_never_been_read(gone, engine):
    with filled(engine=engine) as store, filled(*gone, engine=engine) as never:
        store.remove(*gone)
        assert store.default_graph() == never.default_graph()
        # The vocabulary stays, even without an article.
        assert {q for q in store.quads() if q.graph_name != ONTOLOGY_GRAPH} == {
            q for q in never.quads() if q.graph_name != ONTOLOGY_GRAPH
        }


def test_after_a_removal_writing_goes_on_as_before():
    with filled() as store, filled() as whole:
        store.remove("a1", "a3")
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        assert store.quads() == whole.quads()


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a1"], ["a1"]),
        (["https://news.example/a1?x=1&y=2"], ["a1"]),
        (["huawei BAUT 5G in Russland"], ["a1"]),
        (["a[13]"], ["a1", "a3"]),
        (["https://news.example/*"], ["a1"]),
        (["a*", "a1"], ["a1", "a2", "a3"]),
    ],
)
def test_articles_are_named_in_many_ways(names, ids):
    with KnowledgeGraph(filled()) as graph:
        found = graph.remove(*names, dry_run=True)
        assert [article.id for article in found.articles] == ids
        assert not found.done
        assert len(graph.articles()) == 3


def test_it_tells_what_goes_and_what_others_support():
    with KnowledgeGraph(filled()) as graph:
        found = graph.remove("a1")
        # That Huawei partners with MTS says a2 as well.
        assert found.relations == (("Gou Ping", "leads", "Huawei"), ("MTS", "basedIn", "Russland"))
        assert found.entities == ("Gou Ping", "Russland")
        assert found.statements == {"asserted": 2, "reported": 1}
        assert ("Huawei", "partnersWith", "MTS") in graph.remove("a2", dry_run=True).relations


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a1", "a9"], "no article is called 'a9' – did you mean a3 or a2 or a1?"),
        (["b*"], "no article is called 'b*' – the store has 3, such as a1, a2, a3"),
        (["a1", "Huawei baut 5G in Russlnd"], "did you mean a1?"),
    ],
)
def test_an_unknown_name_removes_nothing_and_near_ones_are_told(names, told):
    with KnowledgeGraph(filled()) as graph:
        with pytest.raises(UnknownNameError) as raised:
            graph.remove(*names)
        assert told in str(raised.value)
        assert len(graph.articles()) == 3


def test_a_title_of_several_is_not_guessed():
    first, second = news()[0], news()[1]
    with Store.open() as store:
        for extraction in (first, second):
            titled = replace(extraction.article, title="Ticker")
            store.write(replace(extraction, article=titled), ONTOLOGY)
        with pytest.raises(UnknownNameError, match="called 'Ticker' – name one by its id: a1, a2"):
            KnowledgeGraph(store).remove("Ticker")


def test_what_was_inferred_goes_too():
    with filled() as store:
        infer(store)
        assert is_there(store)
        store.remove("a1", "a2")
        assert not is_there(store)


def test_several_with_one_that_is_not_there_change_nothing():
    with filled() as store:
        before = store.quads()
        with pytest.raises(StoreError, match="no article a9"):
            store.remove("a1", "a9")
        assert store.quads() == before


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "out" / "store") as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
    return lambda *words: CliRunner().invoke(app, ["remove", *words])


def test_the_command(run, tmp_path):
    shown = run("a1", "a2", "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "would be removed: a1  Huawei baut 5G in Russland · 2019-06-06" in shown.stdout
    assert "gone: Huawei – partnersWith – MTS" in shown.stdout
    with kg.open(tmp_path / "out" / "store") as graph:
        assert len(graph.articles()) == 3
    done = run("a1", "a2", "--json")
    found = json.loads(done.stdout)
    assert found["removed"] is True
    assert {"subject": "MTS", "property": "basedIn", "object": "Russland"} in found["relations"]
    with kg.open(tmp_path / "out" / "store") as graph:
        assert [article.id for article in graph.articles()] == ["a3"]


def test_the_command_fails_in_one_line(run):
    done = run("a1", "b")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "no article is called 'b'" in done.stderr
    assert run("a1", "--store", "fehlt").exit_code == 1
