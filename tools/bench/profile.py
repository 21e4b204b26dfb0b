"""PROFILE=1: where Hawker's first process spends its time, by py-spy, thread by thread."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.program import Program

FOLDER = Path(__file__).resolve().parent.parent.parent / ".tmp" / "profiles"
RATE = 400
LINES = 60


@contextmanager
def profiled(hawker: Program, name: str, pause: float) -> Iterator[None]:
    """With PROFILE=1 watches the block from `pause` seconds on, and leaves two files in `FOLDER`."""
    if not os.environ.get("PROFILE"):
        yield
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    stacks = FOLDER / f"{name}.stacks"
    time.sleep(pause)
    watcher = subprocess.Popen(
        [_py_spy(), "record", "--pid", str(hawker.processes[0].pid), "--rate", str(RATE), "--threads"]
        + ["--gil"] * (os.environ["PROFILE"] == "gil")
        + ["--format", "raw", "--function", "--duration", "600", "--output", str(stacks)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        watcher.send_signal(signal.SIGINT)
        watcher.wait(timeout=60)
    summary = FOLDER / f"{name}.txt"
    summary.write_text(summarised(stacks.read_text()))
    print(f"Profile: {summary}", file=sys.stderr)


def summarised(stacks: str) -> str:
    """Percent of samples by thread and function: with what it calls, and by itself."""
    whole: Counter[tuple[str, str]] = Counter()
    own: Counter[tuple[str, str]] = Counter()
    for line in stacks.splitlines():
        frames, _, count = line.rpartition(" ")
        thread, *names = frames.split(";")
        own[thread, names[-1]] += int(count)
        for name in set(names):
            whole[thread, name] += int(count)
    return _table("with what it calls", whole, own.total()) + "\n" + _table("by itself", own, own.total())


def _table(title: str, counted: Counter[tuple[str, str]], total: int) -> str:
    rows = [
        f"{count * 100 / total:6.2f} %  {thread[:24]:24}  {name}"
        for (thread, name), count in counted.most_common(LINES)
    ]
    return "\n".join([title, *rows, ""])


def _py_spy() -> str:
    beside = Path(sys.executable).parent / "py-spy"
    found = str(beside) if beside.exists() else shutil.which("py-spy")
    if found is None:
        raise SystemExit("PROFILE needs py-spy: .venv/bin/python -m uv pip install py-spy")
    return found
