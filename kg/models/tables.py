"""The small tables and narrow numbers that the bundled pipelines are stored with."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language

NAMES = "names.tsv.gz"
FORMS = "forms.tsv.gz"
FORMS_CREDIT = """# What inflected forms may stand for: case, number, gender; person, number, tense.
# Source: LanguageTool german-pos-dict, CC BY-SA 4.0; only frequent forms.
"""
CREDIT = """# Words of names and the lists that hold them, a feature of this pipeline.
# Sources: LanguageTool german-pos-dict (CC BY-SA 4.0), mledoze/countries and
# dr5hn/countries-states-cities-database (ODbL 1.0), i18n-nationality (MIT),
# osmlab/name-suggestion-index (BSD-3), US census (English). Distributed under ODbL 1.0 and CC BY-SA 4.0.
"""
CLUSTERS = "clusters.tsv.gz"
CLUSTERS_CREDIT = """# Brown clusters of words. Source: spacy-lookups-data (MIT, Explosion); only frequent words.
"""
STEP = "vector-step.txt"
"""The file with the step between two values of the 8-bit vectors."""


def read_names(path: Path) -> dict[str, str]:
    """Words of names with the lists that hold them: ``{"Merkel": "NAC"}``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        return dict(rows)


def read_classes(path: Path) -> dict[str, str]:
    """Words with their class: ``{"Verträge": "NMPA,NMPG,NMPN"}``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return {form: readings for readings, forms in rows for form in forms.split(" ")}


def packed_classes(forms: Mapping[str, str], credit: str) -> bytes:
    """A table of words with their class as a packed file: a line of words for each class."""
    grouped: dict[str, list[str]] = {}
    for form, readings in sorted(forms.items()):
        grouped.setdefault(readings, []).append(form)
    text = "".join(f"{readings}\t{' '.join(same)}\n" for readings, same in sorted(grouped.items()))
    return gzip.compress((credit + text).encode(), 9, mtime=0)


def packed_names(names: Mapping[str, str]) -> bytes:
    """The table of names as a packed file, without the time: the same table is the same file."""
    text = "".join(f"{word}\t{kind}\n" for word, kind in sorted(names.items()))
    return gzip.compress((CREDIT + text).encode(), 9, mtime=0)


def name_class(word: str, names: Mapping[str, str]) -> str:
    """The lists that hold a word, its form without -s, or (marked ``-``) its first part."""
    found = names.get(word)
    if found is None and word.endswith("s") and len(word) > 4:
        found = names.get(word[:-1])
    if found is None and "-" in word[1:]:
        first = word.partition("-")[0]
        found = f"{names[first]}-" if first in names else "-"
    return found or ""


def cluster(word: str, clusters: Mapping[str, str]) -> str:
    """The cluster of a word, else of its form without -s, else of its last part after a hyphen."""
    found = clusters.get(word)
    if found is None and word.endswith("s"):
        found = clusters.get(word[:-1])
    if found is None and "-" in word:
        found = clusters.get(word.rpartition("-")[2])
    return found or ""


def widen(nlp: Language, step: float = 1.0) -> None:
    """Make 32-bit floats of what a pipeline was written with: 16-bit weights, 8-bit vectors."""
    vectors = nlp.vocab.vectors
    if vectors.data.dtype != "float32":
        vectors.data = vectors.data.astype("float32") * step
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            for name in node.param_names:
                if node.has_param(name) and node.get_param(name).dtype == "float16":
                    node.set_param(name, node.get_param(name).astype("float32"))
