"""Mails (EML), such as newsletters: the text part, or the HTML part where there is no other.

Left out are quoted mails, signatures and attachments, documents among them: save those as files of their own.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any, Final

from kg import html_pages, markup, page_fields
from kg.drafts import Draft
from kg.errors import InputError

MOST_BYTES: Final = 50_000_000
LONGEST_HEADER: Final = 20_000
"""Characters of what is parsed; a second's work for the library, which takes minutes for ten times as many."""
_PARSED: Final = ("from", "subject", "date", "content-")  # of long lists of receivers nothing is read

_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED: Final = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_INTRODUCED: Final = re.compile(r"^(?:Am|On) .{5,200}(?:schrieb|wrote)[^\n]{0,200}:\s*$", re.MULTILINE)


def drafts(data: bytes, source: str, name: str | None = None) -> Iterator[Draft | InputError]:
    """The text of a mail, dated by the mail and by the person that sent it, or one error.

    Args:
        data: the mail.
        source: its path, for messages.
        name: what to call the article.
    """
    try:
        yield _draft(data, source, name)
    except InputError as error:
        yield error
    except Exception as error:  # the parser of headers raises of all kinds
        yield InputError(f"cannot be read as a mail: {type(error).__name__}: {error}", path=source)


def _draft(data: bytes, source: str, name: str | None) -> Draft:
    if len(data) > MOST_BYTES:
        raise InputError(f"has {len(data):,} bytes", path=source, hint=f"allowed in a mail are {MOST_BYTES:,}")
    mail = email.message_from_bytes(data, policy=email.policy.default)
    for one in mail.walk():
        for header, value in one.raw_items():
            if len(value) > LONGEST_HEADER and header.lower().startswith(_PARSED):
                problem = f"has a header {header[:40]} of {len(value):,} characters"
                raise InputError(problem, path=source, hint=f"allowed are {LONGEST_HEADER:,}")
    if not isinstance(mail, EmailMessage) or not (mail.get("From") or mail.get("Subject")):
        raise InputError("is no mail", path=source, hint="a mail begins with headers such as From and Subject")
    fields = _fields(mail)
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise InputError("is a mail without text", path=source, hint="save its attachments as files")
    charset = part.get_content_charset()
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    if part.get_content_type() == "text/html":
        page = html_pages.draft_of(markup.decode(content, charset), source, name)
        told = {key: value for key, value in fields.items() if value}
        return Draft(units=page.units, fields={**page.fields, **told}, source=source, name=name)
    text = _SIGNATURE.split(markup.decode(content, charset).replace("\r\n", "\n"))[0]
    text = _QUOTED.sub("", _INTRODUCED.sub("", text)).strip()
    if not text:
        raise InputError("is a mail without text of its own", path=source)
    return Draft(text, fields=fields, source=source, name=name)


def _fields(mail: EmailMessage) -> dict[str, Any]:
    sender = getattr(mail.get("From"), "addresses", ())
    authors = [one.display_name for one in sender if one.display_name and "@" not in one.display_name]
    return {
        "title": " ".join(str(mail.get("Subject") or "").split()) or None,
        "date": _date(str(mail.get("Date") or "")),
        "authors": [author for author in authors if author.strip()],
        "language": page_fields.language_of(str(mail.get("Content-Language") or "")),
    }


def _date(told: str) -> str | None:
    """The day that the mail tells, in the time zone of who sent it."""
    try:
        return parsedate_to_datetime(told).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
