"""Signing in, and staying signed in."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.pretend import Handler
from hawker.connect.values import Account
from hawker.platforms.bluesky.publish import Publish
from hawker.platforms.bluesky.sign_in import SignIn
from hawker.platforms.bluesky.tests.world import World, website, write
from hawker.platforms.bluesky.typed import read
from hawker.sandbox.faults import Kind

TYPED = {"handle": "alice.bsky.social", "password": "abcd-efgh-ijkl-mnop"}


async def sign_in(world: World, **changes: str) -> Account:
    _, fields = world.pretend.account("alice")
    return await SignIn().sign_in(world.http, "password", {**fields, **changes})


async def hello(_: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>hello</html>", content_type="text/html")


async def nothing(_: web.Request) -> web.StreamResponse:
    return web.json_response({"did": "did:plc:x", "accessJwt": "", "refreshJwt": ""})


async def forbidden(_: web.Request) -> web.StreamResponse:
    return web.json_response({"error": "Forbidden", "message": "no"}, status=403)


async def refusal(world: World, **changes: str) -> Refused:
    with pytest.raises(Refused) as caught:
        await sign_in(world, **changes)
    return caught.value


async def test_an_account_is_known_by_its_did_and_carries_name_address_and_limits(world: World) -> None:
    account = await sign_in(world)
    assert (account.remote_id, account.handle, account.name) == (
        world.person.did,
        "alice.bsky.social",
        "Alice",
    )
    assert (account.server, account.site) == (world.address, world.address)
    assert account.url == f"{world.address}/profile/alice.bsky.social"
    assert set(account.secrets) == {"access", "refresh", "password"}
    assert (account.limits.text, account.limits.media, account.limits.image_bytes) == (300, 4, 1_000_000)


async def test_an_account_says_when_its_key_runs_out(world: World) -> None:
    account = await sign_in(world)
    assert account.expires_at is not None
    left = account.expires_at - datetime.now(UTC)
    assert timedelta(minutes=110) < left <= timedelta(minutes=120)


@pytest.mark.parametrize(
    "typed", ["@alice.bsky.social", " \u202aAlice.bsky.social\u202c\u200b", "＠alice.bsky.social"]
)
async def test_a_handle_may_be_typed_as_people_type_it(world: World, typed: str) -> None:
    assert (await sign_in(world, handle=typed)).handle == "alice.bsky.social"


async def test_an_e_mail_address_signs_in_as_well(world: World) -> None:
    world.pretend.account("alice")
    assert (await sign_in(world, handle=world.person.email)).handle == "alice.bsky.social"


async def test_a_server_may_be_typed_with_a_slash_or_its_path_of_calls(world: World) -> None:
    assert (await sign_in(world, server=f"{world.address}/xrpc/")).server == world.address


def test_what_is_left_empty_is_the_public_network() -> None:
    typed = read({**TYPED, "server": "", "site": ""})
    assert (typed.server, typed.site) == ("https://bsky.social", "https://bsky.app")


def test_an_address_without_a_scheme_is_a_safe_one() -> None:
    typed = read({**TYPED, "server": "pds.example.org", "site": "https://deer.social/?from=app"})
    assert (typed.server, typed.site) == ("https://pds.example.org", "https://deer.social")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"handle": "alice"}, "handle"),
        ({"handle": ""}, "handle"),
        ({"password": " \u200b "}, "password"),
        ({"server": "ftp://pds.example.org"}, "server"),
        ({"site": "https://"}, "site"),
    ],
)
def test_what_cannot_be_right_is_refused_before_any_call(changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as caught:
        read({**TYPED, **changes})
    assert caught.value.field == field


async def test_a_wrong_password_is_said_at_the_password(world: World) -> None:
    refused = await refusal(world, password="abcd-efgh-ijkl-mnop")
    assert (refused.field, refused.code) == ("password", "AuthenticationRequired")


async def test_the_main_password_of_a_guarded_account_leads_to_app_passwords(world: World) -> None:
    world.pretend.account("alice")
    world.person.email_code = True
    refused = await refusal(world, password=world.person.password)
    assert (refused.field, refused.code) == ("password", "AuthFactorTokenRequired")
    assert "app password" in str(refused)


@pytest.mark.parametrize(("status", "words"), [("takendown", "taken"), ("deactivated", "switched off")])
async def test_an_account_that_is_closed_says_so(world: World, status: str, words: str) -> None:
    world.pretend.account("alice")
    world.person.status = status
    refused = await refusal(world)
    assert refused.field == "handle"
    assert words in str(refused)


async def test_too_many_sign_ins_must_wait_until_the_network_says(world: World) -> None:
    for _ in range(30):
        await sign_in(world)
    with pytest.raises(Later) as caught:
        await sign_in(world)
    assert caught.value.code == "RateLimitExceeded"
    assert caught.value.at is not None
    assert 0 < caught.value.at.timestamp() - time.time() <= 301


async def test_a_site_that_is_no_such_server_is_said_at_the_server(world: World) -> None:
    world.pretend.account("bob")
    page = f"{world.address}/profile/bob.bsky.social"
    assert (await refusal(world, server=page)).field == "server"


async def test_a_page_that_answers_to_everything_is_no_server_either(world: World) -> None:
    async with website(hello) as address:
        assert (await refusal(world, server=address)).field == "server"


async def test_a_server_with_a_fault_is_asked_later(world: World) -> None:
    world.strike(Kind.error_before, "createSession", 502)
    with pytest.raises(Later):
        await sign_in(world)


async def test_a_server_that_takes_smaller_files_lowers_the_limit(world: World) -> None:
    world.pretend.accounts.upload_bytes = 500_000
    assert (await sign_in(world)).limits.image_bytes == 500_000


async def test_an_account_without_a_profile_is_called_by_its_handle(world: World) -> None:
    world.pretend.account("alice")
    world.person.collections.clear()
    assert (await sign_in(world)).name == "alice.bsky.social"


async def test_refreshing_gives_a_working_pair_and_keeps_the_password(world: World) -> None:
    account = await sign_in(world)
    fresh = await SignIn().refresh(world.http, account)
    assert fresh.secrets["refresh"] != account.secrets["refresh"]
    assert fresh.secrets["password"] == account.secrets["password"]
    assert fresh.expires_at is not None
    assert await SignIn().check(world.http, fresh) == fresh


async def test_a_used_up_refresh_token_falls_back_to_the_app_password(world: World) -> None:
    account = await sign_in(world)
    await SignIn().refresh(world.http, account)
    again = await SignIn().refresh(world.http, account)
    assert await SignIn().check(world.http, again) == again


async def test_a_revoked_app_password_asks_the_owner_to_sign_in_again(world: World) -> None:
    account = await sign_in(world)
    world.pretend.revoke("alice")
    with pytest.raises(SignInAgain) as caught:
        await SignIn().refresh(world.http, account)
    assert caught.value.code == "AuthenticationRequired"


async def test_a_revoked_account_is_noticed_by_a_check(world: World) -> None:
    account = await sign_in(world)
    world.pretend.revoke("alice")
    with pytest.raises(SignInAgain):
        await SignIn().check(world.http, account)


async def test_signing_in_again_after_a_revocation_works(world: World) -> None:
    await sign_in(world)
    world.pretend.revoke("alice")
    assert (await sign_in(world)).remote_id == world.person.did


async def test_an_account_taken_down_cannot_be_refreshed(world: World) -> None:
    account = await sign_in(world)
    world.person.status = "takendown"
    with pytest.raises(SignInAgain) as caught:
        await SignIn().refresh(world.http, account)
    assert caught.value.code == "AccountTakedown"


@pytest.mark.parametrize("kind", [Kind.error_before, Kind.reset_before, Kind.reset_after])
async def test_a_refresh_that_breaks_off_is_tried_again_and_nothing_is_lost(world: World, kind: Kind) -> None:
    account = await sign_in(world)
    world.strike(kind, "refreshSession")
    with pytest.raises(Later):
        await SignIn().refresh(world.http, account)
    assert (await SignIn().refresh(world.http, account)).secrets["access"]


@pytest.mark.parametrize("handler", [hello, nothing, forbidden])
async def test_an_answer_that_is_no_session_never_empties_the_secrets(world: World, handler: Handler) -> None:
    account = await sign_in(world)
    async with website(handler) as address:
        with pytest.raises(Later):
            await SignIn().refresh(world.http, replace(account, server=address))


async def test_an_old_key_is_refreshed_by_a_check(world: World) -> None:
    world.pretend.accounts.tokens.access_seconds = -60
    account = await sign_in(world)
    world.pretend.accounts.tokens.access_seconds = 7200
    with pytest.raises(KeyExpired):
        await Publish().send(world.http, account, write("too early"), {})
    fresh = await SignIn().check(world.http, account)
    await world.publish(fresh, write("in time"))
    assert [post.text for post in world.pretend.published("alice")] == ["in time"]


async def test_a_changed_handle_is_noticed_by_a_check(world: World) -> None:
    account = await sign_in(world)
    world.person.handle = "tea.example.org"
    checked = await SignIn().check(world.http, account)
    assert (checked.handle, checked.url) == ("tea.example.org", f"{world.address}/profile/tea.example.org")


async def test_a_broken_handle_leaves_the_page_under_the_did(world: World) -> None:
    account = await sign_in(world)
    world.person.handle = "handle.invalid"
    checked = await SignIn().check(world.http, account)
    assert checked.url == f"{world.address}/profile/{world.person.did}"


async def test_private_addresses_are_refused_at_the_server_field(world: World) -> None:
    _, fields = world.pretend.account("alice")
    async with Http(allow_private=False) as http:
        with pytest.raises(Refused) as caught:
            await SignIn().sign_in(http, "password", fields)
    assert caught.value.field == "server"
