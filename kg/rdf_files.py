"""Quads as files in the spellings of RDF; equal graphs give equal bytes, in UTF-8.

N-Triples and N-Quads come in the canonical form of RDFC-1.0 (https://www.w3.org/TR/rdf-canon/): sorted by code points,
each escape in its one spelling, blank nodes named by what is said of them. Graphs of kg have no blank node, so that
for them canonical means sorted, and two files can be compared line by line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, cast

import pyoxigraph as ox

from kg import rdf
from kg.namespaces import PREFIXES, STATEMENTS
from kg.terms import OBJECT, ONTOLOGY, PREDICATE, SUBJECT, A, term

Quads = Collection[ox.Quad]

# XML 1.0 has no way to write these, not even escaped.
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_USED: Final = re.compile(r"[a-z][a-z-]*(?=:)")
_ENDS_IN_NAME: Final = re.compile(r"[^\W\d][\w.\-]*$")
_LABEL: Final = term("rdfs:label")
_REIFIES: Final = term("rdf:reifies")
_STATEMENT: Final = term("rdf:Statement")
_PARTS: Final = (SUBJECT, PREDICATE, OBJECT)


def order(quad: ox.Quad) -> tuple[str, str, bool, bool, str, str]:
    """Sort key: by graph and subject, type and label first."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return (
        graph,
        str(quad.subject),
        quad.predicate != A,
        quad.predicate != _LABEL,
        str(quad.predicate),
        str(quad.object),
    )


def turtle(quads: Quads) -> bytes:
    """Turtle; the names of graphs are dropped."""
    return _pretty(_triples(sorted(quads, key=order)), ox.RdfFormat.TURTLE)


def trig(quads: Quads) -> bytes:
    """TriG."""
    return _pretty(sorted(quads, key=order), ox.RdfFormat.TRIG)


def ntriples(quads: Quads) -> bytes:
    """Canonical N-Triples; the names of graphs are dropped."""
    return nquads([ox.Quad(*triple) for triple in _triples(quads)])


def nquads(quads: Quads) -> bytes:
    """Canonical N-Quads."""
    written = rdf.nquads(quads)
    if b"_:" in written and any(map(has_blank_node, quads)):  # else the letters stand in a text
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        written = rdf.nquads(list(dataset))
    return written


def has_blank_node(quad: ox.Quad) -> bool:
    """Whether a part of a quad has no name."""
    return any(isinstance(part, ox.BlankNode) for part in (quad.subject, quad.object, quad.graph_name))


def rdf_xml(quads: Quads) -> bytes:
    """RDF/XML; the names of graphs are dropped, and characters that XML cannot hold become U+FFFD.

    Raises:
        ValueError: a property's IRI does not end in an XML name, so that RDF/XML has no way to write it.
    """
    triples = (
        ox.Triple(triple.subject, triple.predicate, _for_xml(triple.object))
        for triple in _triples(sorted(quads, key=order))
    )
    iris = {quad.predicate.value for quad in quads}
    for iri in sorted(iris):
        if not _ENDS_IN_NAME.search(iri):
            raise ValueError(f"<{iri}> does not end in a name")
    iris |= {quad.object.value for quad in quads if quad.predicate == A and isinstance(quad.object, ox.NamedNode)}
    used = {prefix: space for prefix, space in PREFIXES.items() if any(iri.startswith(space) for iri in iris)}
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=used) or b""
    head, root, rest = written.partition(b"<rdf:RDF")
    names, close, body = rest.partition(b">")
    # Oxigraph gives the prefixes in no order, and leaves bare what XML readers take for the end of a line.
    return head + root + b" " + b" ".join(sorted(names.split())) + close + body.replace(b"\r", b"&#xD;")


def _for_xml(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(value, ox.Literal) and NOT_XML.search(value.value):
        kind = None if value.language else value.datatype
        return ox.Literal(NOT_XML.sub("\ufffd", value.value), language=value.language, datatype=kind)
    return cast("ox.NamedNode | ox.BlankNode | ox.Literal", value)


def _triples(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    return list(dict.fromkeys(quad.triple for quad in quads))


def _pretty(found: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat) -> bytes:
    used: set[str] = set()
    written = body(found, form, used)
    return head(used) + written


def body(found: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, used: set[str]) -> bytes:
    """Turtle or TriG without its prefixes, an empty line before each subject; those used are added to the last."""
    written = ox.serialize(found, format=form, prefixes=dict(PREFIXES)) or b""
    lines = written.decode().split("\n")
    # Oxigraph gives the prefixes in no order, and nothing between the subjects; a text never spans lines there.
    kept = [line for line in lines if not line.startswith("@prefix")]
    used.update(found[0] for line in kept for found in _USED.finditer(line))
    spaced = (f"\n{line}" if line and line[0] not in "\t}" else line for line in kept)
    return "\n".join(spaced).replace("\t", "    ").encode()


def head(used: Collection[str]) -> bytes:
    """The prefixes that a body uses."""
    named = (f"@prefix {name}: <{space}> .\n" for name, space in sorted(PREFIXES.items()) if name in used)
    return "".join(named).encode()


# ── RDF 1.2 ────────────────────────────────────────────────────────────────────────────────────


def with_triple_terms(quads: Quads) -> list[ox.Quad]:
    """The quads with every reified statement as a reifier of RDF 1.2 (https://www.w3.org/TR/rdf12-concepts/).

    ``statement:X rdf:reifies <<( s p o )>>`` takes the place of ``rdf:subject``, ``rdf:predicate``, ``rdf:object`` and
    of the class ``rdf:Statement``; all else that is said of the statement stays. What is reified is not thereby
    asserted: the plain triples stand beside it, as before.
    """
    parts: dict[tuple[str, str], dict[ox.NamedNode, ox.Quad]] = {}
    kept: list[ox.Quad] = []
    for quad in quads:
        if quad.predicate in _PARTS or (quad.predicate == A and quad.object == _STATEMENT):
            parts.setdefault((str(quad.graph_name), str(quad.subject)), {})[quad.predicate] = quad
        else:
            kept.append(quad)
    for found in parts.values():
        if not all(part in found for part in _PARTS):
            kept += found.values()  # not one of kg's statements: left as it is
            continue
        subject, predicate, value = (found[part].object for part in _PARTS)
        triple = ox.Triple(cast(ox.NamedNode, subject), cast(ox.NamedNode, predicate), value)
        first = found[SUBJECT]
        kept.append(ox.Quad(first.subject, _REIFIES, triple, first.graph_name))
    return kept


def in_one_graph(quads: Quads) -> list[ox.Quad]:
    """What can stand beside the default graph without saying anything new of the entities.

    These are the statements, what the articles' graphs say of the articles themselves, and the vocabulary.
    """

    def fits(quad: ox.Quad) -> bool:
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode):
            return graph.value.startswith(STATEMENTS) or graph in (ONTOLOGY, quad.subject)
        return isinstance(graph, ox.DefaultGraph)

    return [quad for quad in quads if fits(quad)]
