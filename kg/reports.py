"""What became of every source of a run: counted, and written line by line as it happens."""

from __future__ import annotations

import html
import json
import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self, get_args

from kg.errors import KgError, StoreUnwritableError
from kg.records import PLAIN, STATUSES, Failure, Status
from kg.versions import Noted

Outcome = Literal["read", "unchanged", "duplicate", "too short", "unknown language", "failed", "notice"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""``unchanged``: in the store in the same version already; ``duplicate``: given twice in one run; ``notice``: something
said of an article was left out, such as a date that nobody can read, or something beside it in a folder or archive."""
KEPT: Final = 1000
"""Failures that a report keeps word for word; of more it has the number, and report.jsonl the words."""
FILE: Final = "report.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one source."""

    article: str | None  # id; None where there is no article
    source: str | None  # path, or path:line
    outcome: Outcome
    statements: int = 0
    plain: int = 0  # of those, the ones that became plain triples
    language: str | None = None
    problem: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. Ids are in reading order."""

    articles: tuple[str, ...]  # ids of the articles now in the store, read or unchanged
    empty: tuple[str, ...]  # ids of those among them that gave no statement
    skipped: tuple[str, ...]  # ids of articles that were given twice
    failures: tuple[KgError, ...]  # at most `KEPT`
    statements: Mapping[Status, int]  # of all articles
    rejections: int
    languages: Mapping[str, int]  # articles by language
    outcomes: Mapping[Outcome, int]  # how many sources there were of each, in their order
    interrupted: bool = False
    foreign: tuple[KgError, ...] = ()  # articles in a language that is not read, at most `KEPT`
    notices: tuple[KgError, ...] = ()  # what was left out of articles that were read, at most `KEPT`
    removed: int = 0  # articles that are no longer among the sources

    def __repr__(self) -> str:
        counts = ", ".join(f"{number:,} {outcome}" for outcome, number in self.outcomes.items()) or "nothing"
        lines = [f"{counts}; {sum(self.statements.values()):,} statements"]
        return "\n".join([*lines, *(str(failure) for failure in self.failures[:10])])

    def _repr_html_(self) -> str:
        counts = [*self.outcomes.items(), *((f"{status} statements", n) for status, n in self.statements.items())]
        rows = "".join(f"<tr><td>{html.escape(name)}</td><td>{number:,}</td></tr>" for name, number in counts)
        failed = "".join(f"<li>{html.escape(str(failure))}</li>" for failure in self.failures[:10])
        return f"<table>{rows}</table><ul>{failed}</ul>" if failed else f"<table>{rows}</table>"


@dataclass(slots=True)
class Tally:
    """A report in the making."""

    articles: dict[str, bool] = field(default_factory=dict)  # id → whether it gave a statement
    skipped: list[str] = field(default_factory=list)
    failures: list[KgError] = field(default_factory=list)
    foreign: list[KgError] = field(default_factory=list)
    notices: list[KgError] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    statements: Counter[Status] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    rejections: int = 0
    interrupted: bool = False
    removed: int = 0

    def has(self, article: str, source: str | None, outcome: Outcome, noted: Noted) -> Row:
        """Count an article that is in the store."""
        number = sum(noted.statements.values())
        self.articles[article] = number > 0
        self.outcomes[outcome] += 1
        self.statements.update(noted.statements)
        self.languages[noted.language] += 1
        self.rejections += noted.rejections
        plain = sum(count for status, count in noted.statements.items() if status in PLAIN)
        return Row(article, source, outcome, number, plain, noted.language)

    def lacks(self, article: str | None, source: str | None, outcome: Outcome, error: KgError | None = None) -> Row:
        """Count a source that gave no article, and why."""
        self.outcomes[outcome] += 1
        if outcome == "duplicate" and article is not None:
            self.skipped.append(article)
        if error is None:
            return Row(article, source, outcome)
        kept = {"unknown language": self.foreign, "notice": self.notices}.get(outcome, self.failures)
        if outcome != "too short" and len(kept) < KEPT:
            kept.append(error)
        return Row(article, source, outcome, problem=error.problem, hint=error.hint)

    def report(self) -> Report:
        """What was counted so far."""
        return Report(
            articles=tuple(self.articles),
            empty=tuple(name for name, found in self.articles.items() if not found),
            skipped=tuple(self.skipped),
            failures=tuple(self.failures),
            statements={status: self.statements[status] for status in sorted(STATUSES) if self.statements[status]},
            rejections=self.rejections,
            languages=dict(sorted(self.languages.items())),
            interrupted=self.interrupted,
            outcomes={outcome: self.outcomes[outcome] for outcome in OUTCOMES if self.outcomes[outcome]},
            foreign=tuple(self.foreign),
            notices=tuple(self.notices),
            removed=self.removed,
        )


def failures_of(errors: tuple[KgError, ...]) -> tuple[Failure, ...]:
    """Errors as a store notes them."""
    return tuple(Failure(place_of(error), error.problem, error.hint) for error in errors)


def place_of(error: KgError) -> str:
    """Where an error stands: "news.jsonl:3"."""
    place = error.path or ""
    return f"{place}:{error.line}" if error.line is not None else place


class RowFile:
    """``report.jsonl``: one line for each source as it happens, whole lines only. A context manager.

    Raises:
        StoreUnwritableError: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=0)  # each line goes out in one piece
        except OSError as error:
            raise self._unwritten(error) from None

    def write(self, row: Row) -> None:
        """Add a line."""
        line = json.dumps(asdict(row), ensure_ascii=False) + "\n"
        data = line.encode("utf-8", "backslashreplace")
        whole = self._file.tell()
        try:
            if self._file.write(data) != len(data):
                raise OSError("no space left")
        except OSError as error:
            with suppress(OSError):
                os.truncate(self._file.fileno(), whole)
            raise self._unwritten(error) from None

    def _unwritten(self, error: OSError) -> StoreUnwritableError:
        problem = f"the report cannot be written: {error.strerror or error}"
        return StoreUnwritableError(problem, path=self.path, hint="check the space left and the permissions")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
