"""A store brought up to date with its sources: what is new, what has changed, what is gone, and what that means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import articles, comparison, pipeline, told
from kg.comparison import Comparison
from kg.errors import KgError, Notice
from kg.records import Article
from kg.reports import Row
from kg.store import Store
from kg.versions import Noted, version_of_article


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did, or would do. Ids of articles stand in the order of their sources, removed ones sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]  # of another text or date, or read by another kg, with another ontology or options
    unchanged: int
    removed: tuple[str, ...]
    kept: tuple[str, ...]  # not among the sources, and kept because some of these could not be read
    failures: tuple[KgError, ...]
    comparison: Comparison  # what that changed in the graph; empty where nothing is done
    done: bool
    interrupted: bool = False

    def __repr__(self) -> str:
        counts = {"new": self.new, "changed": self.changed, "removed": self.removed, "failed": self.failures}
        told_of = ", ".join(f"{len(those)} {name}" for name, those in counts.items() if those)
        head = f"{told_of or 'nothing new'}, {self.unchanged} unchanged"
        return "\n".join([head, *([repr(self.comparison)] if self.comparison else [])])


@dataclass(slots=True)
class _Seen:
    """What the sources gave."""

    before: frozenset[str]
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    given: set[str] = field(default_factory=set)  # ids, whatever became of them
    blind: bool = False  # whether a source failed whose articles are not known

    def add(self, row: Row) -> None:
        if row.outcome == "notice":
            return  # the article itself follows
        if row.article is None:
            self.blind = True
            return
        self.given.add(row.article)
        if row.outcome == "unchanged":
            self.unchanged += 1
        elif row.outcome == "read":
            (self.changed if row.article in self.before else self.new).append(row.article)

    def update(self, failures: tuple[KgError, ...], *, prune: bool, done: bool) -> Update:
        """What this comes to; nothing is removed where it is not known what a source holds."""
        gone = tuple(sorted(self.before - self.given)) if prune else ()
        removed, kept = ((), gone) if self.blind else (gone, ())
        return Update(tuple(self.new), tuple(self.changed), self.unchanged, removed, kept, failures, Comparison(), done)


def update(
    store: Store,
    sources: Sequence[Path | str | Article],
    *,
    prune: bool = False,
    dry_run: bool = False,
    model: str | None = None,
    language: str | None = None,
    ontology_paths: Sequence[Path | str] = (),
    alias_paths: Sequence[Path | str] = (),
    min_confidence: float = 0.0,
    with_open: bool = False,
    jobs: int | None = None,
    progress: Callable[[pipeline.Step], None] | None = None,
) -> Update:
    """Add what is new among the sources, replace what has changed, and leave the rest as it is.

    Args:
        store: opened for writing, or for reading where nothing is to be done.
        sources: see :func:`kg.articles.read`; together all that the store shall have, where it is to be pruned.
        prune: remove every article that is not among the sources. None is removed where a source cannot be read, as
            nobody knows which articles it holds; an article that is there and cannot be read stays as it was.
        dry_run: only tell what would be read and removed.
        model, language, ontology_paths, alias_paths, min_confidence, with_open, jobs, progress: see
            :func:`kg.pipeline.build`. With other ones than before, every article counts as changed.

    Raises:
        OntologyError, ModelError: nothing can be read at all.
        StoreError: the store cannot be written.
    """
    seen = _Seen(frozenset(store.article_ids().values()))
    if dry_run:
        tools = pipeline.load_tools(model, language, ontology_paths, alias_paths)
        failures = _looked_at(store, sources, tools.version(), min_confidence, with_open, seen)
        return seen.update(failures, prune=prune, done=False)
    old, names = told.relations(store), told.every_label(store)
    report = pipeline.build(
        sources,
        store=store,
        model=model,
        language=language,
        ontology_paths=ontology_paths,
        alias_paths=alias_paths,
        min_confidence=min_confidence,
        with_open=with_open,
        jobs=jobs,
        progress=progress,
        rows=seen.add,
    )
    failures = (*report.failures, *report.foreign)
    found = seen.update(failures, prune=prune and not report.interrupted, done=True)
    if found.removed:
        store.remove(*found.removed)
        store.renew_sources()
    compared = comparison.differences(old, told.relations(store), lambda iris: _labels(store, names, iris))
    return replace(found, comparison=compared, interrupted=report.interrupted)


def _labels(store: Store, before: Mapping[str, str], iris: Iterable[str]) -> Mapping[str, str]:
    """What entities are called now; those that are gone, what they were called."""
    known = told.labels(store, iris)
    return {iri: label for iri in iris if (label := known.get(iri) or before.get(iri))}


def _looked_at(
    store: Store,
    sources: Sequence[Path | str | Article],
    tools: str,
    min_confidence: float,
    with_open: bool,
    seen: _Seen,
) -> tuple[KgError, ...]:
    """What a build would do with each source, by the versions alone; the sources that cannot be read."""
    failures = []
    for item in articles.read(sources):
        if isinstance(item, Notice):
            continue  # the article itself follows
        if isinstance(item, KgError):
            failures.append(item)
            seen.add(Row(None, item.path, "failed"))
        elif item.id not in seen.given:
            noted = Noted.parsed(store.version_of(item.id))
            version = version_of_article(item, tools, min_confidence, with_open)
            seen.add(Row(item.id, item.source, pipeline.outcome_of(item, noted, version)))
    return tuple(failures)
