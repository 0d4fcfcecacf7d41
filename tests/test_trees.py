"""Reading a parsed sentence as a tree."""

from __future__ import annotations

import pytest
from sentences import analysis, find, sentence, text_of, tree

from kg.records import NamedSpan, Token
from kg.trees import base, feature

NAMES = {"Swiss": "ORG", "Austrian": "ORG", "Brussels": "ORG", "Apple": "ORG", "Polen": "LOC", "Gou Ping": "PER"}
BOUGHT = (
    "Apple:nsubj>kauft kauft=kaufen/VERB.Fin:root die:det>Firma kleine=klein:amod>Firma Firma:obj>kauft "
    "im:case>Mai Mai:obl>kauft ."
)
LIST = (
    "Sie/PRON:nsubj>führen führen/VERB.Fin:root Swiss:obj>führen , Austrian:appos>Swiss und:cc>Brussels "
    "Brussels:conj>Austrian ."
)


def test_the_notation():
    parsed = sentence("„ Polens:nmod>Chef Chef:root ( ~'s:case>Chef ) ?", {"Polen": "LOC"}, index=2, offset=10)
    assert text_of("„ Polens:nmod>Chef Chef:root ( ~'s:case>Chef ) ?") == "„Polens Chef ('s)?"
    assert parsed.tokens[1] == Token(1, 11, 17, "Polens", "Polens", "PROPN", "", 2, "nmod")
    assert (parsed.index, parsed.start, parsed.end) == (2, 10, 28)
    assert parsed.names == (NamedSpan(11, 16, "LOC"),)
    article = analysis([BOUGHT, LIST], NAMES)
    for part in article.sentences:
        for token in part.tokens:
            assert article.article.text[token.start : token.end] == token.text
    with pytest.raises(AssertionError, match="without a head: Apple:nsubj"):
        sentence("Apple:nsubj schläft:root")
    with pytest.raises(AssertionError, match="no head kauft"):
        sentence("Apple:nsubj>kauft schläft:root")


def test_children_subtree_and_ancestors():
    bought = tree(BOUGHT, NAMES)
    assert bought.children[1] == (0, 4, 6, 7)
    assert bought.subtree(4) == [2, 3, 4]
    assert list(bought.ancestors(3)) == [4, 1]
    assert list(bought.ancestors(1)) == []
    assert len(bought) == 8 and bought[0].text == "Apple"


def test_relations_with_and_without_subtype():
    passive = tree(
        "Apple:nsubj:pass>gekauft wird:aux:pass>gekauft gekauft:root von:case>Polen Polen:obl:agent>gekauft ."
    )
    assert [t.text for t in passive.by_relation(2, "nsubj", "obl")] == ["Apple", "Polen"]
    assert [t.text for t in passive.by_relation(2, "obl:agent")] == ["Polen"]
    assert [t.text for t in passive.by_relation(2, "obl:arg")] == []
    assert (base("obl:agent"), base("obl")) == ("obl", "obl")


def test_a_circle_of_heads_does_not_hang():
    odd = tree("Apple:dep>Polen Polen:dep>Apple kauft:root .")
    assert odd.subtree(0) == [0, 1]
    assert list(odd.ancestors(0)) == [1]
    assert odd.coordinated(0) == [0]


@pytest.mark.parametrize(
    ("word", "feats", "name", "wanted"),
    [("sei", "Mood=Sub|Number=Sing", "Mood", "Sub"), ("sei", "Mood=Sub", "Number", ""), ("sei", "", "Mood", "")],
)
def test_features(word, feats, name, wanted):
    assert feature(Token(0, 0, 3, word, "sein", "AUX", feats, 0, "root"), name) == wanted


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("Er:nsubj>geht geht:root zum:case>Amt Amt:obl>geht", "zu"),
        ("Er:nsubj>geht geht:root im:case>Amt Amt:obl>geht", "in"),
        ("Er:nsubj>geht geht:root Laut=laut:case>Amt Amt:obl>geht", "laut"),
        ("Er:nsubj>geht geht:root das:det>Amt Amt:obl>geht", ""),
        ("Er:nsubj>geht geht:root als/CCONJ:case>Amt Amt:obl>geht", "als"),
    ],
)
def test_the_preposition_of_a_nominal(notation, wanted):
    parsed = tree(notation)
    assert parsed.case(find(parsed, "Amt")) == wanted


def test_coordination():
    firms = tree("Apple:nsubj>gehen , Swiss:conj>Apple und:cc>Austrian Austrian:conj>Swiss gehen:root .", NAMES)
    assert firms.coordinated(0) == [0, 2, 4]
    assert firms.coordinated(2) == [2, 4]
    assert firms.together(0, 4) and firms.together(2, 4)
    assert not firms.together(0, 0) and not firms.together(0, 5)


def test_a_list_of_names_taken_for_an_apposition():
    flown = tree(LIST, NAMES)
    assert [flown[i].text for i in flown.coordinated(2)] == ["Swiss", "Austrian", "Brussels"]
    assert flown.together(2, 6)
    # An apposition that no list goes on behind is one.
    alone = tree("Sie:nsubj>führen führen:root Swiss:obj>führen , Austrian:appos>Swiss .", NAMES)
    assert alone.coordinated(2) == [2]
    # Nor does one without names.
    nouns = tree("Sie:nsubj>führen führen:root Bahn:obj>führen , Bus:appos>Bahn und:cc>Tram Tram:conj>Bus .")
    assert nouns.coordinated(2) == [2]


def test_names():
    parsed = tree("Polens:nmod>Chef Chef:nsubj>traf Gou:obj>traf Ping:flat:name>Gou , traf:root .", NAMES)
    assert parsed.in_genitive(0) and not parsed.in_genitive(1) and not parsed.in_genitive(2)
    assert parsed.name_at[2] is parsed.name_at[3]
    span = parsed.name_at[3]
    assert parsed.span_head(span.start, span.end) == 2
    assert parsed.span_head(500, 501) == 0


def test_character_spans():
    parsed = tree(BOUGHT, NAMES)
    text = text_of(BOUGHT)
    assert [text[a:b] for a, b in parsed.chars([3, 0, 2, 3])] == ["Apple", "die kleine"]
    assert parsed.chars([]) == ()
