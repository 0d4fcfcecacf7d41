"""Any SPARQL 1.1 endpoint as the store beneath.

A change is one request, however many quads it has, save to Virtuoso. What a write must know beforehand is
asked in a few requests (`ahead`), since each of them may cross the world.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import Any, Final, cast

import pyoxigraph as ox
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from kg import answers
from kg.engines import Engine, GraphName, Pattern, Reader, bound, no_inferred
from kg.errors import QueryError, StoreError
from kg.namespaces import BASE, PREFIXES
from kg.protocol import Connection, Pieces, first_line, parse_address
from kg.sparql import QueryResult, Row, check, to_rdflib

_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_ASKED: Final = 200
"""Patterns in one question: Virtuoso 7.2 refuses some thousand values, and a longer question is hardly quicker."""
_LOADED: Final = 5_000  # quads in one request of a bulk load: half a megabyte, below all servers' limits
_VIRTUOSO: Final = 2_000  # quads in one request to Virtuoso: its parser runs out of memory at 5,400 lines
_CUT: Final = "X-SPARQL-MaxRows"  # Virtuoso's way to say that it left out the rest
_OF_VIRTUOSO: Final = frozenset(
    {
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/ns/ldp#",
        "http://localuriqaserver/sparql",
    }
)
"""Graphs that Virtuoso keeps of itself in every store."""
_AS_ROWS: Final = "__ASK_RETVAL"  # Virtuoso's answer to ASK: one row with a number
_GRAPH: Final = re.compile(
    r"""\bGRAPH\s*(?P<name><[^<>"{}|^`\\\x00-\x20]*>|[A-Za-z][\w-]*:[\w./-]*)
      | <[^<>"{}|^`\\\x00-\x20]*>  |  \#[^\n\r]*
      | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}  |  '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\n\r]|\\.)*"  |  '(?:[^'\\\n\r]|\\.)*'
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""GRAPH with a name; and what it does not stand in: IRIs, comments, texts."""
_GENERATED: Final = BASE + ".well-known/genid/"
_NAMED: Final = "kg_named_"


def open_endpoint(place: str) -> Engine:
    """The engine over an endpoint; nothing is sent yet.

    Args:
        place: one address, or two: see `kg.protocol.parse_address`.

    Raises:
        StoreError: it is no address.
    """
    return _Endpoint(Connection(parse_address(place)))


class _Endpoint:
    """An endpoint under rdflib's API; kg's own requests go to it directly."""

    loads_whole = False

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rdflib_store = _RdflibStore(connection)
        self._default = connection.address.default_graph
        self.dataset = bound(rdflib.Dataset(store=self._rdflib_store, default_union=False))

    @property
    def _where(self) -> str:
        return self._connection.address.query

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        given = (subject, predicate, object_)
        triple = " ".join(f"?{name}" if term is None else str(term) for name, term in zip("spo", given, strict=True))
        names = [name for name, term in zip("spo", given, strict=True) if term is None]
        if graph is None:
            names.append("g")
        if not names:
            if self._ask(f"ASK {{ {self._in_graph(triple, graph)} }}"):
                yield ox.Quad(*given, graph)  # type: ignore[arg-type]
            return
        everything = subject is None and object_ is None  # of a graph, or of all: more than should lie in memory
        for found in self._rows(names, self._in_graph(triple, graph), stream=everything):
            if "g" in found and cast(ox.NamedNode, found["g"]).value in _OF_VIRTUOSO:
                continue
            s, p, o = (cast(Any, found.get(name, term)) for name, term in zip("spo", given, strict=True))
            yield ox.Quad(s, p, o, self._graph_name(found.get("g")) if graph is None else graph)

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[object, object]]:
        found = self._rows(["s", "o"], f"GRAPH ?g {{ ?s {predicate} ?o }}", stream=True)
        return ((row["s"], row["o"]) for row in found)

    def _in_graph(self, triple: str, graph: GraphName | None) -> str:
        if graph is None:
            anywhere = f"GRAPH ?g {{ {triple} }}"
            return anywhere if self._default else f"{{ {triple} }} UNION {{ {anywhere} }}"
        if isinstance(graph, ox.DefaultGraph):
            return f"GRAPH <{self._default}> {{ {triple} }}" if self._default else triple
        return f"GRAPH {graph} {{ {triple} }}"

    def _graph_name(self, term: Any) -> GraphName:  # noqa: ANN401
        return ox.DefaultGraph() if term is None or term.value == self._default else term

    def ahead(self, patterns: Iterable[Pattern]) -> Reader:
        """A reader that knows what fits these patterns of the default graph: asked together, not one by one."""
        known: dict[Pattern, list[ox.Quad]] = {pattern: [] for pattern in patterns}
        by_shape: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in known:
            shape = "".join(name for name, term in zip("spo", pattern, strict=True) if term is not None)
            by_shape[shape].append(pattern)
        for shape, asked in sorted(by_shape.items()):
            for start in range(0, len(asked), _ASKED):
                self._look_up(shape, asked[start : start + _ASKED], known)
        return _Ahead(self, known)

    def _look_up(self, shape: str, asked: Sequence[Pattern], known: Mapping[Pattern, list[ox.Quad]]) -> None:
        values = " ".join(f"({' '.join(str(term) for term in pattern if term is not None)})" for pattern in asked)
        variables = " ".join(f"?{name}" for name in shape)
        where = f"VALUES ({variables}) {{ {values} }} {self._in_graph('?s ?p ?o', ox.DefaultGraph())}"
        for found in self._rows(list("spo"), where):
            s, p, o = (cast(Any, found[name]) for name in "spo")
            pattern = tuple(term if name in shape else None for name, term in zip("spo", (s, p, o), strict=True))
            known[cast(Pattern, pattern)].append(ox.Quad(s, p, o, ox.DefaultGraph()))

    def change(self, delete: Collection[ox.Quad], insert: Collection[ox.Quad], drop: Iterable[ox.NamedNode]) -> None:
        # Naming quads one by one, each part comes to the same when it is carried out twice: so it may be sent again.
        # The default graph comes first: where a server stops halfway, the articles' graphs still tell what is to do.
        old, new = self._by_graph(delete), self._by_graph(insert)
        parts = []
        for name in sorted(old.keys() | new.keys(), key=lambda name: (name != self._default_name, name)):
            for word, lines in (("DELETE", old[name]), ("INSERT", new[name])):
                for data in self._portions(lines):
                    parts.append(
                        f"{word} DATA {{\nGRAPH {name} {{\n{data}}}}}" if name else f"{word} DATA {{\n{data}}}"
                    )
        parts += [f"DROP SILENT GRAPH {graph}" for graph in drop]
        for request in parts if self._default else [" ;\n".join(parts)] if parts else []:
            self._connection.update(request, again=True)

    def _portions(self, lines: list[str]) -> Iterator[str]:
        """The lines as they go into one part: all of them, but for Virtuoso, which keeps no parts together anyway."""
        size = _VIRTUOSO if self._default else max(1, len(lines))
        for start in range(0, len(lines), size):
            yield "".join(lines[start : start + size])

    @property
    def _default_name(self) -> str:
        return f"<{self._default}>" if self._default else ""

    def _by_graph(self, quads: Iterable[ox.Quad]) -> dict[str, list[str]]:
        """Graph → its triples. Each graph is a part: Virtuoso 7.2 overlooks some texts where a part has two."""
        lines: dict[str, list[str]] = defaultdict(list)
        for quad in quads:
            at_default = isinstance(quad.graph_name, ox.DefaultGraph)
            name = self._default_name if at_default else str(quad.graph_name)
            lines[name].append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
        return defaultdict(list, {name: sorted(found) for name, found in lines.items()})

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add many quads, some thousand in a request.

        A blank node gets an IRI (RDF 1.1 Concepts, section 3.5), as its name means nothing beyond one request.

        Raises:
            StoreError: one of the requests failed; it tells how many quads are in.
        """
        left, done = map(_without_blanks, quads), 0
        while some := list(islice(left, _LOADED)):
            try:
                self.change((), some, ())
            except StoreError as error:
                hint = f"{done:,} quads are in; when it works again, load all once more: none comes in twice"
                raise StoreError(error.problem, path=error.path, hint=hint) from None
            done += len(some)

    def query(self, text: str, limit: int | None = None, *, inferred: bool = False) -> QueryResult:
        check(text)
        if inferred:
            raise no_inferred()
        triples = _gives_triples(text)
        known = [f"PREFIX {name}: <{space}>" for name, space in PREFIXES.items() if re.search(rf"\b{name}:", text)]
        asked = "\n".join([*known, text if self._default is None else _for_virtuoso(text)])
        try:
            if triples:
                answer = self._connection.query(asked, _TRIPLES, default_graph=self._default)
                found = ox.parse(input=answer.content, format=_format_of(answer, self._where))
                graph: set[Row] = {tuple(map(to_rdflib, (q.subject, q.predicate, q.object))) for q in found}
                return answers.from_rdflib("construct", answers.TRIPLE, graph, text, limit)
            solutions = self._solutions(asked, default_graph=self._default)
            if isinstance(solutions, bool):
                return answers.yes_or_no(solutions)
            columns = [variable.value for variable in solutions.variables if not variable.value.startswith(_NAMED)]
            rows: list[Row] = [
                tuple(None if (t := row[name]) is None else to_rdflib(t) for name in columns) for row in solutions
            ]
            return answers.from_rdflib("select", tuple(columns), rows, text, limit)
        except StoreError as error:
            raise QueryError(error.problem, path=error.path, hint=error.hint) from None
        except SyntaxError as error:
            raise QueryError(f"the endpoint's answer cannot be read: {_reason(error)}", path=self._where) from None

    def _ask(self, text: str) -> bool:
        return bool(self._solutions(text))

    def _rows(
        self, names: list[str], where: str, *, stream: bool = False
    ) -> Iterator[dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]:
        """Variable → term, of each solution."""
        solutions = self._solutions(f"SELECT {' '.join('?' + name for name in names)} {{ {where} }}", stream=stream)
        try:
            for solution in cast(ox.QuerySolutions, solutions):
                yield {name: term for name in names if (term := solution[name]) is not None}
        except SyntaxError as error:
            problem = f"the endpoint broke off in the middle of its answer: {_reason(error)}"
            raise StoreError(problem, path=self._where, hint="try again, or raise its time limit") from None

    def _solutions(
        self, text: str, *, stream: bool = False, default_graph: str | None = None
    ) -> ox.QuerySolutions | bool:
        answer = self._connection.query(text, _RESULTS, stream=stream, default_graph=default_graph)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if "json" not in kind:
            hint = "is this its SPARQL service, such as http://localhost:7878/query?"
            raise StoreError(f"the endpoint answered with {kind or 'nothing known'}", path=self._where, hint=hint)
        if limit := answer.headers.get(_CUT):
            hint = "raise ResultSetMaxRows in its configuration"
            raise StoreError(f"the endpoint gives no more than {limit} rows at a time", path=self._where, hint=hint)
        source = io.BufferedReader(Pieces(answer, self._where), 1 << 16) if stream else io.BytesIO(answer.content)
        try:
            found = ox.parse_query_results(input=source, format=ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            if [variable.value for variable in found.variables] == [_AS_ROWS]:
                return any(cast(ox.Literal, row[0]).value not in ("0", "false") for row in found)
            return found
        except (SyntaxError, ValueError) as error:
            told = first_line(answer.text) if not stream else ""
            problem = f"the endpoint's answer cannot be read: {told or _reason(error)}"
            raise StoreError(problem, path=self._where, hint="it must answer with SPARQL 1.1 results as JSON") from None

    def close(self) -> None:
        self._rdflib_store.commit()
        self._connection.close()


class _Ahead:
    """An endpoint some of whose answers are known already."""

    def __init__(self, engine: _Endpoint, known: Mapping[Pattern, list[ox.Quad]]) -> None:
        self._engine, self._known = engine, known

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """As `Engine.quads`."""
        pattern = (subject, predicate, object_)
        if isinstance(graph, ox.DefaultGraph) and pattern in self._known:
            return iter(self._known[pattern])
        return self._engine.quads(subject, predicate, object_, graph)


class _RdflibStore(SPARQLUpdateStore):
    """rdflib's store for endpoints: what is added waits for the next question or ``commit()``, and goes in one request.

    Its requests go the same way as all others of kg: with a time limit, and with errors that can be read.
    """

    def __init__(self, connection: Connection) -> None:
        address = connection.address
        super().__init__(address.query, address.update, returnFormat="json", autocommit=False)
        self._connection = connection

    def contexts(self, triple: Any = None) -> Iterator[Any]:  # type: ignore[override]  # noqa: ANN401
        """The named graphs that hold something; Virtuoso finds none where nothing is asked of them."""
        if triple is not None:
            yield from super().contexts(triple)
            return
        found = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").bindings
        yield from (graph for row in found for graph in row.values() if str(graph) not in _OF_VIRTUOSO)

    def _query(self, query: str, default_graph: str | None = None, **_: object) -> rdflib.query.Result:
        default = default_graph or self._connection.address.default_graph
        answer = self._connection.query(query, f"{_RESULTS}, {_TRIPLES}", default_graph=default)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        return rdflib.query.Result.parse(io.BytesIO(answer.content), content_type=kind)

    def _update(self, update: str) -> None:
        self._connection.update(update, again=False)


def _without_blanks(quad: ox.Quad) -> ox.Quad:
    if not any(isinstance(term, ox.BlankNode) for term in quad):
        return quad
    named = [ox.NamedNode(_GENERATED + term.value) if isinstance(term, ox.BlankNode) else term for term in quad]
    return ox.Quad(*named)


def _for_virtuoso(query: str) -> str:
    """A query in which every graph is a variable.

    Virtuoso 7.2 finds nothing in a graph that is named after GRAPH, once it was told a default graph.
    """
    numbers = count()

    def variable(found: re.Match[str]) -> str:
        if found["name"] is None:
            return found[0]
        name = f"?{_NAMED}{next(numbers)}"
        return f"VALUES {name} {{ {found['name']} }} GRAPH {name}"

    return _GRAPH.sub(variable, query)


def _gives_triples(query: str) -> bool:
    """Whether a query that was checked is a ``CONSTRUCT`` or ``DESCRIBE``."""
    return isinstance(ox.Store().query(query, prefixes=dict(PREFIXES)), ox.QueryTriples)


def _format_of(answer: Any, where: str) -> ox.RdfFormat:  # noqa: ANN401
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    found = ox.RdfFormat.from_media_type(kind)
    if found is None:
        raise StoreError(f"the endpoint answered with {kind or 'nothing known'} where triples were asked", path=where)
    return found


def _reason(error: Exception) -> str:
    return str(error).strip().split("\n", maxsplit=1)[0][:200]
