"""A query from its text or name to its result: parameters, limits, labels, and what is odd about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal
from weakref import WeakSet

import rdflib
from rdflib.term import URIRef

from kg import query_names, query_values
from kg.binding import bound
from kg.errors import KgError, QueryError
from kg.namespaces import ENTITY, KG
from kg.query_files import QueryFile, is_name, named, parsed
from kg.query_values import Value
from kg.sparql import QueryResult, check
from kg.store import Store

Labels = bool | Literal["de", "en"] | None

_AT_ONCE: Final = 500  # IRIs whose labels are asked for in one query
_LABELS: Final = (
    "SELECT ?x ?label {{ VALUES ?x {{ {0} }} {{ ?x rdfs:label ?label }} UNION "
    f"{{{{ GRAPH <{KG.rstrip('#')}> {{{{ ?x rdfs:label ?label }}}} }}}} UNION "
    "{{ GRAPH ?x {{ ?x dcterms:title ?label }} }} }}"
)


class Asker:
    """Asks one store; it remembers the vocabulary's names, so that a query's own need not be looked up each time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: frozenset[str] | None = None
        self._pending: WeakSet[_Labels] = WeakSet()

    def ask(
        self,
        query: str | QueryFile,
        bind: Mapping[str, Value] | None = None,
        labels: Labels = None,
        limit: int | None = None,
        timeout: float | None = None,
        inferred: bool = False,
    ) -> QueryResult:
        """The answer to a query.

        Args:
            query: SPARQL, or the name of a query that comes with kg, or one from a file.
            bind: name of a variable → what it stands for (see `kg.query_values.term`).
            labels: True, "en" or "de" for labels in the place of IRIs wherever the result is shown or written; False
                for none at all; by default they are shown in tables, for entities. They are looked up when needed.
            limit: how many rows to work out; None for all.
            timeout: seconds after which the query is stopped; None for never.
            inferred: ask what was inferred (see `kg.inferred`) together with what articles say.

        Raises:
            QueryError: see `kg.store.Store.query`; or a parameter is missing, unknown, or of another kind.
            UnknownNameError: a parameter names something that is not in the graph.
        """
        if limit is not None and limit < 0:
            raise QueryError(f"a limit of {limit} rows", hint="give 0 or more, or None for all")
        asked = _file(query)
        try:
            text = self._bound(asked, bind or {})
            found = self._store.query(text, limit, timeout, inferred=inferred)
        except QueryError as error:
            if error.path is None and error.line is not None and asked.path:
                raise _at(asked.path, error) from None
            raise
        shown: Mapping[str, str] = MappingProxyType({})
        if labels is not False:
            language = "de" if labels == "de" else "en"
            shown = _Labels(lambda: self._labels(found, language, entities_only=labels is None))
            self._pending.add(shown)
        return dataclasses.replace(found, labels=shown, named=bool(labels), warnings=self._warnings(text, not found))

    def settle(self) -> None:
        """Look up the labels of all results that are still in use: afterwards the store may be closed."""
        for labels in self._pending:
            labels.settle()

    def _bound(self, asked: QueryFile, bind: Mapping[str, Value]) -> str:
        """The query's text, its parameters bound."""
        given = {name.lstrip("?$"): value for name, value in bind.items()}
        parameters = {parameter.name: parameter for parameter in asked.parameters}
        wanted: dict[str, Value] = {p.name: p.default for p in asked.parameters if p.default is not None} | given
        if missing := [p for p in asked.parameters if p.required and p.name not in wanted]:
            told = f"{missing[0].name} ({missing[0].kind}): {missing[0].meanings['en']}"
            hint = f"kg query {asked.name} --bind {missing[0].name}=…" if asked.name else f"bind {missing[0].name}"
            raise QueryError(f"the query needs {told}", hint=hint)
        if parameters and (unknown := [name for name in given if name not in parameters]):
            problem = f"{asked.name or 'the query'} has no parameter {unknown[0]}"
            raise QueryError(problem, hint=f"it has {', '.join(parameters)}")
        if not wanted:
            return asked.text
        check(asked.text)
        values = {}
        for name, value in wanted.items():
            known = parameters.get(name)
            values[name] = query_values.term(self._store, name, value, known.kind if known else None)
        return bound(asked.text, values)

    def _warnings(self, text: str, empty: bool) -> tuple[str, ...]:
        try:
            if self._known is None:
                self._known = query_names.vocabulary(self._store)
            return query_names.warnings(self._store, text, self._known, empty)
        except KgError:  # the answer is there: that nothing can be said of its names is no error
            return ()

    def _labels(self, found: QueryResult, language: str, entities_only: bool) -> dict[str, str]:
        terms = {str(term) for row in found.rows for term in row if isinstance(term, URIRef)}
        iris = sorted(iri for iri in terms if iri.startswith(ENTITY) or not entities_only)
        known: dict[str, tuple[int, str]] = {}
        rank = [language, "", "en", "de"]
        for start in range(0, len(iris), _AT_ONCE):
            values = " ".join(f"<{iri}>" for iri in iris[start : start + _AT_ONCE])
            for iri, label in self._store.query(_LABELS.format(values)):
                if isinstance(label, rdflib.Literal):
                    code = label.language or ""
                    ranked = (rank.index(code) if code in rank else len(rank), str(label))
                    known[str(iri)] = min(known.get(str(iri), ranked), ranked)
        return {iri: label for iri, (_, label) in sorted(known.items())}


class _Labels(Mapping[str, str]):
    """Labels that are looked up when they are first needed: many results are never shown."""

    def __init__(self, ask: Callable[[], dict[str, str]]) -> None:
        self._ask = ask
        self._found: dict[str, str] | None = None

    def settle(self) -> dict[str, str]:
        """The labels; none where the store cannot be asked any more."""
        if self._found is None:
            try:
                self._found = self._ask()
            except KgError:
                self._found = {}
        return self._found

    def __getitem__(self, iri: str) -> str:
        return self.settle()[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self.settle())

    def __len__(self) -> int:
        return len(self.settle())

    __hash__ = object.__hash__  # each is kept for its own sake

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[dict[str, str]]]:
        return dict, (self.settle(),)


def _file(query: str | QueryFile) -> QueryFile:
    if isinstance(query, QueryFile):
        return query
    if is_name(query.strip()):
        return named(query.strip())
    return parsed(query)


def _at(path: str, error: QueryError) -> QueryError:
    """The error with the file that the query stands in."""
    placed = QueryError(error.problem, path=path, line=error.line, iri=error.iri, hint=error.hint)
    for note in _notes(error):
        placed.add_note(note)
    return placed


def _notes(error: BaseException) -> Iterable[str]:
    return getattr(error, "__notes__", ())
