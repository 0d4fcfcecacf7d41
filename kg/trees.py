"""Reading a parsed sentence as a tree: children, spans, features, coordination.

A :class:`Tree` is an index over the frozen tokens of one sentence; it adds no knowledge of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from kg.records import NamedSpan, Sentence, Token


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its children lists and the tokens of its names.

    Args:
        sentence: the parsed sentence.

    Attributes:
        tokens: of the sentence, in order.
        kinds: the relation of each token without its subtype.
        children: the children of each token, in order.
        name_at: the name that a token is part of, by the token's index.
    """

    sentence: Sentence
    tokens: tuple[Token, ...] = field(init=False, repr=False)
    kinds: tuple[str, ...] = field(init=False, repr=False)
    children: tuple[tuple[int, ...], ...] = field(init=False)
    name_at: dict[int, NamedSpan] = field(init=False, repr=False)
    _cases: dict[int, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        tokens = self.sentence.tokens
        lists: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                lists[token.head].append(token.index)
        covered = {
            token.index: span
            for span in self.sentence.names
            for token in tokens
            if token.start < span.end and span.start < token.end
        }
        object.__setattr__(self, "tokens", tokens)
        object.__setattr__(self, "kinds", tuple([base(token.relation) for token in tokens]))
        object.__setattr__(self, "children", tuple([tuple(c) for c in lists]))
        object.__setattr__(self, "name_at", covered)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def __len__(self) -> int:
        return len(self.tokens)

    def by_relation(self, index: int, *relations: str) -> Iterator[Token]:
        """Children of a token whose relation is one of these; "obl" stands for its subtypes too."""
        children = self.children[index]
        if not children:
            return iter(())
        tokens, kinds = self.tokens, self.kinds
        return iter([tokens[c] for c in children if kinds[c] in relations or tokens[c].relation in relations])

    def subtree(self, index: int) -> list[int]:
        """A token and all below it, in sentence order."""
        if not self.children[index]:
            return [index]
        found, todo = {index}, [index]
        while todo:
            for child in self.children[todo.pop()]:
                if child not in found:
                    found.add(child)
                    todo.append(child)
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        seen = {index}
        while self[index].head not in seen:
            index = self[index].head
            seen.add(index)
            yield index

    def coordinated(self, index: int) -> list[int]:
        """A token and those coordinated with it, in order.

        A name that the parser took for an apposition of the name before it counts when the list
        goes on behind it: "Swiss, Austrian und Brussels".
        """
        if not self.children[index]:
            return [index]
        found, todo = [index], [index]
        while todo:
            head = todo.pop()
            for child in self.by_relation(head, "conj", "appos"):
                joined = base(child.relation) == "conj" and not self._divided(head, child.index)
                if child.index not in found and (joined or self._listed(head, child.index)):
                    found.append(child.index)
                    todo.append(child.index)
        return sorted(found, key=lambda i: (i != index, i))

    def _divided(self, nominal: int, other: int) -> bool:
        """Whether the verb that a nominal depends on stands between it and its alleged conjunct."""
        verb = self[nominal].head
        return self[nominal].pos in {"NOUN", "PROPN", "PRON"} and nominal < verb < other

    def _listed(self, name: int, other: int) -> bool:
        goes_on = any(True for _ in self.by_relation(other, "conj")) or any(
            True for _ in self.by_relation(name, "conj")
        )
        return goes_on and name in self.name_at and other in self.name_at and self[other - 1].text == ","

    def together(self, one: int, other: int) -> bool:
        """Whether two tokens are members of one coordination."""
        return one != other and self.first_conjunct(one) == self.first_conjunct(other)

    def first_conjunct(self, index: int) -> int:
        """The first member of the coordination that a token is part of; itself if it is in none."""
        seen = set()
        while index not in seen:
            seen.add(index)
            head = self[index].head
            if self.kinds[index] == "conj" or (self.kinds[index] == "appos" and self._listed(head, index)):
                index = head
        return index

    def case(self, index: int) -> str:
        """The lemma of the preposition of a nominal ("" if none); contractions are undone.

        A name has it wherever the parser hung it on one of its words.
        """
        if index not in self._cases:
            self._cases[index] = self._case(index)
        return self._cases[index]

    def _case(self, index: int) -> str:
        span = self.name_at.get(index)
        places = [index]
        if span is not None and span.form == "whole":
            places += [t.index for t in self.tokens if span.start <= t.start < span.end and t.index != index]
        for place in places:
            for child in self.by_relation(place, "case"):
                word = child.text.lower()
                if (child.pos in {"ADP", "ADV", "SCONJ", "CCONJ"} or word in CONTRACTIONS) and word not in _POSSESSIVE:
                    return CONTRACTIONS.get(word, word)
        return ""

    def span_head(self, start: int, end: int) -> int:
        """The token of a character span that all its others hang from; the first one if none does."""
        inside = [t for t in self.tokens if t.start < end and start < t.end]
        members = {t.index for t in inside}
        tops = [t for t in inside if t.head not in members or t.head == t.index]
        core = [t for t in tops if base(t.relation) in {"nsubj", "obj", "iobj", "obl", "nmod", "root", "conj"}]
        return (core or tops or inside)[0].index if inside else 0

    def bounds(self, span: NamedSpan) -> tuple[int, int]:
        """The first and the last token that a name covers, wholly or in part; beside it where it covers none."""
        first = next((t.index for t in self.tokens if t.end > span.start), len(self) - 1)
        return first, max(t.index for t in self.tokens if t.start < span.end)

    def in_genitive(self, index: int) -> bool:
        """Whether a name ends before its token does: "Polen" in "Polens"; the rest is the ending."""
        span = self.name_at.get(index)
        return span is not None and span.form == "whole" and span.end < self[index].end

    def chars(self, indices: Iterable[int]) -> tuple[tuple[int, int], ...]:
        """Character spans of tokens; neighbouring tokens make one span."""
        spans: list[tuple[int, int]] = []
        last = -2
        for index in sorted(set(indices)):
            token = self[index]
            if index == last + 1:
                spans[-1] = (spans[-1][0], token.end)
            else:
                spans.append((token.start, token.end))
            last = index
        return tuple(spans)


class _Same:
    """A sentence that equals nothing but itself: quicker to compare than token by token."""

    __slots__ = ("sentence",)

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.sentence is self.sentence

    def __hash__(self) -> int:
        return id(self.sentence)


def tree_of(sentence: Sentence) -> Tree:
    """The tree of a sentence, made once as long as its article is being read."""
    return _tree(_Same(sentence))


@lru_cache(maxsize=128)  # sentences of a long article
def _tree(held: _Same) -> Tree:
    return Tree(held.sentence)


LOOSE: Final = "dep"
"""The relation of a nominal whose role is still open."""

CURRENCIES: Final = frozenset(
    "euro dollar pound yen yuan franc rouble rupee rand peso won krona krone crown zloty forint lira ringgit baht "
    "dinar dirham riyal rial shekel shilling naira cedi rupiah leu lev hryvnia tenge dong taka kwacha".split()
)
"""Lemmas of English units of money."""

TEMPORAL: Final = frozenset(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar Februar März April Mai Juni Juli "
    "August September Oktober November Dezember Anfang Mitte Ende Morgen Abend Nachmittag Vormittag Mittag Nacht "
    "Woche Monat Jahr Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March June July "
    "October December week month year".split()
)
"""Nouns for times, which take no other noun's place."""

_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
CONTRACTIONS: Final = {
    "am": "an",
    "ans": "an",
    "aufs": "auf",
    "beim": "bei",
    "durchs": "durch",
    "fürs": "für",
    "im": "in",
    "ins": "in",
    "vom": "von",
    "zum": "zu",
    "zur": "zu",
    "übers": "über",
    "ums": "um",
}


@lru_cache(maxsize=256)
def base(relation: str) -> str:
    """A relation without its subtype: ``obl:agent`` → ``obl``."""
    return relation.partition(":")[0]


def feature(token: Token, name: str) -> str:
    """The value of a UD feature, "" if absent.

    >>> feature(Token(0, 0, 3, "sei", "sein", "AUX", "Mood=Sub|Number=Sing", 0, "root"), "Mood")
    'Sub'
    """
    return _features(token.feats).get(name, "")


@lru_cache(maxsize=4096)
def _features(feats: str) -> dict[str, str]:
    """UD's FEATS taken apart; of a feature given twice the first counts."""
    pairs = (pair.partition("=") for pair in reversed(feats.split("|")))
    return {key: value for key, _, value in pairs}


def is_finite(token: Token) -> bool:
    """Whether a verb is finite: it says so, or shows person or mood without saying otherwise."""
    form = feature(token, "VerbForm")
    return form == "Fin" or (not form and bool(feature(token, "Mood") or feature(token, "Person")))


def has_finite(tree: Tree, verb: int) -> bool:
    """Whether a verb or one of its own auxiliaries is finite."""
    return any(is_finite(t) for t in (tree[verb], *tree.by_relation(verb, "aux", "cop")))


def infinitive_with_zu(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive with "zu", before it or inside: "zu kaufen", "auszuschließen"."""
    token = tree[verb]
    if token.pos != "VERB" or not token.text.endswith("n") or is_finite(token):
        return False
    marked = any(t.text == "zu" and t.index == verb - 1 for t in tree.by_relation(verb, "mark"))
    # "auszuschließen" is "ausschließen" with "zu"; "zuzulassen" and "hinzuzukommen" have a zu of their own as well.
    own = token.lemma.lower()
    inside = token.text.lower().count("zu") > own.count("zu") and "zu" in token.text[2:-3].lower()
    return marked or (inside and feature(token, "VerbForm") != "Part")


def rehung(tree: Tree, moved: Mapping[int, tuple[int, str]]) -> Iterator[Token]:
    """All tokens of a tree, some of them with another head and relation."""
    for token in tree.tokens:
        yield (
            replace(token, head=moved[token.index][0], relation=moved[token.index][1])
            if token.index in moved
            else token
        )


def rewritten(sentence: Sentence, steps: Iterable[Callable[[Tree], Iterator[Token]]]) -> Sentence:
    """The sentence after some steps, each from a tree to all its tokens; one that breaks the tree is dropped."""
    tree = tree_of(sentence)
    for step in steps:
        tokens = tuple(step(tree))
        if tokens != tree.tokens and is_tree(tokens):
            tree = tree_of(replace(tree.sentence, tokens=tokens))
    return tree.sentence


def is_tree(tokens: Sequence[Token]) -> bool:
    """Whether every token hangs, by however many steps, from one that hangs from itself."""
    for token in tokens:
        seen: set[int] = set()
        index = token.index
        while tokens[index].head != index:
            if index in seen:
                return False
            seen.add(index)
            index = tokens[index].head
    return True
