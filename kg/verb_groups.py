"""The words of a predicate: verb, auxiliaries, particle, reflexive and negation, and the verbs above an infinitive."""

from __future__ import annotations

from typing import Final

from kg.modality import auxiliaries
from kg.modality_words import WORDS
from kg.noun_phrases import glued
from kg.records import Token
from kg.trees import Tree, base, feature, infinitive_with_zu, is_finite

_NEGATION: Final = frozenset("nicht not n't n’t nie niemals never keineswegs kaum hardly".split())
_ONLY: Final = frozenset("nur allein bloß zuletzt selten only just merely".split())
"""What "nicht" does not negate the verb before: "nicht nur", "nicht zuletzt"."""
_REFLEXIVE: Final = frozenset("sich mich dich uns euch itself himself herself themselves".split())
_PARTICLES: Final = frozenset("to zu".split())
_OPENERS: Final = frozenset("um ohne statt anstatt".split())
"""Words that open an infinitive with "zu"."""


def verb_group(tree: Tree, verb: int, language: str) -> tuple[int, ...]:
    """The words of a verb's own predicate, in the order of the text.

    Args:
        tree: the sentence.
        verb: token index of the verb, or of the noun or adjective of a copular clause (which is not included).
        language: ``de`` or ``en``.
    """
    hedges = WORDS[language].adverbs
    words = {verb} if not any(True for _ in tree.by_relation(verb, "cop")) else set()
    for aux in _helpers(tree, verb):
        words.add(aux.index)
        words |= {t.index for t in tree.by_relation(aux.index, "advmod") if t.text.lower() in _NEGATION}
    for child in tree.children[verb]:
        token = tree[child]
        word, relation = token.text.lower(), base(token.relation)
        if relation == "advmod" and token.pos in {"ADV", "ADJ"} and word not in _ONLY:
            negated = [t.index for t in tree.by_relation(child, "advmod") if t.text.lower() in _NEGATION]
            words |= {child, *negated} if negated else set()
        if word in _NEGATION and child + 1 < len(tree) and tree[child + 1].text.lower() in _ONLY:
            continue
        if (
            token.relation == "compound:prt"
            or (relation in {"advmod", "obl"} and (word in _NEGATION or word in hedges))
            or (relation in {"obj", "iobj", "expl", "obl"} and word in _REFLEXIVE and not tree.case(child))
            or (relation == "mark" and word in _PARTICLES | _OPENERS and child < verb)
        ):
            words.add(child)
        elif relation == "advmod" and word in {"longer", "more"} and child and tree[child - 1].text.lower() == "no":
            words |= {child - 1, child}  # "was no longer used"
    if base(tree[verb].relation) == "conj" and infinitive_with_zu(tree, verb):  # "um X zu tun und Y zu lassen"
        first = tree.first_conjunct(verb)
        own = any(t.text.lower() in _OPENERS for t in tree.by_relation(verb, "mark"))
        opens = (t.index for t in tree.by_relation(first, "mark") if t.text.lower() in _OPENERS and not own)
        words |= {i for i in opens if infinitive_with_zu(tree, first)}
    return tuple(sorted(glued(tree, words)))


def _helpers(tree: Tree, verb: int) -> list[Token]:
    """The auxiliaries of a verb; those of the first conjunct where it is not finite and has none of its own."""
    token = tree[verb]
    own = list(tree.by_relation(verb, "aux", "cop"))
    if own or any(True for _ in tree.by_relation(verb, "nsubj")):
        return own  # a verb with a subject of its own shares nothing
    predicate = tree[token.head].pos != "VERB" and feature(token, "VerbForm") == "Inf"
    if token.relation == "conj" and token.pos == "VERB" and predicate:
        return own  # "are opposed to X and see Y"
    own = auxiliaries(tree, verb)
    if not own and token.relation == "conj" and token.head != verb and token.pos == "VERB" and not is_finite(token):
        return _helpers(tree, token.head)
    return own


def infinitive(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to" or "zu", or a bare one below another verb: "ließ … erneuern"."""
    token = tree[verb]
    bare = token.pos == "VERB" and feature(token, "VerbForm") == "Inf" and not auxiliaries(tree, verb)
    gerund = token.pos == "VERB" and token.text.endswith("ing") and not is_finite(token)
    before = any(True for _ in tree.by_relation(verb, "mark", "case", "nsubj"))
    if infinitive_with_zu(tree, verb) or (base(token.relation) == "xcomp" and (bare or (gerund and not before))):
        return True  # a gerund alone is chained as well: "enjoys staging"
    if gerund and not auxiliaries(tree, verb):
        return False  # "dedicated to fighting"
    marked = any(t.text.lower() in _PARTICLES for t in tree.by_relation(verb, "mark"))
    return marked and not any(t.text.lower() not in {"to", "be", "have", "been"} for t in auxiliaries(tree, verb))
