"""What ``kg build`` prints of a run: how far it is, and what became of the sources."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.text import Text

from kg import printing
from kg.cli_common import FIRST

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.pipeline import Report, Step

EVERY: Final = 30.0
"""Seconds between two lines of progress where there is no terminal: a log of a night has a thousand of them."""
_SMOOTHED: Final = 200
"""Articles that the rate is taken of: some ten seconds, so that it follows the machine without jumping."""
_NAMED: Final = 20
"""Failures of one kind that are named; all of them stand in report.jsonl."""


class Rate:
    """Articles per second, of those that were read: what is unchanged takes no time and tells nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends: deque[float] = deque(maxlen=_SMOOTHED)  # from the first on: what was before it was loading

    def add(self) -> None:
        """An article more was read."""
        self._ends.append(self._clock())

    @property
    def value(self) -> float:
        """Articles per second; 0 where that is not known yet."""
        took = self._ends[-1] - self._ends[0] if self._ends else 0.0
        return (len(self._ends) - 1) / took if took > 0 else 0.0


def left(seconds: float) -> str:
    """A time that remains, as people say it.

    >>> left(42), left(600), left(7500)
    ('1 min left', '10 min left', '2 h 5 min left')
    """
    minutes = max(1, round(seconds / 60))
    return f"{minutes // 60} h {minutes % 60} min left" if minutes >= 60 else f"{minutes} min left"


def line_of(step: Step, rate: float) -> str:
    """How far a run is: "1,200 of 10,000 articles, 14.2/s, 10 min left"."""
    count = f"{step.done:,} articles" if step.total is None else f"{step.done:,} of {step.total:,} articles"
    parts = [count]
    if rate:
        parts.append(f"{rate:.1f}/s")
        if step.total is not None and step.total > step.done:
            parts.append(left((step.total - step.done) / rate))
    return ", ".join(parts)


@contextmanager
def progress(err: Console, clock: Callable[[], float] = time.monotonic) -> Iterator[Callable[[Step], None]]:
    """What is to be told of every step: a bar on a terminal, elsewhere a line now and then."""
    rate = Rate(clock)
    told = clock()
    with printing.progress_bar(err) as bar:
        task = bar.add_task(FIRST, total=None, rate="")

        def step(done: Step) -> None:
            nonlocal told
            if done.outcome == "read":
                rate.add()
            if err.is_terminal:
                shown: dict[str, Any] = {"completed": done.done, "total": done.total, "rate": ""}
                if rate.value:
                    remaining = f"  {line_of(done, rate.value).rpartition(', ')[2]}" if done.total else ""
                    shown["rate"] = f"{rate.value:.1f}/s{remaining if 'left' in remaining else ''}"
                bar.update(task, description=done.article[-40:], **shown)
            elif clock() - told >= EVERY:
                told = clock()
                err.print(Text(line_of(done, rate.value)), soft_wrap=True)

        yield step


def show_counts(out: Console, report: Report) -> None:
    """What became of the sources, and what was found."""
    table = printing.plain_table("", "")
    table.show_header = False
    languages = ", ".join(f"{code} {number}" for code, number in report.languages.items())
    table.add_row("articles", f"{len(report.articles)}  ({languages})")
    for row in printing.outcome_rows(report):
        table.add_row(*row)
    for status, number in report.statements.items():
        table.add_row(f"{status} statements", str(number))
    out.print(table)


def show_failures(err: Console, report: Report, rows: Path) -> None:
    """What could not be read, what was given twice, and what gave nothing."""
    alike: dict[tuple[str, str | None], list[KgError]] = defaultdict(list)
    for failure in (*report.notices, *report.foreign, *report.failures):
        alike[failure.problem, failure.hint].append(failure)
    shown = 0
    for (problem, hint), failures in alike.items():
        # Many texts that fail for one reason are one line, so that it is not lost among them.
        if len(failures) < printing.MANY_ALIKE:
            lines = [str(failure) for failure in failures]
        else:
            places = named([failure.path or "" for failure in failures], rows)
            lines = [f"{len(failures)} articles: {problem}{f' – {hint}' if hint else ''}; they are {places}"]
        label = ("left out: ", "yellow") if failures[0] in report.notices else ("not read: ", "red")
        for line in lines:
            shown += 1
            if shown <= _NAMED:
                err.print(Text.assemble(label, line), soft_wrap=True)
    more = sum(report.outcomes.get(outcome, 0) for outcome in ("failed", "unknown language", "notice"))
    more -= len(report.foreign) + len(report.failures) + len(report.notices)
    if shown > _NAMED or more > 0:
        err.print(Text(f"… and {max(0, shown - _NAMED) + more} more, see {rows}"), soft_wrap=True)
    if report.skipped:
        err.print(Text(f"given twice, read once: {named(sorted(set(report.skipped)), rows)}"), soft_wrap=True)
    if report.empty and len(report.empty) < len(report.articles):
        err.print(Text(f"no statement found in: {named(list(report.empty), rows)}"), soft_wrap=True)


def named(names: list[str], rows: Path) -> str:
    """So many names that they can be read, and where the others stand."""
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} … and {len(names) - _NAMED} more, see {rows}"
