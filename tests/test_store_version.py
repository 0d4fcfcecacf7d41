"""Stores of other versions: those that can be are brought up to date, the others are refused with a way on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from handmade import news
from pyoxigraph import Literal, Quad
from test_store import filled, recomputed

import kg
from kg import bulk, rdf, store_version
from kg.errors import StoreError
from kg.store import Store
from kg.store_version import GRAPH, MARK, VERSION

OLDER = Path(__file__).with_name(
    "oxigraph-0.4.zip"
)  # the second article of handmade.news(), loaded by pyoxigraph 0.4.11


@pytest.fixture
def old(tmp_path):
    with zipfile.ZipFile(OLDER) as packed:
        packed.extractall(tmp_path / "old")
    return tmp_path / "old"


def marked(version: str) -> Quad:
    return Quad(MARK.subject, MARK.predicate, Literal(version), GRAPH)


@pytest.mark.parametrize("write", [False, True])
def test_files_of_an_older_oxigraph_are_brought_up_to_date(old, write):
    with kg.open(old, write=write) as graph:
        (found,) = graph.articles()
        assert found == news()[1].article
        written = filled(Store.open(), news()[1:2])
        assert graph.statements() == written.statements()
        assert (graph.store.entities(), graph.store.relations()) == (written.entities(), written.relations())


def test_a_store_from_before_the_mark_is_marked_with_the_next_article(old):
    with Store.open(old) as store:
        assert MARK not in set(store.matching())
        filled(store)
        assert MARK in set(store.matching())
        assert store.default_graph() == recomputed(store)


def test_the_mark_is_in_dumps_but_not_in_the_graph():
    store = filled(Store.open())
    assert MARK in set(store.matching())
    assert MARK not in store.quads()
    assert b"storeVersion" not in rdf.nquads(store.quads())


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("0", r"written by an older kg: the layout is version 0, this kg has version 1 – build it anew"),
        (str(VERSION + 1), r"written by a newer kg: the layout is version 2, this kg has version 1 – install a newer"),
        ("one", "'one' is no version of a store"),
    ],
)
def test_another_layout_is_refused_and_left_as_it_is(tmp_path, version, message):
    with Store.open(tmp_path / "s") as store:
        filled(store, news()[:1])
        store._engine.change({MARK}, {marked(version)}, ())
        before = set(store.matching())
    for read_only in (True, False):
        with pytest.raises(StoreError, match=f"s: .*{message}"):
            Store.open(tmp_path / "s", read_only=read_only)
    file = tmp_path / "other.nq"
    file.write_bytes(rdf.nquads(before))
    with Store.open() as fresh:
        with pytest.raises(StoreError, match=rf"other\.nq: .*{message}"):
            bulk.load(fresh, [file])
        assert set(fresh.matching()) == set()
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


def test_this_version_passes():
    store_version.check(str(VERSION), None)
