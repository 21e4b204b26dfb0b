"""A shop signed in at the pretend Pinterest, and what it publishes there."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hawker.connect.values import Account, Draft, Media
from hawker.platforms.pinterest.sandbox import Sandbox
from hawker.platforms.pinterest.sandbox_world import Board, Pin, World
from hawker.sandbox.app import Network
from hawker.sandbox.tests import makers, scene
from hawker.sandbox.tests.strangers import Stranger
from tests.openapi import OpenApi

# The file tells where it is from.
DOCUMENT = OpenApi(Path(__file__).with_name("openapi.json"))
TEXT = "Fresh bao at six."


def film(
    content: bytes = b"\x00\x00\x00\x18ftypmp42" + bytes(300_000), *, alt: str = "", **changes: object
) -> Media:
    made = replace(makers.medium(content, "video/mp4", alt, size=(720, 1280)), seconds=6)
    return replace(made, **changes)  # type: ignore[arg-type]


def photo(alt: str = "Steam over bao", *, colour: str = "red") -> Media:
    return makers.picture(alt, "JPEG", colour=colour)


def post(*media: Media, text: str = TEXT, **options: str) -> Draft:
    """With a picture, where no media are given."""
    return replace(makers.draft(text, *(media or (photo(),))), options=options)


@dataclass(frozen=True, kw_only=True)
class Scene(scene.Scene):
    @property
    def world(self) -> World:
        return pretend_of(self.network).world

    @property
    def pins(self) -> list[Pin]:
        return list(self.world.pins.values())

    @property
    def boards(self) -> list[Board]:
        """Also the one that nobody else sees, which is the last."""
        return self.world.boards_of(self.world.person(self.handle))

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]

    def beside(self, stranger: Stranger) -> "Scene":
        """The shop, as if Pinterest were there."""
        return self.at(replace(self.shop, server=stranger.address, site=stranger.address))


def pretend_of(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend


def keys_of(network: Network) -> Mapping[str, str]:
    """As core hands them to connectors."""
    return {**network.app, "api_version": "v5"}


def basic(account: Account) -> str:
    told = f"{account.app['client_id']}:{account.app['client_secret']}"
    return f"Basic {base64.b64encode(told.encode()).decode()}"


Told = dict[str, Any]
