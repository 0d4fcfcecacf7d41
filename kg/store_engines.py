"""Which of the stores beneath a place means: a folder, an address, or memory."""

from __future__ import annotations

from pathlib import Path

from kg.engines import Engine, is_address, open_memory, open_oxigraph
from kg.errors import StoreError


def engine_of(path: Path | str | None, engine: str, read_only: bool) -> Engine:
    """Open what lies beneath a store; arguments and errors are those of `kg.store.Store.open`."""
    if engine == "oxigraph":
        if is_address(path):
            from kg.endpoint import open_endpoint  # noqa: PLC0415 (HTTP takes a while to import, and most never need it)

            return open_endpoint(str(path))
        return open_oxigraph(None if path is None else Path(path), read_only=read_only)
    if engine != "memory":
        raise StoreError(f"there is no engine called {engine}", hint="oxigraph or memory")
    if path is not None:
        raise StoreError("rdflib's memory store keeps nothing on disk", path=path, hint="leave out the engine")
    return open_memory()
