"""SPARQL queries: what may be asked, what is wrong with a query, and its result.

Queries only read. Both engines get their syntax checked by the same parser, so that an error reads
the same everywhere; what would leave the store (``SERVICE``, ``FROM <file:…>``) is refused before
anything runs.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox
import rdflib
from rdflib.term import BNode, IdentifiedNode, URIRef, Variable

from kg.errors import QueryError
from kg.extras import extra
from kg.namespaces import PREFIXES
from kg.sparql_text import check_words, is_word, syntax_error, tokens

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["select", "ask", "construct"]
Term = URIRef | BNode | rdflib.Literal
Row = tuple[Term | None, ...]

_SHOWN: Final = 100  # rows in a notebook; more only slow the page down


def check(query: str) -> None:
    """Refuse a query that is not one, or that would reach beyond the store.

    Raises:
        QueryError: an update, ``SERVICE``, a file behind ``FROM``, or a syntax error with its line
            and column.
    """
    check_words(query)
    try:
        # Nothing is in this store, so only the parser works; a result is lazy and thrown away.
        ox.Store().query(query, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise syntax_error(query, str(error)) from None
    except (OSError, RuntimeError, ValueError):
        pass  # no matter of syntax: the engine will say it


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """A term of Oxigraph as rdflib's; plain strings carry no datatype there."""
    match term:
        case ox.NamedNode():
            return str.__new__(URIRef, term.value)  # Oxigraph has checked it: rdflib need not do it again
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            plain = term.datatype.value == PREFIXES["xsd"] + "string"
            return rdflib.Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
        case _:
            return rdflib.Literal(str(term))  # a triple term: rdflib has none, so its text


def from_rdflib(term: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of rdflib as Oxigraph's."""
    match term:
        case URIRef():
            return ox.NamedNode(str(term))
        case BNode():
            return ox.BlankNode(str(term))
        case rdflib.Literal():
            datatype = None if term.language or term.datatype is None else ox.NamedNode(str(term.datatype))
            return ox.Literal(str(term), language=term.language, datatype=datatype)
        case _:
            raise QueryError(f"a term that RDF 1.1 does not have: {term!r}")


def curie(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI itself in angle brackets.

    >>> curie("https://kg.example/entity/mts"), curie("https://example.org/x")
    ('entity:mts', '<https://example.org/x>')
    """
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if fitting:
        length, prefix = max(fitting)
        if re.fullmatch(r"[\w\-./]+", iri[length:]):
            return f"{prefix}:{iri[length:]}"
    return f"<{iri}>"


def import_pandas() -> ModuleType:
    """The module pandas, imported when it is first needed: an extra that many never need.

    Raises:
        KgError: pandas is not installed.
    """
    return extra("pandas", "pandas")


def safe_cell(value: str) -> str:
    """A text that a spreadsheet takes for a text.

    Excel, LibreOffice and Google Sheets run a cell that begins with one of ``= + - @``, a tab or a
    line break as a formula; an apostrophe before it prevents that, and is not shown.

    >>> safe_cell("=1+1"), safe_cell("MTS")
    ("'=1+1", 'MTS')
    """
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else value


@dataclass(frozen=True)
class QueryResult:
    """What a query found: rows that can be iterated, shown and written.

    ``SELECT`` gives one column per variable. ``ASK`` gives one row with one boolean, and the result
    is true or false like it. ``CONSTRUCT`` and ``DESCRIBE`` give the columns ``subject``,
    ``predicate``, ``object``. Rows come in the query's order where it says ``ORDER BY``, else sorted.
    """

    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False, compare=False)
    """IRI → label, for showing."""
    named: bool = False
    """Whether CSV, TSV, JSON and DataFrames have labels in the place of IRIs, too."""
    truncated: bool = False
    """Whether there were more rows than the limit that was asked for."""
    warnings: tuple[str, ...] = ()
    """What is odd about the query, such as a property that does not exist; one line each."""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        if self.kind == "ask":
            return bool(self.rows) and self.rows[0][0] == rdflib.Literal(True)
        return bool(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]

    def text(self, term: Term | None) -> str:
        """A term as people read it: a label, a prefixed name, or the literal's text; "" for none."""
        if term is None:
            return ""
        if isinstance(term, URIRef):
            return self.labels.get(str(term)) or curie(str(term))
        return str(term)

    def __str__(self) -> str:
        cells = [self.columns, *(tuple(self.text(term) for term in row) for row in self.rows[:_SHOWN])]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
        return "\n".join(line.rstrip() for line in [*lines, *self._more()])

    def _more(self) -> list[str]:
        left = len(self.rows) - _SHOWN
        told = [f"… {left} more"] if left > 0 else []
        return [*told, *(["… there are more rows than were asked for"] if self.truncated else []), *self.warnings]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a DataFrame of plain Python values; an IRI is its text, none is None.

        Raises:
            KgError: pandas is not installed.
        """
        frame: type[pd.DataFrame] = import_pandas().DataFrame
        return frame([[_python(term) for term in row] for row in self._written()], columns=list(self.columns))

    def to_csv(self) -> str:
        """SPARQL 1.1 CSV, with texts made safe for spreadsheets (see `safe_cell`)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self._written():
            writer.writerow(["" if term is None else _cell(term) for term in row])
        return out.getvalue()

    def to_tsv(self) -> str:
        """SPARQL 1.1 TSV: each term as Turtle writes it, so that nothing is lost."""
        head = "\t".join(f"?{name}" for name in self.columns)
        lines = ("\t".join("" if term is None else _exact(term) for term in row) for row in self._written())
        return "\n".join([head, *lines]) + "\n"

    def to_jsonl(self) -> str:
        """One JSON object a row, of plain values; what is not bound is left out."""
        rows = (dict(zip(self.columns, row, strict=True)) for row in self._written())
        return "".join(
            json.dumps({n: _plain(t) for n, t in row.items() if t is not None}, ensure_ascii=False) + "\n"
            for row in rows
        )

    def _written(self) -> Iterator[Row]:
        """The rows as files have them: with labels in the place of IRIs where these are wanted."""
        if not self.named:
            yield from self.rows
            return
        known = {URIRef(iri): rdflib.Literal(label) for iri, label in self.labels.items()}
        for row in self.rows:
            yield tuple(known.get(term, term) if isinstance(term, URIRef) else term for term in row)

    def to_json(self) -> str:
        """SPARQL 1.1 JSON results; a ``CONSTRUCT`` is written as a select of its three columns."""
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": bool(self)})
        bindings = [
            {name: _json(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self._written()
        ]
        document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1)

    def to_turtle(self) -> str:
        """The triples of a ``CONSTRUCT`` or ``DESCRIBE`` in Turtle.

        Raises:
            QueryError: the query was of another form.
        """
        if self.kind != "construct":
            raise QueryError(f"a {self.kind.upper()} query has no triples to write as Turtle", hint="use CONSTRUCT")
        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace, override=True)
        for subject, predicate, value in self.rows:
            graph.add((subject, predicate, value))  # type: ignore[arg-type]
        return graph.serialize(format="turtle")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401 (of IPython, which need not be there)
        printer.text(str(self))

    def _repr_html_(self) -> str:
        head = "".join(f"<th style='text-align:left'>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(self._html(term) for term in row)}</tr>" for row in self.rows[:_SHOWN])
        foot = "".join(f"<p>{html.escape(line)}</p>" for line in self._more())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"

    def _html(self, term: Term | None) -> str:
        shown = html.escape(self.text(term))
        title = f" title='{html.escape(str(term))}'" if isinstance(term, URIRef) else ""
        return f"<td style='text-align:left'{title}>{shown}</td>"


def is_ordered(query: str) -> bool:
    """Whether a query says ``ORDER BY``."""
    return "order" in query.casefold() and any(is_word(token, "ORDER") for token in tokens(query))


def sorted_rows(query: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows in the order the query asks for; where it asks for none, in one that never changes."""
    if is_ordered(query):
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: [sort_key(term) for term in row]))


def sort_key(term: Term | None) -> tuple[str, str, str]:
    """What rows without ``ORDER BY`` are sorted by: kind, text, then language and datatype."""
    if isinstance(term, rdflib.Literal):
        return "literal", str(term), f"{term.language or ''} {term.datatype or ''}"
    return type(term).__name__ if term is not None else "", str(term), ""


def _python(term: Term | None) -> object:
    if term is None or isinstance(term, IdentifiedNode | Variable):
        return None if term is None else str(term)
    value = term.toPython()
    if isinstance(value, rdflib.Literal):
        return str(value)
    return float(value) if type(value).__name__ == "Decimal" else value


def _plain(term: Term | None) -> object:
    """A value that JSON knows."""
    value = _python(term)
    return value if isinstance(value, bool | int | float | str) and value == value else str(term)  # noqa: PLR0124 (NaN)


def _exact(term: Term) -> str:
    return from_rdflib(term).__str__()


def _cell(term: Term) -> str:
    numeric = isinstance(term, rdflib.Literal) and isinstance(_python(term), int | float)
    return str(term) if numeric else safe_cell(str(term))


def _json(term: Term) -> dict[str, str]:
    if isinstance(term, rdflib.Literal):
        found = {"type": "literal", "value": str(term)}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype is not None:
            found["datatype"] = str(term.datatype)
        return found
    return {"type": "bnode" if isinstance(term, BNode) else "uri", "value": str(term)}
