"""A function run in several processes: results in the order of the tasks, and no task that can take the others down.

Workers are processes of their own, started anew rather than forked: the store's threads forbid a fork, and a script or
notebook that calls kg needs no guard. Each has a pipe and a thread here that waits for it, and works on one task at
a time, so that it is known which task ended it.
"""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any, Final, Generic, TypeVar

from kg.errors import KgError

T = TypeVar("T")
Call = tuple[str, tuple[Any, ...]]
"""``module:function`` and the arguments that it takes to give back the function that works on a task's payload."""

_AHEAD: Final = 2
"""Tasks that a worker is given: with one in reserve it need not wait while results are written."""
_WINDOW: Final = 32
"""Results for each worker that wait at most for an earlier one, so that memory stays bounded."""
_DEATHS: Final = 5
"""So many workers that end one after the other without a result are no fault of the tasks."""
_DYING: Final = 5.0  # seconds in which a process that has broken off comes to its end by itself
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class Overdue(KgError):
    """A task that took too long."""


class Died(KgError):
    """A task that ended the process that worked on it, twice."""


class _Late(BaseException):  # so that no `except Exception` on the way holds it up
    pass


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def one_by_one(
    tasks: Iterable[tuple[T, object]], function: Callable[[Any], object], limit: float
) -> Generator[tuple[T, object], None, None]:
    """Work on tasks in this process; arguments as for `in_order`.

    The limit holds in the main thread of systems with alarms (not on Windows).
    """
    for task, payload in tasks:
        result: object = None
        if payload is not None:
            try:
                with _within(limit):
                    result = function(payload)
            except _Late:
                result = _overdue(limit)
        yield task, result


def in_order(
    tasks: Iterable[tuple[T, object]], call: Call, jobs: int, limit: float
) -> Generator[tuple[T, object], None, None]:
    """Work on tasks in several processes.

    Args:
        tasks: each with its payload, which a worker gets; None for a task that needs no work, whose result is None.
            They are drawn as they are needed.
        call: see `Call`.
        jobs: number of processes.
        limit: seconds after which a task is given up, with the process that works on it.

    Returns:
        Tasks in their order with what the function gave; `Overdue` where it took too long, and `Died` where the process
        ended, and once more with no other task at work.

    Raises:
        Died: one process after the other ends.
    """
    crew = _Crew[T](call, jobs, limit)
    try:
        yield from crew.work(iter(tasks))
    finally:
        crew.end()


@dataclass(slots=True, eq=False)
class _Slot(Generic[T]):
    task: T
    payload: object
    done: bool = False
    result: object = None
    suspect: bool = False  # it ended a worker already


@dataclass(slots=True)
class _Crew(Generic[T]):
    """The workers, and the tasks between being drawn and being given back."""

    call: Call
    jobs: int
    limit: float
    workers: list[_Worker] = field(default_factory=list)
    window: deque[_Slot[T]] = field(default_factory=deque)  # in order
    waiting: deque[_Slot[T]] = field(default_factory=deque)  # of those, what no worker has
    suspects: deque[_Slot[T]] = field(default_factory=deque)
    replies: queue.SimpleQueue[tuple[_Worker, _Slot[Any] | None, object]] = field(default_factory=queue.SimpleQueue)
    deaths: int = 0

    def work(self, tasks: Iterator[tuple[T, object]]) -> Iterator[tuple[T, object]]:
        more = True
        while more or self.window:
            while more and len(self.window) < _WINDOW * self.jobs and len(self.waiting) < self.jobs:
                drawn = next(tasks, None)
                more = drawn is not None
                if drawn is not None:
                    slot = _Slot(*drawn)
                    slot.done = slot.payload is None
                    self.window.append(slot)
                    if not slot.done:
                        self.waiting.append(slot)
                        self.assign()
            self.assign()
            while self.window and self.window[0].done:
                slot = self.window.popleft()
                yield slot.task, slot.result
                while self.collect(block=False):
                    pass
                self.assign()
            if self.window and not self.window[0].done and (not more or self.is_full()):
                self.collect(block=True)

    def is_full(self) -> bool:
        """Whether nothing can be drawn before a result comes."""
        return len(self.window) >= _WINDOW * self.jobs or len(self.waiting) >= self.jobs

    def assign(self) -> None:
        """Give tasks to workers; a suspect is worked on alone."""
        if self.suspects:
            if not any(worker.load for worker in self.workers):
                self.least().take(self.suspects.popleft())
            return
        if any(slot.suspect for worker in self.workers for slot in worker.load):
            return
        while self.waiting and (worker := self.least()) and len(worker.load) < _AHEAD:
            worker.take(self.waiting.popleft())

    def least(self) -> _Worker:
        """The worker with the least to do; a new one while there are not enough."""
        best = min(self.workers, key=lambda worker: len(worker.load), default=None)
        if best is None or (best.load and len(self.workers) < self.jobs):
            best = _Worker(self.call, self.replies)
            self.workers.append(best)
        return best

    def collect(self, block: bool) -> bool:
        """Take a result, if there is one; where it is waited for in vain, give up what takes too long."""
        busy = [worker.since for worker in self.workers if worker.load]
        wait = max(0.0, min(busy, default=time.monotonic()) + self.limit - time.monotonic())
        try:
            worker, slot, result = self.replies.get(block, min(wait, 5.0) + 0.01) if block else self.replies.get(False)
        except queue.Empty:
            self.give_up()
            return False
        if worker in self.workers:  # else it was given up
            if slot is None:
                self.bury(worker, str(result))
            else:
                self.deaths = 0
                worker.load.popleft()
                worker.since = time.monotonic()
                slot.done, slot.result = True, result
        return True

    def give_up(self) -> None:
        for worker in list(self.workers):
            if worker.load and time.monotonic() - worker.since > self.limit:
                slot = worker.load.popleft()
                slot.done, slot.result = True, _overdue(self.limit)
                self.discharge(worker)

    def bury(self, worker: _Worker, reason: str) -> None:
        """A worker has ended: what it was at is tried once more, alone."""
        self.deaths += 1
        if self.deaths > _DEATHS:
            hint = "try --jobs 1; it may be memory that lacks, or an installation that is broken"
            raise Died(f"one reading process after the other ends: {reason}", hint=hint)
        if worker.load:
            slot = worker.load.popleft()
            if slot.suspect:
                problem = f"the process that read it ended, twice: {reason}"
                slot.done, slot.result = True, Died(problem, hint="it may take more memory than there is")
            else:
                slot.suspect = True
                self.suspects.append(slot)
        self.discharge(worker)

    def discharge(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        self.waiting.extendleft(reversed(worker.load))
        worker.load.clear()
        worker.end()

    def end(self) -> None:
        for worker in self.workers:
            worker.end()


class _Worker:
    """A process, and the thread that hands it one task after the other."""

    def __init__(self, call: Call, replies: queue.SimpleQueue[tuple[_Worker, _Slot[Any] | None, object]]) -> None:
        self.load: deque[_Slot[Any]] = deque()  # what it was given, the first at work
        self.since = time.monotonic()  # when it began with that, or was started
        self._inbox: queue.SimpleQueue[_Slot[Any] | None] = queue.SimpleQueue()
        self._replies = replies
        program = f"import sys; sys.path[:] = {sys.path!r}; from kg import workers; workers.main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict.fromkeys(_ONE_THREAD, "1"),
        )
        threading.Thread(target=self._serve, args=(call,), daemon=True).start()

    def take(self, slot: _Slot[Any]) -> None:
        """Hand it a task."""
        if not self.load:
            self.since = time.monotonic()
        self.load.append(slot)
        self._inbox.put(slot)

    def end(self) -> None:
        """End it at once."""
        self._inbox.put(None)
        self._process.kill()
        self._process.wait()

    def _serve(self, call: Call) -> None:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        try:
            with stdin, stdout:
                _put(stdin, call)
                while (slot := self._inbox.get()) is not None:
                    _put(stdin, slot.payload)
                    self._replies.put((self, slot, pickle.load(stdout)))
        except Exception:  # whatever it is, nothing more comes from there
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_DYING)
            self._process.kill()
            self._replies.put((self, None, _reason(self._process.wait())))


def _put(file: IO[bytes], thing: object) -> None:
    pickle.dump(thing, file, pickle.HIGHEST_PROTOCOL)
    file.flush()


def _reason(code: int) -> str:
    with suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def _overdue(limit: float) -> Overdue:
    return Overdue(f"it took more than {limit:g} seconds to read", hint="split it into shorter articles")


@contextmanager
def _within(limit: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# ── in the worker ──────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """Work on what comes in at the standard input, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes of a terminal; the first one ends us
    out, given = os.fdopen(os.dup(1), "wb"), sys.stdin.buffer
    os.dup2(2, 1)  # whatever prints, prints elsewhere
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, OSError):
        (place, arguments) = pickle.load(given)
        module, _, name = place.partition(":")
        try:
            function = getattr(importlib.import_module(module), name)(*arguments)
        except KgError as error:
            refused = error

            def function(_: object) -> object:
                return refused

        while True:
            _put(out, function(pickle.load(given)))
    os._exit(0)


def _watch(parent: int) -> None:
    """End with the process that started this one, however that ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
