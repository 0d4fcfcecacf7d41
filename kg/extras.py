"""Packages that only some uses need: imported when they are, and named with how to get them where they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from kg.errors import KgError


def extra(module: str, name: str) -> ModuleType:
    """A module of a package that an extra of kg brings.

    Args:
        module: its full name.
        name: of the extra.

    Raises:
        KgError: the package is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        problem = f"{module.partition('.')[0]} is not installed"
        raise KgError(problem, hint=f"pip install 'kg-news[{name}]'") from None
