"""The names of ``kg:`` and ``entity:`` in a query that the graph does not have, as a slip of the pen gives."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.errors import KgError
from kg.namespaces import ENTITY, KG, PREFIXES
from kg.records import QUALIFIERS, STATUSES
from kg.sparql_text import Token, is_word, tokens
from kg.store import Store

STATEMENT_TERMS: Final = frozenset(
    "Mention about attributedTo block confidence eventTime evidence extractedWith independentSources mentionKind "
    "objectEnd objectStart objectText ontologyVersion predicateSpan predicateText reason refersTo reprintOf sources "
    "status subjectEnd subjectStart subjectText unit".split()
) | {*QUALIFIERS, *STATUSES}
"""Local names that statements, mentions and articles are written with (see `kg.rdf`), beside the vocabulary's."""

_HERE: Final = "{ ?name ?p ?o } UNION { ?s ?name ?o } UNION { ?s ?p ?name }"


def vocabulary(store: Store) -> frozenset[str]:
    """The local names of the vocabulary's classes, properties and statuses."""
    asked = f"SELECT DISTINCT ?x {{ GRAPH <{KG.rstrip('#')}> {{ ?x rdfs:label ?label }} }}"
    return frozenset(str(row[0]).removeprefix(KG) for row in store.query(asked)) | STATEMENT_TERMS


def warnings(store: Store, query: str, known: frozenset[str], empty: bool) -> tuple[str, ...]:
    """A line for each name that no triple has, with the one that is meant perhaps.

    Args:
        store: the store that is asked.
        query: a query whose syntax is right.
        known: names of the vocabulary that need not be looked up.
        empty: whether it found nothing; entities are only looked up then, as else they are there.
    """
    asked = {name for name in _names(tokens(query)) if empty or name.startswith("kg:")}
    names = sorted(name for name in asked if name.removeprefix("kg:") not in known)
    if not names:
        return ()
    found = store.query(
        f"SELECT DISTINCT ?name {{ VALUES ?name {{ {' '.join(map(_iri, names))} }} "
        f"FILTER(EXISTS {{ {_HERE} }} || EXISTS {{ GRAPH ?g {{ {_HERE} }} }}) }}"
    )
    there = {str(row[0]) for row in found}
    return tuple(_told(store, name, known) for name in names if _iri(name)[1:-1] not in there)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _names(words: Sequence[Token]) -> Iterator[str]:
    """The names of both kinds that are asked for; what CONSTRUCT makes may be new."""
    own = {second["prefix"] for first, second in pairwise(words) if is_word(first, "PREFIX")}
    template, depth = False, 0
    for place, token in enumerate(words):
        if token[0] == "{" and place and is_word(words[place - 1], "CONSTRUCT"):
            template, depth = True, 0
        depth += (token[0] == "{") - (token[0] == "}")
        template = template and depth > 0
        if template:
            continue
        if token.lastgroup == "name" and token["prefix"] in {"kg", "entity"} - own:
            name = token[0].rstrip(".")
            if "\\" not in name and "%" not in name and name[-1] != ":":
                yield name
        elif token.lastgroup == "iri":
            for prefix, space in (("kg", KG), ("entity", ENTITY)):
                if token[0].startswith(f"<{space}") and token[0] != f"<{space}>":
                    yield f"{prefix}:{token[0][1:-1].removeprefix(space)}"


def _told(store: Store, name: str, known: frozenset[str]) -> str:
    prefix, _, local = name.partition(":")
    if prefix == "kg":
        kind, candidates = ("class" if local[:1].isupper() else "property"), known
    else:
        kind, candidates = "entity", frozenset(_entities(store))
    near = _nearest(local, candidates)
    return f"{name}: no such {kind}" + (f"; did you mean {prefix}:{near}?" if near else " in the graph")


def _entities(store: Store) -> Iterator[str]:
    try:
        for row in store.query("SELECT DISTINCT ?x { ?x rdfs:label ?label }"):
            yield str(row[0]).removeprefix(ENTITY)
    except KgError:  # only a hint is lost
        return


def _nearest(local: str, candidates: Iterable[str]) -> str | None:
    by_key = {name.casefold(): name for name in sorted(candidates, reverse=True)}
    near = difflib.get_close_matches(local.casefold(), sorted(by_key), n=1, cutoff=0.6)
    return by_key[near[0]] if near else None
