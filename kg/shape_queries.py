"""SHACL shapes as SPARQL: for each constraint a query that finds what breaks it.

A SPARQL engine checks a graph this way in a fraction of the time that a validator in Python needs (measured by
``python -m tests.benchmarks.reasoning``). Of SHACL Core (W3C, 2017) it knows what graphs of statements need. A shape
that uses anything else is left whole to a full validator, and told by its IRI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, count
from typing import Final

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.turtle import RDF_TYPE, Fact, Facts, Value

SH: Final = "http://www.w3.org/ns/shacl#"
_XSD: Final = PREFIXES["xsd"]
_IS_A: Final = f"<{RDF_TYPE}>/<{PREFIXES['rdfs']}subClassOf>*"
_TARGETS: Final = {
    "targetClass": f"?this {_IS_A} {{0}} .",
    "targetNode": "VALUES ?this {{ {0} }}",
    "targetSubjectsOf": "?this {0} [] .",
    "targetObjectsOf": "[] {0} ?this .",
}
_SILENT: Final = frozenset("path message severity name description order group defaultValue flags deactivated".split())
"""Parameters that demand nothing by themselves."""
_KINDS: Final = {
    "IRI": "isIRI({0})",
    "Literal": "isLiteral({0})",
    "BlankNode": "isBlank({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBlank({0})",
}
_CAST: Final = frozenset(_XSD + name for name in "integer decimal double float boolean date dateTime".split())
"""Datatypes that SPARQL casts to; the cast fails where a literal is ill-formed."""
_ANY_TEXT: Final = frozenset({_XSD + "string", PREFIXES["rdf"] + "langString"})
_COMPARED: Final = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
_LENGTHS: Final = {"minLength": ">=", "maxLength": "<="}
_ORDERED: Final = {"lessThan": "<", "lessThanOrEquals": "<="}
_COUNTED: Final = 4
"""The largest sh:minCount or sh:maxCount that is spelt out as a query; a pattern of n+1 nodes grows with its square."""


_SELECT: Final = re.compile(r"\s*SELECT\b[^{]*\bWHERE\s*\{(.*)\}\s*", re.DOTALL | re.IGNORECASE)
_INNER: Final = re.compile(r"(\bEXISTS\s*)?\{|\b(?:MINUS|SERVICE|VALUES|SELECT)\b", re.IGNORECASE)
"""What may change a query's meaning where ``$this`` is joined rather than set beforehand, but for EXISTS."""


@dataclass(frozen=True)
class Rule:
    """One constraint of a shape, and the query that finds what breaks it."""

    shape: str  # IRI of the shape that holds the constraint; "_:…" where it has no name
    path: str  # how its values are reached, as SPARQL writes it; "" for the node itself
    component: str  # the SHACL parameter: minCount, datatype, …
    demand: str  # its value as SPARQL writes it; "" where that is a shape without a name
    message: str  # what sh:message says; "" for nothing
    severity: str  # Violation, Warning or Info
    query: str  # selects ?this, the focus node; ?value where the constraint is about one value; a query may give ?path


@dataclass(frozen=True)
class TargetShape:
    """A shape that looks at nodes by itself."""

    shape: str  # its IRI; "_:…" where it has no name
    target: str  # a pattern that binds ?this to each node that it looks at
    broken: str  # asks whether any of them breaks any of its rules: quicker than to ask rule by rule
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class ShapeQueries:
    """What became of the shapes that have targets."""

    shapes: tuple[TargetShape, ...]
    beyond: tuple[str, ...]  # shapes that are left to a full validator


class _BeyondQueries(Exception):
    """A shape asks for something that is not made a query of."""


def shape_queries(facts: Facts, is_pattern: Callable[[str, str], bool]) -> ShapeQueries:
    """The shapes of some Turtle files as queries.

    Args:
        facts: the files.
        is_pattern: whether the SPARQL engine understands a regular expression (pattern, flags).
    """
    made: list[TargetShape] = []
    beyond: list[str] = []
    foreign = any(facts.typed(SH + "ConstraintComponent"))  # its parameters could be any predicates
    for shape in shapes_with_targets(facts):
        compiler = _Compiler(facts, is_pattern)
        try:
            if foreign:
                raise _BeyondQueries
            if not compiler.is_off(shape):
                made.append(compiler.target_shape(shape))
        except (_BeyondQueries, ValueError):  # a number that is none
            beyond.append(shape)
    return ShapeQueries(tuple(made), tuple(beyond))


def shapes_with_targets(facts: Facts) -> tuple[str, ...]:
    """The shapes that look at nodes by themselves, in the order of the files; a class that is a shape is one too."""
    classes = {PREFIXES["owl"] + "Class", PREFIXES["rdfs"] + "Class"}
    kinds = {SH + "NodeShape", SH + "PropertyShape"}
    targets = {SH + name for name in (*_TARGETS, "target")}

    def looks(subject: str) -> bool:
        types = {fact.text for fact in facts.of(subject, RDF_TYPE)}
        return bool(targets & facts.subjects[subject].keys() or (types & classes and types & kinds))

    return tuple(subject for subject in facts.subjects if looks(subject))


@dataclass
class _Compiler:
    facts: Facts
    is_pattern: Callable[[str, str], bool]
    _outermost: str = ""  # the shape with targets
    _numbers: Iterator[int] = field(default_factory=count)
    _open: list[str] = field(default_factory=list)

    def is_off(self, shape: str) -> bool:
        """Whether a shape is deactivated."""
        return any(fact.text == "true" for fact in self._given(shape, "deactivated"))

    def target_shape(self, shape: str) -> TargetShape:
        """The queries of a shape with targets."""
        self._outermost = shape
        target = self._target(shape)
        own = [self._of_query(shape, fact, target) for fact in self._given(shape, "sparql")]
        parts = [f"{target} FILTER (!({self._conforms(shape, '?this')}))", *(f"{target} {body}" for _, _, body in own)]
        prefixes = "".join(dict.fromkeys(head for _, head, _ in own))
        broken = f"{prefixes}ASK {{ {' UNION '.join(f'{{ {part} }}' for part in parts)} }}"
        return TargetShape(shape, target, broken, (*self._rules(shape, target), *(rule for rule, _, _ in own)))

    def _of_query(self, shape: str, fact: Fact, target: str) -> tuple[Rule, str, str]:
        """A constraint that is a query itself (SHACL-SPARQL): its rule, its prefixes, and its pattern."""
        node = self._shape(fact)
        (select,) = self.facts.of(node, SH + "select") or (None,)
        found = _SELECT.fullmatch(select.text) if select else None
        body = found[1] if found else ""
        if found is None or self._path(shape) or any(one[1] is None for one in _INNER.finditer(body)):
            raise _BeyondQueries
        declared = [d.text for p in self._given(node, "prefixes") for d in self.facts.of(p.text, SH + "declare")]
        spaces = {self._given(one, "prefix")[0].text: self._given(one, "namespace")[0].text for one in declared}
        prefixes = "".join(f"PREFIX {name}: <{space}> " for name, space in sorted(spaces.items()))
        query = f"{prefixes}SELECT DISTINCT ?this ?value ?path {{ {target} {body} }}"
        message = self._message(node) or self._message(shape)
        return Rule(shape, "", "sparql", "", message, self._severity(shape), query), prefixes, body

    def _target(self, shape: str) -> str:
        """A pattern that binds ?this to each node that a shape looks at, once."""
        parts = [
            pattern.format(self._term(fact.value))
            for name, pattern in _TARGETS.items()
            for fact in self._given(shape, name)
        ]
        types = {fact.text for fact in self.facts.of(shape, RDF_TYPE)}
        if not parts or self._given(shape, "target") or types & {PREFIXES["owl"] + "Class", PREFIXES["rdfs"] + "Class"}:
            raise _BeyondQueries
        return f"{{ SELECT DISTINCT ?this {{ {' UNION '.join(f'{{ {part} }}' for part in parts)} }} }}"

    def _rules(self, shape: str, target: str) -> Iterator[Rule]:
        """A rule for each constraint of a shape, and of the property shapes below it."""
        if self.is_off(shape):
            return
        path = self._path(shape)
        value = "?value" if path else "?this"
        step = f"?this {path} ?value ." if path else ""
        for component, demand, holds in self._of_values(shape, "?this", value):
            query = f"SELECT DISTINCT ?this ?value {{ {target} {step} FILTER (!({holds})) }}"
            yield self._rule(shape, path, component, demand, query)
        for component, demand, holds in self._of_sets(shape, "?this", path):
            query = f"SELECT DISTINCT ?this {{ {target} FILTER (!({holds})) }}"
            if component == "equals":  # a value that is missing can be told, unlike a number of them
                missing = f"?this {demand} ?value . FILTER NOT EXISTS {{ ?this {path} ?value }}"
                query = f"SELECT DISTINCT ?this ?value {{ {target} {missing} }}"
            yield self._rule(shape, path, component, demand, query)
        inner = target
        if path:
            outer = self._fresh()
            inner = f"{{ SELECT DISTINCT ?this {{ {target.replace('?this', outer)} {outer} {path} ?this . }} }}"
        for fact in self._given(shape, "property"):
            yield from self._rules(self._shape(fact), inner)

    def _rule(self, shape: str, path: str, component: str, demand: str, query: str) -> Rule:
        return Rule(shape, path, component, demand, self._message(shape), self._severity(shape), query)

    def _message(self, node: str) -> str:
        messages = self.facts.by_language(node, SH + "message")
        return messages.get("en") or messages.get("") or next(iter(messages.values()), "")

    def _severity(self, shape: str) -> str:
        return next((fact.text.removeprefix(SH) for fact in self._given(shape, "severity")), "Violation")

    # ── whether a node conforms, as an expression that is never an error ─────────────────────────

    def _conforms(self, shape: str, node: str) -> str:
        if self.is_off(shape):
            return "true"
        if shape in self._open:  # what a shape within itself means, SHACL leaves open
            raise _BeyondQueries
        self._open.append(shape)
        path = self._path(shape)
        value = self._fresh() if path else node
        each = [holds for _, _, holds in self._of_values(shape, node, value)]
        each += [self._conforms(self._shape(fact), value) for fact in self._given(shape, "property")]
        if path and each:
            each = [f"NOT EXISTS {{ {node} {path} {value} . FILTER (!({' && '.join(each)})) }}"]
        tests = [*each, *(holds for _, _, holds in self._of_sets(shape, node, path))]
        self._open.remove(shape)
        return " && ".join(f"({test})" for test in tests) or "true"

    def _of_values(self, shape: str, this: str, value: str) -> Iterator[tuple[str, str, str]]:
        """Constraints that each value has to fulfil: component, demand, expression."""
        for name, facts in self._parameters(shape):
            for fact in facts:
                if (holds := self._value_test(shape, name, fact, this, value)) is not None:
                    yield name, self._demand(fact), holds

    def _value_test(self, shape: str, name: str, fact: Fact, this: str, value: str) -> str | None:
        if name in ("datatype", "class", "nodeKind", "in", "pattern"):
            return self._kind_test(shape, name, fact, value)
        if name in _COMPARED:
            return f"COALESCE({value} {_COMPARED[name]} {self._term(fact.value)}, false)"
        if name in _LENGTHS:
            return f"!isBlank({value}) && STRLEN(STR({value})) {_LENGTHS[name]} {int(fact.text)}"
        if name in _ORDERED:
            other = self._fresh()
            fails = f"FILTER (!COALESCE({value} {_ORDERED[name]} {other}, false))"
            return f"NOT EXISTS {{ {this} {self._term(fact.value)} {other} . {fails} }}"
        if name == "disjoint":
            return f"NOT EXISTS {{ {this} {self._term(fact.value)} {value} }}"
        if name == "equals":
            return f"EXISTS {{ {this} {self._term(fact.value)} {value} }}"
        if name == "node":
            return self._conforms(self._shape(fact), value)
        if name == "not":
            return f"!({self._conforms(self._shape(fact), value)})"
        if name in ("or", "and"):
            members = [f"({self._conforms(self._shape(one), value)})" for one in self.facts.items(fact.text)]
            if not members:
                raise _BeyondQueries
            return (" || " if name == "or" else " && ").join(members)
        return None

    def _kind_test(self, shape: str, name: str, fact: Fact, value: str) -> str:
        if name == "class":
            return f"EXISTS {{ {value} {_IS_A} {self._term(fact.value)} }}"
        if name == "nodeKind":
            if (kind := _KINDS.get(fact.text.removeprefix(SH))) is None:
                raise _BeyondQueries
            return kind.format(value)
        if name == "in":
            return " || ".join(f"sameTerm({value}, {self._term(one.value)})" for one in self.facts.items(fact.text))
        if name == "pattern":
            flags = next((one.text for one in self._given(shape, "flags")), "")
            if not self.is_pattern(fact.text, flags):
                raise _BeyondQueries
            return f"!isBlank({value}) && COALESCE(REGEX(STR({value}), {fact.value}, {ox.Literal(flags)}), false)"
        test = f"isLiteral({value}) && DATATYPE({value}) = {self._term(fact.value)}"
        if fact.text in _CAST:
            return f"{test} && COALESCE(isLiteral({fact.value}(STR({value}))), false)"
        if fact.text not in _ANY_TEXT:
            raise _BeyondQueries
        return test

    def _of_sets(self, shape: str, this: str, path: str) -> Iterator[tuple[str, str, str]]:
        """Constraints on all values together: component, demand, expression."""
        for name, facts in self._parameters(shape):
            if name in ("minCount", "maxCount", "equals") and not path:
                raise _BeyondQueries
            for fact in facts:
                if name in ("minCount", "maxCount"):
                    number = int(fact.text) + (name == "maxCount")
                    if number:
                        at_least = f"EXISTS {{ {self._different(this, path, number)} }}"
                        yield name, fact.text, at_least if name == "minCount" else f"NOT {at_least}"
                elif name == "hasValue":
                    term = self._term(fact.value)
                    yield name, term, f"EXISTS {{ {this} {path} {term} }}" if path else f"sameTerm({this}, {term})"
                elif name == "equals":
                    other = self._fresh()
                    missing = f"FILTER NOT EXISTS {{ {this} {path} {other} }}"
                    yield (
                        name,
                        self._demand(fact),
                        f"NOT EXISTS {{ {this} {self._term(fact.value)} {other} . {missing} }}",
                    )

    def _different(self, this: str, path: str, number: int) -> str:
        """A pattern that fits where there are so many different values."""
        if number > _COUNTED + 1:
            raise _BeyondQueries
        values = [self._fresh() for _ in range(number)]
        apart = " && ".join(f"!sameTerm({one}, {other})" for one, other in combinations(values, 2))
        return " ".join(f"{this} {path} {value} ." for value in values) + (f" FILTER ({apart})" if apart else "")

    # ── parts ──────────────────────────────────────────────────────────────────────────────────

    def _given(self, shape: str, name: str) -> tuple[Fact, ...]:
        return tuple(self.facts.of(shape, SH + name))

    def _parameters(self, shape: str) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """The SHACL parameters of a shape; one that is not known is beyond queries."""
        known = {"datatype", "class", "nodeKind", "in", "pattern", "disjoint", "equals", "node", "not", "or", "and"}
        known |= {"minCount", "maxCount", "hasValue", *_COMPARED, *_LENGTHS, *_ORDERED}
        for predicate, facts in self.facts.subjects.get(shape, {}).items():
            name = predicate.removeprefix(SH)
            if name in known:
                yield name, tuple(facts)
            elif name == "sparql" and shape == self._outermost and len(self._open) <= 1:
                continue  # has a rule of its own
            elif predicate.startswith(SH) and name not in (*_SILENT, *_TARGETS, "property"):
                raise _BeyondQueries

    def _path(self, shape: str) -> str:
        """The path of a property shape as SPARQL writes it; "" for a node shape."""
        given = self._given(shape, "path")
        if not given:
            return ""
        inverse = self.facts.of(given[0].text, SH + "inversePath")
        return f"^{self._term(inverse[0].value)}" if inverse else self._term(given[0].value)

    def _shape(self, fact: Fact) -> str:
        if fact.text not in self.facts.subjects:
            raise _BeyondQueries
        return fact.text

    def _term(self, value: Value) -> str:
        if isinstance(value, ox.BlankNode | ox.Triple):
            raise _BeyondQueries
        return str(value)

    def _demand(self, fact: Fact) -> str:
        return "" if isinstance(fact.value, ox.BlankNode | ox.Triple) else str(fact.value)

    def _fresh(self) -> str:
        return f"?v{next(self._numbers)}"
