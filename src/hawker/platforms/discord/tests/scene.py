"""A shop whose channel is connected, and what it does there."""

import io
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Media, Published
from hawker.platforms.discord import PLATFORM
from hawker.platforms.discord.sandbox import PretendDiscord
from hawker.platforms.discord.sandbox_world import Channel, Message, World
from hawker.sandbox.app import Network


def encoded(image: Image.Image, form: str = "PNG", **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


SMALL = encoded(Image.new("RGB", (40, 30), "orange"))


def picture(data: bytes = SMALL, content_type: str = "image/png", alt: str = "") -> Media:
    return Media(
        id=str(uuid4()),
        content_type=content_type,
        size=len(data),
        width=40,
        height=30,
        alt=alt,
        read=lambda: data,
    )


def draft(text: str, *media: Media, reply_to: Published | None = None, **options: str) -> Draft:
    return Draft(key=uuid4(), text=text, language="zh-TW", media=media, options=options, reply_to=reply_to)


@dataclass(frozen=True, kw_only=True)
class Scene:
    network: Network
    http: Http
    shop: Account

    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, PretendDiscord)
        return self.network.pretend.world

    @property
    def channel(self) -> Channel:
        return self.world.open("teashop")

    @property
    def messages(self) -> list[Message]:
        return list(self.channel.messages.values())

    @property
    def address(self) -> str:
        return self.network.pretend.account("teashop")[1]["webhook"]

    def fields(self, **changes: str) -> Mapping[str, str]:
        return {**self.network.pretend.account("teashop")[1], **changes}

    async def sign_in(self, **changes: str) -> Account:
        return await PLATFORM.signs_in.sign_in(self.http, "webhook", self.fields(**changes))

    async def check(self) -> Account:
        return await PLATFORM.signs_in.check(self.http, self.shop)

    async def publish(self, post: Draft) -> Published:
        steps = PLATFORM.publishes.prepare(self.http, self.shop, post, {})
        assert [step async for step in steps] == []
        return await PLATFORM.publishes.send(self.http, self.shop, post, {})

    async def delete(self, published: Published) -> None:
        await PLATFORM.publishes.delete(self.http, self.shop, published)


def problems(post: Draft) -> list[tuple[str, str]]:
    found = PLATFORM.publishes.check(post, PLATFORM.limits)
    return [(problem.field, str(problem.sentence)) for problem in found]


@asynccontextmanager
async def gate(status: int = 200, body: str = "<h1>Welcome</h1>") -> AsyncIterator[str]:
    """What stands between here and Discord, such as a hotel's sign-in page, answers everything itself."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")
