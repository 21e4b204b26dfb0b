"""A pretend Bluesky that is running, and short ways to act in it."""

import io
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image
from uuid6 import uuid7

from hawker.connect.http import Http
from hawker.connect.pretend import Handler
from hawker.connect.values import Account, Draft, Media, Published
from hawker.platforms.bluesky.publish import Publish
from hawker.platforms.bluesky.sandbox import PretendBluesky
from hawker.platforms.bluesky.sandbox_people import Person
from hawker.platforms.bluesky.sign_in import SignIn
from hawker.sandbox.faults import Fault, Faults, Kind


@dataclass(frozen=True)
class World:
    http: Http
    address: str
    pretend: PretendBluesky
    faults: Faults

    async def alice(self) -> Account:
        _, fields = self.pretend.account("alice")
        return await SignIn().sign_in(self.http, "password", fields)

    @property
    def person(self) -> Person:
        return self.pretend.people.open("alice")

    def strike(self, kind: Kind, call: str = "send", status: int = 500) -> None:
        self.faults.add(Fault(kind=kind, call=call, status=status))

    async def prepare(self, account: Account, draft: Draft, done: Mapping[str, str]) -> dict[str, str]:
        """The steps that are newly done."""
        return {step.name: step.value async for step in Publish().prepare(self.http, account, draft, done)}

    async def publish(self, account: Account, draft: Draft) -> Published:
        done = await self.prepare(account, draft, {})
        return await Publish().send(self.http, account, draft, done)


def write(text: str, *media: Media, reply_to: Published | None = None, language: str = "zh-Hant") -> Draft:
    return Draft(key=uuid7(), text=text, language=language, media=media, reply_to=reply_to)


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that no format can make much smaller."""
    data = random.Random(1).randbytes(width * height * len(mode))
    return Image.frombytes(mode, (width, height), data)


def encode(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def picture(data: bytes, alt: str = "", name: str = "one") -> Media:
    with Image.open(io.BytesIO(data)) as image:
        kind, (width, height) = str(image.get_format_mimetype()), image.size
    return Media(
        id=name, content_type=kind, size=len(data), width=width, height=height, alt=alt, read=lambda: data
    )


SMALL = encode(Image.new("RGB", (40, 30), "orange"), "PNG")


@asynccontextmanager
async def website(handler: Handler) -> AsyncIterator[str]:
    """A site of its own on a port of its own, which answers every request alike."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")
