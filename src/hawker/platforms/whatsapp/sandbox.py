"""The pretend WhatsApp: what Hawker needs of the Cloud API, in memory, refusing what WhatsApp refuses."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.apps import VERSION
from hawker.connect.http import Json
from hawker.connect.meta_hooks import WORD as WORD_KEY
from hawker.connect.meta_usage import CALLS
from hawker.connect.pretend import Seen
from hawker.connect.pretend_graph import Key
from hawker.connect.pretend_graph_desk import Desk, Excess, Rations
from hawker.connect.pretend_graph_oauth import GraphDoor, token_of
from hawker.connect.pretend_oauth import App, Grant, Words
from hawker.platforms.whatsapp.app import APP, MANAGEMENT
from hawker.platforms.whatsapp.sandbox_media import MediaRoom
from hawker.platforms.whatsapp.sandbox_nodes import Nodes
from hawker.platforms.whatsapp.sandbox_pages import LOOK, Pages
from hawker.platforms.whatsapp.sandbox_send import Post
from hawker.platforms.whatsapp.sandbox_world import APP_ID, SCOPES, WORD, World
from hawker.platforms.whatsapp.values import LANGUAGE, PARAMETERS, TEMPLATE

VERSIONS = tuple(version.name for version in APP.versions)
EXCESS = Excess(
    kind="whatsapp_business",
    code=80008,
    message="(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit.",
)


class Door(GraphDoor):
    words = Words(title="Log in at Meta", allow="Continue", deny="Cancel")

    def __init__(self, world: World) -> None:
        super().__init__(LOOK, world.address, world.now, world.keys, {APP_ID: world.app})
        self._world = world

    def scopes(self, wish: Mapping[str, str], app: App) -> frozenset[str]:
        """A configuration names the permissions by itself."""
        return SCOPES if wish.get("config_id") else super().scopes(wish, app)

    def check(self, wish: Mapping[str, str], app: App) -> None:
        strange = self.scopes(wish, app) - SCOPES
        if strange:
            raise LOOK.turn_away("Invalid Scopes", f"Invalid Scopes: {', '.join(sorted(strange))}.")

    def handles(self) -> Sequence[str]:
        return list(self._world.businesses)

    def owner(self, typed: str) -> str:
        return self._world.business(typed).user

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        if not self._world.manners.lasting:
            return super().give(app, grant)
        scopes = grant.scopes - self.declined
        key = self.keys.give("SYSTEM_USER", grant.handle, app_id=app.client_id, scopes=scopes)
        return token_of(key, self.now())

    def _described(self, key: Key) -> dict[str, Json]:
        """Whether it names the business accounts is not documented."""
        told = super()._described(key)
        own = [each.waba for each in self._world.businesses.values() if each.user == key.person]
        if self._world.manners.names and own:
            told["granular_scopes"] = [{"scope": MANAGEMENT, "target_ids": [*own]}]
        return told


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
        self.post = Post(world)
        self.media = MediaRoom(world)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        nodes = Nodes(self.world, self.media)
        calls = (
            *self.door.graph_routes(),
            *self.post.routes(),
            *self.media.routes(),
            *nodes.routes(),
        )
        pages = Pages(self.world, self.post)
        shown = (*self.door.routes(), *pages.routes(), *self.media.pages())
        return [*shown, *self.desk.routes(calls)]

    def answers(self) -> Mapping[str, str]:
        """A template that this pretend network has approved."""
        return {TEMPLATE: "fresh_today", LANGUAGE: "zh_TW", PARAMETERS: "{name:朋友} | {text}"}

    def app(self) -> Mapping[str, str]:
        keys = {**self.world.app.memory(), WORD_KEY: WORD, VERSION: VERSIONS[0]}
        return {**keys, "server": self.world.address, "site": self.world.site}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        """A token without end, as Meta gives a business for its own system user."""
        business = self.world.business(handle)
        key = self.world.keys.give("SYSTEM_USER", business.user, app_id=APP_ID, scopes=SCOPES)
        return "token", {"access_token": key.token}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.rstrip("/").endswith("/messages")

    def limited(self, request: web.Request) -> web.Response:
        return self.rations.limited(request.path.split("/")[-2])

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        holder = self.world.business(handle).user if budget == CALLS.name else APP_ID
        self.rations.leave(holder, left, seconds)

    def tell(self, address: str) -> None:
        self.world.courier.tell(address)

    def revoke(self, handle: str) -> None:
        self.world.keys.kill(self.world.business(handle).user)

    def published(self, handle: str) -> tuple[Seen, ...]:
        phones = {phone.id for phone in self.world.business(handle).phones}
        return tuple(
            Seen(remote_id=each.id, text=each.text)
            for each in self.world.messages.values()
            if each.phone.id in phones and not each.mine and each.status != "failed"
        )
