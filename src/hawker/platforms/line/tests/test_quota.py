"""What may be sent in a month: read before each post, and shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from aiohttp import web

from hawker.connect.budgets import WAIT, Reading, read
from hawker.connect.errors import Later, Refused
from hawker.connect.http import Answer, Heard
from hawker.platforms.line import PLATFORM
from hawker.platforms.line.quota import believed_until
from hawker.platforms.line.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.strangers import Stranger

USAGE = "/v2/bot/message/quota/consumption"


async def readings(scene: Scene) -> list[Reading]:
    """Of preparing a post."""
    heard: list[Reading] = []
    http = scene.http.heard_by(lambda each: heard.extend(read(PLATFORM.budgets, each)))
    await replace(scene, http=http).prepare(draft("茶"))
    return heard


async def test_what_is_left_of_the_month_is_read_with_the_plans_own_limit(scene: Scene) -> None:
    scene.account.quota, scene.account.used = 3_000, 1_234
    (found,) = await readings(scene)
    assert (found.budget, found.left, found.limit) == ("monthly", 1_766, 3_000)


async def test_each_friend_counts_one(scene: Scene) -> None:
    scene.account.quota = 3_000
    await scene.post(draft("茶", scene.picture()))
    assert [each.left for each in await readings(scene)] == [2_880]


async def test_a_plan_without_a_limit_is_never_used_up(scene: Scene) -> None:
    scene.behave(unlimited=True)
    scene.account.quota = 0
    assert await readings(scene) == []
    await scene.post(draft("茶"))
    assert len(scene.sent) == 1


async def test_a_used_up_month_is_said_before_anything_is_sent(scene: Scene) -> None:
    scene.account.quota, scene.account.used = 200, 201
    with pytest.raises(Refused, match="used up"):
        await scene.prepare(draft("茶"))


async def test_too_many_friends_for_what_is_left_are_counted_out(scene: Scene) -> None:
    scene.account.quota, scene.account.used = 200, 150
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("茶"))
    assert "at least 108 friends, but only 50 messages" in str(caught.value)


async def test_a_part_of_the_friends_still_fits(scene: Scene) -> None:
    scene.account.quota, scene.account.used = 200, 140
    await scene.post(draft("茶", most="60"))
    assert [each.count for each in scene.sent] == [60]


@pytest.mark.parametrize("insight", ["unready", "out_of_service", "forbidden"])
async def test_where_line_counts_no_friends_its_refusal_is_passed_on(scene: Scene, insight: str) -> None:
    scene.behave(insight=insight)
    scene.account.quota, scene.account.used = 200, 150
    post = draft("茶")
    done = await scene.prepare(post)
    with pytest.raises(Refused, match="used up") as caught:
        await scene.send(post, done)
    assert (caught.value.code, scene.sent) == ("429", [])


async def test_an_hour_that_is_used_up_is_waited_for(scene: Scene) -> None:
    scene.network.pretend.leave("teashop", "hourly", 1, seconds=60)  # type: ignore[attr-defined]
    await scene.post(draft("茶"))
    with pytest.raises(Later):
        await scene.post(draft("包子"))
    assert len(scene.sent) == 1


async def test_a_fault_while_the_quota_is_read_is_tried_later(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.error_before, call="quota"))
    with pytest.raises(Later):
        await scene.prepare(draft("茶"))


async def test_a_quota_that_cannot_be_read_is_tried_later(scene: Scene) -> None:
    async with Stranger() as stranger:
        stranger.says["GET /v2/bot/message/quota"] = web.json_response({"type": "limited", "value": 1})
        stranger.says[f"GET {USAGE}"] = web.json_response({"totalUsage": -1})
        with pytest.raises(Later):
            await scene.at(replace(scene.shop, server=stranger.address)).prepare(draft("茶"))


def test_an_odd_answer_tells_nothing() -> None:
    answers = [Answer(200, {}, body) for body in (b"", b"[]", b'{"totalUsage": "many"}')]
    odd = [Heard("GET", USAGE, answer, {"limit": 200}) for answer in answers]
    known = Heard("GET", USAGE, Answer(200, {}, b'{"totalUsage": 5}'))
    assert [list(PLATFORM.budgets.read(heard)) for heard in (*odd, known)] == [[], [], [], []]


def test_more_than_all_is_nothing_left() -> None:
    heard = Heard("GET", USAGE, Answer(200, {}, b'{"totalUsage": 250}'), {"limit": 200})
    (found,) = PLATFORM.budgets.read(heard)
    assert (found.left, found.limit) == (0, 200)


def test_a_used_up_month_is_believed_for_a_day_and_not_beyond_its_end() -> None:
    heard = Heard("GET", USAGE, Answer(200, {}, b'{"totalUsage": 200}'), {"limit": 200})
    (found,) = PLATFORM.budgets.read(heard)
    assert found.resets_at is not None
    assert found.resets_at <= believed_until(datetime.now(UTC))
    ends = datetime(2026, 11, 30, 16, tzinfo=UTC)  # midnight in Taipei
    assert believed_until(ends - timedelta(days=9)) == ends - timedelta(days=8)
    last_day = [believed_until(ends - timedelta(minutes=left)) for left in range(1_600, 0, -1)]
    assert all(before + timedelta(seconds=2) < after for before, after in pairwise(last_day))
    assert last_day[-1] < ends


def test_too_many_calls_are_waited_for_a_minute_and_a_used_up_month_is_not() -> None:
    rates, month = "The API rate limit has been exceeded.", "You have reached your monthly limit."
    answers = [Answer(429, {}, f'{{"message": "{message}"}}'.encode()) for message in (rates, month)]
    waits, used_up = ([*PLATFORM.budgets.read(Heard("POST", USAGE, each))] for each in answers)
    assert [(each.budget, each.left) for each in waits] == [(WAIT.name, 0)]
    assert waits[0].resets_at is not None
    assert waits[0].resets_at > datetime.now(UTC)
    assert used_up == []


def test_a_time_to_wait_that_line_should_name_is_believed() -> None:
    answer = Answer(429, {"Retry-After": "7"}, b"")
    (told,) = read(PLATFORM.budgets, Heard("POST", USAGE, answer))
    assert (told.budget, told.left) == (WAIT.name, 0)
