"""The commands ``kg ontology new`` and ``kg ontology docs``, and the check list of ``kg ontology check``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.text import Text

from kg import printing
from kg.errors import InputError

TEMPLATE: Final = "templates/ontology.ttl"
SHOWN: Final = 12
"""Most pieces of advice that are printed one by one, unless all are asked for."""


def new(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a commented Turtle file to start from: a class, a relation and a name of your own.

    It works as it is, and is read with kg build --ontology FILE.
    """
    if file.is_dir():
        raise InputError("is a folder", path=file, hint=f"name the file: kg ontology new {file / 'my.ttl'}")
    if file.exists() and not force:
        raise InputError("is there already", path=file, hint="name another file, or write over it with --force")
    text = files("kg").joinpath(TEMPLATE).read_text(encoding="utf-8")
    try:
        file.write_text(text.replace("FILE", file.name), encoding="utf-8", newline="\n")
    except OSError as error:
        hint = "name a folder that can be written to"
        raise InputError(f"cannot be written: {error.strerror}", path=file, hint=hint) from None
    console = printing.console()
    console.print(Text(f"written: {file}"), soft_wrap=True)
    console.print(Text(f"next: kg ontology check {file}", style="dim"), soft_wrap=True)


def docs(
    out: Annotated[Path, typer.Option("--out", help="The page to write.")] = Path("ontology.html"),
    ontology: Annotated[
        list[Path] | None,
        typer.Option("--ontology", help="Turtle file of your own to show as well; repeatable.", show_default=False),
    ] = None,
) -> None:
    """Write a page of all classes and relations, with definitions, examples and counterparts elsewhere."""
    from kg import ontology_docs, views  # noqa: PLC0415 (heavy modules are imported inside the commands)
    from kg.ontology import load_ontology  # noqa: PLC0415

    load_ontology(ontology or ())  # a file that cannot be used is told with its place instead of being shown
    views.write(out, ontology_docs.page(ontology or ()))
    printing.show_files(printing.console(), [out], out)


def show_findings(paths: Sequence[Path], everything: bool) -> int:
    """Print what the rules of OWL 2 and the check list find in files of a user, or in what kg brings along.

    Args:
        paths: files of a user; without any, the bundled vocabulary is judged.
        everything: whether to print all advice, however much.

    Returns:
        How many of them are errors.
    """
    from kg.ontology_checks import check_ontology  # noqa: PLC0415 (heavy modules are imported inside the commands)

    console = printing.console()
    found = check_ontology(paths)
    grave = [finding for finding in found if finding.grave]
    advice = found[len(grave) :]
    shown = advice if everything else advice[:SHOWN] if paths else []
    for word, style, listed in (("error: ", "red", grave), ("advice: ", "yellow", shown)):
        for finding in listed:
            console.print(Text.assemble((word, style), str(finding)), soft_wrap=True)
    if len(shown) < len(advice):
        left = len(advice) - len(shown)
        console.print(Text(f"{left} more piece(s) of advice on the vocabulary: --all", style="dim"))
    return len(grave)
