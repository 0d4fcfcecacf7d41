"""Mentions: every place in an article that speaks of something which may become a node.

Names come from :mod:`kg.names`; here they get a type and a head, and descriptions ("das
Unternehmen", "der chinesische Riese") and pronouns join them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Final

from kg.described import GOVERNMENT, STATE, called_nouns, inhabitant, is_english_people
from kg.houses import silent_house
from kg.kinds import is_general
from kg.name_index import NameIndex, class_of_noun
from kg.nominals import noun_lemma
from kg.ontology import Ontology
from kg.records import Analysis, Mention, NamedSpan, Token
from kg.trees import Tree, base, feature, tree_of

TYPE_OF_LABEL: Final = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "MISC": "Product"}
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
    said: set[str] = set()
    for sentence in analysis.sentences:
        tree = tree_of(sentence)
        here = [_of_name(tree, span, analysis, index) for span in sentence.names]
        for mention in here:
            said |= set(called_nouns(tree, mention)) if mention is not None else set()
        here += list(_descriptions(tree, analysis, index, ontology, said))
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
    if analysis.language == "en" and is_english_people(text) and _definite(tree, head) and not index.find(text):
        return None  # "the Dane"
    if _in_parentheses_behind_person(tree, head) and any(e.type == "PoliticalParty" for e in index.find(text)):
        type_name = "PoliticalParty"  # "Fabio De Masi (Linke)"
    return Mention(place, span.start, span.end, text, "name", type_name, head)


def _in_parentheses_behind_person(tree: Tree, name: int) -> bool:
    before = tree.name_at.get(name - 2)
    return name > 1 and tree[name - 1].text == "(" and before is not None and before.label == "PER"


def _descriptions(
    tree: Tree, analysis: Analysis, index: NameIndex, ontology: Ontology, said: Set[str]
) -> Iterator[Mention]:
    nouns = ontology.nouns(analysis.language)
    for token in tree.tokens:
        span = tree.name_at.get(token.index)
        if span is not None and span.form == "derived" and _inhabitants(tree, token):
            words = analysis.article.text[_phrase_start(tree, token.index) : token.end]
            start = _phrase_start(tree, token.index)
            yield Mention(tree.sentence.index, start, token.end, words, "description", "Agent", token.index)
            continue
        house = silent_house(tree, token.index)
        if house:  # "Konzernchefin Kolb": the group that is spoken of
            place = tree.sentence.index
            yield Mention(place, token.start, token.end, token.text, "description", house, token.index, whole=False)
            continue
        if who := _somebody(tree, token, index, analysis.language):
            yield _described(tree, token.index, analysis, who)
            continue
        if (pair := _pair(tree, token, nouns)) is not None:
            yield replace(_described(tree, token.index, analysis, pair), several=True)
            continue
        if token.pos != "NOUN" or (span is not None and span.form == "whole") or not _definite(tree, token.index):
            continue
        if token.relation == "compound":
            continue  # "the software maker" speaks of no software
        tail = noun_lemma(tree, token.index)
        class_name = "Country" if tail in STATE else class_of_noun(tail, nouns)
        if span is not None and tail in GOVERNMENT:
            continue  # "die US-Regierung" is a mention of its own
        if is_general(tail.lower(), "") and _named_group(tree, token, analysis, index, ontology):
            continue  # "der Siemens-Konzern", "the Allianz group": the firm so named, and never another
        if class_name is None and tail.lower() in said:
            class_name = "Thing"  # a noun of no class, but one that a name of the article was called by
        if class_name is None or _plural(tree, token):
            continue
        yield _described(tree, token.index, analysis, class_name)


def _named_group(tree: Tree, noun: Token, analysis: Analysis, index: NameIndex, ontology: Ontology) -> bool:
    """Whether a noun for a firm stands with a firm's name; "der US-Konzern", "the Wolfsburg group" are descriptions."""
    span = tree.name_at.get(noun.index)
    if span is None or span.form != "part":
        before = tree[noun.index - 1]
        if noun.index == 0 or before.pos != "PROPN" or before.head != noun.index:
            return False
        span = tree.name_at.get(before.index)
        if span is None or span.form != "whole":
            return span is None
    entries = index.find(analysis.article.text[span.start : span.end])
    german_city = span.form == "part" and any(
        e.type == "City" for e in entries
    )  # the firm from there is "der Züricher"
    return span.label == "ORG" or german_city or any(ontology.is_a(e.type, "Organization") for e in entries)


def _described(tree: Tree, noun: int, analysis: Analysis, class_name: str) -> Mention:
    start, end = _phrase_start(tree, noun), tree[noun].end
    words = analysis.article.text[start:end]
    return Mention(tree.sentence.index, start, end, words, "description", class_name, noun)


_AGED: Final = re.compile(r"\d+-?[Jj]ährige[rnm]?")


def _somebody(tree: Tree, token: Token, index: NameIndex, language: str) -> str:
    """``Person`` for "der 54-Jährige", "der Däne", "the Dane", "the 54-year-old"; "" for what is none."""
    following = tree[token.index + 1].pos if token.index + 1 < len(tree) else ""
    if following in {"NOUN", "PROPN"} or not _definite(tree, token.index) or base(token.relation) in {"amod", "appos"}:
        return ""
    if language == "de":
        if _AGED.fullmatch(token.text):
            return "Person"
        single = {t.text.lower() for t in tree.by_relation(token.index, "det")} & {"der", "dem", "den", "des"}
        known = token.pos == "NOUN" and token.index not in tree.name_at and len(token.text) > 3
        female = token.text.endswith("in")
        found = known and (single or female) and feature(token, "Number") != "Plur"
        return "Person" if found and inhabitant(token.text, index, language) else ""
    if token.text == "old" and token.index > 3 and tree[token.index - 2].text == "year":
        return "Person"
    return "Person" if is_english_people(token.text) and token.text[:1].isupper() else ""


_TWO: Final = frozenset({"beide", "beiden", "beider", "zwei", "both", "two"})


def _pair(tree: Tree, token: Token, nouns: Mapping[str, str]) -> str | None:
    """The class of two things that are spoken of at once: "beide Unternehmen", "the two companies", "beide"."""
    counted = any(t.text.lower() in _TWO for t in tree.by_relation(token.index, "det", "nummod", "amod"))
    word = token.text.lower()
    if token.pos == "NOUN" and token.index not in tree.name_at:
        definite = _definite(tree, token.index)
        if counted and (definite or any(t.text.lower() in {"beide", "beider", "both"} for t in _below(tree, token))):
            return class_of_noun(noun_lemma(tree, token.index), nouns)
        if word == "partner" and definite and feature(token, "Number") == "Plur":
            return "Organization"
    argument = base(token.relation) in {"nsubj", "obj", "iobj", "obl"}
    alone = word in {"beide", "both"} or (word in {"beiden", "two", "zwei"} and _definite(tree, token.index))
    bare = alone and argument and not any(t.pos in {"NOUN", "PROPN"} for t in _below(tree, token))
    return "Agent" if bare else None


def _below(tree: Tree, token: Token) -> Iterator[Token]:
    return (tree[i] for i in tree.children[token.index])


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
    determiner = next((t.index for t in tree.by_relation(noun, "det") if t.index < noun), None)
    if determiner is not None and set(range(determiner, noun)) <= set(tree.subtree(noun)):
        return tree[determiner].start
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
        pointing = word in {"dessen", "deren"} and _opens_clause(tree, token.index)
        if word in {"dort", "there"} and token.pos == "ADV" and base(token.relation) == "advmod":
            yield Mention(tree.sentence.index, token.start, token.end, token.text, "pronoun", "Place", token.index)
        elif token.pos in {"PRON", "DET"} and (word in _PRONOUNS[analysis.language] or possessive or pointing):
            yield Mention(
                tree.sentence.index, token.start, token.end, token.text, "pronoun", _pronoun_type(token), token.index
            )


def _opens_clause(tree: Tree, index: int) -> bool:
    """Whether a word opens a main clause, so that "dessen" and "deren" are no relative pronouns."""
    return index == 0 or tree[index - 1].text in {";", ":", "–", "„", "und"}


def _pronoun_type(token: Token) -> str:
    word = token.text.lower()
    if word in {"he", "him", "his", "she", "her"}:
        return "Person"
    if word in {"it", "its"}:
        return "Organization"
    return "Agent"
