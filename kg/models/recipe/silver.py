"""Raw text labelled by the pipelines trained so far: more to learn from than the gold.

Several teachers read each sentence. What one of them says is kept where the others say nearly the
same; sentences that they read differently are left out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.models.recipe.trees import open_text

PROSE = range(40, 260)


def encyclopaedia(path: Path, choice: random.Random, share: float) -> Iterator[str]:
    """A share of the lines of a file that look like whole sentences."""
    for line in open_text(path):
        if choice.random() > share:
            continue
        text = line.strip()
        if len(text) in PROSE and text[0].isupper() and text[-1] in ".?!":
            yield text


def headlines(data: Path) -> Iterator[str]:
    """Single sentences of German news."""
    for line in open_text(data / "de" / "trees" / "newscrawl-silver.conllu.xz"):
        if line.startswith("# text = "):
            yield line.removeprefix("# text = ").strip()


def news(data: Path) -> Iterator[str]:
    """Sentences and short paragraphs of German news."""
    yield from headlines(data)
    for line in open_text(data / "de" / "smartdata" / "train.jsonl.xz"):
        for paragraph in json.loads(line)["text"].split("\n"):
            if len(paragraph.strip()) in range(20, 1200):
                yield " ".join(paragraph.split())


def same_arcs(one: Doc, other: Doc) -> float:
    """Share of the tokens with the same part of speech, head and relation."""
    same = sum(a.head.i == b.head.i and a.dep == b.dep and a.pos == b.pos for a, b in zip(one, other, strict=True))
    return same / max(len(one), 1)


def same_names(one: Doc, other: Doc) -> float:
    """F1 of the entity spans, 1 where neither has any."""
    a = {(e.start, e.end, e.label_) for e in one.ents}
    b = {(e.start, e.end, e.label_) for e in other.ents}
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def agreed(docs: Sequence[Doc], names: bool, least: float) -> Doc | None:
    """The reading that is closest to the others; None if that isn't close."""
    alike = same_names if names else same_arcs

    def closeness(doc: Doc) -> float:
        return sum(alike(doc, other) for other in docs if other is not doc) / max(len(docs) - 1, 1)

    best = max(docs, key=closeness)
    return best if closeness(best) >= least else None


def bare(vocab: Vocab, doc: Doc, names: bool) -> Doc:
    """A fresh document with what a teacher said: the entities, or the rest."""
    words = [t.text for t in doc]
    spaces = [bool(t.whitespace_) for t in doc]
    if names:
        plain = Doc(vocab, words=words, spaces=spaces)
        ents = [Span(plain, e.start, e.end, label=e.label_) for e in doc.ents]
        plain.set_ents(ents, default="outside")
        return plain
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        sent_starts=[bool(t.is_sent_start) for t in doc],
    )


def label(teachers: Sequence[Language], texts: Iterable[str], names: bool, least: float) -> Iterator[Doc]:
    """Silver documents for the texts that the teachers agree on."""
    kept = list(texts)
    streams = [teacher.pipe(kept, batch_size=64) for teacher in teachers]
    vocab = spacy.blank(str(teachers[0].lang)).vocab
    for docs in zip(*streams, strict=True):
        best = agreed(docs, names, least)
        if best is not None:
            yield bare(vocab, best, names)


def completed(teacher: Language, docs: Iterable[Doc], given: Sequence[str]) -> Iterator[Doc]:
    """Gold of a corpus that marks the labels ``given``, with the teacher's opinion on all others.

    The teacher knows derived forms (``russischen``), parts (``US-Regierung``) and MISC, which most
    corpora leave unmarked; without this they would teach that such words are no names.
    """
    for gold in docs:
        read = teacher(Doc(teacher.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold]))
        taken = {t.i for e in gold.ents for t in e}
        more = [
            Span(gold, e.start, e.end, label=e.label_)
            for e in read.ents
            if e.label_ not in given and taken.isdisjoint(range(e.start, e.end))
        ]
        gold.set_ents([*gold.ents, *more], default="outside")
        yield gold


WIKIPEDIA = "de/raw/wikipedia-klexikon.txt.xz"


def parsed(teachers: Sequence[Language], data: Path, seed: int = 5) -> list[Doc]:
    """News and 2 % of Wikipedia as two parsers agree on it; short texts half alone, half in rows."""
    choice = random.Random(seed)
    texts = [*news(data), *encyclopaedia(data / WIKIPEDIA, choice, 0.022)]
    docs = list(label(teachers, texts, names=False, least=0.78))
    short = [doc for doc in docs if len(doc) < 40]
    found = [doc for doc in docs if len(doc) >= 40]
    choice.shuffle(short)
    half = len(short) // 2
    found += short[:half]
    while half < len(short):
        step = choice.choice((2, 3, 4, 5, 6))
        found.append(Doc.from_docs(short[half : half + step], ensure_whitespace=True))
        half += step
    choice.shuffle(found)
    return found


def named(teachers: Sequence[Language], data: Path, seed: int = 3) -> list[Doc]:
    """News sentences and 3 % of Wikipedia as two models agree on it; fewer of those without names."""
    choice = random.Random(seed)
    texts = [*headlines(data), *encyclopaedia(data / WIKIPEDIA, choice, 0.03)]
    docs = label(teachers, texts, names=True, least=0.75)
    return [doc for doc in docs if doc.ents or choice.random() < 0.4]
