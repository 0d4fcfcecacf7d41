"""The one place where the floors are put together: articles in, a filled store out."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
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
from kg.records import Analysis, Article, Extraction, OpenTriple, Rejection, Status
from kg.store import Store
from kg.trees import tree_of


@dataclass(frozen=True, slots=True)
class Step:
    """One article further: what a progress display needs."""

    done: int
    total: int | None  # None where the sources cannot be counted beforehand
    article: str  # id, or the source of what could not be read
    statements: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. Ids are in reading order."""

    articles: tuple[str, ...]  # ids of the articles now in the store
    empty: tuple[str, ...]  # ids of those among them that gave no statement
    skipped: tuple[str, ...]  # ids of articles that were given twice
    failures: tuple[KgError, ...]
    statements: Mapping[Status, int]
    rejections: int
    languages: Mapping[str, int]  # articles by language
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """All that reading needs, loaded: vocabulary, gazetteer, language pipeline and frames."""

    ontology: Ontology
    gazetteer: Gazetteer
    analyser: Analyser
    frames: Callable[[str], Frames]  # of a language


@dataclass(slots=True)
class _Tally:
    written: dict[str, int] = field(default_factory=dict)  # article id → number of statements
    skipped: list[str] = field(default_factory=list)
    failures: list[KgError] = field(default_factory=list)
    statements: Counter[Status] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    rejections: int = 0
    interrupted: bool = False


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

    return Tools(ontology, gazetteer, analyser, frames)


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


def build(
    sources: Sequence[Path | str | Article],
    *,
    store: Store,
    model: str | None = None,
    language: str | None = None,
    ontology_paths: Sequence[Path | str] = (),
    alias_paths: Sequence[Path | str] = (),
    min_confidence: float = 0.0,
    with_open: bool = False,
    progress: Callable[[Step], None] | None = None,
) -> Report:
    """Read articles into a store; an article that is there already is replaced.

    An article that fails is reported and the others go on; each is written as a whole or not at
    all. Ctrl-C ends the run early with a report of what is done.

    Args:
        sources: see :func:`kg.articles.read`.
        store: where the graph goes.
        model, language, ontology_paths, alias_paths: see :func:`load_tools`.
        min_confidence, with_open: see :func:`extract_article`.
        progress: called after every article.

    Raises:
        OntologyError, ModelError: nothing can be read at all.
    """
    tally = _Tally()
    try:
        tools = load_tools(model, language, ontology_paths, alias_paths)
        total = articles.count(sources) if progress else None
        for done, item in enumerate(articles.read(sources), start=1):
            made = _build_one(item, store, tools, min_confidence, with_open, tally)
            if progress:
                name = item.id if isinstance(item, Article) else item.path or ""
                progress(Step(done, total, name, made))
    except KeyboardInterrupt:
        tally.interrupted = True
    return Report(
        articles=tuple(tally.written),
        empty=tuple(name for name, made in tally.written.items() if not made),
        skipped=tuple(tally.skipped),
        failures=tuple(tally.failures),
        statements=dict(sorted(tally.statements.items())),
        rejections=tally.rejections,
        languages=dict(sorted(tally.languages.items())),
        interrupted=tally.interrupted,
    )


def _build_one(
    item: Article | KgError, store: Store, tools: Tools, min_confidence: float, with_open: bool, tally: _Tally
) -> int:
    """Read and write one article; the number of its statements."""
    if isinstance(item, KgError):
        tally.failures.append(item)
        return 0
    if item.id in tally.written:
        tally.skipped.append(item.id)
        return 0
    try:
        found = extract_article(item, tools, min_confidence, with_open)
        store.write(found, tools.ontology)
    except (ModelError, OntologyError):
        raise  # the next article would meet it as well
    except KgError as error:
        tally.failures.append(_placed(error, item))
        return 0
    except Exception as error:
        tally.failures.append(_unforeseen(error, item))
        return 0
    tally.written[item.id] = len(found.statements)
    tally.statements.update(statement.status for statement in found.statements)
    tally.languages[found.language] += 1
    tally.rejections += len(found.rejections)
    return len(found.statements)


def _placed(error: KgError, article: Article) -> KgError:
    """The error, with the article as its place where it names none; a store is no article."""
    if error.path is not None and not isinstance(error, StoreError):
        return error
    problem = error.problem if error.path is None else f"not written to {error.path}: {error.problem}"
    return type(error)(problem, path=article.source or f"article {article.id}", iri=error.iri, hint=error.hint)


def _unforeseen(error: Exception, article: Article) -> KgError:
    """A fault of kg itself: one article must not stop the run, but it must be seen."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    problem = f"kg failed on this article: {type(error).__name__} in {place}: {error}"
    wrapped = KgError(problem, path=article.source or f"article {article.id}", hint="please report it with the text")
    wrapped.__cause__ = error
    return wrapped
