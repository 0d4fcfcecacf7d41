"""Time the road from article to store: python -m tests.benchmarks [100 1000 10000]

For each number of synthetic articles, made of the sentences of seeds/, it prints the CPU seconds of spaCy's own
pipeline, of all that comes after it, by stage, and of writing the store; what the second takes in
per cent of the first; what open triples take in per cent of all of it before the store (with --open); and the most
memory so far. Where the per cents stay as they are from size
to size, time grows no faster than the number of articles. All of a line is measured in one run.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

# Before NumPy is loaded: on a busy machine its threads wait for each other in CPU time.
os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))

from kg import pipeline
from kg.store import Store
from tests.benchmarks.stages import AROUND, OPEN, PIPELINE, STORE, Stopwatch, watched
from tests.benchmarks.synthetic import synthetic

SIZES = (100, 1000)
WARM = 40  # articles of both languages, read beforehand: models are loaded and frames compiled
LANGUAGES = ("de", "en")


def measure(number: int, tools: pipeline.Tools, with_open: bool) -> dict[str, Any]:
    """The figures of one size."""
    watch = Stopwatch()
    found = 0
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store") as store:
        with watched(watch, tools, LANGUAGES):
            for article in synthetic(number):
                extraction = pipeline.extract_article(article, tools, with_open=with_open)
                store.write(extraction, tools.ontology)
                found += len(extraction.statements)
        plain = len(store.relations())
    after = sum(seconds for stage, seconds in watch.seconds.items() if stage not in {PIPELINE, OPEN, STORE})
    return {
        "articles": number,
        "statements": found,
        "plain triples": plain,
        "seconds": {stage: round(watch.seconds[stage], 3) for stage in (PIPELINE, *AROUND)},
        "after the pipeline": round(after, 3),
        "after / pipeline": round(after / watch.seconds[PIPELINE], 4),
        "open triples / all before": round(watch.seconds[OPEN] / (watch.seconds[PIPELINE] + after), 4),
        "store / pipeline": round(watch.seconds[STORE] / watch.seconds[PIPELINE], 4),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def show(figures: list[dict[str, Any]]) -> None:
    """A column for each size."""
    rows = {
        "articles": [str(one["articles"]) for one in figures],
        **{f"{stage}, s": [f"{one['seconds'][stage]:.2f}" for one in figures] for stage in (PIPELINE, *AROUND)},
        "after the pipeline, s": [f"{one['after the pipeline']:.2f}" for one in figures],
        "after the pipeline, % of it": [f"{100 * one['after / pipeline']:.1f}" for one in figures],
        "open triples, % of all that": [f"{100 * one['open triples / all before']:.1f}" for one in figures],
        "store, % of the pipeline": [f"{100 * one['store / pipeline']:.1f}" for one in figures],
        "all, ms an article": [f"{1000 * sum(one['seconds'].values()) / one['articles']:.1f}" for one in figures],
        "statements": [str(one["statements"]) for one in figures],
        "peak memory, MB": [str(one["peak MB"]) for one in figures],
    }
    for name, values in rows.items():
        print(f"{name:28}" + "".join(f"{value:>10}" for value in values))


def profile(number: int, tools: pipeline.Tools, lines: int = 45) -> None:
    """What the articles' time goes into after the pipeline, by function."""
    analyses = [tools.analyser.read(article) for article in synthetic(number)]
    profiler = cProfile.Profile()
    profiler.enable()
    for analysis in analyses:
        pipeline.statements.extract(analysis, tools.frames(analysis.language), tools.ontology, tools.gazetteer)
    profiler.disable()
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of articles")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--profile", action="store_true", help="instead, list the functions that take most time")
    parser.add_argument("--open", action="store_true", help="make open triples as well")
    given = parser.parse_args(arguments)
    tools = pipeline.load_tools()
    for article in synthetic(WARM):
        pipeline.extract_article(article, tools)
    if given.profile:
        profile(given.sizes[0], tools)
        return 0
    figures = [measure(number, tools, given.open) for number in given.sizes]
    if given.json:
        print(json.dumps(figures, indent=1))
    else:
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
