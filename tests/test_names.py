"""Names in sentences parsed by hand, with a small gazetteer."""

from __future__ import annotations

import pytest
from sentences import text_of
from small_world import GAZETTEER, ONTOLOGY, names_of

from kg.legal_forms import without_legal_form
from kg.name_index import class_of_noun, name_index
from kg.names import label_of

INDEX = name_index(GAZETTEER, "de")
V = "kam=kommen/VERB.Fin:root ."

FOUND = {
    "what the recogniser found": (f"MTS/PROPN:nsubj>kam {V}", {"MTS": "ORG"}, ["MTS ORG"]),
    "what the gazetteer knows": (f"Huawei/PROPN:nsubj>kam {V}", {}, ["Huawei ORG"]),
    "the gazetteer's label counts": (f"Huawei:nsubj>kam {V}", {"Huawei": "PER"}, ["Huawei ORG"]),
    "the longer span of the gazetteer": (
        f"Huawei:nsubj>kam Technologies/PROPN:flat:name>Huawei {V}",
        {"Huawei": "ORG"},
        ["Huawei Technologies ORG"],
    ),
    "the longer span of the recogniser": (
        f"Huawei:nsubj>kam Marine:flat:name>Huawei Networks:flat:name>Huawei {V}",
        {"Huawei Marine Networks": "ORG"},
        ["Huawei Marine Networks ORG"],
    ),
    "several names taken for one": (
        f"China/PROPN:nsubj>kam Russland/PROPN:flat>China {V}",
        {"China Russland": "LOC"},
        ["China LOC", "Russland LOC"],
    ),
    "genitive": (f"Huaweis/PROPN.Gen:nmod>Chef Chef:nsubj>kam {V}", {}, ["Huawei ORG"]),
    "genitive that the recogniser took for the name": (
        f"Huaweis:nmod>Chef Chef:nsubj>kam {V}",
        {"Huaweis": "ORG"},
        ["Huawei ORG"],
    ),
    "a name that ends in -s": (f"Intels:nsubj>kam {V}", {"Intels": "ORG"}, ["Intels ORG"]),
    "demonym": (
        f"Der:det>Betreiber russische:amod>Betreiber Betreiber:nsubj>kam {V}",
        {},
        ["russische LOC derived"],
    ),
    "demonym with capital": (
        f"Das:det>Unternehmen Wolfsburger:amod>Unternehmen Unternehmen:nsubj>kam {V}",
        {},
        ["Wolfsburger LOC derived"],
    ),
    "compound with a country": (f"Die:det>US-Regierung US-Regierung:nsubj>kam {V}", {}, ["US LOC part"]),
    "compound with a company": (
        f"Der:det>Huawei-Vorsitzende Huawei-Vorsitzende=Huawei-Vorsitzender:nsubj>kam {V}",
        {},
        ["Huawei ORG part"],
    ),
    "compound that the recogniser took for a name": (
        f"Der:det>Huawei-Chef Huawei-Chef:nsubj>kam {V}",
        {"Huawei-Chef": "PER"},
        ["Huawei ORG part"],
    ),
    "compound that begins with the longer name": (
        f"Die:det>EU-Kommissionspräsidentin EU-Kommissionspräsidentin:nsubj>kam {V}",
        {},
        ["EU-Kommissions ORG part"],
    ),
    "a known name with a hyphen is whole": (
        f"Die:det>EU-Kommission EU-Kommission:nsubj>kam {V}",
        {},
        ["EU-Kommission ORG"],
    ),
    "inflected adjective in a name": (
        f"Der:det>Chef Chef:nsubj>kam der:det>Bahn Deutschen/ADJ:amod>Bahn Bahn:nmod>Chef {V}",
        {},
        ["Deutschen Bahn ORG"],
    ),
    "legal form": (
        f"Die:det>Wirecard Wirecard:nsubj>kam AG/PROPN:flat:name>Wirecard {V}",
        {"Wirecard AG": "ORG"},
        ["Wirecard AG ORG"],
    ),
    "legal form that the recogniser left out": (
        f"Die:det>Kastell Kastell/PROPN:nsubj>kam SE/PROPN:flat>Kastell {V}",
        {"SE": "MISC"},
        ["Kastell SE ORG"],
    ),
    "a person and a company joined by a particle": (
        f"Eva/PROPN:nsubj>kam Kolb/PROPN:flat>Eva von/ADP:flat>Eva der/DET:flat>Eva Meier/PROPN:flat>Eva "
        f"GmbH/PROPN:flat>Eva {V}",
        {"Eva Kolb von der Meier": "PER"},
        ["Eva Kolb PER", "Meier GmbH ORG"],
    ),
    "a legal form behind another": (
        f"Die:det>Kastell Kastell/PROPN:nsubj>kam Holding/PROPN:flat>Kastell GmbH/PROPN:flat>Kastell {V}",
        {"Kastell Holding": "ORG"},
        ["Kastell Holding GmbH ORG"],
    ),
    "a well-known place before the letters of a legal form": (
        f"Russland/PROPN:nsubj>kam AG/PROPN:nmod>kam Paxton/PROPN:flat>AG {V}",
        {"Russland": "LOC", "AG Paxton": "PER"},
        ["Russland LOC", "AG Paxton PER"],
    ),
    "two names joined across a legal form": (
        f"Kastell/PROPN:nsubj>kam Corp./PROPN:flat>Kastell Brenner/PROPN:flat>Kastell {V}",
        {"Kastell Corp. Brenner": "ORG"},
        ["Kastell Corp. ORG", "Brenner ORG"],
    ),
    "the expansion of an acronym": (
        f"Der:det>Verband Große/ADJ:amod>Verband Verband/NOUN:nsubj>kam ( GV/PROPN:appos>Verband ) {V}",
        {},
        ["Große Verband ORG", "GV ORG"],
    ),
    "article within the span": (
        f"Die/DET:det>MTS MTS:nsubj>kam {V}",
        {"Die MTS": "ORG"},
        ["MTS ORG"],
    ),
    "class noun within the span, behind an adjective": (
        f"Der:det>Betreiber russische/ADJ:amod>Betreiber Betreiber/NOUN:nsubj>kam MTS:appos>Betreiber {V}",
        {"Betreiber MTS": "ORG"},
        ["russische LOC derived", "MTS ORG"],
    ),
    "a post within the span": (
        f"Chef/NOUN:nsubj>kam Meier:appos>Chef {V}",
        {"Chef Meier": "PER"},
        ["Meier PER"],
    ),
    "a common noun is no name": (f"Das:det>Unternehmen Unternehmen/NOUN:nsubj>kam {V}", {"Unternehmen": "ORG"}, []),
    "a unit is no name": (f"Er/PRON:nsubj>kam am:case>Montag Montag/PROPN:obl>kam {V}", {"Montag": "LOC"}, []),
    "quotes around a name": (f"„ MTS:nsubj>kam “ {V}", {"„MTS“": "ORG"}, ["MTS ORG"]),
    "a word that is also a name, used as a common noun": (
        f"Das:det>Visum Visa/NOUN:nsubj>kam Visum/NOUN:appos>Visa {V}",
        {},
        [],
    ),
    "an ambiguous name that the recogniser vouches for": (f"Shell:nsubj>kam {V}", {"Shell": "ORG"}, ["Shell ORG"]),
    "an ambiguous name that nobody vouches for": (
        f"Die:det>Shell Shell/NOUN:nsubj>kam {V}",
        {},
        [],
    ),
    "a proper noun that nobody knows": (f"Xyla/PROPN:nsubj>kam {V}", {}, ["Xyla MISC"]),
    "given name": (
        f"Xi/PROPN:nsubj>kam Jinping:flat:name>Xi {V}",
        {"Jinping": "PER"},
        ["Xi Jinping PER"],
    ),
    "surname with particles": (
        f"Ursula/PROPN:nsubj>kam von/ADP:flat:name>Ursula der/DET:flat:name>Ursula Leyen/PROPN:flat:name>Ursula {V}",
        {"Ursula": "PER"},
        ["Ursula von der Leyen PER"],
    ),
}


@pytest.mark.parametrize(("notation", "names", "wanted"), FOUND.values(), ids=FOUND)
def test_names(notation, names, wanted):
    assert names_of([notation], names) == wanted


def test_a_well_known_name_that_is_a_common_noun_too():
    assert names_of([f"Visa:nsubj>kam {V}"], {"Visa": "ORG"}) == ["Visa ORG"]


def test_a_name_found_once_is_found_wherever_it_stands():
    assert names_of(
        [f"Gou/PROPN:nsubj>kam Ping/PROPN:flat:name>Gou {V}", f"Ping/NOUN:nsubj>kam {V}"], {"Gou Ping": "PER"}
    ) == [
        "Gou Ping PER",
        "Ping PER",
    ]


def test_one_label_for_a_name_throughout():
    notations = [f"MTS:nsubj>kam {V}", f"Nur:advmod>MTS MTS:nsubj>kam {V}", f"Doch:advmod>MTS MTS:nsubj>kam {V}"]
    assert names_of(notations, {"MTS": "ORG"}) == ["MTS ORG"] * 3


def test_spans_never_overlap_and_keep_their_letters():
    for notation, names, _ in FOUND.values():
        text = text_of(notation)
        for name in names_of([notation], names):
            assert name.partition(" ")[0] in text  # never in another case


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("russischen", "Russland"),
        ("chinesische", "China"),
        ("CHINESISCHES", "China"),
        ("US-amerikanischem", "USA"),
        ("wolfsburger", "Wolfsburg"),
        ("russ", None),
        ("polnisch", None),
    ],
)
def test_demonyms(word, wanted):
    entry = INDEX.demonym(word)
    assert (entry.label if entry else None) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Niederländer", "Niederlande"),
        ("Niederländern", "Niederlande"),
        ("Chinesen", "China"),
        ("Wolfsburger", "Wolfsburg"),
    ],
)
def test_peoples(word, wanted):
    entry = INDEX.inhabitants(word)
    assert entry is not None and entry.label == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Huawei", "Huawei"),
        ("Huaweis", "Huawei"),
        ("Huawei's", "Huawei"),
        ("Huawei’s", "Huawei"),
        ("Deutschen Bahn", "Deutsche Bahn"),
        ("Deutscher Bahn", "Deutsche Bahn"),
        ("Weißen Hauses", None),
        ("Weißen Haus", "Weißes Haus"),
        ("huawei", None),
        ("MTS", None),
    ],
)
def test_looking_a_name_up(name, wanted):
    assert [e.label for e in INDEX.find(name)] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("lemma", "wanted"),
    [
        ("Betreiber", "Company"),
        ("Mobilfunkbetreiber", "Company"),
        ("Netz", None),
        ("Chef", "Person"),
        ("Konzernchef", "Person"),
    ],
)
def test_the_class_of_a_common_noun(lemma, wanted):
    assert class_of_noun(lemma, ONTOLOGY.nouns("de")) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Wirecard AG", "Wirecard"),
        ("Apple Inc.", "Apple"),
        ("Müller GmbH & Co. KG", "Müller"),
        ("AG", "AG"),
        ("MTS", "MTS"),
        ("SE Asia", "SE Asia"),
    ],
)
def test_legal_forms(name, wanted):
    assert without_legal_form(name) == wanted


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("Company", "ORG"), ("Country", "LOC"), ("City", "LOC"), ("Person", "PER"), ("Product", "MISC")],
)
def test_the_label_of_a_class(kind, wanted):
    assert label_of(kind, ONTOLOGY) == wanted
