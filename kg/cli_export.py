"""The commands ``kg export`` and ``kg describe``: the graph for other programs, and what it is made of."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final, Literal

import typer
from rich.text import Text

from kg import printing
from kg.cli_common import STORE, StorePath, open_graph
from kg.formats import FORMATS, ending

FORMAT_LIST: Final = "Formats:\n" + "\n".join(f"  [bold]{name}[/]  {held}" for name, held in FORMATS.items())


def export(
    format: Annotated[
        Literal[
            "ttl",
            "nt",
            "rdf",
            "trig",
            "nq",
            "jsonld",
            "ttl12",
            "trig12",
            "nq12",
            "nanopub",
            "graphml",
            "gexf",
            "csv",
            "neo4j",
        ],
        typer.Option("--format", help="The format; they are told below."),
    ],
    out: Annotated[Path | None, typer.Option("--out", help="File to write; by default graph.FORMAT.")] = None,
    store: StorePath = STORE,
) -> None:
    """Write the whole graph for another program.

    Equal graphs give equal bytes, so that two exports can be compared: line by line as nq or nt.
    """
    with open_graph(store) as graph:
        files = graph.export(out or Path(f"graph.{ending(format)}"), format)
    printing.console().print(Text("written: " + ", ".join(map(str, files))), soft_wrap=True)


def describe(
    out: Annotated[Path | None, typer.Option("--out", help="File to write; by default the standard output.")] = None,
    format: Annotated[Literal["ttl", "nt", "rdf", "jsonld"], typer.Option("--format", help="How to write it.")] = "ttl",
    iri: Annotated[str | None, typer.Option("--iri", help="IRI of the dataset.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the dataset.")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="IRI of its licence.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the files of kg build are published.")] = None,
    store: StorePath = STORE,
) -> None:
    """Describe the graph as a dataset, in VoID and DCAT: counts, links, vocabulary, versions."""
    from kg import export as exports  # noqa: PLC0415 (heavy modules are imported inside the commands)

    with open_graph(store) as graph:
        written = graph.describe(format, iri=iri, title=title, licence=licence, url=url)
    if out is None:
        sys.stdout.write(written)
    else:
        exports.replace({out: (written.encode(),)})
        printing.console().print(Text(f"written: {out}"), soft_wrap=True)
