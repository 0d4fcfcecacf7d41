"""Calls to the services that a user names: reconciliation services and SPARQL endpoints; nothing else is ever called.

A call has a time limit, an answer a largest size, and a redirect to another host is not followed. What fails is told
with the address, and nothing that was found before is lost.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any, Final

from kg import __version__
from kg.errors import LinkError

LARGEST: Final = 64 * 1024 * 1024  # bytes of one answer: a batch of ten names gets some kilobytes
_AGENT: Final = f"kg-news/{__version__} (knowledge graph linking)"


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only where it leads to the host that the user named."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:  # noqa: ANN401
        """The request to make instead, or None to take the redirect for an error."""
        if urllib.parse.urlsplit(newurl).hostname != urllib.parse.urlsplit(req.full_url).hostname:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER: Final = urllib.request.build_opener(_SameHost)


def checked(url: str) -> str:
    """The address itself, if it is one of the web.

    Raises:
        LinkError: it is none.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound:
        raise LinkError(f"“{url}” is no address of the web", hint="give one that begins with https:// or http://")
    return url


def call(url: str, form: Mapping[str, str] | None, accept: str, timeout: float) -> Any:  # noqa: ANN401 (whatever JSON has)
    """The JSON that a service answers with.

    Args:
        url: of the service.
        form: what to send, as a form by POST; None to ask by GET.
        accept: the media type to ask for.
        timeout: seconds to wait.

    Raises:
        LinkError: it cannot be reached, answers with an error, with half an answer, or with something else than JSON.
    """
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(checked(url), data=data, headers={"Accept": accept, "User-Agent": _AGENT})
    try:
        with _OPENER.open(request, timeout=timeout) as answer:
            body = answer.read(LARGEST + 1)
            length = int(answer.headers.get("Content-Length") or 0)
    except urllib.error.HTTPError as error:
        told = error.read(300).decode("utf-8", "replace").strip().split("\n")[0]
        problem = f"{url} answers {error.code} {error.reason}" + (f": {told}" if told else "")
        hint = (
            "ask fewer names with --limit, or try again later" if error.code in (413, 429, 500, 502, 503, 504) else None
        )
        raise LinkError(problem, hint=hint or "check the address") from None
    except http.client.IncompleteRead:
        raise _half(url) from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise LinkError(f"{url} cannot be reached: {reason}", hint="check the address and the network") from None
    if len(body) > LARGEST:
        raise LinkError(f"{url} answers with more than {LARGEST >> 20} MiB", hint="ask fewer names with --limit")
    if len(body) < length:
        raise _half(url)
    try:
        return json.loads(body)
    except ValueError:
        start = body[:80].decode("utf-8", "replace").strip()
        raise LinkError(f"{url} does not answer in JSON, but with “{start}”", hint="check the address") from None


def _half(url: str) -> LinkError:
    return LinkError(f"{url} broke off in the middle of its answer", hint="try again later")
