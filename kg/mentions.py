"""Mentions: every place in an article that speaks of something which may become a node.

Names come from :mod:`kg.names`; here they get a type and a head, and descriptions ("das
Unternehmen", "der chinesische Riese") and pronouns join them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.name_index import NameIndex, class_of_noun
from kg.nominals import house_of_post, noun_lemma
from kg.ontology import Ontology
from kg.records import Analysis, Mention, NamedSpan, Token
from kg.trees import Tree, base, feature, tree_of

TYPE_OF_LABEL: Final = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "MISC": "Product"}
GOVERNMENT: Final = frozenset(
    {"Regierung", "Administration", "Staatsführung", "Bundesregierung", "government", "administration"}
)
"""Nouns for what acts for a whole country."""

STATE: Final = frozenset({"Staat", "Bund", "state"})
"""Nouns for a country itself, where an adjective says which: "der italienische Staat"."""

_DEFINITE: Final = frozenset(
    "der die das des dem den dieser diese dieses diesem diesen beim vom zum zur im am the this that these those".split()
)
_PRONOUNS: Final = {
    "de": frozenset("er sie es ihn ihm ihr ihnen".split()),
    "en": frozenset("he she it him her they them".split()),
}
_POSSESSIVES: Final = ("sein", "ihr", "his", "her", "its", "their")


def mentions(analysis: Analysis, index: NameIndex, ontology: Ontology) -> tuple[Mention, ...]:
    """All mentions of an article, in reading order.

    Args:
        analysis: with its names recognised.
        index: the gazetteer for its language.
        ontology: its nouns tell descriptions from other noun phrases.
    """
    found: list[Mention] = []
    for sentence in analysis.sentences:
        tree = tree_of(sentence)
        here = [_of_name(tree, span, analysis, index) for span in sentence.names]
        here += list(_descriptions(tree, analysis, ontology))
        here += list(_pronouns(tree, analysis))
        found.extend(sorted((m for m in here if m is not None), key=lambda m: (m.start, m.end)))
    return tuple(found)


_GROUPS: Final = frozenset({"Konzern", "Gruppe"})
_CAPITALS: Final = re.compile(r"[A-Z]{2,4}")


def _of_name(tree: Tree, span: NamedSpan, analysis: Analysis, index: NameIndex) -> Mention | None:
    text = analysis.article.text[span.start : span.end]
    head = tree.span_head(span.start, span.end)
    type_name = TYPE_OF_LABEL.get(span.label, "Thing")
    if type_name == "Person" and _CAPITALS.fullmatch(text.split()[-1]):
        type_name = "Organization"  # "Stability AI"; no surname is written in capitals
    place = tree.sentence.index
    if span.form == "derived":
        entry = index.demonym(text) or next(iter(index.find(text)), None)
        if entry is None:
            return None
        return Mention(place, span.start, span.end, text, "demonym", entry.type, head, whole=False)
    if span.form == "part":
        token = tree[head]
        tail = noun_lemma(tree, head)
        whole = tail in GOVERNMENT and any(e.type == "Country" for e in index.find(text))
        whole = whole or (tail in _GROUPS and span.label == "ORG")  # "der Volkswagen-Konzern" is Volkswagen
        end = token.end if whole else span.end
        return Mention(place, span.start, end, text, "compound", type_name, head, whole=whole)
    if _in_parentheses_behind_person(tree, head) and any(e.type == "PoliticalParty" for e in index.find(text)):
        type_name = "PoliticalParty"  # "Fabio De Masi (Linke)"
    return Mention(place, span.start, span.end, text, "name", type_name, head)


def _in_parentheses_behind_person(tree: Tree, name: int) -> bool:
    before = tree.name_at.get(name - 2)
    return name > 1 and tree[name - 1].text == "(" and before is not None and before.label == "PER"


def _descriptions(tree: Tree, analysis: Analysis, ontology: Ontology) -> Iterator[Mention]:
    nouns = ontology.nouns(analysis.language)
    for token in tree.tokens:
        span = tree.name_at.get(token.index)
        if span is not None and span.form == "derived" and _inhabitants(tree, token):
            words = analysis.article.text[_phrase_start(tree, token.index) : token.end]
            start = _phrase_start(tree, token.index)
            yield Mention(tree.sentence.index, start, token.end, words, "description", "Agent", token.index)
            continue
        house = house_of_post(token.text) if token.pos == "NOUN" and span is None else ""
        if house and token.index + 1 in tree.name_at:  # "Konzernchefin Kolb": the group that is spoken of
            place = tree.sentence.index
            yield Mention(place, token.start, token.end, token.text, "description", house, token.index, whole=False)
            continue
        if token.pos != "NOUN" or (span is not None and span.form == "whole") or not _definite(tree, token.index):
            continue
        tail = noun_lemma(tree, token.index)
        class_name = "Country" if tail in STATE else class_of_noun(tail, nouns)
        if span is not None and tail in GOVERNMENT:
            continue  # "die US-Regierung" is a mention of its own
        if class_name is None or _plural(tree, token):
            continue
        start = _phrase_start(tree, token.index)
        words = analysis.article.text[start : token.end]
        yield Mention(tree.sentence.index, start, token.end, words, "description", class_name, token.index)


def _inhabitants(tree: Tree, token: Token) -> bool:
    """Whether a word is a noun for those from a place, standing for itself: "die Wolfsburger"."""
    if not token.text[:1].isupper() or base(token.relation) in {"amod", "appos", "flat"}:
        return False
    following = tree[token.index + 1].pos if token.index + 1 < len(tree) else ""
    return following not in {"NOUN", "PROPN", "ADJ"} and _definite(tree, token.index)


def _plural(tree: Tree, noun: Token) -> bool:
    """Whether a noun is plural; its own form and determiner count more than the parser's word."""
    if feature(noun, "Number") != "Plur":
        return False
    determiners = {t.text.lower() for t in tree.by_relation(noun.index, "det")}
    singular = {"das", "des", "dem", "dieses", "diesem", "this", "that"}
    return noun.text != noun.lemma or not (determiners & singular or determiners == {"der"})


def _definite(tree: Tree, noun: int) -> bool:
    for token in (*tree.by_relation(noun, "det"), *tree.by_relation(noun, "case")):
        if token.text.lower() in _DEFINITE:
            return True
    before = noun - 1
    while before >= 0 and tree[before].pos == "ADJ":
        before -= 1
    return before >= 0 and tree[before].text.lower() in _DEFINITE and tree[before].pos in {"DET", "ADP"}


def _phrase_start(tree: Tree, noun: int) -> int:
    index = noun
    while index > 0 and tree[index - 1].head in {noun, index} and _opens_phrase(tree, index - 1):
        index -= 1
    return tree[index].start


def _opens_phrase(tree: Tree, index: int) -> bool:
    """Whether a word belongs to the phrase of the noun behind it: "the Arlington company"."""
    return tree[index].pos in {"ADJ", "DET", "ADV", "NUM"} or tree[index].relation == "compound"


def _pronouns(tree: Tree, analysis: Analysis) -> Iterator[Mention]:
    for token in tree.tokens:
        word = token.text.lower()
        possessive = token.relation in {"det:poss", "nmod:poss"} and word.startswith(_POSSESSIVES)
        if token.pos in {"PRON", "DET"} and (word in _PRONOUNS[analysis.language] or possessive):
            yield Mention(
                tree.sentence.index, token.start, token.end, token.text, "pronoun", _pronoun_type(token), token.index
            )


def _pronoun_type(token: Token) -> str:
    word = token.text.lower()
    if word in {"he", "him", "his", "she", "her"}:
        return "Person"
    if word in {"it", "its"}:
        return "Organization"
    return "Agent"
