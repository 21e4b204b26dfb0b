"""Who acts in the tests, and the loop that plays the networks beside them."""

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.test import Client
from django.utils import timezone

from hawker.connect.registry import platforms
from hawker.core.channels.models import AppKeys, Channel
from hawker.core.channels.queries import limits_of
from hawker.core.people import actions as people
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Actor, Role
from hawker.core.seal import seal
from hawker.sandbox.app import Sandbox
from tools.kinds import WORDS, takes

T = TypeVar("T")
PASSWORD = "correct-horse-42"


@dataclass(frozen=True)
class Somebody:
    user: User
    actor: Actor


def writing_networks() -> list[str]:
    """Those that take words alone: most tests write nothing else."""
    return [name for name, each in platforms().items() if takes(each, WORDS)]


def too_long(shop: Iterable[Channel]) -> str:
    """One letter more than any of these channels takes."""
    return "x" * (max(limits_of(channel).text for channel in shop) + 1)


def open_business(name: str, business: str = "") -> Somebody:
    user = User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, language="en")
    workspace = people.make_business(
        user, people.Business(name=business, language="en", time_zone="Asia/Taipei")
    )
    return Somebody(user, people.actor_of(user, workspace.id, Role.owner))


def colleague(boss: Somebody, name: str, role: Role) -> Somebody:
    """Somebody else in the same business."""
    user = User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, language="en")
    Membership.objects.create(workspace_id=boss.actor.workspace, user=user, role=role)
    return Somebody(user, people.actor_of(user, boss.actor.workspace, role))


def keep_apps(sandbox: Sandbox) -> None:
    """Hawker has the keys of a developer app at every pretend network that asks for one."""
    for name, network in sandbox.networks.items():
        if network.app:
            kept = {"secrets": seal(network.app), "changed_at": timezone.now()}
            AppKeys.objects.update_or_create(platform=name, defaults=kept)


def visitor(somebody: Somebody) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(somebody.user)
    return client


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
