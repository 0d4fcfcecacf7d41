"""Mentions in sentences parsed by hand: names, compounds, demonyms, descriptions, pronouns."""

from __future__ import annotations

import pytest
from sentences import analysis, text_of
from small_world import GAZETTEER, ONTOLOGY, mentions_of

from kg.mentions import mentions
from kg.name_index import name_index

V = "kam=kommen/VERB.Fin:root ."


def shown(notation, names=None):
    return [f"{m.text} | {m.kind} {m.type}" + ("" if m.whole else " part") for m in mentions_of([notation], names)]


FOUND = {
    "names": (
        f"Huawei/PROPN:nsubj>kam mit:case>Merz Merz:obl>kam aus:case>China China/PROPN:obl>kam {V}",
        {"Merz": "PER"},
        ["Huawei | name Organization", "Merz | name Person", "China | name Place"],
    ),
    "demonym": (
        f"Der:det>Betreiber russische:amod>Betreiber Betreiber:nsubj>kam {V}",
        {},
        ["Der russische Betreiber | description Company", "russische | demonym Country part"],
    ),
    "a government": (f"Die:det>US-Regierung US-Regierung:nsubj>kam {V}", {}, ["US | compound Place"]),
    "a post in a compound": (
        f"Der:det>Huawei-Vorsitzende Huawei-Vorsitzende=Huawei-Vorsitzender:nsubj>kam {V}",
        {},
        ["Der Huawei-Vorsitzende | description Person", "Huawei | compound Organization part"],
    ),
    "a compound that ends in a class noun": (
        f"Der:det>Mobilfunkbetreiber Mobilfunkbetreiber:nsubj>kam {V}",
        {},
        ["Der Mobilfunkbetreiber | description Company"],
    ),
    "an indefinite noun phrase speaks of nothing known": (f"Ein=ein:det>Konzern Konzern:nsubj>kam {V}", {}, []),
    "a plural neither": (f"Die:det>Konzerne Konzerne=Konzern/NOUN.Plur:nsubj>kam {V}", {}, []),
    "nor a noun of no class": (f"Das:det>Netz Netz:nsubj>kam {V}", {}, []),
    "the article in the preposition": (
        f"Er/PRON:nsubj>kam zum:case>Konzern Konzern:obl>kam {V}",
        {},
        ["Er | pronoun Agent", "Konzern | description Company"],
    ),
    "the people of a place": (
        f"Die:det>Wolfsburger Wolfsburger/NOUN:nsubj>kam {V}",
        {},
        ["Die Wolfsburger | description Agent", "Wolfsburger | demonym City part"],
    ),
    "a state by its adjective": (
        f"Der:det>Staat chinesische:amod>Staat Staat:nsubj>kam {V}",
        {},
        ["Der chinesische Staat | description Country", "chinesische | demonym Country part"],
    ),
    "pronouns": (
        f"Sie/PRON:nsubj>kam mit:case>ihm ihm/PRON:obl>kam {V}",
        {},
        ["Sie | pronoun Agent", "ihm | pronoun Agent"],
    ),
    "possessive": (
        f"Seine=sein:det:poss>Tochter Tochter:nsubj>kam {V}",
        {},
        ["Seine | pronoun Agent"],
    ),
    "a reflexive is none": (f"Merz:nsubj>kam sich/PRON:obj>kam {V}", {"Merz": "PER"}, ["Merz | name Person"]),
}


@pytest.mark.parametrize(("notation", "names", "wanted"), FOUND.values(), ids=FOUND)
def test_mentions(notation, names, wanted):
    assert shown(notation, names) == wanted


def test_english_pronouns_have_a_type():
    article = analysis(["He/PRON:nsubj>sold sold=sell:root its/PRON:nmod:poss>firm firm:obj>sold ."], language="en")
    found = mentions(article, name_index(GAZETTEER, "en"), ONTOLOGY)
    assert [(m.text, m.kind, m.type) for m in found] == [
        ("He", "pronoun", "Person"),
        ("its", "pronoun", "Organization"),
    ]


def test_offsets_and_heads():
    notations = [f"Huawei/PROPN:nsubj>kam {V}", f"Der:det>Betreiber russische:amod>Betreiber Betreiber:nsubj>kam {V}"]
    text = " ".join(text_of(n) for n in notations)
    found = mentions_of(notations)
    assert [m.sentence for m in found] == [0, 1, 1]
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
    assert [m.head for m in found] == [0, 2, 1]


def test_a_government_stands_for_the_whole_compound():
    (found,) = mentions_of([f"Die:det>US-Regierung US-Regierung:nsubj>kam {V}"])
    assert (found.start, found.end, found.whole) == (4, 16, True)
