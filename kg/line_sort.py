"""Lines sorted on disk: what does not fit into memory does not have to."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

RUN: Final = 32 << 20
"""Bytes of lines that are sorted at once: some 60 MB of memory. Twice as many make 8 million lines no quicker."""
RUNS: Final = 200
"""Files that are merged at once: a process may have 1,024 open, on macOS 256."""


def sorted_lines(
    lines: Iterable[bytes], folder: Path | None = None, *, run: int = RUN, runs: int = RUNS
) -> Iterator[bytes]:
    r"""Distinct lines in the order of their bytes, which in UTF-8 is that of code points.

    Runs that are sorted in memory lie in files without a name, which go with the process however it ends.

    Args:
        lines: each with its line feed.
        folder: where the runs lie; by default among the system's temporary files.
        run: bytes that are sorted at once.
        runs: files that are merged at once.

    Raises:
        OSError: the disk is full.

    >>> list(sorted_lines([b"b\n", b"a\n", b"b\n"]))
    [b'a\n', b'b\n']
    >>> list(sorted_lines([b"c\n", b"b\n", b"a\n", b"c\n"], run=1, runs=2))
    [b'a\n', b'b\n', b'c\n']
    """
    with ExitStack() as opened:
        files: list[IO[bytes]] = []

        def keep(content: Iterable[bytes]) -> IO[bytes]:
            file = opened.enter_context(tempfile.TemporaryFile(dir=folder))
            file.writelines(content)
            file.seek(0)
            return file

        held: set[bytes] = set()
        size = 0
        for line in lines:
            held.add(line)
            size += len(line)
            if size >= run:
                files.append(keep(sorted(held)))
                held, size = set(), 0
                if len(files) >= runs:
                    merged = keep(_distinct(heapq.merge(*files)))
                    for file in files:
                        file.close()
                    files = [merged]
        yield from _distinct(heapq.merge(*files, sorted(held)))


def _distinct(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line
