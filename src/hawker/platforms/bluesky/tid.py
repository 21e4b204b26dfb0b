"""Record keys. A TID is 13 letters for 64 bits: 53 of microseconds since 1970, 10 that tell clocks apart."""

from uuid import UUID

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_LETTERS = 13


def tid(key: UUID) -> str:
    """The same TID for the same key, always: this is what keeps a post from being written twice.

    Of a UUIDv7 it takes the time, from its random bits the fraction of a millisecond and the clock.
    """
    milliseconds, fraction, clock = key.int >> 80, key.int >> 64 & 0xFFF, key.int & 0x3FF
    return stamp(milliseconds * 1000 + fraction * 1000 // 4096, clock)


def stamp(microseconds: int, clock: int) -> str:
    number = (microseconds & (1 << 53) - 1) << 10 | clock
    places = range(5 * (_LETTERS - 1), -1, -5)
    return "".join(ALPHABET[number >> place & 31] for place in places)
