"""A key pair: who somebody is on Nostr. Signatures are BIP-340 over secp256k1."""

import re
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from btclib_libsecp256k1 import mult, ssa, xonly
from btclib_libsecp256k1.keys import parse, prvkey_verify

from hawker.platforms.nostr.bech32 import decode

_HEX = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)


@dataclass(frozen=True)
class Key:
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32 or not prvkey_verify(self.secret):
            raise ValueError("no key of secp256k1")

    @classmethod
    def make(cls) -> Self:
        return cls(secrets.token_bytes(32))

    @classmethod
    def read(cls, text: str) -> Self:
        """From an `nsec`, or from 64 hexadecimal digits. Raises ValueError."""
        return cls(bytes.fromhex(text) if _HEX.fullmatch(text) else decode(text, "nsec"))

    @cached_property
    def public(self) -> str:
        return xonly.from_pubkey(mult.mult_(self.secret))[0].hex()

    def sign(self, digest: bytes) -> str:
        return ssa.sign(digest, self.secret).hex()


def is_public(text: str) -> bool:
    """Whether these are the digits of a point of the curve, in lower case."""
    if not _HEX.fullmatch(text) or text != text.lower():
        return False
    try:
        parse(b"\x02" + bytes.fromhex(text))
    except ValueError:
        return False
    return True


def is_signed(digest: bytes, public: str, signature: str) -> bool:
    try:
        return bool(ssa.verify(digest, bytes.fromhex(public), bytes.fromhex(signature)))
    except (ValueError, RuntimeError):
        return False
