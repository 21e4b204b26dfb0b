"""The pretend Business Profile: what publishing needs of Google's APIs, refusing what Google refuses."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.connect.pretend_google_errors import rate_limited
from hawker.connect.pretend_rations import Allowance, Rations, Use
from hawker.platforms.google_business.budgets import CALLS, CHANGES, MINUTE
from hawker.platforms.google_business.sandbox_desk import Desk
from hawker.platforms.google_business.sandbox_pages import Pages
from hawker.platforms.google_business.sandbox_places import PlaceRoom
from hawker.platforms.google_business.sandbox_posts import PostRoom
from hawker.platforms.google_business.sandbox_world import World

ALLOWANCES = {
    "calls": Allowance(limit=CALLS, period=MINUTE),
    "changes": Allowance(limit=CHANGES, period=MINUTE),
}
WAIT = timedelta(seconds=3)
_SEND = re.compile(r".*/v4/accounts/[^/]+/locations/[^/]+/localPosts")


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)
        self.rations = Rations(
            ALLOWANCES, now=self.world.now, uses=self._uses, headers=lambda _: {}, refuse=_refuse
        )

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        desk = Desk(self.world)
        rooms = (self.world.door, PlaceRoom(self.world, desk), PostRoom(self.world, desk), Pages(self.world))
        return self.rations.around(route for room in rooms for route in room.routes())

    def app(self) -> Mapping[str, str]:
        return {**self.world.door.registered(), "site": self.world.site}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        self.world.groups_of(handle)
        return "token", {"refresh_token": self.world.door.refresh_token(handle)}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and bool(_SEND.fullmatch(request.path))

    def limited(self, request: web.Request) -> web.Response:
        return self.rations.spent("changes" if self.is_send(request) else "calls", WAIT)

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        self.rations.leave(handle, budget, left, seconds)

    def revoke(self, handle: str) -> None:
        self.world.door.revoke(handle)

    def published(self, handle: str) -> tuple[Seen, ...]:
        posts = self.world.live(self.world.own_place(handle))
        return tuple(Seen(remote_id=post.name, text=str(post.said.get("summary", ""))) for post in posts)

    def _uses(self, request: web.Request) -> Use:
        grant = self.world.door.keys.of(request)
        if grant is None:
            return Use()
        changes = request.method in {"POST", "PATCH", "DELETE"}
        return Use(grant.handle, ("calls", "changes") if changes else ("calls",))


def _refuse() -> web.Response:
    refusal = rate_limited(limit=str(CALLS))
    return web.Response(status=refusal.status, text=refusal.text, content_type="application/json")
