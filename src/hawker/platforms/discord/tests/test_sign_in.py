"""Connecting a channel: what owners type, and what they are told where it cannot be."""

import logging
from dataclasses import replace

import pytest

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.platforms.discord import PLATFORM
from hawker.platforms.discord.tests.scene import Scene
from hawker.platforms.discord.typed import read_typed
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.strangers import gate

KEY = "123456789012345678/AbC-dEf_0123456789AbC-dEf_0123456789"
ADDRESS = f"https://discord.com/api/webhooks/{KEY}"


async def refused(scene: Scene, **changes: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        await scene.sign_in(**changes)
    return caught.value.field, str(caught.value)


async def test_the_account_is_the_channel_under_the_name_its_owner_gave(scene: Scene) -> None:
    shop, channel = scene.shop, scene.channel
    assert (shop.remote_id, shop.handle, shop.name) == (str(channel.id), "#teashop", "Teashop")
    assert shop.url == f"{scene.network.address}/channels/{channel.guild}/{channel.id}"
    assert shop.expires_at is None


@pytest.mark.parametrize("typed", [" ", "#", "\u200b"])
async def test_without_a_name_of_its_own_a_channel_goes_by_its_webhooks(scene: Scene, typed: str) -> None:
    account = await scene.sign_in(channel=typed)
    assert account.handle == "Teashop"
    scene.channel.hook_name = "Tea House"
    fresh = await PLATFORM.signs_in.check(scene.http, account)
    assert (fresh.handle, fresh.name) == ("Tea House", "Tea House")
    assert (await scene.check()).handle == "#teashop"


@pytest.mark.parametrize(
    "typed",
    [
        ADDRESS,
        f"  {ADDRESS}/\u200e",
        f"discord.com/api/webhooks/{KEY}",
        f"http://discord.com/api/webhooks/{KEY}",
        f"https://discordapp.com/api/webhooks/{KEY}",
        f"https://ptb.discord.com/api/v10/webhooks/{KEY}",
        f"{ADDRESS}/slack",
    ],
)
def test_an_address_may_be_typed_in_many_ways(typed: str) -> None:
    read = read_typed({"webhook": typed, "channel": "＃新品 "})
    assert (read.server, read.site) == ("https://discord.com/api/v10", "https://discord.com")
    assert (read.key, read.channel) == (KEY, "#新品")


def test_another_server_than_discords_is_left_as_it_is() -> None:
    read = read_typed({"webhook": f"http://tea.example:8080/play/api/webhooks/{KEY}"})
    assert (read.server, read.site) == (
        "http://tea.example:8080/play/api/v10",
        "http://tea.example:8080/play",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://discord.com/channels/1/2",
        "https://discord.com/api/webhooks/123456789012345678",
        f"{ADDRESS}?thread_id=1",
        f"https://discord.com@evil.example/api/webhooks/{KEY}",
        f"https://discord.com/api/webhooks/{KEY}/../../users",
    ],
)
async def test_what_is_no_webhooks_address_is_refused_and_not_repeated(scene: Scene, typed: str) -> None:
    field, sentence = await refused(scene, webhook=typed)
    assert field == "webhook"
    assert "Copy Webhook URL" in sentence
    assert KEY not in sentence


async def test_a_wrong_token_and_an_unknown_webhook_connect_nothing(scene: Scene) -> None:
    for wrong in (f"{scene.address}x", scene.address.replace(str(scene.channel.webhook), "12345")):
        field, sentence = await refused(scene, webhook=wrong)
        assert field == "webhook"
        assert "Discord no longer takes this webhook" in sentence


@pytest.mark.parametrize("kind", [2, 3])
async def test_a_webhook_that_takes_no_posts_connects_nothing(scene: Scene, kind: int) -> None:
    scene.channel.hook_type = kind
    assert "takes no posts" in (await refused(scene))[1]


async def test_another_webhook_in_the_same_channel_is_the_same_account(scene: Scene) -> None:
    scene.channel.webhook, scene.channel.token = 987654321, "another-token-of-another-webhook"
    fresh = await scene.sign_in()
    assert replace(fresh, secrets=scene.shop.secrets) == scene.shop
    assert fresh.secrets != scene.shop.secrets


async def test_a_webhook_that_was_moved_must_be_connected_anew(scene: Scene) -> None:
    before, channel = scene.shop, scene.channel
    channel.id += 100
    with pytest.raises(SignInAgain) as caught:
        await PLATFORM.signs_in.check(scene.http, before)
    assert "given to another channel" in str(caught.value)


@pytest.mark.parametrize("closed", [True, False], ids=["deleted", "new-token"])
async def test_a_dead_webhook_is_explained(scene: Scene, closed: bool) -> None:
    if closed:
        scene.channel.closed = True
    else:
        scene.network.pretend.revoke("teashop")
    with pytest.raises(SignInAgain) as caught:
        await scene.check()
    assert "Make another in the channel's settings" in str(caught.value)
    assert caught.value.code == ("10015" if closed else "50027")


@pytest.mark.parametrize("status", [200, 403, 404])
async def test_a_gate_in_between_does_not_kill_a_channel(scene: Scene, status: int) -> None:
    async with gate(status) as server:
        with pytest.raises(Later) as caught:
            await PLATFORM.signs_in.check(scene.http, replace(scene.shop, server=server))
        field, sentence = await refused(scene, webhook=f"{server}/api/webhooks/{KEY}")
    assert "was not Discord" in str(caught.value)
    assert (field, "No Discord answers" in sentence) == ("webhook", True)


async def test_an_address_inside_this_network_is_refused(scene: Scene) -> None:
    async with Http(allow_private=False) as guarded:
        with pytest.raises(Refused) as caught:
            await PLATFORM.signs_in.sign_in(guarded, "webhook", scene.fields())
    assert caught.value.field == "webhook"


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.delay_after, Kind.error_before, Kind.limited])
async def test_no_fault_tells_the_address(scene: Scene, kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    scene.network.faults.add(Fault(kind=kind, call="any", times=2, seconds=0.5))
    async with Http(allow_private=True, answer_seconds=0.2) as hasty:
        try:
            await PLATFORM.signs_in.check(hasty, scene.shop)
        except Later:
            logging.getLogger(__name__).exception("told with all that led to it")
    number, token = scene.shop.secrets["key"].split("/")
    assert "told with all that led to it" in caplog.text
    assert not [secret for secret in (number, token) if secret in caplog.text]
    assert "/discord/api/v10/webhooks/***" in caplog.text
