"""What the commands of newsroom life print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.printing import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.conflicts import Conflict, Conflicts, Side, Voice
    from kg.removing import Removal
    from kg.store_status import StoreStatus
    from kg.told import Headline
    from kg.updating import Update

_SHOWN: Final = 40  # lines of a list; --json has all
_VOICES: Final = 3  # sentences of a side
_STYLES: Final = {"new": "green", "gone": "red", "changed": "yellow"}


def show_removal(out: Console, found: Removal) -> None:
    """The articles that go, and what goes with them."""
    word = "removed" if found.done else "would be removed"
    _show_lines(out, (_headline(article, word) for article in found.articles), len(found.articles), "articles")
    lines = (Text.assemble(("gone: ", "red"), f"{s} – {prop} – {o}") for s, prop, o in found.relations)
    _show_lines(out, lines, len(found.relations), "relations that no other article supports")
    if found.entities:
        named = ", ".join(found.entities[:_SHOWN])
        more = f" and {len(found.entities) - _SHOWN} more" if len(found.entities) > _SHOWN else ""
        out.print(Text(f"no longer spoken of: {named}{more}"), soft_wrap=True)
    statuses = ", ".join(f"{number} {status}" for status, number in found.statements.items())
    told = f"{word}: {len(found.articles)} article(s), {sum(found.statements.values())} statement(s)"
    out.print(
        Text(f"{told}{f' ({statuses})' if statuses else ''}, {len(found.relations)} plain triple(s)"), soft_wrap=True
    )


def _headline(article: Headline, word: str) -> Text:
    known = " · ".join(filter(None, (article.title, article.date, article.url)))
    return Text.assemble((f"{word}: ", "red"), (article.id, "bold"), f"  {known}" if known else "")


def _show_lines(out: Console, lines: Iterable[Text], number: int, what: str) -> None:
    for count, line in enumerate(lines):
        if count == _SHOWN:
            out.print(Text(f"… {number - _SHOWN} more {what}; --json has all", style="dim"))
            return
        out.print(line, soft_wrap=True)


def show_changes(out: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """What is new, gone or changed, as a table, and how many of each."""
    if not rows:
        out.print(Text("no difference"))
        return
    table = plain_table(*heads)
    for row in rows:
        table.add_row(Text(row[0], style=_STYLES.get(row[0], "")), *map(Text, row[1:]))
    out.print(table)
    counts = {kind: sum(row[0] == kind for row in rows) for kind in _STYLES}
    out.print(Text(", ".join(f"{number} {kind}" for kind, number in counts.items() if number), style="dim"))


def show_conflicts(out: Console, found: Conflicts, limit: int) -> None:
    """Each conflict with its sides: beside each other on a terminal, else one after the other.

    Args:
        out: where to print.
        found: what to print.
        limit: conflicts at most; 0 for all.
    """
    from kg.conflicts import MEANINGS  # noqa: PLC0415 (only where there is something to show)

    for one in found[: limit or None]:
        head = f"{one.subject} – {one.property} – {one.object}"
        out.print(Text.assemble((head, "bold"), f"  {MEANINGS[one.kind]}"), soft_wrap=True)
        if out.is_terminal:
            out.print(_beside(one))
        else:
            for side in one.sides:
                out.print(Text(f"  {_side(side)}"), soft_wrap=True)
                for voice in side.voices[:_VOICES]:
                    out.print(Text(f"    {_said(voice)}\n      {_source(voice)}"), soft_wrap=True)
    left = len(found) - limit if limit else 0
    counted = f"{len(found)} conflict{'' if len(found) == 1 else 's'}"
    out.print(Text(f"{counted}, {limit} shown; --limit 0 shows all" if left > 0 else counted, style="dim"))


def _beside(one: Conflict) -> Table:
    table = Table(show_lines=False, expand=True)
    for side in one.sides:
        table.add_column(Text(_side(side)), ratio=1, overflow="fold")
    for number in range(min(_VOICES, max(len(side.voices) for side in one.sides))):
        cells = (side.voices[number] if number < len(side.voices) else None for side in one.sides)
        table.add_row(*(Text.assemble(_said(v), "\n", (_source(v), "dim"), "\n") if v else Text() for v in cells))
    return table


def _side(side: Side) -> str:
    return f"{side.says} ({side.sources} source{'' if side.sources == 1 else 's'})"


def _said(voice: Voice) -> str:
    return " ".join(voice.quote.split())


def _source(voice: Voice) -> str:
    article = voice.article
    by = f"says {voice.said_by}" if voice.said_by else None
    when = f"of {voice.event_time}" if voice.event_time else None
    return " · ".join(filter(None, (article.date, article.publisher, article.title, article.id, article.url, by, when)))


def show_update(out: Console, found: Update) -> None:
    """Which articles are new, changed and gone, and what that changed in the graph."""
    for kind, style, names in (
        ("new", "green", found.new),
        ("changed", "yellow", found.changed),
        ("removed" if found.done else "to be removed", "red", found.removed),
        ("kept, as a source could not be read", "yellow", found.kept),
    ):
        lines = (Text.assemble((f"{kind}: ", style), name) for name in names)
        _show_lines(out, lines, len(names), f"articles {kind}")
    counts = (
        (len(found.new), "new"),
        (len(found.changed), "changed"),
        (found.unchanged, "unchanged"),
        (len(found.removed), "removed" if found.done else "to be removed"),
        (len(found.failures), "failed"),
    )
    out.print(Text(f"articles: {', '.join(f'{number} {name}' for number, name in counts if number) or 'none'}"))
    if found.comparison:
        rows = found.comparison.rows()
        show_changes(out, ("graph", "subject", "property", "object", "before", "after"), rows[:_SHOWN])
        if len(rows) > _SHOWN:
            out.print(Text(f"… {len(rows) - _SHOWN} more; --json has all", style="dim"))
    elif found.done:
        out.print(Text("no relation is new, gone or of another status"))


def show_unread(err: Console, found: Update) -> None:
    """What could not be read, and why."""
    lines = (Text.assemble(("not read: ", "red"), str(failure)) for failure in found.failures)
    _show_lines(err, lines, len(found.failures), "sources")


def show_status(out: Console, found: StoreStatus) -> None:
    """What a store holds, a line for each thing that there is, and what to do."""
    table = plain_table("", "")
    table.show_header = False
    for name, value in found.rows():
        table.add_row(name, Text(value))
    out.print(table)
    for failure in found.failures[:_SHOWN]:
        hint = f" – {failure.hint}" if failure.hint else ""
        out.print(Text.assemble(("not read: ", "red"), f"{failure.source}: {failure.problem}{hint}"), soft_wrap=True)
    if len(found.failures) > _SHOWN:
        out.print(Text(f"… {len(found.failures) - _SHOWN} more; --json has all", style="dim"))
    if found.stale:
        advice = f"{found.stale:,} stale article(s): kg update PATHS… reads them again"
        out.print(Text(advice + "; built with --ontology or --model? give them here too"), soft_wrap=True)
