"""Names that people give to what they look for: labels, aliases, and near ones where nothing is called so."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import pyoxigraph as ox

from kg.engines import Reader
from kg.errors import UnknownNameError
from kg.namespaces import ENTITY
from kg.records import Entity
from kg.terms import LABEL, ONTOLOGY, A, local_name, term


def is_entity_iri(name: str) -> bool:
    """Whether a name is an IRI that an entity of kg may have."""
    return name.startswith(ENTITY) and not any(c in ' <>"{}|^`\\' for c in name)


def property_labels(engine: Reader) -> Mapping[str, Mapping[str, str]]:
    """Local name of each property of the vocabulary → language → label."""
    found: dict[str, dict[str, str]] = {}
    for quad in engine.quads(None, A, term("owl:ObjectProperty"), ONTOLOGY):
        node = cast(ox.NamedNode, quad.subject)
        labels = [cast(ox.Literal, q.object) for q in engine.quads(node, LABEL, None, ONTOLOGY)]
        found[local_name(node.value)] = {label.language or "": label.value for label in labels}
    return found


def entity_called(label: str, entities: Sequence[Entity], counts: Callable[[], Mapping[str, int]]) -> str:
    """The IRI of the entity with this label or alias, exactly so or in other case.

    Args:
        label: what it is called.
        entities: those to choose from.
        counts: gives how many articles speak of each, by IRI; it is only asked where several are called so.

    Raises:
        UnknownNameError: no entity is called so; it suggests the nearest names.
    """
    key = label.strip().casefold()
    tests: tuple[Callable[[Entity], bool], ...] = (
        lambda entity: entity.label == label,
        lambda entity: label in entity.aliases,
        lambda entity: entity.label.casefold() == key,
        lambda entity: key in (alias.casefold() for alias in entity.aliases),
    )
    for test in tests:
        if found := [entity.iri for entity in entities if test(entity)]:
            known = counts() if len(found) > 1 else {}
            return min(found, key=lambda iri: (-known.get(iri, 0), iri))
    raise _unknown("entity", label, (name for entity in entities for name in (entity.label, *entity.aliases)))


def property_called(name: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    """The local name of a property, given so or by its label in any language.

    Args:
        name: what it is called.
        labels: local name of each property → language → label.

    Raises:
        UnknownNameError: no property is called so; it suggests the nearest names.
    """
    key = name.strip().removeprefix("kg:").casefold()
    for known in sorted(labels):
        if key == known.casefold() or key in (label.casefold() for label in labels[known].values()):
            return known
    raise _unknown("property", name, labels)


def _unknown(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    by_key = {text.casefold(): text for text in sorted(set(known), reverse=True)}
    near = [by_key[key] for key in difflib.get_close_matches(name.casefold(), sorted(by_key), n=3, cutoff=0.6)]
    hint = f"did you mean {' or '.join(near)}?" if near else "nothing in the store has a name like it"
    return UnknownNameError(f"no {kind} is called '{name}'", hint=hint)
