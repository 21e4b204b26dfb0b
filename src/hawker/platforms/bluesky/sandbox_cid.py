"""Content identifiers as the network makes them: SHA-256 over the bytes of a file, or over DAG-CBOR."""

import base64
import hashlib

from hawker.connect.http import Json

_RAW = 0x55
_DAG_CBOR = 0x71
_LINK_TAG = b"\xd8\x2a"


def blob_cid(data: bytes) -> str:
    return _cid(_RAW, data)


def record_cid(record: Json) -> str:
    return _cid(_DAG_CBOR, _encode(record))


def _cid(codec: int, data: bytes) -> str:
    binary = bytes([1, codec, 0x12, 32]) + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(binary).decode().lower().rstrip("=")


def _encode(value: Json) -> bytes:
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case list():
            return _head(4, len(value)) + b"".join(_encode(each) for each in value)
        case {"$link": str(cid), **rest} if not rest:
            return _LINK_TAG + _bytes(b"\0" + _decode(cid))
        case dict():
            return _map(value)
    raise ValueError("a record holds no fractions")


def _map(value: dict[str, Json]) -> bytes:
    """Shorter names first: the order is part of the format."""
    names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
    return _head(5, len(value)) + b"".join(_encode(name) + _encode(value[name]) for name in names)


def _bytes(data: bytes) -> bytes:
    return _head(2, len(data)) + data


def _decode(cid: str) -> bytes:
    return base64.b32decode(cid[1:].upper() + "=" * (-len(cid[1:]) % 8))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | 24 + width]) + size.to_bytes(1 << width, "big")
