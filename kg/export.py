"""The graph as files: RDF in its spellings, GraphML and GEXF for graph tools, CSV for spreadsheets and Neo4j.

The same store gives the same bytes, always in UTF-8. A file is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from networkx.readwrite.gexf import GEXFWriter

from kg import jsonld, nanopubs, neo4j, rdf_files, rdf_streams
from kg.errors import KgError, StoreError
from kg.formats import FORMATS, format_of
from kg.graphs import Graph, to_networkx
from kg.rdf_files import NOT_XML
from kg.records import QUALIFIERS
from kg.sparql import safe_cell
from kg.store import Store
from kg.terms import DEFAULT

_GRAPHML_TYPES: Final = {str: "string", int: "long", float: "double", bool: "boolean"}
_GRAPHML_HEAD: Final = b"""<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(store: Store, path: Path | str, format: str | None = None) -> tuple[Path, ...]:
    """Write the store to a file, for ``csv`` and ``neo4j`` to two beside each other.

    In CSV, text that a spreadsheet would run as a formula gets an apostrophe before it (see
    `kg.sparql.safe_cell`).

    Args:
        store: what to write.
        path: the file; one that exists is replaced. Its folder must exist.
        format: one of `kg.formats.FORMATS`; by default what the path ends in.

    Returns:
        The files written.

    Raises:
        KgError: there is no such format.
        StoreError: the file cannot be written.
    """
    target = Path(path)
    name = (format or format_of(target)).casefold()
    if name not in FORMATS:
        problem = f"no format called '{name}'" if name else f"no format given for {target.name}"
        raise KgError(problem, hint=f"allowed: {', '.join(FORMATS)}")
    if name == "csv":
        base = target.with_suffix("") if target.suffix.casefold() == ".csv" else target
        nodes, edges = _tables(to_networkx(store))
        files = {base.with_name(f"{base.name}-nodes.csv"): nodes, base.with_name(f"{base.name}-edges.csv"): edges}
    elif name == "neo4j":
        base = target.with_suffix("") if target.suffix.casefold() in {".csv", ".neo4j"} else target
        parts = zip(("nodes", "relationships"), neo4j.tables(store), strict=True)
        files = {base.with_name(f"{base.name}-neo4j-{part}.csv"): content for part, content in parts}
    else:
        replace({target: _written(store, name, target.parent)})
        return (target,)
    replace({path: (content,) for path, content in files.items()})
    return tuple(files)


def _written(store: Store, name: str, folder: Path) -> Iterable[bytes]:
    """The file, piece by piece: whoever draws them sees the errors."""
    try:
        if name in _STREAMS:
            yield from _STREAMS[name](store, folder)
        else:
            yield _WRITERS[name](store)
    except ValueError as error:  # a property without a name in RDF/XML, a triple term in JSON-LD
        hint = "take another format, such as nq"
        raise StoreError(f"{name} cannot hold this graph: {error}", hint=hint) from None


def write_bundle(store: Store, folder: Path | str) -> tuple[Path, ...]:
    """Write ``graph.ttl``, ``graph.nq`` and ``graph.graphml`` into a folder, which is made if need be.

    Returns:
        The files written.

    Raises:
        StoreError: they cannot be written; then none of them is changed.
    """
    place = Path(folder)
    files = {place / f"graph.{name}": _written(store, name, place) for name in ("ttl", "nq", "graphml")}
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(place, error) from None
    replace(files)
    return tuple(files)


def replace(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Put every file in its place, or none: all are written beside it first, piece by piece."""
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    at = next(iter(files))
    try:
        for path, content in files.items():
            at = path
            with drafts[path].open("wb") as file:
                file.writelines(content)
                file.flush()
                os.fsync(file.fileno())
        for path, draft in drafts.items():
            at = path
            draft.replace(path)
    except OSError as error:
        raise _unwritable(at, error) from None
    finally:
        for draft in drafts.values():
            try:
                draft.unlink(missing_ok=True)
            except OSError:  # a folder that cannot be read has no draft either
                continue


def _unwritable(path: Path, error: OSError) -> StoreError:
    problem = f"the file cannot be written: {error.strerror or error}"
    return StoreError(problem, path=path, hint="nothing was changed; name a folder with space that you may write to")


# ── RDF ────────────────────────────────────────────────────────────────────────────────────────


def _default_graph(store: Store) -> rdf_streams.Read:
    return lambda: store.matching(graph=DEFAULT)


def _turtle12(store: Store) -> bytes:
    return rdf_files.turtle(rdf_files.with_triple_terms(rdf_files.in_one_graph(store.quads())))


# ── graph tools and spreadsheets ───────────────────────────────────────────────────────────────


def _for_xml(store: Store, edge_id: str) -> Graph:
    """The graph with an id for every edge, and without characters that XML cannot hold."""
    graph = to_networkx(store)
    for _, given in graph.nodes(data=True):
        given.update(_clean(given))
    for source, target, key, given in graph.edges(keys=True, data=True):
        given.update({**_clean(given), edge_id: f"{source} {key} {target}"})
    return graph


def _clean(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value for name, value in given.items()}


def _graphml(store: Store, _folder: Path) -> Iterator[bytes]:
    """GraphML, element by element, as NetworkX would write it from a tree that takes more memory than the graph."""
    graph = _for_xml(store, "edge_id")
    keys: dict[tuple[str, str, str], str] = {}
    for scope, all_given in (("node", graph.nodes(data=True)), ("edge", graph.edges(data=True))):
        for *_, given in all_given:
            for name, value in given.items():
                keys.setdefault((name, _GRAPHML_TYPES[type(value)], scope), f"d{len(keys)}")
    yield _GRAPHML_HEAD
    for (name, kind, scope), key in reversed(keys.items()):
        about = {"id": key, "for": scope, "attr.name": name, "attr.type": kind}
        yield _element(ET.Element("key", about), 1)
    yield b'  <graph edgedefault="directed">\n' if len(graph) else b'  <graph edgedefault="directed" />\n'
    for node, given in graph.nodes(data=True):
        yield _element(_with_data(ET.Element("node", {"id": node}), given, keys), 2)
    for source, target, given in graph.edges(data=True):
        ends = {"source": source, "target": target, "id": given["edge_id"]}
        yield _element(_with_data(ET.Element("edge", ends), given, keys), 2)
    yield b"  </graph>\n</graphml>\n\n" if len(graph) else b"</graphml>\n\n"


def _with_data(element: ET.Element, given: Mapping[str, Any], keys: Mapping[tuple[str, str, str], str]) -> ET.Element:
    for name, value in given.items():
        kind = _GRAPHML_TYPES[type(value)]
        data = ET.SubElement(element, "data", {"key": keys[name, kind, element.tag]})
        data.text = str(value)
    return element


def _element(element: ET.Element, level: int) -> bytes:
    ET.indent(element, level=level)
    return f"{'  ' * level}{ET.tostring(element, encoding='unicode')}\n".encode()


def _gexf(store: Store) -> bytes:
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    for meta in writer.xml.findall("meta"):  # it holds today's date
        writer.xml.remove(meta)
    writer.add_graph(_for_xml(store, "id"))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def _tables(graph: Graph) -> tuple[bytes, bytes]:
    nodes = [{"id": key, **given} for key, given in graph.nodes(data=True)]
    names = {key: given["label"] for key, given in graph.nodes(data=True)}
    edges = [
        {"source": source, "source_label": names[source], "target": target, "target_label": names[target], **given}
        for source, target, given in graph.edges(data=True)
    ]
    node_columns = ("id", "label", "type", "aliases", "iri", "mentions", "articles", "weight")
    edge_columns = ("source", "source_label", "property", "target", "target_label", "label", "status", "symmetric")
    rest = ("weight", "articles", "sources", "confidence", "first_date", "last_date", *QUALIFIERS)
    return _table(node_columns, nodes), _table((*edge_columns, *rest), edges)


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row[name] for name in columns]
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode()


_STREAMS: Final[Mapping[str, Callable[[Store, Path], Iterable[bytes]]]] = MappingProxyType(
    {
        "ttl": lambda store, folder: rdf_streams.turtle(_default_graph(store), folder),
        "nt": lambda store, folder: rdf_streams.nquads(_default_graph(store), folder),
        "trig": lambda store, folder: rdf_streams.trig(store.each_quad, folder),
        "nq": lambda store, folder: rdf_streams.nquads(store.each_quad, folder),
        "graphml": _graphml,
    }
)
"""Formats whose files are written as a stream, however large the store is."""
_WRITERS: Final[Mapping[str, Callable[[Store], bytes]]] = MappingProxyType(
    {
        "rdf": lambda store: rdf_files.rdf_xml(store.default_graph()),
        "jsonld": lambda store: jsonld.document(store.quads()),
        "ttl12": _turtle12,
        "trig12": lambda store: rdf_files.trig(rdf_files.with_triple_terms(store.quads())),
        "nq12": lambda store: rdf_files.nquads(rdf_files.with_triple_terms(store.quads())),
        "nanopub": lambda store: rdf_files.trig(nanopubs.nanopubs(store.quads())),
        "gexf": _gexf,
    }
)
