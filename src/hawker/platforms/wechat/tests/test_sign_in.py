"""Connecting an account: what is typed, what WeChat refuses, and a token that nobody takes from another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.refusals import Stranger
from hawker.platforms.wechat.account import SECRET, TOKEN
from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, picture
from hawker.sandbox.tests.strangers import gate


async def test_an_account_is_known_by_its_appid_and_called_as_its_owner_calls_it(scene: Scene) -> None:
    assert scene.shop.remote_id == scene.theirs.appid
    assert (scene.shop.handle, scene.shop.name) == ("teashop", "teashop")
    assert (await scene.sign_in(name="")).handle == scene.theirs.appid


async def test_what_comes_along_when_one_copies_does_no_harm(scene: Scene) -> None:
    fields = scene.fields()
    account = await scene.sign_in(
        appid=f" \u200b{fields['appid'].upper()}\n", secret=f"{fields[SECRET]}\u200b "
    )
    assert account.remote_id == scene.shop.remote_id
    assert account.secrets[SECRET] == fields[SECRET]


@pytest.mark.parametrize("typed", ["", "gh_1234567890ab", "wx123", "wxzzzzzzzzzzzzzzzz"])
async def test_what_is_no_appid_is_said_before_wechat_is_asked(scene: Scene, typed: str) -> None:
    with pytest.raises(Refused, match="This is not an AppID") as caught:
        await scene.sign_in(appid=typed)
    assert caught.value.field == "appid"


async def test_an_appid_of_nobody_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="no account with this AppID") as caught:
        await scene.sign_in(appid="wx0123456789abcdef")
    assert (caught.value.field, caught.value.code) == ("appid", "40013")


async def test_a_wrong_secret_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="does not take this AppSecret") as caught:
        await scene.sign_in(secret="0" * 32)
    assert (caught.value.field, caught.value.code) == (SECRET, "40125")


async def test_an_address_that_is_not_on_the_list_is_named(scene: Scene) -> None:
    scene.theirs.allowed = frozenset()
    with pytest.raises(Refused, match=r"add its address 127\.0\.0\.1 to the IP") as caught:
        await scene.sign_in()
    assert (caught.value.field, caught.value.code) == ("appid", "40164")


async def test_a_channel_whose_address_left_the_list_goes_on_once_it_is_back(scene: Scene) -> None:
    scene.theirs.allowed = frozenset()
    with pytest.raises(Later, match="IP allow-list"):
        await scene.signs_in.refresh(scene.http, scene.shop)
    with pytest.raises(Later, match="IP allow-list"):
        await scene.check()
    scene.theirs.allowed = frozenset({"127.0.0.1"})
    assert await scene.check() == scene.shop


async def test_two_processes_that_refresh_get_the_same_token(scene: Scene) -> None:
    one = await scene.signs_in.refresh(scene.http, scene.shop)
    other = await scene.signs_in.refresh(scene.http, scene.shop)
    assert one.secrets == other.secrets == scene.shop.secrets


async def test_a_token_lasts_as_long_as_wechat_says(scene: Scene) -> None:
    assert scene.shop.expires_at is not None
    assert (
        timedelta(0) < datetime.now(UTC) + timedelta(hours=2) - scene.shop.expires_at < timedelta(minutes=1)
    )


async def test_close_to_its_end_another_comes_while_the_one_before_still_works(scene: Scene) -> None:
    scene.pretend.world.ahead = timedelta(seconds=7200 - 200)
    fresh = await scene.signs_in.refresh(scene.http, scene.shop)
    assert fresh.secrets[TOKEN] != scene.shop.secrets[TOKEN]
    for account in (scene.shop, fresh):
        assert await scene.signs_in.check(scene.http, account)


async def test_a_token_that_ran_out_is_mended_by_refreshing(scene: Scene) -> None:
    scene.pretend.world.ahead = timedelta(hours=3)
    with pytest.raises(KeyExpired) as caught:
        await scene.check()
    assert caught.value.code == "42001"
    fresh = await scene.signs_in.refresh(scene.http, scene.shop)
    assert await scene.at(fresh).post(draft("茶", picture()))


async def test_a_token_that_another_program_ended_is_mended_by_refreshing(scene: Scene) -> None:
    scene.pretend.world.token(scene.theirs, forced=True)
    with pytest.raises(KeyExpired) as caught:
        await scene.check()
    assert caught.value.code == "40001"
    fresh = await scene.signs_in.refresh(scene.http, scene.shop)
    assert await scene.signs_in.check(scene.http, fresh)


async def test_after_a_reset_of_the_secret_its_owner_signs_in_again(scene: Scene) -> None:
    scene.network.pretend.revoke("teashop")
    with pytest.raises(SignInAgain, match="does not take this AppSecret"):
        await scene.signs_in.refresh(scene.http, scene.shop)
    assert await scene.sign_in()


async def test_an_account_that_was_closed_is_signed_out_by_refreshing(scene: Scene) -> None:
    scene.pretend.world.accounts.clear()
    with pytest.raises(SignInAgain, match="no account with this AppID"):
        await scene.signs_in.refresh(scene.http, scene.shop)


@pytest.mark.parametrize("lists", [False, True])
async def test_an_account_that_may_not_publish_is_known_by_hand_though_it_may_list(
    scene: Scene, *, lists: bool
) -> None:
    assert not scene.shop.limits.by_hand
    scene.theirs.verified, scene.theirs.lists = False, lists
    for account in (await scene.sign_in(), await scene.check()):
        assert account.limits.by_hand
    scene.theirs.verified = True
    assert not (await scene.check()).limits.by_hand
    assert scene.theirs.jobs == {}


@pytest.mark.parametrize("call", ["freepublish/batchget", "freepublish/submit"])
@pytest.mark.parametrize("by_hand", [False, True])
async def test_what_was_known_of_an_account_is_believed_while_wechat_is_asked_too_often(
    scene: Scene, call: str, *, by_hand: bool
) -> None:
    known = replace(scene.shop, limits=replace(scene.shop.limits, by_hand=by_hand))
    scene.network.faults.add(Fault(kind=Kind.limited, call=call))
    assert await scene.signs_in.check(scene.http, known) == known


async def test_what_stands_before_wechat_is_not_taken_for_it(scene: Scene) -> None:
    async with gate() as address:
        with pytest.raises(Stranger):
            await scene.signs_in.check(scene.http, replace(scene.shop, server=address))
