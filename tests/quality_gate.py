"""Hold the scores on seeds/, tests/gold and tests/open above their floors, and the floors against silent lowering.

    python -m tests.quality_gate                    # measure and compare
    python -m tests.quality_gate --record "why"     # measure and add the figures as the newest floors

A floor belongs to the gold it was measured on, by name and hash. floors.toml tells its whole history:
the newest entry of each gold counts, no entry that was ever committed may change, and one that lowers
a figure needs a reason.
"""

from __future__ import annotations

import hashlib
import math
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SETS = {"seeds": ROOT / "seeds", "tests/gold": ROOT / "tests" / "gold", "tests/open": ROOT / "tests" / "open"}
FLOORS = ROOT / "tests" / "floors.toml"
SLACK = {"seeds": 1e-9, "tests/gold": 0.004, "tests/open": 0.004}
"""How far a figure may fall: not at all on seeds/; elsewhere by some four triples of a thousand, since a processor's
arithmetic may turn a parse of so many texts."""


def gold_hash(folder: Path) -> str:
    """Stands for every article and gold file, so that figures are never compared across different gold."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        if path.suffix in {".toml", ".md", ".txt", ".jsonl"} and path.name != "README.md":
            total.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def measure(folder: Path) -> dict[str, float]:
    """The figures of today; for all of them more is better."""
    if folder == SETS["tests/open"]:
        return measure_open(folder)
    from kg import evaluation, pipeline  # noqa: PLC0415 (spaCy is slow to load; the hash needs none of it)
    from kg.models import bundled  # noqa: PLC0415

    tools = pipeline.load_tools()
    found = evaluation.score(
        [folder], lambda article: pipeline.extract_article(article, tools), tools.ontology, tools.gazetteer
    )
    statuses = found.statuses.values()
    rates = {
        f"{language}_{name}": rate or 0.0
        for language, counts in found.by_language.items()
        if language in bundled()
        for name, rate in (("precision", counts.precision), ("recall", counts.recall))
    }
    return {
        **rates,
        "statuses": sum(s.right for s in statuses) / max(1, sum(s.found for s in statuses)),
        "references": found.references_right / max(1, found.references),
        "traps": 1 - found.traps_asserted / max(1, found.traps),
    }


def measure_open(folder: Path) -> dict[str, float]:
    """The figures of open triples."""
    from kg import articles, pipeline  # noqa: PLC0415
    from kg.open_scores import score_open  # noqa: PLC0415

    found = score_open(
        [folder],
        lambda one: pipeline.open_triples(articles.from_text(one.text), pipeline.load_tools(language=one.language)),
    )
    return {
        f"{language}_{name}": rate or 0.0
        for language, counts in found.by_language.items()
        for name, rate in (("precision", counts.precision), ("recall", counts.recall))
    }


def figures_of(floor: dict[str, Any]) -> dict[str, float]:
    """The figures of a floor, without what else it says."""
    return {name: value for name, value in floor.items() if name not in {"set", "gold", "reason"}}


def set_of(floor: dict[str, Any]) -> str:
    """The gold that a floor was measured on."""
    return str(floor.get("set", "seeds"))


def problems(history: list[dict[str, Any]], committed: list[list[dict[str, Any]]]) -> list[str]:
    """What is wrong with the floors themselves."""
    wrong = [
        f"floor {history.index(after) + 1} lowers {figure} from {before[figure]} to {after.get(figure)} "
        "without a reason"
        for name in SETS
        for before, after in pairwise([floor for floor in history if set_of(floor) == name])
        for figure in figures_of(before)
        if after.get(figure, -1) < before[figure] and not str(after.get("reason", "")).strip()
    ]
    if any(history[: len(earlier)] != earlier for earlier in committed):
        wrong.append("a committed floor was changed or removed: add a new one instead")
    return wrong


def below(figures: dict[str, float], floor: dict[str, Any]) -> list[str]:
    """The figures that fell below the floor."""
    return [
        f"{name} fell to {figures.get(name, 0.0):.4f}, the floor is {least}"
        for name, least in figures_of(floor).items()
        if figures.get(name, 0.0) < least - SLACK[set_of(floor)]
    ]


def read_floors(text: str) -> list[dict[str, Any]]:
    floors = tomllib.loads(text).get("floor", [])
    return [dict(floor) for floor in floors]


def committed_floors() -> list[list[dict[str, Any]]]:
    """Every version of floors.toml in the history at hand; none where there is no git."""
    name = FLOORS.relative_to(ROOT).as_posix()
    try:
        log = subprocess.run(
            ["git", "log", "--format=%H", "--", name], cwd=ROOT, capture_output=True, text=True, check=True
        )
        shown = [
            subprocess.run(["git", "show", f"{commit}:{name}"], cwd=ROOT, capture_output=True, text=True, check=False)
            for commit in log.stdout.split()
        ]
    except (OSError, subprocess.CalledProcessError):
        return []
    return [read_floors(done.stdout) for done in shown if done.returncode == 0]


def record(reason: str) -> None:
    """Add today's figures, rounded down, as the newest floors."""
    quoted = reason.replace("\\", "\\\\").replace('"', '\\"')
    for name, folder in SETS.items():
        figures = measure(folder)
        rows = "\n".join(f"{figure} = {math.floor(value * 1000) / 1000}" for figure, value in figures.items())
        entry = f'\n[[floor]]\nset = "{name}"\ngold = "{gold_hash(folder)}"\n{rows}\nreason = "{quoted}"\n'
        FLOORS.write_text(FLOORS.read_text(encoding="utf-8") + entry, encoding="utf-8")
        print(entry.strip())


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--record"] and len(arguments) == 2:
        record(arguments[1])
        return 0
    history = read_floors(FLOORS.read_text(encoding="utf-8"))
    wrong = problems(history, committed_floors())
    for name, folder in SETS.items():
        floor = next((floor for floor in reversed(history) if set_of(floor) == name), None)
        if floor is None or floor["gold"] != gold_hash(folder):
            what = "has no floor yet" if floor is None else "has changed since its last floor"
            wrong.append(f"{name} {what}; run: python -m tests.quality_gate --record 'what changed'")
            continue
        figures = measure(folder)
        wrong.extend(f"{name}: {line}" for line in below(figures, floor))
        shown = ", ".join(f"{figure} {value:.3f} (floor {floor.get(figure)})" for figure, value in figures.items())
        print(f"{name}: {shown}")
    for line in wrong:
        print(line)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
