"""Files of rows and objects: JSON Lines, JSON and tables in CSV; each row is an article.

Lines and the elements of a JSON array are read one by one, so that a file may be larger than memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO, Final, cast

from kg.documents import LONGEST_LINE, Document, head_of, lines, whole
from kg.drafts import Draft
from kg.errors import InputError
from kg.field_names import field_of, fields_of, text_of
from kg.media_types import DELIMITERS, delimiter_of
from kg.text_bytes import decode, marked

_LISTS: Final = ("articles", "@graph")  # keys of JSON objects that hold articles: of news services, of JSON-LD
_IN_HTML: Final = re.compile(r"</(?:p|div|article)>|<br ?/?>", re.IGNORECASE)
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_PIECE: Final = 1 << 16  # bytes
_BETWEEN: Final = re.compile(r"[\ufeff\s,]*")
_TOO_LONG: Final = f"a line or cell may have at most {LONGEST_LINE // 2**20} MiB"


def row_draft(raw: Mapping[Any, Any], source: str, line: int | None, name: str | None = None) -> Draft:
    """The article that a row or object is; a text in HTML, as editors' systems export it, loses its tags.

    Raises:
        InputError: it has no text, or HTML nested beyond reading.
    """
    fields = fields_of(raw)
    text = text_of(raw, fields, source, line)
    fields.pop("text", None)
    units = None
    if _IN_HTML.search(text) and not _LONE_SURROGATE.search(text):
        from kg import markup  # noqa: PLC0415 (lxml, for few files)

        place = source if line is None else f"{source}:{line}"
        units = markup.units(markup.parsed(text, place))
    return Draft("" if units else text, units, fields=fields, source=source, line=line, name=name)


def json_lines(document: Document) -> Iterator[Draft | InputError]:
    """One article to a line of JSON; a bad line comes out as an InputError and the next one is read."""
    source = document.source
    found = False
    for number, line in lines(_narrow(document).stream):
        if line is not None and not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        found = True
        try:
            if line is None:
                raise InputError("is too long", path=source, line=number, hint=_TOO_LONG)
            yield from _of_line(line, source, number)
        except InputError as error:
            yield error
    if not found:
        yield InputError("is empty", path=source)


def json_objects(document: Document, name: str | None = None) -> Iterator[Draft | InputError]:
    """The articles of a JSON file: an array of objects, an object that holds one under ``articles``, or one article.

    Raises:
        InputError: it is not JSON; what stood before the fault has come out.
    """
    head, stream = head_of(_narrow(document).stream)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _of_array(stream, document.source)
        return
    raw = _parsed(decode(whole(Document(stream, document.source)), document.source), document.source)
    if not isinstance(raw, dict):
        hint = "write an object with a text, or an array of such objects"
        raise InputError("is not a JSON object", path=document.source, hint=hint)
    yield from _of_object(raw, document.source, None, name)


def csv_rows(document: Document) -> Iterator[Draft | InputError]:
    """One article to a row of a table; which column is which tells the header (see `kg.field_names`).

    Cells are parted by commas, semicolons, tabs or bars, whichever parts the header so that it names a text.
    """
    source = document.source
    csv.field_size_limit(LONGEST_LINE)
    numbered = _TextLines(_narrow(document).stream, source)
    first = next((line for line in numbered if line.strip()), "")
    if not first:
        raise InputError("is empty", path=source)
    delimiter = delimiter_of(first) or max(DELIMITERS, key=first.count)
    reader = csv.reader(chain([first], numbered), delimiter=delimiter)
    header: list[str] | None = None
    while True:
        start = numbered.number + (header is not None)  # a row may be of several lines
        try:
            row = next(reader)
        except StopIteration:
            break
        except (csv.Error, InputError) as error:
            if isinstance(error, InputError):
                yield error
            else:
                yield InputError(f"is not CSV: {error}", path=source, line=numbered.number, hint=_TOO_LONG)
            continue
        if header is None:
            header = row
            if "text" not in map(field_of, row):
                yield _no_text(row, source)
                return
        elif any(cell.strip() for cell in row):
            yield _of_row(header, row, source, start)


def _no_text(header: list[str], source: str) -> InputError:
    found = ", ".join(cell[:30] for cell in header[:8])
    hint = (
        f"found {found}; name a column text, body, content or articleBody" if found else "the first row is the header"
    )
    return InputError("has no column of texts", path=source, line=1, hint=hint)


def _of_row(header: list[str], row: list[str], source: str, line: int) -> Draft | InputError:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        problem = f"has {len(row)} cells where the header has {len(header)}"
        return InputError(problem, path=source, line=line, hint='put cells with commas or line ends in "…"')
    try:
        return row_draft(dict(zip(header, row, strict=False)), source, line)
    except InputError as error:
        return error


def _of_line(line: bytes, source: str, number: int) -> Iterator[Draft | InputError]:
    raw = _parsed(decode(line, source, number), source, number)
    if not isinstance(raw, dict):
        raise InputError("is not a JSON object", path=source, line=number, hint='write {"text": "…"}')
    yield from _of_object(raw, source, number)


def _of_object(
    raw: Mapping[str, Any], source: str, line: int | None, name: str | None = None
) -> Iterator[Draft | InputError]:
    """The article that an object is, or those that it lists."""
    listed = next((raw[key] for key in _LISTS if isinstance(raw.get(key), list)), None)
    if listed is None:
        yield row_draft(raw, source, line, name)
        return
    place = source if line is None else f"{source}:{line}"
    for number, one in enumerate(listed, start=1):
        if "@graph" not in raw or _is_article(one):
            yield _of_element(one, place, number)


def _of_element(one: object, source: str, number: int) -> Draft | InputError:
    """An element of an array; it is placed by its number, as lines mean nothing in JSON."""
    place = f"{source}#{number}"
    if not isinstance(one, dict):
        return InputError("is not a JSON object", path=place, hint='write {"text": "…"}')
    try:
        return row_draft(one, place, None)
    except InputError as error:
        return error


def _is_article(one: object) -> bool:
    """Whether an object of a JSON-LD graph is an article: persons, houses and pages stand beside them."""
    kinds = one.get("@type") if isinstance(one, dict) else None
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report")) for kind in listed)


def _parsed(text: str, source: str, line: int | None = None) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = str(error).partition(": line")[0]
        hint = (
            "one object per line, with at least a text" if line else "write an object with a text, or an array of them"
        )
        raise InputError(f"is not JSON: {problem}", path=source, line=line, hint=hint) from None


def _of_array(stream: BinaryIO, source: str) -> Iterator[Draft | InputError]:
    """The elements of an array, decoded one by one: only the one at hand is held."""
    decoder = json.JSONDecoder()
    reader = codecs.getreader("utf-8-sig")(stream)
    held = reader.read(_PIECE)
    place = _BETWEEN.match(held).end() + 1  # type: ignore[union-attr]  # behind the bracket
    number = 0
    while True:
        place = _BETWEEN.match(held, place).end()  # type: ignore[union-attr]  # matches anywhere
        if held.startswith("]", place):
            break
        try:
            one, place = decoder.raw_decode(held, place)
        except (ValueError, RecursionError) as error:
            left = len(held) - place
            # Twice as much each time, so that no letter is decoded often.
            more = (
                "" if left > LONGEST_LINE or isinstance(error, RecursionError) else _more(reader, left, source, number)
            )
            if not more:
                problem = "is too long" if left > LONGEST_LINE else f"is not JSON: {str(error).partition(': line')[0]}"
                hint = f"it and what follows were not read; {_TOO_LONG}"
                raise InputError(problem, path=f"{source}#{number + 1}", hint=hint) from None
            held, place = held[place:] + more, 0
            continue
        number += 1
        yield _of_element(one, source, number)


def _more(reader: codecs.StreamReader, held: int, source: str, number: int) -> str:
    try:
        return reader.read(max(_PIECE, held))
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", path=f"{source}#{number + 1}", hint="save it as UTF-8") from None


def _narrow(document: Document) -> Document:
    """The document in an encoding whose line ends are single bytes: UTF-16 and UTF-32 become UTF-8."""
    head, stream = head_of(document.stream)
    name = marked(head)
    if name in {None, "utf-8-sig"}:
        return Document(stream, document.source, document.name, document.depth, document.url)
    text = decode(whole(Document(stream, document.source)), document.source)
    data = io.BytesIO(text.encode(errors="surrogatepass"))
    return Document(cast(BinaryIO, data), document.source, document.name, document.depth, document.url)


class _TextLines:
    """The lines of a table as text, and the number of the last one."""

    def __init__(self, stream: BinaryIO, source: str) -> None:
        self._lines = lines(stream)
        self._source = source
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line is None:
            raise InputError("is too long", path=self._source, line=self.number, hint=_TOO_LONG)
        return decode(line, self._source, self.number)
