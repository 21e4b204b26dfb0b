"""Keys that end, and that only their owner can replace: she is told while they still open."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import KEY_WARNING, State
from hawker.core.notices import queries, telling
from hawker.core.notices.rules import Kind
from hawker.core.seal import seal
from tests.cast import Somebody
from tests.notices.scene import letters_of, seen, unread


@pytest.fixture
def lasting(one: list[Channel], monkeypatch: pytest.MonkeyPatch) -> Channel:
    """A channel whose key has a week to live, at a network that renews those alone that say so."""
    (channel,) = one
    known = platforms()[channel.platform]
    found = replace(known, renews=lambda account: "refresh_token" in account.secrets)
    monkeypatch.setitem(platforms(), channel.platform, found)
    ends(channel, timezone.now() + timedelta(days=7))
    return channel


def ends(channel: Channel, at: datetime, **secrets: str) -> None:
    Channel.objects.exclude(id=channel.id).update(expires_at=None)
    Channel.objects.filter(id=channel.id).update(expires_at=at, secrets=seal({"key": "k", **secrets}))


def test_who_manages_channels_is_told_of_the_day_once(
    alice: Somebody, bob: Somebody, anna: Somebody, lasting: Channel
) -> None:
    now = timezone.now()
    assert [telling.tell_of_keys(now), telling.tell_of_keys(now)] == [1, 0]
    (item,) = seen(alice)
    assert (item.kind, item.stands, item.unread) == (Kind.key_ends, True, True)
    assert (now + timedelta(days=7)).date().isoformat() in str(item.headline)
    assert lasting.name in str(item.headline)
    assert letters_of(alice) == ["waiting"]
    assert [seen(each) for each in (bob, anna)] == [[], []]


def test_an_end_that_the_network_tells_by_seconds_otherwise_is_the_same(
    alice: Somebody, lasting: Channel
) -> None:
    telling.tell_of_keys(timezone.now())
    ends(lasting, timezone.now() + timedelta(days=7, seconds=2))
    assert telling.tell_of_keys(timezone.now()) == 0
    assert [item.stands for item in seen(alice)] == [True]


def test_another_sign_in_settles_it_and_its_end_is_told_again(alice: Somebody, lasting: Channel) -> None:
    now = timezone.now()
    telling.tell_of_keys(now)
    ends(lasting, now + timedelta(days=60))
    assert [item.stands for item in seen(alice)] == [False]
    assert unread(alice) == 0
    assert telling.tell_of_keys(now + timedelta(days=49)) == 0
    assert telling.tell_of_keys(now + timedelta(days=51)) == 1


@pytest.mark.parametrize("left", [KEY_WARNING + timedelta(minutes=1), timedelta(0), -timedelta(days=1)])
def test_what_ends_much_later_or_has_ended_is_not_announced(lasting: Channel, left: timedelta) -> None:
    now = timezone.now()
    ends(lasting, now + left)
    assert telling.tell_of_keys(now) == 0


def test_keys_that_hawker_renews_are_not_told_of(lasting: Channel) -> None:
    ends(lasting, timezone.now() + timedelta(days=7), refresh_token="r")
    assert telling.tell_of_keys(timezone.now()) == 0


@pytest.mark.parametrize("state", [State.needs_sign_in, State.removed])
def test_a_channel_that_does_not_work_is_not_told_of(alice: Somebody, lasting: Channel, state: State) -> None:
    Channel.objects.update(state=state)
    assert telling.tell_of_keys(timezone.now()) == 0


def test_a_key_that_nobody_can_unseal_is_left_to_the_check(lasting: Channel) -> None:
    Channel.objects.filter(id=lasting.id).update(secrets="odd")
    assert telling.tell_of_keys(timezone.now()) == 0


def test_a_key_that_has_ended_is_told_as_such_instead(alice: Somebody, lasting: Channel) -> None:
    now = timezone.now()
    telling.tell_of_keys(now)
    Channel.objects.filter(id=lasting.id).update(state=State.needs_sign_in, signed_out_at=now)
    telling.tell(now)
    assert {item.kind: item.stands for item in queries.notices(alice.actor)} == {
        Kind.signed_out: True,
        Kind.key_ends: False,
    }
