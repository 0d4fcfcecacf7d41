"""Loading and dumping: as a stream, all or nothing, with the default graph as if the articles had been written."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
import servers
from handmade import HUAWEI, ONTOLOGY, article, entity, iri, news, vocabulary
from pyoxigraph import NamedNode, parse
from test_store import disputed, filled, opened, recomputed
from typer.testing import CliRunner

from kg import bulk, endpoint, rdf
from kg.cli import app
from kg.errors import InputError, StoreError
from kg.store import Store

KINDS = ("oxigraph", "disk", "memory", "endpoint")


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    with opened(request.param, tmp_path) as found:
        yield found


def dumped(place: Path, extractions) -> Path:
    with Store.open() as store, place.open("wb") as out:
        bulk.dump(filled(store, extractions), out, ordered=True)
    return place


class TestLoading:
    def test_a_dump_makes_the_same_store(self, store, tmp_path):
        with Store.open() as source:
            before = set(filled(source).matching())
        found = bulk.load(store, [dumped(tmp_path / "all.nq", news())])
        assert set(store.matching()) == before
        assert (found.quads, len(found.articles)) == (len(before), 3)

    def test_dumps_of_parts_make_the_store_of_the_whole(self, store, tmp_path):
        parts = [dumped(tmp_path / f"{n}.nq", [one]) for n, one in enumerate([*news(), *disputed()])]
        bulk.load(store, parts[:3])
        for part in parts[3:]:
            bulk.load(store, [part])
        assert store.quads() == filled(Store.open(), [*news(), *disputed()]).quads()
        assert store.default_graph() == recomputed(store)
        filled(store, disputed()[:1])
        store.remove("a1")
        assert store.default_graph() == recomputed(store)

    def test_graphs_of_articles_alone_get_their_default_graph(self, store, tmp_path):
        lines = dumped(tmp_path / "a.nq", news()).read_text().splitlines()
        named = [line for line in lines if line.count("> .") and line.split()[-2].startswith("<https://kg.example/")]
        only = [line for line in named if "/article/" in line.split()[-2] or "/statements/" in line.split()[-2]]
        (tmp_path / "b.nq").write_text("\n".join(only))
        bulk.load(store, [tmp_path / "b.nq"])
        assert store.default_graph() == recomputed(store)
        assert store.relations()

    @pytest.mark.parametrize("replace", [False, True])
    def test_an_article_that_is_there_is_not_mixed_with_another(self, store, tmp_path, replace):
        filled(store)
        before = store.quads()
        newer = dumped(tmp_path / "newer.nq", [article("a1", ["basedIn asserted|{s:Huawei} {p:in} {o:X}."], (HUAWEI,))])
        if not replace:
            with pytest.raises(StoreError, match="article a1 of the files is in the store already, nothing was loaded"):
                bulk.load(store, [newer])
            assert store.quads() == before
            return
        bulk.load(store, [newer], replace=True)
        assert store.default_graph() == recomputed(store)
        assert [a.text for a in store.articles() if a.id == "a1"] != [news()[0].article.text]

    def test_two_vocabularies_give_way_to_the_next(self, store, tmp_path):
        with Store.open() as other, (tmp_path / "o.nq").open("wb") as out:
            other.write(article("o", [], (HUAWEI,)), vocabulary("2", parents={}))
            bulk.dump(other, out)
        filled(store)
        bulk.load(store, [tmp_path / "o.nq"])
        filled(store)
        found = store.query("SELECT ?v { GRAPH <https://kg.example/ontology> { ?o owl:versionInfo ?v } }")
        assert len(found) == 1

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("x.ttl", "@prefix a: <https://a.example/> .\na:x a:p 'é', 5 ."),
            ("x.nt", "<https://a.example/x> <https://a.example/p> 'é', 5 .".replace("'é', 5", '"é"')),
            ("x.trig", "<https://a.example/x> <https://a.example/p> 'é' ."),
            ("x.jsonld", '{"@id": "https://a.example/x", "https://a.example/p": "é"}'),
            (
                "x.rdf",
                '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="https://a.example/">'
                '<r:Description r:about="https://a.example/x"><a:p>é</a:p></r:Description></r:RDF>',
            ),
        ],
    )
    @pytest.mark.parametrize("packed", [False, True])
    def test_every_format_into_a_graph_of_ones_own(self, tmp_path, name, content, packed):
        file = tmp_path / (name + ".gz" if packed else name)
        file.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
        with Store.open() as store:
            bulk.load(store, [file], graph="https://a.example/g")
            found = store.query(
                'ASK { GRAPH <https://a.example/g> { <https://a.example/x> <https://a.example/p> "é" } }'
            )
            assert found and not store.default_graph()

    def test_blank_nodes_of_two_files_stay_apart(self, store, tmp_path):
        for name in "ab":
            (tmp_path / f"{name}.ttl").write_text(f"_:x <https://a.example/p> '{name}1', '{name}2' .")
        bulk.load(store, [tmp_path / "a.ttl", tmp_path / "b.ttl"])
        assert len({str(quad.subject) for quad in store.quads()}) == 2


class TestBadFiles:
    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("x.nq", b"<a:b> <a:b> <a:b> .\n<a:b> <a:b> oops .\n", r"x\.nq:2: not well-formed: .*object"),
            ("x.ttl", b"@prefix a: <a:> .\n\na:x a:p b:y .\n", r"x\.ttl:3: not well-formed: .*prefix"),
            ("x.ttl", b"<x> <y> <z> .", r"x\.ttl:1: not well-formed: .*IRI"),
            ("x.jsonld", b'{"@id": }', r"x\.jsonld:1: not well-formed"),
            ("x.rdf", b"<a>", r"x\.rdf: not well-formed|x\.rdf:1: not well-formed"),
            ("x.nq", b'<a:b> <a:b> "\xff" .\n', r"x\.nq:1: not well-formed"),
            ("x.nq.gz", b"no archive", r"x\.nq\.gz: cannot be read: Not a gzipped file"),
            ("x.nq.gz", gzip.compress(b"<a:b> <a:b> <a:b> .\n" * 9999)[:-20], r"x\.nq\.gz: cannot be read: .*ended"),
            ("x.docx", b"", r"x\.docx: no format called 'docx' – allowed: nq, nt, trig, ttl"),
            ("x", b"", r"x: no format can be told from the name"),
        ],
    )
    def test_nothing_is_loaded(self, store, tmp_path, name, content, message):
        good = dumped(tmp_path / "good.nq", news())
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=message) as caught:
            bulk.load(store, [good, tmp_path / name])
        assert "\n" not in str(caught.value)
        assert set(store.matching()) == set()

    def test_nothing_is_changed_in_a_store_that_holds_something(self, store, tmp_path):
        before = set(filled(store).matching())
        (tmp_path / "bad.nq").write_text("<a:b> <a:b> <a:b> .\n" * 30_000 + "oops")
        with pytest.raises(InputError, match=r"bad\.nq:30001: not well-formed"):
            bulk.load(store, [dumped(tmp_path / "good.nq", disputed()), tmp_path / "bad.nq"], replace=True)
        assert set(store.matching()) == before

    def test_files_that_are_not_there(self, store, tmp_path):
        with pytest.raises(InputError, match=r"none\.nq: cannot be read: No such file"):
            bulk.load(store, [tmp_path / "none.nq"])

    @pytest.mark.parametrize("graph", ["no iri", "https://kg.example/article/a1"])
    def test_graphs_that_cannot_be_named(self, graph, tmp_path):
        (tmp_path / "x.ttl").write_text("")
        with pytest.raises(InputError, match=r"no IRI for a graph|belongs to an article"):
            bulk.load(Store.open(), [tmp_path / "x.ttl"], graph=graph)

    def test_an_endpoint_that_fails_midway_tells_how_to_go_on(self, tmp_path, monkeypatch):
        monkeypatch.setattr(endpoint, "_LOADED", 50)
        file = dumped(tmp_path / "all.nq", news())
        with opened("endpoint", tmp_path) as store:
            connection = store._engine._connection
            real, sent = connection.update, []

            def fail_at_third(text, *, again):
                sent.append(text)
                if len(sent) == 3:
                    raise StoreError("the endpoint answered 500", path="http://h/update")
                real(text, again=again)

            monkeypatch.setattr(connection, "update", fail_at_third)
            with pytest.raises(StoreError, match="answered 500 – 100 quads are in; when it works again, load all once"):
                bulk.load(store, [file])
            bulk.load(store, [file], replace=True)
            assert store.quads() == filled(Store.open()).quads()


class TestCommands:
    def test_dump_and_load_from_store_to_server(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        address = servers.shared_oxigraph()
        servers.clear(address)
        with Store.open("mine") as store:
            filled(store).renew_sources()
            before = store.quads()
            wanted = rdf.nquads(store.matching()).decode()
        run = CliRunner()
        out = run.invoke(app, ["dump", "--sorted", "--store", "mine"])
        assert (out.exit_code, out.stdout) == (0, wanted)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(out.stdout_bytes)))
        done = run.invoke(app, ["load", "-", "--store", address], input=out.stdout_bytes)
        assert done.exit_code == 0, done.output
        assert done.stdout == f"loaded: {len(before) + 1:,} quads, 3 article(s) among them\n"
        again = run.invoke(app, ["dump", "again.nq", "--store", address])
        assert (again.exit_code, again.stdout) == (0, "written: again.nq\n")
        assert set(parse(path="again.nq")) - set(parse(out.stdout_bytes, _nq())) == set()
        saved = run.invoke(app, ["backup", "saved", "--store", address])
        assert (saved.exit_code, saved.stdout) == (0, "written: saved/store.nq\n")
        assert len((tmp_path / "saved" / "store.nq").read_text().splitlines()) == len(before) + 1

    def test_what_is_malformed_is_one_line(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        Path("bad.nq").write_text("oops")
        done = CliRunner().invoke(app, ["load", "bad.nq", "--store", "new"])
        assert done.exit_code == 1
        assert done.stderr.startswith("kg: error: bad.nq:1: not well-formed: ") and done.stderr.count("\n") == 1
        assert not Path("new").exists()

    def test_a_dump_that_cannot_be_written(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with Store.open("mine") as store:
            filled(store, news()[:1])
        done = CliRunner().invoke(app, ["dump", "none/x.nq", "--store", "mine"])
        assert done.stderr == "kg: error: none/x.nq: the file cannot be written: No such file or directory\n"


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "STEP", 100)
    told = []
    file = dumped(tmp_path / "all.nq", news())
    found = bulk.load(Store.open(), [file], progress=lambda *step: told.append(step))
    assert [quads for quads, _ in told] == [*range(100, found.quads + 1, 100), found.quads]
    assert told[-1] == (found.quads, file.stat().st_size)


def test_an_entity_that_only_others_describe_is_left_alone(tmp_path):
    (tmp_path / "own.ttl").write_text(f"<{iri('X')}> <http://www.w3.org/2000/01/rdf-schema#label> 'Own' .")
    with Store.open() as store:
        bulk.load(store, [tmp_path / "own.ttl"])
        store.write(article("a", [], (entity("Y"),)), ONTOLOGY)
        assert any(store._engine.quads(NamedNode(iri("X"))))


def _nq():
    return bulk.FORMATS["nq"]
