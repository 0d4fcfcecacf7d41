"""Time kg validate and kg infer against what else could do it: python -m tests.benchmarks.reasoning [100000]

The graph is that of seeds/, recombined to so many quads (`tests.benchmarks.recombined`), in Oxigraph in memory. Printed
are sizes, CPU seconds of one run each, and how many times as long the others take: pySHACL with the same shapes
on rdflib's memory store; the rules as SPARQL updates run on Oxigraph until nothing is added; and, where they are
installed, `owlrl` and `reasonable`, which get only the plain triples, the classes and the axioms, no evidence, and know
more rules. Only kg keeps why each triple follows.
``--few`` leaves out what takes minutes.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import rdflib

from kg import inferred, pipeline
from kg.axioms import Rule, Step, rules
from kg.inference import closure
from kg.ontology import load_ontology, ontology_folder
from kg.store import Store
from kg.turtle import RDF_TYPE, read_facts, read_source, turtle_files
from kg.validation import validate
from tests.benchmarks.recombined import recombined
from tests.benchmarks.synthetic import SEEDS

QUADS: Final = 100_000
AXIOMS: Final = """
@prefix kg: <https://kg.example/ontology#> . @prefix schema: <https://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:subsidiaryOf owl:inverseOf kg:hasSubsidiary .
kg:acquires rdfs:subPropertyOf kg:owns .
kg:leads rdfs:subPropertyOf kg:worksFor .
kg:worksFor owl:equivalentProperty schema:worksFor .
kg:locatedIn a owl:TransitiveProperty .
kg:basedIn owl:propertyChainAxiom ( kg:basedIn kg:locatedIn ) .
kg:colleagueOf a owl:SymmetricProperty ; owl:propertyChainAxiom ( kg:worksFor [ owl:inverseOf kg:worksFor ] ) .
kg:Company rdfs:subClassOf schema:Corporation .
"""
"""Axioms of every kind that is understood, so that the figures do not hang on which the ontology has just now."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds that some work takes, and what comes of it."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def seeds_graph() -> list[str]:
    """The lines of the graph of seeds/, as ``kg build`` writes them."""
    with Store.open() as store:
        pipeline.build([str(SEEDS)], store=store)
        written = ox.serialize(sorted(store.quads(), key=str), format=ox.RdfFormat.N_QUADS) or b""
    return written.decode().splitlines()


def stored(lines: Sequence[str]) -> Store:
    """A store in memory with these quads."""
    store = Store.open()
    quads = list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    store.replace_graphs(tuple(graphs), quads)
    return store


def by_updates(store: Store, made: Sequence[Rule]) -> int:
    """The closure by SPARQL updates on Oxigraph; how many triples it adds."""
    data = ox.Store()
    data.bulk_extend(quad for quad in store.default_graph() if isinstance(quad.object, ox.NamedNode))
    start = len(data)

    def pattern(step: Step, here: str, there: str) -> str:
        if step.cls is not None:
            return f"{here} <{RDF_TYPE}> <{step.cls}> ."
        return f"{there} <{step.predicate}> {here} ." if step.backwards else f"{here} <{step.predicate}> {there} ."

    updates = []
    for rule in made:
        names = [f"?v{number}" for number in range(len(rule.steps) + 1)]
        body = " ".join(pattern(step, *names[at : at + 2]) for at, step in enumerate(rule.steps))
        updates.append(f"INSERT {{ {pattern(rule.conclusion, names[0], names[-1])} }} WHERE {{ {body} }}")
    before = -1
    while before != len(data):
        before = len(data)
        for update in updates:
            data.update(update)
    return len(data) - start


def plain_turtle(store: Store, axioms: Path, folder: Path) -> Path:
    """A Turtle file with the plain triples, the classes and the axioms."""
    triples = {ox.Triple(q.subject, q.predicate, q.object) for q in store.default_graph()}
    axiomatic = ("subClassOf", "subPropertyOf", "inverseOf", "equivalent", "propertyChain", "#first", "#rest", "#type")
    for path in (ontology_folder() / "news.ttl", axioms):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            if any(part in quad.predicate.value for part in axiomatic):
                triples.add(ox.Triple(quad.subject, quad.predicate, quad.object))
    file = folder / "plain.ttl"
    file.write_bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b"")
    return file


def by_owlrl(file: Path) -> int:
    """What owlrl adds to a Turtle file."""
    owlrl = importlib.import_module("owlrl")
    graph = rdflib.Graph().parse(file)
    start = len(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return len(graph) - start


def by_reasonable(file: Path) -> int:
    """What reasonable makes of a Turtle file."""
    reasoner = importlib.import_module("reasonable").PyReasoner()
    reasoner.load_file(str(file))
    return len(reasoner.reason())


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reasoning", description=__doc__.splitlines()[0])
    parser.add_argument("quads", nargs="?", type=int, default=QUADS, help="size of the graph")
    parser.add_argument("--few", action="store_true", help="leave out what takes minutes")
    given = parser.parse_args(arguments)
    store = stored(list(recombined(seeds_graph(), given.quads)))
    ontology = load_ontology()
    seconds, found = timed(lambda: validate(store, ontology))
    print(f"{len(store.quads())} quads, {len(store.default_graph())} in the default graph")
    print(f"kg validate               {seconds:8.2f} s   {found.rules} rules, {len(found.violations)} broken")
    if not given.few:
        slow, other = timed(lambda: validate(store, ontology, pyshacl=True))
        print(f"  pySHACL on rdflib       {slow:8.2f} s   {slow / seconds:6.1f} ×   {len(other.violations)} broken")
    with tempfile.TemporaryDirectory() as name:
        axioms = Path(name) / "axioms.ttl"
        axioms.write_text(AXIOMS, encoding="utf-8")
        seconds, made = timed(lambda: inferred.infer(store, [axioms]))
        print(
            f"kg infer                  {seconds:8.2f} s   {made.rules} rules, {made.triples} triples with their proofs"
        )
        known = rules(read_facts([read_source(path) for path in turtle_files([ontology_folder(), axioms])]))
        plain = plain_turtle(store, axioms, Path(name))
        others: dict[str, Callable[[], int]] = {
            "its closure alone": lambda: len(closure(inferred.stated(store), known)),
            "SPARQL updates": lambda: by_updates(store, known),
            "reasonable": lambda: by_reasonable(plain),
        }
        for title, work in (others | ({} if given.few else {"owlrl": lambda: by_owlrl(plain)})).items():
            try:
                slow, added = timed(work)
            except ImportError:
                print(f"  {title}: not installed")
            else:
                print(f"  {title:22}  {slow:8.2f} s   {slow / seconds:6.1f} ×   {added} triples")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
