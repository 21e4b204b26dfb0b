from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.mastodon.registration import BROAD_SCOPES, SCOPES
from hawker.platforms.mastodon.sandbox_world import Manners, World
from hawker.platforms.mastodon.sign_in import SignIn
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.owner import BACK, decide

sign = SignIn()


async def test_an_owner_signs_in_at_her_server_and_comes_back_with_an_account(
    network: Network, world: World, http: Http
) -> None:
    errand, app = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    account = await sign.finish(http, errand.memory, await decide(errand.url, handle="nightmarket"))
    assert account.handle == f"@nightmarket@{world.host}"
    assert account.remote_id == world.people["nightmarket"].id
    assert account.url == f"{network.address}/@nightmarket"
    assert account.server == account.site == network.address
    assert account.expires_at is None
    token = world.tokens[account.secrets["token"]]
    assert token.scopes == frozenset(SCOPES.split())
    assert token.client_id == app["client_id"]


async def test_the_request_is_proven_by_pkce_where_the_server_says_so(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    assert parse_qs(urlsplit(errand.url).query)["code_challenge_method"] == ["S256"]
    answer = await decide(errand.url)
    with pytest.raises(Refused) as refused:
        await sign.finish(http, {**errand.memory, "verifier": "someone-else"}, answer)
    assert refused.value.code == "invalid_grant"


async def test_a_server_without_discovery_is_signed_in_to_without_pkce(
    network: Network, world: World, http: Http
) -> None:
    world.manners = Manners(discovery=False)
    errand, _ = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    assert "code_challenge" not in errand.url
    account = await sign.finish(http, errand.memory, await decide(errand.url))
    assert account.handle == f"@shop@{world.host}"


async def test_a_server_that_only_knows_broad_permissions_is_asked_for_them(
    network: Network, world: World, http: Http
) -> None:
    world.manners = Manners(discovery=False, fine_scopes=False)
    errand, app = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    assert app["scopes"] == BROAD_SCOPES
    await sign.finish(http, errand.memory, await decide(errand.url))


async def test_a_server_whose_discovery_lists_only_broad_permissions_is_not_asked_for_others(
    network: Network, world: World, http: Http
) -> None:
    world.manners = Manners(fine_scopes=False)
    _, app = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    assert app["scopes"] == BROAD_SCOPES


async def test_a_registration_is_used_again(network: Network, world: World, http: Http) -> None:
    fields = {"server": network.address}
    _, first = await sign.start(http, "oauth", fields, back=BACK, app=None)
    errand, second = await sign.start(http, "oauth", fields, back=BACK, app=first)
    assert second == first
    assert len(world.apps) == 1
    await sign.finish(http, errand.memory, await decide(errand.url))


async def test_a_registration_that_the_server_has_swept_is_made_anew(
    network: Network, world: World, http: Http
) -> None:
    fields = {"server": network.address}
    _, first = await sign.start(http, "oauth", fields, back=BACK, app=None)
    world.apps.clear()
    errand, second = await sign.start(http, "oauth", fields, back=BACK, app=first)
    assert second["client_id"] != first["client_id"]
    await sign.finish(http, errand.memory, await decide(errand.url))


async def test_a_registration_for_another_return_address_is_made_anew(network: Network, http: Http) -> None:
    fields = {"server": network.address}
    _, first = await sign.start(http, "oauth", fields, back="http://hawker.test/elsewhere", app=None)
    errand, second = await sign.start(http, "oauth", fields, back=BACK, app=first)
    assert second["client_id"] != first["client_id"]
    await sign.finish(http, errand.memory, await decide(errand.url))


async def test_a_fault_while_asking_for_a_registration_does_not_throw_it_away(
    network: Network, http: Http
) -> None:
    fields = {"server": network.address}
    _, first = await sign.start(http, "oauth", fields, back=BACK, app=None)
    network.faults.add(Fault(kind=Kind.error_before, call="/oauth/token"))
    _, second = await sign.start(http, "oauth", fields, back=BACK, app=first)
    assert second == first


async def test_an_owner_who_says_no_is_told_how_to_begin_again(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    with pytest.raises(Refused, match="Begin again") as refused:
        await sign.finish(http, errand.memory, await decide(errand.url, decision="deny"))
    assert refused.value.code == "access_denied"


async def test_an_answer_to_somebody_elses_errand_is_refused(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    answer = await decide(errand.url)
    for state in ("forged", ""):
        with pytest.raises(Refused, match="does not belong"):
            await sign.finish(http, errand.memory, {**answer, "state": state})


async def test_an_answer_without_a_code_is_told_in_the_servers_words(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    answer = {"state": errand.memory["state"], "error": "server_error", "error_description": "We are moving"}
    with pytest.raises(Refused, match="We are moving"):
        await sign.finish(http, errand.memory, answer)
    with pytest.raises(Refused, match="did not finish"):
        await sign.finish(http, errand.memory, {"state": errand.memory["state"]})


async def test_a_code_works_once(network: Network, http: Http) -> None:
    errand, _ = await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    answer = await decide(errand.url)
    await sign.finish(http, errand.memory, answer)
    with pytest.raises(Refused) as refused:
        await sign.finish(http, errand.memory, answer)
    assert refused.value.code == "invalid_grant"


async def test_a_busy_server_is_tried_later(network: Network, http: Http) -> None:
    network.faults.add(Fault(kind=Kind.limited, call="/api/v1/apps"))
    with pytest.raises(Later) as later:
        await sign.start(http, "oauth", {"server": network.address}, back=BACK, app=None)
    assert later.value.at is not None


async def test_what_a_server_says_against_a_registration_is_shown(network: Network, http: Http) -> None:
    with pytest.raises(Refused, match="must be an absolute URI") as refused:
        await sign.start(http, "oauth", {"server": network.address}, back="nowhere", app=None)
    assert refused.value.field == "server"


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=404, text="<h1>404</h1>", content_type="text/html"),
        web.Response(status=405, text=""),
        web.Response(status=410),
        web.Response(status=200, text="<h1>Welcome</h1>", content_type="text/html"),
        web.json_response({"hello": "there"}),
        web.json_response(["hello"]),
    ],
)
async def test_a_server_of_another_kind_is_refused_at_its_field(
    stranger: Stranger, http: Http, answer: web.Response
) -> None:
    stranger.says = {"POST /api/v1/apps": answer, "GET /api/v1/accounts/verify_credentials": answer}
    with pytest.raises(Refused, match="does not answer as a Mastodon server does") as refused:
        await sign.start(http, "oauth", {"server": stranger.address}, back=BACK, app=None)
    assert refused.value.field == "server"
    with pytest.raises(Refused, match="does not answer as a Mastodon server does") as refused:
        await sign.sign_in(http, "token", {"server": stranger.address, "token": "t"})
    assert refused.value.field == "server"


async def test_a_server_that_has_moved_is_named(stranger: Stranger, http: Http) -> None:
    moved = web.Response(status=301, headers={"Location": "https://social.example/api/v1/apps"})
    stranger.says = {"POST /api/v1/apps": moved}
    with pytest.raises(Refused, match=r"social\.example") as refused:
        await sign.start(http, "oauth", {"server": stranger.address}, back=BACK, app=None)
    assert refused.value.field == "server"


async def test_discovery_that_is_garbage_counts_as_none(stranger: Stranger, http: Http) -> None:
    stranger.says = {
        "GET /.well-known/oauth-authorization-server": web.json_response(
            {"authorization_endpoint": "javascript:alert(1)", "code_challenge_methods_supported": "S256"}
        ),
        "POST /api/v1/apps": web.json_response({"client_id": "a", "client_secret": "b"}),
    }
    errand, _ = await sign.start(http, "oauth", {"server": stranger.address}, back=BACK, app=None)
    assert errand.url.startswith(f"{stranger.address}/oauth/authorize?")
    assert errand.memory["verifier"] == ""


async def test_discovery_behind_a_lock_counts_as_none(stranger: Stranger, http: Http) -> None:
    stranger.says = {
        "GET /.well-known/oauth-authorization-server": web.Response(status=401),
        "POST /api/v1/apps": web.json_response({"client_id": "a", "client_secret": "b"}),
    }
    errand, app = await sign.start(http, "oauth", {"server": stranger.address}, back=BACK, app=None)
    assert errand.url.startswith(f"{stranger.address}/oauth/authorize?")
    assert app["scopes"] == SCOPES


async def test_a_token_endpoint_that_gives_no_token_is_no_mastodon(stranger: Stranger, http: Http) -> None:
    stranger.says = {
        "POST /api/v1/apps": web.json_response({"client_id": "a", "client_secret": "b"}),
        "POST /oauth/token": web.json_response({"token_type": "Bearer"}),
    }
    errand, _ = await sign.start(http, "oauth", {"server": stranger.address}, back=BACK, app=None)
    with pytest.raises(Refused, match="does not answer as a Mastodon server does"):
        await sign.finish(http, errand.memory, {"state": errand.memory["state"], "code": "c"})


async def test_a_token_signs_in_whatever_form_the_servers_name_has(network: Network, http: Http) -> None:
    _, fields = network.pretend.account("shop")
    account = await sign.sign_in(http, "token", {**fields, "server": f"{fields['server']}/@shop"})
    assert account.server == network.address
    assert account.secrets == {"token": fields["token"]}


@pytest.mark.parametrize("token", ["wrong", ""])
async def test_a_wrong_token_is_refused_at_its_field(network: Network, http: Http, token: str) -> None:
    with pytest.raises(Refused, match="Copy it again") as refused:
        await sign.sign_in(http, "token", {"server": network.address, "token": token})
    assert refused.value.field == "token"


async def test_a_token_that_lacks_rights_is_refused_at_its_field(
    network: Network, world: World, http: Http
) -> None:
    token = world.give_token(world.person("shop"), "", frozenset({"write"}))
    with pytest.raises(Refused) as refused:
        await sign.sign_in(http, "token", {"server": network.address, "token": token.value})
    assert (refused.value.field, refused.value.code) == ("token", "403")


@pytest.mark.parametrize("person", ["an application's own token", "a token at snac2"])
async def test_a_server_that_answers_422_to_a_dead_token_means_to_sign_in_again(
    stranger: Stranger, http: Http, person: str
) -> None:
    body = web.json_response({"error": "This method requires an authenticated user"}, status=422)
    empty = web.Response(status=422)
    answer = body if person == "an application's own token" else empty
    stranger.says = {"GET /api/v1/accounts/verify_credentials": answer}
    with pytest.raises(SignInAgain):
        await sign.check(http, stranger.account())


async def test_a_check_brings_the_account_up_to_date(network: Network, http: Http, shop: Account) -> None:
    stale = replace(shop, name="Old name", limits=replace(shop.limits, text=1))
    assert await sign.check(http, stale) == shop
    assert await sign.refresh(http, stale) == shop


async def test_a_revoked_token_means_to_sign_in_again(network: Network, http: Http, shop: Account) -> None:
    network.pretend.revoke("shop")
    with pytest.raises(SignInAgain):
        await sign.check(http, shop)
    with pytest.raises(SignInAgain):
        await sign.refresh(http, shop)
