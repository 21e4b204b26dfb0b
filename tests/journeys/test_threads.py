"""A thread on its way: every part once, in its order, each under the one before it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.connect.pretend import Seen
from hawker.connect.registry import platform
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Post
from hawker.core.posts.values import COMMENT, Picture, ThreadPart, Wording, Writing
from hawker.core.problems import Conflict
from hawker.core.publishing import actions, claims, ledger
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.pictures import jpeg

TEXTS = ["一、清晨採茶。", "二、手工揉捻。", "三、慢火烘焙。", "茶葉這裡買：https://tea.invalid/shop"]


@pytest.fixture
def threaded(shop: list[Channel]) -> list[Channel]:
    return [channel for channel in shop if platform(channel.platform).threads]


def picture(alice: Somebody, alt: str) -> Picture:
    return Picture(media=media.add(alice.actor, "tea.jpg", jpeg()).id, alt=alt)


def thread(
    alice: Somebody, channels: Iterable[Channel], *, pictures: bool = False, parts: int = 3
) -> Writing:
    shown = [((picture(alice, f"圖{number}"),) if pictures else ()) for number in range(parts)]
    return Writing(
        text=TEXTS[0],
        language="zh-Hant",
        pictures=shown[0],
        thread=tuple(
            ThreadPart(text=text, pictures=pictures)
            for text, pictures in zip(TEXTS[1:parts], shown[1:], strict=True)
        ),
        first_comment=TEXTS[-1],
        wordings=tuple(Wording(channel=channel.id) for channel in channels),
    )


def states(post: Post) -> set[str]:
    return set(Delivery.objects.filter(post=post).values_list("state", flat=True))


def at(sandbox: Sandbox, channel: Channel) -> tuple[Seen, ...]:
    return sandbox.networks[channel.platform].pretend.published("teashop")


def assert_whole(sandbox: Sandbox, channels: Iterable[Channel]) -> None:
    """Each part once, in its order, and each an answer to what it belongs to."""
    for channel in channels:
        seen = at(sandbox, channel)
        assert [each.text for each in seen] == TEXTS
        root, second, third, _ = (each.remote_id for each in seen)
        assert [each.reply_to for each in seen] == ["", root, second, root]
        assert len({root, second, third}) == 3


def test_a_thread_with_pictures_goes_out_in_order_and_its_comment_comes_last(
    worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    post = actions.compose(alice.actor, thread(alice, threaded, pictures=True))
    worker.start()
    worker.until(lambda: states(post) == {State.published})
    assert_whole(sandbox, threaded)
    for channel in threaded:
        assert [each.alts for each in at(sandbox, channel)] == [("圖0",), ("圖1",), ("圖2",), ()]


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after, Kind.reset_before])
def test_a_lost_answer_in_the_middle_is_looked_for_before_the_thread_goes_on(
    kind: Kind, worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    for channel in threaded:
        network = sandbox.networks[channel.platform]
        network.faults.add(Fault(kind=Kind.delay_after, seconds=0))
        network.faults.add(Fault(kind=kind))
    post = actions.compose(alice.actor, thread(alice, threaded))
    worker.start()
    worker.until(lambda: states(post) == {State.published})
    assert_whole(sandbox, threaded)


def test_a_worker_that_dies_between_two_parts_leaves_a_thread_that_is_finished(
    worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    post = actions.compose(alice.actor, thread(alice, threaded))
    Delivery.objects.filter(part=2).update(state=State.held)
    worker.start()
    worker.until(lambda: Delivery.objects.filter(part=0, state=State.published).count() == len(threaded))
    worker.stop()
    actions.resume(alice.actor, post.id)
    long_ago = timezone.now() - timedelta(minutes=5)
    taken = claims.claim(timezone.now(), limit=10)
    assert len(ledger.commit(intents=taken, now=timezone.now())) == len(taken) == len(threaded)
    Delivery.objects.filter(state=State.sending).update(lease_until=long_ago, sent_at=long_ago)
    worker.start()
    worker.until(lambda: states(post) == {State.published})
    assert_whole(sandbox, threaded)


def test_what_follows_a_refused_part_waits_until_it_is_mended(
    worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    writing = thread(alice, threaded)
    post = actions.compose(alice.actor, writing, timezone.now() + timedelta(seconds=1))
    Post.objects.filter(id=post.id).update(thread=["x" * 70_000, TEXTS[2]])
    worker.start()
    worker.until(lambda: Delivery.objects.filter(state=State.failed).count() == len(threaded))
    assert all([each.text for each in at(sandbox, channel)] == TEXTS[:1] for channel in threaded)
    waiting = Delivery.objects.filter(part__gt=2) | Delivery.objects.filter(part=COMMENT)
    assert set(waiting.values_list("state", "look_at")) == {(State.scheduled, None)}
    actions.rewrite(alice.actor, post.id, writing)
    for row in Delivery.objects.filter(state=State.failed):
        actions.retry(alice.actor, row.id)
    worker.until(lambda: states(post) == {State.published})
    assert_whole(sandbox, threaded)


def test_a_thread_is_taken_off_its_networks_from_its_end(
    worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    post = actions.compose(alice.actor, thread(alice, threaded))
    worker.start()
    worker.until(lambda: states(post) == {State.published})
    worker.stop()
    for row in Delivery.objects.filter(post=post, part=2):
        actions.take_down(alice.actor, row.id)
    assert all([each.text for each in at(sandbox, channel)] == TEXTS[:1] for channel in threaded)
    for row in Delivery.objects.filter(post=post, part=0):
        actions.take_down(alice.actor, row.id)
    assert all(at(sandbox, channel) == () for channel in threaded)
    assert states(post) == {State.removed}
    actions.delete(alice.actor, post.id)


def test_a_part_whose_post_was_taken_down_cannot_be_sent_alone(
    worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    post = actions.compose(alice.actor, thread(alice, threaded), timezone.now() + timedelta(seconds=1))
    Post.objects.filter(id=post.id).update(thread=["x" * 70_000, TEXTS[2]])
    worker.start()
    worker.until(lambda: Delivery.objects.filter(state=State.failed).count() == len(threaded))
    worker.stop()
    for row in Delivery.objects.filter(post=post, part=0):
        actions.take_down(alice.actor, row.id)
    behind = Delivery.objects.filter(post=post).exclude(part=0)
    assert set(behind.values_list("state", flat=True)) == {State.cancelled}
    for row in behind:
        with pytest.raises(Conflict, match="What this follows is not on the network"):
            actions.retry(alice.actor, row.id)
    assert all(at(sandbox, channel) == () for channel in threaded)


def test_a_part_added_before_the_thread_goes_out_comes_in_its_place(
    worker: Worker, alice: Somebody, threaded: list[Channel], sandbox: Sandbox
) -> None:
    short = replace(thread(alice, threaded, parts=1), first_comment="")
    post = actions.compose(alice.actor, short, timezone.now() + timedelta(hours=1))
    actions.rewrite(alice.actor, post.id, thread(alice, threaded), timezone.now() + timedelta(seconds=1))
    worker.start()
    worker.until(lambda: states(post) == {State.published})
    assert_whole(sandbox, threaded)


def test_a_writing_of_a_thread_comes_back_as_it_was_typed(alice: Somebody, threaded: list[Channel]) -> None:
    writing = thread(alice, threaded, pictures=True)
    post = actions.compose(alice.actor, writing, draft=True)
    kept = posts.writing_of(post)
    assert (kept.thread, kept.pictures, kept.text) == (writing.thread, writing.pictures, writing.text)
