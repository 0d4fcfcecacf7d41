"""The statements behind a triple, read from a store and told as people read them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import cast

import pyoxigraph as ox

from kg import rdf, terms
from kg.engines import Reader
from kg.explanations import explanation
from kg.independence import article_id_of, counted, origins
from kg.namespaces import STATEMENT, article_iri
from kg.records import STATUSES, Explanation, Statement


class Explained:
    """What a store says of triples.

    Args:
        engine: the store beneath; it is only read.
        symmetric: local names of the properties that hold in both directions.
        every: gives all statements of the store.
    """

    def __init__(self, engine: Reader, symmetric: Collection[str], every: Callable[[], Iterable[Statement]]) -> None:
        self._engine, self._symmetric, self._every = engine, symmetric, every

    def explanations(self, subject: str | None, prop: str | None, object_: str | None) -> tuple[Explanation, ...]:
        """See `kg.store.Store.explain`."""
        stated = {rdf.in_text_order(statement): statement for statement in self._stated(subject, prop, object_)}
        if (subject, object_) != (None, None) and (prop is None or prop in self._symmetric):
            turned = self._stated(object_, prop, subject)
            stated |= {rdf.in_text_order(s): s for s in turned if s.property in self._symmetric}
        found = sorted(stated.values(), key=lambda s: (STATUSES.index(s.status), rdf.in_text_order(s)))
        nodes = {name: ox.NamedNode(article_iri(name)) for name in {s.evidence.article for s in found}}
        articles = {
            name: rdf.read_article(self._engine.quads(node, graph=node), node.value) for name, node in nodes.items()
        }
        prints = origins(self._engine, [node.value for node in nodes.values()]) if len(nodes) > 1 else {}
        numbers = counted(found, prints, self._symmetric)

        def label(iri: str) -> str | None:
            return label_of(self._engine, iri)

        return tuple(
            explanation(s, articles[s.evidence.article], label, numbers[s.id], prints.get(s.evidence.article))
            for s in found
        )

    def _stated(self, subject: str | None, prop: str | None, object_: str | None) -> list[Statement]:
        def fits(statement: Statement) -> bool:
            asked = (subject, statement.subject), (prop, statement.property), (object_, statement.object)
            return all(want is None or want == got for want, got in asked)

        if subject is None and object_ is None:
            return [statement for statement in self._every() if fits(statement)]
        predicate, iri = (terms.SUBJECT, subject) if subject is not None else (terms.OBJECT, object_)
        found = list(self._engine.quads(None, predicate, ox.NamedNode(cast(str, iri))))
        statements = [self._statement(quad) for quad in found if terms.subject_of(quad).startswith(STATEMENT)]
        return [statement for statement in statements if fits(statement)]

    def _statement(self, quad: ox.Quad) -> Statement:
        """The statement that a quad of a statements graph speaks of."""
        node, graph = cast(ox.NamedNode, quad.subject), cast(ox.NamedNode, quad.graph_name)
        own = list(self._engine.quads(node, graph=graph))
        parts = {terms.value_of(q) for q in own if terms.value_of(q).startswith(f"{node.value}/")}
        of_parts = (q for part in sorted(parts) for q in self._engine.quads(ox.NamedNode(part), graph=graph))
        found = rdf.nodes([*own, *of_parts])
        source = self._engine.quads(node, terms.term("prov:wasDerivedFrom"), None, graph)
        article = cast(ox.NamedNode, next(iter(source)).object)
        return rdf.read_statement(found, node.value, article_id_of(self._engine, article))


def label_of(engine: Reader, iri: str) -> str | None:
    """The label of an entity, if it has one."""
    quads = engine.quads(ox.NamedNode(iri), terms.LABEL, None, terms.DEFAULT)
    return next((terms.value_of(quad) for quad in quads), None)
