"""What networks tell by themselves: webhooks, checked before anything is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from hawker.connect.text import Sentence


class Stage(StrEnum):
    """How far a message got. `failed` ends it; the others come in any order, or not at all."""

    sent = "sent"
    delivered = "delivered"
    read = "read"
    failed = "failed"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a message. `account`: the channel's id at the network; `key`: the `Draft.key` (as text)
    that was sent along, empty where the network does not tell it; `at` in UTC."""

    account: str
    remote_id: str
    key: str
    stage: Stage
    at: datetime
    code: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Somebody wrote to the channel: from then on the network's window for free words is open."""

    account: str
    address: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Somebody wants no more messages of the channel; with `again` she does."""

    account: str
    address: str
    at: datetime
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Somebody follows the channel from now on, or added it as a friend, where that means that she gets its
    messages. Who leaves again has `Stopped`."""

    account: str
    address: str
    at: datetime


Event = Receipt | Heard | Stopped | Joined


class Hears(Protocol):
    """`app` holds the keys of the owner's developer app, as typed (`App.fields`)."""

    def challenge(self, query: Mapping[str, str], app: Mapping[str, str]) -> str | None:
        """The answer to the network's question whether this address is Hawker's; None where it is forged."""
        ...

    def is_genuine(self, headers: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bool:
        """Whether the network signed exactly these bytes. `headers` by their lower-case names."""
        ...

    def read(self, body: bytes) -> Sequence[Event]:
        """What Hawker understands of it, now; everything is kept as it came, also what it does not."""
        ...


@runtime_checkable
class Unseals(Protocol):
    """What hears a network besides whose calls come sealed, or are signed in the address that they come to.
    It is asked in place of `is_genuine`."""

    def unseal(self, query: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bytes | None:
        """What a call says: this is what is kept and `read`. The same for a call that the network repeats.
        None where the network did not send it. `query`: of the address."""
        ...
