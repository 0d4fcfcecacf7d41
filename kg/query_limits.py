"""A time limit that holds: the query runs in a process of its own, which is killed when its time is up.

Neither Oxigraph's engine nor rdflib's can be told to stop: between two solutions one could look at the clock, but a
cross product that gives none never comes there. A forked process sees the store as it is, in memory or on disk, at the
cost of some milliseconds (``python -m tests.benchmarks queries`` prints them).
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import pickle
import select
import signal
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any, Final

from kg import errors
from kg.errors import KgError, QueryError
from kg.sparql import QueryResult

_CHUNK: Final = 1 << 20
_ASKED: Final = "give it more time, or make it smaller: parts that share no variable multiply"


def within(seconds: float | None, ask: Callable[[], QueryResult]) -> QueryResult:
    """What ``ask`` gives, if it does so in time.

    Args:
        seconds: the limit; None for none, then nothing is forked. ``math.inf`` forks without a limit, so that at
            least Ctrl-C ends it at once.
        ask: asks the store, and only reads.

    Raises:
        QueryError: the time is up, or the process was ended by the system. Where there is no ``fork`` (Windows), the
            query goes on in a thread until the program ends.
        KgError: what ``ask`` raises.
    """
    if seconds is None:
        return ask()
    if not seconds > 0:
        raise QueryError(f"a time limit of {seconds:g} s leaves no time", hint="give seconds above 0")
    return _forked(seconds, ask) if hasattr(os, "fork") else _threaded(seconds, ask)


def _forked(seconds: float, ask: Callable[[], QueryResult]) -> QueryResult:
    end = time.monotonic() + seconds
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads: the child takes no lock of theirs, and is killed if it should hang.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _answer(writing, ask)
    os.close(writing)
    ended = False
    try:
        answer = _read(reading, end, seconds)
        ended = True
    finally:
        os.close(reading)
        if not ended:
            os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):  # where the program ignores SIGCHLD, nothing is left to wait for
            os.waitpid(child, 0)
    if not answer:
        hint = "it may have taken all memory; ORDER BY, DISTINCT and GROUP BY keep all rows"
        raise QueryError("the query was ended by the system", hint=hint)
    return _unpacked(pickle.loads(answer))


def _answer(writing: int, ask: Callable[[], QueryResult]) -> None:
    """The child's whole life; nothing of the parent's is cleaned up, as all of it is still in use there."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        gc.disable()
        with open(writing, "wb", closefd=False) as pipe:
            pickle.dump(_packed(ask), pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _read(reading: int, end: float, seconds: float) -> bytes:
    pieces: list[bytes] = []
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    while True:
        left = end - time.monotonic()
        if left <= 0 or not poll.poll(None if math.isinf(left) else math.ceil(left * 1000)):
            raise _too_long(seconds)
        piece = os.read(reading, _CHUNK)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def _threaded(seconds: float, ask: Callable[[], QueryResult]) -> QueryResult:
    packed: list[Any] = []
    thread = threading.Thread(target=lambda: packed.append(_packed(ask)), daemon=True)
    thread.start()
    thread.join(None if math.isinf(seconds) else seconds)
    if not packed:
        raise _too_long(seconds)
    return _unpacked(packed[0])


def _too_long(seconds: float) -> QueryError:
    return QueryError(f"the query was stopped after {seconds:g} s", hint=_ASKED)


def _packed(ask: Callable[[], QueryResult]) -> tuple[str, Any]:
    """The result or the error, in plain values that can be sent."""
    try:
        found = ask()
    except KgError as error:
        notes = list(getattr(error, "__notes__", ()))
        told = {"path": error.path, "line": error.line, "iri": error.iri, "hint": error.hint}
        return "error", (type(error).__name__, error.problem, told, notes)
    except MemoryError:
        return "error", ("QueryError", "the query takes more memory than there is", {}, [])
    except Exception as error:  # whatever happens to the child: the parent says it
        return "error", ("QueryError", f"SPARQL: {type(error).__name__}: {error}"[:300], {}, [])
    labels = dict(found.labels)
    return "result", (found.kind, found.columns, found.rows, labels, found.named, found.truncated, found.warnings)


def _unpacked(packed: tuple[str, Any]) -> QueryResult:
    kind, given = packed
    if kind == "result":
        return QueryResult(*given)
    name, problem, told, notes = given
    error: KgError = getattr(errors, name)(problem, **told)
    for note in notes:
        error.add_note(note)
    raise error
