"""A page signed in at the pretend Facebook, and what it does there."""

from dataclasses import replace
from uuid import uuid4

from hawker.connect.http import Http
from hawker.connect.values import Account, Media
from hawker.platforms.facebook.sandbox import Sandbox
from hawker.platforms.facebook.sandbox_world import World
from hawker.platforms.facebook.sign_in import Reach
from hawker.sandbox.app import Network
from hawker.sandbox.tests import scene
from hawker.sandbox.tests.films import moving


class Scene(scene.Scene):
    @property
    def pretend(self) -> Sandbox:
        return pretend_of(self.network)

    @property
    def world(self) -> World:
        return self.pretend.world

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]


def pretend_of(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend


async def reached(http: Http, person: Account) -> list[Account]:
    return list(await Reach().reached(http, person))


def film(seconds: int = 4, content: bytes | None = None) -> Media:
    shown = moving(seconds) if content is None else content
    return Media(
        id=str(uuid4()),
        content_type="video/mp4",
        size=len(shown),
        width=540,
        height=960,
        alt="",
        read=lambda: shown,
        seconds=seconds,
    )
