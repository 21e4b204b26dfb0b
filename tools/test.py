"""`make test`: the whole suite on SQLite, then on PostgreSQL. What cannot run here is said at the end."""

import os
import shutil
import signal
import subprocess
import sys

from tools.postgres import postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    # Asked to end, it ends as with Ctrl-C, and takes the database server with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    left_out = [] if _browser() else ["the browser journeys: no Chromium (apt-get install -y chromium)"]
    marks = "not networks" if _browser() else "not networks and not browser"
    print("The suite on SQLite", flush=True)
    failed = _suite({}, marks)
    print("The suite on PostgreSQL", flush=True)
    with postgres() as address:
        failed += _suite({"DATABASE_URL": address}, marks)
    for each in left_out:
        print(f"Not run: {each}")
    return 1 if failed or (left_out and os.environ.get("CI") == "true") else 0


def _browser() -> str | None:
    names = [os.environ.get("HAWKER_CHROMIUM", ""), *BROWSERS]
    return next((found for name in names if name and (found := shutil.which(name))), None)


def _suite(environment: dict[str, str], marks: str) -> int:
    command = [sys.executable, "-m", "pytest", "-m", marks, *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
