"""The parts of a text: title, repeated title, sub-headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.asides import AGENCY, is_aside, is_byline, is_pointer, is_table, tail
from kg.notices import ends_report, is_about, is_rule
from kg.records import UNREAD, Block, BlockKind

HARD_WRAP: Final = 120  # a paragraph with a longer line is not hard-wrapped: each line stands for itself
TITLE_WORDS: Final = 25
HEADING_WORDS: Final = 8

_CLOSERS: Final = "\"'“”‘’«»›‹)]} "
_CONJUNCTION: Final = re.compile(r"(und|oder|bzw|sowie|and|or)\b")
_BULLET: Final = re.compile(r"(?:[•‣▪●◦*·]|[-–—])\s+(?=\S)")
_LOWER: Final = re.compile(r"[a-zäöüß]+\b(?![-'’.]?[A-ZÄÖÜ])")
_PAGE: Final = 8
"""Words of the shortest paragraph that may go on behind a page break; a heading has fewer (`HEADING_WORDS`)."""
_CELL: Final = 6
"""Words of the longest cell of a table; what is longer between tabs is text that was set with them."""

_CITY: Final = r"[A-ZÄÖÜ][\w.'’]*(?:[ /,-]{1,2}(?:[A-ZÄÖÜ][\w.'’]*|am|an der|im|de|of|und|and)){0,7}"
_DATE: Final = r"(?:\d{1,2}\. ?\w+(?: \d{4})?|\w+\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.\d{1,2}\.\d{2,4})"
_DASH: Final = r" ?(?:-{1,2}|–|—|:|\*\*\*)\s*"
DATELINE: Final = re.compile(
    # "Bonn (dpa) - ", "Helsinki, 13. Januar 2016 - ", "LONDON — "
    rf"(?:(?:{_CITY})?,? ?(?:{_DATE},? ?)?\((?i:{AGENCY})(?:[,/] ?(?i:{AGENCY}))?\)(?:{_DASH}|\s+(?=[A-ZÄÖÜ]))"
    rf"|{_CITY}, {_DATE}{_DASH}"
    rf"|{_CITY},? {_DATE} ?/(?i:{AGENCY})/ ?(?:-{{1,2}}|–|—) ?"
    r"|[A-ZÄÖÜ][A-ZÄÖÜ.'’]{2,}(?:[ /][A-ZÄÖÜ.'’]{2,}){0,3}(?:, [A-Z][A-Za-z.]{2,9})? ?(?:--|–|—) ?)(?=[\w„“\"«»‚'])"
)
"""Where an agency report was filed, by whom and when, as its first paragraph begins: no part of any sentence."""
_LONGEST_DATELINE: Final = 120
"""Letters that are searched for one: some 30 are usual, and a text of one endless word must not keep the search
for ever."""


FLASH: Final = re.compile(
    r"(?:\+{3} ?(?:[\w:.-]+(?: [\w-]+)? ?\+{3} ?)?|\*{3} ?"
    r"|(?:(?:EIL|EILMELDUNG|Eilmeldung|Eil|BREAKING|BREAKING NEWS|Breaking|Breaking news|EXCLUSIVE|KORREKTUR"
    r"|Korrektur|WDH"
    r"|ROUNDUP|UPDATE|Update|CORRECTED|REFILE|WRAPUP|Newsticker|NEWSTICKER)(?: \d)?"
    r"(?:,? \d{1,2}[.:]\d{2}(?: Uhr)?)?(?: ?:|-(?=[A-ZÄÖÜ„“\"]))\s*))+(?=[\w„“\"«»‚'])"
)
"""How wires and tickers mark news: "EIL: ", "UPDATE 2-", "+++ Eil +++ "; no part of the headline or sentence."""
_SITE: Final = re.compile(r" +[|»] [\w.&!-]+(?: [\w.&!-]+){0,3}$")
_LONGEST_SITE: Final = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text between breaks, before it is known what it is."""

    text: str
    single: bool  # stood on one line
    kind: BlockKind | None = None  # where the markup says so


def cut(text: str, title: str | None) -> Iterator[Unit]:
    """Cut plain text at empty lines, at list items and indented lines, and where a headline is followed by its own.

    A paragraph that a page break cut in two is one again, and text with an empty line behind each line is closed up.
    Tables, told by their tabs or numbers, come out as asides.

    Args:
        text: cleaned; tabs tell the columns of tables.
        title: the headline, where it is known.
    """
    return _rejoined(_cut(text, title))


def _cut(text: str, title: str | None) -> Iterator[Unit]:
    for number, group in enumerate(_groups(text.strip())):
        lines = group.split("\n")
        if number == 0:
            head, lines = _head(lines, title)
            yield from head
        if any(len(line) > HARD_WRAP for line in lines):
            yield from (Unit(" ".join(line.split()), single=True) for line in lines if line.strip())
        elif lines:
            yield from _wrapped(lines)


def _groups(text: str) -> list[str]:
    """The texts between empty lines; one, where an empty line follows each line of a hard-wrapped text.

    Such a text is known by lines that go on in lower case, as headlines and list items never do: a third of those
    behind an unfinished line. Among wrapped German lines it is about a half.
    """
    groups = re.split(r"\n\s*\n", text)
    if len(groups) < 6 or any("\n" in group or len(group) > HARD_WRAP for group in groups):
        return groups
    behind = [after for before, after in pairwise(groups) if not _ends_with(before, ".:!?…")]
    going_on = sum(_LOWER.match(line) is not None for line in behind)
    return ["\n".join(groups)] if 2 * len(behind) > len(groups) and 3 * going_on >= len(behind) else groups


def _head(lines: list[str], title: str | None) -> tuple[list[Unit], list[str]]:
    """The headline, its repetition and the byline that a text begins with, and the lines below."""
    stripped = [" ".join(line.split()) for line in lines]
    twice = len(lines) > 1 and _same(stripped[0], stripped[1])
    headline = title or (stripped[0] if twice else None)
    number = 0
    while headline and number < len(lines) and _same(stripped[number], headline):
        number += 1
    bylines = [n for n in range(number, min(number + 3, len(lines))) if is_byline(stripped[n])]
    if bylines and bylines[0] + 1 < len(lines):
        number = bylines[0] + 1
    return [Unit(line, single=True) for line in stripped[:number] if line], lines[number:]


def _wrapped(lines: list[str]) -> Iterator[Unit]:
    """The paragraphs, list items, asides and tables among hard-wrapped lines."""
    plain = [" ".join(line.split()) for line in lines]
    if _is_columns(lines) or is_table(plain):
        yield Unit("\n".join(plain), single=False, kind="aside")
        return
    bulleted = sum(_BULLET.match(line) is not None for line in plain) > 1 or plain[0].startswith("•")
    indented = _is_indented(lines)
    held: list[str] = []
    if len(plain) > 1 and is_about(plain[0]) and plain[1][:1].isupper():
        yield Unit(plain[0], single=True)
        lines, plain = lines[1:], plain[1:]
    for raw, line, after in zip(lines, plain, [*plain[1:], ""], strict=True):
        item = _BULLET.match(line) if bulleted else None
        aside = (not held or _ends_with(held[-1], ".!?…")) and not _LOWER.match(after) and is_aside(line)
        if held and (item or aside or (indented and raw[:1].isspace())):
            yield Unit(join_lines(held), single=len(held) == 1)
            held = []
        if aside:
            yield Unit(line, single=True)
        elif line:
            held.append(line[item.end() :] if item else line)
    if held:
        yield Unit(join_lines(held), single=len(held) == 1)


def _is_columns(lines: list[str]) -> bool:
    """Whether lines are rows of cells between tabs."""
    rows = [[cell.split() for cell in line.strip().split("\t") if cell.strip()] for line in lines]
    short = [row for row in rows if len(row) > 1 and all(len(cell) <= _CELL for cell in row)]
    return len(lines) > 1 and 3 * len(short) >= 2 * len(lines)


def _is_indented(lines: list[str]) -> bool:
    """Whether paragraphs begin with an indented line: some do, others do not, and before each a sentence ends."""
    begun = [n for n, line in enumerate(lines) if n and line[:1].isspace()]
    return 0 < len(begun) < len(lines) - 1 and all(_ends_with(lines[n - 1], ".!?…:") for n in begun)


def _rejoined(units: Iterable[Unit]) -> Iterator[Unit]:
    """Units in which a paragraph goes on that a page break cut amid a sentence, page numbers between them or not."""
    held: list[Unit] = []
    between: list[Unit] = []
    for unit in units:
        if held and _goes_on(held, unit):
            held.append(unit)
        elif held and unit.single and not is_rule(unit.text) and is_aside(unit.text):
            between.append(unit)
        else:
            yield from _one(held)
            yield from between
            held, between = [unit], []
    yield from _one(held)
    yield from between


def _one(pieces: list[Unit]) -> list[Unit]:
    return pieces if len(pieces) < 2 else [Unit(join_lines(piece.text for piece in pieces), single=False)]


def _goes_on(before: list[Unit], after: Unit) -> bool:
    last = before[-1]
    return (
        last.kind is after.kind is None
        and (last.text[-1:].isalpha() or last.text.endswith((",", "-")))
        and (len(before) > 1 or len(last.text.split()) >= _PAGE)
        and _LOWER.match(after.text) is not None
    )


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of a hard-wrapped paragraph with spaces.

    A hyphen at the end of a line is undone where the word goes on in lower case ("Zusammen-" +
    "arbeit"), and kept where it is part of the word ("US-" + "Regierung", "Ein-" + "und Ausfuhr").
    """
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        if len(last) > 1 and last[-1] == "-" and last[-2].isalpha() and line[:1].isalpha():
            if line[:1].islower() and _CONJUNCTION.match(line):
                joined.append(" ")
            elif line[:1].islower():
                joined[-1] = last[:-1]
        elif joined:
            joined.append(" ")
        joined.append(line)
    return "".join(joined)


def classify(units: list[Unit], title: str | None, authors: Iterable[str] = ()) -> list[tuple[BlockKind, str]]:
    """Tell title, repeated title, headings, paragraphs and asides apart.

    Args:
        units: of a text, in its order.
        title: the headline, where it is known.
        authors: names of the writers, where they are known.
    """
    aside = _asides(units, tuple(authors))
    if all(aside) and title is None:
        aside = [False] * len(units)  # better read than nothing
    parts: list[tuple[BlockKind, str]] = [("title", title)] if title is not None else []
    prose = [unit for unit, left_out in zip(units, aside, strict=True) if not left_out]
    if title is None and (prose[0].kind == "title" or (len(prose) > 1 and _is_title(prose[0], prose[1]))):
        title = prose[0].text
    else:
        prose = [Unit("", single=True), *prose]
    at_top = title is not None
    for unit, left_out in zip(units, aside, strict=True):
        if left_out:
            parts.append(("aside", unit.text))
        elif unit is prose[0]:
            parts.append(("title", unit.text))
        else:
            at_top = at_top and title is not None and _tells(unit.text, title)
            if at_top:
                parts.append(("repeat", unit.text))
            elif unit.kind is not None or (len(prose) > 2 and _is_heading(unit)):
                parts.append(("heading", unit.text))
            else:
                parts.append(("paragraph", unit.text))
    return parts


def _asides(units: list[Unit], authors: tuple[str, ...]) -> list[bool]:
    """For each unit, whether it is no part of the report: by its form, or by where it stands.

    Bylines stand above the first paragraph; below "Mehr zum Thema" stand the headlines of other reports.
    """
    found: list[bool] = []
    above = True
    listed = False
    ended = False
    for unit in units:
        text = unit.text
        ended = ended or ends_report(text)
        body = text[: tail(text)]
        finished = _ends_with(body, ".!?…:")
        left_out = unit.kind == "aside" or is_aside(text) or (above and is_byline(text, authors))
        caption = unit.kind is None and len(body) < len(text) and not finished and len(body.split()) <= TITLE_WORDS
        listed = is_pointer(text) or (
            listed and unit.kind is None and not finished and len(text.split()) <= TITLE_WORDS
        )
        found.append(left_out or listed or caption or ended)
        above = above and not (finished and len(text.split()) > HEADING_WORDS and not found[-1])
    return found


def place(parts: Iterable[tuple[BlockKind, str]]) -> tuple[Block, ...]:
    """Where each part lies in the text that joins them with empty lines; a dateline is left out of its paragraph.

    >>> place([("paragraph", "BERLIN (dpa) - Bosch hat Kuka verklagt.")])
    (Block(kind='paragraph', start=15, end=39),)
    """
    blocks = []
    start = 0
    for kind, text in parts:
        first, last = (0, len(text)) if kind in UNREAD else _body(kind, text)
        blocks.append(Block(kind, start + first, start + last))
        if last < len(text):
            behind = len(text) - len(text[last:].lstrip())
            blocks.append(Block("aside", start + behind, start + len(text)))
        start += len(text) + 2
    return tuple(blocks)


def _body(kind: BlockKind, text: str) -> tuple[int, int]:
    """Where a title or paragraph begins behind marks of the agency, and ends before credits or the site's name."""
    flash = FLASH.match(text)
    first = flash.end() if flash else 0
    if kind != "paragraph":
        site = _SITE.search(text[-_LONGEST_SITE:]) if kind == "title" else None
        return first, len(text) - (len(site[0]) if site else 0)
    dateline = DATELINE.match(text[first : first + _LONGEST_DATELINE])
    return first + (dateline.end() if dateline else 0), tail(text)


def _is_title(first: Unit, second: Unit) -> bool:
    if first.kind is not None:
        return False
    if _same(first.text, second.text):
        return True
    # A headline may well ask or shout, but no headline ends in a full stop.
    return first.single and len(first.text.split()) <= TITLE_WORDS and not _ends_with(_bare(first), ".:;,…")


def _is_heading(unit: Unit) -> bool:
    return unit.single and len(unit.text.split()) <= HEADING_WORDS and not _ends_with(_bare(unit), ".:;,…!?")


def _bare(unit: Unit) -> str:
    return unit.text[: tail(unit.text)]


def _ends_with(text: str, signs: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(signs))


def _same(one: str, other: str) -> bool:
    """Whether two lines say the same, whatever their case and spacing."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _tells(line: str, title: str) -> bool:
    """Whether a line repeats a title, which may have the site's name behind it or a word on the topic before it."""
    bare = _SITE.sub("", title)
    _, _, behind = bare.partition(": ")
    return any(_same(line, known) for known in (title, bare, behind) if known)
