"""The commands ``kg remove``, ``kg update`` and ``kg status``: a graph as articles come, change and go."""

from __future__ import annotations

import json
import shlex
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg import newsroom_printing, printing
from kg.cli_common import (
    INTERRUPTED,
    STORE,
    AliasFiles,
    Jobs,
    Language,
    MinConfidence,
    Model,
    OntologyFiles,
    StorePath,
    complain,
    examples,
    keep_to_one_thread,
    open_graph,
)

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.removing import Removal
    from kg.store_status import StoreStatus
    from kg.updating import Update

REMOVING: Final = (
    "kg remove 2019-06-06-huawei --dry-run",
    "kg remove https://news.example/a1 --store mine",
    "kg remove '2019-*' --json",
)
UPDATING: Final = (
    "kg update articles/",
    "kg update articles/ --dry-run --prune",
    "kg update monday.jsonl --store mine --json",
)
LOOKING: Final = ("kg status", "kg status --store mine --ontology my.ttl", "kg status --json --exit-code")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")]


def remove(
    articles: Annotated[
        list[str], typer.Argument(help="Ids, URLs, patterns of these in quotes ('2019-*'), or titles.")
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    store: StorePath = STORE,
) -> None:
    """Take articles out of a store, with all that only they say: all of them or none.

    The exit code is 1, and nothing is removed, where no article is called so.
    """
    from kg.knowledge_graph import KnowledgeGraph  # noqa: PLC0415 (heavy modules are imported inside the commands)
    from kg.store import Store  # noqa: PLC0415

    with ExitStack() as opened:
        graph = opened.enter_context(open_graph(store))  # one that is not there is not to be made
        if not dry_run:
            graph = opened.enter_context(KnowledgeGraph(Store.open(store)))
        found = graph.remove(*articles, dry_run=dry_run)
    if as_json:
        typer.echo(json.dumps(removal_as_dict(found), ensure_ascii=False, indent=1))
    else:
        newsroom_printing.show_removal(printing.console(), found)
    if found.done:
        _tell_of_files(store)


def update(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input, as for kg build.")],
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove EVERY article of the store that is not among these sources.")
    ] = False,
    dry_run: DryRun = False,
    model: Model = None,
    language: Language = None,
    ontology: OntologyFiles = None,
    aliases: AliasFiles = None,
    min_confidence: MinConfidence = 0.0,
    open_: Annotated[
        bool, typer.Option("--open", help="Add every fact in the words of its sentence, as the store was built with.")
    ] = False,
    jobs: Jobs = None,
    as_json: AsJson = False,
    store: StorePath = STORE,
) -> None:
    """Bring a store up to date: new articles are added, changed ones replaced, unchanged ones left as they are.

    Tells what that changed in the graph; files such as graph.ttl are not written anew. Give the options that the store
    was built with: read with others, every article counts as changed. The exit code is 1 where no source could be read.
    """
    keep_to_one_thread()
    with open_graph(store):  # one that is not there is not to be made
        pass
    found = _updated(
        store,
        [Path(path) if path != "-" else path for path in paths],
        prune=prune,
        dry_run=dry_run,
        model=model,
        language=language,
        ontology_paths=ontology or (),
        alias_paths=aliases or (),
        min_confidence=min_confidence,
        with_open=open_,
        jobs=jobs,
    )
    if as_json:
        typer.echo(json.dumps(update_as_dict(found), ensure_ascii=False, indent=1))
    else:
        newsroom_printing.show_update(printing.console(), found)
    newsroom_printing.show_unread(printing.console(stderr=True), found)
    if found.done and (found.new or found.changed or found.removed):
        _tell_of_files(store)
    if found.interrupted:
        complain("interrupted; what was read is kept, and the same command goes on from there")
        raise typer.Exit(INTERRUPTED)
    if found.failures and not (found.new or found.changed or found.unchanged):
        complain("error: nothing could be read")
        raise typer.Exit(1)


def _updated(place: str, sources: list[Path | str], *, dry_run: bool, **options: Any) -> Update:  # noqa: ANN401
    """The update, with its progress; what was inferred is told to be gone."""
    from kg import inferred, run_printing, updating  # noqa: PLC0415 (heavy modules are imported inside the commands)
    from kg.store import Store  # noqa: PLC0415

    with Store.open(place, read_only=dry_run) as opened:
        had_inferred = inferred.is_there(opened)
        with run_printing.progress(printing.console(stderr=True)) as step:
            found = updating.update(opened, sources, dry_run=dry_run, progress=step, **options)
        if had_inferred and not inferred.is_there(opened):
            complain(f"what was inferred was dropped, as articles have changed: kg infer --store {place}")
    return found


def status(
    model: Model = None,
    ontology: OntologyFiles = None,
    as_json: AsJson = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if articles are stale or could not be read.")
    ] = False,
    store: StorePath = STORE,
) -> None:
    """Show what a store holds: articles, statements, how it was read, and what could not be read.

    Articles are stale that were read by another pipeline or with another ontology than those at hand: kg update reads
    them again. Give --model and --ontology as the store was built with them.
    """
    with open_graph(store) as graph:
        found = graph.status(model, ontology or ())
    if as_json:
        typer.echo(json.dumps(status_as_dict(found), ensure_ascii=False, indent=1))
    else:
        newsroom_printing.show_status(printing.console(), found)
    if exit_code and (found.stale or found.failures):
        raise typer.Exit(1)


def _tell_of_files(place: str) -> None:
    """That a page beside a store that has changed shows what it held before, and how to write it anew."""
    page = Path(place).parent / "graph.html"
    if page.exists():
        again = f"kg view --out {shlex.quote(str(page))}{printing.in_store(place)}"
        complain(f"{page} and the files beside it are as they were before: {again}, and kg export for the others")


def removal_as_dict(found: Removal) -> dict[str, Any]:
    """A removal as JSON has it."""
    return {
        "removed": found.done,
        "articles": [asdict(article) for article in found.articles],
        "statements": dict(found.statements),
        "relations": [dict(zip(("subject", "property", "object"), row, strict=True)) for row in found.relations],
        "entities": list(found.entities),
    }


def update_as_dict(found: Update) -> dict[str, Any]:
    """An update as JSON has it."""
    names = ("change", "subject", "property", "object", "before", "after")
    return {
        "done": found.done,
        "interrupted": found.interrupted,
        "new": list(found.new),
        "changed": list(found.changed),
        "unchanged": found.unchanged,
        "removed": list(found.removed),
        "kept": list(found.kept),
        "failures": [_failure(error) for error in found.failures],
        "relations": [dict(zip(names, row, strict=True)) for row in found.comparison.rows()],
    }


def _failure(error: KgError) -> dict[str, Any]:
    return {"source": error.path, "line": error.line, "problem": error.problem, "hint": error.hint}


def status_as_dict(found: StoreStatus) -> dict[str, Any]:
    """The status of a store as JSON has it."""
    return {**asdict(found), "stale": found.stale}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command, shown in ((remove, REMOVING), (update, UPDATING), (status, LOOKING)):
        app.command(epilog=examples(*shown))(command)
