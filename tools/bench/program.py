"""Hawker's own processes: started as an owner starts them, and what they cost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tools.bench.combination import Combination

COMMANDS = {"local": ("hawker.config.up", "--port", "0"), "cluster": ("hawker.config.worker",)}
READY = {"local": "Hawker is ready", "cluster": "Hawker's worker is ready"}


@dataclass(frozen=True)
class Program:
    """All processes that publish; their children count too."""

    processes: list[psutil.Process]

    def cpu_seconds(self) -> float:
        """User and system time so far."""
        times = [process.cpu_times() for process in self._tree()]
        return sum(time.user + time.system for time in times)

    def peak_mb(self) -> float:
        """The largest resident set of each process so far (Linux, VmHWM), added up."""
        return sum(_peak_kb(process.pid) for process in self._tree()) / 1024

    def _tree(self) -> list[psutil.Process]:
        return [each for process in self.processes for each in (process, *process.children(recursive=True))]


def _peak_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


@contextmanager
def program(combination: Combination, folder: Path) -> Iterator[Program]:
    """Hawker on the database of the environment; its log goes to `folder`."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(_process(combination.engine, folder / f"hawker-{number}.log"))
            for number in range(combination.workers)
        ]
        yield Program([psutil.Process(pid) for pid in started])


@contextmanager
def _process(engine: str, log: Path) -> Iterator[int]:
    environment = {**os.environ, "HAWKER_ALLOW_PRIVATE_HOSTS": "1", "XDG_STATE_HOME": str(log.parent)}
    environment["HAWKER_ENGINE"] = engine
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *COMMANDS[engine]],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            _wait_until_ready(process, READY[engine], log)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_ready(process: subprocess.Popen[str], words: str, log: Path) -> None:
    assert process.stdout is not None
    if not any(line.startswith(words) for line in process.stdout):
        raise SystemExit(f"Hawker did not start:\n{log.read_text()[-2000:]}")
