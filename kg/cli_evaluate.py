"""The command ``kg evaluate``: statements and open triples against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kg import open_printing, printing
from kg.cli_common import FIRST, Language, MinConfidence, Model, OntologyFiles


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, or folders of *.gold.toml; *.open.txt for --open.")],
    open_: Annotated[bool, typer.Option("--open", help="Measure open triples, as kg triples prints them.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    model: Model = None,
    language: Language = None,
    ontology: OntologyFiles = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Measure precision and recall against gold files, and list every miss and every wrong triple."""
    from kg import evaluation, pipeline  # noqa: PLC0415 (heavy modules are imported inside the commands)

    if open_:
        _evaluate_open(gold, model, as_json)
        return
    tools = pipeline.load_tools(model, language, ontology or ())
    with printing.progress_bar(printing.console(stderr=True)) as bar:
        task = bar.add_task(FIRST, total=None, rate="")
        result = evaluation.score(
            gold,
            lambda article: pipeline.extract_article(article, tools, min_confidence),
            tools.ontology,
            tools.gazetteer,
            progress=lambda done, total: bar.update(
                task, completed=done, total=total, description="reading the gold's texts"
            ),
            trace=lambda article: pipeline.trace_article(article, tools),
        )
    if as_json:
        typer.echo(json.dumps(evaluation.as_dict(result), ensure_ascii=False, indent=1))
    else:
        printing.show_evaluation(printing.console(), result)


def _evaluate_open(gold: list[Path], model: str | None, as_json: bool) -> None:
    """Measure open triples against gold files, and print the scores with every difference."""
    from kg import articles, pipeline  # noqa: PLC0415
    from kg.open_scores import score_open, scores_as_dict  # noqa: PLC0415

    with printing.waiting("reading the gold's sentences …"):
        result = score_open(
            gold,
            lambda one: pipeline.open_triples(
                articles.from_text(one.text), pipeline.load_tools(model, language=one.language)
            ),
        )
    if as_json:
        typer.echo(json.dumps(scores_as_dict(result), ensure_ascii=False, indent=1))
    else:
        open_printing.show_open_evaluation(printing.console(), result)
