"""The commands ``kg validate`` and ``kg infer``: whether a graph is as it should be, and what follows from it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.text import Text

from kg import printing
from kg.cli_common import STORE, StorePath, open_graph

if TYPE_CHECKING:
    from rich.console import Console

    from kg.inferred import Inference, Proof
    from kg.validation import Validation, Violation

SHOWN: Final = 100
PROOFS: Final = 10
"""Inferred triples that are explained where no property was asked for; an inverse of every relation is soon many."""
_VALUE: Final = 60  # letters of a value that are shown
_COUNTED: Final = (
    ("entities", "Entity"), ("articles", "Article"), ("statements", "Statement"), ("evidence", "Evidence"),
    ("mentions", "Mention"), ("qualifiers", "Qualifier"),
)  # fmt: skip


def validate(
    store: StorePath = STORE,
    shapes: Annotated[
        list[Path] | None, typer.Option("--shapes", help="Turtle file with SHACL shapes of your own; repeatable.")
    ] = None,
    ontology: Annotated[
        list[Path] | None,
        typer.Option("--ontology", help="Turtle file with relations; by default those it was built with. Repeatable."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Lines to show, 0 for all.")] = SHOWN,
    pyshacl: Annotated[bool, typer.Option("--pyshacl", help="Have pySHACL check every shape; much slower.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the graph against SHACL shapes: a line for each node that breaks a rule, and what to do.

    The exit code is 1 where a rule is broken.
    """
    with open_graph(store) as graph:
        found = graph.validate(shapes or (), ontology or (), pyshacl=pyshacl)
    if as_json:
        typer.echo(json.dumps(validation_as_dict(found), ensure_ascii=False, indent=1))
    else:
        show_validation(printing.console(), found, limit)
    if not found.conforms:
        raise typer.Exit(1)


def infer(
    store: StorePath = STORE,
    ontology: Annotated[
        list[Path] | None, typer.Option("--ontology", help="Turtle file with axioms of your own; repeatable.")
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Take out what was inferred, and infer nothing.")] = False,
) -> None:
    """Put what follows from the plain triples by the ontology's axioms into the graph kg:inferred.

    It replaces what was inferred before. Any change of the articles drops it; kg explain tells why a triple is there.
    """
    from kg import inferred  # noqa: PLC0415 (heavy modules are imported inside the commands)
    from kg.knowledge_graph import KnowledgeGraph  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415

    out = printing.console()
    with open_graph(store):  # one that is not there is not to be made
        pass
    with KnowledgeGraph(Store.open(store)) as graph:
        if drop:
            out.print(Text(f"{inferred.drop(graph.store)} inferred triples taken out"))
        else:
            show_inference(out, graph.infer(ontology or ()), store)


def validation_as_dict(found: Validation) -> dict[str, Any]:
    """A validation as JSON has it."""
    counts = {"quads": found.quads, "shapes": found.shapes, "rules": found.rules}
    broken = [asdict(violation) for violation in found.violations]
    return {"conforms": found.conforms, **counts, "by_pyshacl": list(found.by_pyshacl), "violations": broken}


def show_validation(out: Console, found: Validation, limit: int) -> None:
    """A line for each broken rule, and one of what was checked."""
    for violation in found.violations[: limit or None]:
        out.print(_line(violation), soft_wrap=True)
    from kg.shapes import SHAPE  # noqa: PLC0415

    checked = ", ".join(f"{found.nodes.get(SHAPE + shape, 0)} {name}" for name, shape in _COUNTED)
    by_pyshacl = f", {len(found.by_pyshacl)} of them by pySHACL" if found.by_pyshacl else ""
    what = f"{checked} in {found.quads} triples, {found.shapes} shapes{by_pyshacl}"
    if found.conforms:
        out.print(Text(f"conforms: {what}"), soft_wrap=True)
        return
    hidden = len(found.violations) - limit if limit else 0
    more = f" ({limit} shown, --limit 0 shows all)" if hidden > 0 else ""
    nodes = len({violation.focus for violation in found.violations})
    broken = f"does not conform: {len(found.violations)} broken rules at {nodes} nodes{more}"
    out.print(Text(f"{broken}; checked: {what}"), soft_wrap=True)


def _line(violation: Violation) -> Text:
    """Focus node, rule, and what to do."""
    from kg.sparql import curie  # noqa: PLC0415

    def short(term: str) -> str:
        bare = term.strip("<>")
        text = curie(bare) if "://" in bare and " " not in bare else term
        text = " ".join(text.split())
        return text if len(text) <= _VALUE else text[: _VALUE - 1] + "…"

    path = violation.path.removeprefix("^")
    turned = "^" if violation.path.startswith("^") else ""
    rule = " ".join(filter(None, (turned + short(path), f"sh:{violation.component}", short(violation.demand))))
    given = f"{short(violation.value)}: " if violation.value not in (None, violation.focus) else ""
    todo = " ".join((violation.message or "see the shape").split())
    severity = "" if violation.severity == "Violation" else f"{violation.severity.lower()}: "
    return Text.assemble((short(violation.focus), "bold"), "  ", (rule, "yellow"), "  ", severity, given, todo)


def show_inference(out: Console, found: Inference, store: Path | str) -> None:
    """What was inferred, by rule, and how to ask for it."""
    files = f" and {found.background} of the ontology's files" if found.background else ""
    out.print(Text(f"{found.triples} triples inferred from {found.facts} of the graph{files} by {found.rules} rules"))
    for rule, number in found.by_rule.items():
        out.print(Text(f"  {rule:10}{number:>8}"))
    if found.triples:
        ask = f"kg query 'SELECT ?s ?p ?o {{ GRAPH kg:inferred {{ ?s ?p ?o }} }}'{printing.in_store(store)}"
        out.print(Text(f"ask:  {ask}"), soft_wrap=True)


def show_proofs(out: Console, proofs: tuple[Proof, ...], limit: int | None = None) -> None:
    """Inferred triples with rule, axiom and premises, down to the sentences; no more than a limit."""
    for number, proof in enumerate(proofs[:limit]):
        if number:
            out.print()
        _show_proof(out, proof, 0)
    if (left := len(proofs[limit:])) and limit is not None:
        out.print(Text(f"\n{left} more inferred triples: name the property to see them", style="dim"), soft_wrap=True)


def _show_proof(out: Console, proof: Proof, depth: int) -> None:
    indent = "  " * depth
    head = Text.assemble(
        (proof.subject, "bold cyan"), " ", (proof.property, "bold yellow"), " ", (proof.object, "bold green"), "   "
    )
    if proof.rule is not None:
        out.print(Text.assemble(indent, head, (f"inferred by {proof.rule}", "magenta")), soft_wrap=True)
        out.print(Text(f"{indent}  {proof.axiom}", style="dim"), soft_wrap=True)
    elif proof.sentences:
        best = proof.sentences[0]
        more = f", {len(proof.sentences) - 1} more like it" if len(proof.sentences) > 1 else ""
        stated = f"{best.status}, confidence {best.confidence:.2f}{more}"
        out.print(Text.assemble(indent, head, stated), soft_wrap=True)
        quote = printing.marked(best, plain=out.no_color or not out.is_terminal)
        out.print(Text.assemble(indent, "  ", quote, f"  {best.article_id}"), soft_wrap=True)
    else:
        out.print(Text.assemble(indent, head, proof.source or "its class in the graph"), soft_wrap=True)
    for premise in proof.premises:
        _show_proof(out, premise, depth + 1)
