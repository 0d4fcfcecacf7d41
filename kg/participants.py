"""Who takes part in what a clause tells, its own arguments and those of the nouns in its roles.

Events are told in many words: "die Piloten der Lufthansa streiken", "der Streik der Lufthansa-Piloten",
"der Abbau von 300 Stellen bei Bosch", "cuts 10% of its jobs". The company is then no argument of the
clause, but of a noun that is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.nominals import OF_CASES, SHARED
from kg.records import Argument, Clause
from kg.trees import TEMPORAL, Tree, base

_PORTIONS: Final = frozenset(
    word.rstrip("se")
    for word in "prozent drittel viertel fünftel zehntel hälfte teil großteil mehrheit tausend hundert dutzend zahl "
    "anzahl reihe million percent third quarter half thousand hundred dozen number portion part share majority".split()
)
"""Nouns that only say how much of the noun behind them is meant; without the endings of a plural."""


@dataclass(frozen=True, slots=True)
class Participant:
    """An argument of a clause, or of the noun that is one."""

    role: str  # "subject.of" for whoever owns the subject; prepositional phrases keep their own role
    argument: Argument
    clause: Clause  # whose argument it is
    via: int | None = None  # the noun it hangs from


def participants(tree: Tree, clause: Clause, nouns: Mapping[int, Clause]) -> tuple[Participant, ...]:
    """The arguments of a clause, and those of the nouns that are its arguments.

    Args:
        tree: the sentence.
        clause: one of its clauses.
        nouns: its noun clauses, by head.
    """
    arguments = (*clause.arguments, *_lost_objects(tree, clause))
    own = [p for argument in arguments for p in _counted(tree, clause, argument)]
    inner = [p for outer in own if outer.via is None for p in _inner(outer, clause, nouns)]
    return (*own, *inner)


def _lost_objects(tree: Tree, clause: Clause) -> Iterator[Argument]:
    """Bare nouns that the parser took for adverbials: "streicht nach dem Verlust 7000 Stellen"."""
    if clause.kind == "verb" and not any(a.role == "object" and a.via is None for a in clause.arguments):
        known = {a.head for a in clause.arguments}
        for token in tree.by_relation(clause.head, "obl", "nmod", "dep"):
            bare = token.pos == "NOUN" and not tree.case(token.index) and token.lemma not in TEMPORAL
            if bare and token.index not in known:
                yield Argument("object", token.index, SHARED)


def _counted(tree: Tree, clause: Clause, argument: Argument) -> Iterator[Participant]:
    """The argument, or what it only counts: "ein Drittel der Stellen"."""
    head = tree[argument.head]
    counts = head.pos in {"NUM", "SYM"} or head.lemma.lower().rstrip("se") in _PORTIONS
    if argument.via is None and argument.head not in tree.name_at and counts:
        for token in tree.by_relation(argument.head, "nmod", "obl"):
            if not tree.case(token.index) or tree.case(token.index) in OF_CASES:
                yield Participant(argument.role, replace(argument, head=token.index), clause)
    yield Participant(argument.role, argument, clause, argument.via)


def _inner(outer: Participant, clause: Clause, nouns: Mapping[int, Clause]) -> Iterator[Participant]:
    noun = nouns.get(outer.argument.head)
    if noun is None or noun.head == clause.head:
        return
    for argument in noun.arguments:
        shared = replace(argument, certainty=argument.certainty * outer.argument.certainty)
        if argument.role == "of":
            yield Participant(f"{outer.role}.of", shared, noun, outer.argument.head)
        elif argument.role.startswith("oblique:"):
            yield Participant(argument.role, shared, noun, outer.argument.head)


def is_common_noun(tree: Tree, index: int) -> bool:
    """Whether a token is a noun that is no name, or an adjective in its place; a compound's last part is one."""
    span = tree.name_at.get(index)
    return tree[index].pos in {"NOUN", "ADJ", "ADV"} and (span is None or span.form == "part")


def loose_words(tree: Tree, clause: Clause, covered: Collection[int]) -> list[int]:
    """Words of content that are neither predicate nor argument of a clause: "geht pleite".

    Args:
        tree: the sentence.
        clause: one of its clauses.
        covered: tokens that are accounted for.
    """
    return [
        t.index
        for t in tree.tokens
        if (
            t.pos in {"NOUN", "PROPN", "X", "ADJ", "ADV", "VERB"}
            or (t.pos == "ADP" and base(t.relation) not in {"case", "mark"})
        )
        and t.index not in {*covered, *clause.words, clause.head}
        and t.index not in tree.name_at
        and not clause.predicate.lower().startswith(t.text.lower())  # a particle that stands apart
    ]
