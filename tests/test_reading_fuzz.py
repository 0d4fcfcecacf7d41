"""Whatever bytes come in: articles or InputErrors come out, soon, the same each time, and offsets lie in the text."""

import gzip
import io
import json
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg import articles
from kg.clean_text import clean
from kg.errors import InputError
from kg.records import Article

STARTS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08\x00",
    b"PAR1",
    b"WARC/1.0\r\n",
    b"<html><body><p>",
    b"<?xml version='1.0'?><rss version='2.0'><channel><item>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    b"From: a@x.example\r\nSubject: b\r\nMIME-Version: 1.0\r\n\r\n",
    b"title,text\n",
    b"---\ntitle: a\n---\n",
    b'{"text": "',
    b'[{"text": "',
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff\xfe\x00\x00",
    b"\xef\xbb\xbf",
)
NAMES = ("a", "a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.html", "a.eml", "a.xml", "a.zip", "a.pdf", "a.gz")

TEXT = st.text(max_size=200)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "title", "date", "author", "url", "id", "name"]) | TEXT, inner, max_size=5
        )
    ),
    max_leaves=8,
)


def _zip(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name or "x"), content)
    return data.getvalue()


RAW = st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=400))
WRITTEN = st.builds(
    lambda start, text, encoding: start + text.encode(encoding, errors="replace"),
    st.sampled_from(STARTS),
    TEXT,
    st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-32-le"]),
)
OBJECTS = JSON.map(lambda value: json.dumps(value).encode())
LINES = st.lists(OBJECTS, max_size=4).map(b"\n".join)
PLAIN = RAW | WRITTEN | OBJECTS | LINES
BYTES = (
    PLAIN
    | st.dictionaries(TEXT.map(lambda name: name[:30].replace("\x00", "")), PLAIN, max_size=3).map(_zip)
    | PLAIN.map(gzip.compress)
)


@st.composite
def damaged(draw):
    """Sound files of every kind with some bytes changed, lost or doubled."""
    data = bytearray(draw(BYTES))
    for _ in range(draw(st.integers(0, 3))):
        if data:
            place = draw(st.integers(0, len(data) - 1))
            change = draw(st.binary(max_size=3))
            data[place : place + draw(st.integers(0, 9))] = change
    return bytes(data)


@settings(
    max_examples=400, deadline=5000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(data=damaged(), name=st.sampled_from(NAMES))
@example(data=b"[" * 100_000, name="a.json")
@example(data=b"<div>" * 20_000, name="a.html")
@example(data=b"\x00" * 100, name="a.txt")
@example(data=b'{"text": "\\ud800", "title": "\\ud800"}', name="a.jsonl")
@example(data="\u202eMTS\u200f kauft\u2066.".encode(), name="a.txt")
def test_all_bytes_give_articles_or_errors(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    items = list(articles.read([path]))
    assert items, "nothing is passed over in silence"
    for item in items:
        assert isinstance(item, Article | InputError)
        if isinstance(item, InputError):
            assert "\n" not in str(item) and len(str(item)) < 2000
            continue
        sound(item)
    assert list(articles.read([path])) == items or any(isinstance(item, InputError) for item in items)
    assert list(map(str, articles.read([path]))) == list(map(str, items))


def sound(article: Article) -> None:
    """What every article promises."""
    assert article.id and article.text == clean(article.text)
    article.text.encode()
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text)
        end = block.end
    for field in (article.title, article.date, article.url, article.publisher, article.section, *article.authors):
        assert field is None or (field.strip() and field.encode())


@given(data=PLAIN)
@settings(max_examples=100, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pipe_gives_what_a_file_gives(tmp_path, data):
    path = tmp_path / "a"
    path.write_bytes(data)

    class Pipe(io.RawIOBase):
        """Gives a few bytes at a time, and nobody goes back in it."""

        def __init__(self):
            self.rest = data

        def readable(self):
            return True

        def readinto(self, buffer):
            piece, self.rest = self.rest[: min(7, len(buffer))], self.rest[7:]
            buffer[: len(piece)] = piece
            return len(piece)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe())))
        piped = [item.text if isinstance(item, Article) else item.problem for item in articles.read(["-"])]
    read = [item.text if isinstance(item, Article) else item.problem for item in articles.read([path])]
    assert piped == read
