"""Every state with every command, written out."""

from datetime import timedelta

import pytest

from hawker.connect.values import Published
from hawker.core.publishing import rules
from hawker.core.publishing.commands import commanded
from hawker.core.publishing.states import Command, Next, State
from tests.ledger.deliveries import DUE, NOW, delivery

AT = NOW + timedelta(hours=3)
NOT = None
SCHEDULED, HELD, CANCELLED = State.scheduled, State.held, State.cancelled
PUBLISHED, REMOVED = State.published, State.removed
COMMANDS = ["move", "hold", "resume", "cancel", "retry", "rewrite", "take_down", "settle", "done"]
# What a delivery in the state becomes by each command, in their order above; NOT: it is not allowed.
TABLE: dict[State, list[State | None]] = {
    State.scheduled: [SCHEDULED, HELD, NOT, CANCELLED, NOT, SCHEDULED, NOT, NOT, NOT],
    State.preparing: [NOT, NOT, NOT, CANCELLED, NOT, NOT, NOT, NOT, NOT],
    State.ready: [NOT, NOT, NOT, CANCELLED, NOT, NOT, NOT, NOT, NOT],
    State.handed: [SCHEDULED, HELD, NOT, CANCELLED, NOT, SCHEDULED, NOT, NOT, PUBLISHED],
    State.sending: [NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT],
    State.unknown: [NOT, NOT, NOT, NOT, NOT, NOT, NOT, SCHEDULED, NOT],
    State.held: [SCHEDULED, NOT, SCHEDULED, CANCELLED, NOT, SCHEDULED, NOT, NOT, NOT],
    State.needs_sign_in: [SCHEDULED, NOT, NOT, CANCELLED, NOT, SCHEDULED, NOT, NOT, NOT],
    State.late: [SCHEDULED, HELD, NOT, CANCELLED, SCHEDULED, SCHEDULED, NOT, NOT, NOT],
    State.failed: [NOT, NOT, NOT, NOT, SCHEDULED, SCHEDULED, NOT, NOT, NOT],
    State.cancelled: [NOT, NOT, NOT, NOT, SCHEDULED, SCHEDULED, NOT, NOT, NOT],
    State.published: [NOT, NOT, NOT, NOT, NOT, NOT, REMOVED, NOT, NOT],
    State.removed: [NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT],
}
# When what is scheduled by it goes out.
TIMES = {
    Command.move: AT,
    Command.rewrite: AT,
    Command.resume: NOW,
    Command.retry: NOW,
    Command.settle: NOW,
}


def ask(state: State, command: Command, **more: object) -> Next | None:
    asked = delivery(state, look_at=None, tries=4)
    at = AT if command in {Command.move, Command.rewrite} else None
    return commanded(asked, command, NOW, at=at, **more)  # type: ignore[arg-type]


def test_the_table_knows_every_state_and_command() -> None:
    assert set(TABLE) == set(State)
    assert set(COMMANDS) == {command.value for command in Command}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize(("place", "name"), list(enumerate(COMMANDS)))
def test_every_state_and_command_is_in_the_table(state: State, place: int, name: str) -> None:
    command, becomes = Command(name), TABLE[state][place]
    then = ask(state, command)
    assert then == (_next(becomes, command) if becomes else None)
    assert rules.may(command, state) is (becomes is not None)


def _next(becomes: State, command: Command) -> Next:
    at = TIMES[command] if becomes is State.scheduled else None
    there = Published(remote_id="", url="") if becomes is State.published else None
    return Next(state=becomes, look_at=at, due_at=at, published=there)


def test_what_is_resumed_before_its_time_keeps_it() -> None:
    held = delivery(State.held, due_at=AT, look_at=None)
    assert commanded(held, Command.resume, NOW) == Next(state=State.scheduled, look_at=AT, due_at=AT)


def test_the_word_of_its_owner_stands_for_a_look() -> None:
    there = ask(State.unknown, Command.settle, there=True, url="https://network.example/1")
    assert there is not None
    assert there.published is not None
    assert (there.state, there.published.remote_id) == (State.published, "")
    assert there.published.url == "https://network.example/1"


def test_the_word_of_its_owner_that_it_is_posted_carries_its_address() -> None:
    posted = ask(State.handed, Command.done, url="https://network.example/1")
    assert posted is not None
    assert posted.published == Published(remote_id="", url="https://network.example/1")


def test_nobody_settles_what_hawker_did_not_ask_about() -> None:
    looking = delivery(State.unknown, look_at=DUE)
    in_hand = delivery(State.unknown, look_at=None, leased=True)
    assert commanded(looking, Command.settle, NOW, there=True) is None
    assert commanded(in_hand, Command.settle, NOW, there=True) is None
    asked_while_looking = delivery(State.unknown, look_at=DUE, tries=rules.ASK_AT)
    assert commanded(asked_while_looking, Command.settle, NOW, there=True) is not None
