"""A view of a store on disk that stays as it is, even while another process writes to the store.

Oxigraph allows one process per folder, and calls it undefined what another one sees that opens the same
files beside a writer. So the files are linked into a folder of their own, the way RocksDB makes its own
checkpoints: tables never change once they are written, logs only grow, and the manifest, which names the
tables, is copied. Had the manifest changed meanwhile, it is done again. A log that ends in half a
transaction is read up to the last whole one.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Final

_KEPT: Final = re.compile(r"CURRENT|IDENTITY|OPTIONS-\d+|\d+\.(sst|log|blob)")
_GROWING: Final = ".log"
_TRIES: Final = 20  # the manifest changes when a table is written: every few seconds at most


def take(store: Path) -> Path:
    """A folder with a view of the store, to be thrown away by `discard`.

    It lies beside the store, where links can be made; where that is not allowed, it is a copy among the
    system's temporary files.

    Args:
        store: an Oxigraph store on disk.

    Raises:
        OSError: a file of the store cannot be read, or changes all the time.
    """
    place = f".{store.name}.view-{socket.gethostname()}-{os.getpid()}-"
    _sweep(store)
    try:
        view = Path(tempfile.mkdtemp(prefix=place, dir=store.resolve().parent))
    except OSError:
        view = Path(tempfile.mkdtemp(prefix="kg" + place))
    try:
        copy_files(store, view)
    except BaseException:
        discard(view)
        raise
    return view


def discard(view: Path) -> None:
    """Throw a view away; the store is untouched."""
    shutil.rmtree(view, ignore_errors=True)


def copy_files(store: Path, target: Path, *, share_logs: bool = True) -> None:
    """Put a consistent state of the store into an empty folder, by links where they can be made.

    Args:
        store: an Oxigraph store on disk.
        target: an empty folder.
        share_logs: whether logs that a writer still adds to may be links. Not where the target is to be written.

    Raises:
        OSError: a file cannot be read or written, or the store changes all the time.
    """
    for _ in range(_TRIES):
        try:
            manifest = _manifest(store)
            before = manifest.read_bytes()
            # In this order: a log that came later than those listed is left out, and so is all that follows it.
            for path in sorted(path for path in store.iterdir() if _KEPT.fullmatch(path.name)):
                growing = path.suffix == _GROWING
                put = _link if path.suffix in (".sst", ".blob") or (growing and share_logs) else shutil.copy2
                put(path, target / path.name)
            (target / manifest.name).write_bytes(before)
            if _manifest(store) == manifest and manifest.read_bytes() == before:
                return
        except FileNotFoundError:
            if not (store / "CURRENT").exists():
                raise
        for entry in target.iterdir():
            entry.unlink()
    raise OSError("it changes all the time")


def _manifest(store: Path) -> Path:
    return store / (store / "CURRENT").read_text(encoding="ascii").strip()


def _link(path: Path, target: Path) -> None:
    try:
        target.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copy2(path, target)


def _sweep(store: Path) -> None:
    """Throw away the views of processes on this machine that ended without doing so."""
    own = re.compile(rf"\.{re.escape(store.name)}\.view-{re.escape(socket.gethostname())}-(\d+)-\w+")
    with contextlib.suppress(OSError):
        for path in store.resolve().parent.iterdir():
            found = own.fullmatch(path.name)
            if found and not _lives(int(found[1])):
                discard(path)


def _lives(process: int) -> bool:
    if process == os.getpid() or os.name != "posix":  # elsewhere the question itself may end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
