"""Groups of a large picture: who belongs to whom, in what order, and where they lie."""

import itertools

import networkx as nx
import pytest

from kg import communities


def cliques(*sizes):
    """Cliques in a row, each tied to the next by one link."""
    links, start = [], 0
    for size in sizes:
        links += itertools.combinations(range(start, start + size), 2)
        if start:
            links.append((start - 1, start))
        start += size
    return start, links


@pytest.fixture(params=["igraph", "networkx"])
def engine(request, monkeypatch):
    if request.param == "igraph":
        pytest.importorskip("igraph")
    else:
        monkeypatch.setitem(__import__("sys").modules, "igraph", None)


@pytest.mark.usefixtures("engine")
def test_cliques_are_groups_the_largest_first():
    count, links = cliques(6, 9, 7)
    assert communities.communities(count, links) == [2] * 6 + [0] * 9 + [1] * 7


@pytest.mark.usefixtures("engine")
def test_small_parts_join_neighbours_or_one_another():
    count, links = cliques(8, 8)
    links += [(count, count + 1), (count + 2, count + 3)]  # two pairs that nothing ties to the rest
    found = communities.communities(count + 5, links)
    assert len(set(found[count:])) == 1
    assert sorted(set(found)) == [0, 1, 2]


def test_no_nodes_no_groups():
    assert communities.communities(0, []) == []
    assert communities.grouped([], [], [], []).groups == ()


def test_groups_are_named_by_their_heaviest_members_and_lie_apart():
    count, links = cliques(8, 9, 10, 7)
    labels = [f"n{index}" for index in range(count)]
    found = communities.grouped(labels, [float(index) for index in range(count)], [(80.0, 60.0)] * count, links)
    assert found.groups[0].names == ("n26", "n25", "n24")
    assert [group.members for group in found.groups] == [10, 9, 8, 7]
    assert sum(group.members for group in found.groups) == count
    spans = []
    for number in range(4):
        xs, ys = zip(*(found.places[node] for node in range(count) if found.group_of[node] == number), strict=True)
        spans.append((min(xs), max(xs), min(ys), max(ys)))
    for a, b in itertools.combinations(spans, 2):
        assert a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2]


def test_same_graph_same_groups():
    graph = nx.barabasi_albert_graph(400, 2, seed=5)
    links = list(graph.edges)
    first = communities.grouped([str(n) for n in graph], [1.0] * 400, [(80.0, 60.0)] * 400, links)
    assert communities.grouped([str(n) for n in graph], [1.0] * 400, [(80.0, 60.0)] * 400, links[::-1]) == first
