"""English phrases hung where they belong: names of a list, times, what is told, what somebody is sentenced for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.english_clauses import has, is_participle, put
from kg.records import Token
from kg.trees import TEMPORAL, Tree, base, has_finite

_TELLING: Final = frozenset("tell inform assure warn remind convince persuade notify promise show advise".split())
_SENTENCED: Final = frozenset(
    "sentence jail fine convict criticise criticize arrest thank praise blame punish charge prosecute sue condemn "
    "imprison honour honor reward ban suspend dismiss sack fire indict "
    "accuse suspect acquit".split()
)


def _with_lists_of_names(tree: Tree) -> Iterator[Token]:
    """A name behind a comma as a member of the list, not as a part of the name before: "Shell, BP and Total"."""
    changed: dict[int, Token] = {}
    for token in tree.tokens[2:]:
        goes_on = has(tree, token.head, "conj") and token.head < token.index
        if token.relation == "flat" and token.pos == "PROPN" and tree[token.index - 1].text == "," and goes_on:
            changed[token.index] = replace(token, relation="conj")
    yield from put(tree, changed)


def _with_times_of_agents(tree: Tree) -> Iterator[Token]:
    """A time behind who did something as the verb's: "made by the potters of the island between 1650 and 1720"."""
    changed: dict[int, Token] = {}
    for token in tree.tokens:
        time = token.lemma in TEMPORAL or (token.text.isdigit() and len(token.text) == 4)
        if (
            token.relation != "nmod"
            or not time
            or tree.case(token.index) not in {"in", "on", "between", "since", "until"}
        ):
            continue
        agent = next(
            (
                i
                for i in tree.ancestors(token.index)
                if tree[i].pos not in {"NOUN", "PROPN", "NUM"} or tree[i].relation == "obl:agent"
            ),
            None,
        )
        if agent is not None and tree[agent].relation == "obl:agent" and agent < token.index:
            changed[token.index] = replace(token, head=tree[agent].head, relation="obl")
    yield from put(tree, changed)


def _with_what_is_told(tree: Tree) -> Iterator[Token]:
    """A whole clause with "that" behind who is told it as the verb's: "told parliament that the figures were wrong"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        hearer = tree[verb.head]
        teller = tree[hearer.head]
        if verb.relation not in {"acl:relcl", "acl"} or base(hearer.relation) not in {"iobj", "obj"}:
            continue
        marked = any(t.text.lower() == "that" for t in tree.by_relation(verb.index, "mark"))
        whole = marked and has(tree, verb.index, "nsubj") and has_finite(tree, verb.index)
        if whole and teller.lemma.lower() in _TELLING and teller.index < hearer.index:
            changed[verb.index] = replace(verb, head=teller.index, relation="ccomp")
            changed[hearer.index] = replace(hearer, relation="iobj")
    yield from put(tree, changed)


def _with_measures(tree: Tree) -> Iterator[Token]:
    """The preposition before a figure on what is measured: "by 14 per cent", "between 6 and 25 years"."""
    changed: dict[int, Token] = {}
    for token in tree.tokens:
        figure = tree[token.head]
        noun = tree[figure.head]
        before = token.relation == "case" and figure.relation == "nummod" and token.index < figure.index < noun.index
        if before and noun.pos in {"NOUN", "SYM"} and not tree.case(noun.index):
            changed[token.index] = replace(token, head=noun.index)
    yield from put(tree, changed)


def _with_deeds(tree: Tree) -> Iterator[Token]:
    """A gerund behind "for" on who did it: "sentenced the mayor to four years in prison for accepting bribes"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens:
        marks = {t.text.lower() for t in tree.by_relation(verb.index, "mark", "case")}
        behind = marks & {"for", "of"}
        if verb.pos != "VERB" or not verb.text.endswith("ing") or not behind or has(tree, verb.index, "nsubj"):
            continue
        governor = next((i for i in tree.ancestors(verb.index) if tree[i].pos == "VERB"), None)
        if governor is None or governor > verb.index or tree[governor].lemma.lower() not in _SENTENCED:
            continue
        whole = [*tree.by_relation(governor, "obj", "iobj"), *tree.by_relation(governor, "nsubj:pass")]
        whole = [t for t in whole if t.index < verb.index]
        if whole:
            changed[verb.index] = replace(verb, head=whole[0].index, relation="acl")
    yield from put(tree, changed)


def _with_nouns_of_adjectives(tree: Tree) -> Iterator[Token]:
    """A noun behind an adjective that took its place as the head of the two: "off the Scottish coast"."""
    changed: dict[int, Token] = {}
    for adjective in tree.tokens[:-1]:
        noun = tree[adjective.index + 1]
        same = adjective.pos == "ADJ" and noun.pos == "NOUN" and noun.head == adjective.head
        if (
            same
            and base(adjective.relation) in {"obl", "nmod"}
            and tree.case(adjective.index)
            and not tree.case(noun.index)
        ):
            changed[adjective.index] = replace(adjective, head=noun.index, relation="amod")
            cases = tree.by_relation(adjective.index, "case", "det")
            changed |= {t.index: replace(t, head=noun.index) for t in cases}
    yield from put(tree, changed)


def _with_brackets(tree: Tree) -> Iterator[Token]:
    """A participle in brackets as its noun's: "Candace Savage (born 1949) is a writer"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens[1:]:
        noun = tree[verb.head]
        opened = tree[verb.index - 1].text == "(" and noun.index < verb.index and noun.pos in {"NOUN", "PROPN"}
        if is_participle(verb) and verb.relation == "parataxis" and opened:
            changed[verb.index] = replace(verb, relation="acl")
    yield from put(tree, changed)


def _with_two_names(tree: Tree) -> Iterator[Token]:
    """Two names with "and" between them as two: "Aabenraa County and Sønderborg County merged"."""
    changed: dict[int, Token] = {}
    for name in tree.tokens:
        other = tree[name.head]
        joined = any(
            name.index < t.index < other.index and t.text in {"and", "or"} for t in tree.by_relation(other.index, "cc")
        )
        spans = tree.name_at.get(name.index), tree.name_at.get(other.index)
        apart = None not in spans and spans[0] != spans[1]
        if base(name.relation) in {"compound", "flat"} and name.pos == other.pos == "PROPN" and joined and apart:
            root = other.head == other.index
            changed[name.index] = replace(name, head=name.index if root else other.head, relation=other.relation)
            changed[other.index] = replace(other, head=name.index, relation="conj")
    yield from put(tree, changed)


def _with_noun_forms(tree: Tree) -> Iterator[Token]:
    """A noun that looks like a participle as the head of the noun before: "cut its sales forecast"."""
    changed: dict[int, Token] = {}
    for verb in tree.tokens[1:]:
        noun = tree[verb.index - 1]
        beside = verb.relation == "xcomp" and noun.head == verb.head and noun.relation == "obj" and noun.pos == "NOUN"
        regular = verb.text.endswith(("ed", "en", "ing", "wn"))
        if not beside or not is_participle(verb) or regular or not has(tree, noun.index, "nmod", "det"):
            continue
        changed[verb.index] = replace(verb, pos="NOUN", feats="Number=Sing", relation="obj")
        changed[noun.index] = replace(noun, head=verb.index, relation="compound")
        for child in (*tree.children[verb.index], *tree.children[noun.index]):
            outer = base(tree[child].relation) in {"advcl", "obl", "punct"} and child > verb.index
            changed[child] = replace(tree[child], head=verb.head if outer else verb.index)
    yield from put(tree, changed)


_CONJUNCTIONS: Final = frozenset({"after", "before", "since", "until", "as"})


def _with_conjunctions(tree: Tree) -> Iterator[Token]:
    """A conjunction that was taken for the preposition of a subject: "after the chip maker cut its forecast"."""
    changed: dict[int, Token] = {}
    for token in tree.tokens:
        noun = tree[token.head]
        verb = tree[noun.head]
        before = token.relation == "case" and token.index < noun.index < verb.index
        if (
            before
            and token.text.lower() in _CONJUNCTIONS
            and base(noun.relation) == "nsubj"
            and has_finite(tree, verb.index)
        ):
            changed[token.index] = replace(token, head=verb.index, relation="mark", pos="SCONJ")
    yield from put(tree, changed)


STEPS: Final = (
    _with_noun_forms,
    _with_conjunctions,
    _with_lists_of_names,
    _with_times_of_agents,
    _with_what_is_told,
    _with_measures,
    _with_deeds,
    _with_nouns_of_adjectives,
    _with_brackets,
    _with_two_names,
)
"""Steps from a tree to all its tokens."""
