"""How a noun's relation is claimed: "der geplante Kauf", "Gespräche über eine Übernahme", "der frühere Chef"."""

from __future__ import annotations

from typing import Final

from kg.conjunctions import opened_by
from kg.modality import Claim, full_lemma, lookup, verb_claim
from kg.modality_words import ModalityWords
from kg.records import Status
from kg.suppositions import supposed
from kg.trees import CURRENCIES, Tree, base

_DOUBTFUL: Final = frozenset(
    "unwahrscheinlich wahrscheinlich möglich denkbar fraglich offen ungewiss unklar unsicher umstritten strittig "
    "unlikely likely possible uncertain unclear doubtful open".split()
)
"""What is said of an event that may not have happened."""

_CHANGES: Final = (
    "übernahme fusion kauf verkauf zusammenschluss beitritt aufnahme einstieg merger takeover acquisition purchase "
    "sale buyout accession"
).split()
"""Events that somebody may still prevent or allow, while sanctions or a suit that one is against are there."""


def noun_claim(tree: Tree, noun: int, words: ModalityWords, *, presupposed: bool) -> Claim:
    """How a noun's relation is claimed.

    Args:
        tree: its sentence.
        noun: token index.
        words: the word lists of the language.
        presupposed: whether it is said in passing of a named bearer ("Huawei-Chef X"), so that what
            stands above it does not matter.
    """
    own = noun_own_status(tree, noun, words)
    if presupposed or own not in {"asserted", "negated"}:
        return Claim(own)
    opened = opened_by(tree, noun, words)
    if opened is None and supposed(tree, noun, words):
        opened = "conditional"
    if opened is not None or own != "asserted":
        return Claim(opened or own)
    return _noun_context(tree, noun, words, depth=0)


def noun_own_status(tree: Tree, noun: int, words: ModalityWords) -> Status:
    """What a noun's own determiners, adjectives and prefix say of its relation."""
    prefix = tree[noun].text.lower().partition("-")[0]
    if prefix in {"ex", "alt", "noch"}:
        return "negated"
    for child in (*tree.children[noun], *_before_bearer(tree, noun)):
        token = tree[child]
        lemma = token.lemma.lower()
        if lemma in words.negative_determiners or token.text.lower() in words.negators:
            return "negated"
        if token.pos in {"ADJ", "VERB", "ADV"} and base(token.relation) in {"amod", "advmod", "acl", "compound"}:
            for form in (lemma, _uninflected(token.text)):
                if form in words.adjectives:
                    return words.adjectives[form]
    return "asserted"


def _before_bearer(tree: Tree, noun: int) -> list[int]:
    """Adjectives before a post that the parser hung on the name behind it: "former Siemens chief Joe Kaeser"."""
    name = tree[noun].head
    tied = noun < name and name in tree.name_at and base(tree[noun].relation) in {"amod", "compound", "nmod"}
    return [i for i in tree.children[name] if i < noun and tree[i].pos == "ADJ"] if tied else []


def _uninflected(word: str) -> str:
    """An adjective form without its German ending: "geplanten" → "geplant"."""
    word = word.lower()
    for ending in ("en", "em", "er", "es", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _noun_context(tree: Tree, noun: int, words: ModalityWords, depth: int) -> Claim:
    """What the verb or noun above an event noun says of the event."""
    token = tree[noun]
    if token.head == noun or depth > 6:
        return Claim("question") if tree[len(tree) - 1].text == "?" else Claim()
    governor = tree[token.head]
    relation = base(token.relation)
    if _change(tree, noun) and tree.case(noun) in {"gegen", "against"}:
        return Claim("possible")
    if governor.pos in {"VERB", "AUX"} or (governor.pos == "ADJ" and relation in {"nsubj", "obl", "obj"}):
        if governor.pos == "ADJ" and relation == "nsubj" and governor.lemma.lower() in _DOUBTFUL:
            return Claim("possible")
        lemma = full_lemma(tree, governor.index)
        status = words.verbs.get(lemma)
        if status and (relation != "nsubj" or token.relation == "nsubj:pass" or status == "negated"):
            return Claim(status)
        claim = verb_claim(tree, governor.index, words)
        return claim if claim.status != "reported" else Claim("reported", claim.source)
    status = lookup(words.nouns, governor.lemma)
    if status is not None and relation in {"nmod", "obl", "acl", "appos", "compound"}:
        return Claim(status)
    on_terms = tree.case(noun) in {"für", "for"} and governor.pos == "NOUN"  # "Auflagen für die Übernahme"
    if on_terms and _change(tree, noun) and governor.lemma.lower() not in CURRENCIES:
        return Claim("possible")
    if relation in {"nmod", "obl", "conj", "appos", "nsubj", "obj", "compound"}:
        own = noun_own_status(tree, governor.index, words)
        return Claim(own) if own != "asserted" else _noun_context(tree, governor.index, words, depth + 1)
    return Claim()


def _change(tree: Tree, noun: int) -> bool:
    """Whether a noun is an event that may still be prevented."""
    return tree[noun].lemma.lower().endswith(tuple(_CHANGES))
