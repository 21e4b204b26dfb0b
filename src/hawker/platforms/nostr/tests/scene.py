"""A shop signed in at the pretend Nostr, what it does there, and relays beside the one of the sandbox."""

import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Self

from aiohttp import web

from hawker.connect.pretend import MEET, Handler, Replies
from hawker.platforms.nostr import PLATFORM, events
from hawker.platforms.nostr.events import Event
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.reach import Reach
from hawker.platforms.nostr.remote import signer_of
from hawker.platforms.nostr.sandbox import PretendNostr
from hawker.platforms.nostr.sandbox_relay import PretendRelay
from hawker.platforms.nostr.sandbox_store import Store
from hawker.platforms.nostr.signing import Signer
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def pretend(self) -> PretendNostr:
        assert isinstance(self.network.pretend, PretendNostr)
        return self.network.pretend

    @property
    def key(self) -> Key:
        """The shop's own, whether Hawker has it or a signer."""
        return Key.read(self.fields()["key"])

    @property
    def signer(self) -> Signer:
        return signer_of(self.http, self.shop)

    @property
    def notes(self) -> list[Event]:
        return self.pretend.store.notes(self.shop.remote_id)

    @property
    def relay(self) -> str:
        return f"{self.network.address}/relay"

    def on(self, *relays: str, enough: int = 1) -> Self:
        """The same shop with other relays."""
        reach = Reach.of(self.shop).model_copy(update={"relays": relays, "enough": enough})
        return self.at(replace(self.shop, secrets=reach.secrets(self.signer)))


def aged(key: Key, done: Mapping[str, str], age: timedelta) -> dict[str, str]:
    """The steps as they were had the note been signed so long ago."""
    note = json.loads(done["event"])
    event = events.write(
        key,
        note["kind"],
        content=note["content"],
        tags=[tuple(tag) for tag in note["tags"]],
        at=datetime.now(UTC) - age,
    )
    return {**done, "event": event.json_text}


class Other(PretendRelay):
    """A relay of its own; `deaf`: it takes messages and never answers."""

    def __init__(self, address: str, signer: Callable[[Event], Sequence[Event]]) -> None:
        self.store = Store()
        self.address = f"{address}/relay"
        super().__init__(self.address, self.store, signer)
        self.deaf = False

    def notes(self) -> Sequence[Event]:
        return self.store.notes()


@asynccontextmanager
async def other_relay(
    signer: Callable[[Event], Sequence[Event]] = lambda _: (),
) -> AsyncIterator[Other]:
    listening = socket.create_server(("127.0.0.1", 0))
    relay = Other(f"http://127.0.0.1:{listening.getsockname()[1]}", signer)

    async def meet(work: Callable[[], Replies], *, sends: bool, limited: Replies) -> Replies | None:
        return [] if relay.deaf else work()

    @web.middleware
    async def carry(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[MEET] = meet
        return await handler(request)

    app = web.Application(middlewares=[carry])
    app.add_routes(relay.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield relay
    finally:
        await runner.cleanup()


problems = partial(scene.problems, PLATFORM)
