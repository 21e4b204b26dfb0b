"""Budgets as rows: what workers learn of them, and what waits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hawker.connect.budgets import (
    NONE,
    WAIT,
    Budget,
    Budgets,
    Daily,
    Monthly,
    Reading,
    Rolling,
    Scope,
    read,
)
from hawker.connect.http import Answer, Heard
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.core.channels import budgets as purses
from hawker.core.channels import rules
from hawker.core.channels.budgets import News, Purse
from hawker.core.channels.models import AppBudget, Channel, ChannelBudget
from hawker.core.channels.rules import Level
from hawker.core.media import actions as media
from hawker.core.posts.models import Attachment, Post, Variant
from hawker.core.publishing import budgets, claims, queries, sweeping
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.core.seal import seal
from tests.cast import Somebody
from tests.pictures import jpeg


def utc(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


NOW = utc(2026, 11, 23, 3)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CALLS = Budget(
    name="calls", title=say("calls"), scope=Scope.channel, limit=100, window=Rolling(HOUR), post=2, told=True
)
SHARED = replace(CALLS, name="app_calls", scope=Scope.app)
UPLOADS = replace(CALLS, name="uploads", post=0, picture=1)
COUNTED = replace(CALLS, name="counted", told=False)
OWN_POSTS = replace(CALLS, name="own_posts", post=1, reply=0)
ANSWERS = replace(CALLS, name="answers", post=0, reply=1)
BUDGETS = Budgets(each=(CALLS, SHARED, UPLOADS, COUNTED, OWN_POSTS, ANSWERS), read=lambda _: ())


def reading(left: int, minutes: float = 30, limit: int | None = 100) -> Reading:
    return Reading(budget="calls", left=left, limit=limit, resets_at=NOW + minutes * MINUTE)


def level(left: int, minutes: float = 30) -> Level:
    return Level(left=left, limit=100, resets_at=NOW + minutes * MINUTE)


@pytest.mark.parametrize(
    ("window", "now", "end"),
    [
        (Rolling(HOUR), NOW, NOW + HOUR),
        (Daily("America/Los_Angeles"), NOW, utc(2026, 11, 23, 8)),
        (Daily("America/Los_Angeles"), utc(2026, 10, 31, 23), utc(2026, 11, 1, 7)),
        (Daily("America/Los_Angeles"), utc(2026, 11, 1, 8), utc(2026, 11, 2, 8)),
        (Monthly("Asia/Tokyo"), NOW, utc(2026, 11, 30, 15)),
        (Monthly("Asia/Tokyo"), utc(2026, 12, 31, 20), utc(2027, 1, 31, 15)),
    ],
)  # fmt: skip
def test_a_budget_is_full_again_by_the_clock_of_its_network(
    window: Rolling | Daily | Monthly, now: datetime, end: datetime
) -> None:
    assert window.end(now) == end


@pytest.mark.parametrize(
    ("known", "told", "after"),
    [
        (None, reading(40), level(40)),
        (level(40), reading(39), level(39)),
        (level(39), reading(40), level(39)),
        (level(3), reading(98, minutes=60), level(98, minutes=60)),
        (level(3, minutes=60), reading(98, minutes=30), level(3, minutes=60)),
        (level(3, minutes=-1), reading(98), level(98)),
        (level(50), reading(49, minutes=30.02), level(49)),
        (None, reading(7, minutes=1e6), Level(left=7, limit=100, resets_at=NOW + HOUR + rules.CLOCKS)),
        (None, reading(0, minutes=-3), Level(left=0, limit=100, resets_at=NOW + rules.SOON)),
        (None, reading(2**40), Level(left=2**31 - 1, limit=100, resets_at=NOW + 30 * MINUTE)),
        (None, Reading(budget="calls", left=-1), Level(left=0, limit=100, resets_at=NOW + HOUR)),
    ],
)
def test_the_network_has_the_word_on_what_is_left(known: Level | None, told: Reading, after: Level) -> None:
    assert rules.level_after_reading(known, told, CALLS, NOW) == after


@given(st.permutations([reading(left) for left in (10, 9, 8, 7)]))
def test_answers_that_overtake_each_other_come_to_the_same(order: list[Reading]) -> None:
    known: Level | None = None
    strongest: Reading | None = None
    for each in order:
        known = rules.level_after_reading(known, each, CALLS, NOW)
        strongest = rules.stronger(strongest, each)
    assert known == level(7)
    assert strongest == reading(7)


def test_of_two_windows_the_later_counts_whichever_is_heard_first() -> None:
    early, late = reading(0, minutes=1), reading(99, minutes=60)
    assert rules.stronger(early, late) == rules.stronger(late, early) == late


def test_what_is_used_is_counted_within_its_window() -> None:
    first = rules.level_after_use(None, 2, COUNTED, NOW)
    assert first == Level(left=98, limit=100, resets_at=NOW + HOUR)
    assert rules.level_after_use(first, 4, COUNTED, NOW + MINUTE) == replace(first, left=94)
    assert rules.level_after_use(first, 500, COUNTED, NOW + MINUTE) == replace(first, left=0)
    assert rules.level_after_use(first, 2, COUNTED, NOW + HOUR).left == 98


def test_a_budget_is_used_up_when_not_one_post_more_can_go_out() -> None:
    assert [rules.is_used_up(level(left), CALLS) for left in (0, 1, 2)] == [True, True, False]
    assert [rules.is_used_up(level(left), UPLOADS) for left in (0, 1)] == [True, False]


def heard(status: int, **headers: str) -> Heard:
    return Heard(
        "POST", "/post", Answer(status, {name.replace("_", "-"): at for name, at in headers.items()}, b"")
    )


def test_a_network_may_ask_to_wait_without_naming_a_budget() -> None:
    (told,) = read(NONE, heard(429, Retry_After="60"))
    assert (told.budget, told.left) == (WAIT.name, 0)
    assert told.resets_at is not None
    assert read(NONE, heard(429)) == []
    assert read(NONE, heard(503, Retry_After="60")) == []


def test_what_a_network_says_of_its_own_budget_goes_before_a_general_wait() -> None:
    named = Budgets(each=(CALLS,), read=lambda _: [reading(0)])
    assert read(named, heard(429, Retry_After="60")) == [reading(0)]


@pytest.fixture
def rationed(monkeypatch: pytest.MonkeyPatch) -> str:
    """A network whose budgets are those of this file."""
    name = next(iter(platforms()))
    network = replace(platforms()[name], budgets=BUDGETS)
    monkeypatch.setitem(platforms(), name, network)
    return name


def channel(alice: Somebody, network: str, app: UUID | None = None) -> Channel:
    known = platforms()[network]
    return Channel.objects.create(
        workspace_id=alice.actor.workspace,
        platform=network,
        remote_id=str(uuid4()),
        handle="@tea",
        name="Tea",
        server="https://tea.example",
        site="https://tea.example",
        url="https://tea.example/@tea",
        secrets=seal({"token": "x"}),
        app=app,
        limits={**vars(known.limits), "image_types": []},
        checked_at=timezone.now(),
        connected_at=timezone.now(),
    )


def due(channel: Channel, count: int, due_at: datetime = NOW) -> list[Delivery]:
    posts = [
        Post(workspace_id=channel.workspace_id, text="茶", language="zh", planned_at=NOW)
        for _ in range(count)
    ]
    Post.objects.bulk_create(posts)
    together = [{"workspace_id": each.workspace_id, "post": each, "channel": channel} for each in posts]
    Variant.objects.bulk_create(Variant(**each) for each in together)
    return Delivery.objects.bulk_create(
        Delivery(**each, due_at=due_at, look_at=due_at, key=row_id()) for each in together
    )


def purse(of: Channel, budget: Budget = CALLS) -> Purse:
    return next(
        each
        for each in purses.purses(of.platform, of.workspace_id, of.id, of.app)
        if each.budget == budget.name
    )


def moved(rows: Iterable[Delivery], until: datetime) -> list[bool]:
    at = dict(Delivery.objects.values_list("id", "look_at"))
    return [at[row.id] == until for row in rows]


def test_what_one_worker_learns_of_a_used_up_budget_moves_all_that_waits_at_once(
    alice: Somebody, rationed: str
) -> None:
    poor, other = channel(alice, rationed), channel(alice, rationed)
    waiting, far, others = due(poor, 40), due(poor, 1, NOW + HOUR), due(other, 3)
    budgets.keep({purse(poor): News(reading=reading(0))}, NOW)
    until = NOW + 30 * MINUTE
    assert all(moved(waiting, until))
    assert not any(moved([*far, *others], until))
    errors = Delivery.objects.filter(channel=poor, due_at=NOW).values_list("error__code", flat=True)
    assert set(errors) == {budgets.CODE}


def test_what_comes_to_a_used_up_budget_later_is_moved_all_at_once_too(
    alice: Somebody, rationed: str
) -> None:
    poor = channel(alice, rationed)
    purses.learn({purse(poor): News(reading=reading(0))}, NOW)
    waiting = due(poor, 40)
    assert claims.claim(NOW, limit=200) == []
    assert all(moved(waiting, NOW + 30 * MINUTE))


def test_a_time_that_a_budget_names_is_not_taken_back_as_a_wrong_clocks(
    alice: Somebody, rationed: str
) -> None:
    poor = channel(alice, rationed)
    waiting = due(poor, 2)
    Delivery.objects.update(tries=3)
    budgets.keep({purse(poor): News(reading=reading(0))}, NOW)
    sweeping.sweep(NOW)
    assert all(moved(waiting, NOW + 30 * MINUTE))


@pytest.mark.parametrize("heard_again", [True, False])
def test_what_a_clock_ahead_has_learnt_is_forgotten_and_holds_nothing_back(
    alice: Somebody, rationed: str, *, heard_again: bool
) -> None:
    poor = channel(alice, rationed)
    waiting = due(poor, 2)
    purses.learn({purse(poor): News(reading=reading(0, minutes=100))}, NOW + HOUR)
    budgets.put_off(purse(poor), CALLS, NOW + 100 * MINUTE, NOW)
    if heard_again:
        budgets.keep({purse(poor): News(reading=reading(50))}, NOW)
    else:
        sweeping.sweep(NOW)
    assert all(moved(waiting, NOW))


def test_no_more_is_taken_in_hand_than_is_left(alice: Somebody, rationed: str) -> None:
    poor = channel(alice, rationed)
    purses.learn({purse(poor): News(reading=reading(7))}, NOW)
    waiting = due(poor, 5)
    assert budgets.within(waiting, NOW) == waiting[:3]
    assert moved(waiting, NOW + 30 * MINUTE) == [False, False, False, True, True]


def test_channels_that_share_what_an_app_has_left_take_turns(alice: Somebody, rationed: str) -> None:
    app = uuid4()
    crowd, single = channel(alice, rationed, app), channel(alice, rationed, app)
    many, one = due(crowd, 9), due(single, 1)
    purses.learn({purse(crowd, SHARED): News(reading=replace(reading(4), budget="app_calls"))}, NOW)
    row = AppBudget.objects.get()
    assert (row.holder, row.left) == (app, 4)
    assert [each.id for each in budgets.within([*many, *one], NOW)] == [many[0].id, one[0].id]


def test_businesses_that_share_an_app_wait_together(
    alice: Somebody, charlie: Somebody, rationed: str
) -> None:
    app = uuid4()
    hers, his, elsewhere = (
        channel(alice, rationed, app),
        channel(charlie, rationed, app),
        channel(charlie, rationed),
    )
    rows = [due(each, 1)[0] for each in (hers, his, elsewhere)]
    budgets.keep({purse(hers, SHARED): News(reading=replace(reading(0), budget="app_calls"))}, NOW)
    assert moved(rows, NOW + 30 * MINUTE) == [True, True, False]


def test_only_posts_with_pictures_wait_for_a_budget_of_pictures(alice: Somebody, rationed: str) -> None:
    poor = channel(alice, rationed)
    words, picture = due(poor, 2)
    Attachment.objects.create(
        workspace_id=poor.workspace_id, post=picture.post, media_id=media_of(alice), place=0, alt=""
    )
    purses.learn({purse(poor, UPLOADS): News(reading=replace(reading(0), budget="uploads"))}, NOW)
    assert budgets.within([words, picture], NOW) == [words]
    Delivery.objects.update(look_at=NOW)
    budgets.keep({purse(poor, UPLOADS): News(reading=replace(reading(0), budget="uploads"))}, NOW)
    assert moved([words, picture], NOW + 30 * MINUTE) == [False, True]


@pytest.mark.parametrize(("budget", "waits"), [(OWN_POSTS, [True, False]), (ANSWERS, [False, True])])
def test_posts_and_replies_wait_for_the_budget_of_their_own(
    alice: Somebody, rationed: str, budget: Budget, waits: list[bool]
) -> None:
    poor = channel(alice, rationed)
    post, comment = due(poor, 2)
    Delivery.objects.filter(id=comment.id).update(part=1)
    comment.part = 1
    news = {purse(poor, budget): News(reading=replace(reading(0), budget=budget.name))}
    purses.learn(news, NOW)
    free = [row for row, wait in zip([post, comment], waits, strict=True) if not wait]
    assert budgets.within([post, comment], NOW) == free
    Delivery.objects.update(look_at=NOW)
    budgets.keep(news, NOW)
    assert moved([post, comment], NOW + 30 * MINUTE) == waits


def media_of(alice: Somebody) -> UUID:
    return media.add(alice.actor, "tea.jpg", jpeg()).id


def test_a_lost_post_is_looked_for_whatever_is_left(alice: Somebody, rationed: str) -> None:
    poor = channel(alice, rationed)
    purses.learn({purse(poor): News(reading=reading(0))}, NOW)
    (lost,) = due(poor, 1)
    Delivery.objects.update(state=State.unknown)
    lost.refresh_from_db()
    assert budgets.within([lost], NOW) == [lost]


def test_what_is_counted_adds_up_over_workers(alice: Somebody, rationed: str) -> None:
    of = channel(alice, rationed)
    for _ in range(3):
        purses.learn({purse(of, COUNTED): News(used=2)}, NOW)
    row = ChannelBudget.objects.get()
    assert (row.left, row.resets_at, row.workspace_id) == (94, NOW + HOUR, alice.actor.workspace)


def test_a_budget_that_its_network_has_given_up_stops_nobody(alice: Somebody, rationed: str) -> None:
    poor = channel(alice, rationed)
    ChannelBudget.objects.create(
        workspace_id=poor.workspace_id, holder=poor.id, name="gone", left=0, limit=1,
        resets_at=NOW + HOUR, learnt_at=NOW,
    )  # fmt: skip
    waiting = due(poor, 2)
    assert budgets.within(waiting, NOW) == waiting
    assert purses.learn({replace(purse(poor), budget="gone"): News(used=1)}, NOW) == {}


def test_a_network_whose_folder_is_gone_stops_no_other(alice: Somebody, rationed: str) -> None:
    poor, orphan = channel(alice, rationed), channel(alice, rationed)
    purses.learn({purse(poor): News(reading=reading(7))}, NOW)
    (waiting, left_behind) = (*due(poor, 1), *due(orphan, 1))
    Channel.objects.filter(id=orphan.id).update(platform="gone")
    left_behind.channel.refresh_from_db()
    assert budgets.within([waiting, left_behind], NOW) == [waiting, left_behind]


def test_a_claim_asks_as_often_for_many_channels_as_for_one(alice: Somebody, rationed: str) -> None:
    counts = []
    for number in (1, 3):
        some = [channel(alice, rationed, uuid4()) for _ in range(number)]
        rows = [row for each in some for row in due(each, 2)]
        purses.learn({purse(each): News(reading=reading(50)) for each in some}, NOW)
        with CaptureQueriesContext(connection) as asked:
            assert {each.id for each in claims.claim(NOW, limit=200)} == {row.id for row in rows}
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_of_many_posts_of_one_channel_a_claim_takes_few_and_of_the_others_all(
    alice: Somebody, rationed: str
) -> None:
    crowd = channel(alice, rationed)
    due(crowd, 500, NOW - HOUR)
    others = [channel(alice, rationed) for _ in range(20)]
    single = [due(each, 1)[0] for each in others]
    taken = claims.claim(NOW, limit=200)
    assert {each.id for each in taken} >= {each.id for each in single}
    assert len([each for each in taken if each.channel == crowd.id]) == claims.A_CHANNEL_AT_ONCE
    assert len(claims.claim(NOW, limit=200)) == 0


def test_what_would_be_too_late_by_then_is_asked_about_at_once(alice: Somebody, rationed: str) -> None:
    poor = channel(alice, rationed)
    late, soon = due(poor, 1, NOW - 2 * HOUR), due(poor, 1)
    budgets.keep({purse(poor): News(reading=reading(0))}, NOW)
    (asked,) = Delivery.objects.filter(id=late[0].id)
    assert (asked.state, asked.look_at) == (State.late, None)
    reason = queries.reason_of(asked)
    assert reason == budgets.reason_for(rationed, Scope.channel, late=True)
    assert moved(soon, NOW + 30 * MINUTE) == [True]
