from __future__ import annotations

import networkx as nx
import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, RUSSLAND, USA, article, news

from kg.errors import KgError, UnknownNameError
from kg.graphs import best_connected, formed, neighbourhood, short_id, strongest, to_networkx
from kg.records import QUALIFIERS, STATUSES
from kg.store import Store


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


def test_nodes_carry_what_is_known_of_them(store):
    graph = to_networkx(store)
    assert list(graph) == ["china-place", "gou-ping", "huawei", "mts", "russland-place", "usa-place"]
    assert graph.nodes["huawei"] == {
        "label": "Huawei",
        "type": "Company",
        "aliases": "Huawei Technologies",
        "iri": "https://kg.example/entity/huawei",
        "same_as": "",
        "mentions": 6,
        "articles": 3,
        "weight": 6,
    }


def test_one_edge_gathers_all_evidence_of_a_relation(store):
    graph = to_networkx(store)
    assert sorted(graph.edges(keys=True)) == [
        ("gou-ping", "huawei", "leads"),
        ("huawei", "china-place", "basedIn"),
        ("huawei", "mts", "partnersWith"),
        ("mts", "russland-place", "basedIn"),
        ("usa-place", "mts", "restricts"),
    ]
    assert graph.edges["huawei", "mts", "partnersWith"] == {
        "property": "partnersWith",
        "label": "arbeitet zusammen mit",
        "status": "asserted",
        "symmetric": True,
        "weight": 2,
        "articles": 2,
        "sources": 2,
        "confidence": 0.94,
        "first_date": "2019-06-06",
        "last_date": "2019-06-11",
        "publishers": "",
        **dict.fromkeys(QUALIFIERS, ""),
    }
    led = graph.edges["gou-ping", "huawei", "leads"]
    assert led["status"] == "reported"
    assert {kind: led[kind] for kind in QUALIFIERS} == {
        "time": "2019-06",
        "amount": "5400000000 EUR",
        "share": "0.301",
        "count": "500 Stellen",
        "role": "Er",
        "topic": "China",
        "place": "Russland",
    }


def test_asserted_and_reported_are_one_edge_other_statuses_have_their_own(store):
    sentences = [
        "restricts reported Gou Ping|{s:USA} {p:sperren} {o:Huawei}, so {p:heißt} es.",
        "restricts asserted|{s:USA} {p:sperren} {o:Huawei}.",
    ]
    store.write(article("b", sentences, (HUAWEI, USA), date=None), ONTOLOGY)
    edges = to_networkx(store, STATUSES)["usa-place"]["huawei"]
    assert {key: (given["status"], given["weight"]) for key, given in edges.items()} == {
        "restricts": ("asserted", 2),
        "restricts:planned": ("planned", 1),
        "restricts:negated": ("negated", 1),
    }
    assert edges["restricts"]["first_date"] == ""


def test_everything_is_in_sorted_order_and_made_of_plain_values(store):
    again = Store.open()
    for extraction in reversed(news()):
        again.write(extraction, ONTOLOGY)
    one, other = to_networkx(store, STATUSES), to_networkx(again, STATUSES)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    values = [v for *_, given in [*one.nodes(data=True), *one.edges(data=True)] for v in given.values()]
    assert {type(value) for value in values} <= {str, int, float, bool}


def test_labels_are_in_the_language_of_most_articles(store):
    for number in range(4):
        bare = article(f"e{number}", [], (MTS,))
        store.write(type(bare)(bare.article, "en", "m", bare.entities, (), (), ()), ONTOLOGY)
    assert to_networkx(store).edges["gou-ping", "huawei", "leads"]["label"] == "leads"


def test_a_statement_about_something_undescribed_still_has_its_node():
    store = Store.open()
    store.write(article("a", ["basedIn asserted|{s:Huawei} {p:in} {o:China}."], (HUAWEI,)), ONTOLOGY)
    graph = to_networkx(store)
    assert graph.nodes["china-place"]["type"] == "Thing"
    assert graph.nodes["china-place"]["iri"] == "https://kg.example/entity/china-place"


def test_an_empty_store_gives_an_empty_graph():
    assert to_networkx(Store.open()).number_of_nodes() == 0


class TestNeighbourhood:
    @pytest.mark.parametrize(
        ("hops", "relations", "nodes", "edges"),
        [
            (0, None, {"russland-place"}, 0),
            (1, None, {"russland-place", "mts"}, 1),
            (2, None, {"russland-place", "mts", "huawei", "usa-place"}, 3),
            (9, None, {"china-place", "gou-ping", "huawei", "mts", "russland-place", "usa-place"}, 5),
            (9, {"basedIn"}, {"russland-place", "mts"}, 1),
            (9, {"basedIn", "partnersWith"}, {"russland-place", "mts", "huawei", "china-place"}, 3),
        ],
    )
    def test_hops_and_relations(self, store, hops, relations, nodes, edges):
        whole = to_networkx(store)
        found = neighbourhood(whole, "russland-place", hops, relations)
        assert set(found) == nodes
        assert found.number_of_edges() == edges
        assert list(found) == [node for node in whole if node in found]
        assert all(whole.edges[edge] == given for *edge, given in found.edges(keys=True, data=True))

    def test_the_graph_it_is_cut_from_stays_as_it_is(self, store):
        whole = to_networkx(store)
        found = neighbourhood(whole, "mts")
        found.nodes["mts"]["label"] = "?"
        found.edges["huawei", "mts", "partnersWith"]["label"] = "?"
        assert whole.nodes["mts"]["label"] == "MTS"
        assert nx.utils.graphs_equal(whole, to_networkx(store))

    def test_an_unknown_node(self, store):
        with pytest.raises(UnknownNameError, match="the graph has no node Huawei"):
            neighbourhood(to_networkx(store), "Huawei")


def test_the_key_of_a_foreign_iri_is_the_iri():
    assert short_id("https://example.org/entity/x") == "https://example.org/entity/x"
    assert short_id(RUSSLAND.iri) == "russland-place"


def test_the_strongest_have_the_most_sentences_then_a_fixed_order(store):
    graph = to_networkx(store)
    found = [(subject, edge["property"], target) for subject, edge, target in strongest(graph, 3)]
    assert found == [("Huawei", "partnersWith", "MTS"), ("Gou Ping", "leads", "Huawei"), ("Huawei", "basedIn", "China")]
    assert strongest(nx.MultiDiGraph(), 3) == []


class TestForms:
    @pytest.fixture
    def several(self, store):
        back = [
            "restricts asserted|{s:MTS} {p:sperrt} {o:Huawei}.",
            "restricts asserted|{s:MTS} {p:sperrt} {o:Huawei}.",
        ]
        store.write(article("c", back, (HUAWEI, MTS), date="2020-01-02"), ONTOLOGY)
        return to_networkx(store)

    def test_directed_joins_what_goes_the_same_way(self, several):
        found = formed(several, "directed")
        assert type(found) is nx.DiGraph
        assert found.edges["huawei", "mts"]["relations"] == "partnersWith"
        assert found.edges["mts", "huawei"] == {
            "relations": "restricts",
            "label": "schränkt ein",
            "weight": 2,
            "distance": 0.5,
            "first_date": "2020-01-02",
            "last_date": "2020-01-02",
        }

    def test_simple_joins_both_ways(self, several):
        found = formed(several, "simple")
        assert type(found) is nx.Graph
        edge = found.edges["mts", "huawei"]
        assert (edge["relations"], edge["weight"], edge["distance"]) == ("partnersWith; restricts", 4, 0.25)
        assert (edge["first_date"], edge["last_date"]) == ("2019-06-06", "2020-01-02")
        assert found.nodes(data=True) == several.nodes(data=True)

    @pytest.mark.parametrize(("weight", "heavy"), [("sentences", 4), ("articles", 3), ("confidence", 0.94)])
    def test_weights(self, several, weight, heavy):
        assert formed(several, "simple", weight).edges["huawei", "mts"]["weight"] == heavy

    def test_multi_keeps_an_edge_for_each_relation(self, several):
        found = formed(several, "multi", "confidence")
        assert list(found.edges(keys=True)) == list(several.edges(keys=True))
        assert found.edges["huawei", "mts", "partnersWith"]["weight"] == 0.94
        assert several.edges["huawei", "mts", "partnersWith"]["weight"] == 2

    def test_measures_take_them(self, several):
        assert nx.shortest_path(formed(several, "simple"), "usa-place", "huawei", "distance")[0] == "usa-place"
        assert nx.betweenness_centrality(formed(several, "directed"), weight="distance")["mts"] == 0.25

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            (("tree",), "no form of a graph called tree – allowed: multi, directed, simple"),
            (("multi", "size"), "no weight of edges called size – allowed: sentences, articles, sources, confidence"),
        ],
    )
    def test_what_there_is_not(self, several, asked, told):
        with pytest.raises(KgError, match=told):
            formed(several, *asked)


def test_the_surroundings_of_several(store):
    graph = to_networkx(store)
    assert set(neighbourhood(graph, ["gou-ping", "russland-place"])) == {"gou-ping", "huawei", "mts", "russland-place"}
    assert set(neighbourhood(graph, ["gou-ping", "mts"], hops=0)) == {"gou-ping", "mts"}
    with pytest.raises(UnknownNameError, match="no node nobody"):
        neighbourhood(graph, ["huawei", "nobody"])


def test_the_best_connected_keep_what_is_said_between_them():
    graph = nx.MultiDiGraph()
    for node, weight in (("hub", 1), ("a", 1), ("b", 2), ("c", 1), ("alone", 9)):
        graph.add_node(node, weight=weight)
    graph.add_edges_from([("hub", "a"), ("b", "hub"), ("hub", "c")])
    assert sorted(best_connected(graph, 2)) == ["b", "hub"]  # of those with one edge, the weightiest
    assert list(best_connected(graph, 2).edges()) == [("b", "hub")]
    assert sorted(best_connected(graph, 9)) == ["a", "b", "c", "hub"]
    assert len(graph) == 5
