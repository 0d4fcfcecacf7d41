"""Whatever bytes come, readers of formats give drafts or errors of one line, and soon."""

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import docx_files, feeds, html_pages, mails, pdf_files, web_archives
from kg.drafts import Draft
from kg.errors import InputError
from tests.pdf_pages import pdf
from tests.test_docx_files import document
from tests.test_feeds import ATOM, RSS
from tests.test_mails import mail
from tests.test_web_archives import CRAWL, archive
from tests.web_pages import ENGLISH_NEWSPAPER


@functools.cache
def examples() -> dict[str, bytes]:
    return {
        "html": ENGLISH_NEWSPAPER.html.encode(),
        "rss": RSS.format(encoding="utf-8").encode(),
        "atom": ATOM.encode(),
        "pdf": pdf([["Velmar hat Tondra gekauft.", "", "Seite 1"]] * 3, "/Title(Velmar kauft Tondra)"),
        "docx": document("Velmar kauft Tondra"),
        "mail": mail(html="<p>Velmar hat Tondra gekauft.</p>").as_bytes(),
        "warc": archive(*CRAWL[:2], gzip=False),
        "warc.gz": archive(*CRAWL[:2]),
    }


READERS = {
    "html": html_pages.drafts,
    "rss": feeds.drafts,
    "atom": feeds.drafts,
    "pdf": pdf_files.drafts,
    "docx": docx_files.drafts,
    "mail": mails.drafts,
    "warc": web_archives.drafts,
    "warc.gz": web_archives.drafts,
}
PIECES = (b"", b"\x00", b"\xff", b"<", b"&#xD800;", b"-1", b"99999999999", b"\r\n", b"((", b"<div>" * 300)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=8)


def harmless(name: str, data: bytes) -> None:
    for found in READERS[name](data, "file", "name"):
        assert isinstance(found, Draft | InputError)
        if isinstance(found, InputError):
            assert "\n" not in str(found)
            assert str(found).startswith("file")


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES)
def test_spoiled_files(name, changes):
    data = examples()[name]
    for share, length, piece in changes:
        place = int(share * len(data))
        data = data[:place] + piece + data[place + length :]
    harmless(name, data)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400), start=st.booleans())
def test_random_bytes(name, data, start):
    harmless(name, examples()[name][:60] * start + data)
