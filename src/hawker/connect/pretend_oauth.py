"""The door of a pretend network: the page on which an owner says yes, codes, and tokens."""

import base64
import json
import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import ClassVar, Generic, TypeVar
from urllib.parse import unquote

from aiohttp import web

from hawker.connect import oauth
from hawker.connect.http import Json
from hawker.connect.pretend_pages import Look, heading


@dataclass(frozen=True, kw_only=True)
class App(oauth.App):
    """`callbacks` is None where any address may be called back, as no test could name its own."""

    name: str = "An app"
    callbacks: frozenset[str] | None = None

    def leads_to(self, back: str) -> bool:
        return bool(back) and (self.callbacks is None or back in self.callbacks)


A = TypeVar("A", bound=App)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What the owner of an account allowed an app."""

    handle: str
    client_id: str
    scopes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the owner's page says; `wrong` is the title of the page for a wish that is not in order."""

    title: str
    allow: str = "Authorize"
    deny: str = "Cancel"
    wrong: str = "Something went wrong"


class Door(ABC, Generic[A]):
    """Extended by a network, which says of its own what differs. `address` is where its routes are
    served; `codes` are those not yet used."""

    page: ClassVar[str] = "/oauth/authorize"
    tokens: ClassVar[str] = "/oauth/token"
    client_id: ClassVar[str] = "client_id"
    code_life: ClassVar[timedelta] = timedelta(minutes=10)
    words: ClassVar[Words]

    def __init__(self, look: Look, address: str, now: Callable[[], datetime]) -> None:
        self.codes: dict[str, Code] = {}
        self.look = look
        self.address = address
        self.now = now

    @abstractmethod
    def app(self, client_id: str) -> A | None: ...

    @abstractmethod
    def handles(self) -> Sequence[str]:
        """Who lives here: the form suggests the first."""
        ...

    @abstractmethod
    def owner(self, typed: str) -> str:
        """The handle of the account that somebody named, who joins if there is none."""
        ...

    @abstractmethod
    def give(self, app: A, grant: Grant) -> Mapping[str, Json]:
        """What the token endpoint answers to a code."""
        ...

    def check(self, wish: Mapping[str, str], app: A) -> None:
        """Raises what the network answers where a known app asks wrongly."""

    def scopes(self, wish: Mapping[str, str], app: A) -> frozenset[str]:  # noqa: ARG002
        return frozenset(re.split("[ ,]+", wish.get("scope", ""))) - {""}

    def give_otherwise(self, app: A, form: Mapping[str, str]) -> Mapping[str, Json]:  # noqa: ARG002
        """What is answered to another grant than a code."""
        raise self.refuse("unsupported_grant_type")

    def refuse(self, error: str) -> web.HTTPException:
        """For invalid_client, invalid_grant and unsupported_grant_type, as RFC 6749 has them."""
        return refusal(401 if error == "invalid_client" else 400, error)

    def here(self, request: web.Request) -> str:  # noqa: ARG002
        """The whole address of the page, for whoever fills in its form without a browser."""
        return f"{self.address}{self.page}"

    def bring_back(self, wish: Mapping[str, str], code: str) -> web.Response:
        raise back(wish, code=code)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get(self.page, self._ask),
            web.post(self.page, self._answer),
            web.post(self.tokens, self._token),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        app = self._asking(request.query)
        name, words = next(iter(self.handles()), "shop"), self.words
        wants = escape(", ".join(sorted(self.scopes(request.query, app))))
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in request.query.items()
        )
        action = escape(self.here(request))
        return self.look.page(
            words.title,
            f"{heading(words.title)}<p><b>{escape(app.name)}</b> wants to act for your account. Allow it only"
            f' if you know it.</p><p>It asks for: {wants}</p><form method="post" action="{action}">{hidden}'
            f'<p><label>Username <input name="username" value="{escape(name)}" required></label></p>'
            f'<p><button name="decision" value="allow">{escape(words.allow)}</button>'
            f' <button name="decision" value="deny" formnovalidate>{escape(words.deny)}</button></p></form>',
        )

    async def _answer(self, request: web.Request) -> web.Response:
        wish = await read_form(request)
        app = self._asking(wish)
        if wish.get("decision") != "allow":
            raise back(wish, error="access_denied")
        code, handle = secrets.token_urlsafe(32), self.owner(wish.get("username", ""))
        proof = wish.get("code_challenge", "")
        plain = wish.get("code_challenge_method") == "plain"
        self.codes[code] = Code(
            grant=Grant(handle=handle, client_id=app.client_id, scopes=self.scopes(wish, app)),
            redirect_uri=wish["redirect_uri"],
            challenge=oauth.challenge(proof) if plain else proof,
            expires_at=self.now() + self.code_life,
        )
        return self.bring_back(wish, code)

    def _asking(self, wish: Mapping[str, str]) -> A:
        """Nobody is sent back to an app that is not known by this address."""
        app = self.app(wish.get(self.client_id, ""))
        if app is None:
            raise self.look.turn_away(self.words.wrong, "This app is not known here.")
        if not app.leads_to(wish.get("redirect_uri", "")):
            raise self.look.turn_away(self.words.wrong, "This app has not named its return address.")
        self.check(wish, app)
        return app

    async def _token(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        app = self.client(request, form)
        if form.get("grant_type") != "authorization_code":
            return web.json_response(self.give_otherwise(app, form))
        code = self.codes.pop(form.get("code", ""), None)
        if (
            code is None
            or (code.grant.client_id, code.redirect_uri) != (app.client_id, form.get("redirect_uri"))
            or code.expires_at < self.now()
            or (code.challenge and code.challenge != oauth.challenge(form.get("code_verifier", "")))
        ):
            raise self.refuse("invalid_grant")
        return web.json_response(self.give(app, code.grant))

    def client(self, request: web.Request, form: Mapping[str, str]) -> A:
        """The app that shows itself, in the header or in the form; raises invalid_client."""
        name, secret = form.get(self.client_id, ""), form.get("client_secret", "")
        kind, _, told = request.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            name, _, secret = (unquote(part) for part in base64.b64decode(told).decode().partition(":"))
        app = self.app(name)
        if app is None or not secrets.compare_digest(app.client_secret.encode(), secret.encode()):
            raise self.refuse("invalid_client")
        return app


class Keys:
    """Access tokens that live for `life`, and the refresh tokens beside them."""

    def __init__(self, now: Callable[[], datetime], life: timedelta) -> None:
        self.access: dict[str, tuple[Grant, datetime]] = {}
        self.lasting: dict[str, Grant] = {}
        self._now = now
        self._life = life

    def give(self, grant: Grant, *, lasting: bool = True) -> dict[str, Json]:
        """A pair of tokens as RFC 6749, section 5.1, has it; without `lasting` only the first."""
        token, refresh = secrets.token_urlsafe(48), secrets.token_urlsafe(48)
        self.access[token] = grant, self._now() + self._life
        answer: dict[str, Json] = {
            "token_type": "bearer",
            "expires_in": int(self._life.total_seconds()),
            "access_token": token,
            "scope": " ".join(sorted(grant.scopes)),
        }
        if not lasting:
            return answer
        self.lasting[refresh] = grant
        return {**answer, "refresh_token": refresh}

    def renew(self, refresh: str, client_id: str, *, rotates: bool = True) -> dict[str, Json] | None:
        """None where the refresh token is dead or another app's; with `rotates` it is dead afterwards."""
        grant = self.lasting.get(refresh)
        if grant is None or grant.client_id != client_id:
            return None
        if rotates:
            del self.lasting[refresh]
        return self.give(grant, lasting=rotates)

    def of(self, request: web.Request) -> Grant | None:
        """Who calls; None where the token is dead or there is none."""
        kind, _, value = request.headers.get("Authorization", "").partition(" ")
        grant, expires_at = self.access.get(value, (None, self._now()))
        return grant if kind.lower() == "bearer" and expires_at >= self._now() else None

    def drop(self, token: str) -> None:
        self.access.pop(token, None)
        self.lasting.pop(token, None)

    def revoke(self, handle: str) -> None:
        """Kills every token of an account."""
        self.access = {key: kept for key, kept in self.access.items() if kept[0].handle != handle}
        self.lasting = {key: kept for key, kept in self.lasting.items() if kept.handle != handle}


async def read_form(request: web.Request) -> dict[str, str]:
    """Query and form, or query and JSON object, all in one."""
    values = dict(request.query)
    if request.content_type != "application/json":
        form = await request.post()
        return {**values, **{name: part for name, part in form.items() if isinstance(part, str)}}
    try:
        body = json.loads(await request.text())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise refusal(400, "invalid_request", "This is no JSON object.")
    return {**values, **{name: str(value) for name, value in body.items()}}


def back(wish: Mapping[str, str], **params: str) -> web.HTTPFound:
    """Sends the owner's browser back to the app."""
    state = {"state": wish["state"]} if "state" in wish else {}
    return web.HTTPFound(oauth.address(wish["redirect_uri"], {**params, **state}))


def refusal(status: int, error: str, description: str = "") -> web.HTTPException:
    body = {"error": error, **({"error_description": description} if description else {})}
    kind = web.HTTPUnauthorized if status == 401 else web.HTTPBadRequest
    return kind(text=json.dumps(body), content_type="application/json")
