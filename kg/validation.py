"""Whether a graph is as it should be: SHACL shapes checked on a store.

What is checked is the default graph, each article's description of itself, the statements, and the vocabulary; not what
single articles claim of an entity's name and class, which the default graph has settled. Shapes are checked as
queries (`kg.shape_queries`) where they can be, and by pySHACL where not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg import rdf, terms
from kg.errors import KgError
from kg.namespaces import STATEMENTS
from kg.ontology import Ontology
from kg.shape_queries import SH, Rule, shape_queries, shapes_with_targets
from kg.shapes import shape_sources
from kg.sparql import to_rdflib
from kg.store import Store
from kg.turtle import Facts, read_facts

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_INSTALL: Final = "pip install 'kg-news[validate]'"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a rule."""

    focus: str  # IRI of the node, or the text of a literal
    path: str  # IRI of the property that leads to the value, with ^ before it for the other direction; "" for the node
    component: str  # the SHACL parameter that is broken: minCount, datatype, class, …
    value: str | None  # the value that breaks it, where one does
    message: str  # what to do
    shape: str  # IRI of the shape; "_:…" where it has no name
    severity: str  # Violation, Warning or Info
    demand: str = ""  # what the parameter demands, as SPARQL writes it; "" where it is more than a term


@dataclass(frozen=True, slots=True)
class Validation:
    """What a validation has found."""

    violations: tuple[Violation, ...]  # sorted by node
    quads: int  # that were looked at
    shapes: int
    rules: int  # constraints of those shapes that were checked as queries
    nodes: Mapping[str, int]  # shape with targets → nodes that it looks at
    by_pyshacl: tuple[str, ...]  # shapes that pySHACL has checked

    @property
    def conforms(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations


def validate(
    store: Store, ontology: Ontology | None = None, shapes: Sequence[Path] = (), *, pyshacl: bool = False
) -> Validation:
    """Check a store against the bundled shapes, those of its relations, and those of Turtle files.

    Args:
        store: it is only read.
        ontology: gives classes, domains and ranges; by default those that the store was written with.
        shapes: Turtle files with SHACL shapes, or folders of them.
        pyshacl: have pySHACL check every shape; the findings are the same, and take much longer.

    Raises:
        OntologyError: a shapes file cannot be read.
        KgError: pySHACL is needed and not installed, or cannot make sense of a shape.
    """
    quads = store.quads()
    stored = (quad for quad in quads if quad.graph_name == terms.ONTOLOGY)
    vocabulary = frozenset(stored) if ontology is None else rdf.ontology_graph(ontology)
    data = ox.Store()
    data.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in (*_checked(quads), *vocabulary))
    sources = shape_sources(vocabulary, shapes)
    facts = read_facts(sources)
    found = shape_queries(facts, _is_pattern)
    beyond = shapes_with_targets(facts) if pyshacl else found.beyond
    by_queries = () if pyshacl else found.shapes
    doubtful = (shape for shape in by_queries if data.query(shape.broken))
    violations = [violation for shape in doubtful for rule in shape.rules for violation in _broken(data, rule)]
    if beyond:
        violations += _by_pyshacl(data, facts, beyond)
    return Validation(
        violations=tuple(sorted(set(violations), key=_in_order)),
        quads=len(data),
        shapes=len(shapes_with_targets(facts)),
        rules=sum(len(shape.rules) for shape in by_queries),
        nodes={shape.shape: _count(data, shape.target) for shape in found.shapes},
        by_pyshacl=tuple(beyond),
    )


def _checked(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads that shapes are checked on, but for the vocabulary."""
    for quad in quads:
        graph = quad.graph_name
        of_statements = isinstance(graph, ox.NamedNode) and graph.value.startswith(STATEMENTS)
        if isinstance(graph, ox.DefaultGraph) or of_statements or quad.subject == graph:
            yield quad


def _in_order(violation: Violation) -> tuple[str, str, str, str, str]:
    return violation.focus, violation.path, violation.component, violation.value or "", violation.shape


def _is_pattern(pattern: str, flags: str) -> bool:
    """Whether Oxigraph understands a regular expression."""
    asked = f'SELECT (REGEX("", {ox.Literal(pattern)}, {ox.Literal(flags)}) AS ?is) {{}}'
    return any(row[0] is not None for row in _select(ox.Store(), asked))


def _select(data: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    found = data.query(query)
    if isinstance(found, ox.QuerySolutions):
        yield from found


def _count(data: ox.Store, target: str) -> int:
    (row,) = _select(data, f"SELECT (COUNT(*) AS ?nodes) {{ {target} }}")
    return int(_text(row[0]))


def _broken(data: ox.Store, rule: Rule) -> Iterator[Violation]:
    for row in _select(data, rule.query):
        found = dict(zip(("this", "value", "path"), row, strict=False))
        path = found.get("path")
        value = found.get("value")
        if value is None and not rule.path and rule.component not in ("hasValue", "minCount", "maxCount"):
            value = found["this"]
        yield Violation(
            focus=_text(found["this"]),
            path=rule.path.replace("<", "").replace(">", "") if path is None else _text(path),
            component=rule.component,
            value=None if value is None else _text(value),
            message=rule.message,
            shape=rule.shape,
            severity=rule.severity,
            demand=rule.demand,
        )


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


# ── pySHACL ────────────────────────────────────────────────────────────────────────────────────


def _by_pyshacl(data: ox.Store, facts: Facts, shapes: Collection[str]) -> list[Violation]:
    """What pySHACL finds on some of the shapes."""
    try:
        import pyshacl  # noqa: PLC0415 (optional, and slow to load)
    except ImportError:
        problem = f"{len(shapes)} of the shapes need pySHACL, which is not installed"
        raise KgError(problem, iri=next(iter(shapes)), hint=_INSTALL) from None
    wanted = _as_graph(_shapes_graph(facts, shapes))
    try:
        # A copy of the graph would take as long as the validation.
        _, report, _ = pyshacl.validate(_as_graph(data), shacl_graph=wanted, inplace=True, advanced=True)
    except Exception as error:  # pySHACL raises many kinds, and what its parts raise
        problem = f"pySHACL cannot check the shapes: {str(error).strip().splitlines()[0][:200]}"
        raise KgError(problem, hint="mend the shapes, and try them with the command pyshacl") from None
    return list(_reported(report, wanted))


def _shapes_graph(facts: Facts, shapes: Collection[str]) -> Iterator[ox.Triple]:
    """The triples of the shapes files, in which only these shapes keep their targets."""
    others = set(shapes_with_targets(facts)).difference(shapes)
    for subject, predicates in facts.subjects.items():
        node = ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject)
        for predicate, found in predicates.items():
            if subject not in others or not predicate.startswith(SH + "target"):
                yield from (ox.Triple(node, ox.NamedNode(predicate), fact.value) for fact in found)


def _as_graph(triples: Iterable[ox.Quad | ox.Triple]) -> Graph:
    from rdflib import Graph  # noqa: PLC0415

    seen: dict[object, Node] = {}

    def converted(term: Any) -> Node:  # noqa: ANN401 (any term of Oxigraph)
        if term not in seen:
            seen[term] = to_rdflib(term)
        return seen[term]

    graph = Graph()
    for one in triples:
        graph.add((converted(one.subject), converted(one.predicate), converted(one.object)))
    return graph


def _reported(report: Graph, shapes: Graph) -> Iterator[Violation]:
    from rdflib import BNode, Namespace  # noqa: PLC0415

    sh = Namespace(SH)
    for result in report.objects(None, sh.result):
        path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
        if isinstance(path, BNode):
            inverse = report.value(path, sh.inversePath)
            path_text = f"^{inverse}" if inverse is not None else "a path"
        else:
            path_text = "" if path is None else str(path)
        component = str(report.value(result, sh.sourceConstraintComponent)).removeprefix(SH)
        component = component.removesuffix("ConstraintComponent")
        component = "sparql" if component == "SPARQL" else component[:1].lower() + component[1:]
        shape = report.value(result, sh.sourceShape)
        demand = None if shape is None else shapes.value(shape, sh[component])
        messages = sorted(report.objects(result, sh.resultMessage), key=lambda m: getattr(m, "language", "") != "en")
        yield Violation(
            focus=str(report.value(result, sh.focusNode)),
            path=path_text,
            component=component,
            value=None if value is None else str(value),
            message=" ".join(str(messages[0]).split()) if messages else "",
            shape=f"_:{shape}" if isinstance(shape, BNode) else str(shape),
            severity=str(report.value(result, sh.resultSeverity)).removeprefix(SH),
            demand="" if demand is None or isinstance(demand, BNode) else demand.n3(),
        )
