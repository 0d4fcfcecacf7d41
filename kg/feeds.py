"""Feeds: each item of RSS 0.9 to 2.0 and of Atom is a draft, read by feedparser.

No address in a feed is followed, be it that of an item, of the next page or of the feed itself.
"""

from __future__ import annotations

import codecs
import html
import io
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from kg import markup, page_fields
from kg.blocks import Unit
from kg.drafts import Draft
from kg.errors import InputError
from kg.quiet import quiet

MOST_BYTES: Final = 10_000_000
MOST_TAGS: Final = 100_000
"""Feeds of newspapers have 20 KB to 2 MB and some 20 to 500 items of 6 to 12 tags; feedparser takes about a second for
2 MB of text or 10,000 tags, where they are malformed."""

_ENTITY: Final = re.compile(rb"<!ENTITY[^>]*>", re.IGNORECASE)
_OPENED: Final = re.compile(rb"<[A-Za-z]")
_CLOSED: Final = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENDED: Final = re.compile(rb"</(?:\w+:)?(?:rss|rdf|feed|channel)\s*>\s*(?:<!--.*-->\s*)?$", re.IGNORECASE | re.DOTALL)
_DECLARATION: Final = re.compile(r"^\ufeff?<\?xml[^>]*\?>")
_TAG: Final = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_FIRST_ON: Final = re.compile(r"^(?:The post|Der Beitrag) .* (?:appeared first on|erschien zuerst auf) .*\.$")


def drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The items of a feed in their order, and one error for what could not be read.

    An item is dated by its publication; Atom's ``updated`` is none. Its publisher is the source that it names, or the
    feed's title. Whether the text is whole or a teaser is for the feed to say.

    Args:
        data: the feed.
        source: file or address, for messages; items are counted from 1 (``feed.xml#1``).
        name: not used, as the place of an item in its feed changes with every fetch.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode()
    try:
        feed = _parsed(data, source)
    except InputError as error:
        yield error
        return
    items = feed["entries"]
    broken = not _ENDED.search(data[-2000:])
    if broken and len(items) > len(_CLOSED.findall(data)):
        items = items[:-1]  # cut in the middle of its text, and maybe of a sentence
    empty = 0
    for number, item in enumerate(items, start=1):
        place = f"{source}#{number}"
        try:
            units = _units(item, place)
        except InputError as error:
            yield error
            continue
        if units:
            yield Draft(units=units, fields=_fields(item, feed), source=place)
        else:
            empty += 1
    if empty == len(items):
        yield InputError("holds no items with text", path=source, hint="it may be cut off, or hold headlines only")
    elif empty:
        yield InputError(f"holds {empty} items without text", path=source, hint="their pages may have it")
    if broken and items:
        yield InputError("ends too early", path=source, hint="the whole items were read; fetch it once more")


def _parsed(data: bytes, source: str) -> Mapping[str, Any]:
    """What feedparser reads, of bytes only: it would take a string for an address."""
    import feedparser  # noqa: PLC0415 (heavy: imported where it is used)

    if len(data) > MOST_BYTES:
        raise InputError(f"has {len(data):,} bytes", path=source, hint=f"allowed in a feed are {MOST_BYTES:,}")
    if (tags := len(_OPENED.findall(data))) > MOST_TAGS:
        raise InputError(f"has {tags:,} tags", path=source, hint=f"allowed in a feed are {MOST_TAGS:,}")
    try:
        with quiet("feedparser"):
            feed: Mapping[str, Any] = feedparser.parse(
                io.BytesIO(_ENTITY.sub(b"", data)), sanitize_html=False, resolve_relative_uris=False
            )
    except Exception as error:  # whatever it meets in a feed
        raise InputError(f"cannot be read as a feed: {type(error).__name__}: {error}", path=source) from None
    if not feed.get("version") and not feed.get("entries"):
        raise InputError("is no feed", path=source, hint="allowed are RSS and Atom")
    return feed


def _fields(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    channel = next(_nodes(feed.get("feed")), {})
    link = str(item.get("link") or "").strip()
    publisher = next(_nodes(item.get("source")), {}).get("title") or channel.get("title")
    languages = (
        item.get("language"),
        *_languages(item),
        channel.get("language"),
        *_languages(channel),
    )
    sections = [tag.get("term") or tag.get("label") for tag in _nodes(item.get("tags"))]
    people = [person.get("name") or "" for person in _nodes(item.get("authors"))] or [str(item.get("author") or "")]
    publisher = _plain(publisher)
    authors = [one for person in people for one in page_fields.names_in(_plain(person) or "") if one != publisher]
    return {
        "title": _plain(item.get("title")),
        "date": _date(item, atom=str(feed.get("version")).startswith("atom")),
        "url": link if link.startswith(("http://", "https://")) else None,
        "publisher": publisher,
        "authors": list(dict.fromkeys(authors)),
        "section": next((text for one in sections if (text := _plain(one)) and "://" not in text), None),
        "language": next((code for one in languages if (code := page_fields.language_of(str(one or "")))), None),
    }


def _languages(node: Mapping[str, Any]) -> Iterator[str]:
    """What ``xml:lang`` says of the texts of an item or a feed."""
    for part in _nodes(node.get("content"), node.get("summary_detail"), node.get("title_detail")):
        yield str(part.get("language") or "")


def _nodes(*values: object) -> Iterator[Mapping[str, Any]]:
    """The nodes among values and lists of them; in a malformed feed there may be texts in their places."""
    for value in values:
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping))


def _date(item: Mapping[str, Any], *, atom: bool) -> str | None:
    """The day of publication in the time zone that the feed tells it in; ``dc:date`` is what RSS 1.0 has for it."""
    for key in ("published",) if atom else ("published", "updated"):
        told = str(dict(item).get(key) or "")  # as it stands: feedparser gives other dates for missing ones
        if day := page_fields.day_of(told):
            return day
        try:
            return parsedate_to_datetime(told).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _units(item: Mapping[str, Any], place: str) -> tuple[Unit, ...]:
    """The blocks of an item's whole text, or of its teaser where it has no other."""
    for part in _nodes(item.get("content"), item.get("summary_detail")):
        text = str(part.get("value") or "")
        if _TAG.search(text):
            found = markup.units(markup.parsed(text, place)) if _plain(text) else ()
        else:
            found = tuple(Unit(" ".join(piece.split()), single=True) for piece in _PARAGRAPHS.split(text))
        if found := tuple(unit for unit in found if unit.text and not _FIRST_ON.match(unit.text)):
            return found
    return ()


def _plain(text: object) -> str | None:
    """A short text that may hold markup, as plain text."""
    plain = html.unescape(re.sub(r"<[A-Za-z/!][^>]*>", " ", str(text or "")))
    return " ".join(plain.split()) or None
