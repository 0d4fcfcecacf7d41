"""Whatever a user names: files by their content, folders, patterns, standard input; and what is odd about them."""

import io
import os
import sys
from pathlib import Path

import pytest
from sites import say, started

from kg import articles, sources
from kg.errors import InputError
from kg.media_types import kind_of
from kg.records import Article
from kg.text_bytes import decode

MAIL = "From: Eva <eva@x.example>\r\nTo: b@x.example\r\nSubject: Hallo\r\nMIME-Version: 1.0\r\n\r\nMTS kauft."


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"PK\x03\x04", "a.pdf", "zip"),
        (b"\x1f\x8b\x08", "a.html", "gzip"),
        (b"PAR1", "a", "parquet"),
        (b"WARC/1.0\r\n", "a.txt", "warc"),
        (b"\x89PNG\r\n", "a.txt", None),
        (b"\x00\x01\x02\x03" * 9, "a.txt", None),
        (b"\xd0\xcf\x11\xe0\xa1", "a.docx", None),
        (b'{"text": "a"}\n{"text": "b"}\n', "", "json lines"),
        (b'{"text": "a"}\n{"text": "b"}\n', "a.txt", "json lines"),
        (b'{"text": "a\n{"text": "b"}\n', "a.jsonl", "json lines"),
        (b'{\n  "text": "a"\n}', "a.jsonl", "json"),
        (b'[\n  {"text": "a"}]', "", "json"),
        (b"[Update] Die Werft baut.", "", "text"),
        (b"{Name} kauft.", "", "text"),
        (b'{"Nein", sagte er}: So war es.', "a.txt", "text"),
        (b'{"text": "a"}', "a.txt", "json lines"),
        (b"[] ist leer.", "", "text"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", "a.html", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "a.xml", "feed"),
        (b"\n<!DOCTYPE HTML>\n<html>", "a.txt", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a.xml", "html"),
        (b"\xef\xbb\xbf<HTML lang=de>", "", "html"),
        ("<html>".encode("utf-16"), "", "html"),
        (b"<div><p>MTS kauft.</p></div>", "", "html"),
        (b"<div>\n\n# Titel", "a.md", "markdown"),
        (b"<3 Berlin", "", "text"),
        (MAIL.encode(), "a.txt", "mail"),
        (b"Subject: Hallo\nDate: heute\n\nText", "a.eml", "mail"),
        (b"Berlin: Die Werft baut.\nBonn: Sie baut nicht.\n", "", "text"),
        (b"title,text\na,b\n", "", "csv"),
        (b"title,text\na,b\n", "a.txt", "text"),
        (b"name\twert\n", "a.tsv", "csv"),
        (b"Text, Ton und Bild sind da.\nMehr nicht.", "", "text"),
        (b"# Titel\n\nText", "", "markdown"),
        (b"# Titel\n\nText", "a.txt", "text"),
        (b"---\ntitle: a\n---\nText", "", "markdown"),
        (b"MTS kauft.", "a.md", "markdown"),
        (b"MTS kauft.", "a.rst", "text"),
    ],
)
def test_content_tells_what_a_file_is(data, name, kind):
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso8859-15", "cp850", "mac_roman"]
)
def test_encodings_of_german_news(encoding):
    text = "Müller grüßt „Köln“: »Ärger« – schön für 5 € und Übersee in Łódź."
    text = text if encoding.startswith("utf") else "Müller grüßt Köln. Das Ärgernis: öffentlich Übersee, schön größer."
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    "data",
    ["Москва и Лондон".encode("cp1251"), "東京".encode("shift_jis"), b"M\xff\xfe\xfdx", b"\xf0\xe4\xf1\xe2 \xe8"],
)
def test_an_unsure_encoding_is_an_error(data):
    with pytest.raises(InputError, match=r"^a\.txt:1: is not UTF-8: byte 0x.. – convert it"):
        decode(data, "a.txt")


def test_a_text_in_an_old_encoding_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("„Nein“, sagte Müller.".encode("cp1252"))
    (article,) = articles.read([path])
    assert isinstance(article, Article) and article.text == "„Nein“, sagte Müller."


@pytest.fixture
def news(tmp_path) -> Path:
    for name in (
        "b/2.txt",
        "b/c/3.txt",
        "a.txt",
        "b/.x/4.txt",
        ".h.txt",
        "b/README.md",
        "b/bild.png",
        "b/x.css",
        "b/q[1].txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"MTS kauft {name}.")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "b/2.txt", "b/c/3.txt", "b/q[1].txt"]),
        ("b/**", ["b/2.txt", "b/c/3.txt", "b/q[1].txt"]),
        ("b/*", ["b/2.txt", "b/c/3.txt", "b/q[1].txt"]),
        ("?/[23].txt", ["b/2.txt"]),
        ("b/.x/*", ["b/.x/4.txt"]),
        ("**/.*.txt", [".h.txt"]),
        ("b/q[1].txt", ["b/q[1].txt"]),
    ],
)
@pytest.mark.parametrize("is_absolute", [True, False])
def test_patterns(news, monkeypatch, pattern, found, is_absolute):
    monkeypatch.chdir(news)
    pattern = f"{news}/{pattern}" if is_absolute else pattern
    if "**/.*" in pattern:
        found = []  # passed over by its name
        (error,) = articles.read([pattern])
        assert isinstance(error, InputError) and error.problem == "holds no article"
        return
    items = list(articles.read([pattern]))
    assert [item.source for item in items if isinstance(item, Article)] == [
        f"{news}/{name}" if is_absolute else name for name in found
    ]
    assert articles.count([pattern]) == len(found)


@pytest.mark.parametrize("pattern", ["*.html", "nichts/**/*.txt", "[", "a/**b/*.txt"])
def test_a_pattern_that_matches_nothing_is_told(news, monkeypatch, pattern):
    monkeypatch.chdir(news)
    (error,) = articles.read([pattern])
    assert isinstance(error, InputError) and error.path == pattern


def test_a_folder_without_articles_tells_what_it_passed_over(tmp_path):
    for name in ("1.png", "2.png", "x.css", "noise"):
        (tmp_path / name).write_bytes(b"\x00\x01\x02\x03" * 9)
    (error,) = articles.read([tmp_path])
    assert isinstance(error, InputError) and error.problem == "holds no article"
    assert "4 file(s) were passed over: 2 .png, 1 .css, 1 noise; allowed are" in str(error)


def test_a_name_of_two_texts_takes_folders(tmp_path):
    names = ["2024-01-01/a/x.txt", "2024-01-02/a/x.txt", "2024-01-03/x.txt", "2024-01-04/a/x.md", "2024-01-05/x.txt"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("Doppelt." if "03" in name or "05" in name else f"MTS kauft am {name[:10]}.")
    items = list(articles.read([tmp_path]))
    ids = ["x", "a-x", "2024-01-03-x", "2024-01-04-a-x", "2024-01-05-x"]
    assert [item.id for item in items if isinstance(item, Article)] == ids
    assert [item.id for item in articles.read([tmp_path]) if isinstance(item, Article)] == ids
    twice = list(articles.read([tmp_path, tmp_path]))
    assert twice[5:] == items


def test_standard_input_is_told_by_its_content(monkeypatch):
    reader, writer = os.pipe()  # one cannot go back in a pipe
    os.write(writer, b'title;text\nWerft;"Sie baut."\n')
    os.close(writer)
    with os.fdopen(reader, "r") as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        (article,) = articles.read(["-"])
    assert isinstance(article, Article)
    assert (article.title, article.text, article.source) == ("Werft", "Werft\n\nSie baut.", "standard input:2")


def test_pipes_and_devices_keep_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("MTS kauft.")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        (error,) = articles.read([path])
        assert isinstance(error, InputError) and error.problem == "is no regular file"
    (article,) = articles.read([tmp_path])
    assert isinstance(article, Article)


def test_links_in_circles(tmp_path):
    (tmp_path / "a.txt").write_text("MTS kauft.")
    (tmp_path / "b").symlink_to(tmp_path / "c")
    (tmp_path / "c").symlink_to(tmp_path / "b")
    (tmp_path / "d").symlink_to(tmp_path, target_is_directory=True)
    article, *errors = articles.read([tmp_path])
    assert isinstance(article, Article)
    assert [(error.path, "cannot be read" in error.problem) for error in errors if isinstance(error, InputError)] == [
        (str(tmp_path / "b"), True),
        (str(tmp_path / "c"), True),
    ]


def test_a_folder_that_may_not_be_opened(tmp_path, monkeypatch):
    for name in ("a/1.txt", "b/2.txt", "c/3.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"MTS kauft {name}.")
    listdir = os.listdir

    def refused(path):
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refused)
    first, error, last = articles.read([tmp_path])
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(error, InputError)
    assert (error.path, error.problem) == (str(tmp_path / "b"), "cannot be opened: Permission denied")


def test_a_file_that_goes_while_others_are_read(tmp_path):
    for name in ("1.txt", "2.txt", "3.txt"):
        (tmp_path / name).write_text(f"MTS kauft {name}.")
    reading = articles.read([tmp_path])
    first = next(reading)
    (tmp_path / "2.txt").unlink()
    error, last = reading
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(error, InputError) and (error.path, error.problem[:12]) == (
        str(tmp_path / "2.txt"),
        "no such file",
    )


def test_a_file_that_grows_comes_to_an_end(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Satz 0."}\n{"text": "Satz 1."}\n')
    found = []
    for number, item in enumerate(articles.read([path]), start=2):
        assert isinstance(item, Article)
        found.append(item.text)
        with path.open("a") as file:
            file.write(f'{{"text": "Satz {number}."}}\n')
    assert found == ["Satz 0.", "Satz 1."]


def test_folders_a_thousand_deep(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1100):  # more than Python calls may nest
        Path("a").mkdir()
        os.chdir("a")
    Path("x.txt").write_text("MTS kauft.")
    try:
        (article,) = articles.read([tmp_path])
    finally:
        Path("x.txt").unlink()
        for _ in range(1100):  # shutil could not
            os.chdir("..")
            Path("a").rmdir()
    assert isinstance(article, Article)


def test_a_million_sentences_are_refused_at_once(tmp_path):
    (tmp_path / "a.txt").write_text("Er kam an. " * 1_000_000)
    (tmp_path / "b.txt").write_text("Ja.")
    error, article = articles.read([tmp_path])
    assert isinstance(error, InputError) and "at most 1,000,000" in str(error)
    assert isinstance(article, Article) and article.text == "Ja."


def test_names_that_are_no_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/M\xfcller.txt"
    try:
        Path(os.fsdecode(path)).write_text("MTS kauft.")
    except OSError:
        pytest.skip("this file system knows UTF-8 only")
    (article,) = articles.read([tmp_path])
    assert isinstance(article, Article) and article.source is not None
    assert article.source.encode() and article.id.isascii()


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("-", True),
        ("https://news.example/a", True),
        ("https://news.example/a ist die Adresse", False),
        ("fehlt.pdf", True),
        ("ordner/fehlt.csv.gz", True),
        ("*.txt", True),
        ("b/*", True),
        ("b/*.none", False),
        ("MTS kauft Huawei.", False),
        ("Was?", False),
        ("MTS\nkauft.txt", False),
        ("\x00", False),
        ("x" * 5000, False),
    ],
)
def test_places_and_texts(news, monkeypatch, string, expected):
    monkeypatch.chdir(news)
    assert sources.is_place(string) is expected


def test_counting_does_not_read_what_is_dear(news):
    assert articles.count([news]) == 4
    (news / "x.zip").write_bytes(b"PK")
    assert articles.count([news]) is None
    assert articles.count(["https://x.example/a"]) is None


def test_an_empty_stream(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (error,) = articles.read(["-"])
    assert isinstance(error, InputError) and error.problem == "is empty"


def test_an_address_is_read_like_a_file():
    with started() as start:
        site = start()
        site.pages["/news/werft.txt"] = say(
            "Die Werft baut größer.".encode("cp850"), Content_Type="text/plain; charset=cp850"
        )
        article, error = articles.read([f"{site.at}/news/werft.txt", f"{site.at}/fehlt"])
        assert site.asked.count("/news/werft.txt") == 1
    assert isinstance(article, Article) and isinstance(error, InputError)
    assert (article.text, article.url, article.source) == ("Die Werft baut größer.", *[f"{site.at}/news/werft.txt"] * 2)
    assert article.id == "127-0-0-1-news-werft"
    assert error.path == f"{site.at}/fehlt" and "404" in error.problem


def test_what_browsers_save_beside_a_page_is_no_article(tmp_path):
    (tmp_path / "Bosch.html").write_text("<p>Die Werft baut zwei Fähren.</p>")
    for folder in ("Bosch_files", "Bosch-Dateien", "my_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "f.txt").write_text("function () {}")
    kept = [str(tmp_path / "Bosch.html"), str(tmp_path / "my_files" / "f.txt")]
    assert list(sources.walk(str(tmp_path))) == kept
    assert list(sources.files(f"{tmp_path}/**/*.*")) == kept
    assert list(sources.files(str(tmp_path / "Bosch_files"))) == [str(tmp_path / "Bosch_files" / "f.txt")]


def test_utf8_with_signs_in_halves(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Der Kran \xed\xa0\xbd\xed\xb8\x80 steht.")
    (tmp_path / "b.txt").write_bytes(b"Der Kran \xed\xa0\x80 steht.")
    article, error = articles.read([tmp_path])
    assert article.text == "Der Kran 😀 steht."
    assert error.problem == "holds half a character (a lone surrogate)"
