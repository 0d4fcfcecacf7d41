"""News sentences of our own, kept in ``news/``: trees with entities, and sentences with marked names.

Their words are spaCy's (a contraction such as ``am`` is one word), their labels those of the main
treebank and of the main corpus of names. Half of the trees, and a block of each hundred lines with
names, are held back for measuring.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.models.recipe import names, trees

FOLDER = Path(__file__).with_name("news")
MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")
HELD_FROM = 88
"""Of each hundred lines with names, those from this one on are held back: in blocks, as
neighbours share a field and an author's habits."""


def read_trees(language: str, part: str) -> list[trees.Sentence]:
    """The trees for ``train`` or ``test``."""
    return trees.read_conllu(FOLDER / f"{language}-trees-{part}.conllu")


def names_in_trees(language: str, part: str, vocab: Vocab, labels: Collection[str] = ()) -> Iterator[Doc]:
    """The sentences of the trees with their entities; only those of some labels, where any are given."""
    for rows in trees.blocks(trees.open_text(FOLDER / f"{language}-trees-{part}.conllu")):
        words = trees.sentence(rows)
        tags = tuple(entity(row[9], labels) for row in rows)
        doc = trees.to_doc(vocab, [words])
        bare = Doc(vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        yield names.with_tags(bare, tags)


def entity(misc: str, labels: Collection[str]) -> str:
    """The IOB tag in the last column of a row.

    >>> entity("Entity=B-ORG|SpaceAfter=No", ()), entity("_", ()), entity("Entity=B-MISC", ("ORG",))
    ('B-ORG', 'O', 'O')
    """
    tag = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "O")
    return tag if not labels or tag[2:] in labels else "O"


def read_names(language: str, part: str, nlp: Language, labels: Collection[str] = ()) -> Iterator[Doc]:
    """The sentences with marked names for ``train`` or ``test``."""
    lines = (FOLDER / f"{language}-names.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    for i, line in enumerate(kept):
        if (i % 100 >= HELD_FROM) == (part == "test"):
            yield marked(line, nlp, labels)


def marked(line: str, nlp: Language, labels: Collection[str] = ()) -> Doc:
    """A line with names in brackets as a document.

    >>> import spacy
    >>> [(e.text, e.label_) for e in marked("[Orange|ORG] leaves [Oslo|LOC].", spacy.blank("en")).ents]
    [('Orange', 'ORG'), ('Oslo', 'LOC')]

    Raises:
        ValueError: a mark cuts a word of the tokenizer.
    """
    text, spans, last = "", [], 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, last = text + mark[1], mark.end()
    doc = nlp.make_doc(text + line[last:])
    found: list[Span] = []
    for start, end, label in spans:
        span = doc.char_span(start, end, label=label)
        if span is None:
            raise ValueError(f"a mark cuts a word: {line!r}")
        if not labels or label in labels:
            found.append(span)
    doc.set_ents(found, default="outside")
    return doc
