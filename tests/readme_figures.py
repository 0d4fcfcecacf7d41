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
GOLD = ("seeds/gold", "tests/gold", "tests/unseen")
NAMES = {"de": "German", "en": "English"}


def evaluate(gold: str) -> dict[str, Any]:
    """What ``kg evaluate GOLD --json`` prints."""
    command = [sys.executable, "-m", "kg", "evaluate", gold, "--json"]
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


def replaced(readme: str, figures: str) -> str:
    """The README with new figures; raises ValueError where a mark is missing."""
    before, _, rest = readme.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"README.md lacks {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


def main() -> None:
    """Measure and write."""
    readme = README.read_text(encoding="utf-8")
    figures = table({gold: evaluate(gold) for gold in GOLD})
    draft = README.with_suffix(".draft")
    draft.write_text(replaced(readme, figures), encoding="utf-8")
    draft.replace(README)
    print(figures)


if __name__ == "__main__":
    main()
