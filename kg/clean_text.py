"""Text as it is stored: what all offsets point into.

Unicode NFC, plain line ends and spaces, nothing invisible, what a wrong encoding broke mended (ftfy: Speer, "ftfy:
fixes text for you", 2019). Names keep their case and spelling, quotation marks their form. The same text always
gives the same, and cleaning it again changes nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

LINE_ENDS: Final = re.compile("\r\n?|\x0b|\u2028")
_BREAKS: Final = re.compile("\f|\u2029")
_SOFT_BREAK: Final = re.compile("\u00ad[^\\S\n]*\n[^\\S\n]*")
# Controls, zero-width signs, direction overrides and isolates, tags, non-characters: invisible, and XML forbids many.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u2060-\u2064\ufeff\u200e\u200f\u202a-\u202e"
    "\u2066-\u206f\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f]"
)
# Joiners, and signs that choose between pictures of a sign, say nothing behind Latin letters, digits, marks and
# spaces; within Arabic or Indic words and emoji they do, and stay.
_IDLE: Final = re.compile("(?:^|(?<=[\\s!-\u024f\u1e00-\u1eff\u2010-\u205e]))[\u200c\u200d\ufe00-\ufe0f]+")
_SPACES: Final = re.compile(r"[^\S\n]+")
_SIGNS: Final = str.maketrans(
    {
        **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", "ff fi fl ffi ffl st st".split(), strict=True)),  # how PDFs print the letters
        "\u2010": "-",  # hyphens, one of which does not break: compounds are cut at the plain one
        "\u2011": "-",
        "\u2044": "/",  # "1⁄2"
        "\uf0a7": "•",  # bullets of Wingdings and Symbol in PDFs
        "\uf0b7": "•",
    }
)

# What ftfy may mend holds two letters that stand for the first and a further byte of UTF-8: "Ã¼", "â€", and what
# Windows-1250, Windows-1251, Mac Roman and DOS make of them. Good text has such pairs too ("ö“"), so this only saves
# time: ftfy looks at 1,000 characters in 0.6 ms, this in 0.01.
_BROKEN: Final = re.compile(
    "[Â-ôŸ][\x80-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ÂÃ][ ?�]|[√├┬ĂăĹГРвТ‚¬Γ][^\x00-\x7f]|[\x80-\x9f]"
)
_ESCAPE: Final = re.compile("\x1b\\[[\\d;]*[A-Za-z]")
_ENTITY: Final = re.compile(r"&(?:amp;|#0*38;|#[xX]0*26;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROUNDS: Final = 4
"""How often text is cleaned until nothing changes; two are usual, as one mend may lay bare what needs the next."""


def clean(text: str, *, tabs: bool = False) -> str:
    """Encodings mended, NFC, ``\\n`` as the only line end, plain spaces, no invisible characters.

    Args:
        text: of any origin.
        tabs: keep them, one for each gap that has any, since they tell columns.

    >>> clean("M\\u00c3\\u00bcller &amp; S\\u00c3\\u00b6hne")
    'Müller & Söhne'
    """
    for _ in range(_ROUNDS):
        cleaned = _once(text, tabs)
        if cleaned == text:
            break
        text = cleaned
    return text


def mended(text: str) -> str:
    """Text whose letters a wrong encoding broke, put right; entities of HTML that were left over become characters."""
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if not text.isascii() and _BROKEN.search(text):
        text = "\n".join(_line(line) if _BROKEN.search(line) else line for line in text.split("\n"))
    return text


def _once(text: str, tabs: bool) -> str:
    text = mended(_ESCAPE.sub("", text))
    text = _BREAKS.sub("\n\n", LINE_ENDS.sub("\n", text))
    text = _INVISIBLE.sub("", _SOFT_BREAK.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _IDLE.sub("", text).translate(_SIGNS))
    if tabs and "\t" in text:
        return _SPACES.sub(lambda gap: "\t" if "\t" in gap[0] else " ", text)
    return _SPACES.sub(" ", text)


def _line(line: str) -> str:
    import ftfy  # noqa: PLC0415 - a tenth of a second that good text need not wait for
    from ftfy.fixes import fix_c1_controls  # noqa: PLC0415 - see above

    # Lone controls of Latin-1 are quotation marks and dashes of Windows-1252, as HTML 5 reads them.
    return fix_c1_controls(ftfy.fix_encoding(line, _settings()))


@lru_cache(maxsize=1)
def _settings() -> TextFixerConfig:
    """What ftfy may do: mend encodings. All else it offers is done here, or damages good text.

    Quotation marks stay curly, since articles are quoted; full-width letters stay, since names may be spelt so; other
    ligatures than f's stay, since "ĳ" and "ǆ" are letters of Dutch and Croatian names; entities are unescaped here,
    in one pass, where ftfy takes as many as "&amp;amp;amp;…" has.
    """
    from ftfy import TextFixerConfig  # noqa: PLC0415 - see _line

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def _character(entity: re.Match[str]) -> str:
    """The character that an entity names; the entity where it names none, or a letter that needs none."""
    name = entity[1]
    if name[0] != "#":
        return html5.get(f"{name};", entity[0])
    character = html.unescape(f"&{name};")
    plain = len(character) != 1 or "\ud800" <= character <= "\udfff" or (character.isascii() and character.isalnum())
    return entity[0] if plain else character
