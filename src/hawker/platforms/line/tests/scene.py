"""A shop signed in at the pretend LINE, and what it does there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import uuid4

from aiohttp import web

from hawker.connect.values import Draft, Media
from hawker.platforms.line import PLATFORM
from hawker.platforms.line.sandbox import PretendLine
from hawker.platforms.line.sandbox_messages import Bubble
from hawker.platforms.line.sandbox_world import Group, Sent, Shop, World
from hawker.sandbox.app import Network
from hawker.sandbox.tests import scene
from hawker.sandbox.tests.films import moving
from hawker.sandbox.tests.makers import draft, pixels
from hawker.sandbox.tests.strangers import Stranger

CARD = {"kind": "card", "title": "端午肉粽", "button": "立即訂購", "address": "https://tea.example/zongzi"}


@dataclass(frozen=True, kw_only=True)
class Scene(scene.Scene):
    files: Stranger

    @property
    def world(self) -> World:
        return pretend_of(self.network).world

    @property
    def account(self) -> Shop:
        return self.world.open(self.handle)

    @property
    def sent(self) -> list[Sent]:
        return list(self.account.sent.values())

    @property
    def bubbles(self) -> list[Bubble]:
        """Of what was sent last."""
        return self.sent[-1].bubbles

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]

    def gather(self, number: int, count: int, status: str = "READY") -> None:
        """Makes an audience."""
        self.account.groups[number] = Group(id=number, count=count, status=status)

    def picture(self, alt: str = "Steam over bao") -> Media:
        return self.medium(pixels("JPEG"), "image/jpeg", alt)

    def video(self) -> Media:
        return self.medium(moving(), "video/mp4", seconds=4)

    def medium(self, content: bytes, kind: str, alt: str = "", *, seconds: float = 0) -> Media:
        name = str(uuid4())
        self.files.says[f"GET /{name}"] = web.Response(body=content, content_type=kind)
        return Media(
            id=name,
            content_type=kind,
            size=len(content),
            width=40,
            height=30,
            alt=alt,
            seconds=seconds,
            read=lambda: content,
            address=lambda: f"{self.files.address}/{name}",
        )


def pretend_of(network: Network) -> PretendLine:
    assert isinstance(network.pretend, PretendLine)
    return network.pretend


def card(text: str, *media: Media, **changes: str) -> Draft:
    """With a title and a button, unless `changes` say otherwise."""
    return choosing({**CARD, **changes}, text, *media)


def choosing(options: Mapping[str, str], text: str = "茶", *media: Media) -> Draft:
    return replace(draft(text, *media), options=options)


problems = partial(scene.problems, PLATFORM)
