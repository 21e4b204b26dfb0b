"""Events (NIP-01): written, signed, and read from relays, which may say anything."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import IntEnum
from itertools import count

from pydantic import BaseModel, ConfigDict

from hawker.platforms.nostr.keys import Key, is_signed

Tag = tuple[str, ...]


class Kind(IntEnum):
    profile = 0
    note = 1
    deletion = 5
    relays = 10_002
    media_servers = 10_063
    identity = 22_242
    letter = 24_133
    upload = 24_242


class Unsigned(BaseModel):
    """`created_at` in whole seconds since 1970; `pubkey` in lower-case hexadecimal digits."""

    model_config = ConfigDict(frozen=True, strict=True)

    pubkey: str
    created_at: int
    kind: int
    tags: tuple[Tag, ...]
    content: str

    @property
    def digest(self) -> bytes:
        """Raises UnicodeEncodeError for text that is none."""
        return hashlib.sha256(self.serialized(self.tags)).digest()

    def serialized(self, tags: Iterable[Tag]) -> bytes:
        parts = [0, self.pubkey, self.created_at, self.kind, list(tags), self.content]
        return _compact(parts).encode()

    def signed(self, key: Key) -> "Event":
        digest = self.digest
        return Event(**self.model_dump(), id=digest.hex(), sig=key.sign(digest))

    @property
    def json_text(self) -> str:
        return _compact(self.model_dump())

    def values(self, name: str) -> list[str]:
        """The first value of each tag of this name."""
        return [tag[1] for tag in self.tags if len(tag) > 1 and tag[0] == name]


class Event(Unsigned):
    """`id` and `sig` in lower-case hexadecimal digits too."""

    id: str
    sig: str

    @property
    def is_genuine(self) -> bool:
        return self.digest.hex() == self.id and is_signed(self.digest, self.pubkey, self.sig)


def compose(
    public: str, kind: int, *, content: str = "", tags: Iterable[Tag] = (), at: datetime | None = None
) -> Unsigned:
    created_at = int((at or datetime.now(UTC)).timestamp())
    return Unsigned(pubkey=public, created_at=created_at, kind=int(kind), tags=tuple(tags), content=content)


def write(
    key: Key, kind: int, *, content: str = "", tags: Iterable[Tag] = (), at: datetime | None = None
) -> Event:
    return compose(key.public, kind, content=content, tags=tags, at=at).signed(key)


def work(event: Unsigned, *, salt: int, bits: int) -> Unsigned:
    """The event with a `nonce` (NIP-13), by which its id begins with so many zero bits. `salt` makes two
    events differ that are otherwise alike."""
    mark = "\x00nonce\x00"
    whole = event.serialized((*event.tags, ("nonce", mark, str(bits))))
    before, after = whole.split(json.dumps(mark)[1:-1].encode(), 1)
    begun = hashlib.sha256(before)
    for nonce in count(salt):
        found = begun.copy()
        found.update(str(nonce).encode() + after)
        if int.from_bytes(found.digest()) >> 256 - bits == 0:
            return event.model_copy(update={"tags": (*event.tags, ("nonce", str(nonce), str(bits)))})
    raise AssertionError("counting never ends")


def read(value: object) -> Event | None:
    """None where it is no event, or not what its author signed."""
    try:
        event = Event.model_validate(_frozen(value))
        return event if event.is_genuine else None
    except ValueError:
        return None


def newest(events: Iterable[Event], kind: int) -> Event | None:
    """Of those of which the newest replaces the others; of one second, that with the lowest id."""
    own = [event for event in events if event.kind == kind]
    return min(own, key=lambda event: (-event.created_at, event.id), default=None)


def _frozen(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    tags = value.get("tags")
    if not isinstance(tags, list):
        return value
    return {**value, "tags": tuple(tuple(tag) if isinstance(tag, list) else tag for tag in tags)}


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
