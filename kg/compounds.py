"""Compounds that begin with a name: "Huawei-Chef", "EU-Kommissionspräsidentin"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.class_nouns import class_nouns
from kg.morphology import readings
from kg.name_index import NameIndex, class_of_noun
from kg.name_phrases import is_authority
from kg.name_spans import known_noun
from kg.ontology import Ontology
from kg.records import NamedSpan, Sentence, Token

_HYPHENS: Final = "-–‑"
_SORTS: Final = frozenset(
    "Online Internet Web Digital Hightech High-Tech Fast-Food Software Krypto KI AI IT Open-Source E-Commerce Start-up "
    "Startup Biotech Pharma Mobilfunk Solar Rock Pop Punk Software-as-a-Service Cloud".split()
)
"""What a compound may begin with to tell its sort: "Online-Broker" is of no firm called so."""


def label_of(type_name: str, ontology: Ontology) -> str:
    """The recogniser's label that a class corresponds to."""
    for ancestor, label in (("Person", "PER"), ("Place", "LOC"), ("Organization", "ORG")):
        if ontology.is_a(type_name, ancestor):
            return label
    return "MISC"


def with_parts(
    sentence: Sentence, text: str, index: NameIndex, ontology: Ontology, known: Mapping[str, str], language: str
) -> tuple[NamedSpan, ...]:
    """Compounds that begin with a name: the name is marked, the rest is a common noun."""
    names = list(sentence.names)
    nouns = ontology.nouns(language)
    for token in sentence.tokens:
        around = [s for s in names if s.start < token.end and token.start < s.end]
        if any(s.start < token.start or s.end > token.end for s in around):
            continue
        if any(s.form == "whole" for s in around) and is_authority(token.lemma):
            continue  # "das US-Verkehrsministerium"
        length, label = _leading_name(token, index, ontology, known, nouns)
        if not length:
            continue
        tail = token.text[length:].lstrip(_HYPHENS)
        if any(s.form == "whole" and (tail in index.names or class_of_noun(tail, nouns) is None) for s in around):
            continue
        if label is None and _of_unknown(token.text[:length], tail, nouns):
            label = "ORG"  # "Lumina-Manager"
        sort = label is None and _sort(token.text[:length], language)
        if label is None and around and not sort:
            label = around[0].label
        if label is None and not (sort and all(s.form == "part" for s in around)):
            continue
        names = [s for s in names if s not in around]
        if label is None:
            continue
        names.append(NamedSpan(token.start, token.start + length, label, "part"))
    return tuple(sorted(names, key=lambda span: span.start))


def _sort(front: str, language: str) -> bool:
    """Whether a compound begins with a word that tells its sort or rank: "Marketing-Leiter", "Vize-Präsident"."""
    return front in _SORTS | _RANKS or (language == "de" and "-" not in front and known_noun(front))


def _of_unknown(front: str, tail: str, nouns: Mapping[str, str]) -> bool:
    """Whether what stands before the hyphen of a post, a group or a subsidiary is an unknown name: "Lumina-Manager"."""
    usual = front.isalpha() and front.istitle() and len(front) > 3 and front not in _SORTS | _RANKS
    posts = nouns.get(tail) == "Person" or tail in {"Tochter", "Mutter", "Ableger", "Konzern", "Gruppe"}
    tag, likelihood = readings(front, "de")[0]
    return usual and posts and (tag == "NE" or likelihood < _UNKNOWN)


_RANKS: Final = frozenset(
    "Vize Edel Business SUV Interims Team Marketing Gewerkschafts Partei Wirtschafts Amerika Asien Afrika".split()
)
_UNKNOWN: Final = -27.0
"""Below this log P(word, tag) HanTa has not seen a word: "Sonnensegel" has -24, "Lemförde" -32."""


def _leading_name(
    token: Token, index: NameIndex, ontology: Ontology, known: Mapping[str, str], nouns: Mapping[str, str]
) -> tuple[int, str | None]:
    """How many letters of a compound are a name, and its label; 0 if it begins with none.

    A longer known name wins over what stands before the last hyphen: "EU-Kommissionspräsidentin"
    is the president of the Commission. The linking -s counts with the name.
    """
    word = token.text
    if word in index.names or token.pos not in {"NOUN", "PROPN", "ADJ", "X"} or not word[:1].isalnum():
        return 0, None
    noun = _final_noun(word, nouns)
    solid = len(word) - len(noun) if noun else 0
    if solid > 3 and word[solid - 1] not in _HYPHENS:
        label = _label_of_part(word[:solid], index, ontology, {}) or _label_of_part(
            word[:solid].removesuffix("s"), index, ontology, {}
        )
        kind = word[:solid] == "Telekom" and nouns.get(noun) != "Person"  # "Telekomkonzern" is a kind of firm
        word_only = known_noun(word[:solid]) and nouns.get(noun) != "Person"  # "Bildagentur", but "Bahnchef"
        if label is not None and len(word[:solid].removesuffix("s")) > 3 and not word_only and not kind:
            return solid, label
    cut = max(word.rfind(h) for h in _HYPHENS)
    if cut < 1 or cut == len(word) - 1 or not (word[0].isupper() or word[0].isdigit()):
        return 0, None
    return cut, _label_of_part(word[:cut], index, ontology, known)


def _final_noun(word: str, nouns: Mapping[str, str]) -> str:
    """The longest class noun that a word ends in, in any of its commonest forms."""
    lower, table = word.lower(), class_nouns(nouns)
    for ending in ("", "s", "n", "en", "es"):
        stem = lower.removesuffix(ending) if ending else lower
        best = table.ending(stem)
        if best and len(best) < len(stem):
            return word[len(stem) - len(best) :]
    return ""


def _label_of_part(prefix: str, index: NameIndex, ontology: Ontology, known: Mapping[str, str]) -> str | None:
    for form in (prefix, prefix.replace("-", " ")):
        entries = index.names.get(form, ())
        if entries:
            return label_of(entries[0].type, ontology)
        if form in known:
            return known[form]
    return None
