"""The qualifiers of a statement as triples, and back: one node each, as ``rdf:value`` is meant to be used.

Each hangs on the statement by a property named like its kind (``kg:amount``, ``kg:place`` …) and carries its words
and offsets as evidence does (``oa:exact``, ``oa:start``, ``oa:end``), its number, entity or EDTF time as
``rdf:value``, and the currency or what is counted as ``kg:unit``. No node is blank: kind and place name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from kg.namespaces import STATEMENT
from kg.records import QUALIFIERS, Qualifier, QualifierKind, Statement
from kg.terms import Object, decimal, integer, term, text

_NAMED: Final = frozenset({"place", "topic"})
"""Kinds whose value is an entity."""

_Found = Mapping[str, Mapping[str, list[str]]]


def qualifier_quads(statement: Statement) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Object]]:
    """The triples that say what qualifies a statement."""
    owner = ox.NamedNode(STATEMENT + statement.id)
    for one in statement.qualifiers:
        node = ox.NamedNode(f"{owner.value}/{one.kind}/{one.start}-{one.end}")
        yield owner, term(f"kg:{one.kind}"), node
        yield node, term("oa:exact"), text(one.text)
        yield node, term("oa:start"), integer(one.start)
        yield node, term("oa:end"), integer(one.end)
        value = _value(one, statement.event_time)
        if value is not None:
            yield node, term("rdf:value"), value
        if one.unit is not None:
            yield node, term("kg:unit"), text(one.unit)


def _value(one: Qualifier, event_time: str | None) -> Object | None:
    if one.kind == "time":
        return None if event_time is None else text(event_time)
    if one.entity is not None:
        return ox.NamedNode(one.entity)
    return None if one.value is None else decimal(one.value)


def read_qualifiers(found: _Found, iri: str) -> tuple[Qualifier, ...]:
    """The qualifiers of the statement with this IRI, in the order that `Statement` keeps."""
    nodes = ((kind, node) for kind in QUALIFIERS for node in found.get(iri, {}).get(term(f"kg:{kind}").value, []))
    read = [_qualifier(found, kind, node) for kind, node in nodes]
    return tuple(sorted(read, key=lambda q: (QUALIFIERS.index(q.kind), q.start, q.end)))


def _qualifier(found: _Found, kind: QualifierKind, node: str) -> Qualifier:
    def first(curie: str) -> str | None:
        return next(iter(found.get(node, {}).get(term(curie).value, [])), None)

    value = first("rdf:value")
    number = value is not None and kind not in _NAMED and kind != "time"
    return Qualifier(
        kind=kind,
        text=first("oa:exact") or "",
        start=int(first("oa:start") or 0),
        end=int(first("oa:end") or 0),
        value=float(value) if value is not None and number else None,
        unit=first("kg:unit"),
        entity=value if kind in _NAMED else None,
    )
