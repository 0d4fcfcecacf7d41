"""DOCX files by python-docx: headings by their style, paragraphs, points of lists that are sentences; no tables.

The dates in a DOCX are those of the file, not of a publication, and are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from kg import markup, page_fields
from kg.blocks import Unit
from kg.drafts import Draft
from kg.errors import InputError
from kg.quiet import quiet
from kg.records import BlockKind

MOST_BYTES: Final = 50_000_000
MOST_XML: Final = 30_000_000
"""Bytes of XML, unpacked: a document of 1,000 pages has some 10 MB, while a zip bomb begins at hundreds."""

MOST_PARAGRAPHS: Final = 20_000
"""A thousand pages have some 10,000."""

_HEADING: Final = re.compile(r"heading|subtitle|überschrift|untertitel", re.IGNORECASE)
_APART: Final = re.compile(r"caption|beschriftung|header|footer|toc |verzeichnis|footnote|fußnote", re.IGNORECASE)


def drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The text of a DOCX file, or one error.

    Args:
        data: the file.
        source: its path, for messages.
        name: what to call the article.
    """
    try:
        document = _opened(data, source)
        units = tuple(_units(document, source))
        if not units:
            raise InputError("holds no text", path=source)
        yield Draft(units=units, fields=_fields(document, units), source=source, name=name)
    except InputError as error:
        yield error
    except Exception as error:  # whatever the library meets in a file
        yield InputError(f"cannot be read as DOCX: {type(error).__name__}: {error}", path=source)


def _opened(data: bytes, source: str) -> Any:  # noqa: ANN401 - a document of python-docx
    import docx  # noqa: PLC0415 (heavy: imported where it is used)

    if len(data) > MOST_BYTES:
        raise InputError(f"has {len(data):,} bytes", path=source, hint=f"allowed in a DOCX are {MOST_BYTES:,}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        hint = "fetch it once more, or save it without a password"
        raise InputError("is no DOCX, or was cut off or encrypted", path=source, hint=hint) from None
    # python-docx unpacks every part; what a part holds beyond its stated size, zipfile refuses to read
    if (size := sum(one.file_size for one in inside)) > MOST_XML + 2 * MOST_BYTES:
        raise InputError(f"unpacks to {size:,} bytes", path=source, hint="it may be a zip bomb")
    if (size := sum(one.file_size for one in inside if one.filename.endswith((".xml", ".rels")))) > MOST_XML:
        raise InputError(f"unpacks to {size:,} bytes of XML", path=source, hint="it may be a zip bomb")
    with quiet("docx"):
        return docx.Document(io.BytesIO(data))


def _units(document: Any, source: str) -> Iterator[Unit]:  # noqa: ANN401
    paragraphs = document.paragraphs
    if len(paragraphs) > MOST_PARAGRAPHS:
        hint = f"allowed are {MOST_PARAGRAPHS:,}; split it"
        raise InputError(f"has {len(paragraphs):,} paragraphs", path=source, hint=hint)
    for paragraph in paragraphs:
        text = " ".join(paragraph.text.split())
        style = str(getattr(paragraph.style, "name", None) or "")
        if not text or _APART.search(style):
            continue
        if style.lower() in {"title", "titel"}:
            kind: BlockKind | None = "title"
        else:
            kind = "heading" if _HEADING.search(style) else None
        if kind is None and "list" in style.lower() and not markup.is_sentence(text):
            continue
        yield Unit(text, single=True, kind=kind)


def _fields(document: Any, units: tuple[Unit, ...]) -> dict[str, Any]:  # noqa: ANN401
    core = document.core_properties
    title = None if units[0].kind == "title" else " ".join((core.title or "").split())
    names = page_fields.names_in(core.author or "")
    return {
        "title": title if title and " " in title else None,  # one word is the name of a template or a file
        "authors": [name for name in names if " " in name],  # so is the name of a user
        "language": page_fields.language_of(core.language),
    }
