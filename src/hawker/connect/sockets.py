"""What is said and heard over a WebSocket, within the limits that hold for calls too."""

import asyncio
import time
from typing import Protocol

import aiohttp

from hawker.connect.errors import NetworkError

MESSAGE_BYTES = 2**20
# A whole conversation; one that drips without end is none.
TALK_SECONDS = 300


class Broken(Protocol):
    """What it means that a conversation ended without an answer."""

    def __call__(self, error: Exception, *, irreversible: bool) -> NetworkError: ...


class Socket:
    """Comes from `Http.talk`. `seconds`: how long an answer may take; `most`: how many characters are heard
    in all."""

    def __init__(
        self, wire: aiohttp.ClientWebSocketResponse, broken: Broken, *, seconds: float, most: int
    ) -> None:
        self._wire = wire
        self._broken = broken
        self._seconds = seconds
        self._left = most
        self._until = time.monotonic() + TALK_SECONDS
        self._irreversible = False

    async def say(self, text: str, *, irreversible: bool = False) -> None:
        """From what is `irreversible` on, whatever gets lost raises OutcomeUnknown."""
        self._irreversible = self._irreversible or irreversible
        try:
            async with asyncio.timeout(self._seconds):
                await self._wire.send_str(text)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise self._broken(error, irreversible=self._irreversible) from error

    async def hear(self) -> str:
        """The next text. Raises Later, or OutcomeUnknown, where none comes in time or the other side hung
        up."""
        try:
            return await self._next()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise self._broken(error, irreversible=self._irreversible) from error

    async def _next(self) -> str:
        left = min(self._seconds, self._until - time.monotonic())
        message = await self._wire.receive(timeout=max(left, 0.001))
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise aiohttp.ServerDisconnectedError("the other side hung up")
        text = str(message.data)
        self._left -= len(text)
        if self._left < 0:
            raise aiohttp.ClientPayloadError("the other side says too much")
        return text
