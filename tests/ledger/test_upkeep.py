"""What the sweep makes of every state, written out; and how a clock that is set is lived through."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hawker.connect.values import Published
from hawker.core.publishing import upkeep
from hawker.core.publishing.rules import ASK_AT, LEASE, WAITED, is_asked
from hawker.core.publishing.states import Next, State
from tests.ledger.deliveries import DUE, NOW, delivery

HOURS = timedelta(hours=5)
ORPHANS = {
    State.scheduled: Next(state=State.cancelled),
    State.handed: Next(state=State.cancelled),
    State.held: Next(state=State.cancelled),
    State.needs_sign_in: Next(state=State.cancelled),
    State.late: Next(state=State.cancelled),
    State.unknown: Next(state=State.unknown, look_at=DUE, tries=ASK_AT, reason=upkeep.GONE),
}
HEALED = {State.needs_sign_in: Next(state=State.scheduled, look_at=DUE)}
CALLED = Next(state=State.scheduled, look_at=NOW, due_at=NOW)
CANCELLED = Next(state=State.cancelled)
# What becomes of a scheduled follower that waits for its call, by what it follows.
LEADERS = {State.published: CALLED, State.removed: CANCELLED, State.cancelled: CANCELLED}
SOUGHT = Next(state=State.unknown, look_at=NOW, reason=upkeep.RESTORED)
DOUBTED = {State.scheduled, State.preparing, State.ready, State.sending, State.needs_sign_in}
# Which followers end with what they follow.
STOPPED = {
    State.scheduled,
    State.preparing,
    State.ready,
    State.handed,
    State.held,
    State.needs_sign_in,
    State.late,
    State.failed,
}


@pytest.mark.parametrize("state", list(State))
def test_what_becomes_of_the_deliveries_of_a_removed_channel(state: State) -> None:
    assert upkeep.orphaned(delivery(state)) == ORPHANS.get(state)


def test_the_owner_of_a_removed_channel_is_asked_once_and_not_while_a_worker_looks() -> None:
    then = upkeep.orphaned(delivery(State.unknown))
    assert then is not None
    asked = delivery(State.unknown, look_at=then.look_at, tries=then.tries)
    assert is_asked(asked)
    assert upkeep.orphaned(asked) is None
    assert upkeep.orphaned(delivery(State.unknown, leased=True)) is None


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_what_its_owner_has_not_posted_in_time_is_told_once_more(state: State, minutes: int) -> None:
    seen = delivery(state, look_at=NOW)
    told = state is State.handed and minutes >= 0
    again = upkeep.reminded(seen, NOW + timedelta(minutes=minutes))
    assert again == (Next(state=State.handed, reason=WAITED) if told else None)


def test_nobody_is_told_a_third_time() -> None:
    assert upkeep.reminded(delivery(State.handed, look_at=None), NOW + HOURS) is None


@pytest.mark.parametrize("state", list(State))
def test_what_waits_for_a_post_goes_along_when_its_owner_posts_that(state: State) -> None:
    url = "https://network.example/1"
    along = upkeep.accompanied(delivery(state, look_at=None), url)
    there = Next(state=State.published, published=Published(remote_id="", url=url))
    assert along == (there if state is State.scheduled else None)
    assert upkeep.accompanied(delivery(state, look_at=NOW), url) is None


@pytest.mark.parametrize("state", list(State))
def test_what_signing_in_again_heals(state: State) -> None:
    assert upkeep.healed(delivery(state), NOW) == HEALED.get(state)


def test_what_a_wrong_clock_called_late_waits_for_its_time() -> None:
    at = NOW + timedelta(hours=1)
    late = delivery(State.late, due_at=at)
    assert upkeep.healed(late, NOW) == Next(state=State.scheduled, look_at=at)
    assert upkeep.healed(late, at) is None


@pytest.mark.parametrize("state", list(State))
def test_what_may_have_gone_out_since_a_backup_is_looked_for(state: State) -> None:
    assert upkeep.doubted(delivery(state), None, NOW) == (SOUGHT if state in DOUBTED else None)


@pytest.mark.parametrize("state", list(State))
def test_what_was_due_later_than_a_backup_is_put_back_waits_unless_it_was_being_sent(state: State) -> None:
    later = delivery(state, due_at=NOW + timedelta(seconds=1))
    assert upkeep.doubted(later, None, NOW) == (SOUGHT if state is State.sending else None)


@pytest.mark.parametrize("leader", list(State))
def test_what_waited_for_a_call_is_looked_for_once_what_it_follows_was_found(leader: State) -> None:
    waiting = delivery(State.scheduled, look_at=None)
    sought = replace(SOUGHT, look_at=None)
    assert upkeep.doubted(waiting, leader, NOW) == (sought if leader in {*DOUBTED, State.unknown} else None)


@pytest.mark.parametrize("leader", list(State))
def test_what_follows_another_is_called_by_it_or_ends_with_it(leader: State) -> None:
    waiting = delivery(State.scheduled, look_at=None)
    assert upkeep.followed(waiting, leader, addressed=True, now=NOW) == LEADERS.get(leader)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("leader", [State.cancelled, State.removed])
def test_what_has_nothing_to_follow_any_more_is_cancelled_unless_it_may_be_out(
    state: State, leader: State
) -> None:
    ended = upkeep.followed(delivery(state), leader, addressed=True, now=NOW)
    assert ended == (CANCELLED if state in STOPPED else None)


@pytest.mark.parametrize("state", list(State))
def test_what_cannot_follow_a_post_without_address_fails_with_a_reason(state: State) -> None:
    ended = upkeep.followed(delivery(state), State.published, addressed=False, now=NOW)
    behind = Next(state=State.failed, reason=upkeep.NOWHERE)
    assert ended == (behind if state in STOPPED - {State.failed} else None)


def test_what_was_called_once_keeps_the_time_that_it_was_put_off_to() -> None:
    called = delivery(State.scheduled)
    assert upkeep.followed(called, State.published, addressed=True, now=NOW) is None


@pytest.mark.parametrize("leader", [State.scheduled, State.unknown, State.held, State.late, State.failed])
def test_what_is_brought_back_waits_while_what_it_follows_is_not_out(leader: State) -> None:
    back = delivery(State.scheduled)
    assert upkeep.followed(back, leader, addressed=False, now=NOW) == Next(state=State.scheduled)


@pytest.mark.parametrize("state", [state for state in State if state is not State.scheduled])
def test_only_what_is_scheduled_is_called(state: State) -> None:
    assert upkeep.followed(delivery(state, look_at=None), State.published, addressed=True, now=NOW) is None


@pytest.mark.parametrize(
    ("until", "over"),
    [
        (NOW - timedelta(seconds=1), True),
        (NOW, False),
        (NOW + LEASE, False),
        (NOW + LEASE + upkeep.SKEW, False),
        (NOW + HOURS, True),
    ],
)
def test_a_lease_ends_by_itself_or_was_given_by_a_clock_that_was_ahead(until: datetime, over: bool) -> None:
    first, last = upkeep.live_leases(NOW)
    assert (not first <= until <= last) is over


@pytest.mark.parametrize(
    ("state", "tries", "look_in", "recalled"),
    [
        (State.unknown, 0, timedelta(seconds=89), False),
        (State.unknown, 0, HOURS, True),
        (State.unknown, 3, timedelta(seconds=89), False),
        (State.unknown, 3, timedelta(seconds=91), True),
        (State.unknown, 10, timedelta(minutes=15), False),
        (State.scheduled, 1, timedelta(seconds=39), False),
        (State.scheduled, 1, timedelta(seconds=41), True),
        (State.scheduled, 0, HOURS, False),
        (State.held, 1, HOURS, False),
        (State.sending, 1, HOURS, False),
    ],
)
def test_hawkers_own_choice_of_a_time_is_taken_back_and_nobody_elses(
    state: State, tries: int, look_in: timedelta, recalled: bool
) -> None:
    seen = delivery(state, tries=tries, look_at=NOW + look_in)
    assert upkeep.recalled(seen, NOW) == (NOW if recalled else None)


def test_what_is_taken_back_does_not_go_out_before_its_time() -> None:
    due_at = NOW + timedelta(hours=1)
    ahead = delivery(State.scheduled, due_at=due_at, tries=1, look_at=due_at + HOURS)
    assert upkeep.recalled(ahead, NOW) == due_at


def test_what_is_in_hand_or_waits_for_a_call_is_not_taken_back() -> None:
    assert upkeep.recalled(delivery(State.unknown, look_at=NOW + HOURS, leased=True), NOW) is None
    assert upkeep.recalled(delivery(State.unknown, look_at=None), NOW) is None
