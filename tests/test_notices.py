"""Contacts, corrections, legal notes and marks of press releases; and sentences that look like them."""

import time

import pytest

from kg import articles
from kg.notices import is_notice

TITLE = "Huawei arbeitet mit MTS an 5G"
BODY = "Huawei hat mit MTS eine Vereinbarung getroffen. Mehr ist nicht bekannt."
LAST = "Der Konzern sitzt in Shenzhen und beschäftigt viele Menschen."


def parts(text):
    article = articles.from_text(text)
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


NOTICES = [
    # Contacts.
    "presse@norvex.example",
    "E-Mail: presse@norvex.example",
    "Tel.: +49 821 12345-67",
    "www.norvex.example",
    "Pressekontakt: Norvex AG, Ute Roth, Hauptstraße 1, 86150 Augsburg, Tel. 0821 12345, presse@norvex.example",
    "Media Contact: Ute Roth, Norvex AG, +49 821 1234567",
    "Investor Relations: Tom Halm, ir@norvex.example, +49 821 1234568",
    "((jane.doe@wire.example; +49 69 7565 1234))",
    "For further information, please see www.norvex.example/press",
    "Weitere Informationen erhalten Sie unter www.norvex.example.",
    "Haben Sie Fragen? Schreiben Sie uns an leser@blatt.example.",
    "Jane Doe covers business for the Herald. She can be reached at jdoe@herald.example.",
    # Corrections.
    "Dieser Artikel wurde zuletzt am 12.06.2019 um 15:10 Uhr aktualisiert.",
    "Hinweis der Redaktion: In einer früheren Version stand, Norvex sitze in Ulm.",
    "In einer früheren Fassung dieses Artikels hieß es, Norvex habe Lumacell gekauft. Das ist falsch.",
    "This story has been updated to include a statement from the union.",
    "Correction: An earlier version of this article misstated the price.",
    "Associated Press writer Jane Doe in Berlin contributed to this report.",
    # Press releases.
    "PRESSEMITTEILUNG",
    "FOR IMMEDIATE RELEASE",
    "-ENDS-",
    "SOURCE Norvex AG",
    "Original-Content von: Norvex AG, übermittelt durch news aktuell",
    "Forward-Looking Statements",
    "This press release contains forward-looking statements. Norvex may acquire Lumacell." + " Risks abound." * 40,
    "Diese Mitteilung enthält zukunftsgerichtete Aussagen, die auf Erwartungen beruhen.",
    # What agencies and pages add.
    "(Adds union comment, shares)",
    "(Neu: Aussagen des Vorstands)",
    "($1 = 0.8867 euros)",
    "Image caption, The Lumacell plant in Erfurt",
    "Story continues after the ad",
    "Last updated 2 hours ago",
    "Kommentare (12)",
    "06.06.2019, 14:32 Uhr | Lesezeit: 3 Min.",
    "22.03.2016, 11:19 Uhr | dpa",
    "Mit Informationen von dpa, AFP und Reuters",
    "***",
    "-------------",
]
SENTENCES = [
    "Die Polizei in Friedberg, Tel. 06031-601-0, bittet um Hinweise",
    "Diebe haben bei Bosch eingebrochen. Zeugen melden sich unter Tel. 06031-601-0",
    "Der Manager schrieb an info@norvex.example, dass Bosch Kuka kauft.",
    "Kontakte nach Moskau bestritt Wirecard, berichtet www.blatt.example.",
    "Weitere Informationen zu Kuka hat Bosch nicht.",
    "Contact with Apple was lost.",
    "Dieser Text ist von Goethe.",
    "Diese Meldung dementierte Bosch.",
    "Korrektur: Bosch kauft Kuka nicht.",
    "This report says Apple has sued Samsung.",
    "The company updated its story.",
    "Siemens contributed to this success.",
    "Source code of Windows leaked",
    "Press release of Apple angers Samsung",
    "Ende der Gespräche: Bosch kauft Kuka doch nicht",
    "This deal makes Norvex a forward-thinking company.",
    "Bosch sued in March; two hours ago it won.",
    "Ads (Google, Facebook) grew",
    "...",
]


@pytest.mark.parametrize("line", NOTICES)
def test_what_a_house_says_of_itself_is_not_read(line):
    found = parts(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{LAST}")
    assert found == [("title", TITLE), ("paragraph", BODY), ("aside", line), ("paragraph", LAST)]


@pytest.mark.parametrize("line", SENTENCES)
def test_what_the_report_says_is_read(line):
    assert not is_notice(line)
    assert "aside" not in {kind for kind, _ in parts(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{LAST}")}


def test_a_line_of_a_sentence_is_no_notice():
    text = f"{BODY}\nDie Polizei bittet unter Tel. 06031-601-0\num Hinweise."
    assert parts(text) == [("paragraph", text.replace("\n", " "))]


@pytest.mark.parametrize(("head", "behind"), [("Über Norvex", "Die Norvex AG baut Autos."), ("About Norvex:", LAST)])
def test_what_a_house_says_of_itself_in_sentences_is_read(head, behind):
    found = parts(f"{TITLE}\n\n{BODY}\n\n{head}\n{behind}")
    assert found[2][1:] == (head,)
    assert found[3] == ("paragraph", behind)
    assert "aside" not in dict(found)


def test_nothing_is_read_below_the_notes_of_an_agency():
    found = parts(f"{TITLE}\n\n{BODY}\n\n# Notizblock\n\n## Orte\n\n{LAST}")
    assert [kind for kind, _ in found] == ["title", "paragraph", "aside", "aside", "aside"]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("LEIPZIG, Germany, June 12, 2019 /PRNewswire/ -- " + BODY, BODY),
        ("SPRINGFIELD, Ill. — " + BODY, BODY),
        ("+++ 14:10 Uhr +++ " + BODY, BODY),
        (BODY + "/abe/stk/jha/", BODY),
        (BODY + " ($1 = 0.8867 euros)", BODY),
    ],
)
def test_marks_around_a_sentence(line, read):
    assert ("paragraph", read) in parts(f"{line}\n\n{LAST}")


@pytest.mark.parametrize(
    "part", ["a@b.", "Tel. 1", "This story has been ", "Contact: ", "+49 ", "Über A ", "(Neu ", "- ", "A 1 "]
)
def test_hostile_lines_are_soon_judged(part):
    start = time.perf_counter()
    for length in (399, 30_000):
        is_notice((part * length)[:length])
    assert time.perf_counter() - start < 1
