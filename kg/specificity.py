"""Of several readings of a clause, those that leave least unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.frame_records import Frame
from kg.records import Rejection, Statement


def most_specific(found: Sequence[tuple[Frame, Statement | Rejection]]) -> Iterator[Statement | Rejection]:
    """What is found, without what a verb alone says of a pair of which verb and noun together say something else.

    To sentence somebody to a payment is not to condemn him.

    Args:
        found: the frames that fit one clause, each with what it gives.
    """
    told = {
        frozenset((s.subject, s.object)) for f, s in found if isinstance(s, Statement) and f.beside and f.kind == "verb"
    }
    for frame, item in found:
        general = not frame.beside and frame.kind == "verb" and isinstance(item, Statement)
        if not (general and frozenset((item.subject, item.object)) in told):
            yield item
