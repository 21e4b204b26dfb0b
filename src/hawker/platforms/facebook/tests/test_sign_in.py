"""Signing in: with Facebook's page and with a token, the choice among pages, keys and their ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.facebook import PLATFORM
from hawker.platforms.facebook.app import APP
from hawker.platforms.facebook.sandbox import Sandbox
from hawker.platforms.facebook.sandbox_world import APP_ID, SCOPES, WORD
from hawker.platforms.facebook.tests.scene import Scene, reached
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.owner import BACK, decide

SIGNS_IN = PLATFORM.signs_in


async def walk(http: Http, pretend: Sandbox, **changes: str) -> Account:
    """Signs in through Facebook's page; `changes` are of the app's keys."""
    app = {**pretend.app(), **changes}
    errand, _ = await SIGNS_IN.start(http, "oauth", {}, back=BACK, app=app)
    return await SIGNS_IN.finish(http, errand.memory, await decide(errand.url))


async def test_one_sign_in_opens_all_pages_of_a_person(http: Http, pretend: Sandbox) -> None:
    owner = pretend.world.person("shop")
    owner.pages.append(pretend.world.page("teahouse"))
    owner.businesses["900"] = [pretend.world.page("chain"), pretend.world.page("shop")]
    accounts = await reached(http, await walk(http, pretend))
    assert [account.handle for account in accounts] == ["@shop", "@teahouse", "@chain"]
    assert [account.expires_at for account in accounts] == [None, None, None]
    assert len({account.secrets["access_token"] for account in accounts}) == 3


async def test_a_page_on_which_the_person_may_only_look_is_not_offered(http: Http, pretend: Sandbox) -> None:
    owner, page = pretend.world.person("shop"), pretend.world.page("guest")
    owner.pages.append(replace(page, tasks=("ANALYZE",)))
    assert [account.handle for account in await reached(http, await walk(http, pretend))] == ["@shop"]


async def test_the_keys_of_pages_publish_and_outlive_the_persons(
    http: Http, pretend: Sandbox, scene: Scene
) -> None:
    person = await walk(http, pretend)
    assert person.expires_at is not None
    assert timedelta(days=59) < person.expires_at - datetime.now(UTC) <= timedelta(days=60)
    (page,) = await reached(http, person)
    published = await scene.at(page).post(draft())
    assert [seen.remote_id for seen in pretend.published("shop")] == [published.remote_id]


async def test_facebook_is_asked_for_exactly_what_is_explained(http: Http, pretend: Sandbox) -> None:
    errand, _ = await SIGNS_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    asked = errand.url.partition("scope=")[2].partition("&")[0].split("%2C")
    assert asked == [scope.name for scope in APP.scopes]
    assert f"/{APP.versions[0].name}/dialog/oauth" in errand.url
    assert pretend.app()["client_secret"] not in errand.url


async def test_an_owner_who_switches_off_a_permission_is_told_which(http: Http, pretend: Sandbox) -> None:
    pretend.door.declined = frozenset({"pages_manage_posts"})
    with pytest.raises(Refused, match="pages_manage_posts") as caught:
        await walk(http, pretend)
    assert caught.value.code == "scopes"


async def test_pages_of_businesses_are_left_out_where_that_was_switched_off(
    http: Http, pretend: Sandbox
) -> None:
    pretend.world.person("shop").businesses["900"] = [pretend.world.page("chain")]
    pretend.door.declined = frozenset({"business_management"})
    assert [account.handle for account in await reached(http, await walk(http, pretend))] == ["@shop"]


async def test_an_owner_who_says_no_is_not_signed_in(http: Http, pretend: Sandbox) -> None:
    errand, _ = await SIGNS_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    answer = await decide(errand.url, decision="deny")
    assert answer["error_reason"] == "user_denied"
    with pytest.raises(Refused, match="did not let Hawker"):
        await SIGNS_IN.finish(http, errand.memory, answer)


async def test_a_code_is_taken_once(http: Http, pretend: Sandbox) -> None:
    errand, _ = await SIGNS_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    answer = await decide(errand.url)
    await SIGNS_IN.finish(http, errand.memory, answer)
    with pytest.raises(Refused, match="used already") as caught:
        await SIGNS_IN.finish(http, errand.memory, answer)
    assert caught.value.code == "100/36009"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"client_secret": "wrong"}, "does not know your app"),
        ({"back": "http://elsewhere.test/"}, "valid OAuth redirect"),
    ],
)
async def test_what_an_owner_registered_wrongly_is_explained(
    http: Http, pretend: Sandbox, changes: Mapping[str, str], sentence: str
) -> None:
    errand, _ = await SIGNS_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    answer = await decide(errand.url)
    with pytest.raises(Refused, match=sentence):
        await SIGNS_IN.finish(http, {**errand.memory, **changes}, answer)


async def test_a_token_of_a_system_user_reaches_its_pages_and_never_ends(
    http: Http, pretend: Sandbox
) -> None:
    owner = pretend.world.person("shop")
    key = pretend.world.keys.give("SYSTEM_USER", owner.id, app_id=APP_ID, scopes=SCOPES)
    person = await SIGNS_IN.sign_in(http, "token", {**pretend.app(), "access_token": f" {key.token}\u200b"})
    assert person.expires_at is None
    assert [account.handle for account in await reached(http, person)] == ["@shop"]


async def test_a_short_token_of_a_person_is_made_a_long_one_first(http: Http, pretend: Sandbox) -> None:
    """The keys of pages would end with it."""
    owner = pretend.world.person("shop")
    hour = timedelta(hours=1)
    key = pretend.world.keys.give("USER", owner.id, app_id=APP_ID, scopes=SCOPES, life=hour)
    person = await SIGNS_IN.sign_in(http, "token", {**pretend.app(), "access_token": key.token})
    (page,) = await reached(http, person)
    pretend.world.manners.ahead = 2 * hour
    assert (await SIGNS_IN.check(http, page)).handle == "@shop"


async def test_a_right_that_facebook_does_not_know_is_not_asked_for(http: Http, pretend: Sandbox) -> None:
    errand, _ = await SIGNS_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    with pytest.raises(AssertionError, match="Invalid Scopes: fly"):
        await decide(errand.url.replace("scope=", "scope=fly%2C"))


async def test_a_token_of_another_app_is_refused_at_its_field(http: Http, pretend: Sandbox) -> None:
    key = pretend.world.keys.give("PAGE", pretend.world.page("shop").id, app_id="1", scopes=SCOPES)
    with pytest.raises(Refused) as caught:
        await SIGNS_IN.sign_in(http, "token", {**pretend.app(), "access_token": key.token})
    assert caught.value.field == "access_token"


async def test_a_token_without_the_rights_is_refused_at_its_field(http: Http, pretend: Sandbox) -> None:
    page = pretend.world.page("shop")
    key = pretend.world.keys.give("PAGE", page.id, app_id=APP_ID, scopes=["pages_show_list"])
    with pytest.raises(Refused, match="pages_manage_posts") as caught:
        await SIGNS_IN.sign_in(http, "token", {**pretend.app(), "access_token": key.token})
    assert caught.value.field == "access_token"


async def test_a_key_that_runs_out_is_prolonged_while_it_lives(http: Http, pretend: Sandbox) -> None:
    page = pretend.world.page("shop")
    key = pretend.world.keys.give("PAGE", page.id, app_id=APP_ID, scopes=SCOPES, life=timedelta(hours=1))
    account = await SIGNS_IN.sign_in(http, "token", {**pretend.app(), "access_token": key.token})
    assert account.expires_at is not None
    fresh = await SIGNS_IN.refresh(http, account)
    assert fresh.expires_at is None
    assert fresh.secrets != account.secrets
    assert (await SIGNS_IN.check(http, fresh)).remote_id == page.id


async def test_a_key_that_has_run_out_needs_the_owner(http: Http, pretend: Sandbox) -> None:
    page = pretend.world.page("shop")
    key = pretend.world.keys.give("PAGE", page.id, app_id=APP_ID, scopes=SCOPES, life=timedelta(hours=1))
    account = await SIGNS_IN.sign_in(http, "token", {**pretend.app(), "access_token": key.token})
    pretend.world.manners.ahead = timedelta(hours=2)
    with pytest.raises(SignInAgain) as caught:
        await SIGNS_IN.refresh(http, account)
    assert caught.value.code == "190/463"


async def test_a_page_that_is_checked_is_heard_from_then_on(scene: Scene) -> None:
    await scene.check()
    assert scene.world.heard == {scene.shop.remote_id: ("feed", "mention")}


async def test_a_page_whose_app_has_no_verify_token_is_left_alone(scene: Scene, pretend: Sandbox) -> None:
    silent = {name: value for name, value in pretend.app().items() if value != WORD}
    await scene.at(replace(scene.shop, app=silent)).check()
    assert scene.world.heard == {}


async def test_a_page_without_the_right_to_be_heard_works_all_the_same(scene: Scene) -> None:
    page = scene.world.page("shop")
    scopes = SCOPES - {"pages_manage_metadata"}
    key = scene.world.keys.give("PAGE", page.id, app_id=APP_ID, scopes=scopes)
    account = replace(scene.shop, secrets={"access_token": key.token})
    assert (await scene.at(account).check()).handle == "@shop"
    assert scene.world.heard == {}


async def test_where_the_keys_of_the_app_are_gone_everything_waits(scene: Scene) -> None:
    keyless = scene.at(replace(scene.shop, app={}))
    with pytest.raises(Later, match="no keys of a developer app"):
        await keyless.check()
    with pytest.raises(Later):
        await keyless.post(draft())


async def test_each_call_shows_the_proof_of_the_apps_secret(scene: Scene, pretend: Sandbox) -> None:
    pretend.desk.wants_proof = True
    assert (await scene.check()).handle == "@shop"
    strange = replace(scene.shop, app={**scene.shop.app, "client_secret": "another"})
    with pytest.raises(SignInAgain, match="do not belong together"):
        await scene.at(strange).check()
