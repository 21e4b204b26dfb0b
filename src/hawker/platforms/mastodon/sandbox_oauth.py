"""The pretend Mastodon's door: applications, the page on which an owner says yes, codes and tokens."""

import secrets
from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_oauth import Grant, Words, back
from hawker.platforms.mastodon.sandbox_pages import LOOK
from hawker.platforms.mastodon.sandbox_request import read_fields, refusal
from hawker.platforms.mastodon.sandbox_world import App, Token, World

BROAD = ("read", "write", "follow", "push")
READ = ("accounts", "blocks", "bookmarks", "favourites", "filters", "follows", "lists", "mutes")
READ_ONLY = ("notifications", "search", "statuses")
WRITE = (*READ, "conversations", "media", "notifications", "reports", "statuses")
FINE = ("profile", *(f"read:{name}" for name in (*READ, *READ_ONLY)), *(f"write:{name}" for name in WRITE))
SHOW_CODE = "urn:ietf:wg:oauth:2.0:oob"
REFUSALS = {
    "invalid_client": "Client authentication failed due to unknown client, no client authentication included,"
    " or unsupported authentication method.",
    "invalid_grant": "The provided authorization grant is invalid, expired, revoked, does not match the"
    " redirection URI used in the authorization request, or was issued to another client.",
    "unsupported_grant_type": "The authorization grant type is not supported by the authorization server.",
}
BAD_SCOPE = "The requested scope is invalid, unknown, or malformed."


class Door(pretend_oauth.Door[App]):
    """Its pages and codes are those of every pretend network; a code lives ten minutes."""

    words = Words(title="Authorization required", deny="Deny", wrong="An error has occurred")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now)
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/.well-known/oauth-authorization-server", self._discover),
            web.post("/api/v1/apps", self._register),
            *super().routes(),
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
            callbacks=frozenset(backs),
            scopes=scopes,
        )
        self._world.apps[app.client_id] = app
        return web.json_response(_application(app))

    def _strange_scopes(self) -> web.HTTPException:
        if self._world.manners.fine_scopes:
            return refusal(422, "Validation failed: Scopes doesn't match configured on the server.")
        return refusal(400, "invalid_scope", BAD_SCOPE)

    def app(self, client_id: str) -> App | None:
        return self._world.apps.get(client_id)

    def handles(self) -> Sequence[str]:
        return list(self._world.people)

    def owner(self, typed: str) -> str:
        return self._world.person(typed).handle

    def scopes(self, wish: Mapping[str, str], app: App) -> frozenset[str]:
        return super().scopes(wish, app) or frozenset({"read"}) & app.scopes

    def check(self, wish: Mapping[str, str], app: App) -> None:
        """What an application asks wrongly is told to it."""
        if wish.get("response_type") != "code":
            raise back(wish, error="unsupported_response_type")
        if not self.scopes(wish, app) <= app.scopes:
            raise back(wish, error="invalid_scope", error_description=BAD_SCOPE)
        if wish.get("code_challenge") and wish.get("code_challenge_method") != "S256":
            raise back(wish, error="invalid_code_challenge_method")

    def bring_back(self, wish: Mapping[str, str], code: str) -> web.Response:
        if wish["redirect_uri"] != SHOW_CODE:
            return super().bring_back(wish, code)
        shown = f"<p>Copy this code into the application:</p><p><code>{code}</code></p>"
        return self.look.page("Your code", shown)

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        person = self._world.person(grant.handle)
        return _token_entity(self._world.give_token(person, app.client_id, grant.scopes))

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        if form.get("grant_type") != "client_credentials":
            raise self.refuse("unsupported_grant_type")
        scopes = super().scopes(form, app) or frozenset({"read"})
        if not scopes <= app.scopes:
            raise refusal(400, "invalid_scope", BAD_SCOPE)
        return _token_entity(self._world.give_token(None, app.client_id, scopes))

    def refuse(self, error: str) -> web.HTTPException:
        return refusal(401 if error == "invalid_client" else 400, error, REFUSALS[error])

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
