"""German past participles that stand before a noun: "die von X geleitete Firma"."""

from __future__ import annotations

from typing import Final

from kg.morphology import lemma

_ENDINGS: Final = ("en", "er", "es", "em", "e")
_INSEPARABLE: Final = ("be", "emp", "ent", "er", "ge", "miss", "über", "unter", "ver", "wider", "zer", "durch", "um")
_ADJECTIVES: Final = frozenset({"bekannt", "beliebt", "bereit", "berühmt", "verwandt", "vertraut", "entfernt"})
"""Adjectives that look like participles of verbs that mean something else."""


def participle_of(word: str) -> str:
    """The infinitive whose past participle an inflected adjective is, "" if it is none.

    >>> participle_of("geleiteten"), participle_of("übernommene"), participle_of("hergestellte")
    ('leiten', 'übernehmen', 'herstellen')
    >>> participle_of("größten"), participle_of("bekannte"), participle_of("neuen")
    ('', '', '')
    """
    lower = word.lower()
    stem = next((lower.removesuffix(e) for e in _ENDINGS if lower.endswith(e) and len(lower) > len(e) + 3), lower)
    if not stem.endswith(("t", "n")) or stem in _ADJECTIVES:
        return ""
    if stem.endswith("gelegen"):
        return "liegen"  # taken for "legen"
    verb = lemma(stem, "VV(PP)").lower()
    if not verb.endswith("n") or verb == stem:
        return ""
    return verb if "ge" in stem or stem.endswith("iert") or stem.startswith(_INSEPARABLE) else ""
