"""German trees put right: posts taken for adjectives, infinitives for relative clauses, lists of names cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg import german_phrases
from kg.quotation_marks import MARKS
from kg.records import Sentence, Token
from kg.trees import Tree, base, infinitive_with_zu, is_finite, rewritten

_ARTICLES: Final = frozenset({"der", "die", "das", "den", "dem", "des"})
_SIDES: Final = frozenset({"nsubj", "obj", "iobj", "dep", "obl", "nmod", "flat"})


def german(sentence: Sentence) -> Sentence:
    """The sentence with what German news is misread in put right.

    Args:
        sentence: parsed, with its names.
    """
    return rewritten(
        sentence, (_with_posts, *german_phrases.STEPS, _with_own_words, _with_infinitives, _with_lists, _with_agents)
    )


def _with_posts(tree: Tree) -> Iterator[Token]:
    """Posts made of adjectives as the nouns they are: "sagte Huawei-Vorsitzender Gou Ping"."""
    for token in tree.tokens:
        following = tree.name_at.get(token.index + 1)
        compound = "-" in token.text and token.text[:1].isupper() and token.text.rpartition("-")[2][:1].isupper()
        person = following is not None and following.form == "whole" and following.label == "PER"
        if token.pos == "ADJ" and compound and person:
            on_verb = tree[token.head].pos in {"VERB", "AUX"} and base(token.relation) == "amod"
            yield replace(token, pos="NOUN", relation="nsubj" if on_verb else token.relation)
        else:
            yield token


def _with_infinitives(tree: Tree) -> Iterator[Token]:
    """An infinitive with "zu" as complement of the verb above, and its articles as articles.

    "hat Norwegen aufgefordert, den Ausrüster auszuschließen": no relative clause is an infinitive,
    and none is coordinated without "und".
    """
    moved = {t.index: verb for t in tree.tokens if (verb := _complement_of(tree, t)) is not None}
    infinitives = [t.index for t in tree.tokens if t.pos == "VERB" and infinitive_with_zu(tree, t.index)]
    inside = {i for verb in infinitives for i in tree.subtree(verb)}
    for token in tree.tokens:
        following = tree[token.index + 1] if token.index + 1 < len(tree) else token
        if token.index in moved:
            yield replace(token, head=moved[token.index], relation="xcomp")
        elif token.index in inside and token.pos == "PRON" and token.text in _ARTICLES and following.pos == "NOUN":
            yield replace(token, pos="DET", head=following.index, relation="det")
        else:
            yield token


def _with_own_words(tree: Tree) -> Iterator[Token]:
    """What stands between a comma and an infinitive with "zu" as that verb's: "…, der Miliz X Schutz zu geben"."""
    owners = {i: verb for verb, first in _infinitive_phrases(tree) for i in range(first, verb)}
    infinitives = dict(_infinitive_phrases(tree))
    for token in tree.tokens:
        verb = owners.get(token.index)
        if token.index in infinitives and infinitives[token.index] <= token.head < token.index:
            above = _verb_before(tree, infinitives[token.index] - 1)
            yield token if above is None else replace(token, head=above, relation="xcomp")
        elif verb is not None and not infinitives[verb] <= token.head <= verb and token.pos in {"NOUN", "PROPN"}:
            relation = "obl" if tree.case(token.index) else "obl:arg" if _dative(tree, token.index) else "obj"
            yield replace(token, head=verb, relation=relation)
        else:
            yield token


def _dative(tree: Tree, noun: int) -> bool:
    return any(t.text.lower() in {"dem", "der", "einem", "einer"} for t in tree.by_relation(noun, "det"))


def _infinitive_phrases(tree: Tree) -> list[tuple[int, int]]:
    """Infinitives with "zu" that close a phrase behind a comma, each with the phrase's first word."""
    found = []
    for token in tree.tokens:
        if token.pos != "VERB" or not infinitive_with_zu(tree, token.index):
            continue
        comma = next((i for i in range(token.index - 1, -1, -1) if tree[i].text == ","), None)
        if comma is None or comma == 0:
            continue
        inside = tree.tokens[comma + 1 : token.index]
        if not any(t.pos in {"VERB", "AUX", "SCONJ"} or t.text in {"und", "um", "ohne", "statt"} for t in inside):
            found.append((token.index, comma + 1))
    return found


def _verb_before(tree: Tree, place: int) -> int | None:
    """The last main verb before a place."""
    return next((i for i in range(place - 1, -1, -1) if tree[i].pos == "VERB"), None)


def _complement_of(tree: Tree, token: Token) -> int | None:
    """The verb that an infinitive belongs to which the parser took for something else than its complement."""
    if not infinitive_with_zu(tree, token.index):
        return None
    relation, above = base(token.relation), tree[token.head]
    if relation in {"conj", "parataxis", "dep"} and above.pos == "VERB" and above.index < token.index:
        coordinated = any(True for _ in tree.by_relation(token.index, "cc")) or infinitive_with_zu(tree, above.index)
        return None if coordinated else above.index
    verb = tree[above.head]
    of_argument = above.index in tree.name_at and base(above.relation) in {"obj", "iobj", "nsubj"}
    return verb.index if relation == "acl" and of_argument and verb.pos == "VERB" else None


def _with_lists(tree: Tree) -> Iterator[Token]:
    """A name behind "und" as conjunct of the name straight before it: "Von X und Y ist Z verklagt worden"."""
    for token in tree.tokens:
        first = _listed_with(tree, token.index) if token.index in tree.name_at else None
        if first is not None and token.index not in set(tree.ancestors(first)):
            yield replace(token, head=first, relation="conj")
        else:
            yield token


def _listed_with(tree: Tree, name: int) -> int | None:
    span = tree.name_at[name]
    start, last = tree.bounds(span)
    own = span.form == "whole" and tree.span_head(span.start, span.end) == name
    place = start - 2 if start and tree[start - 1].text in MARKS else start - 1
    if not own or place < 1 or tree[place].text not in {"und", "sowie", "oder"}:
        return None
    before = place - 2 if tree[place - 1].text in MARKS else place - 1
    other = tree.name_at.get(before)
    alike = other is not None and (other.label == span.label or {other.label, span.label} == {"ORG", "MISC"})
    if other is None or other.form != "whole" or not alike or base(tree[name].relation) not in _SIDES:
        return None
    first = tree.span_head(other.start, other.end)
    new_clause = last + 1 < len(tree) and is_finite(tree[last + 1]) and tree[last + 1].index == tree[name].head
    same = tree[name].head in {tree[first].head, first}
    return first if same and not new_clause and not tree.case(name) else None


def _with_agents(tree: Tree) -> Iterator[Token]:
    """Who does what an event noun says, on that noun: "Übernahme von X durch Y"."""
    for token in tree.tokens:
        patient = tree[token.head]
        event = tree[patient.head]
        named = patient.index in tree.name_at and base(patient.relation) == "nmod" and event.pos == "NOUN"
        if named and token.relation == "nmod" and tree.case(token.index) == "durch" and event.index < patient.index:
            yield replace(token, head=event.index)
        else:
            yield token
