from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.pretend_oauth import App
from hawker.connect.values import Account
from hawker.platforms.x.budgets import BUDGETS
from hawker.platforms.x.sandbox_world import CONFIDENTIAL, PUBLIC, SCOPES, Manners, World
from hawker.platforms.x.sign_in import SignIn
from hawker.platforms.x.tests.strangers import Stranger
from hawker.sandbox.app import Network
from hawker.sandbox.tests.owner import BACK, decide

sign = SignIn()
UNAUTHORIZED = {"title": "Unauthorized", "detail": "Unauthorized", "type": "about:blank", "status": 401}


def keys(network: Network, **changes: str) -> dict[str, str]:
    return {**network.app, **changes}


@pytest.mark.parametrize("client", [CONFIDENTIAL, PUBLIC])
async def test_an_owner_signs_in_through_her_own_app(
    network: Network, world: World, http: Http, client: str
) -> None:
    app = keys(network, client_id=client, client_secret=world.apps[client].client_secret)
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=app)
    asked = parse_qs(urlsplit(errand.url).query)
    assert asked["redirect_uri"] == [BACK]
    assert set(asked["scope"][0].split()) == SCOPES
    assert asked["code_challenge_method"] == ["S256"]
    account = await sign.finish(http, errand.memory, await decide(errand.url))
    assert (account.handle, account.url) == ("@shop", f"{world.site}/shop")
    assert account.limits.text == 280
    assert set(account.secrets) == {"access_token", "refresh_token"}
    assert account.expires_at is not None
    assert timedelta(hours=1) < account.expires_at - datetime.now(UTC) <= timedelta(hours=2)
    assert (await sign.refresh(http, replace(account, app=app))).secrets["refresh_token"]


async def test_a_channel_with_an_app_among_its_secrets_is_refreshed_through_that(
    network: Network, world: World, http: Http
) -> None:
    given = world.give(world.person("shop"), PUBLIC, SCOPES)
    token = {"refresh_token": str(given["refresh_token"])}
    app = keys(network, client_id=PUBLIC, client_secret="")
    account = await sign.sign_in(http, "token", {**app, **token})
    own = replace(account, secrets={**account.secrets, "client_id": PUBLIC}, app=network.app)
    assert BUDGETS.app(own) == PUBLIC
    renewed = await sign.refresh(http, own)
    assert renewed.secrets["client_id"] == PUBLIC
    assert renewed.secrets["refresh_token"] != own.secrets["refresh_token"]


async def test_a_fresh_secret_of_the_same_app_goes_before_that_of_the_channel(
    network: Network, shop: Account, http: Http
) -> None:
    stale = {**shop.secrets, "client_id": CONFIDENTIAL, "client_secret": "as it was"}
    assert (await sign.refresh(http, replace(shop, secrets=stale))).expires_at


async def test_without_the_keys_of_an_app_it_waits(shop: Account, http: Http) -> None:
    with pytest.raises(Later, match="enters them again") as later:
        await sign.refresh(http, replace(shop, app={}))
    assert later.value.code == "app"


async def test_a_callback_that_is_not_the_apps_leads_nowhere(
    network: Network, world: World, http: Http
) -> None:
    secret = world.apps[CONFIDENTIAL].client_secret
    only = frozenset({"https://hawker.example/channels/back/x"})
    world.apps[CONFIDENTIAL] = App(client_id=CONFIDENTIAL, client_secret=secret, callbacks=only)
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    with pytest.raises(AssertionError, match="Something went wrong"):
        await decide(errand.url)


async def test_a_wrong_secret_is_said_at_the_end(network: Network, http: Http) -> None:
    wrong = keys(network, client_secret="wrong")
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=wrong)
    with pytest.raises(Refused, match="does not know your app") as refused:
        await sign.finish(http, errand.memory, await decide(errand.url))
    assert refused.value.code == "unauthorized_client"


async def test_a_code_lives_thirty_seconds(network: Network, world: World, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url)
    world.manners = Manners(ahead=timedelta(seconds=31))
    with pytest.raises(Refused, match="Connect the channel again"):
        await sign.finish(http, errand.memory, answer)


async def test_a_proof_that_does_not_fit_is_refused(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url)
    with pytest.raises(Refused):
        await sign.finish(http, {**errand.memory, "verifier": "another"}, answer)


async def test_an_owner_who_says_no_is_told_so(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url, decision="deny")
    with pytest.raises(Refused, match="You did not let Hawker act"):
        await sign.finish(http, errand.memory, answer)
    with pytest.raises(Refused, match="did not finish the sign-in: server_error"):
        await sign.finish(http, errand.memory, {"state": answer["state"], "error": "server_error"})


async def test_a_key_that_does_not_last_is_not_taken(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {}, back=BACK, app=network.app)
    answer = await decide(errand.url.replace("+offline.access", ""))
    with pytest.raises(Refused, match="allow offline access"):
        await sign.finish(http, errand.memory, answer)


async def test_each_refreshing_ends_the_token_before(http: Http, shop: Account) -> None:
    renewed = await sign.refresh(http, shop)
    assert renewed.secrets["refresh_token"] != shop.secrets["refresh_token"]
    assert (await sign.check(http, renewed)).handle == "@shop"
    with pytest.raises(SignInAgain, match="used, taken back or ran out"):
        await sign.refresh(http, shop)
    assert (await sign.refresh(http, renewed)).secrets["refresh_token"]


async def test_a_refresh_token_is_never_replaced_by_an_empty_one(
    world: World, http: Http, shop: Account
) -> None:
    world.manners = Manners(rotates=False)
    renewed = await sign.refresh(http, shop)
    assert renewed.secrets["refresh_token"] == shop.secrets["refresh_token"]
    assert renewed.secrets["access_token"] != shop.secrets["access_token"]


async def test_an_app_that_was_deleted_means_to_sign_in_again(
    world: World, http: Http, shop: Account
) -> None:
    del world.apps[CONFIDENTIAL]
    with pytest.raises(SignInAgain, match="does not know your app"):
        await sign.refresh(http, shop)


async def test_a_check_refreshes_nothing(world: World, http: Http, shop: Account) -> None:
    lasting = dict(world.keys.lasting)
    world.keys.access.clear()
    with pytest.raises(KeyExpired):
        await sign.check(http, shop)
    assert world.keys.lasting == lasting


async def test_premium_takes_longer_texts(world: World, http: Http, shop: Account) -> None:
    world.people["shop"] = replace(world.people["shop"], subscription="Premium")
    assert (await sign.check(http, shop)).limits.text == 25_000


async def test_where_no_x_answers_it_is_tried_later(network: Network, stranger: Stranger, http: Http) -> None:
    fields = {**keys(network, server=stranger.address), "refresh_token": "r"}
    with pytest.raises(Later):
        await sign.sign_in(http, "token", fields)


async def test_a_token_endpoint_that_speaks_in_problems_is_understood(
    network: Network, stranger: Stranger, http: Http
) -> None:
    stranger.says = {"POST /2/oauth2/token": web.json_response(UNAUTHORIZED, status=401)}
    fields = {**keys(network, server=stranger.address), "refresh_token": "r"}
    with pytest.raises(Refused) as refused:
        await sign.sign_in(http, "token", fields)
    assert (refused.value.field, refused.value.code) == ("client_secret", "401")
