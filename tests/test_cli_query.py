"""``kg query``: by name, with parameters, limits and labels, in every format."""

import json

import pytest
from handmade import ONTOLOGY, iri, news
from typer.testing import CliRunner

from kg.cli import app
from kg.namespaces import KG
from kg.query_files import bundled
from kg.store import Store


@pytest.fixture
def kg(tmp_path, monkeypatch):
    """Run ``kg query`` beside a store."""
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "out" / "store") as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)

    def run(*arguments, stdin=None):
        return CliRunner().invoke(app, ["query", *map(str, arguments)], input=stdin)

    return run


def test_the_list_needs_no_store(kg, tmp_path):
    done = kg("--list", "--store", "fehlt")
    assert done.exit_code == 0, done.output
    for query in bundled():
        assert f"{query.name}  {query.titles['en']}" in done.stdout
    assert "whom=entity: the one that is restricted" in done.stdout
    assert "entity=entity, required: of whom" in done.stdout
    assert "since=date, by default 2019: a year" in " ".join(done.stdout.split())
    assert "who-restricts-whom  Wer wen einschränkt" in kg("--list", "--language", "de").stdout


def test_a_query_by_its_name(kg):
    done = kg("who-restricts-whom", "--bind", "whom=MTS", "--format", "csv")
    assert done.stdout.splitlines() == ["who,whom,articles", f"{iri('USA')},{iri('MTS')},1"]
    assert kg("who-restricts-whom", "--bind", "whom=Huawei").stdout == "0 rows\n"
    assert "GROUP BY ?who ?whom" in kg("who-restricts-whom", "--show", "--store", "fehlt").stdout


def test_formats_and_labels(kg):
    query = "SELECT ?x ?p { ?x ?p entity:mts FILTER(?p = kg:restricts) }"
    assert kg(query).stdout.split() == ["x", "p", "USA", "kg:restricts", "1", "row"]
    assert kg(query, "--no-labels").stdout.split()[2] == "entity:" + iri("USA").rpartition("/")[2]
    assert kg(query, "--labels", "--language", "de").stdout.split()[2:5] == ["USA", "schränkt", "ein"]
    assert kg(query, "--format", "csv", "--labels").stdout.splitlines() == ["x,p", "USA,restricts"]
    assert kg(query, "--format", "tsv").stdout == f"?x\t?p\n<{iri('USA')}>\t<{KG}restricts>\n"
    assert json.loads(kg(query, "--format", "jsonl").stdout) == {"x": iri("USA"), "p": KG + "restricts"}
    assert "entity:mts" in kg("surroundings", "--bind", "entity=Huawei", "--format", "ttl").stdout
    assert kg("SELECT ?x { ?x kg:leads ?y }", "--format", "jsonl", "--limit", "0").stdout == ""


def test_limits(kg):
    done = kg("SELECT ?l { ?x rdfs:label ?l } ORDER BY ?l", "--limit", "2")
    assert done.stdout.split() == ["l", "China", "Gou", "Ping", "2", "rows", "(there", "are", "more)"]
    done = kg("SELECT ?l { ?x rdfs:label ?l } ORDER BY ?l", "--limit", "2", "--format", "csv")
    assert (done.stdout.split(), done.stderr) == (
        ["l", "China", "Gou", "Ping"],
        "kg: there are more than these 2 rows\n",
    )
    endless = (
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g {?a ?b ?c} GRAPH ?h {?d ?e ?f} GRAPH ?i {?j ?k ?l} GRAPH ?m {?o ?p ?q} }"
    )
    done = kg(endless, "--timeout", "0.3")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("kg: error: the query was stopped after 0.3 s – give it more time")
    assert kg("ASK {}", "--timeout", "0").stdout == "yes\n"


def test_a_slip_is_pointed_at(kg, tmp_path):
    done = kg("SELECT ?x {\n  ?ü foo:bar ?y }")
    assert done.exit_code == 1
    told, line, caret = done.stderr.splitlines()
    assert told.startswith("kg: error: line 2: column 6: unknown prefix foo: in '?ü foo:bar ?y }'")
    assert "known without PREFIX: kg, entity" in told
    assert (line, caret) == ("    ?ü foo:bar ?y }", "       ^")
    (tmp_path / "q.rq").write_text("SELECT ?x { ?x kg:leads ?y", encoding="utf-8")
    done = kg("q.rq")
    assert done.stderr.startswith("kg: error: q.rq:1: column 27: syntax error")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("who-restricts",), "no query is called who-restricts – did you mean who-restricts-whom"),
        (("timeline",), "the query needs entity (entity): of whom – kg query timeline --bind entity=…"),
        (("timeline", "--bind", "entity=Hawei"), "no entity is called 'Hawei' – did you mean Huawei"),
        (("timeline", "--bind", "entity"), "--bind entity binds nothing – write --bind x=Huawei"),
        (("timeline", "--bind", "entity=MTS", "--bind", "?entity=MTS"), "--bind entity is given twice"),
        (("timeline", "--bind", "x=MTS", "--bind", "entity=MTS"), "timeline has no parameter x – it has entity"),
        (("SELECT ?x { ?x a ?y }", "--bind", "z=MTS"), "the query has no variable ?z – its variables: ?x, ?y"),
        (("most-connected", "--bind", "type=Firm"), "no class is called 'Firm' – there are Company, Country"),
    ],
)
def test_what_is_wrong_is_one_line(kg, arguments, told):
    done = kg(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_a_query(kg):
    done = kg()
    assert done.exit_code == 2
    assert "give a query, the name of one, or --list" in done.stderr
