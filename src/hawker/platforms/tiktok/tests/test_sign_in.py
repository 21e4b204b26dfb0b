"""Signing in at TikTok, and what comes with it."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.tiktok.app import APP
from hawker.platforms.tiktok.sandbox_world import Manners, World
from hawker.platforms.tiktok.sign_in import SignIn
from hawker.platforms.tiktok.tests.scene import Scene
from hawker.sandbox.app import Network
from hawker.sandbox.tests.owner import BACK, decide
from hawker.sandbox.tests.strangers import Stranger

sign = SignIn()


async def test_an_owner_signs_in_through_her_own_app(network: Network, world: World, http: Http) -> None:
    errand, kept = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    asked = parse_qs(urlsplit(errand.url).query)
    assert kept == {}
    assert asked["client_key"] == [network.app["client_id"]]
    assert "client_id" not in asked
    assert asked["scope"] == [",".join(scope.name for scope in APP.scopes)]
    account = await sign.finish(http, errand.memory, await decide(errand.url))
    assert (account.handle, account.url) == ("@shop", f"{world.site}/@shop")
    assert account.remote_id == world.person("shop").open_id
    assert set(account.secrets) == {"access_token", "refresh_token"}
    assert account.expires_at is not None
    assert timedelta(hours=1) < account.expires_at - datetime.now(UTC) <= timedelta(hours=2)


async def test_the_challenge_is_in_hex_as_tiktok_wants_it(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    asked = parse_qs(urlsplit(errand.url).query)
    verifier = errand.memory["verifier"]
    assert 43 <= len(verifier) <= 128
    assert asked["code_challenge"] == [hashlib.sha256(verifier.encode()).hexdigest()]
    assert asked["code_challenge_method"] == ["S256"]


async def test_a_proof_that_does_not_fit_is_refused(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url)
    with pytest.raises(Refused, match="Connect the channel again"):
        await sign.finish(http, {**errand.memory, "verifier": "another"}, answer)


async def test_a_wrong_secret_is_said_at_the_end(network: Network, http: Http) -> None:
    wrong = {**network.app, "client_secret": "wrong"}
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=wrong)
    with pytest.raises(Refused, match="does not know your app") as refused:
        await sign.finish(http, errand.memory, await decide(errand.url))
    assert refused.value.code == "invalid_client"


async def test_an_owner_who_says_no_is_told_so(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url, decision="deny")
    with pytest.raises(Refused, match="You did not let Hawker act"):
        await sign.finish(http, errand.memory, answer)


async def test_an_owner_who_switched_posting_off_is_told_so(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url.replace("video.publish%2C", ""))
    with pytest.raises(Refused, match="leave everything switched on"):
        await sign.finish(http, errand.memory, answer)


async def test_each_refreshing_ends_the_token_before(http: Http, shop: Account) -> None:
    renewed = await sign.refresh(http, shop)
    assert renewed.secrets["refresh_token"] != shop.secrets["refresh_token"]
    assert (await sign.check(http, renewed)).handle == "@shop"
    with pytest.raises(SignInAgain, match="used, taken back or ran out"):
        await sign.refresh(http, shop)
    assert (await sign.refresh(http, renewed)).secrets["refresh_token"]


async def test_a_refresh_token_that_stays_is_kept(world: World, http: Http, shop: Account) -> None:
    world.manners = Manners(rotates=False)
    renewed = await sign.refresh(http, shop)
    assert renewed.secrets["refresh_token"] == shop.secrets["refresh_token"]
    assert renewed.secrets["access_token"] != shop.secrets["access_token"]


async def test_a_refusal_with_a_200_is_one_too(http: Http, shop: Account, stranger: Stranger) -> None:
    """Whether the token endpoint's refusals have a status of their own is not documented."""
    told = {"error": "invalid_grant", "error_description": "Refresh token is invalid.", "log_id": "1"}
    stranger.says = {"POST /v2/oauth/token/": web.json_response(told)}
    elsewhere = replace(shop, app={**shop.app, "server": stranger.address})
    with pytest.raises(SignInAgain) as again:
        await sign.refresh(http, elsewhere)
    assert again.value.code == "invalid_grant"


@pytest.mark.parametrize("status", [200, 400, 500])
async def test_a_fault_of_the_door_for_tokens_disconnects_nothing(
    http: Http, shop: Account, stranger: Stranger, status: int
) -> None:
    """TikTok lists it among the refusals of that door, which come with a 400 mostly."""
    told = {"error": "server_error", "error_description": "Try again later.", "log_id": "1"}
    stranger.says = {"POST /v2/oauth/token/": web.json_response(told, status=status)}
    with pytest.raises(Later):
        await sign.refresh(http, replace(shop, app={**shop.app, "server": stranger.address}))


async def test_where_no_tiktok_answers_it_is_tried_later(
    http: Http, shop: Account, stranger: Stranger
) -> None:
    elsewhere = replace(shop, app={**shop.app, "server": stranger.address})
    with pytest.raises(Later):
        await sign.refresh(http, elsewhere)


async def test_without_the_keys_of_an_app_it_waits(shop: Account, http: Http) -> None:
    with pytest.raises(Later, match="enters them again") as later:
        await sign.refresh(http, replace(shop, app={}))
    assert later.value.code == "app"


async def test_what_the_creator_may_choose_comes_with_the_account(scene: Scene) -> None:
    assert scene.shop.limits.withheld == ("privacy=FOLLOWER_OF_CREATOR",)
    assert scene.shop.limits.video_seconds == 600
    scene.behave(private=True, no_comments=True, no_duet=True, no_stitch=True, longest=60)
    limits = (await scene.check()).limits
    closed = ("comments=yes", "duet=yes", "stitch=yes")
    assert limits.withheld == ("privacy=PUBLIC_TO_EVERYONE", *closed)
    assert limits.video_seconds == 60


async def test_no_video_may_be_longer_than_the_api_takes(scene: Scene) -> None:
    scene.behave(longest=3_600)
    assert (await scene.check()).limits.video_seconds == 600


async def test_a_creator_of_whom_tiktok_tells_little_is_held_to_nothing(
    http: Http, shop: Account, stranger: Stranger
) -> None:
    told = {"data": {"creator_username": "shop", "privacy_level_options": None}, "error": {"code": "ok"}}
    stranger.says = {"POST /v2/post/publish/creator_info/query/": web.json_response(told)}
    account = await sign.check(http, replace(shop, server=stranger.address))
    assert (account.name, account.limits.withheld, account.limits.video_seconds) == ("shop", (), 600)


def test_what_an_unaudited_app_can_do_is_said_where_it_is_set_up_and_where_one_connects() -> None:
    assert "can be seen by its author only" in str(APP.review)
    assert "it posts for you alone" in str(sign.ways[0].help)


async def test_another_edition_of_the_api_is_spoken_to_where_the_owner_names_one(
    http: Http, shop: Account, stranger: Stranger
) -> None:
    stranger.says = {"POST /v3/oauth/token/": web.json_response({"error": "invalid_grant"}, status=400)}
    later = {**shop.app, "server": stranger.address, "api_version": "v3"}
    with pytest.raises(SignInAgain):
        await sign.refresh(http, replace(shop, app=later))
    with pytest.raises(Later):
        await sign.check(http, replace(shop, server=stranger.address, app=later))
    assert stranger.heard[-1] == "POST /v3/post/publish/creator_info/query/"
