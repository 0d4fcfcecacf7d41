"""The example sentences of relations and of event classes, as Turtle files have them.

An event class has examples with one slot, for whom it happens to. They belong to the property that
``kg:eventProperty`` names at the class or at one above it: from whoever fills the slot to the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.declarations import deprecated
from kg.errors import OntologyError
from kg.namespaces import KG, PREFIXES
from kg.turtle import Fact, Facts, Source, local_name

_PATTERN: Final = KG + "pattern"
_EVENT_PROPERTY: Final = KG + "eventProperty"
_SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
_CLASS: Final = PREFIXES["owl"] + "Class"

Lines = Mapping[Source, Mapping[str, int]]
"""Source → literal → line on which it stands."""


@dataclass(frozen=True)
class Pattern:
    """An example sentence that teaches a property, or an event that a property leads to."""

    property: str  # local name
    text: str
    language: str
    path: str = ""  # where it stands, for messages
    line: int | None = None
    event: str = ""  # local name of the event class whose example it is
    slots: int = 2  # how many it must have: that of an event one, for whom it happens to


def literal_lines(facts: Facts) -> Lines:
    """Where the literals of all files stand."""
    sources = dict.fromkeys(f.source for ps in facts.subjects.values() for fs in ps.values() for f in fs)
    return {source: source.literal_lines() for source in sources}


def examples_of(facts: Facts, iri: str, lines: Lines) -> Iterator[Pattern]:
    """The examples of a property and of the events that it leads to, each once, in the order of the files.

    Raises:
        OntologyError: an example has no language.
    """
    yield from _patterns(facts, iri, lines, property_name=local_name(iri))
    for event in facts.typed(_CLASS):
        if facts.of(event, _PATTERN) and not deprecated(facts, event) and _event_property(facts, event) == iri:
            yield from _patterns(facts, event, lines, property_name=local_name(iri), event=local_name(event))


def stray_example(facts: Facts, properties: list[str]) -> tuple[str, Fact, str] | None:
    """An example that teaches nothing: the IRI that has it, the example, and what to add; None if there is none.

    Args:
        facts: of all files.
        properties: IRIs of the declared properties.
    """
    for iri, predicates in facts.subjects.items():
        examples = predicates.get(_PATTERN, [])
        if not examples or iri in properties:
            continue
        if iri not in facts.typed(_CLASS):
            return iri, examples[0], "add: a owl:ObjectProperty ; rdfs:domain … ; rdfs:range …"
        if _event_property(facts, iri) not in properties:
            return (
                iri,
                examples[0],
                "add kg:eventProperty with a declared property that leads to it",
            )
    return None


def _event_property(facts: Facts, iri: str) -> str | None:
    """The property that leads to the events of a class: its own, or that of a class above."""
    own = facts.of(iri, _EVENT_PROPERTY)
    if own:
        return own[-1].text
    above = (_event_property(facts, fact.text) for fact in facts.of(iri, _SUBCLASS))
    return next((found for found in above if found is not None), None)


def _patterns(facts: Facts, iri: str, lines: Lines, property_name: str, event: str = "") -> Iterator[Pattern]:
    seen: set[tuple[str, str]] = set()
    for fact in facts.of(iri, _PATTERN):
        line = lines[fact.source].get(fact.text) or fact.source.line(fact.text)
        if fact.language is None:
            problem = f'pattern "{fact.text}" without a language'
            raise OntologyError(problem, path=fact.source.path, line=line, hint='write "…"@de or "…"@en')
        if (fact.text, fact.language) not in seen:
            seen.add((fact.text, fact.language))
            yield Pattern(property_name, fact.text, fact.language, fact.source.path, line, event, 1 if event else 2)
