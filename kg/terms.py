"""RDF terms: the names that kg writes with, and literals in the one spelling that every store keeps."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Final, cast

import pyoxigraph as ox

from kg.namespaces import KG, LINKS, PREFIXES

Object = ox.NamedNode | ox.Literal

ONTOLOGY: Final = ox.NamedNode(KG.rstrip("#"))
LINKS_GRAPH: Final = ox.NamedNode(LINKS)
DEFAULT: Final = ox.DefaultGraph()
INFERRED: Final = ox.NamedNode(KG + "inferred")
"""The graph of what follows from the default graph by the ontology's axioms."""
DERIVATIONS: Final = ox.NamedNode(KG + "derivations")
"""The graph that says by which rule and premises each triple of `INFERRED` follows."""
SOURCES: Final = ox.NamedNode(KG + "sources")
"""The graph of reprints and of how many independent sources statements have."""


@cache
def term(curie: str) -> ox.NamedNode:
    """The IRI that a prefixed name of `PREFIXES` stands for."""
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


A: Final = term("rdf:type")
LABEL: Final = term("rdfs:label")
ALIAS: Final = term("skos:altLabel")
SAME: Final = term("skos:exactMatch")
DIFFERENT: Final = term("owl:differentFrom")
DESCRIBING: Final = frozenset({A, LABEL, ALIAS, SAME})
"""Predicates that say what an entity is; every other one in an article's graph is a plain triple."""
ARTICLE_CLASS: Final = term("schema:NewsArticle")
IDENTIFIER: Final = term("dcterms:identifier")
MENTIONS: Final = term("schema:mentions")
REFERS: Final = term("kg:refersTo")
STATUS: Final = term("kg:status")
SUBJECT: Final = term("rdf:subject")
PREDICATE: Final = term("rdf:predicate")
OBJECT: Final = term("rdf:object")
SYMMETRIC: Final = term("owl:SymmetricProperty")
SUBCLASS: Final = term("rdfs:subClassOf")

_INTEGER: Final = term("xsd:integer")
_BOOLEAN: Final = term("xsd:boolean")
_DECIMAL: Final = term("xsd:decimal")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def text(value: str, language: str | None = None) -> ox.Literal:
    """A string literal; half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    return ox.Literal(value if value.isascii() else _SURROGATE.sub("\ufffd", value), language=language)


def integer(value: int) -> ox.Literal:
    """A whole number."""
    return ox.Literal(str(value), datatype=_INTEGER)


def boolean(value: bool) -> ox.Literal:
    """True or false."""
    return ox.Literal("true" if value else "false", datatype=_BOOLEAN)


def decimal(value: float) -> ox.Literal:
    """A decimal of three digits in the one spelling that every store keeps as it is.

    >>> decimal(0.94).value, decimal(1.0).value, decimal(0.12345).value
    ('0.94', '1', '0.123')
    """
    return ox.Literal(f"{value:.3f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def date(value: str) -> ox.Literal:
    """A date as precise as it was given, typed where XML Schema has a type for it.

    >>> date("2019-06-06").datatype.value.rpartition("#")[2], date("2019-06").datatype.value.rpartition("#")[2]
    ('date', 'gYearMonth')
    >>> date("im Juni").datatype.value.rpartition("#")[2]
    'string'
    """
    if not _DATE.fullmatch(value):
        return text(value)
    try:
        datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return text(value)
    return ox.Literal(value, datatype=term({4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(value), "xsd:date")))


def local_name(iri: str) -> str:
    """What stands behind the last ``#`` or ``/`` of an IRI."""
    return re.split(r"[#/]", iri)[-1]


def subject_of(quad: ox.Quad) -> str:
    """The IRI of a quad's subject."""
    return cast(ox.NamedNode, quad.subject).value


def value_of(quad: ox.Quad) -> str:
    """The IRI or the text of a quad's object."""
    return cast(Object, quad.object).value
