"""German phrases hung where they belong: each step beside a tree that looks like what it repairs and is right."""

from __future__ import annotations

import pytest
from sentences import sentence

from kg import german_phrases, german_valency
from kg.records import Sentence
from kg.trees import rewritten

NAMES = {
    **dict.fromkeys(("Siemens", "Nokia", "Apple", "Intel"), "ORG"),
    "Anna Smith": "PER",
    **dict.fromkeys(("Norwegen", "Litauen", "Graz"), "LOC"),
    "Rafale": "MISC",
}


def heads(notation: str, step) -> dict[str, tuple[str, str]]:
    """Word → (word that it hangs on, relation), after one step."""
    parsed: Sentence = rewritten(sentence(notation, NAMES), (step,))
    return {t.text: (parsed.tokens[t.head].text, t.relation) for t in parsed.tokens}


MENDED = {
    "a particle behind a name": (
        german_phrases.with_particles,
        "Nokia:nsubj>setzt setzt=setzen/VERB.Fin.Ind:root Rafale:obj>setzt ein/DET:flat>Rafale .",
        {"ein": ("setzt", "compound:prt")},
    ),
    "a set phrase before a name": (
        german_phrases.with_set_phrases,
        "Apple:obj>beliefern beliefern/VERB.Fin.Ind:root unter:case>anderem anderem/DET:obl>beliefern "
        "Nokia:appos>anderem .",
        {"Nokia": ("beliefern", "dep"), "unter": ("beliefern", "advmod")},
    ),
    "a name before a noun, behind a preposition": (
        german_phrases.without_compounds,
        "Apple:nsubj>verlangt verlangt=verlangen/VERB.Fin.Ind:root von:case>Auskunft Nokia:compound>Auskunft "
        "Auskunft/NOUN:obl>verlangt .",
        {"von": ("Nokia", "case"), "Nokia": ("verlangt", "obl"), "Auskunft": ("verlangt", "obj")},
    ),
    "a seat behind a name": (
        german_phrases.with_seats,
        "Nokia:nsubj>versorgt mit:case>Sitz Sitz/NOUN:obl>versorgt in:case>Graz Graz:nmod>Sitz "
        "versorgt=versorgen/VERB.Fin.Ind:root Apple:obj>versorgt .",
        {"Sitz": ("Nokia", "nmod")},
    ),
    "a phrase behind a name": (
        german_phrases.with_own_phrases,
        "Heute/ADV:advmod>verhandelt verhandelt=verhandeln/VERB.Fin.Ind:root Nokia:nsubj>verhandelt mit:case>Apple "
        "Apple:nmod>Nokia .",
        {"Apple": ("verhandelt", "obl")},
    ),
    "a participle between commas": (
        german_phrases.with_asides,
        "Litauen:nsubj:pass>überfallen , von:case>Norwegen Norwegen:obl>überfallen überfallen/VERB.Part:ccomp>hofft , "
        "hofft=hoffen/VERB.Fin.Ind:root .",
        {"Litauen": ("hofft", "nsubj"), "überfallen": ("Litauen", "acl")},
    ),
    "a person between commas": (
        german_phrases.with_people,
        "Eine:det>Sprecherin Sprecherin/NOUN:nsubj>kam von:case>Nokia Nokia:nmod>Sprecherin , Anna:conj>Nokia "
        "Smith:flat>Anna , kam=kommen/VERB.Fin.Ind:root .",
        {"Anna": ("Sprecherin", "appos")},
    ),
    "both of a plural": (
        german_phrases.with_floating,
        "Norwegen:nsubj>gehören und:cc>Litauen Litauen:conj>Norwegen gehören/VERB.Fin.Ind:root beide/PRON:obj>gehören "
        "Nokia:nmod>beide .",
        {"beide": ("gehören", "advmod"), "Nokia": ("gehören", "dep")},
    ),
    "a person behind the body that elects": (
        german_phrases.with_neighbours,
        "hat=haben/AUX.Fin.Ind:aux>gewählt der:det>Aufsichtsrat Aufsichtsrat/NOUN:nsubj>gewählt "
        "Anna:appos>Aufsichtsrat Smith:flat>Anna gewählt=wählen/VERB.Part:root .",
        {"Anna": ("gewählt", "dep")},
    ),
    "an adverb of an auxiliary": (
        german_phrases.with_adverbs,
        "Nie/ADV:advmod>hat hat=haben/AUX.Fin.Ind:aux>beliefert Nokia:nsubj>beliefert Apple:obj>beliefert "
        "beliefert=beliefern/VERB.Part:root .",
        {"Nie": ("beliefert", "advmod")},
    ),
    "a perfect's auxiliary": (
        german_valency.with_auxiliaries,
        "Gestern/ADV:advmod>gezogen ist=sein/AUX.Fin.Ind:cop>Nokia Nokia:nsubj>gezogen gegen:case>Apple "
        "Apple:obl>gezogen gezogen=ziehen/VERB.Part:root .",
        {"ist": ("gezogen", "aux")},
    ),
    "the partner of an event": (
        german_valency.with_governed,
        "Nokia:nsubj>kooperiert kooperiert=kooperieren/VERB.Fin.Ind:root beim=bei:case>Bau Bau/NOUN:obl>kooperiert "
        "mit:case>Apple Apple:nmod>Bau .",
        {"Apple": ("kooperiert", "obl")},
    ),
    "where goods come from": (
        german_valency.with_events,
        "Norwegen:nsubj>stoppt stoppt=stoppen/VERB.Fin.Ind:root die:det>Einfuhr Einfuhr/NOUN:obj>stoppt "
        "von:case>Fleisch Fleisch/NOUN:nmod>Einfuhr aus:case>Litauen Litauen:nmod>Fleisch .",
        {"Litauen": ("Einfuhr", "nmod")},
    ),
    "a conjunct with a preposition of its own": (
        german_valency.with_coordinated,
        "Apple:nsubj>setzt setzt=setzen/VERB.Fin.Ind:root auf:case>Chips Chips/NOUN:obl>setzt von:case>Intel "
        "Intel:nmod>Chips und:cc>Rafale auf:case>Rafale Rafale:conj>Intel .",
        {"Rafale": ("Chips", "conj")},
    ),
    "a title's conjunct": (
        german_valency.with_titles,
        "Chef/NOUN.Sing:nsubj>kamen Anna:appos>Chef Smith:flat>Anna und:cc>Nokia Nokia:conj>Anna "
        "kamen=kommen/VERB.Fin.Ind:root .",
        {"Nokia": ("Chef", "conj")},
    ),
}

LEFT = {
    "a determiner": (
        german_phrases.with_particles,
        "Nokia:nsubj>kauft kauft=kaufen/VERB.Fin.Ind:root ein:det>Werk Werk/NOUN:obj>kauft .",
    ),
    "a phrase before the verb": (
        german_phrases.with_own_phrases,
        "Nokia:nsubj>verhandelt mit:case>Apple Apple:nmod>Nokia verhandelt=verhandeln/VERB.Fin.Ind:root .",
    ),
    "an origin": (
        german_phrases.with_own_phrases,
        "Heute/ADV:advmod>verhandelt verhandelt=verhandeln/VERB.Fin.Ind:root Nokia:nsubj>verhandelt aus:case>Graz "
        "Graz:nmod>Nokia .",
    ),
    "a list between commas": (
        german_phrases.with_people,
        "Anna:nsubj>kam Smith:flat>Anna , Nokia:conj>Anna , kam=kommen/VERB.Fin.Ind:root .",
    ),
    "a person behind his post": (
        german_phrases.with_neighbours,
        "hat=haben/AUX.Fin.Ind:aux>gewählt der:det>Chef Chef/NOUN:nsubj>gewählt Anna:appos>Chef Smith:flat>Anna "
        "gewählt=wählen/VERB.Part:root .",
    ),
    "a phrase of the verb's own": (
        german_valency.with_governed,
        "Nokia:nsubj>kooperiert kooperiert=kooperieren/VERB.Fin.Ind:root beim=bei:case>Bau Bau/NOUN:obl>kooperiert "
        "mit:case>Apple Apple:nmod>Bau mit:case>Intel Intel:obl>kooperiert .",
    ),
    "an owner's goods": (
        german_valency.with_events,
        "Norwegen:nsubj>stoppt stoppt=stoppen/VERB.Fin.Ind:root die:det>Einfuhr Einfuhr/NOUN:obj>stoppt "
        "von:case>Apple Apple:nmod>Einfuhr aus:case>Litauen Litauen:nmod>Apple .",
    ),
}


@pytest.mark.parametrize(("step", "notation", "wanted"), MENDED.values(), ids=MENDED)
def test_what_is_mended(step, notation, wanted):
    found = heads(notation, step)
    assert {word: found[word] for word in wanted} == wanted


@pytest.mark.parametrize(("step", "notation"), LEFT.values(), ids=LEFT)
def test_what_is_left_alone(step, notation):
    parsed = sentence(notation, NAMES)
    assert rewritten(parsed, (step,)).tokens == parsed.tokens
