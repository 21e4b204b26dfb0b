"""A big video through a real worker that is killed in the middle: its upload goes on, and makes one video."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hawker.platforms.youtube.sandbox import Sandbox as YouTube
from hawker.platforms.youtube.sandbox_world import World
from hawker.platforms.youtube.upload import CHUNK
from hawker.sandbox.app import Network, Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.cluster.house import House, fresh_environment, until
from tests.videos import H264, video

# No server is needed, but minutes.
pytestmark = pytest.mark.networks
BIG = 50_000_000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(database="", environment=fresh_environment(tmp_path), logs=tmp_path)
    yield made
    made.end()


@pytest.fixture
def network(every_network: Sandbox) -> Network:
    return every_network.networks["youtube"]


def world_of(network: Network) -> World:
    assert isinstance(network.pretend, YouTube)
    return network.pretend.world


def has(world: World, chunks: int) -> bool:
    return any(len(session.content) >= chunks * CHUNK for session in world.sessions.values())


def is_there(world: World) -> bool:
    return bool(world.videos)


def open_shop(house: House, network: Network) -> None:
    way, fields = network.pretend.account("shop")
    app = {"app": "youtube", "keys": dict(network.app or {})}
    channel = {"platform": "youtube", "way": way, "fields": dict(fields)}
    house.inside("open", json.dumps(app), json.dumps(channel))


def publish(house: House, film: Path) -> None:
    words = [sys.executable, "-m", "tests.networks.big_video_inside", str(film)]
    subprocess.run(words, env=house.environment, check=True, timeout=120)


def test_a_video_of_50_mb_goes_on_where_a_killed_worker_left_it(
    house: House, network: Network, tmp_path: Path
) -> None:
    film, world = tmp_path / "steam.mp4", world_of(network)
    noise = ("-vf", "noise=alls=100:allf=t", *H264, "-qp", "3", "-movflags", "+faststart")
    film.write_bytes(video(*noise, seconds=1, size="1280x720"))
    uploads = "^/upload/youtube/v3/videos$"
    network.faults.add(Fault(kind=Kind.delay_after, call=uploads, times=1000, seconds=0.5))
    worker = house.start("worker")
    open_shop(house, network)
    publish(house, film)
    # The last one dies between the last byte and the answer to it.
    for is_time in (partial(has, world, 2), partial(has, world, 4), partial(is_there, world)):
        until(is_time)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert house.states() == {"preparing": 1}
        worker = house.start("worker")
    until(house.all_published)
    [session], [made] = world.sessions.values(), world.videos.values()
    assert (world.begun, len(network.pretend.published("shop"))) == (1, 1)
    assert made.status["privacyStatus"] == "public"
    assert len(made.content) > BIG
    assert session.heard <= len(made.content) + 3 * CHUNK
