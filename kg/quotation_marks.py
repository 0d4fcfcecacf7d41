"""Quotation marks of all kinds, brought to the kind that the pipelines know best: for parsing alone.

„…“ »…« «…» “…” ‘…’ ``…'' mean the same, but pipelines learned from text that has one kind for the most part. A sign
is exchanged for a sign, so that all offsets stay; the article's text is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_BEST: Final[Mapping[str, tuple[str, str]]] = {"de": ("„", "“"), "en": ('"', '"')}
"""Opening and closing mark by language: texts rewritten to one kind each kept most of their statements with these."""

MARKS: Final = frozenset([*'"„“”»«‚‘›‹', "``", "''"])
"""Every mark as a word of a sentence; the apostrophe, which may close, is none."""

_BEFORE: Final = r"(?:^|(?<=[\s(\[{–—/-]))"  # where a mark that is followed by a word opens
_DOUBLE: Final = '"„“”‟»«'
_OPENING: Final = re.compile(rf"{_BEFORE}[{_DOUBLE}](?=[^\s{_DOUBLE}])")
_CLOSING: Final = re.compile(rf"(?<=[^\s{_DOUBLE}])[{_DOUBLE}](?!\w)")
_TYPED: Final = (
    (re.compile(rf"{_BEFORE}(?:``|,,|'')(?=\w)"), 0),
    (re.compile(r"(?<=[^\s'])''(?![\w'])"), 1),
)
"""Two signs for one mark, as typewriters have them."""
_SINGLE: Final[Mapping[str, re.Pattern[str]]] = {
    "de": re.compile(r"(?<!\w)‚([^‚‘\n]{1,600})‘(?!\w)|(?<!\w)[›‹]([^‹›\n]{1,600})[‹›](?!\w)"),
    # A mark behind a letter may be an apostrophe ("the workers’ union"), so only whole sentences are told by these.
    "en": re.compile(
        r"(?<!\w)‘([^‘\n]{2,600}?[,.!?…])’(?!\w)|(?<!\w)(?:[›‹]([^‹›\n]{1,600})[‹›]|‚([^‚‘\n]{1,600})‘)(?!\w)"
    ),
}
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])[´`](?=[^\W\d_])")


def alike(text: str, language: str) -> str:
    """The text with one kind of quotation marks, sign for sign.

    Args:
        text: a paragraph.
        language: ``de`` or ``en``.

    >>> alike("»Wir kaufen Kuka«, sagte er der «Zeit».", "de")
    '„Wir kaufen Kuka“, sagte er der „Zeit“.'
    >>> alike("“We bought Kuka,” he said.", "en")
    '"We bought Kuka," he said.'
    """
    opening, closing = _BEST.get(language, ("", ""))
    if not opening:
        return text
    text = _APOSTROPHE.sub("'", text)
    doubled = _TYPED[0][0].sub(f" {opening}", text)
    if doubled != text:
        text = _TYPED[1][0].sub(f"{closing} ", doubled)
    if not any(sign in text for sign in _DOUBLE):
        text = _SINGLE[language].sub(lambda found: f"{opening}{found[found.lastindex or 0]}{closing}", text)
    return _CLOSING.sub(closing, _OPENING.sub(opening, text))
