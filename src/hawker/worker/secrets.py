"""Keeping channels' secrets fresh: well ahead, one worker at a time; a passing fault loses no channel."""

from dataclasses import replace
from datetime import timedelta

from hawker.connect.errors import NetworkError, SignInAgain
from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.core.channels import actions, queries, rules
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.states import Outcome, Postponed, Reason
from hawker.worker import outcomes
from hawker.worker.tools import Tools, now

WAIT = timedelta(seconds=2)
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


async def check_channels(tools: Tools) -> None:
    """Asks the servers of channels once a day who these are and what they take now."""
    for channel_id, name, account in await tools.rows(queries.to_check, now()):
        try:
            checked = await platform(name).signs_in.check(tools.http, account)
        except SignInAgain:
            await tools.rows(actions.mark_signed_out, channel_id)
        except NetworkError:
            await tools.rows(actions.check_later, channel_id, now())
        else:
            await tools.rows(actions.keep_facts, channel_id, platform(name), checked)
