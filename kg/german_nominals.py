"""German nominals set apart or put together: lists, an object behind a person, seasons, spans of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.roles import case_by_form
from kg.trees import Tree, base, feature, is_finite, rehung
from kg.voice import is_passive

_SPANS: Final = frozenset("Jahr Monat Woche Tag Stunde Minute Jahrzehnt Jahrhundert Sekunde".split())
_LATER: Final = frozenset("später früher zuvor danach vorher darauf lang nachher".split())
_DIRECTIONS: Final = frozenset(
    "nördlich südlich östlich westlich nordöstlich nordwestlich südöstlich südwestlich unweit oberhalb unterhalb "
    "außerhalb innerhalb abseits jenseits diesseits links rechts inmitten seitlich nahe".split()
)
_CORE: Final = frozenset({"nsubj", "obj", "iobj", "dep", "obl", "appos"})


def with_seasons(tree: Tree) -> Iterator[Token]:
    """Numbers on both sides of a stroke as one: "1998/99"."""
    for token in tree.tokens:
        stroke = token.index > 1 and tree[token.index - 1].text == "/" and tree[token.index - 2].pos == "NUM"
        if token.pos == "NUM" and stroke and base(token.relation) == "conj":
            yield replace(token, head=token.index - 2, relation="flat")
        else:
            yield token


def with_spans(tree: Tree) -> Iterator[Token]:
    """A span of time before "später" as a time of its verb: "kehrte ein Jahr später zurück"."""
    spans: dict[int, int] = {}
    for token in tree.tokens[1:]:
        noun = tree[token.index - 1]
        free = base(noun.relation) in {"nsubj", "obj", "obl", "nmod", "advmod", "dep", "iobj"}
        if token.text in _LATER and noun.lemma in _SPANS and free and not tree.case(noun.index):
            spans[noun.index] = token.index
    later = {adverb: noun for noun, adverb in spans.items()}
    for token in tree.tokens:
        if token.index in spans:
            inside = token.head == spans[token.index]
            head = tree[spans[token.index]].head if inside else token.head
            yield replace(token, head=head, relation="obl")
        elif token.index in later:
            yield replace(token, head=later[token.index], relation="flat")
        elif token.head in later and token.index != later[token.head]:
            yield replace(token, head=later[token.head])
        else:
            yield token


def with_lists(tree: Tree) -> Iterator[Token]:
    """Nominals that a comma parts from the one straight before as members of one list.

    "Dazu zählen der Physiker A, die Sängerin B sowie der Maler C": no subject and object stand so.
    """
    for token in tree.tokens:
        first = _list_before(tree, token)
        yield replace(token, head=first, relation="conj") if first is not None else token


def _list_before(tree: Tree, token: Token) -> int | None:
    if token.pos not in {"NOUN", "PROPN"} or base(token.relation) not in _CORE or tree.case(token.index):
        return None
    members = [t for t in tree.by_relation(token.index, "conj") if any(True for _ in tree.by_relation(t.index, "cc"))]
    start = min(i for i in tree.subtree(token.index) if tree[i].pos != "PUNCT")
    if not members or start < 2 or tree[start - 1].text != ",":
        return None
    for other in tree.by_relation(token.head, "nsubj", "obj", "dep"):
        if other.index < token.index and other.pos in {"NOUN", "PROPN"} and not tree.case(other.index):
            verb = tree[token.head]
            behind = verb.index < other.index or verb.index > token.index
            if behind and max(tree.subtree(other.index)) == start - 2 and members[0].pos in {"NOUN", "PROPN"}:
                return other.index
    return None


def with_persons(tree: Tree) -> Iterator[Token]:
    """A noun behind a person's name as the object of a verb that has none: "studierte Ada Vogt Geschichte"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        span = tree.name_at.get(token.head)
        person = tree[token.head]
        known = span is not None and span.form == "whole" and span.label == "PER"
        unknown = span is None and person.pos == "PROPN" and feature(token, "Number") == "Plur"
        if token.pos != "NOUN" or not (known or unknown):
            continue
        last = tree.bounds(span)[1] if span is not None else max(_name_words(tree, person.index, token.index))
        behind = last + 1 == min(tree.subtree(token.index))
        tied = base(token.relation) in {"flat", "appos", "nmod"} and not tree.case(token.index)
        if not tied or not behind or token.index in tree.name_at or case_by_form(tree, token.index) in {"Nom", "Dat"}:
            continue
        top = tree[person.head] if base(person.relation) in {"appos", "flat"} else person
        verb = tree[top.head] if base(top.relation) == "nsubj" else None
        if (
            verb is None
            or verb.pos != "VERB"
            or is_passive(tree, verb.index)
            or list(tree.by_relation(verb.index, "obj"))
        ):
            continue
        if _finite_before(tree, verb.index) < top.index:
            moved[token.index] = (verb.index, "obj")
            for other in tree.by_relation(person.index, "conj"):
                if other.index > token.index and other.index not in tree.name_at:
                    moved[other.index] = (token.index, "conj")
    yield from rehung(tree, moved)


def _name_words(tree: Tree, name: int, before: int) -> list[int]:
    """The words of a name that no list knows."""
    return [name, *(t.index for t in tree.by_relation(name, "flat") if t.index < before and t.pos == "PROPN")]


def _finite_before(tree: Tree, verb: int) -> int:
    """The place of a verb's finite form; beyond the sentence if there is none."""
    finite = [t.index for t in (tree[verb], *tree.by_relation(verb, "aux", "cop")) if is_finite(t)]
    return min(finite, default=len(tree))


def with_comparisons(tree: Tree) -> Iterator[Token]:
    """A nominal behind "wie" before the finite verb as a comparison: "Wie die Schweiz ist auch das Mittelland arm"."""
    compared: dict[int, int] = {}
    for token in tree.tokens:
        if token.text.lower() == "wie" and (token.index == 0 or tree[token.index - 1].text == ","):
            noun = next((t for t in tree.tokens[token.index + 1 :] if t.pos in {"NOUN", "PROPN", "VERB", "AUX"}), None)
            if noun is None or base(noun.relation) != "nsubj" or tree.case(noun.index):
                continue
            behind = max((i for i in tree.subtree(noun.index)), default=noun.index) + 1
            verb = behind < len(tree) and tree[behind].pos in {"VERB", "AUX"} and is_finite(tree[behind])
            closes = behind + 1 >= len(tree) or tree[behind + 1].pos == "PUNCT"
            if verb and not closes and token.index == 0:
                compared[noun.index] = token.index
    marks = {mark: noun for noun, mark in compared.items()}
    for token in tree.tokens:
        if token.index in compared:
            yield replace(token, relation="obl")
        elif token.index in marks:
            yield replace(token, pos="ADP", head=marks[token.index], relation="case")
        else:
            yield token


def with_front(tree: Tree) -> Iterator[Token]:
    """Two nominals side by side before the finite verb as one: "Der Roman Die Blechtrommel machte Günter bekannt".

    Only one constituent stands there; what the parser took for a second subject is the object.
    """
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        if token.pos not in {"VERB", "AUX"} or base(token.relation) not in {"root", "conj", "parataxis"}:
            continue
        finite = _finite_before(tree, token.index)
        core = [t for t in tree.by_relation(token.index, "nsubj", "obj", "iobj", "dep") if not tree.case(t.index)]
        front = [t for t in core if t.index < finite and t.pos in {"NOUN", "PROPN"}]
        if len(front) != 2 or finite > token.index or base(front[0].relation) != "nsubj":
            continue
        first, second = (tree.subtree(t.index) for t in front)
        closes = finite + 1 >= len(tree) or tree[finite + 1].pos == "PUNCT"  # "wenn der Staat die Strafe abschafft,"
        if max(first) + 1 != min(second) or max(second) + 1 != finite or closes:
            continue
        moved[front[1].index] = (front[0].index, "appos")
        behind = [t for t in core if t.index > finite]
        if base(front[1].relation) != "nsubj" and len(behind) == 1 and base(behind[0].relation) == "nsubj":
            moved[behind[0].index] = (token.index, "obj")
    yield from rehung(tree, moved)


def with_directions(tree: Tree) -> Iterator[Token]:
    """ "südlich von X", "unweit des Sees": adverbs of place as part of the preposition of the nominal behind."""
    heads: dict[int, int] = {}
    for token in tree.tokens[:-2]:
        if token.text.lower() not in _DIRECTIONS:
            continue
        place = token.index + 1
        noun = tree[place].head if tree[place].text in {"von", "vom"} else _genitive_behind(tree, place)
        if noun is not None and noun > token.index and tree[noun].pos in {"NOUN", "PROPN", "NUM"}:
            heads[token.index] = noun
    adverbs = {noun: adverb for adverb, noun in heads.items()}
    for token in tree.tokens:
        if token.index in heads:
            yield replace(token, pos="ADP", head=heads[token.index], relation="case")
        elif token.index in adverbs:
            adverb = tree[adverbs[token.index]]
            above = adverb.head if adverb.head != token.index else token.head
            nominal = tree[above].pos in {"NOUN", "PROPN"} and not any(True for _ in tree.by_relation(above, "cop"))
            yield replace(token, head=above, relation="nmod" if nominal else "obl")
        elif token.head in heads and token.index not in adverbs:
            yield replace(token, head=heads[token.head])
        else:
            yield token


def _genitive_behind(tree: Tree, place: int) -> int | None:
    """The noun of a genitive that begins at a place."""
    token = tree[place]
    if token.pos == "DET" and token.text.lower() in {
        "des",
        "der",
        "eines",
        "einer",
        "seines",
        "ihres",
        "ihrer",
        "seiner",
    }:
        return token.head if token.head > place else None
    return None


STEPS: Final = (with_seasons, with_spans, with_lists, with_persons, with_comparisons, with_directions, with_front)
"""In the order they are taken, each from a tree to all its tokens."""
