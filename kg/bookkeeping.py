"""What a store notes of its own runs, in the graph that no export shows: article versions, and what could not be read.

An article's version is a digest of the article and of all that decides what is read from it (see `kg.versions`).
It is written with the article and goes with it, so that a later run knows what it need not read again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Final

import pyoxigraph as ox

from kg.engines import Reader
from kg.namespaces import BASE, article_iri, digest
from kg.records import Failure
from kg.store_version import GRAPH
from kg.terms import boolean, term, text, value_of

_READ_AS: Final = term("kg:readAs")
_FAILURE: Final = term("kg:failure")
BUILT: Final = ox.Quad(GRAPH, term("kg:builtOfArticles"), boolean(True), GRAPH)
"""The mark of a store that a build has begun; it goes where somebody loads more into the store."""
KEPT: Final = 1000
"""Failures that are kept, the first by their source: who has more looks at report.jsonl."""


def version_of(engine: Reader, article_id: str) -> str | None:
    """The version in which a store has an article; None where it has none, or not one alone."""
    found = [value_of(quad) for quad in engine.quads(ox.NamedNode(article_iri(article_id)), _READ_AS, None, GRAPH)]
    return found[0] if len(found) == 1 else None


def version_quads(engine: Reader, article_id: str, version: str | None) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """What is noted of an article's version, and what is to be noted in its place."""
    node = ox.NamedNode(article_iri(article_id))
    new = set() if version is None else {ox.Quad(node, _READ_AS, text(version), GRAPH)}
    return set(engine.quads(node, _READ_AS, None, GRAPH)), new


def built(engine: Reader) -> set[ox.Quad]:
    """The mark `BUILT`, where the store has it."""
    return {quad for quad in engine.quads(GRAPH, BUILT.predicate, None, GRAPH) if quad == BUILT}


def failures(engine: Reader) -> tuple[Failure, ...]:
    """What could not be read, sorted by source."""
    rows = (json.loads(value_of(quad)) for quad in engine.quads(None, _FAILURE, None, GRAPH))
    return tuple(sorted((Failure(*row) for row in rows), key=lambda failure: failure.source))


def failure_quads(
    engine: Reader, new: Iterable[Failure], mended: Collection[str] | None
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """What is noted of failures and shall go, and what shall come.

    Args:
        engine: the store beneath; it is only read.
        new: takes the place of what is noted of the same sources.
        mended: sources of which nothing is noted any more; None for all.
    """
    told = {failure.source: failure for failure in new}
    noted = {failure.source: failure for failure in failures(engine)}
    kept = {} if mended is None else {source: one for source, one in noted.items() if source not in mended}
    wanted = dict(sorted((kept | told).items())[:KEPT])
    old = set(engine.quads(None, _FAILURE, None, GRAPH))
    quads = {_quad(failure) for failure in wanted.values()}
    return old - quads, quads - old


def _quad(failure: Failure) -> ox.Quad:
    node = ox.NamedNode(f"{BASE}failure/{digest(failure.source)}")
    row = (failure.source, failure.problem, failure.hint)
    return ox.Quad(node, _FAILURE, text(json.dumps(row)), GRAPH)
