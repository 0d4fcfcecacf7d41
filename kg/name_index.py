"""The gazetteer by name, by demonym and by people; what names and nouns look like."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from kg.class_nouns import class_nouns
from kg.ontology import Gazetteer, GazetteerEntry
from kg.records import UNDECIDED, Decisions, NamedSpan, Sentence, Token

ENDINGS: Final = ("'s", "’s", "s", "'", "’")
"""What a possessor may end in, the longest first."""


@dataclass(frozen=True)
class NameIndex:
    """The gazetteer by name and by demonym, for one language."""

    entries: Mapping[str, GazetteerEntry]  # by IRI
    names: Mapping[str, tuple[GazetteerEntry, ...]]
    demonyms: Mapping[str, GazetteerEntry]  # lower-case adjective without ending
    peoples: Mapping[str, GazetteerEntry]  # stem of the noun for the people, without umlauts
    decisions: Decisions = UNDECIDED

    @cached_property
    def openings(self) -> Mapping[str, int]:
        """See :func:`openings`."""
        return openings(self.names)

    def find(self, name: str) -> tuple[GazetteerEntry, ...]:
        """The entries that bear a name, a German genitive -s or an English possessive undone."""
        exact = self.names.get(name) or self.names.get(name.replace("’", "'"))
        if exact:
            return exact
        ending = ending_of(name, self.names)
        return self.names.get(name.removesuffix(ending), ()) if ending else ()

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a well-known country, region or city."""
        return any(entry.type in {"Country", "Region", "City"} for entry in self.names.get(name, ()))

    def kept_apart(self, one: str, other: str) -> bool:
        """Whether users have decided that two names are never one thing."""
        return (one, other) in self.decisions.apart or (other, one) in self.decisions.apart

    def demonym(self, word: str) -> GazetteerEntry | None:
        """The place that an adjective belongs to: "russischen" → Russia."""
        lower = word.lower()
        for ending in ("", "e", "en", "er", "es", "em"):
            if lower.endswith(ending) and (entry := self.demonyms.get(lower.removesuffix(ending) if ending else lower)):
                return entry
        return None

    def inhabitants(self, word: str) -> GazetteerEntry | None:
        """The place whose people a noun names: "Niederländer", "Chinesen", "Wolfsburger"."""
        lower = _without_umlauts(word.lower())
        for ending in ("ern", "er", "en", "n", "e", "s"):
            if lower.endswith(ending) and (entry := self.peoples.get(lower.removesuffix(ending))):
                return entry
        return self.demonym(word)


def _without_umlauts(word: str) -> str:
    return word.translate(str.maketrans("äöü", "aou"))


@lru_cache(maxsize=8)
def _index(digest: str, language: str, holder: _Hold) -> NameIndex:
    names: dict[str, list[GazetteerEntry]] = {}
    demonyms: dict[str, GazetteerEntry] = {}
    for entry in holder.gazetteer.entries.values():
        for name, tongue in entry.names:
            if tongue in {None, language}:
                for form in (name, *_inflected(name, language)):
                    known = names.setdefault(form, [])
                    if entry not in known:
                        known.append(entry)
        for word in entry.demonyms.get(language, ()):
            demonyms.setdefault(word.lower(), entry)
    return NameIndex(
        holder.gazetteer.entries,
        MappingProxyType({name: tuple(found) for name, found in names.items()}),
        MappingProxyType(demonyms),
        MappingProxyType(
            {
                _without_umlauts(word.removesuffix("isch")): entry
                for word, entry in demonyms.items()
                if word.endswith("isch") and "-" not in word
            }
        ),
        holder.gazetteer.decisions,
    )


def _inflected(name: str, language: str) -> Iterator[str]:
    """The other cases of a German name that begins with an adjective: "Deutsche Bahn", "Deutschen Bahn"."""
    first, space, rest = name.partition(" ")
    if language != "de" or not space or len(first) < 5:
        return
    for ending in ("es", "er", "e"):
        if first.endswith(ending):
            stem = first.removesuffix(ending)
            yield from (f"{stem}{other} {rest}" for other in ("e", "en", "er", "es", "em") if other != ending)
            return


class _Hold:
    """Lets a cache be keyed by the digest alone: equal to any other holder."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hold)

    def __hash__(self) -> int:
        return 0


def name_index(gazetteer: Gazetteer, language: str) -> NameIndex:
    """The gazetteer by name, for texts in one language (names of no language included)."""
    return _index(gazetteer.digest, language, _Hold(gazetteer))


def ending_of(name: str, known: Container[str]) -> str:
    """The genitive ending that a name must lose to be a known one: "Polens" → "s"."""
    if name in known or not name.endswith(ENDINGS):
        return ""
    return next((e for e in ENDINGS if name.endswith(e) and name.removesuffix(e) in known), "")


_OPENING: Final = 5
"""Letters of a name's beginning that are looked up. In seeds/ 17 % of the German and 14 % of the English words begin
like a name of the gazetteer; with four letters 23 and 17, with six 15 and 13."""


def openings(names: Iterable[str]) -> dict[str, int]:
    """The first letters of names → the length of the longest name that begins so.

    >>> openings(["EU", "Europa", "European Union"])
    {'EU': 2, 'Europ': 14}
    """
    table: dict[str, int] = {}
    for name in names:
        letters = name[:_OPENING].replace("’", "'")
        table[letters] = max(len(name), table.get(letters, 0))
    return table


def reach(text: str, start: int, table: Mapping[str, int]) -> int:
    """How many characters a known name that begins here has at most, its ending included; 0 where none does.

    Args:
        text: of the article.
        start: where a word begins in it.
        table: see :func:`openings`.
    """
    letters = text[start : start + _OPENING].replace("’", "'")
    longest = 0
    while letters:
        longest = max(longest, table.get(letters, 0))
        letters = letters[:-1]
    return longest + len(ENDINGS[0]) if longest else 0


def class_of_noun(lemma: str, nouns: Mapping[str, str]) -> str | None:
    """The class a common noun stands for; a compound counts as its last part.

    >>> class_of_noun("Mobilfunkbetreiber", {"Betreiber": "Company"})
    'Company'
    """
    return nouns[lemma] if lemma in nouns else nouns.get(class_nouns(nouns).ending(lemma))


def tokens_within(sentence: Sentence, span: NamedSpan) -> list[Token]:
    """The tokens that a name touches, found by their starts."""
    first = bisect_right(sentence.tokens, span.start, key=lambda t: t.start)
    first -= first > 0 and sentence.tokens[first - 1].end > span.start
    return list(sentence.tokens[first : bisect_left(sentence.tokens, span.end, key=lambda t: t.start)])
