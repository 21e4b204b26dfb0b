"""The network's process: it takes posts, answers after a while, and remembers when each call arrived.

Not the sandbox: on two cores an aiohttp server would be what is measured. This one understands just enough
HTTP for one kind of call, and costs Hawker and the bare loop the same.
"""

import argparse
import asyncio
import json
import re
import socket
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tools.bench.calls import CHECK, PATH, SERVER

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
KEY = re.compile(rb"\r\nidempotency-key: (\S+)", re.IGNORECASE)
CLOSE = re.compile(rb"\r\nconnection: close", re.IGNORECASE)
TOKEN = re.compile(rb"\r\nauthorization: Bearer (\S+)", re.IGNORECASE)
ANSWER = json.dumps(json.loads((Path(__file__).parent / "answer.json").read_text())).encode()


@dataclass(frozen=True)
class Seen:
    """One call: instants (Unix time) of arrival and answer, and the key that it carried."""

    arrived: float
    answered: float
    key: str


@dataclass
class Memory:
    """`sample` is the latest post as it came over the wire; `checks`: when each token's owner was asked
    for."""

    seen: list[Seen] = field(default_factory=list)
    checks: dict[str, float] = field(default_factory=dict)
    sample: str = ""

    def told(self) -> bytes:
        seen = [asdict(each) for each in self.seen]
        return json.dumps({"seen": seen, "checks": self.checks, "sample": self.sample}).encode()


class Conversation(asyncio.Protocol):
    """One connection."""

    def __init__(self, memory: Memory, seconds: float) -> None:
        self._memory, self._seconds = memory, seconds
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        arrived = time.time()
        self._heard += data
        head, end, body = self._heard.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not end or len(body) < (int(length[1]) if length else 0):
            return
        request, self._heard = self._heard, b""
        if request.startswith(b"POST " + PATH.encode()):
            asyncio.get_running_loop().call_later(self._seconds, self._take, request, head, arrived)
        elif request.startswith((b"GET " + CHECK.encode(), b"GET " + SERVER.encode())):
            asyncio.get_running_loop().call_later(self._seconds, self._check, request, head, arrived)
        else:
            self._report(request)

    def _take(self, request: bytes, head: bytes, arrived: float) -> None:
        key = KEY.search(head)
        number = str(len(self._memory.seen)).encode()
        self._answer(ANSWER.replace(b"@id@", number), close=CLOSE.search(head) is not None)
        self._memory.seen.append(Seen(arrived, time.time(), key[1].decode() if key else ""))
        self._memory.sample = request.decode()

    def _check(self, request: bytes, head: bytes, arrived: float) -> None:
        """Whose token this is (its number is the account's), and of which server."""
        found = TOKEN.search(head)
        token = found[1].decode() if found else ""
        number = token.rpartition("-")[2]
        whose = {"id": number, "username": f"shop{number}", "display_name": f"Shop {number}"}
        server = {"domain": "tea.example", "version": "4.6.0"}
        if CHECK.encode() in request:
            self._memory.checks[token] = arrived
        told = whose if CHECK.encode() in request else server
        self._answer(json.dumps(told).encode(), close=CLOSE.search(head) is not None)

    def _report(self, request: bytes) -> None:
        """GET /count, GET /calls, DELETE /calls."""
        told = self._memory.told() if b" /calls " in request else str(len(self._memory.seen)).encode()
        if request.startswith(b"DELETE"):
            self._memory.seen.clear()
            self._memory.checks.clear()
        self._answer(told, close=True)

    def _answer(self, body: bytes, *, close: bool) -> None:
        kept = b"close" if close else b"keep-alive"
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nConnection: %b\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (kept, len(body), body)
        )
        if close:
            self._transport.close()


async def serve(listening: socket.socket, seconds: float) -> None:
    memory = Memory()
    server = await asyncio.get_running_loop().create_server(
        lambda: Conversation(memory, seconds), sock=listening, backlog=2048
    )
    await server.serve_forever()


def main() -> None:
    """Serves on the socket that it is handed as a file descriptor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("descriptor", type=int)
    parser.add_argument("seconds", type=float)
    given = parser.parse_args()
    asyncio.run(serve(socket.socket(fileno=given.descriptor), given.seconds))


if __name__ == "__main__":
    main()
