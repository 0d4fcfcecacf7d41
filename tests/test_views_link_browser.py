"""The view stands in the address: a copied link opens the same view."""

from urllib.parse import urlencode

import pytest
from browser import panel

pytestmark = pytest.mark.browser

STATE = """JSON.stringify([[...shownNodes].sort(), [...shownEdges].sort(), state.chosen, state.around, state.view,
    document.documentElement.dataset.theme, state.from, state.until, state.least])"""


def address(page):
    page.wait_for_timeout(350)
    return page.evaluate("location.href")


def again(page, link):
    """Open a link in a fresh tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(link)
    return tab


@pytest.mark.parametrize(
    "change",
    [
        "choose({ node: nodes.find((n) => n.label === 'MTS').id })",
        "choose({ edge: edges.find((e) => e.status === 'planned').id })",
        "lookAround(nodes.find((n) => n.label === 'MTS').id, 2)",
        "lookAround(nodes.find((n) => n.label === 'MTS').id, 1); expand(nodes.find((n) => n.label === 'Huawei').id)",
        "choose({ path: ['MTS', 'Tim Höttges'].map((name) => nodes.find((n) => n.label === name).id) })",
        "state.types.delete('Person'); apply()",
        "state.types = new Set(['Company', 'Country']); apply()",
        "state.statuses = new Set(['planned']); apply()",
        "state.relations = new Set(); apply()",
        "state.articles.delete(0); state.sources.delete('nowhere'); apply()",
        "state.from = '2019-06-08'; state.until = '2019-06-10'; state.least = 0.8; apply()",
        "byId('theme').click(); byId('show-table').click()",
    ],
)
def test_the_address_restores_the_view(open_page, news_page, change):
    page = open_page(news_page)
    before = page.evaluate(STATE)
    page.evaluate(change)
    link = address(page)
    tab = again(page, link)
    assert tab.evaluate(STATE) == page.evaluate(STATE) != before


def test_the_usual_view_leaves_the_address_alone(open_page, news_page):
    page = open_page(news_page)
    start = page.evaluate("location.href")
    page.evaluate("choose({ node: 0 })")
    assert "#node=" in address(page)
    page.keyboard.press("Escape")
    assert address(page) == start


def test_copy_link_by_keyboard(open_page, news_page):
    page = open_page(news_page, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("choose({ node: nodes.find((n) => n.label === 'MTS').id })")
    page.locator("#share summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "copy-link"
    page.keyboard.press("Enter")
    page.locator("#toast").wait_for()
    assert page.locator("#share .menu").is_hidden()
    tab = again(page, page.evaluate("navigator.clipboard.readText()"))
    assert panel(tab).locator("h2").inner_text() == "MTS"


def test_a_changed_address_changes_the_view(open_page, news_page):
    page = open_page(news_page)
    page.evaluate("location.hash = new URLSearchParams({ node: nodes.find((n) => n.label === 'MTS').iri }).toString()")
    panel(page).wait_for()
    assert panel(page).locator("h2").inner_text() == "MTS"


def test_odd_addresses_change_nothing_and_run_nothing(open_page, news_page):
    page = open_page(news_page)
    usual = page.evaluate(STATE)
    odd = urlencode(
        {
            "node": "javascript:window.hurt=1",
            "around": "<script>window.hurt=1</script>",
            "steps": "1e99",
            "no-types": "__proto__",
            "since": "yesterday",
            "least": "NaN",
            "theme": "x",
            "view": "y",
            "subject": "constructor",
            "q": "<img src=x onerror=window.hurt=1>",
        }
    )
    page.evaluate("(odd) => { location.hash = odd; }", odd)
    page.wait_for_timeout(200)
    assert page.evaluate(STATE) == usual
    assert page.evaluate("location.hash = '%E0%A4%A'") == "%E0%A4%A"
    page.wait_for_timeout(200)
    assert page.evaluate(STATE) == usual
