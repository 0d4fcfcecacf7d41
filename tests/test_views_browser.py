"""The page in a real Chromium: it asks nobody, runs no text, and does what it offers."""

from html import escape
from pathlib import Path

import networkx as nx
import pytest
import screenshots
from browser import TITLE, click_edge, click_node, panel
from news_graph import explanation, graph_of
from test_views import HOSTILE, hostile

from kg import views

pytestmark = pytest.mark.browser


def test_opens_with_all_in_sight_and_still(open_page, news_page):
    page = open_page(news_page)
    assert page.title() == TITLE
    assert page.locator("#counts").inner_text() == "45 entities · 65 relations"
    assert page.evaluate(
        """nodes.filter((n) => shownNodes.has(n.id)).every((n) => {
            const { x, y } = network.canvasToDOM(network.getPosition(n.id));
            return x > 0 && y > 0 && x < byId("canvas").clientWidth && y < byId("canvas").clientHeight;
        })"""
    )
    places = page.evaluate("network.getPositions()")
    page.wait_for_timeout(300)
    assert page.evaluate("network.getPositions()") == places


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_no_label_lies_on_another(open_page, news_page, size):
    page = open_page(news_page, viewport={"width": size[0], "height": size[1]})
    boxes = page.evaluate("placed.map((b) => ({ ...b }))")
    assert len(boxes) > 30
    for index, a in enumerate(boxes):
        for b in boxes[:index]:
            beside = a["left"] + a["width"] <= b["left"] or b["left"] + b["width"] <= a["left"]
            assert beside or a["top"] + a["height"] <= b["top"] or b["top"] + b["height"] <= a["top"]


def test_nearly_every_name_shows_at_desktop_size(open_page, news_page):
    """Fonts differ in width from machine to machine: with wide ones a name or two find no free place."""
    page = open_page(news_page, viewport={"width": 1360, "height": 840})
    assert page.evaluate("placed.filter((b) => b.node !== undefined).length") in {43, 44, 45}


def test_click_on_a_line_shows_its_sentences(open_page, news_page):
    page = open_page(news_page)
    click_edge(page, "Huawei", "partnersWith", "MTS")
    assert panel(page).locator(".card").count() == 3
    first = panel(page).locator(".card").first
    assert first.locator("blockquote").inner_text().startswith("Huawei hat mit MTS eine Vereinbarung")
    marks = first.locator("mark")
    assert [(m.get_attribute("class"), m.inner_text()) for m in marks.all()] == [
        ("subject", "Huawei"),
        ("predicate", "hat"),
        ("object", "MTS"),
        ("predicate", "Vereinbarung"),
        ("predicate", "getroffen"),
    ]
    text = panel(page).inner_text()
    for words in ("Bericht vom 2019-06-06", "2019-06-11", "according to Gou Ping", "reported", "86 %"):
        assert words in text
    page.keyboard.press("Escape")
    assert panel(page).is_hidden()


def test_the_panel_tells_when_and_for_how_much(open_page):
    added = (("time", "2019-06-04 (am Dienstag)"), ("amount", "4500000000 EUR (4,5 Milliarden Euro)"))
    found = [explanation("A", "acquires", "B", "{s:A} {p:kauft} {o:B}.", qualifiers=added)]
    page = open_page(views.page(graph_of([("A", "Company", ""), ("B", "Company", "")], found), found, TITLE))
    page.evaluate("choose({ edge: edges[0].id })")
    assert [cell.inner_text() for cell in panel(page).locator(".added > *").all()] == [
        "When",
        "2019-06-04 (am Dienstag)",
        "Sum",
        "4500000000 EUR (4,5 Milliarden Euro)",
    ]


def test_click_on_a_node_lists_its_relations(open_page, news_page):
    page = open_page(news_page)
    click_node(page, "MTS")
    text = panel(page).inner_text()
    assert "Mobile TeleSystems" in text
    assert "Company" in text
    assert "acquires" not in text  # negated, and off
    panel(page).get_by_role("button", name="operates in Moskau").click()
    assert "In Moskau betreibt MTS bereits ein Testnetz." in panel(page).inner_text()
    panel(page).get_by_role("button", name="Moskau", exact=True).click()
    assert panel(page).locator("h2").inner_text() == "Moskau"


def test_hover_shows_the_sentence(open_page, news_page):
    page = open_page(news_page)
    click_edge(page, "CDU", "supports", "Bundesnetzagentur")
    page.mouse.move(5, 300)
    page.keyboard.press("Escape")
    box = page.evaluate(
        """(() => {
            const edge = edges.find((e) => e.property === "supports" && nodeById.get(e.from).label === "CDU");
            const { x, y } = network.canvasToDOM(network.body.edges[edge.id].edgeType.getPoint(0.25));
            const frame = byId("canvas").getBoundingClientRect();
            return { x: frame.x + x, y: frame.y + y };
        })()"""
    )
    page.mouse.move(box["x"] + 1, box["y"])
    page.mouse.move(box["x"], box["y"])
    tip = page.locator(".vis-tooltip")
    tip.wait_for()
    assert "Die CDU stellt sich hinter die Bundesnetzagentur." in tip.inner_text()


def test_nodes_can_be_dragged(open_page, news_page):
    page = open_page(news_page)
    where = """(() => {
        const { x, y } = network.canvasToDOM(network.getPosition(nodes.find((n) => n.label === "Kreml").id));
        const frame = byId("canvas").getBoundingClientRect();
        return [frame.x + x, frame.y + y];
    })()"""
    x, y = page.evaluate(where)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=4)
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.up()
    moved_x, moved_y = page.evaluate(where)
    assert abs(moved_x - x - 60) < 12
    assert abs(moved_y - y - 30) < 12


@pytest.mark.parametrize(
    ("typed", "expected", "via"),
    [
        ("huaw", "Huawei", "Company"),
        ("united st", "USA", "United States"),
        ("hottges", "Tim Höttges", "Person"),
        ("hongm", "HarmonyOS", "Hongmeng"),
    ],
)
def test_search_suggests_labels_and_aliases(open_page, news_page, typed, expected, via):
    page = open_page(news_page)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert page.locator("#hits li").first.inner_text().split("\n") == [expected, via]
    page.keyboard.press("Enter")
    assert panel(page).locator("h2").inner_text() == expected
    assert page.locator("#hits").is_hidden()


def test_search_with_arrows_and_without_a_hit(open_page, news_page):
    page = open_page(news_page)
    page.locator("#search").press_sequentially("ver")
    page.keyboard.press("ArrowDown")
    assert page.locator("#hits [aria-selected=true]").inner_text().startswith("Großbritannien")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "hit-1"
    page.locator("#search").fill("qqq")
    assert page.locator("#hits").inner_text() == "No name matches"
    page.keyboard.press("Escape")
    assert page.locator("#hits").is_hidden()


def test_filters_hide_relations_types_and_lonely_nodes(open_page, news_page):
    page = open_page(news_page)
    filters = page.locator("#filters")
    filters.get_by_role("button", name="Relations: None").click()
    assert "No relation passes the filters." in page.locator("#message").inner_text()
    filters.get_by_label("founded").check()
    assert page.locator("#counts").inner_text() == "2 entities · 1 relation"
    page.locator("#reset").click()
    assert page.locator("#counts").inner_text() == "45 entities · 65 relations"
    filters.get_by_label("Person").uncheck()
    assert page.evaluate("edges.filter((e) => shownEdges.has(e.id) && e.property === 'leads').length") == 0


def test_other_statuses_are_off_until_asked_for(open_page, news_page):
    page = open_page(news_page)
    planned = page.locator("#filters label", has_text="planned").locator("input")
    assert not planned.is_checked()
    planned.check()
    assert page.locator("#counts").inner_text() == "46 entities · 68 relations"
    line = "edgeSet.get(edges.find((e) => e.status === '{}').id)"
    assert page.evaluate(line.format("planned") + ".dashes")
    assert not page.evaluate(line.format("asserted") + ".dashes")


def test_where_nothing_is_held_to_be_so_all_that_is_said_shows(open_page):
    found = [explanation("A", "acquires", "B", "{s:A} {p:will} {o:B} {p:kaufen}.", status="planned")]
    page = open_page(views.page(graph_of([("A", "Company", ""), ("B", "Company", "")], found), found, "Geplant"))
    assert page.locator("#counts").inner_text() == "2 entities · 1 relation"
    assert page.locator("#reset").is_hidden()


def test_around_a_node_shows_its_neighbours_only(open_page, news_page):
    page = open_page(news_page)
    click_node(page, "MTS")
    panel(page).get_by_role("button", name="1 step").click()
    assert page.locator("#counts").inner_text().startswith("6 entities")
    panel(page).get_by_role("button", name="Everything").click()
    assert page.locator("#counts").inner_text() == "45 entities · 65 relations"


def test_table_shows_the_same_and_opens_evidence_by_keyboard(open_page, news_page):
    page = open_page(news_page)
    page.get_by_role("button", name="Table").click()
    assert page.locator("tbody tr").count() == 65
    relation = page.locator("tbody tr", has_text="founded").get_by_role("button", name="founded")
    relation.focus()
    page.keyboard.press("Enter")
    assert "Ren Zhengfei gründete Huawei im Jahr 1987." in panel(page).inner_text()
    page.keyboard.press("Escape")
    assert panel(page).is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "founded"
    page.get_by_role("button", name="Sentences").click()
    page.get_by_role("button", name="Sentences").click()
    assert page.locator("tbody tr").first.locator(".number").nth(1).inner_text() == "3"
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Sentences")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_follows_the_system_and_the_switch(open_page, news_page, scheme):
    page = open_page(news_page, color_scheme=scheme)
    theme = "document.documentElement.dataset.theme"
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]"
    assert page.evaluate(theme) == scheme
    assert (page.evaluate(brightness) > 128) == (scheme == "light")
    page.locator("#theme").click()
    assert page.evaluate(theme) != scheme
    assert (page.evaluate(brightness) > 128) == (scheme == "dark")


@pytest.mark.parametrize("width", [320, 390])
def test_phone_width_has_no_sideways_scroll(open_page, news_page, width):
    page = open_page(news_page, viewport={"width": width, "height": 780}, has_touch=True, is_mobile=True)
    wide = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    assert page.evaluate(wide) <= width
    page.locator("#filters-button").tap()
    assert page.locator("#filters").is_visible()
    page.locator("#filters-button").tap()
    page.get_by_role("button", name="Table").tap()
    assert page.evaluate(wide) <= width
    assert page.evaluate("byId('listing').scrollWidth <= byId('listing').clientWidth")
    page.locator("tbody tr", has_text="founded").get_by_role("button", name="founded").tap()
    assert panel(page).locator("blockquote").is_visible()
    assert page.evaluate("byId('panel').scrollWidth <= byId('panel').clientWidth")
    assert page.evaluate(wide) <= width


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with the policy", "without it"])
def test_hostile_text_runs_nothing(open_page, bypass_csp):
    page = open_page(views.page(*hostile(), HOSTILE[0]), bypass_csp=bypass_csp)
    assert page.locator("h1").inner_text() == HOSTILE[0]
    for index in range(len(HOSTILE)):
        page.evaluate("(index) => choose({ edge: edges[index].id })", index)
        assert panel(page).locator("script, img, a, [onmouseover], [onfocus]").count() == 0
        page.evaluate("(index) => choose({ node: nodes[index].id })", index)
        for button in panel(page).locator(".rows button").all()[:2]:
            assert button.is_visible()
    assert HOSTILE[6] in panel(page).inner_text()
    page.get_by_role("button", name="Table").click()
    assert page.locator("tbody tr").count() == len(HOSTILE)
    page.locator("#search").fill("<img")
    assert HOSTILE[6] in page.locator("#hits").inner_text()
    page.get_by_role("button", name="Graph").click()
    spots = page.evaluate(
        """nodes.map((node) => {
            const { x, y } = network.canvasToDOM(network.getPosition(node.id));
            const frame = byId("canvas").getBoundingClientRect();
            return [frame.x + x, frame.y + y];
        })"""
    )
    page.keyboard.press("Escape")
    for x, y in spots:
        page.mouse.move(x + 2, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(300)
        assert page.locator(".vis-tooltip *:not(br)").count() == 0


def test_marks_count_characters_as_python_does(open_page):
    found = [explanation("A", "sues", "B", "🚀🚀 {s:A} verklagt {o:B} 🚀")]
    page = open_page(views.page(graph_of([("A", "Company", ""), ("B", "Company", "")], found), found, "T"))
    page.evaluate("choose({ edge: 0 })")
    assert panel(page).locator("blockquote mark").all_inner_texts() == ["A", "B"]


def test_empty_graph_says_so(open_page):
    page = open_page(views.page(nx.MultiDiGraph(), [], "Leer"))
    assert "There is nothing to show yet." in page.locator("#message").inner_text()
    assert page.locator("#filters").is_hidden()
    assert page.locator("#counts").inner_text() == "0 entities · 0 relations"


def test_one_node_alone_shows(open_page):
    graph = nx.MultiDiGraph()
    graph.add_node("urn:a", label="A", type="Company")
    page = open_page(views.page(graph, [], "Allein"))
    assert page.locator("#counts").inner_text() == "1 entity · 0 relations"
    page.evaluate("choose({ node: 0 })")
    assert "No relations with these filters." in panel(page).inner_text()


def test_works_in_a_sandboxed_frame(open_page, news_page):
    frame = f'<iframe srcdoc="{escape(news_page)}" sandbox="allow-scripts" width="1000" height="640"></iframe>'
    page = open_page(f"<!doctype html><meta charset=utf-8><link rel=icon href='data:,'>{frame}")
    inside = page.frame_locator("iframe")
    assert inside.locator("#counts").inner_text() == "45 entities · 65 relations"
    inside.locator("#search").fill("mts")
    inside.locator("#hits li").first.click()
    assert inside.locator("#panel h2").inner_text() == "MTS"


def test_screenshots_script_takes_pictures(chromium, news_page, tmp_path):
    page = tmp_path / "graph.html"
    views.write(page, news_page)
    taken = screenshots.take(page, tmp_path / "pictures", chromium)
    assert [path.name for path in taken] == ["graph-light.png", "graph-dark.png", "graph-phone.png"]
    assert all(Path(path).stat().st_size > 20_000 for path in taken)
