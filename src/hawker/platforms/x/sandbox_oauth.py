"""The pretend X's door: the page on which an owner says yes, codes, tokens and their rotation."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from html import escape
from urllib.parse import unquote, urlencode

from aiohttp import web

from hawker.platforms.x.sandbox_pages import page
from hawker.platforms.x.sandbox_world import App, Code, World

# docs.x.com, fundamentals/authentication/oauth-2-0, 2026-08-22; the wording of the errors is not in there.
CODE_LIFE = timedelta(seconds=30)
STATE = 500
BAD_TOKEN = "Value passed for the token was invalid."  # noqa: S105
BAD_CODE = "Value passed for the authorization code was invalid."
BAD_APP = "Missing valid authorization header"


class Door:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/x.com/i/oauth2/authorize", self._ask),
            web.post("/x.com/i/oauth2/authorize", self._answer),
            web.post("/2/oauth2/token", self._token),
            web.post("/2/oauth2/revoke", self._revoke),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        self._check(request.query)
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in request.query.items()
        )
        name = next(iter(self._world.people), "shop")
        scopes = escape(", ".join(request.query.get("scope", "").split()))
        return page(
            "Authorize app",
            f"<p>An app wants to access your X account. It asks for: {scopes}</p>"
            f'<form method="post" action="{self._world.site}/i/oauth2/authorize">{hidden}'
            f'<p><label>Username <input name="username" value="{escape(name)}" required></label></p>'
            '<p><button name="decision" value="allow">Authorize app</button>'
            ' <button name="decision" value="deny" formnovalidate>Cancel</button></p></form>',
        )

    async def _answer(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self._check(form)
        if form.get("decision") != "allow":
            raise _back(form, error="access_denied")
        code = secrets.token_urlsafe(48)
        self._world.codes[code] = Code(
            person=self._world.person(form.get("username", "")),
            client_id=form["client_id"],
            redirect_uri=form["redirect_uri"],
            scopes=frozenset(form["scope"].split()),
            challenge=form["code_challenge"],
            expires_at=self._world.now() + CODE_LIFE,
        )
        raise _back(form, code=code)

    def _check(self, wish: Mapping[str, str]) -> None:
        """Whatever is wrong is told to the owner, in the same few words."""
        app = self._world.apps.get(wish.get("client_id", ""))
        back = wish.get("redirect_uri", "")
        known = app is not None and (app.callbacks is None or back in app.callbacks)
        complete = all(wish.get(name) for name in ("scope", "state", "code_challenge"))
        proof = wish.get("code_challenge_method") in {"S256", "plain"}
        if not (known and back.startswith("http") and complete and proof) or len(wish["state"]) > STATE:
            shown = page(
                "Something went wrong",
                "<p>You weren't able to give access to the App. Go back and try again.</p>",
            )
            raise web.HTTPBadRequest(text=shown.text, content_type="text/html")

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        app = self._client(request, form)
        if form.get("grant_type") == "refresh_token":
            return web.json_response(self._renew(app, form.get("refresh_token", "")))
        if form.get("grant_type") != "authorization_code":
            raise _refusal(400, "unsupported_grant_type", "grant_type is not supported.")
        code = self._world.codes.pop(form.get("code", ""), None)
        if (
            code is None
            or (code.client_id, code.redirect_uri) != (app.client_id, form.get("redirect_uri"))
            or code.expires_at < self._world.now()
            or code.challenge not in _challenges(form.get("code_verifier", ""))
        ):
            raise _refusal(400, "invalid_request", BAD_CODE)
        return web.json_response(self._world.give(code.person, app.client_id, code.scopes))

    def _renew(self, app: App, token: str) -> Mapping[str, str | int]:
        """The token before stops working."""
        grant = self._world.lasting.get(token)
        if grant is None or grant.client_id != app.client_id:
            raise _refusal(400, "invalid_request", BAD_TOKEN)
        given = dict(self._world.give(grant.person, app.client_id, grant.scopes))
        if self._world.manners.rotates:
            del self._world.lasting[token]
        else:
            del given["refresh_token"]
        return given

    def _client(self, request: web.Request, form: Mapping[str, str]) -> App:
        """A public client names itself in the form, a confidential one in the header."""
        name, secret = form.get("client_id", ""), ""
        kind, _, told = request.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            name, _, secret = (unquote(part) for part in base64.b64decode(told).decode().partition(":"))
        app = self._world.apps.get(name)
        if app is None or not secrets.compare_digest(app.client_secret, secret):
            raise _refusal(401, "unauthorized_client", BAD_APP)
        return app

    async def _revoke(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self._client(request, form)
        self._world.access.pop(form.get("token", ""), None)
        self._world.lasting.pop(form.get("token", ""), None)
        return web.json_response({"revoked": True})


def _challenges(verifier: str) -> tuple[str, str]:
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    return digest.decode().rstrip("="), verifier


def _back(form: Mapping[str, str], **params: str) -> web.HTTPException:
    back = form["redirect_uri"]
    query = urlencode({"state": form["state"], **params})
    return web.HTTPFound(f"{back}{'&' if '?' in back else '?'}{query}")


def _refusal(status: int, error: str, description: str) -> web.HTTPException:
    body = json.dumps({"error": error, "error_description": description})
    kind = web.HTTPUnauthorized if status == 401 else web.HTTPBadRequest
    return kind(text=body, content_type="application/json")
