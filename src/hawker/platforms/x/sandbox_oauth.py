"""The pretend X's door: the page on which an owner says yes, codes, tokens and their rotation."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Grant, Words, read_form, refusal
from hawker.platforms.x.sandbox_pages import LOOK
from hawker.platforms.x.sandbox_world import World

# docs.x.com, fundamentals/authentication/oauth-2-0, 2026-08-22; the wording of the errors is not in there.
STATE = 500
REFUSALS = {
    "invalid_client": (401, "unauthorized_client", "Missing valid authorization header"),
    "invalid_grant": (400, "invalid_request", "Value passed for the authorization code was invalid."),
    "unsupported_grant_type": (400, "unsupported_grant_type", "grant_type is not supported."),
}


class Door(pretend_oauth.Door[App]):
    page = "/x.com/i/oauth2/authorize"
    tokens = "/2/oauth2/token"
    code_life = timedelta(seconds=30)
    words = Words(title="Authorize app", allow="Authorize app")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now)
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [*super().routes(), web.post("/2/oauth2/revoke", self._revoke)]

    def app(self, client_id: str) -> App | None:
        return self._world.apps.get(client_id)

    def handles(self) -> Sequence[str]:
        return list(self._world.people)

    def owner(self, typed: str) -> str:
        return self._world.person(typed).handle

    def check(self, wish: Mapping[str, str], app: App) -> None:
        """Whatever is wrong is told to the owner, in the same few words."""
        complete = all(wish.get(name) for name in ("scope", "state", "code_challenge"))
        proof = wish.get("code_challenge_method") in {"S256", "plain"}
        if not (complete and proof) or len(wish["state"]) > STATE:
            reason = "You weren't able to give access to the App. Go back and try again."
            raise self.look.turn_away(self.words.wrong, reason)

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        return self._world.give(self._world.person(grant.handle), app.client_id, grant.scopes)

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        """The refresh token before stops working."""
        if form.get("grant_type") != "refresh_token":
            raise self.refuse("unsupported_grant_type")
        rotates = self._world.manners.rotates
        given = self._world.keys.renew(form.get("refresh_token", ""), app.client_id, rotates=rotates)
        if given is None:
            raise refusal(400, "invalid_request", "Value passed for the token was invalid.")
        return given

    def refuse(self, error: str) -> web.HTTPException:
        return refusal(*REFUSALS[error])

    async def _revoke(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        self.client(request, form)
        self._world.keys.drop(form.get("token", ""))
        return web.json_response({"revoked": True})
