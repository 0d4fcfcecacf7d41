"""The page as text: what is in it, what is not, and that it comes out the same each time."""

import copy
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import news_graph
import pytest
from news_graph import explanation, generated, graph_of, news

from kg import views
from kg.errors import InputError

HOSTILE = [
    "<script>window.hurt=1</script>",
    "</script><script>window.hurt=1</script>",
    "<!--<script>",
    '"onmouseover="window.hurt=1',
    "' onfocus='window.hurt=1' autofocus='",
    "javascript:window.hurt=1//",
    "<img src=x onerror=window.hurt=1>",
    '<a href="javascript:window.hurt=1">x</a>',
    "{{ 7*7 }}{% raw %}${window.hurt=1}",
    "\u2028window.hurt=1\u2029\x00\ud83d",
]


def hostile():
    """A graph in which every text wants to run."""
    found = [
        explanation(
            HOSTILE[i],
            "restricts",
            HOSTILE[(i + 1) % len(HOSTILE)],
            f"{{s:{HOSTILE[i]}}} sperrt {{o:{HOSTILE[i]}}}" if "}" not in HOSTILE[i] else HOSTILE[i],
            by=HOSTILE[i],
            article_title=HOSTILE[i],
            url="javascript:window.hurt=1",
            reasons=(HOSTILE[i],),
            qualifiers=(("time", HOSTILE[i]), (HOSTILE[i], HOSTILE[i])),
        )
        for i in range(len(HOSTILE))
    ]
    labels = {"restricts": HOSTILE[0]}
    return graph_of([(text, "Company", "; ".join(HOSTILE)) for text in HOSTILE], found, labels), found


class Parts(HTMLParser):
    """What a browser takes for elements and scripts."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.scripts, self.inside = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.inside = True
            self.scripts.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data


def data_of(html):
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)[1])


def edge_of(data, *names):
    """The edge between two labels with a property, and its evidence."""
    labels = [node["label"] for node in data["nodes"]]
    [edge] = [e for e in data["edges"] if (labels[e["from"]], e["property"], labels[e["to"]]) == names]
    return edge, [data["evidence"][index] for index in edge["evidence"]]


def test_page_holds_every_node_edge_and_sentence():
    graph, found = news()
    data = data_of(views.page(graph, found, "Titel"))
    assert len(data["nodes"]) == len(graph)
    assert len(data["edges"]) == graph.number_of_edges()
    assert sorted(one["quote"] for one in data["evidence"]) == sorted(one.quote for one in found)
    assert sorted(index for edge in data["edges"] for index in edge["evidence"]) == list(range(len(found)))


def test_page_loads_nothing_from_anywhere():
    parts = Parts(views.page(*news(), "Titel"))
    assert not [tag for tag in parts.tags if {"src", "href", "action", "data", "poster"} & set(tag[1])]
    assert not [tag for tag in parts.tags if tag[0] in {"link", "base", "iframe", "object", "embed", "img", "form"}]
    assert not [key for _, given in parts.tags for key in given if key.startswith("on") or key == "style"]


def test_policy_names_each_script_by_its_hash():
    parts = Parts(views.page(*news(), "Titel"))
    [policy] = [given["content"] for tag, given in parts.tags if given.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    code = [script for script in parts.scripts if not script.startswith("{")]
    assert [views._hash(script) in policy for script in code] == [True, True]


def test_vis_network_is_the_one_that_pyvis_brings():
    html = views.page(*news(), "Titel")
    assert "@version 9.1.2" in html
    assert "sourceMappingURL" not in html


def test_hostile_text_adds_no_element():
    calm, wild = Parts(views.page(*news(), "Titel")), Parts(views.page(*hostile(), HOSTILE[1]))
    assert [tag for tag, _ in wild.tags] == [tag for tag, _ in calm.tags]
    assert wild.scripts[1:] == calm.scripts[1:]
    assert not re.search(r"[<>&\u2028\u2029\x00]", wild.scripts[0])


def test_hostile_text_comes_back_unchanged():
    graph, found = hostile()
    data = data_of(views.page(graph, found, "Titel"))
    assert {node["label"] for node in data["nodes"]} == set(HOSTILE)
    assert {one["by"] for one in data["evidence"]} == set(HOSTILE)


def test_same_input_gives_same_bytes_in_any_order():
    graph, found = news()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    first = views.page(graph, found, "Titel")
    assert views.page(graph, found, "Titel") == first
    assert views.page(turned, found[::-1], "Titel") == first


def test_same_bytes_whatever_the_hash_seed():
    code = "import hashlib; from news_graph import news; from kg import views; "
    code += "print(hashlib.sha256(views.page(*news(), 'Titel').encode()).hexdigest())"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_graph_is_left_as_it_was():
    graph, found = news()
    before = copy.deepcopy(dict(graph.nodes(data=True))), copy.deepcopy(list(graph.edges(keys=True, data=True)))
    views.page(graph, found, "Titel")
    assert (dict(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))) == before


@pytest.mark.parametrize(
    ("edges", "given", "expected"),
    [
        pytest.param(["asserted"], ["asserted", "reported"], [2], id="plain ones share an edge"),
        pytest.param(["asserted", "planned"], ["planned", "asserted"], [1, 1], id="each status its own edge"),
        pytest.param(["asserted"], ["planned"], [1], id="no edge of that status: the first one takes it"),
        pytest.param(["asserted", "negated"], ["reported"], [1, 0], id="reported counts as plain"),
    ],
)
def test_sentences_go_to_the_edge_of_their_status(edges, given, expected):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", type="Company")
    graph.add_node("b", label="B", type="Company")
    for status in edges:
        graph.add_edge("a", "b", status, property="sues", label="sues", status=status)
    found = [explanation("A", "sues", "B", f"{{s:A}} verklagt {{o:B}} {status}.", status=status) for status in given]
    data = data_of(views.page(graph, found, "Titel"))
    assert [len(edge["evidence"]) for edge in data["edges"]] == expected


@pytest.mark.parametrize(
    ("symmetric", "edge_has_own", "taken"), [(True, True, True), (False, True, False), (False, False, True)]
)
def test_sentence_the_other_way_round(symmetric, edge_has_own, taken):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", type="Company")
    graph.add_node("b", label="B", type="Company")
    graph.add_edge("a", "b", property="partnersWith", label="partners with", status="asserted", symmetric=symmetric)
    found = [explanation("B", "partnersWith", "A", "{s:B} und {o:A} kooperieren.")]
    if edge_has_own:
        found.append(explanation("A", "partnersWith", "B", "{s:A} und {o:B} kooperieren."))
    [edge] = data_of(views.page(graph, found, "Titel"))["edges"]
    assert len(edge["evidence"]) == edge_has_own + taken


def test_evidence_keeps_words_article_source_and_confidence():
    data = data_of(views.page(*news(), "Titel"))
    edge, proofs = edge_of(data, "Huawei", "partnersWith", "MTS")
    assert (edge["label"], edge["weight"], edge["symmetric"]) == ("partners with", 3, True)
    assert (edge["first"], edge["last"]) == ("2019-06-06", "2019-06-11")
    said = next(one for one in proofs if one["status"] == "reported")
    assert said["by"] == "Gou Ping"
    assert [said["quote"][start:stop] for start, stop, _ in said["marks"]] == ["Wir", "arbeiten", "MTS", "zusammen"]
    assert data["articles"][said["article"]]["title"] == "Bericht vom 2019-06-06"


def test_explanations_may_name_a_property_by_its_label():
    graph, found = news()
    by_label = [replace(one, property=news_graph.LABELS[one.property]) for one in found]
    assert views.page(graph, by_label, "Titel") == views.page(graph, found, "Titel")


def test_hover_shows_the_first_sentence_as_plain_text():
    edge, _ = edge_of(data_of(views.page(*news(), "Titel")), "Huawei", "sues", "USA")
    assert edge["title"] == "Huawei – sues – USA\nHuawei zieht gegen die USA vor Gericht."


def test_parallel_edges_bend_apart():
    data = data_of(views.page(*news(), "Titel"))
    groups = {}
    for edge in data["edges"]:
        low = min(edge["from"], edge["to"])
        bend = edge["bend"] if edge["from"] == low else -edge["bend"]
        groups.setdefault((low, max(edge["from"], edge["to"])), []).append(bend)
    assert any(len(bends) > 3 for bends in groups.values())
    assert all(len(set(bends)) == len(bends) for bends in groups.values())


def test_sizes_follow_weight():
    sizes = {node["label"]: node["size"] for node in data_of(views.page(*news(), "Titel"))["nodes"]}
    assert sizes["Huawei"] == max(sizes.values())
    assert sizes["Huawei"] > sizes["MTS"] > sizes["CDU"]


def test_unknown_type_and_bare_attributes_still_show():
    graph = nx.MultiDiGraph()
    graph.add_edge("urn:a", "urn:b", property="orbits")
    graph.nodes["urn:a"]["type"] = "constructor"
    data = data_of(views.page(graph, [], "Titel"))
    assert [(node["label"], node["type"]) for node in data["nodes"]] == [("urn:a", "constructor"), ("urn:b", "Thing")]
    assert data["edges"][0]["label"] == "orbits"


def test_empty_graph_makes_a_page():
    html = views.page(nx.MultiDiGraph(), [], "Nichts")
    assert data_of(html)["nodes"] == []
    assert "<title>Nichts</title>" in html


def test_size_and_time_of_a_large_page():
    graph, found = generated(2000)
    assert len(views.page(graph, found, "Titel")) < 4_000_000


def test_write_replaces_the_whole_file_in_utf8(tmp_path):
    path = tmp_path / "größe.html"
    path.write_text("alt")
    views.write(path, "<p>größer</p>\n")
    assert path.read_bytes() == "<p>größer</p>\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["größe.html"]


def test_write_names_the_place_it_cannot_write_to(tmp_path):
    with pytest.raises(InputError, match=r"no/page\.html.*name a folder"):
        views.write(tmp_path / "no" / "page.html", "x")


def test_write_leaves_the_old_page_when_it_fails(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("alt")
    with pytest.raises(UnicodeEncodeError):
        views.write(path, "neu\ud800")
    assert path.read_text() == "alt"
    assert len(list(tmp_path.iterdir())) == 1
