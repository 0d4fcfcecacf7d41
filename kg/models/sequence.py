"""The best sequence of tags for a sequence of words, by a trigram model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STARTERS = frozenset(".!?…„»“")
BEAM = 5
NEVER = -30.0

Reading = tuple[str, float]
"""A tag with log P(word, tag)."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A trigram model of tag sequences: log P(tag | two tags before)."""

    start: tuple[int, int]
    following: dict[tuple[int, int], dict[int, float]]
    prior: dict[int, float]
    number: dict[str, int]


def initial_flags(words: Sequence[str]) -> list[bool]:
    """For each word whether it may be capitalised only because a sentence or quote starts."""
    opening = True
    flags = []
    for word in words:
        flags.append(opening)
        if word in STARTERS or "\n" in word:
            opening = True
        elif any(map(str.isalnum, word)):
            opening = False
    return flags


def best_sequence(options: Sequence[tuple[Reading, ...]], model: Chain) -> list[str]:
    """Choose one reading for each word; ``options`` hold log P(word, tag)."""
    beam: dict[tuple[int, int], float] = {model.start: 0.0}
    names = {number: name for name, number in model.number.items()}
    back: list[dict[tuple[int, int], tuple[int, int]]] = []
    for word in options:
        known = [(model.number[name], p) for name, p in word if name in model.number]
        emission = [(number, p - model.prior[number]) for number, p in known]
        kept = sorted(beam.items(), key=lambda item: -item[1])[:BEAM]
        row: dict[tuple[int, int], float] = {}
        origin: dict[tuple[int, int], tuple[int, int]] = {}
        for state, score in kept:
            follow = model.following.get(state, {})
            for number, p in emission:
                value = score + follow.get(number, NEVER) + p
                new = (state[1], number)
                if new not in row or value > row[new]:
                    row[new] = value
                    origin[new] = state
        top = max(row.values())
        beam = {state: score - top for state, score in row.items()}
        back.append(origin)
    return _trace(beam, back, names)


def _trace(
    beam: dict[tuple[int, int], float],
    back: Sequence[dict[tuple[int, int], tuple[int, int]]],
    names: dict[int, str],
) -> list[str]:
    """Follow the back pointers from the best last state."""
    state = max(beam.items(), key=lambda item: item[1])[0]
    found = []
    for origin in reversed(back):
        found.append(names[state[1]])
        state = origin[state]
    return found[::-1]
