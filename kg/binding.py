"""Parameters of a query: a variable is replaced by a term wherever it stands.

It is done in the text, word by word, so that it means the same in every engine and in every corner of a query
(sub-selects, aggregates, NOT EXISTS), which `VALUES` behind the query would not reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.errors import QueryError
from kg.sparql_text import Token, is_word, tokens

_ENDS: Final = ("WHERE", "FROM", "HAVING", "LIMIT", "OFFSET", "VALUES")  # of what stands behind SELECT or BY


def variables(query: str) -> tuple[str, ...]:
    """The names of a query's variables, in the order in which they come."""
    return tuple(dict.fromkeys(token[0][1:] for token in tokens(query) if token.lastgroup == "variable"))


def bound(query: str, values: Mapping[str, str]) -> str:
    """The query with variables replaced.

    Args:
        query: a query whose syntax is right.
        values: name of a variable → a term as SPARQL writes it, ``<https://…>`` or ``"text"@de``.

    Raises:
        QueryError: there is no such variable, or the query itself gives it a value.

    >>> bound("SELECT ?x ?y { ?x kg:leads ?y }", {"y": "entity:mts"})
    'SELECT ?x (entity:mts AS ?y) { ?x kg:leads entity:mts }'
    """
    words = tokens(query)
    _no_hidden(query, words, values)
    known = variables(query)
    if missing := [name for name in values if name not in known]:
        there = f"its variables: {', '.join(f'?{name}' for name in known)}" if known else "it has no variables"
        raise QueryError(f"the query has no variable ?{missing[0]}", hint=there)
    _no_minus(query, words, values)
    pieces: list[str] = []
    end = 0
    for start, stop, text in _replacements(query, words, values):
        pieces += [query[end:start], text]
        end = stop
    return "".join([*pieces, query[end:]])


def _replacements(query: str, words: Sequence[Token], values: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for place, (token, clause) in enumerate(_with_clauses(words)):
        term = values.get(token[0][1:]) if token.lastgroup == "variable" else None
        if term is None:
            continue
        before = words[place - 1] if place else token
        if is_word(before, "AS") or _in_values(words, place):
            raise QueryError(
                f"?{token[0][1:]} cannot be bound: the query gives it a value itself",
                line=query.count("\n", 0, token.start()) + 1,
                hint="bind a variable that stands in the query's patterns",
            )
        if before[0] == "(" and place > 1 and is_word(words[place - 2], "BOUND"):
            # BOUND takes nothing but a variable.
            yield words[place - 2].start(), words[place + 1].end(), "true"
        elif clause == "inner":
            # Whoever is around such a select has the term in the variable's place; but it must select something.
            yield token.start(), token.end(), "" if _selects_more(words, place, values) else f"({term} AS ?kg_bound)"
        elif clause == "select":
            yield token.start(), token.end(), f"({term} AS {token[0]})"
        elif clause == "group":
            yield token.start(), token.end(), f"({term} AS ?kg_group_{token[0][1:]})"  # rdflib groups by names only
        elif clause == "order":
            yield token.start(), token.end(), f"({term})"
        else:
            yield token.start(), token.end(), term


def _with_clauses(words: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Each word, and where it stands bare: "select", "inner" for that of a sub-select, "group", "order"."""
    clause, depth, braces = "", 0, 0
    for token in words:
        braces += (token[0] == "{") - (token[0] == "}")
        if is_word(token, "SELECT"):
            clause, depth = "inner" if braces else "select", 0
        elif is_word(token, "GROUP", "ORDER"):
            clause, depth = token[0].lower(), 0
        elif token[0] in "{}" or (depth == 0 and is_word(token, *_ENDS)):
            clause = ""
        depth += (token[0] == "(") - (token[0] == ")")
        yield token, clause if depth == 0 else ""


def _selects_more(words: Sequence[Token], place: int, values: Mapping[str, str]) -> bool:
    """Whether a sub-select has a column before this one, or any that stays."""
    first = next(at for at in range(place, -1, -1) if is_word(words[at], "SELECT"))
    for at in range(first + 1, len(words)):
        token = words[at]
        if token[0] == "{" or is_word(token, "WHERE", "FROM"):
            return False
        if token[0] == "(" or (token.lastgroup == "variable" and (at < place or token[0][1:] not in values)):
            return True
    return False


def _in_values(words: Sequence[Token], place: int) -> bool:
    """Whether a variable is one that VALUES sets: it stands between that word and the brace that follows."""
    for token in reversed(words[:place]):
        if is_word(token, "VALUES"):
            return True
        if token.lastgroup != "variable" and token[0] != "(":
            return False
    return False


def _no_hidden(query: str, words: Sequence[Token], values: Mapping[str, str]) -> None:
    """Refuse "?a<?b&&?c>?d", where an IRI seems to hold a variable: it cannot be told which of the two is meant."""
    for token in words:
        if token.lastgroup == "iri" and "://" not in token[0]:
            for name in values:
                if f"?{name}" in token[0] or f"${name}" in token[0]:
                    line = query.count("\n", 0, token.start()) + 1
                    hint = "write a space behind <"
                    raise QueryError(f"?{name} cannot be told from an IRI in {token[0]}", line=line, hint=hint)


def _no_minus(query: str, words: Sequence[Token], values: Mapping[str, str]) -> None:
    """Refuse what stands within MINUS: it takes away only what shares a variable with the rest, and a term is none."""
    depth, inside = 0, 0
    for token, following in zip(words, [*words[1:], None], strict=True):
        depth += (token[0] == "{") - (token[0] == "}")
        if is_word(token, "MINUS") and following is not None and following[0] == "{" and not inside:
            inside = depth + 1
        elif inside and token[0] == "}" and depth < inside:
            inside = 0
        elif inside and token.lastgroup == "variable" and token[0][1:] in values:
            line = query.count("\n", 0, token.start()) + 1
            raise QueryError(f"{token[0]} cannot be bound within MINUS", line=line, hint="write FILTER NOT EXISTS")
