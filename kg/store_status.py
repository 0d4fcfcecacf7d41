"""What a store holds and in which state it is: counted by queries, so that a large one takes seconds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg import store_version, told
from kg.engines import is_address
from kg.entity_lists import table
from kg.models import at_hand
from kg.ontology import load_ontology
from kg.records import STATUSES, Failure, Status
from kg.store import Store
from kg.terms import local_name

_SHOWN: Final = 10  # failures where it shows itself
_NAMED: Final = 12  # publishers, languages, statuses in a line
_DESCRIBING: Final = "rdf:type, rdfs:label, skos:altLabel, skos:exactMatch"
_FOLLOWS: Final = "ASK { GRAPH kg:sources { kg:sources owl:versionInfo ?method } }"
_ARTICLE: Final = "GRAPH ?article { ?article a schema:NewsArticle"


@dataclass(frozen=True, slots=True)
class ReadWith:
    """How some articles were read."""

    model: str  # pipeline, with its version
    ontology: str  # version and digest
    articles: int
    stale: bool  # the pipeline or the ontology at hand is another


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What a store holds and in which state it is."""

    place: str
    layout: int
    size: int | None  # bytes on disk; None where it lies elsewhere
    articles: int
    first: str | None  # date of the oldest article that has one
    last: str | None
    undated: int
    languages: Mapping[str, int]  # articles by language
    publishers: Mapping[str, int]  # articles by publisher, where they name one; the most first
    statements: Mapping[Status, int]
    entities: int
    triples: int  # plain ones, a symmetric one once
    read_with: tuple[ReadWith, ...]  # the most articles first
    failures: tuple[Failure, ...]  # what the last runs could not read
    inferred: int  # triples that were inferred from the articles as they are
    prints: int | None  # articles that print the text of another; None where kg:sources does not follow the articles

    @property
    def stale(self) -> int:
        """How many articles were read by another pipeline or with another ontology than those at hand."""
        return sum(one.articles for one in self.read_with if one.stale)

    def rows(self) -> list[tuple[str, str]]:
        """What there is to tell, as pairs of name and value; failures are left out."""
        dates = f"{self.first} to {self.last}" if self.first else "no dates"
        undated = f", {self.undated} without a date" if self.undated and self.first else ""
        size = "" if self.size is None else f", {self.size / 1e6:,.1f} MB on disk"
        prints = "not counted" if self.prints is None else f"{self.prints:,} articles print the text of another"
        rows = [
            ("store", f"{self.place}  (layout {self.layout}{size})"),
            ("articles", f"{self.articles:,}  ({dates}{undated})"),
            ("languages", _listed(self.languages)),
            ("publishers", _listed(self.publishers)),
            ("statements", f"{sum(self.statements.values()):,}  ({_listed(self.statements)})"),
            ("entities", f"{self.entities:,}"),
            ("plain triples", f"{self.triples:,}"),
            ("inferred", f"{self.inferred:,} triples, up to date with the articles" if self.inferred else "nothing"),
            ("reprints", prints),
        ]
        for one in self.read_with:
            stale = " (stale: another one is at hand)" if one.stale else ""
            rows.append(("read with", f"{one.model}, ontology {one.ontology}: {one.articles:,}{stale}"))
        return [(name, value) for name, value in rows if value]

    def __repr__(self) -> str:
        failed = [("not read", f"{one.source}: {one.problem}") for one in self.failures[:_SHOWN]]
        left = len(self.failures) - len(failed)
        return "\n".join([*(f"{n:<15}{v}" for n, v in [*self.rows(), *failed]), *([f"… {left} more"] if left else [])])

    def _repr_html_(self) -> str:
        failed = [("not read", f"{one.source}: {one.problem}") for one in self.failures]
        return table(("", "this store"), [*self.rows(), *failed])


def status(
    store: Store, place: str | None = None, model: str | None = None, ontology: Sequence[Path] = ()
) -> StoreStatus:
    """Count what a store holds, and compare how it was read with what is at hand.

    Args:
        store: where to count.
        place: its folder or address; None for memory.
        model: the pipeline that articles are to be read with; by default the bundled ones.
        ontology: Turtle files that articles are to be read with, beside the bundled ones.

    Raises:
        OntologyError: a file cannot be read.
    """
    dates = _counts(store, f"{_ARTICLE} ; dcterms:issued ?value }}")
    languages = _counts(store, f"{_ARTICLE} ; dcterms:language ?value }}")
    total = sum(_counts(store, f"{_ARTICLE} . BIND(1 AS ?value) }}").values())
    days = sorted(dates)
    return StoreStatus(
        place=place or "memory",
        layout=store_version.VERSION,
        size=None if place is None else _size(place),
        articles=total,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        undated=max(0, total - sum(dates.values())),
        languages=languages,
        publishers=_publishers(store),
        statements=_statuses(store),
        entities=_number(store, "?entity rdfs:label ?label"),
        triples=_triples(store),
        read_with=_read_with(store, model, ontology),
        failures=store.failures(),
        inferred=_number(store, "GRAPH kg:inferred { ?s ?p ?o }"),
        prints=len(told.prints(store)) if store.query(_FOLLOWS) else None,
    )


def _listed(counts: Mapping[Any, int]) -> str:
    shown = [f"{number:,} {name}" for name, number in list(counts.items())[:_NAMED]]
    return ", ".join([*shown, *([f"{len(counts) - _NAMED} more"] if len(counts) > _NAMED else [])])


def _counts(store: Store, pattern: str) -> Mapping[str, int]:
    """How many articles have each value, the most first."""
    query = f"SELECT ?value (COUNT(DISTINCT ?article) AS ?number) WHERE {{ {pattern} }} GROUP BY ?value"
    found = {str(value): int(str(number)) for value, number in store.query(query) if value is not None}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _number(store: Store, pattern: str) -> int:
    ((number,),) = store.query(f"SELECT (COUNT(*) AS ?number) WHERE {{ {pattern} }}")
    return int(str(number))


def _statuses(store: Store) -> Mapping[Status, int]:
    """Statements by status: all that have one but open triples, which is quicker than to ask what is one."""
    every, apart = (_by_status(store, pattern) for pattern in ("?one", "?one a kg:OpenTriple ;"))
    counts = {status: every[status] - apart.get(status, 0) for status in STATUSES if status in every}
    return {status: number for status, number in counts.items() if number}


def _by_status(store: Store, pattern: str) -> Mapping[str, int]:
    query = f"""SELECT ?status (COUNT(?one) AS ?number) WHERE {{
        GRAPH ?graph {{ {pattern} kg:status ?status }} }} GROUP BY ?status"""
    return {local_name(str(status)): int(str(number)) for status, number in store.query(query) if status is not None}


def _publishers(store: Store) -> Mapping[str, int]:
    """By name, or by IRI where the graph gives no name."""
    named = "OPTIONAL { ?publisher schema:name ?name }"
    return _counts(
        store, f"{_ARTICLE} ; schema:publisher ?publisher . {named} BIND(COALESCE(?name, ?publisher) AS ?value) }}"
    )


def _triples(store: Store) -> int:
    plain = f"?s ?p ?o FILTER(?p NOT IN ({_DESCRIBING}))"
    symmetric = sorted(store.symmetric_properties())
    turned = " ".join(f"kg:{name}" for name in symmetric)
    again = _number(store, f"VALUES ?p {{ {turned} }} ?s ?p ?o FILTER(STR(?s) > STR(?o))") if turned else 0
    return _number(store, plain) - again


def _read_with(store: Store, model: str | None, ontology: Sequence[Path]) -> tuple[ReadWith, ...]:
    query = f"""SELECT ?model ?ontology (COUNT(DISTINCT ?article) AS ?number) WHERE {{
        {_ARTICLE} ; kg:extractedWith ?model ; kg:ontologyVersion ?ontology }} }} GROUP BY ?model ?ontology"""
    known = load_ontology(ontology)
    wanted, models = f"{known.version}+{known.digest}", _models(model)
    found = [
        ReadWith(str(name), str(version), int(str(number)), str(name) not in models or str(version) != wanted)
        for name, version, number in store.query(query)
        if name is not None  # some engines answer with an empty row where there is no article
    ]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.model, one.ontology)))


def _models(model: str | None) -> frozenset[str]:
    """The pipelines at hand that would read, as articles name them."""
    if model is not None and (meta := Path(model) / "meta.json").is_file():
        told = json.loads(meta.read_text(encoding="utf-8"))
        return frozenset({f"{told.get('lang')}_{told.get('name')}-{told.get('version')}"})
    names = [one["name"] for one in at_hand() if (one["bundled"] if model is None else one["name"].split()[0] == model)]
    return frozenset(name.replace(" ", "-") for name in names)


def _size(place: str) -> int | None:
    """Bytes of the files in a folder; a file that goes meanwhile, as a store's logs do, counts nothing."""
    if is_address(place) or not Path(place).is_dir():
        return None
    total = 0
    for path in Path(place).rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
