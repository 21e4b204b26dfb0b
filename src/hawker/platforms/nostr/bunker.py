"""The address of a signer (NIP-46), as its app shows it: bunker://, its key, its relays and a secret."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.platforms.nostr.keys import is_public
from hawker.platforms.nostr.reach import as_web
from hawker.platforms.nostr.typed import MOST_RELAYS

FIELD = "bunker"


class Bunker(BaseModel):
    """`signer`: the public key that it answers with, which need not be its owner's; `relays` as web
    addresses; `secret`: lets in whoever says it first."""

    model_config = ConfigDict(frozen=True)

    signer: str
    relays: tuple[str, ...]
    secret: str = Field(default="", repr=False)


def read_bunker(fields: Mapping[str, str]) -> Bunker:
    typed = visible(fields.get(FIELD, ""))
    try:
        return _read(typed)
    except ValueError:
        sentence = say(
            "This is not the address of a signer. It begins with bunker:// and names a relay: copy all of it "
            "from the signer's app."
        )
        raise Refused(sentence, field=FIELD) from None


def _read(typed: str) -> Bunker:
    parts = urlsplit(typed)
    signer, told = parts.netloc.lower(), parse_qs(parts.query)
    sockets = (urlsplit(relay.strip()) for relay in told.get("relay", []))
    relays = [each.geturl() for each in sockets if each.scheme in {"ws", "wss"} and each.netloc]
    if parts.scheme != "bunker" or not is_public(signer) or not relays:
        raise ValueError("no address of a signer")
    return Bunker(
        signer=signer,
        relays=tuple(dict.fromkeys(as_web(relay).rstrip("/") for relay in relays))[:MOST_RELAYS],
        secret=next(iter(told.get("secret", [])), ""),
    )
