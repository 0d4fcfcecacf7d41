"""Names that are phrases: what acronyms and quotes stand round, German bodies named by an adjective or a purpose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.morphology import compound_parts
from kg.name_borders import DETERMINERS, Names, in_order, tokens_of, without_overlaps
from kg.name_index import NameIndex, class_of_noun
from kg.name_spans import UNITS, countable
from kg.quotation_marks import MARKS
from kg.records import NamedSpan, Sentence, Token
from kg.trees import TEMPORAL


def with_adjective(
    sentence: Sentence, nouns: Mapping[str, str], index: NameIndex, label_of_class: Mapping[str, str]
) -> Names:
    """German names that begin with an adjective: "die Dänische Seefahrtsbehörde", "der Internationale Gerichtshof".

    Within a sentence only names give an adjective a capital. Adjectives of towns ("Kölner") always have one.
    """
    names, words = list(sentence.names), sentence.tokens
    for token in words[1:-1]:
        noun, before = words[token.index + 1], words[token.index - 1]
        if not _opens_name(token, before) or noun.pos != "NOUN" or not noun.text[:1].isupper():
            continue
        if token.text.endswith("er") and not _strong_adjective(token, before):
            continue
        around = [n for n in names if n.start < noun.end and token.start < n.end]
        if any(n.form == "whole" and (n.start < token.start or n.end > noun.end) for n in around):
            continue
        class_name = class_of_noun(noun.lemma, nouns)
        if class_name == "Person" or noun.text in UNITS | TEMPORAL:
            continue
        told = next((n.label for n in around if n.form == "whole"), None)
        label = label_of_class.get(class_name or "") or told
        if label is None or index.find(f"{token.text} {noun.text}"):
            continue
        genitive = "Case=Gen" in noun.feats and noun.text.startswith(noun.lemma)
        end = noun.start + len(noun.lemma) if genitive else noun.end
        names = without_overlaps(names, NamedSpan(token.start, end, label))
    return in_order(names)


def _opens_name(token: Token, before: Token) -> bool:
    capital = token.text[:1].isupper() and token.text[1:].islower() and len(token.text) > 4
    ending = token.text.endswith(("e", "en", "er", "es", "em"))
    inside = before.text.isalpha() and (before.text[:1].islower() or before.pos in {"DET", "ADP"})
    return capital and ending and inside and token.pos == "ADJ" and token.relation == "amod"


def _strong_adjective(token: Token, before: Token) -> bool:
    """Whether an adjective in -er is one that is inflected: "der Deutscher Bund" is none, "für Deutscher" neither."""
    return before.text.lower() == "der" and token.lemma != token.text and token.lemma[:1].islower()


def with_compounds(sentence: Sentence, nouns: Mapping[str, str]) -> Names:
    """German names with the compound before them that lacks a determiner: "Zementwerk Alba und Steinbruch Rothfels"."""
    names, words = list(sentence.names), sentence.tokens
    for span in sentence.names:
        inside = tokens_of(sentence, span)
        if span.form != "whole" or len(inside) != 1 or span.label == "PER" or span.end < inside[0].end:
            continue
        noun = words[inside[0].index - 1] if inside[0].index else inside[0]
        before = words[noun.index - 1] if noun.index else noun
        bare = before.pos in {"ADP", "CCONJ", "PUNCT"} and before.text.lower() not in DETERMINERS
        taken = any(n.start < noun.end and noun.start < n.end for n in names)
        if bare and not taken and noun.pos == "NOUN" and countable(noun, nouns) and len(compound_parts(noun.text)) > 1:
            names = without_overlaps(names, replace(span, start=noun.start, label="ORG"))
    return in_order(names)


_BODIES_FOR: Final = frozenset(
    "Allianz Bündnis Aktionsbündnis Initiative Stiftung Zentrum Institut Gesellschaft Agentur Verein Verband Zentrale "
    "Bundesamt Landesamt Bundesanstalt Bundesinstitut Bundesverband Bundeszentrale Landeszentrale Zentralverband "
    "Zentralrat Gesamtverband Hauptverband Dachverband Landesanstalt".split()
)


def with_purpose(sentence: Sentence, nouns: Mapping[str, str], index: NameIndex) -> Names:
    """German bodies named by what they are for: „die Allianz für offene Netze“, „der Bundesverband der Banken“.

    Only behind a definite article: "eine Initiative für offene Netze" may be any.
    """
    names, words = list(sentence.names), sentence.tokens
    for token in words[1:-2]:
        if token.text not in _BODIES_FOR or not _definite(words, token.index):
            continue
        link, place = words[token.index + 1].text, token.index + 2
        federal = token.text.startswith(("Bundes", "Landes", "Zentral", "Gesamt", "Haupt"))
        if link != "für" and not (link in {"der", "des"} and federal):
            continue
        while place < len(words) and words[place].pos == "ADJ":
            place += 1
        last = words[place] if place < len(words) else token
        if last.pos != "NOUN" or not last.text[:1].isupper() or last.text in UNITS | TEMPORAL:
            continue
        two = words[place + 1 : place + 3]
        if len(two) == 2 and two[0].text == "und" and two[1].pos == "NOUN" and federal:
            last = two[1]
        names = without_overlaps(names, NamedSpan(token.start, last.end, "ORG"))
    return in_order(names)


def authorities(sentence: Sentence) -> Names:
    """German common nouns that name the one body of their kind: „der Landesrechnungshof“."""
    names, words = list(sentence.names), sentence.tokens
    for token in words[1:]:
        if token.pos not in {"NOUN", "PROPN"} or not is_authority(token.lemma) or "Number=Plur" in token.feats:
            continue
        if not _definite(words, token.index):
            continue
        around = [n for n in names if n.start < token.end and token.start < n.end]
        if any(n.start < token.start or n.end > token.end for n in around):
            continue
        ending = len(token.text) - len(token.lemma) if token.text.startswith(token.lemma) else 0
        names = without_overlaps(names, NamedSpan(token.start, token.end - ending, "ORG"))
    return in_order(names)


_AUTHORITIES: Final = (
    "ministerium",
    "rechnungshof",
    "kriminalamt",
    "kartellamt",
    "verfassungsgericht",
    "kanzleramt",
    "weltverband",
    "rektorenkonferenz",
    "bischofskonferenz",
    "ministerkonferenz",
    "abgeordnetenhaus",
)


def is_authority(lemma: str) -> bool:
    """Whether a German noun names a body that a state has once: „Landesrechnungshof“, but not „Ministerium“."""
    lower = lemma.lower()
    return lower.endswith(_AUTHORITIES) and lower not in _AUTHORITIES and not _sort(lower)


def _sort(lower: str) -> bool:
    """Whether a ministry's noun says of which sort it is, and not of what: „Fachministerium“."""
    return lower.startswith(("fach", "nachbar", "partner", "schlüssel", "super", "ressort", "teil", "schwester"))


def _definite(words: tuple[Token, ...], noun: int) -> bool:
    place = noun - 1
    while place >= 0 and words[place].pos == "ADJ":
        place -= 1
    return place >= 0 and words[place].text.lower() in DETERMINERS


def whole_prefield(sentence: Sentence, nouns: Mapping[str, str]) -> Names:
    """A German name with the adverb behind it where the verb comes only then: „Das Bündnis Wasserstoff jetzt fordert“.

    Before the verb of a main clause there is one constituent, so that the adverb is the name's.
    """
    words = sentence.tokens
    if len(words) < 5 or words[0].pos != "DET" or class_of_noun(words[1].lemma, nouns) in {None, "Person"}:
        return sentence.names
    found = []
    for span in sentence.names:
        inside = tokens_of(sentence, span)
        behind = words[inside[-1].index + 1 :] if inside else ()
        usual = bool(inside) and inside[0].index == 2 and span.form == "whole" and len(behind) > 1
        if usual and behind[0].pos == "ADV" and behind[0].text.islower() and behind[1].pos in {"VERB", "AUX"}:
            adverb = behind[0].text in {"jetzt", "heute", "sofort", "zuerst", "überall", "gemeinsam"}
            span = replace(span, end=behind[0].end) if adverb else span  # noqa: PLW2901
        found.append(span)
    return tuple(found)


def with_acronyms(sentence: Sentence, text: str, nouns: Mapping[str, str]) -> Names:
    """What an acronym in brackets stands for is a name: „die Hochschulrektorenkonferenz (HRK)“.

    The name reaches back to the word that begins with the acronym's first letter and stands behind a
    determiner; its letters must all come in order.
    """
    names, words = list(sentence.names), sentence.tokens
    for token in words[2:-1]:
        short = token.text
        brackets = words[token.index - 1].text == "(" and words[token.index + 1].text == ")"
        if not brackets or not re.fullmatch(r"[A-ZÄÖÜ][A-Za-zÄÖÜ]{0,4}[A-Z]", short):
            continue
        last = token.index - 2
        for first in range(last, max(last - 9, 0), -1):
            word = words[first]
            opens = words[first - 1].pos in {"DET", "ADP"} or words[first - 1].text.lower() in DETERMINERS
            if not opens or word.text[:1] != short[0] or not words[last].text[:1].isupper():
                continue
            name = text[word.start : words[last].end]
            kind = class_of_noun(words[last].lemma, nouns)
            if _initials(short, name) and kind != "Person" and not any(c in name for c in ",;:()"):
                told = next((n.label for n in names if n.start >= word.start and n.end <= words[last].end), "ORG")
                label = "ORG" if told == "PER" else told
                names = without_overlaps(names, NamedSpan(word.start, words[last].end, label))
                names = without_overlaps(names, NamedSpan(token.start, token.end, label))
            break
    return in_order(names)


def _initials(short: str, name: str) -> bool:
    """Whether a name has all letters of an acronym in their order."""
    rest = iter(name.lower())
    return all(letter in rest for letter in short.lower())


def whole_quotes(sentence: Sentence, text: str) -> Names:
    """Short quotes without a verb that hold part of a title are the title: „Der Dachs von nebenan“."""
    names, words = list(sentence.names), sentence.tokens
    for token in words[:-2]:
        closing = next((t for t in words[token.index + 2 : token.index + 8] if t.text in _CLOSING), None)
        if token.text not in MARKS or closing is None:
            continue
        inside = words[token.index + 1 : closing.index]
        said = any(t.pos in {"VERB", "AUX", "PUNCT", "PRON"} for t in inside)
        within = [n for n in names if inside[0].start <= n.start and n.end <= closing.start and n.form == "whole"]
        whole = len(within) == 1 and within[0].label != "LOC" and text[within[0].start : within[0].end]
        if not said and whole and inside[0].text[:1].isupper() and inside[-1].end == closing.start:
            names = without_overlaps(names, replace(within[0], start=inside[0].start, end=inside[-1].end))
    return in_order(names)


def quoted_behind_kind(sentence: Sentence, nouns: Mapping[str, str], label_of_class: Mapping[str, str]) -> Names:
    """What stands in quotes straight behind its kind is one name: „Die Menschenrechtsgruppe ‚Freies Netz‘“."""
    names, words = list(sentence.names), sentence.tokens
    for token in words[1:]:
        if token.text not in _OPENING or words[token.index - 1].pos not in {"NOUN", "ADJ", "PROPN"}:
            continue
        kind = class_of_noun(re.split("[-–‑]", words[token.index - 1].lemma)[-1], nouns)
        label = label_of_class.get(kind or "")
        closing = next((t for t in words[token.index + 1 : token.index + 8] if t.text in _CLOSING), None)
        if label in {None, "PER"} or closing is None or closing.index == token.index + 1:
            continue
        first = words[token.index + 1]
        if first.text[:1].isupper() or first.text[:1].isdigit():
            names = without_overlaps(names, NamedSpan(first.start, closing.start, label or "MISC"))
    return in_order(names)


_OPENING: Final = frozenset("„ “ ” \" « » ‚ ‘ › ‹ '".split())
_CLOSING: Final = frozenset("“ ” \" « » ‘ ’ › ‹ '".split())
