from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.linkedin import PLATFORM
from hawker.platforms.linkedin.app import listed
from hawker.platforms.linkedin.tests.scene import SELF_SERVE_APP, Scene
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.owner import BACK, decide
from hawker.sandbox.tests.strangers import Stranger, gate

ROLES = "GET /rest/organizationAcls"


async def reached(http: Http, person: Account) -> list[Account]:
    assert PLATFORM.reaches
    return list(await PLATFORM.reaches.reached(http, person))


async def test_one_sign_in_opens_the_pages_and_the_members_own_profile(scene: Scene) -> None:
    page, own = await scene.opened(scene.app())
    world = scene.world
    assert (page.remote_id, own.remote_id) == (world.page("shop").urn, world.member("shop").urn)
    assert (page.url, own.url) == (f"{world.site}/company/shop", f"{world.site}/in/shop")
    assert (page.handle, own.handle, own.name) == ("shop", "shop", "Shop")
    assert set(page.secrets) == set(own.secrets) == {"access_token"}
    for number, account in enumerate((page, own)):
        await scene.at(account).post(draft(f"Number {number}"))
    assert [post.author.urn for post in scene.posts] == [page.remote_id, own.remote_id]


async def test_an_app_that_anybody_gets_opens_the_profile_only(member: Scene) -> None:
    assert member.shop.remote_id == member.world.member("shop").urn
    assert (member.shop.name, member.shop.url) == ("Shop", f"{member.world.site}/in/me")
    checked = await member.check()
    assert checked == member.shop


async def test_hawker_asks_only_for_what_the_app_has(scene: Scene) -> None:
    for client, strange in ((SELF_SERVE_APP, {"email"}), ("pretend-community", set())):
        app = scene.app(client)
        errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=app)
        (asked,) = parse_qs(urlsplit(errand.url).query)["scope"]
        assert set(asked.split()) == listed(app["scopes"]) - strange


@pytest.mark.parametrize("scopes", ["", "email", "rights, of, another"])
async def test_an_app_whose_scopes_nobody_copied_begins_nothing(scene: Scene, scopes: str) -> None:
    with pytest.raises(Refused, match="Copy them from the Auth tab") as caught:
        await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=scene.app(scopes=scopes))
    assert caught.value.field == "scopes"


async def test_a_scope_that_the_app_does_not_have_is_named(scene: Scene) -> None:
    app = scene.app(SELF_SERVE_APP, scopes="openid profile w_member_social w_organization_social")
    errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=app)
    query = dict(item.split("=", 1) for item in urlsplit(errand.url).query.split("&"))
    answer = {
        "error": "unauthorized_scope_error",
        "error_description": 'Scope "w_organization_social" is not authorized for your application',
        "state": errand.memory["state"],
    }
    assert "w_organization_social" in query["scope"]
    with pytest.raises(Refused, match="w_organization_social") as caught:
        await scene.signs_in.finish(scene.http, errand.memory, answer)
    assert (caught.value.field, caught.value.code) == ("scopes", "unauthorized_scope_error")


async def test_the_pretend_network_sends_such_a_wish_back_at_once(scene: Scene, http: Http) -> None:
    app = scene.app(SELF_SERVE_APP, scopes="openid r_member_social")
    errand, _ = await scene.signs_in.start(http, "oauth", {}, back=BACK, app=app)
    answer = await http.request("GET", errand.url)
    assert answer.status == 302
    assert "error=unauthorized_scope_error" in answer.headers["Location"]


@pytest.mark.parametrize("error", ["user_cancelled_login", "user_cancelled_authorize"])
async def test_an_owner_who_says_no_is_told_so(scene: Scene, error: str) -> None:
    errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=scene.app())
    answer = {"error": error, "state": errand.memory["state"]}
    with pytest.raises(Refused, match="did not let Hawker"):
        await scene.signs_in.finish(scene.http, errand.memory, answer)


@pytest.mark.parametrize(
    ("roles", "opens"),
    [
        ([{"organization": "urn:li:organization:7", "role": "ADMINISTRATOR", "state": "APPROVED"}], ["7"]),
        ([{"organizationTarget": "urn:li:organization:7", "role": "CONTENT_ADMINISTRATOR"}], ["7"]),
        ([{"organization": "urn:li:organization:7", "role": role} for role in ("ADMINISTRATOR",) * 2], ["7"]),
        ([{"organization": "urn:li:organization:7", "role": "ANALYST", "state": "APPROVED"}], []),
        ([{"organization": "urn:li:organization:7", "role": "ADMINISTRATOR", "state": "REQUESTED"}], []),
        ([{"organization": "urn:li:organizationBrand:7", "role": "ADMINISTRATOR"}], []),
        (None, []),
    ],
)
async def test_only_pages_on_which_the_member_may_publish_are_offered(
    scene: Scene, stranger: Stranger, roles: list[Mapping[str, str]] | None, opens: list[str]
) -> None:
    stranger.says = {
        ROLES: web.json_response({"elements": roles}),
        "GET /rest/organizations/7": web.json_response({"id": 7, "localizedName": "Tea"}),
    }
    secrets = {"access_token": "key", "scope": "rw_organization_admin,w_organization_social"}
    found = await reached(scene.http, replace(scene.beside(stranger).shop, secrets=secrets))
    assert [each.remote_id for each in found] == [f"urn:li:organization:{number}" for number in opens]
    assert [(each.name, each.handle) for each in found] == [("Tea", "Tea")] * len(opens)


async def test_all_pages_are_listed(scene: Scene, stranger: Stranger) -> None:
    """A hundred at a time; the same list over and over ends too."""
    role = {"organization": "urn:li:organization:7", "role": "ADMINISTRATOR"}
    stranger.says = {
        ROLES: web.json_response({"elements": [role] * 100}),
        "GET /rest/organizations/7": web.json_response({"vanityName": "tea"}),
    }
    secrets = {"access_token": "key", "scope": "r_organization_admin"}
    found = await reached(scene.http, replace(scene.beside(stranger).shop, secrets=secrets))
    assert [each.url for each in found] == [f"{stranger.address}/company/tea"]
    assert stranger.heard.count(ROLES) == 10


async def test_a_page_that_is_gone_spoils_no_sign_in(scene: Scene, stranger: Stranger) -> None:
    roles = [{"organization": f"urn:li:organization:{number}", "role": "ADMINISTRATOR"} for number in (6, 7)]
    stranger.says = {
        ROLES: web.json_response({"elements": roles}),
        "GET /rest/organizations/6": web.json_response({"status": 404, "message": "Not found"}, status=404),
        "GET /rest/organizations/7": web.json_response({"vanityName": "tea"}),
    }
    there = scene.beside(stranger)
    secrets = {"access_token": "key", "scope": "r_organization_admin"}
    found = await reached(scene.http, replace(there.shop, secrets=secrets))
    assert [each.handle for each in found] == ["tea"]
    with pytest.raises(Refused, match="This page is gone"):
        await there.at(replace(there.shop, remote_id="urn:li:organization:6")).check()


async def test_a_pasted_token_tells_how_long_it_lives(scene: Scene) -> None:
    ends = datetime.now(UTC) + timedelta(days=60)
    assert scene.shop.expires_at is not None
    assert abs(scene.shop.expires_at - ends) < timedelta(minutes=1)


async def test_a_token_of_another_app_is_refused(scene: Scene) -> None:
    fields = {**scene.app(SELF_SERVE_APP), **scene.fields()}
    with pytest.raises(Refused, match="another app") as caught:
        await scene.signs_in.sign_in(scene.http, "token", fields)
    assert caught.value.field == "access_token"


async def test_a_token_that_ran_out_is_refused(scene: Scene) -> None:
    fields = {**scene.app(), **scene.fields()}
    scene.behave(ahead=timedelta(days=61))
    with pytest.raises(Refused) as caught:
        await scene.signs_in.sign_in(scene.http, "token", fields)
    assert caught.value.field == "access_token"


async def test_a_token_that_cannot_even_be_asked_about_is_refused_at_its_field(
    scene: Scene, stranger: Stranger
) -> None:
    refusal = web.json_response({"error": "invalid_request", "error_description": "Bad token"}, status=400)
    stranger.says = {"POST /oauth/v2/introspectToken": refusal}
    fields = {**scene.app(server=stranger.address, site=stranger.address), "access_token": "odd"}
    with pytest.raises(Refused) as caught:
        await scene.signs_in.sign_in(scene.http, "token", fields)
    assert caught.value.field == "access_token"


async def test_a_token_whose_rights_nobody_tells_has_those_of_the_app(
    scene: Scene, stranger: Stranger
) -> None:
    stranger.says = {
        "POST /oauth/v2/introspectToken": web.json_response({"active": True, "scope": None}),
        "GET /v2/userinfo": web.json_response({"sub": "abc", "name": "Alice"}),
    }
    app = scene.app(SELF_SERVE_APP, server=stranger.address, site=stranger.address)
    person = await scene.signs_in.sign_in(scene.http, "token", {**app, "access_token": "key"})
    assert person.expires_at is None
    assert [each.remote_id for each in await reached(scene.http, person)] == ["urn:li:person:abc"]


async def test_a_wrong_secret_of_the_app_is_said_at_its_field(scene: Scene) -> None:
    fields = {**scene.app(client_secret="wrong"), **scene.fields()}
    with pytest.raises(Refused) as caught:
        await scene.signs_in.sign_in(scene.http, "token", fields)
    assert caught.value.field == "client_secret"


async def test_a_partners_key_is_renewed_and_its_refresh_token_stays(scene: Scene) -> None:
    scene.behave(partner=True)
    page, _ = await scene.opened(scene.app())
    renewed = await scene.signs_in.refresh(scene.http, page)
    assert renewed.secrets["access_token"] != page.secrets["access_token"]
    assert renewed.secrets["refresh_token"] == page.secrets["refresh_token"]
    assert renewed.expires_at is not None
    assert renewed.expires_at > datetime.now(UTC) + timedelta(days=59)
    assert await scene.at(renewed).check() == renewed


async def test_only_a_partners_key_is_said_to_be_renewed(scene: Scene) -> None:
    assert not PLATFORM.renews(scene.shop)
    scene.behave(partner=True)
    page, _ = await scene.opened(scene.app())
    assert PLATFORM.renews(page)


async def test_a_partners_refresh_token_that_is_dead_wants_a_sign_in(scene: Scene) -> None:
    scene.behave(partner=True)
    page, _ = await scene.opened(scene.app())
    scene.pretend.revoke("shop")
    with pytest.raises(SignInAgain):
        await scene.signs_in.refresh(scene.http, page)


async def test_any_other_key_lives_to_its_end_and_then_wants_a_sign_in(scene: Scene) -> None:
    assert await scene.signs_in.refresh(scene.http, scene.shop) == scene.shop
    scene.behave(ahead=timedelta(days=61))
    with pytest.raises(SignInAgain, match="run out"):
        await scene.signs_in.refresh(scene.http, scene.shop)


async def test_a_call_that_was_refused_once_does_not_end_a_key_that_still_opens(scene: Scene) -> None:
    """Hawker then takes the key for ended, and asks."""
    doubted = replace(scene.shop, expires_at=datetime.now(UTC))
    assert await scene.signs_in.refresh(scene.http, doubted) == scene.shop


async def test_a_key_whose_end_nobody_tells_lives_on(scene: Scene) -> None:
    """As where the app's secret was changed at LinkedIn since."""
    doubted = replace(
        scene.shop, expires_at=datetime.now(UTC), app={**scene.shop.app, "client_secret": "another"}
    )
    assert await scene.signs_in.refresh(scene.http, doubted) == doubted


async def test_a_key_that_is_dead_before_its_time_wants_a_sign_in(scene: Scene) -> None:
    scene.pretend.revoke("shop")
    with pytest.raises(KeyExpired):
        await scene.check()
    with pytest.raises(SignInAgain):
        await scene.signs_in.refresh(scene.http, scene.shop)


async def test_what_stands_in_front_of_linkedin_is_not_linkedin(scene: Scene) -> None:
    async with gate(403) as address:
        fields = {**scene.app(server=address, site=address), "access_token": "key"}
        with pytest.raises(Later, match="was not LinkedIn"):
            await scene.signs_in.sign_in(scene.http, "token", fields)


async def test_a_return_without_scopes_falls_back_on_those_that_were_asked_for(
    scene: Scene, stranger: Stranger
) -> None:
    app = scene.app(SELF_SERVE_APP)
    errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=app)
    answer = await decide(errand.url)
    stranger.says = {
        "POST /oauth/v2/accessToken": web.json_response({"access_token": "key"}),
        "GET /v2/userinfo": web.json_response({"sub": "abc", "name": "Alice"}),
    }
    memory = {**errand.memory, "server": stranger.address, "site": stranger.address}
    person = await scene.signs_in.finish(scene.http, memory, answer)
    assert (person.remote_id, person.name) == ("urn:li:person:abc", "Alice")
    assert person.expires_at is not None
    assert [each.remote_id for each in await reached(scene.http, person)] == ["urn:li:person:abc"]
