"""The pretend Instagram: what professional accounts need of the Graph API, in memory, refusing what Instagram
refuses. The login at Instagram has a door of its own below `/business`."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.apps import VERSION
from hawker.connect.http import Json
from hawker.connect.meta_hooks import WORD as WORD_KEY
from hawker.connect.meta_usage import APP_CALLS
from hawker.connect.pretend import Seen
from hawker.connect.pretend_graph import Call, Key, Route, refusal
from hawker.connect.pretend_graph_desk import Desk, Excess, Rations
from hawker.connect.pretend_graph_fields import Edge, Node, Value, listing, one
from hawker.connect.pretend_graph_media import UploadRoom
from hawker.connect.pretend_graph_oauth import LONG
from hawker.platforms.instagram import sandbox_nodes as nodes
from hawker.platforms.instagram.budgets import POSTS
from hawker.platforms.instagram.developer import APP, CLIENT_ID, CLIENT_SECRET
from hawker.platforms.instagram.sandbox_containers import ContainerRoom
from hawker.platforms.instagram.sandbox_keys import (
    INSTAGRAM,
    OWN_RIGHTS,
    RIGHTS,
    InstagramDoor,
    PageDoor,
    own_key,
)
from hawker.platforms.instagram.sandbox_pages import Pages
from hawker.platforms.instagram.sandbox_world import APP_ID, WORD, Profile, World

VERSIONS = tuple(version.name for version in APP.versions)
EXCESS = Excess(
    kind="instagram",
    code=80002,
    message="(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.",
)
SENDS = ("/media_publish", "/comments")


class Sandbox:
    def __init__(self, address: str) -> None:
        world = self.world = World(address)
        self.rations = Rations(world.now, EXCESS)
        self.desk = self._desk(address, own=False)
        self.own_desk = self._desk(f"{address}/business", own=True)
        self.door, self.own_door = PageDoor(world), InstagramDoor(world)
        self.uploads = UploadRoom(address, world.keys.find, VERSIONS)
        self.containers = ContainerRoom(world, self.uploads)

    def _desk(self, address: str, *, own: bool) -> Desk:
        """A key of one login is unknown at the door of the other."""

        def find(token: str) -> Key | None:
            key = self.world.keys.find(token)
            return key if key and (key.kind == INSTAGRAM) == own else None

        return Desk(
            address,
            now=self.world.now,
            keys=find,
            secret=lambda _: self.world.app.client_secret,
            rations=self.rations,
            versions=VERSIONS,
        )

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        shared = (*nodes.NodeRoom(self.world, self.containers).routes(), *self.containers.routes())
        calls = (
            *self.door.graph_routes(),
            Route(method="GET", path="/me/accounts", answers=self._accounts),
            Route(method="GET", path="/me/businesses", answers=self._businesses),
            Route(method="GET", path="/me", answers=self._me),
            *shared,
        )
        own = self.own_desk.routes((*self.own_door.graph_routes(), *shared))
        below = [_below("/business", route) for route in own]
        shown = (
            *self.door.routes(),
            *self.own_door.routes(),
            *self.uploads.routes(),
            *Pages(self.world).routes(),
        )
        return [*shown, *below, *self.desk.routes(calls)]

    def app(self) -> Mapping[str, str]:
        own = self.world.own_app
        keys = {**self.world.app.memory(), CLIENT_ID: own.client_id, CLIENT_SECRET: own.client_secret}
        places = {"server": self.world.address, "site": self.world.site}
        return {**keys, WORD_KEY: WORD, VERSION: VERSIONS[0], **places}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        """A key of the page that the account is linked to."""
        return "token", {"access_token": self.page_key(self.world.profile(handle)).token}

    def page_key(self, profile: Profile) -> Key:
        give = self.world.keys.give
        return give("PAGE", profile.page_id, app_id=APP_ID, scopes=RIGHTS, person=profile.person_id)

    def own_key(self, handle: str) -> Key:
        """A key of the login at Instagram, as the app dashboard gives it."""
        return own_key(self.world, self.world.profile(handle), LONG, OWN_RIGHTS)

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith(SENDS)

    def limited(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").partition(" ")[2]
        key = self.world.keys.find(token)
        return self.rations.limited(key.who if key else "0")

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        profile = self.world.profile(handle)
        if budget == POSTS.name:
            already = self.world.usage(profile) - self.world.used.get(profile.id, 0)
            self.world.used[profile.id] = self.world.manners.quota - left - already
            return
        self.rations.leave(APP_ID if budget == APP_CALLS.name else profile.page_id, left, seconds)

    def tell(self, address: str) -> None:
        self.world.courier.tell(address)

    def revoke(self, handle: str) -> None:
        self.world.keys.kill(self.world.profile(handle).person_id)

    def published(self, handle: str) -> tuple[Seen, ...]:
        posts = self.world.posts_of(self.world.profile(handle))
        return tuple(
            Seen(
                remote_id=post.id,
                text=post.text,
                alts=tuple(file.alt for file in post.files),
                reply_to=post.parent,
            )
            for post in posts
        )

    async def _me(self, call: Call) -> Json:
        key = call.holder
        if key.kind != "PAGE":
            return one(
                call,
                Node(kind="User", fields={"id": key.who, "name": f"Person {key.who[-4:]}"}, thin=("name",)),
            )
        profile = next(each for each in self.world.profiles.values() if each.page_id == key.who)
        return one(call, self._page(call, profile))

    async def _accounts(self, call: Call) -> Json:
        call.need("pages_show_list")
        if call.holder.kind == "PAGE":
            raise refusal(100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")
        profiles = self.world.run_by(call.holder.person)
        return listing(call, Edge(nodes=[self._page(call, profile) for profile in profiles]))

    async def _businesses(self, call: Call) -> Json:
        call.need("business_management")
        return {"data": []}

    def _page(self, call: Call, profile: Profile) -> Node:
        asked = "access_token" in call.params.get("fields", "")
        linked: Value = {"id": profile.id, "username": profile.handle, "name": profile.handle}
        fields: dict[str, Value] = {
            "id": profile.page_id,
            "name": profile.handle,
            "access_token": self.page_key(profile).token if asked else "",
            "instagram_business_account": linked,
        }
        return Node(kind="Page", fields=fields, thin=("name",))


def _below(place: str, route: web.AbstractRouteDef) -> web.RouteDef:
    if not isinstance(route, web.RouteDef):
        raise TypeError("the desk makes plain routes only")
    return web.RouteDef(route.method, f"{place}{route.path}", route.handler, route.kwargs)
