"""Text as it is stored: what all offsets point into.

Unicode NFC, plain line ends and spaces, no soft hyphens, nothing invisible. The same text always gives the same.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LINE_ENDS: Final = re.compile("\r\n?|\x0b|\x85|\u2028")
_BREAKS: Final = re.compile("\f|\u2029")
_SOFT_BREAK: Final = re.compile("\u00ad[^\\S\n]*\n[^\\S\n]*")
# Controls, zero-width signs, direction overrides and non-characters: invisible, and XML forbids many.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_SPACES: Final = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """NFC, ``\\n`` as the only line end, plain spaces, no invisible characters."""
    text = _BREAKS.sub("\n\n", LINE_ENDS.sub("\n", text))
    text = _INVISIBLE.sub("", _SOFT_BREAK.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))
