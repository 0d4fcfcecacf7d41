"""Which nodes of a large picture belong together, so that it can open as a few dozen groups.

Communities are found by the Louvain method (Blondel et al. 2008, "Fast unfolding of communities in large networks"),
by igraph if it is there, else by networkx, both from a fixed seed. Small ones join their neighbours.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from kg import layout

LEAST: Final = 5  # fewer nodes than that are no group of their own
_PARTNERS: Final = 2  # so many of its strongest links say where a group lies
_NAMES: Final = 3  # so many of its largest members name a group


@dataclass(frozen=True, slots=True)
class Group:
    """Some nodes that one bubble stands for: the labels of its largest members, its radius, where it lies."""

    names: tuple[str, ...]
    members: int
    size: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups, the largest first; for each node the number of its group and its place within the whole picture."""

    groups: tuple[Group, ...]
    group_of: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


def grouped(
    labels: Sequence[str],
    weights: Sequence[float],
    boxes: Sequence[tuple[float, float]],
    links: Iterable[tuple[int, int]],
) -> Grouped:
    """Part a graph into groups and lay them out, each group together.

    Args:
        labels: the name of each node.
        weights: how much each node counts where a group is named.
        boxes: width and height that each node takes in pixels.
        links: pairs of node numbers; direction and repetition do not matter.
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    group_of = communities(len(labels), pairs)
    members: dict[int, list[int]] = defaultdict(list)
    for node, number in enumerate(group_of):
        members[number].append(node)
    inner = {
        number: layout.positions([boxes[node] for node in nodes], _within(nodes, pairs, group_of, number))
        for number, nodes in sorted(members.items())
    }
    between = _strongest(Counter(tuple(sorted((group_of[a], group_of[b]))) for a, b in pairs))
    extents = [_extent(inner[number], [boxes[node] for node in members[number]]) for number in sorted(members)]
    centres = layout.positions(extents, between)
    places = [(0, 0)] * len(labels)
    for number, nodes in members.items():
        for node, (x, y) in zip(nodes, inner[number], strict=True):
            places[node] = (x + centres[number][0], y + centres[number][1])
    most = max((len(nodes) for nodes in members.values()), default=1)
    sizes = [round(14 + 40 * math.sqrt(len(members[number]) / most), 1) for number in sorted(members)]
    spots = layout.positions([(2 * size + 130, 2 * size + 70) for size in sizes], between)
    groups = []
    for number in sorted(members):
        ranked = sorted(members[number], key=lambda node: (-weights[node], labels[node], node))
        names = tuple(labels[node] for node in ranked[:_NAMES])
        groups.append(Group(names, len(ranked), sizes[number], *spots[number]))
    return Grouped(tuple(groups), tuple(group_of), tuple(places))


def communities(count: int, links: Sequence[tuple[int, int]]) -> list[int]:
    """The number of each node's group, 0 for the largest one.

    Groups with fewer than `LEAST` nodes join the group that they have the most links to; those that have none
    are one group together, so that a picture of many small parts does not become one of many small bubbles.
    """
    group_of = _louvain(count, links)
    sizes = Counter(group_of)
    pulls: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b in links:
        one, other = group_of[a], group_of[b]
        if one != other:
            for small, large in ((one, other), (other, one)):
                if sizes[small] < LEAST <= sizes[large]:
                    pulls[small][large] += 1
    joined = {}
    for number, size in sizes.items():
        if size < LEAST:
            pull = pulls[number]
            joined[number] = min(pull, key=lambda other: (-pull[other], other)) if pull else -1
    group_of = [joined.get(number, number) for number in group_of]
    first = {number: node for node, number in reversed(list(enumerate(group_of)))}
    sizes = Counter(group_of)
    order = sorted(sizes, key=lambda number: (-sizes[number], first[number]))
    rank = {number: place for place, number in enumerate(order)}
    return [rank[number] for number in group_of]


def _louvain(count: int, links: Sequence[tuple[int, int]]) -> list[int]:
    try:
        import igraph  # noqa: PLC0415  # an extra
    except ImportError:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(count))
        graph.add_edges_from(links)
        found = [0] * count
        for number, part in enumerate(nx.community.louvain_communities(graph, seed=1)):
            for node in part:
                found[node] = number
        return found
    igraph.set_random_number_generator(random.Random(1))
    try:
        return list(igraph.Graph(n=count, edges=list(links)).community_multilevel().membership)
    finally:
        igraph.set_random_number_generator(random)


def _strongest(counts: Mapping[tuple[int, ...], int]) -> list[tuple[int, int]]:
    """The pairs of groups with the most links, few for each group: where all hang together, none lies anywhere."""
    taken: Counter[int] = Counter()
    found = []
    for (a, b), _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if a != b and min(taken[a], taken[b]) < _PARTNERS:
            found.append((a, b))
            taken.update((a, b))
    return sorted(found)


def _within(
    nodes: Sequence[int], links: Iterable[tuple[int, int]], group_of: Sequence[int], number: int
) -> list[tuple[int, int]]:
    """The links within a group, as pairs of indices into it."""
    index = {node: place for place, node in enumerate(nodes)}
    return [(index[a], index[b]) for a, b in links if group_of[a] == group_of[b] == number]


def _extent(places: Sequence[tuple[int, int]], boxes: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Width and height of a group around its middle, with some air."""
    sides = [
        2 * max(abs(place[axis]) + box[axis] / 2 for place, box in zip(places, boxes, strict=True)) for axis in (0, 1)
    ]
    return sides[0] + 150, sides[1] + 150
