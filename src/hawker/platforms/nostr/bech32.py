"""Bech32 (BIP-173) and what NIP-19 writes in it: keys as people copy them, and pointers to events."""

from collections.abc import Iterable, Iterator, Sequence

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_SPECIAL, _RELAY, _AUTHOR = 0, 1, 2


def encode(prefix: str, data: bytes) -> str:
    words = list(_regroup(data, 8, 5, pad=True))
    check = _polymod([*_expand(prefix), *words, *[0] * 6]) ^ 1
    words += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(LETTERS[word] for word in words)}"


def decode(text: str, prefix: str) -> bytes:
    """Raises ValueError where it is none of this prefix, or was mistyped."""
    found, _, letters = text.lower().rpartition("1")
    if found != prefix or len(letters) < 6:
        raise ValueError(f"no {prefix}")
    words = [LETTERS.index(letter) for letter in letters]
    if _polymod([*_expand(prefix), *words]) != 1:
        raise ValueError("mistyped")
    return bytes(_regroup(words[:-6], 5, 8, pad=False))


def npub(public: str) -> str:
    return encode("npub", bytes.fromhex(public))


def nsec(secret: bytes) -> str:
    return encode("nsec", secret)


def nevent(event_id: str, author: str, relay: str) -> str:
    """An event with where it can be found: entries of type, length and value."""
    entries = (
        (_SPECIAL, bytes.fromhex(event_id)),
        (_RELAY, relay.encode()[:255]),
        (_AUTHOR, bytes.fromhex(author)),
    )
    return encode("nevent", b"".join(bytes([kind, len(value)]) + value for kind, value in entries))


def event_of(text: str) -> str:
    """The id in a `nevent`. Raises ValueError where there is none."""
    data = decode(text, "nevent")
    while len(data) > 2:
        kind, length = data[0], data[1]
        if kind == _SPECIAL and length == 32:
            return data[2 : 2 + length].hex()
        data = data[2 + length :]
    raise ValueError("no event")


def _expand(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(words: Sequence[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for place, value in enumerate(_GENERATOR):
            check ^= value if top >> place & 1 else 0
    return check


def _regroup(values: Iterable[int], size: int, into: int, *, pad: bool) -> Iterator[int]:
    """Bits in groups of another size; what is left over must be zeros where nothing is padded."""
    gathered, bits = 0, 0
    for value in values:
        gathered, bits = gathered << size | value, bits + size
        while bits >= into:
            bits -= into
            yield gathered >> bits
            gathered &= (1 << bits) - 1
    if pad and bits:
        yield gathered << into - bits
    elif bits >= size or gathered:
        raise ValueError("bits left over")
