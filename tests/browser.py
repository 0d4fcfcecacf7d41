"""A headless Chromium for tests: pages are opened from files, and whatever they ask for or print is an error."""

import os
import shutil

import pytest
from news_graph import news

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TITLE = "Huawei und der Handelsstreit"


def chromium_path():
    given = os.environ.get("KG_CHROMIUM")
    return given or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine: install the package chromium, or name one in KG_CHROMIUM")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, tmp_path):
    """Open a page from a file; afterwards nothing must have been requested, printed, thrown or run."""
    from kg import views  # noqa: PLC0415  (pyvis takes a second to load)

    contexts, noise = [], []

    def opened(html, **context):
        file = tmp_path / f"page-{len(contexts)}.html"
        views.write(file, html)
        contexts.append(chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **context}))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on(
            "request",
            lambda request: request.url.split("#")[0] == file.as_uri() or noise.append(f"request {request.url}"),
        )
        page.on("console", lambda message: noise.append(f"console {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error {error}"))
        page.on("dialog", lambda dialog: noise.append(f"dialog {dialog.message}"))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            for frame in page.frames:
                assert frame.evaluate("typeof window.hurt") == "undefined"
        context.close()
    assert noise == []


@pytest.fixture(scope="module")
def news_page():
    from kg import views  # noqa: PLC0415

    return views.page(*news(), TITLE)


def panel(page):
    return page.locator("#panel")


def click_edge(page, subject, name, obj):
    """Click the middle of a line in the picture, where it lies on the screen."""
    spot = page.evaluate(
        """([subject, name, object]) => {
            const label = (id) => nodeById.get(id).label;
            const edge = edges.find((e) => label(e.from) === subject && e.property === name && label(e.to) === object);
            const box = placed.find((b) => b.edge === edge.id);
            const frame = byId("canvas").getBoundingClientRect();
            if (box) return { x: frame.x + box.left + box.width / 2, y: frame.y + box.top + box.height / 2 };
            const { x, y } = network.canvasToDOM(network.body.edges[edge.id].edgeType.getPoint(0.5));
            return { x: frame.x + x, y: frame.y + y };
        }""",
        [subject, name, obj],
    )
    page.mouse.click(spot["x"], spot["y"])


def click_node(page, label):
    spot = page.evaluate(
        """(label) => {
            const { x, y } = network.canvasToDOM(network.getPosition(nodes.find((n) => n.label === label).id));
            const frame = byId("canvas").getBoundingClientRect();
            return { x: frame.x + x, y: frame.y + y };
        }""",
        label,
    )
    page.mouse.click(spot["x"], spot["y"])
