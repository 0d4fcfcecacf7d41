"""Counts and the rates they give: precision and recall, and whether stated confidence is borne out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Judged = tuple[float, bool]
"""The confidence of a plain triple, that of its surest statement, and whether the gold has the triple."""

EDGES: Final = (0.0, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 1.0)
"""Where the bins of confidence begin and end: narrow at the top, where most statements are."""

THRESHOLDS: Final = (0.0, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of plain triples, each counted once per text."""

    gold: int = 0
    predicted: int = 0
    correct: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None if nothing was found."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None if there is none."""
        return self.correct / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if there is nothing to count."""
        return 2 * self.correct / (self.gold + self.predicted) if self.gold + self.predicted else None


@dataclass(frozen=True, slots=True)
class StatusScore:
    """Of the gold statements with one status: how many were found, how many with that status."""

    gold: int = 0
    found: int = 0
    right: int = 0
    read: int = 0  # how many of all gold statements that were found were read with this status

    @property
    def precision(self) -> float | None:
        """Share of what was read with this status that has it in the gold; None if nothing was."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Share of the gold statements with this status that were found with it; None if there are none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if there is nothing to count."""
        return 2 * self.right / (self.gold + self.read) if self.gold + self.read else None


@dataclass(frozen=True, slots=True)
class Bin:
    """The plain triples whose confidence lies in a range: what they promise, and what they hold."""

    low: float
    high: float  # exclusive, but for 1
    triples: int
    stated: float  # mean confidence
    seen: float  # precision


def reliability(judged: Sequence[Judged]) -> tuple[Bin, ...]:
    """The bins that hold any triple, in order.

    >>> [(b.low, b.triples, b.stated, b.seen) for b in reliability([(0.8, True), (0.84, False), (0.96, True)])]
    [(0.8, 2, 0.82, 0.5), (0.96, 1, 0.96, 1.0)]
    """
    found = []
    for low, high in pairwise(EDGES):
        inside = [one for one in judged if low <= one[0] < high or one[0] == high == EDGES[-1]]
        if inside:
            stated = sum(confidence for confidence, _ in inside) / len(inside)
            seen = sum(right for _, right in inside) / len(inside)
            found.append(Bin(low, high, len(inside), round(stated, 4), round(seen, 4)))
    return tuple(found)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Expected calibration error: the mean gap between promise and precision, each bin by its triples.

    As Naeini, Cooper and Hauskrecht define it (AAAI 2015), with the bins of `EDGES`.
    """
    triples = sum(b.triples for b in bins)
    return sum(b.triples * abs(b.stated - b.seen) for b in bins) / triples if triples else None


def by_threshold(judged: Sequence[Judged], gold: int) -> dict[str, Score]:
    """What ``--min-confidence`` leaves at each of `THRESHOLDS`."""
    kept = {t: [right for confidence, right in judged if confidence >= t] for t in THRESHOLDS}
    return {f"{t:.2f}": Score(gold, len(rights), sum(rights)) for t, rights in kept.items()}
