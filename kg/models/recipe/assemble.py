"""Put the trained parts together and write the pipeline small: 16-bit weights, 8-bit vectors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language

from kg.models.tables import STEP
from kg.morphology import Lemmatizer, Morphology

META = {
    "name": "kg_news",
    "version": "1.0.0",
    "description": "Bundled pipeline of kg; scores and data in MODEL_CARD.md.",
    "license": "CC BY-SA 4.0",
    "performance": {},
}


def assemble(syntax: Path, names: Path, table: dict[str, str]) -> Language:
    """One pipeline of the trained syntax, the trained names and the lemma table.

    Names come before syntax: both read what ``kg_morphology`` wrote, and syntax overwrites some.
    """
    nlp = spacy.load(syntax)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    others = spacy.load(names)
    features, wanted = nlp.get_pipe("kg_morphology"), others.get_pipe("kg_morphology")
    assert isinstance(features, Morphology) and isinstance(wanted, Morphology)
    features.names, features.clusters = wanted.names, wanted.clusters
    nlp.get_pipe_config("kg_morphology").update(names=None, forms=None, clusters=None)
    nlp.add_pipe("ner", source=others, after="kg_morphology")
    lemmatizer = nlp.add_pipe("kg_lemmatizer", config={"language": nlp.lang})
    assert isinstance(lemmatizer, Lemmatizer)
    lemmatizer.table = table
    return nlp


def halved(value: object) -> object:
    """The same structure with 16-bit floats for 32-bit ones."""
    if isinstance(value, np.ndarray) and value.dtype == np.float32:
        return value.astype(np.float16)
    if isinstance(value, dict):
        return {key: halved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [halved(inner) for inner in value]
    return value


def pack(nlp: Language, folder: Path) -> None:
    """Narrow all weights and vectors of a pipeline on disk; ``kg_lemmatizer`` widens them again.

    The words of the training texts go too: only the labels must be known when it is loaded.
    """
    for path in folder.glob("*/model"):
        srsly.write_msgpack(path, halved(srsly.read_msgpack(path)))
    strings = folder / "vocab" / "strings.json"
    kept = set(spacy.blank(str(nlp.lang)).vocab.strings)
    kept.update(*(getattr(pipe, "labels", ()) for _, pipe in nlp.pipeline))
    strings.write_text(json.dumps(sorted(kept), ensure_ascii=False) + "\n", encoding="utf-8")
    vectors = folder / "vocab" / "vectors"
    if vectors.exists() and nlp.vocab.vectors.size:
        data = np.load(vectors)
        step = float(np.abs(data).max()) / 127 or 1.0
        with vectors.open("wb") as out:
            np.save(out, np.rint(data / step).astype(np.int8))
        (folder / "kg_lemmatizer" / STEP).write_text(f"{step!r}\n", encoding="utf-8")


def write(nlp: Language, folder: Path) -> Path:
    """Write a pipeline small."""
    shutil.rmtree(folder, ignore_errors=True)
    nlp.meta.update(META)
    nlp.to_disk(folder)
    pack(nlp, folder)
    return folder


def replace(fresh: Path, folder: Path) -> None:
    """Rename ``fresh`` to ``folder``, whatever stood there before."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
