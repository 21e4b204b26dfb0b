"""The pretend Pinterest's door: the page on which an owner says yes, codes and tokens (Set up authentication
and authorization, 2026-11)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Grant, Words, read_form
from hawker.platforms.pinterest.sandbox_call import DENIED, INVALID, NO_RIGHT, refusal
from hawker.platforms.pinterest.sandbox_pages import LOOK
from hawker.platforms.pinterest.sandbox_world import World

LASTS, LEGACY = timedelta(days=60), timedelta(days=365)
# Its own words are not documented.
_REFUSALS = {
    "invalid_client": (401, DENIED, "Authentication failed."),
    "invalid_grant": (400, INVALID, "The authorization code or refresh token is invalid or expired."),
    "unsupported_grant_type": (400, INVALID, "Invalid request: grant_type."),
}


class Door(pretend_oauth.Door[App]):
    page = "/www/oauth/"
    tokens = "/v5/oauth/token"
    words = Words(title="Give access to your Pinterest account", allow="Give access", deny="Cancel")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now)
        self._world = world
        self._continuous = True

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [*super().routes(), web.post("/v5/oauth/token/revoke", self._revoke)]

    def app(self, client_id: str) -> App | None:
        return self._world.apps.get(client_id)

    def handles(self) -> Sequence[str]:
        return list(self._world.people)

    def owner(self, typed: str) -> str:
        return self._world.person(typed).username

    def check(self, wish: Mapping[str, str], app: App) -> None:
        if wish.get("response_type") != "code" or not wish.get("scope"):
            raise self.look.turn_away(self.words.wrong, "response_type or scope is missing.")

    def client(self, request: web.Request, form: Mapping[str, str]) -> App:
        """Pinterest takes an app's secret in the header only."""
        if not request.headers.get("Authorization", "").startswith("Basic "):
            raise self.refuse("invalid_client")
        self._continuous = not self._world.manners.legacy or form.get("continuous_refresh") == "true"
        return super().client(request, form)

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        return self._told("authorization_code", self._world.keys.give(grant))

    def _told(self, kind: str, given: Mapping[str, Json]) -> Mapping[str, Json]:
        lasts = LASTS if self._continuous else LEGACY
        lasting = {"refresh_token_expires_in": int(lasts.total_seconds())} if "refresh_token" in given else {}
        return {"response_type": kind, **given, **lasting}

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        """The refresh token of a legacy app stays as it is."""
        if form.get("grant_type") != "refresh_token":
            raise self.refuse("unsupported_grant_type")
        token = form.get("refresh_token", "")
        given = self._world.keys.renew(token, app.client_id, rotates=not self._world.manners.legacy)
        if given is None:
            raise self.refuse("invalid_grant")
        return self._told("refresh_token", given)

    def refuse(self, error: str) -> web.HTTPException:
        status, code, message = _REFUSALS[error]
        return refusal(status, message, code)

    async def _revoke(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        self.client(request, form)
        if not form.get("token"):
            raise refusal(403, "You are not permitted to access that resource.", NO_RIGHT)
        self._world.keys.drop(form["token"])
        return web.json_response({})
