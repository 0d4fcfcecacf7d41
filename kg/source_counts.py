"""The graph ``kg:sources`` worked out: prints and independent sources of all that a store holds.

Millions of statements are kept as numbers, and read from the store as often as it takes: 64 bits stand for a term,
so that in a store of a million statements two different ones are taken for the same once in some ten million stores.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, cast

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg import terms
from kg.engines import Engine, Reader
from kg.namespaces import ARTICLE, STATEMENTS
from kg.records import PLAIN
from kg.reprints import Hashes, groups, shingles, signatures
from kg.source_graph import INDEPENDENT, MARK, REPRINT, is_current, marks
from kg.terms import SOURCES, subject_of, term, value_of

Numbers = npt.NDArray[np.int64]

_BODY: Final = term("schema:articleBody")
_BLOCK: Final = term("kg:block")
_DATE: Final = term("dcterms:issued")
_PARAGRAPH: Final = " paragraph"
_KEPT: Final = 1_000  # texts in memory while they are compared: some 4 MB
_STEP: Final = 50_000
"""Quads that are written at once. Until all are, the graph lacks its mark, so that an end in between harms nothing."""
_MIXED: Final = np.uint64(0x9E3779B97F4A7C15)


def renew(engine: Engine) -> bool:
    """Bring ``kg:sources`` up to date with the articles, by what has changed; whether there was anything to do."""
    if is_current(engine):
        return False
    old_marks = set(marks(engine))
    reprints = {
        ox.Quad(ox.NamedNode(one), REPRINT, ox.NamedNode(other), SOURCES) for one, other in worked_out(engine).items()
    }
    known = set(engine.quads(None, REPRINT, None, SOURCES))
    engine.change(old_marks | (known - reprints), reprints - known, ())
    _renew_counts(engine, reprints)
    if any(_own(engine, terms.A, terms.ARTICLE_CLASS)):
        engine.change((), {MARK}, ())
    return True


# ── prints ─────────────────────────────────────────────────────────────────────────────────────


def worked_out(engine: Reader, only: Collection[str] | None = None) -> Mapping[str, str]:
    """IRI of each article that is a print → IRI of the article that its group is known by, sorted.

    Args:
        engine: the store; it is only read.
        only: IRIs of the articles that are compared with each other; None for all.
    """
    iris = sorted(only or map(subject_of, _own(engine, terms.A, terms.ARTICLE_CLASS)))
    numbers = {iri: number for number, iri in enumerate(iris)}
    paragraphs = _Paragraphs(_said(engine, _BLOCK, only), numbers)
    order: list[int] = []

    def texts() -> Iterator[Hashes]:
        for quad in _said(engine, _BODY, only):
            if (number := numbers.get(subject_of(quad))) is not None:
                order.append(number)
                yield paragraphs.shingles(number, value_of(quad))

    made = signatures(texts())

    @lru_cache(maxsize=_KEPT)
    def text_of(place: int) -> Hashes:
        number = order[place]
        node = ox.NamedNode(iris[number])
        return next(paragraphs.shingles(number, value_of(q)) for q in engine.quads(node, _BODY, None, node))

    members: dict[int, list[str]] = {}
    for place, group in enumerate(groups(made, text_of)):
        members.setdefault(group, []).append(iris[order[place]])
    several = [group for group in members.values() if len(group) > 1]
    return _known_by(engine, several)


def _known_by(engine: Reader, several: Iterable[Sequence[str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for group in several:
        ranked = sorted(group, key=lambda iri: (_value(engine, iri, _DATE) or "9999", _value(engine, iri), iri))
        found.update(dict.fromkeys(ranked[1:], ranked[0]))
    return dict(sorted(found.items()))


def _value(engine: Reader, iri: str, predicate: ox.NamedNode = terms.IDENTIFIER) -> str:
    node = ox.NamedNode(iri)
    return min((value_of(quad) for quad in engine.quads(node, predicate, None, node)), default="")


def _own(engine: Reader, predicate: ox.NamedNode, value: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    """What articles' own graphs say of the articles themselves."""
    return (q for q in engine.quads(None, predicate, value) if q.subject == q.graph_name and _is_article(q))


def _said(engine: Reader, predicate: ox.NamedNode, only: Collection[str] | None) -> Iterator[ox.Quad]:
    """The same of some articles, or of all."""
    if only is None:
        yield from _own(engine, predicate)
    else:
        for node in map(ox.NamedNode, only):
            yield from engine.quads(node, predicate, None, node)


def _is_article(quad: ox.Quad) -> bool:
    return subject_of(quad).startswith(ARTICLE)


class _Paragraphs:
    """Where the paragraphs of all articles lie, twelve bytes each."""

    def __init__(self, blocks: Iterable[ox.Quad], numbers: Mapping[str, int]) -> None:
        rows = array("i")
        for quad in blocks:
            told = value_of(quad)
            if told.endswith(_PARAGRAPH) and (number := numbers.get(subject_of(quad))) is not None:
                start, _, end = told.removesuffix(_PARAGRAPH).partition("-")
                rows.extend((number, int(start), int(end)))
        table = np.array(rows, dtype=np.int32).reshape(-1, 3)
        self._rows = table[np.lexsort((table[:, 1], table[:, 0]))]
        self._starts = np.searchsorted(self._rows[:, 0], np.arange(len(numbers) + 1))

    def shingles(self, number: int, text: str) -> Hashes:
        """The shingles of an article's paragraphs; of one that has none, those of the whole text."""
        own = self._rows[self._starts[number] : self._starts[number + 1], 1:]
        return shingles(text, [(int(start), int(end)) for start, end in own] or [(0, len(text))])


# ── independent sources ────────────────────────────────────────────────────────────────────────


def _renew_counts(engine: Engine, reprints: Iterable[ox.Quad]) -> None:
    """Write the numbers that are new or differ, delete those that are no longer so."""
    nodes, counts = _counts(engine, reprints)
    there = array("q")
    numbers = array("q")
    for node, number in engine.pairs(INDEPENDENT):
        there.append(hash(node))
        numbers.append(int(cast(ox.Literal, number).value))
    old, said = _array(there), _array(numbers)
    at = np.minimum(np.searchsorted(nodes, old), max(0, len(nodes) - 1))
    right = (nodes[at] == old) & (counts[at] == said) if len(nodes) else np.zeros(len(old), dtype=bool)
    missing = np.ones(len(nodes), dtype=bool)
    missing[at[right]] = False
    if not right.all():
        wrong = _Among(old[~right], said[~right])
        gone = [q for q in engine.quads(None, INDEPENDENT, None, SOURCES) if wrong.says(hash(q.subject), value_of(q))]
        for start in range(0, len(gone), _STEP):
            engine.change(gone[start : start + _STEP], (), ())
    if missing.any():
        wanted = _Among(nodes[missing], counts[missing])
        new = (
            ox.Quad(quad.subject, INDEPENDENT, terms.integer(number), SOURCES)
            for quad in _of_statements(engine, terms.STATUS)
            if (number := wanted.number(hash(quad.subject))) is not None
        )
        while some := list(islice(new, _STEP)):
            if len(some) == _STEP:
                engine.load(some)
            else:
                engine.change((), some, ())


class _Among:
    """Statements by their 64 bits, each with a number."""

    def __init__(self, nodes: Numbers, numbers: Numbers) -> None:
        order = np.argsort(nodes, kind="stable")
        self._nodes = array("q", nodes[order].tobytes())
        self._numbers = array("q", numbers[order].tobytes())

    def number(self, node: int) -> int | None:
        at = bisect_left(self._nodes, node)
        return self._numbers[at] if at < len(self._nodes) and self._nodes[at] == node else None

    def says(self, node: int, number: str) -> bool:
        at = bisect_left(self._nodes, node)
        while at < len(self._nodes) and self._nodes[at] == node:
            if self._numbers[at] == int(number):
                return True
            at += 1
        return False


def _counts(engine: Engine, reprints: Iterable[ox.Quad]) -> tuple[Numbers, Numbers]:
    """The statements, ascending, and how many independent sources each of them has."""
    group_of: dict[int, int] = {}
    for number, quad in enumerate(_own(engine, terms.A, terms.ARTICLE_CLASS)):
        group_of[hash(_statements_of(subject_of(quad)))] = number
    shared = {
        hash(_statements_of(subject_of(quad))): group_of[hash(_statements_of(value_of(quad)))]
        for quad in reprints
        if hash(_statements_of(value_of(quad))) in group_of
    }
    group_of |= shared
    kinds = {hash(term(f"kg:{status}")): 0 for status in PLAIN}

    def kind(quad: ox.Quad) -> int:
        found = hash(quad.object)
        return kinds.get(found, found)

    stated, graphs = array("q"), array("q")
    statuses = array("q")
    for quad in _of_statements(engine, terms.STATUS):
        stated.append(hash(quad.subject))
        statuses.append(kind(quad))
        graphs.append(group_of.get(hash(quad.graph_name), -1))
    parts = [_column(engine.pairs(predicate)) for predicate in (terms.SUBJECT, terms.PREDICATE, terms.OBJECT)]
    columns = [_sorted(stated, statuses), _sorted(stated, graphs), *parts]
    nodes = columns[0][0]
    for others, _ in parts:
        nodes = np.intersect1d(nodes, others, assume_unique=True)
    kinds_, groups_, starts, names, ends = (values[np.searchsorted(own, nodes)] for own, values in columns)
    symmetric = _array(hash(quad.subject) for quad in engine.quads(None, terms.A, terms.SYMMETRIC, terms.ONTOLOGY))
    both = np.isin(names, symmetric)
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    keys = _mixed(np.where(both, low, starts), names, np.where(both, high, ends), kinds_)
    return nodes, _distinct(keys, groups_)


def _statements_of(article: str) -> ox.NamedNode:
    """The graph of an article's statements."""
    return ox.NamedNode(STATEMENTS + article.removeprefix(ARTICLE))


def _of_statements(engine: Reader, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
    """What is said of statements; open triples have a status too."""
    return (
        quad
        for quad in engine.quads(predicate=predicate)
        if cast(ox.NamedNode, quad.graph_name).value.startswith(STATEMENTS)
    )


def _column(pairs: Iterable[tuple[object, object]]) -> tuple[Numbers, Numbers]:
    nodes, values = array("q"), array("q")
    for node, value in pairs:
        nodes.append(hash(node))
        values.append(hash(value))
    return _sorted(nodes, values)


def _sorted(nodes: Iterable[int], values: Iterable[int]) -> tuple[Numbers, Numbers]:
    """Statements, ascending, each once, and the number of each."""
    given, found = _array(nodes), _array(values)
    order = np.lexsort((found, given))
    given, found = given[order], found[order]
    first = np.ones(len(given), dtype=bool)
    first[1:] = given[1:] != given[:-1]
    return given[first], found[first]


def _array(values: Iterable[int]) -> Numbers:
    return np.array(values if isinstance(values, array) else list(values), dtype=np.int64)


def _mixed(*columns: Numbers) -> npt.NDArray[np.uint64]:
    """One number for the numbers of a row."""
    found = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        found = (found ^ column.view(np.uint64)) * _MIXED
        found ^= found >> np.uint64(29)
    return found


def _distinct(keys: npt.NDArray[np.uint64], groups_: Numbers) -> Numbers:
    """For each row how many groups there are among those of its key."""
    order = np.lexsort((groups_, keys))
    ordered, grouped = keys[order], groups_[order]
    new_key = np.ones(len(keys), dtype=bool)
    new_key[1:] = ordered[1:] != ordered[:-1]
    new_group = new_key.copy()
    new_group[1:] |= grouped[1:] != grouped[:-1]
    number = np.cumsum(new_key) - 1
    per_key = np.bincount(number, weights=new_group).astype(np.int64) if len(keys) else np.zeros(0, dtype=np.int64)
    found = np.empty(len(keys), dtype=np.int64)
    found[order] = per_key[number]
    return found
