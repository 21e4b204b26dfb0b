"""The pretend LinkedIn's door: the page on which a member says yes, codes, tokens, and their rights.

By “Authorization Code Flow”, “Refresh tokens with OAuth 2.0” and “Token Introspection”, read 2026-11-22.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Grant, Words, back, read_form, refusal
from hawker.platforms.linkedin.app import listed
from hawker.platforms.linkedin.sandbox_pages import LOOK
from hawker.platforms.linkedin.sandbox_world import World

REFUSALS = {
    "invalid_client": (401, "invalid_client", "Client authentication failed"),
    "invalid_grant": (
        400,
        "invalid_request",
        "Unable to retrieve access token: appid/redirect uri does not match authorization code.",
    ),
    "unsupported_grant_type": (400, "unsupported_grant_type", "grant_type is not supported"),
}


class Door(pretend_oauth.Door[App]):
    page = "/www/oauth/v2/authorization"
    tokens = "/www/oauth/v2/accessToken"
    code_life = timedelta(minutes=30)
    words = Words(title="Sign in to LinkedIn", allow="Allow")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now)
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [*super().routes(), web.post("/www/oauth/v2/introspectToken", self._inspect)]

    def app(self, client_id: str) -> App | None:
        return self._world.apps.get(client_id, (None, ""))[0]

    def handles(self) -> Sequence[str]:
        return list(self._world.handles)

    def owner(self, typed: str) -> str:
        return self._world.join(typed)

    def check(self, wish: Mapping[str, str], app: App) -> None:
        """One scope that the app does not have spoils them all."""
        strange = self.scopes(wish, app) - listed(self._world.apps[app.client_id][1])
        if strange:
            told = f'Scope "{min(strange)}" is not authorized for your application'
            raise back(wish, error="unauthorized_scope_error", error_description=told)

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        return self._world.give(grant.handle, app.client_id, grant.scopes)

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        """The refresh token stays the same, and its end where it was."""
        refresh = form.get("refresh_token", "")
        if form.get("grant_type") != "refresh_token":
            raise self.refuse("unsupported_grant_type")
        given = self._world.keys.renew(refresh, app.client_id, rotates=False)
        if given is None:
            raise refusal(400, "invalid_request", "The provided refresh token is invalid or expired")
        return {**given, "refresh_token": refresh, "refresh_token_expires_in": 26_438_400}

    def refuse(self, error: str) -> web.HTTPException:
        return refusal(*REFUSALS[error])

    async def _inspect(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        self.client(request, form)
        grant, ends = self._world.keys.access.get(form.get("token", ""), (None, self.now()))
        if grant is None:
            return web.json_response({"active": False})
        body: Json = {
            "active": ends > self.now(),
            "client_id": grant.client_id,
            "status": "active" if ends > self.now() else "expired",
            "scope": ",".join(sorted(grant.scopes)),
            "expires_at": int(ends.timestamp()),
            "auth_type": "3L",
        }
        return web.json_response(body)
