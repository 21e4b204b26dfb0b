"""Keeping channels' secrets fresh: well ahead, one worker at a time; a passing fault loses no channel."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hawker.connect.errors import NetworkError, SignInAgain
from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.core.channels import actions, queries, rules
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.states import Outcome, Postponed, Reason
from hawker.worker import outcomes
from hawker.worker.tools import Tools, now

log = logging.getLogger("hawker.worker")

WAIT = timedelta(seconds=2)
CHECKS_AT_ONCE = 4
CHECK_SECONDS = 10
BUSY = Reason(sentence=say("Hawker is renewing its key to this channel."), code="refreshing")


async def fresh(tools: Tools, claim: Claim) -> Claim | Outcome:
    """The claim with secrets that last, or what stands in the way."""
    if not rules.must_refresh(claim.account.expires_at, now()):
        return claim
    if not await tools.rows(actions.lock_refresh, claim.channel, now()):
        return Postponed(reason=BUSY, at=now() + WAIT, named=False)
    try:
        account = await platform(claim.platform).signs_in.refresh(tools.http, claim.account)
    except SignInAgain as error:
        await tools.rows(actions.mark_signed_out, claim.channel)
        return outcomes.of(error)
    except NetworkError as error:
        await tools.rows(actions.unlock_refresh, claim.channel)
        expires_at = claim.account.expires_at
        return claim if expires_at and expires_at > now() else outcomes.of_preparation(error)
    await tools.rows(actions.renew, claim.channel, account)
    return replace(claim, account=account)


async def check_channels(tools: Tools) -> datetime | None:
    """Asks the servers of channels once a day who these are and what they take now, a few at a time:
    publishing comes first. Gives when the next one is due."""
    due = await tools.rows(queries.to_check, now(), rows=CHECKS_AT_ONCE)
    # Beforehand: whatever a check breaks on, it must not keep those behind it from their turn.
    await tools.rows(actions.check_later, [channel for channel, _, _ in due], now())
    checks = (_check(tools, *each) for each in due)
    for broken in await asyncio.gather(*checks, return_exceptions=True):
        if broken:
            log.error("check.broken", exc_info=broken)
    return await tools.rows(queries.next_check)


async def _check(tools: Tools, channel: UUID, name: str, account: Account | None) -> None:
    """Within a time in which a worker that is asked to stop can wait for it."""
    if account is None:
        await tools.rows(actions.mark_signed_out, channel)
        return
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            checked = await platform(name).signs_in.check(tools.http, account)
    except SignInAgain:
        await tools.rows(actions.mark_signed_out, channel)
    except (NetworkError, TimeoutError) as error:
        log.info("check.later channel=%s error=%s", channel, type(error).__name__)
    else:
        await tools.rows(actions.keep_facts, channel, platform(name), checked)
