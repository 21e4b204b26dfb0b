"""The pretend TikTok's door: the page on which an owner says yes, codes and tokens (Login Kit for Web, Manage
User Access Tokens, 2026-11-05)."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from aiohttp import web

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Grant, Words, back, read_form
from hawker.platforms.tiktok.sandbox_pages import LOOK
from hawker.platforms.tiktok.sandbox_world import World

LASTS = timedelta(days=180)
_WORDS = {
    "invalid_client": "Client key or secret is incorrect.",
    "invalid_grant": "Authorization code is expired.",
    "unsupported_grant_type": "The grant type is not supported.",
}


class Door(pretend_oauth.Door[App]):
    page = "/www/v2/auth/authorize/"
    tokens = "/v2/oauth/token/"
    client_id = "client_key"
    words = Words(title="Log in with TikTok", allow="Continue", deny="Cancel")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now)
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [*super().routes(), web.post("/v2/oauth/revoke/", self._revoke)]

    def app(self, client_id: str) -> App | None:
        return self._world.apps.get(client_id)

    def handles(self) -> Sequence[str]:
        return list(self._world.people)

    def owner(self, typed: str) -> str:
        return self._world.person(typed).handle

    def check(self, wish: Mapping[str, str], app: App) -> None:
        """The challenge is in hex here."""
        proof = wish.get("code_challenge", "")
        is_hex = len(proof) == 64 and not set(proof) - set("0123456789abcdef")
        if wish.get("response_type") != "code" or not wish.get("scope") or not wish.get("state"):
            raise self.look.turn_away(self.words.wrong, "response_type, scope or state is missing.")
        if proof and (not is_hex or wish.get("code_challenge_method") != "S256"):
            raise self.look.turn_away(self.words.wrong, "code_challenge")

    def bring_back(self, wish: Mapping[str, str], code: str) -> web.Response:
        """The house compares challenges as RFC 7636 has them."""
        kept = self.codes[code]
        proof = base64.urlsafe_b64encode(bytes.fromhex(kept.challenge)).decode().rstrip("=")
        self.codes[code] = replace(kept, challenge=proof)
        raise back(wish, code=code, scopes=",".join(sorted(kept.grant.scopes)))

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        return self._told(grant.handle, self._world.keys.give(grant))

    def _told(self, handle: str, given: Mapping[str, Json]) -> Mapping[str, Json]:
        return {
            "open_id": self._world.person(handle).open_id,
            "refresh_expires_in": int(LASTS.total_seconds()),
            **given,
            "token_type": "Bearer",
            "scope": str(given["scope"]).replace(" ", ","),
        }

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        """The refresh token before stops working."""
        if form.get("grant_type") != "refresh_token":
            raise self.refuse("unsupported_grant_type")
        token = form.get("refresh_token", "")
        grant = self._world.keys.lasting.get(token)
        given = self._world.keys.renew(token, app.client_id, rotates=self._world.manners.rotates)
        if grant is None or given is None:
            raise self.refuse("invalid_grant")
        return self._told(grant.handle, {"refresh_token": token, **given})

    def refuse(self, error: str) -> web.HTTPException:
        body = {"error": error, "error_description": _WORDS[error], "log_id": "202611230724410102450102"}
        return web.HTTPBadRequest(text=json.dumps(body), content_type="application/json")

    async def _revoke(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        self.client(request, form)
        self._world.keys.drop(form.get("token", ""))
        return web.json_response({})
