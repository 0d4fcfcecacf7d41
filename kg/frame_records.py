"""Frames as records: how a sentence states a property."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.records import Status


@dataclass(frozen=True, slots=True)
class Frame:
    """How one sentence states one property.

    Attributes:
        predicate: lemma in lower case; "" where any noun of ``predicate_class`` will do.
        beside: (role, noun lemma or class in brackets) pairs that must be there too; the role "word"
            stands for any word in the predicate's phrase.
        paired: whether subject and object are coordinated in one role ("A und B fusionieren").
        event: class of the event that the sentence tells of; the object is then no slot.
        status: how the event stands by the example's word, where the clause is a plain statement.
    """

    property: str
    kind: str
    predicate: str
    predicate_class: str
    subject_role: str
    object_role: str
    subject_class: str
    object_class: str
    beside: tuple[tuple[str, str], ...] = ()
    paired: bool = False
    pattern: str = ""
    event: str = ""
    status: Status | None = None

    def describe(self) -> str:
        """The frame in one line, for people."""
        predicate = self.predicate or f"[{self.predicate_class}]"
        others = "".join(f", {role}={noun}" if noun else f", {role}" for role, noun in self.beside)
        pair = " & " if self.paired else ", "
        if self.event:
            stands = f" ({self.status})" if self.status else ""
            return f"{predicate}({self.subject_role}=subject{others}) → {self.event}{stands}"
        return f"{predicate}({self.subject_role}=subject{pair}{self.object_role}=object{others})"


@dataclass(frozen=True, slots=True)
class PatternCheck:
    """How an example was understood."""

    property: str
    text: str
    language: str
    frame: str | None
    problem: str | None


@dataclass(frozen=True)
class Frames:
    """All frames of a language, by predicate; those of events apart, as they have one slot."""

    language: str
    frames: tuple[Frame, ...]
    checks: tuple[PatternCheck, ...]
    by_predicate: Mapping[tuple[str, str], tuple[Frame, ...]] = field(init=False, repr=False)
    events: Mapping[tuple[str, str], tuple[Frame, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_predicate", _table(frame for frame in self.frames if not frame.event))
        object.__setattr__(self, "events", _table(frame for frame in self.frames if frame.event))


def _table(frames: Iterable[Frame]) -> Mapping[tuple[str, str], tuple[Frame, ...]]:
    table: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames:
        table.setdefault((frame.kind, frame.predicate), []).append(frame)
    return {key: tuple(found) for key, found in table.items()}
