"""One pretend network, one open client and one connected account for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.xiaohongshu.tests.scene import NAME, Scene, signed_in
from hawker.sandbox.app import serve


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
        network = sandbox.networks[NAME]
        way, fields = network.pretend.account("teashop")
        yield Scene(network=network, http=http, shop=await signed_in(http, way, fields))
