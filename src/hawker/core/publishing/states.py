"""The states of a delivery, and what can come to one. Values only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hawker.connect.text import Sentence
from hawker.connect.values import Published


class State(StrEnum):
    scheduled = "scheduled"  # waits for its time
    preparing = "preparing"  # a worker uploads and waits
    ready = "ready"  # all that can be repeated is done
    handed = "handed"  # it is due, and waits for its owner to post it herself
    sending = "sending"  # the intent is committed; the irreversible call may be under way
    published = "published"
    failed = "failed"  # the network refused, or time ran out
    unknown = "unknown"  # the answer was lost: Hawker looks before anything else happens
    held = "held"  # its owner put it on hold
    cancelled = "cancelled"
    needs_sign_in = "needs_sign_in"  # waits for the channel's owner to sign in again
    late = "late"  # past the limit of lateness: its owner decides
    removed = "removed"  # was published and has been taken off the network


IN_HAND = frozenset({State.preparing, State.ready, State.sending})
WAITING = frozenset({State.scheduled, State.unknown})
UNSENT = frozenset({State.scheduled, State.handed, State.held, State.needs_sign_in, State.late, State.failed})
ENDED = frozenset({State.published, State.failed, State.cancelled, State.removed})


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a delivery is where it is: a sentence, the network's own code, the field to change."""

    sentence: Sentence
    code: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What the rules must know of a delivery. Instants in UTC.

    `due_at`: when it is to go out. `look_at`: when a worker should take it in hand, or, of what was handed to
    its owner, when she is told once more; None: not by itself. `sent_at`: when the last attempt's intent was
    committed. `tries`: how often in a row Hawker itself chose `look_at`; 0: its owner or the network did.
    `attempt`: how many intents were committed. `leased`: whether a worker has it in hand. `wanted`: False
    where the person whom it is for agrees no more to be written to.
    """

    state: State
    due_at: datetime
    look_at: datetime | None = None
    attempt: int = 0
    tries: int = 0
    sent_at: datetime | None = None
    leased: bool = False
    wanted: bool = True


@dataclass(frozen=True, kw_only=True)
class Next:
    """What a delivery becomes. `look_at` is when a worker should take it in hand; None: not by itself.

    `due_at`: another time to go out; None: the same as before.
    """

    state: State
    look_at: datetime | None = None
    due_at: datetime | None = None
    tries: int = 0
    reason: Reason | None = None
    published: Published | None = None


@dataclass(frozen=True)
class Prepared:
    """Everything repeatable is done."""


@dataclass(frozen=True)
class Handed:
    """Its network lets nobody but its owner post it; `reason`: in its own words, where it was asked."""

    reason: Reason | None = None


@dataclass(frozen=True)
class Intended:
    """The intent is about to be committed."""


@dataclass(frozen=True)
class Accepted:
    """The network took it, or has it already. Comes from sending and from looking."""

    published: Published


@dataclass(frozen=True)
class Absent:
    """Hawker looked: it is not there. `quiet`: for how long before this look the worker, by a clock that is
    never set, had known the answer to be lost."""

    quiet: timedelta


@dataclass(frozen=True, kw_only=True)
class Postponed:
    """Nothing was published; try again, at `at` where that is known. `named`: the network said when."""

    reason: Reason
    at: datetime | None = None
    named: bool = True


@dataclass(frozen=True)
class Declined:
    """The network will not take it."""

    reason: Reason


@dataclass(frozen=True)
class KeyDead:
    """The channel must be signed in again first."""

    reason: Reason


@dataclass(frozen=True)
class AnswerLost:
    """The irreversible call was made, or may have been, and nobody knows what came of it."""

    reason: Reason


@dataclass(frozen=True)
class Unlookable:
    """It cannot be found out by looking whether it is there. `quiet`: as of `Absent`. `tells`: its network
    may still tell of it by itself."""

    reason: Reason
    quiet: timedelta = timedelta(0)
    tells: bool = False


@dataclass(frozen=True)
class Abandoned:
    """The worker that had it in hand is gone."""


Outcome = (
    Prepared
    | Handed
    | Intended
    | Accepted
    | Absent
    | Postponed
    | Declined
    | KeyDead
    | AnswerLost
    | Unlookable
    | Abandoned
)


@dataclass(frozen=True)
class Told:
    """The network tells by itself that it has this one."""

    published: Published


@dataclass(frozen=True)
class Bounced:
    """The network tells by itself that this one, which it had taken, does not arrive."""

    reason: Reason


Word = Told | Bounced


class Command(StrEnum):
    """What a person can ask of a delivery."""

    move = "move"
    hold = "hold"
    resume = "resume"
    cancel = "cancel"
    retry = "retry"
    rewrite = "rewrite"
    take_down = "take_down"
    settle = "settle"
    done = "done"
