"""English names of places and firms put right: "the town of Mahada", "Gyeonggi province", "Hamburg's About You"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.trees import Tree, base

_PLACES: Final = frozenset(
    "city town village port suburb district state province region county island municipality commune borough "
    "peninsula prefecture oblast canton emirate republic resort".split()
)
"""Nouns whose "of" only names them; "the capital of Kenya" is another thing than Kenya."""
_DIVISIONS: Final = frozenset("province district county region island peninsula prefecture oblast state".split())
"""Nouns that stand behind the name of what they are."""
_BEFORE: Final = frozenset({"det", "amod", "compound", "nummod", "nmod"})


def _with_places(tree: Tree) -> Iterator[Token]:
    """Kinds of places as descriptions of the place that they name: "in the Czech city of Plzeň" is in Plzeň."""
    kinds = {**dict(_named_with_of(tree)), **dict(_named_before(tree))}
    names = {name: kind for kind, name in kinds.items()}
    for token in tree.tokens:
        if token.index in kinds:
            yield replace(token, head=kinds[token.index], relation="nmod:desc")
        elif token.index in names:
            kind = tree[names[token.index]]
            root = kind.head == kind.index
            yield replace(token, head=token.index if root else kind.head, relation=kind.relation)
        elif token.text == "of" and token.index - 1 in kinds:
            yield replace(token, head=token.index - 1, relation="fixed")
        elif token.head in kinds and (token.index > token.head or base(token.relation) not in _BEFORE):
            yield replace(token, head=kinds[token.head])
        else:
            yield token


def _named_with_of(tree: Tree) -> Iterator[tuple[int, int]]:
    """Nouns of places with the head of the name behind their "of"."""
    for token in tree.tokens[1:-1]:
        noun, span = tree[token.index - 1], tree.name_at.get(token.index + 1)
        if token.text != "of" or noun.text.lower() not in _PLACES or noun.index in tree.name_at:
            continue
        named = (
            span is not None and span.form == "whole" and (span.label == "LOC" or noun.text not in {"state", "port"})
        )
        if span is not None and named:
            name = tree.span_head(span.start, span.end)
            if name not in set(tree.ancestors(noun.index)):
                yield noun.index, name


def _named_before(tree: Tree) -> Iterator[tuple[int, int]]:
    """Nouns of places with the head of the name straight before them: "Gyeonggi province"."""
    for token in tree.tokens[1:]:
        span = tree.name_at.get(token.index - 1)
        if token.text not in _DIVISIONS or span is None or (span.label, span.form) != ("LOC", "whole"):
            continue
        name = tree.span_head(span.start, span.end)
        if tree[name].head == token.index and base(token.relation) not in {"compound", "amod", "nmod:desc"}:
            yield token.index, name


def _with_owned_names(tree: Tree) -> Iterator[Token]:
    """Names behind another's 's as what the phrase is about: "the takeover of Hamburg's About You"."""
    owners: dict[int, int] = {}
    marks: dict[int, int] = {}
    for token in tree.tokens[1:-1]:
        owner, owned = tree.name_at.get(token.index - 1), tree.name_at.get(token.index + 1)
        if token.text not in {"'s", "’s", "'", "’"} or owner is None or owned is None or owner == owned:
            continue
        if (owner.form, owned.form) != ("whole", "whole") or owned.start != tree[token.index + 1].start:
            continue
        last = tree.bounds(owned)[1]
        first, second = tree.span_head(owner.start, owner.end), tree.span_head(owned.start, owned.end)
        of_noun = last + 1 < len(tree) and tree[last + 1].pos == "NOUN" and tree[second].head > last
        if not of_noun:
            owners[first], marks[token.index] = second, first
    for token in tree.tokens:
        if token.index in marks:
            yield replace(token, pos="PART", head=marks[token.index], relation="case")
        elif token.index in owners:
            yield replace(token, head=owners[token.index], relation="nmod:poss")
        elif token.index in owners.values():
            outer = tree[next(first for first, second in owners.items() if second == token.index)]
            below = outer.index in set(tree.ancestors(token.index)) or token.head in range(outer.index, token.index)
            root = outer.head == outer.index
            taken = replace(token, head=token.index if root else outer.head, relation=outer.relation)
            yield replace(taken, pos="PROPN") if below else replace(token, pos="PROPN")
        elif token.head in owners and token.index < token.head and base(token.relation) in {"case", "cc", "mark"}:
            yield replace(token, head=owners[token.head])
        else:
            yield token


def _with_called(tree: Tree) -> Iterator[Token]:
    """A name behind "called" as that of the noun before it: "a scanner called Lumen"."""
    called: dict[int, tuple[int, int]] = {}
    for token in tree.tokens[1:-1]:
        behind = token.index + 2 if tree[token.index + 1].text in {'"', "“", "‘", "'"} else token.index + 1
        span = tree.name_at.get(behind)
        noun = tree[token.index - 1]
        if token.text not in {"called", "named", "dubbed", "codenamed"} or noun.pos != "NOUN" or span is None:
            continue
        if noun.index not in tree.name_at and span.form == "whole" and span.start == tree[behind].start:
            name = tree.span_head(span.start, span.end)
            if name not in set(tree.ancestors(noun.index)):
                called[token.index] = (noun.index, name)
    names = {name: noun for noun, name in called.values()}
    for token in tree.tokens:
        if token.index in called:
            yield replace(token, pos="ADJ", head=called[token.index][1], relation="mark")
        elif token.index in names:
            yield replace(token, head=names[token.index], relation="appos")
        elif token.head in called and token.index > token.head:
            yield replace(token, head=called[token.head][0])
        else:
            yield token


STEPS: Final = (_with_called, _with_places, _with_owned_names)
"""Steps from a tree to all its tokens."""
