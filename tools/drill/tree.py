"""Hawker's processes: started, killed and started again."""

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools.process import Process, free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class Part:
    """A command of Hawker's. `serves`: whether it answers on a port."""

    command: str
    serves: bool


ALONE = (Part(command="up", serves=True),)
PAIR = (*ALONE, *ALONE)
CLUSTER = (
    Part(command="web", serves=True),
    Part(command="worker", serves=False),
    Part(command="worker", serves=False),
)


class Tree:
    """`env` are the settings of all parts; `folder` takes what they print.

    `fell` counts parts that ended though nobody had asked them to, `stubborn` those that did not end within
    `STOP_SECONDS` when they were asked to, of which the slowest took `slowest_stop` seconds.
    """

    def __init__(self, parts: Sequence[Part], folder: Path, env: Mapping[str, str]) -> None:
        self.parts = parts
        self._folder = folder
        self.env = env
        self._ports = [free_port() if part.serves else 0 for part in parts]
        self._running: dict[int, Process] = {}
        self._http = httpx.Client()
        self.fell = self.stubborn = self.stops = 0
        self.slowest_stop = 0.0
        self.started_at = 0.0

    @property
    def addresses(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self._ports if port]

    def pids(self) -> list[int]:
        return [process.pid for process in self._running.values()]

    def start(self) -> None:
        """Starts what does not run; returns when all of it answers. Raises RuntimeError if it never does."""
        self.started_at = time.monotonic()
        deadline = self.started_at + START_SECONDS
        while not self._is_up():
            if time.monotonic() > deadline:
                raise RuntimeError(f"Hawker does not start; see {self._folder}")
            time.sleep(0.05)

    def kill(self, places: Iterable[int]) -> None:
        """As in a power cut, all at once."""
        for place in places:
            if place in self._running:
                self._running.pop(place).kill()

    def stop(self, places: Iterable[int]) -> None:
        """As a machine that is shut down: asked to end, then ended."""
        for place in places:
            if place in self._running:
                self._stop(self._running.pop(place))

    def close(self) -> None:
        self.kill(list(self._running))
        self._http.close()

    def _stop(self, process: Process) -> None:
        began = time.monotonic()
        ended = process.stop(STOP_SECONDS)
        self.stops += 1
        self.stubborn += not ended
        self.slowest_stop = max(self.slowest_stop, time.monotonic() - began)

    def _is_up(self) -> bool:
        """Whether every part runs, and those that serve answer; what has fallen is started again."""
        for place in range(len(self.parts)):
            process = self._running.get(place)
            if process is None or process.ended:
                self.fell += process is not None
                self._running[place] = self._begin(place)
        return all(self._responds(f"{address}/healthz") for address in self.addresses)

    def _responds(self, url: str) -> bool:
        """Whatever it says: with its database away, or its worker, a server is up all the same."""
        try:
            self._http.get(url)
        except httpx.TransportError:
            return False
        return True

    def _begin(self, place: int) -> Process:
        part, port = self.parts[place], self._ports[place]
        words = ["--port", str(port)] if part.serves else []
        return Process(
            f"hawker {part.command}",
            [sys.executable, "-m", "hawker.cli", part.command, *words],
            log=self._folder / f"{part.command}-{place}.log",
            at=ROOT,
            env={**os.environ, **self.env},
        )
