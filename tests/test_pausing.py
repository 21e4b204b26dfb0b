"""How what piled up while publishing was on hold is spread."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from hawker.core.publishing.pausing import APART, FIRST_AFTER, Release, Waiting, spread

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOURS_2, DAY = timedelta(hours=2), timedelta(hours=24)
TEA, CAKE = UUID(int=1), UUID(int=2)
MINUTES = st.integers(min_value=0, max_value=180)


def waiting(number: int, minutes: int, channel: UUID = TEA, **more: object) -> Waiting:
    """Was to go out so many minutes ago."""
    at = NOW - timedelta(minutes=minutes)
    known: dict[str, object] = {"due_at": at, "not_before": at}
    return Waiting(id=UUID(int=number), channel=channel, **{**known, **more})  # type: ignore[arg-type]


def minutes(releases: list[Release]) -> dict[int, float | None]:
    """After how many minutes each goes out."""
    return {each.id.int: (each.at - NOW).total_seconds() / 60 if each.at else None for each in releases}


def test_a_channels_posts_go_out_in_their_order_one_each_five_minutes() -> None:
    found = spread([waiting(1, 10), waiting(2, 30), waiting(3, 20)], {}, NOW, late_after=HOURS_2)
    assert minutes(found) == {2: 1, 3: 6, 1: 11}


def test_channels_do_not_wait_for_each_other() -> None:
    found = spread([waiting(1, 10), waiting(2, 30, CAKE)], {}, NOW, late_after=HOURS_2)
    assert minutes(found) == {1: 1, 2: 1}


def test_what_is_planned_keeps_its_time_and_its_distance() -> None:
    planned = {TEA: [NOW + timedelta(minutes=4), NOW + timedelta(minutes=12)]}
    found = spread([waiting(1, 20), waiting(2, 10)], planned, NOW, late_after=HOURS_2)
    assert minutes(found) == {1: 17, 2: 22}


def test_a_gap_between_planned_posts_is_used() -> None:
    planned = {TEA: [NOW + timedelta(minutes=4), NOW + timedelta(minutes=40)], CAKE: [NOW + FIRST_AFTER]}
    found = spread([waiting(1, 20), waiting(2, 10)], planned, NOW, late_after=HOURS_2)
    assert minutes(found) == {1: 9, 2: 14}


def test_nothing_goes_out_before_its_network_wanted_to_be_asked_again() -> None:
    again = NOW + timedelta(minutes=8)
    found = spread([waiting(1, 20, not_before=again), waiting(2, 10)], {}, NOW, late_after=HOURS_2)
    assert minutes(found) == {1: 8, 2: 13}


def test_what_came_too_late_is_asked_about_and_takes_no_turn() -> None:
    found = spread([waiting(1, 130), waiting(2, 20)], {}, NOW, late_after=HOURS_2)
    assert minutes(found) == {1: None, 2: 1}


def test_what_would_be_too_late_when_its_turn_comes_is_asked_about() -> None:
    posts = [waiting(number, 10) for number in range(1, 5)]
    found = spread(posts, {}, NOW, late_after=timedelta(minutes=16))
    assert minutes(found) == {1: 1, 2: 6, 3: None, 4: None}


def test_a_comment_under_a_post_that_is_out_takes_no_turn() -> None:
    found = spread([waiting(1, 20, follows=True), waiting(2, 10)], {}, NOW, late_after=HOURS_2)
    assert minutes(found) == {1: 1, 2: 1}


@given(st.lists(MINUTES, max_size=12), st.lists(MINUTES, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_two_posts_of_a_channel_come_too_near_each_other(ago: list[int], ahead: list[int]) -> None:
    planned = sorted(NOW + timedelta(minutes=each) for each in ahead)
    posts = [waiting(number, each) for number, each in enumerate(ago, start=1)]
    found = [each.at for each in spread(posts, {TEA: planned}, NOW, late_after=DAY)]
    times = [at for at in found if at is not None]
    assert len(times) == len(ago)
    assert times == sorted(times)
    assert all(later - earlier >= APART for earlier, later in pairwise(times))
    assert all(abs(at - other) >= APART for at in times for other in planned)
    assert all(at >= NOW + FIRST_AFTER for at in times)
