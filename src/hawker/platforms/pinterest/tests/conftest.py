"""One pretend network, one open client, a server that says what a test wants, and one signed-in shop."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.pinterest import PLATFORM
from hawker.platforms.pinterest.publish import Publish
from hawker.platforms.pinterest.sandbox_world import World
from hawker.platforms.pinterest.tests.scene import Scene, keys_of, pretend_of
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.strangers import Stranger


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["pinterest"]


@pytest.fixture
def world(network: Network) -> World:
    return pretend_of(network).world


@pytest.fixture
async def shop(network: Network, http: Http) -> Account:
    way, fields = network.pretend.account("shop")
    account = await PLATFORM.signs_in.sign_in(http, way, {**keys_of(network), **fields})
    return replace(account, app=keys_of(network))


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    async with Stranger() as stranger:
        yield stranger


@pytest.fixture
def scene(network: Network, http: Http, shop: Account) -> Scene:
    return Scene(
        network=network,
        http=http,
        shop=shop,
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0)),
    )
