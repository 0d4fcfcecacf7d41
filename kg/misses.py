"""Why a gold statement was not found: the step of the road at which it was lost.

What the extraction itself tells (mentions, links, rejections) goes first; where that says nothing,
the clauses of the sentences that speak of both sides are looked at beside the frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.fillers import ParsedSentence
from kg.frame_records import Frame, Frames
from kg.gold import GoldTriple
from kg.matching import Matcher, Triple
from kg.nominals import predicate_key
from kg.records import Argument, Clause, Mention, Statement

Cause = Literal["no mention", "no clause", "no frame", "wrong argument", "wrong status", "rejected by domain"]
CAUSES: Final[tuple[Cause, ...]] = (
    "no mention",
    "no clause",
    "no frame",
    "wrong argument",
    "wrong status",
    "rejected by domain",
)
"""no mention: one side was found nowhere · no clause: no clause speaks of both · no frame: a clause does,
but no frame of the property has its predicate · wrong argument: one has, and wants other roles or
another direction · wrong status: found with another · rejected by domain: seen and forbidden."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What an article's statements were made of, and the frames of its language."""

    mentions: tuple[Mention, ...]
    sentences: tuple[ParsedSentence, ...]
    frames: Frames


def why_missed(
    found: Matcher,
    row: GoldTriple,
    read: Mapping[Triple, Sequence[Statement]],
    trace: Callable[[], Trace] | None = None,
) -> tuple[Cause, str]:
    """The cause of a miss, and in words the nearest thing to the gold statement that the reading holds.

    Args:
        found: the gold text beside what was found in it.
        row: the gold statement.
        read: the statements of the text by triple.
        trace: gives the clauses of the text; without it a miss that only they explain is put down to the frames.
    """
    given = {s.status for triple, made in read.items() if found.matches(row, triple) for s in made}
    if given:
        return "wrong status", f"read as {_listed(given)}"
    subjects, objects = found.named(row.subject), found.named(row.object)
    missing = [name for name, iris in ((row.subject, subjects), (row.object, objects)) if not iris]
    if missing:
        return "no mention", f"no mention of {' nor of '.join(missing)} was found"
    for rejection in found.extraction.rejections:
        ends = (rejection.subject, rejection.object)
        if rejection.property == row.property and ends[0] in subjects | {None} and ends[1] in objects | {None}:
            return "rejected by domain", f"rejected: {rejection.reason}"
    if any(t[1] == row.property and t[0] in objects and t[2] in subjects for t in read):
        return "wrong argument", "read the wrong way round"
    others = {t[1] for t in read if {t[0], t[2]} & subjects and {t[0], t[2]} & objects}
    if others:
        return "no frame", f"read as {_listed(others)}"
    if trace is None:
        return "no frame", "no frame matched"
    return _in_clauses(found, row, (subjects, objects), trace())


def _in_clauses(
    found: Matcher, row: GoldTriple, sides: tuple[frozenset[str], frozenset[str]], trace: Trace
) -> tuple[Cause, str]:
    """The miss of a statement whose sides were both found, by the clauses of their sentences."""
    heads: list[dict[int, set[int]]] = [{}, {}]  # sentence → tokens that speak of the side
    for link in found.extraction.links:
        for side, iris in enumerate(sides):
            if link.iri in iris:
                heads[side].setdefault(link.mention.sentence, set()).add(link.mention.head)
    shared = heads[0].keys() & heads[1].keys()
    if not shared:
        return "no clause", f"no sentence speaks of both{_left_open(found, heads, trace)}"
    verdicts = []
    for sentence in (s for s in trace.sentences if s.tree.sentence.index in shared):
        place = sentence.tree.sentence.index
        for clause in sentence.clauses:
            roles = [_roles(clause, sentence, side[place]) for side in heads]
            if all(roles):
                verdicts.append(_of_frames(row, clause, roles, trace.frames))
    if not verdicts:
        return "no clause", "both are in a sentence, but in no clause together"
    return min(verdicts, key=lambda verdict: verdict[0] != "wrong argument")


def _left_open(found: Matcher, heads: Sequence[Mapping[int, object]], trace: Trace) -> str:
    """The descriptions and pronouns beside one side that were tied to nothing: the other may be meant."""
    tied = {link.mention for link in found.extraction.links}
    near = heads[0].keys() | heads[1].keys()
    loose = [
        f"“{m.text}”"
        for m in trace.mentions
        if m.sentence in near and m not in tied and m.kind in {"description", "pronoun"}
    ]
    return f"; left open beside one of them: {', '.join(dict.fromkeys(loose))}" if loose else ""


def _roles(clause: Clause, sentence: ParsedSentence, heads: Iterable[int]) -> list[str]:
    """The roles in which a clause speaks of something, by itself or as the name beside an argument's noun."""
    wanted = set(heads)
    nouns = sentence.nouns

    def speaks(argument: Argument) -> bool:
        noun = nouns.get(argument.head)
        beside = {a.head for a in noun.arguments if a.role == "bearer"} if noun is not None else set()
        return bool(wanted & {argument.head, *beside})

    found = [argument.role for argument in clause.arguments if speaks(argument)]
    if not found and clause.kind == "noun" and clause.head in wanted:
        found.append("bearer")
    return list(dict.fromkeys(found))


def _of_frames(row: GoldTriple, clause: Clause, roles: Sequence[Sequence[str]], frames: Frames) -> tuple[Cause, str]:
    """What keeps a clause that speaks of both sides from stating the property."""
    taught = list(_frames(row.property, clause, frames))
    if not taught:
        return "no frame", f"no frame of {row.property} for “{clause.predicate}”"
    fitting = [f for f in taught if f.subject_role in roles[0] and f.object_role in roles[1]]
    if fitting:
        beside = [f"{role}={noun}" for role, noun in fitting[0].beside]
        wants = f" only with {' and '.join(beside)}" if beside else ", of other kinds of things"
        return "no frame", f"the frames of {row.property} for “{clause.predicate}” match{wants}"
    nearest = max(taught, key=lambda f: (f.subject_role in roles[0]) + (f.object_role in roles[1]))
    if nearest.subject_role not in roles[0]:
        name, is_in, wanted = row.subject, roles[0], nearest.subject_role
    else:
        name, is_in, wanted = row.object, roles[1], nearest.object_role
    return "wrong argument", f"“{clause.predicate}”: {name} is {_listed(is_in)}, the frame wants {wanted}"


def _frames(name: str, clause: Clause, frames: Frames) -> Iterator[Frame]:
    lemma = predicate_key(clause.predicate) if clause.kind == "noun" else clause.predicate.lower()
    return (f for f in frames.by_predicate.get((clause.kind, lemma), ()) if f.property == name)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
