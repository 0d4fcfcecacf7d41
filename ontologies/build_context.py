"""Writes ``context.jsonld`` beside this file: the JSON-LD context of the bundled vocabulary.

python ontologies/build_context.py
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.jsonld import context
from kg.ontology import load_ontology


def text() -> str:
    """The context as JSON."""
    told = context(prop.iri for prop in load_ontology().properties.values())
    return json.dumps({"@context": told}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (Path(__file__).parent / "context.jsonld").write_text(text(), encoding="utf-8")
