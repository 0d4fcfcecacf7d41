"""Our own news sentences, which the bundled pipelines are trained and measured on."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import spacy

from kg.models.recipe import news, trees

LABELS = {
    "en": {"PER", "LOC", "ORG", "MISC"},
    "de": {kind + form for kind in ("PER", "LOC", "ORG", "MISC") for form in ("", "deriv", "part")},
}
LEAST = {"de": 400, "en": 150}
FUNCTION = {"case", "cc", "det", "aux", "cop", "mark"}


@pytest.mark.parametrize("language", LABELS)
def test_half_of_the_trees_are_held_back(language):
    train, test = (news.read_trees(language, part) for part in ("train", "test"))
    assert len(train) + len(test) >= LEAST[language] and len(train) == len(test)
    forms = [tuple(word.form for word in words) for words in train + test]
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("part", ["train", "test"])
def test_every_tree_is_one(language, part):
    for words in news.read_trees(language, part):
        text = " ".join(word.form for word in words)
        roots = [word for i, word in enumerate(words) if word.head == i]
        assert [word.deprel for word in roots] == ["root"], text
        assert all(trees.depth(words, i) < len(words) for i in range(len(words))), f"cycle: {text}"
        below = [w.form for i, w in enumerate(words) if words[w.head].deprel in FUNCTION and w.deprel == "nsubj"]
        assert not below, f"a subject hangs on a function word: {text}"


@pytest.mark.parametrize("language", LABELS)
def test_words_are_those_of_the_tokenizer(language):
    """A sentence that is cut otherwise at run time would be trained and measured on words that never come."""
    tokenize = spacy.blank(language).make_doc
    for part in ("train", "test"):
        for words in news.read_trees(language, part):
            text = "".join(word.form + " " * word.space for word in words)
            assert [token.text for token in tokenize(text.rstrip())] == [word.form for word in words], text


@pytest.mark.parametrize("language", LABELS)
def test_every_line_with_names_is_read(language):
    nlp = spacy.blank(language)
    docs = {part: list(news.read_names(language, part, nlp)) for part in ("train", "test")}
    held = len(docs["test"]) / (len(docs["train"]) + len(docs["test"]))
    assert held == pytest.approx((100 - news.HELD_FROM) / 100, abs=0.01)
    texts = Counter(doc.text for found in docs.values() for doc in found)
    assert texts.most_common(1)[0][1] == 1
    assert {e.label_ for found in docs.values() for doc in found for e in doc.ents} <= LABELS[language]
    assert not [text for text in texts if re.search(r"[\[\]|]", text)]


@pytest.mark.parametrize("language", LABELS)
def test_entities_of_the_trees_are_whole(language):
    vocab = spacy.blank(language).vocab
    for part in ("train", "test"):
        docs = list(news.names_in_trees(language, part, vocab))
        assert sum(len(doc.ents) for doc in docs) > len(docs)
        assert {e.label_ for doc in docs for e in doc.ents} <= LABELS[language]


def test_a_mark_that_cuts_a_word_is_told():
    with pytest.raises(ValueError, match="cuts a word"):
        news.marked("Im [Haus|LOC]boot", spacy.blank("de"))


def test_labels_can_be_left_out():
    doc = news.marked("The [Tesla Model 3|MISC] of [Tesla|ORG]", spacy.blank("en"), ("ORG",))
    assert [(e.text, e.label_) for e in doc.ents] == [("Tesla", "ORG")]
