"""A graph as one HTML page that loads nothing, asks nobody and shows the sentences behind every line.

pyvis holds nodes, edges and options and brings vis-network; the page around it is our own, because
pyvis's template loads from other hosts and lets text from articles run as script.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NamedTuple

import networkx as nx
from jinja2 import ChoiceLoader, Environment, PackageLoader
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from pyvis.network import Network

from kg import communities, layout
from kg.errors import InputError
from kg.open_graphs import OPEN_TRIPLE
from kg.records import PLAIN, STATUSES, Explanation


class _Kind(NamedTuple):
    """How a type of entity looks: outline, fill, colour of the pictogram on it."""

    shape: str
    color: str
    ink: str


# Hues from Okabe and Ito's palette for colour-blind readers, some darkened for contrast on white. Outline and
# pictogram tell the types apart as well, so no type hangs on its colour alone.
_WHITE: Final = "#ffffff"
_BLACK: Final = "#1d2329"
_KINDS: Final[Mapping[str, _Kind]] = {
    "Person": _Kind("dot", "#e69f00", _BLACK),
    "Company": _Kind("square", "#0072b2", _WHITE),
    "Organization": _Kind("square", "#56b4e9", _BLACK),
    "InternationalOrganization": _Kind("square", "#56b4e9", _BLACK),
    "GovernmentBody": _Kind("square", "#b35a8f", _WHITE),
    "PoliticalParty": _Kind("square", "#b35a8f", _WHITE),
    "TradeUnion": _Kind("square", "#56b4e9", _BLACK),
    "Media": _Kind("square", "#5b6770", _WHITE),
    "Country": _Kind("hexagon", "#008f68", _WHITE),
    "City": _Kind("hexagon", "#008f68", _WHITE),
    "Region": _Kind("hexagon", "#008f68", _WHITE),
    "Place": _Kind("hexagon", "#008f68", _WHITE),
    "Product": _Kind("diamond", "#d55e00", _WHITE),
    "Technology": _Kind("diamond", "#d55e00", _WHITE),
    **dict.fromkeys(("Event", "Insolvency", "Layoffs", "Strike", "SpinOff"), _Kind("triangle", "#f0e442", _BLACK)),
}
_OTHER: Final = _Kind("dot", "#7a8691", _WHITE)

OVERVIEW: Final = 1500  # beyond this many nodes a page opens with groups of them: all at once, no name can be read
_VIS: Final = "lib/vis-9.1.2/vis-network.min.js"  # within pyvis's templates
_SCRIPTS: Final = (
    *("icons.js", "state.js", "overview.js", "picture.js", "panel.js", "paths.js"),
    *("filters.js", "link.js", "export.js", "controls.js"),
)
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 250,
        "hideEdgesOnDrag": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "edges": {"arrows": {"to": {"scaleFactor": 0.5}}, "hoverWidth": 0.8, "selectionWidth": 0.8},
}


class _Page(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis's Network with our page instead of its template.

    pyvis's own templates stay reachable, since vis-network lies among them.
    """

    def __init__(self, title: str) -> None:
        super().__init__(directed=True, heading=title, cdn_resources="in_line")
        self.path = "page.html"
        self._loader = ChoiceLoader([PackageLoader("kg", "templates"), PackageLoader("pyvis", "templates")])
        self.templateEnv = Environment(autoescape=True, loader=self._loader)

    def get_nodes(self) -> dict[Any, Any]:
        """The nodes by id: pyvis asks whether an id is among them, which a list answers slowly."""
        nodes: dict[Any, Any] = self.node_map
        return nodes

    def source(self, name: str) -> str:
        """The text of a template, unrendered, with the newlines that a browser sees when it checks the hash."""
        text: str = self._loader.get_source(self.templateEnv, name)[0]
        return re.sub(r"//# sourceMappingURL=.*", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def page(graph: nx.MultiDiGraph[Any], explanations: Sequence[Explanation], title: str) -> str:
    """Show a graph as one self-contained HTML page.

    The same input gives the same bytes. The graph is not changed.

    Args:
        graph: nodes with label, type, aliases, iri, same_as, weight; edges with property, label, status, weight,
            sources, confidence, first_date, last_date, and ``symmetric`` where the relation has no direction.
        explanations: the evidence, by labels; what belongs to no edge is left out.
        title: heading of the page, plain text.
    """
    net = _Page(title)
    nodes = _nodes(graph)
    numbers = {node["key"]: number for number, node in enumerate(nodes)}
    edges = _edges(graph, numbers)
    articles, evidence = _evidence(edges, nodes, explanations)
    strings = json.loads(net.source("strings.json"))
    sizes = _sizes([node["weight"] for node in nodes])
    boxes = [_box(node["label"], size) for node, size in zip(nodes, sizes, strict=True)]
    links = [(edge["from"], edge["to"]) for edge in edges]
    places: Sequence[tuple[int, int]]
    groups: tuple[communities.Group, ...] = ()
    if len(nodes) > OVERVIEW:
        weights = [node["weight"] for node in nodes]
        found = communities.grouped([node["label"] for node in nodes], weights, boxes, links)
        groups, places = found.groups, found.places
        for node, number in zip(nodes, found.group_of, strict=True):
            node["group"] = number
    else:
        places = layout.positions(boxes, links)
    for number, node in enumerate(nodes):
        del node["key"]
        x, y = places[number]
        name = strings["typeNames"].get(node["type"], node["type"])
        look = _KINDS.get(node["type"], _OTHER)
        hover = f"{node['label']}\n{name}"
        net.add_node(number, **node, shape=look.shape, color=look.color, size=sizes[number], x=x, y=y, title=hover)
    for edge in edges:
        edge["title"] = _hover(edge, nodes, evidence)
        net.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    net.set_options(json.dumps(_OPTIONS))
    kinds = [{"name": name, **_KINDS.get(name, _OTHER)._asdict()} for name in sorted({node["type"] for node in nodes})]
    extra = {"articles": articles, "evidence": evidence, "kinds": kinds, "strings": strings}
    extra["groups"] = [asdict(group) for group in groups]
    return _render(net, title, extra)


def write(path: Path | str, html: str) -> None:
    """Write a page as UTF-8: the whole of it, or nothing.

    Raises:
        InputError: the place cannot be written to.
    """
    target = Path(path)
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(html)
            Path(draft).chmod(0o644)
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"The page cannot be written ({error.strerror})", path=target, hint="name a folder that can be written to"
        ) from error


def _render(net: _Page, title: str, extra: Mapping[str, Any]) -> str:
    scripts = {"vis": net.source(_VIS), "js": "\n".join(net.source(name) for name in _SCRIPTS)}
    css = net.source("page.css")

    def payload(nodes: object, edges: object, options: str) -> Markup:
        # "</script>", "<!--" and line separators cannot end or break the block: all are written as \uXXXX.
        content = {"nodes": nodes, "edges": edges, "options": json.loads(options), **extra}
        return htmlsafe_json_dumps(content, separators=(",", ":"))

    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts.values()))}; style-src {_hash(css)}; "
        "base-uri 'none'; form-action 'none'"
    )
    net.templateEnv.globals.update(
        {name: Markup(text) for name, text in (*scripts.items(), ("css", css))},
        title=" ".join(title.encode("utf-8", "replace").decode().split()),
        strings=extra["strings"],
        policy=Markup(policy),
        payload=payload,
    )
    html: str = net.generate_html()
    return html + "\n"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _nodes(graph: nx.MultiDiGraph[Any]) -> list[dict[str, Any]]:
    """The nodes as the page needs them, in an order that does not hang on the graph's."""
    found = []
    for key, given in graph.nodes(data=True):
        label = str(given.get("label") or key)
        aliases = [name for name in str(given.get("aliases") or "").split("; ") if name and name != label]
        iri = str(given.get("iri") or key)
        found.append(
            {
                "key": key,
                "label": label,
                "type": str(given.get("type") or "Thing"),
                "aliases": list(dict.fromkeys(aliases)),
                "iri": iri,
                "same": [one for one in str(given.get("same_as") or "").split("; ") if one],
                "weight": float(given.get("weight") or 1),
            }
        )
    return sorted(found, key=lambda node: (node["label"], node["iri"]))


def _edges(graph: nx.MultiDiGraph[Any], numbers: Mapping[Any, int]) -> list[dict[str, Any]]:
    """The edges in a fixed order, those of one pair of nodes bent apart, plain ones innermost."""
    found: list[dict[str, Any]] = []
    for source, target, given in graph.edges(data=True):
        name = str(given.get("property") or given.get("label") or "")
        confidence = given.get("confidence")
        found.append(
            {
                "from": numbers[source],
                "to": numbers[target],
                "property": name,
                "label": str(given.get("label") or name),
                "status": str(given.get("status") or "asserted"),
                "symmetric": bool(given.get("symmetric", False)),
                "weight": int(given.get("weight") or 1),
                "sources": int(given.get("sources") or 1),
                "confidence": None if confidence is None else round(float(confidence), 3),
                "first": _day(given.get("first_date")),
                "last": _day(given.get("last_date")),
            }
        )
    found.sort(key=lambda e: (e["from"], e["to"], e["property"], _rank(e["status"]), json.dumps(e, sort_keys=True)))
    pairs: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for number, edge in enumerate(found):
        edge["id"] = number
        edge["width"] = round(min(1.2 + 0.7 * math.log2(edge["weight"]), 4.0), 2)
        pairs[min(edge["from"], edge["to"]), max(edge["from"], edge["to"])].append(edge)
    for (low, _), group in pairs.items():
        group.sort(key=lambda e: _rank(e["status"]))
        for place, edge in enumerate(group):
            bend = 0.08 if len(group) == 1 else 0.17 * (1 + place // 2) * (1 if place % 2 == 0 else -1)
            edge["bend"] = round(bend if edge["from"] == low else -bend, 2)
    return found


def _rank(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def _day(value: object) -> str | None:
    return str(value) if value else None


def _evidence(
    edges: Sequence[dict[str, Any]], nodes: Sequence[Mapping[str, Any]], explanations: Iterable[Explanation]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give each edge the numbers of its explanations; return articles and explanations as the page needs them.

    An explanation goes to the edge with its labels and status; else to a plain edge if it is plain itself; else to
    the first edge with its labels. Labels the wrong way round count only for relations without direction, and for
    edges that say nothing about direction and would be left without a sentence.
    """
    edges_by_labels: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for edge in edges:
        edge["evidence"] = []
        ends = nodes[edge["from"]]["label"], nodes[edge["to"]]["label"]
        spoken = f"{OPEN_TRIPLE} {edge['label']}"  # apart from a relation of the ontology with that name
        for name in {spoken} if edge["property"] == OPEN_TRIPLE else {edge["property"], edge["label"]}:
            edges_by_labels[ends[0], name, ends[1]].append(edge)
    articles: dict[tuple[str | None, ...], int] = {}
    evidence: list[dict[str, Any]] = []
    firsts: dict[int, str] = {}  # article → id of the one that it is a print of

    def attach(one: Explanation, candidates: Sequence[dict[str, Any]]) -> None:
        same = [edge for edge in candidates if edge["status"] == one.status]
        alike = [edge for edge in candidates if one.status in PLAIN and edge["status"] in PLAIN]
        article = (one.article_id, one.article_title, one.date, one.url, one.publisher)
        (same or alike or candidates)[0]["evidence"].append(len(evidence))
        evidence.append(
            {
                "quote": one.quote,
                "marks": [list(mark) for mark in one.marks],
                "status": one.status,
                "confidence": round(one.confidence, 3),
                "by": one.attributed_to,
                "reasons": list(one.reasons),
                "added": [list(pair) for pair in one.qualifiers],
                "article": articles.setdefault(article, len(articles)),
            }
        )
        if one.reprint_of is not None:
            firsts[articles[article]] = one.reprint_of

    ordered = sorted(
        explanations, key=lambda one: (one.date or "9999", one.article_id, one.marks, one.quote, repr(one))
    )
    turned = []
    for one in ordered:
        if candidates := edges_by_labels.get((one.subject, one.property, one.object)):
            attach(one, candidates)
        else:
            turned.append(one)
    bare = [edge for edge in edges if edge["symmetric"] or not edge["evidence"]]
    wanted = {edge["id"] for edge in bare}
    for one in turned:
        candidates = [
            edge for edge in edges_by_labels.get((one.object, one.property, one.subject), []) if edge["id"] in wanted
        ]
        if candidates:
            attach(one, candidates)
    fields = ("id", "title", "date", "url", "publisher", "first")
    told = [dict(zip(fields, (*article, firsts.get(n)), strict=True)) for n, article in enumerate(articles)]
    return told, evidence


def _hover(edge: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]], evidence: Sequence[Mapping[str, Any]]) -> str:
    ends = f"{nodes[edge['from']]['label']} – {edge['label']} – {nodes[edge['to']]['label']}"
    return f"{ends}\n{evidence[edge['evidence'][0]]['quote']}" if edge["evidence"] else ends


def _sizes(weights: Sequence[float]) -> list[float]:
    most = max(weights, default=1.0)
    return [round(11 + 15 * math.sqrt(max(weight, 0.0) / most), 1) for weight in weights]


def _box(label: str, size: float) -> tuple[float, float]:
    """Width and height in pixels that a node takes with its name below it and some air around."""
    return max(2 * size, 7.6 * min(len(label), 32)) + 22, 2 * size + 44
