"""One pretend network, one open client and one signed-in number for each test."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.whatsapp import PLATFORM
from hawker.platforms.whatsapp.publish import Publish
from hawker.platforms.whatsapp.sandbox import Sandbox
from hawker.platforms.whatsapp.sign_in import Reach
from hawker.platforms.whatsapp.tests.scene import Ear, Scene, listening, pretend_of
from hawker.sandbox.app import Network, serve


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["whatsapp"]


@pytest.fixture
def pretend(network: Network) -> Sandbox:
    return pretend_of(network)


@pytest.fixture
async def shop(pretend: Sandbox, http: Http) -> Account:
    way, fields = pretend.account("shop")
    person = await PLATFORM.signs_in.sign_in(http, way, {**pretend.app(), **fields})
    (account,) = await Reach().reached(http, person)
    return replace(account, app=pretend.app())


@pytest.fixture
def scene(network: Network, http: Http, shop: Account) -> Scene:
    return Scene(network=network, http=http, shop=shop, signs_in=PLATFORM.signs_in, publishes=Publish())


@pytest.fixture
async def ear(scene: Scene) -> AsyncIterator[Ear]:
    server, ear = await listening()
    scene.pretend.tell(ear.address)
    yield ear
    await server.close()
