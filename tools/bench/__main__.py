"""All combinations that are asked for, each on an installation of its own; with `timing` the time test."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tools.bench import timing
from tools.bench.combination import Combination, wanted
from tools.postgres import postgres

# Not /tmp, which may lie in memory: there a commit to SQLite would cost nothing.
FOLDER = Path(__file__).resolve().parent.parent.parent / ".tmp"


@contextmanager
def installation(combination: Combination) -> Iterator[dict[str, str]]:
    """The environment of a fresh Hawker, for as long as the block lasts."""
    FOLDER.mkdir(exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=f"bench-{combination.name}-", dir=FOLDER))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["HAWKER_DATA"] = str(home)
    try:
        if combination.database == "postgresql":
            with postgres() as address:
                yield {**environment, "DATABASE_URL": address}
        else:
            yield environment
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(combination: Combination, how: str = "tools.bench.run") -> str:
    """The line of figures. Raises CalledProcessError where the run fails; it has said why."""
    with installation(combination) as environment:
        words = [sys.executable, "-m", how, json.dumps(asdict(combination))]
        done = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if sys.argv[1:] == ["timing"]:
        print(measure(timing.wanted(), "tools.bench.timing"))
        return 0
    lines = []
    for combination in wanted():
        print(f"Measuring {combination.name}", file=sys.stderr, flush=True)
        lines.append(measure(combination))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
