"""What a worker does for all the others, and what keeps it from starting."""

import asyncio
import sys
from datetime import timedelta

import pytest
from pytest_django import Settings

from hawker.config import start
from hawker.core.bridge import client
from hawker.core.publishing.models import SHARDS
from hawker.worker import duties
from hawker.worker.duties import PARTS, Duties
from hawker.worker.jobs import Job
from hawker.worker.publish import Publishing
from hawker.worker.tools import Tools


class Bell:
    """A job that counts its turns, each of which takes as long as `turn` is not set."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.turn = asyncio.Event()

    async def ring(self) -> None:
        self.begun += 1
        await self.turn.wait()
        self.ended += 1


def a_publishing() -> Publishing:
    return Publishing(Tools(http=client(), worker="here:1"), shards=())


def claimed(publishing: Publishing) -> tuple[int, ...] | None:
    return publishing.shards


async def test_the_parts_of_a_worker_make_one_claim() -> None:
    publishing = a_publishing()
    held = Duties(publishing, [])
    work = [asyncio.create_task(held.do(f"publish {part}")) for part in (0, 1)]
    await asyncio.sleep(0)
    assert claimed(publishing) == (0, 1, PARTS, PARTS + 1)
    held.lose(frozenset({"publish 1"}))
    await work[1]
    assert claimed(publishing) == (0, PARTS)
    work[0].cancel()
    await asyncio.wait(work)
    assert claimed(publishing) == ()


async def test_a_worker_that_has_all_parts_claims_without_asking_for_shards() -> None:
    publishing = a_publishing()
    held = Duties(publishing, [])
    work = [asyncio.create_task(held.do(name)) for name in sorted(held.names)]
    await asyncio.sleep(0)
    assert len(work) == PARTS <= SHARDS
    assert claimed(publishing) is None
    held.lose(held.names)
    await asyncio.wait(work)


async def test_a_turn_that_has_begun_is_ended_before_its_job_is_handed_on() -> None:
    bell = Bell()
    held = Duties(a_publishing(), [Job("ring", timedelta(hours=1), bell.ring)])
    work = asyncio.create_task(held.do("ring"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.cancel()
    await asyncio.sleep(0)
    assert (bell.begun, bell.ended, work.done()) == (1, 0, False)
    bell.turn.set()
    await asyncio.wait({work})
    assert (bell.ended, work.cancelled()) == (1, True)


async def test_a_duty_of_another_version_is_handed_on_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "STRANGE_SECONDS", 0)
    held = Duties(a_publishing(), [])
    await held.do("answer the inbox")
    assert held.held == frozenset()


def test_the_cluster_engine_needs_postgresql(settings: Settings) -> None:
    settings.ENGINE, settings.POSTGRESQL = "cluster", False
    assert start.set_up().startswith("HAWKER_ENGINE=cluster needs PostgreSQL")


def test_the_cluster_engine_needs_its_library(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ENGINE, settings.POSTGRESQL = "cluster", True
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    assert "install hawker[cluster]" in start.set_up()


def test_an_engine_that_is_none_is_said(settings: Settings) -> None:
    settings.ENGINE = "steam"
    assert start.set_up() == "HAWKER_ENGINE is steam: set it to local or to cluster."
