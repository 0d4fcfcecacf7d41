"""The road of one article: what reading needs, loaded once, and text in, statements out."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from kg import articles, propositions, statements
from kg.aliases import load_decided
from kg.analysis import Analyser, detect_language
from kg.clauses import clauses
from kg.entities import resolve
from kg.errors import KgError, ModelError, OntologyError, StoreError
from kg.fillers import ParsedSentence
from kg.frame_records import Frames
from kg.frames import compile_frames
from kg.misses import Trace
from kg.name_index import name_index
from kg.ontology import Gazetteer, Ontology, load_gazetteer, load_ontology
from kg.records import Analysis, Article, Extraction, OpenTriple, Rejection
from kg.trees import tree_of
from kg.versions import version_of_tools


@dataclass(frozen=True, slots=True)
class Tools:
    """All that reading needs, loaded: vocabulary, gazetteer, language pipeline and frames."""

    ontology: Ontology
    gazetteer: Gazetteer
    analyser: Analyser
    frames: Callable[[str], Frames]  # of a language
    version: Callable[[], str] = str  # of all this, see `kg.versions`


def load_tools(
    model: str | None = None,
    language: str | None = None,
    ontology_paths: Sequence[Path | str] = (),
    alias_paths: Sequence[Path | str] = (),
) -> Tools:
    """Load what reading needs; the same arguments give the same objects, once per process.

    Args:
        model: name or path of a spaCy pipeline; by default the bundled ones.
        language: ISO 639-1 code to read all texts in; by default recognised for each text.
        ontology_paths: Turtle files that add to the bundled vocabulary and gazetteer.
        alias_paths: files that say which names are one thing and which never are (see `kg.aliases`).

    Raises:
        OntologyError: one of the files cannot be used.
        ModelError: the pipeline is missing or lacks an annotation.
    """
    paths = tuple(Path(path) for path in ontology_paths)
    ontology = load_ontology(paths)
    gazetteer = load_decided(paths, tuple(map(Path, alias_paths)), ontology)
    analyser = _analyser(model, language)

    def frames(code: str) -> Frames:
        return _frames(ontology.digest, gazetteer.digest, paths, model, language, code)

    version = partial(version_of_tools, model, language, ontology.digest, gazetteer.digest)
    return Tools(ontology, gazetteer, analyser, frames, version)


@lru_cache(maxsize=4)
def _analyser(model: str | None, language: str | None) -> Analyser:
    return Analyser(model, language)


@lru_cache(maxsize=8)
def _frames(
    _ontology_digest: str,
    _gazetteer_digest: str,
    paths: tuple[Path, ...],
    model: str | None,
    language: str | None,
    code: str,
) -> Frames:
    # The digests are here so that frames are compiled anew when a file has changed.
    return compile_frames(load_ontology(paths), load_gazetteer(paths), _analyser(model, language), code)


def extract_article(article: Article, tools: Tools, min_confidence: float = 0.0, with_open: bool = False) -> Extraction:
    """Read one article.

    Args:
        article: what to read.
        tools: see :func:`load_tools`.
        min_confidence: statements below it (0 to 1) are kept as rejections only.
        with_open: add the open triples.

    Raises:
        LanguageError: no pipeline at hand reads its language.
    """
    analysis = _read(tools.analyser, article)
    found = statements.extract(analysis, tools.frames(analysis.language), tools.ontology, tools.gazetteer, with_open)
    weak = [statement for statement in found.statements if statement.confidence < min_confidence]
    if not weak:
        return found
    sentences = {(sentence.start, sentence.end): sentence.index for sentence in analysis.sentences}
    rejections = [
        Rejection(
            sentence=sentences.get((s.evidence.start, s.evidence.end), 0),
            start=s.evidence.start,
            end=s.evidence.end,
            property=s.property,
            reason=f"confidence {s.confidence:.2f} is below {min_confidence:.2f}",
            subject=s.subject,
            object=s.object,
        )
        for s in weak
    ]
    return replace(
        found,
        statements=tuple(statement for statement in found.statements if statement.confidence >= min_confidence),
        rejections=(*found.rejections, *rejections),
    )


def open_triples(article: Article, tools: Tools) -> tuple[OpenTriple, ...]:
    """The facts of an article in the words of its sentences; no frame is needed for them.

    Raises:
        LanguageError: no pipeline at hand reads its language.
    """
    analysis = _read(tools.analyser, article)
    named, spoken = statements.prepared(analysis, tools.ontology, tools.gazetteer)
    index = name_index(tools.gazetteer, analysis.language)
    parsed = [clauses(sentence, analysis.language) for sentence in named.sentences]
    return propositions.open_triples(named, parsed, resolve(named, spoken, index, tools.ontology).links)


def line_triples(lines: Sequence[str], tools: Tools) -> Iterator[tuple[int, OpenTriple]]:
    """The open triples of lines with one sentence each, and the number of their line from 1 on.

    Args:
        lines: see :func:`kg.articles.lines_of`; each is read by itself, in the language of them all.
        tools: see :func:`load_tools`.

    Raises:
        LanguageError: no pipeline at hand reads their language.
    """
    language = tools.analyser.language or detect_language("\n".join(lines))
    for number, line in enumerate(lines, start=1):
        if any(map(str.isalnum, line)):
            article = articles.from_text(line, language=language)
            for triple in open_triples(article, tools):
                yield number, triple


def trace_article(article: Article, tools: Tools) -> Trace:
    """The mentions and clauses that the statements of an article are made of; see :func:`extract_article`."""
    analysis = _read(tools.analyser, article)
    named, spoken = statements.prepared(analysis, tools.ontology, tools.gazetteer)
    parsed = tuple(ParsedSentence(tree_of(s), clauses(s, analysis.language)) for s in named.sentences)
    return Trace(spoken, parsed, tools.frames(analysis.language))


@lru_cache(maxsize=1)  # an evaluation asks for the clauses of the article that it has just read
def _read(analyser: Analyser, article: Article) -> Analysis:
    return analyser.read(article)


def extract_text(
    text: str,
    *,
    model: str | None = None,
    language: str | None = None,
    ontology_paths: Sequence[Path | str] = (),
    alias_paths: Sequence[Path | str] = (),
) -> Extraction:
    """Read one text; arguments as for :func:`load_tools`.

    Raises:
        InputError: the text is empty.
        LanguageError: no pipeline at hand reads its language.
    """
    return extract_article(articles.from_text(text), load_tools(model, language, ontology_paths, alias_paths))


def attempt(
    article: Article, tools: Tools, min_confidence: float = 0.0, with_open: bool = False
) -> Extraction | KgError:
    """Read one article; what goes wrong is given back, so that it can come from another process.

    A fault of kg itself is one of that article: it must not stop a run, but it must be seen.
    """
    try:
        return extract_article(article, tools, min_confidence, with_open)
    except (ModelError, OntologyError) as error:
        return error  # of no article: the next one would meet it as well
    except KgError as error:
        return placed(error, article)
    except Exception as error:
        return unforeseen(error, article)


def reader(
    model: str | None,
    language: str | None,
    ontology_paths: Sequence[Path | str],
    alias_paths: Sequence[Path | str],
    min_confidence: float,
    with_open: bool,
) -> Callable[[Article], Extraction | KgError]:
    """What reads articles in a process of its own; arguments as for `load_tools` and `extract_article`."""
    tools = load_tools(model, language, ontology_paths, alias_paths)
    return partial(attempt, tools=tools, min_confidence=min_confidence, with_open=with_open)


def placed(error: KgError, article: Article) -> KgError:
    """The error, with the article as its place where it names none; a store is no article."""
    if error.path is not None and not isinstance(error, StoreError):
        return error
    problem = error.problem if error.path is None else f"not written to {error.path}: {error.problem}"
    return type(error)(problem, path=article.source or f"article {article.id}", iri=error.iri, hint=error.hint)


def unforeseen(error: Exception, article: Article) -> KgError:
    """A fault of kg itself: one article must not stop the run, but it must be seen."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    problem = f"kg failed on this article: {type(error).__name__} in {place}: {error}"
    wrapped = KgError(problem, path=article.source or f"article {article.id}", hint="please report it with the text")
    wrapped.__cause__ = error
    return wrapped
