"""Shared by all tests: no colours, a fixed width, and hand-made extractions in the place of a pipeline."""

from dataclasses import replace

import pytest
from browser import chromium, news_page, open_page  # noqa: F401 (fixtures)
from handmade import ONTOLOGY, news

from kg.errors import LanguageError, ModelError
from kg.ontology import Gazetteer
from kg.records import Analysis, Article, Extraction


@pytest.fixture(autouse=True)
def _plain_output(monkeypatch):
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


class Reader:
    """Stands in for the analyser: some words make it fail."""

    failures = (
        ("Finnisch", LanguageError("language 'fi' is not understood")),
        ("Fehler", ValueError("[E999]\nodd")),
        ("Modell", ModelError("no parser")),
        ("Abbruch", KeyboardInterrupt()),
    )

    def read(self, article: Article) -> Analysis:
        for word, error in self.failures:
            if word in article.text:
                raise error
        return Analysis(article, "de", "hand-made 1.0", ())


@pytest.fixture
def texts() -> list[str]:
    """Texts that the stand-in knows: what it finds in them stands in handmade.py."""
    return [extraction.article.text for extraction in news()]


@pytest.fixture
def stand_in(monkeypatch):
    """Hand-made extractions in the place of pipeline, frames and statements; other texts give nothing."""
    from kg import pipeline, reading  # noqa: PLC0415 (spaCy is slow to load, and few tests need it)

    known = {extraction.article.text: extraction for extraction in news()}
    nothing = replace(news()[0], entities=(), links=(), statements=())

    def extract(analysis, frames, ontology, gazetteer, with_open) -> Extraction:
        assert frames == "frames for de"
        return replace(known.get(analysis.article.text, nothing), article=analysis.article)

    tools = pipeline.Tools(ONTOLOGY, Gazetteer({}, ""), Reader(), lambda code: f"frames for {code}")
    for module in (pipeline, reading):
        monkeypatch.setattr(module, "load_tools", lambda *_: tools)
    monkeypatch.setattr(pipeline.statements, "extract", extract)
    return tools
