"""The parts of a text: title, repeated title, sub-headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.records import Block, BlockKind

HARD_WRAP: Final = 120  # a paragraph with a longer line is not hard-wrapped: each line stands for itself
TITLE_WORDS: Final = 25
HEADING_WORDS: Final = 8

_CLOSERS: Final = "\"'“”‘’«»›‹)]} "
_CONJUNCTION: Final = re.compile(r"(und|oder|bzw|sowie|and|or)\b")


_AGENCY: Final = (
    r"(?:dpa|afp|reuters|rtr|ap|apa|ots|sda|sid|epd|kna|ddp|dapd|awp|pts|upi|pti|pa|aap|anp|efe|ansa|belga|tass|itar-tass"
    r"|interfax|kyodo|xinhua|yonhap|irna|ritzau|dow jones|bloomberg|cnn|cnbc|ap photo|associated press|marketwired"
    r"|business wire|businesswire|globe newswire|globenewswire|pr newswire|prnewswire|newsfile corp\.?|news aktuell"
    r"|mynewsdesk|presseportal|eigener bericht)(?:[-/ ][\w.]+){0,2}"
)
_CITY: Final = r"[A-ZÄÖÜ][\w.'’]*(?:[ /,-]{1,2}(?:[A-ZÄÖÜ][\w.'’]*|am|an der|im|de|of|und|and)){0,7}"
_DATE: Final = r"(?:\d{1,2}\. ?\w+(?: \d{4})?|\w+\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.\d{1,2}\.\d{2,4})"
_DASH: Final = r" ?(?:-{1,2}|–|—|:|\*\*\*)\s*"
DATELINE: Final = re.compile(
    # "Bonn (dpa) - ", "Helsinki, 13. Januar 2016 - ", "LONDON — "
    rf"(?:(?:{_CITY})?,? ?(?:{_DATE},? ?)?\((?i:{_AGENCY})(?:[,/] ?(?i:{_AGENCY}))?\)(?:{_DASH}|\s+(?=[A-ZÄÖÜ]))"
    rf"|{_CITY}, {_DATE}{_DASH}"
    r"|[A-ZÄÖÜ][A-ZÄÖÜ.'’]{2,}(?:[ /][A-ZÄÖÜ.'’]{2,}){0,3} ?(?:--|–|—) ?)(?=[\w„“\"«»‚'])"
)
"""Where an agency report was filed, by whom and when, as its first paragraph begins: no part of any sentence."""
_LONGEST_DATELINE: Final = 120
"""Letters that are searched for one: some 30 are usual, and a text of one endless word must not keep the search
for ever."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text between breaks, before it is known what it is."""

    text: str
    single: bool  # stood on one line
    kind: BlockKind | None = None  # where the markup says so


def cut(text: str, title: str | None) -> Iterator[Unit]:
    """Cut plain text at empty lines, and where a headline is followed by its own repetition."""
    for number, group in enumerate(re.split(r"\n\s*\n", text.strip())):
        lines = [line.strip() for line in group.split("\n")]
        if number == 0:
            twice = len(lines) > 1 and _same(lines[0], lines[1])
            headline = title or (lines[0] if twice else None)
            while headline and lines and _same(lines[0], headline):
                yield Unit(lines.pop(0), single=True)
        if any(len(line) > HARD_WRAP for line in lines):
            for line in lines:
                yield Unit(line, single=True)
        elif lines:
            yield Unit(join_lines(lines), single=len(lines) == 1)


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of a hard-wrapped paragraph with spaces.

    A hyphen at the end of a line is undone where the word goes on in lower case ("Zusammen-" +
    "arbeit"), and kept where it is part of the word ("US-" + "Regierung", "Ein-" + "und Ausfuhr").
    """
    joined = ""
    for line in lines:
        if not joined:
            joined = line
        elif len(joined) > 1 and joined[-1] == "-" and joined[-2].isalpha() and line[:1].isalpha():
            if not line[:1].islower():
                joined += line
            elif _CONJUNCTION.match(line):
                joined += " " + line
            else:
                joined = joined[:-1] + line
        else:
            joined += " " + line
    return joined


def classify(units: list[Unit], title: str | None) -> list[tuple[BlockKind, str]]:
    """Tell title, repeated title, headings and paragraphs apart."""
    first = units[0]
    if title is None and (first.kind == "title" or (len(units) > 1 and _is_title(first, units[1]))):
        title = first.text
        units = units[1:]
    parts: list[tuple[BlockKind, str]] = [("title", title)] if title is not None else []
    at_top = title is not None
    for unit in units:
        at_top = at_top and title is not None and _same(unit.text, title)
        if at_top:
            parts.append(("repeat", unit.text))
        elif unit.kind is not None or (len(units) > 1 and _is_heading(unit)):
            parts.append(("heading", unit.text))
        else:
            parts.append(("paragraph", unit.text))
    return parts


def place(parts: Iterable[tuple[BlockKind, str]]) -> tuple[Block, ...]:
    """Where each part lies in the text that joins them with empty lines; a dateline is left out of its paragraph.

    >>> place([("paragraph", "BERLIN (dpa) - Bosch hat Kuka verklagt.")])
    (Block(kind='paragraph', start=15, end=39),)
    """
    blocks = []
    start = 0
    for kind, text in parts:
        dateline = DATELINE.match(text[:_LONGEST_DATELINE]) if kind == "paragraph" else None
        blocks.append(Block(kind, start + (dateline.end() if dateline else 0), start + len(text)))
        start += len(text) + 2
    return tuple(blocks)


def _is_title(first: Unit, second: Unit) -> bool:
    if first.kind is not None:
        return False
    if _same(first.text, second.text):
        return True
    # A headline may well ask or shout, but no headline ends in a full stop.
    return first.single and len(first.text.split()) <= TITLE_WORDS and not _ends_with(first.text, ".:;,…")


def _is_heading(unit: Unit) -> bool:
    return unit.single and len(unit.text.split()) <= HEADING_WORDS and not _ends_with(unit.text, ".:;,…!?")


def _ends_with(text: str, signs: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(signs))


def _same(one: str, other: str) -> bool:
    """Whether two lines say the same, whatever their case and spacing."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
