"""A large page opens as groups."""

import pytest
from browser import panel
from news_graph import generated

from kg import views

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large_page():
    return views.page(*generated(views.OVERVIEW + 1, each=2.5), "Groß")


def bubbles(page):
    return page.evaluate("network.body.nodeIndices.filter((id) => typeof id === 'string').length")


def test_below_the_limit_there_are_no_groups(open_page, news_page):
    page = open_page(news_page)
    assert page.evaluate("groups.length") == 0
    assert page.locator("#trail").is_hidden()


def test_opens_as_bubbles_that_hold_everything(open_page, large_page):
    page = open_page(large_page)
    assert 5 < bubbles(page) == page.evaluate("groups.length") == page.evaluate("network.body.nodeIndices.length")
    assert page.evaluate("groups.reduce((sum, group) => sum + group.members, 0)") == views.OVERVIEW + 1
    assert page.locator("#counts").inner_text().startswith("1,501 entities")
    assert page.evaluate("placed.length") >= page.evaluate("groups.length") / 2


def test_click_opens_a_group_and_a_button_leads_back(open_page, large_page):
    page = open_page(large_page)
    spot = page.evaluate(
        """(() => {
            const { x, y } = network.canvasToDOM(network.getPosition("g0"));
            const frame = byId("canvas").getBoundingClientRect();
            return { x: frame.x + x, y: frame.y + y };
        })()"""
    )
    page.mouse.click(spot["x"], spot["y"])
    assert bubbles(page) == 0
    assert page.evaluate(
        "drawnNodes.size === groups[0].members && [...drawnNodes].every((id) => nodes[id].group === 0)"
    )
    page.get_by_role("button", name="All groups").click()
    assert bubbles(page) == page.evaluate("groups.length")


def test_groups_open_by_keyboard_and_the_whole_too(open_page, large_page):
    page = open_page(large_page)
    page.get_by_label("Groups").select_option("1")
    assert page.evaluate("[...drawnNodes].every((id) => nodes[id].group === 1)")
    page.get_by_label("Groups").select_option("all")
    assert page.evaluate("network.body.nodeIndices.length") == views.OVERVIEW + 1


def test_search_opens_the_group_of_a_name(open_page, large_page):
    page = open_page(large_page)
    page.locator("#search").fill("huawei 7")
    page.locator("#hits li").first.click()
    assert panel(page).locator("h2").inner_text() == "Huawei 7"
    assert page.evaluate("drawnNodes.has(state.chosen.node) && state.group === nodes[state.chosen.node].group")
    page.wait_for_timeout(350)
    tab = page.context.new_page()
    tab.goto(page.evaluate("location.href"))
    assert tab.evaluate("[state.chosen.node, state.group]") == page.evaluate("[state.chosen.node, state.group]")


def test_what_lies_in_two_groups_is_shown_alone(open_page, large_page):
    page = open_page(large_page)
    page.evaluate("choose({ edge: edges.find((e) => nodes[e.from].group !== nodes[e.to].group).id })")
    assert page.evaluate("[network.body.nodeIndices.length, network.body.edgeIndices.length]") == [2, 1]
    page.keyboard.press("Escape")
    assert bubbles(page) == page.evaluate("groups.length")
    page.evaluate("choose({ path: [nodes.find((n) => n.group === 0).id, nodes.find((n) => n.group === 2).id] })")
    assert page.evaluate("network.body.nodeIndices.length") == page.evaluate("lit.nodes.size")
    page.keyboard.press("Escape")
    assert page.evaluate("nodeSet.get().every((n) => !home.has(n.id) || home.get(n.id).x === n.x)")


def test_filters_thin_the_bubbles(open_page, large_page):
    page = open_page(large_page)
    page.get_by_role("button", name="Types: None").click()
    assert page.evaluate("network.body.nodeIndices.length") == 0
    assert "No relation passes the filters." in page.locator("#message").inner_text()
    page.locator("#reset").click()
    assert bubbles(page) == page.evaluate("groups.length")


def test_bubbles_as_svg(open_page, large_page):
    page = open_page(large_page)
    assert page.evaluate('svgText().match(/data-id="g/g).length') == page.evaluate("groups.length")
