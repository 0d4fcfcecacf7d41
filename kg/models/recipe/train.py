"""Rebuild a bundled pipeline from the shared data, with a fixed seed, on two CPU cores.

    python -m kg.models.recipe.train de --data ../shared/data --out DIR

Beside the package it needs ``pip install floret spacy-lookups-data names``: the trainer of the
vectors, Brown clusters, and the names of the US census. Everything goes to DIR; ``DIR/pipeline``
is what ships as ``kg/models/de``. A stage whose output is there already is not run again, so an
interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy import util
from spacy.cli.train import train as spacy_train
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from kg.models.recipe import assemble, card, forms, lists, prepare, scoring, silver, templates, vectors
from kg.models.tables import read_names

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
SEED = 2
CORE = ("PER", "LOC", "ORG")
RAW = "de/raw/wikipedia-klexikon.txt.xz"
DICTIONARY = "de/lexicon/languagetool-german-pos-dict.tsv.xz"


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of ``spacy train``: ``source`` is the stage that it goes on from, if any."""

    name: str
    config: str
    corpora: tuple[str, ...]
    steps: int
    rate: float
    source: str | None = None
    seed: int = SEED


def gather(out: Path, stage: Stage) -> Path:
    """A folder with links to the corpora of a stage, one named twice twice, as spaCy reads one path only."""
    folder = out / f"{stage.name}-corpora"
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(stage.corpora):
        link = folder / f"{number}-{name}.spacy"
        link.unlink(missing_ok=True)
        link.symlink_to((out / f"{name}.spacy").resolve())
    return folder


def configured(stage: Stage, out: Path) -> Path:
    """Write the config of a stage: the recipe's, with the components of ``source`` if it has one."""
    config = util.load_config(HERE / stage.config, interpolate=False)
    if stage.source:
        for name in config["nlp"]["pipeline"]:
            if name != "kg_morphology":
                source = str(out / stage.source / "model-last")
                config["components"][name] = {"source": source}
    path = out / f"{stage.name}.cfg"
    config.to_disk(path)
    return path


def tables(out: Path) -> dict[str, object]:
    """The tables that ``kg_morphology`` reads in training, those that the language has."""
    paths = {name: out / f"{name}.tsv.gz" for name in ("names", "forms", "clusters")}
    return {f"components.kg_morphology.{name}": str(path) for name, path in paths.items() if path.exists()}


def run_stage(stage: Stage, out: Path, language: str) -> Path:
    """Train one stage unless its output is there; the folder of its last, averaged model."""
    last = out / stage.name / "model-last"
    if (last / "meta.json").exists():
        return last
    log.info("stage %s", stage.name)
    kind = stage.config.removesuffix(".cfg").removesuffix("-en")
    has_vectors = (out / "vectors" / "config.cfg").exists()
    overrides: dict[str, object] = {
        "nlp.lang": language,
        "components.kg_morphology.language": language,
        **tables(out),
        "paths.train": str(gather(out, stage)),
        "paths.dev": str(out / f"{kind}-watch.spacy"),
        "paths.vectors": str(out / "vectors") if has_vectors else None,
        "training.max_steps": stage.steps,
        "training.optimizer.learn_rate.initial_rate": stage.rate,
        "system.seed": stage.seed,
    }
    spacy_train(configured(stage, out), last.parent, overrides=overrides)
    return last


SYNTAX_GOLD = Stage("syntax-gold", "syntax.cfg", ("syntax-train",), 1200, 0.0015)
SYNTAX_OTHER = Stage("syntax-other", "syntax.cfg", ("syntax-train",), 600, 0.0015, seed=0)
SYNTAX_ALL = ("syntax-train", "syntax-news", "syntax-silver", "syntax-made-up")
SYNTAX_LAST = Stage("syntax-last", "syntax.cfg", SYNTAX_ALL, 2200, 0.0015, seed=3)

NAMES_GOLD = Stage("names-gold", "ner.cfg", ("names-train",), 1000, 0.0015, seed=0)
NAMES_FIRST = Stage("names-first", "ner.cfg", ("names-train", "names-others"), 400, 0.0015)
NAMES_SECOND = Stage("names-second", "ner.cfg", ("names-train",), 600, 0.001, "names-first")
NAMES_MANY = ("names-train", "names-news", "names-others", "names-silver")
NAMES_ALL = Stage("names-all", "ner.cfg", NAMES_MANY, 1500, 0.0015, seed=4)
NAMES_NEAR = ("names-train", "names-news", "names-news")
NAMES_LAST = Stage("names-last", "ner.cfg", NAMES_NEAR, 600, 0.001, "names-all", seed=3)

ENGLISH_SYNTAX = Stage("syntax-last", "syntax-en.cfg", ("syntax-train", "syntax-news"), 2400, 0.0015)
ENGLISH_GOLD = Stage("names-gold", "ner-en.cfg", ("names-news", "names-wiki"), 600, 0.0015)
ENGLISH_FIRST = Stage("names-all", "ner-en.cfg", ("names-ewt", "names-wiki", "names-gum", "names-news"), 1400, 0.0015)
ENGLISH_NEAR = ("names-near", "names-wiki", "names-wiki", "names-news", "names-news", "names-news")
ENGLISH_LAST = Stage("names-last", "ner-en.cfg", ENGLISH_NEAR, 600, 0.001, "names-all")


def german(data: Path, out: Path) -> Path:
    """Vectors and tables first, then syntax and names, each by way of raw text that models agree on."""
    vectors.build(data / RAW, "de", out)
    counts = forms.frequencies(out / "raw.txt")
    forms.build(data / DICTIONARY, counts, out / "forms.tsv.gz")
    forms.clusters("de", counts, out / "clusters.tsv.gz")
    start(data, out, "de")
    prepare.german_names(data, out)
    return finish(german_syntax(data, out), german_names(data, out), out, "de")


def german_syntax(data: Path, out: Path) -> Path:
    """Two parsers of gold; then one of gold, raw text as the two agree on it, and made-up news."""
    teachers = [spacy.load(run_stage(stage, out, "de")) for stage in (SYNTAX_GOLD, SYNTAX_OTHER)]
    prepare.save(silver.parsed(teachers, data), out / "syntax-silver.spacy")
    made_up = templates.documents(spacy.blank("de").vocab, read_names(out / "names.tsv.gz"), 6)
    prepare.save(made_up, out / "syntax-made-up.spacy")
    return run_stage(SYNTAX_LAST, out, "de")


def german_names(data: Path, out: Path) -> Path:
    """GermEval; all corpora made like it; raw text as two models agree on it; GermEval again."""
    teacher = spacy.load(run_stage(NAMES_GOLD, out, "de"))
    others = silver.completed(teacher, gold(out / "names-raw-others.spacy", teacher.vocab), CORE)
    prepare.save(others, out / "names-others.spacy")
    run_stage(NAMES_FIRST, out, "de")
    second = spacy.load(run_stage(NAMES_SECOND, out, "de"))
    prepare.save(silver.named([second, teacher], data), out / "names-silver.spacy")
    run_stage(NAMES_ALL, out, "de")
    return run_stage(NAMES_LAST, out, "de")


def english(data: Path, out: Path) -> Path:
    """Syntax and names from gold alone; there is no raw English text to take vectors from."""
    start(data, out, "en")
    prepare.english_names(data, out)
    forms.clusters("en", None, out / "clusters.tsv.gz")
    return finish(run_stage(ENGLISH_SYNTAX, out, "en"), english_names(out), out, "en")


def english_names(out: Path) -> Path:
    """A teacher of MISC; all corpora, with what it finds in those that don't mark it; those like news again."""
    teacher = spacy.load(run_stage(ENGLISH_GOLD, out, "en"))
    for name in ("ewt", "near", "gum"):
        raw = gold(out / f"names-raw-{name}.spacy", teacher.vocab)
        prepare.save(silver.completed(teacher, raw, CORE), out / f"names-{name}.spacy")
    run_stage(ENGLISH_FIRST, out, "en")
    return run_stage(ENGLISH_LAST, out, "en")


def start(data: Path, out: Path, language: str) -> None:
    """Write what both parts need: name lists, trees, lemmas."""
    lists.build(data, language, out / "names.tsv.gz")
    table = prepare.syntax(data, language, out)
    (out / "lemmas.json").write_text(json.dumps(table), encoding="utf-8")


PLANS: dict[str, Callable[[Path, Path], Path]] = {"de": german, "en": english}


def gold(path: Path, vocab: Vocab) -> list[Doc]:
    """The documents of a ``.spacy`` file."""
    return list(DocBin().from_disk(path).get_docs(vocab))


def measure(folder: Path, out: Path, language: str) -> dict[str, object]:
    """All scores of a finished pipeline, read from disk as users read it."""
    nlp = spacy.load(folder)
    trees = gold(out / "syntax-dev.spacy", nlp.vocab)
    fives = gold(out / "syntax-dev5.spacy", nlp.vocab)
    texts = [doc.text for doc in fives]
    speed = scoring.speeds(nlp, texts)
    return {
        "language": language,
        "words_per_second": speed,
        "trees": scoring.score_trees(nlp, trees) | scoring.with_punctuation(nlp, trees),
        "trees_in_fives": scoring.score_trees(nlp, fives),
        "trees_of_news": scoring.score_trees(nlp, gold(out / "syntax-test.spacy", nlp.vocab)),
        "names": scoring.score_names(nlp, gold(out / "names-dev.spacy", nlp.vocab)),
        "names_of_news": scoring.score_names(nlp, gold(out / "names-test.spacy", nlp.vocab)),
        "bytes": assemble.size(folder),
    }


def finish(syntax: Path, names: Path, out: Path, language: str) -> Path:
    """Assemble, measure, and write the card."""
    table = json.loads((out / "lemmas.json").read_text(encoding="utf-8"))
    folder = assemble.write(assemble.assemble(syntax, names, table), out / "pipeline")
    scores = measure(folder, out, language)
    card.write(folder, language, scores, HERE / "notes.json")
    return folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Train one language."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m kg.models.recipe.train")
    parser.add_argument("language", choices=sorted(PLANS))
    parser.add_argument("--data", type=Path, required=True, help="the folder shared/data")
    parser.add_argument("--out", type=Path, required=True, help="where all output goes")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    print(PLANS[given.language](given.data, given.out))


if __name__ == "__main__":
    main()
