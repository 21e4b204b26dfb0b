"""One pretend network, one open client and one signed-in shop for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.mastodon import PLATFORM
from hawker.platforms.mastodon.publish import Publish
from hawker.platforms.mastodon.sandbox import Sandbox
from hawker.platforms.mastodon.sandbox_world import World
from hawker.platforms.mastodon.tests.scene import Scene
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.app import Network, serve


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["mastodon"]


@pytest.fixture
def world(network: Network) -> World:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend.world


@pytest.fixture
async def shop(network: Network, http: Http) -> Account:
    way, fields = network.pretend.account("shop")
    return await PLATFORM.signs_in.sign_in(http, way, fields)


@pytest.fixture
def scene(network: Network, http: Http, shop: Account) -> Scene:
    return Scene(
        network=network,
        http=http,
        shop=shop,
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0)),
    )


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    async with Stranger() as stranger:
        yield stranger
