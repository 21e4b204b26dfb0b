"""Two relays, the one that nostr-sdk carries and nostr-relay, and a line that can cut a conversation."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import nostr_sdk as sdk
from aiohttp import web

from tests.networks.place import Ground
from tools.process import Process, answers, free_port
from tools.servers.nostr_relay import NOSTR_RELAY, command

PATIENCE = timedelta(seconds=10)
CONFIG = """
storage:
  sqlalchemy.url: sqlite+aiosqlite:///{data}/nostr.sqlite3
  validators:
    - nostr_relay.validators.is_not_too_large
    - nostr_relay.validators.is_signed
    - nostr_relay.validators.is_recent
gunicorn:
  bind: 127.0.0.1:{port}
  workers: 1
"""


@dataclass(frozen=True)
class Relay:
    """`address` is a web address."""

    address: str
    ground: Ground

    def notes(self, author: str) -> list[sdk.Event]:
        """As nostr-sdk reads and verifies them, oldest first."""
        wanted = sdk.Filter().author(sdk.PublicKey.parse(author)).kind(sdk.Kind(1))
        return self.ground.loop.run(_read(self.address, wanted))


async def _read(address: str, wanted: sdk.Filter) -> list[sdk.Event]:
    sdk.uniffi_set_event_loop(asyncio.get_running_loop())
    client = sdk.ClientBuilder().build()
    await client.add_relay(sdk.RelayUrl.parse("ws" + address.removeprefix("http")))
    await client.connect(and_wait=PATIENCE)
    found = await client.fetch_events(sdk.ReqTarget.auto([wanted]), timeout=PATIENCE)
    await client.shutdown()
    return sorted(found, key=lambda event: event.created_at().as_secs())


@contextmanager
def sdk_relay(ground: Ground, builder: sdk.LocalRelayBuilder | None = None) -> Iterator[Relay]:
    """In this process, on threads of its own."""

    async def start() -> tuple[sdk.LocalRelay, str]:
        sdk.uniffi_set_event_loop(asyncio.get_running_loop())
        relay = (builder or sdk.LocalRelayBuilder()).build()
        await relay.run()
        return relay, str(await relay.url())

    relay, url = ground.loop.run(start())
    yield Relay("http" + url.rstrip("/").removeprefix("ws"), ground)
    relay.shutdown()


@contextmanager
def nostr_relay(ground: Ground) -> Iterator[Relay]:
    room, port = ground.room("nostr-relay"), free_port()
    config = room / "config.yaml"
    config.write_text(CONFIG.format(data=room, port=port))
    serve = command(NOSTR_RELAY.place, config)
    server = Process("nostr-relay", serve, log=ground.log("nostr-relay"), at=room)
    address = f"http://127.0.0.1:{port}"
    try:
        server.until(lambda: answers(address))
        yield Relay(address, ground)
    finally:
        server.stop()


class Thread:
    """Leads to a relay. `cuts`: how many answers to an event it still loses, after the relay gave them."""

    def __init__(self, relay: Relay) -> None:
        self.address = ""
        self.cuts = 0
        self.events: list[str] = []
        self._relay = relay

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_get("/", self._carry)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self.address = f"http://127.0.0.1:{port}"
        yield
        await runner.cleanup()

    async def _carry(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return web.Response(status=404)
        near = web.WebSocketResponse()
        await near.prepare(request)
        async with aiohttp.ClientSession() as session, session.ws_connect(self._relay.address) as far:
            back = asyncio.ensure_future(self._bring_back(request, far, near))
            async for message in near:
                self._note(message.data)
                await far.send_str(message.data)
            await far.close()
            await back
        return near

    async def _bring_back(
        self,
        request: web.Request,
        far: aiohttp.ClientWebSocketResponse,
        near: web.WebSocketResponse,
    ) -> None:
        async for message in far:
            if self.cuts and message.data.startswith('["OK"'):
                self.cuts -= 1
                assert request.transport is not None
                request.transport.abort()
                return
            await near.send_str(message.data)

    def _note(self, said: str) -> None:
        match json.loads(said):
            case ["EVENT", {"id": str(event_id)}]:
                self.events.append(event_id)


@contextmanager
def thread_to(relay: Relay) -> Iterator[Thread]:
    thread = Thread(relay)
    opening = thread.open()
    relay.ground.loop.run(opening.__aenter__())
    try:
        yield thread
    finally:
        relay.ground.loop.run(opening.__aexit__(None, None, None))
