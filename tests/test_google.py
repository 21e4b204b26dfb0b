"""Google's house from both sides: what `connect.google` makes of what `connect.pretend_google` says."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect import google
from hawker.connect import pretend_google_errors as refusals
from hawker.connect.apps import Scope
from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.google_errors import explains
from hawker.connect.http import Http
from hawker.connect.pretend_google import Door, Manners
from hawker.connect.text import say
from hawker.connect.values import Account, Limits

TEA, CAKE = "https://www.googleapis.com/auth/tea", "https://www.googleapis.com/auth/cake"
SCOPES = (Scope(name=TEA, reason=say("Tea")), Scope(name=CAKE, reason=say("Cake")))
BACK = "https://hawker.example/channels/back/tea"


class Shelf(google.Paged):
    items: tuple[str, ...] = ()


class Shop:
    """A Google API with one list, and whatever refusal it is told to give."""

    def __init__(self) -> None:
        self.door = Door("", frozenset([TEA, CAKE]))
        self.refuses: web.HTTPException | None = None

    async def cups(self, request: web.Request) -> web.Response:
        self.door.grant_of(request, TEA)
        if self.refuses:
            raise self.refuses
        place = int(request.query.get("pageToken", "0"))
        further = {"nextPageToken": str(place + 1)} if place < 2 else {}
        return web.json_response({"items": [f"cup {place}"], **further})

    def api(self, http: Http, token: str) -> google.Api:
        return google.Api(http, self.door.address, token, explains("Teahouse", {}))


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    shop, app = Shop(), web.Application()
    app.add_routes([*shop.door.routes(), web.get("/cups", shop.cups)])
    async with TestServer(app) as server:
        shop.door.address = str(server.make_url("")).rstrip("/")
        yield shop


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http(allow_private=True, answer_seconds=5) as http:
        yield http


async def answer(shop: Shop, *, decision: str = "allow") -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The errand, and what the owner comes back with once she answered on the page."""
    errand = google.begin(shop.door.registered(), SCOPES, back=BACK)
    wish = {**dict(parse_qsl(urlsplit(errand.url).query)), "username": "ana", "decision": decision}
    page = errand.url.partition("?")[0]
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(page, data=wish, allow_redirects=False) as response,
    ):
        return errand.memory, dict(parse_qsl(urlsplit(response.headers["Location"]).query))


def account(shop: Shop, grant: google.Grant) -> Account:
    limits = Limits(text=1, media=1, alt_text=0, image_bytes=0, image_pixels=0, image_types=())
    return Account(
        remote_id="1",
        handle="ana",
        name="Ana",
        server=shop.door.address,
        site="",
        url="",
        limits=limits,
        secrets=grant.secrets,
        expires_at=grant.expires_at,
        app=shop.door.registered(),
    )


async def test_an_owner_who_says_yes_gives_a_key_that_lasts(shop: Shop, http: Http) -> None:
    grant = await google.finish(http, *await answer(shop), SCOPES)
    assert set(grant.secrets) == {"access_token", "refresh_token"}
    assert grant.expires_at is not None
    assert grant.expires_at > datetime.now(UTC) + timedelta(minutes=50)
    pages = [page.items async for page in shop.api(http, grant.token).pages("/cups", {}, Shelf)]
    assert pages == [("cup 0",), ("cup 1",), ("cup 2",)]


async def test_an_owner_who_says_no_is_told_to_begin_again(shop: Shop, http: Http) -> None:
    with pytest.raises(Refused, match="You did not let Hawker act"):
        await google.finish(http, *await answer(shop, decision="deny"), SCOPES)


async def test_a_box_that_was_unticked_is_named(shop: Shop, http: Http) -> None:
    shop.door.manners = Manners(unticked=frozenset([CAKE]))
    with pytest.raises(Refused, match=r"\(cake\)") as refused:
        await google.finish(http, *await answer(shop), SCOPES)
    assert refused.value.code == "scope"


async def test_an_owner_who_leaves_all_out_has_said_no(shop: Shop, http: Http) -> None:
    shop.door.manners = Manners(unticked=frozenset([TEA, CAKE]))
    with pytest.raises(Refused, match="You did not let Hawker act"):
        await google.finish(http, *await answer(shop), SCOPES)


async def test_a_code_works_once(shop: Shop, http: Http) -> None:
    errand, given = await answer(shop)
    await google.finish(http, errand, given, SCOPES)
    with pytest.raises(Refused) as refused:
        await google.finish(http, errand, given, SCOPES)
    assert refused.value.code == "invalid_grant"


async def test_a_refreshed_account_keeps_the_refresh_token_it_has(shop: Shop, http: Http) -> None:
    fields = {**shop.door.registered(), "refresh_token": shop.door.refresh_token("ana")}
    before = account(shop, await google.sign_in(http, fields, SCOPES))
    after = await google.refresh(http, before)
    assert after.secrets["refresh_token"] == before.secrets["refresh_token"] == fields["refresh_token"]
    assert after.secrets["access_token"] != before.secrets["access_token"]


async def test_a_key_of_an_app_in_testing_dies_after_seven_days(shop: Shop, http: Http) -> None:
    shop.door.manners = Manners(testing=True)
    before = account(shop, await google.finish(http, *await answer(shop), SCOPES))
    shop.door.manners = Manners(testing=True, ahead=timedelta(days=7, seconds=1))
    with pytest.raises(SignInAgain, match="“Testing”"):
        await google.refresh(http, before)


async def test_a_key_that_was_taken_back_wants_a_new_sign_in(shop: Shop, http: Http) -> None:
    grant = await google.finish(http, *await answer(shop), SCOPES)
    async with aiohttp.ClientSession() as owner:
        await owner.post(f"{shop.door.address}/revoke", data={"token": grant.secrets["refresh_token"]})
    with pytest.raises(SignInAgain):
        await google.refresh(http, account(shop, grant))


async def test_a_wrong_client_secret_is_told_at_its_field(shop: Shop, http: Http) -> None:
    fields = {**shop.door.registered(), "client_secret": "GOCSPX-wrong", "refresh_token": "1//x"}
    with pytest.raises(Refused) as refused:
        await google.sign_in(http, fields, SCOPES)
    assert refused.value.field == "client_secret"


async def test_who_a_token_acts_for_can_be_asked(shop: Shop, http: Http) -> None:
    grant = await google.finish(http, *await answer(shop), SCOPES)
    who = await shop.api(http, grant.token).call("GET", "/oauth2/v2/userinfo")
    told = await http.request(
        "GET", f"{shop.door.address}/oauth2/v2/tokeninfo", params={"access_token": grant.token}
    )
    assert who.get("id") == told.get("user_id")
    assert told.get("scope").split() == [CAKE, TEA]


async def test_an_access_token_that_ran_out_is_renewed_rather_than_asked_for(shop: Shop, http: Http) -> None:
    grant = await google.finish(http, *await answer(shop), SCOPES)
    shop.door.manners = replace(shop.door.manners, ahead=timedelta(hours=2))
    with pytest.raises(KeyExpired):
        await shop.api(http, grant.token).call("GET", "/cups")
    with pytest.raises(KeyExpired):
        await shop.api(http, "").call("GET", "/cups")


async def refused(shop: Shop, http: Http, refusal: web.HTTPException) -> Exception:
    shop.refuses = refusal
    fields = {**shop.door.registered(), "refresh_token": shop.door.refresh_token("ana")}
    token = (await google.sign_in(http, fields, SCOPES)).token
    with pytest.raises((Later, Refused, SignInAgain)) as error:
        await shop.api(http, token).call("GET", "/cups")
    return error.value


async def test_a_spent_day_waits_for_midnight_at_the_pacific(shop: Shop, http: Http) -> None:
    error = await refused(shop, http, refusals.quota_exceeded())
    assert isinstance(error, Later)
    assert error.code == "quotaExceeded"
    assert error.at is not None
    assert error.at.minute == 0
    assert error.at.hour in {7, 8}


async def test_too_many_calls_wait_as_long_as_google_says(shop: Shop, http: Http) -> None:
    error = await refused(shop, http, refusals.rate_limited(retry_after=90))
    assert isinstance(error, Later)
    assert error.at is not None
    assert error.at > datetime.now(UTC) + timedelta(seconds=60)
    bare = await refused(shop, http, refusals.rate_limited())
    assert isinstance(bare, Later)
    assert bare.at is None


async def test_a_right_that_is_missing_leads_to_the_sign_in(shop: Shop, http: Http) -> None:
    assert isinstance(await refused(shop, http, refusals.no_right()), SignInAgain)


async def test_an_api_that_is_switched_off_is_named_so(shop: Shop, http: Http) -> None:
    error = await refused(shop, http, refusals.not_enabled("Tea API"))
    assert isinstance(error, Refused)
    assert "Enable it" in str(error)


async def test_what_nobody_knows_is_told_in_googles_words_without_its_links(shop: Shop, http: Http) -> None:
    told = refusals.refusal(400, 'See <a href="#x">the rules</a>.', reason="tooGreen", domain="tea")
    error = await refused(shop, http, told)
    assert isinstance(error, Refused)
    assert (error.code, "“See the rules.”" in str(error)) == ("tooGreen", True)


async def test_a_fault_of_googles_is_tried_again(shop: Shop, http: Http) -> None:
    assert isinstance(
        await refused(shop, http, refusals.refusal(503, "Backend", reason="backendError")), Later
    )
