"""What is said of an article besides its text: checked, and in one form.

Dates are ISO 8601, languages ISO 639-1, addresses http(s) with everything quoted that IRIs do not allow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from kg.clean_text import clean
from kg.errors import InputError

_PARTED: Final = re.compile(r"[;|]")
_AND: Final = re.compile(r",?\s+(?:and|und)\s+")
_YAML_LIST: Final = re.compile(r"\[(.*)\]", re.DOTALL)
_YAML_ITEM: Final = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,]*))\s*(?:,|$)""")
_LANGUAGE: Final = re.compile(r"[a-z]{2}([-_][A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Fields:
    """What is known of an article besides its text, each as `kg.records.Article` promises it."""

    id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None


NAMES: Final = tuple(name for name in Fields.__slots__ if name != "authors")


def checked(raw: Mapping[str, Any], source: str | None = None, line: int | None = None) -> Fields:
    """The fields besides the text; absent, null and blank ones are left out.

    Args:
        raw: names and values as they were read; other names than those of `Fields` are passed over. ``authors``, or
            ``author``, may be a list of names or a string, see :func:`author_names`.
        source, line: the place, for messages.

    Raises:
        InputError: a value is not what its field allows.
    """
    found: dict[str, str] = {}
    for name in NAMES:
        value = raw.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and name == "id":
            value = str(value)
        if value is None:
            continue
        if text := _text(name, value, source, line):
            found[name] = _field(name, text, source, line)
    given = next((raw[name] for name in ("authors", "author") if raw.get(name)), ())
    listed = author_names(given) if isinstance(given, str) else given if isinstance(given, list | tuple) else [given]
    authors = [text for one in listed if (text := _text("authors", one, source, line))]
    return Fields(**found, authors=tuple(dict.fromkeys(authors)))


def author_names(text: str) -> tuple[str, ...]:
    """The names in a string, parted by ";", "|", or "and" or „und“ between two full names; or a list in YAML.

    No comma parts them, as „Meyer, Anna“ is one name, and „Stiftung Wissenschaft und Politik“ stays whole.

    >>> author_names("Meyer, Anna; Schulz, Ben"), author_names("Anna Meyer und Ben Schulz")
    (('Meyer, Anna', 'Schulz, Ben'), ('Anna Meyer', 'Ben Schulz'))
    >>> author_names("Stiftung Wissenschaft und Politik")
    ('Stiftung Wissenschaft und Politik',)
    >>> author_names('[Anna Meyer, "Schulz, Ben"]')
    ('Anna Meyer', 'Schulz, Ben')
    """
    if listed := _YAML_LIST.fullmatch(text.strip()):
        found = ["".join(groups) for groups in _YAML_ITEM.findall(listed[1])]
    else:
        found = [name for one in _PARTED.split(text) for name in _full_names(one)]
    return tuple(name for one in found if (name := one.strip()))


def _full_names(text: str) -> list[str]:
    parts = _AND.split(text)
    return parts if all(len(part.split()) > 1 for part in parts) else [text]


def _text(name: str, value: object, source: str | None, line: int | None) -> str:
    if not isinstance(value, str):
        problem = f"{name} is a {type(value).__name__}"
        allowed = "a string or a list of strings" if name == "authors" else "a string"
        raise InputError(problem, path=source, line=line, hint=f"{name} must be {allowed}")
    return " ".join(clean(value).split())


def _field(name: str, value: str, source: str | None, line: int | None) -> str:
    """A field in the form that records promise."""
    if name == "date":
        try:
            return datetime.fromisoformat(value).date().isoformat()
        except ValueError:
            hint = "write it as 2019-06-06"
            raise InputError(f"date {value!r} is not a date", path=source, line=line, hint=hint) from None
    if name == "language":
        if not _LANGUAGE.fullmatch(value.lower()):
            hint = "write two letters, such as de or en"
            raise InputError(f"language {value!r} is not a language code", path=source, line=line, hint=hint)
        return value[:2].lower()
    if name == "url":
        if not value.lower().startswith(("http://", "https://")):
            hint = "write it from https:// on"
            raise InputError(f"url {value!r} is not a web address", path=source, line=line, hint=hint)
        return quote(value, safe=":/?#[]@!$&'()*+,;=%~")
    return value
