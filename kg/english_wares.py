"""English wares with the name of their brand before them: "Nokia's AirScale radios", "the Patriot missile"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.trees import Tree

_WARES: Final = frozenset(
    "aircraft antenna app application assistant battery bike bomber browser camera car cement chatbot chip chocolate "
    "console crane device drone drug engine film game gearbox helicopter howitzer implant jab jet lidar locomotive "
    "lorry machine medicine missile model motor motorcycle novel phone pill plane platform printer processor program "
    "radar radio reactor rifle robot rocket router satellite scanner scooter sensor series server shoe shot smartphone "
    "software speaker submarine system tablet tank telescope test tool tractor train transformer truck turbine tyre "
    "vaccine van vehicle ventilator watch weapon".split()
)
"""Lemmas of English nouns for wares, which the name before them names: "Nokia's AirScale radios"."""
_FLEETS: Final = frozenset(
    {"aircraft", "helicopter", "jet", "plane", "tank", "train", "missile", "bomber", "locomotive"}
)
"""Wares that belong to those who use them as often as to those who make them."""


def brand_of(tree: Tree, noun: int) -> int | None:
    """The head of the name straight before an English noun for wares, None where there is none.

    Args:
        tree: the sentence.
        noun: token index of the noun.
    """
    if tree[noun].lemma.lower() not in _WARES or noun in tree.name_at:
        return None
    before = [t.index for t in tree.by_relation(noun, "compound", "flat", "amod", "nmod") if t.index < noun]
    for index in reversed(before):
        span = tree.name_at.get(index)
        if span is not None and span.form == "whole" and not tree.case(index) and tree[index].relation != "nmod:poss":
            return tree.span_head(span.start, span.end)
    return None


def owned_brands(tree: Tree) -> Iterator[tuple[int, int]]:
    """Brands with whose they are: "Nokia's AirScale radios" says what "Nokia's AirScale" says.

    Args:
        tree: the sentence.
    """
    for token in tree.tokens:
        brand = brand_of(tree, token.index) if token.pos == "NOUN" else None
        plural = token.text != token.lemma
        if brand is None or (plural and token.lemma.lower() in _FLEETS):
            continue
        for owner in tree.by_relation(token.index, "nmod"):
            span = tree.name_at.get(owner.index)
            if owner.relation == "nmod:poss" and span is not None and span.form == "whole" and span.label != "LOC":
                yield brand, owner.index
