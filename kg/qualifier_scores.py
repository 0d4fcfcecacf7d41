"""Times and qualifiers of the statements that were found, compared with those of the gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.gold import GoldTriple
from kg.matching import Matcher, name_key
from kg.qualifier_words import measure
from kg.records import QUALIFIERS, Qualifier, QualifierKind, Statement


@dataclass(frozen=True, slots=True)
class QualifierScore:
    """Of one kind, on the gold statements that were found: how many there are to find, were found, are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def wrong(self) -> int:
        """How many were found that the gold does not have."""
        return self.found - self.right

    @property
    def missed(self) -> int:
        """How many of the gold were not found."""
        return self.gold - self.right


def compare(found: Matcher) -> tuple[dict[QualifierKind, QualifierScore], list[tuple[GoldTriple, Statement, str]]]:
    """Compare each gold statement that tells its qualifiers with the statement that matches it.

    Where several match, the one with the gold's status counts, then the first of the text.

    Returns:
        Counts by kind, and each difference: the gold statement, what was found for it, and what differs.
    """
    scores: dict[QualifierKind, QualifierScore] = {}
    differences = []
    for row in found.gold.statements:
        made = _matching(found, row) if row.qualifiers is not None else None
        if made is None or row.qualifiers is None:
            continue
        for kind in QUALIFIERS:
            wanted = [value for name, value in row.qualifiers if name == kind]
            given = list(_given(made, kind))
            pairs = _paired(found, kind, wanted, given)
            old = scores.get(kind, QualifierScore())
            scores[kind] = QualifierScore(old.gold + len(wanted), old.found + len(given), old.right + len(pairs))
            left = [value for n, value in enumerate(wanted) if n not in {pair[0] for pair in pairs}]
            over = [_shown(made, q) for n, q in enumerate(given) if n not in {pair[1] for pair in pairs}]
            if left or over:
                read = f"read {', '.join(over)}" if over else "not found"
                want = f"the gold has {', '.join(left)}" if left else "the gold has none"
                differences.append((row, made, f"{kind}: {want}, {read}"))
    return {kind: scores[kind] for kind in QUALIFIERS if kind in scores}, differences


def totals(parts: Iterable[Mapping[QualifierKind, QualifierScore]]) -> dict[QualifierKind, QualifierScore]:
    """The counts of several texts together."""
    every = list(parts)
    found: dict[QualifierKind, QualifierScore] = {}
    for kind in QUALIFIERS:
        if own := [part[kind] for part in every if kind in part]:
            found[kind] = QualifierScore(sum(s.gold for s in own), sum(s.found for s in own), sum(s.right for s in own))
    return found


def _matching(found: Matcher, row: GoldTriple) -> Statement | None:
    made = [s for s in found.extraction.statements if found.matches(row, (s.subject, s.property, s.object))]
    return min(made, key=lambda s: (s.status != row.status, s.evidence.start), default=None)


def _given(statement: Statement, kind: QualifierKind) -> Iterator[Qualifier]:
    yield from (q for q in statement.qualifiers if q.kind == kind)


def _paired(found: Matcher, kind: QualifierKind, wanted: list[str], given: list[Qualifier]) -> list[tuple[int, int]]:
    """Numbers of gold values and of what was found that say the same."""
    pairs: list[tuple[int, int]] = []
    for n, value in enumerate(wanted):
        used = {pair[1] for pair in pairs}
        hit = next((m for m, q in enumerate(given) if m not in used and _same(found, kind, value, q)), None)
        if hit is not None:
            pairs.append((n, hit))
    return pairs


def _same(found: Matcher, kind: QualifierKind, value: str, one: Qualifier) -> bool:
    match kind:
        case "time":
            times = {s.event_time for s in found.extraction.statements if one in s.qualifiers}
            return value in times
        case "amount" | "share" | "count":
            return value == measure(one)
        case _:
            named = one.entity is not None and found.is_named(value, one.entity)
            return named or name_key(value) == name_key(one.text)


def _shown(statement: Statement, one: Qualifier) -> str:
    if one.kind == "time":
        return f"{statement.event_time} (“{one.text}”)"
    return f"{measure(one)} (“{one.text}”)" if one.value is not None else one.text
