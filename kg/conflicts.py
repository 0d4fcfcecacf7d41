"""Where articles contradict each other: both sides, with who says what and when, the weightiest first."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kg import told
from kg.contradictions import Claim, ConflictKind, Contradiction, contradictions
from kg.expectations import expectations
from kg.records import Status
from kg.sparql import import_pandas
from kg.store import Store
from kg.terms import local_name
from kg.timeline import span
from kg.told import Headline

if TYPE_CHECKING:
    import pandas as pd

MEANINGS: Final[Mapping[ConflictKind, str]] = {
    "denied": "some say that it is so, others that it is not",
    "alleged": "some state as a fact what others only allege",
    "values": "only one of these can be so",
    "excluded": "these do not go together",
    "sum": "different sums for one event",
    "share": "different shares for one event",
    "time": "different dates for one event",
}
_COLUMNS: Final = ("conflict", "kind", "subject", "property", "object", "side", "status", "date", "article", "quote")
_SHOWN: Final = 40  # conflicts in a notebook
_VOICES: Final = 3  # of a side in a notebook

_CLAIMS: Final = """
SELECT ?statement ?article ?subject ?property ?object ?status ?time WHERE { GRAPH ?graph {
  ?statement a rdf:Statement ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ; kg:status ?status ;
    prov:wasDerivedFrom ?article .
  OPTIONAL { ?statement kg:eventTime ?time }
} }"""
_NUMBERS: Final = """
SELECT ?statement ?kind ?words ?value ?unit WHERE { GRAPH ?graph {
  VALUES ?kind { kg:amount kg:share kg:role }
  ?statement ?kind ?node .
  ?node oa:exact ?words .
  OPTIONAL { ?node rdf:value ?value }
  OPTIONAL { ?node kg:unit ?unit }
} }"""


@dataclass(frozen=True, slots=True)
class Voice:
    """One sentence on one side."""

    article: Headline
    status: Status
    quote: str
    said_by: str | None  # label of whom the article names for it
    event_time: str | None  # EDTF


@dataclass(frozen=True, slots=True)
class Side:
    """What some say: a status, a number, or a relation; the newest voice first."""

    says: str
    voices: tuple[Voice, ...]
    sources: int  # articles; prints of one text are one


@dataclass(frozen=True, slots=True)
class Conflict:
    """What articles tell differently; the side of most sources first."""

    kind: ConflictKind
    subject: str  # label
    property: str
    object: str  # label
    sides: tuple[Side, ...]
    weight: tuple[int, int]  # sources of the second side, and of all: one voice against many weighs little
    newest: str  # date of the newest article, "" if none has one


class Conflicts(tuple[Conflict, ...]):
    """Conflicts, the weightiest first, then the newest; a table in notebooks, else a plain tuple."""

    def rows(self) -> list[tuple[int, str, str, str, str, str, str, str, str, str]]:
        """A row for each voice: number of the conflict, kind, relation, side, status, date, article, quote."""
        return [
            (number, one.kind, one.subject, one.property, one.object, side.says, *_cells(voice))
            for number, one in enumerate(self, start=1)
            for side in one.sides
            for voice in side.voices
        ]

    def to_dataframe(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame.

        Raises:
            KgError: pandas is not installed.
        """
        frame: pd.DataFrame = import_pandas().DataFrame(self.rows(), columns=list(_COLUMNS))
        return frame

    def __repr__(self) -> str:
        lines = (
            f"{one.kind}: {one.subject} – {one.property} – {one.object}: "
            + " | ".join(f"{side.says} ({side.sources})" for side in one.sides)
            for one in self
        )
        return "\n".join(lines) or "no conflict"

    def _repr_html_(self) -> str:
        if not self:
            return "<p>no conflict</p>"
        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        return "".join(map(_as_html, self[:_SHOWN])) + more


def conflicts(store: Store, ontology: Sequence[Path] = ()) -> Conflicts:
    """What the articles of a store tell differently, as `kg.contradictions` finds it.

    Args:
        store: where to look.
        ontology: Turtle files with expectations or OWL axioms, beside the bundled ones (see `kg.expectations`).

    Raises:
        OntologyError: a file cannot be read.
    """
    expected = expectations(ontology)
    articles = told.headlines(store)
    stated = _Stated()
    found = list(contradictions(_claims(store, articles, stated), expected))
    claims = {claim.id: claim for one in found for _, held in one.sides for claim in held}
    voices = dict(_voices(store, claims.values(), articles, stated))
    ends = {iri for claim in claims.values() for iri in claim.relation[::2]}
    labels = told.labels(store, ends)
    made = [_conflict(one, voices, labels) for one in found if one.kind != "values" or _are_several(one, labels)]
    made.sort(key=lambda one: (one.subject, one.property, one.object, one.kind))
    made.sort(key=lambda one: (one.weight, one.newest), reverse=True)
    return Conflicts(made)


@dataclass(slots=True)
class _Stated:
    """Of the statements by IRI what no contradiction needs."""

    articles: dict[str, str] = field(default_factory=dict)  # IRI
    times: dict[str, str] = field(default_factory=dict)  # EDTF


def _claims(store: Store, articles: Mapping[str, Headline], stated: _Stated) -> Iterator[Claim]:
    """All statements, as far as they can contradict each other; the rest goes to ``stated``."""
    prints = told.prints(store)
    numbers: dict[str, dict[str, list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for statement, kind, *cells in store.query(_NUMBERS):
        words, number, unit = ("" if cell is None else str(cell) for cell in cells)
        numbers[str(statement)][local_name(str(kind))].append((words, number, unit))
    symmetric = store.symmetric_properties()
    for statement, article, subject, prop, value, status, time in store.query(_CLAIMS):
        iri, source = str(statement), str(article)
        stated.articles[iri] = source
        if time is not None:
            stated.times[iri] = str(time)
        own = numbers.get(iri, {})
        published = articles[source].date if source in articles else None
        yield Claim(
            id=iri,
            source=prints.get(source, source),
            relation=told.relation(str(subject), local_name(str(prop)), str(value), symmetric),
            status=cast(Status, local_name(str(status))),
            published=span(published) if published else None,
            event=span(str(time)) if time is not None else None,
            sums=tuple((float(number), unit) for _, number, unit in own.get("amount", ()) if number and unit),
            shares=tuple(float(number) for _, number, _ in own.get("share", ()) if number),
            posts=tuple(words for words, _, _ in own.get("role", ()) if words),
        )


def _voices(
    store: Store, claims: Iterable[Claim], articles: Mapping[str, Headline], stated: _Stated
) -> Iterator[tuple[str, Voice]]:
    """IRI of each statement → its sentence and who stands behind it."""
    known = {claim.id: claim for claim in claims}
    quoted: dict[str, tuple[str, str | None]] = {}
    for some in told.chunks(sorted(known)):
        query = f"""SELECT ?statement ?quote ?by WHERE {{ VALUES ?statement {{ {told.values(some)} }} GRAPH ?graph {{
            ?statement kg:evidence ?evidence . ?evidence oa:exact ?quote .
            OPTIONAL {{ ?statement kg:attributedTo ?by }} }} }}"""
        for statement, quote, by in store.query(query):
            quoted[str(statement)] = str(quote), None if by is None else str(by)
    labels = told.labels(store, {by for _, by in quoted.values() if by is not None})
    for iri, (words, who) in quoted.items():
        place = stated.articles[iri]
        source = articles.get(place) or Headline(local_name(place))
        yield iri, Voice(source, known[iri].status, words, who and labels.get(who, who), stated.times.get(iri))


def _are_several(one: Contradiction, labels: Mapping[str, str]) -> bool:
    """Whether rivals are not one under two names: "Kolb" in one article is "Anna Kolb" in another."""
    ends = [{held[0].relation[place] for _, held in one.sides} for place in (0, 2)]
    names = [set(labels.get(iri, iri).split()) for iri in max(ends, key=len)]
    longest = max(names, key=len)
    return not all(name <= longest for name in names)


def _conflict(one: Contradiction, voices: Mapping[str, Voice], labels: Mapping[str, str]) -> Conflict:
    def named(relation: told.Relation) -> tuple[str, str, str]:
        subject, prop, value = relation
        return labels.get(subject, subject), prop, labels.get(value, value)

    sides = []
    for says, held in one.sides:
        text = says
        if one.kind in ("values", "excluded"):
            text = " – ".join(named(held[0].relation)) + (f" ({says})" if says else "")
        said = sorted((voices[claim.id] for claim in held if claim.id in voices), key=lambda v: (v.article.id, v.quote))
        said.sort(key=lambda voice: voice.article.date or "", reverse=True)
        sides.append(Side(text, tuple(said), len({claim.source for claim in held})))
    sides.sort(key=lambda side: -side.sources)
    counts = [side.sources for side in sides]
    newest = max((voice.article.date or "" for side in sides for voice in side.voices), default="")
    return Conflict(one.kind, *named(one.relation), tuple(sides), (counts[1], sum(counts)), newest)


def _cells(voice: Voice) -> tuple[str, str, str, str]:
    return voice.status, voice.article.date or "", voice.article.id, voice.quote


def _as_html(one: Conflict) -> str:
    """The sides of a conflict in columns, escaped."""

    def column(side: Side) -> str:
        said = "".join(
            f"<p>{html.escape(voice.quote)}<br><small>{html.escape(' · '.join(_source(voice)))}</small></p>"
            for voice in side.voices[:_VOICES]
        )
        more = f"<p>… {len(side.voices) - _VOICES} more</p>" if len(side.voices) > _VOICES else ""
        head = html.escape(f"{side.says} ({side.sources} source{'' if side.sources == 1 else 's'})")
        return f"<td style='text-align:left;vertical-align:top'><b>{head}</b>{said}{more}</td>"

    head = html.escape(f"{one.subject} – {one.property} – {one.object}: {MEANINGS[one.kind]}")
    return f"<p>{head}</p><table><tr>{''.join(map(column, one.sides))}</tr></table>"


def _source(voice: Voice) -> list[str]:
    """Who says it, in which article, when."""
    by = f"says {voice.said_by}" if voice.said_by else None
    article = voice.article
    return [part for part in (article.title, article.id, article.publisher, article.date, by) if part]
