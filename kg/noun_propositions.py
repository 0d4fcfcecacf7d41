"""Facts that nouns state of each other, without a verb: "Ren, Gründer von Huawei", "artists, including a choir"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.noun_phrases import noun_phrase, phrase, preposition
from kg.records import OpenTriple, Token
from kg.trees import Tree, base, feature


def appositions(text: str, tree: Tree) -> Iterator[OpenTriple]:
    """What an apposition says by its own words: "Ren Zhengfei, Gründer von Huawei", "Ada, die Tochter des Dichters"."""
    for token in tree.tokens:
        span = tree.name_at.get(token.index)
        named = (span is not None and span.form == "whole") or token.index < token.head
        if base(token.relation) != "appos" or token.pos != "NOUN" or named or not _set_off(tree, token.index):
            continue
        whole = noun_phrase(tree, token.index)
        for attribute in tree.by_relation(token.index, "nmod"):
            before = preposition(tree, attribute.index)
            inner = noun_phrase(tree, attribute.index)
            if not before and _genitive(tree, attribute):
                before = tuple(i for i in inner[:1] if tree[i].pos == "DET")
                inner = inner[len(before) :]
            elif not before:
                continue
            words = tuple(i for i in whole if i < min((*before, *inner)))
            bracketed = any(tree[i].text in {"(", ")"} for i in range(token.index, attribute.index))
            if attribute.index > token.index and token.index in words and not bracketed:
                yield OpenTriple(
                    sentence=tree.sentence.index,
                    start=tree.sentence.start,
                    end=tree.sentence.end,
                    subject=phrase(text, tree, noun_phrase(tree, token.head)),
                    relation=phrase(text, tree, (*words, *before)),
                    object=phrase(text, tree, inner),
                    clause_type="SVC",
                    status="asserted",
                    confidence=0.6,
                )


def _genitive(tree: Tree, attribute: Token) -> bool:
    """Whether an attribute is a genitive by its own form or its article's."""
    articles = {t.text.lower() for t in tree.by_relation(attribute.index, "det")}
    return feature(attribute, "Case") == "Gen" and (not articles or bool(articles & {"des", "der", "eines", "einer"}))


def examples(text: str, tree: Tree) -> Iterator[OpenTriple]:
    """What is named as part of something: "dozens of artists, including a choir and a band"."""
    for token in tree.tokens[2:]:
        if token.text != "including":
            continue
        whole = tree[token.index - 2]
        if tree[token.index - 1].text != "," or "Number=Plur" not in whole.feats:
            continue
        named = [
            *tree.by_relation(token.index, "dep", "obj"),
            *([tree[token.head]] if token.relation == "case" else []),
        ]
        for member in tree.coordinated(named[0].index) if named and named[0].index > token.index else ():
            yield OpenTriple(
                sentence=tree.sentence.index,
                start=tree.sentence.start,
                end=tree.sentence.end,
                subject=phrase(text, tree, noun_phrase(tree, whole.index)),
                relation=phrase(text, tree, (token.index,)),
                object=phrase(text, tree, noun_phrase(tree, member)),
                clause_type="SVO",
                status="asserted",
                confidence=0.6,
            )


def _set_off(tree: Tree, noun: int) -> bool:
    """Whether an apposition begins behind a comma, a dash or a bracket."""
    first = min(noun_phrase(tree, noun))
    return first > 0 and tree[first - 1].text in {",", "(", "–", "—", "-", ":"}
