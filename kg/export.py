"""The graph as files: RDF in four spellings, GraphML and GEXF for graph tools, CSV for spreadsheets.

The same store gives the same bytes, always in UTF-8. A file is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

import pyoxigraph as ox
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from kg import rdf
from kg.errors import KgError, StoreError
from kg.graphs import Graph, to_networkx
from kg.namespaces import PREFIXES
from kg.records import QUALIFIERS
from kg.sparql import curie, safe_cell
from kg.store import Store
from kg.terms import A, term

FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ttl": "Turtle: the default graph, plain triples with names and types",
        "trig": "TriG: all graphs",
        "nq": "N-Quads, sorted: all graphs",
        "jsonld": "JSON-LD with a context: all graphs",
        "graphml": "GraphML for Gephi, yEd, igraph: entities and plain relations with weights",
        "gexf": "GEXF for Gephi: the same",
        "csv": "two tables for spreadsheets, NAME-nodes.csv and NAME-edges.csv: the same",
    }
)
"""Name of each format → what it holds."""

# XML 1.0 has no way to write these, not even escaped.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XSD: Final = PREFIXES["xsd"]


def write(store: Store, path: Path | str, format: str | None = None) -> tuple[Path, ...]:
    """Write the store to a file, for ``csv`` to two beside each other.

    In CSV, text that a spreadsheet would run as a formula gets an apostrophe before it (see
    `kg.sparql.safe_cell`).

    Args:
        store: what to write.
        path: the file; one that exists is replaced. Its folder must exist.
        format: one of `FORMATS`; by default what the path ends in.

    Returns:
        The files written.

    Raises:
        KgError: there is no such format.
        StoreError: the file cannot be written.
    """
    target = Path(path)
    name = (format or target.suffix.removeprefix(".")).casefold()
    if name not in FORMATS:
        problem = f"no format called '{name}'" if name else f"no format given for {target.name}"
        raise KgError(problem, hint=f"allowed: {', '.join(FORMATS)}")
    if name == "csv":
        base = target.with_suffix("") if target.suffix.casefold() == ".csv" else target
        nodes, edges = _tables(to_networkx(store))
        files = {base.with_name(f"{base.name}-nodes.csv"): nodes, base.with_name(f"{base.name}-edges.csv"): edges}
    else:
        files = {target: _WRITERS[name](store)}
    _replace(files)
    return tuple(files)


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
    _replace(files)
    return tuple(files)


def _replace(files: Mapping[Path, bytes]) -> None:
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


def _order(quad: ox.Quad) -> tuple[str, str, bool, bool, str, str]:
    """Sort key: by graph and subject, type and label first."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    label = quad.predicate == term("rdfs:label")
    return graph, str(quad.subject), quad.predicate != A, not label, str(quad.predicate), str(quad.object)


def _turtle(store: Store) -> bytes:
    quads = sorted(store.default_graph(), key=_order)
    triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return _pretty(triples, ox.RdfFormat.TURTLE)


def _trig(store: Store) -> bytes:
    return _pretty(sorted(store.quads(), key=_order), ox.RdfFormat.TRIG)


def _pretty(found: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat) -> bytes:
    written = ox.serialize(found, format=form, prefixes=dict(PREFIXES)) or b""
    lines = written.decode().split("\n")
    # Oxigraph gives the prefixes in no order, and nothing between the subjects; a text never spans lines there.
    body = [line for line in lines if not line.startswith("@prefix")]
    used = {found[0] for line in body for found in re.finditer(r"[a-z]+(?=:)", line)}
    head = [f"@prefix {name}: <{space}> ." for name, space in sorted(PREFIXES.items()) if name in used]
    spaced = [f"\n{line}" if line and line[0] not in "\t}" else line for line in body]
    return "\n".join([*head, *spaced]).replace("\t", "    ").encode()


def _nquads(store: Store) -> bytes:
    return rdf.nquads(store.quads())


def _jsonld(store: Store) -> bytes:
    graphs: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for quad in sorted(store.quads(), key=_order):
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else _name(str(quad.graph_name.value))
        subject = _name(cast(ox.NamedNode, quad.subject).value)
        node = graphs[graph][subject]
        node.setdefault("@id", subject)
        if quad.predicate == A:
            node.setdefault("@type", []).append(_name(cast(ox.NamedNode, quad.object).value))
        else:
            node.setdefault(_name(quad.predicate.value), []).append(_json_value(quad.object))
    default = list(graphs.pop("", {}).values())
    named = [{"@id": name, "@graph": list(nodes.values())} for name, nodes in graphs.items()]
    document = {"@context": dict(PREFIXES), "@graph": [*default, *named]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


@lru_cache(maxsize=4096)
def _name(iri: str) -> str:
    return curie(iri).strip("<>")


def _json_value(value: object) -> object:
    match value:
        case ox.Literal():
            if value.language:
                return {"@value": value.value, "@language": value.language}
            kind = value.datatype.value
            return value.value if kind == _XSD + "string" else {"@value": value.value, "@type": _name(kind)}
        case _:
            return {"@id": _name(cast(ox.NamedNode, value).value)}


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
    return {name: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value for name, value in given.items()}


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
        "ttl": _turtle,
        "trig": _trig,
        "nq": _nquads,
        "jsonld": _jsonld,
        "graphml": _graphml,
        "gexf": _gexf,
    }
)
