"""The graph of a store in the spellings of `kg.rdf_files`, the same bytes, as a stream.

Lines are sorted on disk. Turtle and TriG are written subject by subject and graph by graph; a graph with
a blank node, whose canonical name hangs on all of it, is the one thing that is held in memory as a whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox

from kg import rdf_files
from kg.line_sort import sorted_lines
from kg.terms import DEFAULT

Read = Callable[[], Iterable[ox.Quad]]
"""Gives the quads of a graph, each time anew."""

T = TypeVar("T")
_PART: Final = "\x01"
"""Between the parts of a sort key: below all that stands in a term, where it would be escaped."""
_CHUNK: Final = 5_000  # lines that are read anew and written at once: some milliseconds, and a megabyte or two


def nquads(read: Read, folder: Path | None = None) -> Iterator[bytes]:
    """Canonical N-Quads, as `kg.rdf_files.nquads` writes them.

    Args:
        read: the graph.
        folder: where what is sorted lies meanwhile; by default among the system's temporary files.
    """
    blank = False

    def named() -> Iterator[bytes]:
        nonlocal blank
        for part in _parts(read()):
            written = _serialized(part)
            # The first look is quick; the letters may stand in a text.
            if blank := b"_:" in written and any(map(rdf_files.has_blank_node, part)):
                return
            yield from _lines(written)

    found = sorted_lines(named(), folder)
    first = next(found, b"")
    if blank:
        yield rdf_files.nquads(list(read()))
        return
    yield first
    yield from found


def sorted_nquads(quads: Iterable[ox.Quad], folder: Path | None = None) -> Iterator[bytes]:
    """Sorted N-Quads, as `kg.rdf.nquads` writes them: blank nodes keep their names."""
    return sorted_lines((line for part in _parts(quads) for line in _lines(_serialized(part))), folder)


def turtle(read: Read, folder: Path | None = None) -> Iterator[bytes]:
    """Turtle, as `kg.rdf_files.turtle` writes it; the quads are those of one graph."""
    return _pretty(read, ox.RdfFormat.TURTLE, folder)


def trig(read: Read, folder: Path | None = None) -> Iterator[bytes]:
    """TriG, as `kg.rdf_files.trig` writes it; a named graph is held in memory at a time."""
    return _pretty(read, ox.RdfFormat.TRIG, folder)


def _pretty(read: Read, form: ox.RdfFormat, folder: Path | None) -> Iterator[bytes]:
    used: set[str] = set()
    # The prefixes that are used stand first, and are known last.
    with tempfile.TemporaryFile(dir=folder) as body:
        for part in _at_borders(_in_order(read(), folder)):
            triples = form == ox.RdfFormat.TURTLE
            body.write(rdf_files.body([quad.triple for quad in part] if triples else part, form, used))
        body.seek(0)
        yield rdf_files.head(used)
        while chunk := body.read(_CHUNK << 8):
            yield chunk


def _in_order(quads: Iterable[ox.Quad], folder: Path | None) -> Iterator[ox.Quad]:
    """The quads in the order of `kg.rdf_files.order`."""

    def keyed(quad: ox.Quad) -> bytes:
        graph, subject, not_type, not_label, predicate, value = rdf_files.order(quad)
        flags = f"{not_type:d}{not_label:d}"
        return f"{_PART.join((graph, subject, flags, predicate, value))}\n".encode()

    for part in _parts(sorted_lines(map(keyed, quads), folder)):
        written = []
        for line in part:
            graph, subject, _, predicate, value = line.decode().rstrip("\n").split(_PART)
            written.append(f"{subject} {predicate} {value} {graph} .\n")
        yield from ox.parse("".join(written), ox.RdfFormat.N_QUADS)


def _at_borders(quads: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    """Some thousand quads at a time; no subject of the default graph, and no named graph, is parted."""
    held: list[ox.Quad] = []
    for _, group in groupby(quads, lambda quad: (quad.graph_name, quad.subject)):
        found = list(group)
        last = held[-1].graph_name if held else DEFAULT
        whole = found[0].graph_name == DEFAULT or found[0].graph_name != last
        if whole and len(held) >= _CHUNK:
            yield held
            held = []
        held += found
    yield held


def _parts(found: Iterable[T]) -> Iterator[tuple[T, ...]]:
    rest = iter(found)
    while part := tuple(islice(rest, _CHUNK)):
        yield part


def _serialized(quads: Iterable[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _lines(written: bytes) -> Iterator[bytes]:
    return (line + b"\n" for line in written.split(b"\n") if line)
