"""One pretend network, one open client, files to fetch and one signed-in shop for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.line import PLATFORM
from hawker.platforms.line.tests.scene import Scene
from hawker.sandbox.app import serve
from hawker.sandbox.tests.strangers import Stranger


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http, Stranger() as files:
        network = sandbox.networks["line"]
        way, fields = network.pretend.account("teashop")
        shop = await PLATFORM.signs_in.sign_in(http, way, {**network.app, **fields})
        yield Scene(
            network=network,
            http=http,
            shop=shop,
            signs_in=PLATFORM.signs_in,
            publishes=PLATFORM.publishes,
            handle="teashop",
            files=files,
        )
