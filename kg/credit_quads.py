"""Who published an article, who wrote it and in which section it stood: as triples, and back.

All of it is text, as articles give it: which person or house a name means is not looked up, and a node for each name
would say that equal names are one. Dublin Core's terms of 2012 (``dcterms:``) want such nodes, so its Element Set 1.1
(``dc:``) is used, which takes text; schema.org takes text wherever it expects a thing
(https://schema.org/docs/gs.html#schemaorg_expected).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg.records import Article
from kg.terms import Object, term, text


class Credits(NamedTuple):
    """What `kg.records.Article` has of them."""

    publisher: str | None
    authors: tuple[str, ...]
    section: str | None


def credit_quads(article: Article) -> Iterator[tuple[ox.NamedNode, Object]]:
    """Predicates and objects of the article's own node."""
    if article.publisher is not None:
        yield term("dc:publisher"), text(article.publisher)
        yield term("schema:publisher"), text(article.publisher)
    for number, author in enumerate(article.authors, start=1):
        yield term("dc:creator"), text(author)
        yield term("schema:author"), text(author)
        if len(article.authors) > 1:  # triples have no order, a byline has
            yield term("kg:byline"), text(f"{number} {author}")
    if article.section is not None:
        yield term("schema:articleSection"), text(article.section)


def read_credits(about: Mapping[str, Sequence[str]]) -> Credits:
    """What the triples of an article's node say.

    Args:
        about: predicate IRI → values.
    """

    def values(curie: str) -> list[str]:
        return sorted(about.get(term(curie).value, ()))

    numbered = (one.partition(" ") for one in values("kg:byline"))
    byline = sorted((int(number), name) for number, _, name in numbered if number.isdecimal())
    return Credits(
        publisher=next(iter(values("dc:publisher")), None),
        authors=tuple(name for _, name in byline) or tuple(values("dc:creator")),
        section=next(iter(values("schema:articleSection")), None),
    )
