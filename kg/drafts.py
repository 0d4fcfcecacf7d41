"""Drafts become Articles: the text cleaned and cut into blocks, what is said of it checked.

Every format is read into drafts (a text, what its file says of it, where it lies); here they all become articles in
one way, so that the same text gives the same article whatever it came in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg import blocks
from kg.article_fields import Fields, checked
from kg.blocks import Unit
from kg.clean_text import clean
from kg.errors import InputError
from kg.namespaces import digest
from kg.records import Article

LONGEST: Final = 1_000_000  # characters; spaCy's parser and entity recogniser refuse more

_COLUMNS: Final = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
"""Gaps that set columns of a table apart, where it was not done with tabs."""
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was found, neither cleaned nor checked.

    Attributes:
        text: plain text, its blocks set apart by empty lines.
        units: the blocks, where the format tells them; then the text, if there is any, only tells whether the file
            was empty.
        fields: what is said of the text, by the names of `kg.article_fields.Fields`; other names do no harm.
        source: the file, or address, that it came from, for messages; in an archive ``archive.zip/name``.
        line: line or row of the file, counted from 1, where it holds several.
        name: what to call the article where neither an id nor an address is given; by default after its content.
    """

    text: str = ""
    units: tuple[Unit, ...] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None
    line: int | None = None
    name: str | None = None


def article_of(draft: Draft) -> Article:
    """The article that a draft holds.

    Raises:
        InputError: it is empty or too long, or a field is malformed.
    """
    source, line = draft.source, draft.line
    fields = checked(draft.fields, source, line)
    units = _units(draft, fields)
    if not units:
        raise InputError("holds no prose", path=source, line=line)
    parts = blocks.classify(units, fields.title, fields.authors)
    text = "\n\n".join(part for _, part in parts)
    return Article(
        id=fields.id or draft.name or digest(fields.title or "", text),
        text=text,
        blocks=blocks.place(parts),
        title=next((part for kind, part in parts if kind == "title"), None),
        date=fields.date,
        url=fields.url,
        publisher=fields.publisher,
        authors=fields.authors,
        section=fields.section,
        language=fields.language,
        source=source if line is None else f"{source}:{line}",
    )


def _units(draft: Draft, fields: Fields) -> list[Unit]:
    text = draft.text or "\n\n".join(unit.text for unit in draft.units or ())
    if _LONE_SURROGATE.search(text):
        hint = "save it as UTF-8"
        raise InputError("holds half a character (a lone surrogate)", path=draft.source, line=draft.line, hint=hint)
    columns = _COLUMNS.sub("\t", text) if draft.units is None else text
    text = clean(columns, tabs=True)
    if not text.strip():
        raise InputError("is empty", path=draft.source, line=draft.line)
    if len(text) > LONGEST:
        hint = f"split it into articles of at most {LONGEST:,}"
        raise InputError(f"has {len(text):,} characters", path=draft.source, line=draft.line, hint=hint)
    if draft.units is not None:
        cleaned = (Unit(" ".join(clean(unit.text).split()), unit.single, unit.kind) for unit in draft.units)
        return [unit for unit in cleaned if unit.text]
    return list(blocks.cut(text, fields.title))
