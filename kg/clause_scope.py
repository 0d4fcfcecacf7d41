"""What belongs to a statement's clause: dates, sums and the like that hang on its predicate or its taught nouns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from kg.nominals import name_beside
from kg.records import Clause, Token
from kg.trees import Tree, base, feature, is_finite

_HAPPENING: Final = frozenset(
    "abschließen vollziehen stattfinden erfolgen unterzeichnen unterschreiben besiegeln beginnen starten enden "
    "complete close finalize finalise conclude sign seal occur begin start end".split()
)
"""Verbs that say of an event that it took place: what is said of them is said of the event."""

_FREE: Final = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "PART"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A clause from which a statement was made.

    Attributes:
        tree: its sentence.
        clause: the clause.
        nouns: further nouns that make up its meaning: "Vereinbarung" in „eine Vereinbarung treffen“.
        ends: heads of subject and object.
    """

    tree: Tree
    clause: Clause
    nouns: frozenset[int]
    ends: frozenset[int]

    @property
    def verb(self) -> int | None:
        """The verb whose tense tells when: the predicate, or the nearest verb above a noun."""
        if self.clause.kind == "verb" or self.copulas:
            return self.clause.head
        return next((i for i in self.tree.ancestors(self.clause.head) if self.tree[i].pos in {"VERB", "AUX"}), None)

    @property
    def copulas(self) -> tuple[Token, ...]:
        """The copulas and auxiliaries on the predicate: "ist seit 2019 Chef"."""
        return tuple(self.tree.by_relation(self.clause.head, "aux", "cop"))


def tokens_of(tree: Tree, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of a character span."""
    return tuple(t for t in tree.tokens if t.start < end and start < t.end)


def belongs(scope: Scope, words: Collection[Token], through: Collection[int] = (), names: bool = True) -> bool:
    """Whether words hang on the predicate of a clause, on one of its taught nouns, or on a name in it.

    Names take no date: what the parser hung on the name before it is the verb's.

    Args:
        scope: the clause.
        words: the tokens of the expression.
        through: tokens that stand for what is measured and may lie between: "worth" in "a deal worth $3 billion".
        names: whether what hangs on a name that takes part counts.
    """
    inside = {t.index for t in words}
    tops = [t for t in words if t.head not in inside or t.head == t.index]
    tops = [t for t in tops if t.pos not in _FREE] or tops
    tops = [t for t in tops if t.pos != "NUM"] or tops
    segment = _segment(scope.tree, words)
    if segment is not None and scope.clause.head not in segment and _says_more(scope.tree, segment, inside):
        return False  # "…, seit 2011 Chefin des IWF, …": nothing in there is said of the verb around it
    if segment is not None and _described_in(scope, segment, words):
        return True
    return bool(tops) and all(_reaches(scope, top, inside, set(through), names) for top in tops)


def _segment(tree: Tree, words: Collection[Token]) -> range | None:
    """What stands between the two commas around an expression, None where there are not two."""
    first, last = min(t.index for t in words), max(t.index for t in words)
    before = next((i for i in range(first - 1, -1, -1) if tree[i].text == ","), None)
    after = next((i for i in range(last + 1, len(tree)) if tree[i].text == ","), None)
    return None if before is None or after is None else range(before + 1, after)


def _says_more(tree: Tree, segment: range, inside: Collection[int]) -> bool:
    """Whether more than an expression with its preposition stands between two commas: not in "met X, in Doha, …"."""
    return any(i not in inside and tree[i].pos not in _FREE for i in segment)


def _described_in(scope: Scope, segment: range, words: Collection[Token]) -> bool:
    """Whether an expression opens the apposition that a noun clause is: ", seit 2011 Chefin des IWF, "."""
    head = scope.clause.head
    if scope.clause.kind != "noun" or head not in segment or min(t.index for t in words) != segment[0]:
        return False
    between = range(max(t.index for t in words) + 1, head)
    plain = all(scope.tree[i].pos in {"DET", "ADJ"} for i in between)
    return plain and not any(scope.tree[i].pos in {"VERB", "AUX"} for i in segment)


def _reaches(scope: Scope, top: Token, inside: set[int], through: set[int], names: bool) -> bool:
    tree, place, steps = scope.tree, top.index, 0
    while steps < 6:
        if tree[place].head == place:
            return False
        counted = base(tree[place].relation) == "nummod" and place in inside
        above = tree[place].head
        if above in _centre(scope):
            return not _divided(scope, top.index, above)
        if above in _happening(scope):
            return not _divided(scope, top.index, above, above)
        if _names_end(scope, above):
            return names and above < top.index and not _comma(scope, above, min(inside))
        if not (above in inside or above in through or counted):
            return False
        place, steps = above, steps + 1
    return False


def _centre(scope: Scope) -> set[int]:
    return {scope.clause.head, *scope.nouns, *(t.index for t in scope.copulas)}


def _happening(scope: Scope) -> Iterator[int]:
    """The verb that says of an event noun that it took place."""
    if scope.clause.kind != "noun":
        return
    noun = scope.tree[scope.clause.head]
    verb = scope.tree[noun.head]
    if base(noun.relation) in {"nsubj", "obj"} and verb.pos == "VERB" and verb.lemma.lower() in _HAPPENING:
        yield verb.index


def _names_end(scope: Scope, place: int) -> bool:
    """Whether a token is a name that takes part in the clause, or the noun before such a name."""
    tree = scope.tree
    heads = {a.head for a in scope.clause.arguments if a.via is None or a.via in scope.nouns} | scope.ends
    beside = {head: name_beside(tree, head) for head in heads if tree[head].pos == "NOUN"}
    if beside.get(place) is not None or (place in heads and _apposed(tree, place) is not None):
        return True
    span = tree.name_at.get(place)
    if span is None or span.form != "whole":
        return False
    apart = {t.index for head in heads for t in tree.by_relation(head, "appos")}
    return bool({place, tree.span_head(span.start, span.end)} & (heads | apart | set(beside.values())))


def _comma(scope: Scope, name: int, first: int) -> bool:
    """Whether a comma or bracket parts a name from what follows; the closing one of an apposition does not."""
    tree = scope.tree
    marks = [i for i in range(name + 1, first) if tree[i].text in {",", "(", "–", ";", ":"}]
    apposed = name if base(tree[name].relation) == "appos" else _apposed(tree, name)
    return bool(marks) and (apposed is None or not set(marks) <= {apposed - 1, first - 1})


def _apposed(tree: Tree, noun: int) -> int | None:
    """The name behind a noun that commas enclose: "its chief, Barney Harford, "."""
    apposed = (t.index for t in tree.by_relation(noun, "appos") if t.index in tree.name_at)
    return next((i for i in apposed if i > noun and tree[i - 1].text == ","), None)


def _divided(scope: Scope, one: int, other: int, also: int = -1) -> bool:
    """Whether a finite verb of another clause stands between two tokens."""
    own = {scope.clause.head, also, *scope.clause.words}
    if also >= 0:
        own |= {t.index for t in scope.tree.by_relation(also, "aux", "cop")}
    own |= {t.index for t in scope.copulas}
    between = range(min(one, other) + 1, max(one, other))
    return any(i not in own and scope.tree[i].pos in {"VERB", "AUX"} and is_finite(scope.tree[i]) for i in between)


def tense(scope: Scope) -> str:
    """When a clause takes place, by its verb: ``past``, ``present``, ``future``, or "" where it does not tell."""
    verb = scope.verb
    if verb is None:
        return ""
    tree = scope.tree
    own = [tree[verb], *tree.by_relation(verb, "aux", "cop")]
    if tree[verb].relation == "conj" and not any(is_finite(t) for t in own):
        own += list(tree.by_relation(tree[verb].head, "aux", "cop"))
    finite = next((t for t in own if is_finite(t) or (t.pos == "AUX" and feature(t, "Tense"))), None)
    if finite is None:
        participle = feature(tree[verb], "VerbForm") == "Part" or feature(tree[verb], "Tense") == "Past"
        return "past" if participle and base(tree[verb].relation) in {"amod", "acl", "advcl"} else ""
    lemma = finite.lemma.lower()
    if feature(finite, "Mood") == "Sub" or lemma in {"would", "could", "might"}:
        return ""
    infinitive = feature(tree[verb], "VerbForm") == "Inf" or any(feature(t, "VerbForm") == "Inf" for t in own)
    if finite.index != verb and (lemma in {"will", "shall", "’ll", "'ll"} or (lemma == "werden" and infinitive)):
        return "future"
    if feature(finite, "Tense") == "Past":
        return "past"
    perfect = finite.index != verb and lemma in {"haben", "have", "sein"} and not infinitive
    return "past" if perfect and tree[verb].pos in {"VERB", "ADJ"} and finite.relation != "cop" else "present"
