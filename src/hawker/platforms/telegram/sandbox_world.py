"""What the pretend Telegram remembers."""

import hashlib
import itertools
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json


@dataclass(kw_only=True)
class Robot:
    """A bot. `token` is empty once its owner has taken it back."""

    id: int
    username: str
    name: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Upload:
    """`kind`: photo, video or animation. `path` is what getFile gives."""

    id: str
    kind: str
    content_type: str
    width: int
    height: int
    seconds: int
    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Poll:
    """`period`: how many seconds it is open; 0 where it has no end."""

    id: str
    question: str
    answers: tuple[str, ...]
    several: bool
    period: int


@dataclass(frozen=True, kw_only=True)
class Message:
    """`text` is the caption where there is an upload, and the description of a poll."""

    id: int
    date: datetime
    text: str
    entities: tuple[Json, ...] = ()
    upload: Upload | None = None
    poll: Poll | None = None
    album: str = ""
    reply_to: int = 0
    buttons: Json = None
    preview: Json = None
    silent: bool = False


@dataclass(kw_only=True)
class Channel:
    """`status` and `may_post` are the bot's in it. A private one has no `username`."""

    id: int
    title: str
    username: str
    robot: Robot
    status: str = "administrator"
    may_post: bool = True
    kind: str = "channel"
    moved_to: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(2))

    @property
    def page(self) -> str:
        return self.username or f"c/{str(self.id).removeprefix('-100')}"

    def posts(self) -> list[list[Message]]:
        """Oldest first; the messages of an album are one post."""
        grouped = itertools.groupby(self.messages.values(), key=lambda each: each.album or str(each.id))
        return [list(messages) for _, messages in grouped]


class World:
    """`ahead`: how far the clock is moved on. Message 1 of a channel tells that it was made."""

    def __init__(self) -> None:
        self.channels: dict[int, Channel] = {}
        self.uploads: dict[str, Upload] = {}
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def open(self, handle: str) -> Channel:
        """The channel of this name, made with a bot of its own if there is none; its bot has a token."""
        name = _username(handle)
        channel = self.channel(f"@{name}") or self._make(name, handle)
        channel.robot.token = channel.robot.token or _token(channel.robot.id)
        return channel

    def channel(self, chat_id: str) -> Channel | None:
        """By `@name`, without regard to case, or by number."""
        if chat_id.startswith("@"):
            named = (each for each in self.channels.values() if each.username.lower() == chat_id[1:].lower())
            return next(named, None)
        return self.channels.get(int(chat_id)) if re.fullmatch(r"-?\d+", chat_id) else None

    def robot(self, token: str) -> Robot | None:
        return next((each.robot for each in self.channels.values() if each.robot.token == token), None)

    def keep(self, kind: str, content_type: str, size: tuple[int, int, int], data: bytes) -> Upload:
        suffix = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}.get(content_type, "bin")
        upload = Upload(
            id=secrets.token_urlsafe(24),
            kind=kind,
            content_type=content_type,
            width=size[0],
            height=size[1],
            seconds=size[2],
            path=f"{kind}s/file_{len(self.uploads)}.{suffix}",
            data=data,
        )
        self.uploads[upload.id] = upload
        return upload

    def _make(self, name: str, handle: str) -> Channel:
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
        robot = Robot(id=10**9 + number, username=f"{name}_bot", name=f"{handle} bot", token="")
        title = handle.lstrip("@").replace("_", " ").title()
        channel = Channel(id=-(100 * 10**10 + number), title=title, username=name, robot=robot)
        self.channels[channel.id] = channel
        return channel


def _token(number: int) -> str:
    return f"{number}:AA{secrets.token_urlsafe(25)[:33]}"


def _username(handle: str) -> str:
    """Five letters at least, the first no digit (core.telegram.org, 2026-06-11)."""
    name = re.sub(r"[^a-z0-9_]+", "_", handle.lower().lstrip("@"))[:32].strip("_")
    name = name if name[:1].isalpha() else f"shop_{name}"
    return name if len(name) > 4 else f"{name}_shop"
