"""One pretend network, one open client and one signed-in page for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.facebook import PLATFORM
from hawker.platforms.facebook.publish import Publish
from hawker.platforms.facebook.sandbox import Sandbox
from hawker.platforms.facebook.tests.scene import Scene, pretend_of
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.strangers import Stranger


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["facebook"]


@pytest.fixture
def pretend(network: Network) -> Sandbox:
    return pretend_of(network)


@pytest.fixture
async def shop(pretend: Sandbox, http: Http) -> Account:
    way, fields = pretend.account("shop")
    return await PLATFORM.signs_in.sign_in(http, way, {**pretend.app(), **fields})


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
async def stranger() -> AsyncIterator[Stranger]:
    async with Stranger() as stranger:
        yield stranger
