"""Who acts in the tests, and the loop that plays the networks beside them."""

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TypeVar

from hawker.core.people import actions as people
from hawker.core.people.models import User
from hawker.core.people.rules import Actor, Role

T = TypeVar("T")
PASSWORD = "correct-horse-42"


@dataclass(frozen=True)
class Somebody:
    user: User
    actor: Actor


def open_business(name: str, business: str = "") -> Somebody:
    user = User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, language="en")
    workspace = people.make_business(
        user, people.Business(name=business, language="en", time_zone="Asia/Taipei")
    )
    return Somebody(user, people.actor_of(user, workspace.id, Role.owner))


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
