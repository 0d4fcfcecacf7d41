"""Open triples on a NetworkX graph: edges in the words of the text, between entities and phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from kg.graphs import Graph, short_id
from kg.open_quads import open_graph_of, read_open_triples
from kg.records import PLAIN, Article, Explanation, Status, StoredOpenTriple
from kg.store import Store

OPEN_TRIPLE: Final = "openTriple"
"""What edges have as ``property`` that are no relation of the ontology."""
PHRASE_TYPE: Final = "Phrase"
"""The ``type`` of nodes that are no entity but words of the text."""


def add_open_triples(
    graph: Graph,
    triples: Iterable[StoredOpenTriple],
    articles: Iterable[Article],
    statuses: Collection[Status] = PLAIN,
) -> None:
    """Add open triples to a graph, as edges with the relation phrase as ``label`` and `OPEN_TRIPLE` as ``property``.

    Ends that are no entity become nodes of type `PHRASE_TYPE`. The other attributes are those of
    :func:`kg.graphs.to_networkx`; triples of the same words and status share an edge.

    Args:
        graph: as :func:`kg.graphs.to_networkx` gives it; it is changed.
        triples: of the store.
        articles: of the store, for their dates and publishers.
        statuses: which of them count.
    """
    printed = {article.id: (article.publisher or "", article.date or "") for article in articles}
    gathered: dict[tuple[str, str, str], list[StoredOpenTriple]] = {}
    for triple in triples:
        if triple.status in statuses:
            mark = "" if triple.status in PLAIN else f":{triple.status}"
            ends = short_id(triple.subject), short_id(triple.object)
            gathered.setdefault((*ends, f"open:{triple.relation}{mark}"), []).append(triple)
    for (subject, target, key), said in sorted(gathered.items()):
        one = said[0]
        for node, iri, words in ((subject, one.subject, one.subject_text), (target, one.object, one.object_text)):
            if node not in graph:
                plain = {"label": words, "type": PHRASE_TYPE, "aliases": "", "same_as": "", "iri": iri}
                graph.add_node(node, **plain, mentions=len(said), articles=1, weight=1)
        known = [printed.get(triple.article, ("", "")) for triple in said]
        days = sorted(day for _, day in known if day)
        graph.add_edge(
            subject,
            target,
            key=key,
            property=OPEN_TRIPLE,
            label=one.relation,
            status=one.status,
            symmetric=False,
            weight=len(said),
            articles=len({triple.article for triple in said}),
            confidence=max(triple.confidence for triple in said),
            first_date=days[0] if days else "",
            last_date=days[-1] if days else "",
            publishers="; ".join(sorted({publisher for publisher, _ in known if publisher})),
        )


def stored_open_triples(store: Store) -> tuple[StoredOpenTriple, ...]:
    """The open triples of a store, sorted by article and place in the text; none where none were asked for."""
    names = (article.id for article in store.articles())
    return tuple(t for name in names for t in read_open_triples(store.matching(graph=open_graph_of(name)), name))


def beside_entities(triples: Iterable[StoredOpenTriple], graph: Graph) -> tuple[StoredOpenTriple, ...]:
    """The triples for a picture: with an entity of the graph at an end, and said by no relation of the ontology."""
    return tuple(
        t for t in triples if t.property is None and (short_id(t.subject) in graph or short_id(t.object) in graph)
    )


def explanations(
    triples: Iterable[StoredOpenTriple], graph: Graph, articles: Iterable[Article]
) -> tuple[Explanation, ...]:
    """The sentences behind the open edges of a graph: by the labels of its nodes, `OPEN_TRIPLE` before the phrase."""
    known = {article.id: article for article in articles}

    def told(triple: StoredOpenTriple) -> Explanation:
        article = known[triple.article]
        return Explanation(
            subject=str(graph.nodes[short_id(triple.subject)]["label"]),
            property=f"{OPEN_TRIPLE} {triple.relation}",
            object=str(graph.nodes[short_id(triple.object)]["label"]),
            status=triple.status,
            confidence=triple.confidence,
            quote=triple.quote,
            marks=triple.marks,
            article_id=article.id,
            article_title=article.title,
            date=article.date,
            url=article.url,
            attributed_to=triple.source,
            publisher=article.publisher,
        )

    return tuple(told(t) for t in triples if short_id(t.subject) in graph and short_id(t.object) in graph)
