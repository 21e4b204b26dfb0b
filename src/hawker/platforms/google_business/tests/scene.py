"""A tea shop signed in at the pretend Business Profile, and pictures that lie open to it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

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
from tests.served import address_of

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


def shown(content: bytes, kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> Media:
    """A picture that lies open to whoever fetches it."""
    content_type = f"image/{kind.lower()}"
    return Media(
        id=uuid4().hex,
        content_type=content_type,
        size=len(content),
        width=size[0],
        height=size[1],
        alt="Steam over tea",
        read=lambda: content,
        address=lambda: address_of(content, content_type),
    )


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> Media:
    return shown(noise(kind, size=size), kind, size=size)


def noise(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture that does not become small by packing it."""
    return encoded(Image.effect_noise(size, 80).convert("RGB"), kind)


@dataclass(frozen=True, kw_only=True)
class Business(Scene):
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
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
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
        )
