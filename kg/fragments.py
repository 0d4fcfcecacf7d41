"""What stands beside a verb and is no constituent of its clause: comparisons, brackets, parts of abbreviations."""

from __future__ import annotations

from typing import Final

from kg.records import Token
from kg.trees import Tree, base, feature

_ARTICLES: Final = frozenset("der die das ein eine einer the a an".split())
_RELATIVES: Final = frozenset("der die das dem den denen dessen deren welcher welche welches welchem welchen".split())
_LIKE: Final = frozenset({"wie", "als", "than", "like"})
_WAYS: Final = frozenset("nach zu aus von ab bis durch über gegen für mit um".split())
"""Prepositions of the place before "wo" that do not say where."""


def no_adverbial(tree: Tree, verb: int, head: int, before: tuple[int, ...]) -> bool:
    """Whether a phrase compares, or is whole of a part: "mit Alben wie X", "Lieder, von denen vier …"."""
    case = tree[before[-1]].text.lower()
    last = tree[before[0] - 1] if before[0] > 0 else None
    compared = last is not None and (feature(last, "Degree") == "Cmp" or last.text.lower() in {"anders", "sowohl"})
    likened = any(tree[i].text.lower() in {"wie", "like"} for i in before)
    if likened or (case in {"als", "than"} and compared):
        return True
    following = [t for t in tree.tokens[before[-1] + 1 : before[-1] + 5] if t.pos != "ADV"]
    parts = len(following) > 1 and following[0].text.lower() in {"denen", "which", "whom", "deren", "welchen"}
    number = parts and (following[1].pos in {"NUM", "DET"} or base(following[1].relation) == "nsubj")
    if case in {"von", "of"} and number and following[1].text.lower() not in _ARTICLES:
        return True
    # "zog nach Wien, wo er …": the place is not where he went to
    outside = head < before[0] or head not in tree.subtree(verb)
    return outside and head > before[-1] and tree[verb].head != head and tree.case(head) in _WAYS and head < verb


def fragment(tree: Tree, verb: int, head: int, role: str) -> bool:
    """Whether a nominal is no phrase of its own: part of an abbreviation, a pronoun that relates to nothing found."""
    token = tree[head]
    if token.pos in {"PRON", "DET"} and "Rel" in token.feats and token.text.lower() in _RELATIVES:
        opens = head if tree[head - 1].pos != "ADP" else head - 1
        return opens > 0 and tree[opens - 1].text == ","
    compared = _LIKE if role != "adverbial" else _LIKE - {"als"}
    if bracketed(tree, verb, head):
        return True
    if base(token.relation) == "conj" and any(t.text in compared for t in tree.by_relation(head, "cc", "case", "mark")):
        return True  # "Spieler wie X", "größer als X"
    return head not in tree.name_at and all(_cut(tree[i]) for i in (head, *tree.children[head]))


def bracketed(tree: Tree, verb: int, head: int) -> bool:
    """Whether a nominal stands in brackets that its verb is not in: "stellt ein Hindernis dar (Dispens)"."""
    start = next((i for i in range(head - 1, max(-1, head - 5), -1) if tree[i].text in {"(", ")"}), None)
    return start is not None and tree[start].text == "(" and not start < verb < head + 8


def _cut(token: Token) -> bool:
    return token.text.endswith(".") and len(token.text) < 4 and not token.text[0].isdigit()
