"""A big video through a real worker that is killed in the middle: its upload goes on, and makes one video."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hawker.platforms.x import media as x_media
from hawker.platforms.x.sandbox import Sandbox as X
from hawker.platforms.x.sandbox_world import World as XWorld
from hawker.platforms.youtube import upload as youtube_upload
from hawker.platforms.youtube.sandbox import Sandbox as YouTube
from hawker.platforms.youtube.sandbox_world import World as YouTubeWorld
from hawker.sandbox.app import Network, Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.cluster.house import House, fresh_environment, until
from tests.videos import H264, video

# No server is needed, but minutes.
pytestmark = pytest.mark.networks
BIG = 50_000_000


@dataclass(frozen=True)
class Seen:
    """What a pretend network has of the video. `heard`: the bytes that came, also those that came twice;
    `whole`: it has the last one; `begun`: how many uploads were opened."""

    begun: int
    kept: int
    heard: int
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """`call`: that which takes a part of the video."""

    name: str
    network: Network
    call: str
    part: int
    look: Callable[[], Seen]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(database="", environment=fresh_environment(tmp_path), logs=tmp_path)
    yield made
    made.end()


@pytest.fixture(params=["x", "youtube"])
def place(every_network: Sandbox, request: pytest.FixtureRequest) -> Place:
    network = every_network.networks[request.param]
    if isinstance(network.pretend, X):
        call, part, world = "^/2/media/upload/[0-9]+/append$", x_media.PART, network.pretend.world
        return Place(name="x", network=network, call=call, part=part, look=lambda: at_x(world))
    assert isinstance(network.pretend, YouTube)
    call, part, videos = "^/upload/youtube/v3/videos$", youtube_upload.CHUNK, network.pretend.world
    return Place(name="youtube", network=network, call=call, part=part, look=lambda: at_youtube(videos))


def at_x(world: XWorld) -> Seen:
    uploads = list(world.uploads.values())
    kept = sum(len(upload.content) for upload in uploads)
    whole = any(len(upload.content) == upload.total for upload in uploads)
    return Seen(len(uploads), kept, sum(upload.heard for upload in uploads), whole)


def at_youtube(world: YouTubeWorld) -> Seen:
    sessions = list(world.sessions.values())
    kept = sum(len(each.content) for each in sessions)
    kept += sum(len(each.content) for each in world.videos.values())
    return Seen(world.begun, kept, sum(session.heard for session in sessions), bool(world.videos))


def open_shop(house: House, place: Place) -> None:
    way, fields = place.network.pretend.account("shop")
    app = {"app": place.name, "keys": dict(place.network.app or {})}
    channel = {"platform": place.name, "way": way, "fields": dict(fields)}
    house.inside("open", json.dumps(app), json.dumps(channel))


def publish(house: House, film: Path) -> None:
    words = [sys.executable, "-m", "tests.networks.big_video_inside", str(film)]
    subprocess.run(words, env=house.environment, check=True, timeout=120)


def test_a_video_of_50_mb_goes_on_where_a_killed_worker_left_it(
    house: House, place: Place, tmp_path: Path
) -> None:
    film, network = tmp_path / "steam.mp4", place.network
    noise = ("-vf", "noise=alls=100:allf=t", *H264, "-qp", "3", "-movflags", "+faststart")
    film.write_bytes(video(*noise, seconds=1, size="1280x720"))
    network.faults.add(Fault(kind=Kind.delay_after, call=place.call, times=1000, seconds=0.5))
    worker = house.start("worker")
    open_shop(house, place)
    publish(house, film)
    # The last one dies between the last byte and the answer to it.
    for is_time in (
        lambda: place.look().kept >= 2 * place.part,
        lambda: place.look().kept >= 4 * place.part,
        lambda: place.look().whole,
    ):
        until(is_time)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert house.states() == {"preparing": 1}
        worker = house.start("worker")
    until(house.all_published)
    seen = place.look()
    assert (seen.begun, len(network.pretend.published("shop"))) == (1, 1)
    assert BIG < seen.kept <= seen.heard <= seen.kept + 3 * place.part
