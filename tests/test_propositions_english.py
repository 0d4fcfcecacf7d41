"""English open triples: sentences of encyclopaedias and news, read by the bundled pipeline, and hand-made trees."""

from __future__ import annotations

import pytest
from sentences import sentence

from kg import articles, pipeline
from kg.english_attachments import STEPS as ATTACHMENTS
from kg.english_clauses import STEPS as CLAUSES
from kg.records import Sentence
from kg.trees import rewritten

NAMES = {**dict.fromkeys(("Siemens", "Nokia", "Shell", "Total"), "ORG"), "Berlin": "LOC"}


def triples(text: str) -> set[str]:
    tools = pipeline.load_tools(language="en")
    found = pipeline.open_triples(articles.from_text(text), tools)
    return {f"{t.subject.text} | {t.relation.text} | {t.object.text}" for t in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The airfield, closed in May 1990 after a fire, is the oldest in the county.",
            {
                "The airfield | closed in | May 1990",
                "The airfield | closed after | a fire",
                "The airfield | is | the oldest",
                "The airfield | is the oldest in | the county",
            },
        ),
        (
            "The mill was sold to a local family in 1921 and today has twelve workers.",
            {
                "The mill | was sold to | a local family",
                "The mill | was sold in | 1921",
                "The mill | has | twelve workers",
            },
        ),
        (
            "Her uncle was expelled from Vienna and emigrated to Canada.",
            {"Her uncle | was expelled from | Vienna", "Her uncle | emigrated to | Canada"},
        ),
        (
            "The pilot played for two clubs before moving to Leeds .",
            {"The pilot | played for | two clubs", "The pilot | moving to | Leeds"},
        ),
        (
            "Ana Duarte ( born April 14 , 1904 ) was a Portuguese painter .",
            {"Ana Duarte | born | April 14 , 1904", "Ana Duarte | was | a Portuguese painter"},
        ),
        (
            "The firm was led by two brothers from 1948 to 1969 .",
            {"The firm | was led by | two brothers", "The firm | was led from | 1948 to 1969"},
        ),
        ("A 29-year-old driver hit a state-owned bus.", {"A 29-year-old driver | hit | a state-owned bus"}),
        (
            "The farm is located south of the town of Milton .",
            {"The farm | is located south of | the town of Milton"},
        ),
        (
            "In addition to two novels , she wrote a play .",
            {"she | wrote | a play", "she | wrote a play In addition to | two novels"},
        ),
        (
            "The minister told parliament that the figures were wrong.",
            {
                "The minister | told | parliament",
                "The minister | told parliament | the figures were wrong",
                "the figures | were | wrong",
            },
        ),
        (
            "The couple were granted asylum by the court.",
            {"The couple | were granted | asylum", "The couple | were granted asylum by | the court"},
        ),
        ("Membership is open to adults.", {"Membership | is | open", "Membership | is open to | adults"}),
        (
            "The song was covered by several artists, including a choir and a brass band.",
            {
                "The song | was covered by | several artists",
                "several artists | including | a choir",
                "several artists | including | a brass band",
            },
        ),
        ("He enjoys collecting stamps.", {"He | enjoys collecting | stamps"}),
    ],
)
def test_facts_of_a_sentence(text: str, expected: set[str]) -> None:
    assert triples(text) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("They prevented him from leaving the country.", "leaving"),
        ("The two sides met in May without reaching a deal.", "reaching"),
        ("He spent the last 15 years of his life in Rome.", "| of |"),
        ("For example, the firm built ships.", "For"),
        ("Voters want the mayor to resign.", "| want | the mayor"),
        ("They have more questions than answers.", "than"),
        ("The festival took place in June.", "took | place"),
        ("What he saw shocked the jury.", "saw | What"),
        ("The quarry was no longer used in 1976.", "| was used"),
        ("Her aunt was dismissed and emigrated to Spain.", "was emigrated"),
    ],
)
def test_no_fact_that_the_words_do_not_carry(text: str, wrong: str) -> None:
    assert not [t for t in triples(text) if wrong in t]


def heads(parsed: Sentence) -> dict[str, tuple[str, str]]:
    """Word → (word that it hangs on, relation)."""
    return {t.text: (parsed.tokens[t.head].text, t.relation) for t in parsed.tokens}


def found(notation: str) -> dict[str, tuple[str, str]]:
    return heads(rewritten(sentence(notation, NAMES), (*ATTACHMENTS, *CLAUSES)))


def unchanged(notation: str) -> bool:
    parsed = sentence(notation, NAMES)
    return rewritten(parsed, (*ATTACHMENTS, *CLAUSES)).tokens == parsed.tokens


def test_a_participle_with_a_subject_is_a_verb():
    hung = found(
        "Siemens:nsubj>built built=build/VERB.Part.Past:amod>plants plants:root in:case>Berlin Berlin:nmod>plants ."
    )
    assert hung["built"] == ("built", "root")
    assert hung["plants"] == ("built", "obj")


def test_a_participle_without_subject_stays_an_attribute():
    assert unchanged("Siemens:nsubj>sold sold=sell/VERB.Fin:root used=use/VERB.Part.Past:amod>plants plants:obj>sold .")


def test_a_participle_between_commas_leaves_its_subject_to_the_main_verb():
    hung = found(
        "The:det>merger merger:nsubj>approved ,:punct>merger approved=approve/VERB.Fin:advcl>lifts in:case>June "
        "June:obl>approved ,:punct>approved lifts=lift/VERB.Fin:root profits:obj>lifts ."
    )
    assert hung["merger"] == ("lifts", "nsubj")
    assert hung["approved"] == ("merger", "acl")


def test_verbs_of_a_list_hang_on_the_first():
    hung = found(
        "It:nsubj>rises rises=rise/VERB.Fin:root here/ADV:advmod>rises ,:punct>joins "
        "joins=join/VERB.Fin:parataxis>rises Nokia:obj>joins ."
    )
    assert hung["joins"] == ("rises", "conj")


def test_a_noun_before_a_verb_is_its_subject_not_a_member_of_the_list():
    hung = found(
        "He:nsubj>took took=take/VERB.Fin:root lessons:obj>took and:cc>work his:nmod:poss>work work:conj>lessons "
        "suffered=suffer/VERB.Fin:conj>took ."
    )
    assert hung["work"] == ("suffered", "nsubj")


def test_a_member_of_a_list_stays_one():
    assert unchanged(
        "He:nsubj>took took=take/VERB.Fin:root lessons:obj>took and:cc>work work:conj>lessons and:cc>left "
        "left=leave/VERB.Fin:conj>took ."
    )


def test_a_name_behind_a_comma_is_a_member_of_the_list():
    hung = found(
        "Shell:nsubj>rose ,:punct>Nokia Nokia:flat>Shell and:cc>Total Total:conj>Shell rose=rise/VERB.Fin:root ."
    )
    assert hung["Nokia"] == ("Shell", "conj")


def test_what_is_told_is_no_relative_clause():
    hung = found(
        "She:nsubj>told told=tell/VERB.Fin:root staff:iobj>told that:mark>left Nokia:nsubj>left "
        "left=leave/VERB.Fin:acl:relcl>staff ."
    )
    assert hung["left"] == ("told", "ccomp")


def test_a_conjunction_is_no_preposition_of_a_subject():
    hung = found(
        "Shares:nsubj>fell fell=fall/VERB.Fin:root after:case>Nokia Nokia:nsubj>cut cut=cut/VERB.Fin:advcl>fell "
        "jobs:obj>cut ."
    )
    assert hung["after"] == ("cut", "mark")


def test_a_preposition_before_a_figure_is_that_of_what_is_measured():
    hung = found("Shares:nsubj>fell fell=fall/VERB.Fin:root by:case>14 14/NUM:nummod>points points:obl>fell .")
    assert hung["by"] == ("points", "case")
