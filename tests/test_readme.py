"""What the README shows is so: its queries, snippets, commands, statuses, links and marks."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import subprocess

import pytest
import typer.main
from handmade import HUAWEI, ONTOLOGY, article, news, with_open
from readme_figures import BEGIN, END, NAMES, README, ROOT, replaced, table
from test_floors import FLOOR, ORDER

import kg
from kg import cli, pipeline
from kg.errors import KgError
from kg.gold import read_gold
from kg.knowledge_graph import KnowledgeGraph
from kg.link_quads import LinkCandidate
from kg.models import bundled
from kg.ontology import load_gazetteer, load_ontology
from kg.records import PLAIN, STATUSES
from kg.store import Store

TEXT = README.read_text(encoding="utf-8")
QUERIES = re.findall(r"`((?:SELECT|ASK) [^`]+)`", TEXT)
STATUS_ROWS = re.findall(r"^\| (\w+) \| „(.+)“ \| (yes|no) \|$", TEXT, flags=re.MULTILINE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def commands() -> list[list[str]]:
    """Every command line in the README that calls kg, as words."""
    lines = [line.split("#")[0] for block in blocks("sh") for line in block.splitlines()]
    inline = [code for code in re.findall(r"`(kg [^`\n]+)`", TEXT) if "…" not in code]
    called = [line[line.index("kg ") :] for line in [*lines, *inline] if re.search(r"(^|bin/)kg ", line)]
    return [shlex.split(line) for line in called]


@pytest.fixture(scope="module")
def graph():
    with Store.open(engine="memory") as store:
        for extraction in news():
            store.write(with_open(extraction) if extraction.article.id == "a1" else extraction, ONTOLOGY)
        store.write_links([LinkCandidate(HUAWEI.iri, "http://www.wikidata.org/entity/Q160120", "Huawei", score=1)])
        for name in ("p1", "p2"):
            printed = article(name, ["|Ein Text, den zwei Zeitungen drucken."], (), publisher=f"Zeitung {name}")
            store.write(printed, ONTOLOGY)
        store.renew_sources()
        yield KnowledgeGraph(store)


def test_there_are_queries_for_every_kind_of_triple():
    assert len(QUERIES) >= 12


@pytest.mark.parametrize("query", QUERIES)
def test_queries_find_something(graph, query):
    assert graph.query(query).rows


def test_python_snippets_do_what_they_say():
    snippets = blocks("python")
    assert snippets
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for number, snippet in enumerate(snippets):
        example = doctest.DocTestParser().get_doctest(snippet, {}, f"README snippet {number}", str(README), 0)
        assert example.examples
        out: list[str] = []
        runner.run(example, out=out.append)
        assert not out, "".join(out)


def test_the_status_table_is_complete():
    assert tuple(status for status, _, _ in STATUS_ROWS) == STATUSES
    assert {status for status, _, plain in STATUS_ROWS if plain == "yes"} == PLAIN


@pytest.mark.parametrize(("status", "sentence", "_plain"), STATUS_ROWS)
def test_sentences_get_their_status(status, sentence, _plain):
    assert status in {statement.status for statement in kg.extract(sentence, language="de")}


def test_the_taught_relation_is_understood(tmp_path):
    (taught,) = blocks("turtle")
    path = tmp_path / "sponsors.ttl"
    path.write_text(taught, encoding="utf-8")
    assert "sponsors" in load_ontology([path]).properties
    assert any(entry.label == "FC Beispiel" for entry in load_gazetteer([path]).entries.values())
    tools = pipeline.load_tools(None, "de", [path])
    checks = [check for check in tools.frames("de").checks if check.property == "sponsors"]
    assert len(checks) == 2 and all(check.frame for check in checks)
    found = kg.extract("Der Verein FC Beispiel wird von Siemens gesponsert.", language="de", ontology=[path])
    assert ("Siemens", "sponsors", "FC Beispiel") in [
        (found.label(s.subject), s.property, found.label(s.object)) for s in found
    ]


def test_the_decisions_on_names_are_carried_out(tmp_path):
    (decisions,) = blocks("csv")
    path = tmp_path / "names.csv"
    path.write_text(decisions, encoding="utf-8")
    text = "Tuulikom kooperiert mit Huawei. Der Betreiber Vaskola Marine kooperiert mit dem Konzern Vaskola."

    def said(**options):
        found = kg.extract(text, language="de", **options)
        return {(found.label(s.subject), s.property, found.label(s.object)) for s in found}

    assert ("Tuuli Networks", "partnersWith", "Huawei") in said(aliases=path) - said()
    assert ("Vaskola Marine", "partnersWith", "Vaskola") in said(aliases=path) - said()


def test_the_gold_example_can_be_read(tmp_path):
    (gold,) = blocks("toml")
    path = tmp_path / "a.gold.toml"
    path.write_text(gold, encoding="utf-8")
    (text,) = read_gold([path], load_ontology())
    assert not isinstance(text, KgError)
    assert len(text.statements) == 2


def test_the_line_of_json_is_an_article(tmp_path):
    (line,) = blocks("json")
    path = tmp_path / "a.jsonl"
    path.write_text(line, encoding="utf-8")
    (article,) = pipeline.articles.read([path])
    assert (article.id, article.date, article.title) == ("a1", "2019-06-06", json.loads(line)["title"])


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_commands_and_options_exist(words):
    command = typer.main.get_command(cli.app)
    rest = words[1:]
    while hasattr(command, "commands"):
        assert rest and rest[0] in command.commands, f"no command {' '.join(words)}"
        command, rest = command.commands[rest[0]], rest[1:]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= options


def test_every_command_is_told():
    told = {words[1] for words in commands()}
    assert set(typer.main.get_command(cli.app).commands) <= told


def test_links_and_pictures_are_there():
    links = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", TEXT)
    for link in (one or other for one, other in links):
        assert link.startswith("https://") or (ROOT / link).exists(), link
    for picture in (ROOT / ".docs").glob("*.png"):
        assert picture.stat().st_size < 250_000, picture
        assert picture.name in TEXT


def test_architecture_has_a_line_for_every_module():
    told = re.findall(r"^\| (\d) \| `(\w+)` \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [(int(floor), name) for floor, name in told] == [(FLOOR[name], name) for name in ORDER]


def test_the_changelog_tells_this_version():
    assert f"## [{kg.__version__}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_bundled_languages_are_those_told():
    first = TEXT.split("\n\n")[1]
    assert {code for code, name in NAMES.items() if name in first} == set(bundled())


def test_numbers_in_the_prose():
    assert f"{len(load_ontology().properties)} relations" in TEXT


def test_figures_stand_between_their_marks():
    assert (TEXT.count(BEGIN), TEXT.count(END)) == (1, 1)
    figures = TEXT.partition(BEGIN)[2].partition(END)[0]
    assert "`kg evaluate seeds/gold`" in figures and "`kg evaluate tests/gold`" in figures
    assert replaced(TEXT, figures.strip("\n")) == TEXT
    with pytest.raises(ValueError, match="lacks"):
        replaced("no marks", "")


def test_figures_are_those_of_the_evaluation():
    counts = {"gold": 4, "predicted": 2, "precision": 0.5, "recall": 0.25}
    none = {"gold": 3, "predicted": 0, "precision": None, "recall": 0.0}
    evaluation = {
        "texts": 3,
        "by_language": {"de": counts, "en": none},
        "statuses": {"asserted": {"found": 3, "right": 2}},
        "traps": 9,
        "traps_asserted": 1,
        "findings": [{"kind": "failure", "text": "a", "language": "en"}],
    }
    made = table({"my/gold": evaluation})
    assert "| `kg evaluate my/gold` | German | 4 | 2 | 0.50 | 0.25 |" in made
    assert "English" not in made and "3 texts (1 of the texts were not read); 1 of 9 traps" in made


def test_the_two_commands_stand_alone():
    first, second = blocks("sh")[:2]
    assert first == ("python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/kg build seeds --out out\n")
    assert second == "python3 -m venv .venv && .venv/bin/pip install -q '.[dev]' && .venv/bin/python -m tests\n"
    for line in (first, second):
        assert subprocess.run(["bash", "-n"], input=line, text=True, check=False).returncode == 0
