"""com.atproto.server.* and com.atproto.identity.*: who one is, and the keys to that."""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote, urlsplit

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.bluesky.sandbox_people import DOMAIN, People, Person, new_app_password
from hawker.platforms.bluesky.sandbox_refusal import Allowance, Refusal, invalid
from hawker.platforms.bluesky.sandbox_tokens import ACCESS, REFRESH, Tokens, revoked

Call = Callable[[web.Request], Awaitable[web.StreamResponse]]
Calls = Mapping[tuple[str, str], Call]


class Accounts:
    """`upload_bytes` is what `describeServer` says of uploads; a self-hosted server has 5 MiB."""

    def __init__(self, address: str, people: People) -> None:
        self.address = address
        self.people = people
        self.did = "did:web:" + quote(urlsplit(address).netloc)
        self.tokens = Tokens(self.did)
        self.upload_bytes = 5 * 2**20
        self._sign_ins = [Allowance(points=30, seconds=300), Allowance(points=300, seconds=86400)]

    def calls(self) -> Calls:
        return {
            ("GET", "com.atproto.server.describeServer"): self._describe,
            ("POST", "com.atproto.server.createSession"): self._create,
            ("POST", "com.atproto.server.refreshSession"): self._refresh,
            ("GET", "com.atproto.server.getSession"): self._get,
            ("POST", "com.atproto.server.deleteSession"): self._delete,
            ("GET", "com.atproto.identity.resolveHandle"): self._resolve,
        }

    def who(self, request: web.Request) -> Person:
        """The person whose access token came with a request."""
        claims = self.tokens.read(_bearer(request), ACCESS)
        person = self.people.find(claims.sub)
        if person is None or claims.sid not in person.sessions:
            raise revoked()
        _take_down(person)
        if person.status == "deactivated":
            raise Refusal(401, "AccountDeactivated", "Account is deactivated")
        return person

    def revoke(self, person: Person) -> None:
        """Takes the app password back. The network lets access tokens run out, within two hours; here they
        have run out at once, so that no drill has to wait."""
        person.app_password = new_app_password()
        person.sessions.clear()
        person.refreshes.clear()

    async def _describe(self, _: web.Request) -> web.StreamResponse:
        described: Json = {
            "did": self.did,
            "availableUserDomains": [DOMAIN],
            "inviteCodeRequired": False,
            "blobUploadLimit": self.upload_bytes,
            "links": {},
            "contact": {},
        }
        return web.json_response(described)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        wish = await body(request)
        identifier, password = text(wish, "identifier"), text(wish, "password")
        for allowance in self._sign_ins:
            allowance.spend(identifier, 1)
        person = self.people.find(identifier)
        if person is None or password not in {person.password, person.app_password}:
            raise Refusal(401, "AuthenticationRequired", "Invalid identifier or password")
        if password == person.password and person.email_code:
            raise Refusal(
                401, "AuthFactorTokenRequired", "A sign in code has been sent to your email address"
            )
        _take_down(person)
        return self._session(person, secrets.token_hex(8))

    async def _refresh(self, request: web.Request) -> web.StreamResponse:
        """The old token is dead at once; the network gives it two hours of grace."""
        claims = self.tokens.read(_bearer(request), REFRESH)
        person = self.people.find(claims.sub)
        if person is None or claims.jti not in person.refreshes:
            raise revoked()
        _take_down(person)
        person.refreshes.remove(claims.jti)
        return self._session(person, claims.sid)

    async def _get(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._about(self.who(request)))

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        claims = self.tokens.read(_bearer(request), REFRESH)
        person = self.people.find(claims.sub)
        if person:
            person.refreshes.discard(claims.jti)
        return web.Response()

    async def _resolve(self, request: web.Request) -> web.StreamResponse:
        person = self.people.find(request.query.get("handle", ""))
        if person is None:
            raise Refusal(400, "HandleNotFound", "Unable to resolve handle")
        return web.json_response({"did": person.did})

    def _session(self, person: Person, sid: str) -> web.Response:
        access, _ = self.tokens.mint(ACCESS, person.did, sid)
        refresh, jti = self.tokens.mint(REFRESH, person.did, sid)
        person.sessions.add(sid)
        person.refreshes.add(jti)
        return web.json_response({**self._about(person), "accessJwt": access, "refreshJwt": refresh})

    def _about(self, person: Person) -> dict[str, Json]:
        home: Json = {
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": self.address,
        }
        document: Json = {
            "@context": ["https://www.w3.org/ns/did/v1"],
            "id": person.did,
            "alsoKnownAs": [f"at://{person.handle}"],
            "verificationMethod": [],
            "service": [home],
        }
        about: dict[str, Json] = {
            "did": person.did,
            "handle": person.handle,
            "email": person.email,
            "emailConfirmed": True,
            "emailAuthFactor": person.email_code,
            "active": not person.status,
            "didDoc": document,
        }
        return {**about, "status": person.status} if person.status else about


async def body(request: web.Request) -> dict[str, Json]:
    try:
        parsed = await request.json()
    except ValueError as error:
        raise Refusal(400, "SyntaxError", str(error)) from error
    if not isinstance(parsed, dict):
        raise invalid("Expected object value type at $")
    return parsed


def text(wish: Mapping[str, Json], name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str):
        raise invalid(f"Missing required key {json.dumps(name)} at $")
    return value


def _bearer(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        raise Refusal(401, "AuthMissing", "Authentication Required")
    return token


def _take_down(person: Person) -> None:
    if person.status == "takendown":
        raise Refusal(401, "AccountTakedown", "Account has been taken down")
