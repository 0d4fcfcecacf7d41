"""The queries that come with kg: documented, right on the graph of seeds/, and the same in both engines."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from handmade import CHINA, GOU_PING, HUAWEI, MTS, ONTOLOGY, RUSSLAND, USA, article, entity, iri, news

import kg
from kg.binding import variables
from kg.errors import QueryError
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import ENTITY, KG
from kg.query_files import QueryFile, bundled, is_name, named, parsed, read
from kg.records import PLAIN
from kg.sparql import check
from kg.store import Store

QUERIES = {query.name: query for query in bundled()}
REQUIRED = {
    "shortest-chain": {"from": "Huawei", "to": "Russland"},
    "owners": {"company": "VMware"},
    **{
        name: {"entity": "Huawei"}
        for name in ("timeline", "articles-about", "mentioned-together", "about", "surroundings", "spellings")
    },
}
EMPTY = {"contested", "partners-of-partners", "reprints", "same-name", "said-by-publisher", "articles-by-author"}
"""What the seeds have no example of; `test_what_the_seeds_lack` has one."""


@pytest.fixture(scope="module")
def seeds():
    with kg.build([Path(__file__).parent.parent / "seeds"]) as graph:
        yield graph


@pytest.fixture(scope="module", params=["oxigraph", "memory"])
def graph(request):
    """The hand-made news, and more that contradicts it and makes names ambiguous."""
    with Store.open(engine=request.param) as store:
        for extraction in (*news(), *more()):
            store.write(extraction, ONTOLOGY)
        store.renew_sources()
        yield KnowledgeGraph(store)


def more():
    yield article(
        "b1",
        [
            "restricts asserted|Die {s:USA} {p:schränken} {o:Huawei} {p:ein}.",
            "partnersWith asserted|{s:MTS} {p:kooperiert} mit {o:Nokia}.",
        ],
        (USA, HUAWEI, MTS, entity("Nokia")),
        date="2020-01-02",
        publisher="Nordkurier",
        authors=("Ben Schulz", "Anna Meyer"),
        section="Wirtschaft",
    )
    yield article(
        "b2",
        ["basedIn asserted|{s:Nova} {p:sitzt} in {o:China}."],
        (entity("Nova", name="Nova A"), entity("Nova", name="Nova B"), entity("Nova"), CHINA, RUSSLAND, GOU_PING),
    )


class TestFiles:
    def test_there_are_enough(self):
        assert len(QUERIES) >= 20
        for name in ("who-restricts-whom", "shortest-chain", "claims-by-source", "changed-since", "contested"):
            assert name in QUERIES

    @pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
    def test_each_says_in_both_languages_what_it_is(self, query):
        assert is_name(query.name)
        assert set(query.titles) == set(query.descriptions) == {"de", "en"}
        assert query.titles["de"] != query.titles["en"]
        check(query.text)
        assert len({p.name for p in query.parameters}) == len(query.parameters)
        for parameter in query.parameters:
            assert parameter.name in variables(query.text)
            assert all(parameter.meanings.values())
        declared = query.text.count("# parameter ")
        assert declared == len(query.parameters), "a comment is not understood"
        assert {p.name for p in query.parameters if p.required} == set(REQUIRED.get(query.name, ()))
        assert all(len(line) <= 120 for line in query.text.splitlines())

    def test_names(self):
        assert named("owners").path.endswith("owners.rq")
        with pytest.raises(QueryError, match="no query is called who-restricts-who – did you mean who-restricts-whom"):
            named("who-restricts-who")

    def test_comments(self):
        query = parsed(
            "# title@en: Two\n#\n# description@en: It tells\n#   more.\n"
            "# parameter x (entity, default MTS): one | eine\n"
            "# parameter y (date, required): day\nASK { ?x ?p ?y } # parameter z (text): none"
        )
        assert (query.titles, query.descriptions) == ({"en": "Two"}, {"en": "It tells more."})
        assert [(p.name, p.kind, p.required, p.default, p.meanings["de"]) for p in query.parameters] == [
            ("x", "entity", False, "MTS", "eine"),
            ("y", "date", True, None, "day"),
        ]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("# parameter x (thing): a\nASK {}", "q.rq:1: parameter x is of an unknown kind, thing – allowed: entity"),
            ("#\n# parameter x (text): a\n# parameter x (text): b", "q.rq:3: parameter x is declared twice"),
            (b"ASK { ?x ?y '\xff' }", "q.rq: is not UTF-8"),
        ],
    )
    def test_odd_files(self, tmp_path, monkeypatch, text, told):
        monkeypatch.chdir(tmp_path)
        Path("q.rq").write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(QueryError) as caught:
            read("q.rq")
        assert str(caught.value).startswith(told)

    def test_a_file_is_named_where_its_query_is_wrong(self, graph, tmp_path):
        path = tmp_path / "q.rq"
        path.write_text("# title@en: Q\nSELECT ?x {\n  ?x foo:bar ?y }", encoding="utf-8")
        with pytest.raises(QueryError) as caught:
            graph.query(read(path))
        assert f"{path}:3: column 6: unknown prefix foo:" in str(caught.value)
        assert caught.value.__notes__ == ["    ?x foo:bar ?y }\n       ^"]


@pytest.mark.slow
class TestOnSeeds:
    @pytest.mark.parametrize("name", QUERIES)
    def test_each_finds_something(self, seeds, name):
        found = seeds.query(name, bind=REQUIRED.get(name), timeout=60)
        assert bool(found.rows) == (name not in EMPTY)
        assert found.warnings == ()

    def test_who_restricts_huawei(self, seeds):
        found = seeds.query("who-restricts-whom", bind={"whom": "Huawei"})
        wanted = {s for s, p, o in seeds.store.relations() if (p, o) == ("restricts", ENTITY + "huawei")}
        assert {str(row[0]) for row in found} == wanted != set()
        assert {str(row[1]) for row in found} == {ENTITY + "huawei"}

    def test_counts(self, seeds):
        assert sum(int(row[1]) for row in seeds.query("relation-counts")) == len(seeds)
        counted = {str(row[0]).removeprefix(KG): int(row[1]) for row in seeds.query("status-counts")}
        assert counted == dict(seeds.store.status_counts())
        supported = seeds.query("best-supported")
        assert sum(int(row[5]) for row in supported) == sum(counted[status] for status in PLAIN)
        spoken = seeds.store.mention_counts()[ENTITY + "huawei"]
        assert sum(int(row[2]) for row in seeds.query("spellings", bind={"entity": "Huawei"})) == spoken
        articles = seeds.query("articles-about", bind={"entity": "Huawei"})
        assert len(articles) == seeds.store.article_counts()[ENTITY + "huawei"]
        assert sum(int(row[3]) for row in articles) == spoken

    def test_most_connected_is_what_a_graph_library_says(self, seeds):
        network = nx.Graph((s, o) for s, _, o in seeds.store.relations())
        network.remove_edges_from(nx.selfloop_edges(network))
        found = {str(row[0]): int(row[2]) for row in seeds.query("most-connected")}
        assert found == {node: degree for node, degree in network.degree() if degree}

    def test_chains_are_those_of_a_graph_library(self, seeds):
        network = nx.Graph((s, o) for s, _, o in seeds.store.relations())
        nodes = sorted(network)[::23]
        lengths = Counter()
        for start, end in combinations(nodes, 2):
            ways = list(nx.all_shortest_paths(network, start, end)) if nx.has_path(network, start, end) else []
            length = len(ways[0]) - 1 if ways else 99
            found = seeds.query("shortest-chain", bind={"from": start, "to": end})
            assert {int(row[0]) for row in found} == ({length} if length <= 3 else set())
            assert len(found) >= (len(ways) if length <= 3 else 0)  # two relations of the same two are two chains
            lengths[min(length, 4)] += 1
        assert lengths[2] and lengths[3] and lengths[4]

    def test_a_chain_reads_well(self, seeds):
        found = seeds.query("shortest-chain", bind={"from": "MTS", "to": "China"})
        assert [str(row[1]) for row in found] == ["MTS –partnersWith→ Huawei –basedIn→ China"]


class TestOnBothEngines:
    @pytest.mark.parametrize("name", QUERIES)
    def test_what_the_seeds_lack_and_the_rest(self, graph, name):
        asked = dict.fromkeys(REQUIRED.get(name, ()), "MTS") | ({"to": "China"} if name == "shortest-chain" else {})
        found = graph.query(name, bind=asked)
        with Store.open() as store:
            for extraction in (*news(), *more()):
                store.write(extraction, ONTOLOGY)
            store.renew_sources()
            with KnowledgeGraph(store) as other:
                wanted = other.query(name, bind=asked)
        shown = [[[graph_text(one, term) for term in row] for row in one] for one in (found, wanted)]
        assert shown[0] == shown[1]
        assert found.rows or name in {"owners", "events", "without-relation", "reprints"}

    def test_contested(self, graph):
        rows = [[str(term) for term in row] for row in graph.query("contested")]
        assert rows == [[iri("USA"), KG + "restricts", iri("Huawei"), "1", "1"]]

    def test_changed_since(self, graph):
        found = graph.query("changed-since", bind={"since": "2020"})
        assert [[str(t).rpartition("/")[2].rpartition("#")[2] for t in row] for row in found] == [
            ["2020-01-02", "mts", "partnersWith", "nokia"],
            ["2020-01-02", "nokia", "partnersWith", "mts"],
            ["2020-01-02", iri("USA").rpartition("/")[2], "restricts", "huawei"],
        ]

    def test_articles_by_publisher(self, graph):
        found = [[None if t is None else str(t) for t in row] for row in graph.query("articles-by-publisher")]
        assert [row for row in found if row[0]] == [["Nordkurier", "Wirtschaft", "1", "2", "2"]]
        (rest,) = (row for row in found if not row[0])
        articles = graph.articles()
        assert int(rest[2]) == len(articles) - 1
        assert int(rest[3]) == len(graph.statements()) - 2

    def test_said_by_publisher(self, graph):
        asked = {"publisher": "Nordkurier", "relation": "restricts"}
        (row,) = graph.query("said-by-publisher", bind=asked)
        assert [str(term) for term in row[1:]] == [iri("USA"), KG + "restricts", iri("Huawei"), "1"]

    def test_articles_by_author(self, graph):
        found = [[str(term) for term in row] for row in graph.query("articles-by-author")]
        assert found == [[name, "Nordkurier", "1", "2020-01-02", "2020-01-02"] for name in ("Anna Meyer", "Ben Schulz")]

    def test_partners_of_partners(self, graph):
        found = graph.query("partners-of-partners", bind={"who": "Huawei"})
        assert [str(term) for term in found[0]] == [iri("Huawei"), iri("Nokia"), "1", iri("MTS")]

    def test_same_name(self, graph):
        (row,) = graph.query("same-name")
        assert (str(row[0]), int(row[1])) == ("Nova", 3)


def graph_text(found, term):
    text = found.text(term)
    return ", ".join(sorted(text.split(", ")))  # GROUP_CONCAT has no order


def test_a_query_file_is_frozen():
    with pytest.raises(AttributeError):
        QueryFile("a", "", {}, {}, ()).name = "b"  # type: ignore[misc]
