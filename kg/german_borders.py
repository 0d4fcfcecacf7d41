"""German phrases on their side of a border: new clauses behind "und", appositions, attributes before their noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Token
from kg.trees import Tree, base, feature, is_finite, rehung
from kg.voice import is_passive

_LONG: Final = {
    ("im", "Gegensatz"): "zu zum zur",
    ("im", "Vergleich"): "zu zum zur mit",
    ("im", "Unterschied"): "zu zum zur",
    ("im", "Verhältnis"): "zu zum zur",
    ("im", "Anschluss"): "an",
    ("im", "Hinblick"): "auf",
    ("im", "Zusammenhang"): "mit",
    ("im", "Einklang"): "mit",
    ("in", "Bezug"): "auf",
    ("in", "Verbindung"): "mit",
    ("in", "Zusammenarbeit"): "mit",
    ("in", "Kooperation"): "mit",
    ("in", "Anlehnung"): "an",
    ("mit", "Ausnahme"): "von",
    ("mit", "Hilfe"): "von",
    ("mit", "Blick"): "auf",
    ("auf", "Grund"): "von",
    ("an", "Stelle"): "von",
}
_SET_ADVERBS: Final = frozenset({("zum", "Beispiel"), ("zum", "Teil"), ("im", "Allgemeinen"), ("im", "Wesentlichen")})
_WAYS: Final = frozenset("ab aus ein an auf zurück um weg heraus herein hinein hinaus hervor hinab herab durch".split())
"""Particles of verbs that tell where something goes."""
_CORE: Final = frozenset({"nsubj", "obj", "iobj", "dep", "obl"})


def with_new_clauses(tree: Tree) -> Iterator[Token]:
    """A nominal between "und" and a finite verb as that verb's subject: "wechselte der Stil und die Preise sanken"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        first = tree[token.head]
        if base(token.relation) != "conj" or token.pos not in {"NOUN", "PROPN", "PRON"} or token.index in moved:
            continue
        joined = any(t.text in {"und", "oder", "aber", "doch"} for t in tree.by_relation(token.index, "cc"))
        end = max(i for i in tree.subtree(token.index)) + 1
        if not joined or end >= len(tree) or not is_finite(tree[end]) or tree[end].pos not in {"VERB", "AUX"}:
            continue
        verb = tree[first.head]
        before = [t for t in (verb, *tree.by_relation(verb.index, "aux", "cop")) if is_finite(t)]
        own = tree[end].head if base(tree[end].relation) in {"aux", "cop"} else end
        if not before or min(t.index for t in before) > first.index or own in {verb.index, token.index} or own < end:
            continue
        if any(True for _ in tree.by_relation(own, "nsubj")) or tree.case(first.index) == "zwischen":
            continue
        moved[token.index] = (own, "nsubj")
        if own not in set(tree.ancestors(verb.index)):
            moved[own] = (verb.index, "conj")
    yield from rehung(tree, moved)


def with_appositions(tree: Tree) -> Iterator[Token]:
    """A nominal that a comma alone adds to a finished clause as apposition: "hat X angezeigt, einen Reporter"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        if token.pos not in {"NOUN", "PROPN"} or base(token.relation) not in _CORE or tree.case(token.index):
            continue
        inside = [i for i in tree.subtree(token.index) if tree[i].pos != "PUNCT"]
        comma = min(inside) - 1
        verb = tree[token.head]
        group = [verb.index, *(t.index for t in tree.by_relation(verb.index, "aux", "cop", "compound"))]
        if comma < 1 or tree[comma].text != "," or max(group) > comma or verb.pos not in {"VERB", "AUX"}:
            continue
        listed = any(base(tree[i].relation) == "cc" for i in inside) or any(
            True for _ in tree.by_relation(token.index, "conj")
        )
        after = max(inside) + 1
        ends = after >= len(tree) or tree[after].pos == "PUNCT"
        nominals = [
            t
            for t in tree.by_relation(verb.index, "obj", "nsubj", "iobj", "dep", "obl")
            if t.index < comma and t.pos in {"NOUN", "PROPN"}
        ]
        last = tree[comma - 1]
        near = next(
            (t for t in nominals if last.index in tree.subtree(t.index) and last.pos not in {"VERB", "AUX"}), None
        )
        closed = last.index in group  # "hat X angezeigt, einen Reporter"
        behind = next((t for t in reversed(nominals) if closed and not tree.case(t.index)), None)
        noun = near if near is not None else behind
        if not listed and ends and noun is not None:
            moved[token.index] = (noun.index, "appos")
    yield from rehung(tree, moved)


def with_attributes(tree: Tree) -> Iterator[Token]:
    """What stands between an article and its noun's adjective as the adjective's: "das in Bonn ansässige Haus"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        if token.pos not in {"NOUN", "PROPN"}:
            continue
        determiner = next((t.index for t in tree.by_relation(token.index, "det") if t.index < token.index), None)
        if determiner is None:
            continue
        adjectives = [t.index for t in tree.by_relation(token.index, "amod") if determiner < t.index < token.index]
        if not adjectives:
            continue
        for inner in tree.tokens[determiner + 1 : adjectives[-1]]:
            outside = inner.head < determiner or inner.head > token.index
            if outside and tree.case(inner.index) and determiner < min(tree.subtree(inner.index)):
                adjective = next(a for a in adjectives if a > inner.index)
                moved[inner.index] = (adjective, "obl")
    yield from rehung(tree, moved)


def with_agents(tree: Tree) -> Iterator[Token]:
    """Who does it, on the verb of a passive without agent: "wurde Magdeburg vom Hochwasser getroffen"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        subject = tree[token.head]
        if base(token.relation) != "nmod" or base(subject.relation) != "nsubj" or token.index < subject.index:
            continue
        verb = subject.head
        helpers = [t for t in tree.by_relation(verb, "aux") if t.lemma == "werden" and is_finite(t)]
        if not helpers or helpers[0].index > subject.index or verb < token.index or not is_passive(tree, verb):
            continue
        agent = any(tree.case(t.index) in {"von", "durch"} for t in tree.by_relation(verb, "obl", "nmod"))
        before = [t.text.lower() for t in tree.by_relation(token.index, "case", "det")]
        definite = "vom" in before or bool({"der", "einem", "einer", "dem"} & set(before))
        named = subject.index in tree.name_at or subject.pos == "PROPN"
        if tree.case(token.index) == "von" and not agent and definite and (named or "ein" in "".join(before)):
            moved[token.index] = (verb, "obl:agent")
    yield from rehung(tree, moved)


def with_ways(tree: Tree) -> Iterator[Token]:
    """Where something goes, on the verb and not on the subject behind it: "stieg der Verein aus der Liga ab"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens:
        subject = tree[token.head]
        if base(token.relation) != "nmod" or base(subject.relation) != "nsubj" or token.index < subject.index:
            continue
        verb = tree[subject.head]
        finite = [t.index for t in (verb, *tree.by_relation(verb.index, "aux", "cop")) if is_finite(t)]
        case = tree.case(token.index)
        if not case or case == "von" or not finite or min(finite) > subject.index or verb.pos not in {"VERB", "AUX"}:
            continue
        after = max(tree.subtree(token.index)) + 1
        particle = any(t.index == after and t.text in _WAYS for t in tree.by_relation(verb.index, "compound"))
        if particle or (case in {"in", "auf", "an"} and _accusative(tree, token)):
            moved[token.index] = (verb.index, "obl")
    yield from rehung(tree, moved)


def _accusative(tree: Tree, token: Token) -> bool:
    """Whether a nominal behind "in", "auf" or "an" tells a direction."""
    words = {t.text.lower() for t in tree.by_relation(token.index, "det", "case")}
    return feature(token, "Case") == "Acc" and bool(words & {"das", "den", "die", "ein", "einen", "eine", "ins", "ans"})


def with_owned(tree: Tree) -> Iterator[Token]:
    """A noun behind "dessen" or "deren" as subject of a clause without: "Emirate, deren Gerichte diese … führen"."""
    owned: set[int] = set()
    for token in tree.tokens:
        if token.text in {"dessen", "deren"} and base(token.relation) in {"nmod", "det"}:
            noun = tree[token.head]
            verb = tree[noun.head]
            bare = base(noun.relation) in {"obj", "dep"} and not tree.case(noun.index) and token.index < noun.index
            if bare and base(verb.relation) == "acl" and not any(True for _ in tree.by_relation(verb.index, "nsubj")):
                owned.add(noun.index)
    for token in tree.tokens:
        yield replace(token, relation="nsubj") if token.index in owned else token


def with_long_prepositions(tree: Tree) -> Iterator[Token]:
    """ "im Gegensatz zu", "in Zusammenarbeit mit" as one preposition, "zum Beispiel" as an adverb."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens[1:-1]:
        before, after = tree[token.index - 1], tree[token.index + 1]
        if before.pos != "ADP" or token.pos != "NOUN" or before.head != token.index:
            continue
        if (before.text.lower(), token.text) in _SET_ADVERBS:
            moved.update(
                {t.index: (token.head, "obl") for t in tree.by_relation(token.index, "nmod") if tree.case(t.index)}
            )
            moved[token.index] = (token.head, "advmod")
        elif after.text.lower() in _LONG.get((before.text.lower(), token.text), "").split():
            noun = after.head
            if noun > after.index and tree[noun].head == token.index:
                moved[noun] = (token.head, "obl" if base(token.relation) == "obl" else token.relation)
                moved[token.index] = (noun, "case")
                moved[before.index] = (noun, "case")
    for token in rehung(tree, moved):
        yield (
            replace(token, pos="ADP" if token.relation == "case" else "ADV")
            if token.index in moved
            and token.relation
            in {
                "case",
                "advmod",
            }
            else token
        )


def with_dated(tree: Tree) -> Iterator[Token]:
    """A year behind its preposition as a time, the noun behind it as its own: "war bis 1919 Garnison"."""
    moved: dict[int, tuple[int, str]] = {}
    for token in tree.tokens[1:-1]:
        before, noun = tree[token.index - 1], tree[token.index + 1]
        year = token.text.isdigit() and len(token.text) == 4 and token.head == noun.index
        timed = before.text.lower() in {"bis", "seit", "ab", "um", "nach", "vor"} and before.head == noun.index
        if not year or not timed or noun.pos != "NOUN" or base(noun.relation) != "obl":
            continue
        copula = tree[noun.head].lemma in {"sein", "werden", "bleiben"}
        taken = any(True for _ in tree.by_relation(noun.head, "obj"))
        moved[token.index] = (noun.head, "obl")
        moved[before.index] = (token.index, "case")
        moved[noun.index] = (noun.head, "xcomp" if copula else "dep" if taken else "obj")
    yield from rehung(tree, moved)


STEPS: Final = (
    with_long_prepositions,
    with_dated,
    with_ways,
    with_owned,
    with_new_clauses,
    with_appositions,
    with_attributes,
    with_agents,
)
"""In the order they are taken, each from a tree to all its tokens."""
