"""Acronyms beside their expansion in brackets: "Europäische Zentralbank (EZB)", "EZB (Europäische Zentralbank)".

After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions", made stricter:
every capitalized word of the expansion must give its initial. So "Stefan Kolb (SPD)" defines nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.name_index import NameIndex, class_of_noun
from kg.name_variants import is_alike
from kg.ontology import Ontology
from kg.records import Analysis, NamedSpan, Sentence, Token

_SHAPE: Final = re.compile(r"[A-ZÄÖÜ](?=.*[A-ZÄÖÜ])[\w-]{1,9}")
_SHORTLY: Final = frozenset({"kurz", "kurz:", "abgekürzt", "short"})
_HOUSES: Final = frozenset("Bund Rat Amt Anstalt Zentrum Kreditanstalt Office Service Forum Alliance League".split())
_ARTICLES: Final = frozenset("der die das den dem des the a an".split())


@dataclass(frozen=True, slots=True)
class Expansion:
    """A place where a text says what an acronym stands for; spans are characters in the article."""

    short: tuple[int, int]
    long: tuple[int, int]


def expansions(sentence: Sentence, index: NameIndex) -> Iterator[Expansion]:
    """The acronyms that a sentence defines, in reading order.

    Args:
        sentence: with its names so far.
        index: tells parties, which stand in brackets behind their members.
    """
    tokens = sentence.tokens
    for token in tokens:
        if not _SHAPE.fullmatch(token.text):
            continue
        words = _before(tokens, token.index) or _behind(tokens, token.index)
        if words and not _of_person(sentence, words) and not _of_party(token.text, words, index):
            yield Expansion((token.start, token.end), (words[0].start, words[-1].end))


def spells(short: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made of the letters of some words, in their order.

    The first letter begins the first word, every capitalized word gives its initial, and further
    letters may come from within words.

    >>> spells("EZB", ["Europäische", "Zentralbank"]), spells("KfW", ["Kreditanstalt", "für", "Wiederaufbau"])
    (True, True)
    >>> spells("SPD", ["Stefan", "Kolb"]), spells("AI", ["Huawei"])
    (False, False)
    """
    letters = [c for c in short.casefold() if c.isalnum()]

    def matches(at: int, word: int) -> bool:
        if word == len(words):
            return at == len(letters)
        parts = [part for part in re.split(r"[-–‑]", words[word].casefold()) if part]
        if at < len(letters) and parts and parts[0].startswith(letters[at]):
            inner = "".join(parts)[1:]
            taken = at + 1
            if matches(taken, word + 1):
                return True
            for c in inner:
                if taken < len(letters) and c == letters[taken]:
                    taken += 1
                    if matches(taken, word + 1):
                        return True
        return word > 0 and words[word][:1].islower() and matches(at, word + 1)

    return bool(words) and matches(0, 0)


def _before(tokens: Sequence[Token], short: int) -> Sequence[Token]:
    """The words before the bracket that an acronym stands in alone, that it is made of: the fewest that fit."""
    opening = short - 2 if short > 1 and tokens[short - 1].text in _SHORTLY else short - 1
    closing = tokens[short + 1].text if short + 1 < len(tokens) else ""
    bracketed = opening > 0 and tokens[opening].text == "(" and closing == ")"
    apposed = opening == short - 2 and tokens[opening].text == "," and opening > 0
    if not bracketed and not apposed:
        return ()
    letters = len(tokens[short].text)
    for first in range(opening - 1, max(-1, opening - 1 - min(letters + 5, 2 * letters)), -1):
        if tokens[first].text in {"(", ")", ",", ";", ":"}:
            return ()
        words = tokens[first:opening]
        long_enough = len(words) > 1 or (letters > 2 and len(words[0].text) > 2 * letters)
        if words[0].text[:1].isupper() and long_enough and spells(tokens[short].text, [t.text for t in words]):
            return words
    return ()


def _behind(tokens: Sequence[Token], short: int) -> Sequence[Token]:
    """The words that stand in the bracket behind an acronym, if it is made of them."""
    if short + 2 >= len(tokens) or tokens[short + 1].text != "(":
        return ()
    closing = next((t.index for t in tokens[short + 2 :] if t.text == ")"), short)
    words = tokens[short + 2 : closing]
    if words and words[0].text.lower() in _ARTICLES:
        words = words[1:]
    named = len(words) > 1 and words[0].text[:1].isupper()
    return words if named and spells(tokens[short].text, [t.text for t in words]) else ()


def _of_person(sentence: Sentence, words: Sequence[Token]) -> bool:
    return any(s.label == "PER" and s.start == words[0].start and s.end == words[-1].end for s in sentence.names)


def _of_party(short: str, words: Sequence[Token], index: NameIndex) -> bool:
    """Whether it is a party, and the words may be a member's name: "Sabine Pohl-Dietz (SPD)"."""
    party = any(entry.type == "PoliticalParty" for entry in index.find(short))
    return party and len(words) < 4 and all(t.text[:1].isupper() for t in words)


def house_of(words: Sequence[str], nouns: Mapping[str, str], ontology: Ontology) -> str | None:
    """The class of organization that one of some words tells: "Europäische Gaskontrollbehörde" is a GovernmentBody.

    Acronyms stand for much else: "Bruttoinlandsprodukt (BIP)", "chief executive officer (CEO)".
    """
    classes = ("Organization" if word in _HOUSES else class_of_noun(word, nouns) for word in words)
    return next((name for name in classes if name and ontology.is_a(name, "Organization")), None)


def with_expansions(
    sentence: Sentence, index: NameIndex, nouns: Mapping[str, str], ontology: Ontology
) -> tuple[NamedSpan, ...]:
    """The names of a sentence, and organizations that are known by the acronym beside them as one name each."""
    names = list(sentence.names)
    for found in expansions(sentence, index):
        words = [t.text for t in sentence.tokens if found.long[0] <= t.start < found.long[1]]
        marked = any(s.label == "ORG" and s.form == "whole" and _meet(s, found.long) for s in names)
        if not marked and house_of(words, nouns, ontology) is None:
            continue
        for start, end in (found.short, found.long):
            around = [s for s in names if _meet(s, (start, end))]
            if not any(s.form == "whole" and s.start <= start and end <= s.end for s in around):
                names = [s for s in names if s not in around]
                names.append(NamedSpan(min([start, *(s.start for s in around)]), end, "ORG"))
    return tuple(sorted(names, key=lambda span: span.start))


def _meet(span: NamedSpan, other: tuple[int, int]) -> bool:
    return span.start < other[1] and other[0] < span.end


def defined(analysis: Analysis, index: NameIndex) -> Mapping[str, Mapping[int, str]]:
    """What an article's acronyms stand for: acronym → where it is defined → the name beside it, as it is marked."""
    text = analysis.article.text
    found: dict[str, dict[int, str]] = {}
    for sentence in analysis.sentences:
        wholes = [s for s in sentence.names if s.form == "whole"]
        for one in expansions(sentence, index):
            around = next((s for s in wholes if s.start <= one.long[0] and one.long[1] <= s.end), None)
            if around is not None and not (around.start <= one.short[0] < around.end):
                found.setdefault(text[slice(*one.short)], {})[one.short[0]] = text[around.start : around.end]
    return found


@dataclass(frozen=True, slots=True)
class Meanings:
    """What acronyms mean in one article, by what it says of them itself."""

    meant: Mapping[str, str]  # acronym → the name that it abbreviates
    same: Mapping[str, str]  # expansion → the acronym, under which the gazetteer knows it
    torn: frozenset[str]  # acronyms with several expansions
    at: Mapping[int, str]  # where one of these stands beside an expansion → that


def meanings(analysis: Analysis, index: NameIndex) -> Meanings:
    """What the acronyms of an article mean.

    One that the gazetteer knows by another expansion is not that thing here: "Freier Dachverband der Pendler (FDP)".
    """
    meant: dict[str, str] = {}
    same: dict[str, str] = {}
    at: dict[int, str] = {}
    torn: set[str] = set()
    for short, longs in defined(analysis, index).items():
        if any(index.kept_apart(short, long) for long in longs.values()):
            continue
        if len(set(longs.values())) > 1:
            torn.add(short)
            at.update(longs)
            continue
        long = next(iter(longs.values()))
        entries = [entry for entry in index.find(short) if short not in entry.ambiguous]
        known = [name for entry in entries for name, _ in entry.names if len(name) > len(short)]
        if entries and not index.find(long) and (not known or any(is_alike(long, name) for name in known)):
            same[long] = short
        else:
            meant[short] = long
    return Meanings(meant, same, frozenset(torn), at)
