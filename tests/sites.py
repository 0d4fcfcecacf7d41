"""Web sites on this machine, for tests: they say what a test tells them and keep what they were asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<p>Nordlicht Energie hat die Kanzlei Brahms verklagt.</p>"
OPEN = b"User-agent: *\nDisallow:\n"
Answer = Callable[[BaseHTTPRequestHandler], None]


def say(body: bytes = PAGE, code: int = 200, length: int | None = None, **headers: str) -> Answer:
    """An answer with these headers (``Retry_After`` for Retry-After)."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def to(where: str, code: int = 302) -> Answer:
    return say(b"", code, Location=where)


class Site:
    """A host: its pages by path (a list gives each answer once, the last for ever), and what it was asked."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.pages: dict[str, Answer | list[Answer]] = {"/robots.txt": say(OPEN)}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                found = site.pages.get(self.path, say(b"", 404))
                if isinstance(found, list):
                    found = found.pop(0) if len(found) > 1 else found[0]
                found(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.server.daemon_threads = True
        self.at = f"http://{host}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> float:
        return self.now


@contextmanager
def started() -> Iterator[Callable[..., Site]]:
    """What starts sites, each by its numeric host; they end together."""
    running: list[Site] = []

    def start(host: str = "127.0.0.1") -> Site:
        running.append(Site(host))
        return running[-1]

    try:
        yield start
    finally:
        for site in running:
            site.server.shutdown()
            site.server.server_close()
