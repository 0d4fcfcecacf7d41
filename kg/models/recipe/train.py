"""Rebuild a bundled pipeline from the shared data, with a fixed seed, on two CPU cores.

    python -m kg.models.recipe.train de --data ../shared/data --out DIR

Everything goes to DIR; ``DIR/pipeline`` is what ships as ``kg/models/de``. A stage whose output
is there already is not run again, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy import util
from spacy.cli.train import train as spacy_train

from kg.models.recipe import assemble, card, lists, prepare, scoring, silver, vectors
from kg.models.recipe.trees import open_text

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
SEED = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of ``spacy train``.

    ``source`` names the stage whose weights it starts from, if any; ``corpora`` the files in DIR
    that it reads; ``labels`` the file whose labels it must know from the start.
    """

    name: str
    config: str
    corpora: tuple[str, ...]
    steps: int
    rate: float
    source: str | None = None
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one language is trained."""

    language: str
    wide_vectors: bool
    syntax: tuple[Stage, ...]
    names: tuple[Stage, ...]


def run_stage(stage: Stage, out: Path, language: str) -> Path:
    """Train one stage unless its output is there; the folder of its last model."""
    folder = out / stage.name
    last = folder / "model-last"
    if (last / "meta.json").exists():
        return last
    corpus = gather(out, stage)
    config = util.load_config(HERE / stage.config, interpolate=False)
    if stage.source:
        for name in config["nlp"]["pipeline"]:
            if name != "kg_morphology":
                config["components"][name] = {"source": str(out / stage.source / "model-last")}
    path = out / f"{stage.name}.cfg"
    config.to_disk(path)
    has_vectors = (out / "vectors" / "config.cfg").exists()
    overrides: dict[str, object] = {
        "nlp.lang": language,
        "components.kg_morphology.language": language,
        "components.kg_morphology.names": str(out / "names.tsv.gz"),
        "paths.train": str(corpus),
        "paths.dev": str(out / "held-out" / f"{stage.config.removesuffix('.cfg')}.spacy"),
        "paths.vectors": str(out / "vectors") if has_vectors else None,
        "training.max_steps": stage.steps,
        "training.optimizer.learn_rate.initial_rate": stage.rate,
        "system.seed": SEED,
    }
    spacy_train(path, folder, overrides=overrides | stage.options)
    return last
