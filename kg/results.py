"""Statements and quotes in a form that reads well wherever it is shown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Self, overload

from kg.qualifier_words import in_words
from kg.records import PLAIN, STATUSES, Explanation, Extraction, OpenTriple, Rejection, Statement

if TYPE_CHECKING:
    import pandas as pd

_SHOWN: Final = 20  # explanations in a notebook
# Readable on white and on black; the roles differ by underline as well, not by colour alone.
_MARKS: Final = {
    "subject": "background:#56b4e955;border-bottom:2px solid #0072b2",
    "predicate": "background:#f0e44255;border-bottom:2px dashed #b38600",
    "object": "background:#009e7344;border-bottom:2px dotted #009e73",
}


def quote_pieces(one: Explanation) -> list[tuple[str, str]]:
    """The quote cut at its marks, each piece with its role or ""; of marks that overlap the first wins."""
    return _pieces(one.quote, one.marks)


def _pieces(quote: str, found: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    pieces, at = [], 0
    for start, end, role in found:
        if start >= at:
            pieces += [(quote[at:start], ""), (quote[start:end], role)]
            at = end
    return [piece for piece in [*pieces, (quote[at:], "")] if piece[0]]


def _marked(pieces: Sequence[tuple[str, str]]) -> str:
    """Pieces of a quote as HTML."""
    return "".join(
        f"<span style='{_MARKS[role]}' title='{role}'>{html.escape(words)}</span>" if role else html.escape(words)
        for words, role in pieces
    )


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
        from kg.explanations import marks  # noqa: PLC0415 (Oxigraph, which the command line does without at first)

        def row(one: Statement) -> str:
            cells = (
                self.label(one.subject),
                one.property,
                self.label(one.object),
                one.status,
                f"{one.confidence:.2f}",
                "; ".join(f"{kind}: {read}" for kind, read in in_words(one, self.label)),
            )
            plain = "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in cells)
            quote = _marked(_pieces(one.evidence.quote, marks(one.evidence)))
            return f"<tr>{plain}<td style='text-align:left'>{quote}</td></tr>"

        heads = "".join(
            f"<th>{name}</th>" for name in ("subject", "property", "object", "status", "", "more", "sentence")
        )
        rows = "".join(row(one) for one in self)
        if not rows:
            return "<p>no statement found</p>"
        legend = " ".join(_marked([(role, role)]) for role in _MARKS)
        return f"<table><tr>{heads}</tr>{rows}</table><p><small>{legend}</small></p>"


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


class Explanations(Sequence[Explanation]):
    """The statements behind a triple: a sequence that shows itself as text and in notebooks.

    >>> print(Explanations(()))
    nothing in the graph says so
    """

    def __init__(self, found: Sequence[Explanation]) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, index: int) -> Explanation: ...
    @overload
    def __getitem__(self, index: slice) -> Explanations: ...
    def __getitem__(self, index: int | slice) -> Explanation | Explanations:
        return Explanations(self._found[index]) if isinstance(index, slice) else self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Explanations | tuple) and self._found == tuple(other)

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        return f"<Explanations: {len(self)}>"

    def __str__(self) -> str:
        if not self._found:
            return "nothing in the graph says so"
        return "\n\n".join(filter(None, [*map(_as_text, self._found), told_by(self._found)]))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401 (of IPython, which need not be there)
        printer.text(str(self[:_SHOWN]))

    def _repr_html_(self) -> str:
        if not self._found:
            return f"<p>{html.escape(str(self))}</p>"
        left, told = len(self) - _SHOWN, told_by(self._found)
        more = f"<p>… {left} more</p>" if left > 0 else ""
        return "".join(map(_as_html, self._found[:_SHOWN])) + more + (f"<p><small>{told}</small></p>" if told else "")


def told_by(found: Iterable[Explanation]) -> str:
    """How many articles some statements are from, and how many sources; "" where it is one article.

    Where some say of one relation that it is so and others that it is not, or planned, they are counted apart: none of
    them is a source for what the others say.

    >>> told_by(())
    ''
    """
    known = tuple(found)
    kinds: dict[str, list[Explanation]] = {}
    for one in known:
        kinds.setdefault("asserted" if one.status in PLAIN else one.status, []).append(one)
    if len(kinds) > 1 and len({(one.property, frozenset((one.subject, one.object))) for one in known}) == 1:
        return "; ".join(f"{status}: {_number_of(kinds[status])}" for status in STATUSES if status in kinds)
    return _number_of(known) if len({one.article_id for one in known}) > 1 else ""


def _number_of(found: Iterable[Explanation]) -> str:
    articles = {one.article_id: one.reprint_of or one.article_id for one in found}
    sources = len(set(articles.values()))
    number = f"{len(articles)} article{'' if len(articles) == 1 else 's'}"
    return f"{number}, {sources} independent source{'' if sources == 1 else 's'}"


def _source(one: Explanation) -> str:
    by = f"according to {one.attributed_to}" if one.attributed_to else ""
    print_of = f"a print of {one.reprint_of}" if one.reprint_of else ""
    parts = (one.article_title or one.article_id, one.publisher, one.date, one.url, print_of, by)
    return " · ".join(part for part in parts if part)


def _as_text(one: Explanation) -> str:
    sure = f"{one.status}, {one.confidence:.2f}"
    because = f"\n  because: {'; '.join(one.reasons)}" if one.reasons else ""
    added = f"\n  {_added(one)}" if one.qualifiers else ""
    quote = " ".join("".join(f"[{words}]" if role else words for words, role in quote_pieces(one)).split())
    return f"{one.subject} – {one.property} – {one.object} ({sure})\n  “{quote}”\n  {_source(one)}{added}{because}"


def _added(one: Explanation) -> str:
    """What qualifies a statement, in one line."""
    return " ".join(" · ".join(f"{kind}: {read}" for kind, read in one.qualifiers).split())


def _as_html(one: Explanation) -> str:
    head = html.escape(f"{one.subject} – {one.property} – {one.object}")
    sure = html.escape(f"{one.status}, {one.confidence:.2f}")
    because = f"<br><small>{html.escape('; '.join(one.reasons))}</small>" if one.reasons else ""
    added = f"<br><small>{html.escape(_added(one))}</small>" if one.qualifiers else ""
    quote = _marked(quote_pieces(one))
    style = "margin:0.5em 0;padding-left:0.8em;border-left:3px solid #7a8691"
    return (
        f"<div style='{style}'><b>{head}</b> <small>({sure})</small><br>{quote}<br>"
        f"<small>{html.escape(_source(one))}</small>{added}{because}</div>"
    )
