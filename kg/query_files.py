"""Queries in files, with a name, a title and parameters: those of ``ontologies/queries``, and users' own.

What a query is and takes stands in comments at its top::

    # title@en: Who restricts whom
    # title@de: Wer wen einschränkt
    # description@en: Sanctions, bans and exclusions …
    #   a line set in goes on with the one before
    # parameter who (entity): the one that restricts | wer einschränkt
    # parameter since (date, default 2019): the first day | der erste Tag
    # parameter topic (entity, required): …
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from kg.errors import QueryError
from kg.ontology_files import ontology_folder

Kind = Literal["entity", "property", "class", "status", "date", "number", "text"]

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELD: Final = re.compile(r"(title|description)@(de|en): *(.*)")
_PARAMETER: Final = re.compile(r"parameter (\w+) \((\w+)(, required|, default ([^)]+))?\): *(.*)")


@dataclass(frozen=True)
class Parameter:
    """A variable of a query that can be bound."""

    name: str  # of the variable, without its question mark
    kind: Kind
    required: bool
    default: str | None  # what it is bound to if nothing else is said; None leaves it open, if it is not required
    meanings: Mapping[str, str]  # language → what it stands for


@dataclass(frozen=True)
class QueryFile:
    """A query with what its comments say of it."""

    name: str
    text: str
    titles: Mapping[str, str]  # language → title
    descriptions: Mapping[str, str]  # language → what it tells
    parameters: tuple[Parameter, ...]
    path: str | None = None


def is_name(query: str) -> bool:
    """Whether a text can be the name of a query: small letters, digits and hyphens, as no SPARQL is.

    >>> is_name("who-restricts-whom"), is_name("ASK {}"), is_name("q.rq")
    (True, False, False)
    """
    return _NAME.fullmatch(query) is not None


def bundled() -> tuple[QueryFile, ...]:
    """The queries that come with kg, sorted by name."""
    return tuple(read(path) for path in sorted((ontology_folder() / "queries").glob("*.rq")))


def named(name: str) -> QueryFile:
    """The query of that name that comes with kg.

    Raises:
        QueryError: there is none; it suggests the nearest names.
    """
    path = ontology_folder() / "queries" / f"{name}.rq"
    if is_name(name) and path.is_file():
        return read(path)
    known = sorted(path.stem for path in (ontology_folder() / "queries").glob("*.rq"))
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    did = f"did you mean {' or '.join(near)}? " if near else ""
    raise QueryError(f"no query is called {name}", hint=f"{did}kg query --list shows them")


def read(path: Path | str) -> QueryFile:
    """The query in a file.

    Raises:
        QueryError: it cannot be read, is not UTF-8, or its comments declare something odd.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        hint = "give a name of kg query --list, a .rq file, or a query such as 'SELECT * { ?s ?p ?o } LIMIT 10'"
        raise QueryError(f"cannot be read: {error.strerror}", path=path, hint=hint) from None
    except UnicodeDecodeError:
        raise QueryError("is not UTF-8", path=path) from None
    return parsed(text, Path(path).stem, str(path))


def parsed(text: str, name: str = "", path: str | None = None) -> QueryFile:
    """A query and what the comments before its first word declare.

    Raises:
        QueryError: a parameter of an unknown kind, or one declared twice.
    """
    fields: dict[tuple[str, str], str] = {}
    parameters: list[Parameter] = []
    last: tuple[str, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            break
        comment = line.removeprefix("#").strip()
        if found := _FIELD.fullmatch(comment):
            last = found[1], found[2]
            fields[last] = found[3]
        elif found := _PARAMETER.fullmatch(comment):
            last = None
            parameters.append(_parameter(found, path, number))
            if parameters[-1].name in (known.name for known in parameters[:-1]):
                raise QueryError(f"parameter {found[1]} is declared twice", path=path, line=number)
        elif last and line.startswith("#   "):
            fields[last] += f" {comment}"
        else:
            last = None
    titles, descriptions = (
        {language: value for (field, language), value in fields.items() if field == wanted}
        for wanted in ("title", "description")
    )
    return QueryFile(name, text, titles, descriptions, tuple(parameters), path)


def _parameter(found: re.Match[str], path: str | None, line: int) -> Parameter:
    name, kind, asked, default, told = found.groups()
    if kind not in get_args(Kind):
        hint = f"allowed: {', '.join(get_args(Kind))}"
        raise QueryError(f"parameter {name} is of an unknown kind, {kind}", path=path, line=line, hint=hint)
    english, _, german = (part.strip() for part in told.partition("|"))
    meanings = {"en": english, "de": german or english}
    return Parameter(name, cast(Kind, kind), asked == ", required", default, meanings)
