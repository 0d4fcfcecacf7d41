"""Lists of entities on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from kg.entity_lists import ClosePairs, Entities, Merges

_ALIASES: Final = 60  # letters of aliases in a row
_PLACES: Final = 4  # articles that are named
_COLUMNS: Final = ("entity", "type", "also called", "mentions", "statements", "articles")


def show_entities(out: Console, found: Entities, limit: int) -> None:
    """Entities as a table, the most mentioned first.

    Args:
        out: where to print.
        found: what to print.
        limit: rows at most; 0 for all.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for number, column in enumerate(_COLUMNS):
        table.add_column(column, justify="left" if number < 3 else "right", overflow="fold")
    for label, kind, aliases, *counts in found.rows()[: limit or None]:
        table.add_row(Text(label), kind, Text(_short(aliases)), *map(str, counts))
    if found:
        out.print(table)
    _show_rest(out, len(found), limit, "entity", "entities")


def show_merges(out: Console, found: Merges, limit: int) -> None:
    """Spellings with the entity that they were tied to, why, and in which articles; arguments as above."""
    for name, entity, kind, reason, mentions, places in found.rows()[: limit or None]:
        named = places.split(", ")
        more = f" and {len(named) - _PLACES} more" if len(named) > _PLACES else ""
        where = f"{mentions}× in {', '.join(named[:_PLACES])}{more}"
        line = Text.assemble((name, "bold"), " → ", (entity, "bold"), f" ({kind}): {reason}", (f"  {where}", "dim"))
        out.print(line, soft_wrap=True)
    _show_rest(out, len(found), limit, "spelling", "spellings")


def show_pairs(out: Console, found: ClosePairs, limit: int) -> None:
    """Entities with names alike that were kept apart, and what is alike; arguments as above."""
    for one, its_kind, other, kind, reason in found.rows()[: limit or None]:
        line = Text.assemble((one, "bold"), f" ({its_kind}) ≠ ", (other, "bold"), f" ({kind}): {reason}")
        out.print(line, soft_wrap=True)
    _show_rest(out, len(found), limit, "pair", "pairs")


def _show_rest(out: Console, number: int, limit: int, one: str, many: str) -> None:
    left = number - limit if limit else 0
    counted = f"{number} {one if number == 1 else many}"
    out.print(Text(f"{counted}, {limit} shown; --limit 0 shows all" if left > 0 else counted, style="dim"))


def _short(aliases: str) -> str:
    """As many aliases as have room, none of them cut unless it is the only one."""
    if len(aliases) <= _ALIASES:
        return aliases
    return f"{aliases[:_ALIASES].rpartition(', ')[0] or aliases[:_ALIASES]}, …"
