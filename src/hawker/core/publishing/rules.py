"""What happens to a delivery next. Pure: a snapshot, an outcome and an instant in, the next state out.

The one promise: between two commitments to send there is always a look that found nothing, or an answer
that said for certain that nothing was taken.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.publishing.states import (
    ENDED,
    IN_HAND,
    UNSENT,
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

LATE_AFTER = timedelta(hours=2)
LEASE = timedelta(seconds=30)
FIRST_LOOK = timedelta(seconds=2)
BACK_OFF = (10, 30, 60, 120, 300, 600, 900)

LATE = Reason(
    sentence=say("Its time passed without it going out. Publish it now, at another time, or not at all."),
    code="late",
)
LOOKING = Reason(
    sentence=say("The answer was lost on the way. Hawker is looking whether the post is there."), code="lost"
)


class Impossible(ValueError):
    """An outcome that cannot come to a delivery in this state: a fault in the caller."""


def before(delivery: Snapshot, now: datetime, *, late_after: timedelta = LATE_AFTER) -> Next | None:
    """What stands in the way of taking a due delivery in hand; None: nothing."""
    if delivery.state is State.scheduled and now > delivery.due_at + late_after:
        return Next(state=State.late, reason=LATE)
    return None


def after(delivery: Snapshot, outcome: Outcome, now: datetime, *, read_delay: timedelta) -> Next:
    """`read_delay`: how long the network's read side may hide an accepted post. Raises Impossible."""
    if delivery.state is State.unknown:
        return _after_look(delivery, outcome, now, read_delay)
    if delivery.state is State.sending:
        return _after_send(delivery, outcome, now)
    if delivery.state in IN_HAND:
        return _after_preparation(delivery, outcome, now)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _after_preparation(delivery: Snapshot, outcome: Outcome, now: datetime) -> Next:
    match outcome:
        case Prepared() if delivery.state is State.preparing:
            return Next(state=State.ready, tries=delivery.tries)
        case Intended() if delivery.state is State.ready:
            return Next(state=State.sending, tries=delivery.tries)
        case Abandoned():
            return Next(state=State.scheduled, look_at=now, tries=delivery.tries)
        case Postponed() | Declined() | KeyDead():
            return _put_off(delivery, outcome, now)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _after_send(delivery: Snapshot, outcome: Outcome, now: datetime) -> Next:
    match outcome:
        case Accepted(published):
            return Next(state=State.published, published=published)
        case AnswerLost(reason):
            return Next(state=State.unknown, look_at=now + FIRST_LOOK, reason=reason)
        case Abandoned():
            return Next(state=State.unknown, look_at=now, reason=LOOKING)
        case Postponed() | Declined() | KeyDead():
            return _put_off(delivery, outcome, now)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def _put_off(delivery: Snapshot, outcome: Postponed | Declined | KeyDead, now: datetime) -> Next:
    """The network certainly took nothing."""
    match outcome:
        case Postponed(reason=reason, at=at):
            look_at = max(at, now) if at else now + pause(delivery.tries)
            return Next(state=State.scheduled, look_at=look_at, tries=delivery.tries + 1, reason=reason)
        case Declined(reason):
            return Next(state=State.failed, reason=reason)
        case KeyDead(reason):
            return Next(state=State.needs_sign_in, reason=reason)


def _after_look(delivery: Snapshot, outcome: Outcome, now: datetime, read_delay: timedelta) -> Next:
    """Whatever is not a certain answer leaves the delivery unknown."""
    match outcome:
        case Accepted(published):
            return Next(state=State.published, published=published)
        case Absent():
            believed = (delivery.sent_at or now) + read_delay
            if now < believed:
                return Next(state=State.unknown, look_at=believed, tries=delivery.tries, reason=LOOKING)
            return Next(state=State.scheduled, look_at=now, tries=delivery.tries)
        case Unlookable(reason):
            return Next(state=State.unknown, reason=reason)
        case Postponed(reason=reason, at=at):
            look_at = max(at, now) if at else now + pause(delivery.tries)
            return Next(state=State.unknown, look_at=look_at, tries=delivery.tries + 1, reason=reason)
        case Declined(reason) | KeyDead(reason):
            look_at = now + pause(delivery.tries)
            return Next(state=State.unknown, look_at=look_at, tries=delivery.tries + 1, reason=reason)
        case Abandoned():
            return Next(state=State.unknown, look_at=now, tries=delivery.tries, reason=LOOKING)
    raise Impossible(f"{outcome} came to a delivery that is {delivery.state}")


def told(*, there: bool, now: datetime) -> Next:
    """Its owner has looked where Hawker cannot. What is there has no address that Hawker knows."""
    if there:
        return Next(state=State.published, published=Published(remote_id="", url=""))
    return Next(state=State.scheduled, look_at=now)


def pause(tries: int) -> timedelta:
    """How long to wait after the n-th time a delivery was put off."""
    return timedelta(seconds=BACK_OFF[min(tries, len(BACK_OFF) - 1)])


ALLOWED: dict[Command, frozenset[State]] = {
    Command.move: frozenset({State.scheduled, State.held, State.late, State.needs_sign_in}),
    Command.hold: frozenset({State.scheduled, State.late}),
    Command.resume: frozenset({State.held}),
    Command.cancel: frozenset({*UNSENT, State.preparing, State.ready}) - {State.failed},
    Command.retry: frozenset({State.failed, State.late, State.cancelled}),
    Command.take_down: frozenset({State.published}),
    Command.settle: frozenset({State.unknown}),
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
    (frozenset({State.unknown}), "publishing"),
    (frozenset({State.scheduled}), "scheduled"),
    (frozenset({State.held}), "held"),
)
