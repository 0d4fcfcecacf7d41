"""What a store loses with several articles at once, worked out before any of it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import cast

import pyoxigraph as ox

from kg import rdf
from kg.bookkeeping import version_quads
from kg.changes import Change, Links, ancestors, describe, in_default, is_of_article
from kg.engines import Engine, Pattern
from kg.errors import StoreError
from kg.namespaces import article_iri, graphs_of
from kg.source_graph import marks
from kg.terms import (
    DEFAULT,
    DERIVATIONS,
    DESCRIBING,
    IDENTIFIER,
    INFERRED,
    LABEL,
    ONTOLOGY,
    SUBCLASS,
    subject_of,
    text,
)


def removal(engine: Engine, article_ids: Collection[str], links: Links) -> Change:
    """What must change for the graphs of articles to be gone, and the default graph to follow those that stay.

    What was inferred goes too: it may rest on what is no longer said. ``kg:sources`` no longer follows the articles.

    Args:
        engine: the store beneath; it is only read.
        article_ids: ids of the articles.
        links: those that hold whatever articles say.

    Raises:
        StoreError: the store has no such article.
    """
    for name in article_ids:
        graph = article_iri(name)
        if not any(engine.quads(ox.NamedNode(graph), IDENTIFIER, text(name))):
            raise StoreError(f"the store has no article {name}", iri=graph)
    change = Change()
    gone = frozenset(ox.NamedNode(article_iri(name)) for name in article_ids)
    said = {quad for graph in gone for quad in engine.quads(graph=graph)}
    plain = {in_default(quad) for quad in said if rdf.is_plain(quad)}
    spoken_of = {subject_of(quad) for quad in said if quad.predicate in DESCRIBING and quad.subject not in gone}
    reader = engine.ahead(_needed(plain, spoken_of))
    for quad in plain:
        subject, value = cast(ox.NamedNode, quad.subject), cast(ox.NamedNode, quad.object)
        if not any(is_of_article(q) and q.graph_name not in gone for q in engine.quads(subject, quad.predicate, value)):
            change.delete.add(quad)
    above = ancestors(engine.quads(predicate=SUBCLASS, graph=ONTOLOGY))
    for iri in spoken_of:
        node = ox.NamedNode(iri)
        present = {quad for name in DESCRIBING for quad in reader.quads(node, name, None, DEFAULT)}
        others = (q for name in DESCRIBING for q in engine.quads(node, name) if q.graph_name not in gone)
        claims = Counter(in_default(quad) for quad in others if is_of_article(quad))
        change.turn(present, links.applied(iri, describe(claims, above)))
    for name in article_ids:
        change.turn(*version_quads(engine, name, None))
    change.delete |= marks(engine)
    inferred = (INFERRED, DERIVATIONS) if any(engine.quads(graph=INFERRED)) else ()
    change.drop = (*(ox.NamedNode(name) for one in sorted(article_ids) for name in graphs_of(one)), *inferred)
    return change


def lost_relations(change: Change) -> frozenset[tuple[str, str, str]]:
    """The plain triples that leave the default graph: IRIs of subject, property and object."""
    plain = (quad for quad in change.delete if quad.graph_name == DEFAULT and rdf.is_plain(quad))
    return frozenset((subject_of(quad), quad.predicate.value, cast(ox.NamedNode, quad.object).value) for quad in plain)


def lost_entities(change: Change) -> frozenset[str]:
    """IRIs of the entities of which nobody speaks any more."""
    renamed = {quad.subject for quad in change.insert if quad.predicate == LABEL}
    return frozenset(subject_of(q) for q in change.delete if q.predicate == LABEL and q.subject not in renamed)


def _needed(plain: Collection[ox.Quad], spoken_of: Collection[str]) -> Iterator[Pattern]:
    for quad in plain:
        yield cast(Pattern, (quad.subject, quad.predicate, quad.object))
    for iri in spoken_of:
        yield from ((ox.NamedNode(iri), name, None) for name in DESCRIBING)
