"""The stores that can lie beneath: Oxigraph, and rdflib's own memory store; `kg.endpoint` has the third.

All hold the same quads and answer the same queries, and change all or nothing.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol, cast

import oxrdflib
import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins import sparql as rdflib_sparql
from rdflib.term import URIRef

from kg import answers, snapshots
from kg.errors import QueryError, StoreError, StoreInUseError, StoreUnwritableError
from kg.namespaces import PREFIXES
from kg.sparql import QueryResult, check, from_rdflib, to_rdflib
from kg.sparql_text import check_words, syntax_error
from kg.terms import DEFAULT, INFERRED

Node = ox.NamedNode | ox.BlankNode
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
_ROCKSDB: Final = re.compile(
    r"CURRENT|LOCK|IDENTITY|LOG(\.old\.\d+)?|MANIFEST-\d+|OPTIONS-\d+(\.dbtmp)?|\d+\.(sst|log|blob|dbtmp)"
)
_VIEWS: Final = 4
"""How often a view is taken before its files are held to be of an older Oxigraph: one in some hundred views fails where
tables are written and joined all the time."""
_FLUSHED: Final = 20_000
"""Quads after which tables are written: who opens the store meanwhile reads the log, 15,000 quads in a second."""


Pattern = tuple[ox.NamedNode | None, ox.NamedNode | None, ox.NamedNode | ox.Literal | None]
"""Subject, predicate and object that are looked for; None fits all."""


class Reader(Protocol):
    """What can be looked up."""

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that fit; None fits all."""
        ...


class Engine(Reader, Protocol):
    """What `kg.store.Store` needs of the store beneath it."""

    dataset: rdflib.Dataset
    loads_whole: bool
    """Whether `load` takes back what it did when its quads end in an error."""

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[object, object]]:
        """Subject and object of every triple of named graphs with this predicate: quicker than whole quads."""
        ...

    def ahead(self, patterns: Iterable[Pattern]) -> Reader:
        """A reader that will be asked for these patterns of the default graph."""
        ...

    def change(self, delete: Collection[ox.Quad], insert: Collection[ox.Quad], drop: Iterable[ox.NamedNode]) -> None:
        """Delete, insert, and drop emptied graphs: all of it or nothing."""
        ...

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add very many quads, which need not fit into memory."""
        ...

    def query(self, text: str, limit: int | None = None, *, inferred: bool = False) -> QueryResult:
        """The answer to a read-only query; of its rows only so many are worked out.

        Args:
            text: the query.
            limit: rows at most.
            inferred: read the default graph together with what was inferred from it.
        """
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...


def no_inferred() -> QueryError:
    """What is said where an engine cannot read two graphs as one."""
    return QueryError(
        "this kind of store cannot join inferred triples to the others",
        hint="ask GRAPH kg:inferred { … } for them, or use a store of Oxigraph in a folder or in memory",
    )


def is_address(place: object) -> bool:
    """Whether a store's place is an endpoint and no folder.

    >>> is_address("http://localhost:7878/query"), is_address("out/store")
    (True, False)
    """
    return isinstance(place, str) and place.strip().casefold().startswith(("http://", "https://"))


def open_oxigraph(path: Path | None, *, read_only: bool = False) -> Engine:
    """Oxigraph in memory, or in a folder that is made if need be.

    Args:
        path: the folder; None for memory.
        read_only: read the folder's present state, which stays as it is: many can at a time, also beside a writer.

    Raises:
        StoreError: the folder is in use, holds something else, or cannot be read or written.
    """
    if path is None:
        return _Oxigraph(ox.Store(), None)
    _check_folder(path)
    if read_only:
        return _open_view(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _Oxigraph(ox.Store(path.absolute()), path)  # by this name it is locked in this process
    except RuntimeError as error:  # files of an Oxigraph that is too old, or newer
        hint = "write it out with the kg that made it (kg dump, or kg export --format nq), and load that"
        raise StoreError(f"the store is of another Oxigraph: {_first_line(error)}", path=path, hint=hint) from None
    except OSError as error:
        if "lock" in str(error).casefold():
            hint = "wait until it has finished, or name another folder"
            raise StoreInUseError("the store is in use by another process", path=path, hint=hint) from None
        raise StoreError(f"the store cannot be opened: {_first_line(error)}", path=path) from None


def _open_view(path: Path, *, older: bool = True) -> Engine:
    if not (path / "CURRENT").is_file():
        hint = "build one first: kg build PATH…; or name it: --store DIR"
        raise StoreError("there is no store", path=path, hint=hint)
    for attempt in range(_VIEWS):
        try:
            view = snapshots.take(path)
            try:
                return _Oxigraph(ox.Store.read_only(str(view)), path, view)
            except BaseException:
                snapshots.discard(view)
                raise
        except RuntimeError as error:
            if attempt < _VIEWS - 1:
                continue  # it was taken in the midst of a change of the files
            # Else the files are of an older Oxigraph: it brings them up to date when they are opened to write.
            if not older:
                raise StoreError(f"the store cannot be opened: {_first_line(error)}", path=path) from None
        except OSError as error:
            raise StoreError(f"the store cannot be opened: {_first_line(error)}", path=path) from None
    open_oxigraph(path).close()
    return _open_view(path, older=False)


def open_memory() -> Engine:
    """rdflib's own store, in memory."""
    return _Memory()


def _check_folder(path: Path) -> None:
    """Oxigraph would put its files among anybody's; so look before."""
    try:
        if not path.exists():
            return
        if not path.is_dir():
            raise StoreError("this is a file, a store is a folder", path=path, hint="name a folder")
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        raise StoreError(f"the store cannot be opened: {error.strerror}", path=path) from None
    foreign = [name for name in names if not _ROCKSDB.fullmatch(name)]
    if foreign and "CURRENT" not in names:
        problem = f"this folder is not a store, it holds {foreign[0]}"
        raise StoreError(problem, path=path, hint="name an empty folder, or one that does not exist yet")


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", maxsplit=1)[0][:200]


def bound(dataset: rdflib.Dataset) -> rdflib.Dataset:
    """The dataset, with all prefixes known to it."""
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    # Else rdflib would read any file or address that stands behind FROM.
    rdflib_sparql.SPARQL_LOAD_GRAPHS = False
    return dataset


class _Oxigraph:
    """Oxigraph under rdflib's API; what matters for speed or safety goes to it directly."""

    loads_whole = True

    def __init__(self, inner: ox.Store, path: Path | None, view: Path | None = None) -> None:
        self._inner = inner
        self._path = path
        self._view = view  # where a store that is only read was linked to
        self._pending = 0  # quads that a reader would have to take from the log
        self._rdflib_store = oxrdflib.OxigraphStore(store=inner)
        self.dataset = bound(rdflib.Dataset(store=self._rdflib_store, default_union=False))

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        return self._inner.quads_for_pattern(subject, predicate, object_, graph)

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[object, object]]:
        found = self._inner.query(f"SELECT ?s ?o {{ GRAPH ?g {{ ?s {predicate} ?o }} }}")
        return ((row[0], row[1]) for row in cast(ox.QuerySolutions, found))

    def ahead(self, _patterns: Iterable[Pattern]) -> Reader:
        return self

    def _must_write(self) -> None:
        if self._view is not None:
            raise StoreError("the store was opened for reading only", path=self._path, hint="open it for writing")

    def load(self, quads: Iterable[ox.Quad]) -> None:
        self._must_write()
        try:
            self._inner.bulk_extend(quads)
        except OSError as error:
            raise self._unwritten(error) from None

    def _unwritten(self, error: OSError) -> StoreUnwritableError:
        problem = f"the store cannot be written, nothing was changed: {_first_line(error)}"
        return StoreUnwritableError(problem, path=self._path, hint="check the space left and the permissions")

    def change(self, delete: Collection[ox.Quad], insert: Collection[ox.Quad], drop: Iterable[ox.NamedNode]) -> None:
        self._must_write()
        # One update with several parts is one transaction; terms escape themselves. What only adds, as a new
        # article mostly does, need not be written as text and parsed again: `extend` is one transaction too.
        parts = [f"DROP SILENT GRAPH {graph}" for graph in drop]
        if delete:
            parts.append(f"DELETE DATA {{ {_data(delete)} }}")
        try:
            if insert and not parts:
                self._inner.extend(insert)
            elif insert or parts:
                self._inner.update(" ;\n".join([*parts, *([f"INSERT DATA {{ {_data(insert)} }}"] if insert else [])]))
        except OSError as error:
            raise self._unwritten(error) from None
        self._pending += len(delete) + len(insert)
        if self._pending >= _FLUSHED:
            self._flush()

    def _flush(self) -> None:
        self._pending = 0
        if self._path is not None and self._view is None:
            # On a full disk this fails, and nothing is lost: what was written stands in the log.
            with contextlib.suppress(OSError):
                self._inner.flush()

    def query(self, text: str, limit: int | None = None, *, inferred: bool = False) -> QueryResult:
        check_words(text)
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = [DEFAULT, INFERRED] if inferred else None
        try:
            found = self._inner.query(text, prefixes=dict(PREFIXES), default_graph=graphs)
            return answers.from_oxigraph(found, text, limit)
        except SyntaxError as error:
            raise syntax_error(text, str(error)) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"SPARQL: {_first_line(error)}") from None

    def close(self) -> None:
        self._flush()
        # Oxigraph lets go of its lock when the last reference goes.
        self._rdflib_store.close()
        del self._inner
        if self._view is not None:
            snapshots.discard(self._view)


def _data(quads: Iterable[ox.Quad]) -> str:
    def part(quad: ox.Quad) -> str:
        triple = f"{quad.subject} {quad.predicate} {quad.object}"
        return triple if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"

    return "\n".join(part(quad) + (" ." if isinstance(quad.graph_name, ox.DefaultGraph) else "") for quad in quads)


class _Memory:
    """rdflib's memory store."""

    loads_whole = True

    def __init__(self) -> None:
        self.dataset = bound(rdflib.Dataset(default_union=False))

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        pattern = tuple(None if term is None else to_rdflib(term) for term in (subject, predicate, object_))
        context = None if graph is None else self._context(graph)
        for s, p, o, name in self.dataset.quads((*pattern, context)):  # type: ignore[arg-type]
            known = name is not None and name != DATASET_DEFAULT_GRAPH_ID
            where = ox.NamedNode(str(name)) if known else ox.DefaultGraph()
            if graph is not None and where != graph:
                continue  # rdflib also names the other graphs that hold the triple
            yield ox.Quad(from_rdflib(s), from_rdflib(p), from_rdflib(o), where)  # type: ignore[arg-type]

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[object, object]]:
        return ((quad.subject, quad.object) for quad in self.quads(None, predicate))

    def ahead(self, _patterns: Iterable[Pattern]) -> Reader:
        return self

    def load(self, quads: Iterable[ox.Quad]) -> None:
        known = set(self.quads())
        self.change((), [quad for quad in quads if quad not in known], ())

    def change(self, delete: Collection[ox.Quad], insert: Collection[ox.Quad], drop: Iterable[ox.NamedNode]) -> None:
        done: list[tuple[bool, ox.Quad]] = []
        try:
            for adding, quads in ((False, delete), (True, insert)):
                for quad in quads:
                    done.append((adding, quad))
                    self._apply(quad, adding)
        except BaseException:  # Ctrl-C too: take back what was done
            for adding, quad in reversed(done):
                self._apply(quad, not adding)
            raise
        for graph in drop:
            self.dataset.remove_graph(URIRef(graph.value))

    def _context(self, graph: GraphName) -> URIRef:
        return DATASET_DEFAULT_GRAPH_ID if isinstance(graph, ox.DefaultGraph) else URIRef(graph.value)

    def _apply(self, quad: ox.Quad, adding: bool) -> None:
        graph = self.dataset.graph(self._context(quad.graph_name))
        triple = (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))
        if adding:
            graph.add(triple)
        else:
            graph.remove(triple)

    def query(self, text: str, limit: int | None = None, *, inferred: bool = False) -> QueryResult:
        check(text)
        if inferred:
            raise no_inferred()
        try:
            found = self.dataset.query(text, initNs=dict(PREFIXES))
            if found.type == "ASK":
                return answers.yes_or_no(bool(found.askAnswer))
            if found.type == "SELECT":
                columns = tuple(str(variable) for variable in found.vars or ())
                rows = (tuple(row[name] for name in columns) for row in found)  # type: ignore[index, call-overload]
                return answers.from_rdflib("select", columns, rows, text, limit)  # type: ignore[arg-type]
            return answers.from_rdflib("construct", answers.TRIPLE, found, text, limit)  # type: ignore[arg-type]
        except Exception as error:  # rdflib raises whatever happens to it
            logging.getLogger(__name__).debug("rdflib", exc_info=True)
            raise QueryError(f"SPARQL: {_first_line(error)}") from None

    def close(self) -> None:
        self.dataset.close()
