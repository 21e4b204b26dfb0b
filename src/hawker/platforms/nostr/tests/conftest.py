"""One pretend network, one open client and one connected account for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.nostr import PLATFORM
from hawker.platforms.nostr.tests.scene import Scene
from hawker.sandbox.app import serve


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
        network = sandbox.networks["nostr"]
        shop = await PLATFORM.signs_in.sign_in(http, *network.pretend.account("teashop"))
        yield Scene(
            network=network,
            http=http,
            shop=shop,
            signs_in=PLATFORM.signs_in,
            publishes=PLATFORM.publishes,
            handle="teashop",
        )
