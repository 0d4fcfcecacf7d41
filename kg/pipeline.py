"""The one place where the floors are put together: articles in, a filled store out."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

from kg import articles, statements, workers
from kg.analysis import Analyser
from kg.errors import KgError, LanguageError, ModelError, Notice, OntologyError, StoreError, StoreUnwritableError
from kg.namespaces import article_iri
from kg.reading import (
    Tools,
    attempt,
    extract_article,
    extract_text,
    line_triples,
    load_tools,
    open_triples,
    placed,
    trace_article,
    unforeseen,
)
from kg.records import Article, Extraction
from kg.reports import Outcome, Report, Row, Tally, failures_of, place_of
from kg.store import Store
from kg.versions import Noted, version_of_article

__all__ = [
    "Analyser",
    "Report",
    "Step",
    "Tools",
    "build",
    "extract_article",
    "extract_text",
    "line_triples",
    "load_tools",
    "open_triples",
    "statements",
    "trace_article",
]

SHORTEST: Final = 3
"""Words below which an article is not read: the shortest statements have "Apple kauft Intel", „Nokia-Chef Suri“."""
LIMIT: Final = 300.0
"""Seconds for one article; those of seeds/ take 0.1, and 100,000 words about a minute."""
FEW: Final = 40
"""Articles that are read in this process unless it is told otherwise: others take four seconds to be ready."""
_HELD: Final = 1000  # sources that are looked at ahead to see whether they are few
_REFUSED: Final = 3  # articles that a store refuses one after the other before it is the store's fault


@dataclass(frozen=True, slots=True)
class Step:
    """One article further: what a progress display needs."""

    done: int
    total: int | None  # None where the sources cannot be counted beforehand
    article: str  # id, or the source of what could not be read
    statements: int
    outcome: Outcome = "read"


@dataclass(frozen=True, slots=True)
class _Task:
    """A source, and what is known of it before it is read."""

    item: Article | KgError
    outcome: Outcome = "read"
    version: str = ""
    noted: Noted | None = None


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
    jobs: int | None = None,
    exactly: bool = False,
    fresh: bool = False,
    rows: Callable[[Row], None] | None = None,
) -> Report:
    """Read articles into a store; an article that is there already is replaced.

    An article that the store has in the same version, read by the same tools with the same options, is left as it is.
    One that fails is reported and the others go on; each is written as a whole or not at all, in reading order.
    Ctrl-C ends the run early with a report of what is done.

    Args:
        sources: see :func:`kg.articles.read`.
        store: where the graph goes.
        model, language, ontology_paths, alias_paths: see :func:`load_tools`.
        min_confidence, with_open: see :func:`extract_article`.
        progress: called after every article.
        jobs: processes that read; 1 for this one alone. By default one for each core, and this one for few articles.
        exactly: the store shall hold these sources and nothing else: articles that are not among them are removed.
        fresh: read anew what is unchanged too.
        rows: called with what became of every source, in their order.

    Raises:
        OntologyError, ModelError: nothing can be read at all.
        StoreUnwritableError: nothing can be written, as on a full disk; what was written before is kept.
    """
    reading = (model, language, ontology_paths, alias_paths)
    run = _Run(store, min_confidence, with_open, exactly, fresh)
    try:
        run.tools = load_tools(*reading)
        run.before = dict(store.article_ids()) if exactly else {}
        total = articles.count(sources) if progress else None
        call = ("kg.reading:reader", (*reading, min_confidence, with_open))
        with closing(_read(run.tasks(articles.read(sources)), run, call, jobs)) as read:
            for done, (task, found) in enumerate(read, start=1):
                _tell(run.settle(task, found), done, total, rows, progress)
        if exactly:
            run.prune()
    except KeyboardInterrupt:
        run.tally.interrupted = True
    except StoreUnwritableError as error:
        error.add_note(
            f"{len(run.tally.articles):,} article(s) were read and kept; the same command goes on from there"
        )
        raise
    run.end()
    return run.tally.report()


def _tell(
    row: Row, done: int, total: int | None, rows: Callable[[Row], None] | None, progress: Callable[[Step], None] | None
) -> None:
    if rows:
        rows(row)
    if progress:
        progress(Step(done, total, row.article or row.source or "", row.statements, row.outcome))


def _read(
    tasks: Iterator[tuple[_Task, Article | None]], run: _Run, call: workers.Call, jobs: int | None
) -> Generator[tuple[_Task, Any], None, None]:
    """The tasks with what was read; in other processes where that is asked for, or pays."""
    held: list[tuple[_Task, Article | None]] = []
    enough, work = (FEW if jobs is None else jobs), 0
    number = workers.cores() if jobs is None else jobs
    if number > 1:
        while work < enough and len(held) < _HELD and (task := next(tasks, None)) is not None:
            held.append(task)
            work += task[1] is not None
    everything = chain(held, tasks)
    if number > 1 and work >= enough:
        return workers.in_order(everything, call, number, LIMIT)
    return workers.one_by_one(everything, run.attempt, LIMIT)


@dataclass(slots=True)
class _Run:
    """A store that is filled, and the tally of it."""

    store: Store
    min_confidence: float
    with_open: bool
    exactly: bool
    fresh: bool
    tools: Tools = field(init=False)
    tally: Tally = field(default_factory=Tally)
    refused: int = 0
    before: dict[str, str] = field(default_factory=dict)  # IRI → id of the articles that may have to go
    mended: set[str] = field(default_factory=set)

    def attempt(self, article: Article) -> Extraction | KgError:
        return attempt(article, self.tools, self.min_confidence, self.with_open)

    def tasks(self, items: Iterable[Article | KgError]) -> Iterator[tuple[_Task, Article | None]]:
        """What is to be done with each source, and the article if that is to be read."""
        version = self.tools.version()
        known = set() if self.exactly else {failure.source for failure in self.store.failures()}
        seen: set[str] = set()
        for item in items:
            if isinstance(item, KgError):
                yield _Task(item, "notice" if isinstance(item, Notice) else "failed"), None
            elif item.id in seen:
                yield _Task(item, "duplicate"), None
            else:
                seen.add(item.id)
                self.mended |= known & {item.source, f"article {item.id}"}
                yield self.task(item, version_of_article(item, version, self.min_confidence, self.with_open))

    def task(self, article: Article, version: str) -> tuple[_Task, Article | None]:
        noted = Noted.parsed(self.store.version_of(article.id))
        outcome = outcome_of(article, noted, version, fresh=self.fresh)
        known = noted if outcome == "unchanged" else None
        return _Task(article, outcome, version, known), article if outcome == "read" else None

    def settle(self, task: _Task, found: Extraction | KgError | None) -> Row:
        """Write what was read, and count what became of a source."""
        item, tally = task.item, self.tally
        if isinstance(item, KgError):
            return tally.lacks(None, place_of(item) or None, task.outcome, item)
        if task.noted is not None:
            return tally.has(item.id, item.source, "unchanged", task.noted)
        if task.outcome == "duplicate":
            return tally.lacks(item.id, item.source, "duplicate")
        if task.outcome == "too short":
            return tally.lacks(item.id, item.source, "too short", KgError(f"it has fewer than {SHORTEST} words"))
        result = self.write(found, task.version) if isinstance(found, Extraction) else found
        if isinstance(result, ModelError | OntologyError):
            raise result  # the next article would meet it as well
        if isinstance(result, KgError):
            outcome: Outcome = "unknown language" if isinstance(result, LanguageError) else "failed"
            return tally.lacks(item.id, item.source, outcome, placed(result, item))
        return tally.has(item.id, item.source, "read", cast(Noted, result))

    def write(self, found: Extraction, version: str) -> Noted | KgError:
        noted = Noted.of(version, found)
        try:
            if self.exactly:
                self.make_room(found.article.id)
            self.store.write(found, self.tools.ontology, str(noted))
        except StoreUnwritableError:
            raise
        except KgError as error:
            self.refused += isinstance(error, StoreError)
            if self.refused >= _REFUSED and not self.tally.articles:
                raise
            return placed(error, found.article)
        except Exception as error:
            return unforeseen(error, found.article)
        return noted

    def make_room(self, article_id: str) -> None:
        """Remove an article of an earlier run whose id is another with the same IRI."""
        other = self.before.get(article_iri(article_id), article_id)
        if other != article_id and other not in self.tally.articles:
            self.store.remove(other)
            del self.before[article_iri(article_id)]

    def prune(self) -> None:
        """Remove what the store had before and what is not among the sources."""
        for article_id in sorted(self.before.values()):
            if article_id not in self.tally.articles:
                self.store.remove(article_id)
                self.tally.removed += 1

    def end(self) -> None:
        """Note what failed, and count independent sources anew."""
        try:
            self.note_failures()
            self.store.renew_sources()
        except StoreUnwritableError:
            raise
        except StoreError as error:  # it must not hide what became of the articles
            self.tally.failures.append(error)

    def note_failures(self) -> None:
        """Keep what could not be read in the store, in place of what is known of the same sources."""
        new = failures_of(self.tally.report().failures)
        if new or self.mended or (self.exactly and self.store.failures()):
            every = self.exactly and not self.tally.interrupted
            self.store.write_failures(new, None if every else self.mended)


def outcome_of(article: Article, noted: Noted | None, version: str, *, fresh: bool = False) -> Outcome:
    """What a run does with an article, by what the store noted of it: read it, or leave it."""
    if noted is None and _is_too_short(article):
        return "too short"
    return "unchanged" if noted is not None and noted.version == version and not fresh else "read"


def _is_too_short(article: Article) -> bool:
    """Whether an article has too few words to say anything of two things."""
    words = re.finditer(r"\w+", article.text)
    return sum(1 for _ in zip(words, range(SHORTEST), strict=False)) < SHORTEST
