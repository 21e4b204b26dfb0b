"""Webhooks from pretend networks: signed, and sent after the call that they tell of was answered."""

import asyncio
import json
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping

import aiohttp

from hawker.connect.http import Json

log = logging.getLogger(__name__)
SECONDS = 10


class Messenger(ABC):
    """Extended by a network's own way to sign."""

    def __init__(self) -> None:
        self.address = ""
        self._under_way = set[asyncio.Task[int]]()

    @abstractmethod
    def signed(self, content: bytes) -> Mapping[str, str]:
        """The headers that prove who sends it."""

    def tell(self, address: str) -> None:
        self.address = address

    def post(self, body: Json) -> None:
        """Goes out by itself; nothing is sent while nobody is to be told."""
        if self.address:
            task = asyncio.get_running_loop().create_task(self.deliver(body))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def deliver(self, body: Json) -> int:
        """The status of the answer; 0 where none came."""
        content = json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **self.signed(content)}
        limit = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self.address, data=content, headers=headers) as answer,
            ):
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            log.info("webhook.lost address=%s", self.address)
            return 0

    async def arrived(self) -> None:
        """Waits for all that is under way."""
        await asyncio.gather(*self._under_way)
