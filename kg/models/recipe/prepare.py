"""Shared language data → the ``.spacy`` files that the training reads."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from kg.models.recipe import gum, lists, names, news, trees
from kg.models.recipe.trees import Sentence

SEED = 7
NEWS_TIMES = 3
"""How often our own trees are repeated, each time with other quotation marks and neighbours: they
are a tenth of the gold words, and all the news in it."""
SIZES = (2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Treebank:
    """A file of trees and what makes its labels like the main treebank's."""

    path: str
    like: Callable[[Sentence], Sentence]


GERMAN_TRAIN = (
    Treebank("trees/gsd-test.conllu", trees.like_gsd),
    Treebank("trees/pud.conllu", trees.other_as_gsd),
    Treebank("trees/gsd-train-1501-1868.conllu", trees.like_new_gsd),
)
GERMAN_DEV = Treebank("trees/gsd-dev.conllu", trees.like_gsd)
ENGLISH_TRAIN = (
    Treebank("trees/ewt-train.conllu.xz", trees.like_ewt),
    Treebank("trees/gum-open-genres.conllu.xz", trees.like_ewt),
)
ENGLISH_DEV = Treebank("trees/ewt-dev.conllu.xz", trees.like_ewt)
TRAIN = {"de": GERMAN_TRAIN, "en": ENGLISH_TRAIN}
DEV = {"de": GERMAN_DEV, "en": ENGLISH_DEV}


def read(bank: Treebank, folder: Path, language: str) -> list[Sentence]:
    """The sentences of a treebank in spaCy's words and the main treebank's labels."""
    tokenize = spacy.blank(language).make_doc
    sentences = trees.read_conllu(folder / bank.path)
    return [bank.like(trees.as_tokenized(words, tokenize)) for words in sentences]


def varied(vocab: Vocab, language: str, sentences: Sequence[Sentence], choice: random.Random) -> Iterator[Doc]:
    """Training documents: each sentence alone and in a row of others.

    Alone it gets other quotation marks, and now and then loses its full stop as headlines do.
    """
    for words in sentences:
        other = trees.requote(words, choice, language)
        yield trees.to_doc(vocab, [trees.headline(other) if choice.random() < 0.12 else other])
    for group in trees.in_groups(sentences, lambda: choice.choice(SIZES)):
        yield trees.to_doc(vocab, group)


def save(docs: Iterable[Doc], path: Path) -> Path:
    """Write documents for spaCy's corpus reader."""
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return path


def syntax(data: Path, language: str, out: Path) -> dict[str, str]:
    """Write ``syntax-train``, ``-news``, ``-dev``, ``-dev5`` and ``-test``; the lemmas of closed classes."""
    vocab = spacy.blank(language).vocab
    choice = random.Random(SEED)
    banks = [read(bank, data / language, language) for bank in TRAIN[language]]
    dev = read(DEV[language], data / language, language)
    train = [doc for bank in banks for doc in varied(vocab, language, bank, choice)]
    save(train, out / "syntax-train.spacy")
    ours = news.read_trees(language, "train")
    save((doc for _ in range(NEWS_TIMES) for doc in varied(vocab, language, ours, choice)), out / "syntax-news.spacy")
    for name, found in (("dev", dev), ("test", news.read_trees(language, "test"))):
        save((trees.to_doc(vocab, [words]) for words in found), out / f"syntax-{name}.spacy")
    fives = trees.in_groups(dev, lambda: 5)
    save((trees.to_doc(vocab, group) for group in fives), out / "syntax-dev5.spacy")
    save(train[:200], out / "syntax-watch.spacy")
    return trees.lemma_table(words for bank in banks for words in bank)


MOBIE = names.SMARTDATA
BUNDESTAG = {label: label for label in ("PER", "LOC", "ORG")}
LER = {"PER": "PER", "LD": "LOC", "ST": "LOC", "STR": "LOC", "ORG": "ORG", "UN": "ORG"}
NEWS_LIKE = ("weblog-", "newsgroup-")
UNER = {label: label for label in ("PER", "LOC", "ORG")}


def german_others(data: Path, vocab: Vocab) -> Iterator[Doc]:
    """Entities of other German corpora: their labels mapped, their own idea of what a name is."""
    ner = data / "de" / "ner"
    sources = [
        names.renamed(names.columns(ner / "bundestag.conll.xz", 1, 4), BUNDESTAG),
        names.renamed(names.columns(ner / "uner-pud.iob2", 1, 2), UNER),
    ]
    for part in ("train", "dev", "test"):
        tagged = names.columns(ner / f"mobie-{part}.conll.xz", 0, 3)
        sources.append(names.renamed(tagged, MOBIE))
    for source in sources:
        yield from (names.to_doc(vocab, tagged) for tagged in source)
    court = names.renamed(names.columns(ner / "legal-ler.conll.xz", 0, 1), LER)
    held = [tagged for tagged in court if len(tagged[0]) < 60 and set(tagged[1]) != {"O"}]
    yield from (names.to_doc(vocab, tagged) for tagged in held[::2])
    for part in ("train", "dev"):
        yield from names.smartdata(data / "de" / "smartdata" / f"{part}.jsonl.xz", vocab)


def our_names(language: str, nlp: Language, out: Path) -> list[Doc]:
    """Write ``names-news`` and ``names-test`` from our own news; the documents of the first."""
    parts = {
        part: [*news.names_in_trees(language, part, nlp.vocab), *news.read_names(language, part, nlp)]
        for part in ("train", "test")
    }
    save(parts["train"], out / "names-news.spacy")
    save(parts["test"], out / "names-test.spacy")
    return parts["train"]


def german_names(data: Path, out: Path) -> None:
    """Write ``names-train``, ``names-news``, ``names-raw-others``, ``names-dev`` and ``names-test`` for German."""
    nlp = spacy.blank("de")
    ner = data / "de" / "ner"
    train = [names.to_doc(nlp.vocab, one) for one in names.germeval(ner / "germeval-test.tsv")]
    dev = [names.to_doc(nlp.vocab, one) for one in names.germeval(ner / "germeval-dev.tsv")]
    save(train, out / "names-train.spacy")
    save(train[:200], out / "ner-watch.spacy")
    save(dev, out / "names-dev.spacy")
    save(german_others(data, nlp.vocab), out / "names-raw-others.spacy")
    our_names("de", nlp, out)


def english_names(data: Path, out: Path) -> None:
    """Write the English corpora of names.

    ``names-news`` (our own) and ``names-wiki`` mark MISC too; ``names-raw-ewt``, ``-near`` (its
    part that is like news) and ``-gum`` don't, and wait for a teacher that does.
    """
    nlp = spacy.blank("en")
    ner = data / "en" / "ner"
    ewt = ner / "uner-ewt-train.iob2.xz"
    nations = {word for word, _ in lists.nationalities(data / "entities" / "nationality-en.json", "en")}
    wiki = names.renamed(names.columns(ner / "wikigold.conll", 0, 1), UNER | {"MISC": "MISC"})
    found = {
        "names-wiki": [names.without(tagged, "MISC", nations) for tagged in wiki],
        "names-raw-ewt": names.renamed(names.columns(ewt, 1, 2), UNER),
        "names-raw-near": names.renamed(names.of_genres(ewt, NEWS_LIKE, 1, 2), UNER),
        "names-raw-gum": gum.tagged(data / "en" / "trees" / "gum-open-genres.conllu.xz"),
        "names-dev": names.renamed(names.columns(ner / "uner-pud.iob2", 1, 2), UNER),
    }
    for name, tagged in found.items():
        save((names.to_doc(nlp.vocab, one) for one in tagged), out / f"{name}.spacy")
    save(our_names("en", nlp, out)[:200], out / "ner-watch.spacy")
