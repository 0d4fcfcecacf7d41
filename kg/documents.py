"""A file, a member of an archive or an answer as a stream of bytes that knows its name and place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.errors import InputError
from kg.media_types import HEAD

if TYPE_CHECKING:
    from typing_extensions import Buffer  # of typeshed: no package is needed at run time

LARGEST: Final = 256 * 2**20
"""Bytes of what has to be held in memory as a whole (HTML, PDF, DOCX, a mail): long PDFs with pictures have a tenth."""
LONGEST_LINE: Final = 16 * 2**20
"""Bytes of a line or cell: the longest article has a million characters, six million bytes where JSON escapes them."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be read.

    Attributes:
        stream: from its first byte on.
        source: the file or address, for messages; in an archive ``archive.zip/name``.
        name: of the file, with its ending; "" where it has none.
        depth: in how many archives it lies.
        url: the address that it was fetched from.
        charset: the encoding that its server told.
    """

    stream: BinaryIO
    source: str
    name: str = ""
    depth: int = 0
    url: str | None = None
    charset: str | None = None


def of_bytes(data: bytes, source: str, name: str = "", depth: int = 0) -> Document:
    """A document that lies in memory."""
    return Document(io.BytesIO(data), source, name, depth)


def of_descriptor(descriptor: int, size: int, source: str, name: str) -> Document:
    """A file that was opened; of one that grows what it had then is read."""
    return Document(cast(BinaryIO, io.BufferedReader(_Window(io.FileIO(descriptor), size))), source, name)


def head_of(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first `HEAD` bytes of a stream, and a stream that begins with them again."""
    start = stream.tell() if stream.seekable() else 0
    head = stream.read(HEAD)
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    if stream.seekable():
        stream.seek(start)
        return head, stream
    return head, cast(BinaryIO, io.BufferedReader(_Again(head, stream), HEAD))


def whole(document: Document, largest: int = LARGEST) -> bytes:
    """All bytes of a document.

    Raises:
        InputError: there are more than ``largest``.
    """
    data = document.stream.read(largest + 1)
    while len(data) <= largest and (more := document.stream.read(largest + 1 - len(data))):
        data += more
    if len(data) > largest:
        hint = f"what is not read line by line may have at most {largest // 2**20} MiB"
        raise InputError(f"has more than {largest // 2**20} MiB", path=document.source, hint=hint)
    return data


def seekable(document: Document) -> BinaryIO:
    """The stream of a document, read into memory where one cannot go back in it.

    Raises:
        InputError: it would have to be, and is too large.
    """
    stream = document.stream
    return stream if stream.seekable() and document.depth == 0 else io.BytesIO(whole(document))


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers from 1 on; None for one that is longer than `LONGEST_LINE`."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        yield number, None
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)


class _Again(io.RawIOBase):
    """A stream that begins with what was read of it already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._head[: len(view)] if self._head else self._stream.read(len(view))
        self._head = self._head[len(data) :]
        view[: len(data)] = data
        return len(data)


class _Window(io.RawIOBase):
    """The first bytes of a file, as many as it had when it was opened: one that grows must come to an end."""

    def __init__(self, file: io.FileIO, size: int) -> None:
        self._file, self._size = file, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            return self._file.seek(max(0, self._size + offset))
        return self._file.seek(offset, whence)

    def readinto(self, buffer: Buffer) -> int:
        left = max(0, self._size - self._file.tell())
        return self._file.readinto(memoryview(buffer)[:left]) if left else 0

    def close(self) -> None:
        self._file.close()
        super().close()
