"""What a sentence adds to a statement: when, for how much, how large a part, how many, as what, on what, where.

Only what hangs on the statement's own predicate, its event noun or a noun that makes up its meaning is taken;
where two readings remain, none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from kg.clause_scope import Scope, belongs, tokens_of
from kg.date_expressions import expressions
from kg.event_times import LASTING, event_time
from kg.name_index import class_of_noun
from kg.nominals import noun_lemma
from kg.ontology import Ontology
from kg.post_words import POSTS, post
from kg.quantities import Quantity, quantities, whole_number
from kg.records import QUALIFIERS, Entity, Link, Qualifier, QualifierKind, Statement, Token
from kg.topics import TOPICAL, Phrase, places, topics
from kg.trees import CURRENCIES, TEMPORAL, Tree, base

_NO_SUM: Final = frozenset(
    "basedIn locatedIn memberOf leads worksFor allyOf succeeds meetsWith visits appoints dismisses competesWith "
    "criticizes supports warnsAgainst".split()
)
"""Properties that have no price."""
_STAKES: Final = frozenset({"owns", "investsIn", "acquires", "subsidiaryOf"})
_NO_COUNT: Final = frozenset("basedIn locatedIn memberOf leads worksFor allyOf succeeds competesWith owns".split())

_PRICED: Final = frozenset(
    "höhe wert gesamtwert preis kaufpreis gesamtpreis summe strafe geldstrafe bußgeld geldbuße geldauflage deal "
    "geschäft transaktion auftrag vertrag volumen auftragsvolumen umfang teuer schwer hoch betrag rechnung investition "
    "deal worth value price sum fine penalty transaction contract order total cost value valuation investment".split()
)
"""Words between a sum and the clause that it is the price of: "in a deal worth $3 billion"."""
_OTHER: Final = frozenset(
    "umsatz gewinn verlust schuld erlös ergebnis börsenwert marktwert bilanzsumme vermögen einlage "
    "revenue sale profit debt loss turnover asset deposit earning income capitalisation capitalization".split()
)
"""What else is counted in money; such a sum is no price."""
_HELD: Final = frozenset(
    "anteil aktie aktienanteil beteiligung kapitalanteil minderheitsbeteiligung mehrheitsbeteiligung paket "
    "aktienpaket kapital stimmrecht gesellschaftsanteil prozent stake share shareholding interest holding percent "
    "cent % equity".split()
)
_CHANGED: Final = frozenset({"um", "by", "gegenüber"})
_UP_TO: Final = ("bis zu ", "up to ")
_NO_UNIT: Final = frozenset(
    "prozent percent cent euro dollar uhr mal grad million milliarde billion stück paragraf artikel seite time degree "
    "prozentpunkt point hour minute second stunde minute sekunde tag day night nacht".split()
)

_COUNTED_WITH: Final = frozenset({"", "von", "um", "über", "mit", "of", "on", "with", "for", "to"})
"""Prepositions of what is dealt with; others tell of time, place or circumstance: "after three defeats"."""
_HEDGE: Final = re.compile(
    r"(?:rund|etwa|knapp|gut|fast|nahezu|mehr als|über|mindestens|weniger als|about|around|nearly|almost|roughly|"
    r"more than|over|at least|less than|an estimated|some)\s+(?:a\s+|eine[rmn]?\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sources:
    """What of an article is needed to qualify its statements.

    Attributes:
        text: the article's text.
        language: ``de`` or ``en``.
        today: the day of publication, if known.
        ontology: its nouns for posts and houses.
        entities: by IRI.
        links: by sentence and token.
    """

    text: str
    language: str
    today: date | None
    ontology: Ontology
    entities: Mapping[str, Entity]
    links: Mapping[tuple[int, int], tuple[Link, ...]]

    def entity_at(self, tree: Tree, token: int) -> Entity | None:
        """The entity that a token stands for."""
        found = (link for link in self.links.get((tree.sentence.index, token), ()) if link.mention.whole)
        return next((self.entities[link.iri] for link in found if link.iri in self.entities), None)


def qualified(statement: Statement, scope: Scope, sources: Sources) -> Statement:
    """A statement with the time and the qualifiers that its clause gives it.

    Args:
        statement: as made from the clause.
        scope: the clause.
        sources: the article.
    """
    tree, name = scope.tree, statement.property
    text = sources.text[tree.sentence.start : tree.sentence.end]
    found: list[Qualifier] = []
    holder = _is_holder(scope, sources)
    if holder and name not in LASTING:
        return statement
    when = event_time(scope, text, sources.language, sources.today, name, statement.status)
    if when is not None:
        found.append(_qualifier("time", when.start, when.end, sources))
    dates = _dated(tree, text, sources.language)
    measured = quantities(text, sources.language)
    taken = dates | {t.index for q in measured for t in _tokens(tree, q)}
    if not holder:
        found += _money(scope, measured, name, sources)
        found += _share(scope, measured, name, dates, sources)
        found += _counts(scope, name, taken, sources)
    if name in POSTS and (span := post(scope, name, sources.ontology, sources.language)) is not None:
        found.append(_qualifier("role", *span, sources))
    ends = {statement.subject, statement.object}
    about: list[str] = []
    if name in TOPICAL:
        on = [
            p
            for p in topics(scope, name, sources.language, taken, lambda token: sources.entity_at(tree, token))
            if p.entity not in ends
        ]
        found += [_phrase("topic", p, sources) for p in on]
        about = sorted({p.entity for p in on if p.entity})
    where = list(
        places(
            scope,
            name,
            dates,
            lambda token: sources.entity_at(tree, token),
            lambda kind: sources.ontology.is_a(kind, "Place"),
            ends,
        )
    )
    found += [_phrase("place", p, sources) for p in where]
    ordered = sorted(set(found), key=_order)
    return replace(
        statement,
        event_time=when.edtf if when is not None else None,
        qualifiers=tuple(ordered),
        about=tuple(about),
    )


def _is_holder(scope: Scope, sources: Sources) -> bool:
    """Whether a noun stands for somebody, not for what happens: "Autonomy's founder", „der Rivale“."""
    if scope.clause.kind != "noun":
        return False
    kind = class_of_noun(noun_lemma(scope.tree, scope.clause.head), sources.ontology.nouns(sources.language))
    return kind is not None and sources.ontology.is_a(kind, "Agent")


def completed(statement: Statement, other: Statement) -> Statement:
    """A statement with the kinds of qualifiers that it lacks and another reading of the same triple has.

    Two clauses of one sentence often state one triple: the noun's has the price, the verb's has the date. A reading
    of another status adds nothing.
    """
    if statement.status != other.status:
        return statement
    kinds = {q.kind for q in statement.qualifiers}
    more = [q for q in other.qualifiers if q.kind not in kinds]
    ordered = sorted((*statement.qualifiers, *more), key=_order)
    return replace(
        statement,
        event_time=statement.event_time or other.event_time,
        about=statement.about or other.about,
        qualifiers=tuple(ordered),
    )


def _order(qualifier: Qualifier) -> tuple[int, int, int]:
    return QUALIFIERS.index(qualifier.kind), qualifier.start, qualifier.end


def _qualifier(
    kind: QualifierKind, start: int, end: int, sources: Sources, value: Decimal | None = None, unit: str | None = None
) -> Qualifier:
    return Qualifier(kind, sources.text[start:end], start, end, None if value is None else float(value), unit)


def _phrase(kind: QualifierKind, phrase: Phrase, sources: Sources) -> Qualifier:
    return replace(_qualifier(kind, phrase.start, phrase.end, sources), entity=phrase.entity)


def _dated(tree: Tree, text: str, language: str) -> set[int]:
    """The tokens of date expressions."""
    offset = tree.sentence.start
    return {t.index for e in expressions(text, language) for t in tokens_of(tree, offset + e.start, offset + e.end)}


def _tokens(tree: Tree, quantity: Quantity) -> tuple[Token, ...]:
    offset = tree.sentence.start
    return tokens_of(tree, offset + quantity.start, offset + quantity.end)


def _measured(scope: Scope, quantity: Quantity, kind: QualifierKind, sources: Sources) -> Qualifier:
    offset = scope.tree.sentence.start
    start, end = offset + quantity.start, offset + quantity.end
    if hedge := _HEDGE.search(sources.text[offset:start]):
        start = offset + hedge.start()
    return _qualifier(kind, start, end, sources, quantity.value, quantity.unit)


def _money(scope: Scope, measured: Sequence[Quantity], name: str, sources: Sources) -> list[Qualifier]:
    """The price of it, if there is one; a second sum in brackets only converts the first."""
    if name in _NO_SUM:
        return []
    offset = scope.tree.sentence.start
    found = [q for q in measured if q.kind == "amount" and _is_price(scope, q, sources)]
    found = [q for q in found if sources.text[offset : offset + q.start].rstrip()[-1:] != "("] or found
    if len({(q.value, q.unit) for q in found}) != 1:
        return []
    return [_measured(scope, found[0], "amount", sources)]


def _is_price(scope: Scope, quantity: Quantity, sources: Sources) -> bool:
    tree, words = scope.tree, _tokens(scope.tree, quantity)
    before = sources.text[: tree.sentence.start + quantity.start].lower()
    if not words or before.endswith(_UP_TO) or _beside(tree, words, _OTHER):
        return False
    cases = {tree.case(t.index) for t in words}
    if cases & _CHANGED:
        return False
    through = {t.index for t in tree.tokens if _is_one_of(t, _PRICED)}
    return belongs(scope, words, through, names=bool(cases & {"für", "for"}))


def _beside(tree: Tree, words: Sequence[Token], lemmas: frozenset[str]) -> bool:
    """Whether a sum is one of something else: "3 Milliarden Euro Umsatz", "$2 billion in revenue"."""
    inside = {t.index for t in words}
    near = [tree[i] for i in range(words[-1].index + 1, min(words[-1].index + 5, len(tree)))]
    tied = [t for t in near if t.head in inside or t.index == words[-1].index + 1]
    tied += [tree[t.head] for t in words if t.head not in inside]
    return any(_is_one_of(t, lemmas) for t in tied)


def _is_one_of(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word is one of some; a German compound counts as its last part."""
    lemma = token.lemma.lower()
    return lemma in lemmas or any(len(w) > 3 and lemma.endswith(w) for w in lemmas)


def _share(scope: Scope, measured: Sequence[Quantity], name: str, dates: set[int], sources: Sources) -> list[Qualifier]:
    """How large a part is bought or held; what it grew by is none."""
    if name not in _STAKES:
        return []
    tree = scope.tree
    through = {t.index for t in tree.tokens if _is_one_of(t, _HELD)}
    found = []
    for quantity in measured:
        words = _tokens(tree, quantity)
        if quantity.kind != "share" or not words or {t.index for t in words} & dates:
            continue
        if {tree.case(t.index) for t in words} & _CHANGED or _beside(tree, words, _OTHER):
            continue
        if belongs(scope, words, through, names=False):
            found.append(quantity)
    return [_measured(scope, found[0], "share", sources)] if len({q.value for q in found}) == 1 else []


def _counts(scope: Scope, name: str, taken: set[int], sources: Sources) -> Iterator[Qualifier]:
    """How many of what: „500 Stellen“, "1,200 employees"."""
    if name in _NO_COUNT:
        return
    tree = scope.tree
    for token in tree.tokens:
        noun = tree[token.head]
        if base(token.relation) != "nummod" or token.index in taken or noun.index in taken or noun.pos != "NOUN":
            continue
        if noun.index in scope.ends or noun.index in tree.name_at or noun.index < token.index:
            continue
        lemma = noun.lemma.lower()
        if lemma in _NO_UNIT or lemma in CURRENCIES or noun.lemma in TEMPORAL or lemma in _HELD:
            continue
        first, digits = _digits_before(tree, token)
        if token.index + 1 < len(tree) and _digits_before(tree, tree[token.index + 1])[0].index <= token.index:
            continue  # the number goes on
        value = whole_number(digits, sources.language)
        if value is None or tree.case(noun.index) not in _COUNTED_WITH or not _is_counted(scope, noun):
            continue
        if belongs(scope, [noun], names=False):
            yield _qualifier("count", first.start, noun.end, sources, Decimal(value), noun.text)


def _digits_before(tree: Tree, token: Token) -> tuple[Token, str]:
    """The first token and the digits of a number whose groups stand apart: "10 500 jobs"."""
    first, digits = token, token.text
    while first.index and len(first.text) == 3 and digits.isdecimal():
        before = tree[first.index - 1]
        if not before.text.isdecimal() or len(before.text) > 3 or before.end + 1 != first.start:
            break
        first, digits = before, before.text + digits
    return first, digits


def _is_counted(scope: Scope, noun: Token) -> bool:
    """Whether a noun is what is done or dealt with, not who does it."""
    roles = {a.role for a in scope.clause.arguments if a.head == noun.index}
    if scope.clause.kind == "verb" and noun.head == scope.clause.head:
        return bool(roles) and "subject" not in roles
    return base(noun.relation) in {"nmod", "obl", "obj", "compound", "nsubj"}
