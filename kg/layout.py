"""Where the nodes of a picture lie, worked out once, so that a page opens still.

Distances are pixels at zoom 1, y grows downwards. The same input gives the same places: igraph and networkx start
from fixed seeds, and what they return is rounded to whole pixels.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

LINK: Final = 190.0  # the usual length of a line: room for the name of a relation between two nodes
_GAP: Final = 70.0  # between parts of the graph that no line connects
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
    placed = [_part(graph, part, sizes[part]) for part in parts]
    places = np.zeros((len(boxes), 2))
    for part, points in zip(parts, _pack(placed, [sizes[part] for part in parts]), strict=True):
        places[part] = points
    if len(places):
        places -= (places.min(axis=0) + places.max(axis=0)) / 2
    return [(round(float(x)), round(float(y))) for x, y in places]


def _part(graph: nx.Graph[int], part: Sequence[int], sizes: Points) -> Points:
    """The places of one connected part."""
    if len(part) == 1:
        return np.zeros((1, 2))
    number = {node: index for index, node in enumerate(part)}
    links = [(number[a], number[b]) for a, b in graph.subgraph(part).edges]
    links.sort()
    points = _pull(len(part), links)
    points = _turn(_even_out(points, links) if len(part) <= _FEW else points)
    ends = np.array(links)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points *= LINK / max(float(np.median(lengths)), 1e-9)
    room = float(np.prod(np.ptp(points, axis=0))) / len(part)
    points *= math.sqrt(max(_ROOM / max(room, 1e-9), 1.0))
    width, height = np.ptp(points, axis=0)
    # Screens are wider than high.
    points[:, 0] *= float(np.clip(1.4 * height / max(width, 1e-9), 1.0, 1.25))
    return _keep_apart(points, sizes) if len(part) <= _CROWD else points


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


def _pack(parts: Sequence[Points], sizes: Sequence[Points]) -> list[Points]:
    """Set unconnected parts side by side in rows, the largest first."""
    corners = [
        ((points - box / 2).min(axis=0), (points + box / 2).max(axis=0))
        for points, box in zip(parts, sizes, strict=True)
    ]
    spans = [high - low for low, high in corners]
    area = sum(float(np.prod(span + _GAP)) for span in spans)
    room = max([math.sqrt(area * 1.6), *(float(span[0]) for span in spans)], default=0.0)
    x = y = tall = 0.0
    moved = []
    for points, (low, _), span in zip(parts, corners, spans, strict=True):
        if x and x + span[0] > room:
            x, y, tall = 0.0, y + tall + _GAP, 0.0
        moved.append(points - low + np.array([x, y]))
        x += float(span[0]) + _GAP
        tall = max(tall, float(span[1]))
    return moved
