"""What belongs to a statement: by trees written by hand, and by sentences that the bundled pipelines read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sentences import find, sentence

from kg import evaluation, pipeline
from kg.articles import from_text
from kg.clause_scope import Scope, belongs, tense, tokens_of
from kg.clauses import clauses
from kg.event_times import event_time
from kg.ontology import load_gazetteer, load_ontology
from kg.qualifiers import completed
from kg.records import Evidence, Qualifier, Statement
from kg.trees import Tree

GOLD = Path(__file__).parent / "qualifiers"
NAMES = {"Siemens": "ORG", "Mentor": "ORG", "Bosch": "ORG", "Lagarde": "PER", "Scholz": "PER"}
BOUGHT = "Siemens:nsubj>kaufte {} kaufte/VERB.Fin.Past:root Mentor:obj>kaufte {}"


def scope(notation, predicate, kind="verb", language="de"):
    parsed = sentence(notation, NAMES)
    (clause,) = (c for c in clauses(parsed, language) if c.kind == kind and c.predicate == predicate)
    return Scope(Tree(parsed), clause, frozenset(), frozenset(a.head for a in clause.arguments))


def when(notation, predicate, text, kind="verb", name="acquires", status="asserted", language="de"):
    found = event_time(scope(notation, predicate, kind, language), text, language, date(2019, 6, 6), name, status)
    return found.edtf if found else None


ON_TUESDAY = "am:case>Dienstag Dienstag/NOUN:{}>{}"


def test_the_date_of_the_predicate():
    own = BOUGHT.format("", ON_TUESDAY.format("obl", "kaufte") + " .")
    text = "Siemens kaufte Mentor am Dienstag."
    assert when(own, "kaufte", text) == "2019-06-04"
    assert when(own, "kaufte", text, name="basedIn") is None


def test_a_name_takes_no_date():
    on_name = BOUGHT.format("", ON_TUESDAY.format("nmod", "Mentor") + " .")
    assert when(on_name, "kaufte", "Siemens kaufte Mentor am Dienstag.") == "2019-06-04"


def test_another_nouns_date_is_not_the_predicates():
    of_vote = BOUGHT.format("", "nach:case>Wahl Wahl/NOUN:obl>kaufte " + ON_TUESDAY.format("nmod", "Wahl") + " .")
    assert when(of_vote, "kaufte", "Siemens kaufte Mentor nach Wahl am Dienstag.") is None


def test_the_date_of_who_tells_it():
    told = (
        "Siemens:nsubj>kaufte kaufte/VERB.Fin.Past:ccomp>sagte Mentor:obj>kaufte , sagte=sagen/VERB.Fin.Past:root "
        "Scholz:nsubj>sagte am:case>Dienstag Dienstag/NOUN:obl>{} ."
    )
    text = "Siemens kaufte Mentor, sagte Scholz am Dienstag."
    assert when(told.format("sagte"), "kaufte", text) is None
    assert when(told.format("kaufte"), "kaufte", text) is None  # beyond the other verb: the tree must be wrong


def test_an_apposition_keeps_its_date():
    notation = (
        "Lagarde:nsubj>traf , seit:case>2011 2011/NUM:obl>traf Chefin/NOUN:appos>Lagarde von:case>Bosch "
        "Bosch:nmod>Chefin , traf=treffen/VERB.Fin.Past:root Scholz:obj>traf ."
    )
    text = "Lagarde, seit 2011 Chefin von Bosch, traf Scholz."
    assert when(notation, "treffen", text, name="meetsWith") is None
    assert when(notation, "Chefin", text, kind="noun", name="leads") == "2011/.."


def test_two_dates_are_none_unless_one_holds_the_other():
    two = BOUGHT.format("", "2017/NUM:obl>kaufte und:cc>2018 2018/NUM:conj>2017 .")
    assert when(two, "kaufte", "Siemens kaufte Mentor 2017 und 2018.") is None
    held = BOUGHT.format("", "2019/NUM:obl>kaufte im:case>Mai Mai/NOUN:obl>kaufte .")
    assert when(held, "kaufte", "Siemens kaufte Mentor 2019 im Mai.") == "2019-05"


def test_years_that_count_are_no_dates():
    notation = "Siemens:nsubj>baute baute/VERB.Fin.Past:root 2018/NUM:nummod>Züge Züge/NOUN:obj>baute ."
    assert when(notation, "baute", "Siemens baute 2018 Züge.") is None


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("Siemens:nsubj>kaufte kaufte/VERB.Fin.Past:root Mentor:obj>kaufte .", "past"),
        ("Siemens:nsubj>kaufte kaufte/VERB.Fin.Pres:root Mentor:obj>kaufte .", "present"),
        ("Siemens:nsubj>kaufte hat=haben/AUX.Fin.Pres:aux>kaufte Mentor:obj>kaufte kaufte/VERB.Part:root .", "past"),
        ("Siemens:nsubj>kaufte wird=werden/AUX.Fin.Pres:aux>kaufte Mentor:obj>kaufte kaufte/VERB.Inf:root .", "future"),
        ("Siemens:nsubj>kaufte würde=werden/AUX.Fin.Sub:aux>kaufte Mentor:obj>kaufte kaufte/VERB.Inf:root .", ""),
    ],
)
def test_tense(notation, wanted):
    assert tense(scope(notation, "kaufte")) == wanted


def test_what_hangs_where():
    notation = BOUGHT.format("", "für:case>Euro Milliarden/NOUN:nmod>Euro Euro/NOUN:nmod>{} .")
    for head, names, wanted in (("kaufte", False, True), ("Mentor", False, False), ("Mentor", True, True)):
        one = scope(notation.format(head), "kaufte")
        start = one.tree[find(one.tree, "Milliarden")].start
        words = tokens_of(one.tree, start, start + len("Milliarden Euro"))
        assert belongs(one, words, names=names) is wanted


def read(text, language, published="2019-06-06"):
    return pipeline.extract_article(from_text(text, id="a1", date=published), pipeline.load_tools(language=language))


def added(text, language, published="2019-06-06"):
    """What qualifies each statement of a text."""
    found = read(text, language, published)
    labels = {e.iri: e.label for e in found.entities}
    return {
        (labels[s.subject], s.property, labels[s.object]): (
            s.event_time,
            {q.kind: labels[q.entity] if q.entity else q.text for q in s.qualifiers if q.kind != "time"},
        )
        for s in found.statements
    }


def test_offsets_are_those_of_the_article():
    text = "Er steht davor. Siemens hat am Dienstag den Hersteller Mentor für 4,5 Milliarden Euro übernommen."
    (statement,) = read(text, "de").statements
    assert statement.event_time == "2019-06-04"
    assert [text[q.start : q.end] for q in statement.qualifiers] == ["am Dienstag", "4,5 Milliarden Euro"]
    assert [(q.text, q.value, q.unit) for q in statement.qualifiers][1] == ("4,5 Milliarden Euro", 4.5e9, "EUR")


@pytest.mark.parametrize(
    ("language", "text", "triple", "wanted"),
    [
        (
            "de",
            "Telekom und Ericsson arbeiten seit 2017 bei 5G zusammen.",
            "Deutsche Telekom partnersWith Ericsson",
            ("2017/..", {"topic": "5G"}),
        ),
        (
            "en",
            "Siemens bought the company Mentor, which had sales of $3 billion in 2015.",
            "Siemens acquires Mentor",
            (None, {}),
        ),
        (
            "en",
            "Uber fired its chief operating officer, Barney Harford, yesterday.",
            "Uber dismisses Barney Harford",
            ("2019-06-05", {"role": "chief operating officer"}),
        ),
        (
            "de",
            "Der Energiekonzern RWE hält knapp 15 Prozent an dem Netzbetreiber Amprion.",
            "RWE investsIn Amprion",
            (None, {"share": "knapp 15 Prozent"}),
        ),
    ],
)
def test_sentences(language, text, triple, wanted):
    found = {" ".join(key): value for key, value in added(text, language).items()}
    assert found.get(triple) == wanted, found


def test_relative_dates_need_the_articles_date():
    text = "Am Dienstag hat Siemens die Firma Mentor übernommen."
    assert [time for time, _ in added(text, "de").values()] == ["2019-06-04"]
    assert [time for time, _ in added(text, "de", None).values()] == [None]


def test_two_readings_of_a_triple_complete_each_other():
    evidence = Evidence("a", 0, 9, "A kauft B", (0, 1), ((2, 7),), (8, 9))
    first = Statement("1", "a", "acquires", "b", "asserted", 0.9, evidence, qualifiers=(Qualifier("role", "x", 0, 1),))
    other = replace(
        first, event_time="2019", qualifiers=(Qualifier("time", "2019", 3, 7), Qualifier("role", "y", 2, 3))
    )
    whole = completed(first, other)
    assert (whole.event_time, [q.text for q in whole.qualifiers]) == ("2019", ["2019", "x"])
    assert completed(first, replace(other, status="planned")) == first


def test_the_gold_is_met():
    """Precision and recall over both languages; the second files were scored once before any rule saw them."""
    tools = {code: pipeline.load_tools(language=code) for code in ("de", "en")}
    result = evaluation.score(
        [GOLD],
        lambda article: pipeline.extract_article(article, tools[article.language or "de"]),
        load_ontology(),
        load_gazetteer(),
    )
    gold, found, right = (sum(getattr(s, n) for s in result.qualifiers.values()) for n in ("gold", "found", "right"))
    assert gold > 140
    assert right / found >= 0.95 and right / gold >= 0.9, [f for f in result.findings if f.kind == "qualifier"]
    assert set(result.qualifiers) == {"time", "amount", "share", "count", "role", "topic", "place"}
