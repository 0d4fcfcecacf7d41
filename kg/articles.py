"""Files, folders, streams and strings become Articles; nothing of their meaning is understood here.

``Article.text`` is the cleaned text that all offsets point into: Unicode NFC, plain line ends and
spaces, no soft hyphens, no Markdown marks, the lines of a paragraph joined, blocks set apart by an
empty line. The same bytes always give the same text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg import markdown
from kg.blocks import Unit, join_lines
from kg.clean_text import LINE_ENDS, clean
from kg.drafts import Draft, article_of
from kg.errors import InputError
from kg.namespaces import digest, slug
from kg.records import Article

SUFFIXES: Final = (".txt", ".md", ".jsonl")
STDIN: Final = "-"

_ALLOWED: Final = f"allowed are {', '.join(SUFFIXES)} files, folders of them, and - for standard input"


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
    fields = {"id": id, "title": title, "date": date, "url": url, "language": language}
    return article_of(Draft(text, fields=fields))


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
    lines = tuple(" ".join(clean(line).split()) for line in LINE_ENDS.sub("\n", _decode(data, name)).split("\n"))
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
        name = slug(path.stem) if path else None
        if suffix == ".md":
            yield article_of(_of_markdown(text, source, name))
        else:
            yield article_of(Draft(text, source=source, name=name))
    except InputError as error:
        yield error


def _of_markdown(text: str, source: str, name: str | None) -> Draft:
    fields, text = markdown.front_matter(text)
    units = (Unit(join_lines(lines), len(lines) == 1, kind) for lines, kind in markdown.units(clean(text)))
    return Draft(text, tuple(units), fields=fields, source=source, name=name)


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
    return article_of(Draft(text, fields=raw, source=source, line=number))


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
