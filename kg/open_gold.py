"""Gold for open triples: sentences with all their facts, each with its acceptable wordings.

A file ``<language>-<name>.open.txt`` holds, one to a line::

    # a comment
    > Marie Curie erhielt 1911 den Nobelpreis für Chemie.
    - Marie Curie | erhielt | [den] Nobelpreis [für Chemie]
    = Marie Curie | erhielt [den] Nobelpreis für | Chemie
    - Marie Curie | erhielt [den Nobelpreis] [für Chemie] | 1911

``>`` begins a sentence, ``-`` one of its facts, ``=`` another wording of the same fact; words in brackets may be left
out. The idea of fact synsets is that of BenchIE (Gashteovski et al., ACL 2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import GoldError

ENDING: Final = ".open.txt"
_LANGUAGES: Final = ("de", "en")
_SLOTS: Final = 3
_HINT: Final = "lines begin with '> sentence', '- subject | relation | object', '= another wording' or '# comment'"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a slot that stand together: needed, or left out as one."""

    words: tuple[str, ...]
    optional: bool


Slot = tuple[Part, ...]
Wording = tuple[Slot, Slot, Slot]


@dataclass(frozen=True, slots=True)
class GoldFact:
    """One fact with its acceptable wordings, the first of which is the plainest."""

    wordings: tuple[Wording, ...]
    text: str  # of the first wording, as it stands in the file


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with its facts."""

    text: str
    language: str
    facts: tuple[GoldFact, ...]
    path: str
    line: int


def open_gold_files(paths: Iterable[Path | str]) -> tuple[Path, ...]:
    """The files that paths name; a folder stands for all ``*.open.txt`` below it, sorted.

    Raises:
        GoldError: a path does not exist, or a folder holds no such file.
    """
    found: list[Path] = []
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise GoldError("no such file or folder", path=path, hint=f"give a *{ENDING} file or a folder of them")
        inside = sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
        if not inside:
            raise GoldError("holds no gold for open triples", path=path, hint=f"its files end in {ENDING}")
        found += inside
    return tuple(dict.fromkeys(found))


def read_open_gold(path: Path | str) -> tuple[GoldSentence, ...]:
    """The sentences of one file, in its order.

    Raises:
        GoldError: the file cannot be read, names no language or holds a line that is none of the four kinds.
    """
    path = Path(path)
    language = path.name.partition("-")[0]
    if language not in _LANGUAGES:
        raise GoldError("does not tell its language", path=path, hint="its name begins with 'de-' or 'en-'")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot be read: {error}", path=path, hint="give a text file in UTF-8") from None
    found: list[GoldSentence] = []
    facts: list[list[tuple[str, Wording]]] = []
    begun: tuple[str, int] | None = None

    def close() -> None:
        if begun is not None:
            held = tuple(GoldFact(tuple(w for _, w in fact), fact[0][0]) for fact in facts)
            found.append(GoldSentence(begun[0], language, held, str(path), begun[1]))

    for number, line in enumerate(lines, start=1):
        mark, rest = line[:1], line[1:].strip()
        if not line.strip() or mark == "#":
            continue
        if mark == ">" and rest:
            close()
            begun, facts = (rest, number), []
        elif mark in {"-", "="} and begun is not None and (mark == "-" or facts):
            wording = (rest, _wording(rest, path, number))
            facts.append([wording]) if mark == "-" else facts[-1].append(wording)
        else:
            raise GoldError("is not a line of open gold", path=path, line=number, hint=_HINT)
    close()
    return tuple(found)


def _wording(text: str, path: Path, line: int) -> Wording:
    slots = [tuple(_parts(slot)) for slot in text.split("|")]
    balanced = all(slot.count("[") == slot.count("]") for slot in text.split("|"))
    if len(slots) != _SLOTS or not balanced or not all(slots):
        raise GoldError("is not a fact of three slots", path=path, line=line, hint=_HINT)
    return slots[0], slots[1], slots[2]


def _parts(slot: str) -> Iterator[Part]:
    """The parts of a slot in order.

    >>> [(p.words, p.optional) for p in _parts("[den] Nobelpreis [für Chemie]")]
    [(('den',), True), (('Nobelpreis',), False), (('für', 'Chemie'), True)]
    """
    for piece in slot.replace("[", "\0[").replace("]", "\0").split("\0"):
        words = tuple(words_of(piece.removeprefix("[")))
        if words:
            yield Part(words, piece.startswith("["))


_QUOTES: Final = str.maketrans("", "", '„“”"«»‚‘`')


def words_of(text: str) -> list[str]:
    """The words of a slot as they are compared: without quotation marks, and commas at their ends.

    >>> words_of("das Album „Thriller“,")
    ['das', 'Album', 'Thriller']
    """
    return [word for raw in text.translate(_QUOTES).split() if (word := raw.rstrip(",;"))]


def fits(words: list[str], slot: Slot) -> bool:
    """Whether words are a slot with some of its optional parts left out.

    >>> fits(["Nobelpreis"], tuple(_parts("[den] Nobelpreis [für Chemie]")))
    True
    """
    ends = {0}
    for part in slot:
        length = len(part.words)
        reached = {end + length for end in ends if tuple(words[end : end + length]) == part.words}
        ends = reached | ends if part.optional else reached
    return len(words) in ends
