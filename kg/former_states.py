"""States that are over: "früher", "formerly", "until 2021"."""

from __future__ import annotations

import itertools
import re
from typing import Final

from kg.trees import Tree, base, feature, is_finite

_BEFORE: Final = frozenset(
    "zuvor vorher früher einst ehemals vormals damals seinerzeit previously formerly once earlier".split()
)

_YEAR: Final = re.compile(r"(19|20)\d\d")


_SEASONS: Final = frozenset({"Frühjahr", "Frühling", "Sommer", "Herbst", "Winter", "Jahresende", "Jahreswechsel"})


def _past(tree: Tree, predicate: int) -> bool:
    """Whether a predicate stands in the past: "war bis zum Sommer bei X angestellt"."""
    return any(
        feature(t, "Tense") == "Past"
        for t in (tree[predicate], *tree.by_relation(predicate, "aux", "cop"))
        if is_finite(t)
    )


_PARTING: Final = frozenset({"sell", "divest", "offload", "dump", "verkaufen", "abstoßen", "veräußern", "abgeben"})


def given_up(tree: Tree, noun: int) -> bool:
    """Whether a noun is what somebody parts with: "sold its shares in Adani"."""
    above = tree[tree[noun].head]
    return base(tree[noun].relation) == "obj" and above.pos == "VERB" and above.lemma.lower() in _PARTING


def former(tree: Tree, predicate: int) -> str:
    """The words that put a predicate in a past that is over, "" if there are none: "früher", "until 2021"."""
    for token in tree.by_relation(predicate, "obl", "nmod", "advmod"):
        until = tree.case(token.index) in {"bis", "until"}
        if until and (_YEAR.fullmatch(token.text) or (token.text in _SEASONS and _past(tree, predicate))):
            return f"{tree.case(token.index)} {token.text}"
    if predicate > 1 and (tree[predicate - 2].text.lower(), tree[predicate - 1].text) == ("used", "to"):
        return "used to"
    for index in tree.subtree(predicate):
        if tree[index].text.lower() in _BEFORE:
            above = itertools.takewhile(lambda i: i != predicate, tree.ancestors(index))
            apart = (tree[i].pos == "VERB" or base(tree[i].relation) in {"appos", "conj", "parataxis"} for i in above)
            if not any(apart):
                return tree[index].text
    return ""
