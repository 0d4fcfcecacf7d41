"""The spaCy pipelines that ship inside the package, and those that are installed beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def bundled() -> dict[str, Path]:
    """Language → path of its bundled pipeline; ``spacy.load`` accepts the path."""
    return {path.parent.name: path.parent for path in sorted(HERE.glob("*/meta.json"))}


def at_hand() -> Iterator[dict[str, Any]]:
    """Bundled pipelines, then installed ones that their packages announce, with their scores between 0 and 1."""
    for language, path in bundled().items():
        meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
        measured = json.loads((path / "scores.json").read_text(encoding="utf-8"))
        scores = {name: round(measured["trees"][name] / 100, 4) for name in ("upos", "lemma", "uas", "las")}
        scores["names"] = round(measured["names"]["PER LOC ORG"]["f1"] / 100, 4)
        name = f"{meta['lang']}_{meta['name']} {meta['version']}"
        yield {"language": language, "name": name, "bundled": True, "path": str(path), "scores": scores}
    for point in sorted(entry_points(group="spacy_models"), key=lambda point: point.name):
        name = f"{point.name} {point.dist.version if point.dist else ''}".strip()
        path_or_name = point.value.partition(":")[0]
        scores = performance(point)
        yield {"language": point.name[:2], "name": name, "bundled": False, "path": path_or_name, "scores": scores}


def performance(point: EntryPoint) -> dict[str, float]:
    """The scores that an installed pipeline's meta data gives, measured by its makers on their own test texts."""
    told = {"pos_acc": "upos", "lemma_acc": "lemma", "dep_uas": "uas", "dep_las": "las", "ents_f": "names"}
    files = (point.dist.files or []) if point.dist else []
    metas = [Path(str(file.locate())) for file in files if file.name == "meta.json"]
    outermost = min(metas, key=lambda path: len(path.parts), default=None)
    if outermost is None or not outermost.is_file():
        return {}
    measured = json.loads(outermost.read_text(encoding="utf-8")).get("performance", {})
    return {ours: float(measured[theirs]) for theirs, ours in told.items() if measured.get(theirs)}
