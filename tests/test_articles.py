"""Reading: what stands in a file, and what comes out as an Article or as one clear line."""

import io
import json
import sys
from pathlib import Path

import pytest

from kg import articles
from kg.errors import InputError, Notice
from kg.records import Article


def parts(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def read_one(path: Path) -> Article:
    (article,) = articles.read([path])
    assert isinstance(article, Article), article
    return article


def failure(path: Path | str) -> InputError:
    (error,) = articles.read([path])
    assert isinstance(error, InputError), error
    return error


DATELINES = [
    "BERLIN (Dow Jones)-- ",
    "Essen (dpa) - ",
    "Bochum (dpa/lnw) - ",
    "WESTPORT (dpa-AFX) - ",
    "Düsseldorf (Reuters) - ",
    "Frankfurt/Main (dpa) – ",
    "(dpa) - ",
    "Helsinki/Berlin, 13. Januar 2016 - ",
    "LONDON, March 3 (Reuters) - ",
    "SAN FRANCISCO — ",
    "Dortmund (ots) - ",
]
NO_DATELINES = [
    "Toyota (Japan) - das ist ein Autobauer. ",
    "Huawei - der Konzern aus China - ",
    "VW – das ist Volkswagen. ",
    "Reuters: ",
    "Im März 2016 - ",
    "SAP - IBM: ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_part_of_the_sentence(dateline):
    article = articles.from_text(dateline + BODY)
    assert parts(article) == [("paragraph", BODY)]
    assert article.text == dateline + BODY


@pytest.mark.parametrize("opening", NO_DATELINES)
def test_what_only_looks_like_a_dateline(opening):
    assert parts(articles.from_text(opening + BODY)) == [("paragraph", opening + BODY)]


@pytest.mark.parametrize("endless", ["A" * 100_000, "A-" * 50_000, "A/ " * 30_000 + "(dpa", "LONDON " * 20_000])
def test_an_endless_word_is_soon_read(endless):
    assert parts(articles.from_text(endless.strip()))[0][1] == endless.strip()


TITLE = "Huawei arbeitet mit MTS an 5G"
BODY = "Huawei hat mit MTS eine Vereinbarung getroffen. Mehr ist nicht bekannt."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BODY, [("paragraph", BODY)]),
        (TITLE, [("paragraph", TITLE)]),
        (f"{TITLE}\n\n{BODY}", [("title", TITLE), ("paragraph", BODY)]),
        (f"{TITLE}\n\n{TITLE}\n\n{BODY}", [("title", TITLE), ("repeat", TITLE), ("paragraph", BODY)]),
        (f"{TITLE}\n{TITLE}\n\n{BODY}", [("title", TITLE), ("repeat", TITLE), ("paragraph", BODY)]),
        (f"{TITLE}\n{TITLE}\n{BODY}", [("title", TITLE), ("repeat", TITLE), ("paragraph", BODY)]),
        (f"{TITLE}.\n\n{TITLE}.\n\n{BODY}", [("title", TITLE + "."), ("repeat", TITLE + "."), ("paragraph", BODY)]),
        (f"Kauft Apple Intel?\n\n{BODY}", [("title", "Kauft Apple Intel?"), ("paragraph", BODY)]),
        (
            f"{BODY}\n\nHuawei Russland\n\n{BODY}",
            [("paragraph", BODY), ("heading", "Huawei Russland"), ("paragraph", BODY)],
        ),
        (f"{BODY}\n\n„Nein!“\n\n{BODY}", [("paragraph", BODY), ("paragraph", "„Nein!“"), ("paragraph", BODY)]),
        (
            "Huawei hat mit MTS\neine Vereinbarung\ngetroffen.",
            [("paragraph", "Huawei hat mit MTS eine Vereinbarung getroffen.")],
        ),
        (
            "Die Zusammen-\narbeit der US-\nRegierung, Ein-\nund Ausfuhr.",
            [("paragraph", "Die Zusammenarbeit der US-Regierung, Ein- und Ausfuhr.")],
        ),
        (f"{TITLE}\n{BODY * 3}\n{BODY * 2}", [("title", TITLE), ("paragraph", BODY * 3), ("paragraph", BODY * 2)]),
        (
            "Zwei\r\n\r\nMTS koope\u00adriert\u00a0mit\r\nHuawei.\u200b\r\n",
            [("title", "Zwei"), ("paragraph", "MTS kooperiert mit Huawei.")],
        ),
        ("Mu\u0308nchen liegt in Bayern.", [("paragraph", "München liegt in Bayern.")]),
        ("MTS\x07 kauft\u202e Huawei.\x0b", [("paragraph", "MTS kauft Huawei.")]),
    ],
)
def test_plain_text_is_told_apart(text, expected):
    article = articles.from_text(text)
    assert parts(article) == expected
    assert article.text == "\n\n".join(part for _, part in expected)
    assert article.title == next((part for kind, part in expected if kind == "title"), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"# {TITLE}\n\n{BODY}\n\n## Huawei Russland\n\n{BODY}",
            [("title", TITLE), ("paragraph", BODY), ("heading", "Huawei Russland"), ("paragraph", BODY)],
        ),
        (f"{TITLE}\n=====\n\n{BODY}", [("title", TITLE), ("paragraph", BODY)]),
        (f"# {TITLE}\n\n{TITLE}\n\n{BODY}", [("title", TITLE), ("repeat", TITLE), ("paragraph", BODY)]),
        (
            "**Huawei** hat mit [MTS](https://mts.example/(de)) _eine_ `Vereinbarung` ![Bild](x.png)getroffen.",
            [("paragraph", "Huawei hat mit MTS eine Vereinbarung getroffen.")],
        ),
        ("Er traf sie am\n5. Juni 2019 in\nMoskau.", [("paragraph", "Er traf sie am 5. Juni 2019 in Moskau.")]),
        (
            "Es gibt zwei:\n- MTS kauft.\n- Huawei verkauft.",
            [("paragraph", "Es gibt zwei:"), ("paragraph", "MTS kauft."), ("paragraph", "Huawei verkauft.")],
        ),
        (
            "> MTS kauft &amp; verkauft.\n\n---\n\n```\ncode = 1\n```\n\n<!-- weg -->AT\\*T <b>klagt</b>.",
            [("paragraph", "MTS kauft & verkauft."), ("paragraph", "AT*T klagt.")],
        ),
        ("snake_case_name und 2*3*4 bleiben.", [("paragraph", "snake_case_name und 234 bleiben.")]),
    ],
)
def test_markdown_loses_its_marks(tmp_path, text, expected):
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    assert parts(read_one(path)) == expected


def test_front_matter_gives_the_fields(tmp_path):
    path = tmp_path / "Ein Fall.md"
    path.write_text(
        '---\ndate: 2019-06-06\nlanguage: "de"\nurl: https://news.example/ä?a=1\n---\n# Titel\n\nMTS kauft.\n'
    )
    article = read_one(path)
    assert (article.id, article.title, article.date, article.language) == ("ein-fall", "Titel", "2019-06-06", "de")
    assert article.url == "https://news.example/%C3%A4?a=1"
    assert article.source == str(path)


def test_json_lines(tmp_path):
    rows = [
        {"id": 7, "title": TITLE, "text": f"{TITLE}\n{BODY}", "date": "2019-06-06T10:00:00Z", "language": "de-AT"},
        {"text": BODY, "id": None, "author": "wer auch immer"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    first, second = articles.read([path])
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.date, first.language, first.source) == ("7", "2019-06-06", "de", f"{path}:1")
    assert parts(first) == [("title", TITLE), ("repeat", TITLE), ("paragraph", BODY)]
    assert (len(second.id), second.source) == (12, f"{path}:3")
    assert articles.count([path]) == 2


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "MTS', "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"title": "MTS"}', "text is missing"),
        ('{"text": ["MTS"]}', "text is a list"),
        ('{"text": " \\n"}', "is empty"),
        ('{"text": "MTS \\ud800 kauft."}', "lone surrogate"),
        ('{"text": "MTS kauft.", "id": true}', "id is a bool"),
        ('{"text": "MTS kauft.", "section": "\\udc80"}', "section holds half a character"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path, line, problem):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "MTS kauft."}}\n{line}\n{{"text": "Huawei verkauft."}}\n', encoding="utf-8")
    first, error, last = articles.read([path])
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(error, InputError)
    assert problem in str(error)
    assert str(error).startswith(f"{path}:2: ")
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ('"date": "6. Juni"', "date '6. Juni' is not a date"),
        ('"date": "03/04/2019"', "date '03/04/2019' is not a date"),
        ('"language": "Klingonisch"', "language 'Klingonisch' is not a language code"),
        ('"url": "javascript:alert(1)"', "is not a web address"),
    ],
)
def test_an_article_is_not_lost_for_what_is_said_of_it(tmp_path, field, problem):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "MTS kauft.", "section": "Wirtschaft", {field}}}\n', encoding="utf-8")
    notice, article = articles.read([path])
    assert isinstance(notice, Notice) and isinstance(article, Article)
    assert str(notice).startswith(f"{path}:1: ") and problem in notice.problem and "read without it" in str(notice)
    assert (article.text, article.section, article.date, article.url) == ("MTS kauft.", "Wirtschaft", None, None)


@pytest.mark.parametrize(
    ("name", "data", "problem", "line"),
    [
        ("a.txt", b"", "is empty", None),
        ("a.txt", b" \r\n \n", "is empty", None),
        ("a.md", b"<!-- nur das -->\n", "holds no prose", None),
        ("a.jsonl", b"\n", "is empty", None),
        ("a.txt", b"Gut\nM\xff\xfe\xfdnchen", "is not UTF-8: byte 0xff", 2),
        ("a.txt", b"PK\x03\x04\x00\x00", "is a broken ZIP archive", None),
        ("a.txt", b"MTS\x00kauft.", "is a binary file", None),
        ("a.txt", b"Erst Text.\n\x00\x01\x02", "is a binary file", None),
        ("a.txt", b"\xff\xfeM\x00T", "begins like UTF-16, but is not", None),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is a picture", None),
        ("a.py", b"import os\n", "cannot read .py", None),
        ("a.txt", b"a" * 1_000_001, "has 1,000,001 characters", None),
        ("a.txt", b"MTS kauft. " * 200_000, "has 2,200,000 characters", None),
    ],
)
def test_unreadable_files(tmp_path, name, data, problem, line):
    path = tmp_path / name
    path.write_bytes(data)
    error = failure(path)
    assert problem in error.problem
    assert (error.path, error.line) == (str(path), line)


def test_missing_path_and_empty_folder(tmp_path):
    assert "no such file" in failure(tmp_path / "nichts.txt").problem
    assert "holds no article" in failure(tmp_path).problem


def test_folders_are_read_sorted_without_what_is_not_an_article(tmp_path):
    for name in ("b/2.txt", "b/1.md", "a.txt", ".git/x.txt", "b/.x.txt", "README.md", "a.gold.toml", "b/bild.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"MTS kauft {name}.")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(articles.read([tmp_path]))
    assert [item.id for item in found if isinstance(item, Article)] == ["a", "1", "2"]
    assert articles.count([tmp_path]) == 3


def test_an_id_that_is_given_belongs_to_one_text(tmp_path):
    path = tmp_path / "a.jsonl"
    texts = ("MTS kauft.", "Huawei verkauft.", "MTS kauft.")
    path.write_text("\n".join(json.dumps({"id": "A 1", "text": text}) for text in texts), encoding="utf-8")
    first, error, third = articles.read([path])
    assert isinstance(first, Article) and isinstance(third, Article)
    assert isinstance(error, InputError)
    assert (first.id, third.id, error.path) == ("A 1", "A 1", f"{path}:2") and "'A 1'" in error.problem


@pytest.mark.parametrize("data", [b"MTS kauft Huawei.", b'{"text": "MTS kauft Huawei."}\n'])
def test_standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = articles.read(["-"])
    assert isinstance(article, Article)
    assert article.text == "MTS kauft Huawei."
    assert articles.count(["-"]) is None


def test_the_same_text_has_the_same_id():
    assert articles.from_text(BODY).id == articles.from_text(BODY + "\n").id != articles.from_text(TITLE).id


@pytest.mark.parametrize(
    "mark", ["*", "_", "`", "[", "<", "![](", "~~", "# ", "- ", "<!--", "\u00ad\n ", "\n\n", "\n \n"]
)
def test_long_hostile_lines_take_no_time(tmp_path, mark):
    path = tmp_path / "a.md"
    path.write_text((mark + "a ") * 100_000)
    assert list(articles.read([path]))
