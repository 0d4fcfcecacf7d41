"""What a store tells, in short and read at once: its relations with their status, its articles, labels.

One query each, so that neither articles nor their sentences are read, whatever the size of the store.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from kg.namespaces import ARTICLE
from kg.records import STATUSES, Status
from kg.store import Store
from kg.terms import local_name

Relation = tuple[str, str, str]
"""IRI of the subject, local name of the property, IRI of the object; a symmetric one always the same way round."""
_Item = TypeVar("_Item")
_AT_ONCE: Final = 500  # IRIs in a query: 50 kB, which every endpoint takes

_RELATIONS: Final = """
SELECT DISTINCT ?subject ?property ?object ?status WHERE { GRAPH ?graph {
  ?statement a rdf:Statement ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ; kg:status ?status .
} }"""
_ARTICLES: Final = """
SELECT ?article ?id ?title ?date ?url ?publisher WHERE { GRAPH ?article {
  ?article a schema:NewsArticle ; dcterms:identifier ?id .
  OPTIONAL { ?article dcterms:title ?title }
  OPTIONAL { ?article dcterms:issued ?date }
  OPTIONAL { ?article schema:url ?url }
  OPTIONAL { ?article dc:publisher ?publisher }
} }"""

_PRINTS: Final = """
SELECT ?print ?first WHERE { GRAPH kg:sources { kg:sources owl:versionInfo ?method . ?print kg:reprintOf ?first } }"""


@dataclass(frozen=True, slots=True)
class Headline:
    """What an article is known by."""

    id: str
    title: str | None = None
    date: str | None = None  # ISO 8601, as precise as it was given
    url: str | None = None
    publisher: str | None = None


def relation(subject: str, prop: str, value: str, symmetric: frozenset[str]) -> Relation:
    """A relation; one of a symmetric property always in the same of its two directions."""
    return (value, prop, subject) if prop in symmetric and value < subject else (subject, prop, value)


def most_certain(statuses: Iterable[Status]) -> Status:
    """The status that counts where several are told: the first in the order of `STATUSES`."""
    return min(statuses, key=STATUSES.index)


def relations(store: Store) -> dict[Relation, Status]:
    """The relations that the articles tell, of every status, each with its most certain one."""
    symmetric = store.symmetric_properties()
    found: dict[Relation, Status] = {}
    for subject, prop, value, status in store.query(_RELATIONS):
        key = relation(str(subject), local_name(str(prop)), str(value), symmetric)
        told = cast(Status, local_name(str(status)))
        found[key] = most_certain((told, found.get(key, told)))
    return found


def headlines(store: Store) -> Mapping[str, Headline]:
    """IRI of each article → what it is known by, sorted by id."""
    found: dict[str, Headline] = {}
    for article, *known in store.query(_ARTICLES):
        values = [None if term is None else str(term) for term in known]
        if str(article).startswith(ARTICLE):
            found.setdefault(str(article), Headline(values[0] or "", *values[1:]))
    return dict(sorted(found.items(), key=lambda pair: pair[1].id))


def prints(store: Store) -> Mapping[str, str]:
    """IRI of each article that prints another's text → IRI of that one, as the graph ``kg:sources`` has it.

    Nothing where that graph is not there, or is older than an article.
    """
    return {str(one): str(first) for one, first in store.query(_PRINTS)}


def labels(store: Store, iris: Iterable[str]) -> Mapping[str, str]:
    """IRI → label of each entity that has one."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(iris))):
        query = f"SELECT ?entity ?label WHERE {{ VALUES ?entity {{ {values(some)} }} ?entity rdfs:label ?label }}"
        found |= {str(entity): str(label) for entity, label in store.query(query)}
    return found


def every_label(store: Store) -> Mapping[str, str]:
    """IRI → label of all entities."""
    return {str(entity): str(label) for entity, label in store.query("SELECT * WHERE { ?entity rdfs:label ?label }")}


def values(iris: Iterable[str]) -> str:
    """IRIs as they stand in a query's ``VALUES``."""
    return " ".join(f"<{iri}>" for iri in iris)


def chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """As many items at once as go into one query."""
    ahead = iter(items)
    while some := list(itertools.islice(ahead, _AT_ONCE)):
        yield some
