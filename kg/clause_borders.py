"""Trees put right by the borders of clauses: no word belongs to a verb on the other side of one.

A colon or semicolon between two finite clauses, and "und" with a finite verb behind it, are borders
that a small parser oversteps more often than a writer does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Sentence, Token
from kg.trees import Tree, base, is_finite, is_tree, tree_of

_CORE: Final = frozenset({"nsubj", "obj", "iobj", "obl", "dep", "nmod", "advmod", "aux", "cop"})
_OF_VERB: Final = frozenset("obj iobj obl obl:arg obl:agent dep xcomp ccomp advmod compound:prt".split())
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})


def with_borders(sentence: Sentence) -> Sentence:
    """The sentence with what crosses a border of clauses hung on its own side.

    Args:
        sentence: parsed.
    """
    sentence = _with_segments(sentence)
    tree = tree_of(sentence)
    tokens = sentence.tokens
    for token in sentence.tokens:
        if token.pos == "CCONJ" and token.text in {"und", "oder", "and", "or"}:
            tokens = tuple(_second_conjunct(tree, token.index))
        elif base(token.relation) == "cop" and token.head != token.index:
            tokens = tuple(_with_own_copula(tree, token))
        elif (
            token.pos in _NOMINAL and tree[token.head].pos in {"ADV", "PART"} and tree[token.head].relation == "advmod"
        ):
            above = tree[token.head].head
            if token.relation != "case" and above != token.index and token.index not in set(tree.ancestors(above)):
                moved = replace(tree[token.index], head=above, relation="obl" if tree.case(token.index) else "dep")
                tokens = (*tokens[: token.index], moved, *tokens[token.index + 1 :])
        if tokens != tree.tokens:
            tree = tree_of(replace(sentence, tokens=tokens))
    return replace(sentence, tokens=tokens) if tokens != sentence.tokens and is_tree(tokens) else sentence


def _with_segments(sentence: Sentence) -> Sentence:
    """Nothing before a colon or semicolon belongs to a clause behind it, nor the other way round."""
    tree = tree_of(sentence)
    borders = [t.index for t in sentence.tokens if 0 < t.index < len(tree) - 2 and _is_border(tree, t.index)]
    if len(borders) != 1:
        return sentence
    border = borders[0]
    if not any(is_finite(t) for t in sentence.tokens[border + 1 :]):
        return sentence
    roots = {side: _root(tree, indices) for side, indices in enumerate((range(border), range(border + 1, len(tree))))}
    tokens = tuple(_on_own_side(t, border, roots[int(t.index > border)]) for t in sentence.tokens)
    return replace(sentence, tokens=tokens) if is_tree(tokens) else sentence


def _is_border(tree: Tree, index: int) -> bool:
    """A colon, a semicolon, or a full stop that no sentence ended at because a year follows: "… . 2019 kaufte …"."""
    year = tree[index + 1].text
    stop = tree[index].text == "." and year.isdigit() and len(year) == 4
    return tree[index].text in {":", ";"} or (stop and tree[index + 2].pos in {"VERB", "AUX"})


def _on_own_side(token: Token, border: int, root: int | None) -> Token:
    relation = base(token.relation)
    nominal = relation in {"appos", "conj"} and token.pos in _NOMINAL and token.index > border
    crosses = (token.index < border) != (token.head < border) and (relation in _CORE or nominal)
    if not crosses or token.index == border:
        return token
    if nominal:
        return token if root in {None, token.index} else replace(token, head=root or 0, relation="dep")
    if root is None or root == token.index:
        return replace(token, relation="parataxis")
    return replace(token, head=root)


def _root(tree: Tree, indices: range) -> int | None:
    """The verb that the words on one side of a border depend on."""
    verbs = [i for i in indices if tree[i].pos == "VERB"]
    own = [i for i in verbs if tree[i].head not in indices or tree[i].head == i]
    return next(iter(own), None)


def _second_conjunct(tree: Tree, conjunction: int) -> Iterator[Token]:
    """A finite verb straight behind "und" is coordinated with the finite clause before; what follows is its own."""
    verb = conjunction + 1
    first = _main_verb(tree, conjunction)
    if verb >= len(tree) or first is None or tree[verb].pos != "VERB" or not is_finite(tree[verb]):
        yield from tree.tokens
        return
    for token in tree.tokens:
        if token.index == verb and verb not in set(tree.ancestors(first)):
            yield replace(token, head=first, relation="conj")
        elif token.index > verb and token.head < conjunction and token.relation in _OF_VERB:
            yield replace(token, head=verb)
        else:
            yield token


def _main_verb(tree: Tree, place: int) -> int | None:
    """The last main verb before a place that no comma parts from it."""
    for index in range(place - 1, -1, -1):
        token = tree[index]
        if token.text in {",", ":", ";", "–"}:
            return None
        if token.pos == "VERB" and base(token.relation) not in {"amod", "acl"}:
            own = is_finite(token) or any(is_finite(t) for t in tree.by_relation(index, "aux"))
            return index if own else None
    return None


def _with_own_copula(tree: Tree, copula: Token) -> Iterator[Token]:
    """A copula that was hung on the subject of its predicate: "ist X wieder Chef"."""
    subject = tree[copula.head]
    moved = base(subject.relation) == "nsubj" and tree[subject.head].pos in {"NOUN", "PROPN", "ADJ"}
    moved = moved and not any(True for _ in tree.by_relation(subject.head, "cop"))
    for token in tree.tokens:
        yield replace(token, head=subject.head) if moved and token.index == copula.index else token
