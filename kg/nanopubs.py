"""Statements as nanopublications: one assertion each, with where it comes from and who made it (https://nanopub.net).

A nanopublication asserts what its assertion graph holds. So the assertion of a statement that became a plain triple is
that triple, and that of any other is the statement itself with its status: that an article tells of a plan. Nothing
states when it was made, as no value comes from a clock; whoever publishes one signs and dates it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final, cast

import pyoxigraph as ox

from kg import __version__
from kg.namespaces import KG, NANOPUB, SOFTWARE, STATEMENT
from kg.records import PLAIN
from kg.terms import IDENTIFIER, OBJECT, PREDICATE, STATUS, SUBJECT, A, subject_of, term, text, value_of

_STATEMENT: Final = term("rdf:Statement")
_FROM: Final = term("prov:wasDerivedFrom")
_SOURCE: Final = term("kg:attributedTo")
_CORE: Final = frozenset({A, SUBJECT, PREDICATE, OBJECT, STATUS})
_MADE_WITH: Final = (term("kg:extractedWith"), term("kg:ontologyVersion"))
_OF_ARTICLE: Final = frozenset(
    {
        A,
        IDENTIFIER,
        *map(term, ("dcterms:title", "dcterms:issued", "dcterms:language", "schema:url", "dc:publisher", "dc:creator")),
    }
)
"""What is said of the article in the provenance of each of its statements."""


def nanopubs(quads: Collection[ox.Quad]) -> list[ox.Quad]:
    """The four graphs of each statement's nanopublication.

    Args:
        quads: of a store.
    """
    about: dict[str, list[ox.Quad]] = defaultdict(list)
    statements: list[ox.NamedNode] = []
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.graph_name, ox.DefaultGraph):
            iri = subject_of(quad)
            if iri.startswith(STATEMENT) or quad.subject == quad.graph_name:
                about[iri].append(quad)
            if iri.startswith(STATEMENT) and quad.predicate == A and quad.object == _STATEMENT:
                statements.append(quad.subject)
    return [made for node in statements for made in _nanopub(node, about)]


def _nanopub(node: ox.NamedNode, about: dict[str, list[ox.Quad]]) -> Iterator[ox.Quad]:
    whole = ox.NamedNode(NANOPUB + node.value.removeprefix(STATEMENT))
    head, assertion, provenance, info = (
        ox.NamedNode(f"{whole.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    own = about[node.value]
    by = {quad.predicate: quad.object for quad in own}
    article = about[cast(ox.NamedNode, by[_FROM]).value]
    yield ox.Quad(whole, A, term("np:Nanopublication"), head)
    for name, graph in (("Assertion", assertion), ("Provenance", provenance), ("PublicationInfo", info)):
        yield ox.Quad(whole, term(f"np:has{name}"), graph, head)
    plain = cast(ox.NamedNode, by[STATUS]).value.removeprefix(KG) in PLAIN
    if plain:
        yield ox.Quad(cast(ox.NamedNode, by[SUBJECT]), cast(ox.NamedNode, by[PREDICATE]), by[OBJECT], assertion)
    else:
        yield from _moved((quad for quad in own if quad.predicate in _CORE), assertion)
    yield ox.Quad(assertion, _FROM, by[_FROM], provenance)
    if _SOURCE in by:
        yield ox.Quad(assertion, term("prov:wasAttributedTo"), by[_SOURCE], provenance)
    if plain:
        yield ox.Quad(assertion, term("rdfs:seeAlso"), node, provenance)
    yield from _moved((quad for quad in own if plain or quad.predicate not in _CORE), provenance)
    for part in sorted(value_of(quad) for quad in own if value_of(quad).startswith(f"{node.value}/")):
        yield from _moved(about[part], provenance)
    yield from _moved((quad for quad in article if quad.predicate in _OF_ARTICLE), provenance)
    yield from _pubinfo(whole, [quad for quad in article if quad.predicate in _MADE_WITH], info)


def _pubinfo(whole: ox.NamedNode, made_with: Iterable[ox.Quad], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    software = ox.NamedNode(SOFTWARE)
    yield ox.Quad(whole, term("prov:wasAttributedTo"), software, graph)
    yield ox.Quad(software, A, term("prov:SoftwareAgent"), graph)
    yield ox.Quad(software, term("rdfs:label"), text("kg"), graph)
    yield ox.Quad(software, term("schema:softwareVersion"), text(__version__), graph)
    for quad in made_with:
        yield ox.Quad(whole, quad.predicate, quad.object, graph)


def _moved(quads: Iterable[ox.Quad], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    return (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
