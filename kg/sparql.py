"""SPARQL queries: what may be asked, what is wrong with a query, and its result.

Queries only read. Both engines get their syntax checked by the same parser, so that an error reads
the same everywhere; what would leave the store (``SERVICE``, ``FROM <file:…>``) is refused before
anything runs.
"""

from __future__ import annotations

import csv
import html
import importlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph as ox
import rdflib
from rdflib.term import BNode, IdentifiedNode, URIRef, Variable

from kg.errors import KgError, QueryError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["select", "ask", "construct"]
Term = URIRef | BNode | rdflib.Literal
Row = tuple[Term | None, ...]

_SHOWN: Final = 100  # rows in a notebook; more only slow the page down
_FORMS: Final = "SELECT, ASK, CONSTRUCT or DESCRIBE"
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_STRING: Final = "xsd:string"
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIX_AT: Final = re.compile(r"([^\s{}()<>\"'|^`;,/!*+=&]*):")

_LEXER: Final = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?P<prefix>(?:[^\W\d_][\w\-.]*)?):(?:[\w\-.:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FULL_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://.*>")


def check(query: str) -> None:
    """Refuse a query that is not one, or that would reach beyond the store.

    Raises:
        QueryError: an update, ``SERVICE``, a file behind ``FROM``, or a syntax error with its line
            and column.
    """
    _check_words(query)
    _check_words(_ESCAPED.sub(lambda found: _character(found[1] or found[2]), query))
    try:
        # Nothing is in this store, so only the parser works; a result is lazy and thrown away.
        ox.Store().query(query, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise _syntax_error(query, str(error)) from None
    except (OSError, RuntimeError, ValueError):
        pass  # no matter of syntax: the engine will say it


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _check_words(query: str) -> None:
    tokens = [found for found in _LEXER.finditer(query) if found.lastgroup != "comment"]
    words = [found for found in tokens if found.lastgroup == "word"]
    first = next((found for found in words if found[0].upper() not in ("PREFIX", "BASE")), None)
    if first and first[0].upper() in _UPDATES:
        raise _refused(query, first.start(), f"{first[0].upper()} would change the store, queries only read")
    for word in words:
        if word[0].upper() == "FROM":
            graph = re.compile(r"\s*(?:NAMED\s*)?<\s*file:", re.IGNORECASE).match(query, word.end())
            if graph:
                raise _refused(query, word.start(), "FROM with a file is not allowed, queries read only the store")
    if "service" not in query.casefold():
        return
    # An engine need not see a word where this lexer sees one: "a<?b#c>" may be a comparison with a
    # comment behind it, and keywords may touch. So with this word about, only plain cases pass.
    for token in tokens:
        kind, value = token.lastgroup, token[0]
        hidden = (
            "service" in value.casefold()
            if kind == "word"
            else "service" in (token["prefix"] or "").casefold()
            if kind == "name"
            else kind == "iri" and not _FULL_IRI.fullmatch(value)
        )
        if hidden:
            raise _refused(query, token.start(), "SERVICE is not allowed, queries read only the store")


def _refused(query: str, at: int, problem: str) -> QueryError:
    line = query.count("\n", 0, at) + 1
    return QueryError(f"SPARQL: {problem}", line=line, hint=f"write {_FORMS} over the store's own graphs")


def _syntax_error(query: str, message: str) -> QueryError:
    """The parser's message with the line it is about, in one line."""
    found = _PLACE.match(message)
    if not found:
        return QueryError(f"SPARQL: {message[:200]}", hint=f"write {_FORMS}")
    line, column, told = int(found[1]), int(found[2]), found[3]
    lines = query.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    tokens = [found for found in _LEXER.finditer(query) if found.lastgroup != "comment"]
    first = next((t[0] for t in tokens if t.lastgroup == "word" and t[0].upper() not in ("PREFIX", "BASE")), "")
    marks = [token[0] for token in tokens if token.lastgroup == "other"]
    if "Prefix not found" in told:
        names = [name for name in _PREFIX_AT.findall(shown[: column - 1]) if name not in PREFIXES]
        problem = f"unknown prefix {names[-1]}:" if names else "unknown prefix"
        hint = "known without PREFIX: " + ", ".join(PREFIXES)
    elif query.strip() == "":
        problem, hint = "the query is empty", f"write {_FORMS}"
    elif first.upper() not in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
        problem, hint = "syntax error", f"a query begins with {_FORMS}"
    elif marks.count("{") != marks.count("}"):
        problem, hint = "syntax error", f"there are {marks.count('{')} {{ but {marks.count('}')} }}"
    else:
        problem, hint = "syntax error", "look just before this place as well: often a . or ; is missing there"
    start = max(0, column - 80)
    near = f" in '{shown[start : start + 120].strip()}'" if shown.strip() else ""
    return QueryError(f"column {column}: {problem}{near}", line=line, hint=hint)


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """A term of Oxigraph as rdflib's; plain strings carry no datatype there."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
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
    try:
        return importlib.import_module("pandas")
    except ModuleNotFoundError:
        raise KgError("pandas is not installed", hint="pip install 'kg-news[pandas]'") from None


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
    """Entity IRI → label, for showing."""

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
        return [f"… {left} more"] if left > 0 else []

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a DataFrame of plain Python values; an IRI is its text, none is None.

        Raises:
            KgError: pandas is not installed.
        """
        frame: type[pd.DataFrame] = import_pandas().DataFrame
        return frame([[_python(term) for term in row] for row in self.rows], columns=list(self.columns))

    def to_csv(self) -> str:
        """SPARQL 1.1 CSV, with texts made safe for spreadsheets (see `safe_cell`)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow(["" if term is None else _cell(term) for term in row])
        return out.getvalue()

    def to_json(self) -> str:
        """SPARQL 1.1 JSON results; a ``CONSTRUCT`` is written as a select of its three columns."""
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": bool(self)})
        bindings = [
            {name: _json(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
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

    def _repr_html_(self) -> str:
        head = "".join(f"<th style='text-align:left'>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(self._html(term) for term in row)}</tr>" for row in self.rows[:_SHOWN])
        foot = "".join(f"<p>{html.escape(line)}</p>" for line in self._more())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"

    def _html(self, term: Term | None) -> str:
        shown = html.escape(self.text(term))
        title = f" title='{html.escape(str(term))}'" if isinstance(term, URIRef) else ""
        return f"<td style='text-align:left'{title}>{shown}</td>"


def sorted_rows(query: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows in the order the query asks for; where it asks for none, in one that never changes."""
    if any(found.lastgroup == "word" and found[0].upper() == "ORDER" for found in _LEXER.finditer(query)):
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: [_sort_key(term) for term in row]))


def _sort_key(term: Term | None) -> tuple[str, str, str]:
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


def unknown_names(sparql: str, ask: Callable[[str], QueryResult]) -> list[str]:
    """The names of ``kg:`` and ``entity:`` in a query that no triple holds, as a slip of the pen gives.

    Args:
        sparql: the query.
        ask: asks the graph that the names are sought in.
    """
    here = "{{ {0} ?p ?o }} UNION {{ ?s {0} ?o }} UNION {{ ?s ?p {0} }}"
    anywhere = f"ASK {{{{ {here} UNION {{{{ GRAPH ?g {{{{ {here} }}}} }}}} }}}}"
    names = sorted(set(re.findall(r"\b(?:kg|entity):[A-Za-z0-9_-]+", sparql)))
    return [name for name in names if not ask(anywhere.format(name))]
