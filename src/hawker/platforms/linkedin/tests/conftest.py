"""A page at the pretend LinkedIn, the member who runs it, and a server that says what a test wants."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.linkedin.tests.scene import Scene, page_scene
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.strangers import Stranger


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["linkedin"]


@pytest.fixture
async def scene(network: Network, http: Http) -> Scene:
    return await page_scene(network, http)


@pytest.fixture
async def member(scene: Scene) -> Scene:
    """The same, as the member on her own profile, through an app that anybody gets at once."""
    return await scene.as_member()


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    async with Stranger() as stranger:
        yield stranger
