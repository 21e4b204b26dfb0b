"""The pretend X: the part of API v2 that publishing needs, in memory, refusing what X refuses."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.platforms.x import sandbox_entities as entities
from hawker.platforms.x.sandbox_media import MediaRoom
from hawker.platforms.x.sandbox_oauth import Door
from hawker.platforms.x.sandbox_pages import Pages
from hawker.platforms.x.sandbox_posts import PostRoom
from hawker.platforms.x.sandbox_rations import WAIT, name_of, rations
from hawker.platforms.x.sandbox_request import person_of
from hawker.platforms.x.sandbox_world import CONFIDENTIAL, SCOPES, World


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)
        self.rations = rations(self.world)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        rooms = (Door(self.world), MediaRoom(self.world), PostRoom(self.world), Pages(self.world))
        routes = (web.get("/2/users/me", self._me), *(route for room in rooms for route in room.routes()))
        return self.rations.around(routes)

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        given = self.world.give(self.world.person(handle), CONFIDENTIAL, SCOPES)
        return "token", {"refresh_token": str(given["refresh_token"])}

    def app(self) -> Mapping[str, str]:
        places = {"server": self.world.address, "site": self.world.site}
        return {**self.world.apps[CONFIDENTIAL].memory(), **places}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith("/2/tweets")

    def limited(self, request: web.Request) -> web.Response:
        return self.rations.spent(name_of(request) or "posts", WAIT)

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        self.rations.leave(self.world.person(handle).id, budget, left, seconds)

    def revoke(self, handle: str) -> None:
        self.world.keys.revoke(self.world.person(handle).handle)

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(
            Seen(
                remote_id=post.id,
                text=post.text,
                alts=tuple(upload.alt for upload in post.uploads),
                reply_to=post.reply_to,
            )
            for post in self.world.posts_of(self.world.person(handle))
        )

    async def _me(self, request: web.Request) -> web.Response:
        person = person_of(self.world, request, "tweet.read", "users.read")
        fields = frozenset(request.query.get("user.fields", "").split(","))
        return web.json_response({"data": entities.user(person, fields)})
