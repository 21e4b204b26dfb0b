"""Messages on their way: counted at the network, not in Hawker's tables."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.contacts.models import ContactList
from hawker.core.posts.models import Post
from hawker.core.publishing import actions, queries, rules, sweeping
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Reason, State
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.hearing import hear
from tests.audience.conftest import HANDLE, Network
from tests.audience.test_messages import letter, states
from tests.cast import Somebody
from tests.herald import wire
from tests.herald.sandbox import PretendHerald
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]
EVERYBODY = [f"88691200000{each}" for each in range(1, 5)]


@pytest.fixture
def post(worker: Worker, alice: Somebody, channel: Channel, regulars: ContactList) -> Post:
    """Is to go out now; the worker is not at work yet."""
    return actions.compose(alice.actor, letter(channel, regulars))


def sent(post: Post, pretend: PretendHerald) -> list[tuple[str, str]]:
    """The id at the network and the key of each message that it took."""
    messages = pretend._open(HANDLE).messages
    return [(number, key) for number, (_, _, key) in messages.items()]


def why_unknown() -> Reason | None:
    return queries.reason_of(Delivery.objects.get(state=State.unknown))


def test_everybody_who_agreed_gets_it_once(worker: Worker, post: Post, pretend: PretendHerald) -> None:
    worker.start()
    worker.until(lambda: states(post) == ["published"] * 4)
    worker.stop()
    assert pretend.sent_to(HANDLE) == EVERYBODY
    assert set(sent(post, pretend)) == {
        (row.remote_id, str(row.key)) for row in Delivery.objects.filter(post=post)
    }


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after])
def test_a_lost_answer_is_settled_by_what_the_network_tells(
    worker: Worker, post: Post, network: Network, every_network: Sandbox, kind: Kind
) -> None:
    every_network.networks["herald"].faults.add(Fault(kind=kind, call="send", times=1))
    worker.start()
    worker.until(lambda: states(post) == ["published"] * 3 + ["unknown"])
    worker.until(lambda: why_unknown() == rules.LISTENING)
    lost = Delivery.objects.select_related("channel").get(state=State.unknown)
    number = next(number for number, key in sent(post, network.pretend) if key == str(lost.key))
    assert not queries.is_asked(lost)
    network.tell(wire.receipt(lost.channel.remote_id, number, "delivered", key=str(lost.key)))
    worker.until(lambda: states(post) == ["published"] * 4)
    worker.stop()
    lost.refresh_from_db()
    assert (lost.remote_id, lost.stage) == (number, "delivered")
    assert sorted(network.pretend.sent_to(HANDLE)) == EVERYBODY


def test_a_lost_answer_of_which_the_network_tells_nothing_ends_with_its_owner(
    worker: Worker, post: Post, channel: Channel, every_network: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "HEAR_WITHIN", timedelta(seconds=1))
    every_network.networks["herald"].faults.add(Fault(kind=Kind.reset_before, call="send", times=1))
    worker.start()
    worker.until(lambda: states(post) == ["published"] * 3 + ["unknown"])
    worker.until(lambda: queries.is_asked(Delivery.objects.get(state=State.unknown)))
    worker.stop()


@pytest.fixture
def published(worker: Worker, post: Post, pretend: PretendHerald) -> Delivery:
    """One of the four, all of which are out."""
    worker.start()
    worker.until(lambda: states(post) == ["published"] * 4)
    worker.stop()
    return Delivery.objects.filter(post=post).order_by("id")[0]


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (["sent", "delivered", "read"], "read"),
        (["read", "delivered", "sent"], "read"),
        (["delivered", "delivered"], "delivered"),
        (["failed", "read"], "failed"),
        (["read", "failed"], "failed"),
    ],
)
def test_how_far_a_message_got_is_kept_in_whichever_order_it_is_told(
    network: Network, published: Delivery, channel: Channel, stages: list[str], expected: str
) -> None:
    for stage in stages:
        told = wire.receipt(channel.remote_id, published.remote_id, stage, key=str(published.key), code="404")
        network.tell(told, {**told})
        network.tell(told)
        hear(timezone.now())
    published.refresh_from_db()
    assert published.stage == expected
    assert published.state == (State.failed if expected == "failed" else State.published)
    if expected == "failed":
        reason = queries.reason_of(published)
        assert reason is not None
        assert (reason.code, reason.sentence) == ("404", wire.UNDELIVERED)


def test_a_network_that_tells_no_key_names_the_message(
    network: Network, published: Delivery, channel: Channel
) -> None:
    network.tell(wire.receipt(channel.remote_id, published.remote_id, "read"))
    hear(timezone.now())
    published.refresh_from_db()
    assert published.stage == "read"


@pytest.mark.parametrize("key", ["00000000-0000-0000-0000-000000000000", "no key at all"])
def test_a_receipt_of_another_message_changes_nothing(
    network: Network, published: Delivery, channel: Channel, key: str
) -> None:
    network.tell(wire.receipt(channel.remote_id, published.remote_id, "read", key=key))
    network.tell(wire.receipt("another account", published.remote_id, "read", key=str(published.key)))
    hear(timezone.now())
    published.refresh_from_db()
    assert published.stage == ""


def test_a_message_that_came_back_is_sent_once_more_and_what_was_told_before_counts_no_more(
    worker: Worker, alice: Somebody, network: Network, published: Delivery, channel: Channel
) -> None:
    old = {"account": channel.remote_id, "remote_id": published.remote_id, "key": str(published.key)}
    network.tell(wire.receipt(**old, stage="failed"))
    hear(timezone.now())
    actions.retry_messages(alice.actor, published.post_id, channel.id)
    network.tell(wire.receipt(**old, stage="sent"))
    network.tell(wire.receipt(**old, stage="failed", code="again"))
    hear(timezone.now())
    assert Delivery.objects.get(id=published.id).state == State.scheduled
    worker.start()
    worker.until(lambda: Delivery.objects.get(id=published.id).state == State.published)
    worker.stop()
    assert len(network.pretend.sent_to(HANDLE)) == 5


def test_a_word_that_comes_before_the_answer_settles_it_and_the_answer_changes_nothing(
    network: Network, alice: Somebody, post: Post, channel: Channel
) -> None:
    row = Delivery.objects.filter(post=post).order_by("id")[0]
    Delivery.objects.filter(id=row.id).update(state=State.sending, attempt=1, lease_token=row.key)
    network.tell(wire.receipt(channel.remote_id, "m1", "sent", key=str(row.key)))
    hear(timezone.now())
    row.refresh_from_db()
    assert (row.state, row.remote_id, row.stage, row.lease_token) == (State.published, "m1", "sent", None)
    sweeping.sweep(timezone.now())
    row.refresh_from_db()
    assert row.state == State.published


def test_a_failure_that_is_told_of_a_lost_message_is_not_undone_by_what_was_told_before(
    network: Network, post: Post, channel: Channel
) -> None:
    row = Delivery.objects.filter(post=post).order_by("id")[0]
    Delivery.objects.filter(id=row.id).update(state=State.unknown, attempt=1, look_at=None)
    for stage in ("failed", "sent", "delivered"):
        network.tell(wire.receipt(channel.remote_id, "m1", stage, key=str(row.key)))
        hear(timezone.now())
    row.refresh_from_db()
    assert (row.state, row.stage) == (State.failed, "failed")
