"""SPARQL as text: its words, what must not be asked, and what is wrong with a query."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.errors import QueryError
from kg.namespaces import PREFIXES

Token = re.Match[str]

_FORMS: Final = "SELECT, ASK, CONSTRUCT or DESCRIBE"
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN: Final = 100  # characters of a line that are shown around a mistake
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
# What Oxigraph says beside what it expected → problem and hint.
_TOLD: Final = {
    "a variable that is unbound": (
        "SELECT names a variable that is neither in GROUP BY nor within COUNT, MAX or their like",
        "add it to GROUP BY, or take SAMPLE(?it)",
    ),
    "overrides an existing variable": (
        "AS names a variable that the query has already",
        "give the result a name of its own",
    ),
    "IRI parsing failed": ("this is no absolute IRI", "write <https://…>, or a prefixed name such as entity:huawei"),
}


@lru_cache(maxsize=16)  # one query is looked at by several
def tokens(query: str) -> tuple[Token, ...]:
    """The words of a query, without comments and white space; ``lastgroup`` tells the kind of each."""
    return tuple(found for found in _LEXER.finditer(query) if found.lastgroup != "comment" and not found[0].isspace())


def is_word(token: Token, *words: str) -> bool:
    """Whether a token is one of these keywords, given in capitals."""
    return token.lastgroup == "word" and token[0].upper() in words


def check_words(query: str) -> None:
    """Refuse what would write or reach beyond the store, however it is escaped.

    Raises:
        QueryError: an update, ``SERVICE``, or a file behind ``FROM``.
    """
    _check(query)
    if "\\" in query:
        _check(_ESCAPED.sub(lambda found: _character(found[1] or found[2]), query))


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _check(query: str) -> None:
    found = tokens(query)
    words = [token for token in found if token.lastgroup == "word"]
    first = next((token for token in words if not is_word(token, "PREFIX", "BASE")), None)
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
    for token in found:
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


def syntax_error(query: str, message: str) -> QueryError:
    """Oxigraph's message in one line, with line and column; the line itself and a caret stand in a note."""
    found = _PLACE.match(message)
    if not found:
        return QueryError(f"SPARQL: {message[:200]}", hint=f"write {_FORMS}")
    line, column = int(found[1]), int(found[2])
    lines = query.split("\n")
    problem, hint = "syntax error", "look just before this place as well: often a . or ; is missing there"
    words = tokens(query)
    first = next((t for t in words if t.lastgroup == "word" and not is_word(t, "PREFIX", "BASE")), None)
    marks = [token[0] for token in words if token.lastgroup == "other"]
    if unknown := [t for t in _unknown_prefixes(query, words) if _position(query, t.start()) < (line, column)]:
        line, column = _position(query, unknown[-1].start())
        problem, hint = _prefix_told(unknown[-1]["prefix"], query, words)
    elif told := [given for part, given in _TOLD.items() if part in found[3]]:
        problem, hint = told[0]
    elif query.strip() == "":
        problem, hint = "the query is empty", f"write {_FORMS}"
    elif first is None or not is_word(first, "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
        hint = f"a query begins with {_FORMS}"
    elif marks.count("{") != marks.count("}"):
        hint = f"there are {marks.count('{')} {{ but {marks.count('}')} }}"
    shown = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 80)
    near = f" in '{shown[start : start + 120].strip()}'" if shown.strip() else ""
    error = QueryError(f"column {column}: {problem}{near}", line=line, hint=hint)
    error.add_note(caret(shown, column))
    return error


def caret(line: str, column: int) -> str:
    """A line, or what of it is near, with a caret below one of its characters, counted from 1.

    >>> print(caret("?x kg:leads", 4))
      ?x kg:leads
         ^
    """
    printable = "".join(character if character.isprintable() else " " for character in line.rstrip())
    start = max(0, column - 1 - _SHOWN * 3 // 4) if len(printable) > _SHOWN else 0
    return f"  {printable[start : start + _SHOWN]}\n  {' ' * (column - 1 - start)}^"


def _position(query: str, at: int) -> tuple[int, int]:
    return query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)


def _declared(words: Sequence[Token]) -> set[str]:
    return {b["prefix"] for a, b in pairwise(words) if is_word(a, "PREFIX") and b["prefix"]}


def _unknown_prefixes(query: str, words: Sequence[Token]) -> Iterator[Token]:
    known = {*PREFIXES, *_declared(words)}
    empty = re.search(r"(?i)\bPREFIX\s+:", query)
    for token in words:
        if token.lastgroup == "name" and token["prefix"] not in known and not (token["prefix"] == "" and empty):
            yield token


def _prefix_told(prefix: str, query: str, words: Sequence[Token]) -> tuple[str, str]:
    known = list(dict.fromkeys([*PREFIXES, *sorted(_declared(words))]))
    near = difflib.get_close_matches(prefix.casefold(), known, n=1, cutoff=0.6)
    did = f"did you mean {near[0]}:? " if near else ""
    return f"unknown prefix {prefix}:", f"{did}known without PREFIX: {', '.join(PREFIXES)}"
