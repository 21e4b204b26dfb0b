"""Signing in: a token of a system user or Meta's own page, and the numbers that either opens."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.meta_hooks import WORD
from hawker.connect.values import Account
from hawker.platforms.whatsapp import PLATFORM
from hawker.platforms.whatsapp.account import business_of
from hawker.platforms.whatsapp.sandbox import Sandbox
from hawker.platforms.whatsapp.sandbox_world import APP_ID, SCOPES, phone_of
from hawker.platforms.whatsapp.sign_in import Reach
from hawker.platforms.whatsapp.tests.scene import Scene, letter
from hawker.sandbox.tests.owner import BACK, decide

SIGN_IN = PLATFORM.signs_in


async def numbers(http: Http, pretend: Sandbox, **typed: str) -> list[Account]:
    way, fields = pretend.account("shop")
    person = await SIGN_IN.sign_in(http, way, {**pretend.app(), **fields, **typed})
    return list(await Reach().reached(http, person))


def token(pretend: Sandbox, *scopes: str, kind: str = "SYSTEM_USER", life: timedelta | None = None) -> str:
    user = pretend.world.business("shop").user
    return pretend.world.keys.give(kind, user, app_id=APP_ID, scopes=scopes or SCOPES, life=life).token


@pytest.mark.parametrize(("names", "assigned"), [(True, True), (False, True), (False, False)])
async def test_the_numbers_are_found_however_meta_tells_of_them(
    http: Http, pretend: Sandbox, names: bool, assigned: bool
) -> None:
    pretend.world.manners = replace(pretend.world.manners, names=names, assigned=assigned)
    (account,) = await numbers(http, pretend)
    business = pretend.world.business("shop")
    assert (account.remote_id, business_of(account)) == (business.phones[0].id, business.waba)
    assert (account.name, account.expires_at) == ("shop", None)
    assert business.hears


async def test_without_the_right_to_see_businesses_nothing_is_guessed(http: Http, pretend: Sandbox) -> None:
    pretend.world.manners = replace(pretend.world.manners, names=False, assigned=False)
    narrow = token(pretend, "whatsapp_business_messaging", "whatsapp_business_management")
    assert await numbers(http, pretend, access_token=narrow) == []


async def test_each_number_of_an_account_can_be_chosen(http: Http, pretend: Sandbox) -> None:
    business = pretend.world.business("shop")
    business.phones.append(phone_of("second"))
    found = await numbers(http, pretend, waba_id=business.waba)
    assert len({account.remote_id for account in found}) == len({account.handle for account in found}) == 2
    assert all(account.url.removeprefix(f"{account.site}/").isdecimal() for account in found)


@pytest.mark.parametrize("typed", ["my shop", "12a"])
async def test_what_is_no_id_is_refused_at_its_field(http: Http, pretend: Sandbox, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        await numbers(http, pretend, waba_id=typed)
    assert caught.value.field == "waba_id"


async def test_the_account_of_somebody_else_opens_nothing(http: Http, pretend: Sandbox) -> None:
    with pytest.raises(Refused):
        await numbers(http, pretend, waba_id=pretend.world.business("rival").waba)


async def test_without_a_word_for_webhooks_nothing_is_subscribed(http: Http, pretend: Sandbox) -> None:
    await numbers(http, pretend, **{WORD: ""})
    assert not pretend.world.business("shop").hears


async def test_a_token_without_the_rights_is_refused_by_their_names(http: Http, pretend: Sandbox) -> None:
    with pytest.raises(Refused) as caught:
        await numbers(http, pretend, access_token=token(pretend, "whatsapp_business_management"))
    assert "whatsapp_business_messaging" in str(caught.value.sentence)


@pytest.mark.parametrize("typed", ["", "nonsense"])
async def test_a_strange_token_is_refused(http: Http, pretend: Sandbox, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        await numbers(http, pretend, access_token=typed)
    assert caught.value.field == "access_token"


async def test_the_key_of_an_hour_becomes_one_of_sixty_days_and_is_renewed(
    http: Http, pretend: Sandbox
) -> None:
    short = token(pretend, kind="USER", life=timedelta(hours=1))
    (account,) = await numbers(http, pretend, access_token=short)
    assert account.expires_at is not None
    assert account.secrets["access_token"] != short
    held = replace(account, app=pretend.app())
    renewed = await SIGN_IN.refresh(http, held)
    assert renewed.secrets["access_token"] != held.secrets["access_token"]
    assert business_of(renewed) == business_of(held)
    pretend.revoke("shop")
    with pytest.raises(SignInAgain):
        await SIGN_IN.refresh(http, renewed)


@pytest.mark.parametrize("lasting", [True, False])
async def test_whoever_signs_in_at_meta_gets_her_numbers(http: Http, pretend: Sandbox, lasting: bool) -> None:
    pretend.world.manners = replace(pretend.world.manners, lasting=lasting)
    errand, _ = await SIGN_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    person = await SIGN_IN.finish(http, errand.memory, await decide(errand.url))
    (account,) = await Reach().reached(http, person)
    assert (account.expires_at is None) == lasting
    assert pretend.world.business("shop").hears


async def test_a_configuration_names_the_rights_by_itself(http: Http, pretend: Sandbox) -> None:
    app = {**pretend.app(), "config_id": "77"}
    errand, _ = await SIGN_IN.start(http, "oauth", {}, back=BACK, app=app)
    asked = parse_qs(urlsplit(errand.url).query)
    assert (asked["config_id"], "scope" in asked) == (["77"], False)
    await SIGN_IN.finish(http, errand.memory, await decide(errand.url))


async def test_whoever_takes_out_a_right_is_told_which(http: Http, pretend: Sandbox) -> None:
    pretend.door.declined = frozenset({"whatsapp_business_messaging"})
    errand, _ = await SIGN_IN.start(http, "oauth", {}, back=BACK, app=pretend.app())
    with pytest.raises(Refused) as caught:
        await SIGN_IN.finish(http, errand.memory, await decide(errand.url))
    assert caught.value.code == "scopes"


async def test_a_check_brings_the_name_up_to_date(scene: Scene) -> None:
    renamed = replace(scene.phone, name="Tea & Buns")
    scene.world.business("shop").phones[0] = renamed
    assert (await scene.check()).name == "Tea & Buns"


async def test_without_the_right_to_subscribe_messages_go_out_all_the_same(scene: Scene) -> None:
    scene.world.business("shop").hears = False
    key = scene.world.keys.give(
        "SYSTEM_USER",
        scene.world.business("shop").user,
        app_id=APP_ID,
        scopes=["whatsapp_business_messaging"],
    )
    narrow = replace(scene.shop, secrets={**scene.shop.secrets, "access_token": key.token})
    assert (await scene.at(narrow).check()).remote_id == scene.shop.remote_id
    scene.opens()
    await scene.at(narrow).post(letter())
    assert not scene.world.business("shop").hears


async def test_a_number_that_was_taken_away_is_connected_anew(scene: Scene) -> None:
    scene.world.business("shop").phones.clear()
    with pytest.raises(SignInAgain):
        await scene.check()
