"""A small vocabulary, and articles whose extractions are written down by hand instead of read by a pipeline."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.namespaces import KG, digest, entity_iri
from kg.ontology import Ontology, OntologyClass, Property
from kg.records import (
    QUALIFIERS,
    Article,
    Block,
    Entity,
    Evidence,
    Extraction,
    Link,
    Mention,
    OpenTriple,
    Phrase,
    Qualifier,
    Statement,
    Status,
)

BROAD = {"Company": "Organization", "GovernmentBody": "Organization", "Country": "Place"}
PARENTS = {"Company": ("Organization",), "GovernmentBody": ("Organization",), "Country": ("Place",)}
CLASSES = ("Company", "Country", "GovernmentBody", "Organization", "Person", "Place", "Product")
PROPERTIES = {
    "partnersWith": ("arbeitet zusammen mit", "partners with", True),
    "basedIn": ("hat seinen Sitz in", "is based in", False),
    "restricts": ("schränkt ein", "restricts", False),
    "leads": ("leitet", "leads", False),
}


def vocabulary(
    version: str = "1", symmetric: bool = True, parents: dict[str, tuple[str, ...]] | None = None
) -> Ontology:
    """The vocabulary of the hand-made articles."""
    parents = PARENTS if parents is None else parents
    classes = {name: OntologyClass(name, KG + name, parents.get(name, ()), {"de": name}, {}) for name in CLASSES}
    properties = {
        name: Property(
            name=name,
            iri=KG + name,
            labels={"de": german, "en": english},
            definitions={"en": f"It holds when the text says: {english}."},
            domain=frozenset({"Organization"}),
            range=frozenset({"Organization"}),
            symmetric=both and symmetric,
            patterns=(),
        )
        for name, (german, english, both) in PROPERTIES.items()
    }
    labels = {"asserted": {"de": "behauptet", "en": "asserted"}}
    mark = digest(version, str(symmetric), str(sorted(parents.items())))
    return Ontology(classes, properties, {}, labels, version, mark)


ONTOLOGY = vocabulary()


def iri(name: str) -> str:
    """The IRI of an entity by its label."""
    types = {"China": "Country", "Russland": "Country", "USA": "Country", "Gou Ping": "Person"}
    kind = types.get(name, "Company")
    return entity_iri(name, BROAD.get(kind, kind))


def entity(label: str, kind: str = "Company", aliases: tuple[str, ...] = (), name: str | None = None) -> Entity:
    """An entity; ``name`` where its label is not the name that made its IRI."""
    return Entity(iri(name or label), label, kind, aliases)


def article(
    article_id: str,
    sentences: list[str],
    entities: tuple[Entity, ...],
    *,
    title: str | None = None,
    date: str | None = "2019-06-06",
    url: str | None = None,
    publisher: str | None = None,
    authors: tuple[str, ...] = (),
    section: str | None = None,
) -> Extraction:
    """An article of sentences in which braces mark the words of a statement.

    A sentence begins with what it says, ``property status [who says so]|``, and marks its words with
    ``{s:…}``, ``{p:…}``, ``{o:…}``, each ``s`` and ``o`` naming its entity as ``{s:words=label}`` where
    the words are not the label.
    """
    text, statements, links = title or "", [], []
    blocks = [Block("title", 0, len(text))] if title else []
    for number, line in enumerate(sentences):
        about, _, marked = line.rpartition("|")
        text += "\n\n" if text else ""
        start = len(text)
        spans: dict[str, list[tuple[int, int]]] = {}
        ends: dict[str, str] = {}
        at = 0
        for found in re.finditer(r"\{([spo]):([^}=]*)(?:=([^}]*))?\}", marked):
            text += marked[at : found.start()]
            span = (len(text), len(text) + len(found[2]))
            spans.setdefault(found[1], []).append(span)
            text += found[2]
            at = found.end()
            if found[1] != "p":
                ends[found[1]] = found[3] or found[2]
                mention = Mention(number, *span, found[2], "name", "Company", 0)
                links.append(Link(mention, iri(ends[found[1]]), f"called {ends[found[1]]}", 0.9))
        text += marked[at:]
        blocks.append(Block("paragraph", start, len(text)))
        if about:
            prop, status, source = [*about.split(" ", 2), "", ""][:3]
            evidence = Evidence(
                article=article_id,
                start=start,
                end=len(text),
                quote=text[start:],
                subject=spans["s"][0],
                predicate=tuple(spans.get("p", ())),
                object=spans["o"][0],
                reasons=tuple(sorted((f"called {ends['o']}", f"called {ends['s']}"))),
            )
            statements.append(_statement(prop, status, source, ends, evidence))
    body = Article(
        article_id,
        text,
        tuple(blocks),
        title,
        date,
        url,
        language="de",
        publisher=publisher,
        authors=authors,
        section=section,
    )
    return Extraction(body, "de", "hand-made 1.0", entities, tuple(links), tuple(statements), ())


def _statement(prop: str, status: str, source: str, ends: dict[str, str], evidence: Evidence) -> Statement:
    known: Status = status  # type: ignore[assignment]
    subject, value = iri(ends["s"]), iri(ends["o"])
    return Statement(
        id=digest(evidence.article, subject, prop, value, str(evidence.start)),
        subject=subject,
        property=prop,
        object=value,
        status=known,
        confidence=0.94,
        evidence=evidence,
        attributed_to=iri(source) if source else None,
        about=(iri("China"),) if source else (),
        event_time="2019-06" if source else None,
        qualifiers=qualifiers_in(evidence) if source else (),
    )


def qualifiers_in(evidence: Evidence) -> tuple[Qualifier, ...]:
    """One qualifier of each kind, its words taken from the start of the sentence."""
    at = evidence.start
    given = {
        "time": (None, None, None),
        "amount": (5.4e9, "EUR", None),
        "share": (0.301, None, None),
        "count": (500.0, "Stellen", None),
        "role": (None, None, None),
        "topic": (None, None, iri("China")),
        "place": (None, None, iri("Russland")),
    }
    words = evidence.quote[:2]
    return tuple(Qualifier(kind, words, at, at + 2, *given[kind]) for kind in QUALIFIERS)


HUAWEI = entity("Huawei", aliases=("Huawei Technologies",))
MTS = entity("MTS")
CHINA = replace(entity("China", "Country"), same_as=("http://www.wikidata.org/entity/Q148",))
RUSSLAND = entity("Russland", "Country", aliases=("Russische Föderation",))
USA = entity("USA", "Country", aliases=("Vereinigte Staaten",))
GOU_PING = entity("Gou Ping", "Person")


def news() -> tuple[Extraction, ...]:
    """Three articles: two share a triple, one status of each kind that matters occurs."""
    return (
        article(
            "a1",
            [
                "partnersWith asserted|{s:Huawei} {p:hat} mit {o:MTS} eine {p:Vereinbarung} {p:getroffen}.",
                "basedIn asserted|Der {o:russische=Russland} Betreiber {s:MTS} ist froh.",
                "leads reported Gou Ping|Er {p:führt} den Konzern, sagt {s:Gou Ping} von {o:Huawei}.",
            ],
            (HUAWEI, MTS, RUSSLAND, GOU_PING, CHINA),
            title="Huawei baut 5G in Russland",
            url="https://news.example/a1?x=1&y=2",
        ),
        article(
            "a2",
            [
                "partnersWith asserted|{s:MTS} {p:arbeitet} mit {o:Huawei} {p:zusammen}.",
                "restricts planned|Die {s:USA} {p:wollen} {o:Huawei} {p:ausschließen}.",
            ],
            (HUAWEI, MTS, USA),
            date="2019-06-11",
        ),
        article(
            "a3",
            [
                "basedIn asserted|{s:Huawei} {p:sitzt in} {o:China}.",
                "restricts negated|Die {s:USA} {p:schließen} {o:Huawei} {p:nicht aus}.",
                "restricts asserted|Die {s:Vereinigten Staaten=USA} {p:schränken} {o:MTS} {p:ein}.",
            ],
            (HUAWEI, CHINA, USA, MTS),
            title="<script>alert('x')</script>",
            date="2019",
        ),
    )


def _phrase(words: str, article: Article) -> Phrase:
    start = article.text.index(words)
    return Phrase(words, (start,), ((start, start + len(words)),))


def with_open(extraction: Extraction, status: Status = "asserted") -> Extraction:
    """An extraction with two open triples: one between entities, one with an end that is only a phrase."""
    article = extraction.article
    one = extraction.statements[0]
    quote = article.text[one.evidence.start : one.evidence.end]
    subject = article.text[slice(*one.evidence.subject)]
    target = article.text[slice(*one.evidence.object)]
    relation = article.text[slice(*one.evidence.predicate[0])]
    between = OpenTriple(
        sentence=0,
        start=one.evidence.start,
        end=one.evidence.end,
        subject=_phrase(subject, article),
        relation=_phrase(relation, article),
        object=_phrase(target, article),
        clause_type="SVO",
        status=status,
        confidence=0.8,
        subject_entity=one.subject,
        object_entity=one.object,
        property=one.property,
    )
    last = quote.split()[-1].rstrip(".")
    beside = replace(between, object=_phrase(last, article), object_entity=None, property=None)
    return replace(extraction, open_triples=(between, beside))
