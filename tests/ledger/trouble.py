"""What can happen to the world, step by step, and how it must end."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from hawker.core.publishing import rules
from hawker.core.publishing.states import Command, State
from tests.ledger.world import A_MOMENT, READ_DELAY, Fate, Row, Worker, World

Step = Callable[[World], None]
AN_HOUR = timedelta(hours=1)
# Within this time after the last trouble everything has come to rest: the longest pause, and a look.
SETTLED_AFTER = timedelta(minutes=18)
AT_REST = frozenset(State) - {State.scheduled, State.preparing, State.ready, State.sending, State.unknown}
# What she does of whom something is asked.
HELP = {
    State.scheduled: Command.move,
    State.handed: Command.done,
    State.held: Command.resume,
    State.late: Command.retry,
    State.failed: Command.retry,
    State.needs_sign_in: Command.move,
    State.unknown: Command.settle,
}


def work(world: World, *, worker: int, fate: Fate, delay: timedelta) -> None:
    world.work(world.workers[worker], fate, delay)


def wait(world: World, *, seconds: int, renewing: bool) -> None:
    world.pass_by(timedelta(seconds=seconds))
    if renewing:
        world.renew()
    world.sweep()


def hold_up(world: World) -> None:
    for worker in world.about_to_send():
        worker.held_up = True


def wake(world: World) -> None:
    for worker in world.workers:
        worker.held_up = False


def crash(world: World, *, worker: int) -> None:
    world.crash(world.workers[worker])


def help_out(world: World) -> None:
    """Its owner does what she is asked for."""
    world.connected, world.removed = True, False
    for row in world.rows:
        far = row.look_at is not None and row.look_at > world.wall + AN_HOUR
        if row.state in HELP and (far or row.state is not State.scheduled):
            world.ask(row, HELP[row.state], world.wall)


def command(world: World, *, row: int, command: Command, seconds: int) -> None:
    world.ask(world.rows[row], command, world.wall + timedelta(seconds=seconds))


def set_clock(world: World, *, hours: int) -> None:
    world.ahead = timedelta(hours=hours)


def stand_still(world: World, *, hours: int) -> None:
    world.pass_by(timedelta(hours=hours))


def tell(world: World, *, row: int, bounce: bool, first: bool) -> None:
    if world.telling:
        world.tell(world.rows[row], bounce=bounce, first=first)


def change_mind(world: World, *, wanted: bool) -> None:
    """The person whom the post is for."""
    world.rows[0].wanted = wanted


def remove(world: World) -> None:
    world.removed = True


def _works() -> list[Step]:
    fates = [*(Fate.well, Fate.lost, Fate.lost_and_there) * 3, *Fate]
    delays = (READ_DELAY, READ_DELAY - timedelta(seconds=1), timedelta(0))
    return [
        partial(work, worker=worker, fate=fate, delay=delay)
        for delay in delays
        for fate in fates
        for worker in (0, 0, 1)
    ]


# One for each byte of a script; what stands here more often happens more often.
STEPS: list[Step] = [
    *_works(),
    *[
        partial(wait, seconds=each, renewing=renewing)
        for each in (1, 3, 6, 11, 26, 40, 1000)
        for renewing in (True, True, False)
    ],
    *[help_out] * 6,
    *[hold_up] * 4,
    wake,
    *[partial(set_clock, hours=each) for each in (0, 0, 1, -1, 5, -30)],
    *[partial(crash, worker=each) for each in (0, 1)],
    *[partial(command, row=0, command=each, seconds=1) for each in Command],
    partial(command, row=1, command=Command.cancel, seconds=0),
    partial(command, row=0, command=Command.move, seconds=4000),
    partial(stand_still, hours=5),
    *[partial(tell, row=0, bounce=True, first=False)] * 4,
    *[partial(tell, row=0, bounce=False, first=first) for first in (False, False, False, True)],
    partial(change_mind, wanted=False),
    *[partial(change_mind, wanted=True)] * 3,
    remove,
]


def calm(world: World) -> None:
    """From here on everything goes well, but for workers that wake up when all is over: how does it end?"""
    awake, late_risers = Worker(), [each for each in world.workers if each.held_up]
    world.workers = [awake, *late_risers]
    until = world.real + SETTLED_AFTER
    while world.real < until and not all(rests(world, row) for row in world.rows):
        world.sweep()
        for _ in range(9):
            world.work(awake, Fate.well, timedelta(0))
        world.pass_by(A_MOMENT * 10)
    wake(world)
    for worker in late_risers:
        world.work(worker, Fate.well, timedelta(0))
    for row in world.rows:
        assert rests(world, row), f"nothing moves it, and nobody is asked: {row}"


def rests(world: World, row: Row) -> bool:
    """It has ended, somebody is asked, or a time that somebody named is still to come."""
    if row.state is State.handed:
        return row.look_at is None or row.look_at > world.wall
    if row.state in AT_REST or row.token is not None:
        return row.token is None
    if row.state is State.unknown:
        can_look = world.lookable and world.connected and not world.removed
        return not can_look and (rules.is_asked(row.seen()) or not world.connected)
    if row.waits():
        return row.follows is not None and rests(world, row.follows)
    named = row.due_at if row.tries else row.look_at
    return not world.connected or (named is not None and named > world.wall)
