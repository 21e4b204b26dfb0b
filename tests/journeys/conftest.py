"""The worker at work, as it is inside `hawker up`."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connections
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from hawker.connect.registry import platforms
from hawker.worker import local
from tests.cast import Loop

PATIENCE_SECONDS = 60.0
READ_DELAY = timedelta(seconds=2)


class Worker:
    """The local engine in a thread; `start` and `stop` as often as a test needs."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._stop: asyncio.Event | None = None

    def start(self) -> None:
        async def begin() -> asyncio.Event:
            stop = asyncio.Event()
            self._work = asyncio.create_task(local.run(stop))
            return stop

        self._stop = self._loop.run(begin())

    def stop(self) -> None:
        if self._stop is not None:
            self._loop.run(self._end(self._stop))
            self._stop = None

    async def _end(self, stop: asyncio.Event) -> None:
        stop.set()
        await self._work

    @staticmethod
    def until(condition: Callable[[], bool]) -> None:
        """Waits until `condition` holds, and fails where it never does."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(0.02)


@pytest.fixture
def worker(
    transactional_db: None, live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Worker]:
    """Networks that fetch media find them at the pages beside it. The lists of the pretend ones show at once
    what was published: no test waits as long as one must for those of the real ones."""
    for each in platforms().values():
        monkeypatch.setattr(each.publishes, "read_delay", min(each.publishes.read_delay, READ_DELAY))
    settings.LOCAL_URL = live_server.url
    loop = Loop()
    working = Worker(loop)
    yield working
    working.stop()
    loop.stop()
    connections.close_all()
