from __future__ import annotations

import re
import sys

import pytest
import rdflib
from handmade import HUAWEI, MTS, ONTOLOGY, article, entity, news

from kg.errors import KgError, StoreError, UnknownNameError
from kg.knowledge_graph import Explanations, KnowledgeGraph
from kg.records import Explanation
from kg.store import Store


@pytest.fixture
def graph():
    store = Store.open()
    for extraction in news():
        store.write(extraction, ONTOLOGY)
    with KnowledgeGraph(store) as found:
        yield found


def explanation(**changes) -> Explanation:
    given = {
        "subject": "Huawei",
        "property": "leads",
        "object": "MTS",
        "status": "asserted",
        "confidence": 0.9,
        "quote": "Huawei führt MTS.",
        "marks": ((0, 6, "subject"), (7, 12, "predicate"), (13, 16, "object")),
        "article_id": "a1",
        "article_title": None,
        "date": None,
        "url": None,
        "attributed_to": None,
        **changes,
    }
    return Explanation(**given)


class TestAsking:
    def test_query_and_dataset_are_the_store_s(self, graph):
        wanted = {rdflib.URIRef(HUAWEI.iri)}
        assert {row[0] for row in graph.query("SELECT ?x { ?x kg:partnersWith entity:mts }")} == wanted
        assert (
            set(
                graph.dataset.subjects(
                    rdflib.URIRef("https://kg.example/ontology#partnersWith"), rdflib.URIRef(MTS.iri)
                )
            )
            == wanted
        )
        assert str(graph.dataset.namespace_manager.store.namespace("entity")) == "https://kg.example/entity/"

    @pytest.mark.parametrize(
        ("status", "count"), [(None, 8), ("asserted", 5), (("planned", "negated"), 2), ("question", 0), ((), 0)]
    )
    def test_statements_by_status(self, graph, status, count):
        assert len(graph.statements(status)) == count

    def test_an_unknown_status(self, graph):
        with pytest.raises(KgError, match="no status called sure – allowed: asserted, reported"):
            graph.statements("sure")

    def test_length_and_truth(self, graph):
        assert len(graph) == 5
        assert len(KnowledgeGraph(Store.open())) == 0
        assert KnowledgeGraph(Store.open())

    def test_it_tells_what_it_holds(self, graph):
        assert repr(graph) == "KnowledgeGraph: 3 articles, 6 entities, 8 statements, 5 plain triples"
        graph.store.remove("a1")
        graph.store.remove("a2")
        assert repr(graph).startswith("KnowledgeGraph: 1 article, 4 entities")

    def test_articles_and_entities(self, graph):
        assert [found.id for found in graph.articles()] == ["a1", "a2", "a3"]
        assert len(graph.entities()) == 6

    def test_pandas(self, graph):
        frame = graph.to_pandas()
        assert len(frame) == 8
        row = frame[frame.status == "reported"].iloc[0]
        assert list(row[["subject", "property", "object", "attributed_to", "event_time", "article", "date"]]) == [
            "Gou Ping", "leads", "Huawei", "Gou Ping", "2019-06", "a1", "2019-06-06",
        ]  # fmt: skip
        assert list(row[["amount", "share", "count", "role", "topic", "place"]]) == [
            "5400000000 EUR", "0.301", "500 Stellen", "Er", "China", "Russland",
        ]  # fmt: skip

    def test_pandas_is_an_extra(self, graph, monkeypatch):
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(KgError, match=r"pip install 'kg-news\[pandas\]'"):
            graph.to_pandas()

    def test_entities_as_a_table(self, graph):
        frame = graph.to_pandas("entities")
        assert list(frame.columns) == ["label", "type", "aliases", "mentions", "statements", "articles", "iri"]
        assert list(frame.iloc[0]) == ["Huawei", "Company", "Huawei Technologies", 6, 6, 3, HUAWEI.iri]
        assert len(frame) == 6
        with pytest.raises(KgError, match="no table of articles – allowed: statements, entities"):
            graph.to_pandas("articles")

    def test_networks_for_measures(self, graph):
        simple = graph.to_networkx(form="simple", weight="articles")
        assert simple.edges["mts", "huawei"]["weight"] == 2
        assert not simple.is_directed()
        assert graph.to_networkx(open_triples=True, form="directed").is_directed()

    def test_subgraph(self, graph):
        assert set(graph.subgraph("Gou Ping")) == {"gou-ping", "huawei"}
        assert set(graph.subgraph(["Gou Ping", "USA"], hops=0)) == {"gou-ping", "usa-place"}
        assert set(graph.subgraph("USA", statuses=["negated"])) == {"usa-place", "huawei"}
        with pytest.raises(UnknownNameError, match="did you mean Huawei"):
            graph.subgraph(["MTS", "Huawai"])

    def test_export(self, graph, tmp_path):
        assert graph.export(tmp_path / "g.ttl") == (tmp_path / "g.ttl",)
        assert graph.export(tmp_path / "g", "nq") == (tmp_path / "g",)

    def test_networkx(self, graph):
        assert graph.to_networkx().number_of_edges() == 5
        assert graph.to_networkx(["negated"]).number_of_edges() == 1

    def test_leaving_closes_the_store(self):
        with KnowledgeGraph(Store.open()) as graph:
            pass
        with pytest.raises(StoreError, match="the store is closed"):
            len(graph)


class TestExplain:
    @pytest.mark.parametrize(
        ("asked", "articles"),
        [
            (("Huawei", "partnersWith", "MTS"), ["a1", "a2"]),
            (("mts", "arbeitet zusammen mit", "Huawei Technologies"), ["a1", "a2"]),
            (("USA", None, None), ["a3", "a2", "a3"]),
            ((None, "basedIn", "China"), ["a3"]),
            (("MTS", "basedIn", "China"), []),
        ],
    )
    def test_by_names(self, graph, asked, articles):
        assert [one.article_id for one in graph.explain(*asked)] == articles

    def test_by_keyword(self, graph):
        assert len(graph.explain(property="leads")) == 1

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            (("Huawai", None, None), "no entity is called 'Huawai' – did you mean Huawei?"),
            (("Huawei", "lead", None), "no property is called 'lead' – did you mean leads?"),
        ],
    )
    def test_unknown_names(self, graph, asked, told):
        with pytest.raises(UnknownNameError) as caught:
            graph.explain(*asked)
        assert str(caught.value) == told

    def test_it_reads_as_text(self, graph):
        assert str(graph.explain("Gou Ping", "leads", "Huawei")) == (
            "Gou Ping – leads – Huawei (reported, 0.94)\n"
            "  “Er [führt] den Konzern, sagt [Gou Ping] von [Huawei].”\n"
            "  Huawei baut 5G in Russland · 2019-06-06 · https://news.example/a1?x=1&y=2 · according to Gou Ping\n"
            "  time: 2019-06 (Er) · amount: 5400000000 EUR (Er) · share: Er · count: Er · role: Er · topic: China"
            " · place: Russland\n"
            "  because: called Gou Ping; called Huawei"
        )
        assert str(graph.explain("MTS", "basedIn", "China")) == "nothing in the graph says so"
        assert graph.explain("MTS", "basedIn", "China")._repr_html_() == "<p>nothing in the graph says so</p>"

    def test_it_is_a_sequence(self, graph):
        found = graph.explain("USA")
        assert found[0] == next(iter(found))
        assert isinstance(found[1:], Explanations)
        assert found == tuple(found)
        assert len(found[:2]) == 2

    def test_marks_are_shown_in_place_and_hostile_text_is_escaped(self):
        bad = "<b onclick='x'>"
        marks = ((0, 15, "subject"), (16, 21, "predicate"), (22, 25, "object"))
        one = explanation(
            subject=bad,
            quote=f"{bad} führt MTS.",
            marks=marks,
            article_title=bad,
            attributed_to=bad,
            url=bad,
            reasons=(bad,),
        )
        html = Explanations([one])._repr_html_()
        assert bad not in html
        assert re.findall(r"title='(\w+)'>([^<]*)</span>", html) == [
            ("subject", "&lt;b onclick=&#x27;x&#x27;&gt;"),
            ("predicate", "führt"),
            ("object", "MTS"),
        ]
        assert set(re.findall(r"<(\w+)", html)) == {"div", "b", "small", "br", "span"}

    @pytest.mark.parametrize(
        ("marks", "text"),
        [
            (((0, 6, "subject"), (0, 12, "predicate")), "[Huawei] führt MTS."),
            ((), "Huawei führt MTS."),
            (((0, 6, "subject"), (3, 8, "predicate"), (13, 16, "object")), "[Huawei] führt [MTS]."),
        ],
    )
    def test_marks_that_overlap(self, marks, text):
        assert f"“{text}”" in str(Explanations([explanation(marks=marks)]))

    def test_a_long_list_is_cut_in_a_notebook(self):
        html = Explanations([explanation()] * 25)._repr_html_()
        assert html.count("<div") == 20
        assert "… 5 more" in html


class TestNotebook:
    def test_the_strongest_relations_come_first(self, graph):
        html = graph._repr_html_()
        assert "3 articles, 6 entities" in html
        assert "5 asserted, 1 reported, 1 planned, 1 negated" in html
        first = re.findall(r"<tr>(.*?)</tr>", html)[1]
        assert re.findall(r">([^<]+)<", first) == ["Huawei", "arbeitet zusammen mit", "MTS", "2", "2"]

    def test_hostile_labels_are_escaped(self, graph):
        name = "<script>alert(1)</script>"
        sentences = ["basedIn asserted|{s:Huawei} {p:in} {o:China}.", "restricts asserted|{s:X} {p:sperrt} {o:MTS}."]
        graph.store.write(article("x", sentences, (entity(name, name="X"),)), ONTOLOGY)
        assert "<script" not in graph._repr_html_()
        assert "&lt;script&gt;" in graph._repr_html_()

    def test_a_small_picture_stands_beside_the_counts(self, graph):
        assert graph._repr_html_().count("<svg ") == 1
        assert "<svg" not in KnowledgeGraph(Store.open())._repr_html_()

    def test_plain_text_where_there_is_no_html(self, graph):
        class Printer:
            text = str

        told = []
        Printer.text = told.append
        graph.explain("USA")._repr_pretty_(Printer, False)
        graph.query("SELECT ?x { ?x kg:partnersWith entity:mts }")._repr_pretty_(Printer, False)
        assert told[0] == str(graph.explain("USA"))
        assert told[1] == "x\nHuawei"

    def test_an_empty_graph_shows_itself(self):
        assert "0 articles, 0 entities" in KnowledgeGraph(Store.open())._repr_html_()


class TestView:
    def test_a_page_with_what_is_related(self, graph, tmp_path):
        page = graph.view(tmp_path / "g.html")
        assert (tmp_path / "g.html").read_text(encoding="utf-8") == page
        assert "Gou Ping" in page
        assert "eine Vereinbarung" in page

    def test_focus_hops_and_relations(self, graph):
        near = graph.view(focus="Russische Föderation")
        assert "MTS" in near
        assert "Gou Ping" not in near
        assert "Gou Ping" in graph.view(focus="Russland", hops=3)
        assert "Gou Ping" not in graph.view(focus="Russland", hops=3, relations=["basedIn"])
        only = graph.view(relations=["hat seinen Sitz in"])
        assert "China" in only
        assert "Gou Ping" not in only

    def test_unknown_names(self, graph):
        with pytest.raises(UnknownNameError):
            graph.view(focus="Huawai")
        with pytest.raises(UnknownNameError):
            graph.view(relations=["huh"])

    def test_of_a_large_graph_the_best_connected_are_shown_and_the_heading_says_so(self, graph):
        told: list[str] = []
        whole = graph.view(told=told.append)
        assert told == []
        assert "best connected" not in whole
        part = graph.view(most=3, told=told.append)
        (note,) = told
        assert re.fullmatch(r"the [23] best connected of \d names", note)
        assert note in part
        assert "Gou Ping" in whole
        assert "Huawei" in part
        assert len(part) < len(whole)
        assert graph.view(most=0) == whole
        assert "best connected" not in graph.view(focus="Huawei", most=1)
