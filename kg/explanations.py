"""A statement as people read it: names instead of IRIs, the sentence with its words marked, the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from kg.qualifier_words import in_words
from kg.records import Article, Evidence, Explanation, Statement
from kg.terms import local_name

_Mark = tuple[int, int, Literal["subject", "predicate", "object"]]


def explanation(
    statement: Statement,
    article: Article,
    label: Callable[[str], str | None],
    sources: int | None = None,
    reprint_of: str | None = None,
) -> Explanation:
    """What there is to say for a statement.

    Args:
        statement: what is to be explained.
        article: the one that it was read in.
        label: gives the label of an entity's IRI, if it has one.
        sources, reprint_of: see `Explanation`.
    """

    def name(iri: str) -> str:
        return label(iri) or local_name(iri)

    proof = statement.evidence
    return Explanation(
        subject=name(statement.subject),
        property=statement.property,
        object=name(statement.object),
        status=statement.status,
        confidence=statement.confidence,
        quote=proof.quote,
        marks=marks(proof),
        article_id=article.id,
        article_title=article.title,
        date=article.date,
        url=article.url,
        attributed_to=label(statement.attributed_to) if statement.attributed_to else None,
        reasons=proof.reasons,
        event_time=statement.event_time,
        qualifiers=in_words(statement, name),
        publisher=article.publisher,
        sources=sources,
        reprint_of=reprint_of,
    )


def marks(proof: Evidence) -> tuple[_Mark, ...]:
    """Where subject, predicate and object stand in the quote: start, end and role, sorted."""
    spans = [("subject", proof.subject), ("object", proof.object), *(("predicate", run) for run in proof.predicate)]
    found = [
        (start - proof.start, end - proof.start, role)
        for role, (start, end) in spans
        if proof.start <= start < end <= proof.end
    ]
    return tuple(cast("list[_Mark]", sorted(found)))
