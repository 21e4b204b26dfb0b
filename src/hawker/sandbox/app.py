"""The pretend networks behind one address, each platform under its own name.

For whoever sits in another process: faults through `/_faults`, accounts through `/_account`, and what is on
one through `/_published`.
"""

import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from aiohttp import web

from hawker.connect.apps import App
from hawker.connect.pretend import Answers, Handler, Pretend, Registers, Tells
from hawker.connect.registry import platforms
from hawker.sandbox.faults import Fault, Faults, Kind

UPLOAD_BYTES = 512 * 2**20


@dataclass(frozen=True)
class Network:
    """One pretend network, its address and the faults that wait for it."""

    pretend: Pretend
    address: str
    faults: Faults
    own_app: App | None = None

    @property
    def app(self) -> Mapping[str, str]:
        """The keys of a developer app there, as an owner may store them; none where its platform asks for no
        such app."""
        if self.own_app is None or not isinstance(self.pretend, Registers):
            return {}
        return {name: key for name, key in self.pretend.app().items() if name in self.own_app.names}

    @property
    def answers(self) -> Mapping[str, str]:
        """The options with which the demo's posts go out there."""
        return self.pretend.answers() if isinstance(self.pretend, Answers) else {}


class Sandbox:
    """`address` is where the app will be served, with no slash at the end."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.networks = {name: self._network(name) for name in platforms()}

    def _network(self, name: str) -> Network:
        address = f"{self.address}/{name}"
        pretend = platforms()[name].pretend(address)
        return Network(pretend, address, Faults(pretend), platforms()[name].app)

    def tell(self, address: str) -> None:
        """Has all networks that tell by themselves do so, at this Hawker's address for each."""
        for name, network in self.networks.items():
            if isinstance(network.pretend, Tells):
                network.pretend.tell(f"{address}/hooks/{name}")

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._faulty], client_max_size=UPLOAD_BYTES)
        app.router.add_post("/_faults", self._add_fault)
        app.router.add_get("/_account", self._account)
        app.router.add_get("/_published", self._published)
        for name, network in self.networks.items():
            routes = (self._below(name, route) for route in network.pretend.routes())
            app.add_routes(routes)
        return app

    @staticmethod
    def _below(name: str, route: web.AbstractRouteDef) -> web.RouteDef:
        if not isinstance(route, web.RouteDef):
            raise TypeError(f"{name}: the sandbox takes plain routes only")
        return web.RouteDef(route.method, f"/{name}{route.path}", route.handler, route.kwargs)

    @web.middleware
    async def _faulty(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        name, _, path = request.path.lstrip("/").partition("/")
        network = self.networks.get(name)
        if network is None:
            return await handler(request)
        return await network.faults.answer(request, f"/{path}", handler)

    async def _add_fault(self, request: web.Request) -> web.Response:
        """`{"platform": …, "kind": …, "call": …, "times": …}`; an empty kind clears the platform's faults."""
        wish = await request.json()
        network = self.networks[wish.pop("platform")]
        if wish.get("kind"):
            network.faults.add(Fault(**{**wish, "kind": Kind(wish["kind"])}))
        else:
            network.faults.clear()
        return web.json_response({"ok": True})

    async def _account(self, request: web.Request) -> web.Response:
        """`?platform=…&handle=…`: how to sign in to this account, which is opened where it is not there, and
        the keys of a developer app."""
        network = self.networks[request.query["platform"]]
        way, fields = network.pretend.account(request.query["handle"])
        return web.json_response({"way": way, "fields": dict(fields), "app": dict(network.app)})

    async def _published(self, request: web.Request) -> web.Response:
        """`?platform=…&handle=…`: what a visitor sees on this account, oldest first."""
        seen = self.networks[request.query["platform"]].pretend.published(request.query["handle"])
        return web.json_response([asdict(each) for each in seen])


@asynccontextmanager
async def serve(host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Sandbox]:
    """The sandbox on a port, for as long as the block lasts; port 0 takes a free one."""
    listening = socket.create_server((host, port))
    sandbox = Sandbox(f"http://{host}:{listening.getsockname()[1]}")
    runner = web.AppRunner(sandbox.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield sandbox
    finally:
        await runner.cleanup()
