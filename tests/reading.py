"""Texts read by the bundled pipelines, for tests."""

from __future__ import annotations

from kg import pipeline
from kg.articles import from_text
from kg.records import PLAIN


def plain_and_other(text: str, language: str) -> tuple[list[str], list[str]]:
    """The plain triples of a text, and its other statements with their status."""
    found = pipeline.extract_article(from_text(text, id="a1"), pipeline.load_tools(language=language))
    labels = {e.iri: e.label for e in found.entities}
    rows = [(f"{labels[s.subject]} {s.property} {labels[s.object]}", s.status) for s in found.statements]
    plain = sorted(row for row, status in rows if status in PLAIN)
    return plain, [f"{row} {status}" for row, status in rows if status not in PLAIN]
