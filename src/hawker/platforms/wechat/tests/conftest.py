"""One pretend network, one open client and one connected account for each test."""

from collections.abc import AsyncIterator

import pytest

from hawker.connect.http import Http
from hawker.platforms.wechat import PLATFORM, jobs
from hawker.platforms.wechat.app import APP
from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.app import serve


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between two questions."""
    monkeypatch.setattr(jobs, "WAITS", (0.0, 0.0, 0.0))


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with serve() as sandbox, Http(allow_private=True, answer_seconds=5) as http:
        network = sandbox.networks["wechat"]
        way, fields = network.pretend.account("teashop")
        shop = await PLATFORM.signs_in.sign_in(http, way, {**APP.complete(network.app), **fields})
        yield Scene(
            network=network,
            http=http,
            shop=shop,
            signs_in=PLATFORM.signs_in,
            publishes=PLATFORM.publishes,
            handle="teashop",
        )
