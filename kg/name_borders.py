"""Where names begin and end, by their own form: words that belong to a name though the recogniser left them out.

Each step takes a sentence with its names and gives the names anew, in reading order and without
overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.name_index import NameIndex
from kg.name_spans import UNITS, known_english
from kg.records import NamedSpan, Sentence, Token
from kg.trees import TEMPORAL

_BRAND: Final = re.compile(r"[a-z]{1,2}[A-Z][a-z]{3,}\w*")
"""Brands that begin with a small letter: "iRobot", "eBay"; not "mRNA", "kWh" or "eSIM"."""

_CAMEL: Final = re.compile(r"[A-Z][a-zäöü]{2,}[A-Z][a-zäöü]{2,}\w*|[A-Z][A-Za-z]{0,4}-\d{1,4}[A-Z]?")
"""Words with a capital within, and codes of models: "VoloCity", "C-390"."""

_COMMON_BRANDS: Final = frozenset({"eCommerce", "eGovernment", "eSport", "eSports", "eLearning", "eMobilität", "eMail"})

_GENDER: Final = frozenset({"in", "innen", "r", "n", "e"})
"""What follows a colon within a German word for both sexes: "Kund:innen"."""

BODIES: Final = frozenset(
    "Authority Agency Council Congress Union Federation Confederation Association Commission Committee Office "
    "Institute Academy Society Party Force Army Navy Cross Crescent Company Organisation Organization Foundation "
    "League Board Chamber Alliance Corporation Service Fund Museum University Institution Exchange Network "
    "Administration Center Centre Group Guard Church Assembly Coalition Movement Front".split()
)
"""Words that a body's English name ends in, or begins with before "of" and "for"."""

_STATES: Final = frozenset({"Ministry", "Department", "Government", "Parliament", "Embassy", "Senate", "Cabinet"})

FIRMS: Final = frozenset(
    "Airlines Airways Bank Bancorp Capital Holdings Industries Technologies Systems Networks Motors Pharma "
    "Pharmaceuticals Therapeutics Biosciences Foods Energy Resources Mining Minerals Partners Logistics Shipping "
    "Lines Media Entertainment Pictures Studios Records Robotics Semiconductor Semiconductors Electronics Chemicals "
    "Steel Petroleum Insurance Assurance Foundation Hospital Hospitals Hotels Newspapers Telecom Communications "
    "Aerospace Dynamics Laboratories Labs Brands Stores Corporation Company Authority Council Institute Association "
    "Federation Union Party Parliament Commission Agency Ministry Ensemble Orchestra Banking Ventures Securities "
    "Software Health Healthcare Automotive Cement Fertilizers Textiles Apparel Publishing "
    "Maritime Marine Offshore Solar Power Hydro Rail Railways Trust Fund Forum Society Committee Holding Handel "
    "News Times Post Globe Journal Tribune Herald Gazette Telegraph Chronicle Television TV Radio Magazine "
    "Verlag Versicherung Werke Logistik Technik Energie Medien Reederei Werft Bau Stiftung Gruppe".split()
)
"""Last words of names that only a body bears: "Gold Resources", "Blue Maritime"."""

LANDSCAPE: Final = frozenset(
    "River Bay Strait Channel Canal Lake Sea Ocean Island Islands Peninsula Valley Mountains Mountain Hills Range Gap "
    "Desert Coast Gulf Falls Glacier Highway Motorway Street Road Avenue Bridge Square Airport Province County "
    "District Beach Harbour Harbor".split()
)
_JOINING: Final = frozenset({"of", "for", "and", "the"})

DETERMINERS: Final = frozenset("der die das des dem den im am beim vom zum zur ans ins".split())
"""German words that open a definite phrase."""

KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {
        **dict.fromkeys("Website Internetseite Portal Marke Automarke Zahlungsdienst Projekt".split(), "Product"),
        **dict.fromkeys("Punkband Kampagne Initiative Verbund Spezialist".split(), "Organization"),
        "Gletscher": "Place",
    },
    "en": {
        **dict.fromkeys("website service brand test treatment probe series programme".split(), "Product"),
        **dict.fromkeys(
            "band label shipowner landlord housebuilder campaign initiative network".split(), "Organization"
        ),
        **dict.fromkeys("river lake glacier".split(), "Place"),
        **dict.fromkeys("gymnast captain constable".split(), "Person"),
    },
}
"""Kinds that stand before names, but are too wide to be understood as descriptions: with their class."""

Names = tuple[NamedSpan, ...]


def in_order(names: list[NamedSpan]) -> Names:
    """Names in reading order."""
    return tuple(sorted(names, key=lambda span: span.start))


def without_overlaps(names: list[NamedSpan], new: NamedSpan) -> list[NamedSpan]:
    """The names with one more, which takes the place of all that it meets."""
    return [*(n for n in names if n.end <= new.start or new.end <= n.start), new]


def tokens_of(sentence: Sentence, span: NamedSpan) -> list[Token]:
    """The tokens that a name covers, wholly or in part."""
    return [t for t in sentence.tokens if t.start < span.end and span.start < t.end]


def title_case(sentence: Sentence) -> bool:
    """Whether an English sentence is set as a headline, most words with a capital: then capitals tell nothing."""
    words = [t.text for t in sentence.tokens if t.text.isalpha() and len(t.text) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def with_rest_of_word(sentence: Sentence) -> Names:
    """Names that the tokenizer cut at a colon or full stop: "Run:ai", "Travail.Suisse"; and brands such as "iRobot"."""
    names, words = list(sentence.names), sentence.tokens
    for token in words:
        if _BRAND.fullmatch(token.text) and token.text not in _COMMON_BRANDS:
            if not any(n.start <= token.start and token.end <= n.end for n in names):
                names = without_overlaps(names, NamedSpan(token.start, token.end, "ORG"))
            continue
        camel = _CAMEL.fullmatch(token.text) and not token.text.endswith(("In", "Innen")) and token.text != "Covid-19"
        if camel and not any(n.start < token.end and token.start < n.end for n in names):
            names.append(NamedSpan(token.start, token.end, "MISC"))
            continue
        model = token.text == "Model" and token.index + 1 < len(words) and words[token.index + 1].text[0].isalnum()
        if model and len(words[token.index + 1].text.rstrip(".")) == 1:
            names = without_overlaps(
                names, NamedSpan(token.start, words[token.index + 1].start + 1, "MISC")
            )  # "Model Y"
            continue
        if token.text not in {":", "."} or not 0 < token.index < len(words) - 1:
            continue
        before, behind = words[token.index - 1], words[token.index + 1]
        whole = before.end == token.start and token.end == behind.start
        if not whole or not (before.text[:1].isupper() and behind.text.isalpha()) or behind.text in _GENDER:
            continue
        if len(before.text) > 1 and (token.text == ":" or behind.text[:1].isupper()) and before.text.isalpha():
            old = next((n for n in names if n.start < behind.end and before.start < n.end and n.form == "whole"), None)
            start = min(before.start, old.start) if old else before.start
            label = old.label if old else "ORG"
            names = without_overlaps(names, NamedSpan(start, behind.end, label))
    return in_order(names)


def joined(sentence: Sentence, text: str, language: str) -> Names:
    """One name where the recogniser cut a person's in two: "Tedros Adhanom" and "Ghebreyesus".

    The parser must take both for one nominal; in English two names side by side are one anyway.
    """
    names: list[NamedSpan] = []
    for span in sentence.names:
        last = names[-1] if names else None
        if last is not None and text[last.end : span.start] == " " and last.form == span.form == "whole":
            flat = all(t.relation.startswith("flat") or t.relation == "compound" for t in tokens_of(sentence, span))
            flat = flat or (language == "en" and span.label == "PER")
            persons = last.label == "PER" and span.label in {"PER", "MISC"}
            one = " " not in text[span.start : span.end] and text[span.start : span.end].isalpha()
            inside = tokens_of(sentence, last)
            hung = tokens_of(sentence, span)[0].head in {t.index for t in inside} or language == "en"
            if persons and one and flat and hung and not title_case(sentence):
                names[-1] = replace(last, end=span.end)
                continue
        names.append(span)
    return tuple(names)


def with_nation(sentence: Sentence, text: str, nouns: Mapping[str, str]) -> Names:
    """English bodies with the adjective that begins their name: "the Norwegian Refugee Council".

    "the Italian Senate" is left as it is: what a state has once is named by the state.
    """
    names: list[NamedSpan] = []
    for span in sentence.names:
        last = names[-1] if names else None
        words = text[span.start : span.end].split()
        body = {words[-1], *([words[0]] if "of" in words or "for" in words else [])}
        several = len(words) > 1 or words[0] in {"Army", "Navy", "Parliament"}
        state = len(words) < 3 and words[-1] in _STATES
        if (
            last is not None
            and last.form == "derived"
            and span.form == "whole"
            and text[last.start].isupper()
            and text[last.end : span.start] == " "
            and several
            and not state
            and (body & BODIES or (nouns.get(words[-1].lower(), "Person") != "Person" and words[-1][0].isupper()))
        ):
            names[-1] = replace(span, start=last.start, label="ORG")
        else:
            names.append(span)
    return tuple(names)


def with_last_words(sentence: Sentence, text: str, index: NameIndex) -> Names:
    """Labels by the last word of a name: "Gold Resources" is no person, "Beagle Channel" no organization."""
    names = []
    for span in sentence.names:
        words = text[span.start : span.end].split()
        last = words[-1]
        told = span.form != "whole" or len(words) == 1 or index.find(" ".join(words))
        if told:
            names.append(span)
        elif span.label in {"LOC", "PER"} and last not in LANDSCAPE and _of_known_firm(words, index):
            names.append(replace(span, label="ORG"))  # "Hanwha Ocean"
        elif span.label != "ORG" and last in FIRMS:
            names.append(replace(span, label="ORG"))
        elif span.label != "LOC" and last in LANDSCAPE:
            names.append(replace(span, label="LOC"))
        else:
            names.append(span)
    return tuple(names)


def to_the_end(sentence: Sentence, text: str, nouns: Mapping[str, str], index: NameIndex, language: str) -> Names:
    """Names with the capitalised words that go on with them: "Coral Re", "Merlion X", "Konsum Ost"."""
    names, words = list(sentence.names), sentence.tokens
    if title_case(sentence):
        return sentence.names
    taken = {t.index for n in names for t in tokens_of(sentence, n)}
    found = []
    for span in names:
        if span.form == "whole" and text[span.start : span.end] not in index.names:
            last = tokens_of(sentence, span)[-1]
            step = _goes_on(words, last.index, taken, nouns, language) if span.end == last.end else 0
            span = replace(span, end=words[last.index + step].end) if step else span  # noqa: PLW2901
        found.append(span)
    return in_order([n for n in found if not any(n is not o and o.start <= n.start and n.end <= o.end for o in found)])


COMPASS: Final = frozenset("Nord Ost Süd West Mitte Nordost Nordwest Südost Südwest".split())
_PARTICLES: Final = frozenset("dos das da do de del della di du van von bin ibn al el".split())


def _goes_on(words: tuple[Token, ...], last: int, taken: set[int], nouns: Mapping[str, str], language: str) -> int:
    """How many words behind a name belong to it."""
    rest = words[last + 1 : last + 3]
    if not rest:
        return 0
    if language == "de":
        return int(rest[0].text in COMPASS and rest[0].index not in taken)
    particle = rest[0].text in _PARTICLES and len(rest) > 1 and rest[1].pos == "PROPN" and rest[1].text[:1].isupper()
    if particle:
        return 2
    word = rest[0]
    usual = word.pos in {"PROPN", "NOUN", "ADP", "SCONJ", "X"} and word.text[:1].isupper() and word.text.isalpha()
    office = word.text.lower() in nouns or word.text in UNITS | TEMPORAL or word.text in _BEFORE_OFFICES
    return int(usual and not office and word.index not in taken and words[last].text[:1].isupper())


_BEFORE_OFFICES: Final = frozenset(
    "Chief Vice Prime Foreign Finance Deputy Interior Defence Defense CEO CFO COO".split()
)


def _of_known_firm(words: list[str], index: NameIndex) -> bool:
    """Whether a name begins with that of a well-known firm, and with no other's."""
    entries = index.names.get(words[0], ())
    return bool(entries) and all(e.type == "Company" and words[0] not in e.ambiguous for e in entries)


def apart_at_of(sentence: Sentence, text: str, index: NameIndex) -> Names:
    """An English person and what they are of, where both were taken for one: "Lando Norris of McLaren"."""
    names: list[NamedSpan] = []
    for span in sentence.names:
        name = text[span.start : span.end]
        first, of, rest = name.partition(" of ")
        person = span.label == "PER" and len(first.split()) > 1
        if span.form != "whole" or not of or not person or name in index.names or rest[:1].islower():
            names.append(span)
            continue
        place = any(e.type in {"Country", "City", "Region"} for e in index.find(rest))
        names.append(replace(span, end=span.start + len(first)))
        names.append(replace(span, start=span.end - len(rest), label="LOC" if place else "ORG"))
    return tuple(names)


def without_kind(sentence: Sentence, text: str, nouns: Mapping[str, str], index: NameIndex) -> Names:
    """English names without the kind before them: "Oil company Orlen", "Bank BBVA", "Surgeon Kofi Ampah"."""
    names = []
    for span in sentence.names:
        inside = (
            tokens_of(sentence, span) if span.form == "whole" and text[span.start : span.end] not in index.names else []
        )
        cut = max(
            (
                i + 1
                for i, t in enumerate(inside[:-1])
                if t.text.islower() and t.text not in _JOINING and nouns.get(t.text.lower())
            ),
            default=0,
        )
        if len(inside) > 2 and inside[0].text in _TITLES and span.label == "PER":
            cut = 1
        if not cut and len(inside) > 1 and inside[0].index == 0:
            kind = nouns.get(inside[0].text.lower())
            acronym = len(inside) == 2 and inside[1].text.isupper()
            cut = int((kind == "Person" and span.label == "PER" and len(inside) > 2) or (kind is not None and acronym))
        names.append(replace(span, start=inside[cut].start) if cut and inside[cut].text[:1].isupper() else span)
    return tuple(names)


_TITLES: Final = frozenset(
    "Captain Constable Rabbi Surgeon Professor Sergeant Lieutenant Colonel Major General Admiral Inspector Judge "
    "Justice Father Bishop Archbishop Cardinal Reverend Imam Senator Governor Mayor President Chancellor "
    "Minister".split()
)


def with_article(sentence: Sentence) -> Names:
    """English names with the article that belongs to them, as its capital tells: "the newspaper The Morning Bell"."""
    if title_case(sentence):
        return sentence.names
    names = []
    for span in sentence.names:
        first = tokens_of(sentence, span)[0].index
        words = sentence.tokens
        if first > 1 and words[first - 1].text == "The" and span.form == "whole" and words[first - 2].text.isalpha():
            span = replace(span, start=words[first - 1].start)  # noqa: PLW2901
        names.append(span)
    return tuple(names)


_OFFICES: Final = ("Prime", "Foreign", "Finance", "Defence", "Defense", "Interior", "Deputy Prime", "Vice")


def before_post(span: NamedSpan, text: str, index: NameIndex) -> NamedSpan:
    """The nation alone where the recogniser took half an office for part of a name: "Italian Prime Minister X"."""
    nation, _, office = text[span.start : span.end].partition(" ")
    if span.form != "whole" or office not in _OFFICES or index.demonym(nation) is None:
        return span
    return replace(span, end=span.start + len(nation), label="LOC", form="derived")


_OF_PLACES: Final = frozenset(
    "bank university ministry government republic institute museum academy court parliament kingdom house church "
    "council chamber people federation association union party army board department office state city province "
    "college library society confederation embassy king queen prince president history museum times voice air".split()
)


_LEGAL: Final = frozenset("Inc Inc. Corp Corp. Ltd Ltd. LLC plc PLC AG GmbH SE NV N.V. SA S.A.".split())


def of_country(span: NamedSpan, text: str, index: NameIndex, nouns: Mapping[str, str]) -> list[NamedSpan]:
    """A firm and the country that it is of, where the recogniser took both for one name: "Danone of France"."""
    name = text[span.start : span.end]
    first, of, rest = name.partition(" of ")
    words = first.split()
    places = {"Country", "City"} if len(words) == 1 else {"Country"}
    country = any(e.type in places for e in index.find(rest)) if of else False
    last = words[-1].lower() if words else ""
    plural = last.endswith("s") and (len(words) > 1 or known_english(last))
    generic = last in _OF_PLACES or last in nouns or plural
    if of and len(words) > 1 and words[-1] in _LEGAL and rest[:1].isupper():
        country, generic = True, False  # "Nestwell Furniture Inc. of Kitchener"
    elif len(words) > 2:
        generic = True
    if span.form != "whole" or not country or name in index.names or generic:
        return [span]
    return [replace(span, end=span.start + len(first)), replace(span, start=span.end - len(rest), label="LOC")]


def apart(span: NamedSpan, text: str, index: NameIndex) -> list[NamedSpan]:
    """A span that joins a known name and another by "von": "Biontech von Uğur Şahin"."""
    first, von, rest = text[span.start : span.end].partition(" von ")
    if not von or first not in index.names or rest.startswith("der "):
        return [span]
    return [replace(span, end=span.start + len(first)), replace(span, start=span.end - len(rest))]
