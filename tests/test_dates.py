"""Date expressions: what is one, and which days it means on Thursday, 6 June 2019."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.date_expressions import expressions
from kg.dates import CalendarDate, TimeExpression, YearPart, reference, resolve

TODAY = date(2019, 6, 6)
EDTF = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?~?|\d{3}X|\.\.)(/(\d{4}(-\d\d(-\d\d)?)?|\d{3}X|\.\.))?")


def read(text, language, direction="past", today=TODAY):
    """The words of each expression with what they mean."""
    found = [(text[e.start : e.end], resolve(e, today, direction)) for e in expressions(text, language)]
    return [(words, period.edtf if period else None) for words, period in found]


GERMAN = """
am Dienstag | 2019-06-04
am Donnerstag | 2019-06-06
am Dienstagabend | 2019-06-04
letzten Donnerstag | 2019-05-30
in der Nacht zum Mittwoch | 2019-06-04/2019-06-05
heute Morgen | 2019-06-06
Gestern Abend | 2019-06-05
vorgestern | 2019-06-04
am Wochenende | 2019-06-01/2019-06-02
Vergangene Woche | 2019-05-27/2019-06-02
im vergangenen Monat | 2019-05
im vorigen Jahr | 2018
in diesem Jahr | 2019
Ende des Jahres | 2019
vor drei Jahren | 2016
Vor einem Monat | 2019-05
vor rund zwei Wochen | 2019-05-20/2019-05-26
seit drei Jahren | 2016/..
seit 2019 | 2019/..
seit Anfang 2019 | 2019/..
seit Montag | 2019-06-03/..
bis 2021 | ../2021
bis Ende März 2018 | ../2018-03
ab dem 1. Juli 2020 | 2020-07-01/..
zum 1. Januar 2018 | 2018-01-01
am 3. Mai | 2019-05-03
am 3. Oktober | 2018-10-03
am 29. Februar | 2016-02-29
01.04.2018 | 2018-04-01
Anfang März | 2019-03
im Juli | 2018-07
im März dieses Jahres | 2019-03
Ende Mai vergangenen Jahres | 2018-05
im dritten Quartal 2018 | 2018-07/2018-09
im dritten Quartal | 2018-07/2018-09
im 1. Quartal | 2019-01/2019-03
im ersten Halbjahr 2017 | 2017-01/2017-06
Im Herbst 2017 | 2017-23
im vergangenen Sommer | 2018-22
in den 1990er Jahren | 199X
um 1990 | 1990~
zwischen 2010 und 2015 | 2010/2015
von 2010 bis 2015 | 2010/2015
2010–2015 | 2010/2015
von Januar bis März 2020 | 2020-01/2020-03
Im Jahr 2015 | 2015
"""
ENGLISH = """
on Tuesday | 2019-06-04
last Tuesday | 2019-06-04
on Monday evening | 2019-06-03
yesterday | 2019-06-05
last night | 2019-06-05
over the weekend | 2019-06-01/2019-06-02
last month | 2019-05
earlier this year | 2019
late last year | 2018
by the end of the year | ../2019
three years ago | 2016
A year ago | 2018
two weeks ago | 2019-05-20/2019-05-26
since March | 2019-03/..
since last year | 2018/..
until 2021 | ../2021
by 2030 | ../2030
as of January 1 | 2019-01-01/..
on 3 May 2024 | 2024-05-03
May 3, 2019 | 2019-05-03
on April 1 | 2019-04-01
Sept. 3 | 2018-09-03
in May | 2019-05
last May | 2019-05
in March of last year | 2018-03
at the end of March | 2019-03
in late March 2017 | 2017-03
mid-2018 | 2018
in early 2018 | 2018
in the third quarter of 2018 | 2018-07/2018-09
in Q3 2018 | 2018-07/2018-09
in the first half of 2018 | 2018-01/2018-06
last summer | 2018-22
in the spring of 2017 | 2017-21
in the 1990s | 199X
between 2010 and 2015 | 2010/2015
from 2010 to 2015 | 2010/2015
in the year 2015 | 2015
"""
NEITHER = {
    "de": (
        "drei Jahre später|vor 2019|nach dem 3. Mai|Preis von 2019 Euro|am Morgen|Der August ist heiß|Mai und Juni"
        "|2019 Prozent|ein Mittwoch"
    ),
    "en": "a year later|He may go|before Tuesday|after 2018|2018 percent|They march on|prices fall|the 2018 deal",
}


def table(rows):
    return [tuple(row.split(" | ")) for row in rows.strip().splitlines()]


@pytest.mark.parametrize(("words", "edtf"), table(GERMAN))
def test_german(words, edtf):
    assert read(words, "de") == [(words, edtf)]


@pytest.mark.parametrize(("words", "edtf"), table(ENGLISH))
def test_english(words, edtf):
    assert read(words, "en") == [(words, edtf)]


@pytest.mark.parametrize(("language", "words"), [(code, w) for code, line in NEITHER.items() for w in line.split("|")])
def test_no_date(language, words):
    assert read(words, language) == []


@pytest.mark.parametrize(
    ("words", "language", "direction", "edtf"),
    [
        ("am Dienstag", "de", "future", "2019-06-11"),
        ("am Dienstag", "de", None, None),
        ("am Donnerstag", "de", "future", "2019-06-06"),
        ("seit Montag", "de", "future", "2019-06-03/.."),
        ("ab Montag", "de", "future", "2019-06-10/.."),
        ("kommenden Dienstag", "de", "past", "2019-06-11"),
        ("nächsten Freitag", "de", "future", None),  # tomorrow, or the one after it?
        ("next Friday", "en", "future", None),
        ("next Tuesday", "en", "future", "2019-06-11"),
        ("in July", "en", "future", "2019-07"),
        ("im Mai", "de", "future", "2020-05"),
        ("im Winter", "de", "past", None),  # of which year?
        ("Im Herbst", "de", "future", "2019-23"),
        ("next week", "en", None, "2019-06-10/2019-06-16"),
        ("am 31. Juni", "de", "past", None),
        ("between 2015 and 2010", "en", "past", None),
    ],
)
def test_the_tense_decides(words, language, direction, edtf):
    assert [found for _, found in read(words, language, direction)] == [edtf]


@pytest.mark.parametrize(
    ("words", "edtf"), [("am Dienstag", None), ("im Mai", None), ("gestern", None), ("im Mai 2018", "2018-05")]
)
def test_without_the_day_of_publication(words, edtf):
    assert [found for _, found in read(words, "de", today=None)] == [edtf]


def test_the_day_of_publication():
    assert reference("2019-06-06") == TODAY
    assert reference("im Juni") is None


def test_the_calendar_has_ends():
    first = TimeExpression(0, 1, CalendarDate(9999, 12))
    assert resolve(first, None, None).edtf == "9999-12"
    assert resolve(TimeExpression(0, 1, CalendarDate(9999, 13)), None, None) is None
    assert resolve(TimeExpression(0, 1, YearPart("season", 4, 9999)), None, None) is None
    last_may = TimeExpression(0, 1, CalendarDate(month=5, which=-1))
    assert resolve(last_may, date(1, 1, 1), "past") is None


WORDS = st.lists(
    st.sampled_from([w for line in (GERMAN + ENGLISH).split("\n") for w in line.partition(" |")[0].split()]), max_size=9
)


@given(WORDS, st.sampled_from(["de", "en"]), st.dates(), st.sampled_from(["past", "future", None]))
def test_any_words_give_edtf_or_nothing(words, language, today, direction):
    text = " ".join(words)
    found = expressions(text, language)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for expression in found:
        period = resolve(expression, today, direction)
        assert period is None or EDTF.fullmatch(period.edtf), period
        if period and period.first and period.last:
            assert period.first <= period.last
