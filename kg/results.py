"""Statements and quotes in a form that reads well wherever it is shown."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Self

from kg.qualifier_words import in_words
from kg.records import Explanation, Extraction, OpenTriple, Rejection, Statement

if TYPE_CHECKING:
    import pandas as pd


def quote_pieces(one: Explanation) -> list[tuple[str, str]]:
    """The quote cut at its marks, each piece with its role or ""; of marks that overlap the first wins."""
    pieces, at = [], 0
    for start, end, role in one.marks:
        if start >= at:
            pieces += [(one.quote[at:start], ""), (one.quote[start:end], role)]
            at = end
    return [piece for piece in [*pieces, (one.quote[at:], "")] if piece[0]]


class Statements(tuple[Statement, ...]):
    """Statements that print with labels instead of IRIs; else a plain tuple.

    Attributes:
        extraction: all that was found beside them: entities, links, rejections.
    """

    extraction: Extraction

    @classmethod
    def of(cls, extraction: Extraction) -> Self:
        """The statements of an extraction."""
        made = cls(extraction.statements)
        made.extraction = extraction
        return made

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """What was seen but not made a statement, with the reason."""
        return self.extraction.rejections

    def label(self, iri: str) -> str:
        """The label of one of the entities; the IRI itself where it has none."""
        return next((entity.label for entity in self.extraction.entities if entity.iri == iri), iri)

    def __repr__(self) -> str:
        return "\n".join(map(self._line, self)) or "no statement found"

    def _line(self, one: Statement) -> str:
        says = f", says {self.label(one.attributed_to)}" if one.attributed_to else ""
        ends = self.label(one.subject), self.label(one.object)
        added = "".join(f", {kind}: {read}" for kind, read in in_words(one, self.label))
        return f"{ends[0]} {one.property} {ends[1]} ({one.status}, {one.confidence:.2f}{says}{added})"

    def _repr_html_(self) -> str:
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td style='text-align:left'>{html.escape(cell)}</td>"
                for cell in (
                    self.label(one.subject),
                    one.property,
                    self.label(one.object),
                    one.status,
                    f"{one.confidence:.2f}",
                    "; ".join(f"{kind}: {read}" for kind, read in in_words(one, self.label)),
                    one.evidence.quote,
                )
            )
            + "</tr>"
            for one in self
        )
        heads = "".join(
            f"<th>{name}</th>" for name in ("subject", "property", "object", "status", "", "more", "sentence")
        )
        return f"<table><tr>{heads}</tr>{rows}</table>" if rows else "<p>no statement found</p>"


class OpenTriples(tuple[OpenTriple, ...]):
    """Open triples that print one to a line and show as a table in notebooks; else a plain tuple."""

    def rows(self) -> list[tuple[int, str, str, str]]:
        """Number of the sentence from 1 on, subject, relation, object."""
        return [(one.sentence + 1, one.subject.text, one.relation.text, one.object.text) for one in self]

    def to_dataframe(self) -> pd.DataFrame:
        """The triples as a pandas DataFrame.

        Raises:
            KgError: pandas is not installed.
        """
        from kg.sparql import import_pandas  # noqa: PLC0415 (pandas is an extra)

        rows = [
            (*row, one.clause_type, one.status, one.confidence, one.source, one.subject_entity, one.object_entity)
            for row, one in zip(self.rows(), self, strict=True)
        ]
        names = "sentence subject relation object clause_type status confidence source subject_entity object_entity"
        frame: pd.DataFrame = import_pandas().DataFrame(rows, columns=names.split())
        return frame

    def __repr__(self) -> str:
        return "\n".join(" | ".join(map(str, row)) for row in self.rows()) or "no triple found"

    def _repr_html_(self) -> str:
        cells = [(*map(str, row), one.status) for row, one in zip(self.rows(), self, strict=True)]
        body = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in cells
        )
        heads = "".join(f"<th>{name}</th>" for name in ("", "subject", "relation", "object", "status"))
        return f"<table><tr>{heads}</tr>{body}</table>" if body else "<p>no triple found</p>"
