"""The keys that the pretend network gives out: signed, running out, and open for anyone to read."""

import base64
import hashlib
import hmac
import json
import secrets
import time

from pydantic import BaseModel

from hawker.platforms.bluesky.sandbox_refusal import Refusal

ACCESS = "com.atproto.appPass"
REFRESH = "com.atproto.refresh"
# Package `pds`: 120 minutes and 90 days (2026-08-20).
ACCESS_SECONDS = 120 * 60
REFRESH_SECONDS = 90 * 86400


class Claims(BaseModel):
    """`sid` is the session that both tokens of a pair belong to, `jti` this one token."""

    scope: str
    sub: str
    aud: str
    iat: int
    exp: int
    sid: str
    jti: str


class Tokens:
    """`access_seconds` may be set below zero: then every token is old from the start."""

    def __init__(self, audience: str) -> None:
        self.access_seconds = ACCESS_SECONDS
        self._audience = audience
        self._secret = secrets.token_bytes(32)

    def mint(self, scope: str, did: str, sid: str) -> tuple[str, str]:
        """A token and its `jti`."""
        now, jti = int(time.time()), secrets.token_hex(8)
        seconds = REFRESH_SECONDS if scope == REFRESH else self.access_seconds
        claims = Claims(
            scope=scope, sub=did, aud=self._audience, iat=now, exp=now + seconds, sid=sid, jti=jti
        )
        head = {"typ": "refresh+jwt" if scope == REFRESH else "at+jwt", "alg": "HS256"}
        signed = f"{_pack(json.dumps(head).encode())}.{_pack(claims.model_dump_json().encode())}"
        return f"{signed}.{self._signature(signed)}", jti

    def read(self, token: str, scope: str) -> Claims:
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(signed).encode()):
            raise _false()
        claims = _claims(signed)
        if claims.scope != scope:
            raise _false()
        if claims.exp < time.time():
            raise Refusal(400, "ExpiredToken", "Token has expired")
        return claims

    def _signature(self, signed: str) -> str:
        return _pack(hmac.digest(self._secret, signed.encode(), hashlib.sha256))


def revoked() -> Refusal:
    return Refusal(400, "ExpiredToken", "Token has been revoked")


def _false() -> Refusal:
    return Refusal(400, "InvalidToken", "Token could not be verified")


def _claims(signed: str) -> Claims:
    payload = signed.rpartition(".")[2]
    return Claims.model_validate_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def _pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
