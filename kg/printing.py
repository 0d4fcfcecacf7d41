"""What the command line prints, in colour on a terminal and as plain text elsewhere.

Nothing that comes from an article is ever read as markup.
"""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from kg.qualifier_words import in_words
from kg.records import PLAIN, Explanation, Extraction
from kg.results import quote_pieces, told_by

if TYPE_CHECKING:
    from kg.evaluation import Evaluation
    from kg.frame_records import PatternCheck
    from kg.knowledge_graph import KnowledgeGraph
    from kg.ontology import Ontology
    from kg.pipeline import Report
    from kg.scores import Score
    from kg.sparql import QueryResult

DEFAULT_STORE: Final = Path("out/store")
PIPED_WIDTH: Final = 100  # columns where there is no terminal that says how wide it is
STRONGEST: Final = 12
MANY_ALIKE: Final = 4
_STYLES: Final = {"subject": "bold cyan", "predicate": "bold yellow", "object": "bold green"}
OFFICIAL: Final = (
    "spaCy's larger pipelines: `python -m spacy download de_core_news_lg` (or en_core_web_lg, en_core_web_trf), "
    "then `kg build … --model de_core_news_lg`; a path does too."
)
_OUTCOMES: Final = {"unchanged": "unchanged, not read again", "duplicate": "given twice"}
RATES: Final = ("gold", "found", "right", "precision", "recall", "F1")
FINDINGS: Final = {
    "failure": ("Texts that were not read", "red"),
    "trap": ("Traps: plain, though the gold forbids them", "red"),
    "wrong": ("Wrong: plain, but not in the gold", "red"),
    "miss": ("Missed: in the gold, but not plain", "yellow"),
    "status": ("Read with another status", "yellow"),
    "unread": ("Not plain in the gold, and not found", "yellow"),
    "qualifier": ("Times and qualifiers that differ", "yellow"),
    "reference": ("Names that should be one thing, or two", "yellow"),
}


def console(stderr: bool = False) -> Console:
    """A console for the standard output, or for the standard error."""
    out = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not out.is_terminal and "COLUMNS" not in os.environ:
        out.width = PIPED_WIDTH
    return out


def progress_bar(err: Console) -> Progress:
    """A bar with count, rate and time left, on the standard error; nothing where it is no terminal."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A spinner on the standard error while something takes its time; nothing where it is no terminal."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield
        return
    with err.status(what):
        yield


def show_report(out: Console, report: Report, graph: KnowledgeGraph) -> None:
    """What was built: counts, the strongest relations."""
    store = graph.store
    languages = ", ".join(f"{code} {number}" for code, number in report.languages.items())
    counts = plain_table("", "")
    counts.show_header = False
    counts.add_row("articles", f"{len(report.articles)}  ({languages})")
    for row in outcome_rows(report):
        counts.add_row(*row)
    if (stored := store.article_count()) != len(report.articles):
        counts.add_row("  in the store", str(stored))
    counts.add_row("entities", str(store.entity_count()))
    for status, number in store.status_counts().items():
        mark = "" if status in PLAIN else "  (kept apart: not a plain triple)"
        counts.add_row(f"{status} statements", Text(f"{number}{mark}"))
    counts.add_row("plain triples", str(len(graph)))
    if report.rejections:
        counts.add_row("rejected", f"{report.rejections}  (seen, but domain, range or direction forbid them)")
    out.print(counts)
    out.print()
    strongest = graph.strongest(STRONGEST)
    if strongest:
        _show_strongest(out, strongest)
        out.print()


def outcome_rows(report: Report) -> Iterator[tuple[str, str]]:
    """The rows of a table that tell what became of the sources; none where all were simply read."""
    if set(report.outcomes) - {"read"} or report.removed:
        for outcome, number in report.outcomes.items():
            yield f"  {_OUTCOMES.get(outcome, outcome)}", str(number)
        if report.removed:
            yield "  removed", f"{report.removed}  (no longer among the sources)"


def show_nothing_found(err: Console, report: Report) -> None:
    """Zero statements, in plain words."""
    err.print(Text(f"No statement was found in {len(report.articles)} article(s).", style="bold yellow"))
    err.print(
        "A statement needs two named things and one of the relations that the ontology teaches.\n"
        "  kg ontology list     the relations; kg ontology check shows how their examples were understood\n"
        "  kg extract 'TEXT'    what one sentence gives, and what was rejected for which reason\n"
        "  --ontology FILE.ttl  relations and names of your own",
        markup=False,
    )


def show_files(out: Console, files: Sequence[Path], page: Path) -> None:
    """The files that were written, and the one to open."""
    out.print(Text("written: " + ", ".join(map(str, files))), soft_wrap=True)
    out.print(Text.assemble(("open:    ", "bold"), (str(page), "bold cyan")), soft_wrap=True)


def show_part(part: str) -> None:
    """That a page shows only a part of the graph, and how to see others."""
    line = f"kg: the page shows {part}; to see others: kg view --focus NAME, or --most N"
    console(stderr=True).print(Text(line), soft_wrap=True)


def in_store(store: Path | str) -> str:
    """The option that names a store, where it is not the one that commands ask by themselves."""
    return "" if str(store) == str(DEFAULT_STORE) else f" --store {shlex.quote(str(store))}"


def show_next(out: Console, strongest: tuple[str, str, str], store: Path | str) -> None:
    """What to ask next: the sentences behind a relation, and its like."""
    where = in_store(store)
    explain = " ".join(shlex.quote(part) for part in strongest)
    out.print(Text.assemble(("why:     ", "bold"), f"kg explain {explain}{where}"), soft_wrap=True)
    sparql = f"SELECT ?who ?whom {{ ?who kg:{strongest[1]} ?whom }}"
    out.print(Text.assemble(("ask:     ", "bold"), f"kg query '{sparql}'{where}"), soft_wrap=True)


def show_result(out: Console, result: QueryResult) -> None:
    """The rows of a query as a table; a question's answer as one word."""
    if result.kind == "ask":
        out.print("yes" if result else "no")
        return
    table = plain_table(*result.columns)
    for row in result:
        table.add_row(*(Text(result.text(term)) for term in row))
    if result.rows:
        out.print(table)
    more = " (there are more)" if result.truncated else ""
    out.print(f"{len(result)} row{'' if len(result) == 1 else 's'}{more}", style="dim")


def show_explanations(out: Console, explanations: Sequence[Explanation]) -> None:
    """Each statement with its sentence, the words of subject, predicate and object marked."""
    for number, one in enumerate(explanations):
        if number:
            out.print()
        out.print(
            Text.assemble(
                (one.subject, _STYLES["subject"]),
                " ",
                (one.property, _STYLES["predicate"]),
                " ",
                (one.object, _STYLES["object"]),
                (f"   {one.status}", "" if one.status in PLAIN else "magenta"),
                f", confidence {one.confidence:.2f}",
                f", says {one.attributed_to}" if one.attributed_to else "",
            )
        )
        out.print(Padding(marked(one, plain=out.no_color or not out.is_terminal), (0, 0, 0, 2), expand=False))
        print_of = f"a print of {one.reprint_of}" if one.reprint_of else None
        source = (one.article_title, one.article_id, one.publisher, one.date, one.url, print_of)
        out.print(Text("  " + " · ".join(part for part in source if part), style="dim"), soft_wrap=True)
        if one.qualifiers:
            added = " · ".join(f"{kind}: {read}" for kind, read in one.qualifiers)
            out.print(Text(f"  {' '.join(added.split())}"), soft_wrap=True)
        if one.reasons:
            out.print(Text(f"  because: {'; '.join(one.reasons)}", style="dim"), soft_wrap=True)
    if told := told_by(explanations):
        out.print()
        out.print(told, style="dim")


def marked(one: Explanation, plain: bool) -> Text:
    """The quote with its words marked: by style, or as ``[s:…] [p:…] [o:…]`` where there is none."""
    text = Text()
    for words, role in quote_pieces(one):
        text.append(f"[{role[0]}:{words}]" if plain and role else words, style="" if plain else _STYLES.get(role, ""))
    return text


def show_extraction(out: Console, extraction: Extraction) -> None:
    """The statements of one text, then what was rejected."""
    labels = {entity.iri: entity.label for entity in extraction.entities}

    def name(iri: str | None) -> str:
        return labels.get(iri, iri) if iri else "?"

    table = plain_table("subject", "property", "object", "status", "confidence", "says", "when", "more")
    for s in extraction.statements:
        says = name(s.attributed_to) if s.attributed_to else ""
        more = "; ".join(f"{kind}: {read}" for kind, read in in_words(s, name) if kind != "time")
        row = (name(s.subject), s.property, name(s.object), s.status, f"{s.confidence:.2f}", says, s.event_time or "")
        table.add_row(*map(Text, (*row, more)))
    if extraction.statements:
        out.print(table)
    else:
        out.print("no statement found")
    for rejection in extraction.rejections:
        seen = f"{name(rejection.subject)} {rejection.property} {name(rejection.object)}"
        out.print(Text(f"rejected: {seen}: {rejection.reason}", style="dim"), soft_wrap=True)


def show_evaluation(out: Console, evaluation: Evaluation) -> None:
    """The scores, then every difference beside its sentence."""
    for kind, (heading, style) in FINDINGS.items():
        found = [finding for finding in evaluation.findings if finding.kind == kind]
        if found:
            out.print(Text(f"{heading} ({len(found)})", style=f"bold {style}"))
        for one in found:
            row = " ".join(part for part in (one.subject, one.property, one.object) if part)
            status = f" ({one.status})" if one.status else ""
            out.print(Text.assemble("  ", (row, "bold"), f"{status}: {one.reason}"), soft_wrap=True)
            sentence = f"{one.text}: {one.sentence}" if one.sentence else one.text
            out.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 4), expand=False))
    if evaluation.findings:
        out.print()
    rates = plain_table("", *RATES, numbers=1)
    for name, counts in evaluation.by_property.items():
        rates.add_row(name, *rate_cells(counts))
    rates.add_section()
    for name, counts in evaluation.by_language.items():
        rates.add_row(f"language {name}", *rate_cells(counts))
    rates.add_row("all plain triples", *rate_cells(evaluation.total), style="bold")
    out.print(rates)
    out.print()
    statuses = plain_table("status", "gold", "found", "with this status", "precision", "recall", "F1", numbers=1)
    for status, counted in evaluation.statuses.items():
        shares = _shares((counted.precision, counted.recall, counted.f1))
        statuses.add_row(status, str(counted.gold), str(counted.found), str(counted.right), *shares)
    out.print(statuses)
    out.print()
    if evaluation.qualifiers:
        added = plain_table("on statements that were found", "gold", "found", "right", "wrong", "missed", numbers=1)
        for name, score in evaluation.qualifiers.items():
            added.add_row(name, *map(str, (score.gold, score.found, score.right, score.wrong, score.missed)))
        out.print(added)
        out.print()
    reasons = plain_table("why plain statements were missed", "number", numbers=1)
    for cause, number in evaluation.reasons.items():
        reasons.add_row(cause, str(number))
    out.print(reasons)
    out.print()
    _show_confidence(out, evaluation)
    out.print()
    out.print(
        f"{evaluation.texts} texts; traps asserted: {evaluation.traps_asserted} of {evaluation.traps}; "
        f"pairs of names right: {evaluation.references_right} of {evaluation.references}"
    )


def _show_confidence(out: Console, evaluation: Evaluation) -> None:
    """Whether confidence keeps its promise, and what a least confidence leaves."""
    bins = plain_table("confidence", "triples", "stated", "seen precision", numbers=1)
    for b in evaluation.reliability:
        bins.add_row(f"{b.low:.2f} to {b.high:.2f}", str(b.triples), f"{b.stated:.2f}", f"{b.seen:.2f}")
    out.print(bins)
    if evaluation.calibration_error is not None:
        out.print(f"expected calibration error: {evaluation.calibration_error:.3f}")
    out.print()
    thresholds = plain_table("--min-confidence", *RATES, numbers=1)
    for least, counts in evaluation.thresholds.items():
        thresholds.add_row(least, *rate_cells(counts))
    out.print(thresholds)
    out.print()


def show_ontology(out: Console, ontology: Ontology, language: str) -> None:
    """The properties with what they relate and what they mean."""
    for name, prop in ontology.properties.items():
        ends = ", ".join(sorted(prop.domain)), ", ".join(sorted(prop.range))
        examples = Counter(pattern.language for pattern in prop.patterns)
        counted = ", ".join(f"{number} {code}" for code, number in sorted(examples.items()))
        label = prop.labels.get(language) or next(iter(prop.labels.values()), name)
        out.print(
            Text.assemble(
                (name, "bold"),
                f" “{label}”: {ends[0]} {'↔' if prop.symmetric else '→'} {ends[1]}  (examples: {counted})",
            ),
            soft_wrap=True,
        )
        meaning = prop.definitions.get(language) or next(iter(prop.definitions.values()), "")
        out.print(Padding(Text(meaning, style="dim"), (0, 0, 0, 4), expand=False))


def show_checks(out: Console, checks: Iterable[PatternCheck], failed_only: bool) -> list[tuple[str, str]]:
    """How each example sentence was understood, those that were not at the end.

    Returns:
        Property and language of those of which no example at all was understood.
    """
    good: list[PatternCheck] = []
    bad: list[PatternCheck] = []
    for check in checks:
        (bad if check.frame is None else good).append(check)
    for check in [*([] if failed_only else good), *bad]:
        sign = ("✓ ", "green") if check.frame is not None else ("✗ ", "red")
        out.print(Text.assemble(sign, (check.property, "bold"), f"  {check.text} @{check.language}"), soft_wrap=True)
        out.print(Text(f"    {check.frame or check.problem}", style="dim"), soft_wrap=True)
    out.print(f"{len(good)} of {len(good) + len(bad)} examples understood")
    known = {(check.property, check.language) for check in good}
    return sorted({(check.property, check.language) for check in bad} - known)


def show_models(out: Console, models: Sequence[Mapping[str, Any]]) -> None:
    """The pipelines at hand, with their scores in percent."""
    for model in models:
        kind = "bundled" if model["bundled"] else "installed"
        head = Text.assemble((model["language"], "bold"), "  ", (model["name"], "bold"), f"  ({kind})  {model['path']}")
        out.print(head, soft_wrap=True)
        if scores := ", ".join(f"{key} {100 * value:.1f}" for key, value in model["scores"].items()):
            out.print(Padding(Text(scores, style="dim"), (0, 0, 0, 4), expand=False))
    out.print(Text(OFFICIAL, style="dim"))


def _show_strongest(out: Console, strongest: Sequence[tuple[str, Mapping[str, Any], str]]) -> None:
    table = plain_table("strongest relations", "sentences", "confidence", numbers=1)
    for subject, edge, target in strongest:
        relation = Text.assemble((subject, "bold"), " ", edge["property"], " ", (target, "bold"))
        table.add_row(relation, str(edge["weight"]), f"{edge['confidence']:.2f}")
    out.print(table)


def plain_table(*columns: str, numbers: int | None = None) -> Table:
    """A table without lines; columns from ``numbers`` on are set right."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if numbers is None or number < numbers else "right", overflow="fold")
    return table


def rate_cells(counts: Score) -> tuple[str, ...]:
    """Counts and rates as the cells of a table with the columns of `RATES`."""
    rates = (counts.precision, counts.recall, counts.f1)
    numbers = (str(counts.gold), str(counts.predicted), str(counts.correct))
    return (*numbers, *_shares(rates))


def _shares(rates: Iterable[float | None]) -> tuple[str, ...]:
    return tuple("–" if rate is None else f"{rate:.2f}" for rate in rates)
