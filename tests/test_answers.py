"""Results are the same whichever way they are read from Oxigraph: by its text, or term by term."""

import pyoxigraph as ox
import pytest
from rdflib.term import BNode

from kg.answers import from_oxigraph
from kg.sparql import QueryResult, sorted_rows, to_rdflib

ODD = (
    '"a\\tb\\nc\\r\\"d\\"\\\\ \\u0000\\u2028\\u0085x"',
    '""',
    '" "',
    '"a"@de',
    '"a"@de-AT',
    "'<https://x.example/>'",
    "'?x'",
    "'_:a'",
    "'1'",
    "'true'",
    "1",
    "-1.50",
    "1e6",
    "+7",
    "true",
    '"NaN"^^xsd:double',
    '"INF"^^xsd:double',
    '"-INF"^^xsd:float',
    '"2019"^^xsd:gYear',
    '"2019-06-06"^^xsd:date',
    '"abc"^^xsd:integer',
    '"a"^^<https://x.example/type?a=b>',
    '"😀 \\\\t"',
    "<https://x.example/ä?a=b#c>",
    "<urn:x>",
)
VALUES = " ".join(ODD)
TRIPLES = " ".join(
    f"<https://x.example/s{number % 5}> <https://x.example/p> {term} ." for number, term in enumerate(ODD)
)


@pytest.fixture(scope="module")
def store():
    found = ox.Store()
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    found.update(f"{prefix} INSERT DATA {{ {TRIPLES} _:b <https://x.example/p> _:c }}")
    return found


def by_term(store: ox.Store, query: str) -> list:
    return [tuple(None if term is None else to_rdflib(term) for term in row) for row in store.query(query)]


QUERIES = (
    "SELECT ?s ?o ?none { ?s ?p ?o }",
    "SELECT ?o { ?s ?p ?o }",
    "SELECT ?none { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o OPTIONAL { ?s ?p ?more FILTER(isNumeric(?more)) } }",
    "SELECT (COUNT(*) AS ?n) (AVG(?o) AS ?mean) (MAX(STR(?o)) AS ?most) { ?s ?p ?o FILTER(isNumeric(?o)) }",
    "SELECT (STRLEN(STR(?o)) AS ?length) (BNODE() AS ?b) (1/3 AS ?third) (1e0/0 AS ?much) { ?s ?p ?o }",
    "SELECT ?s { ?s ?p 'nothing' }",
    "SELECT * { }",
    "SELECT (<<( <a:a> <a:b> 'c\\td' )>> AS ?t) {}",
)


@pytest.mark.parametrize("query", QUERIES)
def test_no_term_is_changed(store, query):
    found = from_oxigraph(store.query(query), query)
    wanted = by_term(store, query)
    assert sorted(map(exact, found.rows)) == sorted(map(exact, wanted))
    limited = from_oxigraph(store.query(query), query, 10_000)
    if "BNODE" not in query:
        assert (found, found.rows) == (limited, limited.rows)


def exact(row) -> str:
    """A row; a blank node has another name each time."""
    return " ".join(type(term).__name__ + ("" if isinstance(term, BNode | None) else term.n3()) for term in row)


@pytest.mark.parametrize("limit", [None, 10_000])
def test_order_is_that_of_the_query_or_one_that_never_changes(store, limit):
    ordered = "SELECT ?s ?o { ?s ?p ?o } ORDER BY DESC(STR(?o)) ?s"
    assert list(from_oxigraph(store.query(ordered), ordered, limit).rows) == by_term(store, ordered)
    names = "SELECT ?x { VALUES ?x { 'Huawei Marine' 'Huawei' 'huawei' <urn:b> <urn:a> 10 9 UNDEF } }"
    found: QueryResult = from_oxigraph(store.query(names), names, limit)
    assert found.rows == sorted_rows(names, found.rows)
    assert [str(row[0]) for row in found] == ["None", "urn:a", "urn:b", "10", "9", "Huawei", "Huawei Marine", "huawei"]
