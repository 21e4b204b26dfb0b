"""Webhooks from the pretend Graph API: signed, and sent after the call that they tell of was answered."""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime

import aiohttp

from hawker.connect.http import Json
from hawker.connect.meta_hooks import signature

log = logging.getLogger(__name__)
SECONDS = 10


class Courier:
    """`secret`: the app's, with which it signs; `topic` is the body's `object`."""

    def __init__(self, topic: str, secret: str, now: Callable[[], datetime]) -> None:
        self.address = ""
        self._topic = topic
        self._secret = secret
        self._now = now
        self._under_way = set[asyncio.Task[int]]()

    def tell(self, address: str) -> None:
        self.address = address

    def change(self, holder: str, field: str, value: Json) -> None:
        """`entry` and `changes` as most products have them; `holder` is the id of the account."""
        entry: Json = {
            "id": holder,
            "time": int(self._now().timestamp()),
            "changes": [{"field": field, "value": value}],
        }
        self.post({"object": self._topic, "entry": [entry]})

    def post(self, body: Json) -> None:
        """Goes out by itself; nothing is sent while nobody is to be told."""
        if self.address:
            task = asyncio.get_running_loop().create_task(self.deliver(body))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def deliver(self, body: Json) -> int:
        """The status of the answer; 0 where none came."""
        content = json.dumps(body).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(content, self._secret),
        }
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

    async def verify(self, word: str) -> bool:
        """Asks the address whether it knows the word, as the network does before it tells anything."""
        params = {"hub.mode": "subscribe", "hub.verify_token": word, "hub.challenge": "1158201444"}
        async with aiohttp.ClientSession() as session, session.get(self.address, params=params) as answer:
            return answer.status == 200 and await answer.text() == params["hub.challenge"]

    async def arrived(self) -> None:
        """Waits for all that is under way."""
        await asyncio.gather(*self._under_way)
