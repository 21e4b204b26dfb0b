"""A session at a personal data server (PDS): two tokens, and where the account lives."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.http import Answer, Explain
from hawker.platforms.bluesky.wire import Xrpc


class _Service(BaseModel):
    id: str = ""
    endpoint: str = Field(default="", alias="serviceEndpoint")


class _DidDocument(BaseModel):
    service: list[_Service] = []


class _Session(BaseModel):
    access: str = Field(alias="accessJwt", min_length=1)
    refresh: str = Field(alias="refreshJwt", min_length=1)
    did: str = Field(min_length=1)
    handle: str = ""
    active: bool = True
    document: object = Field(default=None, alias="didDoc")


class _Claims(BaseModel):
    exp: int


@dataclass(frozen=True, kw_only=True)
class Session:
    """`server` is where this account's calls go from now on."""

    did: str
    handle: str
    access: str
    refresh: str
    server: str
    active: bool

    @property
    def expires_at(self) -> datetime | None:
        return expiry(self.access)


async def open_session(xrpc: Xrpc, identifier: str, password: str, explain: Explain) -> Session:
    """Raises ValidationError where what answered is no such server. Keep what it gives: 30 in five minutes
    and 300 a day are allowed for an account (bsky-docs, 2026-04-21)."""
    body = {"identifier": identifier, "password": password}
    answer = await xrpc.do("com.atproto.server.createSession", body, explain=explain)
    return _read(answer, xrpc.server)


async def renew_session(xrpc: Xrpc) -> Session:
    """`xrpc` carries the refresh token, which this call uses up. Raises ValidationError as above."""
    answer = await xrpc.do("com.atproto.server.refreshSession")
    return _read(answer, xrpc.server)


def _read(answer: Answer, server: str) -> Session:
    session = _Session.model_validate_json(answer.body)
    return Session(
        did=session.did,
        handle=session.handle,
        access=session.access,
        refresh=session.refresh,
        server=home(session.document, server),
        active=session.active,
    )


def home(document: object, server: str) -> str:
    """The account's own server. Never in the clear where the owner came by a safe connection."""
    try:
        services = _DidDocument.model_validate(document).service
    except ValidationError:
        return server
    endpoints = (service.endpoint for service in services if service.id.endswith("#atproto_pds"))
    endpoint = next(endpoints, "").rstrip("/")
    schemes = ("https://",) if server.startswith("https://") else ("https://", "http://")
    return endpoint if endpoint.startswith(schemes) else server


def expiry(token: str) -> datetime | None:
    """When a token runs out, if it is a JWT that says so."""
    payload = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        claims = _Claims.model_validate_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromtimestamp(claims.exp, UTC)
    except (binascii.Error, ValidationError, OverflowError, ValueError, OSError):
        return None
