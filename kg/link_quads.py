"""Links to things elsewhere as quads, and back: candidates with their scores, and what was decided on each.

They lie in a graph of their own, `LINKS_GRAPH`. Each candidate is a node (``kg:LinkCandidate``) with the entity
(``kg:linkFrom``), the thing elsewhere (``kg:linkTo``), what it is called and is there, the score, whether the types
agree, the verdict and where it came from. A link that holds stands there as ``skos:exactMatch`` too, and in the default
graph beside what the gazetteer links, so that one pattern finds both; one that a user refused as ``owl:differentFrom``,
and the default graph does not have it, whoever says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

import pyoxigraph as ox

from kg import rdf
from kg.changes import Change, in_default, is_of_article, links_among
from kg.engines import Engine
from kg.errors import StoreError
from kg.namespaces import LINKS, digest
from kg.terms import DEFAULT, DIFFERENT, LABEL, LINKS_GRAPH, SAME, A, Object, boolean, decimal, term, text

Verdict = Literal["same", "different", "linked", "open"]
"""What a user decided (``same``, ``different``), what `kg.linking` decided by its rule, or nothing yet."""

HOLDING: Final = frozenset({"same", "linked"})
"""Verdicts by which a link holds."""
_CLASS: Final = term("kg:LinkCandidate")


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """Something elsewhere that an entity may be."""

    entity: str  # IRI
    target: str  # IRI elsewhere
    label: str = ""  # what it is called there
    types: tuple[str, ...] = ()  # what it is there, in the words of the source
    score: float = 0.0  # how alike the names are, 0 to 1
    agrees: bool = False  # whether it is there what the entity is here
    verdict: Verdict = "open"
    source: str = ""  # the service, endpoint or file
    reason: str = ""


def link_quads(candidates: Iterable[LinkCandidate]) -> frozenset[ox.Quad]:
    """The quads of the graph of links."""
    return frozenset(ox.Quad(*triple, LINKS_GRAPH) for one in candidates for triple in _about(one))


def _about(one: LinkCandidate) -> Iterable[tuple[ox.NamedNode, ox.NamedNode, Object]]:
    node = ox.NamedNode(f"{LINKS}/{digest(one.entity, one.target)}")
    entity, target = ox.NamedNode(one.entity), ox.NamedNode(one.target)
    yield node, A, _CLASS
    yield node, term("kg:linkFrom"), entity
    yield node, term("kg:linkTo"), target
    yield node, term("kg:score"), decimal(one.score)
    yield node, term("kg:typeAgrees"), boolean(one.agrees)
    yield node, term("kg:verdict"), text(one.verdict)
    for predicate, value in (("rdfs:label", one.label), ("dcterms:source", one.source), ("kg:reason", one.reason)):
        if value:
            yield node, term(predicate), text(value)
    for name in one.types:
        yield node, term("dcterms:type"), text(name)
    if one.verdict in HOLDING:
        yield entity, SAME, target
    elif one.verdict == "different":
        yield entity, DIFFERENT, target


def read_links(quads: Iterable[ox.Quad]) -> tuple[LinkCandidate, ...]:
    """The candidates that the graph of links holds, sorted by entity, then the best first.

    Raises:
        StoreError: a verdict is none.
    """
    found = rdf.nodes(quads)

    def first(about: str, curie: str) -> str:
        return next(iter(found[about].get(term(curie).value, [])), "")

    read = [
        LinkCandidate(
            entity=first(node, "kg:linkFrom"),
            target=first(node, "kg:linkTo"),
            label=first(node, "rdfs:label"),
            types=tuple(sorted(about.get(term("dcterms:type").value, []))),
            score=float(first(node, "kg:score") or 0),
            agrees=first(node, "kg:typeAgrees") == "true",
            verdict=_verdict(first(node, "kg:verdict"), node),
            source=first(node, "dcterms:source"),
            reason=first(node, "kg:reason"),
        )
        for node, about in found.items()
        if _CLASS.value in about.get(A.value, ())
    ]
    return tuple(sorted(read, key=lambda one: (one.entity, -one.score, one.target)))


def _verdict(given: str, node: str) -> Verdict:
    if given not in get_args(Verdict):
        hint = f"allowed: {', '.join(get_args(Verdict))}"
        raise StoreError(f"a candidate for a link has the verdict “{given}”", iri=node, hint=hint)
    return cast(Verdict, given)


def relinked(engine: Engine, new: frozenset[ox.Quad]) -> Change:
    """What must change for the graph of links to hold the new quads, and the default graph to follow.

    A link is in the default graph while an article or the graph of links says so, no user refused it, and an article
    speaks of the entity.

    Args:
        engine: the store beneath; it is only read.
        new: as `link_quads` gives them.
    """
    old = set(engine.quads(graph=LINKS_GRAPH))
    change = Change()
    change.turn(old, new)
    links = links_among(new)
    touched = {cast(ox.NamedNode, q.subject) for q in old ^ new if q.predicate in (SAME, DIFFERENT)}
    told: dict[ox.NamedNode, set[ox.Quad]] = defaultdict(set)
    for quad in engine.quads(predicate=SAME) if touched else ():
        if is_of_article(quad):
            told[cast(ox.NamedNode, quad.subject)].add(in_default(quad))
    reader = engine.ahead((entity, name, None) for entity in touched for name in (LABEL, SAME))
    for entity in touched:
        if labels := set(reader.quads(entity, LABEL, None, DEFAULT)):
            wanted = links.applied(entity.value, labels | told[entity]) - labels
            change.turn(set(reader.quads(entity, SAME, None, DEFAULT)), wanted)
    return change
