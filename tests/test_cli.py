"""The command line: what it prints, what it writes, and how it fails."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from handmade import ONTOLOGY, news
from rich.console import Console
from typer.testing import CliRunner

from kg import evaluation, export, printing
from kg.cli import app
from kg.frame_records import Frames, PatternCheck
from kg.media_types import ALLOWED
from kg.models import at_hand
from kg.records import Explanation
from kg.store import Store

ROOT = Path(__file__).parent.parent
COMMANDS = (
    "build",
    "query",
    "explain",
    "entities",
    "view",
    "export",
    "describe",
    "link",
    "load",
    "dump",
    "backup",
    "remove",
    "update",
    "status",
    "diff",
    "conflicts",
    "extract",
    "triples",
    "evaluate",
    "models",
    "ontology",
    "validate",
    "infer",
)


@pytest.fixture
def kg(tmp_path, monkeypatch):
    """Run the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, stdin=None):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture
def articles(tmp_path, texts):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(texts, start=1):
        (folder / f"a{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def stored(tmp_path):
    """A store in the place where the commands look for it."""
    with Store.open(tmp_path / "out" / "store") as store:
        for extraction in news():
            store.write(extraction, ONTOLOGY)


def ids(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [article.id for article in store.articles()]


@pytest.mark.usefixtures("stand_in")
def test_build_prints_and_writes_the_graph(kg, articles, tmp_path):
    done = kg("build", articles)
    assert done.exit_code == 0, done.output
    for line in (r"articles +3  \(de 3\)", r"asserted statements +5", r"negated statements +1 .*not a plain triple"):
        assert re.search(line, done.stdout), done.stdout
    assert re.search(r"Huawei +partnersWith +MTS +2 +0.94", done.stdout), done.stdout
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "graph.graphml",
        "graph.html",
        "graph.nq",
        "graph.ttl",
        "report.jsonl",
        "store",
    ]
    assert done.stdout.splitlines()[-4:] == [
        "why:     kg explain Huawei partnersWith MTS",
        "ask:     kg query 'SELECT ?who ?whom { ?who kg:partnersWith ?whom }'",
        "written: out/graph.ttl, out/graph.nq, out/graph.graphml, out/graph.html",
        "open:    out/graph.html",
    ]
    assert ids(out / "store") == ["a1", "a2", "a3"]


@pytest.mark.usefixtures("stand_in")
def test_building_twice_gives_the_same_bytes_and_building_anew_replaces(kg, articles, tmp_path):
    names = ("graph.ttl", "graph.nq", "graph.graphml", "graph.html")
    kg("build", articles, "--out", "one")
    kg("build", articles, "--out", "two")
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    kg("build", articles / "a1.txt", "--out", "two")
    assert ids(tmp_path / "two" / "store") == ["a1"]


@pytest.mark.usefixtures("stand_in")
def test_a_named_store_is_added_to(kg, articles, tmp_path):
    for name in ("a1.txt", "a2.txt", "a1.txt"):
        done = kg("build", articles / name, "--store", "kept")
        assert done.exit_code == 0, done.output
    assert ids(tmp_path / "kept") == ["a1", "a2"]
    assert not (tmp_path / "out" / "store").exists()
    assert "in the store" in done.stdout
    assert "kg explain Huawei partnersWith MTS --store kept" in done.stdout


@pytest.mark.usefixtures("stand_in")
def test_what_cannot_be_read_is_said_and_the_rest_is_built(kg, articles):
    (articles / "b.txt").write_text("Das ist Finnisch.")
    (articles / "c.txt").write_text("")
    done = kg("build", articles, "fehlt.txt")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        f"not read: {articles}/b.txt: language 'fi' is not understood",
        f"not read: {articles}/c.txt: is empty",
        f"not read: fehlt.txt: no such file or folder – {ALLOWED}",
    ]


@pytest.mark.usefixtures("stand_in")
def test_what_is_left_out_of_an_article_is_said(kg, tmp_path):
    (tmp_path / "a.csv").write_text("text;Datum\nMTS kauft Huawei.;03/04/2019\n")
    done = kg("build", "a.csv")
    assert done.exit_code == 0
    assert done.stderr.startswith("left out: a.csv:2: date '03/04/2019' is not a date that can be read in one way – ")


@pytest.mark.usefixtures("stand_in")
def test_many_texts_that_fail_alike_are_one_line(kg, articles):
    for name in "bcde":
        (articles / f"{name}.txt").write_text(f"Das ist Finnisch {name}.")
    done = kg("build", articles)
    places = ", ".join(f"{articles}/{name}.txt" for name in "bcde")
    assert done.stderr == f"not read: 4 articles: language 'fi' is not understood; they are {places}\n"


@pytest.mark.usefixtures("stand_in")
def test_nothing_built_is_a_failure_and_leaves_the_last_graph(kg, articles, tmp_path):
    kg("build", articles)
    before = (tmp_path / "out" / "graph.nq").read_bytes()
    done = kg("build", "fehlt.txt")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "kg: error: nothing could be built"
    assert (tmp_path / "out" / "graph.nq").read_bytes() == before
    assert ids(tmp_path / "out" / "store") == ["a1", "a2", "a3"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")) == []


@pytest.mark.usefixtures("stand_in")
def test_zero_statements_are_said_in_plain_words(kg):
    done = kg("build", "-", stdin="Nichts ist davon.")
    assert done.exit_code == 0
    assert "No statement was found in 1 article(s)." in done.stderr
    assert "kg ontology list" in done.stderr


@pytest.mark.usefixtures("stand_in")
def test_an_interrupt_is_one_line_and_keeps_what_is_done(kg, articles, tmp_path):
    (articles / "a2.txt").write_text("Das ist ein Abbruch.")
    done = kg("build", articles)
    assert done.exit_code == 130
    assert done.stderr.splitlines() == ["kg: interrupted; 1 article(s) were read and kept"]
    assert ids(tmp_path / "out" / "store") == ["a1"]


@pytest.mark.usefixtures("stand_in")
def test_an_error_is_one_line(kg, articles):
    (articles / "a1.txt").write_text("Das ist ein Modell.")
    done = kg("build", articles)
    assert (done.exit_code, done.stderr) == (1, "kg: error: no parser\n")


@pytest.mark.usefixtures("stored")
def test_query(kg, tmp_path):
    text = "SELECT ?x { ?x kg:partnersWith entity:mts }"
    done = kg("query", text)
    assert done.stdout.split() == ["x", "Huawei", "1", "row"]
    (tmp_path / "q.rq").write_text(text)
    assert kg("query", "q.rq", "--format", "csv").stdout.splitlines() == ["x", "https://kg.example/entity/huawei"]
    assert json.loads(kg("query", "-", "--format", "json", stdin=text).stdout)["head"] == {"vars": ["x"]}
    turtle = kg("query", "CONSTRUCT WHERE { ?x kg:partnersWith entity:mts }", "--format", "ttl").stdout
    assert "entity:huawei kg:partnersWith entity:mts ." in turtle
    assert kg("query", "ASK { entity:mts kg:restricts ?x }").stdout == "no\n"


@pytest.mark.usefixtures("stored")
def test_a_slip_in_a_query_is_told(kg):
    done = kg("query", "SELECT ?x { ?x kg:partnersWit entity:mts ; kg:leads entity:huwei }")
    assert (done.exit_code, done.stdout) == (0, "0 rows\n")
    assert done.stderr.splitlines() == [
        "kg: warning: entity:huwei: no such entity; did you mean entity:huawei?",
        "kg: warning: kg:partnersWit: no such property; did you mean kg:partnersWith?",
    ]
    assert kg("query", "SELECT ?x { entity:mts kg:leads ?x }").stderr == ""


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("query", "fehlt.rq"), "kg: error: fehlt.rq: cannot be read: No such file"),
        (("query", "SELECT ?x { ?x kg:leads ?y }", "--format", "ttl"), "use CONSTRUCT"),
        (("explain", "Hawei"), "no entity is called 'Hawei' – did you mean Huawei?"),
        (("explain", "Huawei", "leds"), "no property is called 'leds' – did you mean leads?"),
        (("explain", "China", "leads", "MTS"), "no statement says China leads MTS"),
        (("view", "--focus", "Nokia"), "no entity is called 'Nokia'"),
        (("query", "ASK {}", "--store", "fehlt"), "fehlt: there is no store – build one first: kg build PATH"),
        (("evaluate", "fehlt.toml"), "fehlt.toml: no such file"),
        (("extract", " "), "the text is empty – give a sentence"),
        (
            ("explain", "any", "leads", "China"),
            "no statement says any leads China – ask more widely: kg explain China\n",
        ),
    ],
)
def test_errors_are_one_line_on_stderr(kg, stand_in, arguments, problem):
    done = kg(*arguments)
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert problem in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("build",), ("nichts",), ("export",), ("query", "ASK {}", "--format", "xml"), ("build", "a", "--x")]
)
def test_wrong_usage_exits_with_2(kg, arguments):
    assert kg(*arguments).exit_code == 2


@pytest.mark.usefixtures("stored")
def test_explain_marks_the_words(kg):
    done = kg("explain", "huawei", "partnersWith", "MTS")
    assert done.stdout.splitlines()[:3] == [
        "Huawei partnersWith MTS   asserted, confidence 0.94",
        "  [s:Huawei] [p:hat] mit [o:MTS] eine [p:Vereinbarung] [p:getroffen].",
        "  Huawei baut 5G in Russland · a1 · 2019-06-06 · https://news.example/a1?x=1&y=2",
    ]
    assert "[s:MTS] [p:arbeitet] mit [o:Huawei] [p:zusammen]." in done.stdout
    assert "says Gou Ping" in kg("explain", "any", "leads").stdout
    assert "restricts" in kg("explain", "USA").stdout


def test_on_a_terminal_the_words_are_coloured():
    one = Explanation(
        "A", "leads", "B", "asserted", 1.0, "A führt B [red].", ((0, 1, "subject"),), "a", None, None, None, None
    )
    out = Console(force_terminal=True, color_system="standard", no_color=False, width=80)
    with out.capture() as captured:
        printing.show_explanations(out, [one])
    assert "\x1b[1;36mA\x1b[0m führt B [red]." in captured.get()


@pytest.mark.usefixtures("stored")
def test_view_and_export(kg, tmp_path):
    assert kg("view", "--focus", "MTS", "--relation", "partnersWith", "--out", "mts.html").exit_code == 0
    assert "Huawei" in (tmp_path / "mts.html").read_text(encoding="utf-8")
    for name in export.FORMATS:
        done = kg("export", "--format", name)
        assert done.exit_code == 0, done.output
        written = done.stdout.removeprefix("written: ").strip().split(", ")
        assert all((tmp_path / file).stat().st_size for file in written)
        assert f"  {name}  " in kg("export", "--help").stdout
    assert (tmp_path / "graph.nanopub.trig").exists() and (tmp_path / "graph.12.ttl").exists()


@pytest.mark.usefixtures("stand_in")
def test_extract(kg, texts):
    done = kg("extract", texts[1])
    assert done.exit_code == 0
    assert [line.split()[:4] for line in done.stdout.splitlines()[1:]] == [
        ["MTS", "partnersWith", "Huawei", "asserted"],
        ["USA", "restricts", "Huawei", "planned"],
    ]
    assert kg("extract", "-", stdin="Nichts davon.").stdout.splitlines()[0] == "no statement found"


@pytest.mark.usefixtures("stand_in")
def test_evaluate(kg, articles, tmp_path):
    gold = tmp_path / "a.gold.toml"
    gold.write_text(
        '[[text]]\narticle = "articles/a2.txt"\nlanguage = "de"\n'
        'statements = [["Huawei", "partnersWith", "MTS", "asserted"], ["USA", "restricts", "MTS", "asserted"]]\n'
    )
    done = kg("evaluate", gold)
    assert "Missed: in the gold, but not plain (1)" in done.stdout
    assert "USA restricts MTS (asserted): no sentence speaks of both" in done.stdout
    assert "why plain statements were missed" in done.stdout
    assert ["all", "plain", "triples", "2", "1", "1", "1.00", "0.50", "0.67"] in map(
        str.split, done.stdout.splitlines()
    )
    assert json.loads(kg("evaluate", tmp_path, "--json").stdout)["total"]["correct"] == 1


def test_ontology(kg, stand_in, monkeypatch):
    checks = (
        PatternCheck("leads", "{Person} leitet {Organization}", "de", "leiten(subject=subject, object=object)", None),
        PatternCheck("leads", "{Person} {Organization}", "de", None, "no clause relates both slots"),
    )
    lost = (PatternCheck("owns", "{Person} {Organization}", "de", None, "no clause relates both slots"),)
    shown = []
    monkeypatch.setattr(
        "kg.pipeline.load_tools",
        lambda *_: type(stand_in)(
            ONTOLOGY, stand_in.gazetteer, stand_in.analyser, lambda code: Frames(code, (), tuple(shown))
        ),
    )
    shown[:] = checks
    done = kg("ontology", "check", "--language", "de")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "✓ leads  {Person} leitet {Organization} @de",
        "    leiten(subject=subject, object=object)",
        "✗ leads  {Person} {Organization} @de",
        "    no clause relates both slots",
        "1 of 2 examples understood",
        "6 more piece(s) of advice on the vocabulary: --all",
    ]
    assert "✓" not in kg("ontology", "check", "--language", "de", "--failed").stdout
    shown[:] = (*checks, *lost)
    done = kg("ontology", "check", "--language", "de")
    assert done.exit_code == 1
    assert done.stderr == ("kg: error: no example understood for owns (de) – word it as a short full sentence\n")
    assert "partnersWith “arbeitet zusammen mit”: " in kg("ontology", "list").stdout


def test_models(kg):
    found = json.loads(kg("models", "--json").stdout)
    assert {"language", "name", "bundled", "path", "scores"} == set(found[0])
    assert found[0]["bundled"] and Path(found[0]["path"]).is_dir()
    printed = kg("models").stdout
    assert "de" in printed and "spacy download" in printed


def test_models_tells_the_scores_of_an_installed_pipeline(tmp_path, monkeypatch):
    """A package of spaCy's kind: an entry point, and meta data with its makers' scores."""
    package = tmp_path / "de_core_news_xs"
    (package / "de_core_news_xs-1.0").mkdir(parents=True)
    meta = {"performance": {"dep_las": 0.5, "ents_f": 0.25, "tag_acc": 0.75}}
    (package / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (package / "de_core_news_xs-1.0" / "meta.json").write_text("{}", encoding="utf-8")
    info = tmp_path / "de_core_news_xs-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: de_core_news_xs\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[spacy_models]\nde_core_news_xs = de_core_news_xs\n", encoding="utf-8")
    files = ("de_core_news_xs/meta.json", "de_core_news_xs/de_core_news_xs-1.0/meta.json")
    (info / "RECORD").write_text("".join(f"{name},,\n" for name in files), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    installed = [model for model in at_hand() if not model["bundled"]]
    assert {m["name"]: m["scores"] for m in installed} == {"de_core_news_xs 1.0": {"las": 0.5, "names": 0.25}}
    assert installed[0]["path"] == "de_core_news_xs" and installed[0]["language"] == "de"


@pytest.mark.parametrize(
    "command", [(), *((name,) for name in COMMANDS), *(("ontology", name) for name in ("check", "list", "new", "docs"))]
)
def test_every_command_has_help(kg, command):
    done = kg(*command, "--help")
    assert done.exit_code == 0
    if command == ():
        assert all(name in done.stdout for name in COMMANDS)
    elif command != ("ontology",):
        assert "Examples:" in done.stdout


def test_the_list_of_findings_is_complete():
    assert set(printing.FINDINGS) == set(evaluation.FindingKind.__args__)


def run(*command, **more):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, env=environment, **more
    )


def test_help_and_version_load_nothing_heavy(tmp_path):
    listed = run(
        "-c", "import sys, kg.cli\nprint(*sorted({name.split('.')[0] for name in sys.modules}))", cwd=tmp_path
    ).stdout.split()
    assert not {"spacy", "numpy", "rdflib", "pyoxigraph", "networkx", "pyvis", "pandas"}.intersection(listed)
    assert run("-m", "kg", "--version", cwd=tmp_path).stdout == "kg 0.1.0\n"


def test_a_closed_pipe_is_no_error(tmp_path):
    done = subprocess.run(
        f"{sys.executable} -m kg models --json | true",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "Traceback" not in done.stderr
