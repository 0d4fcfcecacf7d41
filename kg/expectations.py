"""What is expected of relations: whatever breaks it is worth a look, even if it may be true.

Read from ``ontologies/conflicts/`` and from OWL axioms; `kg.contradictions` holds claims against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import OntologyError
from kg.namespaces import KG, PREFIXES
from kg.ontology_files import ontology_folder, vocabulary_sources
from kg.turtle import Facts, local_name, read_facts, read_source, turtle_files

_OWL: Final = PREFIXES["owl"]
_TRAITS: Final = {
    "once": "once",
    "dated": "dated",
    "one subject": "one_subject",
    "one per post": "one_per_post",
    "one way": "one_way",
    "tie": "ties",
}


@dataclass(frozen=True, slots=True)
class Expectations:
    """Local names of the properties of which something is expected; see ``ontologies/conflicts/news.ttl``."""

    once: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    one_subject: frozenset[str] = frozenset()
    one_per_post: frozenset[str] = frozenset()
    one_way: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    functional: frozenset[str] = frozenset()  # by OWL: one object, whenever
    inverse_functional: frozenset[str] = frozenset()  # by OWL: one subject, whenever
    excluding: frozenset[tuple[str, str]] = frozenset()  # sorted pairs that do not hold between the same two


def expectations(paths: Sequence[Path] = ()) -> Expectations:
    """What the bundled files expect, and Turtle files of the user's own.

    Args:
        paths: Turtle files, or folders of them.

    Raises:
        OntologyError: a file cannot be read, or expects something that is unknown.
    """
    bundled = [read_source(path) for path in turtle_files([ontology_folder() / "conflicts"])]
    facts = read_facts([*bundled, *vocabulary_sources(paths)])
    found: dict[str, set[str]] = {name: set() for name in _TRAITS.values()}
    for subject, predicates in facts.subjects.items():
        for fact in predicates.get(KG + "expects", ()):
            if fact.text not in _TRAITS:
                hint = f"allowed: {', '.join(_TRAITS)}"
                raise OntologyError(f"nothing is known that is expected as '{fact.text}'", iri=subject, hint=hint)
            found[_TRAITS[fact.text]].add(local_name(subject))
    return Expectations(
        once=frozenset(found["once"]),
        dated=frozenset(found["dated"]),
        one_subject=frozenset(found["one_subject"]),
        one_per_post=frozenset(found["one_per_post"]),
        one_way=frozenset(found["one_way"]) | _typed(facts, "AsymmetricProperty"),
        ties=frozenset(found["ties"]),
        functional=_typed(facts, "FunctionalProperty"),
        inverse_functional=_typed(facts, "InverseFunctionalProperty"),
        excluding=frozenset(_excluding(facts)),
    )


def _typed(facts: Facts, name: str) -> frozenset[str]:
    return frozenset(map(local_name, facts.typed(_OWL + name)))


def _excluding(facts: Facts) -> Iterator[tuple[str, str]]:
    for subject, predicates in facts.subjects.items():
        for predicate in (KG + "excludes", _OWL + "propertyDisjointWith"):
            for fact in predicates.get(predicate, ()):
                first, second = sorted((local_name(subject), local_name(fact.text)))
                yield first, second
