"""One pretend network, one open client, one signed-in shop and its shelf of pictures for each test."""

import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
import pytest

from hawker.connect.http import Http
from hawker.connect.values import Account, Media
from hawker.platforms.threads import PLATFORM
from hawker.platforms.threads.app import APP
from hawker.platforms.threads.publish import Publish
from hawker.platforms.threads.sandbox import Sandbox
from hawker.platforms.threads.sandbox_world import World
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.app import Network, serve
from hawker.sandbox.tests.makers import medium
from hawker.sandbox.tests.shelf import Shelf


@pytest.fixture
async def network() -> AsyncIterator[Network]:
    async with serve() as sandbox:
        yield sandbox.networks["threads"]


@pytest.fixture
def world(network: Network) -> World:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend.world


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    async with Shelf() as shelf:
        yield shelf


@pytest.fixture
async def shop(network: Network, http: Http) -> Account:
    way, fields = network.pretend.account("shop")
    keys = APP.complete(network.app)
    return await PLATFORM.signs_in.sign_in(http, way, {**keys, **fields})


@pytest.fixture
def scene(network: Network, http: Http, shop: Account, shelf: Shelf) -> Scene:
    return Scene(
        network=network,
        http=http,
        shop=shop,
        signs_in=PLATFORM.signs_in,
        publishes=Publish(pauses=(0, 0, 0)),
        shelf=shelf,
    )


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Media:
    """An upright video of two seconds, with sound."""
    path = tmp_path_factory.mktemp("film") / "steam.mp4"
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *_recipe(path)], check=True, timeout=60)  # noqa: S603
    made = medium(path.read_bytes(), "video/mp4", "Steam rises", size=(160, 284))
    return replace(made, seconds=2)


def _recipe(path: Path) -> list[str]:
    picture = "-f lavfi -i testsrc=duration=2:size=160x284:rate=30 -f lavfi -i sine -shortest".split()
    coded = "-pix_fmt yuv420p -c:v libx264 -c:a aac -movflags +faststart -loglevel error -y".split()
    return [*picture, *coded, str(path)]
