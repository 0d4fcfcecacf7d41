"""Plain text and Markdown, one article to a file."""

from __future__ import annotations

from collections.abc import Iterator

from kg import markdown
from kg.blocks import Unit, join_lines
from kg.clean_text import clean
from kg.drafts import Draft
from kg.errors import InputError
from kg.field_names import fields_of
from kg.text_bytes import decode


def text_drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The one article of a text file.

    Raises:
        InputError: the bytes are no text.
    """
    yield Draft(decode(data, source), source=source, name=name)


def markdown_drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The one article of a Markdown file, with the fields of its front matter.

    Raises:
        InputError: the bytes are no text.
    """
    fields, text = markdown.front_matter(decode(data, source))
    fields = fields_of(fields)
    fields.pop("text", None)
    units = (Unit(join_lines(lines), len(lines) == 1, kind) for lines, kind in markdown.units(clean(text)))
    yield Draft(text, tuple(units), fields=fields, source=source, name=name)
