"""The entities of a store as lists that read well: how often they are spoken of, what was tied, what was kept apart."""

from __future__ import annotations

import html
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from kg.acronyms import spells
from kg.errors import KgError
from kg.legal_forms import without_legal_form
from kg.name_variants import variant_key
from kg.namespaces import slug
from kg.records import Entity
from kg.sparql import import_pandas
from kg.store import Store

if TYPE_CHECKING:
    import pandas as pd

_SHOWN: Final = 40  # rows in a notebook
_MANY: Final = 12  # bearers of a surname from which on each is paired with the most mentioned one alone
_ONE_SLIP: Final = 6  # letters of a name from which on one letter more, less or other may be a slip


@dataclass(frozen=True, slots=True)
class Counts:
    """How often an entity is spoken of."""

    mentions: int
    statements: int  # of every status, as subject or object
    articles: int


@dataclass(frozen=True, slots=True)
class Merge:
    """A spelling that was tied to an entity with another label, with the reason that its mentions keep."""

    name: str
    entity: Entity
    reason: str
    mentions: int
    articles: tuple[str, ...]  # ids, sorted


@dataclass(frozen=True, slots=True)
class ClosePair:
    """Two entities that have names alike and were kept apart; the first is spoken of less."""

    one: Entity
    other: Entity
    reason: str


class Entities(tuple[Entity, ...]):
    """Entities that show themselves as a table with counts; else a plain tuple.

    Attributes:
        counts: IRI → how often it is spoken of.
    """

    counts: Mapping[str, Counts]

    @classmethod
    def of(cls, found: Iterable[Entity], counts: Mapping[str, Counts]) -> Self:
        """Entities with their counts."""
        made = cls(found)
        made.counts = counts
        return made

    def most_mentioned(self) -> list[Entity]:
        """The entities, those with the most mentions first, then by label."""
        return sorted(self, key=lambda e: (-self.counts[e.iri].mentions, e.label, e.iri))

    def rows(self) -> list[tuple[str, str, str, int, int, int]]:
        """Label, type, aliases, mentions, statements and articles, in the order of `most_mentioned`."""
        return [
            (e.label, e.type, ", ".join(e.aliases), c.mentions, c.statements, c.articles)
            for e in self.most_mentioned()
            for c in (self.counts[e.iri],)
        ]

    def to_dataframe(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, with the IRI.

        Raises:
            KgError: pandas is not installed.
        """
        rows = [(*row, entity.iri) for row, entity in zip(self.rows(), self.most_mentioned(), strict=True)]
        columns = ["label", "type", "aliases", "mentions", "statements", "articles", "iri"]
        frame: pd.DataFrame = import_pandas().DataFrame(rows, columns=columns)
        return frame

    def __repr__(self) -> str:
        return "\n".join(f"{row[0]} ({row[1]}, {row[3]} mentions)" for row in self.rows()) or "no entity found"

    def _repr_html_(self) -> str:
        return table(("entity", "type", "aliases", "mentions", "statements", "articles"), self.rows())


class Merges(tuple[Merge, ...]):
    """Spellings that were tied to entities, sorted by entity and spelling; a table in notebooks."""

    def rows(self) -> list[tuple[str, str, str, str, int, str]]:
        """Spelling, entity, type, reason, mentions and articles."""
        return [(m.name, m.entity.label, m.entity.type, m.reason, m.mentions, ", ".join(m.articles)) for m in self]

    def __repr__(self) -> str:
        return "\n".join(f"{row[0]} → {row[1]}: {row[3]}" for row in self.rows()) or "no spelling was tied"

    def _repr_html_(self) -> str:
        return table(("spelling", "entity", "type", "reason", "mentions", "articles"), self.rows())


class ClosePairs(tuple[ClosePair, ...]):
    """Entities with names alike that were kept apart; a table in notebooks."""

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Label and type of both, and the reason."""
        return [(p.one.label, p.one.type, p.other.label, p.other.type, p.reason) for p in self]

    def __repr__(self) -> str:
        return "\n".join(f"{row[0]} / {row[2]}: {row[4]}" for row in self.rows()) or "no close pair"

    def _repr_html_(self) -> str:
        return table(("entity", "type", "close to", "type", "why they are close"), self.rows())


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as an HTML table, escaped; of many the first ones, and how many are left."""

    def cells(tag: str, row: Iterable[object]) -> str:
        return "".join(f"<{tag} style='text-align:left'>{html.escape(str(cell))}</{tag}>" for cell in row)

    if not rows:
        return "<p>nothing found</p>"
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows[:_SHOWN])
    more = f"<p>… {len(rows) - _SHOWN} more</p>" if len(rows) > _SHOWN else ""
    return f"<table><thead><tr>{cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>{more}"


def entities(store: Store, type: str | None = None, search: str | None = None) -> Entities:
    """The entities of a store, sorted by IRI.

    Args:
        store: where to look.
        type: name of a class; entities of a class below it count too.
        search: letters that label or alias must hold, in any case and spelling of umlauts.

    Raises:
        KgError: there is no such class.
    """
    mentions, articles = store.mention_counts(), store.article_counts()
    stated = Counter(iri for s in store.statements() for iri in {s.subject, s.object})
    found = _wanted(store, type, search)
    counts = {e.iri: Counts(mentions.get(e.iri, 0), stated[e.iri], articles.get(e.iri, 0)) for e in found}
    return Entities.of(found, counts)


def merges(store: Store, type: str | None = None, search: str | None = None) -> Merges:
    """The spellings that stand for an entity of another label, with the reason; arguments as for `entities`.

    Only names are listed: pronouns and descriptions are followed anew in each article.
    """
    wanted = {entity.iri: entity for entity in _wanted(store, type, search)}
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for mention in store.mentions():
        entity = wanted.get(mention.iri)
        if entity is not None and mention.kind in {"name", "compound"} and mention.text != entity.label:
            found[mention.iri, mention.text, mention.reason][mention.article] += 1
    tied = [
        Merge(name, wanted[iri], reason, sum(places.values()), tuple(sorted(places)))
        for (iri, name, reason), places in found.items()
    ]
    return Merges(sorted(tied, key=lambda m: (m.entity.label, m.entity.iri, m.name, m.reason)))


def close_pairs(store: Store, type: str | None = None, search: str | None = None) -> ClosePairs:
    """Pairs of entities that are called nearly alike, with the reason; arguments as for `entities`.

    Both ends must be of the type; one of them must hold the letters that are searched.
    """
    counts = store.mention_counts()
    found = _wanted(store, type, None)
    order = {e.iri: (counts.get(e.iri, 0), e.label, e.iri) for e in found}
    above = store.ancestors()
    pairs: dict[tuple[str, str], ClosePair] = {}
    rules = (_same_name, _same_surname, _abbreviation, _beginning, _one_letter)
    for one, other, reason in itertools.chain.from_iterable(
        rule(sorted(found, key=lambda e: order[e.iri], reverse=True), above) for rule in rules
    ):
        first, second = sorted((one, other), key=lambda e: order[e.iri])
        pairs.setdefault((first.iri, second.iri), ClosePair(first, second, reason))
    kept = [p for p in pairs.values() if search is None or _holds(p.one, search) or _holds(p.other, search)]
    return ClosePairs(sorted(kept, key=lambda p: (p.other.label, p.other.iri, p.one.label, p.one.iri)))


def _wanted(store: Store, type: str | None, search: str | None) -> list[Entity]:
    found = store.entities()
    above = store.ancestors()
    if type is not None:
        known = {*above, *(entity.type for entity in found)}
        if type not in known:
            raise KgError(f"no class called {type}", hint=f"known: {', '.join(sorted(known))}")
    return [
        entity
        for entity in found
        if (type is None or type == entity.type or type in above.get(entity.type, ()))
        and (search is None or _holds(entity, search))
    ]


def _holds(entity: Entity, search: str) -> bool:
    letters = search.strip().casefold()
    return any(letters in name.casefold() or slug(search) in slug(name) for name in (entity.label, *entity.aliases))


_Found = Iterator[tuple[Entity, Entity, str]]
_Above = Mapping[str, frozenset[str]]


def _related(one: Entity, other: Entity, above: _Above) -> bool:
    """Whether two entities may be of one kind: their classes are one, or have a class in common that is not Agent."""
    kinds = [{e.type, *above.get(e.type, ())} - {"Agent", "Thing"} for e in (one, other)]
    return not kinds[0].isdisjoint(kinds[1])


def _pairs(group: Sequence[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """All pairs of a group; of a large one, each with the first."""
    return itertools.combinations(group, 2) if len(group) <= _MANY else ((group[0], e) for e in group[1:])


def _same_name(found: Sequence[Entity], above: _Above) -> _Found:
    bearers: dict[str, dict[str, tuple[Entity, str]]] = defaultdict(dict)
    for entity in found:
        for name in (entity.label, *entity.aliases):
            bearers[variant_key(name)].setdefault(entity.iri, (entity, name))
    for group in bearers.values():
        names = {iri: name for iri, (_, name) in group.items()}
        for one, other in _pairs([entity for entity, _ in group.values()]):
            first, second = sorted((names[one.iri], names[other.iri]))
            if not _related(one, other, above):
                yield one, other, f"the same name, but {' and '.join(sorted((one.type, other.type)))}"
            elif first == second:
                yield one, other, f"“{first}” is a name of both"
            elif without_legal_form(first) == without_legal_form(second):
                yield one, other, f"“{first}” and “{second}” differ in their legal form"
            else:
                yield one, other, f"“{first}” and “{second}” are spellings of one name"


def _same_surname(found: Sequence[Entity], _above: _Above) -> _Found:
    people: dict[str, list[Entity]] = defaultdict(list)
    for entity in found:
        if entity.type == "Person":
            people[slug(entity.label.rpartition(" ")[2])].append(entity)
    for group in people.values():
        for one, other in _pairs(group):
            alone = next((e.label for e in (one, other) if " " not in e.label), None)
            surname = alone or one.label.rpartition(" ")[2]
            yield one, other, f"“{surname}” is a surname alone" if alone else f"the same surname “{surname}”"


def _abbreviation(found: Sequence[Entity], above: _Above) -> _Found:
    short = {entity.label: entity for entity in found if entity.label.isupper() and " " not in entity.label}
    for entity in found:
        words = entity.label.split()
        initials = {
            "".join(word[:1] for word in chosen).upper()
            for chosen in (words, [word for word in words if word[:1].isupper()])
        }
        for letters in sorted(initials) if len(words) > 1 else ():
            other = short.get(letters)
            if other is not None and _related(entity, other, above) and spells(letters, words):
                yield other, entity, f"“{letters}” may abbreviate “{entity.label}”"


def _beginning(found: Sequence[Entity], above: _Above) -> _Found:
    called: dict[str, list[Entity]] = defaultdict(list)
    for entity in found:
        called[without_legal_form(entity.label)].append(entity)
    for entity in found:
        words = entity.label.split()
        for length in range(1, len(words)):
            for other in called.get(" ".join(words[:length]), ()):
                if entity.type != "Person" and other.iri != entity.iri and _related(entity, other, above):
                    yield other, entity, f"“{entity.label}” begins with “{other.label}”"


def _one_letter(found: Sequence[Entity], above: _Above) -> _Found:
    """Names that one letter tells apart: those that are alike once each has lost one, after Mor and Fraenkel (1982)."""
    near: dict[str, dict[str, Entity]] = defaultdict(dict)
    for entity in found:
        key = variant_key(entity.label)
        if len(key) >= _ONE_SLIP and not any(c.isdigit() for c in key):
            for form in {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}:
                near[form].setdefault(entity.iri, entity)
    for group in near.values():
        for one, other in _pairs(list(group.values())):
            if _related(one, other, above):
                yield one, other, f"“{one.label}” and “{other.label}” differ in a letter or two"
