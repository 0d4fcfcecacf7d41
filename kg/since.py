"""What is told first by the articles of some days, and what has changed its status with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, Self, cast

from kg import told
from kg.entity_lists import table
from kg.errors import KgError
from kg.records import PLAIN, STATUSES, Status
from kg.sparql import import_pandas
from kg.store import Store
from kg.terms import local_name
from kg.timeline import span
from kg.told import Headline, Relation

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = ("change", "subject", "property", "object", "before", "after", "date", "articles")
_WEEKDAYS: Final = (
    ("monday", "montag"), ("tuesday", "dienstag"), ("wednesday", "mittwoch"), ("thursday", "donnerstag"),
    ("friday", "freitag"), ("saturday", "samstag"), ("sunday", "sonntag"),
)  # fmt: skip
_AGO: Final = re.compile(r"(\d{1,4})([dw])")

_TOLD: Final = """
SELECT DISTINCT ?article ?subject ?property ?object ?status WHERE { GRAPH ?graph {
  ?statement a rdf:Statement ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ; kg:status ?status ;
    prov:wasDerivedFrom ?article .
} }"""


@dataclass(frozen=True, slots=True)
class Development:
    """A relation that the articles of some days tell first, or with another status than those before."""

    kind: Literal["new", "changed"]
    subject: str  # label
    property: str
    object: str  # label
    before: Status | None
    after: Status
    articles: tuple[Headline, ...]  # of these days, that tell it so; the oldest first


class Developments(tuple[Development, ...]):
    """New relations, then changed ones, each sorted by the date of their first article; a table in notebooks.

    Attributes:
        undated: how many articles have no date: what they tell counts as told before.
    """

    undated: int

    @classmethod
    def of(cls, found: Iterable[Development], undated: int) -> Self:
        """Developments, and how many articles have no date."""
        made = cls(found)
        made.undated = undated
        return made

    def rows(self) -> list[tuple[str, str, str, str, str, str, str, str]]:
        """Kind, relation, status before and after ("" for none), date of the first article, ids of all."""
        return [
            (
                one.kind,
                one.subject,
                one.property,
                one.object,
                one.before or "",
                one.after,
                one.articles[0].date or "",
                ", ".join(article.id for article in one.articles),
            )
            for one in self
        ]

    def to_dataframe(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame.

        Raises:
            KgError: pandas is not installed.
        """
        frame: pd.DataFrame = import_pandas().DataFrame(self.rows(), columns=list(COLUMNS))
        return frame

    def __repr__(self) -> str:
        lines = (
            f"{kind}: {subject} – {prop} – {value} ({' → '.join(filter(None, (before, after)))}) {day}: {articles}"
            for kind, subject, prop, value, before, after, day, articles in self.rows()
        )
        return "\n".join(lines) or "nothing new"

    def _repr_html_(self) -> str:
        return table(COLUMNS, self.rows()) if self else "<p>nothing new</p>"


def since(store: Store, first: date, last: date | None = None) -> Developments:
    """What the articles of some days tell that those before them did not.

    A relation is new if no earlier article tells it, with whatever status. It has changed if its most certain status is
    a more certain one now (what was planned is a fact), or if it is denied for the first time. An article whose date
    is only a month or a year counts with its first day, and one without a date as earlier than all: so nothing is
    called new that may be old.

    Args:
        store: where to look.
        first: the first of these days.
        last: the last of them; by default all that follow. What later articles tell is left out.
    """
    articles = told.headlines(store)
    days = {iri: known[0] for iri, one in articles.items() if one.date and (known := span(one.date))}
    symmetric = store.symmetric_properties()
    before: dict[Relation, set[Status]] = defaultdict(set)
    within: dict[Relation, dict[Status, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, subject, prop, value, named in store.query(_TOLD):
        key = told.relation(str(subject), local_name(str(prop)), str(value), symmetric)
        status, day = cast(Status, local_name(str(named))), days.get(str(article))
        if day is None or day < first:
            before[key].add(status)
        elif last is None or day <= last:
            within[key][status].append(str(article))
    changes = {key: change for key, now in within.items() if (change := _change(before.get(key, set()), list(now)))}
    labels = told.labels(store, {iri for subject, _, value in changes for iri in (subject, value)})
    found = []
    for key, (was, became) in changes.items():
        sources = sorted({articles[iri] for iri in within[key][became]}, key=lambda one: (one.date or "", one.id))
        kind: Literal["new", "changed"] = "changed" if was else "new"
        ends = labels.get(key[0], key[0]), key[1], labels.get(key[2], key[2])
        found.append(Development(kind, *ends, was, became, tuple(sources)))
    found.sort(key=lambda d: (d.kind != "new", d.articles[0].date or "", d.subject, d.property, d.object))
    return Developments.of(found, len(articles) - len(days))


def _change(before: set[Status], now: Sequence[Status]) -> tuple[Status | None, Status] | None:
    """The status that counted before, and that which counts now; None where nothing has changed."""
    latest = told.most_certain(now)
    if not before:
        return None, latest
    last = told.most_certain(before)
    if STATUSES.index(latest) < STATUSES.index(last) and not {latest, last} <= PLAIN:
        return last, latest
    return (last, "negated") if "negated" in now and "negated" not in before else None


def day_of(words: str, today: date | None = None, *, last: bool = False) -> date:
    """The day that somebody means.

    Args:
        words: a date ("2019-06-01"), a month or a year (its first day); where today is known also "today",
            "yesterday", a weekday (the last such day, today included), "7d" or "2w" (so many days or weeks ago).
        today: the day at which it is said.
        last: the last day of a month or a year instead.

    Raises:
        KgError: it is no day.

    >>> thursday = date(2019, 6, 6)
    >>> day_of("yesterday", thursday), day_of("monday", thursday), day_of("7d", thursday)
    (datetime.date(2019, 6, 5), datetime.date(2019, 6, 3), datetime.date(2019, 5, 30))
    >>> day_of("2019-05"), day_of("2019-05", last=True)
    (datetime.date(2019, 5, 1), datetime.date(2019, 5, 31))
    """
    said = words.strip().casefold()
    if today is not None:
        if said in ("today", "heute"):
            return today
        if said in ("yesterday", "gestern"):
            return today - timedelta(days=1)
        for number, names in enumerate(_WEEKDAYS):
            if said in names:
                return today - timedelta(days=(today.weekday() - number) % 7)
        if ago := _AGO.fullmatch(said):
            return today - timedelta(days=int(ago[1]) * (7 if ago[2] == "w" else 1))
    if days := span(said):
        return days[1] if last else days[0]
    hint = "write 2019-06-01" + ("" if today is None else ", yesterday, monday, 7d or 2w")
    raise KgError(f"'{words}' is no day", hint=hint)
