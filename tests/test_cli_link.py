"""``kg link`` from the command line: the table that it writes, and the decisions that it reads."""

from __future__ import annotations

import csv
import json

import pytest
from handmade import HUAWEI, MTS, ONTOLOGY, news
from test_link_sources import reconciling, serving
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import LinkError
from kg.link_files import COLUMNS, read, written
from kg.link_quads import LinkCandidate
from kg.store import Store

DUMP = "iri,label,types\nhttps://a.example/1,Huawei,company\nhttps://a.example/2,MTS,company\n"


@pytest.fixture
def kg(tmp_path, monkeypatch):
    """Run the command line in a folder with a store and a dump."""
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "store") as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)
    (tmp_path / "dump.csv").write_text(DUMP)

    def run(*words: str):
        return CliRunner().invoke(app, ["link", "--store", "store", *words])

    return run


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_from_dump_to_decision(kg, tmp_path):
    done = kg("--dump", "dump.csv")
    assert done.exit_code == 0, done.output
    assert "5 entities looked for; links: 1 drawn, 0 yours; 1 candidates open" in done.stdout
    rows = table(tmp_path / "links.csv")
    assert [(r["label"], r["verdict"], r["decision"]) for r in rows] == [("MTS", "open", ""), ("Huawei", "linked", "")]
    text = (tmp_path / "links.csv").read_text().replace("MTS,Company,,", "MTS,Company,same,")
    (tmp_path / "links.csv").write_text(text.replace("Huawei,Company,,", "Huawei,Company,different,"))
    done = kg()
    assert "links: 0 drawn, 1 yours; 0 candidates open" in done.stdout
    done = kg("--dump", "dump.csv")  # decisions hold, and stay in the table
    assert [(r["label"], r["decision"]) for r in table(tmp_path / "links.csv")] == [
        ("MTS", "same"),
        ("Huawei", "different"),
    ]
    with Store.open(tmp_path / "store") as store:
        assert {e.iri: e.same_as for e in store.entities()}[MTS.iri] == ("https://a.example/2",)


def test_from_a_service(kg, tmp_path):
    asked: list = []
    with serving(reconciling(asked)) as url:
        done = kg("--service", url, "--name", "Huawei", "--type", "Company=Q4830453", "--out", "w.csv")
    assert done.exit_code == 0, done.output
    assert [query["query"] for batch in asked for query in batch.values()] == ["Huawei"]
    assert [row["verdict"] for row in table(tmp_path / "w.csv")] == ["open", "linked"]
    assert json.dumps(asked).count("Q4830453") == 1


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 1, "nothing to look in and nothing decided – give one of --service URL"),
        (("--dump", "none.csv"), 1, "none.csv: cannot be read: No such file or directory"),
        (("--dump", "dump.csv", "--sparql", "http://a.example"), 2, "give only one of"),
        (("--dump", "dump.csv", "--type", "Company"), 2, "is not CLASS=ID"),
        (("--dump", "dump.csv", "--type", "Firma=Q1"), 1, "unknown class Firma – known: "),
        (("--dump", "dump.csv", "--name", "Huaway"), 1, "did you mean Huawei?"),
        (("--service", "http://127.0.0.1:9/x", "--timeout", "1"), 1, "cannot be reached"),
    ],
)
def test_what_cannot_be_done(kg, tmp_path, words, code, told):
    done = kg(*words)
    assert done.exit_code == code
    assert told in " ".join((done.stderr + done.stdout).replace("│", " ").split())
    assert not (tmp_path / "links.csv").exists()


class TestTables:
    def test_what_is_written_is_read(self, tmp_path):
        given = [
            LinkCandidate(HUAWEI.iri, "https://a.example/1", "=cmd", ("a", "b"), 0.9, True, "same", "s", "r"),
            LinkCandidate(HUAWEI.iri, "https://a.example/2", verdict="different"),
            LinkCandidate(HUAWEI.iri, "https://a.example/3", "\ud800", verdict="open"),
        ]
        path = tmp_path / "l.csv"
        path.write_bytes(written(given, {HUAWEI.iri: HUAWEI}))
        assert tuple(table(path)[0]) == COLUMNS
        assert [row["target_label"] for row in table(path)] == ["?", "'=cmd", ""]
        assert read(path) == {
            (HUAWEI.iri, "https://a.example/1"): ("same", "l.csv:3"),
            (HUAWEI.iri, "https://a.example/2"): ("different", "l.csv:4"),
        }

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("entity,target\n", "l.csv:1: no column “decision” – needed: entity, decision, target"),
            (
                "entity,decision,target\nhttp://a/x,yes,http://b/y\n",
                "l.csv:2: unknown decision “yes” – allowed: same, ",
            ),
            ("entity,decision,target\nHuawei,same,http://b/y\n", "l.csv:2: a decision needs two IRIs"),
            ("entity,decision,target\nhttp://a/x,same,http://b/y z\n", "l.csv:2: a decision needs two IRIs"),
            (
                "entity,decision,target\nhttp://a/x,same,http://b/y\nhttp://a/x,different,http://b/y\n",
                "l.csv:3: is decided otherwise in l.csv:2 <http://b/y> – remove one of the rows",
            ),
        ],
    )
    def test_a_table_that_cannot_be_used(self, tmp_path, text, told):
        path = tmp_path / "l.csv"
        path.write_text(text)
        with pytest.raises(LinkError) as caught:
            read(path)
        assert told in str(caught.value)
