"""OWL axioms as rules: of the OWL 2 RL profile those that say more of things which are known.

From ``owl:SymmetricProperty``, ``owl:TransitiveProperty``, ``owl:inverseOf``, ``rdfs:subPropertyOf``,
``owl:equivalentProperty``, ``owl:propertyChainAxiom``, ``rdfs:subClassOf`` and ``owl:equivalentClass``. Rules are
named as in the W3C's OWL 2 Profiles, section 4.3. Domain and range are left out, since a class that they do not
allow is to be found (`kg.shapes`), not to be believed; so is whatever would make two things one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.namespaces import PREFIXES
from kg.sparql import curie
from kg.turtle import RDF_TYPE, Facts

_OWL: Final = PREFIXES["owl"]
_RDFS: Final = PREFIXES["rdfs"]
_AXIOMATIC: Final = frozenset(
    {
        RDF_TYPE,
        *(_RDFS + name for name in ("subClassOf", "subPropertyOf")),
        *(_OWL + name for name in ("equivalentClass", "equivalentProperty", "inverseOf", "propertyChainAxiom")),
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One premise of a rule: a relation that leads from a node to the next, or a class that a node has."""

    predicate: str  # IRI; that of rdf:type for a class
    backwards: bool = False  # the triple leads from the next node to this one
    cls: str | None = None  # IRI of the class; the node after it is then the same


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """Where the steps lead from x to y, the conclusion leads from x to y."""

    name: str  # as the W3C calls it: prp-symp, prp-spo2, cax-sco, …
    axiom: str  # the axiom as Turtle writes it
    steps: tuple[Step, ...]
    conclusion: Step


def rules(facts: Facts) -> tuple[Rule, ...]:
    """The rules that the axioms of some Turtle files make, sorted; what is no axiom is passed over."""
    found: set[Rule] = set()
    for subject, predicates in facts.subjects.items():
        for predicate in _AXIOMATIC & predicates.keys():
            for fact in predicates[predicate]:
                found.update(_of_axiom(facts, subject, predicate, fact.text))
    return tuple(sorted(rule for rule in found if rule.steps != (rule.conclusion,)))


def _of_axiom(facts: Facts, subject: str, predicate: str, value: str) -> Iterator[Rule]:
    if predicate in (_RDFS + "subClassOf", _OWL + "equivalentClass"):
        yield from _of_classes(subject, predicate, value)
        return
    own = _expression(facts, subject)
    if own is None:
        return
    if predicate == RDF_TYPE and value == _OWL + "SymmetricProperty":
        yield Rule("prp-symp", f"{_written(own)} a owl:SymmetricProperty", (own,), _turned(own))
    elif predicate == RDF_TYPE and value == _OWL + "TransitiveProperty":
        yield Rule("prp-trp", f"{_written(own)} a owl:TransitiveProperty", (own, own), own)
    elif predicate == _OWL + "propertyChainAxiom":
        chain = [_expression(facts, fact.text) for fact in facts.items(value)]
        steps = tuple(step for step in chain if step is not None)
        if len(steps) == len(chain) > 1:
            text = f"{_written(own)} owl:propertyChainAxiom ( {' '.join(map(_written, steps))} )"
            yield Rule("prp-spo2", text, steps, own)
    elif predicate != RDF_TYPE and (other := _expression(facts, value)) is not None:
        yield from _of_two(own, predicate, other, subject.startswith("_:"))


def _of_two(own: Step, predicate: str, other: Step, unnamed: bool) -> Iterator[Rule]:
    """Rules of an axiom that ties two properties."""
    axiom = f"{_written(own)} {curie(predicate)} {_written(other)}"
    if predicate == _OWL + "inverseOf" and not unnamed:  # of a node without a name it says what that stands for
        yield Rule("prp-inv1", axiom, (own,), _turned(other))
        yield Rule("prp-inv2", axiom, (other,), _turned(own))
    elif predicate == _RDFS + "subPropertyOf":
        yield Rule("prp-spo1", axiom, (own,), other)
    elif predicate == _OWL + "equivalentProperty":
        yield Rule("prp-eqp1", axiom, (own,), other)
        yield Rule("prp-eqp2", axiom, (other,), own)


def _of_classes(subject: str, predicate: str, value: str) -> Iterator[Rule]:
    """Rules of an axiom that ties two classes; one that is put together from others is passed over."""
    if subject.startswith("_:") or value.startswith("_:") or value == _OWL + "Thing":
        return
    axiom = f"{curie(subject)} {curie(predicate)} {curie(value)}"
    own, other = Step(RDF_TYPE, cls=subject), Step(RDF_TYPE, cls=value)
    if predicate == _RDFS + "subClassOf":
        yield Rule("cax-sco", axiom, (own,), other)
    else:
        yield Rule("cax-eqc1", axiom, (own,), other)
        yield Rule("cax-eqc2", axiom, (other,), own)


def _expression(facts: Facts, node: str) -> Step | None:
    """A property, or the inverse of one: ``[ owl:inverseOf kg:actsFor ]``."""
    if not node.startswith("_:"):
        return Step(node)
    inverse = facts.of(node, _OWL + "inverseOf")
    return Step(inverse[0].text, backwards=True) if inverse and not inverse[0].text.startswith("_:") else None


def _turned(step: Step) -> Step:
    return Step(step.predicate, not step.backwards)


def _written(step: Step) -> str:
    name = curie(step.predicate)
    return f"[ owl:inverseOf {name} ]" if step.backwards else name
