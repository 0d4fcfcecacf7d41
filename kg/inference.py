"""What follows from triples by rules: everything, each with the rule and the premises that give it.

Forward chaining, semi-naive (Abiteboul, Hull and Vianu 1995, chapter 13): each round joins only with what the round
before has added. A derivation names premises that were there before it, so that no two triples explain each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.axioms import Rule, Step
from kg.turtle import RDF_TYPE

Triple = tuple[str, str, str]
"""IRIs of subject, predicate and object."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why an inferred triple holds."""

    rule: str  # as the W3C calls it: prp-symp, prp-spo2, cax-sco, …
    axiom: str  # as Turtle writes it
    premises: tuple[Triple, ...]  # stated or inferred, in the order of the axiom


def closure(facts: Collection[Triple], rules: Sequence[Rule]) -> Mapping[Triple, Derivation]:
    """All that follows from facts and is not among them, sorted; the same for any order of facts.

    Of several derivations the one of fewest rounds is kept, then that of the first rule, then the one whose
    premises come first. That something relates to itself is not concluded: it would be true, and tell nobody anything.

    Args:
        facts: triples that are held to be so.
        rules: what `kg.axioms.rules` gives.
    """
    index = _Index()
    by_key: dict[str, list[tuple[int, Rule, int]]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for at, step in enumerate(rule.steps):
            by_key[_key(step)].append((number, rule, at))
    known = set(facts)
    found: dict[Triple, Derivation] = {}
    fresh: Iterable[Triple] = known
    while fresh:
        added = list(fresh)
        for triple in added:
            index.add(triple)
        best: dict[Triple, tuple[int, tuple[Triple, ...]]] = {}
        for triple in added:
            key, start, end = _edge(triple)
            for number, rule, at in by_key.get(key, ()):
                step = rule.steps[at]
                ends = (end, start) if step.backwards else (start, end)
                for first, last, premises in index.chains(rule.steps, at, ends, triple):
                    head = _triple(rule.conclusion, first, last)
                    if head in known or (first == last and rule.conclusion.cls is None):
                        continue
                    if head not in best or (number, premises) < best[head]:
                        best[head] = number, premises
        for head, (number, premises) in best.items():
            found[head] = Derivation(rules[number].name, rules[number].axiom, premises)
        known |= best.keys()
        fresh = best
    return dict(sorted(found.items()))


def _key(step: Step) -> str:
    return step.predicate if step.cls is None else step.cls


def _edge(triple: Triple) -> tuple[str, str, str]:
    """A triple as an edge of the graph that rules walk on; what has a class is an edge to itself."""
    subject, predicate, value = triple
    return (value, subject, subject) if predicate == RDF_TYPE else (predicate, subject, value)


def _triple(step: Step, start: str, end: str) -> Triple:
    if step.cls is not None:
        return start, RDF_TYPE, step.cls
    return (end, step.predicate, start) if step.backwards else (start, step.predicate, end)


class _Index:
    """Edges by property or class, from either end."""

    def __init__(self) -> None:
        self._ahead: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._behind: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, triple: Triple) -> None:
        key, start, end = _edge(triple)
        self._ahead[key][start].add(end)
        self._behind[key][end].add(start)

    def _next(self, step: Step, node: str, onwards: bool) -> Iterable[str]:
        side = self._ahead if onwards is not step.backwards else self._behind
        return side[_key(step)].get(node, ())

    def chains(
        self, steps: Sequence[Step], at: int, ends: tuple[str, str], triple: Triple
    ) -> Iterator[tuple[str, str, tuple[Triple, ...]]]:
        """Every way to walk all steps with this triple at one of them: first node, last node, premises."""
        for first, before in self._walk(steps[:at][::-1], ends[0], onwards=False):
            for last, after in self._walk(steps[at + 1 :], ends[1], onwards=True):
                yield first, last, (*before[::-1], triple, *after)

    def _walk(self, steps: Sequence[Step], node: str, onwards: bool) -> Iterator[tuple[str, tuple[Triple, ...]]]:
        if not steps:
            yield node, ()
            return
        for other in self._next(steps[0], node, onwards):
            start, end = (node, other) if onwards else (other, node)
            premise = _triple(steps[0], start, end)
            for last, rest in self._walk(steps[1:], other, onwards):
                yield last, (premise, *rest)
