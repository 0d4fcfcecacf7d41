"""Real SPARQL servers on this machine, for tests: each is started once, on a free port, and ends with the tests."""

from __future__ import annotations

import atexit
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from functools import cache
from pathlib import Path

import pytest

DEFAULT_GRAPH = "https://kg.example/default"  # Virtuoso has no default graph of its own
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def oxigraph(place: str | None = None, command: str = "serve") -> str:
    """Start an Oxigraph server; the address that it is asked at."""
    port = free_port()
    _start([_oxigraph_program(), command, "--bind", f"127.0.0.1:{port}", *(["--location", place] if place else [])])
    address = f"http://127.0.0.1:{port}/query"
    _wait_for(address)
    return address


@cache
def shared_oxigraph() -> str:
    """The address of the one Oxigraph server that tests share, each after clearing it."""
    return oxigraph()


@cache
def shared_virtuoso() -> str:
    """The address of a Virtuoso server, which lets everybody write; the test is skipped where it is not installed."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        pytest.skip("Virtuoso is not installed (Debian: apt-get install virtuoso-opensource-7-bin)")
    folder = Path(tempfile.mkdtemp(prefix="virtuoso-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, sql=sql, http=http))
    _start([program, "-f", "-c", str(folder / "virtuoso.ini")], cwd=folder)
    address = f"http://127.0.0.1:{http}/sparql?{urllib.parse.urlencode({'default-graph-uri': DEFAULT_GRAPH})}"
    _wait_for(address)
    grant = "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);"
    subprocess.run([isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={grant}"], check=True, capture_output=True)
    return address


def clear(address: str) -> None:
    """Empty a server."""
    if "/sparql" in address:
        asked = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER STRSTARTS(STR(?g), 'https://kg.example/') }"
        graphs = _send(address, "query", asked, "text/csv").split()[1:]
        for graph in graphs:
            _send(address, "update", f"CLEAR GRAPH <{graph.strip(chr(34))}>", "*/*")
    else:
        _send(address.replace("/query", "/update"), "update", "DROP ALL", "*/*")


def _send(address: str, kind: str, text: str, accept: str) -> str:
    body = urllib.parse.urlencode({kind: text}).encode()
    with urllib.request.urlopen(urllib.request.Request(address, body, {"Accept": accept}), timeout=60) as answer:
        return answer.read().decode()


def _oxigraph_program() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        pytest.skip("the oxigraph server is not installed: pip install 'kg-news[dev]'")
    return found


def _start(command: list[str], cwd: Path | None = None) -> None:
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(process.wait)
    atexit.register(process.kill)  # run before the line above: last in, first out


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            _send(address, "query", "ASK {}", "application/sparql-results+json")
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")
