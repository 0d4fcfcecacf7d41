"""Web archives: which records are pages, and what a broken one does."""

import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg import markup, web_archives
from kg.drafts import Draft
from kg.errors import InputError
from tests.web_pages import ENGLISH_NEWSPAPER, GERMAN_NEWSPAPER

PAGE = "<html lang=de><body><p>Škoda hat Tondra gekauft.</p></body></html>"


def archive(*answers: tuple[str, str, str, bytes], gzip: bool = True, kind: str = "response") -> bytes:
    """A WARC of answers: address, status, content type, content."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, status, content_type, content in answers:
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address,
                kind,
                payload=io.BytesIO(content),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2026-01-02T03:04:05Z"},
            )
        )
    return out.getvalue()


def read(data: bytes) -> tuple[list[Draft], list[str]]:
    found = list(web_archives.drafts(data, "a.warc"))
    return [one for one in found if isinstance(one, Draft)], [str(one) for one in found if isinstance(one, InputError)]


CRAWL = (
    ("https://t.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
    ("https://t.example/de?s=1", "200 OK", "text/html; charset=utf-8", GERMAN_NEWSPAPER.html.encode()),
    ("https://t.example/gone", "404 Not Found", "text/html", PAGE.encode()),
    ("https://t.example/app", "200 OK", "text/html", b"<html><body><div id=app></div></body></html>"),
    ("https://t.example/cs", "200 OK", 'text/html; charset="windows-1250"', PAGE.encode("cp1250")),
    ("https://t.example/i.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://t.example/en", "200 OK", "TEXT/HTML", ENGLISH_NEWSPAPER.html.encode()),
)


@pytest.mark.parametrize("gzip", [False, True])
def test_a_crawl(gzip):
    drafts, errors = read(archive(*CRAWL, gzip=gzip))
    german, czech, english = drafts
    assert german.fields == GERMAN_NEWSPAPER.fields, "the page's own address goes first"
    assert german.source == "a.warc/https://t.example/de?s=1"
    assert english.fields == ENGLISH_NEWSPAPER.fields
    assert [unit.text for unit in czech.units] == ["Škoda hat Tondra gekauft."]
    assert (czech.fields["url"], czech.fields["date"]) == ("https://t.example/cs", None)
    (error,) = errors
    assert error.startswith("a.warc/https://t.example/app: holds no article text")


def test_requests_are_passed_over():
    assert read(archive(("https://t.example/a", "200 OK", "text/html", PAGE.encode()), kind="resource")) == ([], [])


@pytest.mark.parametrize("gzip", [False, True])
def test_an_archive_cut_off_gives_what_stands_before(gzip):
    data = archive(*CRAWL, gzip=gzip)
    drafts, errors = read(data[: len(data) // 2])
    assert len(drafts) in {1, 2} or "is cut off" in errors[-1]  # the page that the cut goes through is told, not read
    assert all("\n" not in error for error in errors)


def test_a_page_too_large_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr(markup, "MOST_BYTES", 1000)
    large = ("https://t.example/l", "200 OK", "text/html", b"x" * 5000)
    drafts, errors = read(archive(large, ("https://t.example/a", "200 OK", "text/html", PAGE.encode())))
    assert (len(drafts), len(errors)) == (1, 1)
    assert "https://t.example/l has more than 1,000 bytes" in errors[0]


@pytest.mark.parametrize("data", [b"", b"hello", b"WARC/1.0\r\n\r\n", b"\x1f\x8b\x08junk"])
def test_what_is_no_archive(data):
    drafts, errors = read(data)
    assert drafts == []
    assert len(errors) == 1 and "\n" not in errors[0]


@pytest.mark.parametrize(
    "end", [b"X: y\r\n" * 200_000, b"X: " + b"y" * 3_000_000], ids=["many headers", "a long header"]
)
def test_headers_without_end(end):
    pages, told = read(archive(CRAWL[1], gzip=False) + b"WARC/1.0\r\n" + end)
    assert len(pages) == 1
    assert told == [
        "a.warc: has a broken record: its headers have no end – what stands before it was read; see warcio check"
    ]


def test_records_of_another_length_than_they_tell(capfd):
    data = archive(CRAWL[1], gzip=False)
    start = data.rindex(b"Content-Length: ") + 16
    end = data.index(b"\r\n", start)
    size = int(data[start:end])
    pages, told = read(data[:start] + b"%d" % (size + 10**9) + data[end:])
    assert (pages, told) == ([], ["a.warc: https://t.example/de?s=1 is cut off – the other pages were read"])
    _, told = read(data[:start] + b"%d" % (size - 20) + data[end:])
    assert (
        told[-1]
        == "a.warc: has 1 record(s) of another length than they tell – the other records were read; see warcio check"
    )
    assert capfd.readouterr().err == ""
