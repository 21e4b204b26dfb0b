"""The door of the pretend Threads: its login page, short keys for codes, long ones, what they may."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Key, Route, refusal
from hawker.connect.pretend_graph_oauth import LONG, SHORT, GraphDoor, token_of
from hawker.connect.pretend_oauth import App, Grant, Words
from hawker.platforms.threads.sandbox_pages import LOOK
from hawker.platforms.threads.sandbox_world import APP_ID, World

OLD_ENOUGH = timedelta(hours=24)


class Door(GraphDoor):
    page: ClassVar[str] = "/www/oauth/authorize"
    words = Words(title="Log in with Threads", allow="Continue", deny="Cancel")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now, world.keys, {APP_ID: world.app})
        self._world = world

    def handles(self) -> Sequence[str]:
        return [person.handle for person in self._world.people.values()]

    def owner(self, typed: str) -> str:
        return self._world.person(typed).id

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        """Here the id of whose key it is comes as a number."""
        scopes = grant.scopes - self.declined
        key = self.keys.give("USER", grant.handle, app_id=app.client_id, scopes=scopes, life=SHORT)
        return {"access_token": key.token, "user_id": int(grant.handle)}

    def graph_routes(self) -> Sequence[Route]:
        return (
            Route(method="GET", path="/oauth/access_token", answers=self._for_app, open=True),
            Route(method="POST", path="/oauth/access_token", answers=self._exchange, open=True),
            Route(method="GET", path="/access_token", answers=self._lengthen),
            Route(method="GET", path="/refresh_access_token", answers=self._refresh),
            Route(method="GET", path="/debug_token", answers=self._inspect, open=True),
        )

    async def _for_app(self, call: Call) -> Json:
        given = await self._exchange(call)
        if call.params.get("grant_type") != "client_credentials" or not isinstance(given, dict):
            raise refusal(100, "Param grant_type must be client_credentials")
        return {**given, "access_token": f"TH|{given['access_token']}"}

    async def _lengthen(self, call: Call) -> Json:
        if call.params.get("grant_type") != "th_exchange_token":
            raise refusal(100, "Param grant_type must be th_exchange_token")
        if call.params.get("client_secret") != self._world.app.client_secret:
            raise refusal(1, "Error validating client secret.")
        return dict(self.prolong(self._world.app, call.holder.token))

    async def _refresh(self, call: Call) -> Json:
        if call.params.get("grant_type") != "th_refresh_token":
            raise refusal(100, "Param grant_type must be th_refresh_token")
        key, now = call.holder, self.now()
        if key.expires_at is None or key.expires_at - key.issued_at < LONG:
            raise refusal(190, "Error validating access token: it is not a long-lived token.")
        if now - key.issued_at < OLD_ENOUGH:
            raise refusal(100, "The access token must be at least 24 hours old to be refreshed")
        given = self.keys.give("USER", key.who, app_id=key.app_id, scopes=key.scopes, life=LONG)
        return token_of(given, now)

    def _described(self, key: Key) -> dict[str, Json]:
        """The app is named by its name only."""
        told = super()._described(key)
        names = (
            "type",
            "application",
            "data_access_expires_at",
            "expires_at",
            "is_valid",
            "scopes",
            "user_id",
        )
        return {name: told[name] for name in names}
