"""A tea shop signed in at the pretend Business Profile, and pictures that lie open to it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Media
from hawker.platforms.google_business import PLATFORM
from hawker.platforms.google_business.publish import Publish
from hawker.platforms.google_business.sandbox import Sandbox
from hawker.platforms.google_business.sandbox_world import Post, World
from hawker.platforms.google_business.sign_in import Reach, SignIn
from hawker.sandbox.app import serve
from hawker.sandbox.tests.makers import encoded
from hawker.sandbox.tests.scene import Scene

OWNER = "teashop"
EVENT = {"kind": "event", "title": "Tea tasting", "start": "2030-12-01 09:00", "end": "2030-12-05 18:30"}
OFFER = {
    "kind": "offer",
    "title": "Two for one",
    "start": "2030/12/1",
    "end": "2030/12/5",
    "coupon": "BOGO",
    "redeem": "https://tea.example/redeem",
    "terms": "Until Friday",
}


class Shelf:
    """What Hawker's own address for media is otherwise: files that anyone finds who knows where."""

    def __init__(self) -> None:
        self.address = ""
        self.files: dict[str, bytes] = {}
        self.fetched: list[str] = []

    async def give(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.fetched.append(request.headers["User-Agent"])
        if name not in self.files:
            raise web.HTTPNotFound
        return web.Response(body=self.files[name])

    def medium(self, content: bytes, kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> Media:
        name = uuid4().hex
        self.files[name] = content
        return Media(
            id=name,
            content_type=f"image/{kind.lower()}",
            size=len(content),
            width=size[0],
            height=size[1],
            alt="Steam over tea",
            read=lambda: content,
            address=lambda: f"{self.address}/{name}",
        )

    def picture(self, kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> Media:
        return self.medium(noise(kind, size=size), kind, size=size)


def noise(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture that does not become small by packing it."""
    return encoded(Image.effect_noise(size, 80).convert("RGB"), kind)


@dataclass(frozen=True, kw_only=True)
class Business(Scene):
    shelf: Shelf

    @property
    def pretend(self) -> Sandbox:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend

    @property
    def world(self) -> World:
        return self.pretend.world

    @property
    def posts(self) -> list[Post]:
        """Also those that nobody sees."""
        return list(self.world.own_place(OWNER).posts.values())

    def behave(self, **manners: object) -> None:
        self.world.manners = replace(self.world.manners, **manners)  # type: ignore[arg-type]

    def keys(self) -> Mapping[str, str]:
        """As core hands them to connectors."""
        return {**self.pretend.app(), "api_version": "v4"}

    async def person(self, **changes: str) -> Account:
        way, fields = self.pretend.account(OWNER)
        return await SignIn().sign_in(self.http, way, {**self.keys(), **fields, **changes})

    async def reached(self) -> Sequence[Account]:
        return await Reach().reached(self.http, await self.person())


def update(text: str = "Fresh tea at six.", *media: Media, **options: str) -> Draft:
    return Draft(key=uuid4(), text=text, language="en", media=media, options=options)


@asynccontextmanager
async def opened() -> AsyncIterator[Business]:
    shelf, app = Shelf(), web.Application()
    app.router.add_get("/{name}", shelf.give)
    async with (
        TestServer(app) as server,
        serve() as sandbox,
        Http(allow_private=True, answer_seconds=5) as http,
    ):
        shelf.address = str(server.make_url("")).rstrip("/")
        network = sandbox.networks["google_business"]
        assert isinstance(network.pretend, Sandbox)
        app_keys = {**network.pretend.app(), "api_version": "v4"}
        way, fields = network.pretend.account(OWNER)
        person = await SignIn().sign_in(http, way, {**app_keys, **fields})
        (shop,) = await Reach().reached(http, person)
        yield Business(
            network=network,
            http=http,
            shop=shop,
            signs_in=PLATFORM.signs_in,
            publishes=Publish(pauses=(0, 0)),
            handle=OWNER,
            shelf=shelf,
        )
