"""The sweep on real rows: nothing stays where no worker and no rule would look at it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions, queries, sweeping
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.web.posts.words import of_delivery
from tests.cast import Somebody

HOURS = timedelta(hours=5)


@pytest.fixture
def channel(shop: list[Channel]) -> Channel:
    return shop[0]


@pytest.fixture
def post(alice: Somebody, channel: Channel) -> Post:
    writing = Writing(
        text="Fresh bao", language="en", first_comment="Until eight.", wordings=(Wording(channel=channel.id),)
    )
    return actions.compose(alice.actor, writing)


def leader(post: Post, **changes: object) -> Delivery:
    """The post's own delivery, after it was changed so."""
    Delivery.objects.filter(post=post, part=0).update(**changes)
    return Delivery.objects.get(post=post, part=0)


def comment(post: Post) -> Delivery:
    return Delivery.objects.get(post=post, part=1)


def test_a_lease_that_a_clock_ahead_has_given_is_over(post: Post) -> None:
    now = timezone.now()
    leader(post, state=State.sending, lease_token=row_id(), lease_until=now + HOURS)
    sweeping.sweep(now)
    found = leader(post)
    assert (found.state, found.lease_token) == (State.unknown, None)
    assert found.look_at is not None
    assert found.look_at <= now


def test_a_lease_that_is_renewed_in_time_stays(post: Post) -> None:
    now = timezone.now()
    leader(post, state=State.sending, lease_token=row_id(), lease_until=now + timedelta(seconds=30))
    sweeping.sweep(now)
    assert leader(post).state == State.sending


@pytest.mark.parametrize(("tries", "taken_back"), [(2, True), (0, False)])
def test_a_time_that_hawker_chose_by_a_clock_ahead_is_taken_back(
    post: Post, tries: int, taken_back: bool
) -> None:
    now = timezone.now()
    leader(post, look_at=now + HOURS, tries=tries)
    sweeping.sweep(now)
    assert leader(post).look_at == (now if taken_back else now + HOURS)


def test_what_a_clock_ahead_called_late_waits_for_its_time(post: Post) -> None:
    now = timezone.now()
    leader(post, state=State.late, due_at=now + HOURS, look_at=None)
    sweeping.sweep(now)
    found = leader(post)
    assert (found.state, found.look_at) == (State.scheduled, now + HOURS)


def test_a_comment_that_missed_the_call_of_its_post_is_called(post: Post) -> None:
    now = timezone.now()
    leader(post, state=State.published, remote_id="1", look_at=None)
    sweeping.sweep(now)
    assert comment(post).look_at == now


@pytest.mark.parametrize("state", [State.cancelled, State.removed])
def test_a_comment_whose_post_is_no_more_is_cancelled(post: Post, state: State) -> None:
    leader(post, state=state, look_at=None)
    sweeping.sweep(timezone.now())
    assert comment(post).state == State.cancelled


def test_a_comment_waits_while_its_post_can_still_go_out(post: Post) -> None:
    leader(post, state=State.failed, look_at=None)
    sweeping.sweep(timezone.now())
    found = comment(post)
    assert (found.state, found.look_at) == (State.scheduled, None)


def test_what_is_lost_on_a_channel_that_needs_its_owner_asks_for_her(
    alice: Somebody, post: Post, channel: Channel
) -> None:
    channels.mark_signed_out(channel.id)
    lost = leader(post, state=State.unknown, look_at=timezone.now())
    assert str(of_delivery(lost, timezone.now()).label) == "Waits for your sign-in"
    assert queries.shelf_sizes(alice.actor)[queries.Shelf.attention] == 1


def test_a_removed_channels_lost_post_is_looked_for_once_it_is_connected_again(
    alice: Somebody, post: Post, channel: Channel
) -> None:
    now = timezone.now()
    leader(post, state=State.unknown, look_at=now)
    channels.remove(alice.actor, channel.id)
    sweeping.sweep(now)
    asked = leader(post)
    assert queries.is_asked(asked)
    assert not queries.due(now).exists()
    Channel.objects.update(state="connected")
    assert list(queries.due(now)) == [asked]


def test_a_refresh_lock_that_a_clock_ahead_has_closed_opens(channel: Channel) -> None:
    now = timezone.now()
    assert channels.lock_refresh(channel.id, now + HOURS)
    assert channels.lock_refresh(channel.id, now)
    assert not channels.lock_refresh(channel.id, now)


def test_a_beat_of_a_clock_ahead_is_no_sign_of_life(db: None) -> None:
    now = timezone.now()
    Heartbeat.objects.create(worker="gone", beat_at=now + HOURS)
    assert not queries.pulse(now).alive
    Heartbeat.objects.create(worker="here", beat_at=now)
    assert queries.pulse(now).alive
