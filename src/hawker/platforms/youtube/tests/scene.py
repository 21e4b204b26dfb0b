"""A channel at the pretend YouTube, and videos for it."""

import struct
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Media, Published
from hawker.platforms.youtube import PLATFORM
from hawker.platforms.youtube.publish import Publish
from hawker.platforms.youtube.sandbox import Sandbox
from hawker.platforms.youtube.sandbox_world import Manners, Video, World
from hawker.sandbox.app import Network, serve

OWNER = "alice"
OPTIONS = {**{option.name: option.default for option in PLATFORM.options}, "made_for_kids": "no"}


def mp4(size: int, *, seconds: int = 4, width: int = 1280, height: int = 720) -> bytes:
    """A head that tells how long and how large it is, and then nothing but noise."""
    movie = b"\x00\x00\x00\x6cmvhd" + struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    track = b"\x00\x00\x00\x5ctkhd" + bytes(76) + struct.pack(">II", width << 16, height << 16)
    inside = movie + b"\x00\x00\x00\x64trak" + track
    head = (
        b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom"
        + struct.pack(">I", len(inside) + 8)
        + b"moov"
        + inside
    )
    rest = size - len(head) - 8
    noise = bytes((number * 31 + number // 251) % 256 for number in range(min(rest, 4096)))
    return head + struct.pack(">I", rest + 8) + b"mdat" + (noise * (rest // len(noise) + 1))[:rest]


def film(size: int = 300_000, *, seconds: int = 4, width: int = 1280, height: int = 720) -> Media:
    content = mp4(size, seconds=seconds, width=width, height=height)
    return Media(
        id=f"film-{size}",
        content_type="video/mp4",
        size=len(content),
        width=width,
        height=height,
        alt="",
        read=lambda: content,
        seconds=seconds,
    )


def still() -> Media:
    content = b"\xff\xd8\xff\xe0" + bytes(1000)
    return Media(
        id="still", content_type="image/jpeg", size=1004, width=1280, height=720, alt="", read=lambda: content
    )


def post(text: str = "Buns at seven\nFresh from the oven. https://tea.invalid/menu", **options: str) -> Draft:
    wish = {**OPTIONS, **options}
    return Draft(key=uuid4(), text=text, language="en", media=(film(),), options=wish)


@dataclass(frozen=True, kw_only=True)
class Scene:
    http: Http
    network: Network
    account: Account
    publishes: Publish

    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend.world

    @property
    def videos(self) -> list[Video]:
        """Also those that nobody sees."""
        return list(self.world.videos.values())

    def behave(self, **manners: object) -> None:
        self.world.manners = replace(self.world.manners, **manners)  # type: ignore[arg-type]

    async def prepare(self, draft: Draft, done: Mapping[str, str] | None = None) -> dict[str, str]:
        steps = self.publishes.prepare(self.http, self.account, draft, done or {})
        kept = dict(done or {})
        async for step in steps:
            kept[step.name] = step.value
        return kept

    async def begin(
        self, draft: Draft, kept: dict[str, str], between: Callable[[], object] = lambda: None
    ) -> None:
        """Prepares until it breaks off; `kept` holds what was done by then."""
        async for step in self.publishes.prepare(self.http, self.account, draft, kept):
            kept[step.name] = step.value
            between()

    async def send(self, draft: Draft, done: Mapping[str, str]) -> Published:
        return await self.publishes.send(self.http, self.account, draft, done)

    async def publish(self, draft: Draft) -> Published:
        return await self.send(draft, await self.prepare(draft))


@asynccontextmanager
async def opened(**manners: object) -> AsyncIterator[Scene]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
        network = sandbox.networks["youtube"]
        assert isinstance(network.pretend, Sandbox)
        network.pretend.world.manners = Manners(**manners)  # type: ignore[arg-type]
        way, fields = network.pretend.account(OWNER)
        account = await PLATFORM.signs_in.sign_in(http, way, {**network.pretend.app(), **fields})
        yield Scene(http=http, network=network, account=account, publishes=Publish(pauses=(0.01, 0.01)))
