"""The composition root, with hand-made extractions in the place of a language pipeline."""

import re
from dataclasses import replace

import pytest
from handmade import news

from kg import articles, pipeline
from kg.errors import InputError, KgError, LanguageError, ModelError, OntologyError
from kg.records import Article
from kg.store import Store

pytestmark = pytest.mark.usefixtures("stand_in")
EXTRACTIONS = {extraction.article.text: extraction for extraction in news()}
TEXTS = list(EXTRACTIONS)


def given(*texts: str) -> list[Article]:
    return [articles.from_text(text, id=f"a{number}") for number, text in enumerate(texts, start=1)]


def test_what_is_built_is_reported_and_stored():
    steps = []
    with Store.open() as store:
        report = pipeline.build(given(*TEXTS, "Nichts ist davon."), store=store, progress=steps.append)
        assert len(store.articles()) == 4
        assert report.statements == store.status_counts()
    assert report.articles == ("a1", "a2", "a3", "a4")
    assert report.empty == ("a4",)
    assert report.languages == {"de": 4}
    assert not report.failures and not report.interrupted
    assert [(step.done, step.total, step.article) for step in steps] == [(i, 4, f"a{i}") for i in (1, 2, 3, 4)]


def test_a_bad_article_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_text("Das ist Finnisch.")
    (tmp_path / "b.txt").write_text("Das ist ein Fehler.")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "d.txt").write_text(TEXTS[0])
    with Store.open() as store:
        report = pipeline.build([tmp_path, tmp_path / "nichts.txt"], store=store)
        assert [article.id for article in store.articles()] == ["d"]
        assert [failure.source for failure in store.failures()] == [
            str(tmp_path / name) for name in ("b.txt", "c.txt", "nichts.txt")
        ]
    unread = (*report.foreign, *report.failures)
    assert [type(failure) for failure in unread] == [LanguageError, KgError, InputError, InputError]
    assert report.outcomes == {"read": 1, "unknown language": 1, "failed": 3}
    assert [failure.path for failure in unread] == [
        str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt", "nichts.txt")
    ]
    assert re.search(r"ValueError in conftest.py:\d+: \[E999\] odd", str(report.failures[0]))
    assert all("\n" not in str(failure) for failure in unread)


def test_what_every_article_would_meet_stops_the_run(monkeypatch):
    with Store.open() as store:
        with pytest.raises(ModelError):
            pipeline.build(given(TEXTS[0], "Das ist ein Modell", TEXTS[1]), store=store)
        assert len(store.articles()) == 1

        def broken(*_):
            raise OntologyError("is not Turtle")

        monkeypatch.setattr(pipeline, "load_tools", broken)
        with pytest.raises(OntologyError):
            pipeline.build(given(TEXTS[0]), store=store)


def test_an_article_given_twice_is_read_once():
    with Store.open() as store:
        report = pipeline.build([*given(TEXTS[0]), *given(TEXTS[0])], store=store)
        assert (report.articles, report.skipped) == (("a1",), ("a1",))


def test_an_interrupt_keeps_what_is_done():
    with Store.open() as store:
        report = pipeline.build(given(TEXTS[0], "Das ist ein Abbruch", TEXTS[1]), store=store)
        assert [article.id for article in store.articles()] == ["a1"]
    assert report.interrupted
    assert report.articles == ("a1",)


def test_weak_statements_become_rejections():
    weak = replace(EXTRACTIONS[TEXTS[0]].statements[0], confidence=0.2)
    strong = EXTRACTIONS[TEXTS[0]].statements[1:]
    tools = pipeline.load_tools()
    changed = replace(EXTRACTIONS[TEXTS[0]], statements=(weak, *strong))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.statements, "extract", lambda *_: changed)
        (article,) = given(TEXTS[0])
        assert pipeline.extract_article(article, tools).statements == (weak, *strong)
        found = pipeline.extract_article(article, tools, min_confidence=0.5)
    assert found.statements == strong
    assert [(r.property, r.reason) for r in found.rejections] == [(weak.property, "confidence 0.20 is below 0.50")]


def test_paths_and_texts_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    paths = ["seeds", "-", "fehlt.txt", tmp_path / "auch.md", "ordner/fehlt.jsonl"]
    assert articles.sources_of(paths) == paths
    texts = ["MTS kauft Huawei.", "Er las seeds.txt", "MTS\nkauft.txt", "x" * 5000]
    assert [source.text for source in articles.sources_of(texts)] == [text.replace("\n", " ") for text in texts]
    with pytest.raises(InputError, match="is empty"):
        articles.sources_of([" "])
