"""Who signs events in somebody's name: her key itself, or a signer elsewhere that has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hawker.platforms.nostr import events
from hawker.platforms.nostr.events import Event, Tag, Unsigned
from hawker.platforms.nostr.information import EVENT_BYTES
from hawker.platforms.nostr.keys import Key

KEY = "key"


class Signer(Protocol):
    @property
    def public(self) -> str:
        """Whose events it signs."""
        ...

    @property
    def most(self) -> int:
        """The bytes of the longest text that it signs."""
        ...

    @property
    def secrets(self) -> Mapping[str, str]:
        """What an account keeps of it."""
        ...

    async def verify(self) -> None:
        """Raises SignInAgain where it does not sign for this account any more, Later where it is away."""
        ...

    async def sign(self, event: Unsigned) -> Event:
        """The same event with its author's signature. Raises Later, SignInAgain or Refused."""
        ...


@dataclass(frozen=True)
class OwnKey:
    """For a key that is at hand."""

    key: Key

    @property
    def public(self) -> str:
        return self.key.public

    @property
    def most(self) -> int:
        return EVENT_BYTES

    @property
    def secrets(self) -> Mapping[str, str]:
        return {KEY: self.key.secret.hex()}

    async def verify(self) -> None:
        """A key is what it is."""

    async def sign(self, event: Unsigned) -> Event:
        return event.signed(self.key)


async def write(
    signer: Signer, kind: int, *, content: str = "", tags: Iterable[Tag] = (), at: datetime | None = None
) -> Event:
    return await signer.sign(events.compose(signer.public, kind, content=content, tags=tags, at=at))
