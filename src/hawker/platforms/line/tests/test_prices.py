"""How many of the month's messages a post takes, and from where that is known."""

from dataclasses import replace

import pytest
from aiohttp import web

from hawker.connect.budgets import Reading, read
from hawker.connect.prices import Messages
from hawker.platforms.line import PLATFORM
from hawker.platforms.line.account import LIMITS
from hawker.platforms.line.prices import prices
from hawker.platforms.line.tests.scene import Scene, choosing
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, picture
from hawker.sandbox.tests.strangers import Stranger

FOLLOWERS = "GET /v2/bot/insight/followers"


def price(people: int | None, **options: str) -> Messages:
    return prices([choosing(options)], replace(LIMITS, people=people))


@pytest.mark.parametrize(
    ("people", "options", "number"),
    [
        (480, {}, 480),
        (480, {"most": "100"}, 100),
        (480, {"most": "1000"}, 480),
        (480, {"most": "many"}, 480),
        (480, {"gender": "female"}, 480),
        (None, {"most": "100"}, 100),
        (None, {}, None),
    ],
)
def test_each_friend_takes_one_at_most(
    people: int | None, options: dict[str, str], number: int | None
) -> None:
    found = price(people, **options)
    assert (found.number, found.most) == (number, True)


def test_pictures_beside_the_text_take_no_more() -> None:
    assert prices([draft("茶", picture(), picture())], replace(LIMITS, people=480)).number == 480


async def test_a_sign_in_counts_the_friends(scene: Scene) -> None:
    assert scene.shop.limits.people == 120


async def test_who_blocks_the_account_is_not_counted(scene: Scene) -> None:
    told = {"status": "ready", "followers": 500, "targetedReaches": 300, "blocks": 20}
    async with Stranger() as stranger:
        stranger.says[FOLLOWERS] = web.json_response(told)
        stranger.says["GET /v2/bot/info"] = info(scene)
        account = replace(scene.shop, server=stranger.address)
        assert (await PLATFORM.signs_in.check(scene.http, account)).limits.people == 480


async def test_a_check_counts_them_anew_and_reads_what_is_left_of_the_month(scene: Scene) -> None:
    scene.account.friends, scene.account.quota, scene.account.used = 130, 500, 100
    heard: list[Reading] = []
    http = scene.http.heard_by(lambda each: heard.extend(read(PLATFORM.budgets, each)))
    assert (await PLATFORM.signs_in.check(http, scene.shop)).limits.people == 130
    assert [(each.budget, each.left, each.limit) for each in heard] == [("monthly", 400, 500)]


@pytest.mark.parametrize("insight", ["unready", "out_of_service", "forbidden"])
async def test_where_line_counts_no_friends_the_number_before_stays(scene: Scene, insight: str) -> None:
    scene.behave(insight=insight)
    assert (await scene.check()).limits.people == 120


async def test_a_fault_while_they_are_counted_keeps_nobody_out(scene: Scene) -> None:
    for call in ("followers", "quota"):
        scene.network.faults.add(Fault(kind=Kind.error_before, call=call, times=9))
    assert (await scene.check()).limits.people == 120
    way, fields = scene.network.pretend.account("teahouse")
    fresh = await PLATFORM.signs_in.sign_in(scene.http, way, {**scene.network.app, **fields})
    assert fresh.limits.people is None


def info(scene: Scene) -> web.Response:
    shop = scene.account
    told = {"userId": shop.id, "basicId": shop.basic_id, "displayName": shop.name}
    return web.json_response(told)
