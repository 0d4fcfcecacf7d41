"""What Turtle files declare of a term, and where two of them disagree.

A file adds to what files before it say: labels of its language, examples, nouns, classes above. Where it says
something else of what a term can have only one of, that is an error that names both places, unless the file says
``kg:replaces true`` of the term (see `kg.turtle`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.errors import OntologyError
from kg.namespaces import PREFIXES
from kg.turtle import RDF_TYPE, Fact, Facts, local_name

OWL: Final = PREFIXES["owl"]
RDFS: Final = PREFIXES["rdfs"]
SUBCLASS: Final = RDFS + "subClassOf"
KINDS: Final[Mapping[str, str]] = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object property",
    OWL + "SymmetricProperty": "object property",
    OWL + "TransitiveProperty": "object property",
    OWL + "DatatypeProperty": "datatype property",
    OWL + "AnnotationProperty": "annotation property",
}
"""Type of a term → what it makes of the term."""

ELSEWHERE: Final[Mapping[str, str]] = {
    **{prefix: PREFIXES[prefix] for prefix in ("skos", "prov", "oa", "dcterms", "schema")},
    "dbo": "http://dbpedia.org/ontology/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "org": "http://www.w3.org/ns/org#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
"""Prefix → namespace of vocabularies that terms are aligned with. What files declare of those is not read as theirs."""

_REPLACE: Final = "keep one of them, or say kg:replaces true of it in the later file, which then says all of it"


def bad(fact: Fact, problem: str, needle: str, iri: str | None = None, hint: str | None = None) -> OntologyError:
    """An error at the place where a word stands in the file that says a fact.

    Args:
        fact: what is wrong.
        problem: what is wrong with it.
        needle: the word whose first line is the place.
        iri: the term it is about.
        hint: what is allowed, or what to do.
    """
    return OntologyError(problem, path=fact.source.path, line=fact.source.line(needle), iri=iri, hint=hint)


def place(fact: Fact, subject: str, predicate: str) -> str:
    """Where a fact stands, as ``file:line``."""
    line = fact.source.statement_line(subject, predicate)
    return f"{fact.source.path}:{line}" if line else fact.source.path


def disagreement(
    problem: str, iri: str, predicate: str, first: Fact, second: Fact, hint: str = _REPLACE
) -> OntologyError:
    """An error that names the places of two facts, the later one first.

    Args:
        problem: what they disagree on.
        iri: the term that both are about.
        predicate: that of both facts.
        first: what was said before.
        second: what contradicts it.
        hint: what to do.
    """
    line = second.source.statement_line(iri, predicate)
    told = f"{problem}, says {place(first, iri, predicate)}"
    return OntologyError(told, path=second.source.path, line=line, iri=iri, hint=hint)


def check_kinds(facts: Facts) -> None:
    """No term is two kinds of thing at once.

    Raises:
        OntologyError: one file declares a term as a class, say, and another as a property.
    """
    for iri, predicates in facts.subjects.items():
        kinds = [(KINDS[fact.text], fact) for fact in predicates.get(RDF_TYPE, ()) if fact.text in KINDS]
        for kind, fact in kinds[1:]:
            before, first = kinds[0]
            if kind != before:
                problem = f"{local_name(iri)} is a {kind} here, but a {before}"
                raise disagreement(problem, iri, RDF_TYPE, first, fact, "rename one of them")


def deprecated(facts: Facts, iri: str) -> bool:
    """Whether a term is out of use (``owl:deprecated true``): then no text is read with it."""
    return any(fact.text == "true" for fact in facts.of(iri, OWL + "deprecated"))


def elsewhere(iri: str) -> bool:
    """Whether a term belongs to one of the other vocabularies."""
    return iri.startswith(tuple(ELSEWHERE.values()))


def members(facts: Facts, expression: Fact) -> list[Fact]:
    """The classes that a class expression names: those of its owl:unionOf, or itself."""
    unions = facts.of(expression.text, OWL + "unionOf")
    return list(facts.items(unions[0].text)) if unions else [expression]


def ends(facts: Facts, iri: str, side: str) -> list[Fact]:
    """The classes that a property's domain or range names.

    Args:
        facts: of all files.
        iri: of the property.
        side: ``domain`` or ``range``.

    Raises:
        OntologyError: there is none, or two that differ.
    """
    name, predicate = local_name(iri), RDFS + side
    found = facts.of(iri, predicate)
    hint = f"give exactly one rdfs:{side}: a class, or [ a owl:Class ; owl:unionOf ( kg:A kg:B ) ]"
    if not found:
        raise bad(facts.of(iri, RDF_TYPE)[0], f"property with no rdfs:{side}", name, iri=iri, hint=hint)
    first, *others = (members(facts, fact) for fact in found)
    for fact, other in zip(found[1:], others, strict=True):
        if {member.text for member in other} == {member.text for member in first}:
            continue
        if fact.source is found[0].source:
            raise bad(fact, f"property with {len(found)} rdfs:{side}", name, iri=iri, hint=hint)
        problem = f"rdfs:{side} of {name} is {_named(other)} here, but {_named(first)}"
        raise disagreement(problem, iri, predicate, found[0], fact)
    return first


def _named(classes: Sequence[Fact]) -> str:
    return " or ".join(local_name(fact.text) for fact in classes)


def circle(names: Mapping[str, Sequence[str]]) -> list[str] | None:
    """A way along which a name lies above itself, from it to it; None where there is no such way.

    Args:
        names: name → the names directly above it.

    >>> circle({"A": ["B"], "B": ["C"], "C": ["B"]})
    ['B', 'C', 'B']
    """
    sound: set[str] = set()

    def climb(name: str, below: list[str]) -> list[str] | None:
        if name in below:
            return [*below[below.index(name) :], name]
        if name in sound:
            return None
        found = next(filter(None, (climb(above, [*below, name]) for above in names.get(name, ()))), None)
        if found is None:
            sound.add(name)
        return found

    return next(filter(None, (climb(name, []) for name in names)), None)


def check_acyclic(facts: Facts, iris: Mapping[str, str], parents: Mapping[str, Sequence[str]]) -> None:
    """No class lies above itself.

    Args:
        facts: of all files.
        iris: name of each class → its IRI.
        parents: name of each class → the names of the classes directly above it.

    Raises:
        OntologyError: one does; names the circle and the place of each step.
    """
    round_trip = circle(parents)
    if round_trip is None:
        return
    problem = f"classes in a circle: {' → '.join(round_trip)}"
    steps = list(_steps(facts, [iris[name] for name in round_trip]))
    first, iri = steps[0]
    others = dict.fromkeys(place(fact, subject, SUBCLASS) for fact, subject in steps[1:])
    hint = f"remove one rdfs:subClassOf, here or in {', '.join(others)}" if others else "remove this rdfs:subClassOf"
    line = first.source.statement_line(iri, SUBCLASS)
    raise OntologyError(problem, path=first.source.path, line=line, iri=iri, hint=hint)


def _steps(facts: Facts, way: Sequence[str]) -> Iterator[tuple[Fact, str]]:
    for below, above in itertools.pairwise(way):
        yield next((fact, below) for fact in facts.of(below, SUBCLASS) if fact.text == above)


def declared_properties(facts: Facts) -> list[str]:
    """The IRIs of the object properties, in the order of the files, without those of other vocabularies."""
    return [iri for iri in facts.typed(OWL + "ObjectProperty", OWL + "SymmetricProperty") if not elsewhere(iri)]
