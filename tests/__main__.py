"""Every check, in one command: python -m tests

Lint, format, types, the quality gate on seeds/ and tests/gold, then the tests; what follows goes to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
STEPS = (
    ("ruff check", [sys.executable, "-m", "ruff", "check", "--quiet", "."]),
    ("ruff format", [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."]),
    ("mypy", [sys.executable, "-m", "mypy", "--no-error-summary"]),
    ("quality gate", [sys.executable, "-m", "tests.quality_gate"]),
)


def run(name: str, command: list[str]) -> bool:
    """Run one step; its output is shown where it fails, and its last line where it has something to say."""
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode:
        print(done.stdout.rstrip())
    said = f": {lines[-1]}" if lines and not done.returncode else ""
    print(f"{'FAILED' if done.returncode else 'ok':6} {name} ({time.monotonic() - start:.0f} s){said}", flush=True)
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    os.environ.setdefault("COLUMNS", "120")
    failed = [name for name, command in STEPS if not run(name, command)]
    tests = subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, check=False)
    if failed:
        print(f"FAILED before the tests: {', '.join(failed)}")
    return 1 if failed or tests.returncode else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
