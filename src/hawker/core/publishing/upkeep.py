"""What is put right while no worker has a delivery in hand: pure, as `rules`.

A clock may be set, by hours and in both directions, between any two steps. What Hawker chose by a clock that
was ahead is recognised by lying farther off than Hawker ever chooses; what its owner or the network named
stays.
"""

from datetime import datetime, timedelta

from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.publishing.rules import ALLOWED, ASK_AT, LEASE, LOOK_AGAIN, WAITED, again, is_asked, pause
from hawker.core.publishing.states import IN_HAND, Command, Next, Reason, Snapshot, State

# How far the clocks of two machines may be apart before the one frees what the other has in hand.
SKEW = timedelta(seconds=30)
STOPPABLE = ALLOWED[Command.cancel] | {State.failed}

GONE = Reason(
    sentence=say(
        "This channel was disconnected, so Hawker cannot look whether the post is there. "
        "Look yourself, or connect the channel again."
    ),
    code="gone",
)
NOWHERE = Reason(
    sentence=say(
        "Hawker does not know where the post is that this was to follow, because you found it yourself. "
        "Write this one at the network."
    ),
    code="nowhere",
)

RESTORED = Reason(
    sentence=say("Hawker was restored from a backup. It is looking whether this went out meanwhile."),
    code="restored",
)
# What may have gone out since a backup was taken.
DOUBTFUL = IN_HAND | {State.scheduled, State.needs_sign_in}


def live_leases(now: datetime) -> tuple[datetime, datetime]:
    """The first and the last instant at which a lease that still holds can end. One that ends later was given
    by a clock that was ahead."""
    return now, now + LEASE + SKEW


def was_ahead(written_at: datetime | None, now: datetime) -> bool:
    """Whether the clock that wrote this was ahead: what else it wrote then is as wrong."""
    return written_at is not None and written_at > now + SKEW


def misled(follower: Snapshot, published_at: datetime | None, now: datetime) -> Next | None:
    """What becomes of a delivery that was called when a clock that was ahead saw its leader go out; None:
    nothing. Another time that its owner has named stays."""
    if published_at is None or not was_ahead(published_at, now) or follower.state is not State.scheduled:
        return None
    if abs(follower.due_at - published_at) > SKEW:
        return None
    return Next(state=State.scheduled, look_at=now, due_at=now)


def orphaned(delivery: Snapshot) -> Next | None:
    """What becomes of a delivery whose channel was removed; None: nothing.

    Nobody can look at a channel that is gone: whether its lost posts are there, only the owner can say, until
    she connects it once more.
    """
    match delivery.state:
        case State.unknown if not delivery.leased and not is_asked(delivery):
            return Next(state=State.unknown, look_at=delivery.look_at, tries=ASK_AT, reason=GONE)
        case State.scheduled | State.handed | State.held | State.needs_sign_in | State.late:
            return Next(state=State.cancelled)
    return None


def healed(delivery: Snapshot, now: datetime) -> Next | None:
    """What becomes of a delivery whose channel is connected; None: nothing.

    Signed in again, it goes on; one that a wrong clock called late waits for its time.
    """
    if delivery.state is State.needs_sign_in:
        return again(delivery)
    if delivery.state is State.late and now < delivery.due_at:
        return again(delivery)
    return None


def reminded(delivery: Snapshot, now: datetime) -> Next | None:
    """What becomes of a delivery that its owner was to post herself and, past the limit of lateness, has not
    said so; None: nothing. She is told once more, and never again."""
    waits = delivery.state is State.handed and delivery.look_at is not None
    if not waits or (delivery.look_at or now) > now:
        return None
    return Next(state=State.handed, reason=WAITED)


def accompanied(follower: Snapshot, url: str) -> Next | None:
    """What becomes of a delivery that waits for one which its owner has just posted herself; None: nothing.
    She had it before her as well, to be posted together."""
    if follower.state is not State.scheduled or follower.look_at is not None:
        return None
    return Next(state=State.published, published=Published(remote_id="", url=url))


def doubted(delivery: Snapshot, leader: State | None, now: datetime) -> Next | None:
    """What becomes of a delivery out of a backup; None: nothing. `leader`: what it followed was so then.

    Whatever was to go out by now is looked for; what follows another, once that one has been found.
    """
    due = delivery.state in DOUBTFUL and delivery.due_at <= now
    if delivery.state is State.sending or (due and not _waits_for_a_call(delivery)):
        return Next(state=State.unknown, look_at=now, reason=RESTORED)
    if due and leader in DOUBTFUL | {State.unknown}:
        return Next(state=State.unknown, reason=RESTORED)
    return None


def _waits_for_a_call(delivery: Snapshot) -> bool:
    return delivery.state is State.scheduled and delivery.look_at is None


def recalled(delivery: Snapshot, now: datetime) -> datetime | None:
    """When to look at a waiting delivery whose `look_at` a wrong clock has set; None: as it stands."""
    if delivery.leased or delivery.look_at is None:
        return None
    match delivery.state:
        case State.unknown:
            farthest, instead = LOOK_AGAIN, now
        case State.scheduled if delivery.tries or was_ahead(delivery.sent_at, now):
            farthest, instead = timedelta(0), max(now, delivery.due_at)
        case _:
            return None
    if delivery.tries:
        farthest = pause(delivery.tries - 1)
    return instead if delivery.look_at > instead + farthest + SKEW else None


def followed(follower: Snapshot, leader: State, *, addressed: bool, now: datetime) -> Next | None:
    """What becomes of a delivery that follows another one, which is `leader`; None: nothing.

    `addressed`: Hawker knows where the leader is. Without an address it cannot answer.
    """
    if not may_follow(leader, addressed=addressed):
        return _left_behind(follower, leader)
    if follower.state is not State.scheduled:
        return None
    if leader is State.published:
        return Next(state=State.scheduled, look_at=now, due_at=now) if follower.look_at is None else None
    return None if follower.look_at is None else Next(state=State.scheduled)


def _left_behind(follower: Snapshot, leader: State) -> Next | None:
    """Where the post that it was to follow is there, nobody wished it away: its owner is told."""
    if leader is not State.published:
        return Next(state=State.cancelled) if follower.state in STOPPABLE else None
    if follower.state not in STOPPABLE - {State.failed}:
        return None
    return Next(state=State.failed, reason=NOWHERE)


def may_follow(leader: State, *, addressed: bool) -> bool:
    """Whether there is, or still may be, something to answer."""
    return addressed if leader is State.published else leader not in {State.cancelled, State.removed}
