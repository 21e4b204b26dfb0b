"""One pretend network, one open client, files to fetch and one signed-in shop for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.publish import Publish
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.tests.files import Shelf, shelved
from hawker.platforms.instagram.tests.scene import Scene
from hawker.sandbox.app import Network, serve


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["instagram"]


@pytest.fixture
def sandbox(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http(allow_private=True, answer_seconds=5) as http:
        yield http


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    async with shelved() as shelf:
        yield shelf


@pytest.fixture
async def shop(sandbox: Sandbox, http: Http) -> Account:
    """By the key of the page that the account is linked to."""
    way, fields = sandbox.account("shop")
    person = await PLATFORM.signs_in.sign_in(http, way, {**sandbox.app(), **fields})
    assert PLATFORM.reaches
    (account,) = await PLATFORM.reaches.reached(http, person)
    return account


@pytest.fixture
async def bare_shop(sandbox: Sandbox, http: Http) -> Account:
    """The same account, by a key of the login at Instagram."""
    fields = {**sandbox.app(), "access_token": sandbox.own_key("shop").token}
    return await PLATFORM.signs_in.sign_in(http, "token", fields)


@pytest.fixture
def scene(network: Network, http: Http, shop: Account, shelf: Shelf) -> Scene:
    return Scene(network=network, http=http, shop=shop, publish=Publish(pauses=(0, 0, 0)), shelf=shelf)
