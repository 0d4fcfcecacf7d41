"""Compiled frames in the user's cache folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from kg.frame_records import Frame, Frames, PatternCheck


def read_cache(path: Path, language: str) -> Frames | None:
    """The frames that a file of the cache holds; None where there is none that can be read."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        frames = tuple(Frame(**{**row, "beside": tuple((r, n) for r, n in row["beside"])}) for row in stored["frames"])
        return Frames(language, frames, tuple(PatternCheck(**row) for row in stored["checks"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no cache, or one that was cut off: compile again


def write_cache(path: Path, compiled: Frames) -> None:
    """Keep compiled frames, whole or not at all; a folder that cannot be written is no error."""
    rows: Mapping[str, Iterable[object]] = {
        "frames": [asdict(f) for f in compiled.frames],
        "checks": [asdict(c) for c in compiled.checks],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as out:
            json.dump(rows, out, ensure_ascii=False)
        Path(out.name).replace(path)
    except OSError:
        return  # a home that cannot be written only costs time
