"""Inflected forms with what they may stand for, from LanguageTool's dictionary, in a small table.

``Verträge`` may be nominative, accusative or genitive plural, masculine: HanTa doesn't say so, and
a parser that must tell subjects from objects wants to know. Forms that the raw text has seldom or
never are left out; ``kg_morphology`` looks compounds up by their last part.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

from kg.models.recipe.trees import open_text
from kg.models.tables import CLUSTERS_CREDIT, FORMS_CREDIT, packed_classes

LEAST = 3
MOST = 120_000
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


def build(dictionary: Path, counts: Counter[str], path: Path) -> int:
    """Write the table for the words that a text has; the number of its forms."""
    forms = table(dictionary, counts)
    path.write_bytes(packed_classes(forms, FORMS_CREDIT))
    return len(forms)


def clusters(language: str, counts: Counter[str] | None, path: Path) -> int:
    """Write Brown clusters for the words that the text has, else the first of the list.

    They come with the package spacy-lookups-data, needed here only.
    """
    source = files("spacy_lookups_data") / "data" / f"{language}_lexeme_cluster.json.gz"
    known: dict[str, int] = json.loads(gzip.decompress(source.read_bytes()))
    sure = [word for word, number in known.items() if number and not set("\t\n ") & set(word)]
    kept = [word for word in sure if counts[word] >= LEAST] if counts else sure[:MOST]
    path.write_bytes(packed_classes({word: str(known[word]) for word in kept}, CLUSTERS_CREDIT))
    return len(kept)
