"""The command line: arguments → one library call → printing.

Heavy modules are imported inside the commands, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.text import Text
from typer.core import TyperGroup

from kg import (
    __version__,
    cli_build,
    cli_comparison,
    cli_entities,
    cli_evaluate,
    cli_export,
    cli_link,
    cli_newsroom,
    cli_ontology,
    cli_query,
    cli_reasoning,
    cli_stores,
    cli_triples,
    printing,
)
from kg.cli_common import (
    FIRST,
    INTERRUPTED,
    STORE,
    AliasFiles,
    Language,
    MinConfidence,
    Model,
    OntologyFiles,
    StorePath,
)
from kg.cli_common import complain as _complain
from kg.cli_common import examples as _examples
from kg.cli_common import open_graph as _graph
from kg.errors import InputError, KgError, OntologyError, UnknownNameError

WILDCARDS: Final = ("any", "-", "*")


class _Commands(TyperGroup):
    """Commands that fail with one line on the standard error."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (its class lies in a private module)
        try:
            return super().invoke(ctx)
        except KgError as error:
            _complain(f"error: {error}")
            for note in getattr(error, "__notes__", ()):
                printing.console(stderr=True).print(Text(note), soft_wrap=True)
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            _complain("interrupted; what was written before is kept")
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    help="News articles in, a knowledge graph one can trust out.",
    epilog="Start with: [bold]kg build seeds --out out[/], then open out/graph.html.",
)
ontology_app = typer.Typer(
    no_args_is_help=True,
    help="The relations: which there are, how their examples were read.",
    epilog=_examples("kg ontology list", "kg ontology check my.ttl"),
)
app.add_typer(ontology_app, name="ontology")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Print the version.", callback=_version)
    ] = False,
) -> None:
    pass


app.command(
    epilog=_examples(
        "kg build seeds",
        "kg build 'crawl/**/*.html' dump.zip --aliases names.csv",
        "kg build archive --jobs 8",
        "cat a.txt | kg build -",
    )
)(cli_build.build)


app.command(epilog=_examples(*cli_query.EXAMPLES))(cli_query.query)


@app.command(epilog=_examples("kg explain Huawei partnersWith MTS", "kg explain any leads China", "kg explain Huawei"))
def explain(
    subject: Annotated[str, typer.Argument(help="A name, or any.")],
    property: Annotated[str, typer.Argument(help="A property, or any.")] = "any",
    object: Annotated[str, typer.Argument(help="A name, or any.")] = "any",
    store: StorePath = STORE,
) -> None:
    """Show every sentence behind a triple, with the words that say it; of an inferred one, rule and premises."""
    from kg.results import Explanations

    with _graph(store) as graph:
        asked = [None if name in WILDCARDS else name for name in (subject, property, object)]
        proofs = graph.proofs(*asked)
        try:
            found = graph.explain(*asked)
        except UnknownNameError:
            if not proofs:  # else it is a property that no article states, as that of classes
                raise
            found = Explanations(())
    if not found and not proofs:
        raise KgError(
            f"no statement says {subject} {property} {object}",
            hint=f"ask more widely: kg explain {shlex.quote(subject if asked[0] else object)}",
        )
    out = printing.console()
    printing.show_explanations(out, found)
    if found and proofs:
        out.print()
    cli_reasoning.show_proofs(out, proofs, cli_reasoning.PROOFS if asked[1] is None else None)


app.command(epilog=_examples("kg entities out --type Company", "kg entities --merges", "kg entities --template"))(
    cli_entities.entities
)


app.command(epilog=_examples("kg validate", "kg validate --shapes my.ttl --limit 0", "kg validate --json"))(
    cli_reasoning.validate
)
app.command(epilog=_examples("kg infer", "kg infer --ontology my.ttl", "kg infer --drop"))(cli_reasoning.infer)
cli_stores.register(app)
cli_newsroom.register(app)
cli_comparison.register(app)


@app.command(epilog=_examples("kg view", "kg view --focus Huawei --hops 2 --out huawei.html"))
def view(
    focus: Annotated[str | None, typer.Option("--focus", help="Show only what is near this name.")] = None,
    hops: Annotated[int, typer.Option("--hops", min=1, help="How near, in steps.")] = 1,
    relations: Annotated[
        list[str] | None, typer.Option("--relation", help="Show only this property; repeatable.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Show open triples too, if the store has any.")] = False,
    most: Annotated[
        int, typer.Option("--most", min=0, help="Without --focus, only so many names, the best connected; 0 for all.")
    ] = 5000,
    out: Annotated[Path, typer.Option("--out", help="The page to write.")] = Path("graph.html"),
    store: StorePath = STORE,
) -> None:
    """Write the graph, or a part of it, as a page that works without a network."""
    with _graph(store) as graph:
        names = relations or None
        graph.view(out, focus=focus, hops=hops, relations=names, open_triples=open_, most=most, told=printing.show_part)
    printing.show_files(printing.console(), [out], out)


app.command(
    epilog=_examples("kg export --format trig --out news.trig", "kg export --format csv --out tables")
    + f"\n\n{cli_export.FORMAT_LIST}"
)(cli_export.export)

app.command(epilog=_examples("kg describe", "kg describe --iri https://example.org/news --out void.ttl"))(
    cli_export.describe
)


app.command(
    epilog=_examples(
        "kg link --dump authority.csv",
        "kg link --service https://wikidata.reconci.link/en/api --type Company=Q4830453 --limit 50",
        "kg link --sparql https://example.org/sparql --out links.csv",
        "kg link --out links.csv",
    )
)(cli_link.link)


@app.command(epilog=_examples("kg extract 'Huawei arbeitet mit MTS an 5G.'", "kg extract - < article.txt"))
def extract(
    text: Annotated[str, typer.Argument(help="A text, or - for standard input.")],
    model: Model = None,
    language: Language = None,
    ontology: OntologyFiles = None,
    aliases: AliasFiles = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Print the statements of one text, and what was rejected for which reason."""
    from kg import articles, pipeline

    given = sys.stdin.read() if text == "-" else text
    if not given.strip():
        raise InputError("the text is empty", hint="give a sentence, or - for standard input")
    with printing.waiting(FIRST):
        tools = pipeline.load_tools(model, language, ontology or (), aliases or ())
        found = pipeline.extract_article(articles.from_text(given), tools, min_confidence)
    printing.show_extraction(printing.console(), found)


app.command(
    epilog=_examples(
        "kg triples article.txt", "kg triples - --lines --language en --format tsv < sentences.txt > triples.tsv"
    )
)(cli_triples.triples)


app.command(
    epilog=_examples("kg evaluate seeds/gold", "kg evaluate my.gold.toml --json", "kg evaluate tests/open --open")
)(cli_evaluate.evaluate)


@ontology_app.command("check", epilog=_examples("kg ontology check", "kg ontology check my.ttl --failed"))
def ontology_check(
    files: Annotated[list[Path] | None, typer.Argument(help="Turtle files of your own.")] = None,
    model: Model = None,
    language: Language = None,
    failed: Annotated[bool, typer.Option("--failed", help="Show only what was not understood.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print all advice on the vocabulary.")] = False,
) -> None:
    """Show how each example sentence was understood, and what the vocabulary lacks; with files, only what they add.

    Fails where a relation has examples in a language and not one of them was understood, or where OWL 2 forbids what
    a file says; advice, such as on missing definitions, is no failure.
    """
    from kg import pipeline
    from kg.models import bundled
    from kg.ontology import load_ontology

    tools = pipeline.load_tools(model, language, files or ())
    codes = [language] if language else sorted(bundled())
    with printing.waiting(FIRST):
        checks = [check for code in codes for check in tools.frames(code).checks]
    if files:
        ours = {pattern for prop in load_ontology().properties.values() for pattern in prop.patterns}
        known = {(pattern.property, pattern.text, pattern.language) for pattern in ours}
        checks = [check for check in checks if (check.property, check.text, check.language) not in known]
    unread = printing.show_checks(printing.console(), checks, failed)
    if unread:
        named = ", ".join(f"{name} ({code})" for name, code in unread)
        raise OntologyError(f"no example understood for {named}", hint="word it as a short full sentence")
    if errors := cli_ontology.show_findings(files or (), everything):
        raise OntologyError(f"{errors} thing(s) in the vocabulary cannot stay so", hint="they are listed above")


ontology_app.command("new", epilog=_examples("kg ontology new my.ttl"))(cli_ontology.new)
ontology_app.command("docs", epilog=_examples("kg ontology docs", "kg ontology docs --ontology my.ttl --out my.html"))(
    cli_ontology.docs
)


@ontology_app.command("list", epilog=_examples("kg ontology list", "kg ontology list my.ttl --language en"))
def ontology_list(
    files: Annotated[list[Path] | None, typer.Argument(help="Turtle files of your own.")] = None,
    language: Annotated[str, typer.Option("--language", help="Language of the definitions.")] = "de",
) -> None:
    """List the relations: what they relate and when they hold."""
    from kg.ontology import load_ontology

    printing.show_ontology(printing.console(), load_ontology(files or ()), language)


@app.command(epilog=_examples("kg models", "kg models --json"))
def models(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the language pipelines at hand, with their scores."""
    from kg.models import at_hand

    found = list(at_hand())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        printing.show_models(printing.console(), found)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
