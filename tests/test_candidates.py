"""Which of several candidates a description means: by its kind, its place, its age; two at once; a country; a place."""

from __future__ import annotations

import pytest
from small_world import extracted, links_of, resolved, triples

from kg.candidates import Sight, pair_of
from kg.kinds import gender_of_name, gender_of_noun, is_general, may_name, tells_who

V = "kam=kommen/VERB.Fin:root ."
NAMES = {"MTS": "ORG", "Horst Meier": "PER", "Angela Meier": "PER", "Rom": "LOC", "Jena": "LOC", "Bau": "LOC"}
BOTH = f"Huawei/PROPN:nsubj>kam und:cc>Google Google/PROPN:conj>Huawei {V}"
MTS = f"Der:det>Betreiber Betreiber/NOUN.Masc:nsubj>kam MTS:appos>Betreiber mit:case>Google Google/PROPN:obl>kam {V}"
HORST = f"Horst:nsubj>kam Meier:flat:name>Horst {V}"
TWO = "Beide:det>Unternehmen Unternehmen/NOUN.Neut.Plur:nsubj>kamen kamen=kommen/VERB.Fin:root ."
GOVERNMENT = f"Die:det>Regierung Regierung/NOUN.Fem:nsubj>kam {V}"

LINKED = {
    "the one that was called so": (
        [MTS, f"Google/PROPN:nsubj>kam {V}", f"Der:det>Betreiber Betreiber/NOUN.Masc:nsubj>kam {V}"],
        "Der Betreiber",
        ["MTS"],
    ),
    "two main clauses, each about another": (
        [
            "Huawei/PROPN:nsubj>kam kam=kommen/VERB.Fin:root und:cc>ging Regen/NOUN:nsubj>ging "
            "ging=gehen/VERB:conj>kam mit:case>Google Google/PROPN:obl>ging .",
            f"Das:det>Unternehmen Unternehmen/NOUN.Neut:nsubj>kam {V}",
        ],
        "Das Unternehmen",
        [],
    ),
    "another town of the same country": (
        [
            f"Volkswagen/PROPN:nsubj>kam aus:case>Jena Jena/PROPN:nmod>Volkswagen {V}",
            f"Der:det>Konzern Wolfsburger/ADJ:amod>Konzern Konzern/NOUN.Masc:nsubj>kam {V}",
        ],
        "Der Wolfsburger Konzern",
        [],
    ),
    "his age": ([HORST, f"Der:det>54-Jährige 54-Jährige/NOUN.Masc:nsubj>kam {V}"], "Der 54-Jährige", ["Horst Meier"]),
    "her age, of a man": ([HORST, f"Die:det>54-Jährige 54-Jährige/NOUN.Fem:nsubj>kam {V}"], "Die 54-Jährige", []),
    "a post that nobody was introduced with": (
        [HORST, f"Der:det>Sprecher Sprecher/NOUN.Masc:nsubj>kam {V}"],
        "Der Sprecher",
        [],
    ),
    "both": ([BOTH, TWO], "Beide Unternehmen", ["Google", "Huawei"]),
    "both, by themselves": (
        [BOTH, "Beide/PRON:nsubj>kamen kamen=kommen/VERB.Fin:root ."],
        "Beide",
        ["Google", "Huawei"],
    ),
    "both, of one": ([f"Huawei/PROPN:nsubj>kam {V}", TWO], "Beide Unternehmen", []),
    "both, of three": (
        [f"Huawei/PROPN:nsubj>kam ,:punct>Huawei Google/PROPN:conj>Huawei und:cc>VW VW/PROPN:conj>Huawei {V}", TWO],
        "Beide Unternehmen",
        [],
    ),
    "the government of the only country": ([f"China/PROPN:nsubj>kam {V}", GOVERNMENT], "Die Regierung", ["China"]),
    "the government of one of two": (
        [f"China/PROPN:nsubj>kam mit:case>Russland Russland/PROPN:obl>kam {V}", GOVERNMENT],
        "Die Regierung",
        [],
    ),
    "there": (
        [f"Merz:nsubj>kam nach:case>Moskau Moskau/PROPN:obl>kam {V}", f"Dort:advmod>kam {V}"],
        "Dort",
        ["Moskau"],
    ),
    "he, behind another subject that may be meant": (
        [
            f"Der:det>Umsatz Umsatz/NOUN.Masc:nsubj>kam mit:case>Meier Horst:obl>kam Meier:flat:name>Horst {V}",
            f"Er/PRON.Sing:nsubj>kam {V}",
        ],
        "Er",
        [],
    ),
    "the house of a post": (
        [
            f"Huawei/PROPN:nsubj>kam {V}",
            f"Geschäftsführer/NOUN:nsubj>kam Horst:appos>Geschäftsführer Meier:flat>Horst {V}",
        ],
        "Geschäftsführer",
        ["Huawei"],
    ),
    "the house of a post that is lost": (
        [
            f"Huawei/PROPN:nsubj>kam {V}",
            "Geschäftsführer/NOUN:nsubj>zurückgetreten Horst:appos>Geschäftsführer Meier:flat>Horst "
            "ist=sein/AUX.Fin:aux>zurückgetreten zurückgetreten=zurücktreten/VERB.Part:root .",
        ],
        "Geschäftsführer",
        [],
    ),
}


@pytest.mark.parametrize(("notations", "words", "wanted"), LINKED.values(), ids=LINKED)
def test_what_is_meant(notations, words, wanted):
    assert [label for text, label in links_of(notations, NAMES) if text == words] == wanted


def test_two_things_share_a_reason_and_a_certainty():
    links = [k for k in resolved([BOTH, TWO]).links if k.mention.several]
    assert len(links) == 2
    assert len({(k.mention, k.reason, k.certainty) for k in links}) == 1


def test_two_things_of_one_plural_are_partners():
    cooperate = TWO.replace("kamen=kommen", "kooperieren").replace(">kamen", ">kooperieren")
    assert triples(extracted([BOTH, cooperate])) == ["Google partnersWith Huawei asserted"]


def test_each_of_two_things_acts():
    buys = "Beide:det>Unternehmen Unternehmen/NOUN.Neut.Plur:nsubj>kaufen kaufen/VERB.Fin:root Visa/PROPN:obj>kaufen ."
    found = triples(extracted([BOTH, buys], {"Visa": "ORG"}))
    assert found == ["Google acquires Visa asserted", "Huawei acquires Visa asserted"]


def test_pairs():
    def place(sentence, token, group):
        return Sight(sentence, token, True, True, False, group)

    sights = [("x", place(0, 1, 1)), ("y", place(0, 3, 1)), ("z", place(0, 9, 9))]
    assert pair_of(sights, 1, 0) == ("x", "y")
    assert pair_of(sights[1:], 1, 0) == ("y", "z")
    assert pair_of(sights[:1], 1, 0) == ()
    assert pair_of(sights, 5, 0) == ()


@pytest.mark.parametrize(
    ("said", "known", "wanted"),
    [
        ("airline", "fluggesellschaft", True),
        ("hersteller", "autobauer", True),
        ("zulieferer", "autozulieferer", True),
        ("suchmaschinenkonzern", "konzern", False),  # which kind of group it is, nothing has told
        ("bank", "autobauer", False),
        ("manager", "vorstandschef", True),
        ("regierungschef", "premierminister", True),
        ("regierungschef", "sprecher", False),
        ("carmaker", "automaker", True),
    ],
)
def test_nouns_for_one_thing(said, known, wanted):
    assert may_name(said, [known]) is wanted


def test_general_nouns():
    assert is_general("unternehmen", "Company")
    assert is_general("behörde", "GovernmentBody")
    assert not is_general("bank", "Company")
    assert not is_general("behörde", "Company")


def test_genders():
    assert [gender_of_noun(n, "de") for n in ("ministerin", "kaufmann", "chef")] == ["Fem", "Masc", "Masc"]
    assert [gender_of_noun(n, "en") for n in ("chairwoman", "chairman", "chief")] == ["Fem", "Masc", ""]
    assert [gender_of_name(n) for n in ("Emma Stone", "Carlos Vega", "Xi Jinping", "Ms Bell")] == [
        "Fem",
        "Masc",
        "",
        "Fem",
    ]


def test_who_somebody_is():
    assert all(tells_who(n) for n in ("jährige", "milliardär", "cdu-politikerin", "billionaire"))
    assert not any(tells_who(n) for n in ("sprecher", "richterin", "minister"))
