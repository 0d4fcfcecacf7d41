"""Places of nodes: the same each time, apart from each other, with and without igraph."""

import math
import random
import sys

import numpy as np
import pytest

from kg import layout


def star(count):
    return [(0, leaf) for leaf in range(1, count)]


def scattered(count, links, seed=3):
    chance = random.Random(seed)
    return [(chance.randrange(count), chance.randrange(count)) for _ in range(links)]


def overlaps(boxes, places):
    centres = np.array(places, dtype=float)
    half = np.array(boxes) / 2
    found = []
    for a in range(len(boxes)):
        for b in range(a):
            deep = half[a] + half[b] - np.abs(centres[a] - centres[b])
            if (deep > 1.5).all():  # pixels are whole
                found.append((b, a))
    return found


@pytest.fixture(params=["igraph", "networkx"])
def engine(request, monkeypatch):
    if request.param == "networkx":
        monkeypatch.setitem(sys.modules, "igraph", None)
    else:
        pytest.importorskip("igraph")
    return request.param


@pytest.mark.parametrize(
    ("count", "links"),
    [(0, []), (1, []), (1, [(0, 0)]), (2, [(0, 1), (1, 0)]), (5, []), (40, star(40)), (50, scattered(50, 75))],
)
def test_boxes_do_not_overlap(engine, count, links):
    boxes = [(60.0 + 9 * (i % 11), 70.0) for i in range(count)]
    places = layout.positions(boxes, links)
    assert len(places) == count
    assert overlaps(boxes, places) == []


def test_same_places_each_time(engine):
    boxes = [(80.0, 60.0)] * 50
    links = scattered(50, 75)
    first = layout.positions(boxes, links)
    random.seed(99)
    assert layout.positions(boxes, [(b, a) for a, b in reversed(links)]) == first


def test_chance_of_others_is_left_alone():
    random.seed(5)
    expected = random.random()
    random.seed(5)
    layout.positions([(80.0, 60.0)] * 700, star(700))
    assert random.random() == expected


def test_linked_nodes_lie_closer_than_others(engine):
    links = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)]
    places = layout.positions([(40.0, 40.0)] * 6, links)
    assert math.dist(places[0], places[1]) < math.dist(places[0], places[5])


def test_picture_is_wider_than_high_and_centred(engine):
    places = np.array(layout.positions([(60.0, 50.0)] * 30, [(i, i + 1) for i in range(29)]))
    width, height = np.ptp(places, axis=0)
    assert width > height
    assert np.abs(places.min(axis=0) + places.max(axis=0)).max() <= 2


@pytest.mark.parametrize(
    "links",
    [
        pytest.param([(2 * i, 2 * i + 1) for i in range(30)], id="pairs"),
        pytest.param([(i, i + 1) for i in range(59) if i % 3 < 2], id="rows of three"),
        pytest.param([(i, i + 1) for i in range(20)] + [(0, 2), (30, 31)], id="a chain and many alone"),
    ],
)
def test_many_parts_lie_close_together(engine, links):
    boxes = [(90.0, 60.0)] * 60
    places = layout.positions(boxes, links)
    assert overlaps(boxes, places) == []
    assert all(math.dist(places[a], places[b]) < 2.2 * layout.LINK for a, b in links)
    width, height = np.ptp(np.array(places), axis=0)
    assert width < 3900
    assert height < 3000


@pytest.mark.parametrize("count", [700, 2000])
def test_large_graphs_get_places(engine, count):
    places = layout.positions([(60.0, 50.0)] * count, scattered(count, count * 2))
    assert len(set(places)) > count * 0.98
