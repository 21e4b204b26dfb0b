"""Keeping channels' secrets fresh: well ahead, one worker at a time; a passing fault loses no channel."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hawker.connect.errors import KeyExpired, Later, NetworkError, SignInAgain
from hawker.connect.http import Heard
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


class _Busy(Later):
    """Somebody else is renewing them just now."""


async def fresh(tools: Tools, claim: Claim) -> Claim | Outcome:
    """The claim with secrets that last, or what stands in the way."""
    try:
        account = await _lasting(tools, claim.channel, claim.platform, claim.account)
    except _Busy:
        return Postponed(reason=BUSY, at=now() + WAIT, named=False)
    except SignInAgain as error:
        await tools.rows(actions.mark_signed_out, claim.channel)
        return outcomes.of(error)
    except NetworkError as error:
        return outcomes.of_preparation(error)
    return claim if account is claim.account else replace(claim, account=account)


async def _lasting(
    tools: Tools, channel_id: UUID, name: str, account: Account, ahead: timedelta = rules.REFRESH_AHEAD
) -> Account:
    """The account, renewed and kept where its secrets run out so soon. Raises NetworkError."""
    if not rules.must_refresh(account.expires_at, now(), ahead):
        return account
    if not await tools.rows(actions.lock_refresh, channel_id, now()):
        raise _Busy(BUSY.sentence)
    # Since it was read another one may have renewed them: where keys rotate, the former is dead by now.
    account = await tools.rows(queries.latest_account, channel_id)
    if not rules.must_refresh(account.expires_at, now(), ahead):
        await tools.rows(actions.unlock_refresh, channel_id)
        return account
    try:
        renewed = await platform(name).signs_in.refresh(tools.http, account)
    except NetworkError as error:
        if isinstance(error, SignInAgain):
            raise
        await tools.rows(actions.unlock_refresh, channel_id)
        if account.expires_at and account.expires_at > now():
            return account
        raise
    await tools.rows(actions.renew, channel_id, renewed)
    return replace(renewed, app=account.app)


async def check_channels(tools: Tools) -> datetime | None:
    """Asks the servers of channels once a day who these are and what they take now, a few at a time:
    publishing comes first. Gives when the next one is due."""
    due = await tools.aside(queries.to_check, now(), rows=CHECKS_AT_ONCE)
    # Beforehand: whatever a check breaks on, it must not keep those behind it from their turn.
    await tools.aside(actions.check_later, [channel for channel, _, _ in due], now())
    checks = (_check(tools, *each) for each in due)
    for broken in await asyncio.gather(*checks, return_exceptions=True):
        if broken:
            log.error("check.broken", exc_info=broken)
    return await tools.aside(queries.next_check)


async def _check(tools: Tools, channel: UUID, name: str, account: Account | None) -> None:
    """Within a time in which a worker that is asked to stop can wait for it. Renewing a key is not cut off:
    its answer may hold the only key that is valid from then on."""
    if account is None:
        await tools.aside(actions.mark_signed_out, channel)
        return
    heard = list[Heard]()
    try:
        lasting = await _lasting(tools, channel, name, account, rules.CHECK_AHEAD)
        async with asyncio.timeout(CHECK_SECONDS):
            checked = await platform(name).signs_in.check(tools.http.heard_by(heard.append), lasting)
    except SignInAgain:
        await tools.aside(actions.mark_signed_out, channel)
    except KeyExpired:
        await tools.aside(actions.expire, channel, now())
    except (NetworkError, TimeoutError) as error:
        log.info("check.later channel=%s error=%s", channel, type(error).__name__)
    else:
        kept = replace(checked, app=account.app)
        await tools.aside(actions.keep_facts, channel, platform(name), kept, heard)
