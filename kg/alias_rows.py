"""Decision files as rows: which names are one thing, and which never are; see `kg.aliases`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import OntologyError
from kg.namespaces import PREFIXES
from kg.ontology import Gazetteer
from kg.turtle import RDF_TYPE, Source, local_name, read_facts, read_source

COLUMNS: Final = ("name", "decision", "other", "type", "note")
SAME: Final = "same"
DIFFERENT: Final = "different"
_NEEDED: Final = COLUMNS[:3]
_HEADER: Final = ",".join(COLUMNS[:4])
_DELIMITERS: Final = (",", ";", "\t")  # a spreadsheet that speaks German writes semicolons
_OWL: Final = PREFIXES["owl"]
_SKOS: Final = PREFIXES["skos"]


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: a name is another thing's name too, or never is.

    Attributes:
        name: as texts have it.
        other: the canonical name, or the name that it is kept apart from.
        same: whether they are one thing.
        type: local name of the class of ``other``; "" where the row gives none.
        iri: of the thing, where a Turtle file gives it.
    """

    name: str
    other: str
    same: bool
    type: str
    path: str
    line: int | None
    iri: str | None = None

    @property
    def place(self) -> str:
        """File and line for reasons in the graph, without the folders of this machine."""
        return f"{Path(self.path).name}:{self.line}" if self.line else Path(self.path).name


def wrong(row: Row, problem: str, hint: str) -> OntologyError:
    """An error at the place of a row."""
    return OntologyError(problem, path=row.path, line=row.line, hint=hint)


def is_turtle(path: Path) -> bool:
    """Whether a decision file is Turtle."""
    return path.suffix.lower() == ".ttl"


def read_rows(paths: Sequence[Path], gazetteer: Gazetteer) -> list[Row]:
    """The decisions of some files, in their order.

    Args:
        paths: ``.csv`` and ``.ttl`` files.
        gazetteer: with the entries of the Turtle files among them.

    Raises:
        OntologyError: a file cannot be read, or a row says something that cannot be used.
    """
    return [row for path in paths for row in (_of_turtle if is_turtle(path) else _of_csv)(path, gazetteer)]


def _read(path: Path) -> Source:
    try:
        return read_source(path)
    except OntologyError as error:
        hint = error.hint if error.line else f"name a .csv file with the columns {_HEADER}, or a .ttl file"
        raise OntologyError(error.problem, path=path, line=error.line, hint=hint) from None


def _of_csv(path: Path, _gazetteer: Gazetteer) -> Iterator[Row]:
    source = _read(path)
    if not source.text.strip():
        raise OntologyError("is empty", path=path, hint=f"begin it with the line {_HEADER}")
    first = source.text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    columns: list[str] = []
    line = 0
    try:
        for fields in reader:
            begin, line = line + 1, reader.line_num
            values = [" ".join(field.split()) for field in fields]
            if not any(values):
                continue
            if not columns:
                columns = _columns(values, path, begin)
            elif (row := _row(columns, values, path, begin)) is not None:
                yield row
    except csv.Error as error:
        raise OntologyError(f"is no CSV: {error}", path=path, line=line + 1, hint="close every quote") from None


def _columns(values: Sequence[str], path: Path, line: int) -> list[str]:
    columns = [value.lower() for value in values]
    allowed = f"allowed: {', '.join(COLUMNS)}; needed: {', '.join(_NEEDED)}"
    unknown = [value for value in columns if value not in COLUMNS]
    missing = [name for name in _NEEDED if name not in columns]
    if unknown:
        raise OntologyError(f"unknown column “{unknown[0]}”", path=path, line=line, hint=allowed)
    if missing:
        raise OntologyError(f"no column “{missing[0]}”", path=path, line=line, hint=allowed)
    if len(set(columns)) < len(columns):
        raise OntologyError("a column stands twice", path=path, line=line, hint=allowed)
    return columns


def _row(columns: Sequence[str], values: Sequence[str], path: Path, line: int) -> Row | None:
    """The decision of a line; None where nothing is decided yet."""
    if len(values) > len(columns):
        problem = f"{len(values)} fields, but {len(columns)} columns"
        raise OntologyError(problem, path=path, line=line, hint="put a name that holds a comma in quotes")
    given = dict(zip(columns, values, strict=False))
    decision = given.get("decision", "").lower()
    if not decision:
        return None
    if decision not in {SAME, DIFFERENT}:
        hint = f"allowed: {SAME}, {DIFFERENT}, or nothing where it is not decided"
        raise OntologyError(f"unknown decision “{decision}”", path=path, line=line, hint=hint)
    for column in ("name", "other"):
        name = given.get(column, "")
        if not any(c.isalnum() for c in name) or not name.isprintable():
            problem = f"“{name}” under {column} is no name" if name else f"nothing under {column}"
            raise OntologyError(problem, path=path, line=line, hint="a name has at least one letter or digit")
    name, other, kind = given["name"], given["other"], given.get("type", "")
    return Row(name, other, decision == SAME, kind.removeprefix("kg:"), str(path), line)


def _of_turtle(path: Path, gazetteer: Gazetteer) -> Iterator[Row]:
    """The labels of a SKOS file as decisions; its entries are in the gazetteer already."""
    source = _read(path)
    facts = read_facts([source])
    for iri, predicates in facts.subjects.items():
        entry = gazetteer.entries.get(iri)
        labels = [*predicates.get(_SKOS + "prefLabel", ()), *predicates.get(_SKOS + "altLabel", ())]
        different = predicates.get(_OWL + "differentFrom", ())
        line = source.line(local_name(iri))
        if entry is None and (labels or different):
            hint = "give it skos:prefLabel and a class, such as: a kg:Company"
            raise OntologyError("names something without an entry", path=path, line=line, iri=iri, hint=hint)
        if entry is None:
            continue
        typed = bool(predicates.get(RDF_TYPE))
        for fact in labels:
            at = source.line(fact.text) or line
            yield Row(fact.text, entry.label, True, entry.type if typed else "", str(path), at, iri)
        for fact in different:
            other = gazetteer.entries.get(fact.text)
            if other is None or other is entry:
                hint = "name another entry, by its IRI"
                problem = (
                    "owl:differentFrom names something without an entry" if other is None else "differs from itself"
                )
                raise OntologyError(problem, path=path, line=line, iri=fact.text, hint=hint)
            theirs = [name for name, _ in other.names]
            for name, _ in entry.names:
                yield from (Row(name, their, False, "", str(path), line) for their in theirs if their != name)
