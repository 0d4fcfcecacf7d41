"""HTML as bytes to text, to a tree, and to the blocks of its prose.

Nothing is loaded, whatever the markup names: no images, frames, scripts, DTDs or entities of its own.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, Final

from kg.blocks import Unit
from kg.errors import InputError
from kg.records import BlockKind

DEEPEST: Final = 250
"""Elements within elements. News pages have 20 to 60; libxml2 drops what lies deeper than 256 and says nothing."""
MOST_BYTES: Final = 20_000_000
MOST_ELEMENTS: Final = 50_000
"""Pages of newspapers have 1,000 to 10,000; finding the article takes some 70 µs for each, so 50,000 take 4 s."""

MOST_ATTRIBUTES: Final = 1_000
"""In one tag: pages have 5 to 50; libxml2 compares each with all before, which takes half a minute at 40,000."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""(?:<meta[^>]{0,300}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARED_WITHIN: Final = 8192  # bytes; the HTML standard asks for 1024, pages often need more
_SUPERSETS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "iso8859-9": "cp1254"}
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNUSABLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

_TAG: Final = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*(?:"[^"]*"|'[^']*')|=)*+""")
_ATTRIBUTE: Final = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')|[\s/=]+""")  # what parts one from the next

_LEFT_OUT: Final = frozenset(
    "script style head nav aside footer form dialog figure figcaption picture iframe video audio button select "
    "template noscript svg canvas object embed table math textarea input label map img".split()
)
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark q s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)
_BREAK: Final = "\x0b"  # str.split() takes it for a space, and no parsed text holds one
_TWO_BREAKS: Final = re.compile(r"\x0b\s*\x0b")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'“”‘’«»›‹)\]]*$")


def decode(data: bytes, charset: str | None = None) -> str:
    """The text of a page, after its byte order mark, UTF-8 if it is that, else what it or its server declares.

    Text in another encoding is practically never valid UTF-8, while pages often declare Latin-1 and are not. As
    browsers do, Latin-1 is read as Windows-1252, which is also what is left where nothing else fits.

    Args:
        data: the bytes.
        charset: what the server or the mail said.

    >>> decode("<meta charset=iso-8859-1>Zürich".encode()), decode("<p>„Köln“".encode("cp1252"))
    ('<meta charset=iso-8859-1>Zürich', '<p>„Köln“')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    declared = (charset, found.group(1).decode("ascii", "replace") if found else None)
    chosen = "utf-8" if _mostly_utf8(data) else next(filter(None, map(_encoding, declared)), "cp1252")
    return data.decode(chosen, "replace")


def parsed(text: str, source: str | None = None) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    """The tree of an HTML page or of a piece of one.

    Raises:
        InputError: it is empty, too large, or nested too deep.
    """
    from lxml import etree, html  # noqa: PLC0415 (heavy: imported where it is used)

    text = _UNUSABLE.sub("", _XML_DECLARATION.sub("", text))
    if not text.strip():
        raise InputError("is empty", path=source)
    raw = text.encode("utf-8")
    if len(raw) > MOST_BYTES:
        raise InputError(f"has {len(raw):,} bytes of HTML", path=source, hint=f"allowed are {MOST_BYTES:,}")
    if any(_has_many_attributes(found[0]) for found in _TAG.finditer(text)):
        hint = f"allowed are {MOST_ATTRIBUTES:,}; it is no page of a newspaper"
        raise InputError("has too many attributes in a tag of HTML", path=source, hint=hint)
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8"
    )
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"is not HTML: {error}", path=source) from None
    _measure(tree, source)
    return tree


def units(tree: Any) -> tuple[Unit, ...]:  # noqa: ANN401 - an element of lxml, which has no types
    """The blocks of a piece of HTML that is all prose, such as an item of a feed.

    Left out are tables, figures, forms and the like, and points of lists that are no sentences.
    """
    return tuple(_merged(_blocks(tree)))


def is_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def _encoding(name: str | None) -> str | None:
    """The codec that a name in a declaration means; None where it means none, or one that the bytes refute."""
    try:
        found = codecs.lookup(name or "").name
        b"a".decode(found)  # refused by codecs that give no text
    except (LookupError, ValueError):
        return None
    if found.startswith(("utf-8", "utf-16", "utf-32")):
        return None  # valid UTF-8 and UTF-16 have been told already
    return _SUPERSETS.get(found, found)


def _mostly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 with a few spoiled places, such as where a text was cut or another was pasted in."""
    text = data.decode("utf-8", "replace")
    spoiled = text.count("\ufffd")
    return sum(1 for sign in text if sign > "\x7f") - spoiled > 4 * spoiled


def _has_many_attributes(tag: str) -> bool:
    # A value in quotes counts for two parts, with the blank before its attribute.
    return len(tag) > 2 * MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(tag)) > 2 * MOST_ATTRIBUTES


def _measure(tree: Any, source: str | None) -> None:  # noqa: ANN401
    from lxml import etree  # noqa: PLC0415 (as above)

    depth = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > DEEPEST:
            hint = f"allowed are {DEEPEST}; it is no page of a newspaper"
            raise InputError(f"has more than {DEEPEST} elements within each other", path=source, hint=hint)
        if elements > MOST_ELEMENTS:
            raise InputError(f"has more than {MOST_ELEMENTS:,} elements of HTML", path=source, hint="split it")


def _blocks(tree: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Pieces of text, each with the tag of the block it stands in; an empty tag goes on with the block before."""
    from lxml import etree  # noqa: PLC0415 (as above)

    within = ["p"]
    skipping = 0
    fresh = True
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        starts = event == "start"
        if tag in _LEFT_OUT:
            skipping += 1 if starts else -1
            fresh = True
        elif not skipping and tag not in _INLINE:
            fresh = True
            if starts:
                kept = within[-1] if tag not in _HEADINGS | {"li", "p", "dt"} or within[-1] == "li" else tag
                within.append(kept)
            else:
                within.pop()
        if tag == "br" and starts and not skipping:
            yield ("", _BREAK)
        text = element.text if starts else element.tail
        if text and not skipping:
            yield (within[-1] if fresh else "", text)
            fresh = fresh and not text.strip()


def _merged(pieces: Iterator[tuple[str, str]]) -> Iterator[Unit]:
    found: list[tuple[str, list[str]]] = []
    for tag, text in pieces:
        if tag or not found:
            found.append((tag, [text]))
        else:
            found[-1][1].append(text)
    for tag, texts in found:
        kind: BlockKind | None = "heading" if tag in _HEADINGS else None
        for part in _TWO_BREAKS.split("".join(texts)):
            text = " ".join(part.split())  # where a line is broken once, the sentence goes on
            if text and (tag not in {"li", "dt"} or is_sentence(text)):
                yield Unit(text, single=True, kind=kind)
