"""The graph as files: RDF in its spellings, GraphML and GEXF for graph tools, CSV for spreadsheets and Neo4j.

The same store gives the same bytes, always in UTF-8. A file is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from kg import jsonld, nanopubs, neo4j, rdf_files
from kg.errors import KgError, StoreError
from kg.formats import FORMATS, format_of
from kg.graphs import Graph, to_networkx
from kg.rdf_files import NOT_XML
from kg.records import QUALIFIERS
from kg.sparql import safe_cell
from kg.store import Store


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
        files = {target: _written(store, name)}
    replace(files)
    return tuple(files)


def _written(store: Store, name: str) -> bytes:
    try:
        return _WRITERS[name](store)
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
    files = {place / f"graph.{name}": _WRITERS[name](store) for name in ("ttl", "nq", "graphml")}
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(place, error) from None
    replace(files)
    return tuple(files)


def replace(files: Mapping[Path, bytes]) -> None:
    """Put every file in its place, or none: all are written beside it first."""
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    at = next(iter(files))
    try:
        for path, content in files.items():
            at = path
            with drafts[path].open("wb") as file:
                file.write(content)
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


def _graphml(store: Store) -> bytes:
    # Not nx.write_graphml, whose bytes hang on whether lxml is installed.
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, named_key_ids=False, edge_id_from_attribute="edge_id")
    writer.add_graph_element(_for_xml(store, "edge_id"))
    out = io.BytesIO()
    writer.dump(out)
    return out.getvalue() + b"\n"


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
    rest = ("weight", "articles", "confidence", "first_date", "last_date", *QUALIFIERS)
    return _table(node_columns, nodes), _table((*edge_columns, *rest), edges)


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row[name] for name in columns]
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode()


_WRITERS: Final[Mapping[str, Callable[[Store], bytes]]] = MappingProxyType(
    {
        "ttl": lambda store: rdf_files.turtle(store.default_graph()),
        "nt": lambda store: rdf_files.ntriples(store.default_graph()),
        "rdf": lambda store: rdf_files.rdf_xml(store.default_graph()),
        "trig": lambda store: rdf_files.trig(store.quads()),
        "nq": lambda store: rdf_files.nquads(store.quads()),
        "jsonld": lambda store: jsonld.document(store.quads()),
        "ttl12": _turtle12,
        "trig12": lambda store: rdf_files.trig(rdf_files.with_triple_terms(store.quads())),
        "nq12": lambda store: rdf_files.nquads(rdf_files.with_triple_terms(store.quads())),
        "nanopub": lambda store: rdf_files.trig(nanopubs.nanopubs(store.quads())),
        "graphml": _graphml,
        "gexf": _gexf,
    }
)
