"""One request over the web, with a limit to everything: its time in all, its silence, its bytes once unpacked.

No redirect is followed here, no password and no cookie of an earlier day is sent, and no connection is made into the
network of this machine where a public address led there.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from email.message import Message
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar

from kg import __version__
from kg.errors import reason_of
from kg.peers import InnerPeerError, Peers, is_inner

PRODUCT: Final = "kg-news"  # what robots.txt may call us
SAVE: Final = "save the page from a browser and give the file"
BROWSER: Final = f"open it in a browser, or {SAVE}"
LATER: Final = f"try again later, or {SAVE}"

_AGENT: Final = f"{PRODUCT}/{__version__} (reads single articles that a person named)"
_ACCEPTED: Final = "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5"
_PIECE: Final = 1 << 16
_LARGEST_ROBOTS: Final = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least, what follows is passed over
_NEVER_READ: Final = re.compile(r"(image|audio|video|font|model)/")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
_INNER: Final = "give that address itself, if it is meant"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is waited for and taken: seconds and bytes."""

    largest: int = 64 * 1024 * 1024  # bytes once unpacked: a PDF with pictures has some 10 MiB
    connect: float = 10.0
    silence: float = 20.0  # between two pieces of an answer
    total: float = 120.0  # for one answer, from the look-up of the name to the last byte
    pause: float = 1.0  # between two requests to one host
    patience: float = 60.0  # the longest wait that a host may ask for


class Failure(Exception):
    """Why an address was not fetched, said of it: "answers 404 Not Found"; and what to do next."""

    def __init__(self, problem: str, hint: str) -> None:
        self.problem, self.hint = problem, hint
        super().__init__(problem)


@dataclass(slots=True)
class Journey:
    """What holds from the address that was named to where its redirects end."""

    cookies: RequestsCookieJar = field(default_factory=RequestsCookieJar)
    outside: bool = False
    """Whether a public address has been met: none may lead into the network that this machine stands in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answers; the body only where it says that all is well."""

    url: str
    code: int
    headers: Message
    data: bytes = b""
    target: str | None = None  # of a redirect, as stated


def ask(url: str, journey: Journey, limits: Limits, *, robots: bool = False) -> Answer:
    """The answer to one request; no redirect is followed.

    Args:
        url: as :func:`address` gives it.
        journey: cookies, and whether an address inside this network is allowed; both may change.
        limits: of time and size.
        robots: whether it is a robots.txt, of which the first part will do.

    Raises:
        Failure: it cannot be reached, is too slow or too large, or holds no text.
    """
    ended: list[Answer | BaseException] = []

    def run() -> None:
        try:
            ended.append(_get(url, journey, limits, robots))
        except BaseException as error:  # it is raised below, where somebody waits for it
            ended.append(error)

    # Neither a look-up of a name nor a slow drip of bytes has a limit of its own.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(limits.total)
    if not ended:
        raise Failure(f"did not come to an end within {limits.total:g} seconds", LATER)
    if isinstance(ended[0], BaseException):
        raise ended[0]
    return ended[0]


def _get(url: str, journey: Journey, limits: Limits, robots: bool) -> Answer:
    peers = Peers(inner=not journey.outside)
    with requests.Session() as session:
        session.cookies = journey.cookies
        session.auth = _no_password
        headers = {"User-Agent": _AGENT, "Accept": _ACCEPTED, "Accept-Encoding": "gzip, deflate"}
        try:
            request = session.prepare_request(requests.Request("GET", url, headers=headers))
            proxies = session.merge_environment_settings(url, {}, True, None, None)
            # Not through the session: it reads whatever a redirect holds, of any size.
            with peers.send(request, **proxies, timeout=(limits.connect, limits.silence)) as answer:
                extract_cookies_to_jar(journey.cookies, request, answer.raw)
                journey.outside |= not (is_inner(peers.met) if peers.met else _names_inner(url))
                return _read(url, session, answer, limits.largest, robots)
        except InnerPeerError as error:
            raise Failure(str(error), _INNER) from None
        except requests.exceptions.RequestException as error:
            raise _unreachable(error, limits) from None


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from looking for a password in ~/.netrc: what is read here is public."""
    return request


def _read(url: str, session: requests.Session, answer: requests.Response, largest: int, robots: bool) -> Answer:
    """The answer with its body, where that will be read."""
    headers = Message()
    for name, value in answer.headers.items():
        headers[name] = value.replace("\r", " ").replace("\n", " ")
    code = answer.status_code
    if not 200 <= code < 300:
        try:
            return Answer(url, code, headers, target=session.get_redirect_target(answer))
        except UnicodeError:
            raise Failure("is redirected to an address that is no text", BROWSER) from None
    kind = media_type(headers)
    if not robots and kind and _NEVER_READ.match(kind):
        raise Failure(f"is {kind}, which holds no text", "give the address of an article")
    most = _LARGEST_ROBOTS if robots else largest
    stated = answer.headers.get("Content-Length", "")
    data = bytearray()
    if robots or not (stated.isascii() and stated.isdigit() and float(stated) > most):
        for piece in answer.iter_content(_PIECE):
            data += piece
            if len(data) > most:
                break
        else:
            return Answer(url, code, headers, bytes(data))
    if robots:
        return Answer(url, code, headers, bytes(data[:most]).rpartition(b"\n")[0])
    raise Failure(f"has more than {most / 2**20:,.3g} MiB", "save it, cut it into pieces and give the files")


def address(url: str) -> str:
    """An address in the form that it is asked in.

    Raises:
        Failure: it is none of the web, or holds a password.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        if sound and (parts.username or parts.password):
            raise Failure("holds a user or a password", f"give it without; behind a login, {SAVE}")
        prepared = requests.Request("GET", urldefrag(url).url).prepare().url if sound else None
    except (ValueError, requests.exceptions.RequestException):
        prepared = None
    if prepared is None:
        raise Failure("is no address of the web", "give one that begins with https:// or http://")
    return prepared


def target_of(answer: Answer, journey: Journey) -> str:
    """Where a redirect leads.

    Raises:
        Failure: not to an address of the web, or from a public one into the network of this machine.
    """
    named = answer.target or ""
    try:
        named = urljoin(answer.url, named)
        target = address(named)
    except ValueError:
        raise Failure(f"is redirected to {named[:200]!r}, which is no address of the web", BROWSER) from None
    except Failure as failure:
        problem = f"is redirected to {named[:200]!r}, which {failure.problem}"
        raise Failure(problem, BROWSER) from None
    if journey.outside and _names_inner(target):
        raise Failure(f"is redirected to {target}, an address inside this machine's own network", _INNER)
    return target


def _names_inner(url: str) -> bool:
    """Whether an address itself tells that it lies on this machine or in its network."""
    host = host_of(url)
    return is_inner(host) or host == "localhost" or host.endswith(".localhost")


def host_of(url: str) -> str:
    """The name of the host that an address lies on, lower-case."""
    return (urlsplit(url).hostname or "").rstrip(".")


def media_type(headers: Message) -> str | None:
    """The media type as stated, lower-case and without parameters; None where there is none that looks like one."""
    stated = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return stated if _MEDIA_TYPE.fullmatch(stated) else None


def _unreachable(error: requests.exceptions.RequestException, limits: Limits) -> Failure:
    reason = reason_of(error)
    if isinstance(error, requests.exceptions.SSLError):
        return Failure(f"cannot be trusted: {reason}", f"its certificate is not sound; {SAVE} if you trust it")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return Failure(f"was not reached within {limits.connect:g} seconds", "check the address and the network")
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in reason:
        return Failure(f"kept silent for {limits.silence:g} seconds", LATER)
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return Failure(f"cannot be unpacked: {reason}", SAVE)
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return Failure("broke off in the middle of its answer", LATER)
    return Failure(f"cannot be reached: {reason}", "check the address and the network")
