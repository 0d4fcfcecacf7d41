"""The store as a NetworkX graph: entities as nodes, relations as edges that count their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import networkx as nx

from kg.errors import KgError, UnknownNameError
from kg.namespaces import ENTITY
from kg.qualifier_words import in_words, measure
from kg.records import PLAIN, QUALIFIERS, STATUSES, QualifierKind, Statement, Status
from kg.store import Store

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]
    Joined = nx.Graph[str]
else:
    Graph = nx.MultiDiGraph
    Joined = nx.Graph

Form = Literal["multi", "directed", "simple"]
Weight = Literal["sentences", "articles", "sources", "confidence"]
FORMS: Final[tuple[Form, ...]] = ("multi", "directed", "simple")
_WEIGHTS: Final[Mapping[Weight, str]] = {
    "sentences": "weight",
    "articles": "articles",
    "sources": "sources",
    "confidence": "confidence",
}

_Ends = tuple[str, str, str]
_UNDESCRIBED: Final = {"type": "Thing", "aliases": "", "same_as": "", "mentions": 0, "articles": 0, "weight": 1}


def short_id(iri: str) -> str:
    """The key of an entity's node: its IRI within the namespace ``entity:``, or the whole of another IRI.

    >>> short_id("https://kg.example/entity/mts"), short_id("https://example.org/mts")
    ('mts', 'https://example.org/mts')
    """
    return iri.removeprefix(ENTITY)


def to_networkx(store: Store, statuses: Collection[Status] = PLAIN) -> Graph:
    """All entities, and an edge for each relation that is stated with one of the statuses.

    Nodes are keyed by `short_id` and carry ``label``, ``type``, ``aliases`` and ``same_as`` (IRIs elsewhere), both
    joined by "; ", ``iri``, ``mentions`` and ``articles`` (how many speak of it) and ``weight`` (mentions, at least 1).

    Asserted and reported statements of a relation are the evidence of one edge, keyed by the
    property's name ("leads"); every other status has an edge of its own ("leads:planned"). Edges
    carry ``property``, ``label``, ``status``, ``symmetric``, ``weight`` (number of statements),
    ``articles``, ``sources`` (independent ones, as prints of one text are one), ``confidence`` (the best),
    ``first_date`` and ``last_date`` (of the articles, "" if unknown), ``publishers``, and what qualifies the
    statements, by kind ("" where nothing is known; several are joined by "; "). A symmetric relation has one
    edge, whichever way it is said. Labels are in the language of most articles. All values are strings and
    numbers, as GraphML and GEXF need them, and everything comes in sorted order. Texts and statements are read
    article by article, and not kept.

    Args:
        store: what to read.
        statuses: which statements count; by default those that are plain triples.
    """
    graph = _entities(store)
    printed: dict[str, tuple[str | None, str | None]] = {}  # when and by whom
    languages: Counter[str] = Counter()
    for article in store.each_article():  # one by one: a large store's texts fill the memory
        printed[article.id] = article.date, article.publisher
        languages.update([article.language] if article.language else [])
    labels, symmetric = _labels(store, languages), store.symmetric_properties()
    prints = dict(store.origins())
    prints |= {first: first for first in prints.values()}
    gathered: dict[_Ends, _Edge] = {}
    for found in store.each_statements():
        for one in found:
            if one.status in statuses:
                edge = gathered.setdefault(_ends(one, symmetric), _Edge(one.property, one.status))
                edge.add(one, printed.get(one.evidence.article, (None, None)), prints, graph)
    for (subject, target, key), edge in sorted(gathered.items(), key=lambda item: item[0]):
        for node in (subject, target):
            if node not in graph:  # a statement about something that no article describes
                graph.add_node(node, label=node, iri=node if ":" in node else ENTITY + node, **_UNDESCRIBED)
        graph.add_edge(
            subject,
            target,
            key=key,
            property=edge.property,
            label=labels.get(edge.property, edge.property),
            status=edge.status,
            symmetric=edge.property in symmetric,
            weight=edge.weight,
            articles=edge.articles,
            sources=edge.lone + len(edge.origins),
            confidence=edge.confidence,
            first_date=edge.first_date,
            last_date=edge.last_date,
            publishers="; ".join(sorted(edge.publishers)),
            **{kind: "; ".join(edge.added.get(kind, ())) for kind in QUALIFIERS},
        )
    return graph


def _entities(store: Store) -> Graph:
    graph: Graph = nx.MultiDiGraph()
    mentions, counts = store.mention_counts(), store.article_counts()
    for entity in sorted(store.entities(), key=lambda entity: short_id(entity.iri)):
        graph.add_node(
            short_id(entity.iri),
            label=entity.label,
            type=entity.type,
            aliases="; ".join(entity.aliases),
            iri=entity.iri,
            same_as="; ".join(entity.same_as),
            mentions=mentions.get(entity.iri, 0),
            articles=counts.get(entity.iri, 0),
            weight=max(1, mentions.get(entity.iri, 0)),
        )
    return graph


@dataclass(slots=True)
class _Edge:
    """What is kept of the statements of an edge, so that they need not be."""

    property: str
    status: Status
    weight: int = 0
    articles: int = 0
    lone: int = 0  # articles that are no prints and have none
    origins: set[str] = field(default_factory=set)  # ids of the articles that the groups of prints are known by
    last_article: str | None = None
    confidence: float = 0.0
    first_date: str = ""
    last_date: str = ""
    publishers: set[str] = field(default_factory=set)
    added: dict[QualifierKind, dict[str, None]] = field(default_factory=dict)

    def add(
        self,
        statement: Statement,
        printed: tuple[str | None, str | None],
        prints: Mapping[str, str],
        graph: Graph,
    ) -> None:
        """Count a statement in; those of an article come one after another.

        Args:
            statement: what is counted.
            printed: when its article was published, and by whom.
            prints: id of each article of a group of prints → id of the article that the group is known by.
            graph: names the entities.
        """
        article, (date, publisher) = statement.evidence.article, printed
        self.status = min(self.status, statement.status, key=STATUSES.index)
        self.weight += 1
        if article != self.last_article:
            self.articles += 1
            self.last_article = article
            if article in prints:
                self.origins.add(prints[article])
            else:
                self.lone += 1
        self.confidence = max(self.confidence, statement.confidence)
        if date:
            self.first_date = min(self.first_date or date, date)
            self.last_date = max(self.last_date, date)
        if publisher:
            self.publishers.add(publisher)
        for kind, value in _added(statement, graph):
            self.added.setdefault(kind, {})[value] = None


def formed(graph: Graph, form: Form = "multi", weight: Weight = "sentences") -> Joined:
    """A graph in the form that a measure wants, with the weight that is to count.

    In ``directed`` and ``simple`` graphs, the relations between two nodes are one edge, in ``simple`` ones whichever
    way they go. Such an edge carries ``relations`` and ``label`` (names and labels, joined by "; "), ``first_date``,
    ``last_date``, ``weight``, and ``distance``, its inverse: for shortest paths, where what is strong is near.

    Args:
        graph: as `to_networkx` gives it; it is not changed.
        form: ``multi`` keeps an edge for each relation, ``directed`` gives a DiGraph, ``simple`` an undirected Graph.
        weight: what edges weigh: ``sentences`` behind them, ``articles``, independent ``sources``, or ``confidence``.
            Of several relations on one edge, all but the confidence are added up, and the best confidence counts.

    Raises:
        KgError: there is no such form or weight.
    """
    if form not in FORMS:
        raise KgError(f"no form of a graph called {form}", hint=f"allowed: {', '.join(FORMS)}")
    if weight not in _WEIGHTS:
        raise KgError(f"no weight of edges called {weight}", hint=f"allowed: {', '.join(_WEIGHTS)}")
    name = _WEIGHTS[weight]
    if form == "multi" and weight == "sentences":
        return graph
    if form == "multi":
        same = graph.copy()
        for *_, given in same.edges(data=True):
            given["weight"] = given[name]
        return same
    found: Joined = nx.DiGraph() if form == "directed" else nx.Graph()
    found.add_nodes_from((node, dict(given)) for node, given in graph.nodes(data=True))
    gathered: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for source, target, given in graph.edges(data=True):
        turned = form == "simple" and target < source
        gathered[(target, source) if turned else (source, target)].append(given)
    for (source, target), edges in gathered.items():
        weights = [edge[name] for edge in edges]
        heavy = max(weights) if weight == "confidence" else sum(weights)
        dates = sorted(date for edge in edges for date in (edge["first_date"], edge["last_date"]) if date)
        found.add_edge(
            source,
            target,
            relations="; ".join(dict.fromkeys(str(edge["property"]) for edge in edges)),
            label="; ".join(dict.fromkeys(str(edge["label"]) for edge in edges)),
            weight=heavy,
            distance=1 / max(heavy, 1e-9),
            first_date=dates[0] if dates else "",
            last_date=dates[-1] if dates else "",
        )
    return found


def _added(statement: Statement, graph: Graph) -> Iterator[tuple[QualifierKind, str]]:
    """What qualifies a statement: ``time`` (EDTF), ``amount`` and the other kinds of qualifiers."""

    def name(iri: str) -> str:
        return str(graph.nodes[short_id(iri)]["label"]) if short_id(iri) in graph else iri

    for one, (kind, read) in zip(statement.qualifiers, in_words(statement, name), strict=True):
        yield kind, statement.event_time or "" if kind == "time" else measure(one) or read


def _ends(statement: Statement, symmetric: Collection[str]) -> _Ends:
    subject, target = short_id(statement.subject), short_id(statement.object)
    if statement.property in symmetric and target < subject:
        subject, target = target, subject
    plain = statement.status in PLAIN
    return subject, target, statement.property if plain else f"{statement.property}:{statement.status}"


def _labels(store: Store, languages: Mapping[str, int]) -> Mapping[str, str]:
    """Property name → label in the language that most articles are written in, or in any there is."""
    order = sorted(languages, key=lambda language: (-languages[language], language))
    found = {}
    for name, labels in store.property_labels().items():
        chosen = next((labels[language] for language in (*order, *sorted(labels)) if language in labels), None)
        found[name] = chosen or name
    return found


def strongest(graph: Graph, number: int) -> list[tuple[str, Mapping[str, Any], str]]:
    """The relations with the most sentences behind them, then the surest: label, edge, label.

    Args:
        graph: as `to_networkx` gives it.
        number: how many at most.
    """
    ranked = sorted(
        graph.edges(data=True),
        key=lambda edge: (-edge[2]["weight"], -edge[2]["confidence"], edge[0], edge[2]["property"], edge[1]),
    )
    names = {node: str(given["label"]) for node, given in graph.nodes(data=True)}
    return [(names[source], edge, names[target]) for source, target, edge in ranked[:number]]


def keep_related(graph: Graph, names: Collection[str] | None) -> None:
    """Take out the edges of other properties, then the nodes that have none."""
    edges = [(*ends, given["property"]) for *ends, given in graph.edges(keys=True, data=True)]
    graph.remove_edges_from([tuple(ends) for *ends, name in edges if names is not None and name not in names])
    graph.remove_nodes_from([node for node, degree in list(graph.degree()) if degree == 0])


def best_connected(graph: Graph, number: int) -> Graph:
    """The part of a graph that has the most relations: so many nodes, and what is said between them.

    Nodes go by their edges, then by weight, then by key; one that is left without any is left out.

    Args:
        graph: as `to_networkx` gives it; it is not changed.
        number: nodes at most.
    """
    degrees = dict(graph.degree())
    ranked = sorted(graph, key=lambda node: (-degrees[node], -graph.nodes[node]["weight"], node))[:number]
    part: Graph = graph.subgraph(ranked)
    return nx.MultiDiGraph(part.subgraph([node for node, degree in part.degree() if degree]))


def neighbourhood(
    graph: Graph, node: str | Collection[str], hops: int = 1, relations: Collection[str] | None = None
) -> Graph:
    """The part of a graph that lies around a node or several, edges followed in both directions.

    Args:
        graph: as `to_networkx` gives it; it is not changed.
        node: key of the node in the middle, or several.
        hops: how many edges to go.
        relations: names of the properties to follow and to keep; None for all.

    Raises:
        UnknownNameError: the graph has no such node.
    """
    middle = {node} if isinstance(node, str) else set(node)
    for missing in sorted(middle.difference(graph)):
        raise UnknownNameError(f"the graph has no node {missing}", hint="nodes are keyed by their entity's short id")
    edges = [
        (source, target, key)
        for source, target, key, given in graph.edges(keys=True, data=True)
        if relations is None or given["property"] in relations
    ]
    beside: dict[str, set[str]] = defaultdict(set)
    for source, target, _ in edges:
        beside[source].add(target)
        beside[target].add(source)
    reached, border = set(middle), middle
    for _ in range(hops):
        border = {near for one in border for near in beside[one]} - reached
        reached |= border
    found: Graph = nx.MultiDiGraph()
    found.add_nodes_from((one, dict(given)) for one, given in graph.nodes(data=True) if one in reached)
    for source, target, key in edges:
        if source in reached and target in reached:
            found.add_edge(source, target, key=key, **graph.edges[source, target, key])
    return found
