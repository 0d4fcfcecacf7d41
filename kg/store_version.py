"""Which layout a store has: a mark in a graph of its own, which no export shows.

The number rises when `kg.rdf` writes what an older kg could not read, or reads what an older one did not
write. Stores from before the mark have layout 1; they are marked with the next article.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.engines import Reader
from kg.errors import StoreError
from kg.namespaces import BASE
from kg.terms import integer, term, value_of

VERSION: Final = 1
GRAPH: Final = ox.NamedNode(BASE + "store")
_PREDICATE: Final = term("kg:storeVersion")
MARK: Final = ox.Quad(GRAPH, _PREDICATE, integer(VERSION), GRAPH)


def is_marked(engine: Reader, place: str | None) -> bool:
    """Whether a store carries the mark of this kg; one that carries another cannot be used.

    Args:
        engine: the store.
        place: its folder or address, for messages.

    Raises:
        StoreError: it was written by an older or a newer kg.
    """
    found = {value_of(quad) for quad in engine.quads(GRAPH, _PREDICATE, None, GRAPH)}
    for version in sorted(found):
        check(version, place)
    return bool(found)


def check(version: str, place: str | None) -> None:
    """Refuse a layout that this kg does not read.

    Raises:
        StoreError: it is older or newer; the message says how to go on.
    """
    if version == str(VERSION):
        return
    if not (version.isascii() and version.isdigit()):
        raise StoreError(f"'{version[:40]}' is no version of a store", path=place, iri=GRAPH.value)
    this = f"the layout is version {version}, this kg has version {VERSION}"
    if int(version) > VERSION:
        raise StoreError(f"the store was written by a newer kg: {this}", path=place, hint="install a newer kg-news")
    hint = "build it anew from its articles: kg build PATH…; its old data can be had with kg dump of the older kg"
    raise StoreError(f"the store was written by an older kg: {this}", path=place, hint=hint)
