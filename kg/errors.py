"""The exceptions of kg.

Every one carries the thing, the place and the next step, and prints as one line::

    KgError
    ├── InputError        an article, path or stream that cannot be read
    │   └── Notice        something said of an article that was left out; the article itself is read
    ├── OntologyError     an ontology, gazetteer or alias file that cannot be used
    ├── ModelError        a spaCy pipeline that is missing or lacks an annotation
    ├── LanguageError     a text in a language no pipeline reads
    ├── QueryError        a SPARQL query that is malformed or not allowed
    ├── StoreError        a store that cannot be opened, read or written
    │   ├── StoreInUseError       … because another process holds it
    │   └── StoreUnwritableError  … whatever is to be written: a full disk, a server that does not answer
    ├── UnknownNameError  a label that no entity or property has
    ├── LinkError         a source of links that cannot be read or asked, or a file of decisions on them
    └── GoldError         a gold file that cannot be scored against
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """Base of all errors that a user can mend.

    Args:
        problem: what is wrong, naming the thing.
        path: the file it stands in, if any.
        line: line number in that file, counted from 1.
        iri: the RDF term it is about, if any.
        hint: what is allowed, or what to do next.
    """

    def __init__(
        self,
        problem: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        iri: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.problem = problem
        self.path = str(path) if path is not None else None
        self.line = line
        self.iri = iri
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.path or ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        parts = [f"{place}: " if place else "", self.problem]
        if self.iri:
            parts.append(f" <{self.iri}>")
        if self.hint:
            parts.append(f" – {self.hint}")
        return " ".join("".join(parts).split())


class InputError(KgError):
    """An article, path or stream that cannot be read."""


class Notice(InputError):
    """Something said of an article that could not be understood and was left out; the article itself is read."""


class OntologyError(KgError):
    """An ontology, gazetteer or alias file that cannot be used."""


class ModelError(KgError):
    """A spaCy pipeline that is missing or lacks an annotation."""


class LanguageError(KgError):
    """A text in a language that no pipeline at hand reads."""


class QueryError(KgError):
    """A SPARQL query that is malformed or not allowed."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class StoreInUseError(StoreError):
    """A store that another process holds."""


class StoreUnwritableError(StoreError):
    """A store that takes no article at all: going on would only repeat the error."""


class UnknownNameError(KgError):
    """A label that no entity or property has."""


class LinkError(KgError):
    """A source of links elsewhere that cannot be read or asked, or a file of decisions on them that cannot be used."""


class GoldError(KgError):
    """A gold file that cannot be scored against."""


def reason_of(error: BaseException) -> str:
    """Why something failed, in the words of its innermost cause, without the addresses of objects in memory.

    >>> reason_of(ConnectionRefusedError(111, "Connection refused"))
    'Connection refused'
    """
    seen: BaseException = error
    while (inner := seen.__cause__ or seen.__context__ or getattr(seen, "reason", None)) is not None:
        if not isinstance(inner, BaseException):
            break
        seen = inner
    told = getattr(seen, "verify_message", None) or getattr(seen, "strerror", None) or type(seen).__name__
    return str(told)[:200]
