"""Endpoints that fail, and what the three real kinds of them do with an article."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import rdflib
import servers
from handmade import HUAWEI, ONTOLOGY, USA, article, iri, news
from pyoxigraph import Literal, NamedNode, Quad
from typer.testing import CliRunner

import kg
from kg import protocol, terms
from kg.cli import app
from kg.endpoint import _for_virtuoso
from kg.errors import QueryError, StoreError
from kg.protocol import parse_address
from kg.store import Store

EMPTY = json.dumps({"head": {"vars": ["s", "p", "o", "g"]}, "results": {"bindings": []}})
JSON = "application/sparql-results+json"
Answer = Callable[[BaseHTTPRequestHandler, str], None]


def reply(code: int = 200, body: str = EMPTY, kind: str = JSON, length: int | None = None, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, _: str) -> None:
        sent = body.encode()
        handler.send_response(code)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(sent) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(sent)
        handler.wfile.flush()
        if length is not None:
            handler.close_connection = True

    return answer


@pytest.fixture
def endpoint(monkeypatch):
    """A server that says what a test tells it to; every answer serves once, the last for ever."""
    monkeypatch.setattr(protocol, "_WAITS", (0.0, 0.0, 0.0))
    told: list[Answer] = [reply()]
    asked: list[tuple[str, dict[str, str], str]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((self.path, dict(self.headers), body))
            (told.pop(0) if len(told) > 1 else told[0])(self, body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # A client that hangs up is told on the standard error, in whatever test is running by then.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/query", told, asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def remote():
    servers.clear(servers.shared_oxigraph())
    with Store.open(servers.shared_oxigraph()) as store:
        yield store


class TestAddresses:
    @pytest.mark.parametrize(
        ("given", "update"),
        [
            ("http://h/query", "http://h/update"),
            ("http://h/news/query/", "http://h/news/update"),
            ("http://h/repositories/news", "http://h/repositories/news/statements"),
            ("http://h:8890/sparql", "http://h:8890/sparql"),
            ("http://h/a http://h/b", "http://h/b"),
        ],
    )
    def test_where_it_is_told(self, given, update):
        assert parse_address(given).update == update

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            ("http://", "no address of an endpoint – it looks like http://localhost:7878/query"),
            ("http://h:99999/query", "no address of an endpoint"),
            ("http://h/query other", "other: this is no address"),
            ("http://a/ http://b/ http://c/", "more than two"),
            ("http://me:secret@h/query", r"http://h/query: no user and password .* set KG_STORE_USER and"),
        ],
    )
    def test_what_is_none(self, given, problem):
        with pytest.raises(StoreError, match=problem) as caught:
            Store.open(given)
        assert "secret" not in str(caught.value)


class TestFailures:
    @pytest.mark.parametrize(
        ("answer", "message"),
        [
            (reply(500, "Out of cheese\nat line 3", "text/plain"), "answered 500 .*: Out of cheese – its log may tell"),
            (reply(503, "<html>busy</html>", "text/html"), "answered 503 Service Unavailable – try again later"),
            (reply(404, "", "text/plain"), "answered 404 Not Found – is this its SPARQL service, such as http"),
            (reply(401, "", "text/plain"), "answered 401 Unauthorized – set KG_STORE_USER and KG_STORE_PASSWORD"),
            (reply(302, "", Location="https://other.example/q"), "has moved to https://other.example/q – name that"),
            (reply(200, "<html>", "text/html"), "answered with text/html – is this its SPARQL service"),
            (reply(200, EMPTY[:-5]), "broke off in the middle|cannot be read"),
            (
                reply(200, EMPTY, length=len(EMPTY) + 9),
                "the endpoint broke off in the middle of its answer – try again",
            ),
            (reply(200, EMPTY, X_SPARQL_MaxRows="10000"), "no more than 10000 rows at a time – raise ResultSetMaxRows"),
        ],
    )
    def test_each_is_one_line_that_names_the_endpoint(self, endpoint, answer, message):
        address, told, _ = endpoint
        told[:] = [answer]
        with pytest.raises(StoreError, match=message) as caught:
            Store.open(address)
        assert str(caught.value).startswith(f"{address}: the endpoint") and "\n" not in str(caught.value)

    def test_one_that_is_down(self, monkeypatch):
        monkeypatch.setattr(protocol, "_WAITS", (0.0,))
        address = f"http://127.0.0.1:{servers.free_port()}/query"
        with pytest.raises(StoreError, match=r"cannot be reached: Connection refused – is the server running"):
            kg.open(address)
        done = CliRunner().invoke(app, ["explain", "Huawei", "--store", address])
        assert done.exit_code == 1
        assert done.stderr == (
            f"kg: error: {address}: the endpoint cannot be reached: Connection refused – is the server running, "
            "and the address right?\n"
        )

    def test_one_that_is_busy_is_asked_again(self, endpoint):
        address, told, asked = endpoint
        told[:] = [reply(503), reply(502), reply(429, Retry_After="0"), reply()]
        with Store.open(address) as store:
            assert store.articles() == ()
        assert len(asked) == 5

    def test_a_failed_write_is_told_and_not_repeated_where_it_would_not_help(self, endpoint):
        address, told, asked = endpoint

        def only_updates_fail(handler, body):
            (reply(500, "disk full", "text/plain") if "INSERT" in body else reply())(handler, body)

        told[:] = [only_updates_fail]
        with Store.open(address) as store, pytest.raises(StoreError, match=r"/update: .* 500 .*: disk full"):
            store.write(news()[0], ONTOLOGY)
        assert len([body for _, _, body in asked if "INSERT" in body]) == 1

    def test_a_write_is_sent_once_more_where_nobody_knows_whether_it_arrived(self, endpoint):
        address, told, asked = endpoint
        dropped = []

        def drop_the_first(handler, body):
            if "INSERT" in body and not dropped:
                dropped.append(body)
                handler.close_connection = True
                return
            reply()(handler, body)

        told[:] = [drop_the_first]
        with Store.open(address) as store:
            store.write(news()[0], ONTOLOGY)
        assert [body for _, _, body in asked if "INSERT" in body] == [dropped[0]] * 2

    def test_reading_only(self, tmp_path):
        with Store.open(tmp_path / "s") as store:
            store.write(news()[0], ONTOLOGY)
        with (
            Store.open(servers.oxigraph(str(tmp_path / "s"), "serve-read-only")) as store,
            pytest.raises(StoreError, match=r"/update: .* 403 Forbidden \(it may be open for reading only\)"),
        ):
            assert [found.id for found in store.articles()] == ["a1"]
            store.write(news()[1], ONTOLOGY)

    def test_a_build_names_the_article_and_the_endpoint(self, stand_in, endpoint, texts):
        address, told, _ = endpoint
        told[:] = [lambda handler, body: (reply(500, "", "text/plain") if "INSERT" in body else reply())(handler, body)]
        done = CliRunner().invoke(app, ["build", "-", "--store", address], input=texts[0])
        assert done.exit_code == 1
        assert f"not written to {address.replace('query', 'update')}: the endpoint answered 500" in done.stderr


class TestRequests:
    def test_credentials_come_from_the_environment(self, endpoint, monkeypatch):
        address, _, asked = endpoint
        monkeypatch.setenv("KG_STORE_USER", "jürgen")
        monkeypatch.setenv("KG_STORE_PASSWORD", "geheim")
        Store.open(address).close()
        sent = asked[0][1]["Authorization"].removeprefix("Basic ")
        assert base64.b64decode(sent).decode() == "jürgen:geheim"

    def test_digest_is_used_where_the_server_asks_for_it(self, endpoint, monkeypatch):
        address, told, asked = endpoint
        monkeypatch.setenv("KG_STORE_USER", "dba")
        monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
        challenge = 'Digest realm="SPARQL", nonce="5f", qop="auth", algorithm="MD5"'
        told[:] = [
            reply(401, "", WWW_Authenticate=challenge),
            reply(401, "", WWW_Authenticate=challenge),
            reply(),
        ]
        Store.open(address).close()
        assert asked[-1][1]["Authorization"].startswith('Digest username="dba", realm="SPARQL"')

    def test_without_them_none_are_sent(self, endpoint, monkeypatch):
        monkeypatch.delenv("KG_STORE_USER", raising=False)
        Store.open(endpoint[0]).close()
        assert "Authorization" not in endpoint[2][0][1]

    def test_an_article_is_one_update_and_few_questions(self, endpoint):
        address, _, asked = endpoint
        with Store.open(address) as store:
            for extraction in news():
                asked.clear()
                store.write(extraction, ONTOLOGY)
                assert len([path for path, _, _ in asked if path == "/update"]) == 1
                assert len(asked) <= 15

    def test_a_query_is_refused_before_it_is_sent(self, endpoint):
        address, _, asked = endpoint
        with Store.open(address) as store:
            asked.clear()
            for bad in ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SELECT {", "DROP ALL"):
                with pytest.raises(QueryError):
                    store.query(bad)
        assert asked == []

    def test_a_query_that_the_endpoint_refuses(self, endpoint):
        address, told, _ = endpoint
        with Store.open(address) as store:
            told[:] = [reply(400, "query too heavy", "text/plain")]
            with pytest.raises(QueryError, match="answered 400 Bad Request: query too heavy"):
                store.query("SELECT * { ?s ?p ?o }")


class TestRealServer:
    def test_all_forms_of_queries_answer_as_in_memory(self, remote):
        with Store.open() as local:
            for store in (local, remote):
                for extraction in news():
                    store.write(extraction, ONTOLOGY)
            for query in (
                "SELECT ?who ?whom { ?who kg:partnersWith ?whom }",
                "SELECT ?who (COUNT(*) AS ?n) { ?who ?p ?o } GROUP BY ?who ORDER BY DESC(?n) ?who",
                "SELECT ?x ?nothing { ?x kg:leads ?y OPTIONAL { ?x kg:weds ?nothing } }",
                "ASK { entity:huawei kg:partnersWith entity:mts }",
                "ASK { entity:huawei kg:partnersWith entity:huawei }",
                "CONSTRUCT { ?y kg:ledBy ?x } WHERE { ?x kg:leads ?y }",
                "DESCRIBE entity:huawei",
                "SELECT ?q { GRAPH ?g { ?s oa:exact ?q } } LIMIT 3",
            ):
                expected, found = local.query(query), remote.query(query)
                assert (found.kind, found.columns) == (expected.kind, expected.columns)
                assert "LIMIT" in query or found == expected

    def test_a_request_is_carried_out_whole_or_not_at_all(self, remote):
        connection = remote._engine._connection
        unreachable = f"http://127.0.0.1:{servers.free_port()}/"
        with pytest.raises(StoreError, match="the endpoint answered"):
            connection.update(f"INSERT DATA {{ <a:s> <a:p> 1 }} ; LOAD <{unreachable}>", again=True)
        assert remote.quads() == frozenset()

    def test_where_a_server_stops_halfway_reading_the_article_again_mends_it(self, remote, monkeypatch):
        first = article("d", ["basedIn asserted|{s:Huawei} {p:in} {o:USA}."], (HUAWEI, USA))
        second = news()[0]
        third = replace(second, article=replace(second.article, id="d"))
        connection = remote._engine._connection
        real = connection.update
        with Store.open() as local:
            for extraction in (*news()[1:], first):
                remote.write(extraction, ONTOLOGY)
                local.write(extraction, ONTOLOGY)
            for extraction in (third, first, third):
                sizes = []
                for stop in range(9):

                    def stopped(text, *, again, stop=stop, sizes=sizes):
                        parts = text.split(" ;\n")
                        sizes.append(len(parts))
                        for part in parts[:stop]:
                            real(part, again=again)
                        raise StoreError("stopped")

                    with monkeypatch.context() as halfway, pytest.raises(StoreError, match="stopped"):
                        halfway.setattr(connection, "update", stopped)
                        remote.write(extraction, ONTOLOGY)
                        connection.update("", again=True)  # nothing was left to do
                assert max(sizes) > 3
                remote.write(extraction, ONTOLOGY)
                local.write(extraction, ONTOLOGY)
                assert remote.quads() == local.quads()

    def test_rdflib_writes_in_one_request_when_it_is_told_to(self, remote):
        graph = remote.dataset.graph(rdflib.URIRef("https://example.org/mine"))
        for number in range(50):
            graph.add((rdflib.URIRef(iri("MTS")), rdflib.RDFS.comment, rdflib.Literal(f"note {number}", lang="en")))
        remote.dataset.store.commit()
        assert len(graph) == 50
        found = remote.query("SELECT (COUNT(*) AS ?n) { GRAPH <https://example.org/mine> { ?s ?p ?o } }")
        assert str(found.rows[0][0]) == "50"

    def test_what_others_put_into_the_store_changes_no_article(self, remote):
        mine = NamedNode("https://example.org/mine")
        remote.write(article("a", ["basedIn asserted|{s:Huawei} {p:in} {o:USA}."], (HUAWEI, USA)), ONTOLOGY)
        huawei, based, usa = NamedNode(iri("Huawei")), terms.term("kg:basedIn"), NamedNode(USA.iri)
        remote.load([Quad(huawei, based, usa, mine), Quad(huawei, terms.LABEL, Literal("Nobody"), mine)])
        remote.write(article("a", [], (HUAWEI,)), ONTOLOGY)
        assert remote.relations() == ()
        assert {entity.label for entity in remote.entities()} == {"Huawei"}


def test_virtuoso_lets_in_who_knows_the_password(monkeypatch):
    address = servers.shared_virtuoso().replace("/sparql?", "/sparql-auth?")
    monkeypatch.setenv("KG_STORE_USER", "dba")
    for password, right in (("dba", True), ("wrong", False)):
        monkeypatch.setenv("KG_STORE_PASSWORD", password)
        if right:
            Store.open(address).close()
        else:
            with pytest.raises(StoreError, match="answered 401 Unauthorized – set KG_STORE_USER and KG_STORE_PASSWORD"):
                Store.open(address)


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("ASK { GRAPH <a:b> { ?s ?p ?o } }", "ASK { VALUES ?kg_named_0 { <a:b> } GRAPH ?kg_named_0 { ?s ?p ?o } }"),
        ("ASK { graph kg:x{ ?s ?p ?o } }", "ASK { VALUES ?kg_named_0 { kg:x } GRAPH ?kg_named_0{ ?s ?p ?o } }"),
        ("ASK { GRAPH ?g { ?s ?p 'GRAPH <a:b>' } } # GRAPH <a:b>", None),
        ('ASK { <a:GRAPH> ?p """a" GRAPH <a:b>""" }', None),
    ],
)
def test_graphs_are_variables_for_virtuoso(query, sent):
    assert _for_virtuoso(query) == (sent or query)


def test_virtuoso_asks_for_named_and_default_graphs_at_once():
    address = servers.shared_virtuoso()
    servers.clear(address)
    with Store.open(address) as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        (row,) = store.query(
            "SELECT * { entity:huawei kg:partnersWith ?whom GRAPH article:a1 { article:a1 dcterms:title ?title } }"
        ).rows
        assert {str(term) for term in row} == {"Huawei baut 5G in Russland", iri("MTS")}
        assert store.query("ASK { entity:huawei kg:partnersWith entity:mts }")
        assert not store.query("ASK { entity:huawei kg:partnersWith entity:huawei }")
