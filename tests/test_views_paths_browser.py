"""Paths between two names, and how a focus grows."""

import pytest
from browser import panel
from news_graph import explanation, graph_of

from kg import views

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chain_page():
    """A – B – C – D, a longer way around, a planned short cut, and E apart."""
    pairs = [("A", "B"), ("C", "B"), ("C", "D"), ("A", "X"), ("X", "Y"), ("Y", "Z"), ("Z", "D"), ("E", "F")]
    found = [explanation(a, "sues", b, f"{{s:{a}}} verklagt {{o:{b}}}.") for a, b in pairs]
    found.append(explanation("A", "acquires", "D", "{s:A} will {o:D} kaufen.", status="planned"))
    return views.page(graph_of([(name, "Company", "") for name in "ABCDEFXYZ"], found), found, "Kette")


def number(page, label):
    return page.evaluate("(label) => nodes.find((n) => n.label === label).id", label)


def test_path_is_marked_and_listed_with_its_sentences(open_page, chain_page):
    page = open_page(chain_page)
    page.evaluate("(id) => choose({ node: id })", number(page, "A"))
    panel(page).get_by_role("button", name="Path to …").click()
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.locator("#search").get_attribute("placeholder") == "Path from A to …"
    page.keyboard.type("d")
    page.keyboard.press("Enter")
    assert panel(page).locator("h2").inner_text() == "From A to D"
    assert panel(page).locator(".kind").first.inner_text() == "3 steps"
    assert panel(page).locator(".end").all_inner_texts() == ["A", "B", "C", "D"]
    assert panel(page).locator(".via > button").all_inner_texts() == ["↓ sues", "↑ sues", "↓ sues"]
    assert panel(page).locator("blockquote").all_inner_texts() == ["A verklagt B.", "C verklagt B.", "C verklagt D."]
    assert page.evaluate("[...lit.nodes].map((id) => nodeById.get(id).label).sort()") == ["A", "B", "C", "D"]
    assert page.evaluate("lit.edges.size") == 3
    assert page.locator("#news").text_content() == "From A to D · 3 steps"


def test_path_follows_the_filters(open_page, chain_page):
    page = open_page(chain_page)
    page.evaluate("(ends) => choose({ path: ends })", [number(page, "A"), number(page, "D")])
    page.locator("#filters label", has_text="planned").locator("input").check()
    assert panel(page).locator(".kind").first.inner_text() == "1 step"
    assert page.evaluate("[...lit.nodes].length") == 2
    page.get_by_role("button", name="Relations: None").click()
    assert panel(page).locator(".kind").first.inner_text() == "No path with these filters."


def test_no_path_between_parts(open_page, chain_page):
    page = open_page(chain_page)
    page.evaluate("(id) => choose({ node: id })", number(page, "A"))
    panel(page).get_by_role("button", name="Path to …").click()
    page.keyboard.type("e")
    page.keyboard.press("Enter")
    assert panel(page).locator("h2").inner_text() == "From A to E"
    assert panel(page).locator(".kind").first.inner_text() == "No path with these filters."


def test_picking_can_be_called_off(open_page, chain_page):
    page = open_page(chain_page)
    page.evaluate("(id) => choose({ node: id })", number(page, "A"))
    panel(page).get_by_role("button", name="Path to …").click()
    panel(page).get_by_role("button", name="Cancel").click()
    assert page.evaluate("document.activeElement.id") == "path-to"
    page.evaluate("(id) => choose({ node: id })", number(page, "D"))
    assert panel(page).locator("h2").inner_text() == "D"


def test_double_click_focuses_and_then_expands(open_page, chain_page):
    page = open_page(chain_page)

    def double_click(label):
        spot = page.evaluate(
            """(label) => {
                closePanel();
                showAll();
                const { x, y } = network.canvasToDOM(network.getPosition(nodes.find((n) => n.label === label).id));
                const frame = byId("canvas").getBoundingClientRect();
                return { x: frame.x + x, y: frame.y + y };
            }""",
            label,
        )
        page.mouse.dblclick(spot["x"], spot["y"])
        page.wait_for_timeout(100)
        return page.evaluate("[...shownNodes].map((id) => nodeById.get(id).label).sort().join('')")

    assert double_click("A") == "ABX"
    assert double_click("B") == "ABCX"
    assert double_click("X") == "ABCXY"
    panel(page).get_by_role("button", name="Everything").click()
    assert page.evaluate("shownNodes.size") == 9


def test_expanding_by_keyboard(open_page, chain_page):
    page = open_page(chain_page)
    page.evaluate("(id) => lookAround(id, 1)", number(page, "A"))
    page.evaluate("(id) => choose({ node: id })", number(page, "B"))
    panel(page).get_by_role("button", name="Show its neighbours too").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("shownNodes.size") == 4
