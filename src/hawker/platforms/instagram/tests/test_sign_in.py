"""Signing in by either login, and by tokens that were made elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.business import LIFE
from hawker.platforms.instagram.hosts import INSTAGRAM_KEY, instagram_api, instagram_tokens, is_of_instagram
from hawker.platforms.instagram.refusals import REFUSALS
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.sandbox_keys import OWN_RIGHTS, RIGHTS, own_key
from hawker.platforms.instagram.sandbox_world import APP_ID
from hawker.platforms.instagram.sign_in import INSTAGRAM, PAGE, Reach
from hawker.sandbox.tests.owner import BACK, decide

IN = PLATFORM.signs_in


async def enter(http: Http, pretend: Sandbox, way: str, *, decision: str = "allow") -> Account:
    errand, _ = await IN.start(http, way, {}, back=BACK, app=pretend.app())
    return await IN.finish(http, errand.memory, await decide(errand.url, decision=decision))


async def by_token(http: Http, pretend: Sandbox, token: str, **changes: str) -> Account:
    return await IN.sign_in(http, "token", {**pretend.app(), "access_token": token, **changes})


async def reached(http: Http, person: Account) -> Mapping[str, Account]:
    return {account.handle: account for account in await Reach().reached(http, person)}


async def test_signing_in_at_facebook_opens_all_accounts_of_a_person(http: Http, pretend: Sandbox) -> None:
    pretend.world.profile("shop")
    pretend.world.profile("branch", person="shop")
    person = await enter(http, pretend, PAGE)
    accounts = await reached(http, person)
    assert set(accounts) == {"@shop", "@branch"}
    assert all(account.expires_at is None for account in accounts.values())
    tokens = {account.secrets["access_token"] for account in accounts.values()}
    assert len(tokens) == 2
    assert person.secrets["access_token"] not in tokens


async def test_somebody_without_an_account_reaches_none(http: Http, pretend: Sandbox) -> None:
    person = await enter(http, pretend, PAGE)
    pretend.world.profiles.clear()
    assert await reached(http, person) == {}


async def test_signing_in_at_instagram_opens_one_account_with_a_key_of_sixty_days(
    http: Http, pretend: Sandbox
) -> None:
    account = await enter(http, pretend, INSTAGRAM)
    assert is_of_instagram(account)
    assert account.remote_id == pretend.world.profile("shop").id
    assert account.expires_at is not None
    assert timedelta(days=59) < account.expires_at - datetime.now(UTC) < timedelta(days=61)
    assert list((await reached(http, account)).values()) == [account]


async def test_keys_that_come_in_a_list_are_read_as_well(http: Http, pretend: Sandbox) -> None:
    pretend.world.manners.wraps = True
    assert (await enter(http, pretend, INSTAGRAM)).handle == "@shop"


async def test_without_the_keys_of_that_login_nobody_is_sent_there(http: Http, pretend: Sandbox) -> None:
    app = {**pretend.app(), "instagram_secret": ""}
    with pytest.raises(Refused, match="Instagram app secret"):
        await IN.start(http, INSTAGRAM, {}, back=BACK, app=app)


async def test_a_wrong_secret_of_that_login_is_told(http: Http, pretend: Sandbox) -> None:
    app = {**pretend.app(), "instagram_secret": "wrong"}
    errand, _ = await IN.start(http, INSTAGRAM, {}, back=BACK, app=app)
    with pytest.raises(Refused) as caught:
        await IN.finish(http, errand.memory, await decide(errand.url))
    assert caught.value.field == "client_secret"


@pytest.mark.parametrize("way", [PAGE, INSTAGRAM])
async def test_an_owner_who_says_no_is_believed(http: Http, pretend: Sandbox, way: str) -> None:
    with pytest.raises(Refused, match="did not let"):
        await enter(http, pretend, way, decision="deny")


async def test_a_permission_that_was_taken_out_is_named(http: Http, pretend: Sandbox) -> None:
    pretend.door.declined = frozenset({"instagram_content_publish"})
    with pytest.raises(Refused, match="instagram_content_publish"):
        await enter(http, pretend, PAGE)


async def test_the_key_of_a_system_user_reaches_what_it_was_given(http: Http, pretend: Sandbox) -> None:
    profile = pretend.world.profile("shop")
    key = pretend.world.keys.give("SYSTEM_USER", profile.person_id, app_id=APP_ID, scopes=RIGHTS)
    person = await by_token(http, pretend, key.token)
    assert person.expires_at is None
    assert set(await reached(http, person)) == {"@shop"}


async def test_the_short_key_of_a_person_is_changed_for_a_long_one(http: Http, pretend: Sandbox) -> None:
    profile, hour = pretend.world.profile("shop"), timedelta(hours=1)
    key = pretend.world.keys.give("USER", profile.person_id, app_id=APP_ID, scopes=RIGHTS, life=hour)
    person = await by_token(http, pretend, key.token)
    assert person.secrets["access_token"] != key.token
    assert person.expires_at is not None
    assert person.expires_at > datetime.now(UTC) + timedelta(days=50)
    renewed = await IN.refresh(http, person)
    assert renewed.secrets != person.secrets


@pytest.mark.parametrize("token", ["EAAnothing", "IGAAnothing"])
async def test_a_token_that_is_none_is_refused(http: Http, pretend: Sandbox, token: str) -> None:
    with pytest.raises((Refused, SignInAgain)):
        await by_token(http, pretend, token)


async def test_a_token_of_another_app_is_refused(http: Http, pretend: Sandbox) -> None:
    profile = pretend.world.profile("shop")
    key = pretend.world.keys.give("PAGE", profile.page_id, app_id="1", scopes=RIGHTS)
    with pytest.raises(Refused, match="another app") as caught:
        await by_token(http, pretend, key.token)
    assert caught.value.field == "access_token"


async def test_a_key_of_one_login_is_unknown_at_the_other(
    http: Http, pretend: Sandbox, shop: Account, own_shop: Account
) -> None:
    for account, name, other in (
        (shop, INSTAGRAM_KEY, shop.secrets["access_token"]),
        (own_shop, "access_token", own_shop.secrets[INSTAGRAM_KEY]),
    ):
        with pytest.raises(SignInAgain) as caught:
            await IN.check(http, replace(account, secrets={name: other}))
        assert caught.value.code == "190"


async def test_check_reads_the_name_by_either_login(http: Http, shop: Account, own_shop: Account) -> None:
    for account in (shop, own_shop):
        assert await IN.check(http, replace(account, name="As it was")) == account
    assert (shop.remote_id, shop.handle) == (own_shop.remote_id, own_shop.handle)


async def test_a_key_of_sixty_days_is_renewed_once_it_is_a_day_old(
    http: Http, pretend: Sandbox, own_shop: Account
) -> None:
    assert (await IN.refresh(http, own_shop)).secrets == own_shop.secrets
    soon = replace(own_shop, expires_at=datetime.now(UTC) + timedelta(days=5))
    pretend.world.manners.ahead = timedelta(days=55)
    renewed = await IN.refresh(http, soon)
    assert renewed.secrets != own_shop.secrets
    assert renewed.expires_at is not None
    assert renewed.expires_at > datetime.now(UTC) + LIFE - timedelta(hours=1)
    assert (await IN.check(http, renewed)).handle == "@shop"


async def test_a_key_that_ran_out_cannot_be_renewed(http: Http, pretend: Sandbox, own_shop: Account) -> None:
    pretend.world.manners.ahead = timedelta(days=61)
    with pytest.raises(SignInAgain):
        await IN.refresh(http, replace(own_shop, expires_at=datetime.now(UTC)))


async def test_keys_of_pages_are_kept(http: Http, shop: Account) -> None:
    assert (await IN.refresh(http, shop)).secrets == shop.secrets


async def test_what_an_owner_did_not_allow_is_told_when_it_is_needed(http: Http, pretend: Sandbox) -> None:
    profile = pretend.world.profile("shop")
    rights = OWN_RIGHTS - {"instagram_business_content_publish"}
    account = await by_token(http, pretend, own_key(pretend.world, profile, None, rights).token)
    with pytest.raises(SignInAgain, match="permission is missing"):
        await http.request(
            "POST",
            f"{instagram_api(account.app)}/v26.0/{account.remote_id}/media",
            token=account.secrets[INSTAGRAM_KEY],
            form={"image_url": "http://shop.test/bao.jpg"},
            explain=REFUSALS.explain,
        )


@pytest.mark.parametrize(
    ("way", "page"),
    [
        (PAGE, "https://www.facebook.com/v26.0/dialog/oauth?"),
        (INSTAGRAM, "https://www.instagram.com/oauth/authorize?"),
    ],
)
async def test_owners_are_sent_to_metas_own_pages(http: Http, way: str, page: str) -> None:
    app = {"client_id": "1", "client_secret": "s", "instagram_id": "2", "instagram_secret": "t"}
    errand, _ = await IN.start(http, way, {}, back=BACK, app=app)
    assert errand.url.startswith(page)
    assert "content_publish" in errand.url
    assert not {"s", "t"} & set(errand.url.replace("&", "=").split("="))


def test_without_a_server_of_its_own_meta_has_its_usual_ones() -> None:
    assert instagram_api({}) == "https://graph.instagram.com"
    assert instagram_tokens({}) == "https://api.instagram.com"
