"""Where links are looked for: a reconciliation service, a SPARQL endpoint, or a file on this machine."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

import pyoxigraph as ox

from kg.errors import LinkError
from kg.link_calls import call, checked
from kg.link_names import import_rapidfuzz, is_iri, plain
from kg.namespaces import PREFIXES
from kg.records import Entity

_NAMES: Final = tuple(
    ox.NamedNode(iri)
    for iri in (
        PREFIXES["rdfs"] + "label",
        PREFIXES["skos"] + "prefLabel",
        PREFIXES["schema"] + "name",
        "http://schema.org/name",
        "http://xmlns.com/foaf/0.1/name",
        PREFIXES["skos"] + "altLabel",
        PREFIXES["schema"] + "alternateName",
        "http://schema.org/alternateName",
    )
)
"""Predicates that give a name, those of the label first."""
_TYPES: Final = (ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode("http://www.wikidata.org/prop/direct/P31"))
_BATCH: Final = 10  # names in one call: what public reconciliation services take
_SHOWN: Final = 5  # candidates to ask a service for
_NEAR: Final = 85  # of 100, from which a name of a file is looked at: below it `linking` keeps no candidate
_COLUMNS: Final = ("iri", "label", "aliases", "types")


@dataclass(frozen=True, slots=True)
class Found:
    """Something elsewhere, as a source gives it."""

    iri: str
    names: tuple[str, ...]  # the label first
    types: tuple[tuple[str, str], ...] = ()  # IRI or id ("" where there is none) and name of each
    note: str = ""  # what the source says of how well it fits


class Source(Protocol):
    """Something that can be asked for names."""

    name: str

    def find(self, entities: Sequence[Entity]) -> Iterator[tuple[Entity, list[Found]]]:
        """For each entity, what it may be."""
        ...


def names_of(entity: Entity) -> tuple[str, ...]:
    """The names of an entity, the label first."""
    return (entity.label, *entity.aliases)


def _batches(entities: Sequence[Entity]) -> Iterator[list[Entity]]:
    left = iter(entities)
    while batch := list(islice(left, _BATCH)):
        yield batch


class Service:
    """A service of the Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).

    Args:
        url: of the service; its manifest is read first.
        types: local name of a class here → id of the type to ask for.
        timeout: seconds to wait for each answer.
    """

    def __init__(self, url: str, types: Mapping[str, str] | None = None, timeout: float = 30) -> None:
        self.name = checked(url)
        self._types = types or {}
        self._timeout = timeout
        manifest = self._call(None)
        space = manifest.get("identifierSpace") if isinstance(manifest, dict) else None
        if not isinstance(space, str):
            hint = "name a service of the Reconciliation Service API, such as https://wikidata.reconci.link/en/api"
            raise LinkError(f"{url} is no reconciliation service: its manifest has no identifierSpace", hint=hint)
        self._space = space
        self._type_space = manifest.get("schemaSpace") or space

    def _call(self, form: Mapping[str, str] | None) -> Any:  # noqa: ANN401
        return call(self.name, form, "application/json", self._timeout)

    def find(self, entities: Sequence[Entity]) -> Iterator[tuple[Entity, list[Found]]]:
        """For each entity, what the service proposes for its label."""
        for batch in _batches(entities):
            queries: dict[str, dict[str, object]] = {}
            for number, entity in enumerate(batch):
                queries[f"q{number}"] = {"query": entity.label, "limit": _SHOWN}
                if kind := self._types.get(entity.type):
                    queries[f"q{number}"]["type"] = kind
            answer = self._call({"queries": json.dumps(queries, ensure_ascii=False)})
            for number, entity in enumerate(batch):
                given = answer.get(f"q{number}") if isinstance(answer, dict) else None
                results = given.get("result") if isinstance(given, dict) else None
                if not isinstance(results, list):
                    raise LinkError(f"{self.name} answers only a part of what was asked", hint="try again later")
                yield entity, [found for one in results if (found := self._found(one)) is not None]

    def _found(self, one: Any) -> Found | None:  # noqa: ANN401
        if not isinstance(one, dict) or not one.get("id") or not isinstance(one.get("name"), str):
            return None
        kinds = [kind if isinstance(kind, dict) else {"id": kind} for kind in one.get("type") or ()]
        types = tuple((_within(self._type_space, str(k.get("id", ""))), str(k.get("name", ""))) for k in kinds)
        iri = _within(self._space, str(one["id"]))
        if not is_iri(iri):
            return None
        score = one.get("score")
        note = f"{score:g} points by the service" if isinstance(score, int | float) else ""
        return Found(iri, (one["name"],), types, note)


def _within(space: str, name: str) -> str:
    """An id as an IRI of its space; an IRI as it is."""
    return name if "://" in name or not name else space + name


class Endpoint:
    """A SPARQL endpoint: it is asked for things that have one of the names, letter by letter.

    Args:
        url: of the endpoint.
        languages: of the labels to ask for, besides those without a language; Wikidata calls "mul" what is called
            the same in many.
        timeout: seconds to wait for each answer.
    """

    def __init__(self, url: str, languages: Sequence[str] = ("de", "en", "mul"), timeout: float = 60) -> None:
        self.name = checked(url)
        self._languages = languages
        self._timeout = timeout

    def find(self, entities: Sequence[Entity]) -> Iterator[tuple[Entity, list[Found]]]:
        """For each entity, what has one of its names."""
        for batch in _batches(entities):
            names = {name for entity in batch for name in names_of(entity)}
            by_name = self._ask(sorted(names))
            for entity in batch:
                found = {one.iri: one for name in names_of(entity) for one in by_name.get(name, ())}
                yield entity, [found[iri] for iri in sorted(found)]

    def _query(self, names: Sequence[str]) -> str:
        asked = " ".join(str(ox.Literal(n, language=tag or None)) for n in names for tag in ("", *self._languages))
        tags = " ".join(f'"{tag}"' for tag in ("", *self._languages)).replace(" ", ", ")
        types = "|".join(map(str, _TYPES))
        return (
            "SELECT DISTINCT ?name ?item ?label ?type ?typeLabel {\n"
            f"  VALUES ?named {{ {' '.join(map(str, _NAMES))} }}\n  VALUES ?name {{ {asked} }}\n"
            f"  ?item ?named ?name .\n"
            f"  OPTIONAL {{ ?item {_NAMES[0]} ?label FILTER (LANG(?label) IN ({tags})) }}\n"
            f"  OPTIONAL {{ ?item {types} ?type\n"
            f"    OPTIONAL {{ ?type {_NAMES[0]} ?typeLabel FILTER (LANG(?typeLabel) IN ({tags})) }} }}\n}}"
        )

    def _ask(self, names: Sequence[str]) -> Mapping[str, list[Found]]:
        form = {"query": self._query(names)}
        answer = call(self.name, form, "application/sparql-results+json", self._timeout)
        try:
            rows = [{key: str(value["value"]) for key, value in row.items()} for row in answer["results"]["bindings"]]
            kinds = {row["item"]["value"]: row["item"]["type"] for row in answer["results"]["bindings"]}
        except (KeyError, TypeError, AttributeError):
            raise LinkError(f"{self.name} does not answer with SPARQL results", hint="check the address") from None
        labels: dict[str, set[str]] = defaultdict(set)
        types: dict[str, set[tuple[str, str]]] = defaultdict(set)
        items: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if kinds[row["item"]] != "uri" or "name" not in row or not is_iri(row["item"]):
                continue
            items[row["name"]].add(row["item"])
            labels[row["item"]].add(row.get("label") or row["name"])
            if "type" in row:
                types[row["item"]].add((row["type"], row.get("typeLabel", "")))
        return {
            name: [
                Found(iri, tuple(dict.fromkeys([*sorted(labels[iri]), name])), tuple(sorted(types[iri])))
                for iri in sorted(iris)
            ]
            for name, iris in items.items()
        }


class Dump:
    """A file on this machine: CSV with the columns ``iri,label,aliases,types``, or RDF in any spelling.

    Several aliases or types are joined by ``|``; in RDF, names are ``rdfs:label``, ``skos:prefLabel``,
    ``skos:altLabel``, ``schema:name``, ``foaf:name`` and the like, types ``rdf:type`` and Wikidata's ``P31``.

    Args:
        path: the file.

    Raises:
        LinkError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._things = {one.iri: one for one in (_of_csv(path) if path.suffix.lower() == ".csv" else _of_rdf(path))}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for iri, one in sorted(self._things.items()):
            for name in dict.fromkeys(map(plain, one.names)):
                self._by_name[name].append(iri)

    def find(self, entities: Sequence[Entity]) -> Iterator[tuple[Entity, list[Found]]]:
        """For each entity, what has a name like one of its own."""
        import_rapidfuzz()
        from rapidfuzz import fuzz, process  # noqa: PLC0415 (an extra)

        known = list(self._by_name)
        for entity in entities:
            iris: set[str] = set()
            for name in dict.fromkeys(map(plain, names_of(entity))):
                near = process.extract(name, known, scorer=fuzz.token_sort_ratio, limit=20, score_cutoff=_NEAR)
                iris.update(iri for other, _, _ in near for iri in self._by_name[other])
                iris.update(self._by_name.get(name, ()))
            yield entity, [self._things[iri] for iri in sorted(iris)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LinkError(f"cannot be read: {error.strerror}", path=path, hint="name a CSV or RDF file") from None


def _of_csv(path: Path) -> Iterator[Found]:
    try:
        text = _read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LinkError("is not UTF-8", path=path, hint="save the file as UTF-8") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max((",", ";", "\t"), key=first.count))
    columns = reader.fieldnames or ()
    missing = [name for name in _COLUMNS[:2] if name not in columns]
    if missing:
        raise LinkError(f"no column “{missing[0]}”", path=path, line=1, hint=f"allowed: {', '.join(_COLUMNS)}")
    for row in reader:
        iri, label = (row.get("iri") or "").strip(), (row.get("label") or "").strip()
        if not iri and not label:
            continue
        if not is_iri(iri) or not label:
            problem = f"“{iri}” is no IRI" if label else "nothing under label"
            raise LinkError(problem, path=path, line=reader.line_num, hint="give a full IRI and a label in each row")
        types = tuple(("" if "://" not in kind else kind, kind) for kind in _parts(row.get("types")))
        yield Found(iri, (label, *_parts(row.get("aliases"))), types)


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def _of_rdf(path: Path) -> Iterator[Found]:
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
    if form is None:
        raise LinkError("has an unknown ending", path=path, hint="allowed: .csv .ttl .nt .nq .trig .rdf .jsonld")
    names: dict[str, dict[str, int]] = defaultdict(dict)
    types: dict[str, set[str]] = defaultdict(set)
    try:
        for quad in ox.parse(_read(path), format=form):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            if quad.predicate in _NAMES and isinstance(quad.object, ox.Literal):
                rank = _NAMES.index(quad.predicate)
                known = names[quad.subject.value]
                known[quad.object.value] = min(rank, known.get(quad.object.value, rank))
            elif quad.predicate in _TYPES and isinstance(quad.object, ox.NamedNode):
                types[quad.subject.value].add(quad.object.value)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise LinkError(f"is no {form.name}: {error}", path=path, line=line, hint="mend the file") from None
    for iri, found in names.items():
        kinds = tuple((kind, next(iter(sorted(names.get(kind, ()))), "")) for kind in sorted(types[iri]))
        yield Found(iri, tuple(sorted(found, key=lambda name: (found[name], name))), kinds)
