"""One pretend network, one open client and one signed-in shop for each test."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account, Media
from hawker.platforms.threads import PLATFORM
from hawker.platforms.threads.app import APP
from hawker.platforms.threads.publish import Publish
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.makers import medium
from tests.videos import video


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["threads"]


@pytest.fixture
async def shop(network: Network, http: Http) -> Account:
    way, fields = network.pretend.account("shop")
    return await PLATFORM.signs_in.sign_in(http, way, {**APP.complete(network.app), **fields})


@pytest.fixture
def scene(network: Network, http: Http, shop: Account) -> Scene:
    return Scene(
        network=network,
        http=http,
        shop=shop,
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0, 0)),
    )


@pytest.fixture
def film() -> Media:
    """An upright video of two seconds, with sound."""
    return replace(medium(video(), "video/mp4", "Steam rises", size=(320, 568)), seconds=2)
