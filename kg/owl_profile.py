"""Whether an ontology is one of OWL 2 DL, and how far one of OWL 2 RL.

After the W3C's structural specification, section 3 (restrictions on IRIs, kinds and axioms) and section 11 (property
hierarchies and simple roles), and its profiles, section 4.3 (what may stand above a class in RL). What is looked at is
what Turtle files can say by names, lists, unions and chains; any other class expression is reported as not understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.declarations import KINDS, OWL, RDFS, SUBCLASS, circle, members, place
from kg.namespaces import KG, PREFIXES
from kg.turtle import RDF_TYPE, Fact, Facts, local_name

_RDF: Final = PREFIXES["rdf"]
_XSD: Final = PREFIXES["xsd"]
SUBPROPERTY: Final = RDFS + "subPropertyOf"
CHAIN: Final = OWL + "propertyChainAxiom"
INVERSE: Final = OWL + "inverseOf"
_RESERVED: Final = (_RDF, RDFS, OWL, _XSD)
_OWN_ANNOTATIONS: Final = frozenset(
    {RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")}
    | {
        OWL + name
        for name in ("deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
    }
)
_AXIOMS: Final = frozenset(
    {SUBCLASS, SUBPROPERTY, CHAIN, INVERSE, RDF_TYPE, RDFS + "domain", RDFS + "range", _RDF + "first", _RDF + "rest"}
    | {OWL + name for name in ("equivalentClass", "equivalentProperty", "disjointWith", "propertyDisjointWith")}
    | {OWL + name for name in ("unionOf", "imports", "versionIRI", "sameAs", "differentFrom", "members")}
)
"""Predicates that make axioms, lists and headers; all others annotate."""
_NAMING: Final = {
    SUBCLASS: "class",
    OWL + "equivalentClass": "class",
    OWL + "disjointWith": "class",
    SUBPROPERTY: "property",
    INVERSE: "property",
    OWL + "equivalentProperty": "property",
}
"""Predicates of axioms → the kind that both of their ends must be declared as."""
_DATATYPES: Final = frozenset(
    {
        _XSD + name
        for name in (
            "string normalizedString token language Name NCName NMTOKEN decimal integer nonNegativeInteger "
            "nonPositiveInteger positiveInteger negativeInteger long int short byte unsignedLong unsignedInt "
            "unsignedShort unsignedByte double float boolean hexBinary base64Binary anyURI dateTime dateTimeStamp"
        ).split()
    }
    | {_RDF + name for name in ("PlainLiteral", "XMLLiteral", "langString")}
    | {RDFS + "Literal", OWL + "real", OWL + "rational"}
)
"""The datatype map of OWL 2."""
_ONLY_SIMPLE: Final = tuple(
    f"{OWL}{name}Property" for name in ("Functional", "InverseFunctional", "Asymmetric", "Irreflexive")
)
INDIVIDUALS: Final = frozenset(PREFIXES["skos"] + name for name in ("Concept", "ConceptScheme")) | {
    OWL + "NamedIndividual"
}
"""Types of single things that a vocabulary may define."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in an ontology that a rule forbids or a list of good practice misses."""

    check: str  # its name
    iri: str  # the term it is about
    problem: str
    place: str  # file:line
    hint: str = ""
    grave: bool = False  # an error, instead of advice

    def __str__(self) -> str:
        told = f"{self.place}: {self.problem} <{self.iri}>" if self.iri else f"{self.place}: {self.problem}"
        return f"{told} – {self.hint}" if self.hint else told


def kinds_of(facts: Facts, iri: str) -> set[str]:
    """What a term is declared as: class, one of three kinds of property, or individual."""
    types = {fact.text for fact in facts.of(iri, RDF_TYPE)}
    found = {KINDS[name] for name in types & KINDS.keys()}
    single = types & INDIVIDUALS or any(OWL + "Class" in {f.text for f in facts.of(name, RDF_TYPE)} for name in types)
    return found | {"individual"} if single else found


def dl_violations(facts: Facts) -> Iterator[Finding]:
    """Where an ontology, with all that it imports, leaves OWL 2 DL."""
    yield from _kinds(facts)
    yield from _undeclared(facts)
    yield from _blank_nodes(facts)
    yield from _datatypes(facts)
    yield from _hierarchies(facts)


def rl_violations(facts: Facts) -> Iterator[Finding]:
    """Where an ontology of OWL 2 DL leaves OWL 2 RL: unions, or owl:Thing, where a class is implied."""
    for iri, predicates in facts.subjects.items():
        for predicate in (SUBCLASS, RDFS + "domain", RDFS + "range", OWL + "equivalentClass"):
            if kinds_of(facts, iri) == {"annotation property"}:
                continue  # says nothing to a reasoner
            for fact in predicates.get(predicate, ()):
                if facts.of(fact.text, OWL + "unionOf") or fact.text == OWL + "Thing":
                    problem = f"{local_name(predicate)} of {local_name(iri)} implies a union or owl:Thing"
                    yield Finding("OWL 2 RL", iri, problem, place(fact, iri, predicate))


def _found(problem: str, iri: str, fact: Fact, predicate: str, hint: str = "") -> Finding:
    return Finding("OWL 2 DL", iri, problem, place(fact, iri, predicate), hint, grave=True)


def _kinds(facts: Facts) -> Iterator[Finding]:
    """Each name is one kind of thing, and none is a reserved one."""
    for iri, predicates in facts.subjects.items():
        fact = next(iter(predicates.values()))[0]
        kinds = kinds_of(facts, iri)
        if len(kinds) > 1:
            yield _found(f"{local_name(iri)} is {' and '.join(sorted(kinds))} at once", iri, fact, RDF_TYPE)
        if iri.startswith(_RESERVED):
            yield _found("a reserved name is described", iri, fact, RDF_TYPE, "leave it to the W3C")


def _undeclared(facts: Facts) -> Iterator[Finding]:
    """What axioms name is declared, and so is what annotates."""
    for iri, predicates in facts.subjects.items():
        for predicate, found in predicates.items():
            needed = _NAMING.get(predicate)
            for fact in found if needed else ():
                for name in (iri, *(member.text for member in members(facts, fact))):
                    if not any(kind.endswith(needed or "") for kind in kinds_of(facts, name)) and name != OWL + "Thing":
                        problem = f"{local_name(name)} stands in {local_name(predicate)} and is no declared {needed}"
                        yield _found(problem, iri, fact, predicate, "declare it: … a owl:Class, a owl:ObjectProperty")
            told = predicate in _AXIOMS | _OWN_ANNOTATIONS or predicate.startswith(KG)
            if not told and not kinds_of(facts, predicate):
                problem = f"{local_name(predicate)} is used and not declared"
                hint = "declare it: … a owl:AnnotationProperty"
                yield Finding("OWL 2 DL", predicate, problem, place(found[0], iri, predicate), hint)


def _blank_nodes(facts: Facts) -> Iterator[Finding]:
    """Each blank node is a list, or a union of classes, and hangs on one other node."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for iri, predicates in facts.subjects.items():
        for predicate, found in predicates.items():
            for fact in found:
                if fact.text.startswith("_:") and not fact.is_literal:
                    owners.setdefault(fact.text, []).append((iri, predicate))
    for iri, predicates in facts.subjects.items():
        if iri.startswith("_:"):
            fact, (owner, predicate) = next(iter(predicates.values()))[0], (iri, RDF_TYPE)
            while owner.startswith("_:") and owner in owners:
                owner, predicate = owners[owner][0]
            if (number := len(owners.get(iri, ()))) != 1:
                yield _found(f"a blank node hangs on {number} others", owner, fact, predicate, "give it a name")
            if not predicates.keys() <= {RDF_TYPE, OWL + "unionOf", _RDF + "first", _RDF + "rest"}:
                hint = "name a class, or give [ a owl:Class ; owl:unionOf ( kg:A kg:B ) ]"
                yield _found("a class expression that is neither a name nor a union", owner, fact, predicate, hint)


def _datatypes(facts: Facts) -> Iterator[Finding]:
    """Literals and ranges have datatypes of OWL's map."""
    for iri, predicates in facts.subjects.items():
        for predicate, found in predicates.items():
            for fact in found:
                named = fact.text if fact.text.startswith(_XSD) and not fact.is_literal else fact.datatype
                if named is not None and named not in _DATATYPES:
                    yield _found(f"{local_name(named)} is no datatype of OWL 2", iri, fact, predicate)


def _hierarchies(facts: Facts) -> Iterator[Finding]:
    """Chains can be put in an order, and what must be simple follows from no chain."""
    chains = chains_of(facts)
    below: dict[str, set[str]] = {}
    for iri, listed in chains.items():
        for chain in listed:
            ends_alike = chain[0] == iri or chain[-1] == iri
            inner = chain[1:] if chain[0] == iri else chain[:-1] if ends_alike else chain
            fact = facts.of(iri, CHAIN)[-1]
            if len(chain) < 2 or iri in inner:
                problem = f"the chain {' ∘ '.join(map(local_name, chain))} stands above itself"
                yield _found(problem, iri, fact, CHAIN, "name the property itself at one end only")
            below.setdefault(iri, set()).update(set(inner) - {iri})
    if way := circle({iri: sorted(names) for iri, names in below.items()}):
        fact = facts.of(way[0], CHAIN)[-1]
        yield _found(f"chains in a circle: {' → '.join(map(local_name, way))}", way[0], fact, CHAIN)
    composite = set(chains) | set(facts.typed(OWL + "TransitiveProperty"))
    while more := {
        above.text
        for iri in composite
        for above in (*facts.of(iri, SUBPROPERTY), *inverses(facts, iri))
        if above.text not in composite
    }:
        composite |= more
    for iri in facts.typed(*_ONLY_SIMPLE):
        for fact in facts.of(iri, RDF_TYPE) if iri in composite else ():
            if fact.text in _ONLY_SIMPLE:
                problem = f"{local_name(iri)} follows from a chain: it cannot be an {local_name(fact.text)}"
                yield _found(problem, iri, fact, RDF_TYPE, "take one of the two away")


def chains_of(facts: Facts) -> dict[str, list[tuple[str, ...]]]:
    """Property → the chains of properties from which it follows."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for iri, predicates in facts.subjects.items():
        for fact in predicates.get(CHAIN, ()):
            found.setdefault(iri, []).append(tuple(item.text for item in facts.items(fact.text)))
    return found


def inverses(facts: Facts, iri: str) -> list[Fact]:
    """The properties that are the inverse of one, whichever of the two says so; each as a fact of whoever does."""
    stated = list(facts.of(iri, INVERSE))
    for other, predicates in facts.subjects.items():
        for fact in predicates.get(INVERSE, ()):
            if fact.text == iri:
                stated.append(fact.of(other))
    return stated
