"""Record keys. A TID is 13 letters for 64 bits: 53 of microseconds since 1970, 10 that tell clocks apart."""

import hashlib
from uuid import UUID

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_LETTERS = 13


def tid(key: UUID) -> str:
    """The same TID for the same key, always: this is what keeps a post from being written twice.

    It has the milliseconds of a UUIDv7; all 128 bits decide on the microseconds and the clock.
    """
    digest = int.from_bytes(hashlib.sha256(key.bytes).digest()[:8])
    return stamp((key.int >> 80) * 1000 + (digest >> 10) % 1000, digest & 0x3FF)


def stamp(microseconds: int, clock: int) -> str:
    number = (microseconds & (1 << 53) - 1) << 10 | clock
    places = range(5 * (_LETTERS - 1), -1, -5)
    return "".join(ALPHABET[number >> place & 31] for place in places)
