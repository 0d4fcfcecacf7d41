"""The part of the graph in sight as a file."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from browser import TITLE
from news_graph import explanation, graph_of
from test_views import HOSTILE, hostile

from kg import views
from kg.sparql import safe_cell

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def saved(page, kind):
    """The name and the bytes of what a button of the menu saves."""
    page.locator("#share summary").click()
    with page.expect_download() as download:
        page.locator(f"#save-{kind}").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_png_is_as_large_as_the_canvas_and_not_blank(open_page, news_page):
    page = open_page(news_page, color_scheme="dark")
    name, content = saved(page, "png")
    assert name == TITLE.replace(" ", "-") + ".png"
    assert content.startswith(b"\x89PNG")
    size = page.evaluate("(() => { const c = byId('canvas').querySelector('canvas'); return [c.width, c.height]; })()")
    assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == size
    assert len(content) > 20_000


def test_svg_holds_what_is_in_sight(open_page, news_page):
    page = open_page(news_page)
    page.evaluate("lookAround(nodes.find((n) => n.label === 'MTS').id, 1); closePanel()")
    page.wait_for_timeout(400)
    name, content = saved(page, "svg")
    root = ET.fromstring(content)
    assert name.endswith(".svg")
    assert root.find(f"{SVG}title").text == TITLE
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert set(page.evaluate("placed.map((b) => b.text)")) == set(texts)
    assert "MTS" in texts
    assert len(root.findall(f"{SVG}svg")) == page.evaluate("shownNodes.size")
    assert len(root.findall(f"{SVG}polyline")) == page.evaluate("shownEdges.size")
    page.evaluate("network.moveTo({ position: { x: 1e6, y: 1e6 } })")
    page.wait_for_timeout(100)
    _, content = saved(page, "svg")
    assert ET.fromstring(content).findall(f"{SVG}svg") == []


def test_csv_has_a_line_for_each_sentence_that_passes(open_page):
    found = [
        explanation("A", "sues", "B", '{s:A} sagt "nein" zu {o:B}.', date="2019-06-01", by="C", confidence=0.9),
        explanation("A", "sues", "B", "{s:A} verklagt {o:B}.", date="2019-06-09", confidence=0.5),
        explanation("B", "acquires", "A", "{s:B} will {o:A} kaufen.", status="planned"),
    ]  # fmt: skip
    page = open_page(views.page(graph_of([(n, "Company", "") for n in "AB"], found), found, "Blatt"))
    name, content = saved(page, "csv")
    assert name == "Blatt.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["Sentence"] for row in rows] == ['A sagt "nein" zu B.', "A verklagt B."]
    assert rows[0]["According to"] == "C"
    assert [row["Confidence"] for row in rows] == ["0.9", "0.5"]
    page.evaluate("state.from = '2019-06-05'; apply()")
    _, content = saved(page, "csv")
    assert len(content.decode().splitlines()) == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "MTS", "a=b"])
def test_no_cell_is_a_formula(open_page, news_page, text):
    page = open_page(news_page)
    assert page.evaluate("(text) => cell(text)", text) == safe_cell(text)


def test_hostile_text_is_text_in_the_files(open_page):
    page = open_page(views.page(*hostile(), HOSTILE[0]))
    root = ET.fromstring(saved(page, "svg")[1])
    assert not [one.tag for one in root.iter() if one.tag in {f"{SVG}script", f"{SVG}a", f"{SVG}image"}]
    assert not [key for one in root.iter() for key in one.attrib if re.match(r"on|.*href", key)]
    name, content = saved(page, "csv")
    assert re.fullmatch(r"[\w-]+\.csv", name)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(HOSTILE) + 1
    assert {len(row) for row in rows} == {13}


def test_pictures_are_saved_only_where_there_is_one(open_page, news_page):
    page = open_page(news_page)
    page.get_by_role("button", name="Table").click()
    page.locator("#share summary").click()
    assert page.locator("#save-png").is_disabled()
    assert page.locator("#save-csv").is_enabled()
