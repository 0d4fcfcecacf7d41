"""The command ``kg query``."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.text import Text

from kg import printing, query_printing
from kg.cli_common import STORE, StorePath, open_graph
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query_files import QueryFile
    from kg.sparql import QueryResult

SECONDS: Final = 60.0
EXAMPLES: Final = (
    "kg query 'SELECT ?x { ?x kg:partnersWith entity:mts }'",
    "kg query --list",
    "kg query who-restricts-whom --bind whom=Huawei",
    "kg query all.rq --format csv --labels",
)
Format = Literal["table", "csv", "tsv", "json", "jsonl", "ttl"]


def query(
    sparql: Annotated[
        str | None,
        typer.Argument(help="A query, the name of one that --list shows, a .rq file, or - for standard input."),
    ] = None,
    bind: Annotated[
        list[str] | None,
        typer.Option("--bind", help="A variable's value: x=Huawei, x=entity:mts, x='<https://…>', x='\"text\"'."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print.")] = "table",
    labels: Annotated[
        bool | None,
        typer.Option("--labels/--no-labels", help="Labels or IRIs; by default labels of entities in tables only."),
    ] = None,
    language: Annotated[
        Literal["de", "en"], typer.Option("--language", help="Language of titles, and of --labels for relations.")
    ] = "en",
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many rows.")] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.0, help="Seconds after which the query is stopped; 0: never.")
    ] = SECONDS,
    inferred: Annotated[
        bool, typer.Option("--inferred", help="Ask what kg infer found together with what articles say.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the queries that have a name.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the query itself instead of asking it.")] = False,
    store: StorePath = STORE,
) -> None:
    """Ask the graph in SPARQL, or by the name of a query; all prefixes (kg:, entity:, rdfs: …) are known."""
    from kg import query_files  # noqa: PLC0415 (heavy modules are imported inside the commands)

    if list_:
        query_printing.show_queries(printing.console(), query_files.bundled(), language)
        return
    if sparql is None:
        raise typer.BadParameter("give a query, the name of one, or --list")
    asked = _asked(sparql)
    if show:
        typer.echo(asked.text, nl=not asked.text.endswith("\n"))
        return
    wanted = language if labels else labels
    with open_graph(store) as graph:
        result = graph.query(asked, _bindings(bind or ()), wanted, limit, timeout or math.inf, inferred)
    _write(result, format)


def _asked(given: str) -> QueryFile:
    """The query that is meant: by its name, in a file, on the standard input, or as it stands."""
    from kg import query_files  # noqa: PLC0415

    if given == "-":
        return query_files.parsed(sys.stdin.read())
    if query_files.is_name(given) and not Path(given).is_file():
        return query_files.named(given)
    looks_like_file = given.endswith(".rq") or not any(c.isspace() or c == "{" for c in given)
    return query_files.read(given) if looks_like_file else query_files.parsed(given)


def _bindings(given: list[str] | tuple[()]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        name = name.strip().lstrip("?$")
        if not sign or not name or not value.strip():
            raise QueryError(f"--bind {one} binds nothing", hint="write --bind x=Huawei")
        if name in found:
            raise QueryError(f"--bind {name} is given twice", hint="bind each variable once")
        found[name] = value
    return found


def _write(result: QueryResult, format: Format) -> None:
    if format == "table":
        printing.show_result(printing.console(), result)
    else:
        written = {
            "csv": result.to_csv,
            "tsv": result.to_tsv,
            "json": result.to_json,
            "jsonl": result.to_jsonl,
            "ttl": result.to_turtle,
        }[format]()
        sys.stdout.write(written if written.endswith("\n") or not written else written + "\n")
    complaints = [f"warning: {warning}" for warning in result.warnings]
    if result.truncated and format != "table":
        complaints.append(f"there are more than these {len(result)} rows")
    for complaint in complaints:
        printing.console(stderr=True).print(Text(f"kg: {complaint}"), soft_wrap=True)
