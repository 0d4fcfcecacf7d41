"""What claims contradict each other, and what is only told at another time: pure, without a store.

News of different times may differ and both be right: chief executives follow each other, a plan is given up, a company
is sold again. So claims contradict each other only where they may speak of the same time, and where no article that
tells both shows how they go together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from kg.expectations import Expectations
from kg.records import PLAIN, Status
from kg.told import Relation

ConflictKind = Literal["denied", "alleged", "values", "excluded", "sum", "share", "time"]
Days = tuple[date, date]

_WEEK: Final = timedelta(days=7)
"""Events that are dated less apart may be one, as "today" follows the article's date; chosen, not measured."""
_MONTH: Final = timedelta(days=31)
"""Articles further apart may tell of two events or of two holders of a post; chosen, not measured."""
_YEAR: Final = timedelta(days=366)
"""Articles further apart tell how a state has changed; chosen, not measured."""
_ROUGHLY: Final = 0.05
"""Sums that differ by less are one sum, rounded or converted in another way."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, as far as it can contradict another."""

    id: str  # IRI of the statement
    source: str  # IRI of the article, or of the one that it prints the text of
    relation: Relation
    status: Status
    published: Days | None = None
    event: Days | None = None  # when it happens, as the sentence has it
    sums: tuple[tuple[float, str], ...] = ()  # amount and currency
    shares: tuple[float, ...] = ()
    posts: tuple[str, ...] = ()  # the words


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that do not go together, on two sides or more, each with what it says."""

    kind: ConflictKind
    relation: Relation  # the first that it is about
    sides: tuple[tuple[str, tuple[Claim, ...]], ...]  # a post, or nothing, where the relations themselves differ


def contradictions(claims: Iterable[Claim], expected: Expectations) -> Iterator[Contradiction]:
    """All that contradict each other; in the order of relations."""
    told: dict[Relation, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.relation].append(claim)
    facts = {key: held for key in sorted(told) if (held := [one for one in told[key] if one.status in PLAIN])}
    for key in sorted(told):
        yield from _denied(key, told[key])
        yield from _different_numbers(key, told[key], expected)
    yield from _different_values(facts, told, expected)
    yield from _excluded(facts, expected)


def _denied(key: Relation, claims: Sequence[Claim]) -> Iterator[Contradiction]:
    """What some hold to be so, and others deny or only allege."""
    held = [one for one in claims if one.status in PLAIN]
    alleged = [one for one in claims if one.status == "alleged"]
    denied = [one for one in claims if one.status == "negated"]
    for kind, one, other in (("denied", held or alleged, denied), ("alleged", held, alleged)):
        sides = _at_one_time(one, other, _YEAR)
        if all(sides) and not _same_articles(*sides):
            names = [side[0].status if len({c.status for c in side}) == 1 else "held to be so" for side in sides]
            yield Contradiction(kind, key, tuple(zip(names, sides, strict=True)))  # type: ignore[arg-type]


def _different_numbers(key: Relation, claims: Sequence[Claim], expected: Expectations) -> Iterator[Contradiction]:
    """Sums, shares and times of one event."""
    for statuses in (PLAIN, frozenset({"planned"})):
        held = [one for one in claims if one.status in statuses]
        if key[1] in expected.once:
            currencies = sorted({unit for one in held for _, unit in one.sums})
            for unit in currencies:
                numbers = [(one, [value for value, its in one.sums if its == unit]) for one in held]
                yield from _clusters("sum", key, numbers, lambda value, unit=unit: _sum(value, unit))  # type: ignore[misc]
            yield from _clusters("share", key, [(one, list(one.shares)) for one in held], _percent)
    if key[1] in expected.dated:
        yield from _different_times(key, [one for one in claims if one.status in PLAIN])


def _different_times(key: Relation, held: Sequence[Claim]) -> Iterator[Contradiction]:
    times: dict[Days, list[Claim]] = defaultdict(list)
    for one in held:
        if one.event is not None:
            times[one.event].append(one)
    apart = {
        days
        for one, other in itertools.combinations(sorted(times), 2)
        if _gap(one, other) > timedelta(0) and not _shared(times[one], times[other])
        for days in (one, other)
    }
    if apart:
        yield Contradiction("time", key, tuple((_days(days), tuple(times[days])) for days in sorted(apart)))


def _clusters(
    kind: ConflictKind, key: Relation, numbers: Sequence[tuple[Claim, list[float]]], shown: Callable[[float], str]
) -> Iterator[Contradiction]:
    """Numbers that are not one, each with those who tell it; who tells two of them knows how they go together."""
    of_article: dict[str, set[float]] = defaultdict(set)
    for one, found in numbers:
        of_article[one.source].update(found)
    clusters: list[tuple[float, list[Claim]]] = []
    for one, found in sorted(numbers, key=lambda pair: (pair[1], pair[0].id)):
        if len(found) != 1 or not all(alike(found[0], other) for other in of_article[one.source]):
            continue
        if clusters and alike(clusters[-1][0], found[0]):
            clusters[-1][1].append(one)
        else:
            clusters.append((found[0], [one]))
    window = _MONTH if kind == "share" else _YEAR
    sides = []
    for value, held in clusters:
        others = [claim for rival, claims in clusters if rival != value for claim in claims]
        if kept := tuple(claim for claim in held if any(_together(claim, other, window) for other in others)):
            sides.append((shown(value), kept))
    if len(sides) > 1:
        yield Contradiction(kind, key, tuple(sides))


def alike(one: float, other: float) -> bool:
    """Whether two numbers may be one, rounded.

    >>> alike(4e9, 4.2e9), alike(4e9, 5e9), alike(4.2e9, 4.3e9), alike(4.2e9, 4.9e9)
    (True, False, True, False)
    """
    if abs(one - other) <= _ROUGHLY * max(abs(one), abs(other)):
        return True
    first, second = (Decimal(repr(value)).normalize() for value in (one, other))
    digits = min(len(first.as_tuple().digits), len(second.as_tuple().digits))
    return _rounded(first, digits) == _rounded(second, digits)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP).normalize()


def _different_values(
    facts: Mapping[Relation, list[Claim]], told: Mapping[Relation, list[Claim]], expected: Expectations
) -> Iterator[Contradiction]:
    """Two that hold or do what only one can."""
    tied = frozenset(frozenset((subject, value)) for subject, prop, value in told if prop in expected.ties)
    for (post, prop, _), rivals in sorted(_groups(facts, expected).items()):
        timeless = prop in expected.functional | expected.inverse_functional
        left: dict[str, set[str]] = defaultdict(set)
        for (one, its), (other, others) in itertools.combinations(sorted(rivals.items()), 2):
            if not timeless and (frozenset((one, other)) in tied or _shared(its, others)):
                continue
            kept = _at_one_time(its, others, timedelta.max if timeless else _MONTH)
            for name, claims in zip((one, other), kept, strict=True):
                left[name] |= {claim.id for claim in claims}
        sides = []
        for name, ids in sorted(left.items()):
            held = tuple(claim for claim in rivals[name] if claim.id in ids)
            if held and not (post and _in_change(held[0].relation, told)):
                sides.append((post, held))
        if len(sides) > 1:
            yield Contradiction("values", sides[0][1][0].relation, tuple(sides))


def _groups(
    facts: Mapping[Relation, list[Claim]], expected: Expectations
) -> Mapping[tuple[str, str, str], Mapping[str, list[Claim]]]:
    """Post, property and what stays the same → what differs → who says so."""
    groups: dict[tuple[str, str, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for (subject, prop, value), held in facts.items():
        for one in held:
            if prop in expected.functional:
                groups["", prop, subject][value].append(one)
            if prop in expected.inverse_functional | expected.one_subject:
                groups["", prop, value][subject].append(one)
            for post in one.posts if prop in expected.one_per_post else ():
                groups[post.casefold(), prop, value][subject].append(one)
    return groups


def _shared(one: Collection[Claim], other: Collection[Claim]) -> bool:
    """Whether an article tells both, and so how they go together."""
    return not {c.source for c in one}.isdisjoint(c.source for c in other)


def _in_change(key: Relation, told: Mapping[Relation, list[Claim]]) -> bool:
    """Whether it is also told that the relation comes or ends."""
    return any(one.status not in PLAIN for one in told[key])


def _excluded(facts: Mapping[Relation, list[Claim]], expected: Expectations) -> Iterator[Contradiction]:
    """Relations that do not hold together: both ways round, or two between the same two."""
    for (subject, prop, value), held in facts.items():
        opposed = [(value, prop, subject)] if prop in expected.one_way and subject < value else []
        opposed += [(subject, second, value) for first, second in sorted(expected.excluding) if first == prop]
        for key in opposed:
            one, other = _at_one_time(held, facts.get(key, ()), _YEAR)
            if one and other and not _same_articles(one, other):
                yield Contradiction("excluded", one[0].relation, (("", one), ("", other)))


def _at_one_time(
    one: Collection[Claim], other: Collection[Claim], window: timedelta
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Of two sides the claims that may speak of the same time as one of the other side."""
    first = tuple(c for c in one if any(_together(c, o, window) for o in other))
    return first, tuple(o for o in other if any(_together(c, o, window) for c in one))


def _together(one: Claim, other: Claim, window: timedelta) -> bool:
    """Whether two claims may speak of the same time: what is not dated may be of any, but not of one month."""
    if one.event and other.event:
        return _gap(one.event, other.event) <= _WEEK
    if not (one.published and other.published):
        return window > _MONTH
    return _gap(one.published, other.published) <= window


def _same_articles(one: Collection[Claim], other: Collection[Claim]) -> bool:
    """Whether one side has no article that the other does not have: a text that tells both explains itself."""
    first, second = {c.source for c in one}, {c.source for c in other}
    return first <= second or second <= first


def _gap(one: Days, other: Days) -> timedelta:
    """The days between two spans; none or less where they touch."""
    return max(other[0] - one[1], one[0] - other[1])


def _days(days: Days) -> str:
    first, last = days
    return str(first) if first == last else f"{first} – {last}"


def _sum(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}"


def _percent(value: float) -> str:
    return f"{100 * value:.4g} %"
