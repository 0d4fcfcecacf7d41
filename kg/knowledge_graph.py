"""What a build gives to its reader: a graph to ask, to look at, to explain and to hand on."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, overload

import rdflib

from kg import entity_lists, export, graphs, open_graphs
from kg.entity_lists import ClosePairs, Entities, Merges
from kg.errors import KgError
from kg.graphs import Graph
from kg.qualifier_words import in_words, measure
from kg.records import (
    PLAIN,
    QUALIFIERS,
    STATUSES,
    Article,
    Explanation,
    QualifierKind,
    Statement,
    Status,
    StoredOpenTriple,
)
from kg.results import quote_pieces
from kg.sparql import QueryResult, import_pandas
from kg.store import Store

if TYPE_CHECKING:
    import pandas as pd

_TOP: Final = 10  # relations in a notebook's summary
_SHOWN: Final = 20  # explanations in a notebook
# Readable on white and on black; the roles differ by underline as well, not by colour alone.
_MARKS: Final = {
    "subject": "background:#56b4e955;border-bottom:2px solid #0072b2",
    "predicate": "background:#f0e44255;border-bottom:2px dashed #b38600",
    "object": "background:#009e7344;border-bottom:2px dotted #009e73",
}


class Explanations(Sequence[Explanation]):
    """The statements behind a triple: a sequence that shows itself as text and in notebooks.

    >>> print(Explanations(()))
    nothing in the graph says so
    """

    def __init__(self, found: Sequence[Explanation]) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, index: int) -> Explanation: ...
    @overload
    def __getitem__(self, index: slice) -> Explanations: ...
    def __getitem__(self, index: int | slice) -> Explanation | Explanations:
        return Explanations(self._found[index]) if isinstance(index, slice) else self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Explanations | tuple) and self._found == tuple(other)

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        return f"<Explanations: {len(self)}>"

    def __str__(self) -> str:
        return "\n\n".join(_as_text(one) for one in self._found) or "nothing in the graph says so"

    def _repr_html_(self) -> str:
        if not self._found:
            return f"<p>{html.escape(str(self))}</p>"
        left = len(self) - _SHOWN
        more = f"<p>… {left} more</p>" if left > 0 else ""
        return "".join(_as_html(one) for one in self._found[:_SHOWN]) + more


def _source(one: Explanation) -> str:
    by = f"according to {one.attributed_to}" if one.attributed_to else ""
    return " · ".join(part for part in (one.article_title or one.article_id, one.date, one.url, by) if part)


def _as_text(one: Explanation) -> str:
    sure = f"{one.status}, {one.confidence:.2f}"
    because = f"\n  because: {'; '.join(one.reasons)}" if one.reasons else ""
    added = f"\n  {_added(one)}" if one.qualifiers else ""
    quote = " ".join("".join(f"[{words}]" if role else words for words, role in quote_pieces(one)).split())
    return f"{one.subject} – {one.property} – {one.object} ({sure})\n  “{quote}”\n  {_source(one)}{added}{because}"


def _added(one: Explanation) -> str:
    """What qualifies a statement, in one line."""
    return " ".join(" · ".join(f"{kind}: {read}" for kind, read in one.qualifiers).split())


def _as_html(one: Explanation) -> str:
    def piece(words: str, role: str) -> str:
        text = html.escape(words)
        return f"<span style='{_MARKS[role]}' title='{role}'>{text}</span>" if role else text

    head = html.escape(f"{one.subject} – {one.property} – {one.object}")
    sure = html.escape(f"{one.status}, {one.confidence:.2f}")
    because = f"<br><small>{html.escape('; '.join(one.reasons))}</small>" if one.reasons else ""
    added = f"<br><small>{html.escape(_added(one))}</small>" if one.qualifiers else ""
    quote = "".join(piece(words, role) for words, role in quote_pieces(one))
    style = "margin:0.5em 0;padding-left:0.8em;border-left:3px solid #7a8691"
    return (
        f"<div style='{style}'><b>{head}</b> <small>({sure})</small><br>{quote}<br>"
        f"<small>{html.escape(_source(one))}</small>{added}{because}</div>"
    )


class KnowledgeGraph:
    """A graph of statements from articles, each of which can be followed back to its words.

    Names are labels or aliases ("Huawei"), properties are names or labels ("partnersWith"). Its
    length is the number of plain triples, a symmetric one counted once. A context manager: on
    leaving, the store is closed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def store(self) -> Store:
        """The store beneath."""
        return self._store

    @property
    def dataset(self) -> rdflib.Dataset:
        """The rdflib Dataset itself."""
        return self._store.dataset

    def query(self, sparql: str) -> QueryResult:
        """Ask in SPARQL; no PREFIX is needed for kg:, entity:, rdfs: and the others.

        Raises:
            QueryError: the query is malformed, would write, or would reach beyond the store.
        """
        return self._store.query(sparql)

    def entities(self, type: str | None = None, search: str | None = None) -> Entities:
        """The entities, sorted by IRI, with how often they are spoken of; a table in notebooks.

        Args:
            type: name of a class; entities of a class below it count too.
            search: letters that label or alias must hold, in any case and spelling of umlauts.

        Raises:
            KgError: there is no such class.
        """
        return entity_lists.entities(self._store, type, search)

    def merges(self, type: str | None = None, search: str | None = None) -> Merges:
        """The spellings that were tied to an entity of another label, with the reason; arguments as for `entities`."""
        return entity_lists.merges(self._store, type, search)

    def close_pairs(self, type: str | None = None, search: str | None = None) -> ClosePairs:
        """Entities with names alike that were kept apart, with the reason; arguments as for `entities`."""
        return entity_lists.close_pairs(self._store, type, search)

    def articles(self) -> tuple[Article, ...]:
        """All articles, sorted by id."""
        return self._store.articles()

    def statements(self, status: Status | Collection[Status] | None = None) -> tuple[Statement, ...]:
        """The statements, sorted by article and place in the text.

        Args:
            status: one status or several; by default every one.

        Raises:
            KgError: there is no such status.
        """
        wanted = {status} if isinstance(status, str) else set(STATUSES if status is None else status)
        if unknown := sorted(wanted.difference(STATUSES)):
            raise KgError(f"no status called {unknown[0]}", hint=f"allowed: {', '.join(STATUSES)}")
        return tuple(statement for statement in self._store.statements() if statement.status in wanted)

    def open_triples(self) -> tuple[StoredOpenTriple, ...]:
        """What the articles say in their own words, sorted by article; none unless they were asked for when reading."""
        return open_graphs.stored_open_triples(self._store)

    def explain(
        self, subject: str | None = None, property: str | None = None, object: str | None = None
    ) -> Explanations:
        """Every sentence behind a triple, of whatever status, with its words marked.

        Args:
            subject: name of an entity; None for any.
            property: name or label of a property; None for any. A symmetric one is found both ways.
            object: name of an entity; None for any.

        Raises:
            UnknownNameError: there is no such entity or property; it suggests near ones.
        """
        ends = [None if name is None else self._store.find_entity(name) for name in (subject, object)]
        prop = None if property is None else self._store.find_property(property)
        return Explanations(self._store.explain(ends[0], prop, ends[1]))

    def to_networkx(self, statuses: Collection[Status] = PLAIN, open_triples: bool = False) -> Graph:
        """The graph as a NetworkX MultiDiGraph (see `kg.graphs.to_networkx`).

        Args:
            statuses: which statements count; by default those that are plain triples.
            open_triples: add those that the store holds (see `kg.open_graphs.add_open_triples`).
        """
        graph = graphs.to_networkx(self._store, statuses)
        if open_triples:
            open_graphs.add_open_triples(graph, self.open_triples(), self.articles(), statuses)
        return graph

    def strongest(self, number: int = _TOP) -> list[tuple[str, Mapping[str, Any], str]]:
        """The plain relations with the most sentences behind them (see `kg.graphs.strongest`)."""
        return graphs.strongest(self.to_networkx(), number)

    def to_pandas(self) -> pd.DataFrame:
        """The statements as a DataFrame, one row each, with labels for entities.

        Sums come with their currency ("4500000000 EUR"), shares as fractions of 1, counts with what is counted.

        Raises:
            KgError: pandas is not installed.
        """
        frame: type[pd.DataFrame] = import_pandas().DataFrame
        names = {entity.iri: entity.label for entity in self._store.entities()}
        dates = {article.id: article.date for article in self.articles()}
        columns = ["subject", "property", "object", "status", "confidence", "attributed_to", "event_time"]
        added = [kind for kind in QUALIFIERS if kind != "time"]

        def cell(one: Statement, kind: QualifierKind) -> str | None:
            if kind in {"amount", "share", "count"}:
                return "; ".join(measure(q) for q in one.qualifiers if q.kind == kind) or None
            named = in_words(one, lambda iri: names.get(iri, iri))
            return "; ".join(read for known, read in named if known == kind) or None

        rows = [
            (
                names.get(one.subject, one.subject),
                one.property,
                names.get(one.object, one.object),
                one.status,
                one.confidence,
                names.get(one.attributed_to, one.attributed_to) if one.attributed_to else None,
                one.event_time,
                *(cell(one, kind) for kind in added),
                one.evidence.article,
                dates.get(one.evidence.article),
                one.evidence.quote,
                one.id,
            )
            for one in self._store.statements()
        ]
        return frame(rows, columns=[*columns, *added, "article", "date", "quote", "id"])

    def export(self, path: Path | str, format: str | None = None) -> tuple[Path, ...]:
        """Write the graph to a file (see `kg.export.write`).

        Args:
            path: the file; one that exists is replaced.
            format: one of `kg.export.FORMATS`; by default what the path ends in.

        Raises:
            KgError: there is no such format, or the file cannot be written.
        """
        return export.write(self._store, path, format)

    def view(
        self,
        path: Path | str | None = None,
        focus: str | None = None,
        hops: int = 1,
        relations: Collection[str] | None = None,
        title: str | None = None,
        open_triples: bool = False,
    ) -> str:
        """The graph as one HTML page that needs no network; entities without a relation are left out.

        Args:
            path: where to write the page; by default it is only returned.
            focus: name of an entity to show the surroundings of; by default everything.
            hops: how many relations away from the focus to go.
            relations: names or labels of the properties to show; by default all.
            title: heading of the page.
            open_triples: show also what is said of the entities in other words than the ontology's.

        Returns:
            The page.

        Raises:
            UnknownNameError: there is no such entity or property.
            KgError: the file cannot be written.
        """
        from kg import views  # noqa: PLC0415  (pyvis takes a second to load; most uses never show a page)

        graph = self.to_networkx(STATUSES)
        spoken = open_graphs.beside_entities(self.open_triples(), graph) if open_triples else ()
        open_graphs.add_open_triples(graph, spoken, self.articles() if spoken else (), STATUSES)
        names = None if relations is None else {self._store.find_property(name) for name in relations}
        if names is not None and spoken:
            names.add(open_graphs.OPEN_TRIPLE)
        if focus is None:
            dropped = [
                (subject, target, key)
                for subject, target, key, given in graph.edges(keys=True, data=True)
                if names is not None and given["property"] not in names
            ]
            graph.remove_edges_from(dropped)
            graph.remove_nodes_from([node for node, degree in list(graph.degree()) if degree == 0])
        else:
            node = graphs.short_id(self._store.find_entity(focus))
            graph = graphs.neighbourhood(graph, node, hops, names)
        props = {str(given["property"]) for _, _, given in graph.edges(data=True)}
        labels = {given["label"] for _, given in graph.nodes(data=True)}
        explanations = [
            one
            for one in self._store.explain(None, None, None)
            if one.property in props and {one.subject, one.object} <= labels
        ]
        if spoken:
            explanations += open_graphs.explanations(spoken, graph, self.articles())
        page = views.page(graph, explanations, title or focus or "Knowledge graph")
        if path is not None:
            views.write(path, page)
        return page

    def close(self) -> None:
        """Close the store beneath."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._store.relations())

    def __bool__(self) -> bool:
        return True  # an empty graph is still a graph

    def __repr__(self) -> str:
        return f"KnowledgeGraph: {self._counts()}"

    def _counts(self) -> str:
        counts = {
            "article": len(self._store.articles()),
            "entity": len(self._store.entities()),
            "statement": sum(self._store.status_counts().values()),
            "plain triple": len(self),
        }
        return ", ".join(f"{count} {_plural(name, count)}" for name, count in counts.items())

    def _repr_html_(self) -> str:
        statuses = ", ".join(f"{count} {status}" for status, count in self._store.status_counts().items())
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td style='text-align:left'>{html.escape(str(cell))}</td>"
                for cell in (subject, edge["label"], target, edge["weight"], edge["articles"])
            )
            + "</tr>"
            for subject, edge, target in self.strongest()
        )
        head = "".join(
            f"<th style='text-align:left'>{name}</th>"
            for name in ("subject", "relation", "object", "sentences", "articles")
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
        return f"<p><b>KnowledgeGraph</b>: {self._counts()}<br>{html.escape(statuses)}</p>{table}"


def _plural(name: str, count: int) -> str:
    if count == 1:
        return name
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
