from __future__ import annotations

import json
import sys

import pytest
import rdflib
from handmade import HUAWEI, ONTOLOGY, article, entity, iri, news

from kg.errors import KgError, QueryError
from kg.knowledge_graph import KnowledgeGraph
from kg.sparql import QueryResult, curie
from kg.store import Store


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


class TestRefusing:
    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT would change the store, queries only read"),
            ("PREFIX x: <http://x.example/>\ndelete where { ?s ?p ?o }", "line 2: SPARQL: DELETE would change"),
            ("LOAD <file:///etc/passwd>", "LOAD would change"),
            ("# SELECT\nDROP ALL", "line 2: SPARQL: DROP would change"),
            ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM with a file is not allowed"),
            ("SELECT * FROM NAMED<FILE:/etc/passwd> { ?s ?p ?o }", "FROM with a file is not allowed"),
            ("SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
            ("SELECT * { service silent <http://localhost:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
            ("SELECT * { ?s ?p ?o .\n ?s ?p ?o SERVICE?x{} }", "line 2: SPARQL: SERVICE is not allowed"),
            ("PREFIX : <http://x.example/> SELECT * { SERVICE:ep { ?s ?p ?o } }", "SERVICE is not allowed"),
            ("SELECT * { ?s ?p trueSERVICE<http://x.example/>{ ?s ?p ?o } }", "SERVICE is not allowed"),
            ("SELECT * { ?s ?p ?o FILTER(?s<?b#>\n) SERVICE <http://x.example/> {} }", "SERVICE is not allowed"),
            ('SELECT * { FILTER(?s<?b#>"""\n) SERVICE <http://x.example/> {} #"""\n }', "SERVICE is not allowed"),
            ("SELECT * { SERV\\u0049CE <http://x.example/> { ?s ?p ?o } }", "SERVICE is not allowed"),
            ('SELECT ("\\u0022 AS ?x) { SERVICE <http://x.example/> {} } #" AS ?y) {}', "SERVICE is not allowed"),
        ],
    )
    def test_what_writes_or_reaches_out(self, store, query, told):
        with pytest.raises(QueryError) as caught:
            store.query(query)
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        "query",
        [
            'SELECT * { ?s rdfs:label "SERVICE <http://x.example/> {}" }',
            "SELECT ?service { ?service a kg:Service } # SERVICE",
            "SELECT * { ?s ?p <http://x.example/service/1> }",
            "SELECT * { ?s rdfs:label '''INSERT DATA''' }",
            "PREFIX insert: <http://x.example/> SELECT * { ?s insert:into ?o }",
            "SELECT * FROM <https://kg.example/article/a1> { ?s a kg:Country }",
        ],
    )
    def test_the_same_words_as_text_are_allowed(self, store, query):
        store.query(query)


class TestSyntaxErrors:
    @pytest.mark.parametrize(
        ("query", "line", "told"),
        [
            (
                "SELECT ?x {\n  ?x kg:leads ?y\n  ?y a ?z }",
                3,
                "column 11: syntax error in '?y a ?z }' – look just before this place",
            ),
            (
                "SELECT ?x {\n ?x foo:bar ?y }",
                2,
                "unknown prefix foo: in '?x foo:bar ?y }' – known without PREFIX: kg, entity",
            ),
            ("", 1, "the query is empty – write SELECT, ASK"),
            ("SELECT ?x { ?x ?y ?z", 1, "in 'SELECT ?x { ?x ?y ?z' – there are 1 { but 0 }"),
            ("hello", 1, "syntax error in 'hello' – a query begins with SELECT, ASK"),
        ],
    )
    def test_line_column_and_the_line_itself(self, store, query, line, told):
        with pytest.raises(QueryError) as caught:
            store.query(query)
        assert caught.value.line == line
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 400


class TestResults:
    def test_every_prefix_is_bound(self, store):
        store.query("ASK { ?a kg:x entity:x, article:x, statements:x, statement:x, rdf:x, rdfs:x, owl:x, xsd:x }")
        store.query("ASK { ?a skos:x prov:x, oa:x, dcterms:x, schema:x }")

    def test_select(self, store):
        found = store.query("SELECT ?s ?o ?none { ?s kg:basedIn ?o OPTIONAL { ?s kg:nothing ?none } }")
        assert (found.kind, found.columns, len(found)) == ("select", ("s", "o", "none"), 2)
        assert next(iter(found)) == (rdflib.URIRef(iri("Huawei")), rdflib.URIRef(iri("China")), None)
        assert found[1][0] == rdflib.URIRef(iri("MTS"))

    def test_rows_come_sorted_unless_the_query_orders_them(self, store):
        ask = "SELECT ?l { ?s rdfs:label ?l }"
        labels = ["China", "Gou Ping", "Huawei", "MTS", "Russland", "USA"]
        assert [str(row[0]) for row in store.query(ask)] == labels
        assert [str(row[0]) for row in store.query(ask + " ORDER BY DESC(?l)")] == labels[::-1]

    @pytest.mark.parametrize(("query", "wanted"), [("ASK { ?s kg:leads ?o }", True), ("ASK { ?s kg:owns ?o }", False)])
    def test_ask(self, store, query, wanted):
        found = store.query(query)
        assert (found.kind, bool(found), len(found)) == ("ask", wanted, 1)
        assert json.loads(found.to_json()) == {"head": {}, "boolean": wanted}

    @pytest.mark.parametrize(
        "query", ["CONSTRUCT { ?o kg:home ?s } WHERE { ?s kg:basedIn ?o }", "DESCRIBE entity:gou-ping"]
    )
    def test_construct_and_describe_give_triples(self, store, query):
        found = store.query(query)
        assert (found.kind, found.columns) == ("construct", ("subject", "predicate", "object"))
        graph = rdflib.Graph().parse(data=found.to_turtle(), format="turtle")
        assert set(graph) == set(found.rows)
        assert "entity:" in found.to_turtle()

    def test_turtle_needs_triples(self, store):
        with pytest.raises(QueryError, match="a SELECT query has no triples"):
            store.query("SELECT * { ?s ?p ?o }").to_turtle()

    def test_json_is_what_the_standard_says(self, store):
        document = json.loads(
            store.query(
                """SELECT ?s ?t ?n ?none { GRAPH ?g { ?a dcterms:title ?t ; dcterms:issued "2019-06-06"^^xsd:date ;
                   schema:mentions ?s } BIND(1+1 AS ?n) FILTER(?s = entity:mts) }"""
            ).to_json()
        )
        assert document["head"] == {"vars": ["s", "t", "n", "none"]}
        assert document["results"]["bindings"] == [
            {
                "s": {"type": "uri", "value": iri("MTS")},
                "t": {"type": "literal", "value": "Huawei baut 5G in Russland", "xml:lang": "de"},
                "n": {"type": "literal", "value": "2", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
            }
        ]

    def test_csv_is_safe_for_spreadsheets(self, store):
        store.write(article("f", [], (entity('=1+1,"x"', name="F"), entity("@x", name="G"))), ONTOLOGY)
        found = store.query("SELECT ?l (-5 AS ?n) { ?s rdfs:label ?l FILTER(?l < 'A') }")
        assert found.to_csv() == 'l,n\r\n"\'=1+1,""x""",-5\r\n\'@x,-5\r\n'

    def test_pandas_gets_python_values(self, store):
        frame = store.query(
            "SELECT ?c ?n ?d ?none { GRAPH ?g { ?s kg:confidence ?c ; kg:attributedTo ?n ; prov:wasDerivedFrom ?a }"
            " GRAPH ?a { ?a dcterms:issued ?d } }"
        ).to_pandas()
        assert list(frame.columns) == ["c", "n", "d", "none"]
        assert frame.iloc[0, 0] == 0.94
        assert (frame.n[0], frame.d[0].isoformat(), frame.none[0]) == (iri("Gou Ping"), "2019-06-06", None)

    def test_pandas_is_an_extra(self, store, monkeypatch):
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(KgError, match=r"pandas is not installed – pip install 'kg-news\[pandas\]'"):
            store.query("SELECT * { ?s ?p ?o }").to_pandas()


class TestShowing:
    def test_labels_and_prefixed_names_stand_for_iris(self, store):
        found = KnowledgeGraph(store).query("SELECT ?s ?t { ?s kg:leads ?o ; a ?t }")
        assert str(found).split("\n") == ["s         t", "Gou Ping  kg:Person"]
        assert ">Gou Ping<" in found._repr_html_()
        assert ">kg:Person<" in found._repr_html_()

    def test_hostile_text_is_escaped(self, store):
        store.write(article("h", [], (entity("<img src=x onerror=alert(1)>", name="H"),)), ONTOLOGY)
        shown = (
            KnowledgeGraph(store).query("SELECT ?s ?l { ?s rdfs:label ?l FILTER(STRSTARTS(?l, '<')) }")._repr_html_()
        )
        assert "<img" not in shown
        assert shown.count("&lt;img") == 2
        assert "<script" not in QueryResult("select", ("<script>",), ())._repr_html_()

    def test_a_hundred_rows_at_most(self):
        rows = tuple((rdflib.Literal(number),) for number in range(105))
        result = QueryResult("select", ("n",), rows)
        assert result._repr_html_().count("<tr>") == 101
        assert "… 5 more" in result._repr_html_()
        assert str(result).endswith("… 5 more")

    @pytest.mark.parametrize(
        ("iri_", "wanted"),
        [
            ("https://kg.example/statements/a", "statements:a"),
            ("https://kg.example/statement/a/evidence", "statement:a/evidence"),
            ("https://kg.example/ontology", "<https://kg.example/ontology>"),
            ("https://kg.example/entity/a(b", "<https://kg.example/entity/a(b>"),
        ],
    )
    def test_prefixed_names(self, iri_, wanted):
        assert curie(iri_) == wanted


def test_engines_answer_the_same():
    queries = [
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        "SELECT ?a ?l { ?a skos:altLabel ?l }",
        "SELECT ?g (COUNT(?s) AS ?n) { GRAPH ?g { ?s a ?t } } GROUP BY ?g",
        "SELECT ?s ?c { GRAPH ?g { ?s kg:confidence ?c } FILTER(?c > 0.5) }",
        "SELECT ?t { GRAPH ?g { ?a dcterms:title ?t FILTER(LANG(?t) = 'de') } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT ?d { GRAPH ?g { ?a dcterms:issued ?d } } ORDER BY STR(?d)",
        "SELECT DISTINCT ?t { ?s a/^a/rdfs:label ?t FILTER(CONTAINS(?t, 'u')) }",
    ]
    stores = [Store.open(), Store.open(engine="memory")]
    for store in stores:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        store.write(article("ü 1", ["restricts alleged|{s:USA} {p:sperre} {o:Huawei}."], (HUAWEI,)), ONTOLOGY)
    for query in queries:
        assert stores[0].query(query) == stores[1].query(query), query
        assert len(stores[0].query(query)) > 0, query
