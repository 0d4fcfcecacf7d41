"""Qualifiers as people read them."""

from __future__ import annotations

from collections.abc import Callable

from kg.records import Qualifier, QualifierKind, Statement


def in_words(statement: Statement, label: Callable[[str], str]) -> tuple[tuple[QualifierKind, str], ...]:
    """The qualifiers of a statement, each with its kind; the words of the text stand behind what they mean.

    Args:
        statement: whose.
        label: the name of an entity by its IRI.
    """
    return tuple((one.kind, _read(one, statement.event_time, label)) for one in statement.qualifiers)


def _read(one: Qualifier, event_time: str | None, label: Callable[[str], str]) -> str:
    if one.kind == "time":
        return f"{event_time} ({one.text})"
    if one.entity is not None:
        return label(one.entity)
    if one.kind == "amount" and one.value is not None:
        return f"{measure(one)} ({one.text})"
    return one.text


def measure(one: Qualifier) -> str:
    """The number of a qualifier with its unit, "" where it has none.

    >>> measure(Qualifier("amount", "4,5 Milliarden Euro", 0, 19, 4.5e9, "EUR"))
    '4500000000 EUR'
    >>> measure(Qualifier("share", "ein Drittel", 0, 11, 0.333)), measure(Qualifier("role", "Chefin", 0, 6))
    ('0.333', '')
    """
    number = "" if one.value is None else f"{one.value:.3f}".rstrip("0").rstrip(".")
    return f"{number} {one.unit}" if one.unit else number
