"""What a conjunction says of all that stands in its clause: „falls …“, "whether …"."""

from __future__ import annotations

from typing import Final

from kg.modality_words import ModalityWords
from kg.records import Status
from kg.trees import Tree, feature

WHETHER: Final = frozenset({"ob", "whether"})


def opened_by(tree: Tree, place: int, words: ModalityWords) -> Status | None:
    """The status that a conjunction gives to all that stands in its clause, told by the words alone.

    From "falls" or "ob" to the comma behind which a finite verb (the main clause) follows, or to
    the end: the tree of a long clause is seldom right, its borders are.
    """
    opening = (words.conditions | WHETHER) - {"sollte", "should", "außer"}
    for start in range(place):
        word = tree[start].text.lower()
        if word not in opening or not (start == 0 or tree[start - 1].pos in {"PUNCT", "CCONJ", "ADV"}):
            continue
        end = next((i for i in range(start + 2, len(tree) - 1) if main_clause_behind(tree, i)), len(tree))
        if start < place < end:
            return "question" if word in WHETHER else "conditional"
    return None


def main_clause_behind(tree: Tree, comma: int) -> bool:
    """Whether a token is a comma that a German main clause follows, which then begins with its finite verb."""
    if tree[comma].text != ",":
        return False
    following = tree[comma + 1]
    finite = feature(following, "VerbForm") == "Fin" or (following.pos == "AUX" and following.relation != "conj")
    return finite or following.text.lower() in {"dann", "so", "then"}
