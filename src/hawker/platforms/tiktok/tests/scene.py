"""A shop at the pretend TikTok, with videos and photos for it."""

import struct
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from aiohttp import web

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.values import Draft, Media, Published
from hawker.platforms.tiktok import PLATFORM
from hawker.platforms.tiktok.sandbox import Sandbox
from hawker.platforms.tiktok.sandbox_world import Post, World
from hawker.sandbox.app import Network
from hawker.sandbox.tests import makers, scene
from hawker.sandbox.tests.strangers import Stranger

TEXT = "Fresh bao at six. 包子出爐了 #bao"
PUBLIC = {**{option.name: option.default for option in PLATFORM.options}, "privacy": "PUBLIC_TO_EVERYONE"}


def mp4(size: int, seconds: int = 4) -> bytes:
    """A head that tells how long it lasts, and then nothing."""
    movie = b"\x00\x00\x00\x6cmvhd" + struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    head = b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom" + struct.pack(">I", len(movie) + 8) + b"moov"
    return (head + movie).ljust(size, b"\x00")


def film(size: int = 300_000, *, seconds: int = 4, content: bytes = b"", **changes: object) -> Media:
    content = content or mp4(size, seconds)
    made = makers.medium(content, "video/mp4", size=(720, 1280))
    return replace(made, seconds=seconds, **changes)  # type: ignore[arg-type]


def post(*media: Media, text: str = TEXT, **options: str) -> Draft:
    """For everyone, where no option says otherwise."""
    made = makers.draft(text, *(media or (film(),)))
    return replace(made, options={**PUBLIC, **options})


@dataclass(frozen=True, kw_only=True)
class Scene(scene.Scene):
    """`files`: where TikTok fetches photos."""

    files: Stranger

    @property
    def world(self) -> World:
        return pretend_of(self.network).world

    @property
    def posts(self) -> list[Post]:
        """Also those that came to nothing."""
        return list(self.world.posts.values())

    @property
    def out(self) -> list[str]:
        return [seen.remote_id for seen in self.network.pretend.published(self.handle)]

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]

    def photo(self, content: bytes = b"", *, public: bool = True) -> Media:
        name = str(uuid4())
        content = content or makers.pixels("JPEG")
        self.files.says[f"GET /{name}"] = web.Response(body=content, content_type="image/jpeg")

        def address() -> str:
            if not public:
                raise Refused(say("Hawker has no public address."), code="private", field="media")
            return f"{self.files.address}/{name}"

        return replace(makers.medium(content, "image/jpeg"), address=address)

    async def again(self, draft: Draft, done: dict[str, str]) -> Published:
        """As the ledger goes on: prepares what is missing, then sends."""
        await self.prepare_into(draft, done)
        return await self.send(draft, done)


def pretend_of(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend


def aged(kept: str, *, minutes: int) -> str:
    """The step as it was kept so many minutes earlier."""
    at, _, rest = kept.partition(" ")
    return f"{(datetime.fromisoformat(at) - timedelta(minutes=minutes)).isoformat()} {rest}"
