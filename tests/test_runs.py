"""Runs of kg build that are ended, repeated and shared out: the graph is always that of the sources."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.synthetic import synthetic
from handmade import news
from test_pipeline import EXTRACTIONS, TEXTS, given
from typer.testing import CliRunner

from kg import engines, pipeline, reading, run_printing, versions
from kg.cli import app
from kg.errors import StoreError, StoreUnwritableError
from kg.pipeline import Step
from kg.reports import RowFile
from kg.store import Store
from kg.store_files import new_store
from kg.versions import Noted, version_of_article

ROOT = Path(__file__).parent.parent


@pytest.fixture
def kg(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    for number, text in enumerate(TEXTS, start=1):
        (tmp_path / "in" / f"a{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def calls(monkeypatch, stand_in):
    """Ids of the articles that were read."""
    read = []
    inner = stand_in.analyser.read
    monkeypatch.setattr(stand_in.analyser, "read", lambda article: (read.append(article.id), inner(article))[1], False)
    reading._read.cache_clear()
    return read


def graph(out: Path) -> bytes:
    return (out / "graph.nq").read_bytes()


def rows(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "report.jsonl").read_text(encoding="utf-8").splitlines()]


# ── what is unchanged ──────────────────────────────────────────────────────────────────────────


def test_what_is_unchanged_is_not_read_again(calls):
    with Store.open() as store:
        first = pipeline.build(given(*TEXTS), store=store)
        assert calls == ["a1", "a2", "a3"]
        before = set(store.matching())
        again = pipeline.build(given(*TEXTS, "Nichts ist davon."), store=store)
        assert calls == ["a1", "a2", "a3", "a4"]
        assert again.outcomes == {"read": 1, "unchanged": 3}
        assert (again.statements, again.rejections) == (first.statements, first.rejections)
        assert (again.languages, again.articles) == ({"de": 4}, ("a1", "a2", "a3", "a4"))
        assert before <= set(store.matching())


@pytest.mark.parametrize(
    "change",
    [
        lambda article, options: (replace(article, text=article.text + " Mehr."), options),
        lambda article, options: (replace(article, title="Anders"), options),
        lambda article, options: (replace(article, date="2020-01-01"), options),
        lambda article, options: (replace(article, authors=("Eine",)), options),
        lambda article, options: (replace(article, blocks=(replace(article.blocks[0], kind="aside"),)), options),
        lambda article, options: (article, {"min_confidence": 0.1}),
        lambda article, options: (article, {"with_open": True}),
        lambda article, options: (article, {"fresh": True}),
    ],
)
def test_what_changes_is_read_again(calls, change):
    with Store.open() as store:
        (article,) = given(TEXTS[0])
        pipeline.build([article], store=store)
        changed, options = change(article, {})
        assert pipeline.build([changed], store=store, **options).outcomes == {"read": 1}
        assert len(calls) == 2 or reading._read.cache_info().hits


def test_another_ontology_is_a_reason_to_read_again(calls, monkeypatch, stand_in):
    with Store.open() as store:
        pipeline.build(given(TEXTS[0]), store=store)
        other = replace(stand_in, version=lambda: "another")
        monkeypatch.setattr(pipeline, "load_tools", lambda *_: other)
        assert pipeline.build(given(TEXTS[0]), store=store).outcomes == {"read": 1}
        assert pipeline.build(given(TEXTS[0]), store=store).outcomes == {"unchanged": 1}


def test_the_version_hangs_on_all_that_decides(tmp_path, monkeypatch):
    own = tmp_path / "own.ttl"
    own.write_text("@prefix kg: <https://kg.example/ontology#> .\n", encoding="utf-8")
    names = tmp_path / "names.csv"
    names.write_text("name,decision,other,type\nArcelor-Mittal,same,ArcelorMittal,Company\n", encoding="utf-8")
    found = {
        reading.load_tools(*arguments).version()
        for arguments in (
            (),
            (None, "de"),
            (str(ROOT / "kg/models/de"),),
            (None, None, [own]),
            (None, None, (), [names]),
        )
    }
    assert len(found) == 5
    usual = reading.load_tools().version()
    assert reading.load_tools().version() == usual
    monkeypatch.setattr(versions, "code", lambda: "other code")
    assert reading.load_tools().version() != usual


def test_the_code_that_counts_is_that_on_the_road():
    seen = set()
    real = versions._files
    versions.code.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "_files", lambda name: (seen.update(real(name)), real(name))[1])
        versions.code()
    names = {path.relative_to(ROOT / "kg").with_suffix("").as_posix() for path in seen}
    assert {"reading", "statements", "frames", "names", "coreference", "german_trees", "analysis", "rdf"} <= names
    assert {"models/__init__", "models/tables", "morphology", "ontology", "alias_rows", "dates"} <= names
    assert not names & {"printing", "cli", "views", "export", "pipeline", "workers", "store", "query_files"}


def test_where_an_article_lies_is_no_part_of_its_version():
    (article,) = given(TEXTS[0])
    one, other = replace(article, source="a.txt"), replace(article, source="b.txt")
    assert version_of_article(one, "t", 0.0, False) == version_of_article(other, "t", 0.0, False)
    assert Noted.parsed(None) is None and Noted.parsed("v") is None


# ── builds of a folder ─────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("stand_in")
def test_a_build_goes_on_from_the_last_and_gives_what_a_new_one_gives(kg, folder, tmp_path, calls):
    assert kg("build", folder, "--out", "out").exit_code == 0
    (folder / "a1.txt").unlink()
    (folder / "a2.txt").write_text("Nichts ist davon.")
    (folder / "A3.txt").write_text("Gar nichts ist davon.")
    (folder / "a3.txt").unlink()
    (folder / "a4.txt").write_text(TEXTS[1], encoding="utf-8")
    del calls[:]
    done = kg("build", folder, "--out", "out")
    assert done.exit_code == 0, done.output
    assert "removed" in done.stdout
    assert kg("build", folder, "--out", "new").exit_code == 0
    for name in ("graph.nq", "graph.ttl", "graph.graphml", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "new" / name).read_bytes()
    del calls[:]
    assert "unchanged, not read again" in kg("build", folder, "--out", "out").stdout
    assert calls == []
    assert kg("build", folder, "--out", "out", "--fresh").exit_code == 0
    assert len(calls) == 3 and graph(tmp_path / "out") == graph(tmp_path / "new")


@pytest.mark.usefixtures("stand_in")
def test_what_others_put_into_the_store_is_not_carried_on(kg, folder, tmp_path, calls):
    kg("build", folder)
    before = graph(tmp_path / "out")
    (tmp_path / "more.ttl").write_text("@prefix e: <https://kg.example/entity/> . e:x e:y e:z .")
    assert kg("load", "more.ttl", "--store", "out/store").exit_code == 0
    del calls[:]
    kg("build", folder)
    assert graph(tmp_path / "out") == before and len(calls) == 3
    del calls[:]
    assert kg("infer").exit_code == 0
    kg("build", folder)
    assert graph(tmp_path / "out") == before and calls == []


@pytest.mark.usefixtures("stand_in")
def test_an_interrupted_build_leaves_the_last_graph_and_goes_on(kg, folder, tmp_path, calls):
    kg("build", folder / "a3.txt")
    before = graph(tmp_path / "out")
    (folder / "a2.txt").write_text("Das ist ein Abbruch.")
    done = kg("build", folder)
    assert done.exit_code == 130
    assert "1 article(s) were read and kept; the last graph is as it was, and the same command goes on" in done.stderr
    assert graph(tmp_path / "out") == before
    with Store.open(tmp_path / "out" / "store", read_only=True) as store:
        assert [article.id for article in store.articles()] == ["a3"]
    (folder / "a2.txt").write_text(TEXTS[1], encoding="utf-8")
    del calls[:]
    kg("build", folder)
    assert calls == ["a2"]
    assert [row["outcome"] for row in rows(tmp_path / "out")] == ["unchanged", "read", "unchanged"]
    kg("build", folder, "--out", "new")
    assert graph(tmp_path / "out") == graph(tmp_path / "new")
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_half_a_draft_and_half_an_exchange_are_mended(tmp_path):
    def build(*numbers: int) -> list[str]:
        with new_store(tmp_path) as draft:
            for number in numbers:
                draft.store.write(news()[number], pipeline.load_tools().ontology)
            draft.done = True
            return [article.id for article in draft.store.articles()]

    assert build(0) == ["a1"]
    (tmp_path / ".store.new").mkdir()
    (tmp_path / ".store.new" / "CURRENT").write_text("MANIFEST-000099\n")
    assert build() == ["a1"]
    (tmp_path / "store").rename(tmp_path / ".store.old")
    assert build(1) == ["a1", "a2"]
    with new_store(tmp_path), pytest.raises(StoreError, match="in use"), new_store(tmp_path):
        pass
    assert build() == ["a1", "a2"]


# ── what cannot be written ─────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("stand_in")
def test_a_full_disk_ends_the_run_and_the_next_goes_on(kg, folder, tmp_path, calls, monkeypatch):
    real, written = engines._Oxigraph.change, []

    def full(self, delete, insert, drop):
        written.append(len(insert))
        if len([size for size in written if size > 20]) == 2:
            raise self._unwritten(OSError("No space left on device"))
        real(self, delete, insert, drop)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines._Oxigraph, "change", full)
        done = kg("build", folder)
    assert done.exit_code == 1
    first, second = done.stderr.splitlines()
    assert "the store cannot be written, nothing was changed: No space left on device" in first
    assert second == "1 article(s) were read and kept; the same command goes on from there"
    assert calls == ["a1", "a2"]  # the third was not even tried
    del calls[:]
    reading._read.cache_clear()  # the last article that was read
    assert kg("build", folder).exit_code == 0
    assert calls == ["a2", "a3"]
    kg("build", folder, "--out", "new")
    assert graph(tmp_path / "out") == graph(tmp_path / "new")


@pytest.mark.usefixtures("stand_in")
def test_a_store_that_refuses_everything_ends_the_run(monkeypatch):
    def refuse(*_):
        raise StoreError("the endpoint answered 500")

    with Store.open() as store:
        monkeypatch.setattr(store, "write", refuse, raising=False)
        with pytest.raises(StoreError, match="500"):
            pipeline.build(given(*(f"Das ist Text {number}." for number in range(10))), store=store)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_report_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "report.jsonl").symlink_to("/dev/full")
    tally = pipeline.Tally()
    with RowFile(tmp_path / "report.jsonl") as file, pytest.raises(StoreUnwritableError, match="No space left"):
        file.write(tally.lacks("a", None, "duplicate"))


# ── the report ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("stand_in")
def test_every_source_has_its_line(kg, folder, tmp_path):
    (folder / "b.txt").write_text("Das ist Finnisch.")
    (folder / "c.txt").write_text("Hallo Welt.")
    (folder / "d.txt").write_bytes(b"")
    (folder / "e.txt").write_text("Das ist ein Fehler \u202e\u2028.")
    done = kg("build", folder, folder / "a1.txt")
    assert done.exit_code == 0, done.output
    found = rows(tmp_path / "out")
    assert [row["outcome"] for row in found] == [
        *["read"] * 3,
        "unknown language",
        "too short",
        "failed",
        "failed",
        "duplicate",
    ]
    assert found[0] == {
        "article": "a1",
        "source": str(folder / "a1.txt"),
        "outcome": "read",
        "statements": len(EXTRACTIONS[TEXTS[0]].statements),
        "plain": 3,
        "language": "de",
        "problem": None,
        "hint": None,
    }
    assert found[4]["problem"] == "it has fewer than 3 words"
    assert "E999" in found[6]["problem"] and found[6]["hint"]
    for line in ("given twice +1", "too short +1", "unknown language +1", "failed +2", "read +3"):
        assert re.search(line, done.stdout), done.stdout
    again = kg("build", folder, folder / "a1.txt")
    assert [row["outcome"] for row in rows(tmp_path / "out")][:3] == ["unchanged"] * 3
    assert {**rows(tmp_path / "out")[0], "outcome": "read"} == found[0]
    assert again.exit_code == 0
    with Store.open(tmp_path / "out" / "store", read_only=True) as store:
        assert [failure.source for failure in store.failures()] == [str(folder / "d.txt"), str(folder / "e.txt")]


@pytest.mark.usefixtures("stand_in")
def test_a_failure_is_forgotten_when_its_source_is_read(folder, tmp_path):
    (folder / "a2.txt").write_text("Das ist ein Fehler.")
    (folder / "a3.txt").write_text("Auch das ist ein Fehler.")
    with Store.open() as store:
        pipeline.build([folder], store=store)
        assert len(store.failures()) == 2
        (folder / "a2.txt").write_text("Nichts ist davon.")
        pipeline.build([folder / "a2.txt"], store=store)
        assert [failure.source for failure in store.failures()] == [str(folder / "a3.txt")]


@pytest.mark.usefixtures("stand_in")
def test_very_many_failures_are_cut_short(kg, folder, tmp_path):
    for number in range(30):
        (folder / f"b{number:02}.txt").write_text(f"Das ist Finnisch {number}.")
    done = kg("build", folder)
    assert "… and 10 more, see out/report.jsonl" in done.stderr


def test_a_report_reads_well(stand_in):
    with Store.open() as store:
        report = pipeline.build(given(*TEXTS, "Das ist ein <b>Fehler"), store=store)
    assert str(report) == repr(report) and str(report).startswith("3 read, 1 failed; ")
    shown = report._repr_html_()
    assert "<td>failed</td><td>1</td>" in shown and "<b>" not in shown


def test_progress_without_a_terminal_is_a_line_now_and_then(capsys):
    now = [0.0]
    with run_printing.progress(run_printing.printing.console(stderr=True), lambda: now[0]) as step:
        for number in range(1, 701):
            now[0] += 0.1
            step(Step(number, 1000, f"a{number}", 1, "read" if number > 100 else "unchanged"))
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["300 of 1,000 articles, 10.0/s, 1 min left", "600 of 1,000 articles, 10.0/s, 1 min left"]
    assert run_printing.line_of(Step(1200, None, "a", 0), 14.23) == "1,200 articles, 14.2/s"
    assert run_printing.line_of(Step(1200, 10_000, "a", 0), 14.23) == "1,200 of 10,000 articles, 14.2/s, 10 min left"


# ── real processes ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """A dozen short articles in one file."""
    path = tmp_path_factory.mktemp("runs") / "news.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for article in synthetic(12):
            text = article.text.partition("\n\n")[0]
            file.write(json.dumps({"id": article.id, "text": text, "language": article.language}) + "\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(lines):
    out = lines.parent / "undisturbed"
    finished(lines, out, "--jobs", "1")
    return digest(out)


def started(source: Path, out: Path, *options: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "kg", "build", str(source), "--out", str(out), "--no-files", *options]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(source: Path, out: Path, *options: str) -> str:
    run = started(source, out, *options)
    told, errors = run.communicate(timeout=300)
    assert run.returncode == 0, errors
    return told


def digest(out: Path) -> list[str]:
    with Store.open(out / "store", read_only=True) as store:
        return sorted(map(str, store.matching()))


def wait_for(out: Path, number: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if (out / "report.jsonl").exists() and len(rows(out)) >= number:
            return
        time.sleep(0.01)
    raise AssertionError("it does not get on")


def test_two_processes_write_what_one_writes(lines, undisturbed):
    out = lines.parent / "two"
    finished(lines, out, "--jobs", "2")
    assert digest(out) == undisturbed
    assert rows(out) == rows(lines.parent / "undisturbed")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_run_that_is_killed_goes_on_and_ends_in_the_same_graph(lines, undisturbed):
    out, chance = lines.parent / "killed", random.Random(8)
    for moment in sorted(chance.sample(range(2, 10), 2)):
        run = started(lines, out, "--jobs", "1")
        wait_for(out, moment)
        run.kill()
        run.communicate()
    assert not (out / "store").exists()
    finished(lines, out, "--jobs", "1")
    assert digest(out) == undisturbed
    assert sum(row["outcome"] == "unchanged" for row in rows(out)) >= 5


@pytest.mark.skipif(os.name != "posix", reason="needs Ctrl-C as a signal")
def test_ctrl_c_ends_the_workers_at_once_and_keeps_what_was_read(lines, undisturbed):
    out = lines.parent / "interrupted"
    run = started(lines, out, "--jobs", "2")
    wait_for(out, 3)
    start = time.monotonic()
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=60)
    assert time.monotonic() - start < 20
    assert run.returncode == 130
    assert "article(s) were read and kept" in errors
    finished(lines, out, "--jobs", "1")
    assert digest(out) == undisturbed
    assert sum(row["outcome"] == "unchanged" for row in rows(out)) >= 3
