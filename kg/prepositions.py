"""Prepositions of more than one word, and the noun that they stand before: "in front of", "thanks to", "as far as"."""

from __future__ import annotations

from typing import Final

from kg.trees import Tree

_RELATORS: Final = frozenset(
    """
    in|addition|to in|response|to in|relation|to in|contrast|to in|opposition|to with|respect|to with|regard|to
    in|regard|to |thanks|to |according|to in|front|of in|favour|of in|favor|of in|terms|of in|spite|of in|place|of
    in|case|of in|support|of in|honour|of in|honor|of in|memory|of in|search|of in|need|of in|view|of in|light|of
    on|behalf|of on|top|of by|means|of by|way|of by|virtue|of at|expense|of as|result|of as|consequence|of
    in|course|of in|wake|of in|aftermath|of under|auspices|of in|accordance|with in|connection|with
    in|conjunction|with in|collaboration|with in|cooperation|with in|association|with in|partnership|with
    in|line|with in|exchange|for in|return|for in|vicinity|of for|sake|of
    """.split()
)
"""Preposition, noun and preposition that are one preposition together."""
_LEADING: Final = {
    "of": frozenset("north south east west northeast northwest southeast southwest instead because ahead out outside "
                    "inside regardless".split()),
    "to": frozenset("thanks due prior next close according".split()),
    "with": frozenset("along together".split()),
    "from": frozenset("apart aside away".split()),
}  # fmt: skip
"""Words before a preposition that are part of it."""


def through_relator(tree: Tree, head: int) -> tuple[int, tuple[int, ...]] | None:
    """The noun that a phrase like "in response to the crisis" is about, with all words of its preposition.

    Args:
        tree: the sentence.
        head: token index of the noun in the middle: "response"; of "according" or "thanks".

    Returns:
        None where the phrase is none of these.
    """
    noun = tree[head]
    for child in tree.children[head]:
        case = tree.case(child)
        if child < head or f"{tree.case(head)}|{noun.lemma.lower()}|{case}" not in _RELATORS | _LOOSE:
            continue
        start = min(tree.subtree(head))
        inner = next((t.index for t in tree.by_relation(child, "case")), child)
        words = tuple(range(start, inner + 1))
        if len(words) <= 5 and not any(tree[i].pos == "PUNCT" for i in words):
            return child, words
    return None


_LOOSE: Final = frozenset({"|accord|", "|accord|to", "|thanks|to"})


def leading(tree: Tree, first: int) -> tuple[int, ...]:
    """The words straight before a preposition that are part of it: "south" in "south of", "as far" in "as far as"."""
    word = tree[first].text.lower()
    if (
        first > 1
        and word == "as"
        and tree[first - 2].text.lower() == "as"
        and tree[first - 1].text.lower() in _MEASURES
    ):
        return (first - 2, first - 1)
    before = tree[first - 1] if first else None
    if before is None or before.text.lower() not in _LEADING.get(word, ()) or (first > 1 and before.text[:1].isupper()):
        return ()
    noun = first > 1 and tree[first - 2].pos in {"DET", "ADJ"}
    return () if noun or before.index in tree.name_at else (before.index,)


_MEASURES: Final = frozenset({"far", "early", "late", "recently"})


_REMARKS: Final = frozenset(
    "for example|for instance|at least|at most|in fact|of course|in addition|as a result|on the other hand|"
    "in particular|in general|as well|at all|in turn|in question|at large|in part|on average|at last|in contrast|"
    "by contrast|in total|in short|after all|above all|at best|on the contrary|as a consequence|in other words|"
    "on the one hand|zum beispiel|"
    "in der tat|im übrigen|im gegenteil|unter anderem|vor allem|zum glück|im allgemeinen|in der regel".split("|")
)
"""Phrases that comment on a sentence or tie it to the one before, and tell no circumstance."""


def remark(tree: Tree, head: int) -> bool:
    """Whether a prepositional phrase only comments: "for example", "on the other hand"."""
    inside = tree.subtree(head)
    return len(inside) <= 5 and " ".join(tree[i].text.lower() for i in inside if tree[i].pos != "PUNCT") in _REMARKS
