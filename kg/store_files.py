"""Stores as folders: a new one in the place of the last."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.store import Store


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
