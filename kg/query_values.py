"""What a parameter is bound to: an IRI, a prefixed name, the name of an entity, a number, a date, a text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from kg.errors import KgError, QueryError, UnknownNameError
from kg.namespaces import ENTITY, KG, PREFIXES
from kg.query_files import Kind
from kg.records import STATUSES
from kg.sparql import curie, from_rdflib
from kg.store import Store

Value = Node | str | int | float | bool | datetime.date

_CURIE: Final = re.compile(r"([A-Za-z][\w-]*):([\w\-./%]*)")
_ABSOLUTE: Final = re.compile(r"(https?|urn|file|ftp):\S+")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
_CANDIDATES: Final = 8  # shown where a name is that of several
# From the surest to the loosest way of being called so.
_TIERS: Final = (
    "?x rdfs:label {0}",
    "?x skos:altLabel {0}",
    "?x rdfs:label ?name FILTER(LCASE(STR(?name)) = LCASE({0}))",
    "?x skos:altLabel ?name FILTER(LCASE(STR(?name)) = LCASE({0}))",
)


def term(store: Store, name: str, value: Value, kind: Kind | None = None) -> str:
    """What stands for a value in SPARQL.

    Args:
        store: where names are looked up.
        name: that of the parameter, for errors.
        value: an rdflib term, a number, a date; or a text, which is read by its form: ``<https://…>``,
            ``entity:huawei``, ``"text"@de``, a label or alias of an entity, the name or label of a property or class,
            a number or a date.
        kind: what it has to be; None for whatever its form says.

    Raises:
        QueryError: it is not of that kind, or several entities are called so; it lists them.
        UnknownNameError: nothing is called so; it suggests the nearest names.
    """
    if isinstance(value, Node):
        return str(from_rdflib(value))
    if not isinstance(value, str):
        return _of_python(name, value, kind)
    text = value.strip()
    if kind in ("date", "number", "text", "status"):
        return _of_kind(name, value, kind)
    written = _written(name, text)
    if written is not None:
        return written
    if kind == "entity":
        return _entity(store, name, text)
    if kind in ("property", "class"):
        return f"<{KG}{_vocabulary(store, text, kind)}>"
    return _whatever(store, name, text)


def _of_python(name: str, value: object, kind: Kind | None) -> str:
    if kind in ("date", "number", "text", "status"):
        return _of_kind(name, str(value), kind)
    if not isinstance(value, bool | int | float | datetime.date):
        raise QueryError(
            f"?{name} cannot be bound to {value!r}", hint="give a text, a number, a date or an rdflib term"
        )
    return str(from_rdflib(rdflib.Literal(value)))


def _of_kind(name: str, value: str, kind: Kind) -> str:
    text = value.strip()
    if kind == "date":
        if not _is_date(text):
            raise QueryError(f"{name} is no date: {text}", hint="write 2019, 2019-06 or 2019-06-06")
        return str(ox.Literal(text))
    if kind == "number":
        if not _NUMBER.fullmatch(text):
            raise QueryError(f"{name} is no number: {text}", hint="write 1000000 or 0.5")
        return _number(text)
    if kind == "status":
        if text.removeprefix("kg:") not in STATUSES:
            raise QueryError(f"{name} is no status: {text}", hint=f"allowed: {', '.join(STATUSES)}")
        return f"<{KG}{text.removeprefix('kg:')}>"
    return str(ox.Literal(value))


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _number(text: str) -> str:
    datatype = "decimal" if "." in text else "integer"
    return str(ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype)))


def _written(name: str, text: str) -> str | None:
    """A term that says itself what it is: an IRI, a prefixed name, a literal in quotes."""
    if text.startswith("<") and text.endswith(">"):
        return _iri(name, text[1:-1])
    if text[:1] in ('"', "'"):
        return _literal(name, text)
    if (found := _CURIE.fullmatch(text)) and found[1] in PREFIXES:
        return _iri(name, PREFIXES[found[1]] + found[2])
    return _iri(name, text) if _ABSOLUTE.fullmatch(text) else None


def _iri(name: str, iri: str) -> str:
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        raise QueryError(f"?{name} is bound to what is no IRI: {iri}", hint="write <https://…>") from None


def _literal(name: str, text: str) -> str:
    heads = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    try:
        found = list(ox.parse(f"{heads}<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE))
    except SyntaxError:
        found = []
    if len(found) != 1 or not isinstance(found[0].object, ox.Literal):
        raise QueryError(
            f"?{name} is bound to what is no literal: {text}", hint='write "text", "text"@de or "5"^^xsd:int'
        )
    return str(found[0].object)


def _entity(store: Store, name: str, text: str) -> str:
    found = _called(store, text)
    if not found:
        store.find_entity(text)  # says so, with the nearest names
        raise UnknownNameError(f"no entity is called '{text}'")
    if len(found) > 1:
        some = ", ".join(f"{curie(iri)} ({kinds})" for iri, kinds in found[:_CANDIDATES])
        more = f" and {len(found) - _CANDIDATES} more" if len(found) > _CANDIDATES else ""
        raise QueryError(f"{len(found)} entities are called '{text}': {some}{more}", hint=f"bind {name} to one of them")
    return f"<{found[0][0]}>"


def _called(store: Store, text: str) -> list[tuple[str, str]]:
    """The entities of that name, with their classes; a label goes before an alias, the exact form before others."""
    literal = str(ox.Literal(text))
    for tier in _TIERS:
        asked = f"SELECT DISTINCT ?x ?type {{ {tier.format(literal)} OPTIONAL {{ ?x a ?type }} }}"
        found: dict[str, list[str]] = {}
        for iri, kind in store.query(asked):
            if str(iri).startswith(ENTITY) or kind is not None:
                found.setdefault(str(iri), []).extend([str(kind).removeprefix(KG)] if kind else [])
        if found:
            return [(iri, ", ".join(kinds)) for iri, kinds in sorted(found.items())]
    return []


def _vocabulary(store: Store, text: str, kind: Kind) -> str:
    if kind == "property":
        return store.find_property(text)
    asked = "SELECT DISTINCT ?x ?name { GRAPH ?v { ?x a owl:Class . OPTIONAL { ?x rdfs:label ?name } } }"
    names = [(str(iri).removeprefix(KG), str(label or "")) for iri, label in store.query(asked)]
    key = text.casefold()
    for known, label in sorted(names):
        if key in (known.casefold(), label.casefold()):
            return known
    raise UnknownNameError(f"no class is called '{text}'", hint=f"there are {', '.join(_distinct(names))}")


def _distinct(names: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({name for name, _ in names})


def _whatever(store: Store, name: str, text: str) -> str:
    """A value of which nothing is known but its text."""
    if _called(store, text):
        return _entity(store, name, text)
    kinds: tuple[Kind, ...] = ("property", "class")
    for kind in kinds:
        try:
            return f"<{KG}{_vocabulary(store, text, kind)}>"
        except KgError:
            continue
    if _NUMBER.fullmatch(text):
        return _number(text)
    if len(text) == len("2019-06-06") and _is_date(text):
        return str(ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + "date")))
    try:
        return f"<{store.find_entity(text)}>"
    except UnknownNameError as error:
        problem = f"?{name}: {error.problem}"
        raise UnknownNameError(problem, hint=f"{error.hint}; a text stands in quotes: '\"{text}\"'") from None
