"""What every test may use: a fresh installation, three people, and the pretend networks."""

import asyncio
import os
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest

os.environ["HAWKER_DATA"] = tempfile.mkdtemp(prefix="hawker-test-")
os.environ["HAWKER_ALLOW_PRIVATE_HOSTS"] = "1"
os.environ["HAWKER_ANSWER_SECONDS"] = "5"

from pytest_django.fixtures import SettingsWrapper

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.people import actions as people
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Actor, Role
from hawker.sandbox.app import Sandbox, serve

T = TypeVar("T")
PASSWORD = "correct-horse-42"


@pytest.fixture(autouse=True)
def _plain(settings: SettingsWrapper) -> None:
    """Static files by their plain names, and passwords hashed quickly: neither is what a test is about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@dataclass(frozen=True)
class Somebody:
    user: User
    actor: Actor


def _open(name: str, business: str = "") -> Somebody:
    user = User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, language="en")
    workspace = people.make_business(
        user, people.Business(name=business, language="en", time_zone="Asia/Taipei")
    )
    return Somebody(user, people.actor_of(user, workspace.id, Role.owner))


@pytest.fixture
def alice(db: None) -> Somebody:
    """The owner of a tea shop."""
    return _open("Alice", "Alice's Tea")


@pytest.fixture
def bob(alice: Somebody) -> Somebody:
    """An editor in Alice's business."""
    user = User.objects.create_user("bob@example.com", PASSWORD, name="Bob", language="zh-hant")
    Membership.objects.create(workspace_id=alice.actor.workspace, user=user, role=Role.editor)
    return Somebody(user, people.actor_of(user, alice.actor.workspace, Role.editor))


@pytest.fixture
def charlie(db: None) -> Somebody:
    """A stranger: the owner of another business."""
    return _open("Charlie", "Charlie's Bikes")


class Loop:
    """An event loop in a thread, for what must run beside synchronous tests."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(timeout=10)
        self.loop.close()


@pytest.fixture(scope="session")
def _sandbox_loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.stop()


@pytest.fixture
def sandbox(_sandbox_loop: Loop) -> Iterator[Sandbox]:
    """Fresh pretend networks on a loopback port."""
    serving = serve()
    yield _sandbox_loop.run(serving.__aenter__())
    _sandbox_loop.run(serving.__aexit__(None, None, None))


@pytest.fixture
def shop(alice: Somebody, sandbox: Sandbox) -> list[Channel]:
    """Alice's channels: one account at every pretend network."""
    connected = []
    for name, network in sandbox.networks.items():
        way, fields = network.pretend.account("teashop")
        connected.append(channels.connect(alice.actor, name, way, fields))
    return connected
