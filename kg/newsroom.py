"""What a newsroom does with a graph from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg import conflicts, removing, since, store_status
from kg.conflicts import Conflicts
from kg.records import Article
from kg.removing import Removal
from kg.since import Developments
from kg.store import Store
from kg.store_status import StoreStatus

if TYPE_CHECKING:
    from kg.updating import Update


class Newsroom:
    """The part of `kg.knowledge_graph.KnowledgeGraph` that follows articles as they come, change and go."""

    _store: Store

    def remove(self, *names: str, dry_run: bool = False) -> Removal:
        """Take articles out, with all that only they say: all of them or none.

        The graph must be open for writing: ``kg.open(place, write=True)``, unless nothing is to be done.

        Args:
            names: ids, URLs, patterns of these ("2019-*"), or titles.
            dry_run: only tell what would go.

        Raises:
            UnknownNameError: no article is called so; it suggests near names, and nothing is removed.
            StoreError: the store cannot be written.
        """
        return removing.remove(self._store, names, dry_run=dry_run)

    def since(self, first: date | str, last: date | str | None = None) -> Developments:
        """What the articles of some days tell that those before them did not (see `kg.since.since`).

        Args:
            first: the first day, as a date or in ISO 8601.
            last: the last day; by default all that follow.

        Raises:
            KgError: it is no day.
        """
        days = [
            since.day_of(day, last=number == 1) if isinstance(day, str) else day
            for number, day in enumerate((first, last))
        ]
        assert days[0] is not None
        return since.since(self._store, days[0], days[1])

    def conflicts(self, ontology: Sequence[Path | str] = ()) -> Conflicts:
        """Where articles contradict each other, the weightiest first (see `kg.contradictions`).

        Args:
            ontology: Turtle files that say what must agree, beside the bundled ones (see `kg.expectations`).

        Raises:
            OntologyError: a file cannot be read.
        """
        return conflicts.conflicts(self._store, [Path(path) for path in ontology])

    def update(
        self,
        *sources: Path | str | Article,
        prune: bool = False,
        dry_run: bool = False,
        model: str | None = None,
        language: str | None = None,
        ontology: Sequence[Path | str] = (),
        aliases: Sequence[Path | str] = (),
        with_open: bool = False,
        jobs: int | None = None,
    ) -> Update:
        """Bring the graph up to date with its sources: new articles added, changed ones replaced, the others left.

        The graph must be open for writing: ``kg.open(place, write=True)``, unless nothing is to be done.

        Args:
            sources: Paths, texts and Articles, as for `kg.build`.
            prune: remove every article that is not among the sources (see `kg.updating.update`).
            dry_run: only tell what would be read and removed.
            model, language, ontology, aliases, with_open, jobs: as for `kg.build`. Give the same as then: with others,
                every article counts as changed.

        Raises:
            KgError: nothing can be read at all, or the store cannot be written.
        """
        from kg import articles, updating  # noqa: PLC0415 (spaCy takes a while to load, and most uses never read)

        return updating.update(
            self._store,
            articles.sources_of(sources),
            prune=prune,
            dry_run=dry_run,
            model=model,
            language=language,
            ontology_paths=ontology,
            alias_paths=aliases,
            with_open=with_open,
            jobs=jobs,
        )

    def status(self, model: str | None = None, ontology: Sequence[Path | str] = ()) -> StoreStatus:
        """What the graph holds, how its articles were read, and what could not be read.

        Args:
            model: the pipeline that articles are to be read with; by default the bundled ones.
            ontology: Turtle files that they are to be read with, beside the bundled ones.

        Raises:
            OntologyError: a file cannot be read.
        """
        return store_status.status(self._store, self._store.place, model, [Path(path) for path in ontology])
