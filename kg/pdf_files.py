"""PDF files: their lines by pypdf, put together to paragraphs by place and size.

What stands at the edge of most pages, and page numbers, are left out. A PDF does not say when its text was published:
the dates in it are those of the file.
"""

from __future__ import annotations

import io
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from kg import markup, page_fields
from kg.blocks import Unit, join_lines
from kg.drafts import Draft
from kg.errors import InputError
from kg.quiet import quiet
from kg.records import BlockKind

MOST_BYTES: Final = 100_000_000
MOST_PAGES: Final = 500
MOST_CONTENT: Final = 10_000_000
"""Bytes of the pages' drawing instructions, unpacked: a page of a newspaper has 20 to 200 KB; 10 MB take some 10 s."""

_PAGE_NUMBER: Final = re.compile(
    r"^[-–—|\s]*(?:seite|page|s\.|p\.)?\s*\d{1,4}(?:\s*(?:von|of|/)\s*\d{1,4})?[-–—|\s]*$", re.I
)
_NO_TITLE: Final = re.compile(
    r"^(?:microsoft word|untitled|unbenannt|dokument\d*$|document\d*$)|\.\w{2,5}$", re.IGNORECASE
)
_EDGE: Final = 2  # lines at the top and at the bottom of a page that may be its header or footer
_GAP: Final = 1.3  # of the usual distance of lines: more begins a paragraph; paragraphs are set 1.5 to 2 apart
_LARGE: Final = 1.15  # of the usual size of letters: headlines are 1.2 to 3 times as large
_SHORT: Final = 0.75  # of the usual width: the last line of a paragraph, where a sentence ends on it


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    y: float  # from the bottom of the page, in points
    size: float  # of its letters, in points


def drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The text of a PDF, or one error.

    Args:
        data: the file.
        source: its path, for messages.
        name: what to call the article.
    """
    try:
        pages, fields = _read(data, source)
        units = _units(_without_edges(pages))
        if not units:
            hint = "it may hold scanned images; recognise their text first (OCR)"
            raise InputError("holds no text", path=source, hint=hint)
        if any(unit.kind == "title" for unit in units):
            fields = {**fields, "title": None}  # the headline as it is printed
        yield Draft(units=tuple(units), fields=fields, source=source, name=name)
    except InputError as error:
        yield error


def _read(data: bytes, source: str) -> tuple[list[list[_Line]], dict[str, Any]]:
    import pypdf  # noqa: PLC0415 (heavy: imported where it is used)

    if len(data) > MOST_BYTES:
        raise InputError(f"has {len(data):,} bytes", path=source, hint=f"allowed in a PDF are {MOST_BYTES:,}")
    if b"%%EOF" not in data[-2048:]:
        raise InputError("is a PDF that was cut off", path=source, hint="fetch it once more")
    try:
        with quiet("pypdf"):
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError("is encrypted", path=source, hint="save it without a password")
            if (count := len(reader.pages)) > MOST_PAGES:
                raise InputError(f"has {count:,} pages", path=source, hint=f"split it; allowed are {MOST_PAGES}")
            pages = list(_pages(reader, source))
            return pages, _fields(reader)
    except InputError:
        raise
    except RecursionError:
        raise InputError("cannot be read as a PDF: its parts go round in circles", path=source) from None
    except Exception as error:  # whatever it meets in a file
        reason = str(error).strip() or type(error).__name__
        raise InputError(f"cannot be read as a PDF: {reason[:200]}", path=source) from None


def _pages(reader: Any, source: str) -> Iterator[list[_Line]]:  # noqa: ANN401 - a reader of pypdf
    total = 0
    for number, page in enumerate(reader.pages):
        contents = page.get_contents()
        total += len(contents.get_data()) if contents is not None else 0
        if total > MOST_CONTENT:
            hint = f"allowed are {MOST_CONTENT:,} bytes of contents; split it"
            raise InputError("is too large a PDF", path=source, hint=hint)
        yield _lines(page, number)


def _lines(page: Any, number: int) -> list[_Line]:  # noqa: ANN401 - a page of pypdf
    """The lines of a page in the order in which it draws them, which is that of reading in most files."""
    lines: list[_Line] = []
    text, y, size = "", 0.0, 0.0

    def end() -> None:
        nonlocal text, size
        if line := " ".join(text.split()):
            lines.append(_Line(line, number, y, size))
        text, size = "", 0.0

    def visit(piece: str, outer: list[float], inner: list[float], _font: object, points: float) -> None:
        nonlocal text, y, size
        for index, part in enumerate(piece.split("\n")):
            if index:
                end()
            if part.strip():
                place = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
                if abs(place - y) > size / 2:  # more than an exponent is raised: pypdf may leave out the line's end
                    end()
                if not text.strip():
                    y = place
                size = max(size, abs(points * inner[3] * outer[3]))
            text += part

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _without_edges(pages: list[list[_Line]]) -> list[_Line]:
    """All lines but page numbers and what stands, with other figures, at the edge of half of the pages."""
    edges = [[*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]] for lines in pages]
    often = Counter(key for lines in edges for key in {_without_figures(line.text) for line in lines})
    repeated = {key for key, count in often.items() if count > 1 and count * 2 >= len(pages)}
    kept = []
    for lines, edge in zip(pages, edges, strict=True):
        for line in lines:
            at_edge = line in edge
            if not (at_edge and (_without_figures(line.text) in repeated or _PAGE_NUMBER.match(line.text))):
                kept.append(line)
    return kept


def _without_figures(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _units(lines: list[_Line]) -> list[Unit]:
    if not lines:
        return []
    size = statistics.median([line.size for line in lines for _ in line.text.split()])
    width = statistics.quantiles([len(line.text) for line in lines], n=10)[-1] if len(lines) > 1 else 0
    pitches = [one.y - two.y for one, two in pairwise(lines) if one.page == two.page and one.y > two.y]
    pitch = statistics.median_low(pitches) if pitches else 0.0
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1][-1], line, pitch, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    largest = max(line.size for line in lines)
    units = []
    for number, group in enumerate(groups):
        large = group[0].size >= _LARGE * size
        kind: BlockKind | None = None
        if large:
            kind = "title" if number == 0 and group[0].size == largest else "heading"
        units.append(Unit(join_lines(line.text for line in group), len(group) == 1, kind))
    return units


def _begins(before: _Line, line: _Line, pitch: float, width: float) -> bool:
    """Whether a line begins a paragraph."""
    if abs(before.size - line.size) > 0.1 * max(before.size, line.size):
        return True
    ended = markup.is_sentence(before.text)
    if before.page != line.page or line.y > before.y:  # on the next page, or in the next column
        return ended
    apart = before.y - line.y > _GAP * max(pitch, line.size)
    return apart or (ended and len(before.text) < _SHORT * width)


def _fields(reader: Any) -> dict[str, Any]:  # noqa: ANN401 - a reader of pypdf
    """Title, authors and language as the file has them; each may be wrong in ways that show, and then is left out."""
    info = reader.metadata or {}
    title = " ".join(str(info.get("/Title") or "").split())
    language = (reader.trailer.get("/Root") or {}).get("/Lang")
    return {
        "title": title if " " in title and not _NO_TITLE.search(title) else None,
        "authors": list(_persons(page_fields.names_in(str(info.get("/Author") or "")))),
        "language": page_fields.language_of(str(language or "")),
    }


def _persons(names: Iterable[str]) -> Iterator[str]:
    """Names of more than one word: what stands alone is a user's name at a computer."""
    return (name for name in names if " " in name)
