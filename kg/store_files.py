"""Stores as folders: a new one in the place of the last, and copies of a store at one moment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg import bookkeeping, bulk, snapshots, store_version
from kg.engines import is_address
from kg.errors import StoreError, StoreInUseError
from kg.store import Store
from kg.terms import DERIVATIONS, INFERRED

DUMP: Final = "store.nq"


@dataclass(slots=True)
class Draft:
    """A store on its way to the place of the last one."""

    store: Store
    replaces: bool = False  # whether there is a last one
    done: bool = False  # to be set when it shall take that place


@contextmanager
def new_store(folder: Path, *, fresh: bool = False) -> Iterator[Draft]:
    """A store that takes the place of ``folder/store`` at the end, if it is done and holds an article.

    It starts with what an earlier run that did not come to its end has left, else as a copy of ``folder/store``, so
    that only what is new need be written; links elsewhere and what was inferred are not taken over, and nothing is
    where somebody loaded more into the store. If it is not done, ``folder/store`` stays as it is, and the draft for the
    next run; where there was no store, what is in the draft by then is better than none.

    Args:
        folder: where the store is to lie; made if need be.
        fresh: start with nothing.

    Raises:
        StoreInUseError: another process builds there.
        StoreError: the folder cannot be made.
    """
    target, begun, old = folder / "store", folder / ".store.new", folder / ".store.old"
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if old.exists() and not target.exists():
            old.rename(target)  # a run was ended in the midst of the exchange
    except OSError as error:
        hint = "name another folder with --out"
        raise StoreError(f"cannot be made: {error.strerror}", path=folder, hint=hint) from None
    replaces = target.exists()
    try:
        with _begun(begun, target, fresh) as store:
            draft = Draft(store, replaces)
            yield draft
            filled = bool(store.query("ASK { GRAPH ?article { ?article a schema:NewsArticle } }"))
        if filled and (draft.done or not replaces):
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.rename(old)
            begun.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        elif not filled:
            shutil.rmtree(begun, ignore_errors=True)
    finally:
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def _begun(place: Path, last: Path, fresh: bool) -> Store:
    """The draft that an earlier run left, or a copy of the last store, or a store with nothing in it."""
    if (left := _reopened(place)) is not None:
        if not fresh:
            return left
        left.close()
    shutil.rmtree(place, ignore_errors=True)
    if not fresh and last.exists():
        copy = last.with_name(".store.copy")
        shutil.rmtree(copy, ignore_errors=True)
        with suppress(OSError):  # what cannot be copied is built anew
            copy.mkdir()
            snapshots.copy_files(last, copy, share_logs=False)
            copy.rename(place)
        shutil.rmtree(copy, ignore_errors=True)
        if (left := _reopened(place)) is not None:
            return left
        shutil.rmtree(place, ignore_errors=True)
    store = Store.open(place)
    store.replace_graphs((store_version.GRAPH,), (bookkeeping.BUILT,))
    return store


def _reopened(place: Path) -> Store | None:
    """A store to go on with, without what is not made of articles; None where there is none that can be used."""
    if not place.exists():
        return None
    try:
        store = Store.open(place)
    except StoreInUseError:
        raise
    except StoreError:  # half a copy, or the store of another version
        return None
    if bookkeeping.BUILT not in store.matching(store_version.GRAPH, store_version.GRAPH):
        store.close()
        return None
    store.write_links(())
    store.replace_graphs((INFERRED, DERIVATIONS), ())
    return store


@contextmanager
def added_to(place: Path | str) -> Iterator[Store]:
    """A store to add to; a folder that was made for it goes again if something fails.

    Raises:
        StoreError: see `Store.open`.
    """
    is_new = not is_address(place) and not Path(place).exists()
    try:
        with Store.open(place) as store:
            yield store
    except BaseException:
        if is_new:
            shutil.rmtree(place, ignore_errors=True)
        raise


def backup(place: Path | str, target: Path) -> Path:
    """A copy of a store as it is now, there whole or not at all; another process may be writing to it.

    A folder becomes a folder that can be used in its place; files that never change are shared by links where the
    file system allows it. An endpoint becomes a folder with a dump, which `kg.bulk.load` takes.

    Args:
        place: the store.
        target: a folder that does not exist.

    Returns:
        The folder, or the dump in it.

    Raises:
        StoreError: there is something in the target's place, or one of the two cannot be read or written.
    """
    if target.exists() or target.is_symlink():
        raise StoreError("there is something already", path=target, hint="name a folder that does not exist yet")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with Store.open(place, read_only=True) as store:  # it may be missing, or of another version
            draft.mkdir(parents=True)
            if is_address(place):
                with (draft / DUMP).open("wb") as out:
                    bulk.dump(store, out)
            else:
                snapshots.copy_files(Path(place), draft, share_logs=False)
        if not is_address(place):
            Store.open(draft, read_only=True).close()
        draft.rename(target)
    except OSError as error:
        raise StoreError(f"the backup cannot be written: {error.strerror or error}", path=target) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target / DUMP if is_address(place) else target
