"""Signing in through the owner's own app: by Google's page, or with a refresh token."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.values import Account
from hawker.platforms.youtube import PLATFORM
from hawker.platforms.youtube.limits import LIMITS
from hawker.platforms.youtube.sandbox import Sandbox
from hawker.platforms.youtube.tests.scene import OWNER, Scene, post
from hawker.sandbox.app import serve
from tests.conformance.pages import walk

BACK = "https://hawker.example/channels/back/youtube"
SIGN_IN = PLATFORM.signs_in


def pretend(scene: Scene) -> Sandbox:
    assert isinstance(scene.network.pretend, Sandbox)
    return scene.network.pretend


async def by_page(scene: Scene) -> Account:
    errand, _ = await SIGN_IN.start(scene.http, "oauth", {}, back=BACK, app=pretend(scene).app())
    back = await walk(errand.url, BACK, {})
    return await SIGN_IN.finish(scene.http, errand.memory, back.answer)


async def test_googles_page_leads_to_the_channel(scene: Scene) -> None:
    account = await by_page(scene)
    assert replace(account, secrets={}, expires_at=None) == replace(
        scene.account, secrets={}, expires_at=None
    )
    assert account.url == f"{account.site}/channel/{account.remote_id}"
    assert account.expires_at is not None
    assert account.expires_at > datetime.now(UTC)
    published = await replace(scene, account=account).publish(post())
    assert [video.id for video in scene.videos] == [published.remote_id]


async def test_googles_page_is_asked_for_a_key_that_lasts(scene: Scene) -> None:
    errand, _ = await SIGN_IN.start(scene.http, "oauth", {}, back=BACK, app=pretend(scene).app())
    for word in ("access_type=offline", "prompt=consent", "code_challenge_method=S256", "youtube.force-ssl"):
        assert word in errand.url
    assert "include_granted_scopes=true" in errand.url


async def test_a_box_that_was_left_empty_is_named(scene: Scene) -> None:
    door = scene.world.door
    door.manners = replace(
        door.manners, unticked=frozenset([PLATFORM.app.scopes[0].name]) if PLATFORM.app else frozenset()
    )
    with pytest.raises(Refused):
        await by_page(scene)


async def test_an_account_without_a_channel_is_told(scene: Scene) -> None:
    scene.world.homeless.add(OWNER)
    _, fields = pretend(scene).account(OWNER)
    with pytest.raises(Refused, match="no YouTube channel"):
        await SIGN_IN.sign_in(scene.http, "token", {**pretend(scene).app(), **fields})
    with pytest.raises(SignInAgain, match="no YouTube channel"):
        await scene.publish(post())


async def test_a_dead_key_leads_to_the_sign_in_and_tells_of_testing(scene: Scene) -> None:
    pretend(scene).revoke(OWNER)
    with pytest.raises(SignInAgain, match="seven days"):
        await SIGN_IN.refresh(scene.http, scene.account)


async def test_a_refreshed_account_is_the_same_one(scene: Scene) -> None:
    fresh = await SIGN_IN.refresh(scene.http, scene.account)
    assert fresh.secrets["refresh_token"] == scene.account.secrets["refresh_token"]
    assert fresh.secrets["access_token"] != scene.account.secrets["access_token"]
    assert await SIGN_IN.check(scene.http, fresh) == fresh


@pytest.mark.parametrize(
    ("manners", "seconds"), [({"verified": False}, 900), ({"tells": False}, 43_200), ({}, 43_200)]
)
async def test_how_long_videos_may_be_is_asked_of_the_channel(
    scene: Scene, manners: dict[str, bool], seconds: int
) -> None:
    scene.behave(**manners)
    account = await SIGN_IN.check(scene.http, scene.account)
    assert account.limits == replace(LIMITS, video_seconds=seconds)


async def test_a_newer_edition_of_the_api_is_asked_where_the_owner_says_so(scene: Scene) -> None:
    newer = replace(scene.account, app={**scene.account.app, "api_version": "v4"})
    with pytest.raises(Refused):
        await SIGN_IN.check(scene.http, newer)


async def test_keys_of_the_app_are_no_secrets_of_the_account(scene: Scene) -> None:
    assert set(scene.account.secrets) == {"access_token", "refresh_token"}
    assert scene.account.app["client_id"]
    assert not set(scene.account.app) & {"refresh_token", "verifier", "state"}


async def test_the_same_people_live_in_another_pretend_network(scene: Scene) -> None:
    async with serve() as another:
        there = another.networks["youtube"].pretend
        assert isinstance(there, Sandbox)
        _, fields = there.account(OWNER)
        account = await SIGN_IN.sign_in(scene.http, "token", {**there.app(), **fields})
    assert account.remote_id == scene.account.remote_id


async def test_a_key_lives_an_hour(scene: Scene) -> None:
    assert scene.account.expires_at is not None
    assert timedelta(minutes=59) < scene.account.expires_at - datetime.now(UTC) < timedelta(hours=1)
