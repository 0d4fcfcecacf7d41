"""Stores on disk that are read while they are written to, and what is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest
from handmade import ONTOLOGY, news
from test_store import filled, recomputed
from typer.testing import CliRunner

import kg
from kg import snapshots
from kg.cli import app
from kg.errors import StoreError
from kg.store import Store
from kg.store_files import backup

SENTENCES = 10
# Tables are written and joined all the time, so that a reader meets every state of the files.
WRITER = textwrap.dedent(
    """
    import sys
    from handmade import ONTOLOGY, article, entity, CHINA, HUAWEI
    from kg import engines
    from kg.store import Store
    engines._FLUSHED = 1000
    store = Store.open(sys.argv[1])
    number = 0
    while True:
        sentences = ["basedIn asserted|{s:Huawei} {p:in} {o:China}."] * int(sys.argv[2])
        store.write(article(f"k{number % 25}", sentences, (HUAWEI, CHINA, entity(f"Firma {number}"))), ONTOLOGY)
        if number % 20 == 19:
            store._engine._inner.optimize()
        print(number, flush=True)
        number += 1
    """
)


@contextmanager
def writing(place: Path):
    """Another process that writes to a store without end; gives a function that waits for some articles."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place), str(SENTENCES)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield lambda number: [process.stdout.readline() for _ in range(number)]
        assert process.poll() is None, "the writer must be at work to the end"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def whole(store: Store) -> int:
    """How many articles there are, each of them whole."""
    ids = {found.id for found in store.articles()}
    assert len(store.statements()) == SENTENCES * len(ids)
    assert store.default_graph() == recomputed(store)
    return len(ids)


def test_many_read_while_one_writes(tmp_path):
    place = tmp_path / "s"
    with writing(place) as wait_for:
        wait_for(3)
        seen = []
        for _ in range(8):
            with Store.open(place, read_only=True) as one, Store.open(place, read_only=True) as other:
                seen.append(whole(one))
                assert whole(other) >= seen[-1]
            wait_for(2)
        with pytest.raises(StoreError, match="in use by another process"):
            Store.open(place)
        done = CliRunner().invoke(app, ["explain", "Huawei", "basedIn", "--store", str(place)])
        assert done.exit_code == 0, done.output
    assert seen == sorted(seen) and seen[-1] > seen[0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["s"]


def test_a_backup_can_be_made_while_one_writes(tmp_path):
    with writing(tmp_path / "s") as wait_for:
        wait_for(3)
        for number in range(4):
            backup(tmp_path / "s", tmp_path / f"b{number}")
            wait_for(7)
    counts = []
    for number in range(4):
        with Store.open(tmp_path / f"b{number}") as store:  # to be written, too
            counts.append(whole(store))
            filled(store)
            assert store.default_graph() == recomputed(store)
    assert counts == sorted(counts)
    with Store.open(tmp_path / "s") as store:  # not touched by what was written to its copies
        assert "a1" not in store.article_ids().values()
        whole(store)


def test_a_view_stays_as_it_is(tmp_path):
    with Store.open(tmp_path / "s") as store:
        filled(store, news()[:1])
        with Store.open(tmp_path / "s", read_only=True) as view:
            filled(store)
            store.remove("a1")
            assert list(view.article_ids().values()) == ["a1"]
        with kg.open(tmp_path / "s") as graph:
            assert [found.id for found in graph.articles()] == ["a2", "a3"]


def test_a_view_cannot_be_written(tmp_path):
    with Store.open(tmp_path / "s") as store:
        filled(store, news()[:1])
    with kg.open(tmp_path / "s") as graph, pytest.raises(StoreError, match="opened for reading only – open it for"):
        graph.store.write(news()[1], ONTOLOGY)
    with kg.open(tmp_path / "s", write=True) as graph:
        graph.store.write(news()[1], ONTOLOGY)


def test_where_no_links_can_be_made_files_are_copied(tmp_path, monkeypatch):
    with Store.open(tmp_path / "s") as store:
        before = filled(store).quads()

    def no_links(self, target):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    with Store.open(tmp_path / "s", read_only=True) as view:
        assert view.quads() == before


def test_a_manifest_that_changes_meanwhile_is_read_again(tmp_path, monkeypatch):
    with Store.open(tmp_path / "s") as store:
        before = filled(store).quads()
    real, calls = snapshots._manifest, []

    def changing(store):
        calls.append(store)
        if len(calls) == 2:
            raise FileNotFoundError
        return real(store)

    monkeypatch.setattr(snapshots, "_manifest", changing)
    with Store.open(tmp_path / "s", read_only=True) as view:
        assert view.quads() == before
    assert len(calls) == 4


def test_views_of_processes_that_died_are_swept(tmp_path):
    with Store.open(tmp_path / "s") as store:
        filled(store, news()[:1])
    script = "import os, sys; from kg.store import Store; Store.open(sys.argv[1], read_only=True); os._exit(0)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "s")], check=True)
    assert len(list(tmp_path.iterdir())) == 2
    with Store.open(tmp_path / "s", read_only=True):
        assert len(list(tmp_path.iterdir())) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize("made", [None, "file", "folder"])
def test_what_is_no_store_is_not_made_one(tmp_path, made):
    place = tmp_path / "s"
    if made == "file":
        place.write_text("")
    if made == "folder":
        place.mkdir()
    with pytest.raises(StoreError, match=r"s: (there is no store – build one first|this is a file)"):
        kg.open(place)
    assert place.exists() == (made is not None)


class TestBackup:
    def test_it_is_a_store(self, tmp_path):
        with Store.open(tmp_path / "s") as store:
            before = filled(store).quads()
        done = CliRunner().invoke(app, ["backup", str(tmp_path / "deep" / "b"), "--store", str(tmp_path / "s")])
        assert (done.exit_code, done.stdout) == (0, f"written: {tmp_path / 'deep' / 'b'}\n")
        with Store.open(tmp_path / "deep" / "b") as copy:
            assert copy.quads() == before

    @pytest.mark.parametrize("there", ["folder", "file"])
    def test_nothing_is_overwritten(self, tmp_path, there):
        with Store.open(tmp_path / "s") as store:
            filled(store, news()[:1])
        target = tmp_path / "b"
        target.mkdir() if there == "folder" else target.write_text("mine")
        with pytest.raises(StoreError, match="b: there is something already – name a folder that does not exist yet"):
            backup(tmp_path / "s", target)
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["b", "s"]

    def test_a_store_that_is_missing(self, tmp_path):
        with pytest.raises(StoreError, match="there is no store"):
            backup(tmp_path / "s", tmp_path / "b")
        assert list(tmp_path.iterdir()) == []

    def test_a_place_that_cannot_be_written(self, tmp_path):
        with Store.open(tmp_path / "s") as store:
            filled(store, news()[:1])
        (tmp_path / "f").write_text("")
        with pytest.raises(StoreError, match="the backup cannot be written: Not a directory"):
            backup(tmp_path / "s", tmp_path / "f" / "b")
