"""Stores as folders: a new one in the place of the last, and copies of a store at one moment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg import bulk, snapshots
from kg.engines import is_address
from kg.errors import StoreError
from kg.store import Store

DUMP: Final = "store.nq"


@contextmanager
def new_store(folder: Path) -> Iterator[Store]:
    """A new store that takes the place of ``folder/store`` at the end, if an article was written to it.

    Raises:
        StoreError: the folder cannot be made.
    """
    target, fresh, old = folder / "store", folder / ".store.new", folder / ".store.old"
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        hint = "name another folder with --out"
        raise StoreError(f"cannot be made: {error.strerror}", path=folder, hint=hint) from None
    try:
        with Store.open(fresh) as store:
            yield store
            filled = bool(store.articles())
        if filled:
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.rename(old)
            fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


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
