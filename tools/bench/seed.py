"""Rows of a combination, written in bulk: businesses, channels, posts and their deliveries."""

import random
import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from datetime import time as time_of_day

from django.utils import timezone

from hawker.connect.registry import platform
from hawker.core.channels import rules
from hawker.core.channels.models import Channel
from hawker.core.people import clock
from hawker.core.people.models import Workspace
from hawker.core.posts.models import Post, Variant
from hawker.core.publishing.models import Delivery, shard_of
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.core.seal import seal
from tools.bench.calls import LANGUAGE, Call, measured, token, warm_up
from tools.bench.combination import Combination

NETWORK = "mastodon"  # the network whose call PATH and answer.json are
BATCH = 500
PATIENCE_SECONDS = 60


def sow(combination: Combination, address: str) -> datetime:
    """Posts of the warm-up are due at once, the measured ones at the instant that this gives."""
    now = timezone.now()
    held_until = now + timedelta(days=1)
    channels = _channels(combination, address, now)
    _deliveries(channels, warm_up(combination), now)
    _deliveries(channels, measured(combination), held_until)
    return held_until


def plan(
    combination: Combination, address: str, begin: datetime, length: timedelta, checks: int
) -> dict[str, float]:
    """Posts at any time of `length`, and channels of which as many fall due to be checked, evenly. Gives
    when each key is due (Unix time)."""
    channels = _channels(replace(combination, posts=checks), address, begin)
    for number, channel in enumerate(channels):
        channel.checked_at = begin + length * (number / checks) - rules.CHECK_EVERY
    Channel.objects.bulk_update(channels, ["checked_at"], batch_size=BATCH)
    chance = random.Random(1)
    for call in measured(combination):
        _deliveries(channels, [call], begin + length * chance.random())
    due = Delivery.objects.values_list("key", "due_at")
    return {str(key): due_at.timestamp() for key, due_at in due}


def release(held_until: datetime, due_at: datetime) -> None:
    """Makes all measured posts due at one instant."""
    Delivery.objects.filter(due_at=held_until).update(due_at=due_at, look_at=due_at)


def wait_until_published(count: int) -> None:
    """Until so many rows say so. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE_SECONDS
    while (found := Delivery.objects.filter(state=State.published).count()) < count:
        if time.monotonic() > end:
            raise TimeoutError(f"{found} of {count} rows were published within {PATIENCE_SECONDS} s")
        time.sleep(0.1)


def _channels(combination: Combination, address: str, now: datetime) -> list[Channel]:
    """A `shop` is one business; whoever is `hosted` has a business of their own."""
    count = 1 if combination.shape == "shop" else combination.channels
    # As on any day: nobody is to be told of the week just now.
    told = clock.monday(now, "Asia/Taipei", time_of_day(9)).date()
    businesses = [Workspace(name=f"Business {number}", week_told=told) for number in range(count)]
    Workspace.objects.bulk_create(businesses, batch_size=BATCH)
    limits = asdict(platform(NETWORK).limits)
    rows = [
        Channel(
            workspace=businesses[number % count],
            platform=NETWORK,
            remote_id=str(number),
            handle=f"@shop{number}@tea.example",
            name=f"Shop {number}",
            server=address,
            site=address,
            url=f"{address}/@shop{number}",
            secrets=seal({"token": token(number)}),
            limits=limits,
            checked_at=now,
            connected_at=now,
        )
        for number in range(combination.channels)
    ]
    return Channel.objects.bulk_create(rows, batch_size=BATCH)


def _deliveries(channels: list[Channel], calls: Iterable[Call], due_at: datetime) -> None:
    pairs = [(call, channels[call.channel]) for call in calls]
    posts = [
        Post(workspace_id=channel.workspace_id, text=call.text, language=LANGUAGE, planned_at=due_at)
        for call, channel in pairs
    ]
    Post.objects.bulk_create(posts, batch_size=BATCH)
    rows = [(post, channel) for post, (_, channel) in zip(posts, pairs, strict=True)]
    Variant.objects.bulk_create(
        (Variant(workspace_id=post.workspace_id, post=post, channel=channel) for post, channel in rows),
        batch_size=BATCH,
    )
    Delivery.objects.bulk_create(
        (_delivery(post, channel, due_at) for post, channel in rows), batch_size=BATCH
    )


def _delivery(post: Post, channel: Channel, due_at: datetime) -> Delivery:
    return Delivery(
        workspace_id=post.workspace_id,
        post=post,
        channel=channel,
        shard=shard_of(channel.id),
        due_at=due_at,
        look_at=due_at,
        key=row_id(),
    )
