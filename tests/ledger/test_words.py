"""Every state with everything that a network may tell by itself, written out."""

from datetime import timedelta

import pytest

from hawker.core.publishing import rules
from hawker.core.publishing.states import Bounced, Next, State, Told, Unlookable, Word
from tests.ledger.deliveries import NOW, POST, READ_DELAY, WHY, delivery

HAS, BACK = Told(POST), Bounced(WHY)
PUBLISHED, FAILED, NOTHING = State.published, State.failed, None
# State → what it becomes by the news that the network has it, and that it came back: of a message whose id
# Hawker does not know, then of the one that it knows.
TABLE: dict[State, tuple[State | None, ...]] = {
    State.scheduled: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.preparing: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.ready: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.sending: (PUBLISHED, FAILED, NOTHING, NOTHING),
    State.unknown: (PUBLISHED, FAILED, NOTHING, NOTHING),
    State.held: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.needs_sign_in: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.late: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.failed: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.handed: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.cancelled: (PUBLISHED, NOTHING, NOTHING, NOTHING),
    State.published: (NOTHING, NOTHING, NOTHING, FAILED),
    State.removed: (NOTHING, NOTHING, NOTHING, NOTHING),
}
WORDS: list[tuple[Word, bool]] = [(HAS, False), (BACK, False), (HAS, True), (BACK, True)]
THEN = {
    PUBLISHED: Next(state=PUBLISHED, published=POST),
    FAILED: Next(state=FAILED, reason=WHY),
    NOTHING: None,
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("place", range(4))
def test_every_state_and_word_is_in_the_table(state: State, place: int) -> None:
    word, known = WORDS[place]
    assert rules.told(delivery(state), word, known=known) == THEN[TABLE[state][place]]


@pytest.mark.parametrize("state", list(State))
def test_what_the_person_does_not_want_any_more_is_cancelled_before_it_goes_out(state: State) -> None:
    unsent = state in {State.scheduled, State.preparing, State.ready}
    stop = rules.before(delivery(state, wanted=False), NOW)
    assert stop == (Next(state=State.cancelled, reason=rules.UNWANTED) if unsent else None)


def test_a_network_that_tells_by_itself_is_listened_to_before_the_owner_is_asked() -> None:
    seen, quiet, looks = delivery(State.unknown), timedelta(0), 0
    while not rules.is_asked(seen):
        then = rules.after(seen, Unlookable(WHY, quiet, tells=True), NOW, read_delay=READ_DELAY)
        quiet += (then.look_at or NOW) - NOW
        looks += 1
        seen = delivery(State.unknown, look_at=then.look_at, tries=then.tries)
    assert (quiet, looks) == (rules.HEAR_WITHIN, 16)
    assert then.reason == WHY


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.published, State.failed, State.cancelled], {State.published}),
        ([State.published, State.scheduled], {State.published, State.scheduled, State.sending}),
        ([State.scheduled, State.failed], {State.scheduled}),
        ([State.failed, State.cancelled], {State.failed}),
        ([State.cancelled], {State.cancelled}),
        ([State.published, State.unknown], {State.published, State.unknown}),
        ([], set()),
    ],
)
def test_what_many_messages_come_to(states: list[State], expected: set[State]) -> None:
    assert rules.gist(states) == expected
