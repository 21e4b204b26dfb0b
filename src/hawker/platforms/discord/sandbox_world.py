"""What the pretend Discord remembers."""

import hashlib
import itertools
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json

# Ids tell the time since the first second of 2015, in milliseconds (docs reference, 2026-08-06).
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
TEXT, FORUM = 0, 15


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """`alt` is what Discord calls its description."""

    id: int
    name: str
    content_type: str
    alt: str
    size: tuple[int, int] | None
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Poll:
    question: str
    answers: tuple[str, ...]
    several: bool
    ends: datetime


@dataclass(kw_only=True)
class Message:
    """`place` is the number of the channel, or of the thread. `called`: whom the text notifies."""

    id: int
    place: int
    author: str
    date: datetime
    text: str
    flags: int = 0
    attachments: tuple[Attachment, ...] = ()
    poll: Poll | None = None
    called: Mapping[str, Json] = field(default_factory=dict)
    edited: datetime | None = None


@dataclass(kw_only=True)
class Channel:
    """With its one webhook; `token` is empty once that is taken back. `threads`: their titles by number."""

    id: int
    guild: int
    name: str
    webhook: int
    token: str
    kind: int = TEXT
    hook_type: int = 1
    hook_name: str = ""
    closed: bool = False
    threads: dict[int, str] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)

    def holds(self, place: int) -> bool:
        return place == self.id or place in self.threads


@dataclass(kw_only=True)
class Bucket:
    """So many calls in so many seconds for each webhook. Discord's own numbers are not documented: this one
    stands wide open until a test narrows it."""

    limit: int = 10_000
    seconds: float = 2
    used: int = 0
    full_again: datetime = _EPOCH

    def take(self, now: datetime) -> bool:
        if now >= self.full_again:
            self.used, self.full_again = 0, now + timedelta(seconds=self.seconds)
        self.used += 1
        return self.used <= self.limit

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)


class World:
    """`ahead`: how far the clock is moved on."""

    def __init__(self) -> None:
        self.channels: dict[int, Channel] = {}
        self.buckets: dict[int, Bucket] = {}
        self.ahead = timedelta(0)
        self._numbers: Iterator[int] = itertools.count()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def snowflake(self) -> int:
        return (int((self.now() - _EPOCH).total_seconds() * 1000) << 22) + next(self._numbers) % 4096

    def open(self, handle: str) -> Channel:
        """The channel of this name, made with a webhook if there is none; its webhook has a token."""
        made = _channel(handle.lstrip("#@"))
        channel = self.channels.setdefault(made.id, made)
        channel.token = channel.token or secrets.token_urlsafe(51)
        return channel

    def of_webhook(self, number: int) -> Channel | None:
        found = (each for each in self.channels.values() if each.webhook == number and not each.closed)
        return next(found, None)

    def at(self, place: int) -> Channel | None:
        return next((each for each in self.channels.values() if each.holds(place)), None)

    def attachment(self, number: int) -> Attachment | None:
        every = (message for channel in self.channels.values() for message in channel.messages.values())
        return next((each for message in every for each in message.attachments if each.id == number), None)


def _channel(handle: str) -> Channel:
    """Its numbers are made of the handle, as if it had been there since 2020."""
    number = (157_766_400_000 << 22) + int.from_bytes(hashlib.sha256(handle.encode()).digest()[:4])
    name = handle.replace("_", " ").title()
    return Channel(id=number + 2, guild=number + 1, name=handle, webhook=number + 3, token="", hook_name=name)
