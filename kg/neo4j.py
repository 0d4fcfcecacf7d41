"""The graph as two CSV tables with the headers that ``neo4j-admin database import`` reads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.graphs import to_networkx
from kg.records import QUALIFIERS
from kg.store import Store

_NODES: Final = ("iri:ID", ":LABEL", "name", "aliases", "mentions:long", "articles:long")
_EDGES: Final = (
    ":START_ID", ":END_ID", ":TYPE", "property", "label", "status", "symmetric:boolean", "sentences:long",
    "articles:long", "sources:long", "confidence:double", "first_date", "last_date", *QUALIFIERS,
)  # fmt: skip


def tables(store: Store) -> tuple[bytes, bytes]:
    """Nodes and relationships: entities and plain relations, sorted, in UTF-8.

    Nodes are labelled with their class and the classes above it. Types of relationships are the properties as Cypher
    writes them (see `relationship_type`). Texts are as they are, but for line breaks, which the importer refuses: these
    become spaces. So a spreadsheet may take a name for a formula; for one, take the format ``csv``.
    """
    graph, above = to_networkx(store), store.ancestors()
    nodes = [
        (
            given["iri"],
            ";".join([given["type"], *sorted(above.get(given["type"], frozenset()) - {given["type"]})]),
            *(given[name] for name in ("label", "aliases", "mentions", "articles")),
        )
        for _, given in graph.nodes(data=True)
    ]
    names = ("property", "label", "status", "symmetric", "weight", "articles", "sources", "confidence")
    edges = [
        (
            graph.nodes[source]["iri"],
            graph.nodes[target]["iri"],
            relationship_type(given["property"]),
            *(given[name] for name in (*names, "first_date", "last_date", *QUALIFIERS)),
        )
        for source, target, given in graph.edges(data=True)
    ]
    return _table(_NODES, nodes), _table(_EDGES, edges)


def relationship_type(name: str) -> str:
    """The name of a property as Cypher writes types of relationships.

    >>> relationship_type("partnersWith"), relationship_type("leads")
    ('PARTNERS_WITH', 'LEADS')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return re.sub(r"[\r\n]+", " ", value) if isinstance(value, str) else value
