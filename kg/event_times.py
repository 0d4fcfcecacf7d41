"""When what a statement says took place: the date of its clause, resolved against the article's date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.clause_scope import Scope, belongs, tense, tokens_of
from kg.date_expressions import expressions
from kg.dates import Direction, Period, Shifted, TimeExpression, resolve
from kg.quantities import quantities
from kg.records import Status, Token
from kg.trees import Tree, base

_TELLING: Final = frozenset(
    "sagen erklären mitteilen melden berichten ankündigen bekanntgeben verkünden bekräftigen say announce report tell "
    "reveal declare disclose".split()
)
"""Verbs of saying: their date is that of the announcement."""

LASTING: Final = frozenset(
    "leads worksFor owns subsidiaryOf memberOf basedIn locatedIn operatesIn competesWith allyOf uses develops "
    "supplies".split()
)
"""Properties that hold for a time; "today" only says that they hold now."""

_TIMELESS: Final = frozenset({"basedIn", "locatedIn"})


@dataclass(frozen=True, slots=True)
class EventTime:
    """A time as EDTF, and where in the sentence's text it stands."""

    edtf: str
    start: int
    end: int


def event_time(
    scope: Scope, text: str, language: str, today: date | None, name: str, status: Status
) -> EventTime | None:
    """The time that a clause itself names, None where it names none or more than one.

    Args:
        scope: the clause of the statement.
        text: its sentence.
        language: ``de`` or ``en``.
        today: the day on which the article was published, if known.
        name: the statement's property.
        status: the statement's status; what is planned lies ahead.
    """
    if scope.clause.predicate.lower() in _TELLING or name in _TIMELESS:
        return None
    offset = scope.tree.sentence.start
    direction = _direction(tense(scope), status)
    # "Siemens-Chef Busch" takes no date, "became chief executive of Siemens in 2014" does.
    stated = base(scope.tree[scope.clause.head].relation) in {"root", "xcomp"}
    named = scope.clause.kind == "verb" or stated or name not in LASTING
    found: list[tuple[Period, TimeExpression]] = []
    every = expressions(text, language)
    sums = ((q.start, q.end) for q in quantities(text, language) if q.kind == "amount")  # "for $2 billion in 2015"
    spans = [*((e.start, e.end) for e in every), *sums]
    others = {t.index for start, end in spans for t in tokens_of(scope.tree, offset + start, offset + end)}
    for expression in every:
        words = tokens_of(scope.tree, offset + expression.start, offset + expression.end)
        if _in_name(scope.tree, expression, offset) or _no_year(scope.tree, words):
            continue
        if not belongs(scope, words, others, names=named):
            continue
        if name in LASTING and expression.bound == "at" and expression.core == Shifted("day", 0):
            continue
        period = resolve(expression, today, direction)
        if period is None:
            return None
        found.append((period, expression))
    if not found:
        return None
    # „am Dienstag, dem 4. Juni 2019“: the narrowest, if all the others hold it.
    narrow, expression = min(found, key=lambda f: _length(f[0]))
    if not all(narrow.within(period) for period, _ in found):
        return None
    return EventTime(narrow.edtf, offset + expression.start, offset + expression.end)


def _length(period: Period) -> int:
    return 10**6 if period.first is None or period.last is None else (period.last - period.first).days


def _in_name(tree: Tree, expression: TimeExpression, offset: int) -> bool:
    """Whether an expression is part of a name: "Agenda 2030", "Black Friday"."""
    start, end = offset + expression.start, offset + expression.end
    spans = (n for n in tree.sentence.names if n.form == "whole" and n.start < end and start < n.end)
    return any(n.start < start or n.end > end for n in spans)


def _no_year(tree: Tree, words: Sequence[Token]) -> bool:
    """Whether what looks like a year counts something or belongs to a name: "2021 Stellen", "IC 2083"."""
    if len(words) != 1:
        return False
    year, governor = words[0], tree[words[0].head]
    counting = year.relation == "nummod" and governor.index > year.index and governor.pos == "NOUN"
    return counting or (governor.index == year.index - 1 and governor.index in tree.name_at)


def _direction(when: str, status: Status) -> Direction | None:
    """Where the date lies; a plan that was made in the past may be for any day."""
    if status in {"planned", "requested", "possible", "conditional"}:
        return "future" if when in {"present", "future"} else None
    if when == "past":
        return "past"
    return "future" if when in {"present", "future"} else None
