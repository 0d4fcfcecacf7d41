"""What a build gives to its reader: a graph to ask, to look at, to explain and to hand on."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, overload

import rdflib

from kg import comparison, describe, entity_lists, export, graphs, inferred, open_graphs, pictures, tables, timeline
from kg.comparison import Comparison
from kg.entity_lists import ClosePairs, Entities, Merges
from kg.errors import KgError
from kg.explanations import explanation
from kg.graphs import Form, Graph, Joined, Weight
from kg.inferred import Inference, Proof
from kg.newsroom import Newsroom
from kg.ontology import load_ontology
from kg.queries import Asker, Labels
from kg.query_files import QueryFile
from kg.query_values import Value
from kg.records import PLAIN, STATUSES, Article, Explanation, Statement, Status, StoredOpenTriple
from kg.results import Explanations
from kg.sparql import QueryResult
from kg.store import Store
from kg.timeline import Timeline

if TYPE_CHECKING:
    import pandas as pd

    from kg.reports import Report
    from kg.validation import Validation

SHOWN: Final = 5_000
"""Names on a page unless more are asked for: one of 9,000 takes minutes to make, has 22 MB, and nobody reads it."""
_TOP: Final = 10  # relations in a notebook's summary


class KnowledgeGraph(Newsroom):
    """A graph of statements from articles, each of which can be followed back to its words.

    Names are labels or aliases ("Huawei"), properties are names or labels ("partnersWith"). Its
    length is the number of plain triples, a symmetric one counted once. A context manager: on
    leaving, the store is closed.
    """

    def __init__(self, store: Store, report: Report | None = None) -> None:
        self._store = store
        self._report = report
        self._asker = Asker(store)

    @property
    def store(self) -> Store:
        """The store beneath."""
        return self._store

    @property
    def report(self) -> Report | None:
        """What became of the sources that it was built of; None where it was only opened."""
        return self._report

    @property
    def dataset(self) -> rdflib.Dataset:
        """The rdflib Dataset itself."""
        return self._store.dataset

    def query(
        self,
        sparql: str | QueryFile,
        bind: Mapping[str, Value] | None = None,
        labels: Labels = None,
        limit: int | None = None,
        timeout: float | None = None,
        inferred: bool = False,
    ) -> QueryResult:
        """Ask in SPARQL, or by the name of a query; no PREFIX is needed for kg:, entity:, rdfs: and the others.

        Arguments and errors are those of `kg.queries.Asker.ask`::

            graph.query("who-restricts-whom", bind={"whom": "Huawei"}, labels=True, limit=20, timeout=10)
        """
        return self._asker.ask(sparql, bind, labels, limit, timeout, inferred)

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

    def infer(self, ontology: Sequence[Path | str] = ()) -> Inference:
        """Put what follows by the ontology's axioms into the graph ``kg:inferred`` (see `kg.inferred`).

        Args:
            ontology: Turtle files with axioms, beside the bundled ones.

        Raises:
            KgError: a file cannot be read, or the store cannot be written.
        """
        return inferred.infer(self._store, [Path(path) for path in ontology])

    def proofs(
        self, subject: str | None = None, property: str | None = None, object: str | None = None
    ) -> tuple[Proof, ...]:
        """Why inferred triples hold; arguments as for `explain`, and ``type`` or a prefixed name as a property."""
        ends = [None if name is None else self._store.find_entity(name) for name in (subject, object)]
        return inferred.proofs(self._store, ends[0], inferred.property_iri(self._store, property), ends[1])

    def validate(
        self, shapes: Sequence[Path | str] = (), ontology: Sequence[Path | str] = (), *, pyshacl: bool = False
    ) -> Validation:
        """Check the graph against the bundled SHACL shapes and those of Turtle files (see `kg.validation.validate`).

        Args:
            shapes: Turtle files with shapes of your own.
            ontology: Turtle files with relations of your own, to be checked instead of those the graph was made with.
            pyshacl: have pySHACL check every shape.

        Raises:
            KgError: a file cannot be read, or pySHACL is needed and not installed.
        """
        from kg import validation  # noqa: PLC0415  (most uses never validate)

        vocabulary = load_ontology([Path(path) for path in ontology]) if ontology else None
        return validation.validate(self._store, vocabulary, [Path(path) for path in shapes], pyshacl=pyshacl)

    @overload
    def to_networkx(
        self,
        statuses: Collection[Status] = PLAIN,
        open_triples: bool = False,
        form: Literal["multi"] = "multi",
        weight: Weight = "sentences",
    ) -> Graph: ...
    @overload
    def to_networkx(
        self, statuses: Collection[Status] = PLAIN, open_triples: bool = False, *, form: Form, weight: Weight = ...
    ) -> Joined: ...
    def to_networkx(
        self,
        statuses: Collection[Status] = PLAIN,
        open_triples: bool = False,
        form: Form = "multi",
        weight: Weight = "sentences",
    ) -> Joined:
        """The graph as a NetworkX graph, by default a MultiDiGraph (see `kg.graphs.to_networkx`).

        Args:
            statuses: which statements count; by default those that are plain triples.
            open_triples: add those that the store holds (see `kg.open_graphs.add_open_triples`).
            form: ``multi``, ``directed`` or ``simple`` (see `kg.graphs.formed`).
            weight: what edges weigh: ``sentences``, ``articles`` or ``confidence``.

        Raises:
            KgError: there is no such form or weight.
        """
        graph = graphs.to_networkx(self._store, statuses)
        if open_triples:
            open_graphs.add_open_triples(graph, self.open_triples(), self.articles(), statuses)
        return graphs.formed(graph, form, weight)

    def strongest(self, number: int = _TOP) -> list[tuple[str, Mapping[str, Any], str]]:
        """The plain relations with the most sentences behind them, then the surest: label, edge, label.

        An edge tells ``property``, ``weight`` (sentences) and ``confidence`` (the best). The store counts them, so this
        is quick where `to_networkx` takes long.
        """
        return self._store.strongest(number)

    def subgraph(self, names: str | Sequence[str], hops: int = 1, statuses: Collection[Status] = PLAIN) -> Graph:
        """What lies around some entities, as a NetworkX graph (see `kg.graphs.neighbourhood`).

        Args:
            names: label or alias of an entity, or several.
            hops: how many relations to go, in whichever direction; 0 keeps the entities alone.
            statuses: which statements count; by default those that are plain triples.

        Raises:
            UnknownNameError: there is no such entity; it suggests near ones.
        """
        asked = [names] if isinstance(names, str) else names
        nodes = [graphs.short_id(self._store.find_entity(name)) for name in asked]
        return graphs.neighbourhood(graphs.to_networkx(self._store, statuses), nodes, hops)

    def timeline(self, entity: str) -> Timeline:
        """What is said of an entity, by label or alias, in the order of time (see `kg.timeline.timeline`)."""
        return timeline.timeline(self._store, self._store.find_entity(entity))

    def compare(self, later: KnowledgeGraph) -> Comparison:
        """What is new, gone or changed in status in another graph (see `kg.comparison.compare`)."""
        return comparison.compare(self._store, later.store)

    def to_pandas(self, of: tables.Subject = "statements") -> pd.DataFrame:
        """The statements, or with ``entities`` these, as a DataFrame, one row each (see `kg.tables`).

        Raises:
            KgError: pandas is not installed, or there is no such table.
        """
        return tables.to_pandas(self._store, of)

    def export(self, path: Path | str, format: str | None = None) -> tuple[Path, ...]:
        """Write the graph to a file (see `kg.export.write`).

        Args:
            path: the file; one that exists is replaced.
            format: one of `kg.formats.FORMATS`; by default what the path ends in.

        Raises:
            KgError: there is no such format, or the file cannot be written.
        """
        return export.write(self._store, path, format)

    def describe(self, format: str = "ttl", **about: str | None) -> str:
        """What the graph is made of, as VoID and DCAT.

        Args:
            format: ``ttl``, ``nt``, ``rdf`` or ``jsonld``.
            about: ``iri``, ``title``, ``licence`` and ``url`` (see `kg.describe.describe`).

        Raises:
            KgError: there is no such format, or an IRI is none.
        """
        return describe.written(describe.describe(self._store, **about), format)

    def view(
        self,
        path: Path | str | None = None,
        focus: str | None = None,
        hops: int = 1,
        relations: Collection[str] | None = None,
        title: str | None = None,
        open_triples: bool = False,
        most: int = SHOWN,
        told: Callable[[str], None] | None = None,
    ) -> str:
        """The graph as one HTML page that needs no network; entities without a relation are left out.

        Args:
            path: where to write the page; by default it is only returned.
            focus: name of an entity to show the surroundings of; by default everything.
            hops: how many relations away from the focus to go.
            relations: names or labels of the properties to show; by default all.
            title: heading of the page.
            open_triples: show also what is said of the entities in other words than the ontology's.
            most: without a focus, only so many names are shown, the best connected; 0 for all. The heading says so.
            told: called with which part of the graph is shown, where it is not all.

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
            graphs.keep_related(graph, names)
        else:
            node = graphs.short_id(self._store.find_entity(focus))
            graph = graphs.neighbourhood(graph, node, hops, names)
        shown = graph if focus is not None or most == 0 else graphs.best_connected(graph, most)
        if len(shown) < len(graph):
            part = f"the {len(shown):,} best connected of {len(graph):,} names"
            graph, title = shown, f"{title or 'Knowledge graph'} – {part}"
            if told is not None:
                told(part)
        explanations = _explanations(self._store, graph)
        if spoken:
            explanations += open_graphs.explanations(spoken, graph, self.articles())
        page = views.page(graph, explanations, title or focus or "Knowledge graph")
        if path is not None:
            views.write(path, page)
        return page

    def close(self) -> None:
        """Close the store beneath; results that were found keep their labels."""
        self._asker.settle()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self._store.relation_count()

    def __bool__(self) -> bool:
        return True  # an empty graph is still a graph

    def __repr__(self) -> str:
        return f"KnowledgeGraph: {self._counts()}"

    def _counts(self) -> str:
        counts = {
            "article": self._store.article_count(),
            "entity": self._store.entity_count(),
            "statement": sum(self._store.status_counts().values()),
            "plain triple": len(self),
        }
        return ", ".join(f"{count} {_plural(name, count)}" for name, count in counts.items())

    def _repr_html_(self) -> str:
        statuses = ", ".join(f"{count} {status}" for status, count in self._store.status_counts().items())
        graph = self.to_networkx()
        rows = [(one, e["label"], other, e["weight"], e["articles"]) for one, e, other in graphs.strongest(graph, _TOP)]
        heads = ("subject", "relation", "object", "sentences", "articles")
        listed = entity_lists.table(heads, rows) if rows else ""
        counts = f"<p><b>KnowledgeGraph</b>: {self._counts()}<br>{html.escape(statuses)}</p>"
        return counts + pictures.picture(graph) + listed


def _explanations(store: Store, graph: Graph) -> list[Explanation]:
    """The sentences behind the edges of a graph, read article by article."""
    edges = {(source, given["property"], target) for source, target, given in graph.edges(data=True)}
    found, prints = [], store.origins()
    for article, statements in zip(store.each_article(), store.each_statements(), strict=True):
        for one in statements:
            ends = graphs.short_id(one.subject), graphs.short_id(one.object)
            if (ends[0], one.property, ends[1]) in edges or (ends[1], one.property, ends[0]) in edges:
                found.append(explanation(one, article, store.label, reprint_of=prints.get(article.id)))
    return found


def _plural(name: str, count: int) -> str:
    if count == 1:
        return name
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
