"""Hawker's clock, which the drill can put wrong while Hawker runs: libfaketime, which reads it from a file.

Only the wall clock is off: monotonic time goes on as it should, and so do the networks' clocks.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

MEANS = "libfaketime"
# For how long a process under it may go on reading the time by an offset that is no more. The library counts
# whole seconds, and reads the file again once more of them than it is told have begun.
CACHE_SECONDS = 1
_ASK = "import time; print(time.time())"


class Clock:
    """`env` puts a process under it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.jump(timedelta(0))
        self.env: Mapping[str, str] = {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": str(CACHE_SECONDS - 1),
            "FAKETIME_DISABLE_SHM": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def jump(self, offset: timedelta) -> None:
        """How far it is off from now on."""
        draft = self._file.with_suffix(".draft")
        draft.write_text(f"{offset.total_seconds():+.0f}\n")
        draft.replace(self._file)

    def bites(self) -> bool:
        """Whether a Python under it reads another time: there are machines that cannot load the library."""
        self.jump(timedelta(hours=1))
        under = float(_time_in(self.env))
        self.jump(timedelta(0))
        return under - float(_time_in({})) > 3500


def clock(folder: Path) -> Clock | None:
    """None where there is no such library here, or it does not bite."""
    if find_spec("libfaketime") is None:
        return None
    made = Clock(folder)
    return made if made.bites() else None


def _library() -> Path:
    found = find_spec("libfaketime")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"


def _time_in(env: Mapping[str, str]) -> str:
    asked = [sys.executable, "-c", _ASK]
    return subprocess.run(asked, env={**os.environ, **env}, check=True, capture_output=True, text=True).stdout
