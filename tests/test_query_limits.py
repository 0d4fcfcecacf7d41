"""A time limit and a row limit that hold, whatever the query, and that leave nothing behind."""

import math
import os
import threading
import time

import pytest
from handmade import ONTOLOGY, news

from kg import query_limits
from kg.errors import QueryError
from kg.knowledge_graph import KnowledgeGraph
from kg.query_limits import within
from kg.sparql import QueryResult
from kg.store import Store

# Each is a product of all quads with themselves that has no row, or only one at the end.
ALL = "GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } GRAPH ?q { ?m ?n ?o }"
NEVER = f"{ALL} FILTER(CONCAT(STR(?a), STR(?d), STR(?j), STR(?m)) = '')"
ENDLESS = (
    f"SELECT (COUNT(*) AS ?number) {{ {ALL} }}",
    f"SELECT ?a {{ {NEVER} }}",
    f"ASK {{ {NEVER} }}",
    f"CONSTRUCT {{ ?a ?b ?f }} {{ {NEVER} }}",
)


@pytest.fixture(params=["oxigraph", "disk", "memory"])
def graph(request, tmp_path):
    engine = "memory" if request.param == "memory" else "oxigraph"
    with Store.open(tmp_path / "store" if request.param == "disk" else None, engine=engine) as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        yield KnowledgeGraph(store)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
class TestSeconds:
    @pytest.mark.parametrize("query", ENDLESS)
    def test_what_has_no_end_is_stopped(self, graph, query, monkeypatch):
        forked, fork = [], os.fork
        monkeypatch.setattr(os, "fork", lambda: forked.append(fork()) or forked[-1])
        start = time.monotonic()
        with pytest.raises(QueryError, match=r"the query was stopped after 0\.3 s – give it more time"):
            graph.query(query, timeout=0.3)
        assert time.monotonic() - start < 5
        with pytest.raises(ProcessLookupError):
            os.kill(forked[-1], 0)  # the child is gone
        assert graph.query("ASK { entity:mts a kg:Company }")

    @pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
    def test_what_is_done_in_time_is_the_same(self, graph, query):
        assert graph.query(query, timeout=30) == graph.query(query) == graph.query(query, timeout=math.inf)
        assert graph.query(query, timeout=30).labels == graph.query(query).labels

    def test_an_error_comes_as_it_is(self, graph):
        with pytest.raises(QueryError) as direct:
            graph.query("SELECT ?x {\n ?x foo:bar ?y }")
        with pytest.raises(QueryError) as through:
            graph.query("SELECT ?x {\n ?x foo:bar ?y }", timeout=9)
        assert str(direct.value) == str(through.value)
        assert direct.value.__notes__ == through.value.__notes__
        assert through.value.line == 2

    def test_no_time_at_all(self, graph):
        with pytest.raises(QueryError, match="a time limit of 0 s leaves no time"):
            graph.query("ASK {}", timeout=0)

    def test_a_process_that_is_killed_is_told(self):
        with pytest.raises(QueryError, match="the query was ended by the system – it may have taken all memory"):
            within(9, lambda: os._exit(9))

    @pytest.mark.parametrize(
        ("failure", "told"),
        [(MemoryError(), "more memory than there is"), (ZeroDivisionError("x"), "ZeroDivisionError")],
    )
    def test_whatever_fails_there_is_told(self, failure, told):
        def ask():
            raise failure

        with pytest.raises(QueryError, match=told):
            within(9, ask)

    def test_a_large_answer_comes_whole(self):
        rows = tuple((None, None) for _ in range(200_000))
        assert len(within(60, lambda: QueryResult("select", ("a", "b"), rows))) == 200_000


def test_without_fork_a_thread_is_waited_for(monkeypatch):
    monkeypatch.delattr(os, "fork", raising=False)
    done = threading.Event()
    with pytest.raises(QueryError, match=r"stopped after 0\.1 s"):
        within(0.1, lambda: QueryResult("ask", (), ()) if done.wait(9) else None)
    done.set()
    assert within(9, lambda: QueryResult("ask", ("answer",), ())).columns == ("answer",)
    assert query_limits.within(math.inf, lambda: QueryResult("ask", ("answer",), ())).kind == "ask"


class TestRows:
    @pytest.mark.parametrize("limit", [0, 1, 3])
    @pytest.mark.parametrize(
        "query", ["SELECT ?s ?o { ?s rdfs:label ?o }", "CONSTRUCT WHERE { ?s rdfs:label ?o }", "SELECT * { ?s ?p ?o }"]
    )
    def test_no_more_than_the_limit(self, graph, query, limit):
        found = graph.query(query, limit=limit)
        assert (len(found), found.truncated) == (limit, True)
        assert set(found.rows) <= set(graph.query(query).rows)
        assert found.rows == graph.query(query, limit=limit).rows
        if limit:
            assert "there are more rows" in str(found)

    def test_a_limit_that_is_not_reached_says_nothing(self, graph):
        whole = graph.query("SELECT ?s ?o { ?s rdfs:label ?o }")
        for limit in (len(whole), len(whole) + 1):
            found = graph.query("SELECT ?s ?o { ?s rdfs:label ?o }", limit=limit)
            assert (found.rows, found.truncated) == (whole.rows, False)
        assert not graph.query("ASK { ?s ?p ?o }", limit=1).truncated

    def test_order_is_kept(self, graph):
        query = "SELECT ?l { ?s rdfs:label ?l } ORDER BY DESC(?l)"
        assert graph.query(query, limit=2).rows == graph.query(query).rows[:2]

    def test_the_rest_is_never_worked_out(self, graph):
        endless = "SELECT ?a ?d ?j { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }"
        start = time.monotonic()
        assert len(graph.query(endless, limit=5)) == 5
        assert time.monotonic() - start < 5

    def test_less_than_none(self, graph):
        with pytest.raises(QueryError, match="a limit of -1 rows"):
            graph.query("ASK {}", limit=-1)
