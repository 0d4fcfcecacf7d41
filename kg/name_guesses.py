"""Names that no one has marked: proper nouns, common words that only their place tells to be names, and their kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from kg.models import bundled
from kg.models.tables import NAMES, read_names
from kg.name_borders import BODIES, FIRMS, LANDSCAPE, Names, in_order, title_case, tokens_of
from kg.name_index import NameIndex, class_of_noun
from kg.name_spans import bare_noun, countable, is_common, kind_of, known_english, known_noun
from kg.records import NamedSpan, Sentence, Token
from kg.trees import base

_CORE: Final = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})

_ACTS: Final = {
    "de": frozenset(
        "übernehmen kaufen verkaufen verklagen klagen mitteilen ankündigen beliefern erwerben gründen entlassen bauen "
        "entwickeln herstellen produzieren investieren kooperieren fusionieren beschäftigen einigen berufen ernennen "
        "verhandeln vereinbaren unterzeichnen bestellen planen wollen sollen dementieren bestätigen warnen fordern "
        "kritisieren betreiben vertreiben anbieten eröffnen schließen verlegen stecken streichen verpflichten "
        "beauftragen expandieren vermieten liefern anmelden ablehnen zusammenarbeiten beteiligen sammeln "
        "einsammeln starten bezahlen mieten umziehen abspalten trennen einstellen vorwerfen verlieren feuern".split()
    ),
    "en": frozenset(
        "acquire buy sell sue accuse hire fire appoint name announce say agree sign launch build develop make supply "
        "invest merge employ operate own plan want reject deny confirm warn urge criticise criticize order offer "
        "open close partner team raise cut lay found unveil license manufacture deliver provide negotiate recall "
        "report post pay settle file spin list lease market distribute".split()
    ),
}
"""Verbs whose subject does something that bodies and people do."""

_DOES: Final = {
    "de": _ACTS["de"] | frozenset("halten bringen erhalten gewinnen verzichten suchen zahlen setzen senken".split()),
    "en": _ACTS["en"]
    | frozenset("run start produce hold call expand charge lose win fail fund seek use cancel close".split()),
}
"""Verbs that decide what an unsure name is; too wide to tell that a common noun is one."""

_DONE_TO: Final = {
    "de": frozenset("verklagen übernehmen gründen leiten führen beliefern beauftragen".split()),
    "en": frozenset("acquire buy sue fine join found head chair lead bankrupt".split()),
}
"""Verbs whose object is a body, where nothing else is known of it."""

_ROLES: Final = {
    "de": frozenset(
        "Gründer Gründerin Mitgründer Mitgründerin Chef Chefin Sprecher Sprecherin Geschäftsführer Geschäftsführerin "
        "Vorstand Investor Aktionär Eigentümer Eigner Tochter Mutter Beschäftigte Mitarbeiter Kunde Übernahme Kauf "
        "Verkauf Aktie Anteil Konkurrent Rivale Zulieferer Partner Vertreter Manager Managerin Vorsitzender "
        "Vorsitzende Mitglied Filiale Werk Insolvenz Zentrale".split()
    ),
    "en": frozenset(
        "founder co-founder chief executive ceo boss chairman chairwoman chair president spokesman spokeswoman "
        "spokesperson director manager owner shareholder investor analyst employee worker engineer researcher lawyer "
        "subsidiary unit rival share stake shares customer takeover acquisition headquarters board head".split()
    ),
}
"""Nouns that a body has, behind which "of", "at", „von“ or „bei“ and the body follow."""

_LINKS: Final = {"de": frozenset({"von", "bei", "an", "durch"}), "en": frozenset({"of", "at", "in", "for"})}


@lru_cache(maxsize=2)
def _name_words(language: str) -> Mapping[str, str]:
    return read_names(bundled()[language] / "kg_morphology" / NAMES)


def person_word(word: str, language: str) -> bool:
    """Whether a word is known as a given name or surname.

    >>> person_word("Hock", "en"), person_word("Gymnast", "en")
    (True, False)
    """
    return bool({"NAC", "VOR"} & set(_name_words(language).get(word, "").split("|")))


def given_name(word: str) -> bool:
    """Whether a word is known as a given name in either language."""
    return any("VOR" in _name_words(code).get(word, "").split("|") for code in bundled())


def persons(sentence: Sentence, text: str, nouns: Mapping[str, str], index: NameIndex, language: str) -> Names:
    """Persons whom the recogniser took for something else, by their given name, and their first or last word.

    Within a German sentence a word that is no noun has a capital only as part of a name: "Anri" in "der Künstler Anri
    Sala", which the parser reads as a verb.
    """
    names, words = [], sentence.tokens
    taken = {t.index for n in sentence.names for t in tokens_of(sentence, n)}
    for span in sentence.names:
        inside = tokens_of(sentence, span)
        name = text[span.start : span.end]
        several = 1 < len(inside) < 4 and span.form == "whole" and name not in index.names
        if several and span.label != "PER" and _reads_as_person(words, inside, nouns, index):
            span = replace(span, label="PER")  # noqa: PLW2901
        elif language == "de" and span.form == "whole" and span.label == "PER" and inside:
            first, last = inside[0], inside[-1]
            before = words[first.index - 1] if first.index > 1 else None
            behind = words[last.index + 1] if last.index + 1 < len(words) else None
            if len(inside) == 1 and before is not None and before.index not in taken and _odd_capital(before):
                span = replace(span, start=before.start)  # noqa: PLW2901
            if len(inside) == 1 and behind is not None and behind.index not in taken and _double(behind, nouns):
                span = replace(span, end=behind.end)  # noqa: PLW2901
        names.append(span)
    return tuple(names)


_OF_TOWNS: Final = frozenset("San Santa Santo Saint Sankt São El Los Las La Le New Fort Port Mount Cape Villa".split())
_BEFORE_TOWNS: Final = frozenset({"in", "aus", "nach", "im", "near"})


def _reads_as_person(words: tuple[Token, ...], inside: list[Token], nouns: Mapping[str, str], index: NameIndex) -> bool:
    before = words[inside[0].index - 1] if inside[0].index else None
    kind = kind_of(before, nouns) if before is not None and before.pos == "NOUN" else None
    opened = before is not None and (before.pos == "DET" or (kind is not None and kind != "Person"))
    plain = all(t.text[:1].isupper() and t.text[1:].islower() and t.text.isalpha() for t in inside)
    last = inside[-1].text
    place = any(e.type in {"Country", "City", "Region"} for e in index.find(inside[0].text))
    place = place or inside[0].text in _OF_TOWNS or (before is not None and before.text.lower() in _BEFORE_TOWNS)
    body = place or last in FIRMS | BODIES | LANDSCAPE or last.lower() in nouns or last in nouns
    return plain and not opened and not body and given_name(inside[0].text)


def _odd_capital(token: Token) -> bool:
    """Whether a word that is no noun has a capital within a sentence."""
    odd = token.pos in {"VERB", "X", "INTJ", "PROPN"} and token.text[:1].isupper() and token.text[1:].islower()
    return odd and len(token.text) > 2 and token.text.isalpha()


def _double(token: Token, nouns: Mapping[str, str]) -> bool:
    """Whether a word looks like a double-barrelled surname: "Schieder-Lenz"."""
    first, hyphen, last = token.text.partition("-")
    named = bool(hyphen) and first.istitle() and last.istitle() and class_of_noun(last, nouns) is None
    return named and token.pos in {"NOUN", "PROPN", "X"} and not known_noun(last)


def with_proper_nouns(sentence: Sentence, nouns: Mapping[str, str], language: str) -> Names:
    """Proper nouns that nobody has marked as names become names of an unsure kind."""
    names = list(sentence.names)
    taken = {t.index for t in sentence.tokens for s in names if t.start < s.end and s.start < t.end}
    headline = language == "en" and title_case(sentence)
    run: list[Token] = []
    for token in (*sentence.tokens, None):
        fits = token is not None and token.index not in taken and _proper(token, nouns, language, sentence)
        if token is not None and fits and _joined(run, token):
            run.append(token)
            continue
        if run and not (language == "en" and _ordinary(run, headline)):
            names.append(NamedSpan(run[0].start, run[-1].end, "PER" if len(run) > 1 else "MISC"))
        run = [token] if token is not None and fits else []
    return in_order(names)


def _ordinary(run: list[Token], headline: bool) -> bool:
    """Whether English words have their capital from their place: all in a headline, or the first of a sentence."""
    alone = len(run) == 1
    if headline:
        return any(known_english(t.text) for t in run)
    plain = run[0].text.removesuffix("s").removesuffix("day") != run[0].text and run[0].text.endswith("days")
    return alone and ((run[0].index == 0 and known_english(run[0].text)) or plain or run[0].text in _TIMES)


_TIMES: Final = frozenset({"May", "Spring", "Summer", "Autumn", "Fall", "Winter", "Christmas", "Easter", "Ramadan"})


def _proper(token: Token, nouns: Mapping[str, str], language: str, sentence: Sentence) -> bool:
    before = sentence.tokens[token.index - 1] if token.index else token
    apposed = language == "de" and before.pos == "NOUN" and before is not token and countable(token, nouns, named=True)
    common = is_common(token, nouns, language) and not apposed  # "der Tiefkühlspezialist Eisgraf"
    usual = token.pos == "PROPN" and token.text[:1].isupper() and not common
    return usual and len(token.text) > 1 and "-" not in token.text and class_of_noun(token.lemma, nouns) is None


def _joined(run: list[Token], token: Token) -> bool:
    """Whether a proper noun goes on with the run before it."""
    if not run:
        return True
    last = run[-1]
    if len(run) == 1 and token.text.isupper() and len(token.text) < 4:
        return token.index == last.index + 1  # "Stability AI"
    rivals = token.head == last.head and token.relation in _CORE and last.relation in _CORE
    return token.index == last.index + 1 and not rivals


def with_first_word(sentence: Sentence, nouns: Mapping[str, str], language: str) -> Names:
    """A lone name with the unknown capitalised word that begins the sentence before it: "Hock Tan leads Broadcom"."""
    if not sentence.names or len(sentence.tokens) < 3:
        return sentence.names
    span, first = sentence.names[0], sentence.tokens[0]
    inside = tokens_of(sentence, span)
    alone = len(inside) == 1 and inside[0].index == 1 and span.form == "whole" and span.label in {"PER", "MISC"}
    if not alone or not first.text.isalpha() or not first.text[:1].isupper() or len(first.text) < 2:
        return sentence.names
    tied = first.pos in {"PROPN", "X"} or (base(first.relation) in {"compound", "flat"} and first.head == 1)
    known = any(word in nouns for word in (first.lemma, first.text, first.text.lower()))
    known = known or is_common(first, nouns, language)
    if not tied or known or (language == "en" and known_english(first.text) and not person_word(first.text, language)):
        return sentence.names
    return (replace(span, start=first.start, label="PER"), *sentence.names[1:])


def with_bare_nouns(
    sentence: Sentence, nouns: Mapping[str, str], index: NameIndex, label_of_class: Mapping[str, str]
) -> Names:
    """German common nouns without a determiner that do what bodies do: „Sternglut, ein Anbieter von Krediten, kauft …“.

    A noun that can be counted needs a determiner in the singular, names do not. Beside that, something must
    tell that a body is meant: a kind in apposition, a verb of doing, or the noun for its founder or share.
    """
    if sentence.block != "paragraph":
        return sentence.names
    names, words = list(sentence.names), sentence.tokens
    taken = {t.index for t in words for s in names if t.start < s.end and s.start < t.end}
    for token in words:
        if token.index in taken or not bare_noun(words, token, nouns) or index.find(token.text):
            continue
        if token.index + 1 in taken and words[token.index + 1].pos in {"PROPN", "X"}:
            continue  # "teilte Kuratorin Alina Feldhoff mit"
        label = _kind_behind(words, token.index, nouns, label_of_class)
        if label or _acting(words, token, nouns) or _owned(words, token, "de"):
            names.append(NamedSpan(token.start, token.end, label or "ORG"))
    return in_order(names)


def _kind_behind(
    words: tuple[Token, ...], name: int, nouns: Mapping[str, str], label_of_class: Mapping[str, str]
) -> str:
    """The label of the kind in apposition: "X, ein Anbieter von", „X, der schwedische Konzern“."""
    behind = words[name + 1 : name + 7]
    if (
        len(behind) < 3
        or behind[0].text != ","
        or behind[1].text not in {"ein", "eine", "einer", "einem", "der", "die"}
    ):
        return ""
    noun = next((t for t in behind[2:] if t.pos not in {"ADJ", "ADV", "NUM"}), None)
    if noun is None or noun.pos != "NOUN":
        return ""
    label = label_of_class.get(class_of_noun(noun.lemma, nouns) or "", "")
    return label if label in {"ORG", "MISC"} else ""


def _acting(words: tuple[Token, ...], token: Token, nouns: Mapping[str, str]) -> bool:
    """Whether a noun is the subject of a verb in the singular that tells what bodies do."""
    verb = words[token.head]
    if token.relation != "nsubj" or verb.pos not in {"VERB", "AUX"} or verb.index == token.index:
        return False
    finite = [verb, *(t for t in words if t.head == verb.index and t.relation in {"aux", "aux:pass"})]
    singular = any("Number=Sing" in t.feats for t in finite)
    particle = "".join(t.text for t in words if t.head == verb.index and t.relation == "compound:prt")
    acts = _ACTS["de"]
    return singular and (verb.lemma in acts or particle + verb.lemma in acts)


def _owned(words: tuple[Token, ...], token: Token, language: str) -> bool:
    """Whether a name stands behind what a body has: "the founder of X", „bei X“ behind „Chefin“."""
    if token.index < 2 or words[token.index - 1].text.lower() not in _LINKS[language]:
        return False
    noun = words[token.index - 2]
    tail = re.split("[-–‑]", noun.lemma)[-1]
    roles = _ROLES[language]
    if language == "en":
        return tail.lower() in roles or noun.text.lower() in roles
    return noun.pos == "NOUN" and (tail in roles or any(tail.endswith(r.lower()) for r in roles))


def labelled(
    sentence: Sentence,
    text: str,
    language: str,
    index: NameIndex,
    nouns: Mapping[str, str],
    label_of_class: Mapping[str, str],
) -> Names:
    """Names of an unsure kind with the label that their place asks for: who acts, or has a founder, is a body."""
    names = []
    for span in sentence.names:
        inside = tokens_of(sentence, span)
        unsure = (
            span.form == "whole" and span.label == "MISC" and inside and not index.find(text[span.start : span.end])
        )
        alone = span.form == "whole" and span.label in {"PER", "LOC"} and len(inside) == 1
        if alone and not index.find(text[span.start : span.end]) and _of_firm(sentence.tokens, inside[0], language):
            span = replace(span, label="ORG")  # noqa: PLW2901
        preceding = sentence.tokens[inside[0].index - 1] if inside and inside[0].index else None
        if alone and span.label == "PER" and preceding is not None and preceding.pos == "NOUN":
            told = label_of_class.get(kind_of(preceding, nouns) or "")
            span = replace(span, label=told) if told in {"ORG", "MISC"} else span  # noqa: PLW2901
        if unsure and (label := _label_of(sentence.tokens, inside, language, nouns, label_of_class)):
            span = replace(span, label=label)  # noqa: PLW2901
        names.append(span)
    return tuple(names)


_FIRM_ROLES: Final = frozenset(
    "shares share stake analyst analysts subsidiary takeover acquisition executive ceo founder co-founder "
    "Aktie Anteil Übernahme Gründer Gründerin Mitgründer Tochter Geschäftsführer Geschäftsführerin".split()
)
"""What only a firm has, no town and no person."""


def _of_firm(words: tuple[Token, ...], token: Token, language: str) -> bool:
    links = {"of", "at"} if language == "en" else {"von", "an", "bei"}
    if token.index < 2 or words[token.index - 1].text.lower() not in links:
        return False
    noun = words[token.index - 2]
    return noun.lemma in _FIRM_ROLES or noun.text.lower() in _FIRM_ROLES


def _label_of(
    words: tuple[Token, ...],
    inside: list[Token],
    language: str,
    nouns: Mapping[str, str],
    label_of_class: Mapping[str, str],
) -> str:
    if any("Number=Plur" in t.feats for t in inside):
        return ""  # "Americans use the app"
    members = {t.index for t in inside}
    head = next((t for t in inside if t.head not in members or t.head == t.index), inside[0])
    verb = words[head.head]
    acts = _DOES[language]
    if head.relation == "obj" and verb.lemma in _DONE_TO[language]:
        return "ORG"
    if head.relation == "nsubj" and verb.pos in {"VERB", "AUX"} and verb.index not in members:
        particle = "".join(t.text for t in words if t.head == verb.index and t.relation == "compound:prt")
        if verb.lemma in acts or particle + verb.lemma in acts:
            return "ORG"
    if _owned(words, inside[0], language):
        return "ORG"
    preceding = words[inside[0].index - 1] if inside[0].index else None
    if (
        preceding is not None
        and preceding.pos == "NOUN"
        and label_of_class.get(kind_of(preceding, nouns) or "") == "ORG"
    ):
        return "ORG"
    before = preceding.text.lower() if preceding is not None else ""
    if before in {"by", "durch"}:
        return "ORG"
    far = words[inside[0].index - 2].text.lower() if inside[0].index > 1 else ""
    if before == "the" and far in {"in", "through", "across", "along", "throughout", "near"}:
        return "LOC"
    if len(inside) == 1 and before in {"in", "near", "aus", "nach"} and (language == "de" or before in {"in", "near"}):
        return "LOC"
    return ""
