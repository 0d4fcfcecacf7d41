"""On the article of the language data, which is not part of the repository: what must be found, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.articles import read
from kg.records import PLAIN, Extraction

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the language data is not there: no ../shared/seeds"),
]

FOUND = [
    ("Huawei", "partnersWith", "MTS"),
    ("Huawei", "basedIn", "China"),
    ("MTS", "basedIn", "Russland"),
    ("USA", "restricts", "Huawei"),
    ("Gou Ping", "leads", "Huawei"),
    ("Xi Jinping", "leads", "China"),
    ("Xi Jinping", "visits", "Russland"),
    ("Google", "develops|owns", "Android"),
]


@pytest.fixture(scope="module")
def article() -> Extraction:
    (found,) = read([SEEDS])
    return pipeline.extract_article(found, pipeline.load_tools())


@pytest.fixture(scope="module")
def plain(article) -> set[tuple[str, str, str]]:
    labels = {e.iri: e.label for e in article.entities}
    return {(labels[s.subject], s.property, labels[s.object]) for s in article.statements if s.status in PLAIN}


@pytest.mark.parametrize(("subject", "names", "value"), FOUND, ids=[" ".join(row) for row in FOUND])
def test_it_is_found(plain, subject, names, value):
    ends = {(subject, value), (value, subject)} if names == "partnersWith" else {(subject, value)}
    assert any((s, o) in ends for s, p, o in plain if p in names.split("|"))


def test_nobody_is_said_to_be_restricted_by_the_united_kingdom(plain):
    assert not [row for row in plain if row[0] == "Großbritannien" and row[1] == "restricts"]


def test_nothing_between_huawei_and_android_or_google(plain):
    pairs = [{"Huawei", "Android"}, {"Huawei", "Google"}]
    assert not [row for row in plain if {row[0], row[2]} in pairs]


def test_no_end_of_a_triple_is_a_common_noun(plain):
    """A list of all that may be spoken of: whatever else turns up is a slip."""
    known = {"Huawei", "MTS", "China", "Russland", "USA", "Gou Ping", "Xi Jinping", "Google", "Android", "5G"}
    assert {end for s, _, o in plain for end in (s, o)} <= known


def test_one_node_per_thing(article):
    labels = [e.label for e in article.entities]
    assert len(labels) == len(set(labels))
    states = {link.iri for link in article.links if link.mention.text in {"USA", "US", "US-Regierung"}}
    assert len(states) == 1
    (huawei,) = [e.iri for e in article.entities if e.label == "Huawei"]
    described = {link.mention.text.casefold() for link in article.links if link.iri == huawei}
    assert {"huawei", "der chinesische riese", "das unternehmen"} <= described


def test_the_headline_that_stands_twice_counts_once(article):
    (block,) = [b for b in article.article.blocks if b.kind == "repeat"]
    assert not [s for s in article.statements if block.start <= s.evidence.start < block.end]


def test_the_evidence_is_in_the_text(article):
    text = article.article.text
    for statement in article.statements:
        evidence = statement.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        spans = (evidence.subject, *evidence.predicate, evidence.object)
        assert all(evidence.start <= start < end <= evidence.end for start, end in spans)


def test_reading_it_again_gives_the_same(article):
    (found,) = read([SEEDS])
    assert pipeline.extract_article(found, pipeline.load_tools()) == article
