"""Writing the ledger in groups: whatever comes while one group is being committed makes up the next."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from hawker.core.problems import DATABASE_AWAY, first_line
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
    what that did, and results wait. An entry that cannot be written for any other reason raises that."""

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
        if delivery in entries:
            # Taken in hand once more: the claim of the entry that waits has lost its lease.
            _answer(entries[delivery][1], written=False)
        entries[delivery] = (entry, written)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return written

    async def _write_all(self) -> None:
        while len(self._next):
            if self._crowded():
                await asyncio.sleep(GATHER_SECONDS)
            group, self._next = self._next, Group()
            await self._write([group])
        self._writing = None

    async def _write(self, groups: list[Group]) -> None:
        """One entry that cannot be written does not take the others of its group with it."""
        while groups:
            group = groups.pop(0)
            try:
                written = await self._commit(group)
            except DATABASE_AWAY as error:
                await self._put_off([group, *groups], error)
                return
            except Exception as error:  # whatever it was, somebody waits for it
                if len(group) > 1:
                    groups[:0] = group.apart()
                else:
                    log.exception("ledger.not_written")
                    _tell(group, error)
            else:
                for delivery, waiting in group.waiting():
                    _answer(waiting, written=delivery in written)

    async def _put_off(self, groups: list[Group], error: Exception) -> None:
        log.warning("ledger.database_away entries=%s error=%s", sum(map(len, groups)), first_line(error))
        for group in groups:
            self._keep(group.results)
            _tell(Group(group.steps, group.intents), error)
        await asyncio.sleep(AGAIN_SECONDS)

    def _keep(self, results: dict[UUID, tuple[Result, Written]]) -> None:
        """What a network said is worth more than what is still to be sent: it waits for the database to come
        back. Should that take longer than the lease, the delivery is looked for, and nothing is written."""
        for delivery, (ended, written) in results.items():
            if delivery in self._next.results:
                _answer(written, written=False)
            elif not written.done():
                self._next.results[delivery] = (ended, written)

    async def _commit(self, group: Group) -> set[UUID]:
        return await self._tools.ledger(
            ledger.commit,
            now=now(),
            steps=[held for held, _ in group.steps.values()],
            intents=[held for held, _ in group.intents.values()],
            results=[ended for ended, _ in group.results.values()],
        )


def _answer(waiting: Written, *, written: bool) -> None:
    if not waiting.done():
        waiting.set_result(written)


def _tell(group: Group, error: Exception) -> None:
    for _, waiting in group.waiting():
        if not waiting.done():
            waiting.set_exception(error)
