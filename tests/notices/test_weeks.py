"""How a week went, told on Monday."""

from datetime import UTC, datetime, timedelta

import pytest

from hawker.core.channels.models import Channel
from hawker.core.notices import letters, telling
from hawker.core.notices.letters import Addressee
from hawker.core.people.models import Workspace
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.cast import Somebody
from tests.notices.scene import letters_of, seen, write

# Monday 2026-11-23, nine o'clock in Taipei.
NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


def planned(alice: Somebody, one: list[Channel], *states: State) -> None:
    for number, state in enumerate(states):
        post = write(alice, one, f"post {number}")
        Post.objects.filter(id=post.id).update(planned_at=NINE - timedelta(days=1, hours=number))
        Delivery.objects.filter(post=post).update(state=state, look_at=None, told_for=None)


@pytest.mark.parametrize(
    ("states", "line"),
    [
        ([State.published], "The one post of last week went out."),
        ([State.published, State.removed, State.cancelled], "All 2 posts of last week went out."),
        ([State.published, State.late], "1 of 2 posts of last week went out. Waiting for you: 1."),
        (
            [State.published, State.held],
            "1 of 2 posts of last week went out. The others wait or are on hold.",
        ),
    ],
)
def test_on_monday_at_nine_everybody_is_told_once_how_last_week_went(
    states: list[State], line: str, alice: Somebody, anna: Somebody, one: list[Channel]
) -> None:
    planned(alice, one, *states)
    times = [NINE - timedelta(minutes=1), NINE, NINE + timedelta(hours=1), NINE + timedelta(days=1)]
    assert [telling.tell_of_weeks(at) for at in times] == [0, 1, 0, 0]
    for each in (alice, anna):
        assert [str(item.headline) for item in seen(each)] == [line]
        assert letters_of(each) == ["waiting"]


def test_a_week_without_posts_is_not_told(alice: Somebody, one: list[Channel]) -> None:
    planned(alice, one, State.cancelled)
    assert telling.tell_of_weeks(NINE) == 0
    assert seen(alice) == []


def test_a_week_is_not_told_days_late(alice: Somebody, one: list[Channel]) -> None:
    planned(alice, one, State.published)
    assert telling.tell_of_weeks(NINE + timedelta(days=3)) == 0


def test_a_business_that_moves_to_another_zone_is_not_told_twice(alice: Somebody, one: list[Channel]) -> None:
    planned(alice, one, State.published)
    assert telling.tell_of_weeks(NINE) == 1
    Workspace.objects.update(time_zone="America/New_York")
    assert telling.tell_of_weeks(NINE + timedelta(hours=14)) == 0


def test_the_line_of_a_week_is_in_the_readers_language(
    alice: Somebody, bob: Somebody, one: list[Channel]
) -> None:
    planned(alice, one, State.published, State.published)
    telling.tell_of_weeks(NINE)
    to = Addressee(workspace=alice.actor.workspace, user=bob.user.id)
    parcel = letters.intend(to, NINE + timedelta(minutes=2))
    assert parcel is not None
    assert "2 則貼文" in parcel.subject
