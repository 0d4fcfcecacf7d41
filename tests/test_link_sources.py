"""Sources of links against a server on this machine that speaks their protocols, and against files."""

from __future__ import annotations

import json
import threading
import urllib.parse
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest
from handmade import GOU_PING, HUAWEI, MTS, ONTOLOGY, entity, news

from kg.errors import LinkError
from kg.link_sources import Dump, Endpoint, Found, Service
from kg.linking import Rules, link
from kg.ontology import load_ontology
from kg.store import Store

WD = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"
MANIFEST = {"versions": ["0.2"], "name": "t", "identifierSpace": WD, "schemaSpace": WDT}
PEOPLE = """
PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  wd:Q1 rdfs:label "Huawei"@en ; skos:altLabel "Huawei Technologies"@de ; wdt:P31 wd:Q4830453 .
  wd:Q2 rdfs:label "Gou Ping" ; a wd:Q5 . wd:Q4830453 rdfs:label "business"@en . wd:Q5 rdfs:label "human"@en .
  wd:Q3 rdfs:label "huawei"@fr , "MTS"@mul . _:b rdfs:label "Huawei"@en .
}"""


@contextmanager
def serving(answer):
    """A server on this machine; ``answer`` is called with the handler and what was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self, None)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer(self, {key: values[0] for key, values in urllib.parse.parse_qs(body).items()})

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # A client that hangs up is told on the standard error, in whatever test is running by then.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        server.server_close()


def say(handler, body: bytes | object, code: int = 200, length: int | None = None, **headers: str) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(code)
    handler.send_header("Content-Length", str(len(data) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def reconciling(asked: list):
    def answer(handler, form):
        if form is None:
            return say(handler, MANIFEST)
        queries = json.loads(form["queries"])
        asked.append(queries)
        results = {
            key: {
                "result": [
                    {
                        "id": "Q1",
                        "name": query["query"],
                        "type": [{"id": "Q4830453", "name": "business"}],
                        "score": 97.5,
                    },
                    {"id": "Q9", "name": "Other", "type": ["Q5"], "score": 12, "match": False},
                    {"name": "without an id"},
                    {"id": "Q1 <x>", "name": "an id that makes no IRI"},
                ]
            }
            for key, query in queries.items()
        }
        return say(handler, results)

    return answer


class TestService:
    def test_it_is_asked_in_batches_with_types(self):
        asked: list = []
        many = [HUAWEI, GOU_PING, *(entity(f"Firma {number}") for number in range(11))]
        with serving(reconciling(asked)) as url:
            found = dict(Service(url, {"Company": "Q4830453"}).find(many))
        assert [len(batch) for batch in asked] == [10, 3]
        assert asked[0]["q0"] == {"query": "Huawei", "limit": 5, "type": "Q4830453"}
        assert "type" not in asked[0]["q1"]
        assert found[HUAWEI] == [
            Found(WD + "Q1", ("Huawei",), ((WDT + "Q4830453", "business"),), "97.5 points by the service"),
            Found(WD + "Q9", ("Other",), ((WDT + "Q5", ""),), "12 points by the service"),
        ]

    def test_a_link_is_drawn_through_it(self):
        with Store.open() as store, serving(reconciling([])) as url:
            for extraction in news():
                store.write(extraction, ONTOLOGY)
            result = link(store, Service(url), Rules(load_ontology()), {}, wanted=[HUAWEI.iri])
        assert {one.target: one.verdict for one in result.candidates} == {WD + "Q1": "linked", WD + "Q9": "open"}

    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            (lambda h, _: say(h, b"<html>", 200), "does not answer in JSON, but with “<html>”"),
            (lambda h, _: say(h, {"name": "x"}), "is no reconciliation service: its manifest has no identifierSpace"),
            (lambda h, _: say(h, [1]), "is no reconciliation service"),
            (lambda h, _: say(h, b"too busy\nnow", 503), "answers 503 Service Unavailable: too busy – ask fewer names"),
            (lambda h, _: say(h, b"", 404), "answers 404 Not Found – check the address"),
            (lambda h, _: say(h, b'{"identifierSpa', length=400), "broke off in the middle of its answer"),
            (lambda h, _: say(h, b"", 302, Location="http://elsewhere.example/"), "answers 302 Found"),
            (lambda h, f: say(h, MANIFEST if f is None else {"q1": {"result": []}}), "answers only a part"),
            (lambda h, f: say(h, MANIFEST if f is None else {"q0": {"error": "x"}}), "answers only a part"),
        ],
    )
    def test_what_goes_wrong_is_told_with_the_address(self, answer, told):
        with serving(answer) as url, pytest.raises(LinkError) as caught:
            list(Service(url, timeout=5).find([HUAWEI]))
        assert told in str(caught.value) and url in str(caught.value)

    def test_a_redirect_on_the_same_host_is_followed(self):
        def answer(handler, form):
            if handler.path == "/api":
                say(handler, b"", 302, Location="/moved")
            else:
                say(handler, MANIFEST)

        with serving(answer) as url:
            assert Service(url).name == url

    def test_nobody_there(self):
        with serving(lambda *_: None) as url:
            pass
        with pytest.raises(LinkError, match=r"cannot be reached: .* – check the address and the network"):
            Service(url, timeout=2)

    def test_an_answer_that_does_not_come(self):
        gate = threading.Event()
        with serving(lambda *_: gate.wait(10)) as url:
            with pytest.raises(LinkError, match="cannot be reached"):
                Service(url, timeout=0.2)
            gate.set()

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "wikidata", "ftp://a.example/x", "http://[", ""])
    def test_only_addresses_of_the_web(self, url):
        with pytest.raises(LinkError, match="is no address of the web"):
            Service(url)


class TestEndpoint:
    @pytest.fixture
    def asked(self):
        return []

    @pytest.fixture
    def url(self, asked):
        inner = ox.Store()
        inner.update(PEOPLE)

        def answer(handler, form):
            asked.append(form["query"])
            results = inner.query(form["query"])
            say(handler, results.serialize(format=ox.QueryResultsFormat.JSON))

        with serving(answer) as url:
            yield url

    def test_it_is_asked_for_names_letter_by_letter(self, url, asked):
        hostile = entity('a"} ; DROP ALL # \\ \n')
        assert dict(Endpoint(url).find([HUAWEI, GOU_PING, MTS, hostile])) == {
            HUAWEI: [Found(WD + "Q1", ("Huawei", "Huawei Technologies"), ((WD + "Q4830453", "business"),))],
            GOU_PING: [Found(WD + "Q2", ("Gou Ping",), ((WD + "Q5", "human"),))],
            MTS: [Found(WD + "Q3", ("MTS",))],
            hostile: [],
        }
        assert len(asked) == 1

    @pytest.mark.parametrize("body", [{"x": 1}, {"results": {}}, {"results": {"bindings": [{"item": "x"}]}}, []])
    def test_an_answer_that_is_none(self, body):
        with (
            serving(lambda h, _: say(h, body)) as url,
            pytest.raises(LinkError, match="not answer with SPARQL results"),
        ):
            list(Endpoint(url).find([HUAWEI]))


CSV = """iri,label,aliases,types
https://a.example/1,Huawei,Huawei Technologies|华为,company
https://a.example/2,Österreich,,country
https://a.example/3,Nokia,,
"""
TURTLE = """@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://a.example/1> a schema:Corporation ; skos:altLabel "Huawei Technologies" ; schema:name "Huawei" .
<https://a.example/3> rdfs:label "Nokia"@fi . [] rdfs:label "Huawei" . schema:Corporation rdfs:label "corporation" .
"""


class TestDump:
    @pytest.mark.parametrize(
        ("name", "text", "types"),
        [
            ("d.csv", CSV, (("", "company"),)),
            ("d.csv", CSV.replace(",", ";"), (("", "company"),)),
            ("d.ttl", TURTLE, (("https://schema.org/Corporation", "corporation"),)),
        ],
    )
    def test_files_are_asked_for_names_like_ours(self, tmp_path, name, text, types):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        dump = Dump(path)
        assert dump.name == name
        found = dict(dump.find([HUAWEI, entity("Huaweii"), entity("Apple")]))
        (one,) = found[HUAWEI]
        assert (one.iri, one.names[0], one.types) == ("https://a.example/1", "Huawei", types)
        assert [[thing.iri for thing in things] for things in found.values()] == [[one.iri], [one.iri], []]

    @pytest.mark.parametrize(
        ("name", "text", "told"),
        [
            ("d.csv", "id,name\n1,x\n", "d.csv:1: no column “iri” – allowed: iri, label, aliases, types"),
            ("d.csv", "iri,label\nx,Huawei\n", "d.csv:2: “x” is no IRI"),
            ("d.csv", "iri,label\nhttps://a.example/1,\n", "d.csv:2: nothing under label"),
            ("d.csv", "", "no column “iri”"),
            ("d.ttl", "<a> <b> .", "is no Turtle"),
            ("d.xls", "x", "has an unknown ending – allowed: .csv"),
        ],
    )
    def test_a_file_that_cannot_be_used(self, tmp_path, name, text, told):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(LinkError) as caught:
            Dump(path)
        assert told in str(caught.value)

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(LinkError, match=r"none.csv: cannot be read: No such file"):
            Dump(tmp_path / "none.csv")
