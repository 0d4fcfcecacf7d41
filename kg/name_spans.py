"""The recogniser's spans put right: without the common words it let in, with the words it left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Final

from kg.morphology import readings
from kg.name_index import NameIndex, class_of_noun, ending_of, tokens_within
from kg.records import NamedSpan, Sentence, Token
from kg.trees import TEMPORAL, base

_TRIM: Final = "\"'„“”»«‚‘’()[],;:. \u00a0"

_BODY_TAILS: Final = ("gericht", "klinikum", "sparkasse", "stadtwerke", "hochschule", "universität", "medienanstalt")
INSTITUTIONS: Final = frozenset(
    "Stadtwerke Stadtwerk Sparkasse Volksbank Raiffeisenbank Universität Hochschule Landgericht Amtsgericht "
    "Oberlandesgericht Verwaltungsgericht Staatsanwaltschaft Verbraucherzentrale Klinikum Uniklinik Medienanstalt "
    "Landesbank Handelskammer".split()
)
"""Nouns that are the first word of a name more often than its description."""
_PARTICLES: Final = frozenset(
    (
        "von der",
        "von den",
        "von und zu",
        "van",
        "van der",
        "van den",
        "de",
        "de la",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "bin",
        "al",
        "el",
        "la",
        "le",
        "ten",
        "ter",
    )
)
_PARTICLE_WORDS: Final = frozenset(word for words in _PARTICLES for word in words.split())

_NOUN_MARGIN: Final = 4.0
"""By how much (natural logarithm) the common noun must be likelier than the name. "Sprint" and "Glyphosat"
differ by less than 2, "Autozulieferer" and "Tatsache" have no reading as a name."""

GOODS: Final = frozenset(
    "Nickel Kupfer Zink Zinn Blei Lithium Kobalt Gold Silber Platin Palladium Uran Rohöl Erdgas Kohle Weizen Mais Soja "
    "Kakao Kaffee Zucker Baumwolle Copper Zinc Cobalt Silver Platinum Uranium Wheat Corn Cocoa Coffee Cotton".split()
)
"""Goods that are traded; a recogniser likes to take them for names."""

_MASS: Final = (
    "ung heit keit schaft tät ismus nis tum ik ion ur anz enz stoff gas öl strom energie kraft wasser metall stahl "
    "geld musik holz eisen kupfer silber gold zink nickel zinn blei glas papier getreide weizen mais reis zucker salz "
    "fleisch milch bier wein kaffee tee sand beton zement luft licht wärme kälte schnee regen wetter verkehr handel "
    "druck schutz bedarf recht arbeit zeit personal material ware software hardware technik chemie physik medizin "
    "sport fußball nebel sturm hagel obst gemüse ei ie or mus um en ern eln"
).split()
"""Endings of German nouns that often stand without a determiner."""


_KNOWN_ENGLISH: Final = -22.0
"""From which log P(word, tag) on an English word is a known one: "gymnast" has -13.4, "Haldiram" -33.8."""

UNITS: Final = frozenset(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Sonnabend "
    "Euro Dollar US-Dollar Pfund Yen Yuan Franken Rubel Cent Prozent Milliarden Millionen Uhr Montag Dienstag Mittwoch "
    "Mittwoch Donnerstag Freitag Samstag Sonntag euro euros dollar dollars pound pounds percent billion million".split()
)


def model_spans(
    sentence: Sentence, text: str, index: NameIndex, nouns: Mapping[str, str], language: str
) -> list[NamedSpan]:
    """The names that the recogniser found in a sentence, cut and extended to what is a name."""
    found = []
    inside = {span: tokens_within(sentence, span) for span in sentence.names}
    covered = {token.index for tokens in inside.values() for token in tokens}
    for span in sentence.names:
        tokens = inside[span]
        if span.form == "whole":
            tokens = _possessor_only(_without_common_words(tokens, nouns, index, sentence), index)
        if not tokens or (
            span.form == "whole"
            and len(tokens) == 1
            and tokens[0].text not in index.names
            and is_common(tokens[0], nouns, language)
            and not _called(tokens[0], sentence, nouns)
            and not (language == "de" and _alone(tokens[0], sentence, nouns))
        ):
            continue
        if span.form == "whole":
            tokens = _with_given_names(tokens, sentence, nouns, span.label, covered)
            if language == "de":
                tokens = _without_noun_behind(tokens, span)
            if language == "en" and span.label == "PER":
                tokens = _with_first_name(tokens, sentence, nouns)
        start, end = tokens[0].start, tokens[-1].end
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM and not _abbreviation(text[start:end]):
            end -= 1
        if span.form == "whole":
            end -= len(ending_of(text[start:end], index.names))
        if any(c.isalpha() for c in text[start:end]):
            found.append(replace(span, start=start, end=end))
    return found


def _called(token: Token, sentence: Sentence, nouns: Mapping[str, str]) -> bool:
    """Whether a word stands behind a noun for its kind, so that it is a name: "die Hackergruppe Nachtfalter"."""
    before = sentence.tokens[token.index - 1] if token.index else token
    kind = kind_of(before, nouns) if before.pos == "NOUN" and before is not token else None
    return kind not in {None, "Person"} and token.lemma not in nouns and token.text not in UNITS | TEMPORAL


def _alone(token: Token, sentence: Sentence, nouns: Mapping[str, str]) -> bool:
    """Whether a noun that the recogniser vouches for lacks the determiner that a common noun would have."""
    if (
        sentence.block != "paragraph"
        or not token.index
        or token.lemma in nouns
        or token.text in nouns
        or _function_word(token.text)
    ):
        return False
    before = sentence.tokens[token.index - 1]
    apposed = before.pos == "NOUN" and before.text[:1].isupper() and countable(token, nouns, named=True)
    return apposed or bare_noun(sentence.tokens, token, nouns, named=before.pos == "ADP")


def kind_of(token: Token, nouns: Mapping[str, str]) -> str | None:
    """The class a noun stands for, its genitive and builders of all kinds included: "Start-ups", "Lkw-Bauer"."""
    if re.search("[-–‑]Bauers?$", token.text):
        return "Company"
    found = class_of_noun(token.lemma, nouns) or class_of_noun(token.text, nouns)
    return found or (class_of_noun(token.text[:-1], nouns) if token.text.endswith("s") else None)


def own_kind(name: str, nouns: Mapping[str, str], language: str) -> str | None:
    """The class of the noun that a name is built on: "Hochschulverband" is a body, and so is "Bank of Iwaki".

    >>> own_kind("Union of Miners", {"union": "Organization"}, "en")
    'Organization'
    """
    links = (" der ", " des ", " für ", " von ") if language == "de" else (" of ", " for ", " against ")
    head = re.split("|".join(links), name)[0].split()
    if not head or (language == "en" and len(name.split()) == 1) or head[-1].isupper():
        return None
    if language == "en":
        return nouns.get(head[-1].lower())
    return class_of_noun(head[-1], nouns) or ("Organization" if known_noun(head[-1]) and len(name) > 6 else None)


def countable(token: Token, nouns: Mapping[str, str], named: bool = False) -> bool:
    """Whether a German noun is in the singular and would need a determiner; ``named`` if it may stand for a class."""
    form = token.pos in {"NOUN", "PROPN"} and token.text[:1].isupper() and token.text[1:].islower()
    if not form or len(token.text) < 4 or token.text in UNITS | TEMPORAL or "Number=Plur" in token.feats:
        return False
    if named:
        abstract = tuple(m for m in _MASS if len(m) > 4 or m in {"ung", "heit", "keit", "tät"})
        return token.text not in GOODS and token.lemma not in nouns and not token.text.lower().endswith(abstract)
    return class_of_noun(token.lemma, nouns) is None and not token.text.lower().endswith(tuple(_MASS))


def bare_noun(words: tuple[Token, ...], token: Token, nouns: Mapping[str, str], named: bool = False) -> bool:
    """Whether a German noun in the singular has neither determiner nor adjective, though such nouns need one."""
    if not countable(token, nouns, named):
        return False
    before = words[token.index - 1] if token.index else None
    if before is not None and before.pos not in {"ADP", "PUNCT", "VERB", "AUX", "CCONJ", "SCONJ", "ADV"}:
        return False
    contracted = before is not None and before.text.lower() in _CONTRACTED
    determined = any(t.head == token.index and base(t.relation) in {"det", "amod", "nummod"} for t in words)
    behind = words[token.index + 1] if token.index + 1 < len(words) else None
    longer = behind is not None and (behind.text == "-" or (behind.pos == "PROPN" and behind.text[:1].isupper()))
    return not contracted and not determined and not longer


_CONTRACTED: Final = frozenset("am im beim vom zum zur ans ins aufs fürs durchs übers ums".split())


def is_common(token: Token, nouns: Mapping[str, str], language: str) -> bool:
    """Whether a lone word is a common noun or a unit, whatever the recogniser says."""
    if token.text in UNITS | TEMPORAL | GOODS or token.lemma in nouns or token.text in nouns:
        return True
    return language == "de" and "-" not in token.text and (known_noun(token.text) or _function_word(token.text))


@lru_cache(maxsize=4096)
def known_english(word: str) -> bool:
    """Whether morphology knows an English word, written small, as something else than a name.

    >>> known_english("Gymnast"), known_english("Haldiram")
    (True, False)
    """
    best, likelihood = readings(word.lower(), "en")[0]
    return best != "NP0" and likelihood > _KNOWN_ENGLISH


@lru_cache(maxsize=4096)
def known_noun(word: str) -> bool:
    """Whether morphology knows a German word as a common noun and hardly as a name."""
    found = dict(readings(word, "de"))
    noun = max((found[tag] for tag in ("NN", "VV(INF)") if tag in found), default=None)  # "das Springen"
    return noun is not None and noun - found.get("NE", -100.0) > _NOUN_MARGIN


def _function_word(word: str) -> bool:
    """Whether a German word, as the first of a sentence, is a pronoun or determiner: "Dessen", "Deren"."""
    tags = [tag for tag, _ in readings(word, "de")]
    return bool(tags) and all(tag.startswith(("PD", "PI", "PP", "PREL", "PW", "ART")) for tag in tags)


def _with_given_names(
    tokens: list[Token], sentence: Sentence, nouns: Mapping[str, str], label: str, covered: Set[int]
) -> list[Token]:
    """A name with the proper nouns before and behind it that the parser joins to it: "Xi" in "Xi Jinping"."""
    tokens = _with_hyphens(_with_ampersand(tokens, sentence), sentence)
    if tokens[0].index > 0 and sentence.tokens[tokens[0].index - 1].text in {"Bad", "Sankt", "St."}:
        tokens = [sentence.tokens[tokens[0].index - 1], *tokens]
    for step in (-1, 1):
        while True:
            edge = tokens[0] if step < 0 else tokens[-1]
            place = edge.index + step
            if not 0 <= place < len(sentence.tokens) or place in covered:
                break
            other = sentence.tokens[place]
            members = {t.index for t in tokens}
            flat = other.relation.startswith("flat")
            tied = (flat and (other.head in members or other.head in {t.head for t in tokens})) or any(
                t.head == place and t.relation.startswith("flat") for t in tokens
            )
            tail = re.split("[-–‑]", other.text)[-1]  # "Tesla-Chef" in "Tesla-Chef Elon Musk"
            common = (
                other.text in UNITS | TEMPORAL
                or tail in nouns
                or (
                    other.pos == "NOUN"
                    and (
                        other.lemma != other.text
                        or class_of_noun(re.split("[-–‑]", other.lemma)[-1], nouns) is not None
                    )
                )
            )
            part = other.pos == "ADJ" and step < 0 and place > 0 and other.relation == "amod" and other.head in members
            usual = tied and not common and other.pos in {"PROPN", "NOUN"}
            if not (usual or part) or not other.text[:1].isupper() or other.text.endswith("er"):
                break
            tokens = [other, *tokens] if step < 0 else [*tokens, other]
    return _with_surname(tokens, sentence) if label == "PER" else tokens


def _without_noun_behind(tokens: list[Token], span: NamedSpan) -> list[Token]:
    """A German person or place without the noun that the parser joined to it: "warf Emmanuel Macron Verrat vor"."""
    whole = span.label == "LOC" or sum(t.start < span.end for t in tokens) > 1
    while whole and len(tokens) > 1 and tokens[-1].start >= span.end and known_noun(tokens[-1].text):
        tokens = tokens[:-1]
    return tokens


def _with_first_name(tokens: list[Token], sentence: Sentence, nouns: Mapping[str, str]) -> list[Token]:
    """An English surname with the capitalized word before it that the parser compounds with it: "Pekka Lundmark"."""
    before = sentence.tokens[tokens[0].index - 1] if tokens[0].index > 1 else None
    if before is None or before.relation != "compound" or before.head != tokens[-1].index:
        return tokens
    taken = any(s.start < before.end and before.start < s.end for s in sentence.names)
    common = before.lemma in nouns or before.text in nouns or before.text.lower() in nouns or before.text.isupper()
    return tokens if taken or common or not before.text[:1].isupper() else [before, *tokens]


def _with_ampersand(tokens: list[Token], sentence: Sentence) -> list[Token]:
    """Both sides of a name such as "Stolz & Wörner"."""
    words, first, last = sentence.tokens, tokens[0].index, tokens[-1].index
    if first > 1 and words[first - 1].text == "&" and words[first - 2].text[:1].isupper():
        tokens = [words[first - 2], words[first - 1], *tokens]
    if last + 2 < len(words) and words[last + 1].text == "&" and words[last + 2].text[:1].isupper():
        tokens = [*tokens, words[last + 1], words[last + 2]]
    return tokens


def _with_hyphens(tokens: list[Token], sentence: Sentence) -> list[Token]:
    """All of a name that the tokenizer took apart at its hyphens: "Jean-Yves Le Drian", "Cleveland-Cliffs"."""
    words = sentence.tokens
    while (last := tokens[-1].index) + 2 < len(words) and _hyphenated(words[last : last + 3]):
        tokens = [*tokens, words[last + 1], words[last + 2]]
        following = last + 3
        tokens += itertools.takewhile(lambda t: t.relation.startswith("flat") and t.pos == "PROPN", words[following:])
    while (first := tokens[0].index) > 1 and _hyphenated(words[first - 2 : first + 1]):
        tokens = [words[first - 2], words[first - 1], *tokens]
    return tokens


def _hyphenated(words: Sequence[Token]) -> bool:
    """Whether three tokens are two capitalized words and the hyphen that joins them without a space."""
    one, hyphen, other = words
    joined = hyphen.text == "-" and one.end == hyphen.start and hyphen.end == other.start
    return joined and one.text[:1].isupper() and other.text[:1].isupper()


def _with_surname(tokens: list[Token], sentence: Sentence) -> list[Token]:
    """A given name with the particles and the surname behind it: "Ursula von der Leyen"."""
    rest = sentence.tokens[tokens[-1].index + 1 :]
    particles = list(itertools.takewhile(lambda t: t.text in _PARTICLE_WORDS, rest))
    words = " ".join(t.text for t in particles)
    if words not in _PARTICLES or len(particles) == len(rest):
        return tokens
    surname = rest[len(particles)]
    usual = surname.pos == "PROPN" or (surname.pos == "NOUN" and words == "von der")
    tag = readings(surname.text, "de")[0][0]
    usual = usual and (words != "von der" or not tag.startswith("NN"))  # "Aasland von der Universität Bergen"
    return [*tokens, *particles, surname] if surname.text[:1].isupper() and usual else tokens


def _abbreviation(name: str) -> bool:
    return name.endswith(("Inc.", "Corp.", "Co.", "Ltd.", "S.A.", "N.V.", "Jr."))


def _without_common_words(
    tokens: list[Token], nouns: Mapping[str, str], index: NameIndex, sentence: Sentence
) -> list[Token]:
    """A name without the determiners, adjectives, posts and descriptions that the recogniser let in before it.

    A noun stays where it makes a name of a place: "die Stadtwerke Kiel".
    """
    from_place = len(tokens) > 2 and tokens[0].text.endswith("er") and tokens[1].pos == "NOUN"
    if from_place and class_of_noun(tokens[1].lemma, nouns) is not None:
        tokens = tokens[2:]  # "Lausitzer Kraftwerksbetreiber Leag"
    while len(tokens) > 1 and " ".join(t.text for t in tokens) not in index.names:
        head, following = tokens[0], tokens[1]
        common = head.pos in {"DET", "ADP", "PRON", "CCONJ"} or (head.pos == "ADJ" and head.text[:1].islower())
        tail = re.split("[-–‑]", head.text)[-1]
        class_name = nouns.get(tail) or (class_of_noun(head.lemma, nouns) if head.pos == "NOUN" else None)
        before = sentence.tokens[head.index - 1] if head.index > 0 else None
        rest = " ".join(t.text for t in tokens[1:])
        genitive = following.pos == "ADJ" and following.text[:1].isupper() and following.text.endswith("er")
        if class_name not in {None, "Person"} and genitive:
            break  # "Verband Deutscher Reeder"
        if class_name is None and any(e.type == "Product" for e in index.find(rest)):
            class_name = "Product"  # "Chatbot ChatGPT"
        place = (
            index.demonym(head.text) is not None
            and not _inflected_capital(head)
            and (class_of_noun(following.lemma, nouns) is not None or (before is not None and before.pos == "DET"))
        )
        if common or place or (class_name and not makes_name(head.lemma, class_name, rest, index)):
            tokens = tokens[1:]
        else:
            break
    while len(tokens) > 1 and tokens[-1].text[:1].islower() and class_of_noun(tokens[-1].lemma, nouns) is not None:
        tokens = tokens[:-1]  # "the United Steelworkers union"
    last = tokens[-1]
    behind = sentence.tokens[last.index + 1] if last.index + 1 < len(sentence.tokens) else last
    if len(tokens) > 1 and last.pos == "NUM" and behind.pos == "NOUN" and "Number=Plur" in behind.feats:
        tokens = tokens[:-1]  # "bei Vestas 60 Anlagen"
    while len(tokens) > 1 and tokens[-1].pos in {"PUNCT", "ADP", "CCONJ"} and not tokens[-1].text[:1].isupper():
        tokens = tokens[:-1]
    return tokens


def makes_name(noun: str, class_name: str, rest: str, index: NameIndex) -> bool:
    """Whether a noun before a name belongs to it: "Stadtwerke Kiel", "Universität Leipzig", "Landgericht Bonn"."""
    if class_name == "Person":
        return False
    body = names_body(noun) and not rest.isupper()  # "Staatsanwaltschaft DIICOT"
    return body or any(e.type in {"City", "Region", "Country"} for e in index.find(rest))


def _inflected_capital(token: Token) -> bool:
    """Whether an adjective has a capital within a German sentence, as in names: "die Schweizerischen Bundesbahnen"."""
    return token.index > 0 and token.text[:1].isupper() and token.text.endswith(("sche", "schen", "sches", "schem"))


def names_body(noun: str) -> bool:
    """Whether a noun opens the name of a body, as its own or as a compound's last word: "Oberverwaltungsgericht"."""
    lower = noun.lower()
    return noun in INSTITUTIONS or (lower.endswith(_BODY_TAILS) and lower != "gericht")


def _possessor_only(tokens: list[Token], index: NameIndex) -> list[Token]:
    """Only the known name where the recogniser took a common noun behind it for part of it: "Huaweis Kit"."""
    for length in range(len(tokens) - 1, 0, -1):
        name = " ".join(t.text for t in tokens[:length])
        if name in index.names and all(t.pos == "NOUN" for t in tokens[length:]):
            return tokens[:length]
    if len(tokens) > 1 and tokens[0].text.endswith(("s", "'", "’")) and all(t.pos == "NOUN" for t in tokens[1:]):
        first = tokens[0].text
        if first not in index.names and index.find(first):
            return tokens[:1]
    return tokens
