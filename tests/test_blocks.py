"""What is part of the report and what of the page: texts and the blocks they fall into."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import articles, asides
from kg.blocks import Unit
from kg.drafts import Draft, article_of
from kg.errors import InputError

TITLE = "Huawei arbeitet mit MTS an 5G"
BODY = "Huawei hat mit MTS eine Vereinbarung getroffen. Mehr ist nicht bekannt."
LAST = "Der Konzern sitzt in Shenzhen und beschäftigt viele Menschen."


def parts(text, **fields):
    article = articles.from_text(text, **fields)
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_a_caption_that_is_no_sentence_goes_with_its_credit():
    caption = "Angela Merkel beim Gipfel in Brüssel (Foto: dpa)"
    assert parts(f"{BODY}\n\n{caption}\n\n{LAST}")[1] == ("aside", caption)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("+++ Eil +++ " + BODY, BODY),
        ("EIL: " + BODY, BODY),
        ("UPDATE 2-" + BODY, BODY),
        ("*** " + BODY, BODY),
        ("Update, 14:30 Uhr: " + BODY, BODY),
        ("UPDATE 1-BERLIN (Reuters) - " + BODY, BODY),
        ("BERLIN/NEW YORK (AFP) - " + BODY, BODY),
        ("Berlin (dpa/tmn) - " + BODY, BODY),
        ("Frankfurt/Main, 6. Juni (dpa-AFX) - " + BODY, BODY),
        ("FRANKFURT (dpa-AFX) - " + BODY, BODY),
        ("WASHINGTON (AP) — " + BODY, BODY),
    ],
)
def test_marks_of_the_wire_before_a_sentence(line, read):
    assert parts(f"{line}\n\n{LAST}")[0] == ("paragraph", read)


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        (
            f"{TITLE}\nVon Anna Meyer, Berlin\n{BODY}",
            {},
            [("title", TITLE), ("aside", "Von Anna Meyer, Berlin"), ("paragraph", BODY)],
        ),
        (
            f"By Jane Doe and John Roe\n\n{BODY}",
            {"title": TITLE},
            [("title", TITLE), ("aside", "By Jane Doe and John Roe"), ("paragraph", BODY)],
        ),
        (
            f"Foto: dpa\n\n{TITLE}\n\n06.06.2019, 14:32 Uhr\n\n{TITLE}\n\n{BODY}",
            {},
            [
                ("aside", "Foto: dpa"),
                ("title", TITLE),
                ("aside", "06.06.2019, 14:32 Uhr"),
                ("repeat", TITLE),
                ("paragraph", BODY),
            ],
        ),
        (
            f"{BODY}\n\nMehr zum Thema\n\nTelekom kauft Netzbetreiber\n\nBosch verklagt Kuka\n\n{LAST}",
            {},
            [
                ("paragraph", BODY),
                ("aside", "Mehr zum Thema"),
                ("aside", "Telekom kauft Netzbetreiber"),
                ("aside", "Bosch verklagt Kuka"),
                ("paragraph", LAST),
            ],
        ),
        # A site's name behind the headline, and a word on the topic before it.
        (
            f"{TITLE}\n\n{BODY}",
            {"title": f"{TITLE} | Beispielblatt"},
            [("title", TITLE), ("aside", "| Beispielblatt"), ("repeat", TITLE), ("paragraph", BODY)],
        ),
        (
            f"{TITLE}\n\n{BODY}",
            {"title": f"Mobilfunk: {TITLE}"},
            [("title", f"Mobilfunk: {TITLE}"), ("repeat", TITLE), ("paragraph", BODY)],
        ),
        ("Foto: dpa", {}, [("paragraph", "Foto: dpa")]),
        ("Foto: dpa", {"title": TITLE}, [("title", TITLE), ("aside", "Foto: dpa")]),
    ],
)
def test_the_top_of_a_page(text, fields, expected):
    assert parts(text, **fields) == expected


def test_known_writers_are_no_part_of_the_report():
    article = article_of(Draft(f"{TITLE}\n\nAnna Meyer\n\n{BODY}", fields={"authors": ["Anna Meyer"]}))
    assert [block.kind for block in article.blocks] == ["title", "aside", "paragraph"]


LONG = "Der Vorstand des Konzerns hat am Montag in Moskau einen Vertrag mit dem"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A page break amid a sentence, with and without its number, and amid a word.
        (f"{LONG}\f{'russischen'} Betreiber MTS.", [("paragraph", f"{LONG} russischen Betreiber MTS.")]),
        (
            f"{LONG}\n\nSeite 3 von 12\n\nrussischen Betreiber MTS.",
            [("paragraph", f"{LONG} russischen Betreiber MTS."), ("aside", "Seite 3 von 12")],
        ),
        (f"{LONG} rus-\n\nsischen Betreiber MTS.", [("paragraph", f"{LONG} russischen Betreiber MTS.")]),
        (
            f"{LONG[:30]}\n\niPhone-Hersteller klagen.",
            [("title", LONG[:29]), ("paragraph", "iPhone-Hersteller klagen.")],
        ),
        # An empty line behind each line, and behind each sentence.
        (
            "Huawei hat mit\n\nMTS eine\n\nVereinbarung getroffen,\n\num in Moskau\n\ngemeinsam Antennen\n\nzu bauen.",
            [
                (
                    "paragraph",
                    "Huawei hat mit MTS eine Vereinbarung getroffen, um in Moskau gemeinsam Antennen zu bauen.",
                )
            ],
        ),
        ("MTS kauft.\n\nHuawei verkauft.", [("paragraph", "MTS kauft."), ("paragraph", "Huawei verkauft.")]),
        # Ends of lines of every system, indented paragraphs, one endless line.
        ("MTS\r\nkauft.\r\n\r\nHuawei\rverkauft.", [("paragraph", "MTS kauft."), ("paragraph", "Huawei verkauft.")]),
        (
            "   MTS kauft\nein Netz.\n   Huawei\nverkauft eins.\n   Mehr nicht.",
            [
                ("paragraph", "MTS kauft ein Netz."),
                ("paragraph", "Huawei verkauft eins."),
                ("paragraph", "Mehr nicht."),
            ],
        ),
        ((BODY + " ") * 2000, [("paragraph", (BODY + " ") * 1999 + BODY)]),
        # Lists: items of their own; what stands in them is read as it is.
        (
            "Es gibt zwei:\n- MTS kauft ein\n  Netz.\n- Huawei verkauft.",
            [("paragraph", "Es gibt zwei:"), ("paragraph", "MTS kauft ein Netz."), ("paragraph", "Huawei verkauft.")],
        ),
        ("– Nein, sagte\ner.", [("paragraph", "– Nein, sagte er.")]),
        # Tables are left out: between tabs, in columns of numbers.
        (
            f"{BODY}\n\nFirma\tUmsatz\tSitz\nBosch\t78,5\tStuttgart\nKuka\t3,3\tAugsburg\n\n{LAST}",
            [
                ("paragraph", BODY),
                ("aside", "Firma Umsatz Sitz\nBosch 78,5 Stuttgart\nKuka 3,3 Augsburg"),
                ("paragraph", LAST),
            ],
        ),
        (
            f"{BODY}\n\nUmsatz 78,5 81,2 90,1\nGewinn 3,3 4,1 (0,2)\nAusblick 2024\n\n{LAST}",
            [
                ("paragraph", BODY),
                ("aside", "Umsatz 78,5 81,2 90,1\nGewinn 3,3 4,1 (0,2)\nAusblick 2024"),
                ("paragraph", LAST),
            ],
        ),
        ("MTS\tkauft.\nHuawei verkauft.", [("paragraph", "MTS kauft. Huawei verkauft.")]),
        (f"{BODY}\nFoto: dpa\n{LAST}", [("paragraph", BODY), ("aside", "Foto: dpa"), ("paragraph", LAST)]),
    ],
)
def test_plain_text_is_cut(text, expected):
    assert parts(text) == expected


LINES = st.sampled_from(
    [
        TITLE,
        BODY,
        LAST,
        LONG,
        "Foto: dpa",
        "Von Anna Meyer",
        "(dpa)",
        "- a",
        "• b",
        "   c d.",
        "1 2 3",
        "x\ty\tz",
        "",
        "",
        "",
        "EIL: ",
        "Mehr zum Thema",
        "Seite 3",
        "BERLIN (dpa) - " + BODY,
        BODY + " (dpa)",
        "Zusam-",
        "arbeit",
        "»",
        "*** ",
        "| a",
    ]
)


@given(
    st.lists(LINES | st.text(max_size=12), max_size=14),
    st.none() | st.sampled_from([TITLE, f"{TITLE} | Blatt", "EIL: x"]),
)
@settings(max_examples=300, deadline=None)
def test_blocks_lie_in_order_within_the_text(lines, title):
    try:
        article = articles.from_text("\n".join(lines), title=title)
    except InputError:
        return
    end = 0
    for block in article.blocks:
        assert end <= block.start <= block.end <= len(article.text)
        assert block.start < block.end
        assert article.text[block.start : block.end].strip() == article.text[block.start : block.end]
        end = block.end


HOSTILE = ["A ", "Anna Meyer, ", "By Anna Meyer, ", "Reporting by Anna Meyer ", "Foto: A/", "dpa/", "1 ", "1.", "Mon "]
HOSTILE += ["Home > A ", "(", "(c) ", "ISIN DE0001234567 ", "/aa", "EIL: ", "+++ ", "a. (dpa)", "Stand: ", "| a "]
HOSTILE += [
    "Update 1: ",
    "A-",
    "- a\n",
    "a\n\n",
    "1 2 3\n",
    "a\tb\n",
    "Foto: dpa\n\n",
    "Von Anna Meyer\n",
    "a b c d e f g h i\n\n",
]
HOSTILE += ["Mehr zum Thema\n\nA\n\n"]


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_is_soon_cut(part):
    line = (part * 400)[:399]
    start = time.perf_counter()
    for judge in (asides.is_aside, asides.is_byline, asides.is_pointer, asides.tail):
        judge(line)
    assert time.perf_counter() - start < 0.2
    articles.from_text(part * (30_000 // len(part)))
    assert time.perf_counter() - start < 5


def test_markup_tells_headings_but_not_asides():
    units = (
        Unit(TITLE, True, "title"),
        Unit("Foto: dpa", True),
        Unit("Mehr zum Thema", True, "heading"),
        Unit(BODY, True),
    )
    article = article_of(Draft(units=units))
    assert [block.kind for block in article.blocks] == ["title", "aside", "aside", "paragraph"]
