"""Time loading and six typical queries: python -m tests.benchmarks.queries [100000 1000000]

The graphs are that of seeds/, recombined to so many quads (`tests.benchmarks.recombined`). Three do the same work, all
in memory: ``graph.query`` with all that it does beside (checks, rows in a fixed order as rdflib's terms, warnings;
labels only when they are shown); pyoxigraph by itself, every cell of its rows read; and rdflib's memory store with
rdflib's engine, each of whose queries has a time limit. Printed are CPU seconds, as others may use the machine too: the
best of several runs that take turns, of rdflib the only one; the ratio of kg to pyoxigraph, and of rdflib to kg. Then,
by the clock, what a time limit costs: a process for each query.
"""

from __future__ import annotations

import argparse
import os
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import rdflib

from kg import pipeline
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import PREFIXES
from kg.store import Store
from tests.benchmarks.recombined import recombined
from tests.benchmarks.synthetic import SEEDS

SIZES: Final = (100_000, 1_000_000)
RUNS: Final = 7
QUERIES: Final = {
    "join of 2 hops": "SELECT ?who ?firm ?place { ?who kg:leads ?firm . ?firm kg:basedIn ?place }",
    "aggregation": """SELECT ?relation (COUNT(*) AS ?n) (AVG(?sure) AS ?mean) {
        GRAPH ?g { ?s rdf:predicate ?relation ; kg:confidence ?sure } } GROUP BY ?relation ORDER BY DESC(?n)""",
    "property path": "SELECT ?x { <%(hub)s> (kg:partnersWith|kg:owns|kg:supplies|kg:acquires)+ ?x }",
    "regex filter": """SELECT ?s ?quote {
        GRAPH ?g { ?s kg:evidence/oa:exact ?quote FILTER REGEX(?quote, "übern(ehm|omm)|acqui", "i") } }""",
    "evidence of a triple": """SELECT ?quote ?article ?sure { GRAPH ?g {
        ?s rdf:subject <%(subject)s> ; rdf:predicate <%(predicate)s> ; rdf:object <%(object)s> ;
            kg:evidence/oa:exact ?quote ; prov:wasDerivedFrom ?article ; kg:confidence ?sure } }""",
    "count by status": "SELECT ?status (COUNT(*) AS ?n) { GRAPH ?g { ?s kg:status ?status } } GROUP BY ?status",
}


def seeds_graph() -> list[str]:
    """The lines of the graph of seeds/, as ``kg build`` writes them."""
    with Store.open() as store:
        pipeline.build([str(SEEDS)], store=store)
        written = ox.serialize(sorted(store.quads(), key=str), format=ox.RdfFormat.N_QUADS) or b""
    return written.decode().splitlines()


def load_kg(path: Path) -> KnowledgeGraph:
    """The file in a store of kg, in memory."""
    from kg import bulk  # noqa: PLC0415

    store = Store.open()
    bulk.load(store, [path])
    return KnowledgeGraph(store)


def load_pyoxigraph(path: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return store


def load_rdflib(path: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(path, format="nquads")
    return dataset


def filled(store: ox.Store) -> dict[str, str]:
    """The queries with what they ask for: the firm with most partners, and the relation with most sentences."""
    most = "SELECT ?x { ?x kg:partnersWith ?y } GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1"
    best = """SELECT ?s ?p ?o { GRAPH ?g { ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }
        GROUP BY ?s ?p ?o ORDER BY DESC(COUNT(*)) ?s ?p ?o LIMIT 1"""
    ((hub,),) = bare(store, most)
    ((subject, predicate, value),) = bare(store, best)
    found = {"hub": hub.value, "subject": subject.value, "predicate": predicate.value, "object": value.value}
    return {name: query % found if "%(" in query else query for name, query in QUERIES.items()}


def bare(store: ox.Store, query: str) -> list[tuple[Any, ...]]:
    """The rows that pyoxigraph finds."""
    return [tuple(solution) for solution in store.query(query, prefixes=dict(PREFIXES))]  # type: ignore[union-attr]


def timed(work: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> tuple[float, Any]:
    start = clock()
    result = work()
    return clock() - start, result


def best(
    runs: int, *works: Callable[[], Any], clock: Callable[[], float] = time.process_time
) -> list[tuple[float, int]]:
    """The best time of each work and the length of its result; they take turns, so that noise meets all of them."""
    found = [(float("inf"), 0)] * len(works)
    for _ in range(runs):
        for place, work in enumerate(works):
            seconds, result = timed(work, clock)
            found[place] = min(found[place], (seconds, len(result)))
    return found


def within(seconds: float, work: Callable[[], Any]) -> tuple[float, int] | None:
    """How long a work takes in a process of its own, and the length of its result; None where it takes longer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            took, result = timed(work)
            os.write(writing, f"{took} {len(result)}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], seconds)
    answer = os.read(reading, 100).decode().split() if ready else []
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return (float(answer[0]), int(answer[1])) if answer else None


def with_rdflib(path: Path, queries: dict[str, str], limit: float) -> Iterator[tuple[float, int] | None]:
    """For the load and then each query: seconds and rows, or None for a query over the limit."""
    seconds, dataset = timed(lambda: load_rdflib(path))
    yield seconds, 0
    for query in queries.values():
        yield within(limit, lambda query=query: list(dataset.query(query, initNs=dict(PREFIXES))))


def measure(path: Path, limit: float, runs: int) -> None:
    """Print a line for the load and for each query."""
    (ours, _), (theirs, _) = best(1, lambda: load_kg(path), lambda: load_pyoxigraph(path))
    graph, store = load_kg(path), load_pyoxigraph(path)
    queries = filled(store)
    found = {
        name: best(runs, lambda query=query: graph.query(query), lambda query=query: bare(store, query))
        for name, query in queries.items()
    }
    limited = {
        name: best(
            runs, lambda q=query: graph.query(q), lambda q=query: graph.query(q, timeout=60), clock=time.perf_counter
        )
        for name, query in queries.items()
    }
    graph.close()
    slow = list(with_rdflib(path, queries, limit))
    line("", "rows", "kg, s", "pyoxigraph, s", "ratio", "rdflib, s", "kg is faster")
    show("load", None, ours, theirs, slow[0], limit)
    for (name, ((ours, rows), (theirs, bare_rows))), other in zip(found.items(), slow[1:], strict=True):
        if rows != bare_rows or (other is not None and other[1] != rows):
            raise AssertionError(f"{name}: {rows} rows, pyoxigraph {bare_rows}, rdflib {other}")
        show(name, rows, ours, theirs, other, limit)
    for name, ((free, _), (forked, _)) in limited.items():
        print(f"  with a time limit: {name:22}{1000 * free:9.1f} ms → {1000 * forked:9.1f} ms")


def show(
    name: str, rows: int | None, ours: float, theirs: float, other: tuple[float, int] | None, limit: float
) -> None:
    seconds = f"{other[0]:.3f}" if other else f"> {limit:g}"
    faster = f"{other[0] / ours:.0f} ×" if other else f"> {limit / ours:.0f} ×"
    line(
        name, "" if rows is None else str(rows), f"{ours:.4f}", f"{theirs:.4f}", f"{ours / theirs:.2f}", seconds, faster
    )


def line(*cells: str) -> None:
    print(f"{cells[0]:22}" + "".join(f"{cell:>15}" for cell in cells[1:]), flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.queries", description=__doc__.splitlines()[0])
    parser.add_argument("quads", nargs="*", type=int, default=list(SIZES), help="sizes of the graphs")
    parser.add_argument("--limit", type=float, default=120, help="seconds that rdflib gets for each query")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of kg and of pyoxigraph")
    given = parser.parse_args(arguments)
    seeds = seeds_graph()
    with tempfile.TemporaryDirectory() as folder:
        for quads in given.quads:
            path = Path(folder) / f"{quads}.nq"
            with path.open("w", encoding="utf-8") as file:
                count = sum(1 for one in recombined(seeds, quads) if file.write(one + "\n"))
            print(f"\n{count} quads, {path.stat().st_size / 1e6:.0f} MB of N-Quads")
            measure(path, given.limit, given.runs)
            path.unlink()
    usage = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\nmost memory of a process: {max(one.ru_maxrss for one in usage) // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
