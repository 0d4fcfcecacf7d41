"""A small picture of a graph: an SVG that stands in a notebook at once, without a script."""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kg.graphs import Graph
from kg.layout import positions

SHOWN: Final = 40
"""Nodes at most: the names of more do not stay legible at the width of a notebook."""

_LETTERS: Final = 22  # of a name; the whole of it is shown on pointing
_MARGIN: Final = 30
# Okabe and Ito (2008), told apart by colour-blind people, on white and on black.
_COLOURS: Final = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#0072b2")
_OTHER: Final = "#999999"


def picture(graph: Graph, shown: int = SHOWN) -> str:
    """The best connected part of a graph as an inline SVG; "" where nothing is connected.

    Args:
        graph: as `kg.graphs.to_networkx` gives it.
        shown: how many nodes at most.
    """
    nodes = _best(graph, shown)
    if not nodes:
        return ""
    part = graph.subgraph(nodes)
    number = {node: index for index, node in enumerate(nodes)}
    edges = sorted(
        ((number[source], number[target], given) for source, target, given in part.edges(data=True)),
        key=lambda edge: (edge[0], edge[1], str(edge[2]["property"])),
    )
    names = [str(graph.nodes[node]["label"]) for node in nodes]
    sizes = [_size(int(graph.nodes[node]["weight"])) for node in nodes]
    boxes = [(max(2 * size, 10 * len(_short(name))), 2 * size + 26) for name, size in zip(names, sizes, strict=True)]
    places = positions(boxes, [(source, target) for source, target, _ in edges])
    kinds = Counter(str(graph.nodes[node]["type"]) for node in nodes)
    common = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    colours = dict(zip(common, _COLOURS, strict=False))
    lines = [_line(places[source], places[target], names[source], names[target], e) for source, target, e in edges]
    discs = [
        _disc(place, size, name, str(graph.nodes[node]["type"]), colours)
        for place, size, name, node in zip(places, sizes, names, nodes, strict=True)
    ]
    heads = f"{len(nodes)} of {len(graph)} entities with {len(edges)} relations"
    return _svg(places, boxes, [*lines, *discs], heads) + _legend(common, colours)


def _best(graph: Graph, shown: int) -> list[str]:
    """The nodes at the relations whose ends have most neighbours, so that each of them is connected."""
    near = {node: len({*graph.successors(node), *graph.predecessors(node)} - {node}) for node in graph}
    pairs = {(min(ends), max(ends)) for *ends, _ in graph.edges(keys=True) if ends[0] != ends[1]}
    chosen: dict[str, None] = {}
    for pair in sorted(pairs, key=lambda ends: (-near[ends[0]] - near[ends[1]], ends)):
        if len({*chosen, *pair}) <= shown:
            chosen.update(dict.fromkeys(pair))
    return sorted(chosen)


def _size(weight: int) -> float:
    """Radius of a disc, by how often the entity is spoken of."""
    return round(min(6 + 2.5 * math.log2(max(weight, 1)), 20), 1)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"


def _line(start: tuple[int, int], end: tuple[int, int], one: str, other: str, given: Mapping[str, Any]) -> str:
    said = html.escape(f"{one} – {given['label']} – {other}")
    width = round(min(1 + 0.6 * math.log2(max(int(given["weight"]), 1)), 4), 1)
    ends = f"x1='{start[0]}' y1='{start[1]}' x2='{end[0]}' y2='{end[1]}'"
    return f"<line {ends} stroke='#8899a6' stroke-width='{width}'><title>{said}</title></line>"


def _disc(place: tuple[int, int], size: float, name: str, kind: str, colours: Mapping[str, str]) -> str:
    x, y = place
    circle = f"<circle cx='{x}' cy='{y}' r='{size}' fill='{colours.get(kind, _OTHER)}' stroke='#555' />"
    text = f"<text x='{x}' y='{round(y + size + 19, 1)}'>{html.escape(_short(name))}</text>"
    return f"<g>{circle}{text}<title>{html.escape(f'{name} ({kind})')}</title></g>"


def _svg(
    places: Sequence[tuple[int, int]], boxes: Sequence[tuple[float, float]], drawn: Sequence[str], said: str
) -> str:
    reach = list(zip(places, boxes, strict=True))
    left = min(x - box[0] / 2 for (x, _), box in reach) - _MARGIN
    right = max(x + box[0] / 2 for (x, _), box in reach) + _MARGIN
    top = min(y - box[1] / 2 for (_, y), box in reach) - _MARGIN
    bottom = max(y + box[1] / 2 for (_, y), box in reach) + _MARGIN
    frame = " ".join(str(round(value)) for value in (left, top, right - left, bottom - top))
    style = "width:100%;max-width:960px;height:auto;max-height:640px"
    words = "font-family='sans-serif' font-size='19' text-anchor='middle' fill='currentColor'"
    return f"<svg viewBox='{frame}' style='{style}' role='img' aria-label='{said}' {words}>{''.join(drawn)}</svg>"


def _legend(kinds: Sequence[str], colours: Mapping[str, str]) -> str:
    shown = [kind for kind in kinds if kind in colours]
    marks = [f"<span style='color:{colours[kind]}'>●</span> {html.escape(kind)}" for kind in shown]
    if len(shown) < len(kinds):
        marks.append(f"<span style='color:{_OTHER}'>●</span> other")
    return f"<p><small>{' &nbsp; '.join(marks)}</small></p>"
