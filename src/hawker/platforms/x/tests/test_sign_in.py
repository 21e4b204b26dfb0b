from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.pretend_oauth import App
from hawker.connect.values import Account
from hawker.platforms.x.sandbox_world import CONFIDENTIAL, PUBLIC, SCOPES, Manners, World
from hawker.platforms.x.sign_in import SignIn
from hawker.platforms.x.tests.strangers import Stranger
from hawker.sandbox.app import Network
from hawker.sandbox.tests.owner import BACK, decide

sign = SignIn()
UNAUTHORIZED = {"title": "Unauthorized", "detail": "Unauthorized", "type": "about:blank", "status": 401}


def typed(network: Network, **changes: str) -> dict[str, str]:
    _, fields = network.pretend.account("shop")
    return {**fields, **changes}


@pytest.mark.parametrize("client", [CONFIDENTIAL, PUBLIC])
async def test_an_owner_signs_in_through_her_own_app(
    network: Network, world: World, http: Http, client: str
) -> None:
    fields = typed(network, client_id=client, client_secret=world.apps[client].client_secret)
    errand, app = await sign.start(http, "oauth", fields, back=BACK, app=None)
    asked = parse_qs(urlsplit(errand.url).query)
    assert asked["redirect_uri"] == [BACK]
    assert set(asked["scope"][0].split()) == SCOPES
    assert asked["code_challenge_method"] == ["S256"]
    account = await sign.finish(http, errand.memory, await decide(errand.url))
    assert (account.handle, account.url) == ("@shop", f"{world.site}/shop")
    assert account.limits.text == 280
    assert app == {"client_id": client, "client_secret": world.apps[client].client_secret}
    assert "client_secret" not in account.secrets or client == CONFIDENTIAL
    assert account.expires_at is not None
    assert timedelta(hours=1) < account.expires_at - datetime.now(UTC) <= timedelta(hours=2)
    assert (await sign.refresh(http, account)).secrets["client_id"] == client


async def test_the_secret_of_the_last_time_need_not_be_typed_again(network: Network, http: Http) -> None:
    _, app = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
    again = typed(network, client_secret="")
    errand, same = await sign.start(http, "oauth", again, back=BACK, app=app)
    assert same == app
    assert (await sign.finish(http, errand.memory, await decide(errand.url))).handle == "@shop"


async def test_the_secret_of_another_app_is_not_used(network: Network, http: Http) -> None:
    _, app = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
    other = typed(network, client_id=PUBLIC, client_secret="")
    _, kept = await sign.start(http, "oauth", other, back=BACK, app=app)
    assert kept == {"client_id": PUBLIC, "client_secret": ""}


async def test_a_callback_that_is_not_the_apps_leads_nowhere(
    network: Network, world: World, http: Http
) -> None:
    secret = world.apps[CONFIDENTIAL].client_secret
    only = frozenset({"https://hawker.example/channels/back/x"})
    world.apps[CONFIDENTIAL] = App(client_id=CONFIDENTIAL, client_secret=secret, callbacks=only)
    errand, _ = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
    with pytest.raises(AssertionError, match="Something went wrong"):
        await decide(errand.url)


async def test_a_wrong_secret_is_said_at_the_end(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", typed(network, client_secret="wrong"), back=BACK, app=None)
    with pytest.raises(Refused, match="does not know your app") as refused:
        await sign.finish(http, errand.memory, await decide(errand.url))
    assert refused.value.code == "unauthorized_client"


async def test_a_code_lives_thirty_seconds(network: Network, world: World, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
    answer = await decide(errand.url)
    world.manners = Manners(ahead=timedelta(seconds=31))
    with pytest.raises(Refused, match="Connect the channel again"):
        await sign.finish(http, errand.memory, answer)


async def test_a_proof_that_does_not_fit_is_refused(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
    answer = await decide(errand.url)
    with pytest.raises(Refused):
        await sign.finish(http, {**errand.memory, "verifier": "another"}, answer)


async def test_an_owner_who_says_no_is_told_so(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
    answer = await decide(errand.url, decision="deny")
    with pytest.raises(Refused, match="You did not let Hawker act"):
        await sign.finish(http, errand.memory, answer)
    with pytest.raises(Refused, match="did not finish the sign-in: server_error"):
        await sign.finish(http, errand.memory, {"state": answer["state"], "error": "server_error"})


async def test_a_key_that_does_not_last_is_not_taken(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", typed(network), back=BACK, app=None)
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


async def test_a_stranger_is_given_no_secret(network: Network, stranger: Stranger, http: Http) -> None:
    fields = typed(network, server=stranger.address)
    with pytest.raises(Refused, match="No X answers") as refused:
        await sign.sign_in(http, "token", fields)
    assert refused.value.field == "server"
    assert stranger.heard == ["GET /2/users/me"]


async def test_an_address_that_is_none_is_refused_at_its_field(network: Network, http: Http) -> None:
    with pytest.raises(Refused, match="is not a web address") as refused:
        await sign.start(http, "oauth", typed(network, site="//"), back=BACK, app=None)
    assert refused.value.field == "site"


async def test_a_token_endpoint_that_speaks_in_problems_is_understood(
    network: Network, stranger: Stranger, http: Http
) -> None:
    stranger.says = {
        "GET /2/users/me": web.json_response(UNAUTHORIZED, status=401),
        "POST /2/oauth2/token": web.json_response(UNAUTHORIZED, status=401),
    }
    with pytest.raises(Refused) as refused:
        await sign.sign_in(http, "token", typed(network, server=stranger.address))
    assert (refused.value.field, refused.value.code) == ("client_secret", "401")
