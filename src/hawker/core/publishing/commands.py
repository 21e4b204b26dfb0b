"""What a delivery becomes when a person asks something of it. Pure, as `rules`."""

from datetime import datetime

from hawker.connect.values import Published
from hawker.core.publishing import rules
from hawker.core.publishing.states import Command, Next, Snapshot, State


def commanded(
    delivery: Snapshot,
    command: Command,
    now: datetime,
    *,
    at: datetime | None = None,
    there: bool = False,
    url: str = "",
) -> Next | None:
    """None where the delivery does not allow it.

    `at`: the time that `move` and `rewrite` name. `there`, `url`: what its owner says to `settle`; `url` also
    to `done`.
    """
    if not rules.may(command, delivery.state):
        return None
    match command:
        case Command.hold:
            return Next(state=State.held)
        case Command.cancel:
            return Next(state=State.cancelled)
        case Command.take_down:
            return Next(state=State.removed)
        case Command.settle if not rules.is_asked(delivery):
            return None
        case Command.settle if there:
            return _found(url)
        case Command.done:
            return _found(url)
    due_at = max(delivery.due_at, now) if command is Command.resume else at or now
    return Next(state=State.scheduled, look_at=due_at, due_at=due_at)


def _found(url: str) -> Next:
    """Its id at the network nobody knows."""
    return Next(state=State.published, published=Published(remote_id="", url=url))
