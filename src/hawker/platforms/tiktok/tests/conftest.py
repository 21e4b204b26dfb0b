"""One pretend network, one open client, files to fetch and one signed-in shop for each test."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.tiktok import PLATFORM
from hawker.platforms.tiktok.publish import Publish
from hawker.platforms.tiktok.sandbox_world import World
from hawker.platforms.tiktok.tests.scene import Scene, pretend_of
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.strangers import Stranger


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["tiktok"]


@pytest.fixture
def world(network: Network) -> World:
    return pretend_of(network).world


@pytest.fixture
async def shop(network: Network, http: Http) -> Account:
    way, fields = network.pretend.account("shop")
    account = await PLATFORM.signs_in.sign_in(http, way, {**network.app, **fields})
    return replace(account, app=network.app)


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    async with Stranger() as stranger:
        yield stranger


@pytest.fixture
def scene(network: Network, http: Http, shop: Account, stranger: Stranger) -> Scene:
    return Scene(
        network=network,
        http=http,
        shop=shop,
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0, 0)),
        files=stranger,
    )
