"""Whatever comes in whatever order: nothing goes out twice, and nothing stands still with nobody asked."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hawker.core.publishing import rules
from hawker.core.publishing.states import Command, State
from tests.ledger.lies import LIES
from tests.ledger.world import A_MOMENT, READ_DELAY, Fate, Row, Rulebook, Worker, World

TRIAL = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=300,
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
)
ROWS = st.sampled_from([0, 0, 1])
SMOOTH = [Fate.well, Fate.lost, Fate.lost_and_there]
FATES = st.lists(
    st.tuples(
        st.sampled_from([*SMOOTH * 3, *Fate]),
        st.sampled_from([READ_DELAY, READ_DELAY - timedelta(seconds=1), timedelta(0)]),
    ),
    min_size=2,
    max_size=12,
)
SECONDS = st.sampled_from([3, 1, 6, 11, 26, 40, 1000])
HOURS = st.sampled_from([1, 0, -1, 5, -30])
COMMANDS = st.sampled_from(list(Command))
MISHAPS = st.sampled_from(["crash", "clock", "wake", "clock", "stand still", "remove"])
AN_HOUR = timedelta(hours=1)
# What she does of whom something is asked.
HELP = {
    State.scheduled: Command.move,
    State.held: Command.resume,
    State.late: Command.retry,
    State.failed: Command.retry,
    State.needs_sign_in: Command.move,
    State.unknown: Command.settle,
}
# Within this time after the last trouble everything has come to rest: the longest pause, and a look.
SETTLED_AFTER = timedelta(minutes=18)
AT_REST = frozenset(State) - {State.scheduled, State.preparing, State.ready, State.sending, State.unknown}


class Trouble(RuleBasedStateMachine):
    """Two workers that die or are held up at any step, a clock that is set, people who change their minds."""

    book = Rulebook()

    @initialize(lookable=st.booleans())
    def open(self, lookable: bool) -> None:
        self.world = World(self.book, lookable=lookable)

    @rule(fates=FATES)
    def work(self, fates: list[tuple[Fate, timedelta]]) -> None:
        self._work(0, fates)

    @rule(fates=FATES)
    def work_beside(self, fates: list[tuple[Fate, timedelta]]) -> None:
        self._work(1, fates)

    def _work(self, worker: int, fates: list[tuple[Fate, timedelta]]) -> None:
        for fate, delay in fates:
            self.world.work(self.world.workers[worker], fate, delay)

    @precondition(lambda self: self.world.about_to_send())
    @rule()
    def hold_up(self) -> None:
        self.world.about_to_send()[0].held_up = True

    @rule(seconds=SECONDS, renewing=st.booleans())
    def wait(self, seconds: int, renewing: bool) -> None:
        self.world.pass_by(timedelta(seconds=seconds))
        if renewing:
            self.world.renew()
        self.world.sweep()

    @rule()
    def help(self) -> None:
        """Its owner does what she is asked for."""
        self.world.connected, self.world.removed = True, False
        for row in self.world.rows:
            far = row.look_at is not None and row.look_at > self.world.wall + AN_HOUR
            if row.state in HELP and (far or row.state is not State.scheduled):
                self.world.ask(row, HELP[row.state], self.world.wall)

    @rule(what=st.one_of(COMMANDS, MISHAPS), row=ROWS, hours=HOURS)
    def meddle(self, what: Command | str, row: int, hours: int) -> None:
        worker = self.world.workers[row]
        match what:
            case Command():
                at = self.world.wall + timedelta(seconds=abs(hours))
                self.world.ask(self.world.rows[row], what, at)
            case "crash":
                self.world.crash(worker)
            case "wake":
                worker.held_up = False
            case "clock":
                self.world.ahead = timedelta(hours=hours)
            case "stand still":
                self.world.pass_by(timedelta(hours=abs(hours)))
            case "remove":
                self.world.removed = True

    @invariant()
    def note(self) -> None:
        if hasattr(self, "world"):
            self.world.note_asked()
            self.world.write_anew()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            calm(self.world)


def calm(world: World) -> None:
    """From here on everything goes well, but for workers that wake up when all is over: how does it end?"""
    awake = Worker()
    world.workers = [awake, *(each for each in world.workers if each.held_up)]
    until = world.real + SETTLED_AFTER
    while world.real < until and not all(rests(world, row) for row in world.rows):
        world.sweep()
        for _ in range(9):
            world.work(awake, Fate.well, timedelta(0))
        world.pass_by(A_MOMENT * 10)
    for worker in world.workers:
        worker.held_up = False
        world.work(worker, Fate.well, timedelta(0))
    for row in world.rows:
        assert rests(world, row), f"nothing moves it, and nobody is asked: {row}"


def rests(world: World, row: Row) -> bool:
    """It has ended, somebody is asked, or a time that somebody named is still to come."""
    if row.state in AT_REST or row.token is not None:
        return row.token is None
    if row.state is State.unknown:
        can_look = world.lookable and world.connected and not world.removed
        return not can_look and (rules.is_asked(row.seen()) or not world.connected)
    if row.waits():
        return row.follows is not None and rests(world, row.follows)
    named = row.due_at if row.tries else row.look_at
    return not world.connected or (named is not None and named > world.wall)


def test_whatever_happens_nothing_goes_out_twice_or_stands_still() -> None:
    run_state_machine_as_test(Trouble, settings=TRIAL)


@pytest.mark.parametrize("lie", LIES)
def test_one_broken_rule_is_found_out(lie: str) -> None:
    class Lying(Trouble):
        book = LIES[lie]

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Lying, settings=settings(TRIAL, phases=[Phase.generate], max_examples=2000))
