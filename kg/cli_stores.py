"""The commands ``kg load``, ``kg dump`` and ``kg backup``: stores filled, written out and copied."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.text import Text

from kg import printing
from kg.cli_common import STORE, StorePath, examples
from kg.errors import StoreError

LOADING: Final = (
    "kg load graph.nq --store mine",
    "kg load a.nq.gz b.trig --store mine --replace",
    "kg load cities.ttl --graph https://example.org/cities",
)
DUMPING: Final = (
    "kg dump all.nq --store mine",
    "kg dump --sorted | sha256sum",
    "kg dump --store mine | kg load - --store http://localhost:7878/query",
)
SAVING: Final = ("kg backup saved/monday", "kg backup saved/remote --store http://localhost:7878/query")


def load(
    files: Annotated[list[str], typer.Argument(help="RDF files, also .gz; or - for standard input.")],
    store: StorePath = STORE,
    format: Annotated[
        str | None,
        typer.Option("--format", help="nq, nt, trig, ttl, n3, rdf or jsonld; by default what a name ends in."),
    ] = None,
    graph: Annotated[
        str | None, typer.Option("--graph", help="IRI of the graph for triples that are in none.", show_default=False)
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Articles of the files replace those of the same id.")
    ] = False,
) -> None:
    """Put RDF files into a store, which is made if it does not exist: all of them or none."""
    from kg import bulk, store_files  # noqa: PLC0415 (heavy modules are imported inside the commands)

    sizes = [Path(file).stat().st_size for file in files if Path(file).is_file()]
    with store_files.added_to(store) as opened, printing.progress_bar(printing.console(stderr=True)) as bar:
        task = bar.add_task("loading", total=sum(sizes) >> 20 if len(sizes) == len(files) else None, rate="")

        def step(quads: int, read: int) -> None:
            bar.update(task, completed=read >> 20, description=f"{quads:,} quads", rate="MiB")

        found = bulk.load(opened, files, format=format, graph=graph, replace=replace, progress=step)
        opened.renew_sources()
    articles = f", {len(found.articles):,} article(s) among them" if found.articles else ""
    printing.console().print(Text(f"loaded: {found.quads:,} quads{articles}"), soft_wrap=True)


def dump(
    file: Annotated[str, typer.Argument(help="File to write, or - for standard output.")] = "-",
    store: StorePath = STORE,
    ordered: Annotated[bool, typer.Option("--sorted", help="Sort the lines: equal stores, equal bytes.")] = False,
) -> None:
    """Write all that a store holds as N-Quads, which kg load makes the same store of."""
    from kg import bulk  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    with Store.open(store, read_only=True) as opened:
        if file == "-":
            bulk.dump(opened, sys.stdout.buffer, ordered=ordered)
            sys.stdout.buffer.flush()
            return
        target = Path(file)
        draft = target.with_name(f".{target.name}.part")
        try:
            with draft.open("wb") as out:
                bulk.dump(opened, out, ordered=ordered, folder=target.parent)
            draft.replace(target)
        except OSError as error:
            raise StoreError(f"the file cannot be written: {error.strerror or error}", path=target) from None
        finally:
            draft.unlink(missing_ok=True)
    printing.console().print(Text(f"written: {target}"), soft_wrap=True)


def backup(
    target: Annotated[Path, typer.Argument(help="Folder to make.", show_default=False)],
    store: StorePath = STORE,
) -> None:
    """Copy a store as it is now, also while a build writes to it; the copy of a folder is a store itself."""
    from kg import store_files  # noqa: PLC0415

    made = store_files.backup(store, target)
    printing.console().print(Text(f"written: {made}"), soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command, shown in ((load, LOADING), (dump, DUMPING), (backup, SAVING)):
        app.command(epilog=examples(*shown))(command)
