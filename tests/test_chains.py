"""Whatever happens to a thread: no part goes out before the one it follows, and none waits for nothing."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from django.utils import timezone

from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.channels.models import Channel
from hawker.core.posts.values import COMMENT, ThreadPart, Wording, Writing
from hawker.core.problems import Conflict, Invalid
from hawker.core.publishing import actions, chains, claims
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import (
    Absent,
    Accepted,
    AnswerLost,
    Declined,
    Outcome,
    Postponed,
    Reason,
    State,
    Unlookable,
)
from hawker.core.rows import row_id
from hawker.web.posts.tests.ledger import intend, settle
from tests.cast import Somebody

REASON = Reason(sentence=say("The network is busy."), code="503")
SENT: list[Outcome] = [Declined(REASON), AnswerLost(REASON), Postponed(reason=REASON)]
LOOKED: list[Outcome] = [
    Absent(timedelta(hours=1)),
    Unlookable(REASON, timedelta(hours=1)),
    Postponed(reason=REASON),
]
STEPS = 60


def writing(channels: list[Channel], parts: int, comment: str) -> Writing:
    return Writing(
        text="one",
        language="en",
        thread=tuple(ThreadPart(text=f"part {number}") for number in range(parts)),
        first_comment=comment,
        wordings=tuple(Wording(channel=channel.id) for channel in channels),
    )


def accepted() -> Accepted:
    remote = str(row_id())
    return Accepted(Published(remote_id=remote, url=f"https://network.example/{remote}"))


def work(random: Random) -> None:
    """A worker takes what is due, far in the future, and the network answers as it likes."""
    now = timezone.now() + timedelta(hours=1)
    Delivery.objects.filter(state=State.scheduled).exclude(look_at=None).update(due_at=now, look_at=now)
    for claim in claims.claim(now, limit=100):
        row = Delivery.objects.select_related("follows").get(id=claim.id)
        assert row.follows is None or (row.follows.state == State.published and row.follows.remote_id)
        assert (claim.draft.reply_to is None) == (row.follows is None)
        looking = claim.seen.state is State.unknown
        held = claim if looking else intend(claim)
        good = random.random() < 0.6
        settle(held, accepted() if good else random.choice(LOOKED if looking else SENT), now)


def command(random: Random, boss: Somebody, post_id: UUID, channels: list[Channel]) -> None:
    at = timezone.now() + timedelta(minutes=30)
    rows = list(Delivery.objects.filter(post=post_id))
    row = random.choice(rows)
    text = writing(channels, random.randint(0, 4), random.choice(["", "hello"]))
    actor, chosen = boss.actor, random.randint(0, 7)
    with suppress(Conflict, Invalid):
        match chosen:
            case 0:
                actions.hold(actor, row.post_id)
            case 1:
                actions.resume(actor, row.post_id)
            case 2:
                actions.move(actor, row.post_id, at)
            case 3:
                actions.rewrite(actor, row.post_id, text, random.choice([at, None]))
            case 4 | 5:
                actions.retry(actor, row.id)
            case 6:
                actions.settle(actor, row.id, there=random.random() < 0.5)
            case 7 if random.random() < 0.3:
                actions.cancel(actor, row.post_id)


def assert_sound() -> None:
    for row in Delivery.objects.select_related("follows"):
        if row.state == State.scheduled and row.look_at is None:
            assert row.follows is not None
            assert chains.may_follow(row.follows)
            assert row.follows.state != State.published
        if row.part == COMMENT and row.state != State.removed:
            assert row.follows is not None


@pytest.mark.parametrize("seed", range(12))
def test_no_part_goes_out_alone_or_waits_for_nothing(seed: int, alice: Somebody, shop: list[Channel]) -> None:
    random = Random(seed)
    channels = [channel for channel in shop if platform(channel.platform).threads]
    post = actions.compose(alice.actor, writing(channels, 3, "hello"))
    for _ in range(STEPS):
        if random.random() < 0.5:
            work(random)
        else:
            command(random, alice, post.id, channels)
        assert_sound()


def test_a_published_part_cannot_be_left_out(alice: Somebody, shop: list[Channel]) -> None:
    channels = [channel for channel in shop if platform(channel.platform).threads]
    post = actions.compose(alice.actor, writing(channels, 2, ""))
    now = timezone.now()
    for _ in range(2):
        for claim in claims.claim(now + timedelta(seconds=1), limit=100):
            settle(intend(claim), accepted(), now)
    with pytest.raises(Invalid, match="Part 2 is published already"):
        actions.rewrite(alice.actor, post.id, writing(channels, 0, ""))


def test_a_comment_added_to_a_scheduled_post_goes_along(alice: Somebody, commentable: list[Channel]) -> None:
    at = timezone.now() + timedelta(hours=1)
    post = actions.compose(alice.actor, writing(commentable, 0, ""), at)
    actions.rewrite(alice.actor, post.id, writing(commentable, 0, "hello"))
    rows = Delivery.objects.filter(post=post, part=COMMENT)
    assert set(rows.values_list("state", "look_at", "follows__part")) == {(State.scheduled, None, 0)}
    assert rows.count() == len(commentable)


def test_what_is_on_its_way_keeps_the_post_before_it_from_being_taken_down(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = actions.compose(alice.actor, writing(shop[:1], 1, ""))
    now = timezone.now() + timedelta(seconds=1)
    for outcome in (accepted(), AnswerLost(REASON)):
        (claim,) = claims.claim(now, limit=1)
        settle(intend(claim), outcome, now)
    with pytest.raises(Conflict, match="What follows this is on its way"):
        actions.take_down(alice.actor, Delivery.objects.get(post=post, part=0).id)


def test_what_cannot_follow_a_post_that_its_owner_found_herself_says_so(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = actions.compose(alice.actor, writing(shop[:1], 0, "hello"))
    now = timezone.now() + timedelta(seconds=1)
    (claim,) = claims.claim(now, limit=1)
    settle(intend(claim), AnswerLost(REASON), now)
    (claim,) = claims.claim(now + timedelta(minutes=1), limit=1)
    settle(claim, Unlookable(REASON, timedelta(hours=1)), now)
    actions.settle(alice.actor, claim.id, there=True)
    comment = Delivery.objects.get(post=post, part=COMMENT)
    assert (comment.state, comment.error and comment.error["code"]) == (State.failed, "nowhere")
    with pytest.raises(Conflict, match="because you found it yourself"):
        actions.retry(alice.actor, comment.id)
