"""The pretend Mastodon: one server, all in memory, that refuses what a Mastodon refuses."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.platforms.mastodon import sandbox_entities as entities
from hawker.platforms.mastodon.sandbox_instance import instance, old_instance
from hawker.platforms.mastodon.sandbox_media import MediaRoom
from hawker.platforms.mastodon.sandbox_oauth import BROAD, Door
from hawker.platforms.mastodon.sandbox_pages import Pages
from hawker.platforms.mastodon.sandbox_posts import PostRoom
from hawker.platforms.mastodon.sandbox_rations import CALLS, rations
from hawker.platforms.mastodon.sandbox_request import author
from hawker.platforms.mastodon.sandbox_world import World


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)
        self.rations = rations(self.world)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        rooms = (Door(self.world), MediaRoom(self.world), PostRoom(self.world), Pages(self.world))
        own = (
            web.get("/api/v1/accounts/verify_credentials", self._whoami),
            web.get("/api/v2/instance", self._instance),
            web.get("/api/v2/instance/", self._instance),
            web.get("/api/v1/instance", self._old_instance),
            web.get("/api/v1/instance/", self._old_instance),
        )
        routes = (*own, *(route for room in rooms for route in room.routes()))
        return self.rations.around(routes)

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        person = self.world.person(handle)
        live = [each for each in self.world.tokens.values() if each.person == person and not each.revoked]
        token = live[0] if live else self.world.give_token(person, "", frozenset(BROAD))
        return "token", {"server": self.world.address, "token": token.value}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith("/api/v1/statuses")

    def limited(self, request: web.Request) -> web.Response:
        return self.rations.spent(CALLS)

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        self.rations.leave(self.world.person(handle).id, budget, left, seconds)

    def revoke(self, handle: str) -> None:
        person = self.world.person(handle)
        for token in self.world.tokens.values():
            if token.person == person:
                token.revoked = True

    def published(self, handle: str) -> tuple[Seen, ...]:
        posts = self.world.posts_of(self.world.person(handle))
        return tuple(
            Seen(
                remote_id=post.id,
                text=post.text,
                alts=tuple(upload.description for upload in post.uploads),
                reply_to=post.reply_to,
            )
            for post in posts
        )

    async def _whoami(self, request: web.Request) -> web.Response:
        person = author(self.world, request, "read:accounts", "profile")
        return web.json_response(entities.own_account(self.world, person))

    async def _instance(self, _: web.Request) -> web.Response:
        if not self.world.manners.instance_v2:
            raise web.HTTPNotFound(text="<h1>404 Not Found</h1>", content_type="text/html")
        return web.json_response(instance(self.world))

    async def _old_instance(self, _: web.Request) -> web.Response:
        return web.json_response(old_instance(self.world))
