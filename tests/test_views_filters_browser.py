"""Filters of the page by what the sentences are, and links to things elsewhere."""

import re
from dataclasses import replace

import pytest
from browser import panel
from news_graph import explanation, graph_of

from kg import views

pytestmark = pytest.mark.browser


def three_articles():
    found = [
        explanation("A", "sues", "B", "{s:A} verklagt {o:B}.", date="2019-06-01", confidence=0.9, url="https://www.blatt.example/1"),
        explanation("A", "sues", "B", "{s:A} klagt gegen {o:B}.", date="2019-06-08", confidence=0.6, url="https://post.example/2"),
        explanation("B", "supplies", "C", "{s:B} beliefert {o:C}.", date="2019-06-15", confidence=0.8, url=None),
    ]  # fmt: skip
    return graph_of([(name, "Company", "") for name in "ABC"], found), found


@pytest.fixture(scope="module")
def articles_page():
    return views.page(*three_articles(), "Drei Berichte")


def shown(page):
    return page.evaluate("edges.filter((e) => shownEdges.has(e.id)).map((e) => e.property).sort()")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019-06-08", "", ["sues", "supplies"]),
        ("2019-06-09", "", ["supplies"]),
        ("", "2019-06-14", ["sues"]),
        ("2019-06-02", "2019-06-07", []),
    ],
)
def test_days_of_articles(open_page, articles_page, first, last, expected):
    page = open_page(articles_page)
    page.get_by_label("From", exact=True).fill(first)
    page.get_by_label("To", exact=True).fill(last)
    assert shown(page) == expected
    page.evaluate("resetFilters()")
    assert shown(page) == ["sues", "supplies"]
    assert page.locator("#reset").is_hidden()


@pytest.mark.parametrize(("least", "expected"), [(60, 2), (85, 1), (95, 0)])
def test_least_confidence(open_page, articles_page, least, expected):
    page = open_page(articles_page)
    page.locator("#filters input[type=range]").fill(str(least))
    assert len(shown(page)) == expected
    assert f"at least {least} %" in page.locator("#filters").inner_text()


def test_articles_and_sources_and_the_sentences_left(open_page, articles_page):
    page = open_page(articles_page)
    assert page.locator("section[aria-label=Sources] label").all_inner_texts()
    page.evaluate("choose({ edge: edges.find((e) => e.property === 'sues').id })")
    assert panel(page).locator(".card").count() == 2
    page.get_by_label("post.example").uncheck()
    assert panel(page).locator("blockquote").all_inner_texts() == ["A verklagt B."]
    assert "1 more sentence does not pass the filters." in panel(page).inner_text()
    page.get_by_label("Bericht vom 2019-06-01").uncheck()
    assert shown(page) == ["supplies"]
    page.get_by_role("button", name="Articles: None").click()
    assert shown(page) == []


def test_many_articles_are_cut_short_and_found_by_typing(open_page):
    found = [
        explanation("A", "sues", "B", f"{{s:A}} verklagt {{o:B}} zum {day}. Mal.", date=f"2019-06-{day:02}")
        for day in range(1, 31)
    ]
    page = open_page(views.page(graph_of([("A", "Company", ""), ("B", "Company", "")], found), found, "Viele"))
    group = page.locator("section[aria-label=Articles]")
    assert group.locator("label").count() == 10
    group.get_by_role("button", name="Show 20 more").click()
    assert group.locator("label").count() == 30
    group.locator("input[type=search]").fill("06-2")
    assert group.locator("label").count() == 10
    group.get_by_role("button", name="Articles: None").click()
    group.get_by_label("Bericht vom 2019-06-29").check()
    page.evaluate("choose({ edge: 0 })")
    assert panel(page).locator("blockquote").all_inner_texts() == ["A verklagt B zum 29. Mal."]


@pytest.mark.parametrize(
    ("iri", "link"),
    [
        ("http://www.wikidata.org/entity/Q160120", "https://www.wikidata.org/wiki/Q160120"),
        ("https://www.wikidata.org/wiki/Q160120", "https://www.wikidata.org/wiki/Q160120"),
        ("https://www.wikidata.org.evil.example/wiki/Q1", None),
        ("https://www.wikidata.org/wiki/Q1?x=javascript:window.hurt=1", None),
        ("javascript:window.hurt=1//https://www.wikidata.org/wiki/Q1", None),
        ("https://d-nb.info/gnd/1", None),
    ],
)
def test_only_items_of_wikidata_become_links(open_page, iri, link):
    graph, found = three_articles()
    for _, given in graph.nodes(data=True):
        given["same_as"] = iri
    page = open_page(views.page(graph, found, "Links"))
    page.evaluate("choose({ node: 0 })")
    assert [a.get_attribute("href") for a in panel(page).locator("a").all()] == ([link] if link else [])
    assert (re.sub(r".*/", "", link) if link else iri) in panel(page).inner_text()


def test_independent_sources_and_prints_of_one_text(open_page):
    quote = "{s:A} verklagt {o:B}."
    first = explanation("A", "sues", "B", quote, date="2019-06-01")
    prints = [
        replace(first, article_id=name, article_title=f"Abdruck {name}", date="2019-06-02", reprint_of=first.article_id)
        for name in ("p1", "p2")
    ]
    own = explanation("A", "sues", "B", "{s:A} klagt gegen {o:B}.", date="2019-06-08")
    other = explanation("B", "supplies", "C", "{s:B} beliefert {o:C}.", date="2019-06-15")
    found = [first, *prints, own, other]
    graph = graph_of([(name, "Company", "") for name in "ABC"], found)
    for *_, given in graph.edges(data=True):
        given["sources"] = 2 if given["property"] == "sues" else 1
    page = open_page(views.page(graph, found, "Abdrucke"))
    page.evaluate("choose({ edge: edges.find((e) => e.property === 'sues').id })")
    assert panel(page).locator("blockquote").all_inner_texts() == ["A verklagt B.", "A klagt gegen B."]
    assert panel(page).locator(".prints").all_inner_texts() == ["Also printed in: Abdruck p1, Abdruck p2"]
    assert "2 independent sources" in panel(page).inner_text()
    page.get_by_label("Independent sources").locator("input[type=range]").fill("2")
    assert shown(page) == ["sues"]
    address = page.evaluate("fragment()")
    assert "told=2" in address
    page.evaluate("resetFilters()")
    assert shown(page) == ["sues", "supplies"]
    page.evaluate(f"restore('{address}')")
    assert shown(page) == ["sues"]
