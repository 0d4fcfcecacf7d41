"""Statements and quotes in a form that reads well wherever it is shown."""

from __future__ import annotations

import html
from typing import Self

from kg.qualifier_words import in_words
from kg.records import Explanation, Extraction, Rejection, Statement


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
