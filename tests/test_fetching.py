"""Addresses fetched politely, from servers that say what a test tells them, by a clock that only sleep moves."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
import servers
from sites import OPEN, PAGE, Hours, say, started, to

from kg import fetching, peers
from kg.errors import InputError
from kg.fetching import Fetched, Fetcher
from kg.web import Limits, address


@pytest.fixture
def hours():
    return Hours()


@pytest.fixture
def fetcher(hours):
    return Fetcher(Limits(largest=1 << 20, connect=2, silence=2, total=4), hours.sleep, hours.clock)


@pytest.fixture
def sites():
    with started() as start:
        yield start


@pytest.fixture
def site(sites):
    return sites()


def refused(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(InputError) as error:
        fetcher.fetch(url)
    line = str(error.value)
    assert line.startswith(f"{url}: "), line
    assert "\n" not in line
    assert error.value.hint, line
    return line


def memory(work: Callable[[], object]) -> int:
    """The most bytes that were held at once."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class TestPages:
    def test_what_is_there_and_how_it_was_asked_for(self, site, fetcher):
        site.pages["/a?x=1"] = say(Content_Type="Text/HTML; charset=ISO-8859-1")
        assert fetcher.fetch(f"{site.at}/a?x=1#teil") == Fetched(f"{site.at}/a?x=1", PAGE, "text/html", "iso-8859-1")
        assert site.asked == ["/robots.txt", "/a?x=1"]
        for headers in site.headers:
            assert headers["User-Agent"].startswith("kg-news/")
            assert not {"Authorization", "Cookie", "Referer"} & set(headers)

    @pytest.mark.parametrize("stated", ["", "x", "html; charset", "text/html/x", "text/html;charset=\x80"])
    def test_a_type_that_is_none_is_not_told(self, site, fetcher, stated):
        site.pages["/a"] = say(Content_Type=stated)
        assert fetcher.fetch(f"{site.at}/a").media_type in (None, "text/html")

    def test_packed_pages_are_unpacked(self, site, fetcher):
        site.pages["/a"] = say(gzip.compress(PAGE), Content_Encoding="gzip")
        assert fetcher.fetch(f"{site.at}/a").data == PAGE

    def test_no_password_of_this_machine_is_sent(self, site, fetcher, tmp_path, monkeypatch):
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login anna password geheim\n")
        monkeypatch.setenv("NETRC", str(netrc))
        site.pages["/a"] = say()
        fetcher.fetch(f"{site.at}/a")
        assert all("Authorization" not in headers for headers in site.headers)

    def test_cookies_last_to_the_end_of_the_redirects(self, site, fetcher):
        site.pages["/a"] = [say(b"", 302, Location="/a", Set_Cookie="seen=1"), say()]
        fetcher.fetch(f"{site.at}/a")
        fetcher.fetch(f"{site.at}/a")
        assert [headers.get("Cookie") for headers in site.headers] == [None, None, "seen=1", None]

    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            (say(b"", 404), "answers 404 Not Found – check the address"),
            (say(b"", 410), "answers 410 Gone"),
            (say(b"", 403), "answers 403 Forbidden – the host does not give it to programs"),
            (say(b"", 401), "answers 401 Unauthorized"),
            (say(b"", 500), "answers 500 Internal Server Error – try again later"),
            (say(b"", 304), "answers 304 Not Modified"),
            (say(b"", 799), "answers 799 –"),
            (say(b""), "is empty"),
            (say(b"", 204), "is empty"),
            (say(Content_Type="image/jpeg"), "is image/jpeg, which holds no text"),
            (say(length=9999), "broke off in the middle of its answer"),
            (say(length=2 << 20), "has more than 1 MiB"),
            (say(bytes(2 << 20)), "has more than 1 MiB"),
            (say(gzip.compress(bytes(200 << 20)), Content_Encoding="gzip"), "has more than 1 MiB"),
            (say(b"no gzip", Content_Encoding="gzip"), "cannot be unpacked"),
            (say(b"", length=0, code=301, Location="http://[::1"), "which is no address of the web"),
        ],
    )
    def test_what_cannot_be_had_is_told_in_one_line(self, site, fetcher, answer, problem):
        site.pages["/a"] = answer
        assert problem in refused(fetcher, f"{site.at}/a")

    def test_a_bomb_is_unpacked_no_further_than_the_limit(self, site, fetcher):
        bomb = gzip.compress(gzip.compress(bytes(200 << 20)))
        site.pages["/a"] = say(bomb, Content_Encoding="gzip, gzip")
        assert memory(lambda: refused(fetcher, f"{site.at}/a")) < 8 << 20

    @pytest.mark.parametrize(
        ("url", "problem"),
        [
            ("file:///etc/passwd", "is no address of the web"),
            ("ftp://a.example/x", "is no address of the web"),
            ("https://", "is no address of the web"),
            ("http://a.example:0/", "is no address of the web"),
            ("http://a.example:99999/", "is no address of the web"),
            ("http://[::1/", "is no address of the web"),
            ("https://anna:geheim@a.example/", "holds a user or a password"),
            ("http://name.invalid/", "cannot be reached"),
        ],
    )
    def test_what_is_no_address(self, fetcher, url, problem):
        assert problem in refused(fetcher, url)

    def test_a_host_that_is_not_there(self, fetcher):
        line = refused(fetcher, f"http://127.0.0.1:{servers.free_port()}/a")
        assert "cannot be reached: Connection refused – check the address and the network" in line

    def test_a_host_that_cannot_be_trusted(self, fetcher):
        """A server that speaks no TLS at all stands for all that is wrong with it."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            threading.Thread(target=_plain, args=(listening,), daemon=True).start()
            assert "cannot be trusted" in refused(fetcher, f"https://127.0.0.1:{listening.getsockname()[1]}/a")

    def test_addresses_are_asked_for_in_one_form(self):
        assert address("https://münchen.example/straße?q=ä b#x") == (
            "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%A4%20b"
        )


def _plain(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
    connection.close()


class TestTime:
    def test_a_host_that_says_nothing(self, site, hours):
        site.pages["/a"] = lambda _: time.sleep(3)
        fetcher = Fetcher(Limits(silence=0.2), hours.sleep, hours.clock)
        assert "kept silent for 0.2 seconds" in refused(fetcher, f"{site.at}/a")

    def test_a_host_that_never_ends(self, site, hours):
        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.end_headers()
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(0.05)

        site.pages["/a"] = drip
        fetcher = Fetcher(Limits(total=0.4), hours.sleep, hours.clock)
        before = time.monotonic()
        assert "did not come to an end within 0.4 seconds" in refused(fetcher, f"{site.at}/a")
        assert time.monotonic() - before < 2

    def test_a_second_between_two_requests_to_one_host(self, sites, fetcher, hours):
        one, other = sites(), sites("127.0.0.2")
        for site in (one, other):
            site.pages["/a"] = say()
        fetcher.fetch(f"{one.at}/a")
        assert hours.slept == [1.0]
        fetcher.fetch(f"{other.at}/a")
        assert hours.slept == [1.0, 1.0]
        fetcher.fetch(f"{one.at}/a")  # it was asked a second ago
        assert hours.slept == [1.0, 1.0]
        fetcher.fetch(f"{one.at}/a")
        assert hours.slept == [1.0, 1.0, 1.0]

    def test_a_delay_that_robots_txt_asks_for(self, site, fetcher, hours):
        site.pages |= {"/robots.txt": say(b"User-agent: *\nCrawl-delay: 20\n"), "/a": say()}
        fetcher.fetch(f"{site.at}/a")
        fetcher.fetch(f"{site.at}/a")
        assert hours.slept == [1.0, 20.0]

    def test_a_delay_longer_than_anybody_waits(self, site, fetcher):
        site.pages |= {"/robots.txt": say(b"User-agent: *\nCrawl-delay: 3600\n"), "/a": say()}
        fetcher.fetch(f"{site.at}/a")
        assert "must not be asked again for 3600 seconds, says robots.txt" in refused(fetcher, f"{site.at}/a")

    @pytest.mark.parametrize(
        ("headers", "slept"),
        [
            ({}, [1.0, 2.0]),
            ({"Retry_After": "7"}, [1.0, 7.0]),
            ({"Retry_After": "0"}, [1.0, 1.0]),
            ({"Retry_After": "soon"}, [1.0, 2.0]),
        ],
    )
    @pytest.mark.parametrize("code", [429, 503])
    def test_a_busy_host_is_asked_again(self, site, fetcher, hours, code, headers, slept):
        site.pages["/a"] = [say(b"", code, **headers), say()]
        assert fetcher.fetch(f"{site.at}/a").data == PAGE
        assert hours.slept == slept

    def test_but_not_for_ever(self, site, fetcher, hours):
        site.pages["/a"] = say(b"", 503)
        assert "answers 503 Service Unavailable – try again later" in refused(fetcher, f"{site.at}/a")
        assert site.asked.count("/a") == 3

    @pytest.mark.parametrize("asked", ["86400", "9" * 5000, "Fri, 31 Dec 9999 00:00:00 GMT"])
    def test_nor_later_than_anybody_waits(self, site, fetcher, asked):
        site.pages["/a"] = say(b"", 429, Retry_After=asked)
        assert "seconds, says the host (it answers 429 Too Many Requests)" in refused(fetcher, f"{site.at}/a")
        assert site.asked.count("/a") == 1


class TestRobots:
    @pytest.mark.parametrize(
        ("robots", "allowed"),
        [
            ("User-agent: *\nDisallow: /a\n", False),
            ("User-agent: *\nDisallow: /\nAllow: /a$\n", True),
            ("User-agent: *\nDisallow: /\n\nUser-agent: kg-news\nAllow: /\n", True),
            ("User-agent: *\nAllow: /\n\nUser-agent: KG-News\nDisallow: /\n", False),
            ("User-agent: articles\nDisallow: /\n", True),
            ("<html><body>Nicht gefunden</body></html>", True),
            ("\ufeffUser-agent: *\nDisallow: /a\n", False),
            ("# " + "x" * 600_000 + "\nUser-agent: *\nDisallow: /\n", True),
            ("User-agent: *\nDisallow: /a\n" + "# more\n" * 100_000, False),
        ],
    )
    def test_what_it_says_holds(self, site, fetcher, robots, allowed):
        site.pages |= {"/robots.txt": say(robots.encode()), "/a": say()}
        if allowed:
            assert fetcher.fetch(f"{site.at}/a").data == PAGE
        else:
            assert "must not be fetched by programs, says the robots.txt" in refused(fetcher, f"{site.at}/a")
            assert site.asked == ["/robots.txt"]

    @pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
    def test_where_there_is_none_all_is_allowed(self, site, fetcher, code):
        site.pages |= {"/robots.txt": say(b"", code), "/a": say()}
        assert fetcher.fetch(f"{site.at}/a").data == PAGE

    @pytest.mark.parametrize("code", [429, 500, 503])
    def test_where_it_cannot_be_read_nothing_is(self, site, fetcher, hours, code):
        site.pages |= {"/robots.txt": say(b"", code), "/a": say()}
        assert f"must not be fetched now: its robots.txt answers {code}" in refused(fetcher, f"{site.at}/a")
        asked = len(site.asked)
        refused(fetcher, f"{site.at}/b")
        assert len(site.asked) == asked
        assert "/a" not in site.asked
        hours.sleep(61)
        site.pages["/robots.txt"] = say(OPEN)
        assert fetcher.fetch(f"{site.at}/a").data == PAGE

    def test_it_is_asked_once_an_hour(self, site, fetcher, hours):
        site.pages["/a"] = say()
        for pause in (0, 10, 3600):
            hours.sleep(pause)
            fetcher.fetch(f"{site.at}/a")
        assert site.asked == ["/robots.txt", "/a", "/a", "/robots.txt", "/a"]

    def test_redirects_of_it_are_followed(self, sites, fetcher):
        one, other = sites(), sites()
        one.pages |= {"/robots.txt": to(f"{other.at}/rules"), "/a": say()}
        other.pages["/rules"] = say(b"User-agent: *\nDisallow: /a\n")
        assert "must not be fetched by programs" in refused(fetcher, f"{one.at}/a")

    def test_and_after_many_of_them_there_is_none(self, site, fetcher):
        site.pages |= {"/robots.txt": to("/robots.txt"), "/a": say()}
        assert fetcher.fetch(f"{site.at}/a").data == PAGE


class TestRedirects:
    @pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
    def test_they_are_followed_and_the_last_address_is_told(self, sites, fetcher, code):
        one, other = sites(), sites("127.0.0.2")
        one.pages |= {"/a": to("b", code), "/b": to(f"{other.at}/c", code)}
        other.pages["/c"] = say()
        assert fetcher.fetch(f"{one.at}/a").url == f"{other.at}/c"
        assert other.asked == ["/robots.txt", "/c"]

    def test_each_host_is_asked_for_its_rules(self, sites, fetcher):
        one, other = sites(), sites()
        one.pages["/a"] = to(f"{other.at}/secret")
        other.pages["/robots.txt"] = say(b"User-agent: *\nDisallow: /secret\n")
        line = refused(fetcher, f"{one.at}/a")
        assert f"leads to {other.at}/secret, which must not be fetched by programs" in line
        assert other.asked == ["/robots.txt"]

    def test_a_circle(self, site, fetcher):
        site.pages |= {"/a": to("/b"), "/b": to("/a")}
        assert "is redirected more than 5 times" in refused(fetcher, f"{site.at}/a")
        assert len(site.asked) == 7

    def test_five_are_followed(self, site, fetcher):
        site.pages |= {f"/{n}": to(f"/{n + 1}") for n in range(5)} | {"/5": say()}
        assert fetcher.fetch(f"{site.at}/0").url == f"{site.at}/5"

    @pytest.mark.parametrize(
        "where", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://x:y@b/"]
    )
    def test_only_the_web_is_followed(self, site, fetcher, where):
        site.pages["/a"] = to(where)
        assert f"is redirected to {where!r}, which " in refused(fetcher, f"{site.at}/a")

    def test_what_they_hold_is_not_read(self, site, fetcher):
        bomb = gzip.compress(bytes(100 << 20))
        site.pages |= {"/a": say(bomb, 302, Location="/b", Content_Encoding="gzip"), "/b": say()}
        assert memory(lambda: fetcher.fetch(f"{site.at}/a")) < 8 << 20

    def test_what_fails_behind_one_is_told_with_both_addresses(self, site, fetcher):
        site.pages["/a"] = to("/b")
        assert f"leads to {site.at}/b, which answers 404" in refused(fetcher, f"{site.at}/a")


class TestInnerNetworks:
    """127.0.0.1 plays a public address here, 127.0.0.2 one of this network."""

    @pytest.fixture(autouse=True)
    def _map(self, monkeypatch):
        def is_inner(host: str) -> bool:
            return host == "127.0.0.2"

        monkeypatch.setattr(peers, "is_inner", is_inner)
        monkeypatch.setattr("kg.web.is_inner", is_inner)

    def test_a_public_address_leads_to_none(self, sites, fetcher):
        public, inner = sites(), sites("127.0.0.2")
        public.pages["/a"] = to(f"{inner.at}/status")
        line = refused(fetcher, f"{public.at}/a")
        assert f"is redirected to {inner.at}/status, an address inside this machine's own network" in line
        assert inner.asked == []

    def test_nor_under_a_name(self, sites, fetcher, monkeypatch):
        """A name tells nothing; what it leads to is seen before anything is sent."""
        public, inner = sites(), sites("127.0.0.2")
        look_up = socket.getaddrinfo
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *rest: look_up("127.0.0.2" if host == "news.example" else host, *rest)
        )
        public.pages["/a"] = to(f"http://news.example:{inner.server.server_port}/status")
        assert "stands at 127.0.0.2, inside this machine's own network" in refused(fetcher, f"{public.at}/a")
        assert inner.asked == []

    def test_nor_does_its_robots_txt(self, sites, fetcher):
        public, inner = sites(), sites("127.0.0.2")
        public.pages |= {"/robots.txt": to(f"{inner.at}/status"), "/a": say()}
        assert "an address inside this machine's own network" in refused(fetcher, f"{public.at}/a")
        assert inner.asked == []

    def test_what_the_user_names_is_fetched_and_may_lead_within(self, sites, fetcher):
        inner = sites("127.0.0.2")
        inner.pages |= {"/a": to("/b"), "/b": say()}
        assert fetcher.fetch(f"{inner.at}/a").data == PAGE

    def test_but_not_back_in_once_it_has_led_out(self, sites, fetcher):
        public, inner = sites(), sites("127.0.0.2")
        inner.pages |= {"/a": to(f"{public.at}/a"), "/b": say()}
        public.pages["/a"] = to(f"{inner.at}/b")
        assert "leads to" in refused(fetcher, f"{inner.at}/a")
        assert "/b" not in inner.asked


@pytest.mark.parametrize(
    ("host", "inner"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.1", True),
        ("172.16.0.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("::1", True),
        ("[::1]", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("93.184.215.14", False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", False),
        ("::ffff:93.184.215.14", False),
        ("news.example", False),
        ("", False),
    ],
)
def test_which_addresses_lie_within(host, inner):
    assert peers.is_inner(host) is inner


def test_all_calls_share_what_they_know(site, monkeypatch):
    fetcher = Fetcher(Limits(pause=0.0))
    monkeypatch.setattr(fetching, "_shared", lambda: fetcher)
    site.pages["/a"] = say()
    fetching.fetch(f"{site.at}/a")
    fetching.fetch(f"{site.at}/a")
    assert site.asked == ["/robots.txt", "/a", "/a"]
