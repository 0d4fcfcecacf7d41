"""What a graph is made of, for those who find it elsewhere: VoID and DCAT (https://www.w3.org/TR/void/, vocab-dcat-3).

Counts of triples, entities, classes, properties, statements by status and links to other datasets; the vocabulary, the
language pipelines and the software with their versions. Counted by SPARQL, so that it works on every store. No node is
blank and no value comes from a clock: the same graph is described in the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph as ox

from kg import __version__, jsonld, rdf_files, store_version
from kg.errors import KgError
from kg.namespaces import BASE, ENTITY, PREFIXES, SOFTWARE, digest
from kg.sparql import curie
from kg.store import Store
from kg.terms import ONTOLOGY, SOURCES, A, Object, date, integer, local_name, term, text

Triple = tuple[ox.NamedNode, ox.NamedNode, Object]

DATASET: Final = BASE + "dataset"
_VOCABULARIES: Final = ("skos", "prov", "oa", "dcterms", "dc", "schema")
_FILES: Final = {
    "graph.ttl": "text/turtle",
    "graph.nq": "application/n-quads",
    "graph.graphml": "application/xml",
}
SPELLINGS: Final[Mapping[str, Callable[[frozenset[ox.Quad]], bytes]]] = MappingProxyType(
    {
        "ttl": rdf_files.turtle,
        "nt": rdf_files.ntriples,
        "rdf": rdf_files.rdf_xml,
        "jsonld": jsonld.document,
    }
)
"""Name of each format that a description can be written in → what writes it."""
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def describe(
    store: Store,
    *,
    iri: str | None = None,
    title: str | None = None,
    licence: str | None = None,
    url: str | None = None,
) -> frozenset[ox.Quad]:
    """The description of a store's graph.

    Args:
        store: what to describe.
        iri: of the dataset; by default `DATASET`.
        title: of the dataset, in any language.
        licence: IRI of its licence.
        url: of the folder in which the files of ``kg build`` are published.

    Raises:
        KgError: something that should be an IRI is none.
    """
    for given in (iri, licence, url):
        if given is not None and not _is_iri(given):
            raise KgError(f"“{given}” is no IRI", hint="give a full one, such as https://example.org/news")
    writer = _Description(store, iri or DATASET)
    triples = [*writer.dataset(title, licence), *writer.facts(), *writer.statements(), *writer.links()]
    if url is not None:
        triples += writer.files(url if url.endswith(("/", "#")) else f"{url}/")
    return frozenset(ox.Quad(*triple) for triple in triples)


def written(quads: frozenset[ox.Quad], form: str) -> str:
    """A description as text.

    Args:
        quads: as `describe` gives them.
        form: one of `SPELLINGS`.

    Raises:
        KgError: there is no such format.
    """
    if form not in SPELLINGS:
        raise KgError(f"a description has no format called '{form}'", hint=f"allowed: {', '.join(SPELLINGS)}")
    return SPELLINGS[form](quads).decode()


def _is_iri(given: str) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+", given) is not None


class _Description:
    """The parts of a description, each a count of the store."""

    def __init__(self, store: Store, iri: str) -> None:
        self.store = store
        self.node = ox.NamedNode(iri)

    def _part(self, name: str) -> ox.NamedNode:
        space = self.node.value if self.node.value.endswith(("/", "#")) else f"{self.node.value}#"
        return ox.NamedNode(space + name)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.store.query(query).rows]

    def _counts(self, query: str) -> dict[str, int]:
        """IRI → number, of a query with two columns."""
        return {str(name): int(number) for name, number in self._rows(query) if name is not None}

    def _count(self, pattern: str) -> int:
        return int(self._rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")[0][0])

    def _known(self, curie_: str) -> list[str]:
        rows = self._rows(f"SELECT DISTINCT ?x {{ GRAPH ?article {{ ?article {curie_} ?x }} }}")
        return sorted(str(row[0]) for row in rows)

    def dataset(self, title: str | None, licence: str | None) -> Iterator[Triple]:
        """The dataset as a whole: size, time, languages, vocabulary, pipelines, software."""
        whole, software = self.node, ox.NamedNode(SOFTWARE)
        yield whole, A, term("void:Dataset")
        yield whole, A, term("dcat:Dataset")
        yield whole, term("dcterms:title"), text(title) if title else text("Knowledge graph from news", "en")
        if licence is not None:
            yield whole, term("dcterms:license"), ox.NamedNode(licence)
        plain, named = (
            self._count("?s ?p ?o"),
            self._count(f"GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != {store_version.GRAPH})"),
        )
        yield whole, term("void:triples"), integer(plain + named)
        yield whole, term("void:documents"), integer(self._count("GRAPH ?g { ?g a schema:NewsArticle }"))
        yield whole, term("void:uriSpace"), text(ENTITY)
        yield whole, term("dcterms:conformsTo"), ONTOLOGY
        yield whole, term("void:vocabulary"), ONTOLOGY
        for prefix in _VOCABULARIES:
            yield whole, term("void:vocabulary"), ox.NamedNode(PREFIXES[prefix])
        for predicate in ("dcterms:language", "kg:extractedWith", "kg:ontologyVersion"):
            for value in self._known(predicate):
                yield whole, term(predicate), text(value)
        for publisher in self._known("dc:publisher"):
            yield whole, term("dc:source"), text(publisher)  # of the articles; the graph's own publisher is another
        yield from self._period()
        yield whole, term("prov:wasAttributedTo"), software
        yield software, A, term("prov:SoftwareAgent")
        yield software, term("rdfs:label"), text("kg")
        yield software, term("schema:softwareVersion"), text(__version__)

    def _period(self) -> Iterator[Triple]:
        dates = [found for found in self._known("dcterms:issued") if re.match(r"\d{4}", found)]
        if dates:
            period = self._part("period")
            yield self.node, term("dcterms:temporal"), period
            yield period, A, term("dcterms:PeriodOfTime")
            yield period, term("dcat:startDate"), date(dates[0])
            yield period, term("dcat:endDate"), date(dates[-1])

    def _subset(self, name: str, title: str) -> Iterator[Triple]:
        part = self._part(name)
        yield self.node, term("void:subset"), part
        yield part, A, term("void:Dataset")
        yield part, term("dcterms:title"), text(title, "en")

    def facts(self) -> Iterator[Triple]:
        """The default graph, by class and by property."""
        part = self._part("facts")
        yield from self._subset("facts", "What is held to be so: the default graph")
        classes = self._counts("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
        properties = self._counts("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
        yield part, term("void:triples"), integer(sum(properties.values()))
        yield part, term("void:entities"), integer(self._rows("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }")[0][0])
        yield part, term("void:classes"), integer(len(classes))
        yield part, term("void:properties"), integer(len(properties))
        for iri, number in classes.items():
            one = self._part(f"class-{_mark(iri)}")
            yield part, term("void:classPartition"), one
            yield one, term("void:class"), ox.NamedNode(iri)
            yield one, term("void:entities"), integer(number)
        for iri, number in properties.items():
            one = self._part(f"property-{_mark(iri)}")
            yield part, term("void:propertyPartition"), one
            yield one, term("void:property"), ox.NamedNode(iri)
            yield one, term("void:triples"), integer(number)

    def statements(self) -> Iterator[Triple]:
        """The statements by status, and the mentions."""
        counts = self._counts(
            "SELECT ?status (COUNT(*) AS ?n) { GRAPH ?g { ?s a rdf:Statement ; kg:status ?status } } GROUP BY ?status"
        )
        yield from self._subset("statements", "Statements of every status, with their evidence")
        yield self._part("statements"), term("void:entities"), integer(sum(counts.values()))
        for iri, number in counts.items():
            one = self._part(f"statements-{local_name(iri)}")
            yield self._part("statements"), term("void:subset"), one
            yield one, A, term("void:Dataset")
            yield one, term("kg:status"), ox.NamedNode(iri)
            yield one, term("void:entities"), integer(number)
        yield from self._subset("mentions", "Places in the texts that speak of an entity")
        if open_triples := self._count("GRAPH ?g { ?t a kg:OpenTriple }"):
            yield from self._subset("open", "Open triples, in the words of the texts")
            yield self._part("open"), term("void:entities"), integer(open_triples)
        if counted := self._count(f"GRAPH {SOURCES} {{ ?s kg:independentSources ?n }}"):
            yield from self._subset("sources", "Which articles are prints of one text, and independent sources")
            prints = self._count(f"GRAPH {SOURCES} {{ ?a kg:reprintOf ?b }}")
            yield self._part("sources"), term("void:triples"), integer(counted + prints)
            yield self._part("reprints"), A, term("void:Linkset")
            yield self._part("sources"), term("void:subset"), self._part("reprints")
            yield self._part("reprints"), term("void:linkPredicate"), term("kg:reprintOf")
            yield self._part("reprints"), term("void:triples"), integer(prints)
        mentions = self._count("GRAPH ?g { ?m a kg:Mention }")
        yield self._part("mentions"), term("void:entities"), integer(mentions)

    def links(self) -> Iterator[Triple]:
        """Links to other datasets, one linkset for each namespace that they lead to."""
        rows = self._rows("SELECT ?x { ?s skos:exactMatch ?x }")
        spaces = Counter(re.match(r".*[#/]|", str(row[0]))[0] for row in rows)  # type: ignore[index]
        for space, number in sorted(spaces.items()):
            if space:
                one = self._part(f"links-{digest(space)}")
                yield self.node, term("void:subset"), one
                yield one, A, term("void:Linkset")
                yield one, term("void:linkPredicate"), term("skos:exactMatch")
                yield one, term("void:subjectsTarget"), self._part("facts")
                yield one, term("void:objectsTarget"), ox.NamedNode(space)
                yield one, term("void:triples"), integer(number)

    def files(self, url: str) -> Iterator[Triple]:
        """The files of ``kg build`` where they are published."""
        for name, media in _FILES.items():
            one = self._part(name)
            yield self.node, term("dcat:distribution"), one
            yield one, A, term("dcat:Distribution")
            yield one, term("dcterms:title"), text(name)
            yield one, term("dcat:downloadURL"), ox.NamedNode(url + name)
            yield one, term("dcat:mediaType"), ox.NamedNode(_MEDIA + media)


def _mark(iri: str) -> str:
    """A name for the part of a description that is about a class or a property."""
    short = curie(iri)
    return f"{local_name(iri)}-{digest(iri)}" if short.startswith("<") else short.removeprefix("kg:").replace(":", "-")
