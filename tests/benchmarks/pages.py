"""Time pages in a headless Chromium: python -m tests.benchmarks.pages [500 2000 10000]

For each number of nodes, with 2.5 relations each, it prints how long the page takes to make, its size, the seconds
from opening the file to the first picture, and those until a search has answered, typed as soon as the picture is
there. Needs Playwright and a Chromium (the package ``chromium``, or one named in KG_CHROMIUM).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser import FLAGS, chromium_path
from news_graph import generated

from kg import views

SIZES = (500, 2000, 10000)
EACH = 2.5  # relations a node
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
HIT = "document.querySelectorAll('#hits [role=option]').length > 0"


def measure(number: int, browser: Any, folder: Path) -> dict[str, str]:
    """The figures of one size."""
    graph, found = generated(number, each=EACH)
    start = time.perf_counter()
    html = views.page(graph, found, f"{number} names")
    made = time.perf_counter() - start
    file = folder / f"{number}.html"
    views.write(file, html)
    context = browser.new_context(viewport={"width": 1360, "height": 800})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(file.as_uri())
    _until(page, "placed.length > 0")
    seen = time.perf_counter() - start
    asked = time.perf_counter()
    page.locator("#search").fill("huawei")
    _until(page, HIT)
    answered = time.perf_counter() - asked
    context.close()
    return {
        "names": str(number),
        "relations": str(graph.number_of_edges()),
        "made in, s": f"{made:.1f}",
        "file, MB": f"{len(html.encode()) / 1e6:.1f}",
        "first picture, s": f"{seen:.2f}",
        "search answers, s": f"{answered:.2f}",
    }


def _until(page: Any, condition: str) -> None:
    """Wait until something holds and is painted; Playwright's own way needs eval, which the page's policy forbids."""
    while not page.evaluate(condition):
        page.evaluate(PAINTED)
    page.evaluate(PAINTED)


def main() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where pages are timed

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of nodes")
    given = parser.parse_args()
    path = chromium_path()
    if path is None:
        sys.exit("No Chromium found: install the package chromium, or name one in KG_CHROMIUM.")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        figures = [measure(number, browser, Path(folder)) for number in given.sizes]
        browser.close()
    for name in figures[0]:
        print(f"{name:20}" + "".join(f"{one[name]:>10}" for one in figures))


if __name__ == "__main__":
    main()
