"""`make measure`: the figures of README and of the notes, on this machine. Not a test: nothing fails here.

Prints one JSON line a figure: times of the first and the second start from a fresh clone, memory when idle,
lateness of due posts at the network, queries and CPU of every page on the demo's data.
"""

import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = "8765"
POSTS = 20
SETTLE_SECONDS = 20
CALL = re.compile(r"^(\S+ \S+) INFO hawker.http call POST \S+ result=200 ms=(\d+)$")


def say(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


@contextmanager
def running(home: Path, log: Path) -> Iterator[subprocess.Popen[str]]:
    """`make run` in `home`, until it says that it is ready; ended with Ctrl-C."""
    environment = {**os.environ, "PORT": PORT, "HAWKER_DATA": str(home / "data"), "TZ": "UTC"}
    with log.open("w") as errors:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=home,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Hawker is ready"):
                break
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def memory(group: int) -> dict[str, float]:
    """Proportional set size (Linux, smaps_rollup) of all processes of the group, in MB."""
    sizes = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                rollup = (folder / "smaps_rollup").read_text()
                name = (folder / "comm").read_text().strip()
                sizes[f"{name}:{folder.name}"] = int(rollup.split("Pss:")[1].split()[0]) / 1024
        except (OSError, ProcessLookupError):
            continue
    return sizes


def call(home: Path, path: str, body: object = None) -> dict[str, object]:
    key = json.loads((home / "data/keys/keys.json").read_text())["machine"]
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/api/v1/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer machine_{key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def lateness(home: Path, log: Path) -> None:
    """From the planned time to the request at the network, one post after the other, nothing else to do."""
    channels = call(home, "channels")["channels"]
    assert isinstance(channels, list)
    before = len(log.read_text().splitlines())
    first = datetime.now(UTC) + timedelta(seconds=3)
    due = [first + timedelta(seconds=1.37 * number) for number in range(POSTS)]
    for number, at in enumerate(due):
        body = {"text": f"Measured {number}", "channels": [channels[0]["id"]], "at": at.isoformat()}
        call(home, "posts", body)
    time.sleep((due[-1] - datetime.now(UTC)).total_seconds() + 3)
    lines = log.read_text().splitlines()[before:]
    requests = [began for line in lines if (began := _requested(line))]
    late = [
        (min(request for request in requests if request >= at - timedelta(seconds=0.01)) - at).total_seconds()
        for at in due
    ]
    say(
        figure="due to request at the network, idle",
        posts=POSTS,
        median_s=round(statistics.median(late), 3),
        max_s=round(max(late), 3),
    )


def _requested(line: str) -> datetime | None:
    """When a publishing call began: the log line is written when it ends and says how long it took."""
    found = CALL.match(line)
    if not found:
        return None
    ended = datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S,%f").replace(tzinfo=UTC)
    return ended - timedelta(milliseconds=int(found[2]))


def starts(home: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(home)], check=True)
    for name in ("first", "second"):
        began = time.monotonic()
        with running(home, home / f"{name}.log") as process:
            say(figure=f"{name} start", seconds=round(time.monotonic() - began, 1))
            if name == "second":
                time.sleep(SETTLE_SECONDS)
                sizes = memory(os.getpgid(process.pid))
                say(figure="idle memory, PSS", mb=round(sum(sizes.values()), 1), processes=len(sizes))
                pages(home)
                lateness(home, home / f"{name}.log")


def pages(home: Path) -> None:
    """In a process of its own, on the demo's data as they are after the start."""
    environment = {**os.environ, "HAWKER_DATA": str(home / "data")}
    subprocess.run(
        [".venv/bin/python", "-m", "tools.measure", "pages"], cwd=home, env=environment, check=True
    )


def main() -> int:
    if sys.argv[1:] == ["pages"]:
        from tools import measure_pages

        measure_pages.main()
        return 0
    folder = Path(tempfile.mkdtemp(prefix="hawker-measure-"))
    try:
        starts(folder / "clone")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
