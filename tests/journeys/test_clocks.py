"""Clocks that are set, and workers that are held up, on the way of a post."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions, queries, rules
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker import quiet
from hawker.worker.quiet import Quiet
from tests.cast import Somebody
from tests.journeys.conftest import Worker


@pytest.fixture
def post(alice: Somebody, findable: list[Channel]) -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in findable)
    return actions.compose(alice.actor, Writing(text="Fresh bao", language="en", wordings=wordings))


def states() -> set[str]:
    return set(Delivery.objects.values_list("state", flat=True))


def posts_at(sandbox: Sandbox, channels: list[Channel]) -> set[int]:
    return {len(sandbox.networks[each.platform].pretend.published("teashop")) for each in channels}


def test_what_a_clock_that_was_ahead_has_sent_is_found_and_not_sent_again(
    worker: Worker, post: Post, findable: list[Channel], sandbox: Sandbox
) -> None:
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.reset_after))
    worker.start()
    worker.until(lambda: states() == {State.unknown})
    worker.stop()
    Delivery.objects.update(
        state=State.unknown, sent_at=timezone.now() + timedelta(hours=5), look_at=timezone.now()
    )
    worker.start()
    worker.until(lambda: states() == {State.published})
    assert posts_at(sandbox, findable) == {1}
    assert set(Delivery.objects.values_list("attempt", flat=True)) == {1}


def test_a_worker_that_was_held_up_after_its_intent_does_not_send(
    monkeypatch: pytest.MonkeyPatch,
    worker: Worker,
    post: Post,
    findable: list[Channel],
    sandbox: Sandbox,
) -> None:
    with monkeypatch.context() as held_up:
        held_up.setattr(rules, "SEND_WITHIN", timedelta(seconds=-1))
        worker.start()
        worker.until(lambda: set(Delivery.objects.values_list("tries", flat=True)) == {1})
        worker.stop()
    assert all(queries.reason_of(row) == rules.STALLED for row in Delivery.objects.all())
    assert posts_at(sandbox, findable) == {0}
    Delivery.objects.update(look_at=timezone.now())
    worker.start()
    worker.until(lambda: states() == {State.published})
    assert posts_at(sandbox, findable) == {1}


def test_quiet_is_counted_for_each_attempt_by_a_clock_that_is_never_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds, counted, delivery = [100.0], Quiet(), Delivery().id
    monkeypatch.setattr("hawker.worker.quiet.time.monotonic", lambda: seconds[0])
    assert counted.of(delivery, 1) == timedelta(0)
    seconds[0] += 12
    assert counted.of(delivery, 1) == timedelta(seconds=12)
    assert counted.of(delivery, 2) == timedelta(0)
    seconds[0] += 2 * quiet.FORGOTTEN_AFTER
    assert counted.of(delivery, 1) == timedelta(0)
