"""Streams give the bytes that the same graph gives in memory, and go on where memory ends."""

import itertools

import pyoxigraph as ox
import pytest

from kg import rdf, rdf_files, rdf_streams
from kg.line_sort import sorted_lines
from kg.terms import DEFAULT

EX = "http://example.org/"
TEXTS = ("", 'Zeile\n"zwei"\t\\ \r', "\x01\x02", "_:b", "\u2028 ümläut 😀", "@prefix kg: <x> .", "a" * 300)


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def odd_quads() -> list[ox.Quad]:
    """Names that begin with each other, texts that look like syntax, graphs between which a subject goes on."""
    kinds = [ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), node("p"), node("pp"), node("a")]
    values = [*map(ox.Literal, TEXTS), ox.Literal("5", datatype=node("d")), ox.Literal("ja", language="de"), node("s")]
    graphs = [DEFAULT, node("g"), node("gg")]
    return [
        ox.Quad(node(subject), kinds[number % 4], value, graph)
        for graph in graphs
        for number, (subject, value) in enumerate(itertools.product(("s", "s/1", "sä"), values))
    ]


@pytest.mark.parametrize("chunk", [1, 3, 1000])
@pytest.mark.parametrize("name", ["nquads", "trig"])
def test_streams_give_the_same_bytes(chunk, name, monkeypatch):
    monkeypatch.setattr(rdf_streams, "_CHUNK", chunk)
    quads = odd_quads()
    streamed = b"".join(getattr(rdf_streams, name)(lambda: reversed(quads)))
    assert streamed == getattr(rdf_files, name)(quads)
    assert b"".join(rdf_streams.sorted_nquads(quads)) == rdf.nquads(quads)


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_one_graph_as_turtle_and_triples(chunk, monkeypatch):
    monkeypatch.setattr(rdf_streams, "_CHUNK", chunk)
    quads = [quad for quad in odd_quads() if quad.graph_name == DEFAULT]
    assert b"".join(rdf_streams.turtle(lambda: reversed(quads))) == rdf_files.turtle(quads)
    assert b"".join(rdf_streams.nquads(lambda: reversed(quads))) == rdf_files.ntriples(quads)


def test_nothing_gives_nothing():
    assert [b"".join(write(lambda: ())) for write in (rdf_streams.nquads, rdf_streams.turtle, rdf_streams.trig)] == [
        rdf_files.nquads([]),
        rdf_files.turtle([]),
        rdf_files.trig([]),
    ]


def test_blank_nodes_get_canonical_names():
    quads = [*odd_quads(), ox.Quad(ox.BlankNode("x"), node("p"), ox.BlankNode("y"), node("g"))]
    written = b"".join(rdf_streams.nquads(lambda: quads))
    assert written == rdf_files.nquads(quads)
    assert b"_:c14n0" in written
    assert b"_:x" in b"".join(rdf_streams.sorted_nquads(quads))


@pytest.mark.parametrize(("run", "runs"), [(1, 2), (40, 3), (1 << 20, 200)])
def test_lines_are_sorted_in_runs_and_once(tmp_path, run, runs):
    lines = [f"{number * 7919 % 101} é\n".encode() for number in range(250)]
    assert list(sorted_lines(lines, tmp_path, run=run, runs=runs)) == sorted(set(lines))
    assert list(tmp_path.iterdir()) == []
