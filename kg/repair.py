"""Trees put right by names: what the recogniser knows corrects attachments that a small parser gets wrong.

A name or titled name never hangs on a date, a pronoun or another name without comma or
preposition between them; it is a nominal of its own, and the clause decides which.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.nominals import name_beside
from kg.records import Sentence, Token
from kg.trees import TEMPORAL, Tree, base

LOOSE: Final = "dep"
"""The relation of a nominal whose role is still open."""

_NEVER_GENITIVE: Final = frozenset({"ein", "eine", "einen", "das", "den", "die", "diese", "dieses", "keine", "kein"})
_TIED: Final = frozenset({"appos", "flat", "nmod", "dep", "compound"})


def repair(sentence: Sentence) -> Sentence:
    """The sentence with names and titles hung on their verb where they cannot hang where they do.

    Args:
        sentence: parsed, with its names.
    """
    tree = Tree(sentence)
    moved: dict[int, int] = {}
    for token in sentence.tokens:
        if token.head == token.index:
            continue
        if base(token.relation) == "nmod" and tree.case(token.index) and token.head > token.index:
            moved.update(_hung_forward(tree, token))
            continue
        if base(token.relation) not in _TIED or tree.case(token.index):
            continue
        if _hangs_wrong(tree, token):
            verb = next((i for i in tree.ancestors(token.index) if tree[i].pos in {"VERB", "AUX"}), None)
            if verb is not None and verb not in tree.subtree(token.index):
                moved[token.index] = verb
    if not moved:
        return sentence
    tokens = tuple(_moved(t, moved[t.index], tree) if t.index in moved else t for t in sentence.tokens)
    return replace(sentence, tokens=tokens)


def _moved(token: Token, head: int, tree: Tree) -> Token:
    if not tree.case(token.index):
        return replace(token, head=head, relation=LOOSE)
    return replace(token, head=head, relation="nmod" if tree[head].pos in {"NOUN", "PROPN"} else "obl")


def _hung_forward(tree: Tree, token: Token) -> dict[int, int]:
    """Where a prepositional phrase belongs that hangs on a noun behind it: to the noun before it, or the verb.

    An attribute with a preposition follows its noun: in "die Nachfolge von X an der Spitze" the
    succession is X's, not the top.
    """
    if tree[token.head].pos not in {"NOUN", "PROPN"}:
        return {}
    start = min(tree.subtree(token.index))
    before = tree[start - 1] if start > 0 else None
    if before is not None and before.pos == "NOUN" and before.index not in tree.subtree(token.index):
        return {token.index: before.index}
    verb = next((i for i in tree.ancestors(token.index) if tree[i].pos in {"VERB", "AUX"}), None)
    return {token.index: verb} if verb is not None else {}


def _hangs_wrong(tree: Tree, token: Token) -> bool:
    above = tree[token.head]
    span = tree.name_at.get(token.index)
    named = span is not None and span.form == "whole" and tree.span_head(span.start, span.end) == token.index
    if named and not tree.in_genitive(token.index):
        alone = above.lemma in TEMPORAL or above.text in {"anderem", "anderen"}
        if above.index < token.index and (alone or (above.pos == "PRON" and tree[token.index - 1].text != ",")):
            return True
    if _no_genitive(tree, token):
        return True
    titled = token.pos in {"NOUN", "PROPN"} and span is None and name_beside(tree, token.index) is not None
    owner = tree.name_at.get(above.index)
    behind = owner is not None and owner.form == "whole" and token.index - above.index > 0
    return titled and behind and token.index - 1 in tree.name_at and tree.name_at[token.index - 1] == owner


def _no_genitive(tree: Tree, token: Token) -> bool:
    """Whether a noun that hangs on the one before it has a determiner that no genitive has.

    "in einer Videokonferenz ein Abkommen": the second is an argument of the verb.
    """
    if token.pos != "NOUN" or token.relation != "nmod" or tree[token.head].index > token.index:
        return False
    return any(t.text.casefold() in _NEVER_GENITIVE for t in tree.by_relation(token.index, "det"))
