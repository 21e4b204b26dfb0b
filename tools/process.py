"""A program of its own beside tests and drills: started, waited for, and ended with all that it started."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx

START_SECONDS = 90
END_SECONDS = 15


class Process:
    """`log` is a file that takes what it prints."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        at: Path,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        with log.open("ab") as file:
            self._child = subprocess.Popen(
                command,
                cwd=at,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def ended(self) -> bool:
        return self._child.poll() is not None

    def until(self, ready: Callable[[], bool]) -> None:
        """Waits until `ready`; raises RuntimeError where it ends before, or never is."""
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if self._child.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self._child.returncode} before it was ready")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} was not ready after {START_SECONDS} s")
            time.sleep(0.05)

    def stop(self, patience: float = END_SECONDS) -> bool:
        """Asks it to end, then ends it; gives whether it ended by itself."""
        self._signal(signal.SIGTERM)
        try:
            self._child.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        else:
            return True
        finally:
            self.kill()

    def kill(self) -> None:
        """Ends its whole group at once, as a power cut does."""
        self._signal(signal.SIGKILL)
        self._child.wait()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._child.pid, number)
        except ProcessLookupError:
            return


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False
