"""Where the nodes of a picture lie, worked out once, so that a page opens still.

Distances are pixels at zoom 1, y grows downwards. The same input gives the same places: igraph and networkx start
from fixed seeds, and what they return is rounded to whole pixels.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

LINK: Final = 190.0  # the usual length of a line: room for the name of a relation between two nodes
_GAP: Final = 14.0  # air around each node of a part that no line connects to the others
_CELL: Final = 40.0  # grid that such parts are fitted into one another on
_FORM: Final = 1.45  # width to height of the picture
_ROOM: Final = 120.0**2  # at least, on average, for a node
_FEW: Final = 300  # up to here every distance is evened out, which takes the square of the number of nodes
_CROWD: Final = 600  # beyond this many nodes names are not kept apart: most are hidden at the zoom that shows all


def positions(boxes: Sequence[tuple[float, float]], links: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Place nodes so that their boxes do not overlap and linked ones lie close.

    Args:
        boxes: width and height that each node takes with its name.
        links: pairs of indices into ``boxes``; direction and repetition do not matter.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in links if a != b}))
    sizes = np.array(boxes, dtype=np.float64).reshape(-1, 2)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    joined = [_links(graph, part) for part in parts]
    placed = [_part(part_links, sizes[part]) for part, part_links in zip(parts, joined, strict=True)]
    places = np.zeros((len(boxes), 2))
    for part, points in zip(parts, _pack(placed, [sizes[part] for part in parts], joined), strict=True):
        places[part] = points
    if len(places):
        places -= (places.min(axis=0) + places.max(axis=0)) / 2
    return [(round(float(x)), round(float(y))) for x, y in places]


def _links(graph: nx.Graph[int], part: Sequence[int]) -> list[tuple[int, int]]:
    """The links within a part, as pairs of indices into it."""
    number = {node: index for index, node in enumerate(part)}
    return sorted((number[a], number[b]) for a, b in graph.subgraph(part).edges)


def _part(links: Sequence[tuple[int, int]], sizes: Points) -> Points:
    """The places of one connected part."""
    count = len(sizes)
    if count == 1:
        return np.zeros((1, 2))
    points = _pull(count, links)
    points = _turn(_even_out(points, links) if count <= _FEW else points)
    ends = np.array(links)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points *= LINK / max(float(np.median(lengths)), 1e-9)
    if count > _FEW:  # smaller ones get their room where boxes are kept apart
        room = float(np.prod(np.ptp(points, axis=0))) / count
        points *= math.sqrt(max(_ROOM / max(room, 1e-9), 1.0))
    width, height = np.ptp(points, axis=0)
    # Screens are wider than high.
    points[:, 0] *= float(np.clip(_FORM * height / max(width, 1e-9), 1.0, 1.25))
    return _keep_apart(points, sizes) if count <= _CROWD else points


def _pull(count: int, links: Sequence[tuple[int, int]]) -> Points:
    """Linked nodes close, others apart, by the forces of igraph if it is there, else of networkx."""
    try:
        import igraph  # noqa: PLC0415  # an extra
    except ImportError:
        return _pull_slowly(count, links)
    graph = igraph.Graph(n=count, edges=list(links))
    angles = np.arange(count) * (2 * math.pi / count)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    igraph.set_random_number_generator(random.Random(1))
    try:
        if count <= 400:
            layout = graph.layout_kamada_kawai(seed=ring.tolist())
        elif count <= 4000:
            start = np.random.default_rng(1).normal(size=(count, 2)) * math.sqrt(count)
            layout = graph.layout_fruchterman_reingold(seed=start.tolist(), niter=500)
        else:
            layout = graph.layout_drl()
    finally:
        igraph.set_random_number_generator(random)
    return np.array(layout.coords, dtype=np.float64)


def _pull_slowly(count: int, links: Sequence[tuple[int, int]]) -> Points:
    """The same with networkx, which needs SciPy from 500 nodes on: the rest is set beside what is placed."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    by_degree = sorted(graph, key=lambda node: (-graph.degree(node), node))
    core = graph.subgraph(by_degree[:499])
    places: dict[int, Points] = dict(
        nx.spring_layout(nx.Graph(core), seed=1, iterations=200, scale=math.sqrt(len(core)))
    )
    for turn, node in enumerate(by_degree[499:]):
        known = [places[other] for other in graph[node] if other in places]
        centre = np.mean(known, axis=0) if known else np.zeros(2)
        angle = turn * 2.399963  # the golden angle spreads them evenly
        places[node] = centre + 0.8 * np.array([math.cos(angle), math.sin(angle)])
    return np.array([places[node] for node in range(count)], dtype=np.float64)


def _even_out(points: Points, links: Sequence[tuple[int, int]]) -> Points:
    """Bring all distances close to what the paths between the nodes ask for (stress majorization).

    Links of much-linked nodes are longer, so that there is room around them for all those links and their names.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(points)))
    pull = {node: 0.14 * (math.sqrt(len(graph_links)) - 1) for node, graph_links in _neighbours(links).items()}
    graph.add_weighted_edges_from((a, b, 1 + pull[a] + pull[b]) for a, b in links)
    wanted = np.ones((len(points), len(points)))
    for node, lengths in nx.all_pairs_dijkstra_path_length(graph):
        wanted[node, list(lengths)] = list(lengths.values())
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-2
    np.fill_diagonal(weights, 0.0)
    total = weights.sum(axis=1)[:, None]
    points = points * (wanted.mean() / max(float(np.linalg.norm(points - points.mean(axis=0), axis=1).mean()), 1e-9))
    for _ in range(150 if len(points) <= 200 else 40):
        away = points[:, None, :] - points[None, :, :]
        distance = np.linalg.norm(away, axis=2)
        ratio = weights * wanted / np.maximum(distance, 1e-6)
        points = (weights @ points + (ratio[:, :, None] * away).sum(axis=1)) / total
    return points


def _neighbours(links: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in links:
        found[a].add(b)
        found[b].add(a)
    return found


def _turn(points: Points) -> Points:
    """Turn the picture so that it is widest from left to right."""
    centred = points - points.mean(axis=0)
    along = np.linalg.eigh(centred.T @ centred)[1][:, 1]
    along = along if along[0] > 0 else -along
    across = np.array([-along[1], along[0]])
    turned: Points = np.column_stack([centred @ along, centred @ across])
    return turned


def _keep_apart(points: Points, sizes: Points) -> Points:
    """Push overlapping boxes apart, along the way that is shorter, until none overlap or time is up."""
    points = points.copy()
    half = (sizes[:, None, :] + sizes[None, :, :]) / 2
    sign = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
    for _ in range(400 if len(points) <= 120 else 60):
        away = points[:, None, :] - points[None, :, :]
        depth = half - np.abs(away)
        hit: npt.NDArray[np.bool_] = np.all(depth > 0, axis=2)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        # Heights are scarcer than widths, so names side by side part sideways only when that is much shorter.
        sideways = depth[:, :, 0] < depth[:, :, 1]
        direction = np.where(away == 0, sign[:, :, None], np.sign(away))
        push = direction * depth * 0.26
        push[:, :, 0] *= hit & sideways
        push[:, :, 1] *= hit & ~sideways
        points += push.sum(axis=1)
    return points


def _pack(parts: Sequence[Points], sizes: Sequence[Points], links: Sequence[Sequence[tuple[int, int]]]) -> list[Points]:
    """Fit unconnected parts into one another, the largest in the middle, into about the form of a screen.

    Each part is a set of cells of a grid; it goes to the free place that is nearest to the middle.
    """
    taken: set[tuple[int, int]] = set()
    rings: dict[int, int] = {}  # size of a part → ring where the last one of that size found room
    moved = []
    for points, boxes, joined in zip(parts, sizes, links, strict=True):
        points = points - (points.min(axis=0) + points.max(axis=0)) / 2  # noqa: PLW2901
        cells = _cells(points, boxes, joined)
        across, down, ring = _room(cells, taken, rings.get(len(cells), 0))
        rings[len(cells)] = ring
        taken.update((x + across, y + down) for x, y in cells)
        moved.append(points + np.array([across, down]) * _CELL)
    return moved


def _room(cells: Collection[tuple[int, int]], taken: Collection[tuple[int, int]], ring: int) -> tuple[int, int, int]:
    """The first shift at which no cell is taken, ring by ring around the middle, and its ring."""
    while True:
        wide = round(ring * _FORM)
        sides = [(x, y) for y in (-ring, ring) for x in range(-wide, wide + 1)]
        ends = [(x, y) for x in (-wide, wide) for y in range(-ring + 1, ring)]
        for across, down in sorted({*sides, *ends}, key=lambda place: (abs(place[0]) + abs(place[1]), place)):
            if not any((x + across, y + down) in taken for x, y in cells):
                return across, down, ring
        ring += 1


def _cells(points: Points, boxes: Points, links: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells that boxes and links touch, with some air around."""
    found: set[tuple[int, int]] = set()
    low = np.floor((points - boxes / 2 - _GAP) / _CELL).astype(int).tolist()
    high = np.floor((points + boxes / 2 + _GAP) / _CELL).astype(int).tolist()
    for (left, top), (right, bottom) in zip(low, high, strict=True):
        found.update((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
    for a, b in links:
        steps = int(math.dist(points[a], points[b]) / _CELL * 2) + 2
        line = np.linspace(points[a], points[b], steps)
        found.update(map(tuple, np.floor(line / _CELL).astype(int).tolist()))
    return sorted(found)
