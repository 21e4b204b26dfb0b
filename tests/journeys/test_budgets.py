"""What a network allows in a time, and whoever waits for it: counted at the network."""

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from hawker.connect.budgets import Budget, Budgets, Rolling, Scope
from hawker.connect.pretend import Rations
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.core.bridge import client
from hawker.core.channels import actions as channel_actions
from hawker.core.channels.budgets import News, Purse
from hawker.core.channels.models import AppBudget, Channel, ChannelBudget
from hawker.core.channels.rules import Level
from hawker.core.posts.models import Post, Variant
from hawker.core.publishing import actions, budgets, claims, queries
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.meter import Meter
from hawker.worker.tools import Tools
from tests.cast import Somebody, writing_networks
from tests.journeys.conftest import Worker
from tests.ledger.claims import claimed

WINDOW = 300.0
HOUR = timedelta(hours=1)


# Every budget of every network that a post of words alone uses and answers tell of.
TOLD = [
    (name, budget)
    for name in writing_networks()
    for budget in platforms()[name].budgets.each
    if budget.told and budget.post
]
each_told = pytest.mark.parametrize(
    ("name", "budget"), [pytest.param(*each, id=f"{each[0]}-{each[1].name}") for each in TOLD]
)


def channel_at(alice: Somebody, sandbox: Sandbox, name: str, handle: str = "teashop") -> Channel:
    way, fields = sandbox.networks[name].pretend.account(handle)
    return channel_actions.connect(alice.actor, name, way, fields)


def line_up(channel: Channel, count: int) -> list[Delivery]:
    """So many posts, due a second ago, in this order."""
    at = timezone.now() - timedelta(seconds=1)
    rows = []
    for number in range(count):
        post = Post.objects.create(
            workspace_id=channel.workspace_id, text=f"{channel.handle} {number}", language="en", planned_at=at
        )
        Variant.objects.create(workspace_id=channel.workspace_id, post=post, channel=channel)
        row = Delivery(
            workspace_id=channel.workspace_id, post=post, channel=channel, due_at=at, look_at=at, key=row_id()
        )
        row.save()
        rows.append(row)
    return rows


def leave(sandbox: Sandbox, name: str, budget: Budget, left: int, handle: str = "teashop") -> None:
    pretend = sandbox.networks[name].pretend
    assert isinstance(pretend, Rations)
    pretend.leave(handle, budget.name, left, seconds=WINDOW)


def texts(sandbox: Sandbox, name: str, handle: str = "teashop") -> list[str]:
    return [seen.text for seen in sandbox.networks[name].pretend.published(handle)]


def waits(row: Delivery) -> bool:
    row.refresh_from_db()
    reason = queries.reason_of(row)
    moved = row.look_at is not None and row.look_at > timezone.now() + timedelta(seconds=WINDOW / 2)
    return row.state == State.scheduled and moved and reason is not None and bool(str(reason.sentence))


def is_asked(row: Delivery) -> bool:
    """It would go out so late that its owner is to say whether she still wants it."""
    row.refresh_from_db()
    return row.state == State.late and queries.reason_of(row) is not None


def stands_back(row: Delivery) -> bool:
    return waits(row) or is_asked(row)


@each_told
def test_a_used_up_budget_moves_what_waits_for_it_and_says_so(
    name: str, budget: Budget, worker: Worker, alice: Somebody, sandbox: Sandbox
) -> None:
    channel = channel_at(alice, sandbox, name)
    rows = line_up(channel, 30)
    leave(sandbox, name, budget, 4 * budget.post)
    worker.start()
    worker.until(lambda: sum(map(stands_back, rows)) >= 26)
    out = texts(sandbox, name)
    assert out == [f"{channel.handle} {number}" for number in range(len(out))]
    assert 1 <= len(out) <= 4
    table = ChannelBudget if budget.scope is Scope.channel else AppBudget
    assert table.objects.get(name=budget.name).left < budget.post


@each_told
def test_what_waited_goes_out_when_the_budget_is_full_again(
    name: str, budget: Budget, worker: Worker, alice: Somebody, sandbox: Sandbox
) -> None:
    rows = line_up(channel_at(alice, sandbox, name), 3)
    leave(sandbox, name, budget, 0)
    worker.start()
    worker.until(lambda: all(map(stands_back, rows)))
    worker.stop()
    leave(sandbox, name, budget, budget.limit)
    for row in filter(is_asked, rows):
        actions.retry(alice.actor, row.id)
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(look_at=past)
    ChannelBudget.objects.update(resets_at=past)
    AppBudget.objects.update(resets_at=past)
    worker.start()
    worker.until(lambda: len(texts(sandbox, name)) == 3)


@pytest.mark.parametrize("name", writing_networks())
def test_one_answer_that_asks_to_wait_moves_all_that_waits(
    name: str, worker: Worker, alice: Somebody, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="hawker.http")
    rows = line_up(channel_at(alice, sandbox, name), 40)
    sandbox.networks[name].faults.add(Fault(kind=Kind.limited, call="any", times=40))
    worker.start()
    worker.until(lambda: all(row.look_at and row.look_at > row.due_at for row in now_of(rows)))
    worker.stop()
    assert len([line for line in caplog.messages if re.search(r"result=4\d\d", line)]) == 1


def test_a_channel_that_must_wait_holds_up_no_other(
    worker: Worker, alice: Somebody, sandbox: Sandbox
) -> None:
    name, budget = next(each for each in TOLD if each[1].scope is Scope.channel)
    poor, rich = (channel_at(alice, sandbox, name, handle) for handle in ("poor", "rich"))
    leave(sandbox, name, budget, 0, "poor")
    waiting, going = line_up(poor, 50), line_up(rich, 2)
    worker.start()
    worker.until(lambda: {row.state for row in now_of(going)} == {State.published})
    worker.until(lambda: all(map(waits, waiting)))
    assert texts(sandbox, name, "poor") == []


def test_a_channel_with_very_many_posts_delays_no_other(
    worker: Worker, alice: Somebody, sandbox: Sandbox
) -> None:
    name = next(iter(sandbox.networks))
    crowd = channel_at(alice, sandbox, name, "crowd")
    line_up(crowd, 500)
    others = [channel_at(alice, sandbox, name, f"shop{number}") for number in range(20)]
    single = [line_up(channel, 1)[0] for channel in others]
    worker.start()
    worker.until(lambda: {row.state for row in now_of(single)} == {State.published})
    last = max(row.sent_at for row in now_of(single) if row.sent_at)
    assert Delivery.objects.filter(channel=crowd, sent_at__lt=last).count() <= claims.A_CHANNEL_AT_ONCE


def now_of(rows: list[Delivery]) -> list[Delivery]:
    return list(Delivery.objects.filter(id__in=[row.id for row in rows]))


def silent(monkeypatch: pytest.MonkeyPatch) -> str:
    """A network that takes three posts an hour and never says so."""
    name = next(iter(platforms()))
    budget = Budget(
        name="posts", title=say("posts an hour"), scope=Scope.channel, limit=3, window=Rolling(HOUR), post=1
    )
    network = replace(platforms()[name], budgets=Budgets(each=(budget,), read=lambda _: ()))
    monkeypatch.setitem(platforms(), name, network)
    return name


def test_what_no_answer_tells_is_counted(
    worker: Worker, alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = silent(monkeypatch)
    rows = line_up(channel_at(alice, sandbox, name), 15)
    worker.start()
    worker.until(lambda: sum(map(waits, rows)) == 12)
    assert len(texts(sandbox, name)) == 3
    worker.stop()
    assert ChannelBudget.objects.get().left == 0


async def test_what_was_counted_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []

    def keep(news: Mapping[Purse, News], _: object) -> dict[Purse, Level]:
        kept.append(dict(news))
        if len(kept) == 1:
            raise OperationalError("the database is away")
        return {}

    monkeypatch.setattr(budgets, "keep", keep)
    async with client() as http:
        tools = Tools(http=http, worker="test")
        meter = Meter(tools)
        meter.use(claimed(silent(monkeypatch)))
        with pytest.raises(OperationalError):
            await meter.keep()
        await meter.keep()
        await meter.keep()
        await tools.close()
    first, second = kept
    assert first == second != {}
