"""Google's house as a pretend network plays it: the page on which an owner says yes, tokens, who they are.

A sandbox makes one `Door`, adds its routes to its own, and asks `grant_of` at each call. What the house
refuses: `pretend_google_errors`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from aiohttp import web

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_google_errors import bad_token, no_right, unsigned
from hawker.connect.pretend_oauth import App, Grant, Keys, Words, back, read_form, refusal
from hawker.connect.pretend_pages import Look

APP = App(client_id="4711-pretend.apps.googleusercontent.com", client_secret="GOCSPX-pretend")  # noqa: S106
HOUR, TESTING = timedelta(seconds=3599), timedelta(days=7)
LOOK = Look("body{background:#f0f4f9;color:#1f1f1f}main{background:#fff;border-radius:28px}a{color:#0b57d0}")
REFUSALS = {
    "invalid_client": (401, "The OAuth client was not found."),
    "invalid_grant": (400, "Token has been expired or revoked."),
    "unsupported_grant_type": (400, "Invalid grant_type."),
}


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Google's ways. `testing`: the consent screen is not published yet. `unticked`: rights that the owner
    leaves out on the page. `ahead`: the house's clock before ours."""

    testing: bool = False
    unticked: frozenset[str] = frozenset()
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class _Allowed(Grant):
    """`lasting`: a refresh token comes with it."""

    lasting: bool


class Door(pretend_oauth.Door[App]):
    """`address` is the sandbox's; `rights` are what its app may ask for."""

    page = "/o/oauth2/v2/auth"
    tokens = "/token"
    words = Words(title="Sign in with Google", allow="Continue", wrong="Access blocked")

    def __init__(self, address: str, rights: frozenset[str], look: Look = LOOK) -> None:
        super().__init__(look, address, self.clock)
        self.rights = rights
        self.manners = Manners()
        self.keys = Keys(self.clock, HOUR)
        self._ends: dict[str, datetime] = {}
        self._people: list[str] = []
        # Who said yes before gets another refresh token only where consent is asked for anew.
        self._agreed: set[str] = set()

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def registered(self) -> Mapping[str, str]:
        """For `Registers.app`; a network adds its `site`."""
        return {**APP.memory(), "server": self.address}

    def refresh_token(self, handle: str) -> str:
        """For the way "token" of `google.WAYS`: a key of this account, with all rights."""
        grant = Grant(handle=self.owner(handle), client_id=APP.client_id, scopes=self.rights)
        return str(self._lasting(grant)["refresh_token"])

    def revoke(self, handle: str) -> None:
        self.keys.revoke(handle)
        self._agreed.discard(handle)

    def grant_of(self, request: web.Request, *any_of: str) -> Grant:
        """Whose call it is. Raises 401 where nobody's, 403 where none of these rights stands behind it."""
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            raise unsigned()
        grant = self.keys.of(request)
        if grant is None:
            raise bad_token()
        if any_of and not grant.scopes.intersection(any_of):
            raise no_right()
        return grant

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            *super().routes(),
            web.post("/revoke", self._revoke),
            web.get("/oauth2/v2/userinfo", self._userinfo),
            web.get("/oauth2/v2/tokeninfo", self._tokeninfo),
            web.post("/oauth2/v2/tokeninfo", self._tokeninfo),
        ]

    def app(self, client_id: str) -> App | None:
        return APP if client_id == APP.client_id else None

    def handles(self) -> Sequence[str]:
        return self._people

    def owner(self, typed: str) -> str:
        handle = typed.lstrip("@")
        self._people = list(dict.fromkeys([*self._people, handle]))
        return handle

    def scopes(self, wish: Mapping[str, str], app: App) -> frozenset[str]:
        return super().scopes(wish, app) - self.manners.unticked

    def check(self, wish: Mapping[str, str], app: App) -> None:
        """Whatever is wrong is told to the owner, and nobody is led back."""
        if wish.get("response_type") != "code" or not wish.get("scope"):
            raise self.look.turn_away(self.words.wrong, "Error 400: invalid_request")
        if not self.scopes(wish, app) <= self.rights:
            raise self.look.turn_away(self.words.wrong, "Error 400: invalid_scope")

    def bring_back(self, wish: Mapping[str, str], code: str) -> web.Response:
        kept = self.codes[code]
        grant = kept.grant
        if not grant.scopes:
            raise back(wish, error="access_denied")
        offline = wish.get("access_type") == "offline"
        lasting = offline and ("consent" in wish.get("prompt", "") or grant.handle not in self._agreed)
        allowed = _Allowed(
            handle=grant.handle, client_id=grant.client_id, scopes=grant.scopes, lasting=lasting
        )
        self.codes[code] = replace(kept, grant=allowed)
        self._agreed.add(grant.handle)
        raise back(wish, code=code, scope=" ".join(sorted(grant.scopes)))

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:  # noqa: ARG002
        if isinstance(grant, _Allowed) and not grant.lasting:
            return self.keys.give(grant, lasting=False)
        return self._lasting(grant)

    def _lasting(self, grant: Grant) -> dict[str, Json]:
        given = self.keys.give(grant)
        if self.manners.testing:
            self._ends[str(given["refresh_token"])] = self.clock() + TESTING
            given["refresh_token_expires_in"] = int(TESTING.total_seconds())
        return given

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        """A refresh token stays the same, and none comes with the answer."""
        if form.get("grant_type") != "refresh_token":
            raise self.refuse("unsupported_grant_type")
        token = form.get("refresh_token", "")
        ends = self._ends.get(token)
        given = self.keys.renew(token, app.client_id, rotates=False)
        if given is None or (ends and ends <= self.clock()):
            raise self.refuse("invalid_grant")
        return given

    def refuse(self, error: str) -> web.HTTPException:
        status, description = REFUSALS[error]
        return refusal(status, error, description)

    async def _revoke(self, request: web.Request) -> web.Response:
        """Either token ends both."""
        token = (await read_form(request)).get("token", "")
        access, _ = self.keys.access.get(token, (None, None))
        grant = self.keys.lasting.get(token) or access
        if grant is None:
            raise refusal(400, "invalid_token", "Token expired or revoked")
        self.revoke(grant.handle)
        return web.json_response({})

    async def _userinfo(self, request: web.Request) -> web.Response:
        handle = self.grant_of(request).handle
        return web.json_response({"id": user_id(handle), "name": handle, "picture": f"{self.address}/icon"})

    async def _tokeninfo(self, request: web.Request) -> web.Response:
        grant, ends = self.keys.access.get(request.query.get("access_token", ""), (None, self.clock()))
        left = int((ends - self.clock()).total_seconds())
        if grant is None or left <= 0:
            raise refusal(400, "invalid_token", "Invalid Value")
        shown = {"issued_to": APP.client_id, "audience": APP.client_id, "user_id": user_id(grant.handle)}
        return web.json_response({**shown, "scope": " ".join(sorted(grant.scopes)), "expires_in": left})


def user_id(handle: str) -> str:
    """Made of the handle, so that a sandbox that starts anew plays the same people."""
    return str(10**20 + int.from_bytes(hashlib.sha256(handle.encode()).digest()[:8]))
