"""What two keys say to each other and nobody else can read: payloads of NIP-44, version 2."""

import base64
import hmac
import secrets
from dataclasses import dataclass

from btclib_libsecp256k1.keys import pubkey_tweak_mul
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from hawker.platforms.nostr.keys import Key

VERSION = b"\x02"
LONGEST = 65_535
# Version, nonce, the shortest padded text and the check: what is shorter is none.
_LEAST = 1 + 32 + 34 + 32


def shared_key(own: Key, other: str) -> bytes:
    """The same for both of them. Raises ValueError where `other` is no public key."""
    point = pubkey_tweak_mul(b"\x02" + bytes.fromhex(other), own.secret)
    return hmac.digest(b"nip44-v2", point[1:], "sha256")


def encrypt(text: str, shared: bytes, nonce: bytes | None = None) -> str:
    """Raises ValueError for what is empty or longer than a payload may be."""
    salt = nonce or secrets.token_bytes(32)
    keys = _keys(shared, salt)
    secret = keys.stream(_padded(text.encode()))
    return base64.b64encode(VERSION + salt + secret + keys.check(salt + secret)).decode()


def decrypt(payload: str, shared: bytes) -> str:
    """Raises ValueError for what the other did not write."""
    data = base64.b64decode(payload, validate=True)
    if len(data) < _LEAST or data[:1] != VERSION:
        raise ValueError("no payload of this version")
    salt, secret, check = data[1:33], data[33:-32], data[-32:]
    keys = _keys(shared, salt)
    if not hmac.compare_digest(check, keys.check(salt + secret)):
        raise ValueError("changed on the way")
    return _unpadded(keys.stream(secret)).decode()


@dataclass(frozen=True)
class _Keys:
    """Of one payload."""

    cipher: bytes
    start: bytes
    checking: bytes

    def stream(self, data: bytes) -> bytes:
        """Once hides, twice shows."""
        whole = Cipher(algorithms.ChaCha20(self.cipher, bytes(4) + self.start), mode=None)
        return whole.encryptor().update(data)

    def check(self, data: bytes) -> bytes:
        return hmac.digest(self.checking, data, "sha256")


def _keys(shared: bytes, salt: bytes) -> _Keys:
    derived = HKDFExpand(SHA256(), 76, salt).derive(shared)
    return _Keys(derived[:32], derived[32:44], derived[44:])


def padded_length(length: int) -> int:
    """So that a length tells little of the text."""
    if length <= 32:
        return 32
    power = 1 << (length - 1).bit_length()
    chunk = max(32, power // 8)
    return chunk * ((length - 1) // chunk + 1)


def _padded(data: bytes) -> bytes:
    if not 0 < len(data) <= LONGEST:
        raise ValueError(f"{len(data)} bytes are no payload")
    return len(data).to_bytes(2) + data + bytes(padded_length(len(data)) - len(data))


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:2])
    if not length or len(padded) != 2 + padded_length(length):
        raise ValueError("padded in another way")
    return padded[2 : 2 + length]
