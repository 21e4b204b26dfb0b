"""Google's house as a pretend network plays it: the page on which an owner says yes, tokens, who they are.

A sandbox makes one `Door`, adds its routes to its own, and asks `grant_of` at each call. What the house
refuses: `pretend_google_errors`.
"""

import base64
import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from hawker.connect.pretend_google_errors import bad_token, no_right, oauth_refusal, unsigned

CLIENT_ID, CLIENT_SECRET = "pretend.apps.googleusercontent.com", "GOCSPX-pretend"
HOUR, TESTING = timedelta(seconds=3599), timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Google's ways. `testing`: the consent screen is not published yet. `unticked`: rights that the owner
    leaves out on the page. `ahead`: the house's clock before ours."""

    testing: bool = False
    unticked: frozenset[str] = frozenset()
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What stands behind a token: whose it is, and what it allows until when."""

    handle: str
    scopes: frozenset[str]
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class _Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    lasting: bool


@dataclass(kw_only=True)
class Door:
    """`address` is the sandbox's; `scopes` are what its app may ask for."""

    address: str
    scopes: frozenset[str]
    manners: Manners = field(default_factory=Manners)
    access: dict[str, Grant] = field(default_factory=dict)
    lasting: dict[str, Grant] = field(default_factory=dict)
    codes: dict[str, _Code] = field(default_factory=dict)
    # Consent that was given before: another yes gives a refresh token only where it is asked for anew.
    agreed: set[str] = field(default_factory=set)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/o/oauth2/v2/auth", self._ask),
            web.post("/o/oauth2/v2/auth", self._answer),
            web.post("/token", self._token),
            web.post("/revoke", self._revoke),
            web.get("/oauth2/v2/userinfo", self._userinfo),
            web.get("/oauth2/v2/tokeninfo", self._tokeninfo),
        ]

    def app(self) -> Mapping[str, str]:
        """For `Registers.app`, but for `site`."""
        return {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "server": self.address}

    def refresh_token(self, handle: str) -> str:
        """For the way "token" of `google.WAYS`: a key of this account, with all rights."""
        grant = Grant(handle=handle, scopes=self.scopes, expires_at=self._end())
        return self._keep(grant)

    def revoke(self, handle: str) -> None:
        """As on the page of an account's connections."""
        for tokens in (self.access, self.lasting):
            for value in [value for value, grant in tokens.items() if grant.handle == handle]:
                del tokens[value]
        self.agreed.discard(handle)

    def grant_of(self, request: web.Request, *any_of: str) -> Grant:
        """Whose call it is. Raises 401 where nobody's, 403 where none of these rights stands behind it."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or not token:
            raise unsigned()
        grant = self.access.get(token)
        if grant is None or self._is_over(grant):
            raise bad_token()
        if any_of and not grant.scopes.intersection(any_of):
            raise no_right()
        return grant

    def _end(self) -> datetime | None:
        return self.now() + TESTING if self.manners.testing else None

    def _is_over(self, grant: Grant) -> bool:
        return grant.expires_at is not None and grant.expires_at <= self.now()

    def _keep(self, grant: Grant) -> str:
        token = f"1//0{secrets.token_urlsafe(32)}"
        self.lasting[token] = grant
        return token

    async def _ask(self, request: web.Request) -> web.Response:
        wish = dict(request.query)
        self._examine(wish)
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in wish.items()
            if name != "scope"
        )
        boxes = "".join(
            f'<li><label><input type="checkbox" name="scope" value="{escape(scope)}"'
            f"{'' if scope in self.manners.unticked else ' checked'}> {escape(scope)}</label></li>"
            for scope in wish["scope"].split()
        )
        return _page(
            "Sign in with Google",
            f'<p>An app wants access to your Google account.</p><form method="post">{hidden}'
            '<p><label>Account <input name="account" value="shop" required></label></p>'
            f'<ul>{boxes}</ul><p><button name="decision" value="allow">Continue</button> '
            '<button name="decision" value="deny" formnovalidate>Cancel</button></p></form>',
        )

    async def _answer(self, request: web.Request) -> web.Response:
        form = await request.post()
        wish = {name: str(value) for name, value in form.items()}
        granted = frozenset(str(value) for value in form.getall("scope", []))
        self._examine({**wish, "scope": " ".join(granted) or "none"}, granted)
        if wish.get("decision") != "allow" or not granted:
            raise _back(wish, error="access_denied")
        handle, code = wish.get("account", "").lstrip("@"), f"4/0{secrets.token_urlsafe(32)}"
        self.codes[code] = _Code(
            grant=Grant(handle=handle, scopes=granted, expires_at=self.now() + timedelta(minutes=10)),
            redirect_uri=wish["redirect_uri"],
            challenge=wish.get("code_challenge", ""),
            lasting=wish.get("access_type") == "offline"
            and ("consent" in wish.get("prompt", "") or handle not in self.agreed),
        )
        self.agreed.add(handle)
        raise _back(wish, code=code, scope=" ".join(sorted(granted)))

    def _examine(self, wish: Mapping[str, str], granted: Collection[str] | None = None) -> None:
        """Whatever is wrong with the address is told to the owner, and nobody is led back."""
        error = ""
        if wish.get("client_id") != CLIENT_ID:
            error = "invalid_client"
        elif not wish.get("redirect_uri", "").startswith("http"):
            error = "redirect_uri_mismatch"
        elif wish.get("response_type") != "code" or not wish.get("scope"):
            error = "invalid_request"
        elif not set(wish["scope"].split() if granted is None else granted) <= self.scopes:
            error = "invalid_scope"
        if error:
            shown = _page("Access blocked", f"<p>This app’s request is invalid. Error 400: {error}</p>")
            raise web.HTTPBadRequest(text=shown.text, content_type="text/html")

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise oauth_refusal(401, "invalid_client", "The OAuth client was not found.")
        if form.get("grant_type") == "authorization_code":
            return web.json_response(self._by_code(form))
        if form.get("grant_type") != "refresh_token":
            raise oauth_refusal(
                400, "unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type')}"
            )
        grant = self.lasting.get(form.get("refresh_token", ""))
        if grant is None or self._is_over(grant):
            raise oauth_refusal(400, "invalid_grant", "Token has been expired or revoked.")
        return web.json_response(self._give(grant))

    def _by_code(self, form: Mapping[str, str]) -> Mapping[str, str | int]:
        """A code works once."""
        code = self.codes.pop(form.get("code", ""), None)
        if code is None or self._is_over(code.grant):
            raise oauth_refusal(400, "invalid_grant", "Malformed auth code.")
        if code.redirect_uri != form.get("redirect_uri"):
            raise oauth_refusal(400, "redirect_uri_mismatch", "Bad Request")
        if code.challenge and code.challenge != _challenge(form.get("code_verifier", "")):
            raise oauth_refusal(400, "invalid_grant", "Invalid code verifier.")
        given = dict(self._give(code.grant))
        if code.lasting:
            given["refresh_token"] = self._keep(replace(code.grant, expires_at=self._end()))
        if code.lasting and self.manners.testing:
            given["refresh_token_expires_in"] = int(TESTING.total_seconds())
        return given

    def _give(self, grant: Grant) -> Mapping[str, str | int]:
        token = f"ya29.{secrets.token_urlsafe(32)}"
        self.access[token] = replace(grant, expires_at=self.now() + HOUR)
        return {
            "access_token": token,
            "expires_in": int(HOUR.total_seconds()),
            "scope": " ".join(sorted(grant.scopes)),
            "token_type": "Bearer",
        }

    async def _revoke(self, request: web.Request) -> web.Response:
        """Either token ends both."""
        form = await request.post()
        token = str(form.get("token", request.query.get("token", "")))
        grant = self.lasting.get(token) or self.access.get(token)
        if grant is None:
            raise oauth_refusal(400, "invalid_token", "Token expired or revoked")
        self.revoke(grant.handle)
        return web.json_response({})

    async def _userinfo(self, request: web.Request) -> web.Response:
        handle = self.grant_of(request).handle
        return web.json_response({"id": user_id(handle), "name": handle, "picture": f"{self.address}/icon"})

    async def _tokeninfo(self, request: web.Request) -> web.Response:
        grant = self.access.get(request.query.get("access_token", ""))
        if grant is None or grant.expires_at is None or self._is_over(grant):
            raise oauth_refusal(400, "invalid_token", "Invalid Value")
        left = int((grant.expires_at - self.now()).total_seconds())
        shown = {"issued_to": CLIENT_ID, "audience": CLIENT_ID, "user_id": user_id(grant.handle)}
        return web.json_response({**shown, "scope": " ".join(sorted(grant.scopes)), "expires_in": left})


def user_id(handle: str) -> str:
    """Made of the handle, so that a sandbox that starts anew plays the same people."""
    return str(10**20 + int.from_bytes(hashlib.sha256(handle.encode()).digest()[:8]))


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _back(wish: Mapping[str, str], **params: str) -> web.HTTPException:
    back = wish["redirect_uri"]
    query = urlencode({**({"state": wish["state"]} if "state" in wish else {}), **params})
    return web.HTTPFound(f"{back}{'&' if '?' in back else '?'}{query}")


def _page(title: str, body: str) -> web.Response:
    """`body` is HTML, `title` is text."""
    return web.Response(
        content_type="text/html",
        text='<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1>{body}</html>",
    )
