"""The pretend Mastodon's door: applications, the page on which an owner says yes, codes and tokens."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.mastodon.sandbox_pages import page
from hawker.platforms.mastodon.sandbox_request import Fields, read_fields, refusal
from hawker.platforms.mastodon.sandbox_world import App, Code, Token, World

BROAD = ("read", "write", "follow", "push")
READ = ("accounts", "blocks", "bookmarks", "favourites", "filters", "follows", "lists", "mutes")
READ_ONLY = ("notifications", "search", "statuses")
WRITE = (*READ, "conversations", "media", "notifications", "reports", "statuses")
FINE = ("profile", *(f"read:{name}" for name in (*READ, *READ_ONLY)), *(f"write:{name}" for name in WRITE))
SHOW_CODE = "urn:ietf:wg:oauth:2.0:oob"
CODE_LIFE = timedelta(minutes=10)
UNKNOWN_CLIENT = (
    "Client authentication failed due to unknown client, no client authentication included, or unsupported"
    " authentication method."
)
BAD_GRANT = (
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used"
    " in the authorization request, or was issued to another client."
)
BAD_SCOPE = "The requested scope is invalid, unknown, or malformed."
DENIED = "The resource owner or authorization server denied the request."


class Door:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/.well-known/oauth-authorization-server", self._discover),
            web.post("/api/v1/apps", self._register),
            web.get("/oauth/authorize", self._ask),
            web.post("/oauth/authorize", self._answer),
            web.post("/oauth/token", self._token),
            web.post("/oauth/revoke", self._revoke),
        ]

    def _scopes(self) -> tuple[str, ...]:
        return (*BROAD, *FINE) if self._world.manners.fine_scopes else BROAD

    async def _discover(self, _: web.Request) -> web.Response:
        if not self._world.manners.discovery:
            raise web.HTTPNotFound(text="<h1>404 Not Found</h1>", content_type="text/html")
        address = self._world.address
        return web.json_response(
            {
                "issuer": f"{address}/",
                "authorization_endpoint": f"{address}/oauth/authorize",
                "token_endpoint": f"{address}/oauth/token",
                "revocation_endpoint": f"{address}/oauth/revoke",
                "scopes_supported": self._scopes(),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query", "fragment", "form_post"],
                "grant_types_supported": ["authorization_code", "client_credentials"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
                "app_registration_endpoint": f"{address}/api/v1/apps",
            }
        )

    async def _register(self, request: web.Request) -> web.Response:
        fields = await read_fields(request)
        backs = tuple(line for each in fields.many("redirect_uris") for line in each.split())
        scopes = frozenset((fields.text("scopes") or "read").split())
        if not fields.text("client_name"):
            raise refusal(422, "Validation failed: Application name can't be blank")
        if not backs or any("://" not in back and back != SHOW_CODE for back in backs):
            raise refusal(422, "Validation failed: Redirect URI must be an absolute URI.")
        if not scopes <= set(self._scopes()):
            raise self._strange_scopes()
        app = App(
            id=self._world.id(),
            name=fields.text("client_name"),
            website=fields.text("website"),
            client_id=secrets.token_urlsafe(32),
            client_secret=secrets.token_urlsafe(32),
            redirect_uris=backs,
            scopes=scopes,
        )
        self._world.apps[app.client_id] = app
        return web.json_response(_application(app))

    def _strange_scopes(self) -> web.HTTPException:
        if self._world.manners.fine_scopes:
            return refusal(422, "Validation failed: Scopes doesn't match configured on the server.")
        return refusal(400, "invalid_scope", BAD_SCOPE)

    async def _ask(self, request: web.Request) -> web.Response:
        fields = await read_fields(request)
        app = self._wish(fields)
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in request.query.items()
        )
        name = next(iter(self._world.people), "shop")
        return page(
            "Authorization required",
            f"<p><strong>{escape(app.name)}</strong> would like permission to access your account. Allow it"
            f" only if you know it.</p><p>It asks for: {escape(', '.join(sorted(_asked(fields, app))))}</p>"
            f'<form method="post" action="{self._world.address}/oauth/authorize">{hidden}'
            f'<p><label>Username <input name="username" value="{escape(name)}" required></label></p>'
            '<p><button name="decision" value="allow">Authorize</button>'
            ' <button name="decision" value="deny" formnovalidate>Deny</button></p></form>',
        )

    async def _answer(self, request: web.Request) -> web.Response:
        fields = await read_fields(request)
        app = self._wish(fields)
        if fields.text("decision") != "allow":
            raise _back(fields, error="access_denied", error_description=DENIED)
        code = secrets.token_urlsafe(32)
        self._world.codes[code] = Code(
            person=self._world.person(fields.text("username")),
            client_id=app.client_id,
            redirect_uri=fields.text("redirect_uri"),
            scopes=_asked(fields, app),
            challenge=fields.text("code_challenge"),
            expires_at=self._world.now() + CODE_LIFE,
        )
        if fields.text("redirect_uri") == SHOW_CODE:
            return page("Your code", f"<p>Copy this code into the application:</p><p><code>{code}</code></p>")
        raise _back(fields, code=code)

    def _wish(self, fields: Fields) -> App:
        """The application that asks. What it asks wrongly is told to the owner, or to the application where
        it can be trusted to be the one."""
        app = self._world.apps.get(fields.text("client_id"))
        if app is None:
            raise _turn_away(UNKNOWN_CLIENT)
        if fields.text("redirect_uri") not in app.redirect_uris:
            raise _turn_away("The redirect uri included is not valid.")
        if fields.text("response_type") != "code":
            raise _back(fields, error="unsupported_response_type")
        if not _asked(fields, app) <= app.scopes:
            raise _back(fields, error="invalid_scope", error_description=BAD_SCOPE)
        if fields.text("code_challenge") and fields.text("code_challenge_method") != "S256":
            raise _back(fields, error="invalid_code_challenge_method")
        return app

    async def _token(self, request: web.Request) -> web.Response:
        fields = await read_fields(request)
        app = self._client(request, fields)
        kind = fields.text("grant_type")
        if kind == "authorization_code":
            return web.json_response(_token_entity(self._redeem(app, fields)))
        if kind != "client_credentials":
            raise refusal(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
            )
        scopes = frozenset((fields.text("scope") or "read").split())
        if not scopes <= app.scopes:
            raise refusal(400, "invalid_scope", BAD_SCOPE)
        return web.json_response(_token_entity(self._world.give_token(None, app.client_id, scopes)))

    def _client(self, request: web.Request, fields: Fields) -> App:
        name, secret = fields.text("client_id"), fields.text("client_secret")
        kind, _, told = request.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            name, _, secret = base64.b64decode(told).decode().partition(":")
        app = self._world.apps.get(name)
        if app is None or not secrets.compare_digest(app.client_secret, secret):
            raise refusal(401, "invalid_client", UNKNOWN_CLIENT)
        return app

    def _redeem(self, app: App, fields: Fields) -> Token:
        code = self._world.codes.pop(fields.text("code"), None)
        if (
            code is None
            or code.client_id != app.client_id
            or code.redirect_uri != fields.text("redirect_uri")
            or code.expires_at < self._world.now()
            or (code.challenge and code.challenge != _challenge(fields.text("code_verifier")))
        ):
            raise refusal(400, "invalid_grant", BAD_GRANT)
        return self._world.give_token(code.person, app.client_id, code.scopes)

    async def _revoke(self, request: web.Request) -> web.Response:
        fields = await read_fields(request)
        app = self._world.apps.get(fields.text("client_id"))
        token = self._world.tokens.get(fields.text("token"))
        known = app is not None and secrets.compare_digest(app.client_secret, fields.text("client_secret"))
        if not known or (token and token.client_id != fields.text("client_id")):
            raise refusal(403, "unauthorized_client", "You are not authorized to revoke this token")
        if token:
            token.revoked = True
        return web.json_response({})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _asked(fields: Fields, app: App) -> frozenset[str]:
    return frozenset(fields.text("scope").split()) or frozenset({"read"}) & app.scopes


def _back(fields: Fields, **params: str) -> web.HTTPException:
    """Sends the owner's browser back to the application."""
    state = {"state": fields.text("state")} if fields.has("state") else {}
    back = fields.text("redirect_uri")
    return web.HTTPFound(f"{back}{'&' if '?' in back else '?'}{urlencode({**params, **state})}")


def _turn_away(reason: str) -> web.HTTPException:
    answer = page("An error has occurred", f"<p>{escape(reason)}</p>")
    return web.HTTPBadRequest(text=answer.text, content_type="text/html")


def _application(app: App) -> dict[str, Json]:
    return {
        "id": app.id,
        "name": app.name,
        "website": app.website or None,
        "scopes": [*sorted(app.scopes)],
        "redirect_uri": "\n".join(app.redirect_uris),
        "redirect_uris": [*app.redirect_uris],
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "client_secret_expires_at": 0,
    }


def _token_entity(token: Token) -> dict[str, Json]:
    return {
        "access_token": token.value,
        "token_type": "Bearer",
        "scope": " ".join(sorted(token.scopes)),
        "created_at": int(token.created_at.timestamp()),
    }
