"""Arguments that a clause has through another: what belongs to the nouns, adjectives and clauses below its verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.nominals import OF_CASES, SHARED, of_arguments, spread
from kg.records import Argument
from kg.trees import CURRENCIES, Tree
from kg.voice import is_passive

_USING: Final = frozenset("using buying installing downloading trusting visiting taking investing".split())


def promoted(tree: Tree, verb: int, found: list[Argument], language: str) -> Iterator[Argument]:
    """The arguments of a verb's arguments.

    Args:
        tree: the sentence.
        verb: token index of the predicate.
        found: its own arguments.
        language: ``de`` or ``en``.
    """
    yield from _promoted(tree, found)
    if language == "en":
        yield from _english_promoted(tree, verb, found)


def _promoted(tree: Tree, found: list[Argument]) -> Iterator[Argument]:
    """Attributes of the arguments' nouns, which the parser may as well have hung on the verb.

    "mit X eine Vereinbarung treffen" and "eine Vereinbarung mit X treffen" both give ``oblique:mit``;
    "die Leitung von X übernehmen" gives ``object.of``.
    """
    for argument in found:
        if tree[argument.head].pos != "NOUN" or argument.head in tree.name_at:
            continue
        if argument.role != "subject":
            yield from _phrases_of(tree, argument.head)
        for owner in of_arguments(tree, argument.head):
            if owner.head != argument.head and owner.role != "demonym":
                yield Argument(f"{argument.role}.of", owner.head, SHARED * owner.certainty, via=argument.head)


def _english_promoted(tree: Tree, verb: int, found: list[Argument]) -> Iterator[Argument]:
    """Who acts in a clause below ("demanded that X stop"), and what belongs to an object or an adjective.

    "entered the Polish market" gives ``object.demonym``, "makes it harder for X" gives ``oblique:for``.
    """
    for argument in found:
        if argument.role == "complement" and tree[argument.head].pos == "ADJ":
            yield from _phrases_of(tree, argument.head)
        if argument.role == "object" and tree[argument.head].pos == "NOUN" and argument.head not in tree.name_at:
            for owner in of_arguments(tree, argument.head):
                if owner.role == "demonym":
                    yield Argument("object.demonym", owner.head, SHARED * owner.certainty, via=argument.head)
        if argument.role == "object" and tree[argument.head].text.lower() == "something":
            yield from _phrases_of(tree, argument.head)  # stands for any noun in an example
    for gerund in tree.by_relation(verb, "advcl", "xcomp", "obl"):
        mark = next(
            (t.text for t in tree.by_relation(gerund.index, "mark", "case") if t.text in {"against", "about"}), ""
        )
        if mark and gerund.text in _USING:
            for target in tree.by_relation(gerund.index, "obj"):
                yield from spread(tree, target.index, f"oblique:{mark}")  # "warned against using X"
    for below in tree.by_relation(verb, "ccomp"):
        marked = any(t.text in {"that", "whether"} for t in tree.by_relation(below.index, "mark"))
        if marked and below.pos == "VERB" and not is_passive(tree, below.index):
            for subject in tree.by_relation(below.index, "nsubj"):
                yield from spread(tree, subject.index, "clause")


def _phrases_of(tree: Tree, noun: int) -> Iterator[Argument]:
    """The prepositional phrases of an argument's noun, and those that belong to it but hang from one of them.

    "ein Abkommen über Manöver mit Vietnam" is with Vietnam, "a fine of 12 million francs on X" on X.
    """
    for token in tree.by_relation(noun, "nmod", "obl"):
        case = tree.case(token.index)
        amount = token.lemma.lower() in CURRENCIES or token.pos == "SYM"
        if case and case not in OF_CASES:
            yield from _promoted_phrase(tree, token.index, noun, SHARED)
        for inner in tree.by_relation(token.index, "nmod") if token.pos in {"NOUN", "SYM"} else ():
            own = tree.case(inner.index)
            if (case not in OF_CASES and own in {"mit", "with"}) or (amount and own and own not in OF_CASES):
                yield from _promoted_phrase(tree, inner.index, noun, SHARED * SHARED)


def _promoted_phrase(tree: Tree, head: int, noun: int, certainty: float) -> Iterator[Argument]:
    for member in spread(tree, head, f"oblique:{tree.case(head)}"):
        yield replace(member, certainty=certainty, via=noun)
