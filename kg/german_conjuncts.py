"""German main clauses that share a subject, each hung together: "X ist ein Y, hat Z und liegt in W".

A finite verb straight behind a comma or "und" opens a clause that takes its subject from the first one. All that
stands before the next such verb is its own. Small parsers take one of the later verbs for the main one, the first
clause for its complement, and share the words out between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.modality import full_lemma
from kg.modality_words import GERMAN
from kg.quotation_marks import MARKS
from kg.records import Token
from kg.trees import Tree, base, feature, infinitive_with_zu, is_finite

_CONJUNCTIONS: Final = frozenset("und oder sowie aber sondern beziehungsweise bzw.".split())
_RELATIVES: Final = frozenset(
    "der die das dem den denen dessen deren welcher welche welches welchem welchen wo wofür womit wodurch wobei woran "
    "worauf woraus worin wovon wozu wogegen weshalb was wer wen wem warum wann wie".split()
)
_OPENERS: Final = frozenset(
    "dass daß ob weil obwohl während nachdem bevor ehe wenn falls sofern sobald solange damit indem als bis seit "
    "seitdem da wie wo sodass obgleich obschon wenngleich insofern soweit um ohne statt anstatt".split()
)
_STOPS: Final = MARKS | {":", ";", "–", "—", "?", "!"}
_SAYING: Final = GERMAN.saying | {
    "heißen",
    "bekennen",
    "bekanntgeben",
    "ankündigen",
    "fordern",
    "warnen",
    "kritisieren",
}
"""Verbs that follow what is said: "…, teilte das Amt mit"."""
_PARTICIPLE: Final = ("t", "en")


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause that shares its subject: its finite verb, its predicate, its first and last word."""

    finite: int
    predicate: int
    first: int
    last: int


def with_shared_subjects(tree: Tree) -> Iterator[Token]:
    """Later clauses without subject on the predicate of the first, the words of each on its own predicate."""
    parts = _parts(tree)
    if len(parts) < 2:
        yield from tree.tokens
        return
    owner = {i: part for part in parts for i in range(part.first, part.last + 1)}
    first = parts[0]
    predicates = {part.predicate for part in parts}
    top = _top(tree, owner, predicates)
    subject = _subject(tree, first)
    below = _subordinate(tree, first.first, parts[-1].last)
    for token in tree.tokens:
        part = owner.get(token.index)
        if token.index == first.predicate:
            root = top is None or tree[top].head == top
            yield _verbal(
                tree,
                token,
                first.predicate if top is None or root else tree[top].head,
                "root" if top is None or root else tree[top].relation,
                first,
            )
        elif part is not None and token.index == part.predicate:
            yield _verbal(tree, token, first.predicate, "conj", part)
        elif part is not None and token.index == part.finite:
            kind = base(token.relation) in {"aux", "cop"} and token.head == part.predicate
            copula = tree[part.predicate].pos in {"NOUN", "PROPN"}
            yield replace(token, head=part.predicate, relation=token.relation if kind else "cop" if copula else "aux")
        elif token.index == subject:
            yield replace(token, head=first.predicate, relation=_subject_relation(token))
        elif part is None:
            yield token
        else:
            yield _own(tree, token, part, owner, first=part is first, below=below)


def _parts(tree: Tree) -> list[_Part]:
    """The clauses of the first row of clauses that share a subject; none if there is but one."""
    below = _subordinate(tree, 0, len(tree) - 1)
    row: list[int] = []
    for token in tree.tokens:
        if token.text in _STOPS and row:
            if len(row) > 1:
                break
            row = []
        if token.index in below or not is_finite(token) or token.pos not in {"VERB", "AUX"}:
            continue
        if row and _opens(tree, token.index, row, below):
            row.append(token.index)
        elif row and not any(t.text == "," or t.pos == "CCONJ" for t in tree.tokens[row[-1] : token.index]):
            continue  # two finite verbs in one clause: one is a title's, "mit Alben wie Digital ist besser"
        elif len(row) < 2:
            row = [token.index] if token.index > 0 and not _speech(tree, token.index) else []
        else:
            break
    if len(row) < 2:
        return []
    starts = [_start(tree, row[0]), *(_border(tree, v) + 1 for v in row[1:])]
    ends = [*(s - 1 for s in starts[1:]), _end(tree, row[-1], below)]
    parts = []
    for finite, start, end in zip(row, starts, ends, strict=True):
        predicate = _predicate(tree, finite, start, end, below)
        if predicate is None:
            return []
        parts.append(_Part(finite, predicate, start, end))
    return parts


def _opens(tree: Tree, verb: int, row: list[int], below: set[int]) -> bool:
    """Whether a finite verb opens a clause without subject of its own."""
    before = tree[verb - 1]
    if before.text not in {",", *_CONJUNCTIONS}:
        return False
    if before.text == ",":
        # "Die Firma, die X baut, hat …" has its first verb here, but a row has one already.
        reported = feature(tree[row[0]], "Mood") == "Sub" and feature(tree[verb], "Mood") == "Ind"
        if full_lemma(tree, verb) in _SAYING or reported:
            return False
    elif verb - 2 in below and (verb + 1 >= len(tree) or tree[verb + 1].pos == "PUNCT"):
        return False  # "der X entdeckte und erforschte."
    numbers = {feature(tree[v], "Number") for v in (row[0], verb)} - {""}
    return len(numbers) < 2


def _speech(tree: Tree, verb: int) -> bool:
    return tree[verb - 1].text == "," and full_lemma(tree, verb) in _SAYING


def _border(tree: Tree, verb: int) -> int:
    """The last word before a clause: the one before its conjunction or comma."""
    place = verb - 1
    while place > 0 and (tree[place].text == "," or tree[place].text in _CONJUNCTIONS):
        place -= 1
    return place


def _start(tree: Tree, verb: int) -> int:
    """Where the first clause of a row begins: behind the last stop before its verb."""
    return next((i + 1 for i in range(verb - 1, -1, -1) if tree[i].text in {":", ";", "–", "—", "„"}), 0)


def _end(tree: Tree, verb: int, below: set[int]) -> int:
    """Where the last clause of a row ends: before a clause with a subject of its own, or a stop."""
    for index in range(verb + 1, len(tree)):
        token = tree[index]
        if token.text in _STOPS:
            return index - 1
        if index not in below and is_finite(token) and token.pos in {"VERB", "AUX"}:
            comma = next(
                (i for i in range(index - 1, verb, -1) if tree[i].text == "," or tree[i].pos == "CCONJ"), index
            )
            return comma - 1
    return len(tree) - 1


def _subordinate(tree: Tree, first: int, last: int) -> set[int]:
    """The words of subordinate clauses: from their opening word to the mark behind their finite verb."""
    found: set[int] = set()
    inside = closed = False
    for index in range(first, last + 1):
        token = tree[index]
        border = index == 0 or tree[index - 1].text in {",", "–", "(", "„"} or (inside and closed)
        if (border or token.pos == "CCONJ") and _opening(tree, index):
            inside, closed = True, False
        elif inside and closed and (token.text in {",", *_STOPS} or token.text in _CONJUNCTIONS):
            inside = token.text in _CONJUNCTIONS and not _verb_first(tree, index + 1)
            closed = closed and not inside
        if inside:
            found.add(index)
            if (is_finite(token) and token.pos in {"VERB", "AUX"}) or infinitive_with_zu(tree, index):
                closed = True
    return found


def _verb_first(tree: Tree, index: int) -> bool:
    """Whether a finite verb stands here with words of its own behind it."""
    here = index < len(tree) and tree[index].pos in {"VERB", "AUX"} and is_finite(tree[index])
    return here and index + 1 < len(tree) and tree[index + 1].pos != "PUNCT"


def _opening(tree: Tree, index: int) -> bool:
    """Whether a word, perhaps behind a conjunction or a preposition, opens a subordinate clause."""
    place = index
    while place < len(tree) - 2 and place < index + 2 and tree[place].pos in {"CCONJ", "ADP"}:
        if tree[place].text.lower() in _OPENERS:
            break
        place += 1
    token = tree[place]
    word = token.text.lower()
    if token.pos == "SCONJ" or (word in _OPENERS and place == index and token.pos not in {"ADV", "NOUN"}):
        phrase = token.pos != "SCONJ" or word in {"als", "wie", "um", "ohne", "statt"}
        return not (phrase and _nominal_follows(tree, place))
    relative = word in _RELATIVES and (token.pos in {"PRON", "ADV"} or "Rel" in token.feats)
    return relative and (index > 0 or word not in {"der", "die", "das", "dem", "den"})


def _nominal_follows(tree: Tree, index: int) -> bool:
    """Whether a word compares or marks a mere phrase: no finite verb before the next mark closes a clause."""
    for token in tree.tokens[index + 1 :]:
        if token.pos == "PUNCT" or token.text in _CONJUNCTIONS:
            before = tree[token.index - 1]
            return not (before.pos in {"VERB", "AUX"} and (is_finite(before) or infinitive_with_zu(tree, before.index)))
    return True


def _predicate(tree: Tree, finite: int, first: int, last: int, below: set[int]) -> int | None:
    """The predicate that a finite verb belongs to: itself, its participle or infinitive, or a predicate noun."""
    token = tree[finite]
    head = token.head if base(token.relation) in {"aux", "cop"} else finite
    if head != finite and first <= head <= last and head not in below:
        return head
    if token.pos == "VERB":
        return finite
    closing = [i for i in range(finite + 1, last + 1) if i not in below and tree[i].pos not in {"PUNCT", "CCONJ"}]
    for index in reversed(closing):
        if _nonfinite(tree, index):
            return index
    if token.lemma.lower() == "haben":
        return finite
    if token.lemma.lower() not in {"sein", "bleiben", "werden"}:
        return None
    nominals = (i for i in closing if tree[i].pos in {"NOUN", "PROPN", "ADJ"} and not tree.case(i))
    tops = (i for i in nominals if tree[i].head not in closing or base(tree[i].relation) in {"nsubj", "obj", "root"})
    return next(tops, None)


def _nonfinite(tree: Tree, index: int) -> bool:
    """Whether a participle or infinitive closes its clause here."""
    token = tree[index]
    if token.pos == "VERB" and not is_finite(token):
        return base(token.relation) not in {"amod", "acl"}
    participle = token.pos == "ADJ" and token.text[:1].islower() and token.text.endswith(_PARTICIPLE)
    following = tree[index + 1] if index + 1 < len(tree) else None
    closing = following is None or following.pos in {"PUNCT", "CCONJ", "AUX"}
    return participle and closing and base(token.relation) not in {"amod", "advmod"} and "ge" in token.text


def _top(tree: Tree, owner: dict[int, _Part], predicates: set[int]) -> int | None:
    """The word of the row that hangs from outside of it."""
    tops = [i for i in owner if tree[i].head == i or tree[i].head not in owner]
    verbs = [i for i in tops if i in predicates or tree[i].pos in {"VERB", "AUX"}]
    return next(iter(verbs), next(iter(tops), None))


def _subject(tree: Tree, first: _Part) -> int | None:
    """The subject of the first clause where the tree has hung it elsewhere: the bare nominal before its verb."""
    if any(first.first <= t.index <= first.last for t in tree.by_relation(first.predicate, "nsubj")):
        return None
    inside = set(range(first.first, first.finite))
    tops = [
        i
        for i in inside
        if tree[i].pos in {"NOUN", "PROPN", "PRON"}
        and tree[i].head not in inside
        and not tree.case(i)
        and base(tree[i].relation) in {"nsubj", "dep", "obj", "obl", "nmod", "root", "appos", "ccomp"}
    ]
    return tops[0] if len(tops) == 1 else None


def _subject_relation(token: Token) -> str:
    return token.relation if base(token.relation) == "nsubj" else "nsubj"


def _verbal(tree: Tree, token: Token, head: int, relation: str, part: _Part) -> Token:
    """A predicate hung where it belongs; a participle taken for an adjective as the verb it is."""
    if token.pos == "ADJ" and part.finite != token.index and _nonfinite(tree, token.index):
        return replace(token, pos="VERB", feats=f"VerbForm=Part|{token.feats}".strip("|"), head=head, relation=relation)
    return replace(token, head=head, relation=relation)


def _own(tree: Tree, token: Token, part: _Part, owner: dict[int, _Part], first: bool, below: set[int]) -> Token:
    """A word on its own side: on its predicate where it hangs on another clause's words."""
    above = owner.get(token.head)
    if above is not part:
        clause = token.index in below and (token.head < token.index or above is None)
        if clause and tree[token.head].pos in {"NOUN", "PROPN"}:
            return token
        nominal = token.pos in {"NOUN", "PROPN", "PRON", "NUM"}
        moved = "obl" if nominal and tree.case(token.index) else token.relation
        if base(moved) in {"root", "conj"}:
            moved = "dep" if nominal else "advcl" if token.pos in {"VERB", "AUX"} else "advmod"
        token = replace(token, head=part.predicate, relation=moved)
    elif token.head == part.finite and part.finite != part.predicate:
        token = replace(token, head=part.predicate)
    if not first and token.head == part.predicate and base(token.relation) == "nsubj" and token.index > part.finite:
        return replace(token, relation="obj")
    return token
