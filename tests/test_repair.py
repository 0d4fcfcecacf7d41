"""Trees put right by names, relative pronouns and the end of a state."""

from __future__ import annotations

import pytest
from sentences import sentence, tree

from kg.former_states import former
from kg.records import Sentence
from kg.relative_clauses import with_relative_clauses
from kg.repair import repair
from kg.trees import is_tree

NAMES = {
    "T-Mobile US": "ORG",
    "Sprint": "ORG",
    "EU-Kommission": "ORG",
    "Lufthansa": "ORG",
    "Apple": "ORG",
    "Intel": "ORG",
    "Kim": "PER",
    "Times": "ORG",
    "Sony": "ORG",
    "Grey Heron": "ORG",
}


def heads(parsed: Sentence) -> dict[str, tuple[str, str]]:
    """Word → (word that it hangs on, relation)."""
    return {t.text: (parsed.tokens[t.head].text, t.relation) for t in parsed.tokens}


def test_a_name_is_one_nominal():
    found = heads(
        repair(
            sentence(
                "Kim:nsubj>verklagt hatte/AUX.Fin:aux>verklagt T-Mobile:obj>verklagt US:obj>verklagt "
                "und/CCONJ:cc>Sprint Sprint:conj>US verklagt/VERB.Part:root .",
                NAMES,
            ),
            "de",
        )
    )
    assert found["US"] == ("T-Mobile", "flat")
    assert found["Sprint"] == ("T-Mobile", "conj")


def test_two_names_side_by_side_are_two_nominals():
    found = heads(repair(sentence("Kauft/VERB.Fin:root Apple:nsubj>Kauft Intel:flat>Apple ?", NAMES), "de"))
    assert found["Intel"] == ("Kauft", "dep")


def test_a_name_whose_second_word_is_the_root_leaves_a_tree():
    parsed = sentence("The:det>gang gang/NOUN:nsubj>Heron Grey:appos>gang Heron:root struck:acl>Heron .", NAMES)
    assert is_tree(repair(parsed, "en").tokens)


def test_a_name_has_no_genitive():
    found = heads(
        repair(
            sentence(
                "Nun/ADV:advmod>erlaubt hat/AUX.Fin:aux>erlaubt die/DET:det>EU-Kommission EU-Kommission:obj>erlaubt "
                "der/DET:det>Lufthansa Lufthansa:nmod>EU-Kommission erlaubt/ADJ:root .",
                NAMES,
            ),
            "de",
        )
    )
    assert found["Lufthansa"] == ("erlaubt", "obl:arg")


def test_der_does_not_speak_of_a_feminine():
    parsed = sentence(
        "Kim:nsubj>war war/VERB.Fin:root Reporter/NOUN.Masc:obj>war der/DET:det>Zeitung Zeitung/NOUN.Fem:nmod>Reporter "
        "Times:nmod>Zeitung , der/PRON.Rel:nsubj>verklagt Sony:obj>verklagt verklagt/VERB.Part:acl:relcl>Times "
        "hatte/AUX.Fin:aux>verklagt .",
        NAMES,
    )
    tokens = with_relative_clauses(parsed).tokens
    verb = next(t for t in tokens if t.text == "verklagt")
    assert tokens[verb.head].text == "Reporter"


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("Sony:nsubj>gehörte gehörte/VERB.Fin:root bis/ADP:case>2021 2021/NUM:obl>gehörte .", "bis 2021"),
        ("Sony:nsubj>gehörte gehörte/VERB.Fin:root früher/ADV:advmod>gehörte .", "früher"),
        ("Sony:nsubj>gehört gehört/VERB.Fin:root seit/ADP:case>2021 2021/NUM:obl>gehört .", ""),
    ],
)
def test_states_that_are_over(notation, words):
    parsed = tree(notation, NAMES)
    verb = next(t.index for t in parsed.tokens if t.pos == "VERB")
    assert former(parsed, verb) == words
