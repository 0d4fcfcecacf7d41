"""Parameters: a query with a term bound gives what its author means, in both engines."""

import pytest
from handmade import ONTOLOGY, iri, news

from kg.binding import bound, variables
from kg.errors import QueryError
from kg.store import Store

HUAWEI = f"<{iri('Huawei')}>"


@pytest.fixture(scope="module", params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?x ?y { ?x kg:basedIn ?y }", 1),
        ("SELECT * { ?x kg:basedIn ?y }", 1),
        ("SELECT DISTINCT $x ?y WHERE { $x kg:basedIn ?y FILTER(BOUND(?x) && ?x != ?y) }", 1),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x kg:basedIn ?y } GROUP BY ?x HAVING (COUNT(?y) > 0) ORDER BY ?x DESC(?n)", 1),
        ("SELECT ?y { { SELECT ?x ?y { ?x kg:basedIn ?y } ORDER BY ?x } FILTER EXISTS { ?x a kg:Company } }", 1),
        ("SELECT ?x ?y { { SELECT DISTINCT ?x { ?x a kg:Company } } ?x kg:basedIn ?y } ORDER BY ?y ?x LIMIT 4", 1),
        ("SELECT ?y { { SELECT DISTINCT ?x { ?x a kg:Person } } ?x kg:basedIn ?y }", 0),
        ("SELECT ?y { ?x kg:basedIn ?y FILTER NOT EXISTS { ?x a kg:Company } }", 0),
        ("SELECT ?x ?y { ?x kg:basedIn ?y MINUS { ?y a kg:City } }", 1),
        ("SELECT ?x { ?x kg:basedIn ?y FILTER(?y != <https://x.example/?x=1>) }", 1),
        ("SELECT ?y { ?y kg:basedIn ?z FILTER NOT EXISTS { ?x kg:basedIn ?z } }", 1),
        ("SELECT ?g { GRAPH ?g { ?x kg:basedIn ?y } }", 1),
        ("CONSTRUCT { ?y kg:seatOf ?x } WHERE { ?x kg:basedIn ?y }", 1),
        ("SELECT ?y { ?x kg:basedIn ?y FILTER(STR(?x) != '?x') } # ?x", 1),
    ],
)
def test_a_variable_is_bound_wherever_it_stands(store, query, rows):
    found = store.query(bound(query, {"x": HUAWEI}))
    assert len(found.rows) == rows
    if "x" in found.columns:
        assert {str(row[found.columns.index("x")]) for row in found} == {iri("Huawei")}


def test_literals(store):
    query = "SELECT ?x { ?x rdfs:label ?name FILTER(LCASE(?name) = LCASE(?name)) }"
    assert [str(row[0]) for row in store.query(bound(query, {"name": '"Huawei"'}))] == [iri("Huawei")]


def test_nothing_bound_changes_nothing():
    query = "SELECT ?x { ?x a ?y # odd\n }"
    assert bound(query, {}) == query
    assert variables(query) == ("x", "y")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?y { ?y a ?z }", "the query has no variable ?x – its variables: ?y, ?z"),
        ("ASK { entity:mts a kg:Company }", "the query has no variable ?x – it has no variables"),
        ("SELECT ?y { ?y a ?z .\n VALUES ?x { 1 } }", "line 2: ?x cannot be bound: the query gives it a value itself"),
        ("SELECT ?y { VALUES (?y ?x) { (1 2) } }", "?x cannot be bound"),
        ("SELECT ?y { ?y a ?z BIND(1 AS ?x) }", "?x cannot be bound"),
        ("SELECT (COUNT(?y) AS ?x) { ?y a ?z }", "?x cannot be bound"),
        ("SELECT ?y { ?y a ?z\nMINUS { { ?x a ?z } } }", "line 2: ?x cannot be bound within MINUS – write FILTER NOT"),
        ("SELECT ?y { ?y a ?z FILTER(?y<?x&&?x>?z) }", "?x cannot be told from an IRI in <?x&&?x>"),
    ],
)
def test_what_cannot_be_bound_is_told(query, told):
    with pytest.raises(QueryError) as caught:
        bound(query, {"x": HUAWEI})
    assert told in str(caught.value)
