"""Nouns of classes by what a compound ends in."""

import pytest

from kg.class_nouns import ClassNouns, class_nouns

NOUNS = ClassNouns({"Treiber": "Product", "Betreiber": "Company", "Amt": "GovernmentBody", "group": "Company"})


@pytest.mark.parametrize(
    ("word", "ending"),
    [
        ("Mobilfunkbetreiber", "Betreiber"),
        ("betreiber", "Betreiber"),
        ("Gerätetreiber", "Treiber"),
        ("Grafikkarten-Treiber", "Treiber"),
        ("MEDIA-GROUP", "group"),
        ("Patentamt", ""),  # too short to be told from "Beamt-"
        ("Betreiberin", ""),
        ("", ""),
    ],
)
def test_the_longest_ending_counts(word, ending):
    assert NOUNS.ending(word) == ending


def test_of_nouns_that_differ_in_case_the_first_counts():
    assert ClassNouns({"Chef": "Person", "chef": "Company"}).ending("Bankchef") == "Chef"


def test_it_is_a_mapping_like_the_one_it_was_made_of():
    assert dict(NOUNS) == {"Treiber": "Product", "Betreiber": "Company", "Amt": "GovernmentBody", "group": "Company"}
    assert "Amt" in NOUNS
    assert "amt" not in NOUNS
    assert len(NOUNS) == 4
    assert class_nouns(NOUNS) is NOUNS
