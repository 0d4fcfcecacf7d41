"""Files, folders, archives, streams, addresses and strings become Articles; nothing of what they mean is understood.

``Article.text`` is the cleaned text that all offsets point into: Unicode NFC, plain line ends and
spaces, no soft hyphens, no Markdown marks, the lines of a paragraph joined, blocks set apart by an
empty line. The same bytes always give the same text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg import sources as places
from kg.article_ids import Ids
from kg.clean_text import LINE_ENDS, clean
from kg.drafts import LONGEST, Draft, article_of
from kg.errors import InputError
from kg.field_forms import mended
from kg.media_types import suffix
from kg.records import Article
from kg.sources import STDIN
from kg.text_bytes import decode

_CERTAINLY_TOO_LONG: Final = 2 * LONGEST
"""Characters of a text that need not be cleaned to know that it is too long: blanks and marks are less than half."""
_COUNTED: Final = 2**30  # bytes of JSON Lines that are counted beforehand: a second or two
_SINGLE: Final = frozenset(
    {"", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml"}
)


def read(sources: Iterable[Path | str | Article]) -> Iterator[Article | InputError]:
    """Read articles from files, folders, archives, patterns, addresses and standard input, in the given order.

    What cannot be read comes out as an InputError in its place; the others go on. An article that was read but for
    something said of it follows its `kg.errors.Notice`.

    Args:
        sources: paths of files (what they are is told by their content, see `kg.media_types`) and of folders (read
            recursively, in sorted order), patterns such as ``news/**/*.html``, addresses, ``"-"`` for standard
            input, or Articles, which pass through.
    """
    ids = Ids()
    for source in sources:
        if isinstance(source, Article):
            try:
                yield ids.named(source)
            except InputError as error:
                yield error
            continue
        for item in places.drafts(source):
            if isinstance(item, InputError):
                yield item
            else:
                yield from _articles(item, ids)


def count(sources: Iterable[Path | str | Article]) -> int | None:
    """About how many articles :func:`read` will try; None where that would mean to read them.

    Files of one article and the lines of JSON Lines are counted; standard input, addresses, archives, feeds and
    tables are not.
    """
    total = 0
    for source in sources:
        if isinstance(source, Article):
            total += 1
        elif source == STDIN or places.is_address(source):
            return None
        else:
            for path in places.files(source):
                ending = suffix(path)
                if ending in {".jsonl", ".ndjson"}:
                    lines = _count_lines(path)
                    if lines is None:
                        return None
                    total += lines
                elif ending in _SINGLE:
                    total += 1
                else:
                    return None
    return total


def sources_of(paths_or_texts: Iterable[Path | str | Article]) -> list[Path | str | Article]:
    """Tell places and texts apart, as the library's ``build`` takes both.

    A Path is a place; of strings see :func:`kg.sources.is_place`. Other strings are texts.

    Raises:
        InputError: a text is empty.
    """
    return [
        from_text(source) if isinstance(source, str) and not places.is_place(source) else source
        for source in paths_or_texts
    ]


def from_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    authors: Iterable[str] | str = (),
    section: str | None = None,
    language: str | None = None,
) -> Article:
    """Make an Article of a plain text.

    Args:
        text: what is to be read; a first line of its own without a final stop is taken as the title.
        id: identifier; by default a digest of the text.
        title: headline, if it is not part of the text.
        date: ISO 8601 date of publication.
        url: where it was published.
        publisher: newspaper, agency or site.
        authors: names in their order, or one string of them, see :func:`kg.article_fields.author_names`.
        section: of the newspaper or site.
        language: ISO 639-1 code; by default it is recognised later.

    Raises:
        InputError: the text is empty or too long, or a field is malformed.
    """
    fields = {
        "id": id,
        "title": title,
        "date": date,
        "url": url,
        "publisher": publisher,
        "authors": authors if isinstance(authors, str) else list(authors),
        "section": section,
        "language": language,
    }
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
    lines = tuple(" ".join(clean(line).split()) for line in LINE_ENDS.sub("\n", decode(data, name)).split("\n"))
    if not any(lines):
        raise InputError("is empty", path=name)
    return lines


def _articles(draft: Draft, ids: Ids) -> Iterator[Article | InputError]:
    """The article of a draft, after what could not be understood of it."""
    try:
        length = len(draft.text) or sum(len(unit.text) for unit in draft.units or ())
        if length > _CERTAINLY_TOO_LONG:
            hint = f"split it into articles of at most {LONGEST:,}"
            raise InputError(f"has {length:,} characters", path=draft.source, line=draft.line, hint=hint)
        draft, notices = mended(draft)
        article = ids.named(article_of(draft), draft)
    except InputError as error:
        yield error
        return
    yield from notices
    yield article


def _count_lines(path: str) -> int | None:
    try:
        if Path(path).stat().st_size > _COUNTED:
            return None
        with places.opened(path).stream as file:
            return max(1, sum(1 for line in file if line.strip()))
    except (OSError, InputError):
        return 1
