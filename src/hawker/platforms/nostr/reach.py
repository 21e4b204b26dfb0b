"""Where an account publishes: its relays, and the server that keeps its media. Kept among its secrets."""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict

from hawker.connect.values import Account
from hawker.platforms.nostr.signing import Signer

_REACH = "reach"


class Reach(BaseModel):
    """`relays` as web addresses; `enough`: how many of them must have a post; `media`: a Blossom server;
    `work`: the zero bits that the most demanding relay wants of an id (NIP-13)."""

    model_config = ConfigDict(frozen=True)

    relays: tuple[str, ...]
    enough: int
    media: str
    work: int = 0

    @classmethod
    def of(cls, account: Account) -> Self:
        return cls.model_validate_json(account.secrets[_REACH])

    def secrets(self, signer: Signer) -> Mapping[str, str]:
        return {**signer.secrets, _REACH: self.model_dump_json()}


def as_socket(address: str) -> str:
    """As relays are written in events: ws:// or wss://."""
    return "ws" + address.removeprefix("http")


def as_web(address: str) -> str:
    return "http" + address.removeprefix("ws") if address.startswith(("ws://", "wss://")) else address
