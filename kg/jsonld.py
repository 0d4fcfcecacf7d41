"""Quads as JSON-LD 1.1 that reads like plain JSON (https://www.w3.org/TR/json-ld11/).

Keys are the names of properties, IRIs are shortened by prefix, ``@type`` and statuses are bare names, texts in several
languages are maps by language, offsets are numbers, and what belongs to a statement alone stands within it::

    {"@id": "entity:mts", "@type": "Company", "label": "MTS", "basedIn": "entity:russia"}

The context says all of that to a JSON-LD processor, so that the very same quads come back. The one of the bundled
vocabulary is `ontologies/context.jsonld`; a file of the graph carries its own, with the properties of its vocabulary.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from kg.namespaces import KG, PREFIXES
from kg.rdf_files import order
from kg.terms import ONTOLOGY, A, term

_XSD: Final = PREFIXES["xsd"]
_INTEGER: Final = _XSD + "integer"
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # every JSON parser keeps 15 digits
_NAME: Final = re.compile(r"[A-Za-z_][\w\-]*", re.ASCII)
_LOCAL: Final = re.compile(r"[\w\-.][\w\-./]*", re.ASCII)

_IN_LANGUAGES: Final = {"@container": "@language"}
_IRI: Final = {"@type": "@id"}
_BARE: Final = {"@type": "@vocab"}
_TERMS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "label": ("rdfs:label", {}),
    "labels": ("rdfs:label", _IN_LANGUAGES),
    "aliases": ("skos:altLabel", {"@container": "@set"}),
    "definition": ("skos:definition", _IN_LANGUAGES),
    "exactMatch": ("skos:exactMatch", _IRI),
    "subClassOf": ("rdfs:subClassOf", _BARE),
    "domainIncludes": ("schema:domainIncludes", _BARE),
    "rangeIncludes": ("schema:rangeIncludes", _BARE),
    "identifier": ("dcterms:identifier", {}),
    "title": ("dcterms:title", _IN_LANGUAGES),
    "issued": ("dcterms:issued", {"@type": "xsd:date"}),
    "language": ("dcterms:language", {}),
    "headline": ("schema:headline", _IN_LANGUAGES),
    "datePublished": ("schema:datePublished", {"@type": "xsd:date"}),
    "inLanguage": ("schema:inLanguage", {}),
    "articleBody": ("schema:articleBody", {}),
    "publisher": ("dc:publisher", {}),
    "creators": ("dc:creator", {"@container": "@set"}),
    "authors": ("schema:author", {"@container": "@set"}),
    "articleSection": ("schema:articleSection", {}),
    "mentions": ("schema:mentions", _IRI),
    "url": ("schema:url", _IRI),
    "subject": ("rdf:subject", _IRI),
    "predicate": ("rdf:predicate", _BARE),
    "object": ("rdf:object", _IRI),
    "status": ("kg:status", _BARE),
    "confidence": ("kg:confidence", {"@type": "xsd:decimal"}),
    "derivedFrom": ("prov:wasDerivedFrom", _IRI),
    "attributedTo": ("kg:attributedTo", _IRI),
    "about": ("kg:about", _IRI),
    "refersTo": ("kg:refersTo", _IRI),
    "linkFrom": ("kg:linkFrom", _IRI),
    "linkTo": ("kg:linkTo", _IRI),
    "exact": ("oa:exact", {}),
    "start": ("oa:start", {}),
    "end": ("oa:end", {}),
    "value": ("rdf:value", {}),
}
"""Term → what it stands for, and how its values are written."""


def context(properties: Iterable[str]) -> dict[str, Any]:
    """The context, as JSON has it.

    Args:
        properties: IRIs of the relations between entities; others may be among them.
    """
    found: dict[str, Any] = {"@version": 1.1, "@vocab": KG, **PREFIXES}
    found |= {name: {"@id": iri, **how} if how else iri for name, (iri, how) in _TERMS.items()}
    names = (iri.removeprefix(KG) for iri in sorted(properties) if iri.startswith(KG))
    found |= {name: {"@id": f"kg:{name}", **_IRI} for name in names if _NAME.fullmatch(name) and name not in found}
    return found


def document(quads: Collection[ox.Quad]) -> bytes:
    """All graphs as one document: the nodes of the default graph, then the named graphs."""
    kind = term("owl:ObjectProperty")
    known = {q.subject.value for q in quads if q.predicate == A and q.object == kind and q.graph_name == ONTOLOGY}  # type: ignore[union-attr]
    told = context(known)
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    writer = _Writer(told)
    for quad in sorted(quads, key=order):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else writer.iri(quad.graph_name)
        graphs[name].append(quad)
    default = writer.nodes(graphs.pop("", []))
    named = [{"@id": name, "@graph": writer.nodes(found)} for name, found in graphs.items()]
    text = json.dumps({"@context": told, "@graph": [*default, *named]}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


class _Writer:
    """Terms in the words of a context."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._terms: dict[str, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
        self._taken: dict[str, str] = {}  # term → IRI
        for name, given in told.items():
            if name.startswith("@") or name in PREFIXES:
                continue
            how: Mapping[str, str] = given if isinstance(given, Mapping) else {"@id": given}
            iri = term(how["@id"]).value
            self._taken[name] = iri
            self._terms[iri].append((name, how))
        self._short: dict[str, str] = {}

    def nodes(self, quads: Iterable[ox.Quad]) -> list[dict[str, Any]]:
        """The nodes of one graph; one that only another has, and that is named below it, stands within that one."""
        gathered: dict[str, dict[str, Any]] = {}
        parents: dict[str, str] = {}
        for quad in quads:
            subject = self.iri(quad.subject)  # type: ignore[arg-type]
            node = gathered.setdefault(subject, {"@id": subject})
            if quad.predicate == A and isinstance(quad.object, ox.NamedNode):
                _add(node, "@type", self._bare(quad.object.value))
                continue
            key, value = self._pair(quad)
            _add(node, key, value)
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(f"{quad.subject.value}/"):  # type: ignore[union-attr]
                parents[self.iri(quad.object)] = subject
        for child, parent in parents.items():
            if child in gathered and parent in gathered:
                _put_within(gathered[parent], child, gathered.pop(child))
        return [_in_order(node) for node in gathered.values()]

    def _pair(self, quad: ox.Quad) -> tuple[str, Any]:
        """The key that fits a value best, and the value as it stands there."""
        value = quad.object
        fallback: tuple[str, Any] | None = None
        for key, how in self._terms.get(quad.predicate.value, ()):
            written = self._coerced(value, how)
            if written is not None:
                return key, written
            if "@container" not in how:
                fallback = fallback or (key, self._full(value))
        if fallback is None:
            plain = self._coerced(value, {})
            fallback = self._bare(quad.predicate.value), self._full(value) if plain is None else plain
        return fallback

    def _coerced(self, value: object, how: Mapping[str, str]) -> Any:  # noqa: ANN401 (whatever JSON has)
        """A value as a term with this definition has it; None where it needs to be said in full."""
        kind, container = how.get("@type"), how.get("@container")
        match value:
            case ox.Literal() if container == "@language":
                return {value.language: value.value} if value.language else None
            case ox.Literal() if value.language or (kind and kind.startswith("@")):
                return None
            case ox.Literal() if kind:
                return value.value if value.datatype == term(kind) else None
            case ox.Literal() if value.datatype.value == _INTEGER and _WHOLE.fullmatch(value.value):
                return int(value.value)
            case ox.Literal():
                return value.value if value.datatype.value == _XSD + "string" else None
            case ox.NamedNode() if kind == "@vocab":
                return self._bare(value.value)
            case ox.NamedNode() | ox.BlankNode() if kind == "@id":
                return self.iri(value)
            case _:
                return None

    def _full(self, value: object) -> dict[str, str]:
        match value:
            case ox.Literal() if value.language:
                return {"@value": value.value, "@language": value.language}
            case ox.Literal() if value.datatype.value == _XSD + "string":
                return {"@value": value.value}
            case ox.Literal():
                return {"@value": value.value, "@type": self._bare(value.datatype.value)}
            case ox.NamedNode() | ox.BlankNode():
                return {"@id": self.iri(value)}
            case _:
                raise ValueError("JSON-LD has no triple terms")

    def _bare(self, iri: str) -> str:
        """An IRI where the vocabulary's own names stand bare: keys, classes, statuses."""
        name = iri.removeprefix(KG)
        bare = iri.startswith(KG) and _NAME.fullmatch(name) and name not in PREFIXES
        return name if bare and self._taken.get(name, iri) == iri else self._curie(iri)

    def iri(self, node: ox.NamedNode | ox.BlankNode) -> str:
        """An IRI with its prefix, or a blank node."""
        return f"_:{node.value}" if isinstance(node, ox.BlankNode) else self._curie(node.value)

    def _curie(self, iri: str) -> str:
        if iri not in self._short:
            fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
            length, prefix = max(fitting, default=(0, ""))
            short = prefix and _LOCAL.fullmatch(iri, length)
            self._short[iri] = f"{prefix}:{iri[length:]}" if short else iri
        return self._short[iri]


def _add(node: dict[str, Any], key: str, value: Any) -> None:  # noqa: ANN401
    """Put a value beside those that a key has: one stands alone, several in a list, languages in a map."""
    if key in node and isinstance(value, dict) and not any(name.startswith("@") for name in value):
        for language, text in value.items():
            _add(node[key], language, text)
    elif key not in node:
        node[key] = [value] if key == "aliases" else value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


_RANK: Final = {name: number for number, name in enumerate(("@id", "@type", *_TERMS))}


def _in_order(node: dict[str, Any]) -> dict[str, Any]:
    """A node with the keys that every node of its kind has before the others."""
    keys = sorted(node, key=lambda key: (_RANK.get(key, len(_RANK)), key))
    return {
        key: _in_order(node[key]) if isinstance(node[key], dict) and "@id" in node[key] else node[key] for key in keys
    }


def _put_within(parent: dict[str, Any], child: str, node: dict[str, Any]) -> None:
    """Let a node stand where it was named."""
    for key, value in parent.items():
        values = value if isinstance(value, list) else [value]
        if key not in ("@id", "@type") and any(one in (child, {"@id": child}) for one in values):
            placed = [node if one in (child, {"@id": child}) else one for one in values]
            parent[key] = placed if isinstance(value, list) else placed[0]
            return
