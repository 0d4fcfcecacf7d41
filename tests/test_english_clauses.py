"""English places, owners, relative clauses and hidden verbs put right, each as a tree by hand; and what follows."""

from __future__ import annotations

import pytest
from reading import plain_and_other
from sentences import sentence

from kg.english_trees import english
from kg.english_wares import brand_of, owned_brands
from kg.trees import Tree

NAMES = {
    **dict.fromkeys(("Siemens", "Nokia", "Apple", "Intel", "Klarna"), "ORG"),
    **dict.fromkeys(("Smith", "Jones"), "PER"),
    **dict.fromkeys(("Finland", "Hamburg", "Tampere", "Lapland"), "LOC"),
    "AirScale": "MISC",
}


def found(notation: str) -> dict[str, tuple[str, str]]:
    parsed = english(sentence(notation, NAMES))
    return {t.text: (parsed.tokens[t.head].text, t.relation) for t in parsed.tokens}


def test_a_place_is_named_by_its_kind():
    tree = found(
        "Siemens:nsubj>opened opened/VERB.Fin:root offices/NOUN:obj>opened in:case>city the:det>city "
        "city/NOUN:obl>opened of:case>Tampere Tampere:nmod>city ."
    )
    assert tree["Tampere"] == ("opened", "obl")
    assert tree["city"] == ("Tampere", "nmod:desc")
    assert tree["in"] == ("Tampere", "case")


def test_the_capital_of_a_country_is_not_the_country():
    notation = (
        "Smith:nsubj>visited visited/VERB.Fin:root the:det>capital capital/NOUN:obj>visited of:case>Finland "
        "Finland:nmod>capital ."
    )
    parsed = sentence(notation, NAMES)
    assert english(parsed).tokens == parsed.tokens


def test_a_division_stands_behind_its_name():
    tree = found(
        "Siemens:nsubj>opened opened/VERB.Fin:root offices/NOUN:obj>opened in:case>province Lapland:compound>province "
        "province/NOUN:obl>opened ."
    )
    assert tree["Lapland"] == ("opened", "obl")
    assert tree["province"] == ("Lapland", "nmod:desc")


def test_what_is_owned_is_what_the_phrase_is_about():
    tree = found(
        "Siemens:nsubj>bought bought/VERB.Fin:root shares/NOUN:obj>bought of:case>Finland Finland:nmod>shares "
        "~'s:case>Finland Nokia:nmod>shares ."
    )
    assert tree["Finland"] == ("Nokia", "nmod:poss")
    assert tree["of"] == ("Nokia", "case")


def test_whose_opens_a_clause_of_its_own():
    tree = found(
        "Siemens:nsubj>competes , whose/PRON:nsubj>runs unit/NOUN:obl>runs Klarna:nsubj>runs "
        "runs/VERB.Fin:acl:relcl>Siemens parks/NOUN:obj>runs , competes/VERB.Fin:root ."
    )
    assert tree["whose"] == ("unit", "nmod:poss")
    assert tree["unit"] == ("Klarna", "nmod:desc")
    assert tree["Klarna"] == ("runs", "nsubj")


def test_a_plural_is_a_verb_where_the_sentence_has_no_other():
    tree = found("Smith:compound>chairs chairs/NOUN:root Nokia:appos>chairs .")
    assert (tree["Smith"], tree["Nokia"]) == (("chairs", "nsubj"), ("chairs", "obj"))


def test_a_plural_stays_a_noun_beside_a_verb():
    notation = "Smith:compound>chairs chairs/NOUN:nsubj>pleased pleased/VERB.Fin:root Nokia:obj>pleased ."
    assert found(notation)["chairs"] == ("pleased", "nsubj")


@pytest.mark.parametrize(
    ("notation", "brand", "owned"),
    [
        ("Nokia:nmod:poss>radios ~'s:case>Nokia AirScale:compound>radios radios=radio/NOUN:root .", "AirScale", True),
        ("the:det>radio AirScale:compound>radio radio/NOUN:root .", "AirScale", False),
        ("Nokia:nmod:poss>deal ~'s:case>Nokia Intel:compound>deal deal/NOUN:root .", None, False),
    ],
)
def test_brands_before_wares(notation, brand, owned):
    tree = Tree(sentence(notation, NAMES))
    noun = next(t.index for t in tree.tokens if t.relation == "root")
    place = brand_of(tree, noun)
    assert (tree[place].text if place is not None else None) == brand
    assert bool(list(owned_brands(tree))) == owned


FACTS = {
    "The Spanish firm Ferrovial, whose chairman is Rafael Jones, runs an office in the Polish city of Krakow.": [
        "Ferrovial basedIn Spain",
        "Ferrovial operatesIn Krakow",
        "Krakow locatedIn Poland",
        "Rafael Jones leads Ferrovial",
    ],
    "Google-owned Waymo sued Uber.": ["Google owns Waymo", "Waymo sues Uber"],
    "Zambia and Malawi, both of which belong to the African Union, border Tanzania.": [
        "Malawi memberOf African Union",
        "Zambia memberOf African Union",
    ],
    "Ericsson demanded that Samsung stop.": ["Ericsson urges Samsung"],
    "Nigeria fined Meta $220 million last year.": ["Nigeria fines Meta"],
}


@pytest.mark.parametrize(("text", "wanted"), FACTS.items(), ids=FACTS)
def test_facts(text, wanted):
    plain, _ = plain_and_other(text, "en")
    assert plain == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("EQT bought the Spanish portal Idealista from the buyout firm Apax.", "Apax supplies EQT"),
        ("Anna Smith was appointed finance chief of Siemens.", "Anna Smith leads Siemens"),
        ("Reports that Siemens has fired its boss, Anna Smith, are false.", "Siemens dismisses Anna Smith"),
        ("Neither of the two, Siemens and Bosch, has bought Nokia.", "Bosch acquires Nokia"),
    ],
)
def test_never(text, never):
    assert never not in plain_and_other(text, "en")[0]
