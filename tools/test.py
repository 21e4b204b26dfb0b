"""`make test`: the whole suite on SQLite, then on PostgreSQL. What cannot run here is said at the end.

The networks' folders and what all networks must do alike need no database: they run beside the rest.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory, TemporaryFile

from tools.postgres import postgres

ALIKE = ("src/hawker/platforms", "tests/conformance")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    # Asked to end, it ends as with Ctrl-C, and takes the database server with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    left_out = [] if _browser() else ["the browser journeys: no Chromium (apt-get install -y chromium)"]
    marks = "not networks" if _browser() else "not networks and not browser"
    with _beside(marks) as networks:
        print("The suite on SQLite", flush=True)
        failed = _suite({}, marks, *(f"--ignore={folder}" for folder in ALIKE))
        print("The suite on PostgreSQL", flush=True)
        with postgres() as address:
            failed += _suite({"DATABASE_URL": address}, marks)
        print("The networks", flush=True)
        failed += networks()
    for each in left_out:
        print(f"Not run: {each}")
    return 1 if failed or (left_out and os.environ.get("CI") == "true") else 0


def _browser() -> str | None:
    names = [os.environ.get("HAWKER_CHROMIUM", ""), *BROWSERS]
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def _beside(marks: str) -> Iterator[Callable[[], int]]:
    """Runs what needs no database, with a data folder of its own; gives what waits for it, shows what it
    said, and gives its return code."""
    with TemporaryDirectory() as data, TemporaryFile("w+") as said:
        environment = {**os.environ, "HAWKER_DATA": data}
        running = subprocess.Popen(
            _command(marks, *ALIKE), env=environment, stdout=said, stderr=subprocess.STDOUT
        )

        def end() -> int:
            code = running.wait()
            said.seek(0)
            print(said.read(), flush=True)
            return code

        try:
            yield end
        finally:
            running.terminate()
            running.wait()


def _suite(environment: dict[str, str], marks: str, *more: str) -> int:
    return subprocess.run(_command(marks, *more), env={**os.environ, **environment}, check=False).returncode


def _command(marks: str, *more: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-m", marks, *more]


if __name__ == "__main__":
    sys.exit(main())
