"""What some days tell first, and the commands that compare."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, USA, article
from typer.testing import CliRunner

from kg import cli_comparison, export
from kg.cli import app
from kg.errors import KgError
from kg.knowledge_graph import KnowledgeGraph
from kg.since import day_of, since
from kg.store import Store

PARTNERS = "partnersWith {}|{{s:MTS}} {{p:kooperiert}} mit {{o:Huawei}}."
TURNED = "partnersWith {}|{{s:Huawei}} {{p:kooperiert}} mit {{o:MTS}}."


def filled(*articles: tuple[str | None, str], place=None) -> Store:
    """A store of articles with a date and a status, or several, that they give one relation."""
    store = Store.open(place)
    for number, (day, statuses) in enumerate(articles, start=1):
        lines = [(PARTNERS if number % 2 else TURNED).format(status) for status in statuses.split()]
        store.write(article(f"a{number}", lines, (HUAWEI, MTS, USA), date=day), ONTOLOGY)
    return store


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([("2019-06-01", "asserted")], ("new", None, "asserted", ["a1"])),
        ([("2019-05-31", "planned"), ("2019-06-01", "asserted")], ("changed", "planned", "asserted", ["a2"])),
        ([("2019-05-31", "negated"), ("2019-06-02", "alleged")], ("changed", "negated", "alleged", ["a2"])),
        ([("2019-05-31", "asserted"), ("2019-06-01", "negated")], ("changed", "asserted", "negated", ["a2"])),
        (
            [("2019-06-03", "asserted"), ("2019-06-02", "asserted planned"), ("2019-06-01", "planned")],
            ("new", None, "asserted", ["a2", "a1"]),
        ),
        ([("2019-05", "planned"), ("2019-06", "reported")], ("changed", "planned", "reported", ["a2"])),
    ],
)
def test_what_is_new_or_has_changed(articles, expected):
    (found,) = since(filled(*articles), date(2019, 6, 1))
    kind, before, after, ids = expected
    assert (found.kind, found.before, found.after) == (kind, before, after)
    assert [one.id for one in found.articles] == ids
    assert {found.subject, found.object} == {"Huawei", "MTS"}


@pytest.mark.parametrize(
    "articles",
    [
        [("2019-05-31", "asserted")],
        [("2019-05-31", "asserted"), ("2019-06-01", "asserted")],
        [("2019-05-31", "reported"), ("2019-06-01", "asserted")],  # both are facts
        [("2019-05-31", "asserted"), ("2019-06-01", "planned")],  # it is told again how it came
        [("2019-05-31", "asserted negated"), ("2019-06-01", "negated")],
        [(None, "asserted"), ("2019-06-01", "asserted")],  # what has no date may be old
        [("2019", "asserted"), ("2019-06-01", "asserted")],
        [("2019-07-01", "asserted")],  # later than the last day
    ],
)
def test_what_is_neither(articles):
    found = since(filled(*articles), date(2019, 6, 1), date(2019, 6, 30))
    assert found == ()
    assert found.undated == sum(day is None for day, _ in articles)
    assert repr(found) == "nothing new" and found._repr_html_() == "<p>nothing new</p>"


def test_it_shows_itself():
    graph = KnowledgeGraph(filled(("2019-05-31", "planned"), ("2019-06-01", "asserted")))
    found = graph.since("2019-06")
    assert found == graph.since(date(2019, 6, 1), "2019-06-30")
    assert repr(found).startswith("changed: ") and repr(found).endswith("(planned → asserted) 2019-06-01: a2")
    assert list(found.to_dataframe().after) == ["asserted"]
    assert "<td style='text-align:left'>changed</td>" in found._repr_html_()
    with pytest.raises(KgError, match=r"'yesterday' is no day – write 2019-06-01$"):
        graph.since("yesterday")


THURSDAY = date(2019, 6, 6)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", (6, 6)),
        ("gestern", (6, 5)),
        ("thursday", (6, 6)),
        ("Freitag", (5, 31)),
        ("monday", (6, 3)),
        ("7d", (5, 30)),
        ("2w", (5, 23)),
        ("2019-06-01", (6, 1)),
        ("2019-04", (4, 1)),
    ],
)
def test_days_that_people_say(words, day):
    assert day_of(words, THURSDAY) == date(2019, *day)


@pytest.mark.parametrize("words", ["soon", "2019-13", "2019-02-30", "d", ""])
def test_what_is_no_day_is_refused(words):
    with pytest.raises(KgError, match="is no day – write 2019-06-01, yesterday, monday, 7d or 2w"):
        day_of(words, THURSDAY)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    filled(("2019-05-31", "planned"), place=tmp_path / "old" / "store").close()
    filled(("2019-05-31", "planned"), ("2019-06-01", "asserted"), ("2019-06-02", "negated"), place="out/store").close()
    return lambda *words: CliRunner().invoke(app, list(words))


def test_two_stores(run):
    done = run("diff", "old", "out", "--json")
    assert done.exit_code == 0, done.output
    (change,) = json.loads(done.stdout)
    assert (change["change"], change["before"], change["after"]) == ("changed", "planned", "asserted")
    assert run("diff", "old", "out/store", "--exit-code").exit_code == 1
    same = run("diff", "out", "out", "--exit-code")
    assert (same.exit_code, same.stdout) == (0, "no difference\n")


def test_two_files(run, tmp_path):
    for name in ("old", "out"):
        with Store.open(tmp_path / name / "store", read_only=True) as store:
            export.write(store, tmp_path / f"{name}.nq")
    found = run("diff", "old.nq", "out.nq", "--format", "csv")
    assert found.exit_code == 0, found.output
    assert next(iter(csv.DictReader(io.StringIO(found.stdout))))["after"] == "asserted"


def test_since_a_day(run, monkeypatch):
    class Clock(date):
        @classmethod
        def today(cls):
            return date(2019, 6, 2)

    monkeypatch.setattr(cli_comparison, "date", Clock)
    table = run("diff", "--since", "yesterday")
    assert table.exit_code == 0, table.output
    assert "planned  asserted  2019-06-01  a2" in table.stdout and "1 changed" in table.stdout
    (today,) = json.loads(run("diff", "--since", "today", "--json").stdout)
    assert (today["before"], today["after"], today["articles"]) == ("asserted", "negated", "a3")
    assert json.loads(run("diff", "--since", "today", "--until", "today", "old", "--format", "json").stdout) == []


def test_markdown_keeps_its_cells(run):
    lines = run("diff", "--since", "2019-06-01", "--format", "md").stdout.splitlines()
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- | --- |"
    assert lines[2].startswith("| changed | ")
    assert cli_comparison._markdown("a|b\n[c](d) <e>") == "a\\|b \\[c\\](d) \\<e\\>"


@pytest.mark.parametrize("words", [(), ("old",), ("old", "out", "--until", "today"), ("a", "b", "--since", "today")])
def test_wrong_usage(run, words):
    assert run("diff", *words).exit_code == 2


def test_conflicts_command(run):
    shown = run("conflicts")
    assert shown.exit_code == 0, shown.output
    assert "some say that it is so, others that it is not" in shown.stdout
    assert "asserted (1 source)" in shown.stdout and "2019-06-02 · a3" in shown.stdout
    assert shown.stdout.endswith("1 conflict\n")
    (one,) = json.loads(run("conflicts", "--json").stdout)
    assert (one["kind"], one["newest"]) == ("denied", "2019-06-02")
    assert one["sides"][1]["voices"][0]["article"]["id"] == "a3"
    assert run("conflicts", "--exit-code").exit_code == 1
    assert run("conflicts", "--exit-code", "--store", "old/store").exit_code == 0
