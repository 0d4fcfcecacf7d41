"""The small picture of a graph: well-formed, escaped, still, and never a crowd."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from handmade import ONTOLOGY, news

from kg.graphs import to_networkx
from kg.pictures import SHOWN, picture
from kg.store import Store


def made(edges, kind="Company", label="{}"):
    graph = nx.MultiDiGraph()
    for node in dict.fromkeys(node for edge in edges for node in edge):
        graph.add_node(node, label=label.format(node), type=kind, weight=1)
    for source, target in edges:
        graph.add_edge(source, target, property="leads", label=label.format("leitet"), weight=1)
    return graph


def svg(graph, **more):
    found = picture(graph, **more)
    return ElementTree.fromstring(found[: found.index("</svg>") + len("</svg>")])


@pytest.fixture
def graph():
    with Store.open() as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
        yield to_networkx(store)


def test_nodes_relations_and_their_names(graph):
    found = svg(graph)
    assert [text.text for text in found.iter("text")] == ["China", "Gou Ping", "Huawei", "MTS", "Russland", "USA"]
    said = {title.text for title in found.iter("title")}
    assert {"Huawei – arbeitet zusammen mit – MTS", "Huawei (Company)", "Gou Ping – leitet – Huawei"} <= said
    assert found.get("aria-label") == "6 of 6 entities with 5 relations"


def test_lines_end_at_their_nodes(graph):
    found = svg(graph)
    centres = {(one.get("cx"), one.get("cy")) for one in found.iter("circle")}
    assert len(centres) == 6
    for line in found.iter("line"):
        assert {(line.get("x1"), line.get("y1")), (line.get("x2"), line.get("y2"))} <= centres


def test_everything_lies_within_the_frame(graph):
    left, top, width, height = map(float, svg(graph).get("viewBox").split())
    for one in svg(graph).iter("circle"):
        assert left < float(one.get("cx")) < left + width
        assert top < float(one.get("cy")) < top + height


def test_the_legend_names_the_types_with_their_colours(graph):
    legend = picture(graph).partition("</svg>")[2]
    assert re.findall(r"</span> (\w+)", legend) == ["Country", "Company", "Person"]
    colour = re.search(r"color:(#\w+)'>●</span> Person", legend)[1]
    person = next(g for g in svg(graph).iter("g") if g.find("text").text == "Gou Ping")
    assert person.find("circle").get("fill") == colour


def test_many_types_share_a_last_colour():
    graph = made([("m", f"n{number}") for number in range(9)])
    for number in range(9):
        graph.nodes[f"n{number}"]["type"] = f"T{number}"
    assert picture(graph).endswith("other</small></p>")


def test_of_many_the_best_connected_are_shown_and_each_is_connected():
    ring = [(f"r{number}", f"r{number + 1}") for number in range(100)]
    hub = [("hub", f"h{number}") for number in range(20)]
    found = svg(made([*ring, *hub]))
    names = {text.text for text in found.iter("text")}
    assert len(names) <= SHOWN
    assert {"hub", *(f"h{number}" for number in range(20))} <= names
    ends = {(line.get(f"x{end}"), line.get(f"y{end}")) for line in found.iter("line") for end in "12"}
    assert {(one.get("cx"), one.get("cy")) for one in found.iter("circle")} == ends


def test_it_is_the_same_each_time(graph):
    assert picture(graph) == picture(graph.copy())


@pytest.mark.parametrize("edges", [[], [("a", "a")]])
def test_nothing_connected_gives_no_picture(edges):
    assert picture(made(edges)) == ""


def test_hostile_names_are_text():
    evil = "</title><script>alert(1)</script>'\"onload=x{}"
    graph = made([("a", "b")], kind="<img src=x onerror=y>", label=evil)
    found = picture(graph)
    assert "<script" not in found
    assert "<img" not in found
    assert {element.tag for element in svg(graph).iter()} == {"svg", "line", "title", "g", "circle", "text"}
    assert {name for element in svg(graph).iter() for name in element.attrib if name.startswith("on")} == set()


def test_it_needs_nothing_from_elsewhere(graph):
    assert not re.search(r"https?:|href|url\(|<script|<style", picture(graph))


def test_long_names_are_cut_and_told_in_full():
    found = svg(made([("a", "Bundesanstalt für Finanzdienstleistungsaufsicht")]))
    assert [text.text for text in found.iter("text")] == ["Bundesanstalt für Fin…", "a"]
    assert "Bundesanstalt für Finanzdienstleistungsaufsicht (Company)" in {one.text for one in found.iter("title")}
