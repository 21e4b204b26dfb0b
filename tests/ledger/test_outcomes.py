"""Every state with every outcome, written out; and what the rules promise of time."""

from datetime import datetime, timedelta

import pytest

from hawker.core.people.rules import LATE_AFTER
from hawker.core.publishing import rules
from hawker.core.publishing.states import Absent, Next, Postponed, State
from tests.ledger.deliveries import DUE, NAMED, NOW, OUTCOMES, READ_DELAY, SENT, WHY, delivery

NEVER = "never"
LOOKS = {
    NEVER: None,
    "its time": DUE,
    "in 2 s": NOW + timedelta(seconds=2),
    "in 6 s": NOW + timedelta(seconds=6),
    "in 10 s": NOW + timedelta(seconds=10),
    "in 1 min": NOW + timedelta(minutes=1),
    "in 15 min": NOW + timedelta(minutes=15),
    "when named": NAMED,
    "past its limit": DUE + LATE_AFTER,
}
PREPARATION = {
    "postponed": (State.scheduled, "in 10 s", 1),
    "postponed to a time": (State.scheduled, "when named", 0),
    "postponed by a day": (State.late, NEVER, 0),
    "declined": (State.failed, NEVER, 0),
    "key dead": (State.needs_sign_in, NEVER, 0),
    "abandoned": (State.scheduled, "its time", 0),
}
# State → outcome → what it becomes, when it is looked at, how often it has been put off.
# What does not stand here cannot happen.
TABLE = {
    State.preparing: {
        "prepared": (State.ready, NEVER, 0),
        "handed": (State.handed, "past its limit", 0),
        **PREPARATION,
    },
    State.ready: {"intended": (State.sending, NEVER, 0), **PREPARATION},
    State.sending: {
        "accepted": (State.published, NEVER, 0),
        "postponed": (State.scheduled, "in 10 s", 1),
        "postponed to a time": (State.scheduled, "when named", 0),
        "postponed by a day": (State.late, NEVER, 0),
        "handed": (State.handed, "past its limit", 0),
        "declined": (State.failed, NEVER, 0),
        "key dead": (State.needs_sign_in, NEVER, 0),
        "answer lost": (State.unknown, "in 2 s", 0),
        "abandoned": (State.unknown, "its time", 0),
    },
    State.unknown: {
        "accepted": (State.published, NEVER, 0),
        "absent": (State.scheduled, "its time", 0),
        "absent too soon": (State.unknown, "in 6 s", 0),
        "postponed": (State.unknown, "in 10 s", 1),
        "postponed to a time": (State.unknown, "in 15 min", 10),
        "postponed by a day": (State.unknown, "in 15 min", 10),
        "declined": (State.unknown, "in 10 s", 10),
        "key dead": (State.unknown, "in 10 s", 10),
        "unlookable": (State.unknown, NEVER, 0),
        "unlookable, too soon to ask": (State.unknown, "in 6 s", 0),
        "unlookable, and it may still tell": (State.unknown, "in 1 min", 0),
        "abandoned": (State.unknown, "its time", 0),
    },
    State.handed: {},
    State.scheduled: {},
    State.held: {},
    State.needs_sign_in: {},
    State.late: {},
    State.failed: {},
    State.cancelled: {},
    State.published: {},
    State.removed: {},
}


def follow(state: State, name: str) -> Next:
    return rules.after(delivery(state), OUTCOMES[name], NOW, read_delay=READ_DELAY)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", list(OUTCOMES))
def test_every_state_and_outcome_is_in_the_table(state: State, name: str) -> None:
    expected = TABLE[state].get(name)
    if expected is None:
        with pytest.raises(rules.Impossible):
            follow(state, name)
        return
    then = follow(state, name)
    assert (then.state, then.look_at, then.tries) == (expected[0], LOOKS[expected[1]], expected[2])


@pytest.mark.parametrize("state", list(State))
def test_a_worker_takes_what_waits_and_nothing_else(state: State) -> None:
    taken = {State.scheduled: State.preparing, State.unknown: State.unknown}
    if state in taken:
        assert rules.taken(delivery(state)) is taken[state]
        return
    with pytest.raises(rules.Impossible):
        rules.taken(delivery(state))


LATE = {State.scheduled, State.preparing, State.ready}


@pytest.mark.parametrize("state", list(State))
def test_a_post_hours_late_is_not_sent_in_silence(state: State) -> None:
    limit = timedelta(minutes=30)
    fresh = delivery(state, sent_at=None)
    assert rules.before(fresh, DUE + limit, limit) is None
    late = rules.before(fresh, DUE + limit + timedelta(seconds=1), limit)
    assert late == (Next(state=State.late, reason=rules.LATE) if state in LATE else None)


@pytest.mark.parametrize("state", sorted(LATE))
def test_of_one_that_hawker_tried_before_nobody_is_told_that_it_did_not_go_out(state: State) -> None:
    """Where networks take a key once, a look may miss what is there, and they forget the key."""
    late = rules.before(delivery(state, sent_at=SENT), DUE + timedelta(hours=3), timedelta(hours=2))
    assert late == Next(state=State.late, reason=rules.TRIED)
    assert "Look at the network" in str(rules.TRIED.sentence)


@pytest.mark.parametrize(
    ("minutes", "becomes"),
    [
        (10, Next(state=State.scheduled, look_at=DUE + timedelta(minutes=10), reason=WHY)),
        (30, Next(state=State.scheduled, look_at=DUE + timedelta(minutes=30), reason=WHY)),
        (31, Next(state=State.late, reason=rules.STALLED)),
    ],
)
def test_what_a_network_will_not_take_for_now_waits_or_is_its_owners_to_decide(
    minutes: int, becomes: Next
) -> None:
    until, limit = DUE + timedelta(minutes=minutes), timedelta(minutes=30)
    assert rules.barred(DUE, until, limit, waits=WHY, too_late=rules.STALLED) == becomes


def test_a_network_that_asks_to_wait_past_the_limit_makes_its_owner_decide_at_once() -> None:
    asked = Postponed(reason=WHY, at=NAMED)
    then = rules.after(
        delivery(State.sending), asked, NOW, read_delay=READ_DELAY, late_after=timedelta(minutes=20)
    )
    assert (then.state, then.reason) == (State.late, WHY)


@pytest.mark.parametrize("at", [None, NOW + timedelta(minutes=2)])
def test_nothing_goes_out_before_its_time_because_the_clock_was_set_back(at: datetime | None) -> None:
    early = delivery(State.sending, due_at=NOW + timedelta(hours=1))
    then = rules.after(early, Postponed(reason=WHY, at=at), NOW, read_delay=READ_DELAY)
    assert then.look_at is not None
    assert timedelta(0) < then.look_at - early.due_at <= timedelta(seconds=10)


def test_a_post_that_is_put_off_again_and_again_ends_with_its_owner() -> None:
    seen, now = delivery(State.preparing), DUE
    for _ in range(100):
        then = rules.after(seen, Postponed(reason=WHY), now, read_delay=READ_DELAY)
        assert then.look_at is not None
        now = then.look_at
        waiting = delivery(then.state, look_at=now, tries=then.tries)
        if rules.before(waiting, now):
            break
        seen = delivery(rules.taken(waiting), tries=then.tries)
    assert timedelta(hours=2) < now - DUE < timedelta(hours=2, minutes=15)


@pytest.mark.parametrize("read_delay", [timedelta(0), READ_DELAY])
def test_an_absence_is_not_believed_while_a_worker_that_was_held_up_may_still_send(
    read_delay: timedelta,
) -> None:
    enough, a_little = read_delay + rules.SEND_WITHIN, timedelta(milliseconds=1)
    early = rules.after(delivery(State.unknown), Absent(enough - a_little), NOW, read_delay=read_delay)
    assert (early.state, early.look_at) == (State.unknown, NOW + a_little)
    believed = rules.after(delivery(State.unknown), Absent(enough), NOW, read_delay=read_delay)
    assert believed.state is State.scheduled


def test_after_an_hour_of_looks_in_vain_its_owner_is_asked_and_hawker_looks_on() -> None:
    seen, passed, looks = delivery(State.unknown), timedelta(0), 0
    while not rules.is_asked(seen):
        then = rules.after(seen, Postponed(reason=WHY), NOW, read_delay=READ_DELAY)
        assert then.look_at is not None
        passed, looks = passed + then.look_at - NOW, looks + 1
        seen = delivery(State.unknown, look_at=then.look_at, tries=then.tries)
    assert looks == 10
    assert timedelta(minutes=45) < passed < timedelta(minutes=90)
    assert seen.look_at is not None


def test_nobody_is_asked_while_a_worker_looks() -> None:
    assert rules.is_asked(delivery(State.unknown, look_at=None))
    assert not rules.is_asked(delivery(State.unknown, look_at=None, leased=True))
    assert not rules.is_asked(delivery(State.unknown))


def test_a_network_is_searched_from_the_instant_of_sending() -> None:
    assert rules.since(delivery(State.unknown), NOW) == SENT
    assert rules.since(delivery(State.unknown, sent_at=None), NOW) == DUE


def test_what_a_clock_that_was_ahead_sent_is_searched_for_in_a_whole_day() -> None:
    ahead = delivery(State.unknown, sent_at=NOW + timedelta(hours=5))
    assert rules.since(ahead, NOW) == NOW - timedelta(days=1)


def test_waiting_grows_longer_up_to_a_quarter_of_an_hour() -> None:
    pauses = [rules.pause(tries).total_seconds() for tries in range(10)]
    assert pauses == [10, 30, 60, 120, 300, 600, 900, 900, 900, 900]


@pytest.mark.parametrize(("seconds", "tries"), [(2, 3), (300, 5), (700, 7), (900, 7)])
def test_a_pause_counts_as_so_many_tries_as_hawker_waits_so_long_after(seconds: int, tries: int) -> None:
    at = NOW + timedelta(seconds=seconds)
    asked = Postponed(reason=WHY, at=at, named=False)
    then = rules.after(delivery(State.preparing, tries=2), asked, NOW, read_delay=READ_DELAY)
    assert (then.look_at, then.tries) == (at, tries)
