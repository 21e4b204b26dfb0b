"""One pretend network, one open client and one signed-in shop for each test."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.x import PLATFORM
from hawker.platforms.x.publish import Publish
from hawker.platforms.x.sandbox import Sandbox
from hawker.platforms.x.sandbox_world import World
from hawker.platforms.x.tests.scene import Scene
from hawker.platforms.x.tests.strangers import Stranger
from hawker.platforms.x.tests.watch import Watch
from hawker.sandbox.app import Network, serve


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Holds every call at the pretend X, and its answer, against X's OpenAPI document."""
    watch = Watch()
    monkeypatch.setattr(Sandbox, "routes", watch.around(Sandbox.routes))
    yield watch
    assert watch.faults == []


@pytest.fixture
async def network(watch: Watch) -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["x"]


@pytest.fixture
def world(network: Network) -> World:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend.world


@pytest.fixture
async def shop(network: Network, http: Http) -> Account:
    way, fields = network.pretend.account("shop")
    account = await PLATFORM.signs_in.sign_in(http, way, {**network.app, **fields})
    return replace(account, app=network.app)


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
