"""Rewrite the README's figures from evaluations of today: ``python -m tests.readme_figures``

Only what stands between the two marks changes, and each line names the command that gives it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
OPEN = "tests/open"
OPEN_BEGIN, OPEN_END = "<!-- open figures: begin -->", "<!-- open figures: end -->"
GOLD = ("seeds/gold", "tests/gold", "tests/unseen")
NAMES = {"de": "German", "en": "English"}


def evaluate(gold: str, *options: str) -> dict[str, Any]:
    """What ``kg evaluate GOLD --json`` prints."""
    command = [sys.executable, "-m", "kg", "evaluate", gold, "--json", *options]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def table(evaluations: Mapping[str, dict[str, Any]]) -> str:
    """The figures as Markdown; languages that no pipeline at hand reads are said to be unread."""
    rows = [
        "| command | language | plain triples in the gold | found | precision | recall |",
        "|---|---|--:|--:|--:|--:|",
    ]
    notes = []
    for gold, found in evaluations.items():
        unread = {finding["text"]: finding["language"] for finding in found["findings"] if finding["kind"] == "failure"}
        for code, counts in found["by_language"].items():
            if counts["predicted"] or code not in unread.values():
                rates = " | ".join(
                    "–" if counts[key] is None else f"{counts[key]:.2f}" for key in ("precision", "recall")
                )
                name = NAMES.get(code, code)
                rows.append(f"| `kg evaluate {gold}` | {name} | {counts['gold']} | {counts['predicted']} | {rates} |")
        statuses = found["statuses"].values()
        right, seen = sum(one["right"] for one in statuses), sum(one["found"] for one in statuses)
        left = f" ({len(unread)} of the texts were not read)" if unread else ""
        notes.append(
            f"- `kg evaluate {gold}`: {found['texts']} texts{left}; {found['traps_asserted']} of {found['traps']} "
            f"traps asserted; the status of {right} of {seen} gold statements that were found is right."
        )
    return "\n".join([*rows, "", *notes])


def open_table(found: Mapping[str, dict[str, Any]]) -> str:
    """The figures of open triples as Markdown, by file of gold."""
    rows = ["| command | facts | triples | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|"]
    for gold, scores in found.items():
        counts = scores["all"]
        rates = " | ".join(f"{counts[key] or 0:.2f}" for key in ("precision", "recall", "f1"))
        rows.append(f"| `kg evaluate {gold} --open` | {counts['gold']} | {counts['predicted']} | {rates} |")
    return "\n".join(rows)


def replaced(readme: str, figures: str, begin: str = BEGIN, end: str = END) -> str:
    """The README with new figures; raises ValueError where a mark is missing."""
    before, _, rest = readme.partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"README.md lacks {begin} … {end}")
    return f"{before}{begin}\n{figures}\n{end}{after}"


def main() -> None:
    """Measure and write."""
    readme = README.read_text(encoding="utf-8")
    figures = table({gold: evaluate(gold) for gold in GOLD})
    files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / OPEN).glob("*.open.txt"))
    open_figures = open_table({name: evaluate(name, "--open") for name in files})
    draft = README.with_suffix(".draft")
    renewed = replaced(replaced(readme, figures), open_figures, OPEN_BEGIN, OPEN_END)
    draft.write_text(renewed, encoding="utf-8")
    draft.replace(README)
    print(figures, open_figures, sep="\n\n")


if __name__ == "__main__":
    main()
