"""Walking the ledger: what is due is prepared, sent once, and settled; what is unknown is looked for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from hawker.connect.abilities import Publishes
from hawker.connect.errors import KeyExpired, NetworkError, SignInAgain
from hawker.connect.registry import platform
from hawker.core.channels import actions as channels
from hawker.core.publishing import ledger, queries
from hawker.core.publishing.ledger import Claim
from hawker.core.publishing.states import (
    Abandoned,
    Absent,
    Accepted,
    AnswerLost,
    Declined,
    KeyDead,
    Next,
    Outcome,
    Postponed,
    State,
)
from hawker.worker import outcomes
from hawker.worker.secrets import fresh
from hawker.worker.tools import Tools, now

T = TypeVar("T")
log = logging.getLogger("hawker.publish")

AT_ONCE = 100
FINISH_SECONDS = 15.0


class Publishing:
    """The deliveries that this process has in hand, each channel's one after the other."""

    def __init__(self, tools: Tools, shards: tuple[int, ...] | None = None) -> None:
        self._tools = tools
        self.shards = shards
        self._held: dict[UUID, Claim] = {}
        self._walks: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def take(self) -> datetime | None:
        """Takes in hand what is due and lets it go its way; gives when to come again."""
        free = AT_ONCE - len(self._held) if self.shards != () else 0
        claims = await self._tools.rows(ledger.claim, now(), limit=free) if free else []
        self._held |= {claim.id: claim for claim in claims}
        by_channel = sorted(claims, key=lambda claim: claim.channel.int)
        for _, group in groupby(by_channel, key=lambda claim: claim.channel):
            walk = asyncio.create_task(self._walk(list(group)))
            self._walks.add(walk)
            walk.add_done_callback(self._ended)
        return await self._tools.rows(queries.next_look, now())

    def _ended(self, walk: asyncio.Task[None]) -> None:
        self._walks.discard(walk)
        if not walk.cancelled() and walk.exception():
            log.error("delivery.walk_broken", exc_info=walk.exception())

    async def renew(self) -> None:
        """Says of everything in hand that it still is."""
        if self._held:
            await self._tools.rows(ledger.renew, list(self._held.values()), now())

    async def finish(self) -> None:
        """Ends what is being sent, hands back what is not, within `FINISH_SECONDS`."""
        self._stopping = True
        if self._walks:
            await asyncio.wait(self._walks, timeout=FINISH_SECONDS)
        for walk in self._walks:
            walk.cancel()
        await asyncio.gather(*self._walks, return_exceptions=True)

    async def _walk(self, claims: list[Claim]) -> None:
        """One channel's deliveries in their order. A walk that breaks off, as where the database is away,
        holds nothing any more: the leases run out and `ledger.sweep` takes over."""
        taken = [claim.id for claim in claims]
        try:
            await self._in_order(sorted(claims, key=lambda claim: (claim.seen.due_at, claim.id)))
        finally:
            for claim in taken:
                self._held.pop(claim, None)

    async def _in_order(self, claims: list[Claim]) -> None:
        """What stops one stops those behind it, and until the same instant."""
        while claims:
            claim = claims.pop(0)
            outcome = Abandoned() if self._stopping else await self._deliver(claim)
            then = await self._settle(claim, outcome)
            if isinstance(outcome, Postponed):
                await self._hand_back(claims, replace(outcome, at=then.look_at if then else outcome.at))
                return
            if isinstance(outcome, KeyDead):
                await self._hand_back(claims, outcome)
                return

    async def _hand_back(self, claims: Iterable[Claim], outcome: Postponed | KeyDead) -> None:
        for claim in claims:
            unknown = claim.seen.state is State.unknown
            await self._settle(claim, Abandoned() if unknown else outcome)

    async def _deliver(self, claim: Claim) -> Outcome | None:
        try:
            ready = await fresh(self._tools, claim)
            if not isinstance(ready, Claim):
                return ready
            step = self._look if claim.seen.state is State.unknown else self._send
            return await step(ready, platform(claim.platform).publishes)
        except asyncio.CancelledError:
            return Abandoned()

    async def _send(self, claim: Claim, publishes: Publishes) -> Outcome | None:
        prepared = await self._prepare(claim, publishes)
        if not isinstance(prepared, Claim):
            return prepared
        intended = await self._tools.rows(ledger.intend, prepared, now())
        if intended is None:
            return None
        self._held[claim.id] = intended
        answer = asyncio.shield(self._call(intended, publishes))
        return await answer

    async def _prepare(self, claim: Claim, publishes: Publishes) -> Claim | Outcome | None:
        """Every step is kept as soon as it is done; None where the lease is lost."""

        async def steps() -> Claim | None:
            held: Claim | None = claim
            async for step in publishes.prepare(self._tools.http, claim.account, claim.draft, claim.steps):
                held = held and await self._tools.rows(ledger.keep_step, held, step.name, step.value)
                if held is None:
                    return None
            return held

        return await self._asked(claim, steps(), outcomes.of_preparation, Declined(outcomes.FAULT))

    async def _call(self, claim: Claim, publishes: Publishes) -> Outcome:
        async def send() -> Outcome:
            sent = await publishes.send(self._tools.http, claim.account, claim.draft, claim.steps)
            return Accepted(sent)

        return await self._asked(claim, send(), outcomes.of, AnswerLost(outcomes.FAULT))

    async def _look(self, claim: Claim, publishes: Publishes) -> Outcome:
        async def look() -> Outcome:
            since = claim.seen.sent_at or claim.seen.due_at
            found = await publishes.find(
                self._tools.http, claim.account, claim.draft, claim.steps, since=since, known=claim.known
            )
            return Accepted(found) if found else Absent()

        return await self._asked(claim, look(), outcomes.of_look, Postponed(reason=outcomes.FAULT))

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
        except Exception:  # a connector's own fault must not stop the others; what it means is the caller's
            log.exception("delivery.fault delivery=%s platform=%s", claim.id, claim.platform)
            return fault

    async def _settle(self, claim: Claim, outcome: Outcome | None) -> Next | None:
        held = self._held.get(claim.id, claim)
        then = await self._tools.rows(ledger.settle, held, outcome, now()) if outcome else None
        self._held.pop(claim.id, None)
        _note(held, then)
        return then


def _note(claim: Claim, then: Next | None) -> None:
    state = then.state if then else "lost"
    code = then.reason.code if then and then.reason else ""
    log.info(
        "delivery.%s delivery=%s channel=%s platform=%s attempt=%s code=%s",
        state, claim.id, claim.channel, claim.platform, claim.seen.attempt, code,
    )  # fmt: skip
