"""``kg triples`` and ``kg evaluate --open``: real sentences, read by the bundled pipelines."""

import json

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.results import OpenTriples

SENTENCES = "Marie Curie erhielt 1911 den Nobelpreis.\n\nMTS arbeitet mit Huawei zusammen.\n"
LINES = [
    ["1", "Marie Curie", "erhielt", "den Nobelpreis"],
    ["1", "Marie Curie", "erhielt den Nobelpreis", "1911"],
    ["3", "MTS", "arbeitet zusammen mit", "Huawei"],
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.txt").write_text(SENTENCES, encoding="utf-8")

    def call(*arguments, stdin=None):
        return CliRunner().invoke(app, ["triples", *map(str, arguments)], input=stdin)

    return call


def test_lines_keep_their_number(run):
    done = run("lines.txt", "--lines")
    assert done.exit_code == 0, done.output
    assert [line.split("\t") for line in done.stdout.splitlines()] == LINES


def test_standard_input_and_language(run):
    done = run("-", "--lines", "--language", "de", "--format", "tsv", stdin=SENTENCES)
    assert [line.split("\t") for line in done.stdout.splitlines()] == LINES


def test_an_article_counts_its_sentences(run):
    done = run("-", "--format", "tsv", stdin=" ".join(SENTENCES.split()))
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["1", "1", "2"]


def test_a_date_that_is_left_out_is_said(run, tmp_path):
    (tmp_path / "a.csv").write_text("text;date\nMTS arbeitet mit Huawei zusammen.;03/04/2019\n", encoding="utf-8")
    done = run("a.csv", "--format", "tsv")
    assert done.exit_code == 0 and "Huawei" in done.stdout
    assert done.stderr.startswith("left out: a.csv:2: date '03/04/2019'")


def test_jsonl_tells_more(run):
    done = run("lines.txt", "--lines", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[str(row["sentence"]), row["subject"], row["relation"], row["object"]] for row in rows] == LINES
    last = rows[-1]
    assert last["status"] == "asserted"
    assert last["clause_type"] == "SVA"
    assert 0 < last["confidence"] <= 1
    assert last["object_entity"] == "https://kg.example/entity/huawei"
    assert set(rows[0]) == set(last)


def test_the_table_names_a_sentence_once(run):
    done = run("lines.txt", "--lines", "--format", "table")
    assert done.stdout.count("Marie Curie ") == 2
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == ["1", "Marie", "3"]


def test_min_confidence_leaves_out_what_is_less_sure(run):
    assert run("lines.txt", "--lines", "--min-confidence", "1").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["none.txt"], None, "no such file"),
        (["none.txt", "--lines"], None, "cannot be read"),
        (["."], None, "is a folder"),
        (["-", "--lines"], "  \n", "is empty"),
        (["-"], "", "is empty"),
    ],
)
def test_what_cannot_be_read_is_named(run, arguments, stdin, message):
    done = run(*arguments, stdin=stdin)
    assert done.exit_code == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_found_says_so(run):
    done = run("-", "--lines", stdin="Ach!\n")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no triple found" in done.stderr


def test_the_library_gives_the_same(run):
    found = kg.open_triples("Marie Curie erhielt 1911 den Nobelpreis.")
    assert isinstance(found, OpenTriples)
    assert [list(map(str, row)) for row in found.rows()] == LINES[:2]
    assert repr(found).splitlines()[0] == "1 | Marie Curie | erhielt | den Nobelpreis"
    assert "<td style='text-align:left'>den Nobelpreis</td>" in found._repr_html_()
    frame = found.to_dataframe()
    assert list(frame["object"]) == ["den Nobelpreis", "1911"]
    assert repr(OpenTriples()) == "no triple found"
    assert OpenTriples()._repr_html_() == "<p>no triple found</p>"


def test_notebooks_show_text_not_markup():
    shown = kg.open_triples("Die Firma kauft <script>alert(1)</script> heute.")._repr_html_()
    assert "<script>" not in shown


def test_evaluate_open_prints_scores_and_differences(tmp_path):
    gold = tmp_path / "de-x.open.txt"
    gold.write_text(
        "> MTS arbeitet mit Huawei zusammen.\n- MTS | arbeitet zusammen mit | Huawei\n- MTS | kauft | Huawei\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["evaluate", "--open", str(gold)])
    assert done.exit_code == 0, done.output
    assert "missed  MTS | kauft | Huawei" in done.stdout
    assert done.stdout.split("all open triples")[1].split()[:6] == ["2", "1", "1", "1.00", "0.50", "0.67"]
    done = CliRunner().invoke(app, ["evaluate", "--open", "--json", str(gold)])
    assert json.loads(done.stdout)["all"]["recall"] == 0.5


def test_build_open_adds_them(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(
        "MTS arbeitet mit Huawei zusammen. Huawei kündigte im Mai ein neues Telefon an.", encoding="utf-8"
    )
    with kg.build(article) as plain, kg.build(article, with_open=True) as full:
        assert not plain.open_triples()
        assert plain.store.default_graph() == full.store.default_graph()
        first = full.open_triples()[0]
        assert (first.relation, first.property) == ("arbeitet zusammen mit", "partnersWith")
        asked = "SELECT ?o { GRAPH ?g { ?t a kg:OpenTriple ; kg:objectText ?o } } ORDER BY ?o"
        assert "Huawei" in {str(row[0]) for row in full.query(asked).rows}
