"""How the command line shows the queries that have names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from kg.query_files import Parameter, QueryFile


def show_queries(out: Console, queries: Sequence[QueryFile], language: str) -> None:
    """Each query with its title, what it tells, and its parameters."""
    for query in queries:
        out.print(Text.assemble((query.name, "bold"), f"  {query.titles.get(language, '')}"), soft_wrap=True)
        out.print(Padding(Text(query.descriptions.get(language, ""), style="dim"), (0, 0, 0, 4), expand=False))
        for parameter in query.parameters:
            told = Text.assemble((f"{parameter.name}=", "cyan"), f"{_kind(parameter)}: {parameter.meanings[language]}")
            out.print(Padding(told, (0, 0, 0, 4), expand=False))
    out.print(Text("kg query NAME --bind PARAMETER=VALUE asks one, kg query NAME --show prints it", style="dim"))


def _kind(parameter: Parameter) -> str:
    if parameter.required:
        return f"{parameter.kind}, required"
    return parameter.kind if parameter.default is None else f"{parameter.kind}, by default {parameter.default}"
