"""Signing in, and the places that this opens."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from hawker.connect.errors import KeyExpired, Later, Refused, SignInAgain
from hawker.platforms.google_business import PLATFORM
from hawker.platforms.google_business.sign_in import Reach, SignIn
from hawker.platforms.google_business.tests.scene import OWNER, Business, update
from hawker.sandbox.tests.owner import BACK, decide


async def test_an_owner_is_sent_to_google_for_one_right_and_a_key_that_lasts(scene: Business) -> None:
    errand, kept = await SignIn().start(scene.http, "oauth", {}, back=BACK, app=scene.keys())
    asked = dict(parse_qsl(urlsplit(errand.url).query))
    assert asked["scope"] == "https://www.googleapis.com/auth/business.manage"
    assert (asked["access_type"], asked["redirect_uri"]) == ("offline", BACK)
    assert "consent" in asked["prompt"]
    assert kept == scene.keys()
    person = await SignIn().finish(scene.http, errand.memory, await decide(errand.url, handle=OWNER))
    assert person.name == OWNER
    assert [each.remote_id for each in await Reach().reached(scene.http, person)] == [scene.shop.remote_id]


async def test_an_owner_who_unticks_the_right_is_told_to_tick_it(scene: Business) -> None:
    errand, _ = await SignIn().start(scene.http, "oauth", {}, back=BACK, app=scene.keys())
    scene.world.door.manners = replace(
        scene.world.door.manners, unticked=frozenset(["https://www.googleapis.com/auth/business.manage"])
    )
    answer = await decide(errand.url, handle=OWNER)
    with pytest.raises(Refused):
        await SignIn().finish(scene.http, errand.memory, answer)


async def test_a_place_is_known_by_its_account_its_number_and_its_name(scene: Business) -> None:
    assert scene.shop.remote_id.startswith("accounts/")
    assert "/locations/" in scene.shop.remote_id
    assert (scene.shop.handle, scene.shop.name) == (OWNER, OWNER)
    assert "/google/maps?cid=" in scene.shop.url


async def test_places_of_all_accounts_are_offered_each_once(scene: Business) -> None:
    world = scene.world
    own = next(iter(world.groups_of(OWNER).values()))
    north = world.add_group(OWNER, "Teahouses of the north")
    world.add_place(own, "tea-2", title="Tea & Cake")
    world.add_place(north, "tea-3", title="Tea at the harbour")
    world.add_place(north, OWNER)
    reached = await scene.reached()
    assert sorted(each.handle for each in reached) == ["tea-2", "tea-3", OWNER]
    harbour = next(each for each in reached if each.handle == "tea-3")
    assert harbour.remote_id.startswith(f"accounts/{north.id}/locations/")
    assert harbour.name == "Tea at the harbour"


async def test_lists_are_read_page_by_page(scene: Business) -> None:
    own = next(iter(scene.world.groups_of(OWNER).values()))
    for number in range(105):
        scene.world.add_place(own, f"kiosk-{number:03}")
    for number in range(24):
        scene.world.add_place(scene.world.add_group(OWNER, f"group {number}"), f"cart-{number:02}")
    assert len(await scene.reached()) == 1 + 105 + 24


async def test_a_place_that_nobody_has_verified_comes_last(scene: Business) -> None:
    own = next(iter(scene.world.groups_of(OWNER).values()))
    scene.world.add_place(own, "attic", title="An attic", verified=False)
    assert [each.handle for each in await scene.reached()] == [OWNER, "attic"]


async def test_where_no_place_is_verified_they_are_named(scene: Business) -> None:
    own = next(iter(scene.world.groups_of(OWNER).values()))
    scene.world.add_place(own, "attic", title="An attic", verified=False)
    scene.world.own_place(OWNER).verified = False
    with pytest.raises(Refused, match=f"An attic, {OWNER} yet: nobody has verified") as refused:
        await scene.reached()
    assert refused.value.code == "canOperateLocalPost"


async def test_a_person_without_places_reaches_nothing(scene: Business) -> None:
    for group in scene.world.groups_of(OWNER).values():
        group.places.clear()
    assert list(await scene.reached()) == []


async def test_a_place_without_a_number_of_the_shops_is_known_by_its_address(scene: Business) -> None:
    scene.world.own_place(OWNER).code = ""
    (shop,) = await scene.reached()
    assert shop.handle == "1 Dihua Street, Taipei"


async def test_a_project_that_google_has_not_let_in_is_told_so(scene: Business) -> None:
    scene.behave(approved=False)
    with pytest.raises(Refused, match="has not let your project in") as refused:
        await scene.person()
    assert refused.value.code == "quota_limit_value=0"


@pytest.mark.parametrize(
    "api", ["My Business Account Management API", "My Business Business Information API"]
)
async def test_an_api_that_is_not_switched_on_is_told_so(scene: Business, api: str) -> None:
    scene.behave(off=frozenset([api]))
    with pytest.raises(Refused, match="not switched on"):
        await scene.reached()


async def test_too_many_calls_wait_and_name_the_other_reason(scene: Business) -> None:
    scene.pretend.leave(OWNER, "calls", 0, seconds=60)
    with pytest.raises(Later, match="300 calls a minute"):
        await scene.check()


async def test_check_reads_the_place_anew(scene: Business) -> None:
    scene.world.own_place(OWNER).title = "Tea & Cake"
    assert (await scene.check()).name == "Tea & Cake"


async def test_check_tells_of_a_place_that_is_no_longer_verified(scene: Business) -> None:
    scene.world.own_place(OWNER).verified = False
    with pytest.raises(Refused, match=r"nobody has verified this\. Verify it at"):
        await scene.check()


async def test_check_tells_of_a_place_that_is_out_of_reach(scene: Business) -> None:
    for group in scene.world.groups_of(OWNER).values():
        group.places.clear()
    with pytest.raises(Refused, match="no longer knows this place"):
        await scene.check()


async def test_check_tells_of_a_post_that_google_rejected_after_it_was_published(scene: Business) -> None:
    scene.behave(review=timedelta(hours=1))
    await scene.post(update("Tea for everyone, with cake and biscuits, all day long."))
    await scene.check()
    scene.posts[0].ready_at, scene.posts[0].rejected = scene.world.now(), True
    with pytest.raises(Refused, match="“Tea for everyone, with cake and biscuits” of 20") as refused:
        await scene.check()
    assert refused.value.code == "REJECTED"


async def test_check_forgets_a_rejection_in_time(scene: Business) -> None:
    await scene.post(update())
    [post] = scene.posts
    post.rejected, post.created_at = True, scene.world.now() - timedelta(days=8)
    await scene.check()


async def test_an_old_key_is_refreshed_and_a_dead_one_ends(scene: Business) -> None:
    renewed = await SignIn().refresh(scene.http, scene.shop)
    assert renewed.secrets["refresh_token"] == scene.shop.secrets["refresh_token"]
    assert renewed.secrets["access_token"] != scene.shop.secrets["access_token"]
    scene.pretend.revoke(OWNER)
    with pytest.raises(KeyExpired):
        await SignIn().check(scene.http, renewed)
    with pytest.raises(SignInAgain, match="taken back"):
        await SignIn().refresh(scene.http, renewed)


def test_the_steps_to_an_app_say_that_the_project_must_be_let_in() -> None:
    assert PLATFORM.app is not None
    assert "Application for Basic API Access" in str(PLATFORM.app.steps[1])
    assert "Google My Business API" in str(PLATFORM.app.steps[2])
