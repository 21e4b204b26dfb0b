"""The state machine of a delivery: every state with every outcome, and what can never happen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.publishing import commands, rules
from hawker.core.publishing.states import (
    ENDED,
    IN_HAND,
    WAITING,
    Abandoned,
    Absent,
    Accepted,
    AnswerLost,
    Command,
    Declined,
    Intended,
    KeyDead,
    Next,
    Outcome,
    Postponed,
    Prepared,
    Reason,
    Snapshot,
    State,
    Unlookable,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DELAY = timedelta(seconds=5)
WHY = Reason(sentence=say("Because."), code="418")
POST = Published(remote_id="1", url="https://example.com/1")
OUTCOMES: dict[str, Outcome] = {
    "prepared": Prepared(),
    "intended": Intended(),
    "accepted": Accepted(POST),
    "absent": Absent(timedelta(minutes=1)),
    "postponed": Postponed(reason=WHY),
    "declined": Declined(WHY),
    "key dead": KeyDead(WHY),
    "answer lost": AnswerLost(WHY),
    "unlookable": Unlookable(WHY),
    "abandoned": Abandoned(),
}
# State → outcome → what it becomes. What does not stand here is impossible.
TABLE: dict[State, dict[str, State]] = {
    State.preparing: {
        "prepared": State.ready,
        "postponed": State.scheduled,
        "declined": State.failed,
        "key dead": State.needs_sign_in,
        "abandoned": State.scheduled,
    },
    State.ready: {
        "intended": State.sending,
        "postponed": State.scheduled,
        "declined": State.failed,
        "key dead": State.needs_sign_in,
        "abandoned": State.scheduled,
    },
    State.sending: {
        "accepted": State.published,
        "postponed": State.scheduled,
        "declined": State.failed,
        "key dead": State.needs_sign_in,
        "answer lost": State.unknown,
        "abandoned": State.unknown,
    },
    State.unknown: {
        "accepted": State.published,
        "absent": State.scheduled,
        "postponed": State.unknown,
        "declined": State.unknown,
        "key dead": State.unknown,
        "unlookable": State.unknown,
        "abandoned": State.unknown,
    },
}


def delivery(state: State, **changes: object) -> Snapshot:
    known: dict[str, object] = {"due_at": NOW, "attempt": 1, "sent_at": NOW - timedelta(minutes=1)}
    return Snapshot(state=state, **{**known, **changes})  # type: ignore[arg-type]


def follow(state: State, outcome: Outcome) -> Next:
    return rules.after(delivery(state), outcome, NOW, read_delay=DELAY)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", list(OUTCOMES))
def test_every_state_and_outcome_is_in_the_table(state: State, name: str) -> None:
    expected = TABLE.get(state, {}).get(name)
    if expected is None:
        with pytest.raises(rules.Impossible):
            follow(state, OUTCOMES[name])
    else:
        assert follow(state, OUTCOMES[name]).state is expected


@pytest.mark.parametrize("state", list(TABLE))
@pytest.mark.parametrize("name", list(OUTCOMES))
def test_what_waits_knows_when_it_is_looked_at(state: State, name: str) -> None:
    """Only a post that cannot be looked for waits for its owner's word."""
    if name not in TABLE[state]:
        return
    then = follow(state, OUTCOMES[name])
    waits = then.state in WAITING and name != "unlookable"
    assert (then.look_at is not None) == waits


def test_an_absence_is_not_believed_before_the_read_side_can_know() -> None:
    early = rules.after(delivery(State.unknown, sent_at=NOW), Absent(timedelta(0)), NOW, read_delay=DELAY)
    assert (early.state, early.look_at) == (State.unknown, NOW + DELAY + rules.SEND_WITHIN)


def test_the_network_says_when_to_come_again() -> None:
    at = NOW + timedelta(minutes=20)
    then = rules.after(delivery(State.sending), Postponed(reason=WHY, at=at), NOW, read_delay=DELAY)
    assert (then.state, then.look_at, then.tries) == (State.scheduled, at, 0)


def test_waiting_grows_longer_up_to_a_quarter_of_an_hour() -> None:
    pauses = [rules.pause(tries).total_seconds() for tries in range(10)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 900


def test_a_post_hours_late_is_not_sent_in_silence() -> None:
    due = delivery(State.scheduled)
    assert rules.before(due, NOW + rules.LATE_AFTER) is None
    late = rules.before(due, NOW + rules.LATE_AFTER + timedelta(seconds=1))
    assert late is not None
    assert (late.state, late.reason) == (State.late, rules.LATE)


@given(st.lists(st.sampled_from(sorted(OUTCOMES)), max_size=30))
@settings(max_examples=400, deadline=None)
def test_no_two_sends_without_a_look_or_a_certain_no_between_them(names: list[str]) -> None:
    seen, unsure = delivery(State.preparing, attempt=0, sent_at=None), False
    for name in names:
        if name not in TABLE.get(seen.state, {}):
            continue
        then = rules.after(seen, OUTCOMES[name], NOW, read_delay=DELAY)
        if then.state is State.sending:
            assert not unsure
            unsure = True
        elif name in {"absent", "postponed", "declined", "key dead", "accepted"}:
            unsure = unsure and seen.state is State.unknown and name != "absent"
        state = State.preparing if then.state in {State.scheduled, State.needs_sign_in} else then.state
        seen = delivery(state)


@pytest.mark.parametrize("command", [each for each in Command if each is not Command.settle])
def test_no_command_touches_what_is_being_sent_or_unknown(command: Command) -> None:
    assert not rules.may(command, State.sending)
    assert not rules.may(command, State.unknown)


def test_the_word_of_its_owner_stands_for_a_look() -> None:
    assert rules.may(Command.settle, State.unknown)
    assert not any(rules.may(Command.settle, state) for state in State if state is not State.unknown)
    asked = delivery(State.unknown)
    there = commands.commanded(asked, Command.settle, NOW, there=True)
    absent = commands.commanded(asked, Command.settle, NOW)
    assert (there and there.state, absent and absent.state) == (State.published, State.scheduled)


@pytest.mark.parametrize("state", [each for each in State if each not in IN_HAND | WAITING | ENDED])
def test_what_stands_still_can_be_moved_on_by_its_owner(state: State) -> None:
    assert any(rules.may(command, state) for command in Command)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], "draft"),
        ([State.scheduled, State.scheduled], "scheduled"),
        ([State.preparing, State.scheduled], "publishing"),
        ([State.published, State.sending], "publishing"),
        ([State.published, State.unknown], "publishing"),
        ([State.published, State.published], "published"),
        ([State.published, State.failed], "failed"),
        ([State.published, State.cancelled], "partly_published"),
        ([State.published, State.removed], "published"),
        ([State.failed, State.sending], "publishing"),
        ([State.late], "failed"),
        ([State.needs_sign_in, State.scheduled], "failed"),
        ([State.held, State.published], "held"),
        ([State.cancelled], "cancelled"),
        ([State.removed, State.removed], "removed"),
    ],
)
def test_a_post_is_what_its_deliveries_are(states: list[State], expected: str) -> None:
    assert rules.summary(states) == expected


def test_a_post_that_only_its_owner_can_settle_needs_her() -> None:
    assert rules.summary([State.published, State.unknown], asked=True) == "failed"
    assert rules.summary([State.sending, State.unknown], asked=True) == "publishing"


@pytest.mark.parametrize("state", [State.preparing, State.ready, State.sending, State.unknown])
def test_what_may_be_on_its_way_is_neither_rewritten_nor_deleted(state: State) -> None:
    assert not rules.may_rewrite([State.scheduled, state])
    assert not rules.may_delete([State.scheduled, state])


def test_what_is_published_everywhere_is_not_rewritten() -> None:
    assert not rules.may_rewrite([State.published, State.removed])
    assert rules.may_rewrite([State.published, State.failed])
