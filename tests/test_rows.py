"""Rows and objects become articles, whatever their columns are called; a bad one harms no other."""

import io
import json
import time

import pytest

from kg import articles
from kg.date_forms import iso_date
from kg.documents import LONGEST_LINE, of_bytes
from kg.errors import InputError, Notice
from kg.field_names import fields_of
from kg.records import Article
from kg.rows import json_lines


def read(tmp_path, name: str, data: bytes | str) -> list[Article | InputError]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(articles.read([path]))


def texts(items) -> list[str]:
    return [item.text if isinstance(item, Article) else item.problem for item in items]


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Werft",
    "articleBody": "Die Werft baut zwei Fähren.",
    "datePublished": "2019-06-06T12:00:00Z",
    "author": [{"@type": "Person", "name": "Eva Lund"}, {"name": "Tom Ost"}],
    "publisher": {"@type": "Organization", "name": "Küstenblatt"},
    "articleSection": ["Wirtschaft"],
    "inLanguage": "de-DE",
    "mainEntityOfPage": {"@id": "https://www.kuestenblatt.example/wirtschaft/werft.html"},
}


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(NEWS),
        json.dumps(NEWS, indent=2),
        json.dumps([NEWS], indent=2),
        json.dumps({"status": "ok", "articles": [NEWS]}),
        json.dumps({"@graph": [{"@type": "Organization", "name": "Küstenblatt"}, NEWS]}),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a", "a.txt"])
def test_json_ld_in_every_wrapping(tmp_path, name, data):
    (article,) = read(tmp_path, name, data)
    assert isinstance(article, Article)
    assert (article.id, article.title, article.date) == ("kuestenblatt-example-wirtschaft-werft", "Werft", "2019-06-06")
    assert (article.authors, article.publisher, article.section, article.language) == (
        ("Eva Lund", "Tom Ost"),
        "Küstenblatt",
        "Wirtschaft",
        "de",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables(tmp_path, delimiter, encoding):
    rows = [
        ["Überschrift", "Text", "Datum", "Autor", "Quelle"],
        [
            "Werft",
            '"Die Werft baut\nzwei Fähren, sagt sie; so |\tist es."',
            "6.6.2019",
            '"Lund, Eva; Tom Ost"',
            "Blatt",
        ],
        ["", "Kurz und gut.", "", "", ""],
    ]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    first, second = read(tmp_path, "a.csv", data)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.date, first.publisher) == ("Werft", "2019-06-06", "Blatt")
    assert first.authors == ("Lund, Eva", "Tom Ost")
    assert first.text == "Werft\n\nDie Werft baut zwei Fähren, sagt sie; so | ist es."
    assert [item.source for item in (first, second)] == [f"{tmp_path}/a.csv:2", f"{tmp_path}/a.csv:4"]


def test_bad_rows_harm_no_others(tmp_path):
    data = b'title,text\na,Eins.\nb,Zwei,und,mehr\nc,M\xff\xfe\xfdx\n,\nd,"Vier."\ne,\n'
    items = read(tmp_path, "a.csv", data)
    assert texts(items) == [
        "a\n\nEins.",
        "has 4 cells where the header has 2",
        "is not UTF-8: byte 0xff",
        "d\n\nVier.",
        "is empty",
    ]
    assert [item.line for item in items if isinstance(item, InputError)] == [3, 4, 7]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.csv", "name,wert\na,1\n", "has no column of texts"),
        ("a.csv", "\n", "is empty"),
        ("a.json", '{"a": 1}', "text is missing"),
        ("a.json", "[]", "holds no article"),
        ("a.json", '"text"', "is not a JSON object"),
        ("a.json", '{"text": "MTS', "is not JSON"),
        ("a.json", '{"a":' * 100_000, "is not JSON"),
        ("a.json", "[" * 100_000, "is not JSON"),
    ],
)
def test_tables_and_objects_without_texts(tmp_path, name, data, problem):
    (error,) = read(tmp_path, name, data)
    assert isinstance(error, InputError)
    assert problem in error.problem and "\n" not in str(error) and len(str(error)) < 500


def test_an_array_is_read_as_far_as_it_is_sound(tmp_path):
    data = '[{"text": "Eins."}, 7, {"text": "Drei."} {"text": "Vier."}, {"text": nichts}]'
    items = read(tmp_path, "a.json", data)
    assert texts(items)[:4] == ["Eins.", "is not a JSON object", "Drei.", "Vier."]
    assert isinstance(items[-1], InputError) and items[-1].path == f"{tmp_path}/a.json#5"
    assert len(items) == 5


def test_an_array_is_decoded_piece_by_piece():
    from kg.rows import json_objects  # noqa: PLC0415

    texts_in = [f"Satz {number}. " + "ä" * (number * 997 % 70_000) for number in range(60)]
    data = json.dumps([{"text": text} for text in texts_in], ensure_ascii=False).encode()
    assert [draft.text for draft in json_objects(of_bytes(data, "a.json"))] == texts_in


def test_a_line_of_200_mb_is_one_error(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "Eins."}\n{"text": "')
        for _ in range(200):
            file.write(b"a" * 2**20)
        file.write(b'"}\n{"text": "Drei."}\n')
    start = time.monotonic()
    first, error, last = articles.read([path])
    assert time.monotonic() - start < 5
    assert texts([first, last]) == ["Eins.", "Drei."]
    assert isinstance(error, InputError) and (error.path, error.line, error.problem) == (str(path), 2, "is too long")


def test_a_long_cell_is_one_error(tmp_path):
    cell = "a" * (LONGEST_LINE + 10)
    items = read(tmp_path, "a.csv", f'title,text\na,Eins.\nb,"{cell}"\nc,Drei.\n')
    assert texts(items) == ["a\n\nEins.", "is too long", "c\n\nDrei."]


def test_json_lines_are_streamed():
    class Endless(io.RawIOBase):
        """A pipe that never ends."""

        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"text": "Noch einer."}\n'
            buffer[: len(line)] = line
            return len(line)

    document = of_bytes(b"", "pipe")
    drafts = json_lines(type(document)(io.BufferedReader(Endless()), "pipe"))
    assert [next(drafts).line for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"Text": "a", "BODY": "b"}, {"text": "a"}),
        ({"body": "b", "text": " "}, {"text": "b"}),
        ({"text_content": "b", "pub-date": 1559822400, "lang": None}, {"text": "b", "date": "1559822400"}),
        ({"text": "a", "source": "https://x.example/a"}, {"text": "a", "url": "https://x.example/a"}),
        ({"text": "a", "source": {"id": None, "name": "Blatt"}}, {"text": "a", "publisher": "Blatt"}),
        ({"text": "a", "author": float("nan"), "title": []}, {"text": "a"}),
        ({"text": "a", "byline": "A | B;C"}, {"text": "a", "authors": ["A", "B", "C"]}),
        ({"text": "a", "byline": "A. Berg and T. Halm"}, {"text": "a", "authors": ["A. Berg", "T. Halm"]}),
        ({"text": "a", "Autor": "Berg, Anna; Halm, Tom"}, {"text": "a", "authors": ["Berg, Anna", "Halm, Tom"]}),
        ({"text": "a", "author": ["Anna Berg und Tom Halm"]}, {"text": "a", "authors": ["Anna Berg und Tom Halm"]}),
        ({"views": 3, 7: "x"}, {}),
    ],
)
def test_names_of_fields(raw, expected):
    assert fields_of(raw) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-06-06", "2019-06-06"),
        ("2019-06-06T23:59:00+02:00", "2019-06-06"),
        ("2019-06-06 12:00:00 UTC", "2019-06-06"),
        ("2019/6/6", "2019-06-06"),
        ("Thu, 06 Jun 2019 12:00:00 GMT", "2019-06-06"),
        ("Do, 6 Jun 2019 12:00", "2019-06-06"),
        ("06.06.2019, 12:30 Uhr", "2019-06-06"),
        ("6. März 2019", "2019-03-06"),
        ("June 6, 2019", "2019-06-06"),
        ("6th June 2019", "2019-06-06"),
        ("13/06/2019", "2019-06-13"),
        ("06/13/2019", "2019-06-13"),
        ("06/06/2019", "2019-06-06"),
        ("1559822400", "2019-06-06"),
        ("1559822400000", "2019-06-06"),
        ("03/04/2019", None),
        ("06.06.19", None),
        ("31.04.2019", None),
        ("2019-13-01", None),
        ("Juni 2019", None),
        ("gestern", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates(value, expected):
    assert iso_date(value) == expected


def test_parquet(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    columns = {"headline": ["Werft", None, "x"], "body": ["Sie baut.", "Kurz.", None], "n": [1, 2, 3]}
    parquet.write_table(arrow.table({**columns, "authors": [["A", "B"], [], None], "date": ["2019", None, None]}), path)
    notice, first, second, error = articles.read([path])
    assert isinstance(notice, Notice) and isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.authors, first.source) == ("Werft", ("A", "B"), f"{path}:1")
    assert second.text == "Kurz." and isinstance(error, InputError) and error.line == 3
    for cut in (10, 300, path.stat().st_size - 5):
        (broken,) = read(tmp_path, "b.parquet", path.read_bytes()[:cut])
        assert isinstance(broken, InputError) and "is a broken Parquet file" in broken.problem
    parquet.write_table(arrow.table({"n": [1]}), path)
    (error,) = articles.read([path])
    assert isinstance(error, InputError) and "has no column of texts" in error.problem


def test_parquet_needs_a_package(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    (error,) = read(tmp_path, "a.parquet", b"PAR1....PAR1")
    assert isinstance(error, InputError) and "kg-news[parquet]" in str(error) and "\n" not in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Die Werft &amp; ihr Eigner bauen.</p>\n<p>Das hilft.</p>",
        "Die Werft &amp; ihr Eigner bauen.<br/><br/>Das hilft.",
    ],
)
def test_texts_in_html_lose_their_tags(tmp_path, text):
    (article,) = read(tmp_path, "a.json", json.dumps([{"title": "Werft", "content": text}]))
    assert isinstance(article, Article)
    assert article.text == "Werft\n\nDie Werft & ihr Eigner bauen.\n\nDas hilft."


def test_a_text_that_speaks_of_tags_keeps_them(tmp_path):
    (article,) = read(tmp_path, "a.json", json.dumps({"text": "Ein <p> steht vor 3 < 4."}))
    assert isinstance(article, Article) and article.text == "Ein <p> steht vor 3 < 4."


def test_a_field_of_another_kind_loses_no_article(tmp_path):
    line = {
        "text": "Die Werft baut Fähren.",
        "section": ["Wirtschaft", "Küste"],
        "title": ["a", "b"],
        "publisher": [1, 2],
    }
    *notices, article = read(tmp_path, "a.jsonl", json.dumps(line))
    assert [notice.problem for notice in notices] == ["title is a list", "publisher is a list"]
    assert (article.section, article.title, article.text) == ("Wirtschaft", None, "Die Werft baut Fähren.")


def test_what_is_wrong_with_a_row_is_told_with_its_own_hint(tmp_path):
    error, article = read(tmp_path, "a.csv", b"title,text\na,Die W\0erft.\nb,Die Werft baut.\n")
    assert (error.line, error.hint) == (2, "if it is a text, save it as UTF-8")
    assert article.title == "b"
