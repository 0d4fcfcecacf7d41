"""Take the README's pictures of a page: ``python tests/screenshots.py graph.html`` writes them to ``.docs/``.

Needs Playwright and a Chromium (the package ``chromium``, or one named in KG_CHROMIUM). The pictures open the
relation with the most sentences, so that the panel shows what the page is about. Shrink them afterwards
(``pngquant --quality 60-95 128``): tests/test_readme.py wants each below 250 kB.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".docs"
VIEWS = {
    "graph-light": {"viewport": {"width": 1360, "height": 800}, "color_scheme": "light", "device_scale_factor": 1.5},
    "graph-dark": {"viewport": {"width": 1360, "height": 800}, "color_scheme": "dark", "device_scale_factor": 1.5},
    "graph-phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 1.5},
}
# The relation with the most evidence; the first of equals.
CHOOSE = """(() => {
    const best = edges.filter((e) => shownEdges.has(e.id)).sort((a, b) => b.evidence.length - a.evidence.length)[0];
    if (best) choose({ edge: best.id });
})()"""


def take(page, folder, browser):
    """Open a page in each view and save a picture of it; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    for name, settings in VIEWS.items():
        context = browser.new_context(reduced_motion="reduce", **settings)
        tab = context.new_page()
        tab.goto(Path(page).resolve().as_uri())
        if name != "graph-dark":
            tab.evaluate(CHOOSE)
        tab.wait_for_timeout(300)
        taken.append(folder / f"{name}.png")
        tab.screenshot(path=taken[-1])
        context.close()
    return taken


def main():
    from browser import FLAGS, chromium_path  # noqa: PLC0415  # only where pictures are taken
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path, help="a page that kg view wrote")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args()
    path = chromium_path()
    if path is None:
        sys.exit("No Chromium found: install the package chromium, or name one in KG_CHROMIUM.")
    with sync_playwright() as driver:
        for picture in take(given.page, given.folder, driver.chromium.launch(executable_path=path, args=FLAGS)):
            print(picture)


if __name__ == "__main__":
    main()
