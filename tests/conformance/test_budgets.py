"""What a network allows in a time: its answers are read as they were meant."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.budgets import Budget, Reading, Scope, named, read
from hawker.connect.errors import Later
from hawker.connect.http import Answer, Heard
from hawker.connect.platform import Platform
from hawker.connect.pretend import Rations
from hawker.connect.values import Draft
from tests.conformance.drafts import simplest
from tests.conformance.stage import OWNER, Stage, explained

WINDOW = 60
ENOUGH = 20


async def draft_for(stage: Stage, budget: Budget) -> Draft:
    """One that uses this budget, in words of its own: some networks take no text twice. What it answers is
    published before."""
    limits, text = stage.account.limits, f"Tea & buns: {budget.name}"
    if budget.reply and not budget.post:
        parent = await stage.publish(simplest(stage.platform, limits, text=f"Before {text}"))
        return replace(simplest(stage.platform, limits, text=text), reply_to=parent)
    return simplest(stage.platform, limits, text=text, pictures=0 if budget.post else 1)


def cost_of(budget: Budget, draft: Draft) -> int:
    return budget.cost(len(draft.media), reply=draft.reply_to is not None)


class Readings:
    """All that was read since the beginning."""

    def __init__(self, stage: Stage) -> None:
        self.all: list[Reading] = []
        http = stage.http.heard_by(lambda heard: self.all.extend(read(stage.platform.budgets, heard)))
        self.stage = Stage(platform=stage.platform, network=stage.network, http=http, account=stage.account)

    def of(self, budget: Budget) -> list[Reading]:
        return [each for each in self.all if each.budget == budget.name]


def rationed(stage: Stage) -> Iterable[Budget]:
    """The budgets of which answers tell, with a pretend network that can be told how much to leave."""
    if not stage.platform.budgets.each:
        pytest.skip(f"{stage.platform.name} declares no budgets")
    assert isinstance(stage.network.pretend, Rations)
    return [budget for budget in stage.platform.budgets.each if budget.told]


def leave(stage: Stage, budget: Budget, left: int) -> datetime:
    """Gives about when it is full again."""
    assert isinstance(stage.network.pretend, Rations)
    stage.network.pretend.leave(OWNER, budget.name, left, seconds=WINDOW)
    return datetime.now(UTC) + timedelta(seconds=WINDOW)


def is_about(at: datetime | None, expected: datetime) -> bool:
    return at is not None and abs(at - expected) < timedelta(seconds=10)


async def test_an_answer_tells_what_is_left_of_a_budget_and_until_when(stage: Stage) -> None:
    for budget in rationed(stage):
        draft = await draft_for(stage, budget)
        resets_at = leave(stage, budget, ENOUGH)
        readings = Readings(stage)
        await readings.stage.publish(draft)
        last = readings.of(budget)[-1]
        assert ENOUGH - last.left >= cost_of(budget, draft) > 0
        assert last.limit == budget.limit
        assert is_about(last.resets_at, resets_at) if budget.timed else last.resets_at is None
        leave(stage, budget, budget.limit)


async def test_a_refusal_tells_which_budget_is_used_up_and_until_when(stage: Stage) -> None:
    for budget in rationed(stage):
        draft = await draft_for(stage, budget)
        before, resets_at = stage.seen, leave(stage, budget, 0)
        readings = Readings(stage)
        with pytest.raises(Later) as caught:
            await readings.stage.publish(draft)
        explained(caught.value)
        last = readings.of(budget)[-1]
        assert last.left == 0
        for told in (last.resets_at, caught.value.at):
            assert is_about(told, resets_at) or (told is None and not budget.timed)
        assert stage.seen == before
        leave(stage, budget, budget.limit)


@pytest.mark.parametrize("junk", ["", "²", "soon", "-1", "9" * 30, "w=²", "1.5"])
async def test_no_answer_is_too_odd_to_be_read(stage: Stage, junk: str) -> None:
    """What reads it stands between the network's answer and whoever waits for that."""
    answers: list[Heard] = []
    http = stage.http.heard_by(answers.append)
    asking = Stage(platform=stage.platform, network=stage.network, http=http, account=stage.account)
    await asking.publish(simplest(stage.platform, stage.account.limits))
    assert answers
    for heard in answers:
        for status in (200, 429):
            odd = Answer(status, dict.fromkeys([*heard.answer.headers, "Retry-After"], junk), junk.encode())
            told = read(stage.platform.budgets, Heard(heard.method, heard.path, odd))
            assert all(named(stage.platform.budgets, reading.budget) for reading in told)


def test_budgets_have_names_of_their_own_and_cost_something(platform: Platform) -> None:
    each = platform.budgets.each
    assert len({budget.name for budget in each}) == len(each)
    dearest = [(max(budget.cost(1), budget.cost(1, reply=True)), budget.limit) for budget in each]
    assert all(0 < cost <= limit for cost, limit in dearest)


def test_the_app_of_an_account_is_named_where_budgets_are_shared(stage: Stage) -> None:
    budgets = stage.platform.budgets
    if not any(budget.scope is Scope.app for budget in budgets.each):
        pytest.skip(f"{stage.platform.name} has no budgets for apps")
    assert isinstance(budgets.app(stage.account), str)
