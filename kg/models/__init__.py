"""The spaCy pipelines that ship inside the package."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def bundled() -> dict[str, Path]:
    """Language → path of its bundled pipeline; ``spacy.load`` accepts the path."""
    return {path.parent.name: path.parent for path in sorted(HERE.glob("*/meta.json"))}
