"""The list of channels, checking and removing them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.connect.budgets import Scope
from hawker.connect.registry import platform
from hawker.core.channels.models import Channel, ChannelBudget
from hawker.core.channels.rules import State
from hawker.core.people.rules import Role
from hawker.core.rows import row_id
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.cast import Somebody, colleague, visitor


def copies(channel: Channel, number: int) -> None:
    like = Channel.objects.filter(id=channel.id).values().get()
    for place in range(number):
        Channel.objects.create(**{**like, "id": row_id(), "remote_id": f"other-{place}"})


def test_the_list_shows_each_channel_and_what_to_do_with_it(alice: Somebody, shop: list[Channel]) -> None:
    page = visitor(alice).get("/channels/").content.decode()
    for channel in shop:
        assert channel.handle in page
        assert f"/channels/{channel.id}/check" in page
        assert f"/channels/{channel.id}/remove" in page


def test_three_channels_cost_as_many_queries_as_one(alice: Somebody, shop: list[Channel]) -> None:
    Channel.objects.exclude(id=shop[0].id).delete()
    client, counted = visitor(alice), []
    for more in (0, 2):
        copies(shop[0], more)
        with CaptureQueriesContext(connection) as queries:
            client.get("/channels/")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8


def test_without_channels_the_page_says_what_to_do(alice: Somebody) -> None:
    page = visitor(alice).get("/channels/").content.decode()
    assert "No channel yet" in page
    assert 'href="/channels/add"' in page


def test_an_editor_sees_channels_but_cannot_change_them(bob: Somebody, shop: list[Channel]) -> None:
    client = visitor(bob)
    page = client.get("/channels/").content.decode()
    assert shop[0].handle in page
    assert "/remove" not in page
    assert client.get("/channels/add").status_code == 403
    assert client.post(f"/channels/{shop[0].id}/check").status_code == 403
    assert client.post(f"/channels/{shop[0].id}/remove").status_code == 403
    assert Channel.objects.filter(state=State.connected).count() == len(shop)


def test_a_channel_that_works_is_said_to_work(alice: Somebody, shop: list[Channel]) -> None:
    page = visitor(alice).post(f"/channels/{shop[0].id}/check", follow=True).content.decode()
    assert f"{shop[0].name} works." in page


def test_a_dead_key_is_said_and_the_list_offers_to_sign_in_again(
    alice: Somebody, shop: list[Channel], every_network: Sandbox
) -> None:
    channel = shop[0]
    every_network.networks[channel.platform].pretend.revoke("teashop")
    page = visitor(alice).post(f"/channels/{channel.id}/check", follow=True).content.decode()
    assert f"/channels/{channel.id}/again" in page
    channel.refresh_from_db()
    assert channel.state == State.needs_sign_in


def test_a_network_with_a_fault_is_said_and_the_channel_stays_connected(
    alice: Somebody, shop: list[Channel], every_network: Sandbox
) -> None:
    every_network.networks[shop[0].platform].faults.add(Fault(kind=Kind.error_before, call="any", times=9))
    page = visitor(alice).post(f"/channels/{shop[0].id}/check", follow=True).content.decode()
    assert "has a fault just now" in page
    shop[0].refresh_from_db()
    assert shop[0].state == State.connected


def test_removing_asks_first_and_then_forgets_the_channel(alice: Somebody, shop: list[Channel]) -> None:
    client = visitor(alice)
    question = client.get(f"/channels/{shop[0].id}/remove").content.decode()
    assert shop[0].handle in question
    page = client.post(f"/channels/{shop[0].id}/remove", follow=True).content.decode()
    assert f"{shop[0].name} is removed." in page
    assert f"/channels/{shop[0].id}/" not in page


@pytest.mark.parametrize("what", ["check", "again", "remove"])
def test_a_stranger_finds_no_channel(charlie: Somebody, shop: list[Channel], what: str) -> None:
    address = f"/channels/{shop[0].id}/{what}"
    client = visitor(charlie)
    answer = client.get(address) if what == "again" else client.post(address)
    assert answer.status_code == 404


def test_a_manager_may_remove_channels(alice: Somebody, shop: list[Channel]) -> None:
    client = visitor(colleague(alice, "Mona", Role.manager))
    assert client.post(f"/channels/{shop[0].id}/remove").status_code == 302


def ration(channel: Channel, left: int) -> None:
    """So much is left of the first budget of the channel's network."""
    budget = next(each for each in platform(channel.platform).budgets.each if each.scope is Scope.channel)
    ChannelBudget.objects.create(
        workspace_id=channel.workspace_id,
        holder=channel.id,
        name=budget.name,
        left=left,
        limit=budget.limit,
        resets_at=timezone.now() + timedelta(minutes=4),
        learnt_at=timezone.now(),
    )


def test_a_channel_shows_what_its_network_still_takes(alice: Somebody, shop: list[Channel]) -> None:
    limited = next(each for each in shop if platform(each.platform).budgets.each)
    ration(limited, 17)
    page = visitor(alice).get("/channels/").content.decode()
    assert "17 of " in page
    assert page.count("<meter") == 1
    ChannelBudget.objects.update(resets_at=timezone.now())
    assert "<meter" not in visitor(alice).get("/channels/").content.decode()


def test_budgets_of_three_channels_cost_as_many_queries_as_those_of_one(
    alice: Somebody, shop: list[Channel]
) -> None:
    limited = next(each for each in shop if platform(each.platform).budgets.each)
    Channel.objects.exclude(id=limited.id).delete()
    client, counted = visitor(alice), []
    for more in (0, 2):
        copies(limited, more)
        ChannelBudget.objects.all().delete()
        for each in Channel.objects.all():
            ration(each, 17)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/channels/").content.decode().count("<meter") == 1 + more
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8
