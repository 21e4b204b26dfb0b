"""What becomes of a network's call once somebody has tried to read it. Pure: values in, a decision out."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=30)
# A receipt may be here before the answer to the call that it is about is written down.
LOOK_AGAIN = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10))
BACK_OFF = (*LOOK_AGAIN, timedelta(hours=1), timedelta(hours=6))


class State(StrEnum):
    waiting = "waiting"
    read = "read"
    unreadable = "unreadable"  # kept and logged; it waits for nobody


@dataclass(frozen=True)
class Understood:
    """It was read. `unclaimed`: something in it is about a message that Hawker does not know, or not yet."""

    unclaimed: bool = False


@dataclass(frozen=True)
class Garbled:
    """The network's folder cannot read it."""


@dataclass(frozen=True)
class Broken:
    """It was read, and Hawker itself failed to do what it says."""


Outcome = Understood | Garbled | Broken


@dataclass(frozen=True, kw_only=True)
class Next:
    """`after`: how long until it is looked at again; None: not by itself."""

    state: State
    after: timedelta | None = None
    tries: int = 0


def after(outcome: Outcome, tries: int) -> Next:
    """`tries`: how often it was looked at before."""
    match outcome:
        case Understood(unclaimed=True) if tries < len(LOOK_AGAIN):
            return Next(state=State.waiting, after=LOOK_AGAIN[tries], tries=tries + 1)
        case Broken() if tries < len(BACK_OFF):
            return Next(state=State.waiting, after=BACK_OFF[tries], tries=tries + 1)
        case Understood():
            return Next(state=State.read, tries=tries)
    return Next(state=State.unreadable, tries=tries)
