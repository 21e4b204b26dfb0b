"""Writing the ledger in groups: whatever comes while one group is being committed makes up the next."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError

from hawker.core.publishing import ledger
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.ledger import Result
from hawker.worker.tools import Tools, now

T = TypeVar("T")
log = logging.getLogger("hawker.publish")
Written = asyncio.Future[bool]
AGAIN_SECONDS = 0.5
# Where many calls are under way, larger groups cost less than the moment they take to gather.
GATHER_SECONDS = 0.01


@dataclass
class Group:
    """Entries that wait for one commit, each with the future of who wants to know whether it was written."""

    steps: dict[UUID, tuple[Claim, Written]] = field(default_factory=dict)
    intents: dict[UUID, tuple[Claim, Written]] = field(default_factory=dict)
    results: dict[UUID, tuple[Result, Written]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.steps) + len(self.intents) + len(self.results)

    def waiting(self) -> list[tuple[UUID, Written]]:
        entries = (*self.steps.items(), *self.intents.items(), *self.results.items())
        return [(delivery, written) for delivery, (_, written) in entries]

    def apart(self) -> list["Group"]:
        """One group for each entry."""
        return [
            *(Group(steps={key: entry}) for key, entry in self.steps.items()),
            *(Group(intents={key: entry}) for key, entry in self.intents.items()),
            *(Group(results={key: entry}) for key, entry in self.results.items()),
        ]


class Writer:
    """Each method gives whether the entry was written. Where the database is away, steps and intents raise
    what that did, and results wait."""

    def __init__(self, tools: Tools, crowded: Callable[[], bool]) -> None:
        self._tools = tools
        self._crowded = crowded
        self._next = Group()
        self._writing: asyncio.Task[None] | None = None

    def step(self, held: Claim) -> Written:
        return self._enter(self._next.steps, held.id, held)

    def intent(self, held: Claim) -> Written:
        return self._enter(self._next.intents, held.id, held)

    def result(self, ended: Result) -> Written:
        return self._enter(self._next.results, ended.claim.id, ended)

    def _enter(self, entries: dict[UUID, tuple[T, Written]], delivery: UUID, entry: T) -> Written:
        written: Written = asyncio.get_running_loop().create_future()
        entries[delivery] = (entry, written)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return written

    async def _write_all(self) -> None:
        while len(self._next):
            if self._crowded():
                await asyncio.sleep(GATHER_SECONDS)
            group, self._next = self._next, Group()
            await self._write(group)
        self._writing = None

    async def _write(self, group: Group) -> None:
        """One entry that the database finds impossible does not take the others of its group with it."""
        try:
            written = await self._commit(group)
        except (DataError, IntegrityError) as error:
            if len(group) == 1:
                _tell(group, error)
                return
            for each in group.apart():
                await self._write(each)
        except Exception as error:  # whatever it was, somebody waits for it
            log.exception("ledger.not_written entries=%s", len(group))
            self._keep(group.results)
            _tell(Group(group.steps, group.intents), error)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            for delivery, waiting in group.waiting():
                if not waiting.done():
                    waiting.set_result(delivery in written)

    def _keep(self, results: dict[UUID, tuple[Result, Written]]) -> None:
        """What a network said is worth more than what is still to be sent: it waits for the database to come
        back. Should that take longer than the lease, the delivery is looked for, and nothing is written."""
        self._next.results = {**results, **self._next.results}

    async def _commit(self, group: Group) -> set[UUID]:
        return await self._tools.ledger(
            ledger.commit,
            now=now(),
            steps=[held for held, _ in group.steps.values()],
            intents=[held for held, _ in group.intents.values()],
            results=[ended for ended, _ in group.results.values()],
        )


def _tell(group: Group, error: Exception) -> None:
    for _, waiting in group.waiting():
        if not waiting.done():
            waiting.set_exception(error)
