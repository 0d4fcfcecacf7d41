"""What a file is, told by its content; its name decides only between kinds that look alike.

Signatures ("magic bytes") come first, then the shape of the text. A name never overrides a signature: a PDF called
``.txt`` is a PDF.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final, Literal

from kg.field_names import field_of
from kg.text_bytes import marked

Kind = Literal[
    "pdf", "zip", "gzip", "parquet", "warc", "json lines", "json", "feed", "html", "mail", "csv", "markdown", "text"
]
HEAD: Final = 1 << 16  # bytes that are looked at: a page may begin with comments, a mail with headers of some KB

SUFFIXES: Final = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml"),
    *(".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".rss", ".atom", ".xml", ".warc", ".zip", ".gz"),
)
"""What names of readable files end in: for the library, which takes paths and texts, and for messages."""
ALLOWED: Final = (
    "allowed are text, Markdown, HTML, PDF, DOCX, mails, feeds, JSON, CSV, Parquet, WARC, ZIP and gzip of them, "
    "folders, and - for standard input"
)

_NO_ARTICLES: Final = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .avif .heic .psd .mp3 .mp4 .m4a .m4v .ogg .wav .flac .avi "
    ".mov .mkv .webm .css .scss .less .js .mjs .ts .tsx .jsx .map .py .pyc .ipynb .rb .go .rs .c .h .cpp .hpp .java "
    ".class .jar .sh .bat .ps1 .pl .sql .r .lua .toml .yaml .yml .ini .cfg .conf .lock .log .woff .woff2 .ttf .otf "
    ".eot .exe .dll .so .o .a .db .sqlite .pickle .pkl .npy .npz .h5 .bin .iso .ttl .nt .nq .trig .n3 .rdf .owl .xsl "
    ".xsd .dtd .graphml .gexf .bib .tex .diff .patch .bak .tmp .swp .part".split()
)
_BESIDES: Final = frozenset(
    "readme license licence copying notice authors contributors credits changelog makefile dockerfile".split()
)
"""What texts and Markdown files beside articles are called."""
_PARTS: Final = ("_files", "-Dateien", "_Dateien", ".files")
"""What browsers in English and German put behind a page's name for the folder of its pictures, scripts and frames."""
_TEXTS: Final = frozenset({"", ".txt", ".text", ".asc"})
_MARKDOWNS: Final = frozenset({".md", ".markdown", ".mdown"})
_TABLES: Final = frozenset({".csv", ".tsv", ".tab"})

_SIGNATURES: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "is an old Office file", "save it as .docx or PDF"),
    (b"{\\rtf", "is RTF", "save it as .docx or PDF"),
    (b"%!PS", "is PostScript", "save it as PDF"),
    (b"\x89PNG", "is a picture", "give its text"),
    (b"\xff\xd8\xff", "is a picture", "give its text"),
    (b"GIF8", "is a picture", "give its text"),
    (b"BZh", "is a bzip2 file", "unpack it, or pack it with gzip or ZIP"),
    (b"\xfd7zXZ\x00", "is an xz file", "unpack it, or pack it with gzip or ZIP"),
    (b"\x28\xb5\x2f\xfd", "is a zstd file", "unpack it, or pack it with gzip or ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "unpack it, or pack it as ZIP"),
    (b"Rar!", "is a RAR archive", "unpack it, or pack it as ZIP"),
    (b"\x7fELF", "is a program", ALLOWED),
    (b"SQLite format 3", "is a database", "export it as CSV"),
)

_OPENING: Final = re.compile(r'\{\s*(?:"[^"\\]{0,80}"\s*:|\})')  # how objects begin, and no text
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW: Final = 20  # one sign in so many may be a control in a damaged text; of random bytes one in nine is

_PROLOG: Final = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_FEED: Final = re.compile(r"(?:<!DOCTYPE[^>]*>\s*)?<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_PAGE: Final = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_FRAGMENT: Final = re.compile(
    r"<(?:article|main|div|p|section|h[1-6]|header|table|ul|ol|span|br|meta|title)\b[^<>]*>", re.I
)
_XML: Final = re.compile(r"<[A-Za-z_][\w:.-]*(?:\s[^<>]*)?/?>")
_HEADER: Final = re.compile(r"([!-9;-~]+):(?:[ \t].*)?$|[ \t]+\S")
_MAIL: Final = frozenset(
    {"from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "newsgroups"}
)
_SURE_MAIL: Final = frozenset({"received", "message-id", "mime-version", "return-path", "newsgroups"})
_HEADING: Final = re.compile(r"#{1,6} \S|---[ \t]*\r?\n[\w-]+:")
DELIMITERS: Final = ",;\t|"
_PROSE: Final = re.compile(r"[,;] |[.:!?]\s*$")  # as in no header of a table


def passed_over(name: str) -> bool:
    """Whether a file of this name in a folder or archive is certainly no article: hidden, a picture, code …"""
    path = PurePosixPath(name)
    stem = path.name.split(".")[0].lower()
    ending = suffix(name)
    is_beside = stem in _BESIDES and (ending in _TEXTS or ending in _MARKDOWNS)
    return path.name.startswith(".") or ending in _NO_ARTICLES or is_beside


def is_of_page(folder: str, exists: Callable[[str], bool]) -> bool:
    """Whether a folder holds what belongs to a web page that a browser saved beside it, and no article.

    Args:
        folder: its path.
        exists: whether there is a file of a path.

    >>> is_of_page("news/Bosch_files", {"news/Bosch.html"}.__contains__), is_of_page("my_files", set().__contains__)
    (True, False)
    """
    stem = next((folder.removesuffix(end) for end in _PARTS if folder.endswith(end)), None)
    return stem is not None and any(exists(stem + ending) for ending in (".html", ".htm", ".xhtml"))


def suffix(name: str) -> str:
    """The ending of a file's name, lower-case, with its dot."""
    return PurePosixPath(name).suffix.lower()


def kind_of(head: bytes, name: str = "") -> Kind | None:
    """What a file is.

    Args:
        head: its first bytes, `HEAD` of them if it has so many.
        name: the file's, where there is one.

    Returns:
        None for what is no text and has no known signature; see :func:`problem_of`.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _SIGNATURES:
        if head.startswith(magic) or (kind == "pdf" and start.startswith(magic)):
            return kind
    if any(head.startswith(magic) for magic, _, _ in _OTHERS):
        return None
    wide = marked(head)
    if wide in {None, "utf-8-sig"} and len(_CONTROLS.findall(head[:1024])) > len(head[:1024]) / _FEW:
        return None
    return _shape(head.decode(wide or "latin-1", errors="replace").removeprefix("\ufeff"), suffix(name))


def problem_of(head: bytes) -> tuple[str, str]:
    """What is wrong with a file that has no kind, and what to do."""
    for magic, problem, hint in _OTHERS:
        if head.startswith(magic):
            return problem, hint
    if head[257:262] == b"ustar":
        return "is a tar archive", "unpack it, or pack it as ZIP"
    return "is a binary file, not text", ALLOWED


def _shape(text: str, ending: str) -> Kind | None:
    start = text.lstrip()
    if start[:1] in {"{", "["} and (kind := _json(start, ending)):
        return kind
    if start[:1] == "<" and (kind := _markup(start, ending)):
        return kind
    if _is_mail(text, ending):
        return "mail"
    if ending in {".jsonl", ".ndjson"}:
        return "json lines"
    if ending == ".json":
        return "json"
    if ending in _TABLES:
        return "csv"
    if ending in _MARKDOWNS:
        return "markdown"
    if ending not in {".txt", ".text"}:
        if delimiter_of(text) is not None and not _PROSE.search(text.lstrip().split("\n", 1)[0]):
            return "csv"
        if _HEADING.match(start):
            return "markdown"
    return "text"


def _json(start: str, ending: str) -> Kind | None:
    """JSON is told from a text in brackets by what follows the first one, JSON Lines by a line that is whole."""
    inner = start[1:].lstrip()[:1]
    if start[0] == "[":
        return "json" if inner == "{" or start.rstrip() == "[]" or ending == ".json" else None
    if inner not in {'"', "}"} and ending != ".json":
        return None
    lines = [line for line in start.split("\n")[:20] if line.strip()]
    if lines[0].strip() == "{":
        return "json"
    if ending in {".jsonl", ".ndjson"} or (len(lines) > 1 and any(_is_object(line) for line in lines)):
        return "json lines"
    if (ending in _TEXTS or ending in _MARKDOWNS) and ending and not _OPENING.match(start):
        return None
    return "json lines" if len(lines) == 1 and ending != ".json" else "json"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup(start: str, ending: str) -> Kind | None:
    prolog = _PROLOG.match(start)
    rest = start[prolog.end() :] if prolog else start
    if _FEED.match(rest):
        return "feed"
    if _PAGE.match(rest):
        return "html"
    if ending in _MARKDOWNS or ending in {".txt", ".text"}:
        return None
    if _FRAGMENT.match(rest) or ending in {".html", ".htm", ".xhtml"}:
        return "html"
    return "feed" if ending in {".rss", ".atom", ".xml"} or (_XML.match(rest) and start.startswith("<?xml")) else None


def _is_mail(text: str, ending: str) -> bool:
    """Whether a text begins with the headers of a mail (RFC 5322)."""
    names = set()
    for line in text.replace("\r\n", "\n").split("\n")[:200]:
        if not line:
            break
        if not (found := _HEADER.match(line)):
            return False
        if found[1]:
            names.add(found[1].lower())
    known = names & _MAIL
    return len(known) >= (1 if ending == ".eml" else 2) and (
        ending == ".eml" or bool(names & _SURE_MAIL) or len(known) > 2
    )


def delimiter_of(text: str) -> str | None:
    """What parts the cells of a table whose header names a text; None where a text is no such table.

    >>> delimiter_of("title;text;date\\n"), delimiter_of("Texas, Ohio und Iowa")
    (';', None)
    """
    first = text.lstrip("\ufeff").lstrip().split("\n", 1)[0]
    for delimiter in DELIMITERS:
        if delimiter in first:
            cells = next(csv.reader([first], delimiter=delimiter), [])
            fields = [field_of(cell) for cell in cells]
            if "text" in fields and len(fields) > 1 and all(len(cell) < 60 for cell in cells):
                return delimiter
    return None
