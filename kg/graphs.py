"""The store as a NetworkX graph: entities as nodes, relations as edges that count their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import networkx as nx

from kg.errors import KgError, UnknownNameError
from kg.namespaces import ENTITY
from kg.qualifier_words import in_words, measure
from kg.records import PLAIN, QUALIFIERS, STATUSES, Article, QualifierKind, Statement, Status
from kg.store import Store

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]
    Joined = nx.Graph[str]
else:
    Graph = nx.MultiDiGraph
    Joined = nx.Graph

Form = Literal["multi", "directed", "simple"]
Weight = Literal["sentences", "articles", "confidence"]
FORMS: Final[tuple[Form, ...]] = ("multi", "directed", "simple")
_WEIGHTS: Final[Mapping[Weight, str]] = {"sentences": "weight", "articles": "articles", "confidence": "confidence"}

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

    Asserted and reported statements of a relation are the evidence of one edge, keyed by the property's name
    ("leads"); every other status has an edge of its own ("leads:planned"). Edges carry ``property``, ``label``,
    ``status``, ``symmetric``, ``weight`` (number of statements), ``articles``, ``confidence`` (the best),
    ``first_date`` and ``last_date`` (of the articles, "" if unknown), ``publishers`` (joined by "; "), and what
    qualifies the statements (see `_added`). A symmetric relation has one edge, whichever way it is said. Labels are
    in the language of most articles. All values are strings and numbers, as GraphML and GEXF need them, and
    everything comes in sorted order.

    Args:
        store: what to read.
        statuses: which statements count; by default those that are plain triples.
    """
    graph: Graph = nx.MultiDiGraph()
    articles = {article.id: article for article in store.articles()}
    wanted = [statement for statement in store.statements() if statement.status in statuses]
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
    labels, symmetric = _labels(store, articles.values()), store.symmetric_properties()
    gathered: dict[_Ends, list[Statement]] = defaultdict(list)
    for statement in wanted:
        gathered[_ends(statement, symmetric)].append(statement)
    for (subject, target, key), stated in sorted(gathered.items()):
        for node in (subject, target):
            if node not in graph:  # a statement about something that no article describes
                graph.add_node(node, label=node, iri=node if ":" in node else ENTITY + node, **_UNDESCRIBED)
        prop = stated[0].property
        graph.add_edge(
            subject,
            target,
            key=key,
            property=prop,
            label=labels.get(prop, prop),
            status=min((s.status for s in stated), key=STATUSES.index),
            symmetric=prop in symmetric,
            weight=len(stated),
            articles=len({s.evidence.article for s in stated}),
            confidence=max(s.confidence for s in stated),
            **_printed([articles[s.evidence.article] for s in stated]),
            **_added(stated, graph),
        )
    return graph


def formed(graph: Graph, form: Form = "multi", weight: Weight = "sentences") -> Joined:
    """A graph in the form that a measure wants, with the weight that is to count.

    In ``directed`` and ``simple`` graphs, the relations between two nodes are one edge, in ``simple`` ones whichever
    way they go. Such an edge carries ``relations`` and ``label`` (names and labels, joined by "; "), ``first_date``,
    ``last_date``, ``weight``, and ``distance``, its inverse: for shortest paths, where what is strong is near.

    Args:
        graph: as `to_networkx` gives it; it is not changed.
        form: ``multi`` keeps an edge for each relation, ``directed`` gives a DiGraph, ``simple`` an undirected Graph.
        weight: what edges weigh: ``sentences`` behind them, ``articles``, or ``confidence``. Of several relations on
            one edge, sentences and articles are added up, and the best confidence counts.

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


def _printed(articles: Sequence[Article]) -> dict[str, str]:
    """When and by whom the articles of an edge were published: ``first_date``, ``last_date``, ``publishers``."""
    dates = sorted(article.date for article in articles if article.date)
    return {
        "first_date": dates[0] if dates else "",
        "last_date": dates[-1] if dates else "",
        "publishers": "; ".join(sorted({article.publisher for article in articles if article.publisher})),
    }


def _added(stated: Iterable[Statement], graph: Graph) -> dict[str, str]:
    """What qualifies the statements of an edge: ``time`` (EDTF), ``amount`` and the other kinds of qualifiers.

    "" where nothing is known; several are joined by "; ".
    """
    found: dict[QualifierKind, dict[str, None]] = {kind: {} for kind in QUALIFIERS}

    def name(iri: str) -> str:
        return str(graph.nodes[short_id(iri)]["label"]) if short_id(iri) in graph else iri

    for statement in stated:
        for one, (kind, read) in zip(statement.qualifiers, in_words(statement, name), strict=True):
            found[kind][statement.event_time or "" if kind == "time" else measure(one) or read] = None
    return {kind: "; ".join(values) for kind, values in found.items()}


def _ends(statement: Statement, symmetric: Collection[str]) -> _Ends:
    subject, target = short_id(statement.subject), short_id(statement.object)
    if statement.property in symmetric and target < subject:
        subject, target = target, subject
    plain = statement.status in PLAIN
    return subject, target, statement.property if plain else f"{statement.property}:{statement.status}"


def _labels(store: Store, articles: Iterable[Article]) -> Mapping[str, str]:
    """Property name → label in the language that most articles are written in, or in any there is."""
    languages = Counter(article.language for article in articles if article.language)
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
