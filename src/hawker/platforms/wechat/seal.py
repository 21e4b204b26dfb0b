"""How WeChat signs and seals what it tells (“消息加解密说明”, read 2026-11-23).

Only the safe mode counts: in the others the signature does not cover what is said.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

_SEALED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?\s*([A-Za-z0-9+/=]{24,})\s*(?:\]\]>)?\s*</Encrypt>")
_LETTERS = 43
_BLOCK_BITS, _NONCE, _LENGTH = 256, 16, 4


def signature(*parts: str) -> str:
    """SHA-1 is what WeChat signs with."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(query: Mapping[str, str], name: str, *parts: str) -> bool:
    """Whether the signature under this name in the address is made of these and of its time and nonce."""
    made = signature(*parts, query.get("timestamp", ""), query.get("nonce", ""))
    return bool(parts[0]) and hmac.compare_digest(query.get(name, "").encode(), made.encode())


def sealed_in(body: bytes) -> str:
    """What is sealed in a call; empty where nothing is."""
    found = _SEALED.search(body)
    return found[1].decode() if found else ""


@dataclass(frozen=True)
class Seal:
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, letters: str) -> "Seal | None":
        """None where this is no EncodingAESKey."""
        try:
            key = base64.b64decode(f"{letters}=", validate=True)
        except (ValueError, binascii.Error):
            return None
        return cls(key) if len(letters) == _LETTERS else None

    def close(self, said: bytes, appid: str) -> str:
        whole = secrets.token_bytes(_NONCE) + len(said).to_bytes(_LENGTH) + said + appid.encode()
        padder, encryptor = PKCS7(_BLOCK_BITS).padder(), self._cipher().encryptor()
        padded = padder.update(whole) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def open(self, sealed: str) -> tuple[bytes, str] | None:
        """What is said, and the AppID of the account that it is said to; None where another key sealed it."""
        decryptor, unpadder = self._cipher().decryptor(), PKCS7(_BLOCK_BITS).unpadder()
        try:
            padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
            whole = unpadder.update(padded) + unpadder.finalize()
            length = int.from_bytes(whole[_NONCE : _NONCE + _LENGTH])
            said, appid = whole[_NONCE + _LENGTH :][:length], whole[_NONCE + _LENGTH + length :].decode()
        except ValueError:
            return None
        return (said, appid) if appid else None

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:_NONCE]))
