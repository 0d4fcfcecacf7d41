"""The only writer of RDF: one dataset, in memory, on disk or behind a SPARQL endpoint.

Plain triples lie merged in the default graph, so that a query over it counts each of them once,
and in their articles' named graphs beside it (see `kg.rdf` for who says what where). The default
graph follows the named graphs: a triple, or a name, leaves it when the last article that gives it
goes. A write is one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self, cast

import pyoxigraph as ox
import rdflib

from kg import bookkeeping, counts, rdf, removal, store_version, terms
from kg.changes import Change, Claims, Links, ancestors, exchange, links_of, replacement
from kg.engines import Engine
from kg.errors import StoreError
from kg.explaining import Explained, label_of
from kg.independence import article_id_of, origins
from kg.link_quads import LinkCandidate, link_quads, read_links, relinked
from kg.lookup import entity_called, is_entity_iri, property_called, property_labels
from kg.namespaces import ENTITY
from kg.ontology import Ontology
from kg.open_quads import open_graph
from kg.query_limits import within
from kg.records import Article, Entity, Explanation, Extraction, Failure, Statement, Status, StoredMention
from kg.settling import settlement
from kg.source_graph import is_current, marks
from kg.sparql import QueryResult
from kg.store_engines import engine_of

_GRAPHS = (rdf.article_graph, rdf.statements_graph, open_graph)
_MANY: Final = 20_000  # quads that are quicker loaded than written in one transaction


class Store:
    """A graph of news articles: written by article, read as records or by SPARQL.

    Made by `Store.open`; a context manager.
    """

    def __init__(self, engine: Engine, place: str | None = None) -> None:
        self._open: Engine | None = engine
        self.place = place  # folder or address; None for memory
        self._claims: Claims = {}
        self._links: Links | None = None
        self._marked = store_version.is_marked(engine, place)

    @classmethod
    def open(
        cls,
        path: Path | str | None = None,
        engine: Literal["oxigraph", "memory"] = "oxigraph",
        *,
        read_only: bool = False,
    ) -> Store:
        """A store in a folder, behind a SPARQL endpoint, or in memory.

        Args:
            path: the folder, which is made if it does not exist; or the address of an endpoint, or two with a space
                between (see `kg.protocol.parse_address`); None for memory.
            engine: ``memory`` is rdflib's own store: pure Python, and nothing is kept on disk.
            read_only: read the folder as it is now, however it goes on. Many can, also beside a writer; only one
                process at a time can hold a folder to write.

        Raises:
            StoreError: the folder is in use, missing or holds something else; the endpoint cannot be reached; the
                store was written by another version of kg; or such an engine does not exist.
        """
        opened = engine_of(path, engine, read_only)
        try:
            return cls(opened, None if path is None else str(path))
        except BaseException:
            opened.close()
            raise

    @property
    def _engine(self) -> Engine:
        if self._open is None:
            raise StoreError("the store is closed", hint="open it again")
        return self._open

    @property
    def dataset(self) -> rdflib.Dataset:
        """The rdflib Dataset itself, with all prefixes bound."""
        return self._engine.dataset

    def close(self) -> None:
        """Write out what is pending and let go of the folder; a second time does nothing."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def write(self, extraction: Extraction, ontology: Ontology, version: str | None = None) -> None:
        """Put an article in, in place of what it said before: all of it or nothing.

        Args:
            extraction: what was found in the article.
            ontology: gives the IRIs, and tells which properties are symmetric.
            version: what `version_of` shall tell of the article.

        Raises:
            StoreError: the disk is full, another article has the same IRI, or a term is no RDF.
        """
        try:
            new = frozenset().union(*(of(extraction, ontology) for of in _GRAPHS))
        except ValueError as error:  # an IRI or a language tag that is none
            raise StoreError(f"article {extraction.article.id} cannot be written: {error}") from None
        self._replace(extraction.article.id, new, ontology, version)

    def remove(self, *article_ids: str) -> None:
        """Take articles out, with all that only they say: all of them or none; `renew_sources` should follow.

        Raises:
            StoreError: the store has no such article, or cannot be written.
        """
        change = self.removal(article_ids)
        self._claims.clear()
        self._engine.change(change.delete, change.insert, change.drop)

    def removal(self, article_ids: Collection[str]) -> Change:
        """What `remove` would change: nothing is written; errors are the same."""
        return removal.removal(self._engine, article_ids, self._links or links_of(self._engine))

    def _replace(self, article_id: str, new: frozenset[ox.Quad], ontology: Ontology, version: str | None) -> None:
        try:
            self._links = self._links or links_of(self._engine)
            change = replacement(self._engine, article_id, new, ontology, self._claims, self._links)
            change.turn(*bookkeeping.version_quads(self._engine, article_id, version))
            mark = set() if self._marked else {store_version.MARK}
            self._engine.change(change.delete, change.insert | mark, change.drop)
        except BaseException:
            self._claims.clear()  # counted as if it had been written
            raise
        self._marked = True

    @property
    def loads_whole(self) -> bool:
        """Whether `load` takes all or nothing; an endpoint takes its quads in several requests."""
        return self._engine.loads_whole

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Put very many quads in as they are; `settle` must follow.

        Raises:
            StoreError: the store cannot be written.
        """
        self._claims.clear()
        self._links = None
        if marks := bookkeeping.built(self._engine):
            self._engine.change(marks, (), ())
        self._engine.load(quads)

    def settle(self, articles: Iterable[str]) -> None:
        """Make the default graph follow graphs of articles that were loaded, as if the articles had been written.

        Args:
            articles: IRIs of the graphs.
        """
        change = settlement(self._engine, [ox.NamedNode(iri) for iri in sorted(articles)])
        change.delete |= marks(self._engine)
        if len(change.insert) > _MANY:
            self._engine.load(change.insert)
            change.insert.clear()
        self._engine.change(change.delete, change.insert | {store_version.MARK}, (terms.INFERRED, terms.DERIVATIONS))
        self._marked = True

    def renew_sources(self) -> bool:
        """Bring ``kg:sources`` up to date (see `kg.source_graph`); at once where no article has changed.

        Whoever writes or removes articles calls it when done; until then the library works prints out by itself.

        Returns:
            Whether there was anything to do.
        """
        from kg.source_counts import renew  # noqa: PLC0415 (NumPy, which only this needs)

        return renew(self._engine)

    def replace_graphs(self, graphs: Collection[ox.NamedNode], quads: Collection[ox.Quad]) -> None:
        """Put quads in the place of all that some graphs hold: all of it or nothing."""
        exchange(self._engine, graphs, quads)

    def write_links(self, links: Iterable[LinkCandidate]) -> None:
        """Put the links elsewhere in, in place of the last: all of them or nothing."""
        change = relinked(self._engine, link_quads(links))
        self._links = None
        self._engine.change(change.delete, change.insert, ())

    def write_failures(self, failures: Iterable[Failure], mended: Collection[str] | None = ()) -> None:
        """Note what could not be read, in place of what is noted of the same sources and of mended ones (None: all)."""
        old, new = bookkeeping.failure_quads(self._engine, failures, mended)
        self._engine.change(old, new, ())

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def query(
        self, sparql: str, limit: int | None = None, timeout: float | None = None, *, inferred: bool = False
    ) -> QueryResult:
        """The answer to a query, every prefix bound; at most so many rows, within so many seconds (`query_limits`).

        Raises:
            QueryError: it is malformed, would write, would reach beyond the store, or takes too long.
        """
        engine = self._engine
        return within(timeout, lambda: engine.query(sparql, limit, inferred=inferred))

    def quads(self) -> frozenset[ox.Quad]:
        """Every quad of every graph, as Oxigraph's terms; without the mark of the store's version."""
        return frozenset(self.each_quad())

    def each_quad(self) -> Iterator[ox.Quad]:
        """The same, one by one and in no order."""
        return (quad for quad in self._engine.quads() if quad.graph_name != store_version.GRAPH)

    def matching(
        self, subject: ox.NamedNode | None = None, graph: ox.NamedNode | ox.DefaultGraph | None = None
    ) -> Iterator[ox.Quad]:
        """The quads that fit, one by one and in no order, with the mark of the store's version; None fits all."""
        return self._engine.quads(subject, graph=graph)

    def version_of(self, article_id: str) -> str | None:
        """The version that an article was written with; None where there is none."""
        return bookkeeping.version_of(self._engine, article_id)

    def failures(self) -> tuple[Failure, ...]:
        """What the last runs could not read, sorted by source."""
        return bookkeeping.failures(self._engine)

    def article_ids(self) -> Mapping[str, str]:
        """IRI of each article, which is also the name of its graph → its id."""
        return {graph.value: self._article_id(graph) for graph in self._article_graphs()}

    def knows_sources(self) -> bool:
        """Whether ``kg:sources`` follows the articles as they are."""
        return is_current(self._engine)

    def origins(self) -> Mapping[str, str]:
        """Id of each article that is a print → id of the article that its group of prints is known by."""
        return origins(self._engine)

    def article_count(self) -> int:
        """How many articles there are."""
        return len(self._article_graphs())

    def entity_count(self) -> int:
        """How many entities there are."""
        return counts.entities(self._engine)

    def default_graph(self) -> frozenset[ox.Quad]:
        """The quads of the default graph: what is held to be so."""
        return frozenset(self._engine.quads(graph=terms.DEFAULT))

    def articles(self) -> tuple[Article, ...]:
        """All articles, sorted by id."""
        return tuple(self.each_article())

    def each_article(self) -> Iterator[Article]:
        """All articles, sorted by id, one in memory at a time."""
        return (self._article(ox.NamedNode(iri)) for _, iri in self._by_id())

    def entities(self) -> tuple[Entity, ...]:
        """All entities, sorted by IRI."""
        return rdf.read_entities(self._engine.quads(graph=terms.DEFAULT))

    def statements(self) -> tuple[Statement, ...]:
        """All statements of every status, sorted by article and place in the text."""
        return tuple(statement for found in self.each_statements() for statement in found)

    def each_statements(self) -> Iterator[tuple[Statement, ...]]:
        """The statements of every status, article by article: those of one are in memory at a time; sorted alike."""
        return (rdf.read_statements(quads, article) for article, quads in self._stated_graphs())

    def links(self) -> tuple[LinkCandidate, ...]:
        """What entities may be elsewhere, and what was decided, sorted by entity, then the best first."""
        return read_links(self._engine.quads(graph=terms.LINKS_GRAPH))

    def mentions(self) -> tuple[StoredMention, ...]:
        """All mentions that were tied to an entity, with the reason, sorted by article and place in the text."""
        return tuple(one for article, quads in self._stated_graphs() for one in rdf.read_mentions(quads, article))

    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Local name of each class of the vocabulary → local names of the classes above it."""
        above = ancestors(self._engine.quads(predicate=terms.SUBCLASS, graph=terms.ONTOLOGY))
        known = (
            terms.subject_of(q) for q in self._engine.quads(None, terms.A, terms.term("owl:Class"), terms.ONTOLOGY)
        )
        return {terms.local_name(iri): frozenset(map(terms.local_name, above.get(iri, ()))) for iri in sorted(known)}

    def relations(self) -> tuple[tuple[str, str, str], ...]:
        """The plain triples as (subject IRI, property name, object IRI), sorted; a symmetric one once."""
        return tuple(sorted(set(counts.each_relation(self._engine, self.symmetric_properties()))))

    def relation_count(self) -> int:
        """How many plain triples there are; a symmetric one is counted once."""
        return counts.relations(self._engine, self.symmetric_properties())

    def strongest(self, number: int) -> list[tuple[str, Mapping[str, Any], str]]:
        """The plain relations with the most sentences behind them: label, edge, label (see `kg.counts.strongest`)."""
        found = counts.strongest(self._engine, self.symmetric_properties(), number)
        name = {iri: self.label(iri) or iri.removeprefix(ENTITY) for *ends, _ in found for iri in ends}
        return [(name[subject], edge, name[value]) for subject, value, edge in found]

    def symmetric_properties(self) -> frozenset[str]:
        """Local names of the properties that hold in both directions."""
        quads = self._engine.quads(None, terms.A, terms.SYMMETRIC, terms.ONTOLOGY)
        return frozenset(terms.local_name(terms.subject_of(quad)) for quad in quads)

    def property_labels(self) -> Mapping[str, Mapping[str, str]]:
        """Local name of each property of the vocabulary → language → label."""
        return property_labels(self._engine)

    def status_counts(self) -> Mapping[Status, int]:
        """How many statements there are of each status, in the order of `STATUSES`."""
        return counts.statuses(self._engine)

    def mention_counts(self) -> Mapping[str, int]:
        """Entity IRI → how many times the texts speak of it."""
        return Counter(terms.value_of(quad) for quad in self._engine.quads(predicate=terms.REFERS))

    def article_counts(self) -> Mapping[str, int]:
        """Entity IRI → how many articles speak of it."""
        return Counter(terms.value_of(quad) for quad in self._engine.quads(predicate=terms.MENTIONS))

    def find_entity(self, label: str) -> str:
        """The IRI of the entity with this label or alias, exactly so or in other case.

        A label goes before an alias, the entity in most articles before the others, the smaller IRI
        before the greater. An IRI of the store is taken too.

        Raises:
            UnknownNameError: no entity is called so; it suggests the nearest names.
        """
        if is_entity_iri(label) and self.label(label) is not None:
            return label
        return entity_called(label, self.entities(), self.article_counts)

    def find_property(self, name: str) -> str:
        """The local name of a property, given so or by its label in any language.

        Raises:
            UnknownNameError: no property is called so; it suggests the nearest names.
        """
        return property_called(name, self.property_labels())

    def explain(self, subject: str | None, prop: str | None, object_: str | None) -> tuple[Explanation, ...]:
        """The statements behind a triple, of every status, as people read them.

        A symmetric property is found in both directions.

        Args:
            subject: entity IRI; None for any.
            prop: local name of a property; None for any.
            object_: entity IRI; None for any.
        """
        found = Explained(self._engine, self.symmetric_properties(), self.statements)
        return found.explanations(subject, prop, object_)

    def label(self, iri: str) -> str | None:
        """What the default graph calls an entity."""
        return label_of(self._engine, iri)

    def _article_graphs(self) -> list[ox.NamedNode]:
        quads = self._engine.quads(None, terms.A, terms.ARTICLE_CLASS)
        return sorted((cast(ox.NamedNode, q.subject) for q in quads if q.subject == q.graph_name), key=str)

    def _stated_graphs(self) -> Iterator[tuple[str, Iterator[ox.Quad]]]:
        """Id of each article, in their order, and the quads of its statements."""
        return ((name, self._engine.quads(graph=rdf.statements_graph_of(iri))) for name, iri in self._by_id())

    def _by_id(self) -> list[tuple[str, str]]:
        return sorted((article, iri) for iri, article in self.article_ids().items())

    def _article_id(self, graph: ox.NamedNode) -> str:
        return article_id_of(self._engine, graph)

    def _article(self, graph: ox.NamedNode) -> Article:
        return rdf.read_article(self._engine.quads(graph, graph=graph), graph.value)
