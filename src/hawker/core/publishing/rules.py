"""What becomes of a delivery when a worker has done something with it, and how a whole post stands.

Pure: a snapshot, an outcome and an instant in, the next state out. What people ask of a delivery stands in
`commands`, what is put right while nobody has it in hand in `upkeep`.

The one promise: between two commitments to send there is always a look that found nothing, or an answer
that said for certain that nothing was taken.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hawker.connect.text import say
from hawker.core.people.rules import LATE_AFTER
from hawker.core.publishing.states import (
    ENDED,
    IN_HAND,
    UNSENT,
    Abandoned,
    Absent,
    Accepted,
    AnswerLost,
    Bounced,
    Command,
    Declined,
    Handed,
    Intended,
    KeyDead,
    Next,
    Outcome,
    Postponed,
    Prepared,
    Reason,
    Snapshot,
    State,
    Told,
    Unlookable,
    Word,
)

# It may be on its way: who knows better may say so.
HANGING = frozenset({State.sending, State.unknown})
LEASE = timedelta(seconds=20)
# An intent older than this is not acted on: its lease may be over, and others may have begun to look.
SEND_WITHIN = timedelta(seconds=5)
FIRST_LOOK = timedelta(seconds=2)
LOOK_AGAIN = timedelta(seconds=60)
BACK_OFF = (10, 30, 60, 120, 300, 600, 900)
# For so long a network that tells of its messages by itself is waited for, before their owner is asked.
HEAR_WITHIN = timedelta(minutes=15)
ASK_AT = 10  # looks in vain, within about an hour, after which the owner is asked as well
A_DAY = timedelta(days=1)

LATE = Reason(
    sentence=say("Its time passed without it going out. Publish it now, at another time, or not at all."),
    code="late",
)
TRIED = Reason(
    sentence=say(
        "Its time passed, and as far as Hawker knows it did not go out. Look at the network before you"
        " publish it now, at another time, or not at all."
    ),
    code="late",
)
LOOKING = Reason(
    sentence=say("The answer was lost on the way. Hawker is looking whether the post is there."), code="lost"
)
LISTENING = Reason(
    sentence=say(
        "The answer was lost on the way. Nobody can look for this message; Hawker waits for a while whether"
        " the network tells of it by itself."
    ),
    code="lost",
)
UNWANTED = Reason(
    sentence=say("Before it went out, this person asked for no more messages or was removed."),
    code="unwanted",
)
WAITED = Reason(
    sentence=say(
        "Its time passed, and nobody has said that it is posted. Post it now, give it another time, or leave "
        "it."
    ),
    code="late",
)
STALLED = Reason(
    sentence=say("Hawker was held up just before it sent the post, and sends it in a moment."), code="stalled"
)


class Impossible(ValueError):
    """An outcome that cannot come to a delivery in this state: a fault in the caller."""


def before(delivery: Snapshot, now: datetime, late_after: timedelta = LATE_AFTER) -> Next | None:
    """What stands in the way of taking a due delivery in hand, or of sending it; None: nothing."""
    unsent = delivery.state in {State.scheduled, State.preparing, State.ready}
    if unsent and not delivery.wanted:
        return Next(state=State.cancelled, reason=UNWANTED)
    late = unsent and comes_late(delivery.due_at, now, late_after)
    return too_late(tried=delivery.sent_at is not None) if late else None


def too_late(*, tried: bool) -> Next:
    """`tried`: it was to be sent once already, or may have been before a restore."""
    return Next(state=State.late, reason=TRIED if tried else LATE)


def taken(delivery: Snapshot) -> State:
    """What a waiting delivery is while a worker has it in hand. Raises Impossible."""
    match delivery.state:
        case State.scheduled:
            return State.preparing
        case State.unknown:
            return State.unknown
    raise Impossible(f"a worker took a delivery that is {delivery.state}")


def after(
    delivery: Snapshot,
    outcome: Outcome,
    now: datetime,
    *,
    read_delay: timedelta,
    late_after: timedelta = LATE_AFTER,
) -> Next:
    """`read_delay`: as its platform says (connect.abilities.Publishes). Raises Impossible."""
    if delivery.state is State.unknown:
        return _after_look(delivery, outcome, now, read_delay)
    if delivery.state is State.sending:
        return _after_send(delivery, outcome, now, late_after)
    if delivery.state in IN_HAND:
        return _after_preparation(delivery, outcome, now, late_after)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _after_preparation(delivery: Snapshot, outcome: Outcome, now: datetime, late_after: timedelta) -> Next:
    match outcome:
        case Prepared() if delivery.state is State.preparing:
            return Next(state=State.ready, tries=delivery.tries)
        case Handed(reason) if delivery.state is State.preparing:
            return _hand_over(delivery, reason, late_after)
        case Intended() if delivery.state is State.ready:
            return Next(state=State.sending, tries=delivery.tries)
        case Abandoned():
            return again(delivery)
        case Postponed() | Declined() | KeyDead():
            return _put_off(delivery, outcome, now, late_after)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _after_send(delivery: Snapshot, outcome: Outcome, now: datetime, late_after: timedelta) -> Next:
    match outcome:
        case Accepted(published):
            return Next(state=State.published, published=published)
        case AnswerLost(reason):
            return Next(state=State.unknown, look_at=now + FIRST_LOOK, reason=reason)
        case Abandoned():
            return Next(state=State.unknown, look_at=_at_once(delivery, now), reason=LOOKING)
        case Handed(reason):
            return _hand_over(delivery, reason, late_after)
        case Postponed() | Declined() | KeyDead():
            return _put_off(delivery, outcome, now, late_after)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _hand_over(delivery: Snapshot, reason: Reason | None, late_after: timedelta) -> Next:
    return Next(state=State.handed, look_at=delivery.due_at + late_after, reason=reason)


def _put_off(
    delivery: Snapshot, outcome: Postponed | Declined | KeyDead, now: datetime, late_after: timedelta
) -> Next:
    """The network certainly took nothing. Nothing goes out before its time, though the clock was set back."""
    start = max(now, delivery.due_at)
    match outcome:
        case Postponed(reason=reason, at=at, named=True) if at:
            if comes_late(delivery.due_at, at, late_after):
                return Next(state=State.late, reason=reason)
            return Next(state=State.scheduled, look_at=max(at, start + FIRST_LOOK), reason=reason)
        case Postponed(reason=reason, at=at):
            look_at = max(at or start + pause(delivery.tries), start)
            tries = max(delivery.tries + 1, _tries_that_wait(look_at - start))
            return Next(state=State.scheduled, look_at=look_at, tries=tries, reason=reason)
        case Declined(reason):
            return Next(state=State.failed, reason=reason)
        case KeyDead(reason):
            return Next(state=State.needs_sign_in, reason=reason)


def comes_late(due_at: datetime, at: datetime, late_after: timedelta) -> bool:
    """Whether what is due at `due_at` and cannot go out before `at` is past its limit of lateness by then."""
    return at > due_at + late_after


def barred(
    due_at: datetime, until: datetime, late_after: timedelta, *, waits: Reason, too_late: Reason
) -> Next:
    """What becomes of a scheduled delivery of which Hawker knows, before it tries, that its network takes
    nothing before `until`. The reasons: why it waits, or why its owner is asked."""
    if comes_late(due_at, until, late_after):
        return Next(state=State.late, reason=too_late)
    return Next(state=State.scheduled, look_at=until, reason=waits)


def _after_look(delivery: Snapshot, outcome: Outcome, now: datetime, read_delay: timedelta) -> Next:
    """Whatever is not a certain answer leaves the delivery unknown."""
    match outcome:
        case Accepted(published):
            return Next(state=State.published, published=published)
        case Absent(quiet):
            missing = must_be_quiet(read_delay) - quiet
            if missing > timedelta(0):
                look_at = now + min(missing, LOOK_AGAIN)
                return Next(state=State.unknown, look_at=look_at, reason=LOOKING)
            return again(delivery)
        case Unlookable():
            return _after_no_look(outcome, now, read_delay)
        case Postponed() | Declined() | KeyDead():
            return _look_later(delivery, outcome, now)
        case Abandoned():
            at_once = _at_once(delivery, now)
            return Next(state=State.unknown, look_at=at_once, tries=delivery.tries, reason=LOOKING)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _after_no_look(outcome: Unlookable, now: datetime, read_delay: timedelta) -> Next:
    """Its owner is asked once what may be on its way still has had the time to arrive: she looks at once."""
    missing = (HEAR_WITHIN if outcome.tells else must_be_quiet(read_delay)) - outcome.quiet
    if missing <= timedelta(0):
        return Next(state=State.unknown, reason=outcome.reason)
    waits = LISTENING if outcome.tells else LOOKING
    return Next(state=State.unknown, look_at=now + min(missing, LOOK_AGAIN), reason=waits)


def _look_later(delivery: Snapshot, outcome: Postponed | Declined | KeyDead, now: datetime) -> Next:
    """A look that was refused or needs a key may never succeed: the owner is asked at once, and Hawker goes
    on looking, as the key may come back. So is she where the network lets nobody look for long."""
    wait, tries = pause(delivery.tries), delivery.tries + 1
    match outcome:
        case Postponed(at=at) if at and at - now > pause(len(BACK_OFF)):
            wait, tries = pause(len(BACK_OFF)), max(tries, ASK_AT)
        case Postponed(at=at) if at:
            wait = max(at - now, FIRST_LOOK)
            tries = max(tries, _tries_that_wait(wait))
        case Declined() | KeyDead():
            tries = max(tries, ASK_AT)
    return Next(state=State.unknown, look_at=now + wait, tries=tries, reason=outcome.reason)


def told(delivery: Snapshot, word: Word, *, known: bool) -> Next | None:
    """What becomes of a delivery, in whichever state, when its network tells of it by itself; None: nothing.

    `known`: the word is about the message whose id at the network the delivery has. Words come late, twice
    and in any order: of one that has bounced, or was sent once more since, nothing earlier counts.
    """
    match word:
        case Told(published) if not known and delivery.state not in {State.published, State.removed}:
            return Next(state=State.published, published=published)
        case Bounced(reason) if delivery.state in ({State.published} if known else HANGING):
            return Next(state=State.failed, reason=reason)
    return None


def again(delivery: Snapshot) -> Next:
    """Back to its own time, which has come or is still to come: whatever the clock says, that is certain."""
    return Next(state=State.scheduled, look_at=delivery.due_at)


def _at_once(delivery: Snapshot, now: datetime) -> datetime:
    """An instant that stays past when a clock that is ahead is set back."""
    return min(now, delivery.due_at)


def must_be_quiet(read_delay: timedelta) -> timedelta:
    """How long an answer must have been lost before "it is not there" is believed: a worker that was held up
    may still begin to send, and the network may still hide what it took."""
    return read_delay + SEND_WITHIN


def since(delivery: Snapshot, now: datetime) -> datetime:
    """From when on the network is searched for what may have been sent."""
    sent_at = delivery.sent_at or delivery.due_at
    # The clock was ahead when it was sent, nobody knows how far.
    return now - A_DAY if sent_at > now else sent_at


def is_asked(delivery: Snapshot) -> bool:
    """Whether its owner is asked what became of it. Where `look_at` is set Hawker goes on looking as well."""
    given_up = delivery.look_at is None or delivery.tries >= ASK_AT
    return delivery.state is State.unknown and not delivery.leased and given_up


def pause(tries: int) -> timedelta:
    """How long to wait after the n-th time a delivery was put off."""
    return timedelta(seconds=BACK_OFF[min(tries, len(BACK_OFF) - 1)])


def _tries_that_wait(wait: timedelta) -> int:
    """As many as had to be in vain before Hawker itself would wait so long."""
    return next((tries for tries in range(1, len(BACK_OFF)) if pause(tries - 1) >= wait), len(BACK_OFF))


ALLOWED: dict[Command, frozenset[State]] = {
    Command.move: UNSENT - {State.failed},
    Command.hold: frozenset({State.scheduled, State.handed, State.late}),
    Command.resume: frozenset({State.held}),
    Command.cancel: frozenset({*UNSENT, State.preparing, State.ready}) - {State.failed},
    Command.retry: frozenset({State.failed, State.late, State.cancelled}),
    Command.rewrite: frozenset({*UNSENT, State.cancelled}),
    Command.take_down: frozenset({State.published}),
    Command.settle: frozenset({State.unknown}),
    Command.done: frozenset({State.handed}),
}


def may(command: Command, state: State) -> bool:
    return state in ALLOWED[command]


def may_rewrite(states: Iterable[State]) -> bool:
    """A post can be rewritten while none of its deliveries is in hand or may be on its way."""
    return all(state in UNSENT | ENDED for state in states) and not all_gone(states)


def may_delete(states: Iterable[State]) -> bool:
    """A post can be deleted while nothing of it is, or may be, on a network."""
    return all(state in UNSENT | {State.cancelled, State.removed} for state in states)


def all_gone(states: Iterable[State]) -> bool:
    """Whether there are deliveries, and every one of them is on its network."""
    known = set(states)
    return bool(known) and known <= {State.published, State.removed}


def gist(states: Iterable[State]) -> frozenset[State]:
    """What the states of all the messages of one post come to: a few that failed, or were not wanted, do not
    make the whole fail; and while some are out and others to come, it is under way."""
    known = frozenset(states)
    if State.published in known and State.scheduled in known:
        known |= {State.sending}
    others = known - {State.failed, State.cancelled}
    return others or (known - {State.cancelled}) or known


def summary(states: Iterable[State], *, asked: bool = False) -> str:
    """The state of a whole post, from those of its deliveries; "draft" where there are none.

    `asked`: of one of them only its owner can say what became of it.
    """
    known = set(states)
    if known & IN_HAND:
        return "publishing"
    if asked:
        return "failed"
    for group, name in _SUMMARIES:
        if known & group:
            return name
    if State.published in known:
        return "partly_published" if State.cancelled in known else "published"
    return "removed" if State.removed in known else "cancelled" if known else "draft"


_SUMMARIES: tuple[tuple[frozenset[State], str], ...] = (
    (frozenset({State.failed, State.needs_sign_in, State.late}), "failed"),
    (frozenset({State.handed}), "handed"),
    (frozenset({State.unknown}), "publishing"),
    (frozenset({State.scheduled}), "scheduled"),
    (frozenset({State.held}), "held"),
)
