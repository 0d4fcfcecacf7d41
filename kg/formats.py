"""The formats that a graph can be written in: their names, what each holds, and what its files are called.

Nothing heavy is imported here, so that the command line can list them at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ttl": "Turtle: the default graph, plain triples with names and types",
        "nt": "N-Triples, sorted: the same",
        "rdf": "RDF/XML: the same",
        "trig": "TriG: all graphs",
        "nq": "N-Quads in canonical form (RDFC-1.0), sorted: all graphs",
        "jsonld": "JSON-LD 1.1 with a context that makes it read well: all graphs",
        "ttl12": "Turtle 1.2 in one graph: plain triples, and every statement as a reifier of its triple term",
        "trig12": "TriG 1.2: all graphs, statements as reifiers of triple terms",
        "nq12": "N-Quads 1.2, sorted: the same",
        "nanopub": "TriG: a nanopublication for every statement",
        "graphml": "GraphML for Gephi, yEd, igraph: entities and plain relations with weights",
        "gexf": "GEXF for Gephi: the same",
        "csv": "two tables for spreadsheets, NAME-nodes.csv and NAME-edges.csv: the same",
        "neo4j": "two tables for neo4j-admin, NAME-neo4j-nodes.csv and NAME-neo4j-relationships.csv: the same",
    }
)
"""Name of each format → what it holds."""

_ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"ttl12": "12.ttl", "trig12": "12.trig", "nq12": "12.nq", "nanopub": "nanopub.trig"}
)
"""Formats whose files end in what tools look for, and in something that tells them apart."""


def ending(name: str) -> str:
    """What the files of a format end in, without the first dot.

    >>> ending("ttl"), ending("ttl12"), ending("nanopub")
    ('ttl', '12.ttl', 'nanopub.trig')
    """
    return _ENDINGS.get(name, name)


def format_of(path: PurePath) -> str:
    """The format that the ending of a file's name stands for; the ending itself where it is none.

    >>> format_of(PurePath("graph.12.ttl")), format_of(PurePath("graph.ttl")), format_of(PurePath("graph.xls"))
    ('ttl12', 'ttl', 'xls')
    """
    name = path.name.casefold()
    found = (form for form, end in _ENDINGS.items() if name.endswith(f".{end}"))
    return next(found, path.suffix.removeprefix(".").casefold())
