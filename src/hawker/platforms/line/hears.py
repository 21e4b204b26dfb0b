"""Webhooks of official accounts (Messaging API reference, “Webhooks”, read 2026-07-01).

Each account signs with its own secret, so those of all accounts are tried. What is told is kept as it came.
Who becomes a friend, and who blocks the account, is handed on; what friends write is not.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.hooks import Event, Joined, Stopped
from hawker.platforms.line.app import SECRETS, secrets_of

HEADER = "x-line-signature"
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
YEAR_3000_MS = 32_503_680_000_000


class _Body(BaseModel):
    destination: str
    events: list[object]


class _Person(BaseModel):
    id: str = Field(alias="userId", min_length=1, max_length=100)


class _Event(BaseModel):
    """Of somebody; others, such as those of groups, are no such event."""

    type: str
    source: _Person
    milliseconds: int = Field(alias="timestamp", ge=0, le=YEAR_3000_MS)


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
        told = _Body.model_validate_json(body)
        return tuple(event for each in told.events for event in _read(told.destination, each))


def signature(body: bytes, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _read(account: str, told: object) -> Iterator[Event]:
    try:
        event = _Event.model_validate(told)
    except ValidationError:
        return
    at = BEGIN + timedelta(milliseconds=event.milliseconds)
    if event.type == "follow":
        yield Joined(account=account, address=event.source.id, at=at)
    elif event.type == "unfollow":
        yield Stopped(account=account, address=event.source.id, at=at)
