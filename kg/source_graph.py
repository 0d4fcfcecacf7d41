"""Which articles are prints of one text, and how many independent sources a statement has, as a store keeps it.

``kg:sources`` is a graph that is made of the others, by `kg.source_counts`. It has ``kg:reprintOf`` from each print to
the article that its group is known by, the earliest dated one, then that of the smallest id; and
``kg:independentSources`` of each statement: in how many groups of prints, an article that is no print being a group by
itself, somebody states the same relation of the same things, asserted or reported ones together, those of each other
status by themselves. While the graph follows the articles it says so, with ``owl:versionInfo``; any write of an article
takes that mark away, and the numbers must not be believed until the graph has been brought up to date.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.engines import Reader
from kg.terms import SOURCES, term, text

METHOD: Final = "2"
"""Raised where `kg.reprints` or the counting changes, so that stores are counted anew."""
REPRINT: Final = term("kg:reprintOf")
INDEPENDENT: Final = term("kg:independentSources")
_MARK: Final = term("owl:versionInfo")
MARK: Final = ox.Quad(SOURCES, _MARK, text(METHOD), SOURCES)


def marks(engine: Reader) -> frozenset[ox.Quad]:
    """What says that ``kg:sources`` follows the articles; whoever changes one deletes it in the same step."""
    return frozenset(engine.quads(SOURCES, _MARK, None, SOURCES))


def is_current(engine: Reader) -> bool:
    """Whether ``kg:sources`` follows the articles as they are."""
    return MARK in marks(engine)
