"""What an engine found, as a result: rows converted once a term, in an order that never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, TypeVar, cast

import pyoxigraph as ox
import rdflib
from rdflib.term import URIRef

from kg.namespaces import PREFIXES
from kg.sparql import QueryResult, Row, Term, is_ordered, sorted_rows, to_rdflib

TRIPLE: Final = ("subject", "predicate", "object")
_UNTYPED: Final = frozenset({PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"})
_TSV: Final = ox.QueryResultsFormat.TSV
_Cell = TypeVar("_Cell")
_Found = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def from_oxigraph(
    found: ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples, query: str, limit: int | None = None
) -> QueryResult:
    """What Oxigraph answers; solutions beyond the limit are never worked out.

    Args:
        found: its answer, of which nothing was read yet.
        query: the query, as it tells whether rows are ordered.
        limit: rows to read; None for all.
    """
    if isinstance(found, ox.QueryBoolean):
        return yes_or_no(bool(found))
    if isinstance(found, ox.QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        if limit is None and columns:
            return QueryResult("select", columns, _written_rows(found, len(columns), is_ordered(query)))
        solutions, more = _first(found, limit)
        rows = _rows(solutions, ordered=is_ordered(query))
        return QueryResult("select", columns, rows, truncated=more)
    triples, more = _first(dict.fromkeys(found) if limit is None else _distinct(found), limit)  # a graph is a set
    parts = [(triple.subject, triple.predicate, triple.object) for triple in triples]
    return QueryResult("construct", TRIPLE, _rows(parts, ordered=False), truncated=more)


def from_rdflib(kind: str, columns: tuple[str, ...], rows: Iterable[Row], query: str, limit: int | None) -> QueryResult:
    """What rdflib's engine found for a ``select`` or ``construct``, as `from_oxigraph`."""
    if kind == "select":
        read, more = _first(rows, limit)
        return QueryResult("select", columns, sorted_rows(query, read), truncated=more)
    read, more = _first(dict.fromkeys(rows), limit)
    return QueryResult("construct", TRIPLE, sorted_rows("", read), truncated=more)


def yes_or_no(answer: bool) -> QueryResult:
    """The result of an ``ASK``."""
    return QueryResult("ask", ("answer",), ((rdflib.Literal(answer),),))


def _first(found: Iterable, limit: int | None) -> tuple[list, bool]:  # type: ignore[type-arg]
    """So many of them, and whether there are more."""
    if limit is None:
        return list(found), False
    read = list(islice(found, limit + 1))
    return read[:limit], len(read) > limit


def _distinct(found: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    seen: set[ox.Triple] = set()
    for triple in found:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _written_rows(found: ox.QuerySolutions, columns: int, ordered: bool) -> tuple[Row, ...]:
    """All rows, by way of the text that Oxigraph writes of them.

    A call from Python for each cell would take longer than many a query; and of equal texts one is converted.
    """
    written = cast(bytes, found.serialize(format=_TSV)).decode()
    lines = written.split("\n")[1:-1]  # no cell holds a line break or tab: literals write them as \\n and \\t
    cells: list[tuple[str, ...]] = (
        [(line,) for line in lines] if columns == 1 else [tuple(line.split("\t")) for line in lines]
    )
    distinct = dict.fromkeys(chain.from_iterable(cells))
    terms: dict[str, Term | None] = {text: str.__new__(URIRef, text[1:-1]) for text in distinct if text[:1] == "<"}
    keys = {text: "2" + text[1:-1] for text in terms}
    if others := [text for text in distinct if text[:1] != "<" or text[:2] == "<<"]:
        table = "\n".join(["?x", *others, ""]).encode()
        for text, (term,) in zip(
            others, cast(ox.QuerySolutions, ox.parse_query_results(table, format=_TSV)), strict=True
        ):
            keys[text] = _key(term)
            terms[text] = None if term is None else to_rdflib(term)
    return _arranged(cells, terms, None if ordered else keys)


def _rows(solutions: Iterable[Iterable[_Found | None]], ordered: bool) -> tuple[Row, ...]:
    """Rows of Oxigraph's terms as rdflib's."""
    cells = [tuple(solution) for solution in solutions]
    distinct = dict.fromkeys(chain.from_iterable(cells))
    terms = {term: None if term is None else to_rdflib(term) for term in distinct}
    return _arranged(cells, terms, None if ordered else {term: _key(term) for term in distinct})


def _arranged(
    cells: list[tuple[_Cell, ...]], terms: dict[_Cell, Term | None], keys: dict[_Cell, str] | None
) -> tuple[Row, ...]:
    """Rows of terms in place of what stands for these, sorted cell by cell by their keys; without keys as they come."""
    if keys is None:
        return tuple([tuple(map(terms.__getitem__, row)) for row in cells])
    found = sorted(keys, key=keys.__getitem__)
    rank = {cell: place for place, cell in enumerate(found)}.__getitem__
    ranked = sorted([tuple(map(rank, row)) for row in cells])
    term = list(map(terms.__getitem__, found)).__getitem__
    return tuple([tuple(map(term, row)) for row in ranked])


def _key(term: _Found | None) -> str:
    """A text that sorts as `kg.sparql.sort_key` does: by kind, then by value, then by language and datatype."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return "2" + term.value
    if isinstance(term, ox.BlankNode):
        return "1" + term.value
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        return f"3{term.value}\0{term.language or ''} {'' if datatype in _UNTYPED else datatype}"
    return f"3{term}\0 "
