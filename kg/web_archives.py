"""Web archives (WARC, ISO 28500): each page of a crawl is a draft, read by warcio one record at a time.

The day of the crawl is not the day of publication, and is left out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from kg import html_pages, markup
from kg.drafts import Draft
from kg.errors import InputError
from kg.quiet import quiet

LONGEST_LINE: Final = 2**20  # bytes of a header; the time that warcio takes for one grows with the square
MOST_LINES: Final = 100_000  # of the headers, and the chunks, of a record

_KINDS: Final = ("text/html", "application/xhtml+xml")


def drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The pages of an archive that lies in memory; see :func:`drafts_of`."""
    yield from drafts_of(io.BytesIO(data), source, name)


def drafts_of(stream: BinaryIO, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The pages of an archive in their order; what cannot be read is reported, and the next record read.

    Read are answers with status 200 that hold HTML; all other records are passed over.

    Args:
        stream: the archive, plain or packed with gzip record by record.
        source: its path, for messages; a page is named by its address (``crawl.warc.gz/https://…``).
        name: not used, as pages have addresses.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (heavy: imported where it is used)

    try:
        with quiet("warcio"):
            archive = ArchiveIterator(stream, no_record_parse=False, arc2warc=True)
            archive.INC_RECORD = ""  # what it would write to standard error; it counts the same, which is told below
            lines = _Lines(archive.reader.readline)
            archive.reader.readline = lines
            records = iter(archive)
    except Exception as error:  # whatever it meets in a file
        yield _broken(source, error)
        return
    found = False
    while True:
        try:
            lines.count = 0
            with quiet("warcio"):
                record = next(records, None)
                if record is None:
                    break
                found = found or record.rec_type is not None
                page = _page(record)
        except InputError as error:
            yield InputError(error.problem, path=source, hint=error.hint)
            continue
        except Exception as error:  # what follows cannot be found after a record without end
            yield _broken(source, error)
            return
        if page is not None:
            address, content, charset = page
            yield from html_pages.drafts(content, f"{source}/{address}", url=address, charset=charset)
    if archive.err_count:
        hint = "the other records were read; see warcio check"
        yield InputError(f"has {archive.err_count} record(s) of another length than they tell", path=source, hint=hint)
    if not found:
        yield InputError("holds no records", path=source, hint="allowed are WARC and ARC files")


class _Lines:
    """How warcio reads lines, within limits: without them it would read endless headers, and hold them."""

    def __init__(self, readline: Callable[[int | None], bytes]) -> None:
        self._readline, self.count = readline, 0

    def __call__(self, length: int | None = None) -> bytes:
        self.count += 1
        line = self._readline(min(length or LONGEST_LINE, LONGEST_LINE))
        # warcio may give less than asked for of a long line
        if (len(line) > LONGEST_LINE // 16 and not line.endswith(b"\n")) or self.count > MOST_LINES:
            raise ValueError("its headers have no end")
        return line


def _page(record: Any) -> tuple[str, bytes, str | None] | None:  # noqa: ANN401 - a record of warcio
    """Address, content and declared encoding of a page; None for all other records."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind, _, parameters = (record.http_headers.get_header("Content-Type") or "").partition(";")
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.http_headers.get_statuscode() != "200" or kind.strip().lower() not in _KINDS:
        return None
    if not address.startswith(("http://", "https://")):
        return None
    content = record.content_stream().read(markup.MOST_BYTES + 1)
    if len(content) > markup.MOST_BYTES:
        raise InputError(f"{address} has more than {markup.MOST_BYTES:,} bytes", hint="the other pages were read")
    if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
        raise InputError(f"{address} is cut off", hint="the other pages were read")
    charset = parameters.lower().partition("charset=")[2].strip(" \"';")
    return address, content, charset or None


def _broken(source: str, error: Exception) -> InputError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    hint = "what stands before it was read; see warcio check"
    return InputError(f"has a broken record: {reason}", path=source, hint=hint)
