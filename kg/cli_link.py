"""The command ``kg link``: which things elsewhere the entities are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from kg import printing
from kg.cli_common import STORE, StorePath
from kg.errors import LinkError, StoreError

if TYPE_CHECKING:
    from kg.link_files import Decided, Decision
    from kg.link_sources import Source
    from kg.ontology import Ontology
    from kg.store import Store

THRESHOLD: Final = 0.97  # as `kg.linking.THRESHOLD`, which a test holds


def link(
    service: Annotated[
        str | None, typer.Option("--service", help="Address of a reconciliation service (API 0.2) to ask.")
    ] = None,
    sparql: Annotated[str | None, typer.Option("--sparql", help="Address of a SPARQL endpoint to ask.")] = None,
    dump: Annotated[Path | None, typer.Option("--dump", help="CSV (iri,label,aliases,types) or RDF file.")] = None,
    out: Annotated[Path, typer.Option("--out", help="Table of candidates; its decisions are read first.")] = Path(
        "links.csv"
    ),
    decisions: Annotated[
        list[Path] | None, typer.Option("--decisions", help="Another such table to take decisions from; repeatable.")
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0.0, max=1.0, help="How alike names must be for a link to be drawn.")
    ] = THRESHOLD,
    types: Annotated[
        list[str] | None, typer.Option("--type", help="CLASS=ID: a type elsewhere that is this class; repeatable.")
    ] = None,
    names: Annotated[list[str] | None, typer.Option("--name", help="Look only for this entity; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Look only for the most mentioned.")] = None,
    aliases: Annotated[
        list[Path] | None, typer.Option("--aliases", help="File that says which names are never one thing; repeatable.")
    ] = None,
    ontology: Annotated[
        list[Path] | None, typer.Option("--ontology", help="Turtle file with classes of your own; repeatable.")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1.0, help="Seconds to wait for an answer.")] = 30.0,
    store: StorePath = STORE,
) -> None:
    """Look for the entities elsewhere (Wikidata, an authority file …) and link those that are certain.

    A link is drawn where name and type agree and nothing else comes near. All candidates are written to a table: put
    same or different under decision, and run it again. What you decided is never changed; open takes it back. Only
    the address that you name is called.
    """
    from kg.export import replace
    from kg.link_files import written
    from kg.linking import Rules
    from kg.linking import link as linked
    from kg.ontology import load_ontology

    told = load_ontology(ontology or ())
    decided = _decided([*([out] if out.exists() else []), *(decisions or ())])
    by_class = _types(types or (), told)
    source = _source(service, sparql, dump, by_class, timeout)
    if source is None and not decided:
        hint = "give one of --service URL, --sparql URL, --dump FILE, or --decisions FILE"
        raise LinkError("there is nothing to look in and nothing decided", hint=hint)
    kinds = {ident: name for name, ident in by_class.items()}
    rules = Rules(told, threshold, kinds, _apart(aliases or (), ontology or ()))
    with _opened(store) as opened:
        wanted = [opened.find_entity(name) for name in names] if names else None
        result = linked(opened, source, rules, decided, wanted, limit)
        entities = {entity.iri: entity for entity in opened.entities()}
    replace({out: (written(result.candidates, entities),)})
    _show(result.asked, result.count("linked"), result.count("same"), result.count("open"), out)


def _opened(place: str) -> Store:
    """A store that must be there, for writing."""
    from kg.engines import is_address
    from kg.store import Store

    if not is_address(place) and not Path(place).is_dir():
        raise StoreError(
            "there is no store", path=place, hint="build one first: kg build PATH…; or name it: --store DIR"
        )
    return Store.open(place)


def _show(asked: int, drawn: int, decided: int, left: int, out: Path) -> None:
    console = printing.console()
    console.print(Text(f"{asked} entities looked for; links: {drawn} drawn, {decided} yours; {left} candidates open"))
    hint = f"decide on them in {out} (same or different), then run: kg link --out {out}"
    console.print(Text(f"written: {out}" + (f"; {hint}" if left else "")), soft_wrap=True)


def _source(
    service: str | None, sparql: str | None, dump: Path | None, types: dict[str, str], timeout: float
) -> Source | None:
    from kg.link_sources import Dump, Endpoint, Service

    if sum(given is not None for given in (service, sparql, dump)) > 1:
        raise typer.BadParameter("give only one of --service, --sparql and --dump")
    if service is not None:
        return Service(service, types, timeout)
    if sparql is not None:
        return Endpoint(sparql, timeout=timeout)
    return None if dump is None else Dump(dump)


def _decided(paths: list[Path]) -> Decided:
    from kg.link_files import read

    found: dict[tuple[str, str], tuple[Decision, str]] = {}
    for path in paths:
        for pair, (decision, place) in read(path).items():
            if found.get(pair, (decision, ""))[0] != decision:
                hint = "keep one of the two decisions"
                raise LinkError(f"{place} and {found[pair][1]} contradict each other", iri=pair[1], hint=hint)
            found[pair] = decision, place
    return found


def _types(given: list[str] | tuple[()], ontology: Ontology) -> dict[str, str]:
    found = {}
    for one in given:
        name, mark, ident = one.partition("=")
        if not mark or not ident:
            raise typer.BadParameter(f"'{one}' is not CLASS=ID, such as Company=Q4830453")
        if name not in ontology.classes:
            known = ", ".join(sorted(ontology.classes))
            raise LinkError(f"unknown class {name}", hint=f"known: {known}")
        found[name] = ident
    return found


def _apart(aliases: list[Path] | tuple[()], ontology: list[Path] | tuple[()]) -> dict[tuple[str, str], str]:
    from kg.alias_rows import is_turtle, read_rows
    from kg.ontology import load_gazetteer

    if not aliases:
        return {}
    rows = read_rows(aliases, load_gazetteer((*ontology, *filter(is_turtle, aliases))))
    return {(row.name, row.other): row.place for row in rows if not row.same}
