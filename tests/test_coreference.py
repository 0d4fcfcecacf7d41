"""Descriptions and pronouns: what they speak of, and when they are left alone."""

from __future__ import annotations

import pytest
from sentences import analysis
from small_world import GAZETTEER, ONTOLOGY, links_of, resolved

from kg.entities import resolve
from kg.mentions import mentions
from kg.name_index import name_index
from kg.names import recognise

V = "kam=kommen/VERB.Fin:root ."
HUAWEI = f"Huawei/PROPN:nsubj>kam {V}"
GOOGLE = f"Google/PROPN:nsubj>kam {V}"
FIRM = f"Das:det>Unternehmen Unternehmen/NOUN.Neut:nsubj>kam {V}"
OF_FIRM = f"Merz:nsubj>kam zu:case>Unternehmen dem:det>Unternehmen Unternehmen/NOUN.Neut:obl>kam {V}"
NAMES = {"Merz": "PER", "MTS": "ORG", "Angela Meier": "PER", "Horst Meier": "PER", "Kupfer Bau": "ORG"}
MTS = f"Der:det>Betreiber russische:amod>Betreiber Betreiber/NOUN.Masc:nsubj>kam MTS:appos>Betreiber {V}"
CHIEF = "Der:det>Chef Chef/NOUN.Masc:nsubj>kam Horst:appos>Chef Meier:flat:name>Horst kam=kommen/VERB.Fin:root ."
PRESIDENT = (
    "Die:det>Präsidentin Präsidentin/NOUN.Fem:nsubj>kam Angela:appos>Präsidentin Meier:flat:name>Angela "
    "kam=kommen/VERB.Fin:root ."
)
FILLER = f"Regen:nsubj>kam {V}"

LINKED = {
    "the only company nearby": ([HUAWEI, FIRM], "Das Unternehmen", "Huawei"),
    "the only one three sentences back": ([HUAWEI, FILLER, FILLER, FIRM], "Das Unternehmen", "Huawei"),
    "the only one four sentences back": ([HUAWEI, FILLER, FILLER, FILLER, FIRM], "Das Unternehmen", None),
    "nobody before": ([FIRM, HUAWEI], "Das Unternehmen", None),
    "two candidates, one subject": (
        [f"Huawei/PROPN:nsubj>kam mit:case>Google Google/PROPN:obl>kam {V}", FIRM],
        "Das Unternehmen",
        "Huawei",
    ),
    "a demonym tells them apart": (
        [
            f"Huawei/PROPN:nsubj>kam mit:case>Google Google/PROPN:obl>kam {V}",
            f"Der:det>Riese amerikanische:amod>Riese Riese/NOUN.Masc:nsubj>kam {V}",
        ],
        "Der amerikanische Riese",
        "Google",
    ),
    "a demonym that fits nobody": (
        [HUAWEI, f"Der:det>Riese russische:amod>Riese Riese/NOUN.Masc:nsubj>kam {V}"],
        "Der russische Riese",
        None,
    ),
    "a demonym that was said before": (
        [MTS, HUAWEI, f"Die:det>Firma russische:amod>Firma Firma/NOUN.Fem:nsubj>kam {V}"],
        "Die russische Firma",
        "MTS",
    ),
    "a city counts for its country": (
        [
            f"Volkswagen/PROPN:nsubj>kam mit:case>Google Google/PROPN:obl>kam {V}",
            f"Der:det>Konzern Wolfsburger/ADJ:amod>Konzern Konzern/NOUN.Masc:nsubj>kam {V}",
        ],
        "Der Wolfsburger Konzern",
        "Volkswagen",
    ),
    "a country in a compound": (
        [
            f"Huawei/PROPN:nsubj>kam mit:case>Google Google/PROPN:obl>kam {V}",
            f"Der:det>US-Konzern US-Konzern/NOUN.Masc:nsubj>kam {V}",
        ],
        "Der US-Konzern",
        "Google",
    ),
    "of a place with aus": (
        [
            f"Volkswagen/PROPN:nsubj>kam mit:case>Google Google/PROPN:obl>kam {V}",
            f"Der:det>Konzern Konzern/NOUN.Masc:nsubj>kam aus:case>China China/PROPN:nmod>Konzern {V}",
        ],
        "Der Konzern",
        None,
    ),
    "of another class": ([HUAWEI, f"Das:det>Land Land/NOUN.Neut:nsubj>kam {V}"], "Das Land", None),
    "a country": (
        [f"China/PROPN:nsubj>kam {V}", f"Das:det>Land Land/NOUN.Neut:nsubj>kam {V}"],
        "Das Land",
        "China",
    ),
    "somebody else's": (
        [HUAWEI, f"Die:det>Tochter Tochter/NOUN.Fem:nsubj>kam von:case>Google Google/PROPN:nmod>Tochter {V}"],
        "Die Tochter",
        None,
    ),
    "with a name of its own": (
        [HUAWEI, f"Der:det>Betreiber Betreiber/NOUN.Masc:nsubj>kam MTS:appos>Betreiber {V}"],
        "Der Betreiber",
        None,
    ),
    "beside the one it could be": (
        [
            HUAWEI,
            f"Huawei/PROPN:nsubj>kam und:cc>Unternehmen das:det>Unternehmen Unternehmen/NOUN.Neut:conj>Huawei {V}",
        ],
        "das Unternehmen",
        None,
    ),
    "a person by the post he was introduced with": (
        [CHIEF, f"Der:det>Konzernchef Konzernchef/NOUN.Masc:nsubj>kam {V}"],
        "Der Konzernchef",
        "Horst Meier",
    ),
    "a person by another post": (
        [CHIEF, f"Der:det>Sprecher Sprecher/NOUN.Masc:nsubj>kam {V}"],
        "Der Sprecher",
        None,
    ),
    "a government by its adjective": (
        [f"Die:det>Regierung russische:amod>Regierung Regierung/NOUN.Fem:nsubj>kam {V}"],
        "Die russische Regierung",
        "Russland",
    ),
    "a government by its country": (
        [
            f"Die:det>Regierung Regierung/NOUN.Fem:nsubj>kam der:det>Niederlande "
            f"Niederlande/PROPN.Gen:nmod>Regierung {V}"
        ],
        "Die Regierung",
        "Niederlande",
    ),
    "a state by its adjective": (
        [f"Der:det>Staat chinesische:amod>Staat Staat/NOUN.Masc:nsubj>kam {V}"],
        "Der chinesische Staat",
        "China",
    ),
    "the people of a place": (
        [f"Volkswagen/PROPN:nsubj>kam {V}", f"Die:det>Wolfsburger Wolfsburger/NOUN:nsubj>kam {V}"],
        "Die Wolfsburger",
        "Volkswagen",
    ),
    "he": ([CHIEF, f"Er/PRON.Sing:nsubj>kam {V}"], "Er", "Horst Meier"),
    "she, of a man": ([CHIEF, f"Sie/PRON.Sing:nsubj>kam {V}"], "Sie", None),
    "she, two sentences back, behind a man": (
        [PRESIDENT, CHIEF, f"Sie/PRON.Sing:nsubj>kam {V}"],
        "Sie",
        "Angela Meier",
    ),
    "she": ([CHIEF, PRESIDENT, f"Sie/PRON.Sing:nsubj>kam {V}"], "Sie", "Angela Meier"),
    "they": ([PRESIDENT, f"Sie/PRON.Plur:nsubj>kam {V}"], "Sie", None),
    "he, two sentences back": ([CHIEF, FILLER, f"Er/PRON.Sing:nsubj>kam {V}"], "Er", None),
    "es is most often nobody": ([HUAWEI, f"Es/PRON.Sing:nsubj>kam {V}"], "Es", None),
    "er, of a company called Betreiber": ([MTS, f"Er/PRON.Sing:nsubj>kam {V}"], "Er", "MTS"),
    "er, of a company of unknown gender": ([HUAWEI, f"Er/PRON.Sing:nsubj>kam {V}"], "Er", None),
    "possessive of the subject": (
        [f"Google/PROPN:nsubj>kam mit:case>System seinem=sein:det:poss>System System/NOUN.Neut:obl>kam {V}"],
        "seinem",
        "Google",
    ),
    "possessive of coordinated subjects": (
        [
            f"Google/PROPN:nsubj>kam und:cc>Huawei Huawei/PROPN:conj>Google mit:case>System "
            f"ihrem=ihr:det:poss>System System/NOUN.Neut:obl>kam {V}"
        ],
        "ihrem",
        None,
    ),
}


@pytest.mark.parametrize(("notations", "words", "wanted"), LINKED.values(), ids=LINKED)
def test_what_is_spoken_of(notations, words, wanted):
    found = [label for text, label in links_of(notations, NAMES) if text == words]
    assert found == ([wanted] if wanted else [])


def test_two_subjects_are_two_candidates():
    both = f"Huawei/PROPN:nsubj>kam und:cc>Google Google/PROPN:conj>Huawei {V}"
    assert "Das Unternehmen" not in dict(links_of([both, FIRM]))


def test_english_pronouns():
    article = analysis(
        [
            "Google/PROPN:nsubj>grew grew=grow/VERB.Fin:root .",
            "It/PRON:nsubj>sold sold=sell/VERB.Fin:root chips:obj>sold .",
        ],
        language="en",
    )
    index = name_index(GAZETTEER, "en")
    named = recognise(article, index, ONTOLOGY)
    found = resolve(named, mentions(named, index, ONTOLOGY), index, ONTOLOGY)
    assert [(k.mention.text, k.iri.rpartition("/")[2]) for k in found.links] == [("Google", "google"), ("It", "google")]


def test_a_description_is_less_sure_than_a_name():
    certainty = {k.mention.text: k.certainty for k in resolved([HUAWEI, FIRM]).links}
    assert certainty["Huawei"] > certainty["Das Unternehmen"] > 0.5


def test_the_reason_says_how_it_was_found():
    by_subject = resolved(LINKED["two candidates, one subject"][0]).links
    assert [k.reason for k in by_subject if k.mention.kind == "description"] == [
        "“Das Unternehmen”: the subject nearby"
    ]
    alone = resolved([HUAWEI, FIRM]).links
    assert alone[-1].reason == "“Das Unternehmen”: the only one it can be nearby"
