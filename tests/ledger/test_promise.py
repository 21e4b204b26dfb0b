"""Whatever comes in whatever order: nothing goes out twice, and nothing stands still with nobody asked."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.ledger.lies import LIES
from tests.ledger.trouble import STEPS, calm
from tests.ledger.world import Rulebook, Worker, World

TRIAL = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=500,
    stateful_step_count=8,
    suppress_health_check=list(HealthCheck),
)


class Trouble(RuleBasedStateMachine):
    """Two workers that die or are held up at any step, a clock that is set, people who change their minds.

    The world itself asserts that nothing goes out twice, and nothing again before somebody has looked.
    """

    book = Rulebook()

    @initialize(
        lookable=st.sampled_from([True, True, False]),
        telling=st.booleans(),
        by_hand=st.sampled_from([False, False, False, True]),
    )
    def open(self, lookable: bool, telling: bool, by_hand: bool) -> None:
        self.world = World(self.book, lookable=lookable, telling=telling, by_hand=by_hand)

    @rule(script=st.binary(min_size=20, max_size=100))
    def live(self, script: bytes) -> None:
        for byte in script:
            STEPS[byte % len(STEPS)](self.world)
            self.world.note_asked()
            self.world.write_anew()

    @rule()
    def rest(self) -> None:
        calm(self.world)
        self.world.workers = [Worker(), Worker()]
        self.world.write_anew()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            calm(self.world)


def test_whatever_happens_nothing_goes_out_twice_or_stands_still() -> None:
    run_state_machine_as_test(Trouble, settings=TRIAL)


@pytest.mark.parametrize("lie", LIES)
def test_one_broken_rule_is_found_out(lie: str) -> None:
    class Lying(Trouble):
        book = LIES[lie]

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Lying, settings=settings(TRIAL, phases=[Phase.generate], max_examples=1500))
