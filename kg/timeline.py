"""What is said of somebody in the order of time: a sequence that shows, tabulates and draws itself."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.entity_lists import table
from kg.errors import KgError
from kg.extras import extra
from kg.records import PLAIN, Status
from kg.sparql import import_pandas
from kg.store import Store

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS: Final = tuple("when told subject property object status confidence article publisher quote id".split())
_PART: Final = re.compile(r"(?:(\d{4})|(\d{3})X)(?:-(\d\d)(?:-(\d\d))?)?~?")
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # first and last month; winter ends a year later
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")  # Okabe and Ito (2008)


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement at its time.

    ``when`` is EDTF or an ISO date, "" where nothing tells it; ``told`` says whose date it is: that of the event, as
    the sentence has it, or that of the article.
    """

    when: str
    told: Literal["event", "article", "undated"]
    subject: str  # label
    property: str
    object: str  # label
    status: Status
    confidence: float
    article: str  # article id
    publisher: str | None
    quote: str
    id: str  # of the statement


class Timeline(tuple[Moment, ...]):
    """Moments in the order of time, those without a date last; a table in notebooks, else a plain tuple."""

    def to_dataframe(self) -> pd.DataFrame:
        """The moments as a pandas DataFrame.

        Raises:
            KgError: pandas is not installed.
        """
        rows = [tuple(getattr(one, name) for name in _COLUMNS) for one in self]
        frame: pd.DataFrame = import_pandas().DataFrame(rows, columns=list(_COLUMNS))
        return frame

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw what has a date with matplotlib: a row for each statement, hollow where it is no plain triple.

        Args:
            ax: where to draw; by default a new figure.

        Raises:
            KgError: matplotlib is not installed, or nothing has a date.
        """
        dated = [(one, days) for one in self if (days := span(one.when)) is not None]
        if not dated:
            raise KgError("nothing here has a date", hint="give articles their date, or look at to_dataframe()")
        if ax is None:
            ax = _pyplot().subplots(figsize=(9, 1.2 + 0.3 * len(dated)), layout="constrained")[1]
        colours: dict[str, str] = {}
        for row, (one, (first, last)) in enumerate(dated):
            colour = colours.setdefault(one.property, _COLOURS[len(colours) % len(_COLOURS)])
            ends: list[Any] = [first, last]
            ax.plot(ends, [row, row], color=colour, linewidth=3, alpha=0.5)
            ax.plot(ends[:1], [row], "o", color=colour, fillstyle="full" if one.status in PLAIN else "none")
        # Labels come from articles: "$" must not begin a formula.
        ax.set_yticks(range(len(dated)), [_line(one) for one, _ in dated], parse_math=False)
        ax.invert_yaxis()
        ax.grid(axis="x", alpha=0.3)
        return ax

    def __repr__(self) -> str:
        return "\n".join(f"{one.when or '?'}: {_line(one)}" for one in self) or "nothing is said"

    def _repr_html_(self) -> str:
        heads = ("when", "told by", "subject", "relation", "object", "status", "sentence")
        rows = [(o.when or "?", o.told, o.subject, o.property, o.object, o.status, o.quote) for o in self]
        return table(heads, rows)


def timeline(store: Store, iri: str) -> Timeline:
    """The statements with an entity as subject or object, of every status, in the order of time.

    What the sentence itself dates stands at that time, all else at the date of its article. Of equal dates the order is
    that of articles and of their texts.

    Args:
        store: where to look.
        iri: the entity.
    """
    names = {entity.iri: entity.label for entity in store.entities()}
    printed = {article.id: (article.publisher, article.date) for article in store.articles()}
    found = []
    for one in store.statements():
        if iri not in {one.subject, one.object}:
            continue
        publisher, published = printed.get(one.evidence.article, (None, None))
        told: Literal["event", "article", "undated"] = "article" if published else "undated"
        found.append(
            Moment(
                when=one.event_time or published or "",
                told="event" if one.event_time else told,
                subject=names.get(one.subject, one.subject),
                property=one.property,
                object=names.get(one.object, one.object),
                status=one.status,
                confidence=one.confidence,
                article=one.evidence.article,
                publisher=publisher,
                quote=one.evidence.quote,
                id=one.id,
            )
        )
    return Timeline(sorted(found, key=lambda one: span(one.when) or (date.max, date.max)))


def span(when: str) -> tuple[date, date] | None:
    """The first and the last day of an EDTF value, None of anything else.

    Of an interval with an open end, the days of the end that is known.

    >>> span("2019-06"), span("2019-07/2019-09") == (date(2019, 7, 1), date(2019, 9, 30))
    ((datetime.date(2019, 6, 1), datetime.date(2019, 6, 30)), True)
    >>> span("2019/..") == span("2019") == span("../2019~"), span("soon")
    (True, None)
    """
    first, _, last = when.partition("/")
    ends = [days for part in (first, last or first) if (days := _days(part)) is not None]
    return (ends[0][0], ends[-1][1]) if ends else None


def _days(part: str) -> tuple[date, date] | None:
    found = _PART.fullmatch(part)
    if found is None:
        return None
    year, decade, month, day = (int(digits) if digits else None for digits in found.groups())
    try:
        if decade is not None:
            return date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31)
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is not None:
            return date(year, month, day), date(year, month, day)
        first, last = _SEASONS.get(month, (month, month))
        end = year + (last < first)
        return date(year, first, 1), date(end, last, calendar.monthrange(end, last)[1])
    except (ValueError, calendar.IllegalMonthError):  # a store of others may hold a month 13
        return None


def _line(one: Moment) -> str:
    status = "" if one.status in PLAIN else f" ({one.status})"
    return f"{one.subject} – {one.property} – {one.object}{status}"


def _pyplot() -> Any:  # noqa: ANN401 (a module of an extra)
    return extra("matplotlib.pyplot", "plot")
