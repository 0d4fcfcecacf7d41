"""A store brought up to date, and what is said of its state."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from handmade import ONTOLOGY, news, with_open
from test_store import opened
from typer.testing import CliRunner

import kg
from kg import pipeline, store_status
from kg.cli import app
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Failure
from kg.store import Store
from kg.store_status import status
from kg.updating import Update, update

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def folder(tmp_path, texts):
    """Two articles on disk; the third of the hand-made ones is not there yet."""
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in zip(("a1", "a2"), texts, strict=False):
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def store(folder):
    with Store.open() as made:
        pipeline.build([folder], store=made)
        yield made


def told(found: Update) -> tuple[tuple[str, ...], tuple[str, ...], int, tuple[str, ...]]:
    return found.new, found.changed, found.unchanged, found.removed


def test_what_is_there_already_is_left(store, folder):
    found = update(store, [folder])
    assert told(found) == ((), (), 2, ())
    assert found.comparison == ()
    assert repr(found) == "nothing new, 2 unchanged"


def test_new_and_changed_articles_and_what_they_change(store, folder, texts):
    (folder / "a2.txt").write_text("Nun steht hier etwas anderes.", encoding="utf-8")
    (folder / "a3.txt").write_text(texts[2], encoding="utf-8")
    beforehand = update(store, [folder], dry_run=True)
    assert not beforehand.done and [article.id for article in store.articles()] == ["a1", "a2"]
    found = update(store, [folder])
    assert told(found) == told(beforehand) == (("a3",), ("a2",), 1, ())
    changes = {(one.kind, one.subject, one.property, one.object, one.before, one.after) for one in found.comparison}
    assert ("new", "USA", "restricts", "MTS", None, "asserted") in changes
    assert ("changed", "USA", "restricts", "Huawei", "planned", "negated") in changes
    assert not any("partnersWith" in change for change in changes)  # a1 says so as well


def test_what_is_gone_stays_unless_the_store_is_pruned(store, folder):
    (folder / "a2.txt").unlink()
    assert update(store, [folder]).removed == ()
    assert update(store, [folder], prune=True, dry_run=True).removed == ("a2",)
    assert len(store.articles()) == 2
    found = update(store, [folder], prune=True)
    assert found.removed == ("a2",)
    assert ("gone", "USA", "restricts", "Huawei", "planned", "") in found.comparison.rows()
    assert [article.id for article in store.articles()] == ["a1"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_date_that_nobody_can_read_is_no_article_that_cannot_be_read(store, folder, texts, dry_run):
    (folder / "a1.txt").unlink()
    (folder / "a3.jsonl").write_text(json.dumps({"id": "a3", "text": texts[2], "date": "03/04/2019"}), encoding="utf-8")
    found = update(store, [folder], prune=True, dry_run=dry_run)
    assert (found.new, found.removed, found.failures) == (("a3",), ("a1",), ())


@pytest.mark.parametrize("dry_run", [True, False])
def test_nothing_is_pruned_where_a_source_cannot_be_read(store, folder, dry_run):
    (folder / "a2.txt").unlink()
    (folder / "b.txt").write_text("")
    found = update(store, [folder], prune=True, dry_run=dry_run)
    assert (found.removed, found.kept) == ((), ("a2",))
    assert [failure.problem for failure in found.failures] == ["is empty"]
    assert len(store.articles()) == 2


def test_an_article_that_is_there_and_cannot_be_read_stays(store, folder):
    (folder / "a2.txt").write_text("Ein Fehler beim Lesen dieses Textes.", encoding="utf-8")
    found = update(store, [folder], prune=True)
    assert told(found) == ((), (), 1, ())
    assert len(found.failures) == 1
    assert [article.id for article in store.articles()] == ["a1", "a2"]


def test_a_graph_is_updated_with_texts_too(folder):
    with KnowledgeGraph(Store.open()) as graph:
        assert graph.update(folder).new == ("a1", "a2")
        assert len(graph.update("Ein Text, der nirgends sonst steht.").new) == 1


@pytest.fixture
def run(tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "out" / "store") as store:
        pipeline.build([folder], store=store)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_the_command(run, folder, texts, tmp_path):
    (folder / "a3.txt").write_text(texts[2], encoding="utf-8")
    (folder / "a1.txt").unlink()
    shown = run("update", "articles", "--prune", "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines() == [
        "new: a3",
        "to be removed: a1",
        "articles: 1 new, 1 unchanged, 1 to be removed",
    ]
    done = run("update", "articles", "--prune", "--json")
    found = json.loads(done.stdout)
    assert (found["new"], found["removed"], found["unchanged"]) == (["a3"], ["a1"], 1)
    assert {"change": "gone", "subject": "Gou Ping", "property": "leads", "object": "Huawei"}.items() <= next(
        one for one in found["relations"] if one["change"] == "gone" and one["property"] == "leads"
    ).items()
    with kg.open(tmp_path / "out" / "store") as graph:
        assert [article.id for article in graph.articles()] == ["a2", "a3"]
    assert not (tmp_path / "out" / "graph.nq").exists()
    assert run("update", "articles").stdout.splitlines() == [
        "articles: 2 unchanged",
        "no relation is new, gone or of another status",
    ]


def test_it_says_that_the_page_is_older(run, folder, tmp_path):
    page = tmp_path / "out" / "graph.html"
    page.write_text("as it was", encoding="utf-8")
    assert "graph.html" not in run("update", "articles").stderr  # nothing has changed
    (folder / "a1.txt").unlink()
    assert "graph.html" not in run("update", "articles", "--prune", "--dry-run").stderr
    told = "kg: out/graph.html and the files beside it are as they were before: kg view --out out/graph.html, and"
    assert told in run("update", "articles", "--prune").stderr
    assert told in run("remove", "a2").stderr


def test_how_the_command_fails(run, folder):
    assert run("update", "articles", "--store", "fehlt").exit_code == 1
    none = run("update", "fehlt.txt")
    assert none.exit_code == 1
    assert none.stderr.splitlines()[-1] == "kg: error: nothing could be read"
    (folder / "a2.txt").write_text("Ein Abbruch beim Lesen.", encoding="utf-8")
    assert run("update", "articles").exit_code == 130


@pytest.fixture
def news_store(monkeypatch):
    monkeypatch.setattr(store_status, "load_ontology", lambda _: ONTOLOGY)
    monkeypatch.setattr(store_status, "at_hand", lambda: iter([{"name": "hand-made 2.0", "bundled": True}]))
    with Store.open() as made:
        for extraction in news():
            made.write(extraction, ONTOLOGY)
        yield made


def test_what_a_store_holds(news_store):
    found = status(news_store)
    assert (found.articles, found.first, found.last, found.undated) == (3, "2019", "2019-06-11", 0)
    assert (found.languages, found.publishers) == ({"de": 3}, {})
    assert found.statements == news_store.status_counts()
    assert (found.entities, found.triples) == (len(news_store.entities()), len(news_store.relations()))
    assert (found.size, found.inferred, found.failures) == (None, 0, ())


def test_the_status_shows_itself(news_store):
    failures = tuple(Failure(f"<{number}>.txt", "is odd", None) for number in range(12))
    shown = replace(status(news_store, "mine"), failures=failures)
    lines = repr(shown).splitlines()
    assert lines[0] == "store          mine  (layout 1)" and lines[1] == "articles       3  (2019 to 2019-06-11)"
    assert "not read       <9>.txt: is odd" in lines and lines[-1] == "… 2 more"
    assert "<td style='text-align:left'>&lt;11&gt;.txt: is odd</td>" in shown._repr_html_()


@pytest.mark.parametrize("kind", ["memory", "endpoint", "virtuoso"])
def test_every_kind_of_store_answers_alike(kind, tmp_path, news_store):
    graph = KnowledgeGraph(news_store)
    with KnowledgeGraph(opened(kind, tmp_path)) as other:
        for extraction in news():
            other.store.write(extraction, ONTOLOGY)
        first, second = graph.status(), other.status()
        assert replace(second, place=first.place) == first
        assert other.since("2019-06-10") == graph.since("2019-06-10") != ()
        assert other.conflicts() == graph.conflicts()
        assert graph.compare(other) == ()
        assert other.remove("a2").relations == graph.remove("a2").relations
        assert other.store.default_graph() == news_store.default_graph()


def test_what_was_read_by_another_pipeline_is_stale(news_store, monkeypatch):
    (one,) = status(news_store).read_with
    assert (one.model, one.articles, one.stale) == ("hand-made 1.0", 3, True)
    monkeypatch.setattr(store_status, "_models", lambda _: frozenset({"hand-made 1.0"}))
    assert status(news_store).stale == 0
    monkeypatch.undo()  # with the ontology at hand, which is another
    monkeypatch.setattr(store_status, "_models", lambda _: frozenset({"hand-made 1.0"}))
    assert status(news_store).stale == 3


def test_open_triples_are_no_statements(news_store):
    before = status(news_store).statements
    news_store.write(with_open(news()[0]), ONTOLOGY)
    assert status(news_store).statements == before == news_store.status_counts()


def test_an_empty_store_has_a_status():
    with Store.open() as store:
        found = status(store)
    assert (found.articles, found.first, found.entities, found.triples, found.read_with) == (0, None, 0, 0, ())


def test_the_status_on_the_command_line(run, tmp_path):
    with Store.open(tmp_path / "out" / "store") as store:
        store.write_failures([Failure("b.txt", "is empty", None)])
    shown = run("status")
    assert shown.exit_code == 0, shown.output
    assert "not read: b.txt: is empty" in shown.stdout
    assert "2 stale article(s): kg update PATHS… reads them again" in shown.stdout
    found = json.loads(run("status", "--json").stdout)
    assert (found["articles"], found["stale"], found["failures"][0]["source"]) == (2, 2, "b.txt")
    assert found["size"] > 1000
    assert run("status", "--exit-code").exit_code == 1
