"""Walking the ledger: what is due is prepared, sent once, and settled; what is unknown is looked for."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from hawker.connect.abilities import Publishes
from hawker.connect.errors import KeyExpired, NetworkError, SignInAgain
from hawker.connect.registry import platform
from hawker.core.channels import actions as channels
from hawker.core.problems import DATABASE_AWAY, first_line
from hawker.core.publishing import claims, ledger, queries, rules
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.ledger import Result
from hawker.core.publishing.states import (
    Abandoned,
    Absent,
    Accepted,
    AnswerLost,
    Declined,
    Handed,
    KeyDead,
    Next,
    Outcome,
    Postponed,
    State,
    Unlookable,
)
from hawker.worker import outcomes
from hawker.worker.fitting import Fitting
from hawker.worker.lateness import Lateness
from hawker.worker.meter import Meter
from hawker.worker.secrets import fresh
from hawker.worker.tools import Tools, now
from hawker.worker.writer import Writer, Written

T = TypeVar("T")
log = logging.getLogger("hawker.publish")

AT_ONCE = 100
# In hand: those that are under way, and twice as many that can begin at once when these end.
IN_HAND = 3 * AT_ONCE
REFILL = 2 * AT_ONCE
CROWD = 30
FINISH_SECONDS = 15.0


class Publishing:
    """The deliveries that this process has in hand, each channel's one after the other.

    `more` is set when there is room again, and probably more to take. `shards`: see `claims.claim`.
    """

    def __init__(self, tools: Tools, shards: tuple[int, ...] | None = None) -> None:
        self.more = asyncio.Event()
        self._tools = tools
        self.shards = shards
        self._writer = Writer(tools, crowded=lambda: len(self._walks) > CROWD)
        self._meter = Meter(tools)
        self._lateness = Lateness(tools)
        self._fitting = Fitting()
        self._held: dict[UUID, Claim] = {}
        self._walks: set[asyncio.Task[None]] = set()
        self._under_way = asyncio.Semaphore(AT_ONCE)
        self._left_some = False
        self._stopping = False

    async def take(self) -> datetime | None:
        """Takes in hand what is due and lets it go its way; gives when to come again."""
        self.more.clear()
        await self._meter.keep()
        free = IN_HAND - len(self._held)
        found = await self._tools.rows(claims.claim, now(), limit=free, shards=self.shards) if free else []
        self._left_some = len(found) == free
        self._held |= {claim.id: claim for claim in found}
        by_channel = sorted(found, key=lambda claim: claim.channel.int)
        for _, group in groupby(by_channel, key=lambda claim: claim.channel):
            walk = asyncio.create_task(self._walk(list(group)))
            self._walks.add(walk)
            walk.add_done_callback(self._ended)
        return await self._tools.rows(queries.next_look, now(), self.shards)

    def _ended(self, walk: asyncio.Task[None]) -> None:
        self._walks.discard(walk)
        error = None if walk.cancelled() else walk.exception()
        if isinstance(error, DATABASE_AWAY):
            log.warning("delivery.database_away error=%s", first_line(error))
        elif error:
            log.error("delivery.walk_broken", exc_info=error)

    async def renew(self) -> None:
        """Says of everything in hand that it still is."""
        if self._held:
            await self._tools.rows(claims.renew, list(self._held.values()), now())

    async def finish(self) -> None:
        """Ends what is being sent, hands back what is not, within `FINISH_SECONDS`."""
        self._stopping = True
        self._fitting.stop()
        if self._walks:
            await asyncio.wait(self._walks, timeout=FINISH_SECONDS)
        for walk in self._walks:
            walk.cancel()
        await asyncio.gather(*self._walks, return_exceptions=True)
        with suppress(*DATABASE_AWAY):
            await self._meter.keep()
            await self._lateness.keep()
        await self._fitting.close()

    async def figures(self) -> None:
        """Writes down how late it sent."""
        await self._lateness.keep()

    async def _walk(self, taken: list[Claim]) -> None:
        """One channel's deliveries in their order. A walk that breaks off, as where the database is away,
        holds nothing any more: the leases run out and `sweeping.sweep` takes over."""
        try:
            await self._in_order(sorted(taken, key=lambda claim: (claim.seen.due_at, claim.id)))
        finally:
            for claim in taken:
                self._let_go(claim.id)
            if len(taken) == claims.A_CHANNEL_AT_ONCE:
                self.more.set()

    def _let_go(self, delivery: UUID) -> None:
        self._held.pop(delivery, None)
        if self._left_some and len(self._held) <= REFILL:
            self.more.set()

    async def _in_order(self, waiting: list[Claim]) -> None:
        """What stops one stops those behind it, and until the same instant. While a result is being
        committed the next one may begin: should the commit fail, its own intent will fail as well."""
        written: list[Written] = []
        while waiting:
            claim = waiting.pop(0)
            outcome = await self._in_turn(claim)
            if outcome is None:
                continue
            if isinstance(outcome, Accepted):
                waiting = [_not_this(each, outcome.published.remote_id) for each in waiting]
            ended = self._end(claim, outcome)
            written.append(ended.written)
            if isinstance(outcome, Postponed | KeyDead):
                written += self._hand_back(waiting, outcome, ended.then)
                break
        await asyncio.gather(*written)

    async def _in_turn(self, claim: Claim) -> Outcome | None:
        """Making a video right may take minutes: it takes the place of none that is only uploaded."""
        ready = await self._fitted(claim)
        if not isinstance(ready, Claim):
            return ready
        async with self._under_way:
            return Abandoned() if self._stopping else await self._deliver(ready)

    async def _fitted(self, claim: Claim) -> Claim | Outcome:
        if not claim.draft.media:
            return claim
        fit = self._fitting.known if claim.seen.state is State.unknown else self._fitting.fit
        try:
            return await self._asked(
                claim, fit(claim), outcomes.of_preparation, Postponed(reason=outcomes.FAULT)
            )
        except asyncio.CancelledError:
            return Abandoned()

    def _hand_back(self, waiting: list[Claim], outcome: Postponed | KeyDead, then: Next) -> list[Written]:
        back = _as(outcome, then) if isinstance(outcome, Postponed) else outcome
        return [
            self._end(claim, Abandoned() if claim.seen.state is State.unknown else back).written
            for claim in waiting
        ]

    async def _deliver(self, claim: Claim) -> Outcome | None:
        """None: it has got out of hand."""
        try:
            look = claim.seen.state is State.unknown
            if not look and (wall := self._meter.wall(claim)):
                return wall
            ready = await fresh(self._tools, claim)
            if not isinstance(ready, Claim):
                return ready
            step = self._look if look else self._send
            return await step(ready, platform(claim.platform).publishes)
        except asyncio.CancelledError:
            return Abandoned()

    async def _send(self, claim: Claim, publishes: Publishes) -> Outcome | None:
        prepared = await self._prepare(claim, publishes)
        if not isinstance(prepared, Claim):
            return prepared
        if rules.before(prepared.seen, now(), prepared.late_after):
            return Abandoned()
        if prepared.account.limits.by_hand:
            return Handed()
        begun = time.monotonic()
        intended = ledger.sending(prepared, now())
        if not await self._writer.intent(prepared):
            return Abandoned()
        self._held[claim.id] = intended
        if time.monotonic() - begun > rules.SEND_WITHIN.total_seconds():
            return Postponed(reason=rules.STALLED)
        self._meter.use(intended)
        self._lateness.note(claim.platform, claim.seen.due_at, now())
        answer = asyncio.shield(self._call(intended, publishes))
        return await answer

    async def _prepare(self, claim: Claim, publishes: Publishes) -> Claim | Outcome | None:
        """Every step is kept as soon as it is done; None where the lease is lost."""

        async def steps() -> Claim | None:
            held = claim
            async for step in publishes.prepare(
                self._meter.http(claim), claim.account, claim.draft, claim.steps
            ):
                held = ledger.with_step(held, step.name, step.value)
                if not await self._writer.step(held):
                    return None
            return held

        return await self._asked(claim, steps(), outcomes.of_preparation, Declined(outcomes.FAULT))

    async def _call(self, claim: Claim, publishes: Publishes) -> Outcome:
        async def send() -> Outcome:
            sent = await publishes.send(self._meter.http(claim), claim.account, claim.draft, claim.steps)
            return Accepted(sent)

        return await self._asked(claim, send(), outcomes.of, AnswerLost(outcomes.FAULT))

    async def _look(self, claim: Claim, publishes: Publishes) -> Outcome:
        quiet = self._tools.quiet.of(claim.id, claim.seen.attempt)

        async def look() -> Outcome:
            since = rules.since(claim.seen, now())
            found = await publishes.find(
                self._meter.http(claim),
                claim.account,
                claim.draft,
                claim.steps,
                since=since,
                known=claim.known,
            )
            return Accepted(found) if found else Absent(quiet)

        outcome = await self._asked(claim, look(), outcomes.of_look, Postponed(reason=outcomes.FAULT))
        if isinstance(outcome, Unlookable):
            return replace(outcome, quiet=quiet, tells=platform(claim.platform).hears is not None)
        return outcome

    async def _asked(
        self,
        claim: Claim,
        question: Awaitable[T],
        meaning: Callable[[NetworkError], Outcome],
        fault: Outcome,
    ) -> T | Outcome:
        try:
            return await question
        except KeyExpired as error:
            await self._tools.rows(channels.expire, claim.channel, now())
            return meaning(error)
        except SignInAgain as error:
            await self._tools.rows(channels.mark_signed_out, claim.channel)
            return meaning(error)
        except NetworkError as error:
            return meaning(error)
        except (DatabaseError, InterfaceError):  # no network's fault, and no answer: the lease runs out
            raise
        except Exception:  # a connector's own fault must not stop the others; what it means is the caller's
            log.exception("delivery.fault delivery=%s platform=%s", claim.id, claim.platform)
            return fault

    def _end(self, claim: Claim, outcome: Outcome) -> "Ended":
        held = self._held.get(claim.id, claim)
        if isinstance(outcome, AnswerLost):
            self._tools.quiet.of(held.id, held.seen.attempt)
        result = ledger.result(held, outcome, now())
        written = self._writer.result(result)
        written.add_done_callback(lambda done: self._ended_as(result, done))
        return Ended(result.then, written)

    def _ended_as(self, result: Result, written: Written) -> None:
        self._let_go(result.claim.id)
        if not written.cancelled() and not written.exception():
            _note(result, kept=written.result())


class Ended(NamedTuple):
    """What a delivery becomes, and whether that could be written."""

    then: Next
    written: Written


def _not_this(claim: Claim, remote_id: str) -> Claim:
    """A look of one that is behind in the same walk must not take it for its own."""
    return replace(claim, known=claim.known | {remote_id})


def _as(outcome: Postponed, then: Next) -> Postponed:
    """What is told those behind: they wait until the same instant."""
    if then.look_at is None:
        return outcome
    return replace(outcome, at=then.look_at, named=outcome.named and outcome.at is not None)


def _note(result: Result, *, kept: bool) -> None:
    claim, reason = result.claim, result.then.reason
    state, code = result.then.state if kept else "lost", reason.code if reason and kept else ""
    log.info(
        "delivery.%s delivery=%s channel=%s platform=%s attempt=%s code=%s",
        state, claim.id, claim.channel, claim.platform, claim.seen.attempt, code,
    )  # fmt: skip
