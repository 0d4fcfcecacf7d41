"""Which articles are prints of one text, and how many independent sources statements have: asked, not written.

`kg.source_graph` tells how a store keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from kg.engines import Reader
from kg.records import PLAIN, Statement
from kg.source_graph import REPRINT, is_current
from kg.terms import IDENTIFIER, SOURCES, local_name, subject_of, value_of

_FEW: Final = 100  # articles that are looked up one by one


def origins(engine: Reader, only: Collection[str] | None = None) -> Mapping[str, str]:
    """Id of each article that is a print → id of the article that its group of prints is known by.

    Where ``kg:sources`` does not follow the articles, they are compared with each other.

    Args:
        engine: the store.
        only: IRIs of the articles that are asked for; None for all. Of more than a hundred, all are read.
    """
    few = only if only is not None and len(only) <= _FEW else None
    if not is_current(engine):
        from kg.source_counts import worked_out  # noqa: PLC0415 (NumPy, which a store that is up to date does not need)

        found = worked_out(engine, few)
    elif few is None:
        found = {subject_of(quad): value_of(quad) for quad in engine.quads(None, REPRINT, None, SOURCES)}
    else:
        quads = (quad for iri in few for quad in engine.quads(ox.NamedNode(iri), REPRINT, None, SOURCES))
        found = {subject_of(quad): value_of(quad) for quad in quads}
    ids: Mapping[str, str] = {}
    if len(found) > _FEW:
        quads = (quad for quad in engine.quads(None, IDENTIFIER) if quad.subject == quad.graph_name)
        ids = {subject_of(quad): value_of(quad) for quad in quads}

    def name(iri: str) -> str:
        return ids.get(iri) or article_id_of(engine, ox.NamedNode(iri))

    return {name(one): name(other) for one, other in sorted(found.items())}


def article_id_of(engine: Reader, graph: ox.NamedNode) -> str:
    """The id of the article whose graph has this name."""
    quads = engine.quads(graph, IDENTIFIER, None, graph)
    return next((value_of(quad) for quad in quads), local_name(graph.value))


def counted(
    statements: Iterable[Statement], first_prints: Mapping[str, str], symmetric: Collection[str]
) -> Mapping[str, int]:
    """Id of each statement → the number of its independent sources.

    Args:
        statements: all of the relations that are asked for.
        first_prints: id of an article → id of that which its group is known by; those that are no prints are left out.
        symmetric: local names of the properties that hold in both directions.

    Returns:
        As many sources as groups, counted in these statements.
    """
    alike: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        ends = (one.subject, one.object)
        start, end = sorted(ends) if one.property in symmetric else ends
        alike[start, one.property, end, "" if one.status in PLAIN else one.status].append(one)
    return dict(_numbers(alike.values(), first_prints))


def _numbers(groups: Iterable[list[Statement]], first_prints: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for group in groups:
        articles = {one.evidence.article for one in group}
        number = len({first_prints.get(name, name) for name in articles})
        yield from ((one.id, number) for one in group)
