"""Which Turtle files are bundled: those that define terms, and those that name well-known things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.turtle import Source, read_source, turtle_files

VOCABULARY: Final = ("news.ttl", "statements.ttl", "alignments.ttl")
"""The bundled files that define terms: relations, what statements are described with, counterparts elsewhere."""


def ontology_folder() -> Path:
    """The folder of the bundled Turtle files: package data, or the checkout's ``ontologies/``."""
    installed = Path(__file__).parent / "ontologies"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "ontologies"


def sources_of(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The texts of Turtle files, in their order.

    Args:
        paths: Turtle files, or folders of them.

    Raises:
        OntologyError: a file cannot be read.
    """
    return tuple(read_source(path) for path in turtle_files(paths))


def vocabulary_sources(paths: Sequence[Path] = ()) -> tuple[Source, ...]:
    """The texts of the bundled files that define terms, and then of further Turtle files.

    Args:
        paths: Turtle files, or folders of them.

    Raises:
        OntologyError: a file cannot be read.
    """
    return sources_of([*(ontology_folder() / name for name in VOCABULARY), *paths])
