"""Turtle files as facts that know their file and line.

Read with pyoxigraph, which is much faster than rdflib and says where a syntax error stands. Several files are united;
where one says ``kg:replaces true`` of something, what files before it say of that is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import KG, PREFIXES

Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RDF_TYPE: Final = PREFIXES["rdf"] + "type"
REPLACES: Final = KG + "replaces"
_FIRST: Final = PREFIXES["rdf"] + "first"
_REST: Final = PREFIXES["rdf"] + "rest"
_LITERAL: Final = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_UNKNOWN_PREFIX: Final = re.compile(r"The prefix ([\w.-]*): has not been declared")
_COMMENT: Final = re.compile(r"(?:^|(?<=[\s;.,]))#.*", re.MULTILINE)
_END: Final = re.compile(r"\.[ \t]*$", re.MULTILINE)
_NOTHING: Final[Mapping[str, list[Fact]]] = {}


@dataclass(frozen=True, slots=True)
class Source:
    """A Turtle file that was read."""

    path: str
    text: str

    def line(self, needle: str) -> int | None:
        """The first line on which a whole word, or a quoted literal, stands."""
        quoted = '"' + needle.replace("\\", "\\\\").replace('"', '\\"') + '"'
        at = self.text.find(quoted)
        if at < 0 and (found := re.search(rf"(?<![\w-]){re.escape(needle)}(?![\w-])", self.text)):
            at = found.start()
        return self.text.count("\n", 0, at) + 1 if at >= 0 else None

    def statement_line(self, subject: str, predicate: str) -> int | None:
        """The line on which a predicate stands in what the file says of a subject.

        Args:
            subject: IRI of the subject; a file may say several things of it, in several places.
            predicate: IRI of the predicate; where it is spelt in no such place, the line of the subject is given.

        >>> text = "# of kg:leads\\nkg:leads a owl:ObjectProperty ;\\n    rdfs:range kg:City ."
        >>> Source("a.ttl", text).statement_line(KG + "leads", PREFIXES["rdfs"] + "range")
        3
        """
        spelt = "a" if predicate == RDF_TYPE else local_name(predicate)
        begins = rf"(?:^[ \t]*|\.[ \t]+)(?:<[^>\n]*[#/]|[\w.-]*:){re.escape(local_name(subject))}>?(?=\s)"
        text = _COMMENT.sub(lambda comment: " " * len(comment[0]), self.text)
        found = list(re.finditer(begins, text, re.MULTILINE))
        for start in found:
            end = _END.search(text, start.end())
            block = text[start.end() : end.start() if end else len(text)]
            if said := re.search(rf"(?<![\w-]){re.escape(spelt)}>?(?=\s)", block):
                return text.count("\n", 0, start.end() + said.start()) + 1
        if found:
            return text.count("\n", 0, found[0].end()) + 1
        return self.line(local_name(subject))

    def literal_lines(self) -> dict[str, int]:
        """Every quoted literal as it is spelt → the first line it stands on."""
        lines: dict[str, int] = {}
        for number, line in enumerate(self.text.splitlines(), start=1):
            for match in _LITERAL.finditer(line):
                lines.setdefault(match[1], number)
        return lines


@dataclass(frozen=True, slots=True)
class Fact:
    """The object of a triple, and the file that says so."""

    value: Value
    source: Source

    @property
    def text(self) -> str:
        """The IRI, or the literal's lexical form."""
        return key(self.value)

    @property
    def is_literal(self) -> bool:
        """Whether it is a text or number instead of a thing."""
        return isinstance(self.value, ox.Literal)

    @property
    def datatype(self) -> str | None:
        """The IRI of a literal's datatype; None for a thing."""
        return self.value.datatype.value if isinstance(self.value, ox.Literal) else None

    @property
    def language(self) -> str | None:
        """The language of a literal, lower case, without region."""
        tag = self.value.language if isinstance(self.value, ox.Literal) else None
        return tag.split("-")[0].lower() if tag else None

    def of(self, iri: str) -> Fact:
        """The same file's word on another thing."""
        return Fact(ox.NamedNode(iri), self.source)


@dataclass(frozen=True, slots=True)
class Facts:
    """All triples of some Turtle files: subject → predicate → facts, in the order of the files."""

    subjects: Mapping[str, Mapping[str, list[Fact]]]

    def of(self, subject: str, predicate: str) -> Sequence[Fact]:
        """The facts that a subject has for a predicate."""
        return self.subjects.get(subject, _NOTHING).get(predicate, ())

    def typed(self, *types: str) -> Iterator[str]:
        """The subjects that have one of the types, in the order of the files."""
        for subject, predicates in self.subjects.items():
            if any(fact.text in types for fact in predicates.get(RDF_TYPE, ())):
                yield subject

    def items(self, head: str) -> Iterator[Fact]:
        """The members of an RDF list."""
        seen: set[str] = set()
        while head not in seen and (first := self.of(head, _FIRST)):
            seen.add(head)
            yield first[0]
            rest = self.of(head, _REST)
            head = rest[0].text if rest else ""

    def by_language(self, subject: str, predicate: str) -> Mapping[str, str]:
        """Language → text, the last file's word; "" for a text without a language."""
        return MappingProxyType({fact.language or "": fact.text for fact in self.of(subject, predicate)})

    def words(self, predicate: str, subjects: Sequence[str]) -> dict[str, list[str]]:
        """Language → words in their order, each once; "" for words without a language."""
        found: dict[str, dict[str, None]] = {}
        for subject in subjects:
            for fact in self.of(subject, predicate):
                found.setdefault(fact.language or "", {})[fact.text] = None
        return {language: list(words) for language, words in found.items()}


def key(term: Value) -> str:
    """A term as a dictionary key: IRI, blank node or lexical form."""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return str(term) if isinstance(term, ox.Triple) else term.value


def local_name(iri: str) -> str:
    """The last part of an IRI, after ``#`` or ``/``.

    >>> local_name("https://kg.example/ontology#Company")
    'Company'
    """
    return re.split(r"[#/]", iri)[-1]


def turtle_files(paths: Sequence[Path | str]) -> Iterator[Path]:
    """The Turtle files that paths name; a folder names the ``.ttl`` files directly in it, sorted.

    Raises:
        OntologyError: a path does not exist, or a folder holds no Turtle file.
    """
    for path in map(Path, paths):
        if path.is_dir():
            files = sorted(path.glob("*.ttl"))
            if not files:
                raise OntologyError("folder without Turtle files", path=path, hint="put a .ttl file into it")
            yield from files
        else:
            yield path


def read_source(path: Path) -> Source:
    """A file's text, which must be UTF-8.

    Raises:
        OntologyError: the file is missing, unreadable or not UTF-8.
    """
    try:
        return Source(str(path), path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise OntologyError("not UTF-8", path=path, line=line, hint="save the file as UTF-8") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OntologyError(f"cannot be read: {reason}", path=path, hint="name a Turtle file (.ttl)") from None


def read_facts(sources: Sequence[Source]) -> Facts:
    """The triples of Turtle files, united; a file may replace what files before it say of a subject.

    Raises:
        OntologyError: a file is not Turtle; names file and line.
    """
    subjects: dict[str, dict[str, list[Fact]]] = {}
    for source in sources:
        try:
            quads = list(ox.parse(source.text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        except SyntaxError as error:
            raise _not_turtle(error, source) from None
        for quad in quads:
            if quad.predicate.value == REPLACES and key(quad.object) == "true":
                _forget(subjects, key(quad.subject))
        for quad in quads:
            predicates = subjects.setdefault(key(quad.subject), {})
            predicates.setdefault(quad.predicate.value, []).append(Fact(quad.object, source))
    return Facts(subjects)


def _forget(subjects: dict[str, dict[str, list[Fact]]], subject: str) -> None:
    """Drop what is said of a subject, with the blank nodes that hang on it."""
    for facts in subjects.pop(subject, {}).values():
        for fact in facts:
            if isinstance(fact.value, ox.BlankNode):
                _forget(subjects, fact.text)


def _not_turtle(error: SyntaxError, source: Source) -> OntologyError:
    problem = re.sub(r"^Parser error (at|between) line \d+ .*?: ", "", error.msg)
    hint = f"column {error.offset}" if error.offset else None
    if unknown := _UNKNOWN_PREFIX.search(problem):
        place = PREFIXES.get(unknown[1])
        problem = f"unknown prefix {unknown[1]}:"
        hint = f"add a line at the top: @prefix {unknown[1]}: <{place or 'https://…#'}> ."
        return OntologyError(problem, path=source.path, line=error.lineno, hint=hint)
    return OntologyError(f"not Turtle: {problem}", path=source.path, line=error.lineno, hint=hint)
