"""Quotation marks of every kind are read alike, and the text keeps those it has."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import articles, pipeline
from kg.quotation_marks import alike


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("de", "»Wir kaufen Kuka«, sagte er.", "„Wir kaufen Kuka“, sagte er."),
        ("de", "«Wir kaufen Kuka», sagte er.", "„Wir kaufen Kuka“, sagte er."),
        ("de", "“Wir kaufen Kuka”, sagte er.", "„Wir kaufen Kuka“, sagte er."),
        ("de", '"Wir kaufen Kuka", sagte er.', "„Wir kaufen Kuka“, sagte er."),
        ("de", "Die ‚Zeit‘ schreibt, wie geht’s.", "Die „Zeit“ schreibt, wie geht’s."),
        ("de", "„Er sagte ‚Ja‘“, sagt sie.", "„Er sagte ‚Ja‘“, sagt sie."),
        ("de", "Die ›Zeit‹ und die ‹Welt›", "Die „Zeit“ und die „Welt“"),
        ("de", "Die (»Welt«) und ›Zeit‹", "Die („Welt“) und ›Zeit‹"),
        ("de", "Er sagt: ``Wir kaufen.'' Mehr nicht.", "Er sagt:  „Wir kaufen.“  Mehr nicht."),
        ("de", "» Berlin", "» Berlin"),
        ("en", "“We bought Kuka,” he said.", '"We bought Kuka," he said.'),
        ("en", "«We bought Kuka», he said.", '"We bought Kuka", he said.'),
        ("en", "‘We bought Kuka,’ he said of the workers’ union.", '"We bought Kuka," he said of the workers’ union.'),
        ("en", "The workers’ and owners’ union can’t.", "The workers’ and owners’ union can’t."),
        ("en", "McDonald´s sues", "McDonald's sues"),
        ("fr", "«Oui», dit-il.", "«Oui», dit-il."),
    ],
)
def test_one_kind_of_marks(language, text, read):
    assert alike(text, language) == read


@given(st.text(alphabet="ab ,.„“”»«‚‘’›‹\"'`´(\n", max_size=40), st.sampled_from(["de", "en"]))
def test_a_sign_stands_for_a_sign(text, language):
    read = alike(text, language)
    assert len(read) == len(text)
    assert [c for c in read if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(r == t for r, t in zip(read, text, strict=True) if t in "ab(.\n")


@pytest.mark.parametrize("part", ["„", "»", "‘", "‘a", "‚a", "''", "``a", "´", "“ ", "a»b", "‘a, "])
def test_hostile_text_is_soon_alike(part):
    start = time.perf_counter()
    for language in ("de", "en"):
        alike(part * (100_000 // len(part)), language)
    assert time.perf_counter() - start < 2


KINDS = ("„“", "“”", "»«", "«»", '""', "””", "‚‘")
REPORTS = [
    ("de", "„Bosch übernimmt den Roboterbauer Kuka“, teilte Siemens mit.", "Bosch acquires Kuka reported Siemens"),
    (
        "de",
        "„Tesla beliefert Daimler mit Batterien“, sagte Elon Musk, „und das bleibt so.“",
        "Tesla supplies Daimler reported Elon Musk",
    ),
    ("de", "Wie die „Bild“ schreibt, kauft Volkswagen den Zulieferer Norvex.", "Volkswagen acquires Norvex asserted -"),
    (
        "de",
        "„Siemens verklagt den Konkurrenten Alstom“, berichtet die Zeitung „Die Welt“.",
        "Siemens sues Alstom reported Die Welt",
    ),
    (
        "de",
        "„Wir sind kein Partner von Gazprom“, sagte Vorstandschef Dirk Held vom Gashändler Ruhrkontor. "
        "Das Unternehmen beliefert die Stadtwerke Bochum.",
        "Ruhrkontor supplies Stadtwerke Bochum asserted -",
    ),
    (
        "de",
        "Dem Milliardär Bernard Arnault gehören auch die Zeitungen „Les Échos“ und „Le Parisien“.",
        "Bernard Arnault owns Le Parisien asserted -",
    ),
    ("en", "„Bosch has acquired Kuka,“ said Siemens.", "Bosch acquires Kuka reported Siemens"),
    (
        "en",
        "„Tesla supplies Daimler with batteries,“ said Elon Musk, „and that is good.“",
        "Tesla supplies Daimler reported Elon Musk",
    ),
    (
        "en",
        "„Intel has sued AMD,“ Reuters reported, citing the workers’ union.",
        "Intel sues AMD reported Reuters",
    ),
]


@pytest.mark.parametrize(("language", "text", "said"), REPORTS)
def test_every_kind_says_the_same(language, text, said):
    tools = pipeline.load_tools(language=language)
    told = set()
    for opening, closing in KINDS:
        written = text.translate({ord("„"): opening, ord("“"): closing})
        found = pipeline.extract_article(articles.from_text(written, language=language), tools)
        names = {entity.iri: entity.label for entity in found.entities}
        lines = [
            f"{names[s.subject]} {s.property} {names[s.object]} {s.status} {names.get(s.attributed_to, '-')}"
            for s in found.statements
        ]
        told.add(tuple(sorted(lines)))
    (lines,) = told
    assert said in lines
