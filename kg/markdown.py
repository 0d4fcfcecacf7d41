"""Markdown to plain text: the marks go, the words and the levels stay.

Only what news texts use is known: headings, lists, quotes, links, images, emphasis, code, HTML
tags and comments, and a front matter of ``key: value`` lines. Every pattern is linear in the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, Literal

Kind = Literal["title", "heading"]

_COMMENT: Final = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_HEADING: Final = re.compile(r"#{1,6}\s+(?P<text>.*?)[\s#]*$")
_UNDERLINE: Final = re.compile(r"(=+|-{2,})\s*$")
_RULE: Final = re.compile(r"([-*_])(\s*\1){2,}\s*$")
_BULLET: Final = re.compile(r"([-*+•]|1[.)])\s+")
_NUMBER: Final = re.compile(r"\d{1,3}[.)]\s+")
_FENCE: Final = re.compile(r"(```|~~~)")
_DEFINITION: Final = re.compile(r"\[[^\[\]]+\]:\s*\S+")
_INLINE: Final = (
    (re.compile(r"!\[[^\[\]]*\]\([^()]*(?:\([^()]*\)[^()]*)?\)"), ""),
    (re.compile(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"\[\^[^\[\]]+\]"), ""),
    (re.compile(r"<(https?://[^<>\s]*)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(?<!\\)`([^`]+)`"), r"\1"),
    (re.compile(r"(?<!\\)\*\*(?=\S)([^*]+)\*\*"), r"\1"),
    (re.compile(r"(?<!\\)\*(?=\S)([^*]+)\*"), r"\1"),
    (re.compile(r"(?<![\w\\])__(?=\S)([^_]+)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=\S)([^_]+)_(?!\w)"), r"\1"),
    (re.compile(r"~~([^~]+)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split off ``key: value`` lines between two ``---`` lines at the very top.

    Returns:
        the pairs (none if there is no front matter) and the text below. A list, a ``- value`` to a line below its
        key, comes as one value with semicolons between.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        return {}, text
    end = next(i for i, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    pairs: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    last = ""
    for line in lines[1:end]:
        key, colon, value = line.partition(":")
        if line.strip().startswith("- ") and not pairs.get(last, "-"):
            lists.setdefault(last, []).append(line.strip()[2:].strip().strip("\"'"))
        elif colon and key.strip().isidentifier():
            last = key.strip()
            pairs[last] = value.strip().strip("\"'")
    pairs |= {key: "; ".join(values) for key, values in lists.items()}
    if not pairs:
        return {}, text
    return pairs, "\n".join(lines[end + 1 :])


def units(text: str) -> Iterator[tuple[list[str], Kind | None]]:
    """Cut Markdown into its blocks.

    Yields:
        the plain lines of the block, with ``"title"`` for a heading before all other text,
        ``"heading"`` for the later ones, None for anything else.
    """
    anything = False
    for lines, is_heading in _groups(_COMMENT.sub("", text)):
        plain = [words for words in map(inline, lines) if words]
        if not plain:
            continue
        kind: Kind | None = None
        if is_heading:
            kind = "heading" if anything else "title"
        anything = True
        yield plain, kind


def inline(text: str) -> str:
    """A line without emphasis, links, images, code marks, tags and entities."""
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    return " ".join(html.unescape(text).split())


def _groups(text: str) -> Iterator[tuple[list[str], bool]]:
    """The lines of each block, with whether the block is a heading."""
    held: list[str] = []
    fenced = listed = False
    for raw in [*text.split("\n"), ""]:
        line = raw.strip().removeprefix("> ").removeprefix(">")
        if _FENCE.match(line):
            fenced = not fenced
            line = ""
        if fenced:
            line = ""
        heading = _HEADING.match(line)
        # A number in the middle of a paragraph is a date that was wrapped: "am / 5. Juni".
        item = _BULLET.match(line) or (_NUMBER.match(line) if listed or not held else None)
        if len(held) == 1 and _UNDERLINE.match(line):
            yield held, True
            held = []
        elif heading:
            yield held, False
            yield [heading["text"]], True
            held = []
        elif not line or line.startswith("|") or _RULE.match(line) or _DEFINITION.match(line):
            yield held, False
            held, listed = [], False
        elif item:
            yield held, False
            held, listed = [line[item.end() :]], True
        else:
            held.append(line)
    yield held, False
