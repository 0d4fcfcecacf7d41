"""The SPARQL 1.1 Protocol: addresses of endpoints, and requests that give a clear line where they fail.

A request that is safe to repeat is repeated after a while where the network or a server that is
overloaded stood in its way. Nothing is followed to another address, so that credentials and
articles go only where the user said.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
from requests.auth import HTTPDigestAuth

from kg.engines import is_address
from kg.errors import StoreError, StoreUnwritableError, reason_of

USER: Final = "KG_STORE_USER"
PASSWORD: Final = "KG_STORE_PASSWORD"
_TIMEOUT: Final = (10, 300)  # seconds to connect, and between two pieces of an answer: aggregates over all take minutes
_WAITS: Final = (0.5, 1.0, 2.0)  # seconds before each further try
_BUSY: Final = frozenset({429, 502, 503, 504})
_LONGEST_WAIT: Final = 30.0
_PIECE: Final = 1 << 16
_DEFAULT_GRAPH: Final = "default-graph-uri"
_Broken = (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an endpoint is asked, and where it is told."""

    query: str
    update: str
    default_graph: str | None = None
    """IRI of the named graph that stands for the default graph, where a server has none of its own (Virtuoso)."""


def parse_address(place: str) -> Address:
    """The addresses of an endpoint.

    Of one address the other is derived: ``…/query`` is told at ``…/update`` (Oxigraph, Fuseki), ``…/repositories/NAME``
    at ``…/statements`` (RDF4J, GraphDB), all others where they are asked (Virtuoso, Blazegraph). Where that does not
    fit, both are given, with a space between.

    >>> parse_address("http://localhost:7878/query").update
    'http://localhost:7878/update'
    >>> parse_address("https://db.example/sparql https://db.example/write").update
    'https://db.example/write'
    >>> parse_address("http://localhost:8890/sparql?default-graph-uri=https://kg.example/graph").default_graph
    'https://kg.example/graph'

    Raises:
        StoreError: it is no address, or holds a password.
    """
    given = place.split()
    for one in given:
        try:
            parts = urlsplit(one)
            if not is_address(one) or not parts.hostname or (parts.port or 1) < 1:
                raise ValueError
        except ValueError:
            hint = "it looks like http://localhost:7878/query; two are for queries and for updates"
            raise StoreError("this is no address of an endpoint", path=one, hint=hint) from None
        if parts.username or parts.password:
            where = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
            hint = f"set {USER} and {PASSWORD} in the environment"
            raise StoreError("no user and password belong in the address, which others can see", path=where, hint=hint)
    if len(given) > 2:
        raise StoreError("more than two addresses", path=place, hint="one for queries and one for updates")
    update = given[1] if len(given) == 2 else _update_address(given[0])
    parts = urlsplit(given[0])
    asked = parse_qsl(parts.query)
    others = urlencode([(name, value) for name, value in asked if name != _DEFAULT_GRAPH])
    return Address(urlunsplit(parts._replace(query=others)), update, dict(asked).get(_DEFAULT_GRAPH))


def _update_address(query: str) -> str:
    parts = urlsplit(query)
    path = parts.path.rstrip("/")
    *above, last = path.split("/")
    if last == "query":
        path = "/".join([*above, "update"])
    elif above and above[-1] == "repositories":
        path = f"{path}/statements"
    else:
        return query
    return urlunsplit(parts._replace(path=path))


class Connection:
    """A connection to an endpoint that is kept open between requests."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._session = requests.Session()
        user, password = os.environ.get(USER), os.environ.get(PASSWORD)
        if user is not None:
            self._session.auth = _as_sent(user), _as_sent(password or "")

    def query(
        self, text: str, accept: str, *, stream: bool = False, default_graph: str | None = None
    ) -> requests.Response:
        """The answer to a query.

        Args:
            text: the query, with all its prefixes.
            accept: media type of the answer.
            stream: read the answer piece by piece (see `Pieces`).
            default_graph: IRI of a named graph to take for the default graph.

        Raises:
            StoreError: the endpoint cannot be reached, refuses, fails, or breaks off.
        """
        form = {"query": text, **({_DEFAULT_GRAPH: default_graph} if default_graph else {})}
        return self._send(self.address.query, form, {"Accept": accept}, stream=stream, again=True)

    def update(self, text: str, *, again: bool) -> None:
        """Have an update carried out.

        Args:
            text: the update, with all its prefixes.
            again: whether it comes to the same when it is carried out twice.

        Raises:
            StoreError: as for `query`.
        """
        kind = {"Content-Type": "application/sparql-update; charset=UTF-8", "Accept": "*/*"}
        self._send(self.address.update, text.encode(), kind, stream=False, again=again)

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _send(
        self, where: str, body: bytes | dict[str, str], headers: dict[str, str], *, stream: bool, again: bool
    ) -> requests.Response:
        tries = [*_WAITS, None] if again else [None]
        for wait in tries:
            answer = None
            try:
                answer = self._post(where, body, headers, stream)
            except requests.exceptions.RequestException as error:
                if wait is None or isinstance(error, requests.exceptions.ReadTimeout):
                    raise _unreachable(where, error) from None
            if answer is not None and (answer.status_code not in _BUSY or wait is None):
                return _checked(where, answer, changing=isinstance(body, bytes))
            time.sleep(_pause(answer, wait or 0.0))
        raise AssertionError("the last try returns or raises")

    def _post(
        self, where: str, body: bytes | dict[str, str], headers: dict[str, str], stream: bool
    ) -> requests.Response:
        def post() -> requests.Response:
            return self._session.post(
                where, data=body, headers=headers, stream=stream, timeout=_TIMEOUT, allow_redirects=False
            )

        answer = post()
        if answer.status_code == 401 and isinstance(self._session.auth, tuple):
            # Virtuoso wants Digest, and does not say so to who comes with Basic.
            self._session.auth = HTTPDigestAuth(*self._session.auth)
            answer = post()
        return answer


def _as_sent(text: str) -> str:
    """Requests writes Latin-1, servers expect UTF-8 (RFC 7617)."""
    return text.encode().decode("latin-1")


def _pause(answer: requests.Response | None, wait: float) -> float:
    """Seconds to wait before the next try: those that the server asks for, if it asks."""
    asked = answer.headers.get("Retry-After", "") if answer is not None else ""
    return min(float(asked), _LONGEST_WAIT) if asked.isascii() and asked.isdigit() else wait


def _unreachable(where: str, error: Exception) -> StoreError:
    if isinstance(error, requests.exceptions.ReadTimeout):
        return StoreError(f"the endpoint did not answer within {_TIMEOUT[1]} seconds", path=where, hint="ask for less")
    if isinstance(error, _Broken):
        return broken_off(where)
    reason = "no answer" if isinstance(error, requests.exceptions.Timeout) else reason_of(error)
    return StoreUnwritableError(
        f"the endpoint cannot be reached: {reason}", path=where, hint="is the server running, and the address right?"
    )


def broken_off(where: str) -> StoreError:
    """The error for an answer that ends too early."""
    return StoreError("the endpoint broke off in the middle of its answer", path=where, hint="try again, or ask less")


def _checked(where: str, answer: requests.Response, *, changing: bool) -> requests.Response:
    code = answer.status_code
    if 200 <= code < 300:
        return answer
    told = first_line(answer.text)
    said = f"the endpoint answered {code} {answer.reason or ''}".rstrip()
    if 300 <= code < 400:
        moved = answer.headers.get("Location", "another address")
        raise StoreUnwritableError(
            f"the endpoint has moved to {moved}", path=where, hint="name that address with --store"
        )
    if code in (401, 403):
        only = " (it may be open for reading only)" if changing else ""
        raise StoreUnwritableError(f"{said}{only}", path=where, hint=f"set {USER} and {PASSWORD} in the environment")
    if code in (404, 405):
        both = "; or name both addresses: --store 'QUERY UPDATE'" if changing else ""
        raise StoreUnwritableError(
            said, path=where, hint=f"is this its SPARQL service, such as http://localhost:7878/query?{both}"
        )
    if code == 413:
        raise StoreError(said, path=where, hint="raise the largest size of a request there")
    again = "try again later" if code in _BUSY else "its log may tell more"
    raise StoreError(f"{said}: {told}" if told else said, path=where, hint=again)


def first_line(text: str) -> str:
    """The first line of an answer that is no HTML page, at most 200 characters."""
    lines = text.strip().splitlines()
    return lines[0][:200] if lines and not lines[0].lstrip().startswith("<") else ""


class Pieces(io.RawIOBase):
    """A streamed answer as a file.

    Raises:
        StoreError: while it is read, where the answer breaks off.
    """

    def __init__(self, answer: requests.Response, where: str) -> None:
        super().__init__()
        self._answer, self._where = answer, where
        self._pieces: Iterator[bytes] = answer.iter_content(_PIECE)
        self._left = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (any writable buffer)
        """The next bytes; none at the end."""
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return 0
        except requests.exceptions.RequestException as error:
            raise _unreachable(self._where, error) from None
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def close(self) -> None:
        """Let go of the connection, read to its end or not."""
        self._answer.close()
        super().close()
