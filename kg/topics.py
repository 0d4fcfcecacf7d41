"""What a partnership or a talk is about, and where something takes place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from kg.clause_scope import Scope, belongs
from kg.nominals import genitive_form
from kg.records import Entity
from kg.trees import CURRENCIES, TEMPORAL, Tree, base

TOPICAL: Final = frozenset({"partnersWith", "negotiatesWith", "meetsWith"})
"""Properties of which one can say on what."""

_ELSEWHERE: Final = frozenset(
    "basedIn locatedIn operatesIn visits exportsTo attacks leads worksFor memberOf owns subsidiaryOf develops uses "
    "competesWith allyOf succeeds".split()
)
"""Properties whose object is the place, and those that hold wherever one is."""

_FIELDS: Final = frozenset("bereich gebiet feld sache sparte area field".split())
_ON: Final = {"de": frozenset({"bei", "über", "zu", "für"}), "en": frozenset({"on", "over", "about", "for"})}
_SUBJECT: Final = frozenset({"über", "on", "over", "about"})
_WHERE: Final = frozenset({"in", "at", "auf", "near"})
_NO_TOPIC: Final = frozenset(
    "preis wert höhe dauer zeit zeitraum laufzeit teil beispiel auftakt rand anfang ende beginn schluss abschluss "
    "gelegenheit zukunft fall angabe treffen besuch gespräch konferenz gipfel messe veranstaltung termin mal folge "
    "grund price value period time term part example sideline occasion visit meeting conference summit future case "
    "behalf basis condition phone trip stage table".split()
)
"""Nouns that stand behind these prepositions for when, how and on which occasion."""
_TIMES: Final = frozenset(word.lower() for word in TEMPORAL) | {"tag", "stunde", "minute", "day", "hour"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with the entity that they name, if they name one."""

    start: int
    end: int
    entity: str | None = None


def topics(
    scope: Scope, name: str, language: str, taken: Collection[int], entity_at: Callable[[int], Entity | None]
) -> Iterator[Phrase]:
    """What the clause is about: „bei 5G“, "on battery cells", „zur Entwicklung von Chips“.

    Args:
        scope: the clause of the statement.
        name: its property, one of `TOPICAL`.
        language: ``de`` or ``en``.
        taken: tokens of dates and quantities.
        entity_at: the entity that a token stands for.
    """
    tree = scope.tree
    for token in tree.tokens:
        case = tree.case(token.index)
        if token.pos not in {"NOUN", "PROPN", "X"} or token.index in taken or token.index in scope.ends:
            continue
        lemma = token.lemma.lower()
        if lemma in _TIMES or lemma in CURRENCIES or lemma in _NO_TOPIC:
            continue
        inner = _of_field(tree, token.index) if lemma in _FIELDS and case in {"in", "auf"} else None
        if inner is None and case not in (_SUBJECT if name == "meetsWith" else _ON[language]):
            continue
        if not belongs(scope, [token]):
            continue
        head = token.index if inner is None else inner
        entity = entity_at(head)
        if entity is not None:
            wide = case in _SUBJECT or entity.type in {"Technology", "Product", "Event"}
            if wide and head not in scope.ends:
                yield Phrase(*_name_span(tree, head), entity.iri)
        elif head not in tree.name_at and tree[head].pos == "NOUN":
            yield Phrase(*_noun_span(tree, head, taken))


def _of_field(tree: Tree, noun: int) -> int | None:
    """What a field is one of: "im Bereich Cloud", "in the field of robotics", wherever the parser hung it."""
    for child in tree.by_relation(noun, "nmod", "appos", "flat", "compound"):
        if child.pos in {"NOUN", "PROPN", "X"} and (child.index > noun or base(child.relation) == "compound"):
            return child.index
    following = noun + 1
    while following < len(tree) and tree[following].pos == "ADJ":
        following += 1
    near = following < len(tree) and (following > noun + 1 or following in tree.name_at)
    return following if near and tree[following].pos in {"NOUN", "PROPN", "X"} and not tree.case(following) else None


def _name_span(tree: Tree, head: int) -> tuple[int, int]:
    span = tree.name_at.get(head)
    return (span.start, span.end) if span is not None else (tree[head].start, tree[head].end)


def _noun_span(tree: Tree, head: int, taken: Collection[int]) -> tuple[int, int]:
    """The noun with its adjectives, its genitive or "of" phrase and its conjuncts, without determiners."""
    first = last = head
    while first > 0 and tree[first - 1].head in range(first, head + 1):
        if base(tree[first - 1].relation) not in {"amod", "compound"} or tree[first - 1].pos == "DET":
            break
        first -= 1
    for child in tree.by_relation(head, "nmod", "conj"):
        inside = tree.subtree(child.index)
        joined = inside == list(range(inside[0], inside[-1] + 1)) and inside[0] == last + 1
        own = base(child.relation) == "conj" or tree.case(child.index) in {"von", "of", "für", "for"}
        own = own or (not tree.case(child.index) and genitive_form(tree, child.index))
        small = len(inside) <= 6 and not any(i in taken or tree[i].pos in {"VERB", "AUX", "PUNCT"} for i in inside)
        if child.index > head and joined and own and small:
            last = inside[-1]
    return tree[first].start, tree[last].end


def places(
    scope: Scope,
    name: str,
    dates: Collection[int],
    entity_at: Callable[[int], Entity | None],
    is_place: Callable[[str], bool],
    ends: Collection[str],
) -> Iterator[Phrase]:
    """Where it takes place: "in Berlin" on the predicate or the event noun.

    Args:
        scope: the clause of the statement.
        name: its property; those whose object is a place, and lasting ones, have no other.
        dates: tokens of dates, which the parser hangs places on.
        entity_at: the entity that a token stands for.
        is_place: whether a class is one of places.
        ends: IRIs of subject and object, which are no place of themselves.
    """
    if name in _ELSEWHERE:
        return
    tree = scope.tree
    for token in tree.tokens:
        if token.index not in tree.name_at or tree.case(token.index) not in _WHERE or token.index in scope.ends:
            continue
        entity = entity_at(token.index)
        if entity is None or not is_place(entity.type) or entity.iri in ends:
            continue
        if belongs(scope, [token], dates, names=name in TOPICAL):
            yield Phrase(*_name_span(tree, token.index), entity.iri)
