"""Corpora with named entities → spaCy documents."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span
from spacy.training import biluo_tags_to_spans, iob_to_biluo
from spacy.vocab import Vocab

from kg.models.recipe.trees import blocks, open_text

Tagged = tuple[tuple[str, ...], tuple[str, ...]]

NO_SPACE_BEFORE = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "}", "…", "%", "'s", "’s", "“", "«", "''"})
NO_SPACE_AFTER = frozenset({"(", "[", "{", "„", "»", "``", "$", "€"})


def germeval(path: Path) -> Iterator[Tagged]:
    """GermEval 2014, the outer spans; OTH is called MISC."""
    for rows in blocks(open_text(path)):
        kept = [row for row in rows if row[0].isdigit()]
        yield tuple(r[1] for r in kept), tuple(r[2].replace("OTH", "MISC") for r in kept)


def columns(path: Path, word: int, label: int, separator: str | None = None) -> Iterator[Tagged]:
    """Any CoNLL-like file: the columns that hold word and IOB label."""
    for rows in blocks(open_text(path)):
        kept = [row[0].split(separator) if len(row) == 1 else row for row in rows]
        kept = [row for row in kept if len(row) > max(word, label) and row[0] != "-DOCSTART-"]
        if kept:
            yield tuple(r[word] for r in kept), tuple(r[label] for r in kept)


def of_genres(path: Path, genres: tuple[str, ...], word: int, label: int) -> Iterator[Tagged]:
    """The sentences of a corpus whose ``sent_id`` starts with one of some genres."""
    wanted = False
    kept: list[str] = []
    for line in open_text(path):
        if line.startswith("# sent_id = "):
            wanted = line.removeprefix("# sent_id = ").startswith(genres)
        elif wanted and not line.startswith("#"):
            kept.append(line)
    for rows in blocks(kept):
        yield tuple(r[word] for r in rows), tuple(r[label] for r in rows)


def renamed(tagged: Iterable[Tagged], labels: dict[str, str]) -> Iterator[Tagged]:
    """Rename entity labels; those not in ``labels`` become O."""
    for words, tags in tagged:
        found = []
        for tag in tags:
            start, _, label = tag.partition("-")
            found.append(f"{start}-{labels[label]}" if label in labels else "O")
        yield words, tuple(found)


def without(tagged: Tagged, label: str, words: Collection[str]) -> Tagged:
    """Leave out the spans of a label that are one of some words: WikiGold takes nationalities for MISC.

    >>> without((("A", "Thai", "film"), ("O", "I-MISC", "O")), "MISC", {"Thai"})[1]
    ('O', 'O', 'O')
    """
    dropped = {f"B-{label}", f"I-{label}"}
    tags = tuple("O" if t in dropped and w in words else t for w, t in zip(*tagged, strict=True))
    return tagged[0], tags


def spacing(words: Sequence[str]) -> list[bool]:
    """Where a blank followed a word, for corpora that don't say."""
    spaces = []
    opened = False
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else ""
        space = after not in NO_SPACE_BEFORE and word not in NO_SPACE_AFTER
        if word == '"':
            opened = not opened
            space = space and not opened
        if after == '"' and opened:
            space = False
        spaces.append(space)
    return spaces


def to_doc(vocab: Vocab, tagged: Tagged) -> Doc:
    """One gold document with entities."""
    words, tags = tagged
    return with_tags(Doc(vocab, words=list(words), spaces=spacing(words)), tags)


def with_tags(doc: Doc, tags: Sequence[str]) -> Doc:
    """A document with the entities of IOB tags, one a word."""
    doc.set_ents(biluo_tags_to_spans(doc, iob_to_biluo(repaired(tags))), default="outside")
    return doc


def repaired(tags: Sequence[str]) -> list[str]:
    """Make each I- follow a B- or I- of the same label."""
    found: list[str] = []
    before = "O"
    for tag in tags:
        loose = tag.startswith("I-") and before[2:] != tag[2:]
        found.append("B-" + tag[2:] if loose else tag)
        before = tag
    return found


SMARTDATA = {
    "person": "PER",
    "location": "LOC",
    "location-city": "LOC",
    "location-street": "LOC",
    "location-stop": "LOC",
    "organization": "ORG",
    "organization-company": "ORG",
}


def smartdata(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """DFKI SmartData, a document a text, tokenized by spaCy; white space cut to one blank."""
    nlp = spacy.blank("de", vocab=vocab)
    for line in open_text(path):
        record = json.loads(line)
        doc = nlp.make_doc(re.sub(r"\s", " ", record["text"]))
        spans: list[Span] = []
        for entity in sorted(record["entities"], key=lambda e: e["start"] - e["end"]):
            if entity["type"] not in SMARTDATA:
                continue
            span = doc.char_span(entity["start"], entity["end"], label=SMARTDATA[entity["type"]])
            edges = span is not None and not (span[0].is_space or span[-1].is_space)
            if span is not None and edges and all(span.end <= s.start or span.start >= s.end for s in spans):
                spans.append(span)
        doc.set_ents(spans, default="outside")
        yield doc
