"""Inflected forms with what they may stand for, from LanguageTool's dictionary, in a small table.

``Verträge`` may be nominative, accusative or genitive plural, masculine: HanTa doesn't say so, and
a parser that must tell subjects from objects wants to know. Forms that the raw text has seldom or
never are left out; ``kg_morphology`` looks compounds up by their last part.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kg.models.recipe.trees import open_text
from kg.models.tables import packed_forms

LEAST = 3
DROPPED = frozenset({"SFT", "NON", "NEB", "TRA", "AUX", "MOD"})


def reading(tag: str) -> str | None:
    """A tag of the dictionary in short: ``SUB:NOM:PLU:MAS`` → ``NMPN``; None if it doesn't help."""
    kind, *rest = tag.split(":")
    if kind in {"SUB", "EIG", "ADJ"} and len(rest) > 2:
        case, number, gender = rest[:3]
        return f"{'A' if kind == 'ADJ' else 'N'}{gender[0]}{number[0]}{case[0]}"
    if kind in {"PA1", "PA2"}:
        return kind
    if kind == "VER":
        return "V" + "".join(part[:3].capitalize() for part in rest if part not in DROPPED)
    return None


def frequencies(text: Path) -> Counter[str]:
    """How often each word stands in a tokenized text."""
    counts: Counter[str] = Counter()
    for line in open_text(text):
        counts.update(line.split())
    return counts


def table(dictionary: Path, counts: Counter[str]) -> dict[str, str]:
    """Form → its readings in one string, for the forms that occur often enough."""
    found: dict[str, set[str]] = {}
    for line in open_text(dictionary):
        form, _, tags = line.rstrip("\n").split("\t")
        if counts[form] >= LEAST:
            readings = {short for tag in tags.split() if (short := reading(tag))}
            found.setdefault(form, set()).update(readings)
    return {form: ",".join(sorted(readings)) for form, readings in found.items() if readings}


def build(dictionary: Path, text: Path, path: Path) -> int:
    """Write the table for the words of a tokenized text; the number of its forms."""
    forms = table(dictionary, frequencies(text))
    path.write_bytes(packed_forms(forms))
    return len(forms)
