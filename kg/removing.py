"""Articles taken out of a store: which are meant, what goes with them, and that it goes at once."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from kg import told
from kg.errors import UnknownNameError
from kg.namespaces import statements_iri
from kg.records import STATUSES, Status
from kg.removal import lost_entities, lost_relations
from kg.store import Store
from kg.terms import local_name
from kg.told import Headline

_NEAR: Final = 3  # names that are suggested for each that is unknown


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes with some articles, or went."""

    articles: tuple[Headline, ...]  # sorted by id
    statements: Mapping[Status, int]  # in the order of `STATUSES`
    relations: tuple[tuple[str, str, str], ...]  # plain triples that no other article supports, by label, sorted
    entities: tuple[str, ...]  # labels of those that no other article speaks of, sorted
    done: bool

    def __repr__(self) -> str:
        told_of = ", ".join(article.id for article in self.articles) or "nothing"
        lines = [f"{'removed' if self.done else 'would be removed'}: {told_of}"]
        lines += [f"gone: {subject} – {prop} – {value}" for subject, prop, value in self.relations]
        return "\n".join(lines)


def remove(store: Store, names: Collection[str], *, dry_run: bool = False) -> Removal:
    """Take articles out of a store, with all that only they say: all of them or none.

    Args:
        store: opened for writing, or for reading where nothing is to be done.
        names: see `articles_called`.
        dry_run: only tell what would go.

    Raises:
        UnknownNameError: no article is called so; nothing is removed.
        StoreError: the store cannot be written.
    """
    return remove_ids(store, articles_called(told.headlines(store).values(), names), dry_run=dry_run)


def remove_ids(store: Store, articles: Sequence[Headline], *, dry_run: bool = False) -> Removal:
    """The same for articles that were found before."""
    ids = [article.id for article in articles]
    change = store.removal(ids)
    relations, entities = lost_relations(change), lost_entities(change)
    symmetric = store.symmetric_properties()
    keys = {told.relation(subject, local_name(prop), value, symmetric) for subject, prop, value in relations}
    named = told.labels(store, {*entities, *(iri for subject, _, value in keys for iri in (subject, value))})
    found = Removal(
        articles=tuple(articles),
        statements=_statuses(store, ids),
        relations=tuple(sorted((named.get(s, s), prop, named.get(o, o)) for s, prop, o in keys)),
        entities=tuple(sorted(named.get(iri, iri) for iri in entities)),
        done=bool(ids) and not dry_run,
    )
    if found.done:
        store.remove(*ids)
        store.renew_sources()
    return found


def articles_called(known: Collection[Headline], names: Collection[str]) -> tuple[Headline, ...]:
    """The articles that names mean, sorted by id.

    Args:
        known: those of the store.
        names: an id or a URL; else a pattern of these, as a shell knows them (``2019-*``); else a title, exactly so
            or in other case, where only one article has it.

    Raises:
        UnknownNameError: no article is called so, or several have the title; it suggests names.
    """
    found: dict[str, Headline] = {}
    unknown: list[str] = []
    for name in names:
        meant = _called(known, name)
        if len(meant) > 1 and not _is_pattern(name):
            ids = ", ".join(sorted(article.id for article in meant))
            raise UnknownNameError(f"several articles are called '{name}'", hint=f"name one by its id: {ids}")
        found |= {article.id: article for article in meant}
        if not meant:
            unknown.append(name)
    if unknown:
        raise UnknownNameError(f"no article is called {' or '.join(map(repr, unknown))}", hint=_near(known, unknown))
    return tuple(sorted(found.values(), key=lambda article: article.id))


def _called(known: Collection[Headline], name: str) -> list[Headline]:
    key = name.strip().casefold()
    if exact := [article for article in known if name == article.id] or [a for a in known if name == a.url]:
        return exact
    if _is_pattern(name) and (
        fitting := [a for a in known if any(fnmatchcase(text, name) for text in (a.id, a.url or ""))]
    ):
        return fitting
    return [article for article in known if article.title is not None and article.title.casefold() == key]


def _is_pattern(name: str) -> bool:
    return any(sign in name for sign in "*?[")


def _near(known: Collection[Headline], unknown: Sequence[str]) -> str:
    forms = {form.casefold(): a.id for a in known for form in (a.title or "", a.url or "", a.id) if form}
    near = [
        forms[form]
        for name in unknown
        for form in difflib.get_close_matches(name.casefold(), sorted(forms), n=_NEAR, cutoff=0.5)
    ]
    if near:
        return f"did you mean {' or '.join(dict.fromkeys(near))}?"
    some = ", ".join(sorted(article.id for article in known)[:_NEAR])
    return f"the store has {len(known)}{f', such as {some}' if some else ''}"


def _statuses(store: Store, ids: Sequence[str]) -> Mapping[Status, int]:
    counts: Counter[str] = Counter()
    for some in told.chunks(map(statements_iri, ids)):
        found = f"VALUES ?graph {{ {told.values(some)} }} GRAPH ?graph {{ ?statement kg:status ?status }}"
        query = f"SELECT ?status (COUNT(?statement) AS ?number) WHERE {{ {found} }} GROUP BY ?status"
        for status, number in store.query(query):
            counts[local_name(str(status))] += int(str(number))
    return {status: counts[status] for status in STATUSES if counts[status]}
