"""Statements and entities as pandas DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kg.entity_lists import entities
from kg.errors import KgError
from kg.independence import counted
from kg.qualifier_words import in_words, measure
from kg.records import QUALIFIERS, QualifierKind, Statement
from kg.sparql import import_pandas
from kg.store import Store

if TYPE_CHECKING:
    import pandas as pd

Subject = Literal["statements", "entities"]


def to_pandas(store: Store, of: Subject) -> pd.DataFrame:
    """A store's statements, sorted by article and place, or its entities, the most mentioned first.

    Entities stand with their labels. Sums come with their currency ("4500000000 EUR"), shares as fractions of 1,
    counts with what is counted. ``sources`` are the independent ones of the same relation and status.

    Raises:
        KgError: pandas is not installed, or there is no such table.
    """
    if of == "entities":
        return entities(store).to_dataframe()
    if of != "statements":
        raise KgError(f"no table of {of}", hint="allowed: statements, entities")
    frame: type[pd.DataFrame] = import_pandas().DataFrame
    names = {entity.iri: entity.label for entity in store.entities()}
    printed = {article.id: (article.publisher, article.date) for article in store.articles()}
    columns = ["subject", "property", "object", "status", "confidence", "attributed_to", "event_time"]
    added = [kind for kind in QUALIFIERS if kind != "time"]

    def cell(one: Statement, kind: QualifierKind) -> str | None:
        if kind in {"amount", "share", "count"}:
            return "; ".join(measure(q) for q in one.qualifiers if q.kind == kind) or None
        named = in_words(one, lambda iri: names.get(iri, iri))
        return "; ".join(read for known, read in named if known == kind) or None

    statements = store.statements()
    sources = counted(statements, store.origins(), store.symmetric_properties())
    rows = [
        (
            names.get(one.subject, one.subject),
            one.property,
            names.get(one.object, one.object),
            one.status,
            one.confidence,
            names.get(one.attributed_to, one.attributed_to) if one.attributed_to else None,
            one.event_time,
            *(cell(one, kind) for kind in added),
            sources[one.id],
            one.evidence.article,
            *printed.get(one.evidence.article, (None, None)),
            one.evidence.quote,
            one.id,
        )
        for one in statements
    ]
    return frame(rows, columns=[*columns, *added, "sources", "article", "publisher", "date", "quote", "id"])
