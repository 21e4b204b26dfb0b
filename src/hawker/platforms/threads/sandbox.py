"""The pretend Threads: its whole API v1.0 in memory, refusing what Threads refuses."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.apps import VERSION
from hawker.connect.meta_hooks import WORD as WORD_KEY
from hawker.connect.meta_usage import APP_CALLS, CALLS
from hawker.connect.pretend import Seen
from hawker.connect.pretend_graph_desk import Desk, Excess, Rations
from hawker.connect.pretend_graph_oauth import LONG
from hawker.platforms.threads.app import APP
from hawker.platforms.threads.budgets import POST_BUDGET, POSTS, REPLIES, REPLY_BUDGET
from hawker.platforms.threads.sandbox_containers import Dock
from hawker.platforms.threads.sandbox_discovery import Discovery
from hawker.platforms.threads.sandbox_keys import Door
from hawker.platforms.threads.sandbox_pages import Pages
from hawker.platforms.threads.sandbox_posts import PostRoom
from hawker.platforms.threads.sandbox_world import APP_ID, SCOPES, WORD, World

VERSIONS = tuple(version.name for version in APP.versions)
EXCESS = Excess(
    kind="threads",
    code=80002,
    message="(#80002) There have been too many calls to this Threads account. Wait a bit and try again.",
)


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

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What is named comes before what may be any id."""
        calls = (
            *self.door.graph_routes(),
            *Discovery(self.world).routes(),
            *Dock(self.world).routes(),
            *PostRoom(self.world).routes(),
        )
        shown = (*self.door.routes(), *Pages(self.world).routes())
        return [*shown, *self.desk.routes(calls)]

    def app(self) -> Mapping[str, str]:
        keys = {**self.world.app.memory(), WORD_KEY: WORD, VERSION: VERSIONS[0]}
        return {**keys, "server": self.world.address, "site": self.world.site}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        """A key as the app's page for testers makes it."""
        person = self.world.person(handle)
        key = self.world.keys.give("USER", person.id, app_id=APP_ID, scopes=SCOPES, life=LONG)
        return "token", {"access_token": key.token}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith("/threads_publish")

    def limited(self, request: web.Request) -> web.Response:
        return self.rations.limited(request.path.split("/")[-2])

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        person = self.world.person(handle)
        quotas = {POST_BUDGET.name: POSTS, REPLY_BUDGET.name: REPLIES}
        if budget in {APP_CALLS.name, CALLS.name}:
            self.rations.leave(APP_ID if budget == APP_CALLS.name else person.id, left, seconds)
        else:
            self.world.leave(person, quotas[budget], left, seconds)

    def tell(self, address: str) -> None:
        self.world.courier.tell(address)

    def revoke(self, handle: str) -> None:
        self.world.keys.kill(self.world.person(handle).id)

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(
            Seen(
                remote_id=post.id,
                text=post.text,
                alts=tuple(medium.alt for medium in post.media),
                reply_to=post.parent,
            )
            for post in self.world.posts_of(self.world.person(handle))
        )
