"""Who calls the pretend Instagram: keys of either login, and what each may do."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Key, Route, refusal, unsupported
from hawker.connect.pretend_graph_oauth import LONG, SHORT, GraphDoor
from hawker.connect.pretend_oauth import App, Door, Grant, Words
from hawker.platforms.instagram.developer import OWN_SCOPES, SCOPES
from hawker.platforms.instagram.sandbox_pages import LOOK
from hawker.platforms.instagram.sandbox_world import APP_ID, Profile, World

INSTAGRAM = "INSTAGRAM"
RIGHTS, OWN_RIGHTS = (frozenset(scope.name for scope in scopes) for scopes in (SCOPES, OWN_SCOPES))
DAY = timedelta(hours=24)


def owner_of(world: World, call: Call) -> Profile:
    """The account in the address, or whose key it is; raises what is said where the key is not for it."""
    profile, key = world.profiles.get(call.part("id")), call.holder
    if call.part("id") == "me":
        profile = world.profiles.get(key.who)
    if profile is None or key.who not in {profile.id, profile.page_id, profile.person_id}:
        raise unsupported(call.part("id"))
    return profile


def publishes(call: Call) -> str:
    own = call.holder.kind == INSTAGRAM
    return "instagram_business_content_publish" if own else "instagram_content_publish"


def comments(call: Call) -> str:
    own = call.holder.kind == INSTAGRAM
    return "instagram_business_manage_comments" if own else "instagram_manage_comments"


def own_key(world: World, profile: Profile, life: timedelta | None, scopes: Collection[str]) -> Key:
    """One of the login at Instagram."""
    given = world.keys.give(
        INSTAGRAM,
        profile.id,
        app_id=world.own_app.client_id,
        scopes=scopes,
        person=profile.person_id,
        life=life,
    )
    del world.keys.each[given.token]
    key = replace(given, token=f"IGAA{secrets.token_hex(40)}")
    world.keys.each[key.token] = key
    return key


class PageDoor(GraphDoor):
    words = Words(title="Log in", allow="Continue as this person", deny="Cancel")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now, world.keys, {APP_ID: world.app})
        self._world = world

    def handles(self) -> Sequence[str]:
        return [each.handle for each in self._world.profiles.values()]

    def owner(self, typed: str) -> str:
        return self._world.profile(typed).person_id


class InstagramDoor(Door[App]):
    page: ClassVar[str] = "/www/oauth/authorize"
    tokens: ClassVar[str] = "/business/oauth/access_token"
    words = Words(title="Log in with Instagram", allow="Allow", deny="Cancel")
    code_life = timedelta(hours=1)

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now)
        self._world = world

    def app(self, client_id: str) -> App | None:
        own = self._world.own_app
        return own if own.client_id == client_id else None

    def handles(self) -> Sequence[str]:
        return [each.handle for each in self._world.profiles.values()]

    def owner(self, typed: str) -> str:
        return self._world.profile(typed).id

    def bring_back(self, wish: Mapping[str, str], code: str) -> web.Response:
        """Some browsers hand the mark at its end on as part of the code."""
        return super().bring_back(wish, f"{code}#_")

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        profile = self._world.profiles[grant.handle]
        key = own_key(self._world, profile, SHORT, grant.scopes)
        given: dict[str, Json] = {
            "access_token": key.token,
            "user_id": profile.id,
            "permissions": [*sorted(grant.scopes)],
        }
        return {"data": [given]} if self._world.manners.wraps else given

    def refuse(self, error: str) -> web.HTTPException:
        message = {"invalid_client": "Error validating client secret."}.get(
            error, "Matching code was not found"
        )
        body = {"error_type": "OAuthException", "code": 400, "error_message": message}
        return web.HTTPBadRequest(text=json.dumps(body), content_type="application/json")

    def graph_routes(self) -> Sequence[Route]:
        return (
            Route(method="GET", path="/access_token", answers=self._prolong, open=True),
            Route(method="GET", path="/refresh_access_token", answers=self._renew, open=True),
        )

    async def _prolong(self, call: Call) -> Json:
        if call.given("client_secret") != self._world.own_app.client_secret:
            raise refusal(101, "Error validating application.")
        key = self._alive(call, "ig_exchange_token")
        return self._lasting(key)

    async def _renew(self, call: Call) -> Json:
        key = self._alive(call, "ig_refresh_token")
        if key.issued_at + DAY > self._world.now():
            raise refusal(100, "(#100) The access token must be at least 24 hours old to be refreshed")
        return {**self._lasting(key), "permissions": ",".join(sorted(key.scopes))}

    def _alive(self, call: Call, grant: str) -> Key:
        token = call.request.query.get("access_token", "")
        key = self._world.keys.find(token)
        if call.given("grant_type") != grant:
            raise refusal(100, "(#100) Param grant_type is not valid")
        if key is None or key.dead or key.kind != INSTAGRAM:
            raise refusal(190, "Invalid OAuth access token - Cannot parse access token")
        if key.expires_at and key.expires_at <= self._world.now():
            raise refusal(190, "Error validating access token: Session has expired.", subcode=463)
        return key

    def _lasting(self, key: Key) -> dict[str, Json]:
        given = own_key(self._world, self._world.profiles[key.who], LONG, key.scopes)
        return {
            "access_token": given.token,
            "token_type": "bearer",
            "expires_in": int(LONG.total_seconds()),
        }
