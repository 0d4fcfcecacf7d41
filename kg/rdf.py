"""The pure mapping between an article's records and its quads, in both directions.

Each article owns two named graphs, and nothing is said outside them::

    article:ID      the article itself; its entities with type and names; its plain triples
    statements:ID   every statement of any status with its evidence, and every mention

The default graph is a pure function of all ``article:`` graphs: `kg.changes.describe` settles what they say
about an entity in a way that no order of writing can change. The vocabulary's own names stand in a
graph of their own, `ONTOLOGY`. No node is blank, no value comes from a clock.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, cast, get_args

import pyoxigraph as ox

from kg.credit_quads import credit_quads, read_credits
from kg.errors import StoreError
from kg.namespaces import KG, PREFIXES, STATEMENT, STATEMENTS, article_iri, statements_iri
from kg.ontology import Ontology, Property
from kg.qualifier_quads import qualifier_quads, read_qualifiers
from kg.records import (
    PLAIN,
    STATUSES,
    Article,
    Block,
    BlockKind,
    Entity,
    Evidence,
    Extraction,
    Link,
    MentionKind,
    Statement,
    Status,
    StoredMention,
)
from kg.terms import (
    ALIAS,
    ARTICLE_CLASS,
    DESCRIBING,
    IDENTIFIER,
    LABEL,
    MENTIONS,
    OBJECT,
    ONTOLOGY,
    PREDICATE,
    REFERS,
    SAME,
    STATUS,
    SUBCLASS,
    SUBJECT,
    SYMMETRIC,
    A,
    Object,
    date,
    decimal,
    integer,
    local_name,
    subject_of,
    term,
    text,
    value_of,
)

Nodes = Mapping[str, Mapping[str, list[str]]]
"""Subject IRI → predicate IRI → values, as the readers below want them."""

_SPAN: Final = re.compile(r"(\d+)-(\d+)")


def class_iri(name: str, ontology: Ontology) -> ox.NamedNode:
    """The IRI of a class; one that the ontology lacks ("Thing") lies in the namespace of kg."""
    known = ontology.classes.get(name)
    return ox.NamedNode(known.iri if known else KG + name)


def _property(statement: Statement, ontology: Ontology) -> Property:
    try:
        return ontology.properties[statement.property]
    except KeyError:
        known = ", ".join(sorted(ontology.properties))
        problem = f"statement {statement.id} has the unknown property {statement.property}"
        raise StoreError(problem, hint=f"known: {known}") from None


def article_graph(extraction: Extraction, ontology: Ontology) -> frozenset[ox.Quad]:
    """The quads of an article's own graph: itself, its entities, its plain triples.

    The triple of a symmetric property stands there in both directions.
    """
    graph = ox.NamedNode(article_iri(extraction.article.id))
    triples: set[tuple[ox.NamedNode, ox.NamedNode, Object]] = {
        (graph, predicate, value) for predicate, value in _about_article(extraction, ontology)
    }
    for entity in extraction.entities:
        node = ox.NamedNode(entity.iri)
        triples |= {(graph, MENTIONS, node), (node, A, class_iri(entity.type, ontology))}
        triples.add((node, LABEL, text(entity.label)))
        triples |= {(node, ALIAS, text(alias)) for alias in entity.aliases if alias != entity.label}
        triples |= {(node, SAME, ox.NamedNode(iri)) for iri in entity.same_as}
    for statement in extraction.statements:
        prop = _property(statement, ontology)
        if statement.status in PLAIN:
            ends = ox.NamedNode(statement.subject), ox.NamedNode(statement.object)
            triples.add((ends[0], ox.NamedNode(prop.iri), ends[1]))
            if prop.symmetric:
                triples.add((ends[1], ox.NamedNode(prop.iri), ends[0]))
    return frozenset(ox.Quad(*triple, graph) for triple in triples)


def _about_article(extraction: Extraction, ontology: Ontology) -> Iterable[tuple[ox.NamedNode, Object]]:
    article = extraction.article
    yield A, ARTICLE_CLASS
    yield IDENTIFIER, text(article.id)
    yield term("dcterms:language"), text(extraction.language)
    yield term("schema:inLanguage"), text(extraction.language)
    yield term("schema:articleBody"), text(article.text)
    yield term("kg:extractedWith"), text(extraction.model)
    yield term("kg:ontologyVersion"), text(f"{ontology.version}+{ontology.digest}")
    if article.title is not None:
        yield term("dcterms:title"), text(article.title, extraction.language)
        yield term("schema:headline"), text(article.title, extraction.language)
    if article.date is not None:
        yield term("dcterms:issued"), date(article.date)
        yield term("schema:datePublished"), date(article.date)
    if article.url is not None:
        yield term("schema:url"), _address(article.url)
    yield from credit_quads(article)
    for block in article.blocks:
        yield term("kg:block"), text(f"{block.start}-{block.end} {block.kind}")


def _address(url: str) -> Object:
    """An IRI where it is a sound web address, else its text: it comes from outside."""
    try:
        return ox.NamedNode(url) if url.startswith(("http://", "https://")) else text(url)
    except ValueError:
        return text(url)


def statements_graph(extraction: Extraction, ontology: Ontology) -> frozenset[ox.Quad]:
    """The quads of an article's statements, of every status, and of its mentions; the graph names its article."""
    graph = ox.NamedNode(statements_iri(extraction.article.id))
    article = ox.NamedNode(article_iri(extraction.article.id))
    quads = [ox.Quad(graph, term("prov:wasDerivedFrom"), article, graph)]  # hashed once, at the end
    for statement in extraction.statements:
        node = ox.NamedNode(STATEMENT + statement.id)
        evidence = ox.NamedNode(f"{STATEMENT}{statement.id}/evidence")
        prop = ox.NamedNode(_property(statement, ontology).iri)
        quads += [ox.Quad(node, p, o, graph) for p, o in _about_statement(statement, prop, evidence)]
        quads += [ox.Quad(evidence, p, o, graph) for p, o in _about_evidence(statement.evidence, extraction.article)]
        quads += [ox.Quad(*triple, graph) for triple in qualifier_quads(statement)]
    shared = Counter((link.mention.start, link.mention.end) for link in extraction.links)
    for link in extraction.links:
        span = link.mention.start, link.mention.end
        # „beide Unternehmen“ means two things; a node for each keeps apart why.
        which = f"/{link.mention.kind}/{local_name(link.iri)}" if shared[span] > 1 else ""
        node = ox.NamedNode(f"{graph.value}/mention/{span[0]}-{span[1]}{which}")
        quads += [ox.Quad(node, p, o, graph) for p, o in _about_mention(link)]
    return frozenset(quads)


def _about_statement(
    statement: Statement, prop: ox.NamedNode, evidence: ox.NamedNode
) -> Iterable[tuple[ox.NamedNode, Object]]:
    yield A, term("rdf:Statement")
    yield SUBJECT, ox.NamedNode(statement.subject)
    yield PREDICATE, prop
    yield OBJECT, ox.NamedNode(statement.object)
    yield STATUS, term(f"kg:{statement.status}")
    yield term("kg:confidence"), decimal(statement.confidence)
    yield term("prov:wasDerivedFrom"), ox.NamedNode(article_iri(statement.evidence.article))
    yield term("kg:evidence"), evidence
    if statement.attributed_to is not None:
        yield term("kg:attributedTo"), ox.NamedNode(statement.attributed_to)
    if statement.event_time is not None:
        yield term("kg:eventTime"), text(statement.event_time)
    for iri in statement.about:
        yield term("kg:about"), ox.NamedNode(iri)


def _about_evidence(evidence: Evidence, article: Article) -> Iterable[tuple[ox.NamedNode, Object]]:
    yield A, term("oa:TextQuoteSelector")
    yield A, term("oa:TextPositionSelector")
    yield term("oa:exact"), text(evidence.quote)
    yield term("oa:start"), integer(evidence.start)
    yield term("oa:end"), integer(evidence.end)
    for name, (start, end) in (("subject", evidence.subject), ("object", evidence.object)):
        yield term(f"kg:{name}Text"), text(article.text[start:end])
        yield term(f"kg:{name}Start"), integer(start)
        yield term(f"kg:{name}End"), integer(end)
    yield term("kg:predicateText"), text(" … ".join(article.text[start:end] for start, end in evidence.predicate))
    for start, end in evidence.predicate:
        yield term("kg:predicateSpan"), text(f"{start}-{end}")
    for reason in evidence.reasons:
        yield term("kg:reason"), text(reason)


def _about_mention(link: Link) -> Iterable[tuple[ox.NamedNode, Object]]:
    mention = link.mention
    yield A, term("kg:Mention")
    yield REFERS, ox.NamedNode(link.iri)
    yield term("kg:mentionKind"), text(mention.kind)
    yield term("oa:exact"), text(mention.text)
    yield term("oa:start"), integer(mention.start)
    yield term("oa:end"), integer(mention.end)
    yield term("kg:confidence"), decimal(link.certainty)
    yield term("kg:reason"), text(link.reason)


def ontology_graph(ontology: Ontology) -> frozenset[ox.Quad]:
    """The names of classes, properties and statuses, so that queries can show labels."""
    triples: set[tuple[ox.NamedNode, ox.NamedNode, Object]] = {
        (ONTOLOGY, A, term("owl:Ontology")),
        (ONTOLOGY, term("owl:versionInfo"), text(ontology.version)),
        (ONTOLOGY, IDENTIFIER, text(ontology.digest)),
    }
    for cls in ontology.classes.values():
        node = ox.NamedNode(cls.iri)
        triples.add((node, A, term("owl:Class")))
        triples |= {(node, SUBCLASS, class_iri(parent, ontology)) for parent in cls.parents}
        triples |= {(node, LABEL, text(label, language or None)) for language, label in cls.labels.items()}
    for prop in ontology.properties.values():
        node = ox.NamedNode(prop.iri)
        triples.add((node, A, term("owl:ObjectProperty")))
        if prop.symmetric:
            triples.add((node, A, SYMMETRIC))
        triples |= {(node, LABEL, text(label, language or None)) for language, label in prop.labels.items()}
        note = term("skos:definition")
        triples |= {(node, note, text(told, language or None)) for language, told in prop.definitions.items()}
        triples |= {(node, term("schema:domainIncludes"), class_iri(name, ontology)) for name in prop.domain}
        triples |= {(node, term("schema:rangeIncludes"), class_iri(name, ontology)) for name in prop.range}
    for status in STATUSES:
        labels = ontology.labels.get(status, {})
        triples |= {(term(f"kg:{status}"), LABEL, text(label, lang or None)) for lang, label in labels.items()}
    return frozenset(ox.Quad(*triple, ONTOLOGY) for triple in triples)


def is_plain(quad: ox.Quad) -> bool:
    """Whether a quad of an article's graph, or of the default graph, is a plain triple.

    There, all that is not a description of an entity or of the article itself is one.
    """
    return quad.predicate not in DESCRIBING and quad.subject != quad.graph_name


def nodes(quads: Iterable[ox.Quad]) -> Nodes:
    """Quads gathered by subject and predicate."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        found[subject_of(quad)][quad.predicate.value].append(value_of(quad))
    return found


def _values(found: Nodes, subject: str, curie: str) -> list[str]:
    return sorted(found.get(subject, {}).get(term(curie).value, []))


def _maybe(found: Nodes, subject: str, curie: str) -> str | None:
    return next(iter(_values(found, subject, curie)), None)


def _one(found: Nodes, subject: str, curie: str) -> str:
    value = _maybe(found, subject, curie)
    if value is None:
        raise StoreError(f"the store holds a node without {curie}", iri=subject, hint="read its article again")
    return value


def _spans(values: Iterable[str]) -> Iterable[tuple[int, int, str]]:
    for value in values:
        if found := _SPAN.match(value):
            yield int(found[1]), int(found[2]), value[found.end() :].strip()


def read_article(quads: Iterable[ox.Quad], iri: str) -> Article:
    """The article that the quads of its graph describe; only where it was read from is lost.

    Raises:
        StoreError: something that every article has is missing.
    """
    found = nodes(quad for quad in quads if subject_of(quad) == iri)
    kinds = get_args(BlockKind)
    spans = sorted(_spans(_values(found, iri, "kg:block")))
    credit = read_credits(found.get(iri, {}))
    return Article(
        id=_one(found, iri, "dcterms:identifier"),
        text=_one(found, iri, "schema:articleBody"),
        blocks=tuple(Block(kind, start, end) for start, end, kind in spans if kind in kinds),  # type: ignore[arg-type]
        title=_maybe(found, iri, "dcterms:title"),
        date=_maybe(found, iri, "dcterms:issued"),
        url=_maybe(found, iri, "schema:url"),
        publisher=credit.publisher,
        authors=credit.authors,
        section=credit.section,
        language=_maybe(found, iri, "dcterms:language"),
    )


def read_statement(found: Nodes, iri: str, article_id: str) -> Statement:
    """The statement with this IRI; ``about`` and ``reasons`` come sorted.

    Raises:
        StoreError: something that every statement has is missing.
    """
    proof = _one(found, iri, "kg:evidence")

    def number(name: str) -> int:
        return int(_one(found, proof, name))

    evidence = Evidence(
        article=article_id,
        start=number("oa:start"),
        end=number("oa:end"),
        quote=_one(found, proof, "oa:exact"),
        subject=(number("kg:subjectStart"), number("kg:subjectEnd")),
        predicate=tuple(sorted((start, end) for start, end, _ in _spans(_values(found, proof, "kg:predicateSpan")))),
        object=(number("kg:objectStart"), number("kg:objectEnd")),
        reasons=tuple(_values(found, proof, "kg:reason")),
    )
    return Statement(
        id=iri.removeprefix(STATEMENT),
        subject=_one(found, iri, "rdf:subject"),
        property=local_name(_one(found, iri, "rdf:predicate")),
        object=_one(found, iri, "rdf:object"),
        status=cast(Status, local_name(_one(found, iri, "kg:status"))),
        confidence=float(_one(found, iri, "kg:confidence")),
        evidence=evidence,
        attributed_to=_maybe(found, iri, "kg:attributedTo"),
        about=tuple(_values(found, iri, "kg:about")),
        event_time=_maybe(found, iri, "kg:eventTime"),
        qualifiers=read_qualifiers(found, iri),
    )


def read_statements(quads: Iterable[ox.Quad], article_id: str) -> tuple[Statement, ...]:
    """The statements of an article's statements graph, as they follow in the text."""
    found = nodes(quads)
    kind = term("rdf:Statement").value
    iris = [iri for iri, about in found.items() if kind in about.get(A.value, ())]
    return tuple(sorted((read_statement(found, iri, article_id) for iri in iris), key=in_text_order))


def read_mentions(quads: Iterable[ox.Quad], article_id: str) -> tuple[StoredMention, ...]:
    """The mentions of an article's statements graph that were tied to something, as they follow in the text."""
    found = nodes(quads)
    mentions = (
        StoredMention(
            article=article_id,
            iri=_one(found, node, "kg:refersTo"),
            start=int(_one(found, node, "oa:start")),
            end=int(_one(found, node, "oa:end")),
            text=_one(found, node, "oa:exact"),
            kind=cast(MentionKind, _one(found, node, "kg:mentionKind")),
            reason=_one(found, node, "kg:reason"),
            certainty=float(_one(found, node, "kg:confidence")),
        )
        for node, about in found.items()
        if REFERS.value in about
    )
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.iri)))


def in_text_order(statement: Statement) -> tuple[str, int, int, str]:
    """Sort key: by article, then by place in the text."""
    return statement.evidence.article, statement.evidence.start, statement.evidence.subject[0], statement.id


def read_entities(quads: Iterable[ox.Quad]) -> tuple[Entity, ...]:
    """The entities that the default graph's quads describe, sorted by IRI."""
    found = nodes(quad for quad in quads if quad.predicate in DESCRIBING)
    return tuple(
        Entity(
            iri=iri,
            label=_maybe(found, iri, "rdfs:label") or local_name(iri),
            type=local_name(_maybe(found, iri, "rdf:type") or "Thing"),
            aliases=tuple(_values(found, iri, "skos:altLabel")),
            same_as=tuple(_values(found, iri, "skos:exactMatch")),
        )
        for iri in sorted(found)
    )


def statements_graph_of(article_graph_iri: str) -> ox.NamedNode:
    """The name of the statements graph that goes with an article's own graph."""
    return ox.NamedNode(STATEMENTS + article_graph_iri.removeprefix(PREFIXES["article"]))


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Sorted N-Quads in UTF-8: equal graphs give equal bytes."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(line + b"\n" for line in sorted(written.split(b"\n")) if line)
