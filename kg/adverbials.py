"""Adverbials of a clause by their words: times without preposition, ranges, what hangs on another phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.fragments import bracketed
from kg.nominals import OF_CASES, SHARED
from kg.noun_phrases import attributes, noun_phrase, pair, preposition, temporal
from kg.trees import TEMPORAL, Tree, feature

_PLACING: Final = frozenset("in at near bei an auf on nahe".split())


@dataclass(frozen=True, slots=True)
class Constituent:
    """A noun phrase or a whole clause in its role."""

    head: int  # token index
    words: tuple[int, ...]
    preposition: tuple[int, ...] = ()
    certainty: float = 1.0


def unlike(tree: Tree, head: int) -> bool:
    """Whether a phrase compares, or is a verb or adjective in the list of a preposition's nouns."""
    first = tree.first_conjunct(head)
    odd = first != head and tree[head].pos in {"VERB", "ADJ"} and tree[first].pos in {"NOUN", "PROPN"}
    return odd or tree.case(head) == "than"


def of_time(tree: Tree, head: int) -> bool:
    """Whether a prepositional phrase belongs to a time or a span of time: "years of his life", "years in prison"."""
    above = tree[tree[head].head]
    measured = feature(above, "Number") == "Plur" or any(True for _ in tree.by_relation(above.index, "nummod"))
    inside = above.lemma in TEMPORAL and above.index < head and above.pos in {"NOUN", "PROPN"}
    return inside and not temporal(tree, head) and (tree.case(head) in OF_CASES or measured)


def with_ranges(tree: Tree, parts: list[Constituent]) -> list[Constituent]:
    """A beginning and its end as one: "from | 1952 to 1954"."""
    ends = {part.preposition[0]: part for part in parts if part.preposition}
    merged, gone = [], set()
    for part in parts:
        end = ends.get(part.words[-1] + 1)
        opened = bool(part.preposition) and tree[part.preposition[0]].text.lower() in {"from", "von", "vom"}
        if (
            end is not None
            and opened
            and _counted(tree, part.head)
            and tree.case(end.head) in {"to", "until", "till", "through", "bis"}
        ):
            merged.append(replace(part, words=(*part.words, *end.preposition, *end.words)))
            gone.add(end.head)
        else:
            merged.append(part)
    return [part for part in merged if part.head not in gone]


def _counted(tree: Tree, head: int) -> bool:
    """Whether a noun phrase is a time or a figure."""
    return temporal(tree, head) or tree[head].pos == "NUM" or any(True for _ in tree.by_relation(head, "nummod"))


def bare_times(tree: Tree, verb: int, apart: frozenset[int]) -> Iterator[Constituent]:
    """Times without preposition: "1911", "last year", "vergangene Woche"."""
    for token in tree.by_relation(verb, "obl", "nmod", "advmod", "dep", "nummod", "obj"):
        if token.index in apart or preposition(tree, token.index) or bracketed(tree, verb, token.index):
            continue
        if temporal(tree, token.index) and token.pos in {"NOUN", "PROPN", "NUM"}:
            words = noun_phrase(tree, token.index, apart)
            opening = tuple(i for i in words[:1] if tree[i].pos == "ADP")  # hung on the day: "Am 9. Dezember"
            yield Constituent(token.index, words[len(opening) :], opening)


def inner(tree: Tree, parts: Iterable[Constituent], apart: frozenset[int]) -> Iterator[Constituent]:
    """Times and places that hang on a phrase of the clause and tell of the clause: "by the council in June"."""
    for part in list(parts):
        placed = bool(part.preposition)
        timed = tree[part.head].lemma in {*TEMPORAL, "time"}  # "for the first time in October"
        if placed and part.head not in tree.name_at and not timed:
            continue  # "bei ihrem Treffen in Hamburg": of the meeting
        for token in attributes(tree, part.head):
            span = tree.name_at.get(token.index)
            place = placed and span is not None and span.label == "LOC" and tree.case(token.index) in _PLACING
            if token.index not in apart and (temporal(tree, token.index) or place):
                words = pair(tree, token.index) or noun_phrase(tree, token.index, apart, short=True)
                yield Constituent(token.index, words, preposition(tree, token.index), part.certainty * SHARED)
