"""How much a store holds, and its plain triples, without holding all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, cast

import pyoxigraph as ox

from kg import rdf
from kg.engines import Engine, Reader
from kg.namespaces import KG, STATEMENTS
from kg.records import PLAIN, STATUSES, Status
from kg.terms import DEFAULT, STATUS, local_name, subject_of, value_of

Triple = tuple[str, str, str]
"""Subject IRI, local name of the property, object IRI."""

_ENTITIES: Final = "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e rdf:type|rdfs:label|skos:altLabel|skos:exactMatch ?x }"
_STRONGEST: Final = """SELECT ?from ?name ?to (COUNT(*) AS ?weight) (MAX(?sure) AS ?best) {
    GRAPH ?g { ?s rdf:subject ?x ; rdf:predicate ?p ; rdf:object ?y ; kg:status ?status ; kg:confidence ?sure }
    FILTER (?status IN (%(statuses)s))
    BIND (REPLACE(STR(?p), "^.*[#/]", "") AS ?name)
    BIND (?name IN (%(symmetric)s) && STR(?y) < STR(?x) AS ?turned)
    BIND (IF(?turned, ?y, ?x) AS ?from) BIND (IF(?turned, ?x, ?y) AS ?to)
} GROUP BY ?from ?name ?to ORDER BY DESC(?weight) DESC(?best) STR(?from) ?name STR(?to) LIMIT %(number)d"""


def entities(engine: Engine) -> int:
    """How many entities the default graph describes; the engine counts."""
    return int(str(next(iter(engine.query(_ENTITIES)))[0]))


def statuses(engine: Reader) -> Mapping[Status, int]:
    """How many statements there are of each status, in the order of `STATUSES`."""
    stated = engine.quads(predicate=STATUS)
    own = (quad for quad in stated if cast(ox.NamedNode, quad.graph_name).value.startswith(STATEMENTS))
    counts = Counter(local_name(value_of(quad)) for quad in own)
    return {status: counts[status] for status in STATUSES if counts[status]}


def each_relation(engine: Reader, symmetric: Collection[str]) -> Iterator[Triple]:
    """The plain triples, in no order; a symmetric one in the same of its two directions, once or twice."""
    for quad in engine.quads(graph=DEFAULT):
        if rdf.is_plain(quad):
            subject, name, value = subject_of(quad), local_name(quad.predicate.value), value_of(quad)
            yield (value, name, subject) if name in symmetric and value < subject else (subject, name, value)


def relations(engine: Reader, symmetric: Collection[str]) -> int:
    """How many plain triples there are, a symmetric one counted once; only the symmetric ones are held meanwhile."""
    count, seen = 0, set()
    for triple in each_relation(engine, symmetric):
        if triple[1] in symmetric:
            seen.add(hash(triple))
        else:
            count += 1
    return count + len(seen)


def strongest(engine: Engine, symmetric: Collection[str], number: int) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The plain relations with the most sentences behind them, then the surest; the engine groups them.

    Args:
        engine: the store beneath.
        symmetric: local names of the properties that hold in both directions.
        number: how many at most.

    Returns:
        IRIs of subject and object, and an edge: ``property``, ``weight`` (sentences), ``confidence`` (the best).
    """
    asked = _STRONGEST % {
        "statuses": ", ".join(f"<{KG}{status}>" for status in sorted(PLAIN)),
        "symmetric": ", ".join(f'"{name}"' for name in sorted(symmetric)) or '""',
        "number": number,
    }
    return [
        (str(row[0]), str(row[2]), {"property": str(row[1]), "weight": int(row[3]), "confidence": float(row[4])})
        for row in (tuple(map(str, cells)) for cells in engine.query(asked))
    ]
