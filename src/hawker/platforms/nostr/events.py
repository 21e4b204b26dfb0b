"""Events (NIP-01): written, signed, and read from relays, which may say anything."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from itertools import count

from pydantic import BaseModel, ConfigDict, ValidationError

from hawker.platforms.nostr.keys import Key, is_signed

Tag = tuple[str, ...]


class Kind(IntEnum):
    profile = 0
    note = 1
    deletion = 5
    relays = 10_002
    media_servers = 10_063
    identity = 22_242
    upload = 24_242


class Event(BaseModel):
    """`created_at` in whole seconds since 1970; `id`, `pubkey` and `sig` in lower-case hexadecimal digits."""

    model_config = ConfigDict(frozen=True, strict=True)

    id: str
    pubkey: str
    created_at: int
    kind: int
    tags: tuple[Tag, ...]
    content: str
    sig: str

    @property
    def is_genuine(self) -> bool:
        digest = hashlib.sha256(_serialized(self.pubkey, self.created_at, self.kind, self.tags, self.content))
        return digest.hexdigest() == self.id and is_signed(digest.digest(), self.pubkey, self.sig)

    @property
    def json_text(self) -> str:
        return json.dumps(self.model_dump(), separators=(",", ":"), ensure_ascii=False)

    def values(self, name: str) -> list[str]:
        """The first value of each tag of this name."""
        return [tag[1] for tag in self.tags if len(tag) > 1 and tag[0] == name]


def write(
    key: Key, kind: int, *, content: str = "", tags: Iterable[Tag] = (), at: datetime | None = None
) -> Event:
    """Raises UnicodeEncodeError for text that is none."""
    created_at, own = int((at or datetime.now(UTC)).timestamp()), tuple(tags)
    digest = hashlib.sha256(_serialized(key.public, created_at, int(kind), own, content)).digest()
    return Event(
        id=digest.hex(),
        pubkey=key.public,
        created_at=created_at,
        kind=int(kind),
        tags=own,
        content=content,
        sig=key.sign(digest),
    )


def work(key: Key, event: Event, *, salt: int, bits: int) -> Event:
    """The event with a `nonce` (NIP-13), by which its id begins with so many zero bits. `salt` makes two
    events differ that are otherwise alike."""
    mark = "\x00nonce\x00"
    tags = (*event.tags, ("nonce", mark, str(bits)))
    whole = _serialized(event.pubkey, event.created_at, event.kind, tags, event.content)
    before, after = whole.split(json.dumps(mark)[1:-1].encode(), 1)
    begun = hashlib.sha256(before)
    for nonce in count(salt):
        found = begun.copy()
        found.update(str(nonce).encode() + after)
        if int.from_bytes(found.digest()) >> 256 - bits == 0:
            own = (*event.tags, ("nonce", str(nonce), str(bits)))
            return event.model_copy(
                update={"tags": own, "id": found.hexdigest(), "sig": key.sign(found.digest())}
            )
    raise AssertionError("counting never ends")


def read(value: object) -> Event | None:
    """None where it is no event, or not what its author signed."""
    try:
        event = Event.model_validate(_frozen(value))
    except ValidationError:
        return None
    return event if event.is_genuine else None


def newest(events: Iterable[Event], kind: int) -> Event | None:
    """Of those of which the newest replaces the others; of one second, that with the lowest id."""
    own = [event for event in events if event.kind == kind]
    return min(own, key=lambda event: (-event.created_at, event.id), default=None)


def _frozen(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    tags = value.get("tags")
    inner = tuple(tuple(tag) if isinstance(tag, Sequence) else tag for tag in tags) if tags else ()
    return {**value, "tags": inner} if isinstance(tags, list) else value


def _serialized(pubkey: str, created_at: int, kind: int, tags: Iterable[Tag], content: str) -> bytes:
    parts = [0, pubkey, created_at, kind, list(tags), content]
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()
