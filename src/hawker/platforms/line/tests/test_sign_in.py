"""Connecting an official account: by its token, or by the keys of its channel."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.values import Account
from hawker.platforms.line.tests.scene import Scene
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.strangers import Stranger, gate


def keys(scene: Scene, **changes: str) -> Mapping[str, str]:
    typed = {"channel_id": scene.account.channel, "channel_secret": scene.account.secret}
    return {**scene.network.app, **typed, **changes}


async def by_keys(scene: Scene, **changes: str) -> Account:
    return await scene.signs_in.sign_in(scene.http, "channel", keys(scene, **changes))


async def by_token(scene: Scene, token: str, **places: str) -> Account:
    fields = {**scene.network.app, "access_token": token, **places}
    return await scene.signs_in.sign_in(scene.http, "token", fields)


async def test_an_account_is_known_by_its_id_and_name(scene: Scene) -> None:
    shop = scene.shop
    assert (shop.remote_id, shop.handle, shop.name) == (scene.account.id, "@teashop", "Teashop")
    assert shop.url == f"{scene.network.address}/www/R/ti/p/@teashop"
    assert (set(shop.secrets), shop.expires_at) == ({"access_token"}, None)


async def test_a_premium_id_is_the_name_that_people_know(scene: Scene) -> None:
    scene.account.premium_id = "@alices-tea"
    assert (await scene.check()).handle == "@alices-tea"


async def test_a_token_copied_with_spaces_is_taken(scene: Scene) -> None:
    token = scene.shop.secrets["access_token"]
    assert (await by_token(scene, f"  {token}\u200b\n")).secrets == {"access_token": token}


@pytest.mark.parametrize("token", ["", "wrong", "權杖"])
async def test_a_token_that_is_none_is_said_at_its_field(scene: Scene, token: str) -> None:
    with pytest.raises(Refused, match="does not take this channel access token") as caught:
        await by_token(scene, token)
    assert caught.value.field == "access_token"


async def test_keys_of_a_channel_give_a_token_of_thirty_days(scene: Scene) -> None:
    account = await by_keys(scene)
    assert account.expires_at is not None
    assert timedelta(days=29) < account.expires_at - datetime.now(UTC) <= timedelta(days=30)
    assert account.remote_id == scene.shop.remote_id
    published = await scene.at(account).post(draft("茶"))
    assert [each.id for each in scene.sent] == [published.remote_id]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"channel_id": "@teashop"}, "channel_id"), ({"channel_secret": "wrong"}, "channel_secret")],
)
async def test_wrong_keys_are_said_at_their_field(scene: Scene, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as caught:
        await by_keys(scene, **changes)
    assert caught.value.field == field


async def test_digits_of_a_chinese_keyboard_are_digits(scene: Scene) -> None:
    wide = scene.account.channel.translate({ord(str(each)): chr(0xFF10 + each) for each in range(10)})
    assert (await by_keys(scene, channel_id=wide)).secrets["channel_id"] == scene.account.channel


async def test_a_dead_token_of_known_keys_is_fetched_anew(scene: Scene) -> None:
    account = await by_keys(scene)
    scene.network.pretend.revoke("teashop")
    with pytest.raises(KeyExpired):
        await scene.at(account).check()
    fresh = await scene.signs_in.refresh(scene.http, account)
    assert fresh.secrets["access_token"] != account.secrets["access_token"]
    assert (await scene.at(fresh).check()).secrets == fresh.secrets


async def test_keys_that_were_changed_at_line_end_the_channel(scene: Scene) -> None:
    account = await by_keys(scene)
    scene.account.secret = "another"
    with pytest.raises(SignInAgain, match="no channel with this ID and secret"):
        await scene.signs_in.refresh(scene.http, account)


async def test_a_long_lived_token_is_not_refreshed(scene: Scene) -> None:
    assert await scene.signs_in.refresh(scene.http, scene.shop) == scene.shop


async def test_the_key_of_another_account_is_noticed(scene: Scene) -> None:
    with pytest.raises(SignInAgain, match="another official account"):
        await scene.at(replace(scene.shop, remote_id="U0")).check()


async def test_what_stands_before_line_is_tried_later(scene: Scene) -> None:
    async with gate() as address:
        with pytest.raises(Later):
            await by_token(scene, "any", server=address)
        with pytest.raises(Later):
            await by_keys(scene, server=address)


async def test_a_token_endpoint_that_refuses_without_words_is_tried_later(scene: Scene) -> None:
    async with Stranger() as stranger:
        stranger.says["POST /v2/oauth/accessToken"] = web.Response(status=400, text="no")
        with pytest.raises(Later):
            await by_keys(scene, server=stranger.address)
