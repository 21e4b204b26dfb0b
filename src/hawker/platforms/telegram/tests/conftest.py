"""One pretend network, one open client and one connected channel for each test; at its end,
what was said is checked."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.telegram import PLATFORM
from hawker.platforms.telegram.tests.bot_api import faults_of
from hawker.platforms.telegram.tests.scene import Scene
from hawker.sandbox.app import serve
from tests.overheard import Talk, overhear


@pytest.fixture
def talks() -> list[Talk]:
    """What is said at the network, as it is said."""
    return []


@pytest.fixture
async def scene(talks: list[Talk], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
        network = sandbox.networks["telegram"]
        overhear(network, monkeypatch, talks)
        shop = await PLATFORM.signs_in.sign_in(http, *network.pretend.account("teashop"))
        yield Scene(
            network=network,
            http=http,
            shop=shop,
            signs_in=PLATFORM.signs_in,
            publishes=PLATFORM.publishes,
            handle="teashop",
        )
        assert faults_of(talks) == []
