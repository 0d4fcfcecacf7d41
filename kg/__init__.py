"""A knowledge-graph builder for news: articles in, a graph one can trust out.

>>> import kg
>>> graph = kg.build(["seeds"])                                 # doctest: +SKIP
>>> graph.query("SELECT ?x { ?x kg:partnersWith entity:mts }")  # doctest: +SKIP

Everything is loaded when it is first used: ``import kg`` alone is quick.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.knowledge_graph import KnowledgeGraph
    from kg.records import Article, Entity, Evidence, Explanation, OpenTriple, Statement
    from kg.results import OpenTriples, Statements

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Entity",
    "Evidence",
    "Explanation",
    "KgError",
    "KnowledgeGraph",
    "OpenTriple",
    "OpenTriples",
    "Statement",
    "Statements",
    "__version__",
    "build",
    "extract",
    "open",
    "open_triples",
]

_HOMES: Final = {
    "Article": "kg.records",
    "Entity": "kg.records",
    "Evidence": "kg.records",
    "Explanation": "kg.records",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.knowledge_graph",
    "OpenTriple": "kg.records",
    "OpenTriples": "kg.results",
    "Statement": "kg.records",
    "Statements": "kg.results",
}


def build(
    paths_or_texts: Iterable[Path | str | Article] | Path | str | Article,
    *,
    store: Path | str | None = None,
    model: str | None = None,
    language: str | None = None,
    ontology: Sequence[Path | str] = (),
    aliases: Sequence[Path | str] | Path | str = (),
    with_open: bool = False,
    jobs: int | None = None,
) -> KnowledgeGraph:
    """Read articles into a graph.

    What cannot be read is warned about, what did not change is not read again: see ``graph.report``.

    Args:
        paths_or_texts: one or many: Paths; strings that name something existing, end like a readable file, are a
            pattern that matches something or an address; Articles; any other string is a text.
        store: folder of a store to add to, or address of an endpoint; by default a new graph in memory.
        model: name or path of a spaCy pipeline; by default the bundled ones.
        language: ISO 639-1 code to read all texts in; by default recognised for each text.
        ontology: Turtle files with relations and names of your own.
        aliases: files that say which names are one thing and which never are (see `kg.aliases`): CSV or SKOS.
        with_open: add every fact in the words of its sentence.
        jobs: processes that read; by default one for each core, or this one for few articles.

    Raises:
        KgError: nothing could be read, or the store cannot be written.
    """
    import warnings

    from kg import articles, pipeline
    from kg.knowledge_graph import KnowledgeGraph
    from kg.records import Article
    from kg.store import Store

    many = [paths_or_texts] if isinstance(paths_or_texts, str | Path | Article) else list(paths_or_texts)
    opened = Store.open(store)
    try:
        report = pipeline.build(
            articles.sources_of(many),
            store=opened,
            model=model,
            language=language,
            ontology_paths=ontology,
            alias_paths=[aliases] if isinstance(aliases, str | Path) else aliases,
            with_open=with_open,
            jobs=jobs,
        )
        if report.interrupted:
            raise KeyboardInterrupt
        unread = (*report.failures, *report.foreign)
        if unread and not report.articles:
            raise unread[0]
    except BaseException:
        opened.close()
        raise
    for failure in (*unread, *report.notices):
        warnings.warn(str(failure), stacklevel=2)
    return KnowledgeGraph(opened, report)


def extract(
    text: str,
    *,
    model: str | None = None,
    language: str | None = None,
    ontology: Sequence[Path | str] = (),
    aliases: Sequence[Path | str] | Path | str = (),
) -> Statements:
    """Read one text and give its statements of every status; arguments as for :func:`build`.

    >>> kg.extract("Huawei arbeitet mit MTS an 5G.")  # doctest: +SKIP
    Huawei partnersWith MTS (asserted, 0.95)

    Raises:
        KgError: the text is empty or in a language that no pipeline reads.
    """
    from kg.pipeline import extract_text
    from kg.results import Statements

    files = [aliases] if isinstance(aliases, str | Path) else aliases
    found = extract_text(text, model=model, language=language, ontology_paths=ontology, alias_paths=files)
    return Statements.of(found)


def open_triples(text: str, *, model: str | None = None, language: str | None = None) -> OpenTriples:
    """Every fact of a text in the words of its sentences, no ontology needed; arguments as for :func:`build`.

    >>> kg.open_triples("Marie Curie erhielt 1911 den Nobelpreis.")  # doctest: +SKIP
    1 | Marie Curie | erhielt | den Nobelpreis
    1 | Marie Curie | erhielt den Nobelpreis | 1911

    Raises:
        KgError: the text is empty or in a language that no pipeline reads.
    """
    from kg import articles, pipeline
    from kg.results import OpenTriples

    tools = pipeline.load_tools(model, language)
    return OpenTriples(pipeline.open_triples(articles.from_text(text), tools))


def open(path: Path | str, *, write: bool = False) -> KnowledgeGraph:
    """Open the graph in a store's folder, as ``kg build --store`` leaves it, or behind a SPARQL endpoint.

    Args:
        path: the folder, or the address of an endpoint (see `kg.store.Store.open`).
        write: hold the folder to change it. Else it is read as it is now, also while another process writes.

    Raises:
        KgError: there is none, it cannot be reached, or, for writing, another process holds it.
    """
    from kg.knowledge_graph import KnowledgeGraph
    from kg.store import Store

    return KnowledgeGraph(Store.open(path, read_only=not write))


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
