"""Names with all their words, and names that only their place tells, in sentences parsed by hand."""

from __future__ import annotations

import pytest
from sentences import sentence, text_of
from small_world import GAZETTEER, ONTOLOGY, names_of

from kg import name_borders as borders
from kg import name_guesses as guesses
from kg.name_index import name_index
from kg.name_spans import kind_of, known_english, own_kind

INDEX = name_index(GAZETTEER, "de")
V = "kam=kommen/VERB.Fin:root ."
NOUNS = {
    "union": "Organization",
    "bank": "Company",
    "company": "Company",
    "surgeon": "Person",
    "council": "Organization",
}

GERMAN = {
    "a name that the tokenizer cut at a full stop": (
        f"Travail/PROPN:nsubj>kam ~./PUNCT:punct>kam ~Suisse/PROPN:flat>Travail {V}",
        {"Travail": "ORG"},
        ["Travail.Suisse ORG"],
    ),
    "a brand with a small first letter": (f"iRobot/ADJ:nsubj>kam {V}", {}, ["iRobot ORG"]),
    "a unit is no brand": (f"mRNA/NOUN:nsubj>kam {V}", {}, []),
    "a bare noun with its kind in apposition": (
        "Sternglut:nsubj>zog ,/PUNCT:punct>Konzern ein:det>Konzern Konzern:appos>Sternglut ,/PUNCT:punct>zog "
        "zog=ziehen/VERB.Fin:root um:compound:prt>zog .",
        {},
        ["Sternglut ORG"],
    ),
    "a bare noun that does what bodies do": (
        "Dort/ADV:advmod>kaufte kaufte=kaufen/VERB.Fin.Sing:root Sonnensegel:nsubj>kaufte "
        "Module=Modul/NOUN.Plur:obj>kaufte .",
        {},
        ["Sonnensegel ORG"],
    ),
    "a noun with a determiner is none": (
        "Dort/ADV:advmod>kaufte kaufte=kaufen/VERB.Fin.Sing:root das:det>Sonnensegel Sonnensegel:nsubj>kaufte .",
        {},
        [],
    ),
    "what is no matter of number is none": (
        "Dort/ADV:advmod>baut baut=bauen/VERB.Fin.Sing:root Forschung:nsubj>baut Module=Modul/NOUN.Plur:obj>baut .",
        {},
        [],
    ),
    "a bare noun behind its founder": (
        f"Der:det>Gründer Gründer:nsubj>kam von:case>Nebelwald Nebelwald:nmod>Gründer {V}",
        {},
        ["Nebelwald ORG"],
    ),
    "an adjective with a capital within the sentence": (
        f"Die:det>Behörde Dänische/ADJ:amod>Behörde Behörde:nsubj>kam {V}",
        {},
        ["Dänische Behörde ORG"],
    ),
    "the first adjective of a sentence": (f"Dänische/ADJ:amod>Behörde Behörde:nsubj>kam {V}", {}, []),
    "a ministry": (
        f"Das:det>Verkehrsministerium Verkehrsministerium/NOUN.Sing:nsubj>kam {V}",
        {},
        ["Verkehrsministerium ORG"],
    ),
    "any ministry": (f"Ein:det>Verkehrsministerium Verkehrsministerium/NOUN.Sing:nsubj>kam {V}", {}, []),
    "the ministry that was spoken of": (f"Das:det>Ministerium Ministerium/NOUN.Sing:nsubj>kam {V}", {}, []),
    "a sort of ministry": (f"Das:det>Fachministerium Fachministerium/NOUN.Sing:nsubj>kam {V}", {}, []),
    "a ministry of a country is one name": (
        f"Das:det>US-Verkehrsministerium US-Verkehrsministerium/NOUN.Sing:nsubj>kam {V}",
        {},
        ["US-Verkehrsministerium ORG"],
    ),
    "a body named by its purpose": (
        f"Die:det>Allianz Allianz:nsubj>kam für:case>Netze offene/ADJ:amod>Netze Netze=Netz/NOUN.Plur:nmod>Allianz {V}",
        {},
        ["Allianz für offene Netze ORG"],
    ),
    "any body with that purpose": (
        "Eine:det>Allianz Allianz:nsubj>kam für:case>Netze offene/ADJ:amod>Netze "
        f"Netze=Netz/NOUN.Plur:nmod>Allianz {V}",
        {},
        [],
    ),
    "what an acronym stands for": (
        f"Die:det>Rektorenrunde Rektorenrunde:nsubj>kam ( RR/PROPN:appos>Rektorenrunde ) {V}",
        {},
        ["Rektorenrunde ORG", "RR ORG"],
    ),
    "brackets that hold something else": (
        f"Die:det>Rektorenrunde Rektorenrunde:nsubj>kam ( SPD/PROPN:appos>Rektorenrunde ) {V}",
        {},
        ["SPD MISC"],
    ),
    "quotes behind a kind": (
        f"Der:det>Verband Verband:nsubj>kam „ Freies/ADJ:amod>Netz Netz:appos>Verband “ {V}",
        {},
        ["Freies Netz ORG"],
    ),
    "an adverb before the verb": (
        "Der:det>Verband Verband:nsubj>fordert Wasserstoff:appos>Verband jetzt/ADV:advmod>fordert "
        "fordert=fordern/VERB.Fin:root Geld:obj>fordert .",
        {"Wasserstoff": "ORG"},
        ["Wasserstoff jetzt ORG"],
    ),
    "a given name that the parser takes for a verb": (
        f"Der:det>Musiker Musiker:nsubj>kam Anri/VERB:dep>kam Sala/PROPN:nsubj>kam {V}",
        {"Sala": "PER"},
        ["Anri Sala PER"],
    ),
    "an unknown name before a post": (
        f"Der:det>Lumina-Chef Lumina-Chef/NOUN:nsubj>kam {V}",
        {},
        ["Lumina ORG part"],
    ),
    "a sort of post": (f"Der:det>Marketing-Chef Marketing-Chef/NOUN:nsubj>kam {V}", {}, []),
    "a compound that belongs to the name": (
        f"Sie/PRON:nsubj>kam von:case>Steinbruch Steinbruch:obl>kam Rothfels/PROPN:appos>Steinbruch {V}",
        {"Rothfels": "LOC"},
        ["Steinbruch Rothfels ORG"],
    ),
}


@pytest.mark.parametrize(("notation", "names", "wanted"), GERMAN.values(), ids=GERMAN)
def test_german_names(notation, names, wanted):
    assert names_of([notation], names) == wanted


def shown(spans, text: str) -> list[str]:
    return [f"{text[n.start : n.end]} {n.label}" for n in spans]


ENGLISH = {
    "a body that a nation's adjective begins": (
        borders.with_nation,
        (NOUNS,),
        "The:det>Authority Danish/ADJ:amod>Authority Maritime:compound>Authority Authority:nsubj>came came/VERB:root .",
        {"Danish": "LOC derived", "Maritime Authority": "ORG"},
        ["Danish Maritime Authority ORG"],
    ),
    "a firm is not": (
        borders.with_nation,
        (NOUNS,),
        "The:det>Philips Dutch/ADJ:amod>Philips Philips:nsubj>came came/VERB:root .",
        {"Dutch": "LOC derived", "Philips": "ORG"},
        ["Dutch LOC", "Philips ORG"],
    ),
    "a person and a firm": (
        borders.apart_at_of,
        (INDEX,),
        "Lando:nsubj>came Norris:flat>Lando of:case>McLaren McLaren:nmod>Lando came/VERB:root .",
        {"Lando Norris of McLaren": "PER"},
        ["Lando Norris PER", "McLaren ORG"],
    ),
    "the kind before the name": (
        borders.without_kind,
        (NOUNS, INDEX),
        "Oil:compound>Orlen company:compound>Orlen Orlen:nsubj>came came/VERB:root .",
        {"Oil company Orlen": "ORG"},
        ["Orlen ORG"],
    ),
    "an article with a capital": (
        borders.with_article,
        (),
        "He/PRON:nsubj>read read/VERB:root the/DET:det>paper paper:obj>read The/DET:det>Bell Bell:appos>paper .",
        {"Bell": "ORG"},
        ["The Bell ORG"],
    ),
}


@pytest.mark.parametrize(("step", "more", "notation", "names", "wanted"), ENGLISH.values(), ids=ENGLISH)
def test_english_steps(step, more, notation, names, wanted):
    parsed = sentence(notation, names)
    text = text_of(notation)
    arguments = () if step is borders.with_article else (text,)
    assert shown(step(parsed, *arguments, *more), text) == wanted


def test_a_headline_in_capitals_tells_no_names():
    notation = (
        "Royal/PROPN:compound>Jordanian Jordanian/PROPN:nsubj>Returns Returns/PROPN:root "
        "to:case>Tripoli Tripoli:obl>Returns"
    )
    parsed = sentence(notation)
    assert borders.title_case(parsed)
    assert "Returns" not in str(shown(guesses.with_proper_nouns(parsed, {}, "en"), text_of(notation)))


def test_a_surname_begins_no_sentence_alone():
    notation = "Hock/X:compound>Tan Tan:nsubj>leads leads=lead/VERB:root Broadcom:obj>leads ."
    parsed = sentence(notation, {"Tan": "PER"})
    assert shown(guesses.with_first_word(parsed, NOUNS, "en"), text_of(notation)) == ["Hock Tan PER"]
    notation = notation.replace("Hock", "Surgeon")
    parsed = sentence(notation, {"Tan": "PER"})
    assert shown(guesses.with_first_word(parsed, NOUNS, "en"), text_of(notation)) == ["Tan PER"]


def test_words_and_kinds():
    assert known_english("Returns") and not known_english("Petroineos")
    assert own_kind("Union of Miners", NOUNS, "en") == "Organization"
    assert own_kind("Savanna Cloud", NOUNS, "en") is None
    token = sentence("Lkw-Bauer:nsubj>kam kam:root .").tokens[0]
    assert kind_of(token, {}) == "Company"
    assert not ONTOLOGY.nouns("de").get("Bauer")
