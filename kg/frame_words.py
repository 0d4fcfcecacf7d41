"""The fixed words of an example besides its predicate: the nouns, adverbs and infinitives that must be met too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.name_index import class_of_noun
from kg.nominals import noun_lemma, predicate_key
from kg.ontology import Ontology
from kg.records import Clause
from kg.trees import Tree, feature

_MONEY: Final = frozenset(
    "euro dollar us-dollar pfund franken yen yuan milliarde million geld money billion $ € £ ¥".split()
)
"""Nouns for sums, any of which stands for another in an example."""
ADVERB: Final = "adverb"
INFINITIVE: Final = "infinitive"
"""Roles of what else must stand beside a verb, besides those of arguments."""
_REGIONAL: Final = ("europa", "asien", "afrika", "amerika", "nordamerika", "südamerika", "deutschland", "china", "us-")
"""First parts of compounds that narrow them to a region: a firm's "Europazentrale" is not where it is based."""
ANYTHING: Final = frozenset({"etwas", "jemand", "jemanden", "jemandem", "something", "someone", "somebody"})
"""Words that stand for any argument in an example."""


def manner(tree: Tree, clause: Clause, slots: set[int]) -> Iterator[tuple[str, str]]:
    """Adverbs and infinitives of a verb's example: "geht gerichtlich vor", "cleared X to sell chips"."""
    told = {a.head for a in clause.arguments if a.role == "manner"}  # stands beside the verb as an argument already
    for token in tree.by_relation(clause.head, "advmod"):
        taken = token.index in {*clause.words, *slots, *told} or token.text.lower() in ANYTHING
        if token.pos in {"ADJ", "ADV", "ADP"} and not taken:
            yield ADVERB, token.lemma.lower()
    if any(is_infinitive(tree, t.index) for t in tree.by_relation(clause.head, "xcomp", "advcl")):
        yield INFINITIVE, ""


def is_infinitive(tree: Tree, index: int) -> bool:
    """Whether a verb is an infinitive or a gerund that completes another: "to sell chips", "from selling chips"."""
    token = tree[index]
    marked = any(t.text.lower() in {"to", "zu", "from"} for t in tree.by_relation(index, "mark"))
    return token.pos in {"VERB", "AUX"} and (marked or feature(token, "VerbForm") in {"Inf", "Ger"})


def noun_matches(tree: Tree, index: int, wanted: str, ontology: Ontology, language: str) -> bool:
    """Whether a token is the noun that a frame wants: itself, as the last part of a compound, or by class.

    Args:
        tree: the sentence.
        index: the token.
        wanted: a lemma in lower case, or a class in brackets.
        ontology: its nouns give the classes.
        language: of the sentence.
    """
    lemma = noun_lemma(tree, index)
    if wanted.startswith("["):
        found = class_of_noun(lemma, ontology.nouns(language))
        return found is not None and ontology.is_a(found, wanted[1:-1])
    lower = predicate_key(lemma)
    if wanted in _MONEY and lower in _MONEY:
        return True
    if lower != wanted and lower.startswith(_REGIONAL):
        return False
    part = len(wanted) >= 4 and " " not in lower  # a "finance chief" is no chief
    return lower == wanted or (part and lower.endswith(wanted))


def completed(tree: Tree, clause: Clause, role: str, wanted: str) -> bool:
    """Whether a verb has the adverb that an example has, or some infinitive where the example has one."""
    if role == INFINITIVE:
        below = tree.by_relation(clause.head, "xcomp", "advcl", "ccomp", "acl")
        return any(is_infinitive(tree, t.index) for t in below)
    return any(tree[i].lemma.lower() == wanted for i in tree.subtree(clause.head) if i not in tree.name_at)
