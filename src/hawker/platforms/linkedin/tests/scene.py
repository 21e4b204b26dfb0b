"""A shop's page, or its owner, at the pretend LinkedIn, and what they do there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self
from uuid import uuid4

from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Media
from hawker.platforms.linkedin import PLATFORM
from hawker.platforms.linkedin.publish import Publish
from hawker.platforms.linkedin.sandbox import COMMUNITY_APP, Sandbox
from hawker.platforms.linkedin.sandbox_world import Post, World
from hawker.sandbox.app import Network
from hawker.sandbox.tests import scene
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.owner import BACK, decide
from hawker.sandbox.tests.strangers import Stranger

SELF_SERVE_APP = "pretend-self-serve"


class Scene(scene.Scene):
    @property
    def pretend(self) -> Sandbox:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend

    @property
    def world(self) -> World:
        return self.pretend.world

    @property
    def posts(self) -> list[Post]:
        return list(self.world.posts.values())

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]

    def app(self, client_id: str = COMMUNITY_APP, **changes: str) -> Mapping[str, str]:
        assert PLATFORM.app
        return PLATFORM.app.complete({**self.pretend.app_named(client_id), **changes})

    async def walk(self, app: Mapping[str, str], decision: str = "allow") -> Account:
        """Who comes back from LinkedIn's own page."""
        errand, _ = await self.signs_in.start(self.http, "oauth", {}, back=BACK, app=app)
        answer = await decide(errand.url, handle=self.handle, decision=decision)
        person = await self.signs_in.finish(self.http, errand.memory, answer)
        return replace(person, app=app)

    async def opened(self, app: Mapping[str, str]) -> list[Account]:
        assert PLATFORM.reaches
        person = await self.walk(app)
        return [replace(each, app=app) for each in await PLATFORM.reaches.reached(self.http, person)]

    async def as_member(self) -> Self:
        (own,) = await self.opened(self.app(SELF_SERVE_APP))
        return self.at(own)

    def beside(self, stranger: Stranger) -> Self:
        """The page, as if LinkedIn were there."""
        return self.at(replace(self.shop, server=stranger.address, site=stranger.address))


async def page_scene(network: Network, http: Http) -> Scene:
    assert isinstance(network.pretend, Sandbox)
    assert PLATFORM.app
    assert PLATFORM.reaches
    app = PLATFORM.app.complete(network.app)
    way, fields = network.pretend.account("shop")
    person = await PLATFORM.signs_in.sign_in(http, way, {**app, **fields})
    (page,) = await PLATFORM.reaches.reached(http, replace(person, app=app))
    return Scene(
        network=network,
        http=http,
        shop=replace(page, app=app),
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0, 0)),
    )


def asked(text: str, options: Mapping[str, str], *media: Media) -> Draft:
    """A post with these options."""
    return replace(draft(text, *media), options=options)


def film(size: int = 200_000) -> Media:
    """Begins as an MP4 does; LinkedIn gets 4 MiB of it at a time."""
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
    content = (head + bytes(number % 251 for number in range(997)) * (size // 997 + 1))[:size]
    return Media(
        id=str(uuid4()),
        content_type="video/mp4",
        size=size,
        width=1280,
        height=720,
        alt="Steam",
        read=lambda: content,
        seconds=5,
        rate=30,
        codecs=("h264", "aac"),
    )
