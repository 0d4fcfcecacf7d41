"""Scores of a pipeline on gold trees and gold entities."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

CORE = ("PER", "LOC", "ORG")
Scores = dict[str, float]
Table = dict[str, Scores]


def examples(nlp: Language, gold: Iterable[Doc]) -> list[Example]:
    """Gold documents beside raw ones."""
    return [Example(nlp.make_doc(doc.text), doc) for doc in gold]


def percent(value: float | None) -> float:
    """A share as a percentage with one digit."""
    return round(100 * (value or 0.0), 2)


def score_trees(nlp: Language, gold: Sequence[Doc]) -> Scores:
    """Accuracy of tags, features, lemmas and arcs (punctuation left out of the arcs).

    The gold words are those of spaCy's tokenizer where it joins several words of the treebank.
    """
    read = examples(nlp, gold)
    docs = nlp.pipe([example.predicted for example in read], batch_size=64)
    for example, doc in zip(read, docs, strict=True):
        example.predicted = doc
    found = Scorer(nlp).score(read)
    lemmas = Scorer.score_token_attr(read, "lemma")
    return {
        "upos": percent(found["pos_acc"]),
        "feats": percent(found["morph_acc"]),
        "lemma": percent(lemmas["lemma_acc"]),
        "uas": percent(found["dep_uas"]),
        "las": percent(found["dep_las"]),
        "sentences_f1": percent(found["sents_f"]),
    }


def with_punctuation(nlp: Language, gold: Sequence[Doc]) -> Scores:
    """Arcs with punctuation counted, over all gold words, as in the CoNLL 2018 task."""
    total = heads = labels = 0
    for example in examples(nlp, gold):
        example.predicted = nlp(example.predicted)
        total += len(example.reference)
        to_gold = example.alignment.x2y
        for token in example.predicted:
            if to_gold.lengths[token.i] != 1 or to_gold.lengths[token.head.i] != 1:
                continue
            word = example.reference[int(to_gold[token.i][0])]
            if word.head.i == int(to_gold[token.head.i][0]):
                heads += 1
                labels += word.dep_ == token.dep_
    return {"uas_with_punct": percent(heads / total), "las_with_punct": percent(labels / total)}


def score_names(nlp: Language, gold: Sequence[Doc]) -> Table:
    """Precision, recall and F1 of exact entity spans: by label, PER LOC ORG together, all."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    pairs = zip(gold, nlp.pipe((doc.text for doc in gold), batch_size=64), strict=True)
    for doc, predicted in pairs:
        want = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        give = {(e.start_char, e.end_char, e.label_) for e in predicted.ents}
        right.update(label for _, _, label in want & give)
        wanted.update(label for _, _, label in want)
        given.update(label for _, _, label in give)
    groups: dict[str, tuple[str, ...]] = {label: (label,) for label in sorted(wanted)}
    groups |= {"PER LOC ORG": CORE, "all": tuple(sorted(wanted | given))}
    return {name: _prf(*(sum(c[k] for k in keys) for c in (right, given, wanted))) for name, keys in groups.items()}


def _prf(right: int, given: int, wanted: int) -> Scores:
    p = right / given if given else 0.0
    r = right / wanted if wanted else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": percent(p), "r": percent(r), "f1": percent(f), "gold": wanted}


def words_per_second(nlp: Language, texts: Sequence[str]) -> tuple[int, int]:
    """Words a second of CPU time when the texts are read first, and again with warm caches."""
    found = []
    for _ in range(2):
        started = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
        found.append(round(words / (time.process_time() - started)))
    return found[0], found[1]


def speeds(nlp: Language, texts: Sequence[str]) -> dict[str, int]:
    """The speed of a pipeline, cold and warm, of its features alone, and of a blank tokenizer."""
    cold, warm = words_per_second(nlp, texts)
    with nlp.select_pipes(enable=["kg_morphology"]):
        features = words_per_second(nlp, texts)[1]
    blank = words_per_second(spacy.blank(str(nlp.lang)), texts)[0]
    return {"cold": cold, "warm": warm, "features": features, "blank": blank}
