"""The commands ``kg diff`` and ``kg conflicts``: what differs between two graphs, two dates, two sources."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer
from rich.text import Text

from kg import newsroom_printing, printing
from kg.cli_common import STORE, StorePath, examples, open_graph

if TYPE_CHECKING:
    from kg.conflicts import Conflicts, Side
    from kg.knowledge_graph import KnowledgeGraph

SHOWN: Final = 20
COMPARING: Final = (
    "kg diff saved/monday out/store",
    "kg diff old.nq new.nq --format md",
    "kg diff --since yesterday",
    "kg diff --since 2019-06-01 --until 2019-06-30 mine",
)
CONTRADICTING: Final = ("kg conflicts", "kg conflicts --json --limit 0", "kg conflicts --ontology my.ttl --exit-code")
Format = Literal["table", "csv", "tsv", "md", "json"]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_GRAPHS: Final = ("change", "subject", "property", "object", "before", "after")


def diff(
    places: Annotated[
        list[str] | None,
        typer.Argument(help="Two graphs: stores or RDF files. With --since at most one.", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Compare with what earlier articles tell: 2019-06-01, yesterday, monday, 7d."),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="The last day of the articles that are looked at.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print.")] = "table",
    as_json: AsJson = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if there is a difference.")] = False,
    store: StorePath = STORE,
) -> None:
    """Show what two graphs, or the articles before and since a day, do not tell alike.

    Relations are new, gone (of graphs), or have changed their status. Of a day, those articles count that are dated so;
    a relation is new if no earlier article tells it.
    """
    given = places or []
    if since is None and (len(given) != 2 or until is not None):
        raise typer.BadParameter("give two graphs, or --since and at most one")
    if since is not None and len(given) > 1:
        raise typer.BadParameter("with --since give at most one graph")
    heads, rows = _of_graphs(*given) if since is None else _of_days(given[0] if given else store, since, until)
    _write(heads, rows, "json" if as_json else format)
    if rows and exit_code:
        raise typer.Exit(1)


def _of_graphs(before: str, after: str) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    with _opened(before) as old, _opened(after) as new:
        return _GRAPHS, old.compare(new).rows()


def _of_days(place: str, since: str, until: str | None) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    from kg.since import COLUMNS, day_of  # noqa: PLC0415 (heavy modules are imported inside the commands)

    # The clock counts here alone, where somebody says "yesterday"; nothing of it enters the graph.
    today = date.today()
    first = day_of(since, today)
    last = None if until is None else day_of(until, today, last=True)
    with _opened(place) as graph:
        found = graph.since(first, last)
    if found.undated:
        told = f"kg: {found.undated} article(s) have no date; what they tell counts as told before"
        printing.console(stderr=True).print(Text(told), soft_wrap=True)
    return COLUMNS, found.rows()


@contextmanager
def _opened(place: str) -> Iterator[KnowledgeGraph]:
    """The graph of a store, of the folder that ``kg build`` wrote, or of an RDF file."""
    from kg import bulk  # noqa: PLC0415
    from kg.knowledge_graph import KnowledgeGraph  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    if Path(place).is_file():
        with KnowledgeGraph(Store.open()) as graph:
            bulk.load(graph.store, [place])
            yield graph
    else:
        with open_graph(Path(place) / "store" if (Path(place) / "store").is_dir() else place) as graph:
            yield graph


def _write(heads: Sequence[str], rows: Sequence[Sequence[str]], format: Format) -> None:
    if format == "json":
        typer.echo(json.dumps([dict(zip(heads, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    elif format == "table":
        newsroom_printing.show_changes(printing.console(), heads, rows)
    elif format == "md":
        lines = [heads, ["---"] * len(heads), *rows]
        sys.stdout.write("".join(f"| {' | '.join(map(_markdown, line))} |\n" for line in lines))
    else:
        from kg.sparql import safe_cell  # noqa: PLC0415

        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t" if format == "tsv" else ",", lineterminator="\n")
        writer.writerows([heads, *([safe_cell(cell) for cell in row] for row in rows)])
        sys.stdout.write(out.getvalue())


def _markdown(cell: str) -> str:
    """A cell of a table in Markdown: what would end it or become markup is escaped."""
    flat = " ".join(cell.split())
    return "".join(f"\\{sign}" if sign in "\\|<>[]`*_" else sign for sign in flat) if flat != "---" else flat


def conflicts(
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help=f"How many to show, 0 for all; by default {SHOWN}, in JSON all."),
    ] = None,
    ontology: Annotated[
        list[Path] | None,
        typer.Option("--ontology", help="Turtle file that says what must agree (kg:expects, OWL axioms); repeatable."),
    ] = None,
    as_json: AsJson = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if there is a conflict.")] = False,
    store: StorePath = STORE,
) -> None:
    """Show where articles contradict each other: who says what and when, side by side, the weightiest first.

    What some hold to be so and others deny or only allege; two where there can be only one; relations that do not go
    together; different sums, shares and dates for one event. News of another time is no contradiction.
    """
    with open_graph(store) as graph:
        found = graph.conflicts(ontology or ())
    shown = (0 if as_json else SHOWN) if limit is None else limit
    if as_json:
        typer.echo(json.dumps(conflicts_as_dicts(found)[: shown or None], ensure_ascii=False, indent=1))
    else:
        newsroom_printing.show_conflicts(printing.console(), found, shown)
    if found and exit_code:
        raise typer.Exit(1)


def conflicts_as_dicts(found: Conflicts) -> list[dict[str, Any]]:
    """Conflicts as JSON has them."""
    return [
        {
            "kind": one.kind,
            "subject": one.subject,
            "property": one.property,
            "object": one.object,
            "newest": one.newest or None,
            "sides": [_side_as_dict(side) for side in one.sides],
        }
        for one in found
    ]


def _side_as_dict(side: Side) -> dict[str, Any]:
    return {"says": side.says, "sources": side.sources, "voices": [asdict(voice) for voice in side.voices]}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command, shown in ((diff, COMPARING), (conflicts, CONTRADICTING)):
        app.command(epilog=examples(*shown))(command)
