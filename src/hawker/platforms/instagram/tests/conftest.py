"""One pretend network, one open client, files to fetch and one signed-in shop for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.publish import Publish
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.sign_in import Reach
from hawker.platforms.instagram.tests.scene import Scene, pretend_of
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.strangers import Stranger


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["instagram"]


@pytest.fixture
def pretend(network: Network) -> Sandbox:
    return pretend_of(network)


@pytest.fixture
async def shop(pretend: Sandbox, http: Http) -> Account:
    """By the key of the page that the account is linked to."""
    way, fields = pretend.account("shop")
    person = await PLATFORM.signs_in.sign_in(http, way, {**pretend.app(), **fields})
    (account,) = await Reach().reached(http, person)
    return account


@pytest.fixture
async def own_shop(pretend: Sandbox, http: Http) -> Account:
    """The same account, by a key of the login at Instagram."""
    fields = {**pretend.app(), "access_token": pretend.own_key("shop").token}
    return await PLATFORM.signs_in.sign_in(http, "token", fields)


@pytest.fixture
async def files() -> AsyncIterator[Stranger]:
    async with Stranger() as files:
        yield files


@pytest.fixture
def scene(network: Network, http: Http, shop: Account, files: Stranger) -> Scene:
    return Scene(
        network=network,
        http=http,
        shop=shop,
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0, 0)),
        files=files,
    )
