"""Floret vectors from raw text: sub-word vectors in a table of fixed, small size."""

from __future__ import annotations

import random
from pathlib import Path

import spacy
from spacy.training.initialize import convert_vectors

from kg.models.recipe.trees import open_text

DIM, BUCKETS, EPOCHS = 100, 30_000, 6
NGRAMS = (3, 5)
SCALE = 8.0
"""Divisor that brings the vectors near the size of the other embeddings: raw floret vectors are
some twenty times larger and drown them (UPOS +0.8, LAS +1.3, NER +1.4 after 200–600 steps)."""


def tokenized(raw: Path, language: str, out: Path) -> Path:
    """The raw text in spaCy's words, a sentence a line, without empty lines and heading marks."""
    tokenize = spacy.blank(language).tokenizer
    with out.open("w", encoding="utf-8") as lines:
        for line in open_text(raw):
            words = [t.text for t in tokenize(line.strip().lstrip("= ")) if not t.is_space]
            if words:
                lines.write(" ".join(words) + "\n")
    return out


def train(text: Path, out: Path) -> Path:
    """Train floret (CBOW, one thread: the same text gives the same vectors)."""
    import floret  # noqa: PLC0415  # needed here only, not a dependency of the package

    random.seed(0)
    shortest, longest = NGRAMS
    model = floret.train_unsupervised(
        str(text),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        minn=shortest,
        maxn=longest,
        minCount=5,
        dim=DIM,
        lr=0.05,
        epoch=EPOCHS,
        ws=5,
        neg=10,
        thread=1,
        verbose=0,
    )
    model.save_floret_vectors(str(out))
    return out


def for_spacy(floret_table: Path, language: str, out: Path) -> Path:
    """Make the vectors ready for ``[paths] vectors`` and scale them."""
    nlp = spacy.blank(language)
    convert_vectors(nlp, floret_table, truncate=0, prune=-1, mode="floret")
    nlp.vocab.vectors.data = nlp.vocab.vectors.data / SCALE
    nlp.to_disk(out)
    return out


def build(raw: Path, language: str, out: Path) -> Path:
    """All steps: raw text to a folder that spaCy reads vectors from."""
    folder = out / "vectors"
    if not (folder / "config.cfg").exists():
        text = tokenized(raw, language, out / "raw.txt")
        for_spacy(train(text, out / "raw.floret"), language, folder)
    return folder
