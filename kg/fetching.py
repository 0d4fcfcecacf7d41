"""Addresses that the user named, fetched politely; besides them only the robots.txt of their hosts is asked for.

Followed are the Robots Exclusion Protocol (RFC 9309), its ``Crawl-delay``, at least a second between two requests to
one host, and ``Retry-After``. Limits hold for every answer: bytes once unpacked, silence, time in all, redirects.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from kg.errors import InputError
from kg.web import (
    BROWSER,
    LATER,
    PRODUCT,
    SAVE,
    Answer,
    Failure,
    Journey,
    Limits,
    address,
    ask,
    host_of,
    media_type,
    target_of,
)

REDIRECTS: Final = 5  # what RFC 9309 asks for at least, and more than a sound address needs
LIMITS: Final = Limits()

_BUSY: Final = frozenset({429, 503})
_WAITS: Final = (2.0, 10.0)  # seconds before each further try, where the server does not say
_ROBOTS_HOLD: Final = 3600.0  # seconds; RFC 9309 allows a day
_REFUSAL_HOLDS: Final = 60.0  # seconds until a host that failed is asked again


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered.

    Attributes:
        url: the address that the answer came from, after all redirects.
        data: the body, unpacked.
        media_type: as stated, lower-case, without parameters; it need not be true.
        charset: as stated, lower-case.
    """

    url: str
    data: bytes
    media_type: str | None = None
    charset: str | None = None


def fetch(url: str) -> Fetched:
    """What an address holds, and nothing that it links to; all calls of a process share what they know of hosts.

    Args:
        url: an http(s) address. One on this machine or in its network is fetched where it is named here, but no
            public address may lead to it.

    Raises:
        InputError: it is no such address, robots.txt or the server refuses it, it is too large, too slow, or holds
            a picture, sound or film.
    """
    return _shared().fetch(url)


@cache
def _shared() -> Fetcher:
    return Fetcher()


class Fetcher:
    """Knows when each host was asked last, and what its robots.txt says.

    Args:
        limits: what is waited for and taken.
        sleep, clock: how to wait, and what tells how long; both in seconds.
    """

    def __init__(
        self,
        limits: Limits = LIMITS,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits, self._sleep, self._clock = limits, sleep, clock
        self._asked: dict[str, float] = {}  # host → when it gave its last answer
        self._read: dict[str, float] = {}  # host → when it gave its last page, robots.txt aside
        self._robots: dict[str, tuple[float, Protego | Failure]] = {}  # origin → until when it holds, what it says

    def fetch(self, url: str) -> Fetched:
        """As :func:`fetch`."""
        here, start, journey = url, url, Journey()
        try:
            here = start = address(url)
            for _ in range(REDIRECTS + 1):
                answer = self._page(here, journey)
                if answer.target is None:
                    return _fetched(answer)
                here = target_of(answer, journey)
            raise Failure(f"is redirected more than {REDIRECTS} times", BROWSER)
        except Failure as failure:
            led = "" if here == start else f"leads to {here}, which "
            raise InputError(led + failure.problem, path=url, hint=failure.hint) from None

    def _page(self, url: str, journey: Journey) -> Answer:
        rules = self._rules(url, journey)
        if not rules.can_fetch(url, PRODUCT):
            raise Failure("must not be fetched by programs, says the robots.txt of its host", SAVE)
        delay, host = rules.crawl_delay(PRODUCT) or 0.0, host_of(url)
        if host in self._read:
            self._wait(self._read[host] + delay - self._clock(), "robots.txt")
        try:
            return _checked(self._ask(url, journey))
        finally:
            self._read[host] = self._clock()

    def _rules(self, url: str, journey: Journey) -> Protego:
        """The robots.txt of an address' host.

        Raises:
            Failure: the host cannot be reached or fails, so that all is forbidden.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        until, rules = self._robots.get(origin, (0.0, None))
        if rules is None or until < self._clock():
            try:
                rules = self._read_rules(f"{origin}/robots.txt", journey)
            except Failure as failure:
                rules = failure
            holds = _REFUSAL_HOLDS if isinstance(rules, Failure) else _ROBOTS_HOLD
            self._robots[origin] = self._clock() + holds, rules
        if isinstance(rules, Failure):
            raise Failure(rules.problem, rules.hint)
        return rules

    def _read_rules(self, here: str, journey: Journey) -> Protego:
        for _ in range(REDIRECTS + 1):
            answer = self._ask(here, journey, robots=True)
            if answer.target is None:
                break
            here = target_of(answer, journey)
        if answer.code >= 500 or answer.code == 429:
            problem = f"must not be fetched now: its robots.txt answers {_told(answer.code)}"
            raise Failure(problem, LATER)
        known = 200 <= answer.code < 300
        return Protego.parse(answer.data.decode("utf-8-sig", "replace") if known else "")

    def _ask(self, url: str, journey: Journey, *, robots: bool = False) -> Answer:
        """The answer to a request, repeated after a while where the host is busy."""
        host = host_of(url)
        for wait in (*_WAITS, None):
            if host in self._asked:
                self._wait(self._asked[host] + self._limits.pause - self._clock(), "politeness")
            try:
                answer = ask(url, journey, self._limits, robots=robots)
            finally:
                self._asked[host] = self._clock()
            if answer.code not in _BUSY or wait is None:
                break
            asked = _retry_after(answer)
            self._wait(wait if asked is None else asked, f"the host (it answers {_told(answer.code)})")
        return answer

    def _wait(self, seconds: float, who: str) -> None:
        if seconds > self._limits.patience:
            problem = f"must not be asked again for {seconds:.4g} seconds, says {who}"
            raise Failure(problem, LATER)
        if seconds > 0:
            self._sleep(seconds)


def _checked(answer: Answer) -> Answer:
    """The answer, if it is a page or a redirect."""
    code, said = answer.code, f"answers {_told(answer.code)}"
    if (200 <= code < 300 and answer.data) or answer.target is not None:
        return answer
    if 200 <= code < 300:
        raise Failure("is empty", BROWSER)
    if code in (401, 402, 403, 407, 451):
        raise Failure(said, f"the host does not give it to programs or to everybody: {SAVE}")
    if code in (404, 410):
        raise Failure(said, "check the address")
    if code in _BUSY or code >= 500:
        raise Failure(said, LATER)
    raise Failure(said, BROWSER)


def _told(code: int) -> str:
    """A status as people know it, in the words of the standard: those of the host could be any."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _fetched(answer: Answer) -> Fetched:
    charset = answer.headers.get_content_charset()
    return Fetched(answer.url, answer.data, media_type(answer.headers), charset or None)


def _retry_after(answer: Answer) -> float | None:
    """Seconds that a host asks to wait, given as such or as a date (by the host's own clock)."""
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        until, now = (parsedate_to_datetime(text) for text in (asked, answer.headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
