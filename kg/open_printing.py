"""Open triples and their scores on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from kg.printing import RATES, plain_table, rate_cells
from kg.records import PLAIN
from kg.scores import calibration_error, reliability

if TYPE_CHECKING:
    from kg.open_scores import OpenEvaluation


def show_triples(out: Console, rows: Sequence[tuple[str, ...]]) -> None:
    """Open triples as a table; the number of a sentence stands at its first triple only."""
    if not rows:
        out.print("no triple found")
        return
    table = plain_table("", "subject", "relation", "object", "status")
    last = ""
    for number, *slots, status in rows:
        shown = Text(status, style="dim" if status in PLAIN else "yellow")
        table.add_row("" if number == last else number, *map(Text, slots), shown)
        last = number
    out.print(table)


def show_open_evaluation(out: Console, evaluation: OpenEvaluation) -> None:
    """The scores of open triples, then each sentence with what was missed and what was wrong."""
    for finding in evaluation.findings:
        if not finding.missed and not finding.wrong:
            continue
        place = f"{finding.sentence.path}:{finding.sentence.line}"
        out.print(Text.assemble((finding.sentence.text, "bold"), (f"  {place}", "dim")), soft_wrap=True)
        for fact in finding.missed:
            out.print(Text(f"  missed  {fact.text}", style="yellow"), soft_wrap=True)
        for triple in finding.wrong:
            words = " | ".join((triple.subject.text, triple.relation.text, triple.object.text))
            out.print(Text(f"  wrong   {words}", style="red"), soft_wrap=True)
    rates = plain_table("", *RATES, numbers=1)
    for name, counts in evaluation.by_language.items():
        rates.add_row(f"language {name}", *rate_cells(counts))
    rates.add_row("all open triples", *rate_cells(evaluation.score), style="bold")
    out.print(rates)
    bins = reliability(evaluation.judged)
    error = calibration_error(bins)
    if error is not None:
        out.print(f"{len(evaluation.findings)} sentences; expected calibration error of confidence: {error:.3f}")
