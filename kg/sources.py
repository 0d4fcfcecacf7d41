"""From what a user names to documents: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from kg import readers
from kg.documents import Document, of_bytes, of_descriptor
from kg.drafts import Draft
from kg.errors import InputError
from kg.media_types import ALLOWED, HEAD, SUFFIXES, is_of_page, kind_of, passed_over, suffix
from kg.text_bytes import as_utf8

STDIN: Final = "-"
_STATED: Final = frozenset({"csv", "markdown", "text"})  # kinds that do not state their encoding themselves
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_MAGIC: Final = re.compile(r"[*?\[]")


def is_address(source: Path | str) -> bool:
    """Whether a source is to be fetched."""
    return isinstance(source, str) and _ADDRESS.fullmatch(source) is not None


def is_place(source: str) -> bool:
    """Whether a string is a place to read from rather than a text to be read.

    It is if it is ``-``, an address, names something existing, or has no white space and ends like a readable file.
    """
    if source == STDIN or is_address(source):
        return True
    if not source.strip() or "\n" in source:
        return False
    looks_like = not any(c.isspace() for c in source) and source.lower().endswith(SUFFIXES)
    try:
        return (
            looks_like
            or Path(source).exists()
            or (_is_pattern(source) and not isinstance(next(_matches(source)), InputError))
        )
    except (OSError, ValueError):
        return False


def drafts(source: Path | str) -> Iterator[Draft | InputError]:
    """The drafts of all that a path, a pattern, an address or ``-`` for standard input names, in sorted order.

    In folders, and among what a pattern matches, files that are certainly no articles are passed over.
    """
    if source == STDIN:
        yield from readers.drafts(Document(sys.stdin.buffer, "standard input"))
        return
    if isinstance(source, str) and is_address(source):
        try:
            document = _fetched(source)
        except InputError as error:
            yield error
        else:
            yield from readers.drafts(document)
        return
    name = str(source)
    if _is_folder(name):
        yield from _all(walk(name), name)
    elif _is_pattern(name):
        yield from _all(_matches(name), name)
    else:
        yield from _of_file(name)


def files(source: Path | str) -> Iterator[str]:
    """The files that a path or pattern names, in the order of :func:`drafts`, without a look into them."""
    name = str(source)
    if _is_folder(name):
        found = walk(name)
    elif _is_pattern(name):
        found = _matches(name)
    else:
        yield name
        return
    yield from (one for one in found if isinstance(one, str) and not passed_over(Path(one).name))


def walk(folder: str) -> Iterator[str | InputError]:
    """All files below a folder, each folder's sorted by name.

    Hidden ones, links to folders, and the folders of saved web pages are left out.
    """
    waiting = [_inside(folder)]  # no recursion: folders may lie a thousand deep
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, InputError) or not _is_folder(entry):
            yield entry
        elif not os.path.islink(entry) and not is_of_page(entry, os.path.lexists):  # noqa: PTH114
            waiting.append(_inside(entry))


def _inside(folder: str) -> Iterator[str | InputError]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 (100,000 Paths would take 50 MB)
    except OSError as error:
        yield InputError(f"cannot be opened: {error.strerror}", path=shown(folder))
        return
    yield from (os.path.join(folder, name) for name in names if not name.startswith("."))  # noqa: PTH118


def shown(path: str) -> str:
    """A path as it is shown, also where its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def opened(path: str) -> Document:
    """A file, opened.

    Raises:
        InputError: there is none, it cannot be opened, or it is a pipe or device, on which one could wait for ever.
    """
    place = shown(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputError("no such file or folder", path=place, hint=ALLOWED) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", path=place) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise readers.NoArticle("is no regular file", path=place, hint="give a pipe as standard input: kg build - < it")
    return of_descriptor(descriptor, status.st_size, place, shown(os.path.basename(path)))  # noqa: PTH119


def _of_file(path: str) -> Iterator[Draft | InputError]:
    try:
        document = opened(path)
    except InputError as error:
        yield error
        return
    with document.stream:
        yield from readers.drafts(document)


def _all(found: Iterator[str | InputError], place: str) -> Iterator[Draft | InputError]:
    """What a folder holds or a pattern matches; that nothing of it can be read is said once."""
    passed: Counter[str] = Counter()
    anything = False
    for path in found:
        if isinstance(path, InputError):
            anything = True
            yield path
            continue
        name = os.path.basename(path)  # noqa: PTH119
        if passed_over(name):
            passed[suffix(name) or name] += 1
            continue
        for item in _of_file(path):
            if isinstance(item, readers.NoArticle):
                passed[suffix(name) or name] += 1
                continue
            anything = True
            yield item
    if not anything:
        most = sorted(passed.items(), key=lambda one: (-one[1], one[0]))[:5]
        listed = ", ".join(f"{count} {shown(kind)}" for kind, count in most)
        told = f"{passed.total()} file(s) were passed over: {listed}; " if passed else ""
        yield InputError("holds no article", path=shown(place), hint=told + ALLOWED)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def _is_pattern(source: str) -> bool:
    return _MAGIC.search(source) is not None and "\0" not in source and not os.path.lexists(source)


def _matches(pattern: str) -> Iterator[str | InputError]:
    """The files that a pattern matches, and those in folders that it matches, sorted; hidden ones are left out."""
    parts = Path(pattern).parts
    fixed = next(place for place, part in enumerate(parts) if _MAGIC.search(part))
    base, rest = Path(*parts[:fixed]), parts[fixed:]
    if rest[-1] == "**":  # for Python up to 3.12 that means folders only
        rest = (*rest, "*")
    try:
        found = (path for path in base.glob("/".join(rest)) if _is_seen(path.parts[fixed:], rest))
        matched = sorted({str(path) for path in found if not _is_of_page(path, fixed)})
    except (ValueError, NotImplementedError, OSError) as error:
        yield InputError(f"is no pattern: {error}", path=pattern, hint="write it as 'news/**/*.html', in quotes")
        return
    if not matched:
        yield InputError("matches nothing", path=pattern, hint="* is any name, ** any folders, ? any letter")
    for path in matched:
        if not _is_folder(path):
            yield path
        elif "**" not in rest and not os.path.islink(path):  # noqa: PTH114
            yield from walk(path)


def _is_seen(names: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether nothing on a path is hidden, or the pattern asks for what is."""
    return any(part.startswith(".") for part in pattern) or not any(name.startswith(".") for name in names)


def _is_of_page(path: Path, fixed: int) -> bool:
    """Whether a path belongs to a saved web page; the folders that a pattern begins with are meant as they stand."""
    own = [one for one in (path, *path.parents) if len(one.parts) > fixed]
    return any(is_of_page(str(one), os.path.lexists) for one in own)


def _fetched(url: str) -> Document:
    """What an address answers: it is read like a file, told by its content whatever the server calls it.

    Raises:
        InputError: it cannot be fetched.
    """
    from kg.fetching import fetch  # noqa: PLC0415 (the only place where articles come over a network)

    answer = fetch(url)
    data, name = answer.data, PurePosixPath(urlsplit(answer.url).path).name
    if answer.charset and kind_of(data[:HEAD], name) in _STATED:
        data = as_utf8(data, answer.charset)
    return replace(of_bytes(data, answer.url, name), url=answer.url, charset=answer.charset)
