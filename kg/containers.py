"""ZIP archives and gzip files, unpacked in memory member by member: nothing is ever written to a disk.

What they claim and what they give is limited, so that an archive of a few bytes cannot ask for all memory and time
("zip bombs": David Fifield, A better zip bomb, WOOT 2019).
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.documents import Document, seekable
from kg.drafts import Draft
from kg.errors import InputError
from kg.media_types import ALLOWED, is_of_page, passed_over

if TYPE_CHECKING:
    from typing_extensions import Buffer  # of typeshed: no package is needed at run time

DEEPEST: Final = 2  # archives within one another: a crawl in parts is zipped once more, and no more often
RATIO: Final = 200
"""Bytes to a packed byte: news in HTML and JSON packs 5 to 20 times, pages from one template some 50, a bomb 1,000."""
HARMLESS: Final = 16 * 2**20  # bytes that any member may have, whatever its ratio: they are read in no time
LARGEST_MEMBER: Final = 4 * 2**30  # bytes of a member; a year of a newspaper as JSON Lines has a tenth
LARGEST_ARCHIVE: Final = (64 * 2**30, 4 * 2**30)  # bytes of all members, in an archive and in one within it
MEMBERS: Final = 250_000  # what an archive's list of them is held in: some 200 MB

BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile, gzip and their decompressors raise on broken data."""

Reader = Callable[[Document], Iterator[Draft | InputError]]


def zip_members(
    document: Document, read: Reader, is_passed: Callable[[InputError], bool]
) -> Iterator[Draft | InputError]:
    """The articles of the members of a ZIP archive, sorted by name; of DOCX files see `kg.readers`.

    A member that is encrypted, broken or too large comes out as an InputError and the others are read.

    Args:
        document: the archive.
        read: what reads a member.
        is_passed: tells errors on files that are certainly no articles: in an archive they are passed over.

    Raises:
        InputError: the archive is broken, lies too deep, or claims too much.
    """
    if document.depth >= DEEPEST:
        raise InputError(f"lies in {DEEPEST} archives already", path=document.source, hint="unpack the outer one")
    stream = seekable(document)
    archive = _opened(stream, document.source)
    with archive:
        infos = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
        _check(archive, infos, stream, document)
        names = frozenset(shown(info.filename) for info in infos)
        found = False
        for info in infos:
            name = shown(info.filename)
            if _is_hidden(name, names):
                continue
            for item in _member(
                archive, info, Document(io.BytesIO(), f"{document.source}/{name}", name, document.depth + 1), read
            ):
                if isinstance(item, InputError) and is_passed(item):
                    continue
                found = True
                yield item
    if not found:
        passed = f"{len(infos)} file(s) were passed over; " if infos else ""
        yield InputError("holds no article", path=document.source, hint=passed + ALLOWED)


def member_names(document: Document) -> frozenset[str]:
    """The names of the members of a ZIP archive that one can go back in; the stream stands at its start again.

    Raises:
        InputError: the archive is broken.
    """
    with _opened(document.stream, document.source) as archive:
        names = frozenset(archive.NameToInfo)
    document.stream.seek(0)
    return names


def gunzipped(document: Document) -> Document:
    """What a gzip file holds, also one of several parts, as crawls are packed.

    Raises:
        InputError: it lies too deep. What is broken or grows beyond measure raises while it is read.
    """
    if document.depth >= DEEPEST:
        raise InputError(f"lies in {DEEPEST} archives already", path=document.source, hint="unpack the outer one")
    stream = cast(BinaryIO, io.BufferedReader(_Inflated(document.stream, document.source), 1 << 16))
    name = document.name[:-3] if document.name.lower().endswith(".gz") else document.name
    return Document(stream, document.source, name, document.depth + 1, document.url)


def shown(name: str) -> str:
    """The name of a member as it is shown: no drive, no way up and out, nothing invisible.

    >>> shown("../../etc/passwd"), shown("C:\\\\news\\\\a.txt")
    ('etc/passwd', 'news/a.txt')
    """
    printable = "".join(sign if sign.isprintable() else "?" for sign in name)
    parts = printable.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")) or "?"


def _is_hidden(name: str, names: frozenset[str]) -> bool:
    parts = name.split("/")
    folders = ("/".join(parts[:count]) for count in range(1, len(parts)))
    return (
        passed_over(name)
        or any(part.startswith(".") or part == "__MACOSX" for part in parts)
        or any(is_of_page(folder, names.__contains__) for folder in folders)
    )


def _opened(stream: BinaryIO, source: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except BROKEN as error:
        raise InputError(f"is a broken ZIP archive: {error}", path=source, hint="pack it anew") from None


def _check(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], stream: BinaryIO, document: Document) -> None:
    """Refuse archives that claim too much, before a byte is unpacked."""
    hint = "if it is sound, unpack it and read the folder"
    if len(archive.filelist) > MEMBERS:
        problem = f"has {len(archive.filelist):,} members"
        raise InputError(problem, path=document.source, hint=f"at most {MEMBERS:,} are read; {hint}")
    size = stream.seek(0, io.SEEK_END)
    claimed = sum(info.file_size for info in infos if not _is_bomb(info))  # those are refused one by one
    largest = LARGEST_ARCHIVE[document.depth]
    if claimed > max(HARMLESS, RATIO * size) or claimed > largest:
        problem = f"claims {claimed:,} bytes in {size:,} packed ones"
        allowed = f"at most {RATIO} to one and {largest:,} in all are read"
        raise InputError(problem, path=document.source, hint=f"{allowed}; {hint}")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(HARMLESS, min(LARGEST_MEMBER, RATIO * info.compress_size))


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, document: Document, read: Reader
) -> Iterator[Draft | InputError]:
    if info.flag_bits & 0x1:
        yield InputError("is encrypted", path=document.source, hint="pack it without a password")
        return
    if _is_bomb(info):
        problem = f"claims {info.file_size:,} bytes in {info.compress_size:,} packed ones"
        allowed = f"at most {RATIO} to one and {LARGEST_MEMBER:,} are read"
        yield InputError(problem, path=document.source, hint=allowed)
        return
    try:
        with archive.open(info) as stream:
            member = Document(cast(BinaryIO, stream), document.source, document.name, document.depth)
            yield from read(member)
    except BROKEN as error:
        yield InputError(f"is broken: {error}", path=document.source, hint="pack it anew")


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Inflated(io.RawIOBase):
    """What a gzip file holds, refused where it grows beyond measure."""

    def __init__(self, stream: BinaryIO, source: str) -> None:
        self._packed = _Counted(stream)
        self._file = gzip.GzipFile(fileobj=io.BufferedReader(self._packed, 1 << 16))
        self._source, self._count = source, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._file.read(len(view))
        except BROKEN as error:
            raise InputError(f"is a broken gzip file: {error}", path=self._source, hint="pack it anew") from None
        self._count += len(data)
        if self._count > HARMLESS and self._count > RATIO * self._packed.count:
            problem = f"unpacks to more than {RATIO} times its size"
            raise InputError(problem, path=self._source, hint="if it is sound, unpack it and read what it holds")
        view[: len(data)] = data
        return len(data)
