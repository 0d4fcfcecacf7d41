"""The command ``kg triples``: every fact of a text in the words of its sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import open_printing, printing
from kg.cli_common import Language, Model
from kg.errors import InputError, Notice

if TYPE_CHECKING:
    from kg.pipeline import Tools
    from kg.records import OpenTriple

Numbered = tuple[str, int, "OpenTriple"]


class Format(StrEnum):
    """How triples are printed."""

    TSV = "tsv"
    JSONL = "jsonl"
    TABLE = "table"


def triples(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="A .txt, .md or .jsonl file, or standard input.")],
    lines: Annotated[bool, typer.Option("--lines", help="Each line is one sentence; its number is kept.")] = False,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="By default a table on a terminal, tsv elsewhere.", show_default=False),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out triples that are less sure.")
    ] = 0.0,
    model: Model = None,
    language: Language = None,
) -> None:
    """Print every fact of a text as subject, relation and object in the words of its sentence."""
    from kg import pipeline  # noqa: PLC0415 (heavy modules are imported inside the commands)

    chosen = form or (Format.TABLE if sys.stdout.isatty() else Format.TSV)
    tools = pipeline.load_tools(model, language)
    found = (one for one in _read(source, lines, tools) if one[2].confidence >= min_confidence)
    if chosen is Format.TABLE:
        shown = list(found)
        rows = [(str(number), *_slots(triple), triple.status) for _, number, triple in shown]
        open_printing.show_triples(printing.console(), rows)
        return
    none = True
    for article, number, triple in found:
        none = False
        if chosen is Format.JSONL:
            typer.echo(json.dumps(as_dict(article, number, triple), ensure_ascii=False))
        else:
            typer.echo("\t".join((str(number), *_slots(triple))))
    if none:
        printing.console(stderr=True).print("no triple found")


def _read(source: str, lines: bool, tools: Tools) -> Iterator[Numbered]:
    """The triples with the number of their line, or of their sentence within its article, and the article's id."""
    from kg import articles, pipeline  # noqa: PLC0415

    if lines:
        yield from ((source, *one) for one in pipeline.line_triples(articles.lines_of(source), tools))
        return
    if Path(source).is_dir():
        raise InputError("is a folder", path=source, hint="give a file; kg build --open reads folders")
    for item in articles.read([source]):
        if isinstance(item, Notice):
            printing.console(stderr=True).print(f"left out: {item}", markup=False, soft_wrap=True)
            continue
        if isinstance(item, InputError):
            raise item
        yield from ((item.id, triple.sentence + 1, triple) for triple in pipeline.open_triples(item, tools))


def _slots(triple: OpenTriple) -> Iterable[str]:
    return (" ".join(p.text.split()) for p in (triple.subject, triple.relation, triple.object))


def as_dict(article: str, number: int, triple: OpenTriple) -> dict[str, Any]:
    """A triple as JSON has it."""
    subject, relation, target = _slots(triple)
    return {
        "article": article,
        "sentence": number,
        "subject": subject,
        "relation": relation,
        "object": target,
        "clause_type": triple.clause_type,
        "status": triple.status,
        "confidence": triple.confidence,
        "source": triple.source,
        "subject_entity": triple.subject_entity,
        "object_entity": triple.object_entity,
    }
