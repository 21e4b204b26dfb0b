"""The servers, each started once, and one Hawker that has a channel wherever a test asks for it."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cast import Loop
from tests.networks.bluesky import Bluesky, bluesky
from tests.networks.fediverse import Fediverse
from tests.networks.hawker import Hawker, founded
from tests.networks.mastodon_mock import mastodon_mock
from tests.networks.place import Ground, Place
from tests.networks.snac import snac
from tests.networks.store import Store, store
from tools.servers.cache import Part
from tools.servers.mastodon_mock import MASTODON_MOCK
from tools.servers.pds import PDS
from tools.servers.rclone import RCLONE
from tools.servers.snac import SNAC

PLACES = ("on_pds", "on_mastodon_mock", "on_snac")
LAST_LINES = 60
FOLDER = pytest.StashKey[Path]()


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    loop = Loop()
    ground = Ground(tmp_path_factory.mktemp("networks"), loop)
    request.config.stash[FOLDER] = ground.folder
    yield ground
    loop.stop()


@pytest.fixture(scope="session")
def hawker(ground: Ground) -> Iterator[Hawker]:
    with founded(Hawker(ground.room("hawker"), ground.log("hawker"))) as hawker:
        yield hawker


@pytest.fixture(scope="session")
def on_pds(ground: Ground) -> Iterator[Bluesky]:
    with _installed(PDS), bluesky(ground) as place:
        yield place


@pytest.fixture(scope="session")
def on_mastodon_mock(ground: Ground) -> Iterator[Fediverse]:
    with _installed(MASTODON_MOCK), mastodon_mock(ground) as place:
        yield place


@pytest.fixture(scope="session")
def on_snac(ground: Ground) -> Iterator[Fediverse]:
    with _installed(SNAC), snac(ground) as place:
        yield place


@pytest.fixture(scope="session")
def s3(ground: Ground) -> Iterator[Store]:
    with _installed(RCLONE), store(ground) as s3:
        yield s3


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> Place:
    """Each of the servers in turn."""
    place: Place = request.getfixturevalue(request.param)
    place.line.heal()
    return place


@pytest.fixture
def everywhere(request: pytest.FixtureRequest) -> list[Place]:
    """All servers at once."""
    places: list[Place] = [request.getfixturevalue(name) for name in PLACES]
    for place in places:
        place.line.heal()
    return places


@contextmanager
def _installed(part: Part) -> Iterator[None]:
    if not part.is_there:
        pytest.skip(f"{part.name} is not installed: make test-networks")
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows what the servers printed last."""
    report = yield
    folder = item.config.stash.get(FOLDER, None)
    if report.failed and folder:
        for log in sorted(folder.glob("*.log")):
            last = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
            report.sections.append((f"last lines of {log.name}", "\n".join(last)))
    return report
