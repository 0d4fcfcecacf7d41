"""What the default graph lacks, or has too much of, after graphs of articles were put in as they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import cast

import pyoxigraph as ox

from kg import rdf
from kg.changes import Change, Claims, ancestors, describe, in_default, is_of_article, links_of
from kg.engines import Engine, Pattern
from kg.terms import DEFAULT, DESCRIBING, IDENTIFIER, ONTOLOGY, SUBCLASS, subject_of


def settlement(engine: Engine, articles: Collection[ox.NamedNode]) -> Change:
    """What makes the default graph follow these graphs of articles too, so that it is as if they had been written.

    Two vocabularies in one store lose their digests, so that the next write puts its own in their place.

    Args:
        engine: the store beneath; it is only read.
        articles: names of the graphs of plain triples that are new.
    """
    change = Change()
    if articles:
        _settle_entities(engine, frozenset(articles), change)
    known = any(engine.quads(graph=DEFAULT))
    for graph in articles:
        plain = [quad for quad in engine.quads(graph=graph) if rdf.is_plain(quad)]
        reader = engine.ahead(map(_pattern, plain)) if known else None
        missing = (q for q in plain if reader is None or not any(reader.quads(*_pattern(q), DEFAULT)))
        change.insert.update(map(in_default, missing))
    digests = list(engine.quads(ONTOLOGY, IDENTIFIER, None, ONTOLOGY))
    if len(digests) > 1:
        change.delete.update(digests)
    return change


def _pattern(quad: ox.Quad) -> Pattern:
    return cast(Pattern, (quad.subject, quad.predicate, quad.object))


def _settle_entities(engine: Engine, articles: frozenset[ox.NamedNode], change: Change) -> None:
    """What an entity is called and is; all claims are read at once, as a bulk load touches most of them."""
    claims: Claims = defaultdict(Counter)
    present: dict[str, set[ox.Quad]] = defaultdict(set)
    touched: set[str] = set()
    for quad in _described(engine):
        iri = subject_of(quad)
        if quad.graph_name == DEFAULT:
            present[iri].add(quad)
        elif is_of_article(quad) and quad.subject != quad.graph_name:
            claims[iri][in_default(quad)] += 1
            if quad.graph_name in articles:
                touched.add(iri)
    above = ancestors(engine.quads(predicate=SUBCLASS, graph=ONTOLOGY))
    links = links_of(engine)
    for iri in touched:
        change.turn(present[iri], links.applied(iri, describe(claims[iri], above)))


def _described(engine: Engine) -> Iterator[ox.Quad]:
    for predicate in sorted(DESCRIBING, key=str):
        for quad in engine.quads(predicate=predicate):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad
