"""Options and helpers that several commands share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from kg import printing

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph

FIRST: Final = "reading the example sentences …"
INTERRUPTED: Final = 130  # exit code, as of a shell whose command was ended by Ctrl-C
STORE: Final = str(printing.DEFAULT_STORE)
Model = Annotated[
    str | None, typer.Option("--model", help="Name or path of a spaCy pipeline; by default a bundled one.")
]
Language = Annotated[str | None, typer.Option("--language", help="Read all texts as de or en; by default recognised.")]
OntologyFiles = Annotated[
    list[Path] | None, typer.Option("--ontology", help="Turtle file with relations and names of your own; repeatable.")
]
AliasFiles = Annotated[
    list[Path] | None,
    typer.Option("--aliases", help="CSV or SKOS file that says which names are one thing, which never; repeatable."),
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out statements that are less sure.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="Processes that read; by default one for each core, one for few articles."),
]
StorePath = Annotated[
    str, typer.Option("--store", help="Folder of the store, or address of a SPARQL endpoint.", show_default=True)
]


def examples(*commands: str) -> str:
    """The last lines of a command's help."""
    return "Examples:\n" + "\n".join(f"  [bold]{command}[/]" for command in commands)


def keep_to_one_thread() -> None:
    """To be called before NumPy is loaded: the models are small, and threads of several processes only wait."""
    os.environ.update({name: os.environ.get(name, "1") for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")})


def complain(message: str) -> None:
    """One line on the standard error."""
    printing.console(stderr=True).print(Text(f"kg: {message}"), soft_wrap=True)


@contextmanager
def open_graph(place: Path | str) -> Iterator[KnowledgeGraph]:
    """The graph in a store that must be there, for reading: also while a build writes to it."""
    from kg.knowledge_graph import KnowledgeGraph  # noqa: PLC0415 (heavy modules are imported inside the commands)
    from kg.store import Store  # noqa: PLC0415

    with KnowledgeGraph(Store.open(place, read_only=True)) as graph:
        yield graph
