"""The pretend Facebook: what pages need of the Graph API, in memory, refusing what Facebook refuses."""

import re
from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.apps import VERSION
from hawker.connect.http import Json
from hawker.connect.meta_hooks import WORD as WORD_KEY
from hawker.connect.meta_usage import CALLS
from hawker.connect.pretend import Seen
from hawker.connect.pretend_graph import Call, Route, refusal
from hawker.connect.pretend_graph_desk import Desk, Excess, Rations
from hawker.connect.pretend_graph_fields import Edge, listing
from hawker.connect.pretend_graph_media import UploadRoom
from hawker.connect.pretend_graph_oauth import GraphDoor
from hawker.connect.pretend_oauth import App, Words
from hawker.platforms.facebook import sandbox_nodes as nodes
from hawker.platforms.facebook.app import APP
from hawker.platforms.facebook.sandbox_pages import LOOK, Pages
from hawker.platforms.facebook.sandbox_posts import PostRoom, own_page
from hawker.platforms.facebook.sandbox_videos import VideoRoom
from hawker.platforms.facebook.sandbox_world import APP_ID, SCOPES, WORD, Page, World

VERSIONS = tuple(version.name for version in APP.versions)
EXCESS = Excess(
    kind="pages",
    code=80001,
    message="(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
)
SENDS = ("/feed", "/comments", "/photo_stories")


class Door(GraphDoor):
    words = Words(title="Log in with Facebook", allow="Continue as this person", deny="Cancel")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now, world.keys, {APP_ID: world.app})
        self._world = world

    def check(self, wish: Mapping[str, str], app: App) -> None:
        strange = self.scopes(wish, app) - SCOPES
        if strange:
            raise LOOK.turn_away("Invalid Scopes", f"Invalid Scopes: {', '.join(sorted(strange))}.")

    def handles(self) -> Sequence[str]:
        return [page.handle for page in self._world.pages.values()]

    def owner(self, typed: str) -> str:
        return self._world.person(typed).id


class Sandbox:
    def __init__(self, address: str) -> None:
        world = self.world = World(address)
        self.rations = Rations(world.now, EXCESS)
        self.desk = Desk(
            address,
            now=world.now,
            keys=world.keys.find,
            secret=lambda _: world.app.client_secret,
            rations=self.rations,
            versions=VERSIONS,
        )
        self.door = Door(world)
        self.uploads = UploadRoom(address, world.keys.find, VERSIONS)
        self.videos = VideoRoom(world, self.uploads)
        self.uploads.arrived = self.videos.arrived

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        calls = (
            *self.door.graph_routes(),
            Route(method="GET", path="/{id}/accounts", answers=self._accounts),
            Route(method="GET", path="/{id}/businesses", answers=self._businesses),
            Route(method="GET", path="/{id}/owned_pages", answers=self._owned),
            Route(method="GET", path="/{id}/client_pages", answers=self._clients),
            Route(method="GET", path="/{id}/subscribed_apps", answers=self._subscriptions),
            Route(method="POST", path="/{id}/subscribed_apps", answers=self._subscribe),
            *self.videos.routes(),
            *PostRoom(self.world).routes(),
        )
        shown = (*self.door.routes(), *self.uploads.routes(), *Pages(self.world).routes())
        return [*shown, *self.desk.routes(calls)]

    def app(self) -> Mapping[str, str]:
        keys = {**self.world.app.memory(), WORD_KEY: WORD, VERSION: VERSIONS[0]}
        return {**keys, "server": self.world.address, "site": self.world.site}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        """A key of a page, as somebody gets it who runs this page only."""
        page = self.world.page(handle)
        person = self.world.person(page.handle)
        key = self.world.keys.give("PAGE", page.id, app_id=APP_ID, scopes=SCOPES, person=person.id)
        return "token", {"access_token": key.token}

    def is_send(self, request: web.Request) -> bool:
        ends = request.query.get("upload_phase", "").lower() == "finish"
        return request.method == "POST" and (ends or request.path.rstrip("/").endswith(SENDS))

    def limited(self, request: web.Request) -> web.Response:
        return self.rations.limited(request.path.split("/")[-2])

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        holder = self.world.page(handle).id if budget == CALLS.name else APP_ID
        self.rations.leave(holder, left, seconds)

    def tell(self, address: str) -> None:
        self.world.courier.tell(address)

    def revoke(self, handle: str) -> None:
        self.world.keys.kill(self.world.page(handle).id)

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(
            Seen(
                remote_id=post.id,
                text=post.text,
                alts=tuple(medium.alt for medium in post.media),
                reply_to=post.parent,
            )
            for post in self.world.posts_of(self.world.page(handle))
        )

    async def _accounts(self, call: Call) -> Json:
        call.need("pages_show_list")
        person = self.world.people.get(call.holder.who)
        return self._list(call, person.pages if person else [])

    async def _businesses(self, call: Call) -> Json:
        call.need("business_management")
        person = self.world.people.get(call.holder.who)
        return {"data": [{"id": each} for each in person.businesses] if person else []}

    async def _owned(self, call: Call) -> Json:
        call.need("business_management")
        person = self.world.people.get(call.holder.who)
        return self._list(call, person.businesses.get(call.part("id"), []) if person else [])

    async def _clients(self, call: Call) -> Json:
        call.need("business_management")
        return self._list(call, [])

    def _list(self, call: Call, pages: Sequence[Page]) -> Json:
        """Each with a key of its own, which ends with the person's where that was a short one."""
        person, shown = call.holder, []
        for page in pages:
            asked = "access_token" in call.params.get("fields", "")
            token = self._key(call, page) if asked else ""
            shown.append(nodes.page(self.world, page, token))
        if person.kind == "PAGE":
            raise refusal(100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")
        return listing(call, Edge(nodes=shown))

    def _key(self, call: Call, page: Page) -> str:
        """A key without end, where the person's own is a long one."""
        person = call.holder
        life = person.expires_at - self.world.now() if person.expires_at else None
        lasting = life is None or life.days > 1
        key = self.world.keys.give(
            "PAGE",
            page.id,
            app_id=APP_ID,
            scopes=person.scopes,
            person=person.person,
            life=None if lasting else life,
        )
        return key.token

    async def _subscribe(self, call: Call) -> Json:
        page = own_page(self.world, call, "pages_manage_metadata")
        fields = re.findall(r"\w+", call.given("subscribed_fields"))
        self.world.heard[page.id] = tuple(fields)
        return {"success": True}

    async def _subscriptions(self, call: Call) -> Json:
        page = own_page(self.world, call, "pages_manage_metadata")
        fields: Json = [*self.world.heard.get(page.id, ())]
        app: App = self.world.app
        return {"data": [{"id": app.client_id, "name": app.name, "subscribed_fields": fields}]}
