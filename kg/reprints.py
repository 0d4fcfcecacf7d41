"""Which articles are prints of one text: near-duplicates, found by what they share word for word.

A print of an agency's report is cut at its end, gets another headline and another first sentence, other quotation
marks, a paragraph of the house's own. So texts are compared as sets of shingles, runs of words (Broder, On the
resemblance and containment of documents, 1997), and by containment: the share of the shorter text that stands in the
longer one. Pairs worth comparing are those that agree in a band of their MinHash signatures (locality-sensitive
hashing; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3); what decides is the texts themselves.
So a signature can only lose a pair, never join two texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, cast

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

Hashes = npt.NDArray[np.uint64]
"""The shingles of a text, each as a number; sorted, each once."""
Signatures = npt.NDArray[np.uint32]
"""A row for each text."""

WORDS: Final = 4
"""Words of a shingle. `python -m tests.reprints_measure 3 4 5 6`: with 3, reports by two hands on the same facts share
up to 0.26 of the shorter one, with 4 up to 0.21, with 6 up to 0.13; a print with one word in ten replaced keeps at
least 0.69, 0.59 and 0.39 of its shingles. 3 and 4 leave a wide gap, and set phrases are fewer among runs of 4."""
SHARE: Final = 0.55
"""The share of the shorter text that must stand in the longer one. Between 0.21 and 0.59 (see `WORDS`), nearer to the
prints, since two sources must not be made one. A later version of a running story is a print while less than some 45 %
of it is new; one that is half new counts as a source of its own."""
RATIO: Final = 0.2
"""How long the shorter text must be, of the longer one: else a round-up of the day would join all it is made of."""
LEAST: Final = 20
"""Shingles of a text that may be a part of another; shorter ones must be equal, as a sentence may be in both."""
OWN: Final = 0.3
"""The share of a text outside quotations from which on it is compared by that: of a speech that is printed as it was
given there is less."""
SPEECH: Final = 8
"""Words from which on a quotation is left out: titles and single words in quotation marks are the writer's own."""

_PERMUTATIONS: Final = 128
_SEED: Final = 1
_ROWS: Final = 2
"""Numbers in a band. 64 bands of 2 find a pair whose sets agree (Jaccard) by a quarter with 98 %, by a half always."""
_LIKELY: Final = 0.05
"""The least agreement of two signatures that is worth a look at the texts: a containment of `SHARE` at `RATIO` is a
Jaccard of 0.09, and an estimate by 128 numbers errs by 0.025 there."""
_WORD: Final = re.compile(r"\w+")
_QUOTATION: Final = re.compile(r'„[^„“”]+[“”]|“[^“”]+”|»[^»«]+«|«[^»«]+»|"[^"]+"')
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_BATCH: Final = 256  # texts whose signatures are made at once


def shingles(text: str, spans: Iterable[tuple[int, int]], words: int = WORDS) -> Hashes:
    """The runs of words in some stretches of a text, whatever their case and the signs between them.

    Long quotations are left out, where enough else is left: two hands that quote the same speech share it word for
    word, and are two sources. The numbers are the same in every process. A text of fewer words is one run.

    Args:
        text: of an article.
        spans: start and end of the stretches; a run goes on from one to the next.
        words: how many make a run.
    """
    stretches = [text[start:end] for start, end in spans]
    found = _words(stretches)
    own = _words([_QUOTATION.sub(_without_speech, stretch) for stretch in stretches])
    if len(own) >= max(OWN * len(found), LEAST + words):
        found = own
    if not found:
        return np.empty(0, dtype=np.uint64)
    hashes = np.array(RMinHash.hash_token_sets([found])[0], dtype=np.uint64)
    size = min(words, len(found))
    runs = np.zeros(len(found) - size + 1, dtype=np.uint64)
    for place in range(size):  # unsigned numbers go round, as a hash should
        runs = runs * _FACTOR + hashes[place : place + len(runs)]
    runs ^= runs >> np.uint64(32)
    return np.unique(runs * _FACTOR)


def _words(stretches: Iterable[str]) -> list[str]:
    return _WORD.findall(" ".join(stretches).casefold())


def _without_speech(quotation: re.Match[str]) -> str:
    words = _WORD.findall(quotation[0])
    return " " if len(words) >= SPEECH else quotation[0]


def signatures(texts: Iterable[Hashes]) -> Signatures:
    """The MinHash signature of each text, in their order; texts are taken one by one, and none is kept."""
    parts: list[Signatures] = []
    batch: list[Hashes] = []

    def finish() -> None:
        offsets = np.cumsum([0, *map(len, batch)]).tolist()
        flat = np.concatenate(batch)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, _PERMUTATIONS, _SEED)
        parts.append(np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(batch), _PERMUTATIONS))
        batch.clear()

    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            finish()
    if batch:
        finish()
    return np.concatenate(parts) if parts else np.empty((0, _PERMUTATIONS), dtype=np.uint32)


def same_text(one: Hashes, other: Hashes) -> bool:
    """Whether two texts are prints of one, or one is a part of the other.

    >>> words = "Der Konzern übernimmt den Zulieferer für 3 Milliarden Euro und zahlt in bar"
    >>> report = shingles(words, [(0, 75)])
    >>> same_text(report, shingles(words.upper(), [(0, 75)])), same_text(report, shingles("Ganz anders", [(0, 11)]))
    (True, False)
    """
    small, large = sorted((one, other), key=len)
    if not len(small):
        return False
    if len(small) == len(large) and bool(np.array_equal(small, large)):
        return True
    if len(small) < LEAST or len(small) < RATIO * len(large):
        return False
    return containment(small, large) >= SHARE


def containment(one: Hashes, other: Hashes) -> float:
    """The share of the shorter text that stands in the longer one, 0 to 1."""
    fewest = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / fewest if fewest else 0.0


def groups(made: Signatures, text_of: Callable[[int], Hashes]) -> list[int]:
    """The connected components of texts that are prints of one: for each text the smallest number in its group.

    The order of the texts only decides the numbers.

    Args:
        made: what `signatures` gives.
        text_of: gives the shingles of the text with a number, counted from 0; it is asked for likely pairs only.
    """
    parent = list(range(len(made)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    # Texts with the same signature come first, as thousands of equal ones would be as many pairs as their square.
    for run in _alike(np.ascontiguousarray(made).view(f"V{made.shape[1] * 4}").ravel()) if len(made) else ():
        for number in run[1:]:
            if same_text(text_of(run[0]), text_of(number)):
                join(run[0], number)
    tried: set[tuple[int, int]] = set()
    bands = np.ascontiguousarray(made).view(np.uint64)
    for band in range(bands.shape[1]):
        for run in _alike(bands[:, band]):
            if len({root(number) for number in run}) == 1:
                continue
            for place, number in enumerate(run[:-1]):
                for other in _likely(made, number, run[place + 1 :]):
                    if root(number) != root(other) and (number, other) not in tried:
                        tried.add((number, other))
                        if same_text(text_of(number), text_of(other)):
                            join(number, other)
    return [root(number) for number in range(len(made))]


def likely(one: Signatures, other: Signatures) -> bool:
    """Whether two signatures, a row each, send their texts to be compared."""
    bands = np.ascontiguousarray(one).view(np.uint64) == np.ascontiguousarray(other).view(np.uint64)
    return bool(bands.any()) and int(np.count_nonzero(one == other)) >= _LIKELY * _PERMUTATIONS


def _alike(keys: npt.NDArray[np.generic]) -> list[list[int]]:
    """The numbers of equal keys, ascending, where there are several."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    borders = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    edges = np.concatenate(([0], borders, [len(keys)]))
    long = np.flatnonzero(np.diff(edges) > 1)
    return [cast("list[int]", order[edges[at] : edges[at + 1]].tolist()) for at in long]


def _likely(made: Signatures, number: int, others: Sequence[int]) -> list[int]:
    """Those of other texts whose signature agrees enough with that of one."""
    agreement = np.count_nonzero(made[others] == made[number], axis=1)
    return [other for other, equal in zip(others, agreement, strict=True) if equal >= _LIKELY * _PERMUTATIONS]
