"""Connecting a channel: what owners type, and what they are told where it cannot be."""

import logging
from dataclasses import replace

import pytest

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.platforms.telegram import PLATFORM
from hawker.platforms.telegram.tests.scene import Scene
from hawker.platforms.telegram.typed import read_typed
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.strangers import gate

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake0"


async def refused(scene: Scene, **changes: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        await scene.sign_in(**changes)
    return caught.value.field, str(caught.value)


async def test_the_account_is_the_channel_and_not_the_bot(scene: Scene) -> None:
    shop, site = scene.shop, f"{scene.network.address}/t.me"
    assert (shop.remote_id, shop.handle, shop.name) == (str(scene.channel.id), "@teashop", "Teashop")
    assert (shop.site, shop.url) == (site, f"{site}/teashop")
    assert shop.expires_at is None


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ("@myshop", "@myshop"),
        (" myshop ", "@myshop"),
        ("＠myshop", "@myshop"),
        ("https://t.me/myshop", "@myshop"),
        ("t.me/s/myshop/12", "@myshop"),
        ("https://t.me/c/1234567890/5", "-1001234567890"),
        ("-1001234567890", "-1001234567890"),
    ],
)
def test_a_channel_may_be_typed_in_many_ways(typed: str, channel: str) -> None:
    read = read_typed({"channel": typed, "token": f"\u200e{TOKEN} "})
    assert (read.channel, read.token) == (channel, TOKEN)
    assert (read.server, read.site) == ("https://api.telegram.org", "https://t.me")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("channel", "", "is not the name of a channel"),
        ("channel", "我的店", "is not the name of a channel"),
        ("channel", "https://t.me/+AbCdEf", "Copy the link of one of the channel"),
        ("channel", "t.me/joinchat/AbCdEf", "Copy the link of one of the channel"),
        ("token", "", "copy all of it"),
        ("token", "123456789:AAF/../getMe?x", "copy all of it"),
        ("server", "http://", "is not a web address"),
        ("site", "a b", "is not a web address"),
    ],
)
async def test_what_cannot_be_meant_is_refused_at_its_field(
    scene: Scene, field: str, typed: str, told: str
) -> None:
    where, sentence = await refused(scene, **{field: typed or " "})
    assert where == field
    assert told in sentence


async def test_an_unknown_token_and_an_unknown_channel_are_told_apart(scene: Scene) -> None:
    assert await refused(scene, token=TOKEN) == (
        "token",
        "Telegram knows no bot with this token. Copy it again, or ask @BotFather for another (/token).",
    )
    field, sentence = await refused(scene, channel="@nobody_here")
    assert field == "channel"
    assert "Telegram knows no such channel" in sentence


@pytest.mark.parametrize(("status", "may_post"), [("administrator", False), ("member", True), ("left", True)])
async def test_a_bot_that_may_not_post_connects_nothing(scene: Scene, status: str, may_post: bool) -> None:
    scene.channel.status, scene.channel.may_post = status, may_post
    field, sentence = await refused(scene)
    assert field == "channel"
    assert "add the bot with the right to post messages" in sentence


async def test_the_bot_of_another_channel_connects_nothing(scene: Scene) -> None:
    _, other = scene.network.pretend.account("bakery")
    assert (await refused(scene, token=other["token"]))[0] == "channel"


async def test_a_group_is_not_a_channel(scene: Scene) -> None:
    scene.channel.kind = "supergroup"
    field, sentence = await refused(scene)
    assert field == "channel"
    assert "Name a channel" in sentence


async def test_a_private_channel_goes_by_its_number(scene: Scene) -> None:
    channel = scene.channel
    channel.username = ""
    private = await scene.check()
    number = str(channel.id).removeprefix("-100")
    assert (private.handle, private.url) == ("Teashop", f"{scene.shop.site}/c/{number}")
    fields = {
        "channel": f"https://t.me/c/{number}/7",
        "token": scene.shop.secrets["token"],
        "server": scene.network.address,
        "site": scene.shop.site,
    }
    assert await PLATFORM.signs_in.sign_in(scene.http, "bot", fields) == private
    _, bakery = scene.network.pretend.account("bakery")
    with pytest.raises(Refused) as caught:
        await PLATFORM.signs_in.sign_in(scene.http, "bot", {**fields, "token": bakery["token"]})
    assert caught.value.field == "channel"


async def test_a_channel_that_changed_its_names_stays_the_same_channel(scene: Scene) -> None:
    channel = scene.channel
    channel.username, channel.title = "teahouse", "Tea House"
    fresh = await PLATFORM.signs_in.refresh(scene.http, scene.shop)
    assert (fresh.remote_id, fresh.handle, fresh.name) == (scene.shop.remote_id, "@teahouse", "Tea House")


async def test_a_bot_that_was_thrown_out_must_be_let_in_again(scene: Scene) -> None:
    scene.channel.status = "kicked"
    with pytest.raises(SignInAgain) as caught:
        await scene.check()
    assert "add the bot with the right to post messages" in str(caught.value)


async def test_a_token_that_was_taken_back_is_dead(scene: Scene) -> None:
    scene.network.pretend.revoke("teashop")
    with pytest.raises(SignInAgain) as caught:
        await scene.check()
    assert "Ask @BotFather for a valid one" in str(caught.value)
    assert caught.value.code == "401"


@pytest.mark.parametrize("status", [200, 403, 404])
async def test_a_gate_in_between_does_not_kill_a_channel(scene: Scene, status: int) -> None:
    async with gate(status) as server:
        with pytest.raises(Later) as caught:
            await PLATFORM.signs_in.check(scene.http, replace(scene.shop, server=server))
    assert "was not Telegram" in str(caught.value)


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.delay_after, Kind.error_before, Kind.limited])
async def test_no_fault_tells_the_token(scene: Scene, kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    scene.network.faults.add(Fault(kind=kind, call="any", times=2, seconds=0.5))
    async with Http(allow_private=True, answer_seconds=0.2) as hasty:
        try:
            await PLATFORM.signs_in.check(hasty, scene.shop)
        except Later:
            logging.getLogger(__name__).exception("told with all that led to it")
    assert "told with all that led to it" in caplog.text
    assert scene.shop.secrets["token"] not in caplog.text
    assert "/telegram/bot***/getMe" in caplog.text


async def test_no_sentence_tells_the_token(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await PLATFORM.signs_in.check(scene.http, replace(scene.shop, server="http://:x"))
    assert scene.shop.secrets["token"] not in str(caught.value)
    assert "***" in str(caught.value)
