"""The command ``kg entities``: what there is, what was tied together, what was kept apart."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import typer

from kg import entity_printing, printing
from kg.cli_common import STORE, StorePath, open_graph

if TYPE_CHECKING:
    from rich.console import Console

    from kg.entity_lists import ClosePairs, Entities, Merges
    from kg.records import Entity

SHOWN: Final = 40
Found = TypeVar("Found")
_COLUMNS: Final = ("name", "decision", "other", "type", "note")


def entities(
    place: Annotated[
        Path | None, typer.Argument(help="A store, or the folder that kg build wrote.", show_default=False)
    ] = None,
    type: Annotated[str | None, typer.Option("--type", help="Only this class and those below it.")] = None,
    search: Annotated[str | None, typer.Option("--search", help="Only names that hold these letters.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help=f"Rows to show, 0 for all; by default {SHOWN}, in JSON all.")
    ] = None,
    merges: Annotated[bool, typer.Option("--merges", help="List the spellings that were tied, and why.")] = False,
    apart: Annotated[bool, typer.Option("--apart", help="List what has names alike and was kept apart.")] = False,
    template: Annotated[
        bool, typer.Option("--template", help="Write the close pairs as a file for kg build --aliases.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StorePath = STORE,
) -> None:
    """List the entities of a graph, the spellings tied to them, or close names that were kept apart."""
    if merges + apart + template > 1:
        raise typer.BadParameter("give only one of --merges, --apart and --template")
    shown = (0 if as_json else SHOWN) if limit is None else limit
    with open_graph(_store_of(place, store)) as graph:
        if template:
            _write_template(graph.close_pairs(type, search))
        elif merges:
            _show(graph.merges(type, search), merges_as_dicts, entity_printing.show_merges, as_json, shown)
        elif apart:
            _show(graph.close_pairs(type, search), pairs_as_dicts, entity_printing.show_pairs, as_json, shown)
        else:
            _show(graph.entities(type, search), entities_as_dicts, entity_printing.show_entities, as_json, shown)


def _show(
    found: Found,
    as_dicts: Callable[[Found], list[dict[str, Any]]],
    show: Callable[[Console, Found, int], None],
    as_json: bool,
    limit: int,
) -> None:
    if as_json:
        typer.echo(json.dumps(as_dicts(found)[: limit or None], ensure_ascii=False, indent=1))
    else:
        show(printing.console(), found, limit)


def _store_of(place: Path | None, store: str) -> Path | str:
    """The store that is meant: that in the folder of a build, or the folder itself."""
    if place is None:
        return store
    return place / "store" if (place / "store").is_dir() else place


def entities_as_dicts(found: Entities) -> list[dict[str, Any]]:
    """Entities as JSON has them, the most mentioned first."""
    return [
        {**_named(entity), "aliases": list(entity.aliases), **asdict(found.counts[entity.iri])}
        for entity in found.most_mentioned()
    ]


def merges_as_dicts(found: Merges) -> list[dict[str, Any]]:
    """Tied spellings as JSON has them."""
    return [
        {
            "name": merge.name,
            "entity": _named(merge.entity),
            "reason": merge.reason,
            "mentions": merge.mentions,
            "articles": list(merge.articles),
        }
        for merge in found
    ]


def pairs_as_dicts(found: ClosePairs) -> list[dict[str, Any]]:
    """Close pairs as JSON has them."""
    return [{"one": _named(pair.one), "other": _named(pair.other), "reason": pair.reason} for pair in found]


def _named(entity: Entity) -> dict[str, Any]:
    return {"iri": entity.iri, "label": entity.label, "type": entity.type}


def _write_template(pairs: ClosePairs) -> None:
    """The close pairs as a decision file in which nothing is decided yet."""
    from kg.sparql import safe_cell  # noqa: PLC0415 (heavy modules are imported inside the commands)

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for pair in pairs:
        if pair.one.label != pair.other.label:  # of two things with one label, a file of names can say nothing
            cells = (pair.one.label, "", pair.other.label, pair.other.type, pair.reason)
            writer.writerow(map(safe_cell, cells))
