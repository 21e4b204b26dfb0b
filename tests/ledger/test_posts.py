"""How a whole post stands, by the states of its deliveries."""

import pytest

from hawker.core.publishing import rules
from hawker.core.publishing.states import ENDED, IN_HAND, WAITING, Command, State


@pytest.mark.parametrize("state", [each for each in State if each not in IN_HAND | WAITING | ENDED])
def test_what_stands_still_can_be_moved_on_by_its_owner(state: State) -> None:
    assert any(rules.may(command, state) for command in Command)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], "draft"),
        ([State.scheduled, State.scheduled], "scheduled"),
        ([State.preparing, State.scheduled], "publishing"),
        ([State.published, State.sending], "publishing"),
        ([State.published, State.unknown], "publishing"),
        ([State.published, State.published], "published"),
        ([State.published, State.failed], "failed"),
        ([State.published, State.cancelled], "partly_published"),
        ([State.published, State.removed], "published"),
        ([State.failed, State.sending], "publishing"),
        ([State.late], "failed"),
        ([State.handed, State.published], "handed"),
        ([State.handed, State.failed], "failed"),
        ([State.handed, State.scheduled], "handed"),
        ([State.needs_sign_in, State.scheduled], "failed"),
        ([State.held, State.published], "held"),
        ([State.cancelled], "cancelled"),
        ([State.removed, State.removed], "removed"),
    ],
)
def test_a_post_is_what_its_deliveries_are(states: list[State], expected: str) -> None:
    assert rules.summary(states) == expected


def test_a_post_that_only_its_owner_can_settle_needs_her() -> None:
    assert rules.summary([State.published, State.unknown], asked=True) == "failed"
    assert rules.summary([State.sending, State.unknown], asked=True) == "publishing"


@pytest.mark.parametrize("state", [State.preparing, State.ready, State.sending, State.unknown])
def test_what_may_be_on_its_way_is_neither_rewritten_nor_deleted(state: State) -> None:
    assert not rules.may_rewrite([State.scheduled, state])
    assert not rules.may_delete([State.scheduled, state])


def test_what_is_published_everywhere_is_not_rewritten() -> None:
    assert not rules.may_rewrite([State.published, State.removed])
    assert rules.may_rewrite([State.published, State.failed])
