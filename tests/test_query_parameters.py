"""What a parameter may be bound to, which names are unknown, and where labels stand in the place of IRIs."""

import datetime
import json
import pickle

import pytest
import rdflib
from handmade import CHINA, HUAWEI, MTS, ONTOLOGY, USA, article, entity, iri, news

from kg.errors import KgError, QueryError, UnknownNameError
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import ENTITY, KG
from kg.query_names import STATEMENT_TERMS
from kg.query_values import term
from kg.store import Store
from kg.terms import local_name, value_of

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module", params=["oxigraph", "memory"])
def graph(request):
    with Store.open(engine=request.param) as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        alike = (entity("Nova", name="Nova A"), entity("Nova", "Person", name="Nova B"), entity("Huawei Marine"))
        odd = (entity('O"Neill\\'), entity("Marine", aliases=("huawei",), name="Marine"), entity("5G", "Product"))
        store.write(article("n", ["|x"], (*alike, *odd, HUAWEI, MTS, CHINA, USA)), ONTOLOGY)
        yield KnowledgeGraph(store)


class TestValues:
    @pytest.mark.parametrize(
        ("value", "wanted"),
        [
            ("Huawei", f"<{iri('Huawei')}>"),
            ("Huawei Technologies", f"<{iri('Huawei')}>"),
            ("Vereinigte Staaten", f"<{iri('USA')}>"),
            (" mts ", f"<{iri('MTS')}>"),
            ("RUSSISCHE FÖDERATION", f"<{iri('Russland')}>"),
            ('O"Neill\\', f"<{iri(chr(79) + chr(34) + 'Neill' + chr(92))}>"),
            ("5G", f"<{iri('5G')}>"),
            ("entity:huawei", f"<{ENTITY}huawei>"),
            ("kg:leads", f"<{KG}leads>"),
            ("<https://x.example/a?b=1>", "<https://x.example/a?b=1>"),
            ("https://x.example/a", "<https://x.example/a>"),
            ("arbeitet zusammen mit", f"<{KG}partnersWith>"),
            ("partnersWith", f"<{KG}partnersWith>"),
            ("Company", f"<{KG}Company>"),
            ("42", f'"42"^^<{XSD}integer>'),
            ("-0.5", f'"-0.5"^^<{XSD}decimal>'),
            ("2019-06-06", f'"2019-06-06"^^<{XSD}date>'),
            ('"Huawei"', '"Huawei"'),
            ("'Huawei'@de", '"Huawei"@de'),
            ('"5"^^xsd:int', f'"5"^^<{XSD}int>'),
            (5, f'"5"^^<{XSD}integer>'),
            (True, f'"true"^^<{XSD}boolean>'),
            (datetime.date(2019, 6, 6), f'"2019-06-06"^^<{XSD}date>'),
            (rdflib.URIRef("https://x.example/a"), "<https://x.example/a>"),
            (rdflib.Literal("a", lang="de"), '"a"@de'),
        ],
    )
    def test_what_its_form_says(self, graph, value, wanted):
        assert term(graph.store, "x", value) == wanted

    @pytest.mark.parametrize(
        ("value", "kind", "wanted"),
        [
            ("MTS", "entity", f"<{iri('MTS')}>"),
            ("entity:mts", "entity", f"<{iri('MTS')}>"),
            ("schränkt ein", "property", f"<{KG}restricts>"),
            ("kg:restricts", "property", f"<{KG}restricts>"),
            ("governmentbody", "class", f"<{KG}GovernmentBody>"),
            ("negated", "status", f"<{KG}negated>"),
            ("2019-06", "date", '"2019-06"'),
            (datetime.date(2019, 6, 6), "date", '"2019-06-06"'),
            ("1000000", "number", f'"1000000"^^<{XSD}integer>'),
            (0.5, "number", f'"0.5"^^<{XSD}decimal>'),
            ("EUR", "text", '"EUR"'),
            ('" } DROP ALL #', "text", '"\\" } DROP ALL #"'),
        ],
    )
    def test_what_its_kind_says(self, graph, value, kind, wanted):
        assert term(graph.store, "x", value, kind) == wanted

    @pytest.mark.parametrize(
        ("value", "kind", "error", "told"),
        [
            (
                "Nova",
                None,
                QueryError,
                "2 entities are called 'Nova': entity:nova-a (Company), entity:nova-b (Person) – bind x to one of them",
            ),
            ("Hawei", None, UnknownNameError, "?x: no entity is called 'Hawei' – did you mean Huawei"),
            ("Hawei", "entity", UnknownNameError, "no entity is called 'Hawei' – did you mean Huawei"),
            ("leds", "property", UnknownNameError, "no property is called 'leds' – did you mean leads?"),
            ("Firm", "class", UnknownNameError, "no class is called 'Firm' – there are Company, Country"),
            ("sure", "status", QueryError, "x is no status: sure – allowed: asserted, reported"),
            ("2019-13", "date", QueryError, "x is no date: 2019-13 – write 2019, 2019-06 or 2019-06-06"),
            ("gestern", "date", QueryError, "x is no date: gestern"),
            ("viel", "number", QueryError, "x is no number: viel"),
            ("<a b>", None, QueryError, "?x is bound to what is no IRI: a b"),
            ("<x:> . ?s ?p ?o } #>", None, QueryError, "is no IRI"),
            ('"a" . <x:s> <x:p> "b"', None, QueryError, "?x is bound to what is no literal"),
            ('"a', None, QueryError, "?x is bound to what is no literal"),
            (object, None, QueryError, "?x cannot be bound to <class 'object'>"),
        ],
    )
    def test_what_it_cannot_be(self, graph, value, kind, error, told):
        with pytest.raises(error) as caught:
            term(graph.store, "x", value, kind)
        assert told in str(caught.value)

    def test_a_label_goes_before_an_alias(self, graph):
        assert term(graph.store, "x", "Marine") == f"<{iri('Marine')}>"
        assert term(graph.store, "x", "huawei") == f"<{iri('Marine')}>"  # so spelt, it is that one's alias


class TestAsking:
    def test_by_label(self, graph):
        (row,) = graph.query("SELECT ?x ?y { ?x kg:basedIn ?y }", bind={"x": "Huawei"})
        assert [str(t) for t in row] == [iri("Huawei"), iri("China")]
        assert graph.query("SELECT ?y { ?x kg:basedIn ?y }", bind={"?x": "Huawei"}).rows == (row[1:],)

    def test_a_default_holds_until_it_is_bound(self, graph):
        query = "# parameter x (entity, default MTS): whose\nSELECT ?y { ?x kg:basedIn ?y }"
        assert [str(row[0]) for row in graph.query(query)] == [iri("Russland")]
        assert [str(row[0]) for row in graph.query(query, bind={"x": "Huawei"})] == [iri("China")]

    @pytest.mark.parametrize(
        ("query", "bind", "told"),
        [
            ("timeline", {}, "the query needs entity (entity): of whom – kg query timeline --bind entity=…"),
            ("timeline", {"entity": "MTS", "who": "MTS"}, "timeline has no parameter who – it has entity"),
            ("SELECT ?y { ?y a ?z }", {"x": "MTS"}, "the query has no variable ?x – its variables: ?y, ?z"),
            ("SELECT ?y { ?y a ?z ", {"z": "MTS"}, "column 21: syntax error"),
        ],
    )
    def test_what_is_wrong_is_told(self, graph, query, bind, told):
        with pytest.raises(QueryError) as caught:
            graph.query(query, bind=bind)
        assert told in str(caught.value)


class TestWarnings:
    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("SELECT * { ?x kg:partnerWith ?y }", "kg:partnerWith: no such property; did you mean kg:partnersWith?"),
            ("SELECT * { ?x kg:PartnersWith ?y }", "kg:PartnersWith: no such class; did you mean kg:partnersWith?"),
            ("SELECT * { ?x a kg:Compny }", "kg:Compny: no such class; did you mean kg:Company?"),
            (f"SELECT * {{ ?x <{KG}lead> ?y }}", "kg:lead: no such property; did you mean kg:leads?"),
            ("SELECT * { ?x kg:zzz ?y }", "kg:zzz: no such property in the graph"),
            ("ASK { entity:huwei ?p ?y }", "entity:huwei: no such entity; did you mean entity:huawei?"),
            (
                "SELECT * { GRAPH ?g { ?s kg:stats kg:asserted } }",
                "kg:stats: no such property; did you mean kg:status?",
            ),
            ("CONSTRUCT WHERE { ?x kg:lead ?y }", "kg:lead: no such property; did you mean kg:leads?"),
        ],
    )
    def test_a_slip_is_told(self, graph, query, told):
        found = graph.query(query)
        assert found.warnings == (told,)
        assert told in str(found) or found.kind == "ask"

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { ?x kg:basedIn ?y . ?x a kg:Company . GRAPH ?g { ?s kg:status kg:asserted ; kg:evidence ?e } }",
            "CONSTRUCT { ?x kg:home ?y } WHERE { ?x kg:basedIn ?y }",
            "PREFIX kg: <https://other.example/> SELECT * { ?x kg:basdIn ?y }",
            "SELECT * { ?x rdfs:label 'kg:basdIn' } # kg:basdIn",
            "SELECT * { ?x ?p ?y FILTER(STRSTARTS(STR(?p), STR(kg:))) }",
            "SELECT * { entity:mts kg:restricts ?x }",
            "SELECT * { GRAPH ?g { ?s kg:restricts ?o } }",
        ],
    )
    def test_what_is_there_or_may_be_is_not(self, graph, query):
        assert graph.query(query).warnings == ()

    def test_the_terms_of_statements_are_all_that_the_store_writes(self, graph):
        written = {q.predicate.value for q in graph.store.quads()} | {
            value_of(q) for q in graph.store.quads() if q.predicate.value.endswith("#type")
        }
        own = {local_name(term) for term in written if term.startswith(KG)}
        vocabulary = {*graph.store.property_labels(), *graph.store.ancestors()}
        assert own - vocabulary <= STATEMENT_TERMS


class TestLabels:
    QUERY = "SELECT ?x ?p { ?x ?p entity:mts FILTER(?p = kg:restricts) }"

    def test_by_default_only_where_people_look(self, graph):
        found = graph.query(self.QUERY)
        assert "USA" in str(found)
        assert found.to_csv().splitlines()[1] == f"{iri('USA')},{KG}restricts"
        assert json.loads(found.to_jsonl()) == {"x": iri("USA"), "p": KG + "restricts"}

    @pytest.mark.parametrize(("labels", "said"), [(True, "restricts"), ("en", "restricts"), ("de", "schränkt ein")])
    def test_everywhere(self, graph, labels, said):
        found = graph.query(self.QUERY, labels=labels)
        assert str(found[0][0]) == iri("USA")  # the rows are terms as ever
        assert found.to_csv().splitlines()[1] == f"USA,{said}"
        assert found.to_tsv().splitlines() == ["?x\t?p", f'"USA"\t"{said}"']
        assert json.loads(found.to_jsonl()) == {"x": "USA", "p": said}
        assert json.loads(found.to_json())["results"]["bindings"][0]["x"] == {"type": "literal", "value": "USA"}
        assert found.to_pandas().to_dict("list") == {"x": ["USA"], "p": [said]}

    def test_titles_of_articles_and_names_of_statuses(self, graph):
        query = "SELECT DISTINCT ?a { GRAPH ?a { entity:huawei kg:partnersWith entity:mts . ?a dcterms:title ?t } }"
        assert graph.query(query, labels=True).to_csv().splitlines()[1] == "Huawei baut 5G in Russland"
        status = "SELECT DISTINCT ?s { GRAPH ?g { ?x kg:status ?s } FILTER(?s = kg:asserted) }"
        assert graph.query(status, labels="de").text(graph.query(status)[0][0]) == "behauptet"

    def test_nowhere(self, graph):
        found = graph.query(self.QUERY, labels=False)
        assert "USA" not in str(found)
        assert "entity:" in str(found)

    def test_more_than_are_asked_for_at_once(self, graph, monkeypatch):
        monkeypatch.setattr("kg.queries._AT_ONCE", 2)
        found = graph.query("SELECT ?x { ?x rdfs:label ?l }", labels=True)
        assert "https://" not in found.to_csv()


def test_files_keep_exact_terms():
    with Store.open() as store:
        graph = KnowledgeGraph(store)
        found = graph.query('SELECT ("a\\tb"@de AS ?x) (1.50 AS ?y) (<https://x.example/> AS ?z) (?n AS ?u) {}')
        assert found.to_tsv() == f'?x\t?y\t?z\t?u\n"a\\tb"@de\t"1.5"^^<{XSD}decimal>\t<https://x.example/>\t\n'
        assert json.loads(found.to_jsonl()) == {"x": "a\tb", "y": 1.5, "z": "https://x.example/"}
        with pytest.raises(KgError, match="a SELECT query has no triples"):
            found.to_turtle()


def test_labels_outlive_the_graph():
    with Store.open() as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        with KnowledgeGraph(store) as graph:
            kept = graph.query("SELECT ?x { ?x kg:basedIn ?y }")
            sent = pickle.loads(pickle.dumps(graph.query("SELECT ?x { ?x kg:basedIn ?y }", labels=True)))
    assert str(kept).split() == ["x", "Huawei", "MTS"]
    assert sent.to_csv().split() == ["x", "Huawei", "MTS"]


def test_labels_of_a_store_that_was_closed_are_none():
    store = Store.open()
    for extraction in news():
        store.write(extraction, ONTOLOGY)
    found = KnowledgeGraph(store).query("SELECT ?x { ?x kg:basedIn ?y }")
    store.close()
    assert str(found).split() == ["x", "entity:huawei", "entity:mts"]
