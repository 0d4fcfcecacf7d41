"""Time whole runs of kg build: python -m tests.benchmarks.runs [1000 10000]

For each number of synthetic articles, given as JSON Lines to the real command, it prints articles per second with one
process and with all cores, the share of CPU time that is not spaCy's own pipeline, the most memory of the command and
of its workers, and whether a run that is killed (kill -9) at three random moments ends in the graph of an undisturbed
one. Only the first size is killed, as that takes a run more. Articles are about as long as those of seeds/; with
``--paragraphs 1`` they are news in brief, and take a quarter of the time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.synthetic import RUNS, synthetic

ROOT: Final = Path(__file__).parent.parent.parent
SIZES: Final = (1000, 10_000)
KILLS: Final = 3
MEASURED: Final = 300  # articles from which the share of the language pipeline is taken, in a process of its own
WATCHED: Final = 0.2  # seconds between two looks at the memory


def write_articles(number: int, path: Path, paragraphs: int) -> int:
    """So many articles, one JSON object a line; how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for article in synthetic(number, runs=paragraphs):
            words += len(article.text.split())
            row = {"id": article.id, "text": article.text, "language": article.language}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return words


def start(source: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own."""
    command = [sys.executable, "-m", "kg", "build", str(source), "--out", str(out), "--no-files", "--jobs", str(jobs)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def memory(process: int) -> tuple[int, int]:
    """The most memory of a process in MB, and that of its children together."""
    own = _peak(process)
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        below = []
    return own, sum(_peak(int(child)) for child in below)


def _peak(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


class _Watch(threading.Thread):
    """Looks at the memory of a process until it ends."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.own, self.workers = process, 0, 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(WATCHED):
            own, workers = memory(self.process)
            self.own, self.workers = max(self.own, own), max(self.workers, workers)


def measured(source: Path, out: Path, jobs: int) -> dict[str, float]:
    """Seconds of a whole run, from the command to its end, and its memory."""
    begun = time.monotonic()
    run = start(source, out, jobs)
    watch = _Watch(run.pid)
    watch.start()
    if run.wait() != 0:
        raise SystemExit(f"kg build ended with {run.returncode}")
    watch.ended.set()
    return {"seconds": time.monotonic() - begun, "own": watch.own, "workers": watch.workers}


def digest(out: Path) -> str:
    """A digest of the sorted dump of a store."""
    command = [sys.executable, "-m", "kg", "dump", "--sorted", "--store", str(out / "store")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as dump:
        assert dump.stdout is not None
        found = hashlib.file_digest(dump.stdout, "sha256").hexdigest()
    return found[:16]


def killed(source: Path, out: Path, jobs: int, number: int, seed: int = 8) -> list[int]:
    """Kill a run at random moments, each further on, then let it end; how many articles it had read by then."""
    chance = random.Random(seed)
    read = []
    for moment in sorted(chance.uniform(0.05, 0.95) for _ in range(KILLS)):
        run = start(source, out, jobs)
        while _lines(out / "report.jsonl") < moment * number:
            if run.poll() is not None:
                raise SystemExit(f"kg build ended with {run.returncode} before it could be killed")
            time.sleep(chance.uniform(0, WATCHED))
        run.kill()
        run.wait()
        read.append(_lines(out / "report.jsonl"))
    if start(source, out, jobs).wait() != 0:
        raise SystemExit("kg build did not go on")
    return read


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for _ in file)
    except FileNotFoundError:
        return 0


def outside_share(number: int) -> float:
    """Per cent of CPU time, from an article to the store, that is not spaCy's own pipeline (see tests.benchmarks)."""
    command = [sys.executable, "-m", "tests.benchmarks", "--json", str(number)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds = json.loads(done.stdout)[0]["seconds"]
    return 100 * (1 - seconds["spaCy pipeline"] / sum(seconds.values()))


def measure(number: int, folder: Path, jobs: int, kill: bool, paragraphs: int) -> dict[str, Any]:
    """The figures of one size."""
    source = folder / f"{number}.jsonl"
    words = write_articles(number, source, paragraphs)
    one = measured(source, folder / f"one-{number}", 1)
    many = measured(source, folder / f"many-{number}", jobs)
    wanted = digest(folder / f"one-{number}")
    figures = {
        "articles": number,
        "words an article": round(words / number),
        "articles/s, --jobs 1": round(number / one["seconds"], 1),
        f"articles/s, --jobs {jobs}": round(number / many["seconds"], 1),
        "memory, --jobs 1, MB": one["own"],
        f"memory, --jobs {jobs}, MB": many["own"],
        "  and its workers, MB": many["workers"],
        "same graph": "yes" if digest(folder / f"many-{number}") == wanted else "NO",
    }
    if kill:
        read = killed(source, folder / f"killed-{number}", jobs, number)
        figures["killed after articles"] = ", ".join(map(str, read))
        figures["same graph after that"] = "yes" if digest(folder / f"killed-{number}") == wanted else "NO"
    return figures


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.runs", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of articles")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; by default all cores")
    parser.add_argument("--paragraphs", type=int, default=RUNS, help="of an article, of three sentences each")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(arguments)
    share = outside_share(min(MEASURED, *given.sizes))
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for place, number in enumerate(given.sizes):
            figures.append(measure(number, Path(folder), given.jobs, place == 0, given.paragraphs))
    if given.json:
        print(json.dumps({"outside the language pipeline, %": round(share, 1), "runs": figures}, indent=1))
    else:
        print(f"outside the language pipeline: {share:.1f} % of CPU time")
        for name in figures[0]:
            print(f"{name:28}" + "".join(f"{one.get(name, '')!s:>24}" for one in figures))
    bad = any(value == "NO" for one in figures for value in one.values())
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
