"""What is only supposed: „Hätte X Y nicht gekauft, wäre …“, "Had X not …, Y would …", "Without X's takeover of Y, …".

What an unreal condition says is not so: a "not" in it tells of what has happened, and the lack of one of what has
not. Neither may be taken for a fact, nor for its contrary.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.conjunctions import main_clause_behind
from kg.modality_words import ModalityWords
from kg.records import Token
from kg.subjunctive import is_subjunctive_2
from kg.trees import Tree, base, feature, is_finite

_PERFECT_ONLY: Final = frozenset({"could", "might"})
"""Without "have" they are as often past tenses: "could not buy"."""
_INVERTED: Final = frozenset({"had", "were", "should"})
"""English verbs that open a condition without a conjunction; in German any verb can."""
_NOMINAL: Final = frozenset({"DET", "PROPN", "NOUN", "PRON", "NUM", "ADJ"})


def supposed(tree: Tree, place: int, words: ModalityWords) -> bool:
    """Whether what stands at a place is told under an unreal condition, or is such a condition.

    Args:
        tree: its sentence.
        place: index of the verb or noun.
        words: the word lists of the language.
    """
    spans = [*_inverted(tree), *_without(tree)]
    if any(start <= place < end for start, end in spans):
        return True
    unreal = [t.index for t in tree.tokens if _unreal(tree, t)]
    if not any(_finite_of(tree, place, index) for index in unreal):
        return False
    conditions = words.conditions - {"whether", "should", "sollte"}
    told = any(t.text.lower() in conditions for t in tree.tokens)
    behind = any(_opens(tree, i) and is_subjunctive_2(tree[i]) for i in unreal)  # "…, hätte X nicht …"
    return bool(spans) or told or (behind and len(unreal) > 1)


def _unreal(tree: Tree, token: Token) -> bool:
    """Whether a finite verb tells of what is not: „hätte“, "would", "could have"."""
    word = token.text.lower()
    if word in _PERFECT_ONLY:
        return any(t.text.lower() == "have" for t in tree.tokens[token.index + 1 : token.index + 4])
    return word in {"would", "'d"} or is_subjunctive_2(token)


def _finite_of(tree: Tree, verb: int, finite: int) -> bool:
    tied = tree[finite].head == verb and base(tree[finite].relation) in {"aux", "cop"}
    return verb == finite or tied


def _opens(tree: Tree, place: int) -> bool:
    """Whether a clause may begin at a place."""
    return place == 0 or tree[place - 1].pos == "PUNCT"


def _inverted(tree: Tree) -> Iterator[tuple[int, int]]:
    """Conditions that begin with their finite verb, from there to their comma."""
    for start in range(len(tree) - 1):
        first = _opens(tree, start) and (start == 0 or tree[start - 1].text != ",")
        if tree[start].text.lower() in _INVERTED:
            if tree[start + 1].pos in _NOMINAL and (first or _inside(tree, start)):
                yield start, _end_of_condition(tree, start)
        elif first and tree[start].pos in {"VERB", "AUX"} and is_finite(tree[start]):
            end = next((i for i in range(start + 2, len(tree) - 1) if main_clause_behind(tree, i)), None)
            if end is not None and _unreal(tree, tree[end + 1]):  # "Kaufte Apple Intel nicht, müsste …"
                yield start, end


def _inside(tree: Tree, start: int) -> bool:
    """Whether an English condition begins after a comma or a clause: "would have bought Y had X not sold it"."""
    verb = tree[start].head
    subject = any(base(tree[i].relation) in {"nsubj", "obj"} for i in tree.children[verb] if start < i < verb)
    unreal = [t.index for t in tree.tokens if _unreal(tree, t)]
    if _opens(tree, start):
        return subject and bool(unreal)
    return subject and any(i < start for i in unreal)


def _end_of_condition(tree: Tree, start: int) -> int:
    """The last comma before the next "would", else the next comma, else the end."""
    unreal = next((t.index for t in tree.tokens[start + 1 :] if _unreal(tree, t)), None)
    commas = [t.index for t in tree.tokens[start:] if t.text == ","]
    before = [i for i in commas if unreal is not None and i < unreal]
    return before[-1] if before else next(iter(commas), len(tree))


def _without(tree: Tree) -> Iterator[tuple[int, int]]:
    """Phrases with „ohne“, "without" or "but for" in sentences that tell what would be, with what belongs to them."""
    if not any(_unreal(tree, t) for t in tree.tokens):
        return
    for token in tree.tokens[:-1]:
        word, start = token.text.lower(), token.index
        but_for = word == "but" and _opens(tree, start) and tree[start + 1].text.lower() == "for"
        if word in {"ohne", "without"} or but_for:
            rest = tree.tokens[start + 1 :]
            end = next((t.index for t in rest if t.text == "," or feature(t, "VerbForm") == "Fin"), len(tree))
            yield start, end
