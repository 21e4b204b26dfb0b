from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.bluesky.sandbox import PretendBluesky
from hawker.platforms.bluesky.tests.world import World
from hawker.sandbox.app import serve


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
        network = sandbox.networks["bluesky"]
        assert isinstance(network.pretend, PretendBluesky)
        yield World(http, network.address, network.pretend, network.faults)
