"""A small pretend network that speaks the Graph dialect, for the tests of what all such networks share."""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from aiohttp import web

from hawker.connect.http import Http, Json
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Refusals
from hawker.connect.pretend_graph import Call, Key, Route
from hawker.connect.pretend_graph_desk import Desk, Excess, Rations
from hawker.connect.pretend_graph_fields import Edge, Node, Value, listing, one
from hawker.connect.pretend_graph_media import UploadRoom
from hawker.connect.pretend_graph_oauth import GraphDoor, Keys
from hawker.connect.pretend_oauth import App, Words
from hawker.connect.pretend_pages import Look

APP = App(client_id="1", client_secret="secret", name="An app")
VERSIONS = ("v26.0", "v25.0")
LOOK = Look("")
REFUSALS = Refusals(network="Pretend")


class Door(GraphDoor):
    words = Words(title="Log in")

    def handles(self) -> Sequence[str]:
        return ["alice"]

    def owner(self, typed: str) -> str:
        return "7"


class Pretend:
    """`notes` are the nodes below `/{id}/notes`; `ahead` puts its clock on."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.ahead = timedelta(0)
        self.keys = Keys(self.now)
        self.rations = Rations(self.now, Excess(kind="pages", code=80001, message="(#80001) too many calls"))
        self.desk = Desk(
            address,
            now=self.now,
            keys=self.keys.find,
            secret=lambda _: APP.client_secret,
            rations=self.rations,
            versions=VERSIONS,
        )
        self.door = Door(LOOK, address, self.now, self.keys, {APP.client_id: APP})
        self.uploads = UploadRoom(address, self.keys.find, VERSIONS)
        self.notes = [note(str(number), f"Bao {number}") for number in range(7)]
        self.received: list[Call] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def key(self, life: timedelta | None = None) -> Key:
        return self.keys.give("USER", "7", app_id=APP.client_id, scopes=("read", "write"), life=life)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        calls = (
            *self.door.graph_routes(),
            Route(method="GET", path="/{id}/notes", answers=self._list),
            Route(method="POST", path="/{id}/notes", answers=self._write),
            Route(method="GET", path="/{id}", answers=self._read),
        )
        return [*self.door.routes(), *self.uploads.routes(), *self.desk.routes(calls)]

    async def _list(self, call: Call) -> Json:
        call.need("read")
        return listing(call, Edge(nodes=self.notes, summary={"total_count": len(self.notes)}))

    async def _read(self, call: Call) -> Json:
        return one(call, self.notes[0])

    async def _write(self, call: Call) -> Json:
        call.need("write")
        self.received.append(call)
        return {"id": call.given("message")}


def note(number: str, message: str) -> Node:
    below = [Node(kind="Comment", fields={"id": f"{number}_1", "message": "And tea."}, thin=("message",))]
    comments = Edge(nodes=below, summary={"total_count": 1})
    author: Json = {"id": "7", "name": "alice"}
    fields: dict[str, Value] = {
        "id": number,
        "message": message,
        "from": author,
        "comments": comments,
        "story": None,
    }
    return Node(kind="Note", fields=fields, thin=("message",))


@asynccontextmanager
async def pretending() -> AsyncIterator[Pretend]:
    listening = socket.create_server(("127.0.0.1", 0))
    pretend = Pretend(f"http://127.0.0.1:{listening.getsockname()[1]}")
    app = web.Application()
    app.add_routes(pretend.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield pretend
    finally:
        await runner.cleanup()


def graph(http: Http, pretend: Pretend, token: str) -> Graph:
    return Graph(
        http=http,
        server=pretend.address,
        version=VERSIONS[0],
        refusals=REFUSALS,
        token=token,
        secret=APP.client_secret,
    )
