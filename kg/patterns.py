"""Example sentences that teach a relation, taken apart.

A pattern is a short natural sentence or noun phrase with exactly two slots, one for the subject of
the relation and one for its object::

    {Organization} hat mit {Organization} (eine Vereinbarung|einen Vertrag) geschlossen
    der {object:Country/adjective} [Company] {subject:Company}

``{Class}`` is a slot; the first is the subject unless one is marked ``subject:`` or ``object:``.
``{object:Country/adjective}`` is filled with a demonym ("russisch"). ``[Class]`` stands for any noun
of that class. ``(a|b)`` are alternatives; brackets that belong to the text are written ``\\(`` and
``\\)``. A slot may stand in a hyphen compound: ``{object:Country}-Chef``.

The pattern of an event class has one slot, for whom it happens to. A status before a colon says how
the event stands where the sentence is a plain statement; ``asserted:`` that nothing above the words
takes it back::

    {Organization} meldet Insolvenz an
    possible: {Organization} droht die Insolvenz
    asserted: der Insolvenzverwalter von {Organization}
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.errors import OntologyError
from kg.records import STATUSES, Status

Role = Literal["subject", "object"]

EXPANSION_LIMIT: Final = 40
"""Most sentences a pattern may stand for: beyond it, the pattern is better written as several."""

_PIECE: Final = re.compile(r"\\[()]|\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\)|[^{}\[\]()\\]+|.", re.DOTALL)
_SLOT: Final = re.compile(r"\{\s*(?:(subject|object)\s*:\s*)?([^\W\d]\w*)\s*(/adjective)?\s*\}")
_NOUN: Final = re.compile(r"\[\s*([^\W\d]\w*)\s*\]")
_STATED: Final = re.compile(rf"\s*({'|'.join(STATUSES)})\s*:\s*(?=\S)")
_SYNTAX_HINT: Final = "write {Class}, {object:Class}, {object:Class/adjective}, [Class] or (one|other)"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a pattern that an entity of a class fills."""

    role: Role
    class_name: str
    adjective: bool = False  # filled with a demonym: "russisch"


@dataclass(frozen=True, slots=True)
class ClassNoun:
    """A place in a pattern where any common noun of a class may stand."""

    class_name: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Wordings of which any one may stand."""

    choices: tuple[tuple[str | ClassNoun, ...], ...]


Part = str | Slot | ClassNoun
"""What an expanded pattern consists of."""


@dataclass(frozen=True, slots=True)
class ExpandedPattern:
    """A pattern with its alternatives chosen: one sentence to parse."""

    parts: tuple[Part, ...]
    status: Status | None = None  # how the event stands; None where the sentence's own status tells

    def slot(self, role: Role) -> Slot:
        """The slot of a role."""
        return next(part for part in self.parts if isinstance(part, Slot) and part.role == role)


def parse_pattern(text: str, slots: int = 2) -> tuple[Part | Alternatives, ...]:
    """Takes a pattern apart.

    Args:
        text: the pattern as it stands in the ontology, without a status.
        slots: how many it must have: 1 for an event, whose only slot is the subject.

    Raises:
        OntologyError: the pattern is malformed, or does not have one subject and one object.

    >>> parse_pattern("{Person} leitet {Organization}")[2]
    Slot(role='object', class_name='Organization', adjective=False)
    """
    pieces = _PIECE.findall(" ".join(text.split()))
    roles = _roles(text, [piece for piece in pieces if piece.startswith("{")], slots)
    parts: list[Part | Alternatives] = []
    for piece in pieces:
        if piece.startswith("{") and (match := _SLOT.fullmatch(piece)):
            parts.append(Slot(next(roles), match[2], adjective=bool(match[3])))
        elif len(piece) > 1 and piece.startswith("("):
            parts.append(_alternatives(text, piece))
        else:
            parts.append(_literal_or_noun(text, piece))
    return tuple(parts)


def expand(pattern: str, slots: int = 2) -> tuple[ExpandedPattern, ...]:
    """All sentences that a pattern stands for, in the order of its alternatives.

    Args:
        pattern: the pattern as it stands in the ontology.
        slots: how many it must have, see :func:`parse_pattern`; only with one may it begin with a status.

    Raises:
        OntologyError: the pattern is malformed, or stands for more than ``EXPANSION_LIMIT`` sentences.

    >>> [e.parts[1] for e in expand("{Person} (leitet|führt) {Organization}")]
    [' leitet ', ' führt ']
    """
    stated = _STATED.match(pattern) if slots == 1 else None
    status = next((known for known in STATUSES if stated and stated[1] == known), None)
    parts = parse_pattern(pattern[stated.end() :] if stated else pattern, slots)
    choices = [part.choices if isinstance(part, Alternatives) else ((part,),) for part in parts]
    total = math.prod(len(choice) for choice in choices)
    if total > EXPANSION_LIMIT:
        raise _bad(pattern, f"stands for {total} sentences", f"at most {EXPANSION_LIMIT}: write several patterns")
    return tuple(ExpandedPattern(_join(itertools.chain(*chosen)), status) for chosen in itertools.product(*choices))


def _roles(text: str, slots: Sequence[str], wanted: int) -> itertools.chain[Role]:
    """The role of each slot in turn, the unmarked ones filled in."""
    marked: list[str | None] = []
    for slot in slots:
        match = _SLOT.fullmatch(slot)
        if not match:
            raise _bad(text, f"has an unreadable slot {slot}", _SYNTAX_HINT)
        marked.append(match[1])
    if wanted == 1:
        if len(marked) != 1 or marked[0] == "object":
            raise _bad(text, f"has {len(marked)} slots", "exactly one is needed: whom the event happens to")
        return itertools.chain(("subject",))
    if len(marked) != 2:
        raise _bad(text, f"has {len(marked)} slots", "exactly two are needed: subject and object")
    if marked[0] is not None and marked[0] == marked[1]:
        raise _bad(text, f"marks both slots as {marked[0]}", "one must be subject, the other object")
    object_first = marked[0] == "object" or marked[1] == "subject"
    order: tuple[Role, Role] = ("object", "subject") if object_first else ("subject", "object")
    return itertools.chain(order)


def _alternatives(text: str, group: str) -> Alternatives:
    choices = []
    for choice in group[1:-1].split("|"):
        if not choice.strip() or "{" in choice:
            problem = "has a slot inside (…|…)" if "{" in choice else f"has an empty alternative in {group}"
            raise _bad(text, problem, "write it as two patterns")
        choices.append(tuple(_literal_or_noun(text, piece) for piece in _PIECE.findall(choice.strip())))
    return Alternatives(tuple(choices))


def _literal_or_noun(text: str, piece: str) -> str | ClassNoun:
    if match := _NOUN.fullmatch(piece):
        return ClassNoun(match[1])
    if piece in {"\\(", "\\)"}:
        return piece[1]
    if piece[0] in "{}[]()":
        raise _bad(text, f"has a stray or unreadable {piece}", _SYNTAX_HINT)
    return piece


def _join(parts: itertools.chain[Part]) -> tuple[Part, ...]:
    """Joins neighbouring literals, so that equal sentences are equal records."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _bad(pattern: str, problem: str, hint: str) -> OntologyError:
    return OntologyError(f'pattern "{pattern}" {problem}', hint=hint)
