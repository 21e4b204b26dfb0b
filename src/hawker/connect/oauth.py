"""OAuth 2 as networks speak it: authorization code (RFC 6749, section 4.1) with PKCE S256 (RFC 7636)."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Pkce:
    verifier: str
    challenge: str


def pkce() -> Pkce:
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return Pkce(verifier, base64.urlsafe_b64encode(digest).decode().rstrip("="))


def state() -> str:
    """What comes back must equal what was sent: the guard against forged returns."""
    return secrets.token_urlsafe(24)


def address(endpoint: str, params: Mapping[str, str]) -> str:
    """Where to send the owner."""
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(params)}"


def same(expected: str, given: str) -> bool:
    return bool(expected) and secrets.compare_digest(expected, given)
