"""One folder with a file of every format: each gives its article, as a file, in an archive, and through a pipe."""

import gzip
import importlib.util
import io
import json
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg import articles
from kg.errors import InputError
from kg.records import Article

BODY = (
    "Die Reederei Nordhafen hat am Dienstag zwei Schlepper der Werft Tallin & Brook bestellt, wie ein Sprecher sagte."
)
MORE = "Die Schiffe sollen im kommenden Jahr fertig werden. Der Preis wurde nicht genannt."
TITLE = "Nordhafen bestellt Schlepper"
PAGE = (
    f"<!DOCTYPE html><html lang='de'><head><title>{TITLE}</title></head><body><nav><a href='/'>Start</a></nav>"
    f"<article><h1>{TITLE}</h1><p>{BODY.replace('&', '&amp;')}</p><p>{MORE}</p></article></body></html>"
)
FEED = (
    f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Hafenbote</title><item><title>{TITLE}"
    f"</title><link>https://hafenbote.example/a</link><description>{BODY.replace('&', '&amp;')} {MORE}</description>"
    "</item></channel></rss>"
)
ROW = {"title": TITLE, "text": f"{BODY}\n\n{MORE}"}


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Eva <eva@x.example>", "b@x.example", TITLE
    message["Date"] = "Thu, 06 Jun 2019 12:00:00 +0200"
    message.set_content(f"{BODY}\n\n{MORE}\n")
    return message.as_bytes()


def docx() -> bytes:
    document = importlib.import_module("docx").Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(BODY)
    document.add_paragraph(MORE)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def pdf() -> bytes:
    """A page of one column in Helvetica, written by hand."""
    words, lines = f"{BODY} {MORE}".split(), [""]
    for word in words:
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if len(lines[-1]) < 60 else [*lines, word]
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 18 Tf 60 740 Td ({TITLE}) Tj 0 -40 Td /F1 11 Tf {shown}ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def warc() -> bytes:
    writer = importlib.import_module("warcio.warcwriter")
    headers = importlib.import_module("warcio.statusandheaders").StatusAndHeaders
    data = io.BytesIO()
    archive = writer.WARCWriter(data, gzip=True)
    http = headers("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
    address = "https://hafenbote.example/b"
    archive.write_record(
        archive.create_warc_record(address, "response", payload=io.BytesIO(PAGE.encode()), http_headers=http)
    )
    return data.getvalue()


def parquet() -> bytes:
    arrow, data = pytest.importorskip("pyarrow"), io.BytesIO()
    importlib.import_module("pyarrow.parquet").write_table(arrow.table({k: [v] for k, v in ROW.items()}), data)
    return data.getvalue()


def packed(name: str, content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, content)
    return data.getvalue()


FORMATS = {
    "a.txt": f"{TITLE}\n\n{BODY}\n\n{MORE}\n".encode,
    "b.md": f"# {TITLE}\n\n{BODY}\n\n{MORE}\n".encode,
    "c.html": PAGE.encode,
    "d.xml": FEED.encode,
    "e.pdf": pdf,
    "f.docx": docx,
    "g.eml": mail,
    "h.warc.gz": warc,
    "i.json": lambda: json.dumps([ROW]).encode(),
    "j.jsonl": lambda: json.dumps(ROW).encode(),
    "k.csv": lambda: f'title;text\n{TITLE};"{BODY}\n\n{MORE}"\n'.encode("cp1252"),
    "l.tsv": lambda: f'title\ttext\n{TITLE}\t"{BODY}\n\n{MORE}"\n'.encode("utf-16"),
    "m.parquet": parquet,
    "n.zip": lambda: packed("x.html", PAGE.encode()),
    "o.html.gz": lambda: gzip.compress(PAGE.encode()),
}
READERS = {"e.pdf": "pdf_files", "f.docx": "docx_files", "g.eml": "mails", "h.warc.gz": "web_archives"}


def is_read(name: str) -> bool:
    return name not in READERS or importlib.util.find_spec(f"kg.{READERS[name]}") is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("news")
    for name, make in FORMATS.items():
        (path / name).write_bytes(make())
    (path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return path


@pytest.mark.parametrize("name", [name for name in FORMATS if is_read(name)])
def test_every_format_gives_its_article(folder, name):
    items = list(articles.read([folder / name]))
    assert len(items) == 1 and isinstance(items[0], Article), items
    (article,) = items
    assert article.title == TITLE or name == "e.pdf"
    text = article.text.replace("\n", " ")
    assert BODY in text and "fertig werden" in text and "Start" not in text
    assert article.source is not None and article.source.startswith(str(folder / name))


@pytest.mark.parametrize("name", [name for name in FORMATS if is_read(name)])
def test_names_tell_nothing_that_content_does_not(folder, tmp_path, monkeypatch, name):
    data = (folder / name).read_bytes()
    (named,) = articles.read([folder / name])
    assert isinstance(named, Article)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (piped,) = articles.read(["-"])
    assert isinstance(piped, Article), piped
    assert (piped.text, piped.title, piped.date, piped.url) == (named.text, named.title, named.date, named.url)
    if name not in {"a.txt", "b.md", "k.csv", "l.tsv"}:  # a name decides between text and these
        (tmp_path / "x.txt").write_bytes(data)
        (disguised,) = articles.read([tmp_path / "x.txt"])
        assert isinstance(disguised, Article) and disguised.text == named.text


def test_a_folder_and_an_archive_of_all_formats(folder, tmp_path):
    def told(reading) -> list[str]:
        items = list(reading)
        assert not [item for item in items if isinstance(item, InputError)]
        return [item.text for item in items]

    names = list(filter(is_read, FORMATS))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ["logo.png", *reversed(names)]:
            archive.write(folder / name, name)
    (tmp_path / "all.zip").write_bytes(data.getvalue())
    one_by_one = told([item for name in names for item in articles.read([folder / name])])
    assert told(articles.read([tmp_path / "all.zip"])) == one_by_one
    assert told(articles.read([folder / name for name in names])) == one_by_one
    if names == list(FORMATS):
        assert told(articles.read([folder])) == told(articles.read([f"{folder}/*"])) == one_by_one
    ids = [item.id for item in articles.read([folder]) if isinstance(item, Article)]
    assert ids[:4] == ["a", "b", "c", "hafenbote-example-a"]
