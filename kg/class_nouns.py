"""The nouns of the classes, looked up as a whole or by what a compound ends in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

SHORTEST: Final = 4
"""Letters of the shortest noun that a compound may be read by: "Bau" or "Amt" end too many other words."""


class ClassNouns(Mapping[str, str]):
    """Common noun (lemma) → local name of a class; a mapping that also knows its nouns by their ends.

    A compound is looked up once for each of its letters, instead of being held against every noun.
    """

    __slots__ = ("_by_form", "_classes")

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = dict(classes)
        self._by_form: dict[str, str] = {}  # lower case → noun, the first of those that differ in case only
        for noun in self._classes:
            self._by_form.setdefault(noun.lower(), noun)

    def __getitem__(self, noun: str) -> str:
        return self._classes[noun]

    def __contains__(self, noun: object) -> bool:
        return noun in self._classes

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)

    def ending(self, word: str) -> str:
        """The longest noun that a word ends in, whatever the case of its letters; "" if there is none.

        >>> ClassNouns({"Treiber": "Product", "Betreiber": "Company"}).ending("Mobilfunkbetreiber")
        'Betreiber'
        """
        return next(self._ends(word.lower()), "")

    def within(self, word: str) -> set[str]:
        """All nouns that a word is or ends in, in lower case, a plural -s apart.

        >>> sorted(ClassNouns({"Treiber": "Product", "Betreiber": "Company"}).within("Netzbetreiber"))
        ['betreiber', 'treiber']
        """
        lower = word.lower()
        whole = {form for form in (lower, lower.removesuffix("s")) if form in self._by_form}
        return whole | {noun.lower() for noun in self._ends(lower)}

    def _ends(self, lower: str) -> Iterator[str]:
        """The nouns that a word ends in, the longest first."""
        for start in range(len(lower) - SHORTEST + 1):
            if (noun := self._by_form.get(lower[start:])) is not None:
                yield noun


def class_nouns(classes: Mapping[str, str]) -> ClassNouns:
    """The mapping as one that knows its nouns by their ends; itself where it is one."""
    return classes if isinstance(classes, ClassNouns) else ClassNouns(classes)
