"""What the worker does beside publishing: checking channels, and counting how late it is."""

import logging
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.utils import timezone

from hawker.connect.http import Heard
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.connect.values import Account
from hawker.core.channels import actions, queries, rules
from hawker.core.channels.models import Channel, ChannelBudget
from hawker.core.channels.rules import State as ChannelState
from hawker.core.posts import actions as posts
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.lateness import BOUNDS
from hawker.core.publishing.models import Delivery, Lateness
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.secrets import CHECKS_AT_ONCE
from tests.cast import Somebody
from tests.journeys.conftest import Worker

DAY = rules.CHECK_EVERY


def copies(channel: Channel, count: int) -> list[Channel]:
    """As many more accounts, each in the place of the first at its network, with its key: one that renewed
    that would take it from the others."""
    like = Channel.objects.filter(id=channel.id).values().get()
    return [
        Channel.objects.create(**{**like, "id": row_id(), "remote_id": f"other-{place}", "expires_at": None})
        for place in range(count)
    ]


def due(since: timedelta) -> None:
    Channel.objects.update(checked_at=timezone.now() - DAY - since)


def unchecked() -> int:
    return Channel.objects.filter(checked_at__lt=timezone.now() - DAY).count()


def test_every_channel_is_checked_when_its_day_is_over(worker: Worker, shop: list[Channel]) -> None:
    rested = timezone.now() - timedelta(hours=1)
    due(timedelta(minutes=1))
    Channel.objects.filter(id=shop[0].id).update(checked_at=rested)
    worker.start()
    worker.until(lambda: unchecked() == 0)
    assert Channel.objects.get(id=shop[0].id).checked_at == rested


def test_a_check_renews_a_key_while_it_still_lives(worker: Worker, shop: list[Channel]) -> None:
    """Some networks renew no key that has ended, and days may go by without a post."""
    ends = timezone.now() + rules.CHECK_AHEAD - timedelta(hours=1)
    lasting = Channel.objects.exclude(expires_at=None)
    assert lasting.update(expires_at=ends)
    due(timedelta(minutes=1))
    worker.start()
    worker.until(lambda: not Channel.objects.filter(expires_at=ends).exists())
    assert {each.state for each in Channel.objects.all()} == {ChannelState.connected}


def test_a_channel_whose_day_ends_now_need_not_wait_for_the_next_round(
    worker: Worker, shop: list[Channel]
) -> None:
    soon = timezone.now() + timedelta(seconds=2)
    Channel.objects.update(checked_at=soon - DAY)
    worker.start()
    worker.until(lambda: not Channel.objects.filter(checked_at__lt=soon).exists())


def test_a_check_keeps_what_is_left_of_budgets_that_prices_name_and_of_no_others(
    worker: Worker, shop: list[Channel]
) -> None:
    priced = {
        (channel.id, budget.name)
        for channel in shop
        for budget in platforms()[channel.platform].budgets.each
        if budget.priced
    }
    due(timedelta(minutes=1))
    worker.start()
    worker.until(lambda: unchecked() == 0 and ChannelBudget.objects.count() >= len(priced))
    assert priced
    assert set(ChannelBudget.objects.values_list("holder", "name")) == priced


def test_a_check_that_breaks_keeps_none_behind_it_from_their_turn(
    worker: Worker, shop: list[Channel], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {each.id for each in copies(shop[0], 2 * CHECKS_AT_ONCE)}
    keep_facts = actions.keep_facts

    def keep(channel: UUID, platform: Platform, account: Account, heard: list[Heard]) -> None:
        if channel in broken:
            raise IntegrityError("one_channel")
        keep_facts(channel, platform, account, heard)

    monkeypatch.setattr(actions, "keep_facts", keep)
    due(timedelta(minutes=1))
    Channel.objects.filter(id__in=broken).update(checked_at=timezone.now() - DAY - timedelta(hours=5))
    worker.start()
    worker.until(lambda: caplog.messages.count("check.broken") == len(broken))
    others = Channel.objects.exclude(id__in=broken)
    worker.until(lambda: not others.filter(checked_at__lt=timezone.now() - timedelta(hours=1)))


def test_a_channel_that_no_key_opens_keeps_none_behind_it_from_their_turn(
    worker: Worker, shop: list[Channel], sandbox: Sandbox
) -> None:
    broken = copies(shop[0], 2 * CHECKS_AT_ONCE)
    due(timedelta(minutes=1))
    ids = [each.id for each in broken]
    Channel.objects.filter(id__in=ids).update(
        secrets="not a seal", checked_at=timezone.now() - DAY - timedelta(hours=5)
    )
    worker.start()
    worker.until(lambda: Channel.objects.filter(state=ChannelState.needs_sign_in).count() == len(ids))
    worker.until(lambda: not Channel.objects.exclude(id__in=ids).filter(checked_at__lt=timezone.now() - DAY))


def test_a_check_that_meets_a_passing_fault_is_made_again_within_the_hour(
    worker: Worker, shop: list[Channel], sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="hawker.worker")
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.error_before, call="any", status=503, times=100))
    due(timedelta(minutes=1))
    worker.start()
    worker.until(lambda: "check.later" in caplog.text and unchecked() == 0)
    again = queries.next_check()
    assert again is not None
    assert timedelta(minutes=50) < again - timezone.now() <= rules.CHECK_AGAIN
    assert set(Channel.objects.values_list("state", flat=True)) == {"connected"}


def test_how_late_posts_are_is_counted_by_network(
    worker: Worker, alice: Somebody, shop: list[Channel]
) -> None:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    post = posts.write(alice.actor, Writing(text="Tea", language="en", wordings=wordings))
    publishing.schedule(alice.actor, post.id)
    long_ago = timezone.now() - timedelta(minutes=40)
    Delivery.objects.filter(channel=shop[0]).update(due_at=long_ago)
    worker.start()
    sent = Delivery.objects.filter(post=post, state=State.published)
    worker.until(lambda: sent.count() == len(shop))
    worker.stop()
    counted = dict(Lateness.objects.filter(posts__gt=0).values_list("platform", "posts"))
    assert counted == {channel.platform: 1 for channel in shop}
    late = Lateness.objects.get(platform=shop[0].platform, posts=1)
    assert BOUNDS[late.bucket] == 7200
    assert 2400 <= late.seconds < 2500
