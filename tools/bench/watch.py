"""The network's process as the benchmark sees it: started, waited for, asked what arrived."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tools.bench.network import Seen

PATIENCE_SECONDS = 300


@dataclass(frozen=True)
class Network:
    address: str

    def wait_for(self, calls: int) -> None:
        """Until as many calls were answered. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE_SECONDS
        while (count := int(self._ask("GET", "/count"))) < calls:
            if time.monotonic() > end:
                raise TimeoutError(f"{count} of {calls} calls arrived within {PATIENCE_SECONDS} s")
            time.sleep(0.1)

    def collect(self) -> tuple[list[Seen], str]:
        """All calls since the last time and one as it came over the wire; then forgets them."""
        told = json.loads(self._ask("GET", "/calls"))
        self._ask("DELETE", "/calls")
        return [Seen(**each) for each in told["seen"]], told["sample"]

    def checks(self) -> dict[str, float]:
        """When each token's owner was asked for, since the last `collect`."""
        told: dict[str, float] = json.loads(self._ask("GET", "/calls"))["checks"]
        return told

    def _ask(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(f"{self.address}{path}", method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            said: bytes = answer.read()
            return said


@contextmanager
def network(answer_ms: int) -> Iterator[Network]:
    """A network in a process of its own, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        number = listening.fileno()
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.network", str(number), str(answer_ms / 1000)],
            pass_fds=[number],
        )
        try:
            yield Network(f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            process.kill()
            process.wait()
