"""Adjective clauses: states that an adjective says of one thing.

"Die Firma ist insolvent", "die insolvente Firma" and the headline "Modehaus insolvent" all give the
predicate ``insolvent`` with the firm as bearer. Adjectives that relate two things are noun clauses
(:mod:`kg.noun_clauses`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.modality import Claim, verb_claim
from kg.modality_words import ModalityWords
from kg.nominals import SHARED, is_relative_pronoun, spread
from kg.records import Argument, Clause
from kg.trees import Tree, base


def adjective_clauses(tree: Tree, words: ModalityWords) -> Iterator[Clause]:
    """The clauses of all adjectives that are said of something.

    Args:
        tree: the sentence.
        words: the modality lists of its language.
    """
    for token in tree.tokens:
        if token.pos not in {"ADJ", "ADV"} or token.index in tree.name_at:
            continue
        if base(token.relation) == "amod":
            bearers, claim = [Argument("bearer", token.head)], _claim_before_noun(tree, token.index, words)
        else:
            bearers = list(_subjects(tree, token.index))
            claim = verb_claim(tree, token.index, words) if bearers else Claim()
        if bearers:
            yield Clause(
                sentence=tree.sentence.index,
                kind="adjective",
                predicate=token.lemma.lower(),
                head=token.index,
                words=tuple(sorted({token.index, *(t.index for t in tree.by_relation(token.index, "cop"))})),
                arguments=tuple(bearers),
                status=claim.status,
                source=claim.source,
            )


def _subjects(tree: Tree, adjective: int) -> Iterator[Argument]:
    """The subject of a predicative adjective, of its own or of the adjective that it is coordinated with."""
    own = [t for t in tree.by_relation(adjective, "nsubj") if not tree.case(t.index)]
    own = [t for t in own if all(tree[i].text != ":" for i in range(t.index, adjective))]
    if not own and base(tree[adjective].relation) == "conj":
        first = tree[adjective].head
        predicative = tree[first].pos == "ADJ" or any(True for _ in tree.by_relation(first, "cop"))
        for argument in _subjects(tree, first) if predicative else ():
            yield Argument("bearer", argument.head, argument.certainty * SHARED)
    for token in own:
        antecedent = is_relative_pronoun(tree, token.index, adjective)
        yield from spread(tree, token.index if antecedent is None else antecedent, "bearer")


def _claim_before_noun(tree: Tree, adjective: int, words: ModalityWords) -> Claim:
    """How an attribute is claimed; what is said of its noun matters not: "der insolvente Händler will …"."""
    for token in tree.by_relation(adjective, "advmod", "amod", "obl"):
        for form in (token.lemma.lower(), token.text.lower()):
            if form in words.negators:
                return Claim("negated")
            if form in words.adverbs or form in words.adjectives:
                return Claim(words.adverbs.get(form) or words.adjectives[form])
    return Claim()
