"""The page of the vocabulary, and the file that ``kg ontology new`` writes."""

import re
from html.parser import HTMLParser

import pytest
from browser import FLAGS, chromium_path
from typer.testing import CliRunner

import kg
from kg import cli, ontology_docs, pipeline
from kg.errors import OntologyError
from kg.ontology import load_gazetteer, load_ontology
from kg.ontology_checks import check_ontology

HOSTILE = """
@prefix my: <https://news.example/terms#> .
@prefix kg: <https://kg.example/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<javascript:hurt> a owl:Ontology ; dcterms:title "<script>window.hurt=1</script>"@en .
my:status a owl:AnnotationProperty ; rdfs:label "two terms of one name"@en . my:files a owl:Class ; rdfs:label "F"@en .
my:sponsors a owl:ObjectProperty ; rdfs:label "<img src=x onerror='window.hurt=1'>"@en , "sponsert"@de ;
    skos:definition "</style><script>window.hurt=1</script>"@en ;
    rdfs:domain kg:Company ; rdfs:range kg:Organization ;
    skos:closeMatch <javascript:window.hurt=1> , <data:text/html,hurt> , <https://other.example/a"b> ;
    rdfs:seeAlso my:status ;
    kg:pattern "{Company} sponsert <b>{Organization}</b>"@de .
""".replace('a"b', "a&b")


class Tags(HTMLParser):
    """The tags of a page, with their attributes, and which of them are not closed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli.app, list(map(str, arguments)))


@pytest.fixture(scope="module")
def html():
    return ontology_docs.page()


def test_every_term_is_told_once_and_every_link_leads_somewhere(html):
    page = Tags(html)
    assert page.open == []
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    ontology = load_ontology()
    assert set(ontology.classes) | set(ontology.properties) | {"status", "asserted", "ledBy", "Mention"} <= set(ids)
    targets = {given["href"] for tag, given in page.tags if tag == "a"}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    for name in ontology.properties:
        assert f"#{name}" in targets


def test_a_relation_is_told_with_all_that_is_known_of_it(html):
    (block,) = re.findall(r'<article id="restricts".*?</article>', html, re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", block).split())
    for said in (
        "kg:restricts restricts beschränkt",
        "It sanctions, bans",
        "Es belegt das andere",
        "from kg:Agent to kg:Agent kg:Product",
        "follows from kg:representedBy then kg:restricts",
        "{Agent} schließt {Agent} aus",
        "object property · news.ttl",
    ):
        assert said in words
    (block,) = re.findall(r'<article id="ledBy".*?</article>', html, re.DOTALL)
    assert 'href="http://www.wikidata.org/entity/P169" rel="noreferrer">wd:P169<' in block and "#leads" in block


def test_nothing_is_loaded_and_nothing_runs(html):
    tags = {tag for tag, _ in Tags(html).tags}
    assert not tags & {"script", "img", "link", "iframe", "object", "form"}
    assert "url(" not in html and "@import" not in html
    assert "default-src 'none'; style-src 'sha256-" in html.replace("&#39;", "'")


def test_the_same_files_give_the_same_bytes(html):
    assert ontology_docs.page() == html


def test_what_a_file_says_is_text(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(HOSTILE, encoding="utf-8")
    html = ontology_docs.page([path])
    assert "<script" not in html and "<img" not in html and "<b>{" not in html
    assert "&lt;script&gt;" in html and "&lt;img src=x" in html
    ids = [given["id"] for _, given in Tags(html).tags if "id" in given]
    assert len(ids) == len(set(ids)) and {"status", "status-2", "files", "files-2"} <= set(ids)
    links = {given["href"] for tag, given in Tags(html).tags if tag == "a"}
    assert not [link for link in links if not re.match(r"#|https?://", link)]
    assert "https://other.example/a&b" in links and "own.ttl" in html


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(tmp_path, scheme):
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    own, file = tmp_path / "own.ttl", tmp_path / "page.html"
    own.write_text(HOSTILE, encoding="utf-8")
    file.write_text(ontology_docs.page([own]), encoding="utf-8")
    noise = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800}).new_page()
        page.on("request", lambda request: request.url.startswith("file:") or noise.append(request.url))
        page.on("console", lambda message: noise.append(message.text))
        page.goto(f"{file.as_uri()}#restricts")
        assert page.evaluate("typeof window.hurt") == "undefined"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390  # nothing sticks out on a phone
        style = "getComputedStyle(document.body)"
        colours = page.evaluate(f"[{style}.backgroundColor, {style}.color]")
        red, ink = (int(re.findall(r"\d+", colour)[0]) for colour in colours)
        assert (red > 200 > ink) if scheme == "light" else (red < 60 < ink)
        assert 0 <= page.locator("#restricts").bounding_box()["y"] < 60
        browser.close()
    assert noise == []


def test_docs_on_the_command_line(run, tmp_path):
    assert run("ontology", "docs").exit_code == 0
    assert (tmp_path / "ontology.html").read_text(encoding="utf-8") == ontology_docs.page()
    (tmp_path / "own.ttl").write_text(HOSTILE, encoding="utf-8")
    assert run("ontology", "docs", "--ontology", "own.ttl", "--out", "own.html").exit_code == 0
    assert 'id="sponsors"' in (tmp_path / "own.html").read_text(encoding="utf-8")
    done = run("ontology", "docs", "--ontology", "none.ttl", "--out", "none.html")
    assert done.exit_code == 1 and "none.ttl: cannot be read" in done.stderr
    assert not (tmp_path / "none.html").exists()
    assert "cannot be written" in run("ontology", "docs", "--out", "no/page.html").stderr


def test_a_new_file_is_written_once(run, tmp_path):
    done = run("ontology", "new", "my.ttl")
    assert done.exit_code == 0 and done.stdout.splitlines()[0] == "written: my.ttl"
    text = (tmp_path / "my.ttl").read_text(encoding="utf-8")
    assert "--ontology my.ttl" in text and "FILE" not in text
    (tmp_path / "my.ttl").write_text("# mine", encoding="utf-8")
    done = run("ontology", "new", "my.ttl")
    assert done.exit_code == 1 and "my.ttl: is there already" in done.stderr
    assert (tmp_path / "my.ttl").read_text(encoding="utf-8") == "# mine"
    assert run("ontology", "new", "my.ttl", "--force").exit_code == 0
    assert (tmp_path / "my.ttl").read_text(encoding="utf-8") == text
    assert "is a folder" in run("ontology", "new", tmp_path).stderr
    assert "cannot be written" in run("ontology", "new", "no/my.ttl").stderr


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    path = tmp_path_factory.mktemp("new") / "my.ttl"
    assert CliRunner().invoke(cli.app, ["ontology", "new", str(path)]).exit_code == 0
    return path


def test_a_new_file_has_no_fault(started):
    assert [str(finding) for finding in check_ontology([started])] == []
    assert load_gazetteer([started]).entries["https://kg.example/entity/fc-beispiel"].type == "Club"


def test_what_a_new_file_offers_can_be_taken_up(started, tmp_path):
    """Each piece that is commented out works once the # is taken away."""
    text = started.read_text(encoding="utf-8")
    pieces = re.findall(r"(?m)^# ((?:kg|my):\w+ .*(?:\n#     .*)*)", text)
    assert [piece.split()[0] for piece in pieces] == ["kg:acquires", "kg:leads", "kg:visits", "my:Recall"]
    path = tmp_path / "all.ttl"
    path.write_text(text + "\n".join(piece.replace("\n# ", "\n") for piece in pieces), encoding="utf-8")
    ontology = load_ontology([path])
    assert ontology.properties["leads"].range == {"Company"} and "visits" not in ontology.properties
    assert "Recall" in {pattern.event for pattern in ontology.properties["undergoes"].patterns}
    assert ontology.properties["acquires"].patterns[-1].text == "{Company} gobbles up {Company}"
    assert [str(finding) for finding in check_ontology([path]) if finding.grave] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Konzern Siemens sponsert den FC Beispiel."),
        ("de", "Der FC Beispiel trägt Werbung von Siemens."),
        ("en", "Siemens is the main sponsor of FC Beispiel."),
    ],
)
def test_the_relation_of_a_new_file_is_found(started, language, text):
    found = kg.extract(text, language=language, ontology=[started])
    told = [(found.label(s.subject), s.property, found.label(s.object), s.status) for s in found]
    assert ("Siemens", "sponsors", "FC Beispiel", "asserted") in told


def test_a_build_with_a_new_file(run, started, tmp_path):
    (tmp_path / "a.txt").write_text("Der Konzern Siemens sponsert den FC Beispiel.", encoding="utf-8")
    done = run("build", "a.txt", "--ontology", started)
    assert done.exit_code == 0, done.output
    told = (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    ends = "<https://kg.example/entity/siemens> <https://newsroom.example/terms#sponsors> "
    assert f"{ends}<https://kg.example/entity/fc-beispiel> <https://kg.example/article/a> ." in told


def test_all_examples_of_a_new_file_are_understood(started):
    for code in ("de", "en"):
        checks = pipeline.load_tools(None, code, [started]).frames(code).checks
        own = [check for check in checks if check.property == "sponsors"]
        assert own and all(check.frame for check in own)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kg:a a kg:b", "own.ttl:1: unknown prefix kg:"),
        ("@prefix kg: <https://kg.example/ontology#> .\nkg:a a kg:b", "own.ttl:2: not Turtle: "),
        (HOSTILE.replace("rdfs:domain kg:Company ; ", ""), "property with no rdfs:domain"),
        (HOSTILE.replace("{Organization}</b>", "{Organization</b>"), "has an unreadable slot {"),
        (HOSTILE + "my:A a owl:Class ; rdfs:subClassOf my:A .", "own.ttl:16: classes in a circle: A → A"),
        (HOSTILE.replace("my:sponsors a", "kg:leads a"), "rdfs:domain of leads is Company here, but Person, says"),
    ],
)
@pytest.mark.parametrize("command", [("ontology", "check"), ("ontology", "list"), ("build", "a.txt", "--ontology")])
def test_what_cannot_be_used_is_one_line_and_leaves_what_was_there(run, tmp_path, command, text, problem):
    (tmp_path / "own.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Siemens kooperiert mit Bosch.", encoding="utf-8")
    done = run(*command, "own.ttl")
    assert done.exit_code == 1
    assert problem in done.stderr and done.stderr.count("\n") == 1 and done.stderr.startswith("kg: error: own.ttl:")
    assert not (tmp_path / "out" / "graph.nq").exists()


def test_the_error_is_one_of_kg(tmp_path):
    (tmp_path / "own.ttl").write_text("kg:a a kg:b", encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        kg.extract("Siemens kooperiert mit Bosch.", ontology=[tmp_path / "own.ttl"])
    assert (caught.value.line, caught.value.path) == (1, str(tmp_path / "own.ttl"))
