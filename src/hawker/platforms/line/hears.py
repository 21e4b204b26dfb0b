"""Webhooks of official accounts (Messaging API reference, “Webhooks”, read 2026-07-01).

Each account signs with its own secret, so those of all accounts are tried. What is told is kept as it came.
Nothing of it is handed on: messages go to all friends or to a part of them, and to nobody by name.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from hawker.connect.hooks import Event
from hawker.platforms.line.app import SECRETS, secrets_of

HEADER = "x-line-signature"


class _Body(BaseModel):
    destination: str
    events: list[object]


class Hears:
    def challenge(self, query: Mapping[str, str], app: Mapping[str, str]) -> str | None:  # noqa: ARG002
        """LINE asks by a signed call without events."""
        return None

    def is_genuine(self, headers: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bool:
        given = headers.get(HEADER, "").encode()
        secrets = secrets_of(app.get(SECRETS, ""))
        return any(hmac.compare_digest(given, signature(body, secret).encode()) for secret in secrets)

    def read(self, body: bytes) -> Sequence[Event]:
        """Raises ValueError for what is not from LINE."""
        _Body.model_validate_json(body)
        return ()


def signature(body: bytes, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
