"""What a write changes: the difference an article makes to every graph, worked out before any of it is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, cast

import pyoxigraph as ox

from kg import rdf
from kg.engines import Engine, Pattern, Reader
from kg.errors import StoreError
from kg.namespaces import ARTICLE, KG, article_iri, graphs_of
from kg.ontology import Ontology
from kg.source_graph import marks
from kg.terms import (
    ALIAS,
    DEFAULT,
    DERIVATIONS,
    DESCRIBING,
    DIFFERENT,
    IDENTIFIER,
    INFERRED,
    LABEL,
    LINKS_GRAPH,
    ONTOLOGY,
    SAME,
    SUBCLASS,
    A,
    subject_of,
    text,
    value_of,
)

Claims = dict[str, Counter[ox.Quad]]
"""Entity IRI → what articles say it is called and is, put in the default graph, and how many articles say so."""

_REMEMBERED: Final = 20_000
"""Entities whose claims are kept: some 30 MB. The claims of others are asked of the store, article by article."""


@dataclass(slots=True)
class Change:
    """Quads to delete and to insert in one transaction, and graphs to drop."""

    delete: set[ox.Quad] = field(default_factory=set)
    insert: set[ox.Quad] = field(default_factory=set)
    drop: tuple[ox.NamedNode, ...] = ()

    def turn(self, old: set[ox.Quad], new: set[ox.Quad] | frozenset[ox.Quad]) -> None:
        """Add what makes the new quads out of the old ones."""
        if not old:  # a new article: hashing some hundred quads twice more takes a millisecond
            self.insert |= new
            return
        self.delete |= old - new
        self.insert |= new - old


@dataclass(frozen=True, slots=True)
class Links:
    """Links elsewhere that hold, and those that users refused, whatever articles say.

    Attributes:
        drawn: entity IRI → quads that the default graph has besides.
        refused: entity IRI → quads that it never has.
    """

    drawn: Mapping[str, set[ox.Quad]] = field(default_factory=dict)
    refused: Mapping[str, set[ox.Quad]] = field(default_factory=dict)

    def applied(self, iri: str, described: set[ox.Quad] | frozenset[ox.Quad]) -> set[ox.Quad] | frozenset[ox.Quad]:
        """What the default graph says of an entity; nothing of one that no article speaks of."""
        return (described | self.drawn.get(iri, set())) - self.refused.get(iri, set()) if described else described


def links_among(quads: Iterable[ox.Quad]) -> Links:
    """The links that quads of `LINKS_GRAPH` tell of."""
    found: dict[ox.NamedNode, dict[str, set[ox.Quad]]] = {SAME: defaultdict(set), DIFFERENT: defaultdict(set)}
    for quad in quads:
        if quad.predicate in found:
            link = ox.Quad(quad.subject, SAME, quad.object, DEFAULT)
            found[quad.predicate][subject_of(quad)].add(link)
    return Links(found[SAME], found[DIFFERENT])


def links_of(engine: Reader) -> Links:
    """The links that a store has."""
    return links_among(q for name in (SAME, DIFFERENT) for q in engine.quads(predicate=name, graph=LINKS_GRAPH))


def replacement(
    engine: Engine,
    article_id: str,
    new: frozenset[ox.Quad],
    ontology: Ontology | None,
    claims: Claims,
    links: Links,
) -> Change:
    """What must change for an article's own graphs to hold the new quads, and the others to follow.

    Args:
        engine: the store beneath; it is only read.
        article_id: id of the article.
        new: the quads of all of its graphs; none to remove the article.
        ontology: the vocabulary that they speak; None leaves its graph as it is.
        claims: what the writer remembers, so that an entity's articles need not be asked at every write. It is
            brought to what will hold after the change: if that fails, it must be emptied.
        links: what the writer remembers of `LINKS_GRAPH`.

    What was inferred from the articles as they were goes with any write: it may rest on what they no longer say. The
    graph ``kg:sources`` loses the mark that says it follows them (`kg.source_graph`).

    Raises:
        StoreError: another article has the same IRI.
    """
    graph = ox.NamedNode(article_iri(article_id))
    change = Change()
    old = {quad for name in graphs_of(article_id) for quad in engine.quads(graph=ox.NamedNode(name))}
    for quad in old:
        if quad.predicate == IDENTIFIER and quad.object != text(article_id):
            problem = f"articles {article_id} and {cast(ox.Literal, quad.object).value} have the same IRI"
            raise StoreError(problem, iri=graph.value, hint="give one of them another id")
    change.turn(old, new)
    own_old = {quad for quad in old if quad.graph_name == graph}
    own_new = {quad for quad in new if quad.graph_name == graph}
    reader = engine.ahead(_needed(own_old ^ own_new))
    _settle_triples(reader, graph, own_old, own_new, change)
    hierarchy = _renewed_hierarchy(engine, ontology, change)
    _settle_entities(reader, graph, own_old, own_new, change, claims, links, hierarchy=hierarchy)
    change.delete |= marks(engine)
    inferred = (INFERRED, DERIVATIONS) if any(engine.quads(graph=INFERRED)) else ()
    change.drop = inferred if new else (*map(ox.NamedNode, graphs_of(article_id)), *inferred)
    return change


def _needed(changed: set[ox.Quad]) -> Iterator[Pattern]:
    """What must be known of the default graph where these quads of an article's graph come or go."""
    for quad in changed:
        node = cast(ox.NamedNode, quad.subject)
        if rdf.is_plain(quad):
            yield node, quad.predicate, cast(ox.NamedNode, quad.object)
        elif quad.predicate in DESCRIBING:
            yield from ((node, predicate, None) for predicate in DESCRIBING)


def exchange(engine: Engine, graphs: Collection[ox.NamedNode], new: Collection[ox.Quad]) -> None:
    """Put quads in the place of all that some graphs hold, in one transaction."""
    old = {quad for name in graphs for quad in engine.quads(graph=name)}
    filled = {quad.graph_name for quad in new}
    emptied = [name for name in graphs if name not in filled]
    dropped = {quad for quad in old if quad.graph_name in emptied}
    engine.change(old.difference(new, dropped), set(new) - old, emptied if dropped else ())


def _renewed_hierarchy(engine: Reader, ontology: Ontology | None, change: Change) -> frozenset[ox.Quad] | None:
    """Bring the graph of the vocabulary up to date; its hierarchy if that is new, else None."""
    if ontology is None or any(engine.quads(ONTOLOGY, IDENTIFIER, text(ontology.digest), ONTOLOGY)):
        return None
    wanted = rdf.ontology_graph(ontology)
    change.turn(set(engine.quads(graph=ONTOLOGY)), wanted)
    return frozenset(quad for quad in wanted if quad.predicate == SUBCLASS)


def _settle_entities(
    engine: Reader,
    graph: ox.NamedNode,
    old: set[ox.Quad],
    new: set[ox.Quad],
    change: Change,
    claims: Claims,
    links: Links,
    *,
    hierarchy: frozenset[ox.Quad] | None,
) -> None:
    """What an entity is called and is, is settled anew by all articles that speak of it."""
    told: dict[str, tuple[set[ox.Quad], set[ox.Quad]]] = defaultdict(lambda: (set(), set()))
    for side, quads in enumerate((old, new)):
        for quad in quads:
            if quad.predicate in DESCRIBING and quad.subject != graph:
                told[subject_of(quad)][side].add(quad)
    touched = {iri for iri, (before, after) in told.items() if before != after}
    above = ancestors(engine.quads(predicate=SUBCLASS, graph=ONTOLOGY) if hierarchy is None else hierarchy)
    if hierarchy is not None:  # it may settle the type of any entity in another way
        touched |= {subject_of(quad) for quad in engine.quads(predicate=LABEL, graph=DEFAULT)}
    if len(claims) > _REMEMBERED:
        claims.clear()
    for iri in touched:
        entity, (before, after) = ox.NamedNode(iri), told[iri]
        if iri in claims:
            _count(claims[iri], before, after)
        present = {quad for predicate in DESCRIBING for quad in engine.quads(entity, predicate, graph=DEFAULT)}
        if hierarchy is None and before <= after and _agrees(after - before, present):
            names = {in_default(quad) for quad in after if quad.predicate in (ALIAS, SAME)}
            change.turn(present, links.applied(iri, present | names))
            continue
        if iri not in claims:
            # Of what the default graph does not know, no article has spoken yet.
            asked = DESCRIBING if present else ()
            said = {quad for predicate in asked for quad in engine.quads(entity, predicate)}
            others = (quad for quad in said if quad.graph_name != graph and is_of_article(quad))
            claims[iri] = Counter(map(in_default, (*others, *after)))
        if claims[iri] or before:  # else no article speaks or spoke of it: somebody put it there
            change.turn(present, links.applied(iri, describe(claims[iri], above)))


def _count(said: Counter[ox.Quad], before: set[ox.Quad], after: set[ox.Quad]) -> None:
    """Take back what an article said of an entity, and add what it says now."""
    said.update(map(in_default, after))
    if not before:
        return
    said.subtract(map(in_default, before))
    for quad in [quad for quad, count in said.items() if count <= 0]:
        del said[quad]


def _agrees(added: set[ox.Quad], present: set[ox.Quad]) -> bool:
    """Whether further claims only confirm type and label as they stand.

    One more voice for what won cannot change who wins, so that the articles which speak of an
    entity (thousands, of a country) need not be asked again.
    """
    return all(in_default(quad) in present for quad in added if quad.predicate in (A, LABEL))


def is_of_article(quad: ox.Quad) -> bool:
    """Whether a quad lies in the graph of an article's plain triples: only those make the default graph."""
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(ARTICLE)


def in_default(quad: ox.Quad) -> ox.Quad:
    """The same triple in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)  # naming `DEFAULT` would take seven times as long


def _settle_triples(engine: Reader, graph: ox.NamedNode, old: set[ox.Quad], new: set[ox.Quad], change: Change) -> None:
    """A plain triple enters the default graph with its first article, and leaves it with its last."""
    for quad in filter(rdf.is_plain, old ^ new):
        subject, predicate = cast(ox.NamedNode, quad.subject), quad.predicate
        value = cast(ox.NamedNode, quad.object)
        if quad in new:
            if not any(engine.quads(subject, predicate, value, DEFAULT)):
                change.insert.add(in_default(quad))
        elif not any(q.graph_name != graph and is_of_article(q) for q in engine.quads(subject, predicate, value)):
            change.delete.add(in_default(quad))


def describe(claims: Mapping[ox.Quad, int], above: Mapping[str, frozenset[str]]) -> frozenset[ox.Quad]:
    """What the default graph says of one entity, given what the articles' graphs say of it.

    The type is the one that most articles agree with, where an article that says something more
    general ("Organization" beside "Company") agrees too; the label is the one of most articles.
    A tie goes to the type that more articles name outright, then to the smallest in code points.
    All other labels become aliases. So the order of writing never matters.

    Args:
        claims: quads of one entity whose predicates are in `DESCRIBING`, and how many articles say each.
        above: class IRI → the IRIs of all classes above it.
    """
    if not claims:
        return frozenset()
    node = cast(ox.NamedNode, next(iter(claims)).subject)
    types: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    for quad, count in claims.items():
        if quad.predicate in (A, LABEL):
            (types if quad.predicate == A else labels)[value_of(quad)] += count
    names = set(labels) | {value_of(quad) for quad in claims if quad.predicate == ALIAS}
    described = {ox.Quad(node, SAME, quad.object, DEFAULT) for quad in claims if quad.predicate == SAME}
    if types:
        general = KG + "Thing"

        def agreed(name: str) -> int:
            below = above.get(name, frozenset()) | {general}
            return sum(count for other, count in types.items() if other == name or other in below)

        chosen = min(types, key=lambda name: (-agreed(name), -types[name], name))
        described.add(ox.Quad(node, A, ox.NamedNode(chosen), DEFAULT))
    if labels:
        label = min(labels, key=lambda name: (-labels[name], name))
        described.add(ox.Quad(node, LABEL, ox.Literal(label), DEFAULT))
        names.discard(label)
    described |= {ox.Quad(node, ALIAS, ox.Literal(name), DEFAULT) for name in names}
    return frozenset(described)


def ancestors(subclass_quads: Iterable[ox.Quad]) -> Mapping[str, frozenset[str]]:
    """Class IRI → the IRIs of all classes above it, from the ``rdfs:subClassOf`` quads of `ONTOLOGY`."""
    return _ancestors(frozenset(subclass_quads))


@lru_cache(maxsize=4)  # every write asks for it
def _ancestors(subclass_quads: frozenset[ox.Quad]) -> Mapping[str, frozenset[str]]:
    parents: dict[str, set[str]] = defaultdict(set)
    for quad in subclass_quads:
        parents[subject_of(quad)].add(value_of(quad))
    found: dict[str, frozenset[str]] = {}
    for name, direct in parents.items():
        seen: set[str] = set()
        ahead = list(direct)
        while ahead:
            parent = ahead.pop()
            if parent not in seen:
                seen.add(parent)
                ahead.extend(parents.get(parent, ()))
        found[name] = frozenset(seen)
    return found
