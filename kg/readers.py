"""Which reader reads which kind of file: a document becomes drafts, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from kg import containers, rows, text_files
from kg.documents import Document, head_of, seekable, whole
from kg.drafts import LONGEST, Draft
from kg.errors import InputError, KgError
from kg.media_types import ALLOWED, Kind, kind_of, passed_over, problem_of, suffix
from kg.namespaces import digest, slug

_LARGEST_TEXT: Final = 32 * LONGEST  # bytes: four to a character at most, and marks and blanks that go
_LONGEST_NAME: Final = 255  # letters, as of a file's name
_NAMED_FIRST: Final = frozenset({"text", "markdown"})
"""Kinds whose files people name themselves; elsewhere an address tells more than the name of a file."""
_SINGLE: Final = frozenset({"html", "pdf", "text", "markdown"})  # where an address is that of the one article


class NoArticle(InputError):
    """A file that is certainly no article: an error where it was named, passed over in folders and archives."""


def drafts(document: Document) -> Iterator[Draft | InputError]:
    """The articles of a document; what cannot be read comes out as an InputError in its place."""
    try:
        yield from _drafts(document)
    except InputError as error:
        yield error
    except KgError as error:  # a package is missing
        yield InputError(error.problem, path=document.source, hint=error.hint)
    except OSError as error:
        yield InputError(f"cannot be read: {error.strerror or error}", path=document.source)
    except Exception as error:  # of a library, on a file as no one has seen before: the others must go on
        problem = f"cannot be read: {type(error).__name__}: {str(error)[:200]}"
        yield InputError(problem, path=document.source, hint="if other programs can read it, please report it")


def _drafts(document: Document) -> Iterator[Draft | InputError]:
    head, stream = head_of(document.stream)
    document = replace(document, stream=stream)
    if not head:
        raise InputError("is empty", path=document.source)
    kind = kind_of(head, document.name)
    if kind is None:
        problem, hint = problem_of(head)
        raise NoArticle(problem, path=document.source, hint=hint)
    if kind == "text" and document.name and passed_over(f"x{suffix(document.name)}"):
        raise NoArticle(f"cannot read {suffix(document.name)}", path=document.source, hint=ALLOWED)
    found = False
    for item in READERS[kind](document):
        found = True
        yield _placed(item, kind, document) if isinstance(item, Draft) else item
    if not found:
        yield InputError("holds no article", path=document.source)


def _placed(draft: Draft, kind: Kind, document: Document) -> Draft:
    """The draft, called after its address where it has one."""
    fields = draft.fields
    if document.url and kind in _SINGLE and not fields.get("url"):
        fields = {**fields, "url": document.url}
    url = fields.get("url")
    has_address = isinstance(url, str) and url.lower().startswith(("http://", "https://"))
    is_named_first = kind in _NAMED_FIRST and not document.url
    return replace(draft, fields=fields, name=None if has_address and not is_named_first else draft.name)


def _name(document: Document) -> str | None:
    """What to call the one article of a document."""
    stem = PurePosixPath(document.name).stem
    if len(stem) > _LONGEST_NAME:  # in an archive, where no file system limits it
        stem = f"{stem[:_LONGEST_NAME]} {digest(stem)[:6]}"
    return slug(stem) if stem else None


def _text(document: Document) -> Iterator[Draft | InputError]:
    return text_files.text_drafts(whole(document, _LARGEST_TEXT), document.source, _name(document))


def _markdown(document: Document) -> Iterator[Draft | InputError]:
    return text_files.markdown_drafts(whole(document, _LARGEST_TEXT), document.source, _name(document))


def _json(document: Document) -> Iterator[Draft | InputError]:
    return rows.json_objects(document, _name(document))


def _parquet(document: Document) -> Iterator[Draft | InputError]:
    from kg.parquet_rows import parquet_rows  # noqa: PLC0415 (pyarrow may be missing)

    return parquet_rows(document)


def _html(document: Document) -> Iterator[Draft | InputError]:
    from kg import html_pages  # noqa: PLC0415 (trafilatura and lxml take a while to load)

    data, name = whole(document), _name(document)
    return html_pages.drafts(data, document.source, name, url=document.url, charset=document.charset)


def _feed(document: Document) -> Iterator[Draft | InputError]:
    from kg import feeds  # noqa: PLC0415

    return feeds.drafts(whole(document), document.source, None)


def _pdf(document: Document) -> Iterator[Draft | InputError]:
    from kg import pdf_files  # noqa: PLC0415

    return pdf_files.drafts(whole(document), document.source, _name(document))


def _mail(document: Document) -> Iterator[Draft | InputError]:
    from kg import mails  # noqa: PLC0415

    return mails.drafts(whole(document), document.source, _name(document))


def _warc(document: Document) -> Iterator[Draft | InputError]:
    from kg import web_archives  # noqa: PLC0415

    return web_archives.drafts_of(document.stream, document.source)


def _zip(document: Document) -> Iterator[Draft | InputError]:
    document = replace(document, stream=seekable(document))
    names = containers.member_names(document)
    if "word/document.xml" in names:
        from kg import docx_files  # noqa: PLC0415

        return docx_files.drafts(whole(document), document.source, _name(document))
    if names & {"[Content_Types].xml", "mimetype"}:
        raise NoArticle("is an Office file or e-book", path=document.source, hint="save it as .docx or PDF")
    return containers.zip_members(document, drafts, lambda error: isinstance(error, NoArticle))


def _gzip(document: Document) -> Iterator[Draft | InputError]:
    return drafts(containers.gunzipped(document))


READERS: Final[Mapping[Kind, Callable[[Document], Iterator[Draft | InputError]]]] = MappingProxyType(
    {
        "pdf": _pdf,
        "zip": _zip,
        "gzip": _gzip,
        "parquet": _parquet,
        "warc": _warc,
        "json lines": rows.json_lines,
        "json": _json,
        "feed": _feed,
        "html": _html,
        "mail": _mail,
        "csv": rows.csv_rows,
        "markdown": _markdown,
        "text": _text,
    }
)
