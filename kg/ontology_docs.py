"""The vocabulary as one HTML page that loads nothing: every term with definition, ends, examples and counterparts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from kg.declarations import ELSEWHERE, OWL, RDFS, SUBCLASS, deprecated, members
from kg.namespaces import KG, PREFIXES
from kg.ontology_checks import own_terms
from kg.ontology_files import vocabulary_sources
from kg.owl_profile import SUBPROPERTY, chains_of, inverses, kinds_of
from kg.turtle import RDF_TYPE, Facts, local_name, read_facts

_SKOS: Final = PREFIXES["skos"]
_DCTERMS: Final = PREFIXES["dcterms"]
_SHORT: Final = {space: prefix for prefix, space in {**PREFIXES, **ELSEWHERE}.items()}
_SLOT: Final = re.compile(r"(\{[^{}]*\}|\[[^\[\]]*\])")
_COUNTERPARTS: Final = {
    SUBCLASS: "kind of",
    SUBPROPERTY: "implies",
    OWL + "equivalentClass": "same as",
    OWL + "equivalentProperty": "same as",
    _SKOS + "exactMatch": "same as",
    _SKOS + "closeMatch": "close to",
    _SKOS + "narrowMatch": "covers",
    _SKOS + "broadMatch": "part of",
    _SKOS + "relatedMatch": "related to",
}
_TRAITS: Final = {
    OWL + "SymmetricProperty": "symmetric",
    OWL + "FunctionalProperty": "functional",
    OWL + "InverseFunctionalProperty": "inverse functional",
    OWL + "TransitiveProperty": "transitive",
}
_GROUPS: Final = {
    "classes": ("Classes", "The kinds of things that a graph has."),
    "relations": ("Relations", "What texts are read for: each is taught by its examples."),
    "events": ("Events", "What happens to somebody: a class each, taught by examples with one slot."),
    "implied": ("What follows, and what is known", "Relations that no text is read with: they follow from others, or "
                "are known of well-known things."),
    "values": ("Values and concepts", "Single things that the vocabulary names, such as the status of a statement."),
    "notes": ("Terms of statements", "What statements, evidence and mentions are described with, and what teaches."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A term that another one names."""

    name: str  # with its prefix, if it has one
    target: str  # "#name" within the page, a web address, or ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the page shows it."""

    anchor: str
    name: str
    iri: str
    group: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    traits: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Link, ...]], ...]  # heading → terms; each chain is one link without target
    examples: Mapping[str, tuple[tuple[str, ...], ...]]  # language → sentences, in pieces: text, slot, text …
    nouns: Mapping[str, str]  # language → nouns
    files: tuple[str, ...]  # names of the files that say something of it


@dataclass(frozen=True, slots=True)
class File:
    """An ontology's header as the page shows it."""

    name: str
    iri: Link
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    guide: Mapping[str, str]  # language → longer comment
    changes: tuple[tuple[str, str], ...]  # language, note


def page(paths: Sequence[Path] = ()) -> str:
    """The bundled vocabulary, with files of a user, as one HTML page; the same files give the same bytes.

    Args:
        paths: Turtle files, or folders of them.

    Raises:
        OntologyError: a file cannot be read or is not Turtle.
    """
    sources = vocabulary_sources(paths)
    facts = read_facts(sources)
    files = tuple(file for source in sources for file in _files(Path(source.path).name, read_facts([source])))
    known = _anchors([iri for iri in own_terms(facts) if local_name(iri)])
    shown = [_term(facts, iri, known) for iri in known]
    groups = [
        (key, title, note, [term for term in shown if term.group == key])
        for key, (title, note) in _GROUPS.items()
        if any(term.group == key for term in shown)
    ]
    environment = Environment(autoescape=True, loader=PackageLoader("kg", "templates"), trim_blocks=True)
    css = environment.loader.get_source(environment, "ontology.css")[0] if environment.loader else ""
    mark = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
    counts = [(len(terms), title) for _, title, _, terms in groups]
    html: str = environment.get_template("ontology.html").render(
        files=files, groups=groups, counts=counts, css=Markup(css), policy=policy, prefixes=_prefixes(shown)
    )
    return html.rstrip() + "\n"


def _anchors(iris: Sequence[str]) -> dict[str, str]:
    """IRI → its place on the page, named like the term; a number tells terms of one name apart."""
    taken = {"top", "files"}
    found: dict[str, str] = {}
    for iri in iris:
        name = free = local_name(iri)
        number = 1
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        found[iri] = f"#{free}"
    return found


def _files(name: str, facts: Facts) -> Iterator[File]:
    for iri in facts.typed(OWL + "Ontology"):
        told = (
            ("version", OWL + "versionInfo"),
            ("version IRI", OWL + "versionIRI"),
            ("licence", _DCTERMS + "license"),
            ("by", _DCTERMS + "creator"),
            ("since", _DCTERMS + "created"),
            ("last changed", _DCTERMS + "modified"),
            ("builds on", OWL + "imports"),
        )
        rows = [(title, tuple(_value(fact.text) for fact in facts.of(iri, predicate))) for title, predicate in told]
        yield File(
            name=name,
            iri=_value(iri),
            titles=facts.by_language(iri, _DCTERMS + "title"),
            descriptions=facts.by_language(iri, _DCTERMS + "description"),
            facts=tuple((title, values) for title, values in rows if values),
            guide=facts.by_language(iri, RDFS + "comment"),
            changes=tuple((fact.language or "", fact.text) for fact in facts.of(iri, _SKOS + "changeNote")),
        )


def _value(text: str) -> Link:
    """A literal as it reads best, or an address that can be followed."""
    return Link(text.removesuffix("T00:00:00Z"), text if _is_address(text) else "")


def _is_address(text: str) -> bool:
    return re.fullmatch(r"https?://[^\s\"'<>]+", text) is not None


def _link(iri: str, known: Mapping[str, str]) -> Link:
    space = iri[: len(iri) - len(local_name(iri))]
    name = f"{_SHORT[space]}:{local_name(iri)}" if space in _SHORT else local_name(iri) if iri in known else iri
    return Link(name, known.get(iri) or (iri if _is_address(iri) else ""))


def _prefixes(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """The prefixes that the page uses, with what they stand for."""
    used = {link.name.split(":")[0] for term in terms for _, links in term.rows for link in links} | {"kg"}
    return sorted((prefix, space) for prefix, space in {**PREFIXES, **ELSEWHERE}.items() if prefix in used)


def _term(facts: Facts, iri: str, known: Mapping[str, str]) -> Term:
    kinds = kinds_of(facts, iri)
    types = {fact.text for fact in facts.of(iri, RDF_TYPE)}
    examples: dict[str, list[tuple[str, ...]]] = {}
    for fact in facts.of(iri, KG + "pattern"):
        examples.setdefault(fact.language or "", []).append(tuple(_SLOT.split(fact.text)))
    traits = [word for name, word in _TRAITS.items() if name in types]
    if deprecated(facts, iri):
        traits.append("out of use")
    sources = dict.fromkeys(Path(f.source.path).name for found in facts.subjects[iri].values() for f in found)
    return Term(
        anchor=known[iri][1:],
        name=_link(iri, known).name,
        iri=iri,
        group=_group(facts, iri, kinds),
        kind=" and ".join(sorted(kinds)),
        labels=facts.by_language(iri, RDFS + "label"),
        definitions=facts.by_language(iri, _SKOS + "definition"),
        traits=tuple(traits),
        rows=tuple((title, links) for title, links in _rows(facts, iri, known) if links),
        examples={language: tuple(found) for language, found in sorted(examples.items())},
        nouns={code: ", ".join(words) for code, words in sorted(facts.words(KG + "noun", [iri]).items())},
        files=tuple(sources),
    )


def _group(facts: Facts, iri: str, kinds: set[str]) -> str:
    taught = bool(facts.of(iri, KG + "pattern"))
    if "class" in kinds:
        return "events" if taught else "classes"
    if kinds == {"individual"}:
        return "values"
    if "object property" not in kinds:
        return "notes"
    led_to = {fact.text for predicates in facts.subjects.values() for fact in predicates.get(KG + "eventProperty", ())}
    return "relations" if taught or iri in led_to else "implied"


def _rows(facts: Facts, iri: str, known: Mapping[str, str]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """What a term stands in relation to, by heading."""

    def links(iris: Sequence[str]) -> tuple[Link, ...]:
        return tuple(_link(name, known) for name in dict.fromkeys(iris))

    for side, title in (("domain", "from"), ("range", "to")):
        yield title, links([member.text for fact in facts.of(iri, RDFS + side) for member in members(facts, fact)])
    for predicate, title in ((SUBCLASS, "a kind of"), (SUBPROPERTY, "implies")):
        yield title, links([f.text for f in facts.of(iri, predicate) if f.text in known])
        below = [name for name in known for f in facts.of(name, predicate) if f.text == iri]
        yield ("kinds" if predicate == SUBCLASS else "follows from"), links(below)
    chains = chains_of(facts).get(iri, [])
    yield "follows from", tuple(Link(" then ".join(_link(n, known).name for n in chain), "") for chain in chains)
    yield "the other way round", links([fact.text for fact in inverses(facts, iri)])
    yield "its events by", links([fact.text for fact in facts.of(iri, KG + "eventProperty")])
    yield "one of", links([fact.text for fact in facts.of(iri, _SKOS + "inScheme")])
    elsewhere: dict[str, list[str]] = {}
    for predicate, title in _COUNTERPARTS.items():
        for fact in facts.of(iri, predicate):
            if fact.text not in known and not fact.text.startswith("_:"):
                elsewhere.setdefault(title, []).append(fact.text)
    for title, iris in elsewhere.items():
        yield f"elsewhere: {title}", links(iris)
