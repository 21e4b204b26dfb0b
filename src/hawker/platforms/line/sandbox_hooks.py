"""Webhooks from the pretend LINE, signed with the secret of the account that they are about."""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from hawker.connect.http import Json
from hawker.connect.pretend_hooks import Messenger
from hawker.platforms.line.hears import signature


class Courier(Messenger):
    """`secret_of`: the secret of the account with this id."""

    def __init__(self, now: Callable[[], datetime], secret_of: Callable[[str], str]) -> None:
        super().__init__()
        self._now = now
        self._secret_of = secret_of

    def signed(self, content: bytes) -> Mapping[str, str]:
        secret = self._secret_of(json.loads(content)["destination"])
        return {"X-Line-Signature": signature(content, secret)}

    def followed(self, account: str, person: str, *, again: bool) -> None:
        follow: Json = {"isUnblocked": again}
        told: dict[str, Json] = {"type": "follow", "follow": follow, "replyToken": _reply_token()}
        self._tell(account, person, told)

    def unfollowed(self, account: str, person: str) -> None:
        self._tell(account, person, {"type": "unfollow"})

    def wrote(self, account: str, text: str) -> None:
        quote = secrets.token_urlsafe(24)
        message: Json = {
            "id": str(secrets.randbelow(10**18)),
            "type": "text",
            "text": text,
            "quoteToken": quote,
            "markAsReadToken": secrets.token_urlsafe(24),
        }
        told: dict[str, Json] = {"type": "message", "message": message, "replyToken": _reply_token()}
        self._tell(account, f"U{secrets.token_hex(16)}", told)

    def _tell(self, account: str, person: str, event: Mapping[str, Json]) -> None:
        told: Json = {
            **event,
            "mode": "active",
            "timestamp": int(self._now().timestamp() * 1000),
            "source": {"type": "user", "userId": person},
            "webhookEventId": f"01{secrets.token_hex(12).upper()}",
            "deliveryContext": {"isRedelivery": False},
        }
        self.post({"destination": account, "events": [told]})


def _reply_token() -> str:
    return secrets.token_hex(16)
