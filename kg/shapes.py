"""The SHACL shapes that a graph is validated against.

Three sources, united: ``ontologies/shapes/``, which says what every entity, article, statement, evidence, mention and
qualifier has; two shapes for each relation, made from its domain and range; and the user's own files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.namespaces import BASE
from kg.ontology_files import ontology_folder
from kg.terms import A, local_name, subject_of, term, value_of
from kg.turtle import Source, read_source, turtle_files

SHAPE: Final = BASE + "shape/"
_SIDES: Final = (
    ("subject", "domain", "schema:domainIncludes", "sh:targetSubjectsOf"),
    ("object", "range", "schema:rangeIncludes", "sh:targetObjectsOf"),
)


def shape_sources(vocabulary: Iterable[ox.Quad], paths: Sequence[Path] = ()) -> tuple[Source, ...]:
    """The bundled shapes, those of the relations, and those of Turtle files of the user's own.

    Args:
        vocabulary: quads of the ontology's graph, as `kg.rdf.ontology_graph` makes them.
        paths: Turtle files, or folders of them.

    Raises:
        OntologyError: a file cannot be read.
    """
    bundled = [read_source(path) for path in turtle_files([ontology_folder() / "shapes"])]
    relations = Source("shapes of the relations", relation_shapes(vocabulary))
    return (*bundled, relations, *(read_source(path) for path in turtle_files(paths)))


def relation_shapes(vocabulary: Iterable[ox.Quad]) -> str:
    """Turtle with two shapes for each relation, of what may stand before it and behind it.

    A class below one that is allowed is allowed too. A symmetric relation holds in both directions.

    Args:
        vocabulary: quads of the ontology's graph.
    """
    given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in (quad for quad in vocabulary if isinstance(quad.object, ox.NamedNode)):
        given[subject_of(quad)][quad.predicate.value].append(value_of(quad))
    lines = ["@prefix sh: <http://www.w3.org/ns/shacl#> ."]
    for iri, about in sorted(given.items()):
        types = about[A.value]
        if term("owl:ObjectProperty").value not in types:
            continue
        name = local_name(iri)
        for role, side, predicate, target in _SIDES:
            classes = sorted(about[term(predicate).value])
            if classes:
                allowed = " or ".join(local_name(one) for one in classes)
                members = " ".join(f"[ sh:class <{one}> ]" for one in classes)
                told = f"the {role} of {name} is {allowed}: mend its class (--aliases), or the rdfs:{side} of {name}"
                lines.append(f"<{SHAPE}{name}-{role}> a sh:NodeShape ; {target} <{iri}> ;")
                lines.append(f'    sh:or ( {members} ) ; sh:message "{told}"@en .')
        if term("owl:SymmetricProperty").value in types:
            told = f"{name} holds in both directions: read the articles again that say so"
            lines.append(f"<{SHAPE}{name}-both> a sh:NodeShape ; sh:targetObjectsOf <{iri}> ; sh:property [")
            lines.append(f'    sh:path [ sh:inversePath <{iri}> ] ; sh:equals <{iri}> ; sh:message "{told}"@en ] .')
    return "\n".join(lines) + "\n"
