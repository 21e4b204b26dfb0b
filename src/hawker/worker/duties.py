"""What exactly one worker at a time does for all of them: a part of the ledger, or a job that is not every
worker's own."""

import asyncio
from collections.abc import Iterable

from hawker.core.publishing.models import SHARDS
from hawker.worker.jobs import Job
from hawker.worker.publish import Publishing
from hawker.worker.rhythm import pause, repeat

PARTS = 32
STRANGE_SECONDS = 5.0


class Duties:
    """Those there are, and those that this worker has.

    The parts of the ledger that it has make one claim: what they cost the database does not grow with them.
    """

    def __init__(self, publishing: Publishing, jobs: Iterable[Job]) -> None:
        self._publishing = publishing
        self._jobs = {job.name: job for job in jobs}
        self._parts = {f"publish {part}": part for part in range(PARTS)}
        self._lost: dict[str, asyncio.Event] = {}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._jobs) | frozenset(self._parts)

    @property
    def held(self) -> frozenset[str]:
        return frozenset(self._lost)

    async def do(self, name: str) -> None:
        """Does it until it is lost. Cancelled, it ends the turn in which it is first."""
        lost = self._lost[name] = asyncio.Event()
        self._divide()
        try:
            await self._work(name, lost)
        finally:
            self._lost.pop(name)
            self._divide()

    def lose(self, names: frozenset[str]) -> None:
        for name in names & self.held:
            self._lost[name].set()

    async def _work(self, name: str, lost: asyncio.Event) -> None:
        if name in self._parts:
            await lost.wait()
        elif name in self._jobs:
            await _to_the_end_of_a_turn(self._jobs[name], lost)
        else:  # of another version of Hawker, which works beside this one during an upgrade
            await pause(STRANGE_SECONDS, lost)

    def _divide(self) -> None:
        parts = {self._parts[name] for name in self._lost if name in self._parts}
        shards = tuple(shard for shard in range(SHARDS) if shard % PARTS in parts)
        self._publishing.shards = None if len(shards) == SHARDS else shards
        self._publishing.more.set()


async def _to_the_end_of_a_turn(job: Job, lost: asyncio.Event) -> None:
    work = asyncio.create_task(repeat(job, lost))
    try:
        await asyncio.shield(work)
    finally:
        lost.set()
        await asyncio.wait({work})
