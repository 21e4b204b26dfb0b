"""Signing in at Pinterest, and the boards that come with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.pretend_oauth import Grant
from hawker.connect.values import Account, Own
from hawker.platforms.pinterest.app import APP
from hawker.platforms.pinterest.options import OPTIONS
from hawker.platforms.pinterest.sandbox_world import CLIENT, SCOPES, World
from hawker.platforms.pinterest.sign_in import SignIn
from hawker.platforms.pinterest.tests.scene import Scene, keys_of
from hawker.sandbox.app import Network
from hawker.sandbox.tests.owner import BACK, decide
from hawker.sandbox.tests.strangers import Stranger

sign = SignIn()


async def test_an_owner_signs_in_through_her_own_app(network: Network, world: World, http: Http) -> None:
    errand, kept = await sign.start(http, "oauth", {}, back=BACK, app=keys_of(network))
    asked = parse_qs(urlsplit(errand.url).query)
    assert kept == {}
    assert asked["scope"] == ["user_accounts:read,boards:read,boards:write,pins:read,pins:write"]
    assert "code_challenge" not in asked
    account = await sign.finish(http, errand.memory, await decide(errand.url))
    assert (account.handle, account.url) == ("shop", f"{world.site}/shop/")
    assert account.remote_id == world.person("shop").id
    assert set(account.secrets) == {"access_token", "refresh_token"}
    assert account.expires_at is not None
    assert timedelta(days=29) < account.expires_at - datetime.now(UTC) <= timedelta(days=30)


async def test_her_boards_are_offered_and_not_the_secret_one(scene: Scene) -> None:
    offered = [(own.option, own.label) for own in scene.shop.limits.own]
    assert offered == [("board", "Fresh today"), ("board", "Behind the counter")]
    choices = OPTIONS[0].offered(scene.shop.limits).choices
    assert [str(choice.label) for choice in choices] == ["Fresh today", "Behind the counter"]
    assert [choice.value for choice in choices] == [board.id for board in scene.boards[:2]]


async def test_a_secret_board_that_is_told_all_the_same_is_not_offered(scene: Scene, http: Http) -> None:
    grant = Grant(handle="shop", client_id=CLIENT, scopes=SCOPES | {"boards:read_secret"})
    token = str(scene.world.keys.give(grant)["access_token"])
    account = await sign.check(http, replace(scene.shop, secrets={"access_token": token}))
    assert len(account.limits.own) == 2


async def test_public_boards_come_first_and_those_of_others_say_so(
    scene: Scene, http: Http, stranger: Stranger
) -> None:
    boards = [
        {"id": "1", "name": "Quiet", "privacy": "PROTECTED", "owner": {"username": "shop"}},
        {"id": "2", "name": "Ads", "privacy": "PROTECTED", "is_ads_only": True},
        {"id": "3", "name": "Street", "privacy": "PUBLIC", "owner": {"username": "market"}},
        {"id": "4", "name": "Tea", "privacy": None, "owner": None, "is_ads_only": None},
    ]
    stranger.says = {
        "GET /v5/user_account": web.json_response({"username": "shop", "business_name": None}),
        "GET /v5/boards": web.json_response({"items": boards, "bookmark": None}),
    }
    account = await scene.beside(stranger).check()
    assert (account.remote_id, account.name) == ("shop", "shop")
    assert account.limits.own == tuple(
        Own(option="board", value=value, label=label)
        for value, label in (("3", "Street (market)"), ("4", "Tea"), ("1", "Quiet"))
    )


async def test_boards_of_all_pages_are_offered(scene: Scene, world: World) -> None:
    for number in range(300):
        board = replace(scene.boards[0], id=str(number + 1), name=f"Board {number}")
        world.boards[board.id] = board
    assert len((await scene.check()).limits.own) == 302


async def test_a_wrong_secret_is_said_at_the_end(network: Network, http: Http) -> None:
    wrong = {**keys_of(network), "client_secret": "wrong"}
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=wrong)
    with pytest.raises(Refused, match="does not know your app") as refused:
        await sign.finish(http, errand.memory, await decide(errand.url))
    assert (refused.value.field, refused.value.code) == ("client_secret", "401")


async def test_an_owner_who_says_no_is_told_so(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=keys_of(network))
    answer = await decide(errand.url, decision="deny")
    with pytest.raises(Refused, match="You did not let Hawker act"):
        await sign.finish(http, errand.memory, answer)


async def test_without_the_right_to_publish_nothing_is_connected(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=keys_of(network))
    answer = await decide(errand.url.replace("%2Cpins%3Awrite", ""))
    with pytest.raises(Refused, match="gave no right to publish"):
        await sign.finish(http, errand.memory, answer)


async def test_each_refreshing_ends_the_token_before(http: Http, shop: Account) -> None:
    renewed = await sign.refresh(http, shop)
    assert renewed.secrets["refresh_token"] != shop.secrets["refresh_token"]
    assert (await sign.check(http, renewed)).handle == "shop"
    with pytest.raises(SignInAgain, match="used, taken back or ran out"):
        await sign.refresh(http, shop)


async def test_a_refresh_token_that_stays_is_kept(scene: Scene, http: Http) -> None:
    scene.behave(legacy=True)
    renewed = await sign.refresh(http, scene.shop)
    assert renewed.secrets["refresh_token"] == scene.shop.secrets["refresh_token"]
    assert renewed.secrets["access_token"] != scene.shop.secrets["access_token"]


async def test_a_key_that_ran_out_is_refreshed(scene: Scene, http: Http) -> None:
    scene.behave(ahead=timedelta(days=31))
    with pytest.raises(KeyExpired):
        await scene.check()
    assert (await sign.check(http, await sign.refresh(http, scene.shop))).handle == "shop"


async def test_a_pasted_access_token_works_until_it_ends(scene: Scene, http: Http) -> None:
    token = scene.shop.secrets["access_token"]
    account = await scene.sign_in(**keys_of(scene.network), token=f"  {token}\n")
    assert (account.secrets, account.expires_at) == ({"access_token": token}, None)
    refused_once = replace(account, expires_at=datetime.now(UTC))
    assert (await sign.refresh(http, refused_once)) == account
    scene.network.pretend.revoke("shop")
    with pytest.raises(SignInAgain, match="Connect the channel again"):
        await sign.refresh(http, account)


@pytest.mark.parametrize("token", ["pina_nobody's", "pinr_nobody's", ""])
async def test_a_token_that_pinterest_does_not_know_is_refused_at_its_field(scene: Scene, token: str) -> None:
    with pytest.raises(Refused) as refused:
        await scene.sign_in(**keys_of(scene.network), token=token)
    assert refused.value.field == "token"


async def test_a_token_of_another_app_is_refused_at_the_app(scene: Scene) -> None:
    wrong = {**keys_of(scene.network), "client_secret": "wrong"}
    with pytest.raises(Refused, match="does not know your app") as refused:
        await scene.sign_in(**wrong)
    assert refused.value.field == "client_secret"


async def test_without_the_keys_of_an_app_it_waits(shop: Account, http: Http) -> None:
    with pytest.raises(Later, match="enters them again") as later:
        await sign.refresh(http, replace(shop, app={}))
    assert later.value.code == "app"


async def test_where_no_pinterest_answers_it_is_tried_later(
    scene: Scene, http: Http, stranger: Stranger
) -> None:
    with pytest.raises(Later):
        await sign.refresh(http, scene.beside(stranger).shop)
    stranger.says = {
        "GET /v5/user_account": web.json_response({"username": "shop"}),
        "GET /v5/boards": web.json_response({"items": ["none"]}),
    }
    with pytest.raises(Later, match="was not Pinterest"):
        await scene.beside(stranger).check()


def test_what_trial_access_means_is_said_before_the_first_post() -> None:
    assert "shows them to nobody except you" in str(APP.review)
    assert "to nobody but you" in str(sign.ways[0].help)
    assert "nobody but you sees" in str(OPTIONS[0].hint)
