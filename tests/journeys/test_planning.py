"""The queue and posts that come back: one place a post, one post a day, whoever works and however often."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone

from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.planning import queries, queue, repeating
from hawker.core.planning.models import Occurrence, Recurrence
from hawker.core.planning.rules import Kind, Rhythm, Slot
from hawker.core.posts.models import Post
from hawker.core.posts.values import ThreadPart, Wording, Writing
from hawker.core.problems import Conflict, Invalid, NotAllowed, NotFound
from hawker.core.publishing import actions, claims
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.journeys.conftest import Worker

TAIPEI = ZoneInfo("Asia/Taipei")
EVERY_DAY = [Slot(weekday=day, wall=time(9)) for day in range(7)]


def writing(shop: list[Channel], text: str = "Fresh tea", **more: object) -> Writing:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    return Writing(text=text, language="en", wordings=wordings, **more)  # type: ignore[arg-type]


def daily(**changes: object) -> Rhythm:
    """Every day, an hour before now by the shop's clock, so that today's time has passed."""
    now = timezone.now().astimezone(TAIPEI)
    wall = (now - timedelta(hours=1)).time().replace(second=0, microsecond=0)
    usual = Rhythm(kind=Kind.daily, wall=wall, start=now.date() - timedelta(days=2))
    return replace(usual, **changes)  # type: ignore[arg-type]


def open_queue(alice: Somebody, shop: list[Channel]) -> None:
    for channel in shop:
        queue.set_slots(alice.actor, channel.id, EVERY_DAY)


def due(post: Post, channel: Channel) -> datetime:
    return Delivery.objects.get(post=post, channel=channel, part=0).due_at


def at_once(works: list[Callable[[], object]]) -> list[object]:
    """Each in a thread and with a connection of its own."""

    def run(work: Callable[[], object]) -> object:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(run, work) for work in works]]


def test_a_post_takes_the_next_free_slot_of_each_channel(alice: Somebody, shop: list[Channel]) -> None:
    first, *others = shop
    queue.set_slots(alice.actor, first.id, EVERY_DAY)
    for other in others:
        queue.set_slots(alice.actor, other.id, [Slot(weekday=day, wall=time(18, 30)) for day in range(7)])
    next_nine, then = queries.queues(alice.actor, timezone.now())[0].free[:2]
    actions.compose(alice.actor, writing([first], "by hand"), next_nine)
    post = queue.compose(alice.actor, writing(shop))
    assert due(post, first) == then
    assert {due(post, other).astimezone(TAIPEI).time() for other in others} == {time(18, 30)}
    assert post.planned_at == min(due(post, channel) for channel in shop)


def test_what_is_cancelled_gives_its_place_back(alice: Somebody, shop: list[Channel]) -> None:
    open_queue(alice, shop)
    cancelled, kept = queue.compose(alice.actor, writing(shop)), queue.compose(alice.actor, writing(shop))
    assert due(cancelled, shop[0]) < due(kept, shop[0])
    actions.cancel(alice.actor, cancelled.id)
    assert due(queue.compose(alice.actor, writing(shop)), shop[0]) == due(cancelled, shop[0])


def test_a_channel_without_slots_is_named(alice: Somebody, shop: list[Channel]) -> None:
    queue.set_slots(alice.actor, shop[0].id, EVERY_DAY)
    with pytest.raises(Invalid) as refused:
        queue.compose(alice.actor, writing(shop))
    assert {each.channel for each in refused.value.problems} == {channel.id for channel in shop[1:]}
    assert not Post.objects.exists()


def test_a_thread_in_the_queue_waits_behind_its_first_part(alice: Somebody, shop: list[Channel]) -> None:
    open_queue(alice, shop)
    post = queue.compose(alice.actor, writing(shop[:1], thread=(ThreadPart(text="two"),)))
    assert [row.look_at is None for row in Delivery.objects.filter(post=post).order_by("part")] == [
        False,
        True,
    ]


def test_the_same_request_takes_one_place(alice: Somebody, shop: list[Channel]) -> None:
    open_queue(alice, shop)
    first = queue.compose(alice.actor, writing(shop), key="k")
    assert queue.compose(alice.actor, writing(shop), key="k").id == first.id
    with pytest.raises(Conflict):
        queue.enqueue(alice.actor, first.id)


def test_slots_that_cannot_be_are_refused(alice: Somebody, shop: list[Channel]) -> None:
    with pytest.raises(Invalid, match="day of the week"):
        queue.set_slots(alice.actor, shop[0].id, [Slot(weekday=7, wall=time(9))])
    many = [Slot(weekday=0, wall=time(hour, minute)) for hour in range(2) for minute in range(59)]
    with pytest.raises(Invalid, match="At most 100"):
        queue.set_slots(alice.actor, shop[0].id, many)


def test_two_people_who_queue_at_once_never_share_a_slot(
    transactional_db: None, alice: Somebody, shop: list[Channel]
) -> None:
    open_queue(alice, shop)

    def add() -> Post:
        return queue.compose(alice.actor, writing(shop))

    made = at_once([add] * 4)
    for channel in shop:
        assert len({due(post, channel) for post in made if isinstance(post, Post)}) == 4


def test_a_post_that_comes_back_is_made_two_weeks_ahead(alice: Somebody, shop: list[Channel]) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily())
    posts = Post.objects.order_by("planned_at")
    assert len(posts) == 14
    assert all(post.planned_at and post.planned_at > timezone.now() for post in posts)
    assert Delivery.objects.count() == 14 * len(shop)
    assert repeating.plan(timezone.now()) == 0
    assert repeating.plan(timezone.now() + timedelta(days=1)) == 1
    assert repeating.plan(timezone.now() + timedelta(days=1)) == 0
    assert queries.occurrences(row, timezone.now())[0].post == posts[0]


def test_what_was_missed_while_hawker_was_off_is_not_sent_in_a_burst(
    alice: Somebody, shop: list[Channel]
) -> None:
    repeating.repeat(alice.actor, writing(shop), daily())
    back = timezone.now() + timedelta(days=30)
    repeating.plan(back)
    late = Post.objects.filter(planned_at__lte=back).count()
    assert (late, Post.objects.filter(planned_at__gt=back).count()) == (14, 14)
    for _ in range(2):  # a few of each channel at a time
        assert claims.claim(back, limit=100) == []
    assert set(Delivery.objects.filter(due_at__lte=back).values_list("state", flat=True)) == {State.late}


def test_two_workers_that_plan_at_once_make_one_post_a_day(
    transactional_db: None, alice: Somebody, shop: list[Channel]
) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily(start=date(2031, 1, 1)))
    assert not Post.objects.exists()
    there = datetime(2031, 1, 1, tzinfo=TAIPEI)
    made = at_once([lambda: repeating.plan(there)] * 4)
    assert sum(each for each in made if isinstance(each, int)) == row.occurrences.count()
    assert Post.objects.count() == row.occurrences.count() == 14


class Killed(BaseException):
    """Nothing that is caught for its kind: the process is gone."""


@contextmanager
def killed_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process dies while it makes the n-th post."""
    compose, made = actions.compose, 0

    def deadly(*args: object, **named: object) -> object:
        nonlocal made
        made += 1
        if made == number:
            raise Killed
        return compose(*args, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(actions, "compose", deadly)
        yield


def test_a_worker_that_dies_while_planning_leaves_no_day_out_and_none_twice(
    transactional_db: None, alice: Somebody, shop: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily(start=date(2031, 1, 1)))
    there = datetime(2031, 1, 1, tzinfo=TAIPEI)
    with killed_at(5, monkeypatch), pytest.raises(Killed):
        repeating.plan(there)
    assert Post.objects.count() == row.occurrences.count()
    repeating.plan(there)
    assert Post.objects.count() == row.occurrences.count() == 14


def test_changing_it_reaches_what_is_to_come_and_sends_nothing(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    soon = timezone.now().astimezone(TAIPEI) + timedelta(minutes=1)
    rhythm = daily(wall=soon.time().replace(microsecond=0), start=soon.date())
    row = repeating.repeat(alice.actor, writing(shop), rhythm)
    first = queries.occurrences(row, timezone.now())[0].post
    assert first is not None
    Delivery.objects.filter(post=first).update(due_at=timezone.now(), look_at=timezone.now())
    worker.start()
    worker.until(lambda: not Delivery.objects.filter(post=first).exclude(state=State.published).exists())
    Post.objects.filter(id=first.id).update(planned_at=timezone.now())
    for number in range(3):
        earlier = (soon - timedelta(hours=number)).time().replace(microsecond=0)
        repeating.change(alice.actor, row.id, writing(shop, f"Tea {number}"), replace(rhythm, wall=earlier))
    assert not Delivery.objects.filter(state=State.scheduled, look_at__lte=timezone.now()).exists()
    worker.until(lambda: repeating.plan(timezone.now()) == 0)
    worker.stop()
    for each in shop:
        network = sandbox.networks[each.platform]
        assert [seen.text for seen in network.pretend.published("teashop")] == ["Fresh tea"]
    coming = queries.occurrences(row, timezone.now())
    assert {each.post.text for each in coming if each.post} == {"Tea 2"}
    assert row.occurrences.filter(day=soon.date()).count() == 1


def test_what_somebody_changed_by_itself_keeps_its_words(alice: Somebody, shop: list[Channel]) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily())
    own, *_, held = queries.occurrences(row, timezone.now())
    assert own.post is not None
    assert held.post is not None
    actions.rewrite(alice.actor, own.post.id, writing(shop, "Holiday tea"))
    actions.hold(alice.actor, held.post.id)
    repeating.change(alice.actor, row.id, writing(shop, "Winter tea"), daily())
    assert Post.objects.get(id=own.post.id).text == "Holiday tea"
    assert Post.objects.get(id=held.post.id).text == "Winter tea"
    assert set(Delivery.objects.filter(post=held.post).values_list("state", flat=True)) == {State.held}


def test_other_days_take_back_what_is_no_longer_meant(alice: Somebody, shop: list[Channel]) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily())
    weekly = daily(kind=Kind.weekly, weekdays=frozenset({2}))
    repeating.change(alice.actor, row.id, writing(shop), weekly)
    days = [each.day for each in queries.occurrences(row, timezone.now())]
    assert {day.weekday() for day in days} == {2}
    assert Post.objects.count() == len(days) == 2


def test_a_day_whose_post_was_deleted_or_cancelled_is_not_made_again(
    alice: Somebody, shop: list[Channel]
) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily())
    deleted, cancelled, *_ = queries.occurrences(row, timezone.now())
    assert deleted.post is not None
    assert cancelled.post is not None
    actions.delete(alice.actor, deleted.post.id)
    actions.cancel(alice.actor, cancelled.post.id)
    repeating.pause(alice.actor, row.id)
    repeating.resume(alice.actor, row.id)
    kept = Occurrence.objects.get(day=cancelled.day)
    assert kept.post_id == cancelled.post_id
    assert Occurrence.objects.get(day=deleted.day).post is None
    assert Post.objects.count() == 13


def test_a_pause_takes_back_what_is_to_come_and_an_end_is_for_good(
    alice: Somebody, shop: list[Channel]
) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily())
    repeating.pause(alice.actor, row.id)
    assert (Post.objects.count(), repeating.plan(timezone.now())) == (0, 0)
    with pytest.raises(Conflict, match="paused already"):
        repeating.pause(alice.actor, row.id)
    repeating.change(alice.actor, row.id, writing(shop, "Later"), daily())
    assert Post.objects.count() == 0
    repeating.resume(alice.actor, row.id)
    assert set(Post.objects.values_list("text", flat=True)) == {"Later"}
    with pytest.raises(Conflict, match="not paused"):
        repeating.resume(alice.actor, row.id)
    repeating.end(alice.actor, row.id)
    assert (Post.objects.count(), repeating.plan(timezone.now())) == (0, 0)
    with pytest.raises(NotFound):
        repeating.resume(alice.actor, row.id)


def test_trouble_of_one_is_kept_and_keeps_no_other_from_coming_back(
    alice: Somebody, shop: list[Channel]
) -> None:
    first, *others = shop
    broken = repeating.repeat(alice.actor, writing([first]), daily(start=date(2031, 1, 1)))
    repeating.repeat(alice.actor, writing(others), daily(start=date(2031, 1, 1)))
    channel_actions.remove(alice.actor, first.id)
    there = datetime(2031, 1, 1, tzinfo=TAIPEI)
    assert repeating.plan(there) == 14
    broken.refresh_from_db()
    assert str(queries.trouble_of(broken)) == "Choose at least one channel."
    assert not broken.occurrences.exists()


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (daily(kind=Kind.weekly), "Choose at least one day"),
        (daily(start=date(2020, 1, 1)), "more than a year ago"),
    ],
)
def test_a_rule_that_cannot_be_makes_nothing(
    alice: Somebody, shop: list[Channel], rhythm: Rhythm, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        repeating.repeat(alice.actor, writing(shop), rhythm)
    assert not Recurrence.objects.exists()


def test_words_that_a_network_refuses_make_nothing(alice: Somebody, shop: list[Channel]) -> None:
    with pytest.raises(Invalid, match="Too long"):
        repeating.repeat(alice.actor, writing(shop, "x" * 70_000), daily())
    assert not Recurrence.objects.exists()


def test_a_stranger_and_a_reader_change_nothing(
    alice: Somebody, charlie: Somebody, shop: list[Channel]
) -> None:
    row = repeating.repeat(alice.actor, writing(shop), daily())
    with pytest.raises(NotFound):
        repeating.pause(charlie.actor, row.id)
    with pytest.raises(NotFound):
        queue.set_slots(charlie.actor, shop[0].id, EVERY_DAY)
    reader = replace(alice.actor, role=Role.analyst)
    with pytest.raises(NotAllowed):
        repeating.end(reader, row.id)
