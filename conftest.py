"""What every test may use: a fresh installation, three people, and the pretend networks."""

import os
from collections.abc import AsyncIterator, Iterator
from copy import copy

import pytest

from hawker.connect.http import Http
from hawker.connect.registry import platforms
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.people import actions as people
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox, serve
from tests.cast import PASSWORD, Loop, Somebody, keep_apps, open_business, writing_networks


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database only what touches a database is run again."""
    if not os.environ.get("DATABASE_URL"):
        return
    again = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def _touches_database(item: pytest.Item) -> bool:
    wanted = set(getattr(item, "fixturenames", ()))
    return bool(wanted & {"db", "transactional_db"}) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def alice(db: None) -> Somebody:
    """The owner of a tea shop."""
    return open_business("Alice", "Alice's Tea")


@pytest.fixture
def bob(alice: Somebody) -> Somebody:
    """An editor in Alice's business."""
    user = User.objects.create_user("bob@example.com", PASSWORD, name="Bob", language="zh-hant")
    Membership.objects.create(workspace_id=alice.actor.workspace, user=user, role=Role.editor)
    return Somebody(user, people.actor_of(user, alice.actor.workspace, Role.editor))


@pytest.fixture
def charlie(db: None) -> Somebody:
    """A stranger: the owner of another business."""
    return open_business("Charlie", "Charlie's Bikes")


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    """An open client that may call this machine."""
    async with Http(allow_private=True, answer_seconds=5) as http:
        yield http


@pytest.fixture(scope="session")
def _sandbox_loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.stop()


@pytest.fixture
def sandbox(every_network: Sandbox) -> Sandbox:
    """The pretend networks that take words alone."""
    narrowed = copy(every_network)
    narrowed.networks = {name: every_network.networks[name] for name in writing_networks()}
    return narrowed


@pytest.fixture
def every_network(request: pytest.FixtureRequest, _sandbox_loop: Loop) -> Iterator[Sandbox]:
    """Fresh pretend networks on a loopback port, at which the owner of the installation has her apps."""
    serving = serve()
    sandbox = _sandbox_loop.run(serving.__aenter__())
    if _touches_database(request.node) or "live_server" in request.fixturenames:
        request.getfixturevalue("db")
        keep_apps(sandbox)
    yield sandbox
    _sandbox_loop.run(serving.__aexit__(None, None, None))


@pytest.fixture
def shop(alice: Somebody, sandbox: Sandbox) -> list[Channel]:
    """Alice's channels: one account at every pretend network that takes words alone."""
    connected = []
    for name, network in sandbox.networks.items():
        way, fields = network.pretend.account("teashop")
        connected.append(channels.connect(alice.actor, name, way, fields))
    return connected


@pytest.fixture
def findable(shop: list[Channel]) -> list[Channel]:
    """Those of Alice's channels whose network can be asked for a post that got lost."""
    return [each for each in shop if platforms()[each.platform].quality["finds_lost_answers"] == "done"]


@pytest.fixture
def unseen(shop: list[Channel], findable: list[Channel]) -> list[Channel]:
    """Those of whose network nobody can find out whether a post is there."""
    return [each for each in shop if each not in findable]


@pytest.fixture
def erasable(shop: list[Channel]) -> list[Channel]:
    """Those on whose network a post can be taken off again."""
    return [each for each in shop if platforms()[each.platform].quality["deletes"] == "done"]


@pytest.fixture
def gallery(shop: list[Channel]) -> list[Channel]:
    """Those on whose network a post shows several pictures."""
    return [each for each in shop if limits_of(each).media >= 4]


@pytest.fixture
def commentable(shop: list[Channel]) -> list[Channel]:
    """Those on whose network a first comment can follow a post."""
    return [each for each in shop if platforms()[each.platform].comments]
