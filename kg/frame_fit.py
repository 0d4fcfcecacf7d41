"""Whether a clause can say what a frame says: roles, partners that change the sense, names beside plurals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from kg.fillers import ParsedSentence
from kg.frame_records import Frame
from kg.frame_words import ADVERB, INFINITIVE, completed, noun_matches
from kg.nominals import name_beside
from kg.ontology import Ontology
from kg.records import PLAIN, Argument, Clause
from kg.trees import Tree

STAND_INS: Final = {"demonym": ("of", "compound", "place"), "object": ("indirect",), "indirect": ("object",)}
"""Roles whose arguments may fill the slot of another."""


def anchors_of(tree: Tree, clause: Clause, frame: Frame, ontology: Ontology, language: str) -> set[int] | None:
    """The tokens that fill a frame's fixed words, or None where one is missing."""
    anchors: set[int] = set()
    for role, wanted in frame.beside:
        if role in {ADVERB, INFINITIVE}:
            if not completed(tree, clause, role, wanted):
                return None
            continue
        heads = (a.head for a in clause.arguments if a.role == role)
        head = next((h for h in heads if noun_matches(tree, h, wanted, ontology, language)), None)
        if head is None:
            return None
        anchors.add(head)
    return anchors


def fillable(role: str, roles: Collection[str], clause: Clause) -> bool:
    """Whether a clause with arguments in these roles may have one for a slot; see `_in_role` and `_silent_owner`."""
    if role in roles or (role == "of" and clause.kind == "noun"):
        return True
    return any(other in roles for other in STAND_INS.get(role, ()))


def said_of_other(tree: Tree, clause: Clause, frame: Frame) -> bool:
    """Whether a clause has a partner that makes it say something else.

    Allies of a third are not each other's ("X and Y are allies of Z"), and to clear somebody of a
    charge is not to clear him.
    """
    roles = {a.role for a in clause.arguments if a.via is None}
    if frame.paired and frame.subject_role in {"bearer", "subject"}:
        third = {a.head for a in clause.arguments if a.via is None and a.role in {"of", "oblique:with", "oblique:mit"}}
        return any(i in tree.name_at or name_beside(tree, i) is not None for i in third)
    if clause.kind != "verb" or " of " in frame.pattern or "oblique:of" in {frame.subject_role, frame.object_role}:
        return False
    objects = [a.head for a in clause.arguments if a.role == "object" and a.via is None]
    names = [name for o in objects if (name := name_beside(tree, o)) is not None]
    charges = (t for o in (*objects, *names) for t in tree.by_relation(o, "nmod") if tree.case(t.index) == "of")
    named = bool(names) or any(o in tree.name_at for o in objects)
    return "oblique:of" in roles or (named and any(t.index not in tree.name_at for t in charges))


def each_named(argument: Argument, clause: Clause, sentence: ParsedSentence) -> list[Argument]:
    """An argument, or one for each name beside a plural noun: "die Konzerne Linde und Praxair"."""
    noun = sentence.nouns.get(argument.head)
    named = [a for a in noun.arguments if a.role == "bearer"] if noun is not None and noun is not clause else []
    if len(named) < 2:
        return [argument]
    return [replace(argument, head=a.head, certainty=argument.certainty * a.certainty) for a in named]


_OCCASION: Final = frozenset({"bei", "zu", "auf", "während", "nach", "vor", "during", "on", "after"})


def in_passing(tree: Tree, clause: Clause, frame: Frame) -> bool:
    """Whether an event is only the occasion of what the verb says, so that its subject takes part in it.

    "X sagte bei einem Besuch in Y …": the visit is X's.
    """
    directed = frame.subject_role == "of" and frame.object_role.startswith("oblique:")
    return directed and tree.case(clause.head) in _OCCASION and clause.status in PLAIN
