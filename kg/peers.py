"""Which machine a connection really leads to, looked at before anything is sent over it.

A name can be made to lead anywhere, and elsewhere at each look-up; the address at the other end of a connection cannot.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool


def is_inner(host: str) -> bool:
    """Whether a numeric address lies on this machine or in its network; a name does not tell.

    >>> [is_inner(host) for host in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "93.184.215.14", "a.example")]
    [True, True, True, False, False]
    """
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return not (getattr(address, "ipv4_mapped", None) or address).is_global


class InnerPeerError(Exception):
    """A connection leads to where it must not; no OSError, since those are taken for a broken line."""


class Peers(HTTPAdapter):
    """A transport of requests that knows its peers, and drops the connection to one that is not allowed.

    Attributes:
        met: the numeric address of the last peer; None before there was one, and where a proxy stands between.

    Args:
        inner: whether a peer may lie on this machine or in its network.

    Raises:
        InnerPeerError: before a request is sent, where its peer may not be met.
    """

    def __init__(self, *, inner: bool) -> None:
        super().__init__()
        self.inner = inner
        self.met: str | None = None

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,  # noqa: ANN401 (as requests has it)
        proxies: dict[str, str] | None = None,
        cert: Any = None,  # noqa: ANN401 (as requests has it)
    ) -> HTTPConnectionPool:
        """The pool that a request takes its connection from."""
        pool = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        if pool.proxy is None:
            made = pool.ConnectionCls

            def connection(*args: Any, **settings: Any) -> HTTPConnection:  # noqa: ANN401
                return self._watched(cast(HTTPConnection, made(*args, **settings)))

            pool.ConnectionCls = connection  # type: ignore[assignment]
        return pool

    def _watched(self, connection: HTTPConnection) -> HTTPConnection:
        connect = connection._new_conn

        def watched() -> socket.socket:
            sock = connect()
            self.met = str(sock.getpeername()[0])
            if is_inner(self.met) and not self.inner:
                sock.close()
                raise InnerPeerError(f"stands at {self.met}, inside this machine's own network")
            return sock

        connection._new_conn = watched  # type: ignore[method-assign]
        return connection
