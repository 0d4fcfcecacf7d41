"""RDF files into a store and a store into RDF files, as a stream: what does not fit into memory does not have to.

A file that is not well-formed stops the load before anything is changed. Graphs of articles that come in
are followed by the default graph, as if the articles had been written one by one.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from kg import store_version
from kg.errors import InputError, StoreError
from kg.namespaces import ARTICLE, OPEN, STATEMENTS, graphs_of
from kg.rdf_streams import sorted_nquads
from kg.store import Store
from kg.terms import DEFAULT, value_of

STDIN: Final = "-"
STEP: Final = 20_000  # quads between two reports of progress: some ten a second
FORMATS: Final = {
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "n3": ox.RdfFormat.N3,
    "rdf": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Suffix → format of a file that can be loaded; a further ``.gz`` is unpacked on the way."""
Progress = Callable[[int, int], None]
"""Told now and then how many quads and how many bytes of the files were read."""


@dataclass(slots=True)
class Loaded:
    """What a load put in."""

    quads: int = 0  # as they stand in the files, equal ones too
    articles: set[str] = field(default_factory=set)  # IRIs of the articles whose graphs were among them
    at_default: bool = False


def load(
    store: Store,
    files: Sequence[Path | str],
    *,
    format: str | None = None,
    graph: str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Add RDF files to a store.

    A folder or a store in memory takes all files or none. An endpoint gets them in requests of some thousand quads,
    after all files were found to be well-formed; if one fails, loading them once more completes the work.
    `Store.renew_sources` should follow.

    Args:
        store: where they go.
        files: paths; ``-`` is standard input.
        format: one of `FORMATS`; by default what each file ends in.
        graph: IRI of the graph for triples that are in none; by default the default graph.
        replace: articles that the store has already give way to those of the same id in the files.
        progress: see `Progress`.

    Raises:
        InputError: a file cannot be read, or is not well-formed: it names the line.
        StoreError: an article is there already, the files come from another version of kg, or the store cannot be
            written.
    """
    with _sources(files, format) as sources:
        target = _graph(graph)
        known = store.article_ids()
        empty = not known and next(store.matching(), None) is None
        if not (empty and store.loads_whole):
            _check(store, _read(sources, target, Loaded(), None), known, replace)
        found = Loaded()
        store.load(_read(sources, target, found, progress))
        settled = empty and len(sources) == 1 and found.at_default  # a dump of a store: its default graph follows
        store.settle(() if settled else found.articles)
        return found


def _check(store: Store, quads: Iterable[ox.Quad], known: Mapping[str, str], replace: bool) -> None:
    """Read all files without a change; make room for the articles among them."""
    own = {graph: iri for iri, name in known.items() for graph in graphs_of(name)}
    graphs = {quad.graph_name for quad in quads}
    there = sorted({own[graph.value] for graph in graphs if isinstance(graph, ox.NamedNode) and graph.value in own})
    if there and not replace:
        more = f" (and {len(there) - 1} more)" if len(there) > 1 else ""
        problem = f"article {known[there[0]]}{more} of the files is in the store already, nothing was loaded"
        raise StoreError(problem, hint="load into a new store, or replace what is there with --replace")
    for iri in there:
        store.remove(known[iri])


def _read(
    sources: Sequence[tuple[str, IO[bytes], ox.RdfFormat]],
    target: ox.NamedNode | ox.DefaultGraph,
    found: Loaded,
    progress: Progress | None,
) -> Iterator[ox.Quad]:
    """The quads of all files, one by one; what they hold is noted on the way."""
    done = 0
    graphs: set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = set()
    for name, file, form in sources:
        file.seek(0)
        with _unpacked(name, file) as content:
            try:
                for quad in ox.parse(input=content, format=form, rename_blank_nodes=True):
                    if quad.graph_name == DEFAULT and target != DEFAULT:
                        quad = ox.Quad(quad.subject, quad.predicate, quad.object, target)  # noqa: PLW2901
                    if quad.graph_name not in graphs:
                        graphs.add(quad.graph_name)
                    if quad.graph_name == store_version.GRAPH:
                        store_version.check(value_of(quad), name)
                    found.quads += 1
                    if progress and found.quads % STEP == 0:
                        progress(found.quads, done + file.tell())
                    yield quad
            except SyntaxError as error:
                raise InputError(f"not well-formed: {_told(error)}", path=name, line=error.lineno) from None
            except (OSError, EOFError) as error:  # of the file itself, or of its packing
                raise InputError(f"cannot be read: {error}", path=name) from None
        done += file.tell()
        if progress:
            progress(found.quads, done)
    found.at_default = DEFAULT in graphs
    named = (graph.value for graph in graphs if isinstance(graph, ox.NamedNode))
    found.articles.update(iri for iri in named if iri.startswith(ARTICLE))


def _told(error: SyntaxError) -> str:
    """The parser's message without the place, which stands before it already."""
    message = str(error.msg)
    return message.partition(": ")[2] if message.startswith("Parser error at line") else message


@contextmanager
def _sources(files: Sequence[Path | str], format: str | None) -> Iterator[list[tuple[str, IO[bytes], ox.RdfFormat]]]:
    """The files, open; the standard input is kept in a file, since it may be read twice."""
    opened: list[tuple[str, IO[bytes], ox.RdfFormat]] = []
    try:
        for file in files:
            form = _format_of(file, format)
            opened.append((str(file), _open(file), form))
        yield opened
    finally:
        for _, content, _ in opened:
            content.close()


def _open(file: Path | str) -> IO[bytes]:
    if str(file) != STDIN:
        try:
            return Path(file).open("rb")
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", path=file) from None
    kept = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the other files)
    shutil.copyfileobj(sys.stdin.buffer, kept)
    return cast(IO[bytes], kept)


def _format_of(file: Path | str, format: str | None) -> ox.RdfFormat:
    suffixes = [suffix.removeprefix(".").casefold() for suffix in Path(file).suffixes]
    if suffixes and suffixes[-1] == "gz":
        suffixes.pop()
    name = format or (suffixes[-1] if suffixes else "nq" if str(file) == STDIN else "")
    if name not in FORMATS:
        problem = f"no format called '{name}'" if name else "no format can be told from the name"
        raise InputError(problem, path=file, hint=f"allowed: {', '.join(FORMATS)}; give one with --format")
    return FORMATS[name]


@contextmanager
def _unpacked(name: str, file: IO[bytes]) -> Iterator[IO[bytes]]:
    if name.casefold().endswith(".gz"):
        with gzip.open(file, "rb") as content:
            yield cast(IO[bytes], content)
    else:
        yield file


def _graph(iri: str | None) -> ox.NamedNode | ox.DefaultGraph:
    if iri is None:
        return DEFAULT
    try:
        found = ox.NamedNode(iri)
    except ValueError:
        raise InputError(f"'{iri}' is no IRI for a graph", hint="such as https://example.org/graph") from None
    if iri.startswith((ARTICLE, STATEMENTS, OPEN)):
        raise InputError("that graph belongs to an article", iri=iri, hint="name a graph of your own")
    return found


def dump(store: Store, out: IO[bytes], *, ordered: bool = False, folder: Path | None = None) -> None:
    """Write every quad of a store as N-Quads, with the mark of the store's version: `load` makes the same store of it.

    Args:
        store: what to write.
        out: where it goes.
        ordered: sorted by line, so that equal stores give equal bytes. Else the quads are written as they come.
        folder: where what is sorted lies meanwhile; by default among the system's temporary files.

    Raises:
        OSError: it cannot be written.
        StoreError: the store cannot be read to its end.
    """
    if ordered:
        out.writelines(sorted_nquads(store.matching(), folder))
    else:
        ox.serialize(store.matching(), out, format=ox.RdfFormat.N_QUADS)
