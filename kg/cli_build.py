"""The command ``kg build``: articles in, a store and its files out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg import printing, run_printing
from kg.cli_common import (
    INTERRUPTED,
    AliasFiles,
    Jobs,
    Language,
    MinConfidence,
    Model,
    OntologyFiles,
    complain,
    keep_to_one_thread,
)

if TYPE_CHECKING:
    from kg.pipeline import Report
    from kg.store import Store
    from kg.store_files import Draft


def build(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files of any format read, folders, patterns, addresses, or - for standard input."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the graph's files.")] = Path("out"),
    store: Annotated[
        str | None,
        typer.Option("--store", help="Store to add to; by default OUT/store, which then holds these articles alone."),
    ] = None,
    model: Model = None,
    language: Language = None,
    ontology: OntologyFiles = None,
    aliases: AliasFiles = None,
    min_confidence: MinConfidence = 0.0,
    open_: Annotated[
        bool, typer.Option("--open", help="Add every fact in the words of its sentence, in graphs beside the main one.")
    ] = False,
    jobs: Jobs = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read unchanged articles anew too, and begin with an empty OUT/store.")
    ] = False,
    no_files: Annotated[
        bool, typer.Option("--no-files", help="Only fill the store; kg view and kg export write the files later.")
    ] = False,
) -> None:
    """Read articles into a graph and write it as graph.ttl, graph.nq, graph.graphml and graph.html.

    Articles that the store has in the same version, read with the same kg, ontology and options, are not read again:
    so a run that was ended, by Ctrl-C or by a power cut, goes on where it stopped. What became of each source stands
    in OUT/report.jsonl.
    """
    reading: dict[str, Any] = {
        "model": model,
        "language": language,
        "ontology_paths": ontology or (),
        "alias_paths": aliases or (),
        "min_confidence": min_confidence,
        "with_open": open_,
    }
    _run(paths, out, store, reading, jobs, fresh, not no_files)


def _run(
    paths: list[str], out: Path, store: str | None, reading: dict[str, Any], jobs: int | None, fresh: bool, files: bool
) -> None:
    keep_to_one_thread()
    from kg import inferred, pipeline  # noqa: PLC0415 (heavy modules are imported inside the commands)
    from kg.reports import FILE, RowFile  # noqa: PLC0415

    err = printing.console(stderr=True)
    with _opened(store, out, fresh) as draft:
        had_inferred = inferred.is_there(draft.store)
        with RowFile(out / FILE) as rows, run_printing.progress(err) as step:
            report = pipeline.build(
                paths,
                store=draft.store,
                progress=step,
                jobs=jobs,
                exactly=store is None,
                fresh=fresh,
                rows=rows.write,
                **reading,
            )
        unfinished = report.interrupted and draft.replaces
        if report.articles and not unfinished:
            _finish(report, draft.store, out, store or out / "store", files)
            if had_inferred and not inferred.is_there(draft.store):
                complain(f"what was inferred was dropped, as articles have changed: kg infer --store {store}")
        draft.done = not report.interrupted
        run_printing.show_failures(err, report, out / FILE)
    if report.articles and not report.statements and not unfinished:
        printing.show_nothing_found(err, report)
    if report.interrupted:
        goes_on = "; the last graph is as it was, and the same command goes on from there" if unfinished else ""
        complain(f"interrupted; {len(report.articles)} article(s) were read and kept{goes_on}")
        raise typer.Exit(INTERRUPTED)
    if not report.articles:
        complain("error: nothing could be built")
        raise typer.Exit(1)


@contextmanager
def _opened(store: str | None, out: Path, fresh: bool) -> Iterator[Draft]:
    """The store to add to, or the draft of one that takes the place of the last."""
    from kg.store import Store  # noqa: PLC0415
    from kg.store_files import Draft, new_store  # noqa: PLC0415

    if store is None:
        with new_store(out, fresh=fresh) as draft:
            yield draft
    else:
        with Store.open(store) as opened:
            yield Draft(opened)


def _finish(report: Report, store: Store, out: Path, place: Path | str, files: bool) -> None:
    """Print what was built and write the files."""
    from kg import export  # noqa: PLC0415
    from kg.knowledge_graph import KnowledgeGraph  # noqa: PLC0415

    console = printing.console()
    if not files:
        run_printing.show_counts(console, report)
        return
    graph = KnowledgeGraph(store)
    printing.show_report(console, report, graph)
    written = list(export.write_bundle(store, out))
    page = out / "graph.html"
    graph.view(page, told=printing.show_part)
    if best := graph.strongest(1):
        subject, edge, target = best[0]
        printing.show_next(console, (subject, str(edge["property"]), target), place)
    printing.show_files(console, [*written, page], page)
