"""Which connection a call takes: one that was kept from an earlier call, or one of its own."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

import aiohttp

# What aiohttp repeats by itself where a kept connection turns out to be dead.
REPEATED = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"}
KEPT_SECONDS = 15.0
# Of any other call nobody could say whether it arrived: it goes on a connection that was in use a moment ago
# (servers close idle ones after 2 seconds at the earliest: gunicorn), or on one of its own.
BRISK_SECONDS = 1.0

Open = Callable[[aiohttp.TCPConnector], aiohttp.ClientSession]


def is_once(method: str, *, irreversible: bool) -> bool:
    """Whether nobody may repeat this call, as it may have been heard the first time."""
    return irreversible or method not in REPEATED


class Sessions:
    """Open with `async with`; `make` puts a session around a connector."""

    def __init__(self, make: Open, connector: Callable[..., aiohttp.TCPConnector]) -> None:
        self._make = make
        self._connector = connector
        self._hang_up = set[str]()

    async def __aenter__(self) -> Self:
        self._kept = self._make(self._connector(keepalive_timeout=KEPT_SECONDS))
        self._brisk = self._make(self._connector(keepalive_timeout=BRISK_SECONDS))
        self._fresh = self._make(self._connector(force_close=True))
        for session in (self._brisk, self._fresh):
            # aiohttp 3.14 has no other switch for its repeating; its own test client turns it off like this.
            session._retry_connection = False
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for session in (self._kept, self._brisk, self._fresh):
            await session.close()

    async def pick(self, host: str, *, once: bool) -> aiohttp.ClientSession:
        if not once:
            return self._kept
        if host in self._hang_up:
            return self._fresh
        # Two turns of the loop: what servers have closed by now is no longer offered (snac2 hangs up after
        # each answer without saying so).
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return self._brisk

    def broke(self, host: str, *, once: bool) -> None:
        """A call to this host found its connection dead: its irreversible ones get fresh ones from now on."""
        if once:
            self._hang_up.add(host)
