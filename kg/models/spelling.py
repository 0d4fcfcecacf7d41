"""Upper and lower case of base forms, and names without their genitive."""

from __future__ import annotations

ABBREVIATION = 5
HISSING = ("ss", "us", "is", "os", "as", "es", "ys", "x", "z", "ß")


def respell(base: str, word: str) -> str:
    """Give the start that a base form shares with its word the word's own upper and lower case.

    The first letter is left as the base form has it: HanTa knows what is written upper case.
    Long words all in capitals lose them; short ones are taken for abbreviations.
    """
    if word.isupper() and len(word) > ABBREVIATION:
        return base
    shared = 0
    for a, b in zip(base.lower(), word.lower(), strict=False):
        if a != b:
            break
        shared += 1
    first = word[:1] if word.isupper() else base[:1]
    return first + word[1:shared] + base[max(shared, 1) :]


def name_form(word: str, case: str, language: str = "de") -> str:
    """A name without its genitive -s where that is sure; else as it stands."""
    if language != "de":
        return word
    if word.endswith(("'s", "’s")):
        return word[:-2]
    stem = word[:-1]
    if case != "Gen" or not word.endswith("s") or word.isupper():
        return word
    short = len(word) < 5 and not stem.isupper()
    return word if short or (word.endswith(HISSING) and not word.endswith("eis")) else stem
