"""Open triples as quads: a graph of its own for each article, which the main graph never sees.

::

    open:ID {
        entity:mts relation:schloss-vertrag-mit entity:huawei .        # only what is asserted or reported
        relation:schloss-vertrag-mit a kg:OpenRelation ; rdfs:label "schloss Vertrag mit"@de ;
            skos:closeMatch kg:partnersWith .                           # where a frame of the ontology matched
        open-triple:7c0e a kg:OpenTriple ; rdf:subject … ; rdf:predicate … ; rdf:object … ; kg:status … ; … .
    }

What a phrase stands for is an entity where the article's own graph has it, else a node of the phrase itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, cast, get_args

import pyoxigraph as ox

from kg.namespaces import OPEN_TRIPLE, PHRASE, RELATION, article_iri, digest, open_iri, slug
from kg.ontology import Ontology
from kg.records import PLAIN, Extraction, OpenTriple, Phrase, Status, StoredOpenTriple
from kg.terms import (
    LABEL,
    OBJECT,
    PREDICATE,
    STATUS,
    SUBJECT,
    A,
    Object,
    decimal,
    integer,
    local_name,
    term,
    text,
    value_of,
)

_Values = Mapping[str, list[str]]
_Role = Literal["subject", "predicate", "object"]
_OPEN_TRIPLE: ox.NamedNode = term("kg:OpenTriple")


def open_graph(extraction: Extraction, ontology: Ontology) -> frozenset[ox.Quad]:
    """The quads of an article's open triples, of every status; none where none were asked for."""
    graph = open_graph_of(extraction.article.id)
    known = frozenset(entity.iri for entity in extraction.entities)
    quads: set[ox.Quad] = set()
    for triple in extraction.open_triples:
        quads |= {ox.Quad(*said, graph) for said in _triples(triple, extraction, ontology, known)}
    return frozenset(quads)


def _triples(
    triple: OpenTriple, extraction: Extraction, ontology: Ontology, known: frozenset[str]
) -> Iterable[tuple[ox.NamedNode, ox.NamedNode, Object]]:
    language = extraction.language
    relation = ox.NamedNode(RELATION + slug(triple.relation.text))
    yield relation, A, term("kg:OpenRelation")
    yield relation, LABEL, text(triple.relation.text, language)
    known_property = ontology.properties.get(triple.property or "")
    matched = ox.NamedNode(known_property.iri) if known_property is not None else None
    if matched is not None:
        yield relation, term("skos:closeMatch"), matched
    ends = []
    for phrase, entity in ((triple.subject, triple.subject_entity), (triple.object, triple.object_entity)):
        if entity is not None and entity in known:
            ends.append(ox.NamedNode(entity))
            continue
        node = ox.NamedNode(PHRASE + slug(phrase.text))
        ends.append(node)
        yield node, A, term("kg:Phrase")
        yield node, LABEL, text(phrase.text, language)
    if triple.status in PLAIN:
        yield ends[0], relation, ends[1]
    article = extraction.article
    key = (article.id, str(triple.sentence), *(_places(p) for p in (triple.subject, triple.relation, triple.object)))
    node = ox.NamedNode(OPEN_TRIPLE + digest(*key))
    yield node, A, _OPEN_TRIPLE
    if matched is not None:
        yield node, term("kg:matchedProperty"), matched
    yield node, SUBJECT, ends[0]
    yield node, PREDICATE, relation
    yield node, OBJECT, ends[1]
    yield node, STATUS, term(f"kg:{triple.status}")
    yield node, term("kg:confidence"), decimal(triple.confidence)
    yield node, term("kg:clauseType"), text(triple.clause_type)
    yield node, term("kg:subjectText"), text(triple.subject.text)
    yield node, term("kg:predicateText"), text(triple.relation.text)
    yield node, term("kg:objectText"), text(triple.object.text)
    yield node, term("oa:exact"), text(article.text[triple.start : triple.end])
    yield node, term("oa:start"), integer(triple.start)
    yield node, term("oa:end"), integer(triple.end)
    for role, phrase in (("subject", triple.subject), ("predicate", triple.relation), ("object", triple.object)):
        for start, end in phrase.spans:
            yield node, term(f"kg:{role}Span"), text(f"{start}-{end}")
    yield node, term("prov:wasDerivedFrom"), ox.NamedNode(article_iri(article.id))
    if triple.source is not None:
        yield node, term("kg:sourceText"), text(triple.source)


def _places(phrase: Phrase) -> str:
    return " ".join(map(str, phrase.words))


def open_graph_of(article_id: str) -> ox.NamedNode:
    """The name of the graph of an article's open triples."""
    return ox.NamedNode(open_iri(article_id))


def read_open_triples(quads: Iterable[ox.Quad], article_id: str) -> tuple[StoredOpenTriple, ...]:
    """The open triples in the quads of an article's open graph, as they follow in the text."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        values = found.setdefault(cast(ox.NamedNode, quad.subject).value, {})
        values.setdefault(local_name(quad.predicate.value), []).append(value_of(quad))
    kept = [values for iri, values in found.items() if iri.startswith(OPEN_TRIPLE)]
    kept.sort(key=lambda v: (int(v["start"][0]), sorted(map(_first, v["predicateSpan"])), v["objectText"][0]))
    return tuple(_stored(values, article_id) for values in kept)


def _stored(values: _Values, article: str) -> StoredOpenTriple:
    start = int(values["start"][0])
    marks = sorted(
        (first - start, last - start, role)
        for role in get_args(_Role)
        for first, last in map(_ends, values.get(f"{role}Span", ()))
    )
    return StoredOpenTriple(
        article=article,
        subject=values["subject"][0],
        relation=values["predicateText"][0],
        object=values["object"][0],
        subject_text=values["subjectText"][0],
        object_text=values["objectText"][0],
        status=cast(Status, local_name(values["status"][0])),
        confidence=float(values["confidence"][0]),
        quote=values["exact"][0],
        marks=tuple(marks),
        property=local_name(values["matchedProperty"][0]) if "matchedProperty" in values else None,
        source=next(iter(values.get("sourceText", ())), None),
    )


def _ends(span: str) -> tuple[int, int]:
    first, _, last = span.partition("-")
    return int(first), int(last)


def _first(span: str) -> int:
    return _ends(span)[0]
