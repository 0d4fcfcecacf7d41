"""Files, folders, streams and strings become Articles; nothing of their meaning is understood here.

``Article.text`` is the cleaned text that all offsets point into: Unicode NFC, plain line ends and
spaces, no soft hyphens, no Markdown marks, the lines of a paragraph joined, blocks set apart by an
empty line. The same bytes always give the same text.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kg import blocks, markdown
from kg.errors import InputError
from kg.namespaces import digest, slug
from kg.records import Article

SUFFIXES: Final = (".txt", ".md", ".jsonl")
STDIN: Final = "-"
LONGEST: Final = 1_000_000  # characters; spaCy's parser and entity recogniser refuse more

_ALLOWED: Final = f"allowed are {', '.join(SUFFIXES)} files, folders of them, and - for standard input"
_LINE_ENDS: Final = re.compile("\r\n?|\x0b|\x85|\u2028")
_BREAKS: Final = re.compile("\f|\u2029")
_SOFT_BREAK: Final = re.compile("\u00ad[^\\S\n]*\n[^\\S\n]*")
# Controls, zero-width signs, direction overrides and non-characters: invisible, and XML forbids many.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LANGUAGE: Final = re.compile(r"[a-z]{2}([-_][A-Za-z]+)?")


def read(sources: Iterable[Path | str | Article]) -> Iterator[Article | InputError]:
    """Read articles from files, folders and standard input, in the given order.

    What cannot be read comes out as an InputError in its place; the others go on.

    Args:
        sources: paths of .txt, .md and .jsonl files and of folders (read recursively, in sorted
            order), ``"-"`` for standard input, or Articles, which pass through.
    """
    seen: dict[str, tuple[str, Article]] = {}
    for source in sources:
        for item in _read_source(source):
            if isinstance(item, InputError):
                yield item
                continue
            mark = digest(item.text)
            earlier_mark, earlier = seen.setdefault(slug(item.id), (mark, item))
            if (earlier_mark, earlier.id) == (mark, item.id):
                yield item
            else:
                yield InputError(
                    f"article id {item.id!r} is taken by {earlier.source or 'another text'}",
                    path=item.source,
                    hint="rename one of the files, or give each its own id",
                )


def count(sources: Iterable[Path | str | Article]) -> int | None:
    """How many articles :func:`read` will try, without reading them; None with standard input."""
    total = 0
    for source in sources:
        if source == STDIN:
            return None
        if isinstance(source, Article) or not Path(source).is_dir():
            files: Iterable[Path] = () if isinstance(source, Article) else (Path(source),)
            total += isinstance(source, Article)
        else:
            files = _walk(Path(source))
        for path in files:
            total += _count_lines(path) if path.suffix.lower() == ".jsonl" else 1
    return total


def from_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Article:
    """Make an Article of a plain text.

    Args:
        text: what is to be read; a first line of its own without a final stop is taken as the title.
        id: identifier; by default a digest of the text.
        title: headline, if it is not part of the text.
        date: ISO 8601 date of publication.
        url: where it was published.
        language: ISO 639-1 code; by default it is recognised later.

    Raises:
        InputError: the text is empty or too long, or a field is malformed.
    """
    raw = {"id": id, "title": title, "date": date, "url": url, "language": language}
    return _article(text, _fields(raw), source=None)


def lines_of(source: Path | str) -> tuple[str, ...]:
    """The lines of a text file with one sentence to a line, cleaned; empty ones stay, so that their numbers hold.

    Args:
        source: path of a file, or ``"-"`` for standard input.

    Raises:
        InputError: it cannot be read, is not UTF-8 or holds nothing.
    """
    name = "standard input" if source == STDIN else str(source)
    try:
        data = sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=name) from None
    lines = tuple(" ".join(clean(line).split()) for line in _LINE_ENDS.sub("\n", _decode(data, name)).split("\n"))
    if not any(lines):
        raise InputError("is empty", path=name)
    return lines


def _read_source(source: Path | str | Article) -> Iterator[Article | InputError]:
    if isinstance(source, Article):
        yield source
        return
    if source == STDIN:
        yield from _read_bytes(sys.stdin.buffer.read(), "standard input")
        return
    path = Path(source)
    if path.is_dir():
        found = list(_walk(path))
        if not found:
            yield InputError("holds no article", path=path, hint=_ALLOWED)
        for file in found:
            yield from _read_file(file)
    elif not path.exists():
        yield InputError("no such file or folder", path=path, hint=_ALLOWED)
    elif path.suffix.lower() not in SUFFIXES:
        yield InputError(f"cannot read {path.suffix or 'a file without suffix'}", path=path, hint=_ALLOWED)
    else:
        yield from _read_file(path)


def _walk(folder: Path) -> Iterator[Path]:
    """Article files below a folder, sorted; hidden ones, READMEs and links to folders are left out."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path)
        elif path.suffix.lower() in SUFFIXES and path.name.lower() != "readme.md":
            yield path


def _read_file(path: Path) -> Iterator[Article | InputError]:
    try:
        data = path.read_bytes()
    except OSError as error:
        yield InputError(f"cannot be read: {error.strerror}", path=path)
        return
    yield from _read_bytes(data, str(path), path)


def _read_bytes(data: bytes, source: str, path: Path | None = None) -> Iterator[Article | InputError]:
    suffix = path.suffix.lower() if path else ""
    if suffix == ".jsonl" or (path is None and data.lstrip()[:1] == b"{"):
        yield from _read_lines(data, source)
        return
    try:
        text = _decode(data, source)
        meta, text = markdown.front_matter(text) if suffix == ".md" else ({}, text)
        fields = _fields(meta, source)
        if path and "id" not in fields:
            fields["id"] = slug(path.stem)
        yield _article(text, fields, source, is_markdown=suffix == ".md")
    except InputError as error:
        yield error


def _read_lines(data: bytes, source: str) -> Iterator[Article | InputError]:
    """One article per line of JSON; a bad line is reported and the next one read."""
    found = False
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        found = True
        try:
            yield _from_json(line, source, number)
        except InputError as error:
            yield error
    if not found:
        yield InputError("is empty", path=source)


def _from_json(line: bytes, source: str, number: int) -> Article:
    try:
        raw = json.loads(_decode(line, source, number))
    except (ValueError, RecursionError) as error:
        problem = str(error).partition(": line")[0]
        raise InputError(
            f"is not JSON: {problem}", path=source, line=number, hint="one object per line, with at least a text"
        ) from None
    if not isinstance(raw, dict):
        raise InputError("is not a JSON object", path=source, line=number, hint='write {"text": "…"}')
    text = raw.get("text")
    if not isinstance(text, str):
        found = "is missing" if text is None else f"is a {type(text).__name__}"
        raise InputError(f"text {found}", path=source, line=number, hint="text must be a string")
    return _article(text, _fields(raw, source, number), source, line=number)


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return max(1, sum(1 for line in file if line.strip()))
    except OSError:
        return 1


def _decode(data: bytes, source: str, line: int | None = None) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("is UTF-16, not UTF-8", path=source, line=line, hint="convert it: iconv -f UTF-16 -t UTF-8")
    if b"\x00" in data:
        raise InputError("is a binary file, not text", path=source, line=line, hint=_ALLOWED)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = line if line is not None else data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"is not UTF-8: byte 0x{data[error.start]:02x}",
            path=source,
            line=place,
            hint="convert it: iconv -f WINDOWS-1252 -t UTF-8",
        ) from None


def _fields(raw: Mapping[str, Any], source: str | None = None, line: int | None = None) -> dict[str, str]:
    """The checked fields besides the text; absent, null and blank ones are left out."""
    found: dict[str, str] = {}
    for name in ("id", "title", "date", "url", "language"):
        value = raw.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and name == "id":
            value = str(value)
        if value is None:
            continue
        if not isinstance(value, str):
            problem = f"{name} is a {type(value).__name__}"
            raise InputError(problem, path=source, line=line, hint=f"{name} must be a string")
        if value.strip():
            found[name] = _field(name, " ".join(clean(value).split()), source, line)
    return found


def _field(name: str, value: str, source: str | None, line: int | None) -> str:
    """A field in the form that records promise."""
    if name == "date":
        try:
            return datetime.fromisoformat(value).date().isoformat()
        except ValueError:
            hint = "write it as 2019-06-06"
            raise InputError(f"date {value!r} is not a date", path=source, line=line, hint=hint) from None
    if name == "language":
        if not _LANGUAGE.fullmatch(value.lower()):
            hint = "write two letters, such as de or en"
            raise InputError(f"language {value!r} is not a language code", path=source, line=line, hint=hint)
        return value[:2].lower()
    if name == "url":
        if not value.lower().startswith(("http://", "https://")):
            hint = "write it from https:// on"
            raise InputError(f"url {value!r} is not a web address", path=source, line=line, hint=hint)
        return quote(value, safe=":/?#[]@!$&'()*+,;=%~")
    return value


def _article(
    text: str, fields: Mapping[str, str], source: str | None, line: int | None = None, is_markdown: bool = False
) -> Article:
    if _LONE_SURROGATE.search(text):
        raise InputError("holds half a character (a lone surrogate)", path=source, line=line, hint="save it as UTF-8")
    text = clean(text)
    if not text.strip():
        raise InputError("is empty", path=source, line=line)
    if len(text) > LONGEST:
        hint = f"split it into articles of at most {LONGEST:,}"
        raise InputError(f"has {len(text):,} characters", path=source, line=line, hint=hint)
    title = fields.get("title")
    if is_markdown:
        units = [blocks.Unit(blocks.join_lines(lines), len(lines) == 1, kind) for lines, kind in markdown.units(text)]
    else:
        units = list(blocks.cut(text, title))
    if not units:
        raise InputError("holds no prose", path=source, line=line)
    parts = blocks.classify(units, title)
    article = Article(
        id=fields.get("id") or digest(title or "", "\n\n".join(part for _, part in parts)),
        text="\n\n".join(part for _, part in parts),
        blocks=blocks.place(parts),
        title=next((part for kind, part in parts if kind == "title"), None),
        date=fields.get("date"),
        url=fields.get("url"),
        language=fields.get("language"),
        source=source,
    )
    return article if line is None else replace(article, source=f"{source}:{line}")


def clean(text: str) -> str:
    """NFC, ``\\n`` as the only line end, plain spaces, no invisible characters."""
    text = _BREAKS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    text = _INVISIBLE.sub("", _SOFT_BREAK.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))
