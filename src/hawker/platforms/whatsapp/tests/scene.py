"""A number signed in at the pretend WhatsApp, what it sends, and an ear for what is told."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect.hooks import Event
from hawker.connect.values import Draft, Media, Recipient
from hawker.platforms.whatsapp.hears import Hears
from hawker.platforms.whatsapp.sandbox import Sandbox
from hawker.platforms.whatsapp.sandbox_world import Person, Phone, World
from hawker.sandbox.app import Network
from hawker.sandbox.tests import makers, scene

GUEST, STRANGER = "886912345678", "886987654321"
MOVING = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(64)


class Scene(scene.Scene):
    @property
    def pretend(self) -> Sandbox:
        return pretend_of(self.network)

    @property
    def world(self) -> World:
        return self.pretend.world

    @property
    def phone(self) -> Phone:
        return self.world.business(self.handle).phones[0]

    @property
    def guest(self) -> Person:
        return self.world.person(GUEST)

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]

    def opens(self, address: str = GUEST) -> None:
        """The guest wrote a moment ago, of which the pretend network alone knows."""
        self.world.person(address).wrote_at[self.phone.id] = self.world.now()


@dataclass
class Ear:
    """Where the pretend network's calls arrive."""

    address: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def listen(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        return web.Response()

    async def heard(self, world: World) -> list[Event]:
        """All that was told up to now; what is under way is waited for."""
        await asyncio.wait_for(world.courier.arrived(), 5)
        return [event for body in self.bodies for event in Hears().read(body)]


async def listening() -> tuple[TestServer, Ear]:
    ear, app = Ear(), web.Application()
    app.router.add_post("/hooks", ear.listen)
    server = TestServer(app)
    await server.start_server()
    ear.address = str(server.make_url("/hooks"))
    return server, ear


def pretend_of(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend


def to(address: str = GUEST, name: str = "Lin", *, hours: float | None = 20) -> Recipient:
    """Somebody whose window is open for so many hours more; with None she never wrote."""
    until = None if hours is None else datetime.now(UTC) + timedelta(hours=hours)
    return Recipient(address=address, name=name, open_until=until)


def letter(
    text: str = "Fresh bao.",
    *media: Media,
    person: Recipient | None = None,
    language: str = "en",
    **options: str,
) -> Draft:
    return replace(makers.draft(text, *media, language=language), options=options, to=person or to())


def template(
    name: str, text: str = "", *media: Media, person: Recipient | None = None, **options: str
) -> Draft:
    """To somebody who never wrote."""
    return letter(text, *media, person=person or to(hours=None), template=name, **options)


def film(content: bytes = MOVING) -> Media:
    return makers.medium(content, "video/mp4")
