"""What an account is asked after it has signed in: who it is now, and new secrets for old ones."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Later, SignInAgain
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.values import Draft
from hawker.sandbox.app import serve
from hawker.sandbox.faults import Kind
from tests.conformance.losses import BROKEN
from tests.conformance.stage import OWNER, Stage, explained, signed_in, staged


async def test_check_brings_an_account_up_to_date(stage: Stage) -> None:
    account = stage.account
    stale = replace(account, name="As it was", limits=replace(account.limits, text=1))
    fresh = await stage.platform.signs_in.check(stage.http, stale)
    kept = {"secrets": account.secrets, "expires_at": account.expires_at, "app": account.app}
    assert replace(fresh, **kept) == account  # type: ignore[arg-type]
    assert all(fresh.secrets.values())


async def test_check_finds_a_dead_token(stage: Stage) -> None:
    async with stage.signed_out():
        await stage.platform.signs_in.check(stage.http, stage.account)


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_while_checking_is_passing(stage: Stage, kind: Kind) -> None:
    with stage.faulty(kind), pytest.raises(Later) as caught:
        await stage.platform.signs_in.check(stage.http, stage.account)
    explained(caught.value)


async def test_a_server_that_is_gone_is_checked_later(platform: Platform) -> None:
    async with staged(platform) as stage:
        account = stage.account
    async with Http(allow_private=True) as http:
        with pytest.raises(Later) as caught:
            await platform.signs_in.check(http, account)
    explained(caught.value)


async def test_refreshed_secrets_work_and_are_never_empty(stage: Stage, draft: Draft) -> None:
    account = stage.account
    for _ in range(2):
        account = await stage.platform.signs_in.refresh(stage.http, account)
        assert set(account.secrets) == set(stage.account.secrets)
        assert all(account.secrets.values())
    published = await replace(stage, account=account).publish(draft)
    assert stage.seen_ids == [published.remote_id]


async def test_secrets_that_run_out_are_refreshed_only_while_the_account_lives(stage: Stage) -> None:
    if stage.account.expires_at is None:
        pytest.skip(f"secrets of {stage.platform.name} never run out")
    stage.network.pretend.revoke(OWNER)
    with pytest.raises(SignInAgain) as caught:
        await stage.platform.signs_in.refresh(stage.http, stage.account)
    explained(caught.value)


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_while_refreshing_kills_nothing(stage: Stage, kind: Kind) -> None:
    if stage.account.expires_at is None:
        pytest.skip(f"secrets of {stage.platform.name} never run out")
    with stage.faulty(kind), pytest.raises(Later) as caught:
        await stage.platform.signs_in.refresh(stage.http, stage.account)
    explained(caught.value)


async def test_a_sandbox_that_starts_anew_plays_the_same_accounts(stage: Stage) -> None:
    async with serve() as another:
        account = await signed_in(stage.platform, another.networks[stage.platform.name], stage.http)
    assert account.remote_id == stage.account.remote_id
