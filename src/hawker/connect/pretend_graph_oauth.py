"""Keys of the pretend Graph API: the login page, short keys for codes, long ones for short, what they may."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Key, Route, refusal
from hawker.connect.pretend_oauth import App, Door, Grant, Words, back, read_form
from hawker.connect.pretend_pages import Look

SHORT, LONG = timedelta(hours=1), timedelta(days=60)
# Subcodes of the code 190: the app was taken out, the password was changed.
REMOVED, CHANGED = 458, 460


class Keys:
    """All tokens, by their text, which begins with `start`; a dead one is remembered as dead."""

    def __init__(self, now: Callable[[], datetime], start: str = "EAA") -> None:
        self.each: dict[str, Key] = {}
        self._now = now
        self._start = start

    def give(
        self,
        kind: str,
        who: str,
        *,
        app_id: str,
        scopes: Collection[str],
        person: str = "",
        life: timedelta | None = None,
    ) -> Key:
        """Without `life` it never ends."""
        now = self._now()
        key = Key(
            token=f"{self._start}{secrets.token_hex(40)}",
            kind=kind,
            who=who,
            person=person or who,
            app_id=app_id,
            scopes=frozenset(scopes),
            issued_at=now,
            expires_at=now + life if life else None,
        )
        self.each[key.token] = key
        return key

    def find(self, token: str) -> Key | None:
        return self.each.get(token)

    def kill(self, who: str, subcode: int = CHANGED) -> None:
        """Every token that acts as this node, or that this person allowed."""
        for token, key in self.each.items():
            if who in {key.who, key.person}:
                self.each[token] = replace(key, dead=subcode)


class GraphDoor(Door[App]):
    """Extended by a network, which says who lives there (`owner` gives the id of whoever typed a name) and
    where its login page is (`page`).

    `declined`: permissions that the owner takes out on the page.
    """

    page: ClassVar[str] = r"/www/{version:v\d+\.\d+}/dialog/oauth"
    words: ClassVar[Words] = Words(title="Log in", allow="Continue", deny="Cancel")
    code_life: ClassVar[timedelta] = timedelta(hours=1)
    exchange_grant: ClassVar[str] = "fb_exchange_token"

    def __init__(
        self, look: Look, address: str, now: Callable[[], datetime], keys: Keys, apps: Mapping[str, App]
    ) -> None:
        super().__init__(look, address, now)
        self.keys = keys
        self.apps = apps
        self.declined = frozenset[str]()

    def app(self, client_id: str) -> App | None:
        return self.apps.get(client_id)

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        scopes = grant.scopes - self.declined
        key = self.keys.give("USER", grant.handle, app_id=app.client_id, scopes=scopes, life=SHORT)
        return token_of(key, self.now())

    def here(self, request: web.Request) -> str:
        """With the version that was asked for."""
        return str(request.url.with_query(None))

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The page only: the calls are `graph_routes`, for the desk."""
        return [web.get(self.page, self._ask), web.post(self.page, self._decide)]

    def graph_routes(self) -> Sequence[Route]:
        return (
            Route(method="GET", path="/oauth/access_token", answers=self._exchange, open=True),
            Route(method="POST", path="/oauth/access_token", answers=self._exchange, open=True),
            Route(method="GET", path="/debug_token", answers=self._inspect, open=True),
            Route(method="GET", path="/me/permissions", answers=self._permissions),
            Route(method="DELETE", path="/me/permissions", answers=self._withdraw),
        )

    async def _decide(self, request: web.Request) -> web.Response:
        wish = await read_form(request)
        if self.app(wish.get(self.client_id, "")) and wish.get("decision") != "allow":
            raise back(
                wish, error="access_denied", error_reason="user_denied", error_description="Permissions error"
            )
        return await self._answer(request)

    async def _exchange(self, call: Call) -> Json:
        app = self.app(call.params.get("client_id", ""))
        if app is None:
            raise refusal(
                101, "Error validating application. Cannot get application info due to a system error."
            )
        if not secrets.compare_digest(
            app.client_secret.encode(), call.params.get("client_secret", "").encode()
        ):
            raise refusal(1, "Error validating client secret.")
        grant = call.params.get("grant_type", "authorization_code")
        if grant == "client_credentials":
            return {"access_token": f"{app.client_id}|{app.client_secret}", "token_type": "bearer"}
        if grant == self.exchange_grant:
            return dict(self.prolong(app, call.params.get(self.exchange_grant, "")))
        return dict(self._redeem(app, call.params))

    def _redeem(self, app: App, params: Mapping[str, str]) -> Mapping[str, Json]:
        code = self.codes.pop(params.get("code", ""), None)
        if code is None or code.grant.client_id != app.client_id:
            raise refusal(100, "This authorization code has been used.", subcode=36009)
        if code.expires_at < self.now():
            raise refusal(100, "This authorization code has expired.", subcode=36007)
        if code.redirect_uri != params.get("redirect_uri"):
            message = (
                "Error validating verification code. Please make sure your redirect_uri is identical to the"
            )
            raise refusal(100, f"{message} one you used in the OAuth dialog request", subcode=36008)
        return self.give(app, code.grant)

    def prolong(self, app: App, token: str) -> Mapping[str, Json]:
        """A long key beside the short one, which lives on. Raises 190."""
        key = self.keys.find(token)
        if key is None or key.app_id != app.client_id or key.dead:
            raise refusal(190, "Invalid OAuth access token - Cannot parse access token")
        if key.expires_at and key.expires_at <= self.now():
            raise refusal(190, "Error validating access token: Session has expired.", subcode=463)
        life = LONG if key.kind == "USER" else None
        given = self.keys.give(
            key.kind, key.who, app_id=key.app_id, scopes=key.scopes, person=key.person, life=life
        )
        return token_of(given, self.now())

    async def _inspect(self, call: Call) -> Json:
        """Asked with the key of an app, or with the inspected key itself."""
        token = call.request.headers.get("Authorization", "").partition(" ")[2] or call.request.query.get(
            "access_token", ""
        )
        asking, inspected = token.partition("|"), call.params.get("input_token", "")
        app = self.app(asking[0])
        if token != inspected and (app is None or app.client_secret != asking[2]):
            raise refusal(190, "Invalid OAuth access token signature.")
        key = self.keys.find(inspected)
        if key is None:
            error: Json = {"code": 190, "message": "Invalid OAuth access token."}
            return {"data": {"error": error, "is_valid": False, "scopes": []}}
        return {"data": self._described(key)}

    def _described(self, key: Key) -> dict[str, Json]:
        alive = not key.dead and (key.expires_at is None or key.expires_at > self.now())
        app = self.app(key.app_id)
        return {
            "app_id": key.app_id,
            "type": key.kind,
            "application": app.name if app else "",
            "data_access_expires_at": int((key.issued_at + timedelta(days=90)).timestamp()),
            "expires_at": int(key.expires_at.timestamp()) if key.expires_at else 0,
            "is_valid": alive,
            "issued_at": int(key.issued_at.timestamp()),
            "scopes": [*sorted(key.scopes)],
            "user_id": key.person,
        }

    async def _permissions(self, call: Call) -> Json:
        granted: list[Json] = [
            {"permission": each, "status": "granted"} for each in sorted(call.holder.scopes)
        ]
        declined: list[Json] = [{"permission": each, "status": "declined"} for each in sorted(self.declined)]
        return {"data": [*granted, *declined]}

    async def _withdraw(self, call: Call) -> Json:
        self.keys.kill(call.holder.person, REMOVED)
        return {"success": True}


def token_of(key: Key, now: datetime) -> dict[str, Json]:
    """What a token endpoint answers."""
    lives = {"expires_in": int((key.expires_at - now).total_seconds())} if key.expires_at else {}
    return {"access_token": key.token, "token_type": "bearer", **lives}
