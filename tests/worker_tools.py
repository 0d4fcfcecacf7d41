"""What workers run in tests: a function that does to its process what a text asks for."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError, ModelError


def obedient(folder: str) -> Callable[[str], object]:
    """Reads texts that say how it goes; ``folder`` is where it notes that it was there."""
    if folder == "refused":
        raise ModelError("there is no pipeline")

    def read(text: str) -> object:
        print("noise")  # must not get among the replies
        word, _, name = text.partition(" ")
        if word == "die" or (word == "stumble" and not (Path(folder) / name).exists()):
            (Path(folder) / name).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "leave":
            sys.stdout.flush()
            os._exit(3)
        if word == "sleep":
            time.sleep(float(name))
        if word == "fail":
            return InputError("is odd", path=name, line=3, hint="mend it")
        return text.upper()

    return read
