"""What a date expression means, given the day on which the article was published.

Values follow EDTF level 1 (Library of Congress, 2019; part of ISO 8601-2:2019): ``2019``, ``2019-06``,
``2019-06-04``, seasons ``2019-21`` (spring) to ``2019-24`` (winter), decades ``199X``, intervals
``2019-07/2019-09`` with an open end (``2019/..``) or an open start (``../2021``), and ``~`` for "about".
Weeks, quarters and half-years have no form of their own there and are written as intervals. Words like
„Anfang“ or "late" are dropped: „Anfang 2021“ is as precise as ``2021``. No clock is read.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final, Literal

Unit = Literal["day", "week", "weekend", "month", "quarter", "year"]
Direction = Literal["past", "future"]
"""Where to look for a date that names no year: before or after the day of publication, that day included."""
Bound = Literal["at", "since", "from", "until", "about"]
"""``since`` begins in the past whatever the tense, ``from`` where the tense says."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A year, month or day, as far as the words name it: "3 May" has no year.

    ``year_shift`` stands in place of a year: -1 for "of last year". ``which`` is -1 for "last May".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_shift: int | None = None
    which: int | None = None


@dataclass(frozen=True, slots=True)
class YearPart:
    """A season, quarter or half of a year."""

    kind: Literal["season", "quarter", "half"]
    number: int  # from 1; spring is the first season
    year: int | None = None
    year_shift: int | None = None
    which: int | None = None


@dataclass(frozen=True, slots=True)
class Decade:
    """The 1990s."""

    year: int  # its first


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week; ``which`` is -1 for "last", 0 for "this", 1 for "the coming" Tuesday.

    ``loose`` marks "next", which may mean the coming one or the one after it; ``night`` the night that ends in it.
    """

    number: int  # Monday is 0
    which: int | None = None
    loose: bool = False
    night: bool = False


@dataclass(frozen=True, slots=True)
class Shifted:
    """A unit counted from the day of publication: yesterday is day -1, this year year 0, "three years ago" year -3.

    ``which`` None asks for the tense: „am Wochenende“.
    """

    unit: Unit
    shift: int | None


Core = CalendarDate | YearPart | Decade | Weekday | Shifted


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time; offsets are characters of the text they were found in, preposition included."""

    start: int
    end: int
    core: Core
    bound: Bound = "at"
    until: Core | None = None  # the other end of "from … to …"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that an expression means, and how EDTF writes them; an open end has None."""

    first: date | None
    last: date | None
    edtf: str

    def within(self, other: Period) -> bool:
        """Whether no day of this one lies outside of the other."""
        starts = other.first is None or (self.first is not None and self.first >= other.first)
        ends = other.last is None or (self.last is not None and self.last <= other.last)
        return starts and ends


_SEASON_START: Final = {1: 3, 2: 6, 3: 9, 4: 12}  # month, northern hemisphere as in German and most English news
_MONTHS: Final = {"quarter": 3, "half": 6}


def reference(published: str | None) -> date | None:
    """The day of publication, or None where the article does not tell it to the day.

    >>> reference("2019-06-06T10:00:00Z"), reference("2019"), reference(None)
    (datetime.date(2019, 6, 6), None, None)
    """
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def resolve(expression: TimeExpression, today: date | None, direction: Direction | None) -> Period | None:
    """The days that an expression means, None where that cannot be told.

    Args:
        expression: what was found.
        today: the day of publication; without it only what names its year is resolved.
        direction: from the tense of the clause; without it a bare weekday or month is not resolved.

    >>> on_tuesday = TimeExpression(0, 11, Weekday(1))
    >>> resolve(on_tuesday, date(2019, 6, 6), "past").edtf, resolve(on_tuesday, date(2019, 6, 6), "future").edtf
    ('2019-06-04', '2019-06-11')
    >>> resolve(TimeExpression(0, 9, CalendarDate(2019), "since"), None, None).edtf
    '2019/..'
    """
    try:
        found = _core(expression.core, today, "past" if expression.bound == "since" else direction)
        if found is None:
            return None
        if expression.until is not None:
            other = _core(expression.until, today, direction)
            return None if other is None else _between(found, other)
    except (ValueError, OverflowError):  # 31 June, or a year that the calendar lacks
        return None
    match expression.bound:
        case "since" | "from":
            return Period(found.first, None, f"{_start(found)}/..")
        case "until":
            return Period(None, found.last, f"../{_end(found)}")
        case "about":
            return found if "/" in found.edtf else Period(found.first, found.last, f"{found.edtf}~")
    return found


def _between(first: Period, last: Period) -> Period | None:
    ordered = first.first is not None and last.last is not None and first.first < last.last
    return Period(first.first, last.last, f"{_start(first)}/{_end(last)}") if ordered else None


def _start(period: Period) -> str:
    return period.edtf.partition("/")[0]


def _end(period: Period) -> str:
    return period.edtf.rpartition("/")[2]


def _core(core: Core, today: date | None, direction: Direction | None) -> Period | None:
    match core:
        case CalendarDate():
            return _calendar_date(core, today, direction)
        case YearPart():
            return _year_part(core, today, direction)
        case Decade():
            return Period(date(core.year, 1, 1), date(core.year + 9, 12, 31), f"{core.year // 10}X")
        case Weekday():
            return None if today is None else _weekday(core, today, direction)
        case Shifted():
            return None if today is None else _shifted(core, today, direction)


def _year_of(core: CalendarDate | YearPart, today: date | None) -> int | None:
    if core.year is None and core.year_shift is not None and today is not None:
        return today.year + core.year_shift
    return core.year


def _calendar_date(core: CalendarDate, today: date | None, direction: Direction | None) -> Period | None:
    year = _year_of(core, today)
    if year is not None:
        return _written(year, core.month, core.day)
    if today is None or core.month is None or core.year_shift is not None:
        return None
    years = [_written(y, core.month, core.day) for y in _near(core, today)]
    return _nearest(years, today, direction, core.which)


def _near(core: CalendarDate, today: date) -> list[int]:
    """The years around; those alone that have the day, where it is the 29th of February."""
    if (core.month, core.day) != (2, 29):
        return [y for y in range(today.year - 2, today.year + 3) if MINYEAR <= y <= MAXYEAR]
    return [y for y in range(today.year - 8, today.year + 9) if MINYEAR <= y <= MAXYEAR and calendar.isleap(y)]


def _nearest(found: list[Period], today: date, direction: Direction | None, which: int | None = None) -> Period | None:
    """Of periods in order, the last that has begun or the first that has not ended; with ``which`` without today's."""
    if which == 0:
        return next((p for p in found if p.first is not None and p.first.year == today.year), None)
    begun = [p for p in found if p.first is not None and p.first <= today]
    ahead = [p for p in found if p.last is not None and p.last >= today]
    if which == -1 or (which is None and direction == "past"):
        begun = [p for p in begun if which is None or p not in ahead]
        return begun[-1] if begun else None
    if which == 1 or direction == "future":
        ahead = [p for p in ahead if which is None or (p.first is not None and p.first > today)]
        return ahead[0] if ahead else None
    return None


def _written(year: int, month: int | None, day: int | None) -> Period:
    if month is None:
        return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}")
    if day is None:
        return Period(date(year, month, 1), _month_end(year, month), f"{year:04}-{month:02}")
    known = date(year, month, day)
    return Period(known, known, known.isoformat())


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _year_part(core: YearPart, today: date | None, direction: Direction | None) -> Period | None:
    year = _year_of(core, today)
    if year is not None:
        return _part_of(core, year)
    if today is None or core.year_shift is not None or (core.kind == "season" and core.number == 4):
        return None  # a winter belongs to two years
    return _nearest([_part_of(core, y) for y in _near(CalendarDate(), today)], today, direction, core.which)


def _part_of(core: YearPart, year: int) -> Period:
    if core.kind == "season":
        start = _SEASON_START[core.number]
        over = start + 2 > 12
        last = _month_end(year + over, start + 2 - 12 * over)
        return Period(date(year, start, 1), last, f"{year:04}-{20 + core.number}")
    length = _MONTHS[core.kind]
    start, end = (core.number - 1) * length + 1, core.number * length
    return Period(date(year, start, 1), _month_end(year, end), f"{year:04}-{start:02}/{year:04}-{end:02}")


def _weekday(core: Weekday, today: date, direction: Direction | None) -> Period | None:
    back, ahead = (today.weekday() - core.number) % 7, (core.number - today.weekday()) % 7
    if core.which is None:
        step = {"past": -back, "future": ahead}.get(direction or "")
    elif core.which == 0:
        step = core.number - today.weekday()
    elif core.which < 0:
        step = -(back or 7)
    else:
        step = None if core.loose and core.number > today.weekday() else ahead or 7
    if step is None:
        return None
    day = today + timedelta(days=step)
    if core.night:
        before = day - timedelta(days=1)
        return Period(before, day, f"{before.isoformat()}/{day.isoformat()}")
    return Period(day, day, day.isoformat())


def _shifted(core: Shifted, today: date, direction: Direction | None) -> Period | None:
    shift = core.shift
    if shift is None:
        if direction is None:
            return None
        shift = -1 if direction == "past" and today.weekday() < 5 else 0
    monday = today - timedelta(days=today.weekday())
    match core.unit:
        case "day":
            return _days(today + timedelta(days=shift), 1)
        case "week":
            return _days(monday + timedelta(weeks=shift), 7)
        case "weekend":
            return _days(monday + timedelta(weeks=shift, days=5), 2)
        case "month":
            months = today.year * 12 + today.month - 1 + shift
            return _written(months // 12, months % 12 + 1, None)
        case "quarter":
            quarters = today.year * 4 + (today.month - 1) // 3 + shift
            return _part_of(YearPart("quarter", quarters % 4 + 1), quarters // 4)
        case "year":
            return _written(today.year + shift, None, None) if MINYEAR <= today.year + shift <= MAXYEAR else None


def _days(first: date, number: int) -> Period:
    last = first + timedelta(days=number - 1)
    return Period(first, last, first.isoformat() if number == 1 else f"{first.isoformat()}/{last.isoformat()}")
