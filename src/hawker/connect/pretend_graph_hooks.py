"""Webhooks from the pretend Graph API, signed as Meta signs."""

from collections.abc import Callable, Mapping
from datetime import datetime

import aiohttp

from hawker.connect.http import Json
from hawker.connect.meta_hooks import signature
from hawker.connect.pretend_hooks import Messenger


class Courier(Messenger):
    """`secret`: the app's, with which it signs; `topic` is the body's `object`."""

    def __init__(self, topic: str, secret: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._topic = topic
        self._secret = secret
        self._now = now

    def signed(self, content: bytes) -> Mapping[str, str]:
        return {"X-Hub-Signature-256": signature(content, self._secret)}

    def change(self, holder: str, field: str, value: Json) -> None:
        """`entry` and `changes` as most products have them; `holder` is the id of the account."""
        entry: Json = {
            "id": holder,
            "time": int(self._now().timestamp()),
            "changes": [{"field": field, "value": value}],
        }
        self.post({"object": self._topic, "entry": [entry]})

    async def verify(self, word: str) -> bool:
        """Asks the address whether it knows the word, as the network does before it tells anything."""
        params = {"hub.mode": "subscribe", "hub.verify_token": word, "hub.challenge": "1158201444"}
        async with aiohttp.ClientSession() as session, session.get(self.address, params=params) as answer:
            return answer.status == 200 and await answer.text() == params["hub.challenge"]
