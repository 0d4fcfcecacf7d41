"""German adverbs and clauses that are as good as arguments: "betreiben gemeinsam ein Werk", "prüft, ob X betrügt"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.nominals import SHARED, before_comma
from kg.records import Argument
from kg.trees import Tree, base

_TELLING: Final = frozenset({"gemeinsam", "zusammen", "verantwortlich", "haftbar"})
"""Adverbs that make up what a verb says: who runs a works together is partners, who runs one is not."""


def adverbs(tree: Tree, verb: int) -> Iterator[Argument]:
    """The adverbs of a verb that tell: as ``manner``, and the place that "wo" stands for as ``oblique:in``.

    The subject of a clause with "ob" is ``ob.subject``: who examines whether X did it examines X.

    Args:
        tree: the sentence.
        verb: token index of the predicate.
    """
    for token in tree.by_relation(verb, "advmod", "xcomp", "amod"):
        if token.text.lower() in _TELLING and not _closes(tree, token.index):
            yield Argument("manner", token.index)
        elif token.text == "wo" and base(tree[verb].relation) in {"acl", "advcl"} and tree[token.index - 1].text == ",":
            place = before_comma(tree, token.index)
            if place is not None and place in tree.name_at and tree.name_at[place].label == "LOC":
                yield Argument("oblique:in", place, SHARED)
    for clause in tree.by_relation(verb, "ccomp", "advcl"):
        asked = any(t.text == "ob" and t.index > verb for t in tree.by_relation(clause.index, "mark"))
        for subject in tree.by_relation(clause.index, "nsubj") if asked else ():
            yield Argument("ob.subject", subject.index, SHARED)


def _closes(tree: Tree, index: int) -> bool:
    """Whether an adverb ends its clause, where "zusammen" is the verb's particle: "arbeitet mit X zusammen"."""
    return index + 1 >= len(tree) or (tree[index + 1].pos in {"PUNCT", "CCONJ"} and tree[index].text == "zusammen")
