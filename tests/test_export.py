from __future__ import annotations

import csv
import dataclasses
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from handmade import HUAWEI, MTS, ONTOLOGY, article, entity, news
from networkx.readwrite.graphml import GraphMLWriter

from kg.errors import KgError, StoreError
from kg.export import write, write_bundle
from kg.formats import FORMATS
from kg.graphs import to_networkx
from kg.rdf_files import NOT_XML
from kg.store import Store

HOSTILE = '=cmd|"/C calc"!A0 \\ \n\t\r\x07\x00 </data><script> \u2028 ]]> ä😀'


@pytest.fixture(params=["oxigraph", "memory"])
def store(request):
    with Store.open(engine=request.param) as found:
        for extraction in news():
            found.write(extraction, ONTOLOGY)
        yield found


@pytest.fixture
def hostile(store):
    extraction = news()[0]
    body = dataclasses.replace(extraction.article, title=HOSTILE, text=extraction.article.text + HOSTILE)
    named = dataclasses.replace(MTS, label=HOSTILE, aliases=("-2", "@x"))
    entities = (*(e for e in extraction.entities if e != MTS), named)
    store.write(dataclasses.replace(extraction, article=body, entities=entities), ONTOLOGY)
    return store


def written(store: Store, folder: Path, form: str) -> bytes:
    (path,) = write(store, folder / f"g.{form}")
    return path.read_bytes()


def in_default(quads) -> set:
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}


def test_graphml_is_what_networkx_writes(hostile, tmp_path):
    graph = to_networkx(hostile)
    for _, given in graph.nodes(data=True):
        given.update({name: NOT_XML.sub("\ufffd", one) for name, one in given.items() if isinstance(one, str)})
    for source, target, key, given in graph.edges(keys=True, data=True):
        given.update({name: NOT_XML.sub("\ufffd", one) for name, one in given.items() if isinstance(one, str)})
        given["edge_id"] = f"{source} {key} {target}"
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, named_key_ids=False, edge_id_from_attribute="edge_id")
    writer.add_graph_element(graph)
    out = io.BytesIO()
    writer.dump(out)
    assert written(hostile, tmp_path, "graphml") == out.getvalue() + b"\n"


@pytest.mark.parametrize("form", ["nq", "ttl", "trig", "nt", "graphml"])
def test_a_disk_that_fills_while_lines_are_sorted_leaves_the_old_file(store, tmp_path, monkeypatch, form):
    target = tmp_path / f"g.{form}"
    target.write_text("old")

    def full(*_args, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile" if form != "graphml" else "os.fsync", full)
    monkeypatch.setattr("kg.line_sort.sorted_lines.__kwdefaults__", {"run": 1, "runs": 200})
    with pytest.raises(StoreError, match=r"No space left on device.*nothing was changed"):
        write(store, target)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_text() == "old"


class TestRdf:
    @pytest.mark.parametrize("form", ["trig", "nq", "jsonld"])
    def test_all_graphs_come_back_whatever_the_text(self, hostile, tmp_path, form):
        formats = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
        assert set(ox.parse(written(hostile, tmp_path, form), formats[form])) == hostile.quads()

    def test_turtle_holds_the_default_graph(self, hostile, tmp_path):
        found = {
            ox.Triple(*list(quad)[:3]) for quad in ox.parse(written(hostile, tmp_path, "ttl"), ox.RdfFormat.TURTLE)
        }
        assert found == in_default(hostile.default_graph())

    @pytest.mark.parametrize(("form", "rdflib_name"), [("ttl", "turtle"), ("trig", "trig"), ("jsonld", "json-ld")])
    def test_rdflib_reads_it_too(self, store, tmp_path, form, rdflib_name):
        dataset = rdflib.Dataset().parse(data=written(store, tmp_path, form), format=rdflib_name)
        assert len(list(dataset.quads())) == (len(store.default_graph()) if form == "ttl" else len(store.quads()))

    def test_turtle_is_made_to_be_read(self, store, tmp_path):
        text = written(store, tmp_path, "ttl").decode()
        assert text.startswith("@prefix entity: <https://kg.example/entity/> .\n@prefix kg:")
        assert "@prefix owl:" not in text
        assert (
            '\n\nentity:huawei a kg:Company ;\n    rdfs:label "Huawei" ;\n    skos:altLabel "Huawei Technologies" ;\n'
            "    kg:basedIn entity:china-place ;\n    kg:partnersWith entity:mts .\n\nentity:mts a kg:Company ;\n"
        ) in text

    def test_nquads_are_sorted(self, store, tmp_path):
        lines = written(store, tmp_path, "nq").splitlines()
        assert lines == sorted(set(lines))
        assert len(lines) == len(store.quads())


class TestGraphTools:
    def test_graphml_comes_back(self, store, tmp_path):
        (path,) = write(store, tmp_path / "g.graphml")
        found, graph = nx.read_graphml(path, force_multigraph=True), to_networkx(store)
        for node, given in graph.nodes(data=True):
            assert {name: value or "" for name, value in found.nodes[node].items()} == {"aliases": "", **given}
        assert sorted(
            (s, t, d["property"], d["weight"], d["symmetric"]) for s, t, d in found.edges(data=True)
        ) == sorted((s, t, d["property"], d["weight"], d["symmetric"]) for s, t, d in graph.edges(data=True))

    def test_every_edge_has_an_id_of_its_own(self, store, tmp_path):
        for form in ("graphml", "gexf"):
            root = ET.fromstring(written(store, tmp_path, form))
            ids = [element.get("id") for element in root.iter() if element.tag.endswith("}edge")]
            assert len(ids) == len(set(ids)) == to_networkx(store).number_of_edges()
            assert None not in ids

    def test_gexf_comes_back_and_holds_no_date_of_writing(self, store, tmp_path):
        (path,) = write(store, tmp_path / "g.gexf")
        found = nx.read_gexf(path)
        assert set(found) == set(to_networkx(store))
        assert found.nodes["huawei"]["label"] == "Huawei"
        assert "lastmodified" not in path.read_text()

    @pytest.mark.parametrize("form", ["graphml", "gexf"])
    def test_hostile_text_stays_text(self, hostile, tmp_path, form):
        root = ET.fromstring(written(hostile, tmp_path, form))
        assert not [element for element in root.iter() if "script" in element.tag]
        texts = [text for element in root.iter() for text in (element.text, *element.attrib.values()) if text]
        assert any("</data><script>" in text and "ä😀" in text for text in texts)

    def test_numbers_are_numbers_for_gephi(self, store, tmp_path):
        typed = {"weight": int, "articles": int, "confidence": float, "symmetric": bool}
        for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
            (path,) = write(store, tmp_path / f"g.{form}")
            edge = next(iter(read(path).edges(data=True)))[2]
            assert {name: type(edge[name]) for name in typed if name != "weight"} == {
                name: kind for name, kind in typed.items() if name != "weight"
            }
            assert float(edge["weight"]) >= 1


class TestCsv:
    def test_two_tables(self, store, tmp_path):
        paths = write(store, tmp_path / "news.csv")
        assert [path.name for path in paths] == ["news-nodes.csv", "news-edges.csv"]
        nodes, edges = (list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in paths)
        assert [(n["id"], n["label"], n["type"]) for n in nodes[:2]] == [
            ("china-place", "China", "Country"),
            ("gou-ping", "Gou Ping", "Person"),
        ]
        assert {(e["source_label"], e["property"], e["target_label"], e["weight"]) for e in edges} >= {
            ("Huawei", "partnersWith", "MTS", "2")
        }

    def test_no_cell_begins_like_a_formula(self, hostile, tmp_path):
        for path in write(hostile, tmp_path / "g", "csv"):
            cells = [cell for row in csv.reader(io.StringIO(path.read_bytes().decode(), newline="")) for cell in row]
            assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]
            assert any(cell.startswith("'-2; =cmd") for cell in cells) == ("nodes" in path.name)


class TestNeo4j:
    def read(self, store, tmp_path):
        paths = write(store, tmp_path / "news", "neo4j")
        assert [path.name for path in paths] == ["news-neo4j-nodes.csv", "news-neo4j-relationships.csv"]
        return [list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in paths]

    def test_headers_and_types(self, store, tmp_path):
        nodes, edges = self.read(store, tmp_path)
        assert list(nodes[0]) == ["iri:ID", ":LABEL", "name", "aliases", "mentions:long", "articles:long"]
        assert list(edges[0])[:3] == [":START_ID", ":END_ID", ":TYPE"]
        assert nodes[2] == {
            "iri:ID": HUAWEI.iri,
            ":LABEL": "Company;Organization",
            "name": "Huawei",
            "aliases": "Huawei Technologies",
            "mentions:long": "6",
            "articles:long": "3",
        }
        (one,) = [edge for edge in edges if edge[":TYPE"] == "PARTNERS_WITH"]
        assert (one["symmetric:boolean"], one["sentences:long"], one["confidence:double"]) == ("true", "2", "0.94")

    def test_the_graph_comes_back(self, store, tmp_path):
        nodes, edges = self.read(store, tmp_path)
        graph = to_networkx(store)
        assert {node["iri:ID"]: node["name"] for node in nodes} == {
            given["iri"]: given["label"] for _, given in graph.nodes(data=True)
        }
        iris = nx.get_node_attributes(graph, "iri")
        assert sorted((e[":START_ID"], e["property"], e[":END_ID"], int(e["sentences:long"])) for e in edges) == sorted(
            (iris[s], given["property"], iris[t], given["weight"]) for s, t, given in graph.edges(data=True)
        )

    def test_names_stay_as_they_are_on_one_line(self, hostile, tmp_path):
        nodes, _ = self.read(hostile, tmp_path)
        graph = to_networkx(hostile)
        assert [node["name"] for node in nodes] == [
            re.sub(r"[\r\n]+", " ", given["label"]) for _, given in graph.nodes(data=True)
        ]
        text = (tmp_path / "news-neo4j-nodes.csv").read_text(encoding="utf-8")
        assert text.count("\n") == len(nodes) + 1

    def test_either_ending_is_dropped(self, store, tmp_path):
        for name in ("a.csv", "a.neo4j", "a"):
            assert write(store, tmp_path / name, "neo4j")[0].name == "a-neo4j-nodes.csv"


class TestFiles:
    @pytest.mark.parametrize("form", FORMATS)
    def test_the_same_graph_gives_the_same_bytes(self, tmp_path, form):
        found = set()
        for kind, order in (("oxigraph", news()), ("oxigraph", news()[::-1]), ("memory", news()[::-1])):
            with Store.open(engine=kind) as store:
                for extraction in order:
                    store.write(extraction, ONTOLOGY)
                found.add(b"".join(path.read_bytes() for path in write(store, tmp_path / f"g.{form}")))
        assert len(found) == 1

    def test_nothing_hangs_on_the_process(self, tmp_path):
        script = (
            "import sys; from handmade import *; from kg.store import Store; from kg.export import *\n"
            "s = Store.open(); [s.write(e, ONTOLOGY) for e in news()]\n"
            "[write(s, sys.argv[1] + '.' + f) for f in FORMATS]"
        )
        for name, seed in (("a", "1"), ("b", "2")):
            env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
            subprocess.run([sys.executable, "-c", script, str(tmp_path / name)], env=env, check=True)
        files = sorted(tmp_path.glob("a*"))
        assert len(files) == len(FORMATS) + 2
        assert [file for file in files if file.read_bytes() != (tmp_path / f"b{file.name[1:]}").read_bytes()] == []

    @pytest.mark.parametrize(
        ("name", "form", "told"),
        [
            ("g.xls", None, "no format called 'xls' – allowed: ttl, nt, rdf, trig, nq, jsonld, ttl12, trig12"),
            ("g", None, "no format given for g – allowed: ttl"),
            ("g.ttl", "n3", "no format called 'n3'"),
        ],
    )
    def test_an_unknown_format_names_the_known_ones(self, store, tmp_path, name, form, told):
        with pytest.raises(KgError) as caught:
            write(store, tmp_path / name, form)
        assert told in str(caught.value)
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_there_is_replaced(self, store, tmp_path):
        (tmp_path / "g.nq").write_text("old")
        assert written(store, tmp_path, "nq").startswith(b"<https://")
        assert [path.name for path in tmp_path.iterdir()] == ["g.nq"]

    def test_a_format_may_differ_from_the_ending(self, store, tmp_path):
        write(store, tmp_path / "g.txt", "NQ")
        assert (tmp_path / "g.txt").read_bytes() == written(store, tmp_path, "nq")

    @pytest.mark.parametrize("name", ["nowhere/g.ttl", "file/g.ttl", "folder.ttl"])
    def test_a_place_that_cannot_be_written(self, store, tmp_path, name):
        (tmp_path / "file").write_text("")
        (tmp_path / "folder.ttl").mkdir()
        with pytest.raises(StoreError, match="the file cannot be written") as caught:
            write(store, tmp_path / name)
        assert str(tmp_path / name) in str(caught.value)
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder.ttl"]

    @pytest.mark.parametrize("form", ["nq", "csv"])
    def test_a_full_disk_leaves_the_old_file_and_no_draft(self, store, tmp_path, monkeypatch, form):
        names = {"g.nq"} if form == "nq" else {"g-nodes.csv", "g-edges.csv"}
        for name in names:
            (tmp_path / name).write_text("old")
        calls = []

        def fsync(_: int) -> None:
            calls.append(1)
            if len(calls) == len(names):
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", fsync)
        with pytest.raises(StoreError, match=r"g[^/]*: the file cannot be written: No space left on device"):
            write(store, tmp_path / f"g.{form}")
        assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(names, "old")


class TestBundle:
    def test_three_files_in_a_new_folder(self, store, tmp_path):
        paths = write_bundle(store, tmp_path / "deep" / "out")
        assert [path.name for path in paths] == ["graph.ttl", "graph.nq", "graph.graphml"]
        assert all(path.stat().st_size for path in paths)

    def test_a_folder_that_cannot_be_made(self, store, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(StoreError, match="file/out: the file cannot be written"):
            write_bundle(store, tmp_path / "file" / "out")


def test_an_empty_store_can_be_written_in_every_format(tmp_path):
    for form in FORMATS:
        assert all(path.exists() for path in write(Store.open(), tmp_path / f"g.{form}"))


def test_labels_may_look_like_turtle(tmp_path):
    with Store.open() as store:
        store.write(article("a", [], (HUAWEI, entity("@prefix x: <y> .\n@prefix", name="P"))), ONTOLOGY)
        parsed = ox.parse(written(store, tmp_path, "trig"), ox.RdfFormat.TRIG)
        assert set(parsed) == store.quads()
