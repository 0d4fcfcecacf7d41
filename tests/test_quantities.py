"""Sums and shares as numbers."""

from __future__ import annotations

import pytest

from kg import pipeline
from kg.articles import from_text
from kg.quantities import quantities, whole_number

AMOUNTS = """
de | 5,4 Milliarden Euro | 5400000000 EUR
de | 5,4 Mrd. Euro | 5400000000 EUR
de | 3 Mio. € | 3000000 EUR
de | eine Milliarde Euro | 1000000000 EUR
de | 500.000 Euro | 500000 EUR
de | 1.234.567,89 Euro | 1234567.89 EUR
de | 1,5 Billionen Yen | 1500000000000 JPY
de | 3 Millionen US-Dollar | 3000000 USD
de | 40 Millionen schwedische Kronen | 40000000 SEK
de | zwei Millionen Franken | 2000000 CHF
de | 120-Millionen-Euro | 120000000 EUR
de | 10 000 Euro | 10000 EUR
de | 1 250 000,50 Euro | 1250000.5 EUR
de | 10 000 Euro | 10000 EUR
de | 1'500'000 Franken | 1500000 CHF
de | 1’500 Franken | 1500 CHF
en | $4.5 billion | 4500000000 USD
en | €12 500 | 12500 EUR
en | 10 000 euros | 10000 EUR
en | $4.5bn | 4500000000 USD
en | €120 million | 120000000 EUR
en | £1.2bn | 1200000000 GBP
en | 500,000 dollars | 500000 USD
en | a billion euros | 1000000000 EUR
en | 1.5 trillion yen | 1500000000000 JPY
en | 3 billion Swiss francs | 3000000000 CHF
en | C$5 million | 5000000 CAD
en | $2-billion | 2000000000 USD
"""
SHARES = """
de | 25,1 Prozent | 0.251
de | 51-prozentige | 0.51
de | 30 % | 0.3
en | 12 percent | 0.12
en | 12-percent | 0.12
en | 40 per cent | 0.4
en | 5.5% | 0.055
"""


def rows(table):
    return [tuple(row.split(" | ")) for row in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "words", "wanted"), rows(AMOUNTS))
def test_amounts(language, words, wanted):
    text = f"X {words} Y"
    (found,) = quantities(text, language)
    assert (found.kind, text[found.start : found.end], f"{found.value} {found.unit}") == ("amount", words, wanted)


@pytest.mark.parametrize(("language", "words", "wanted"), rows(SHARES))
def test_shares(language, words, wanted):
    text = f"X {words} Y"
    (found,) = quantities(text, language)
    assert (found.kind, text[found.start : found.end], str(found.value)) == ("share", words, wanted)


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [("de", "die Hälfte der Firma", "0.5"), ("en", "two thirds of it", "0.667"), ("en", "half of it", "0.5")],
)
def test_fractions(language, words, value):
    assert [str(found.value) for found in quantities(words, language)] == [value]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "40 Kronen"),  # of which country?
        ("en", "30 million pounds of copper"),
        ("de", "um 3 Prozentpunkte"),
        ("en", "3 percentage points"),
        ("en", "in the third quarter"),
        ("de", "1.2.3 Euro"),
        ("de", "140 Prozent"),
        ("en", "half a year"),
        ("de", "50 Flugzeuge"),
    ],
)
def test_neither(language, words):
    assert quantities(words, language) == ()


def test_counts():
    assert [whole_number(word, "de") for word in ("1.200", "zwölf", "eine", "4,5", "1.20", "Haus", "0")] == [
        1200, 12, None, None, None, None, None,
    ]  # fmt: skip
    assert whole_number("1,200", "en") == 1200


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Siemens supplies 1 200 trains to Egypt.", {"1 200 trains": 1200}),
        ("Siemens supplies 1,200 trains to Egypt.", {"1,200 trains": 1200}),
        ("Siemens supplies 200 trains to Egypt.", {"200 trains": 200}),
    ],
)
def test_counts_whose_digits_stand_apart(text, wanted):
    found = pipeline.extract_article(from_text(text, id="a1"), pipeline.load_tools(language="en"))
    (statement,) = found.statements
    assert {q.text: q.value for q in statement.qualifiers} == wanted
