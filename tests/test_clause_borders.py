"""Nothing belongs to a verb on the other side of a colon, a semicolon or "und"."""

from __future__ import annotations

from sentences import sentence

from kg.clause_borders import with_borders

NAMES = {"Sony": "ORG", "Kim": "PER", "Bafin": "ORG", "Scholz": "PER"}


def heads(notation: str) -> dict[str, tuple[str, str]]:
    """Word → (word that it hangs on, relation) after the borders were put right."""
    tokens = with_borders(sentence(notation, NAMES)).tokens
    return {t.text: (tokens[t.head].text, t.relation) for t in tokens}


def test_no_subject_reaches_over_a_colon():
    found = heads(
        "Betroffen:amod>Geldgeber Geldgeber/NOUN:nsubj>gesteckt : Sony:nsubj>gesteckt "
        "hatte/AUX.Fin:aux>gesteckt Geld/NOUN:obj>gesteckt gesteckt/VERB.Part:root ."
    )
    assert found["Geldgeber"] == ("gesteckt", "parataxis")
    assert found["Sony"] == ("gesteckt", "nsubj")


def test_words_before_a_semicolon_stay_with_their_verb():
    found = heads(
        "Sony:nsubj>prüft prüft/VERB.Fin:root Filme/NOUN:dep>verhängt ; "
        "Strafen/NOUN:obj>verhängt hat/AUX.Fin:aux>verhängt sie/PRON:nsubj>verhängt "
        "verhängt/VERB.Part:parataxis>prüft ."
    )
    assert found["Filme"] == ("prüft", "dep")
    assert found["Strafen"] == ("verhängt", "obj")


def test_what_follows_a_second_verb_is_its_own():
    found = heads(
        "Kim:nsubj>kritisierte kritisierte/VERB.Fin:root Bafin:obj>kritisierte scharf/ADJ:advmod>kritisierte "
        "und/CCONJ:cc>forderte forderte/VERB.Fin:conj>scharf Scholz:obj>kritisierte auf/ADP:compound:prt>kritisierte ."
    )
    assert found["forderte"] == ("kritisierte", "conj")
    assert found["Scholz"] == ("forderte", "obj") and found["auf"] == ("forderte", "compound:prt")
    assert found["Bafin"] == ("kritisierte", "obj")


def test_a_copula_belongs_to_its_predicate():
    found = heads("Heute/ADV:advmod>Chef ist/AUX.Fin:cop>Kim Kim:nsubj>Chef wieder/ADV:advmod>Chef Chef/NOUN:root .")
    assert found["ist"] == ("Chef", "cop")


def test_without_borders_nothing_moves():
    plain = sentence("Sony:nsubj>kauft kauft/VERB.Fin:root Filme/NOUN:obj>kauft .", NAMES)
    assert with_borders(plain) == plain
