"""Bytes to text: by the mark at their start, as UTF-8, or else by a guess that must be a sure one."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import InputError

_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_OLD: Final = ("cp1252", "cp850", "mac_roman", "iso8859_15", "cp1250")
"""What German and English news was written in before UTF-8, the most usual first."""
_GUESSED: Final = 1 << 16  # bytes that a guess looks at: a longer sample changed none of those tried, and takes longer

_EXPECTED: Final = frozenset(
    "äöüßàáâãåæçèéêëìíîïñòóôõøœùúûýÿšžčćÄÖÜÀÁÂÅÆÇÈÉÊËÍÎÏÑÓÔØŒÚŠŽČĆ\xa0\xad€£¥¢§°²³¹ª·•©®™†±×÷µ½¼¾«»‹›„“”‚‘’´–—…¡¿"
)
"""The signs outside ASCII that stand in German and English news, names from elsewhere in Europe included."""
_FEW: Final = 3  # of so many signs one at most is outside ASCII: of German ones one in thirty, of Japanese ones all
_ODD: Final = re.compile(
    # A wrong guess makes signs, or capitals, of the letters within a word: "M„rz", "MŸnchen", "StraŠe".
    "[a-zß-ÿ][À-ÞŠŽŒŸČĆ]|[A-Za-z][^\x00-\x7fÀ-ÖØ-öø-ÿŠšŽžŒœŸČčĆć\xa0\xad’‘´–—…·°™®©²³][A-Za-z]"
)


def marked(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of the data tells."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, source: str, line: int | None = None) -> str:
    """The text that bytes stand for.

    Args:
        data: with or without a byte order mark.
        source, line: the place, for messages.

    Raises:
        InputError: they are no text, or no encoding fits for sure.
    """
    if (name := marked(data)) and name != "utf-8-sig":
        try:
            return data.decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError:
            problem = f"begins like {name.upper()}, but is not"
            raise InputError(problem, path=source, line=line, hint="save it as UTF-8") from None
    if b"\x00" in data:
        hint = "if it is a text, save it as UTF-8"
        raise InputError("is a binary file, not text", path=source, line=line, hint=hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if (joined := _joined(data, source, line)) is not None:
            return joined
        if (guess := _guess(data)) is not None:
            return guess
        place = line if line is not None else data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"is not UTF-8: byte 0x{data[error.start]:02x}",
            path=source,
            line=place,
            hint="convert it: iconv -f WINDOWS-1252 -t UTF-8",
        ) from None


def _joined(data: bytes, source: str, line: int | None) -> str | None:
    """The text of UTF-8 with surrogates in it, as some databases write signs in two halves (CESU-8); else None.

    Raises:
        InputError: one half is missing.
    """
    try:
        halves = data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        return None
    try:
        return halves.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        problem = "holds half a character (a lone surrogate)"
        raise InputError(problem, path=source, line=line, hint="save it as UTF-8") from None


def as_utf8(data: bytes, encoding: str) -> bytes:
    """Text in an encoding that was stated from outside, as UTF-8 with its mark, which nothing within overrides.

    Bytes that are no such text come back as they are.
    """
    try:
        if marked(data):
            return data
        return b"\xef\xbb\xbf" + data.decode(encoding).encode()
    except (LookupError, UnicodeError):
        return data


def _guess(data: bytes) -> str | None:
    """The text in the encoding of former times that makes sense of it; None where none surely does."""
    if (text := _plausible(data, "cp1252")) is not None:
        return text
    from charset_normalizer import from_bytes  # noqa: PLC0415 (most texts are UTF-8)

    start = next((i for i, byte in enumerate(data) if byte > 0x7F), 0)
    sample = data[max(0, start - _GUESSED // 2) :][:_GUESSED]
    for match in from_bytes(sample, cp_isolation=list(_OLD)):
        if (text := _plausible(data, match.encoding)) is not None:
            return text
    return None


def _plausible(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    outside = [sign for sign in text if ord(sign) > 0x7F]
    is_sound = len(outside) * _FEW <= len(text) and _EXPECTED.issuperset(outside)
    return text if is_sound and not _ODD.search(text) else None
