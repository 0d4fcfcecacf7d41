"""A stopwatch over the stages of an article's road, put around their functions from outside."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from kg import pipeline, statements
from kg.analysis import load_pipeline
from kg.store import Store

PIPELINE, OPEN, STORE = "spaCy pipeline", "open triples", "store"
AROUND = {
    "tokens": (pipeline.Analyser, "read"),
    "names": (statements, "recognise"),
    "repair": (statements, "repair"),
    "mentions": (statements, "mentions"),
    "clauses": (statements, "clauses"),
    "entities": (statements, "resolve"),
    "frames": (statements, "FrameReader"),
    "statements": (statements, "extract"),
    OPEN: (statements, "open_triples"),
    STORE: (Store, "write"),
}
"""Stage → where its function is looked up. A stage inside another is not counted twice."""


class Stopwatch:
    """CPU seconds by stage: they vary less than those of the clock where others use the machine too."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._stack: list[str] = []
        self._since = 0.0

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        """Count to a stage what is done inside; the stage around it stands still."""
        self._turn()
        self._stack.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def _turn(self) -> None:
        now = time.process_time()
        if self._stack:
            self.seconds[self._stack[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted."""

        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            with self.within(stage):
                return function(*given, **named)

        return timed

    def drawn(self, stage: str, generator: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The generator function, the time of each step counted."""

        @wraps(generator)
        def timed(*given: Any, **named: Any) -> Iterator[Any]:
            steps = generator(*given, **named)
            while True:
                with self.within(stage):
                    step = next(steps, steps)
                if step is steps:
                    return
                yield step

        return timed


@contextmanager
def watched(watch: Stopwatch, tools: pipeline.Tools, languages: tuple[str, ...]) -> Iterator[None]:
    """Everything that is done inside is timed."""
    changed: list[tuple[Any, str, Any]] = []
    for language in languages:
        spacy_pipeline = load_pipeline(tools.analyser.pipeline_path(language))
        changed.append((spacy_pipeline, "pipe", spacy_pipeline.pipe))
        spacy_pipeline.pipe = watch.drawn(PIPELINE, spacy_pipeline.pipe)  # type: ignore[method-assign]
    for stage, (place, name) in AROUND.items():
        function = getattr(place, name)
        changed.append((place, name, function))
        if isinstance(function, type):
            setattr(place, name, _timed_class(watch, stage, function))
        else:
            setattr(place, name, watch.around(stage, function))
    try:
        yield
    finally:
        for place, name, function in reversed(changed):
            setattr(place, name, function)


def _timed_class(watch: Stopwatch, stage: str, reader: type) -> Callable[..., Any]:
    """The class with its making and its methods ``read`` and ``demanded`` timed."""

    def made(*given: Any) -> Any:
        with watch.within(stage):
            instance = reader(*given)
            instance.read = watch.drawn(stage, instance.read)
            instance.demanded = watch.around(stage, instance.demanded)
        return instance

    return made
