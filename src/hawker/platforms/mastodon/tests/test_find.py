from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook, Later, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.values import Draft
from hawker.platforms.mastodon.lookup import UNKNOWN_CLOCK, window_of
from hawker.platforms.mastodon.sandbox_world import Manners, Post, World
from hawker.platforms.mastodon.tests.scene import Scene
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import TEXT, draft, picture

HOUR = timedelta(hours=1)
LOOKALIKES = {
    "Mastodon": Manners(),
    "snac2": Manners(
        idempotent=False,
        paragraphs=False,
        keeps_media_ids=False,
        links=False,
        discovery=False,
        instance_v2=False,
    ),
}
TEXTS = [
    "Fresh bao at six.",
    "剛出爐的肉包\n三個五十元\n\n地址：https://www.example.com/a/very/long/path/to/the/menu?table=4&night=1",
    "Thanks @shop and @bob@far.example for #bao & <b>tea</b>",
    "「限定」口味　今天開賣 🥟",
]


@pytest.mark.parametrize("manners", LOOKALIKES.values(), ids=LOOKALIKES.keys())
@pytest.mark.parametrize("text", TEXTS)
async def test_a_post_that_arrived_is_found_and_adopted(scene: Scene, manners: Manners, text: str) -> None:
    scene.world.manners = manners
    await scene.send(draft("Something else"))
    since, post = scene.world.now(), draft(text, content_warning="Hungry?")
    done = await scene.lose(post)
    found = await scene.find(post, since, done)
    assert found is not None
    assert scene.world.posts[found.remote_id].text == text
    assert found.url == f"{scene.shop.site}/@shop/{found.remote_id}"


@pytest.mark.parametrize("manners", LOOKALIKES.values(), ids=LOOKALIKES.keys())
@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.error_before])
async def test_a_post_that_never_arrived_is_not_found(scene: Scene, manners: Manners, kind: Kind) -> None:
    scene.world.manners = manners
    await scene.send(draft("Something else"))
    since, post = scene.world.now(), draft(TEXT, picture())
    done = await scene.lose(post, kind)
    assert await scene.find(post, since, done) is None


async def test_looking_sends_nothing(scene: Scene) -> None:
    since, post = scene.world.now(), draft()
    done = await scene.lose(post, Kind.reset_before)
    await scene.find(post, since, done)
    assert not scene.world.posts


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after])
@pytest.mark.parametrize("manners", LOOKALIKES.values(), ids=LOOKALIKES.keys())
async def test_pictures_without_a_text_are_found(scene: Scene, manners: Manners, kind: Kind) -> None:
    scene.world.manners = manners
    since, post = scene.world.now(), draft("", picture(), picture(), content_warning="Food")
    done = await scene.lose(post, kind)
    found = await scene.find(post, since, done)
    assert found is not None
    assert len(scene.world.posts[found.remote_id].uploads) == 2


async def test_an_own_picture_in_a_post_is_proof_whatever_became_of_its_text(scene: Scene) -> None:
    since, post = scene.world.now(), draft(TEXT, picture())
    done = await scene.lose(post)
    (made,) = scene.world.posts.values()
    scene.world.posts[made.id] = replace(made, text="Edited since by the owner")
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == made.id


@pytest.mark.parametrize(
    "other",
    [
        draft("Fresh bao at seven."),
        draft(content_warning="Food"),
        draft(TEXT, picture()),
    ],
    ids=["text", "warning", "pictures"],
)
async def test_a_post_that_differs_in_one_thing_is_not_adopted(scene: Scene, other: Draft) -> None:
    since = scene.world.now()
    await scene.send(other, await scene.prepare(other))
    assert await scene.find(draft(), since) is None


async def test_an_answer_is_told_from_the_same_words_elsewhere(scene: Scene) -> None:
    first = await scene.send(draft("The menu"))
    since = scene.world.now()
    await scene.send(draft("Yes"))
    reply = draft("Yes", reply_to=first)
    assert await scene.find(reply, since) is None
    done = await scene.lose(reply)
    found = await scene.find(reply, since, done)
    assert found is not None
    assert scene.world.posts[found.remote_id].reply_to == first.remote_id


def age(world: World, by: timedelta) -> None:
    for post in world.posts.values():
        world.posts[post.id] = replace(post, created_at=post.created_at - by)


async def test_the_same_words_of_yesterday_are_another_post(scene: Scene) -> None:
    await scene.send(draft())
    age(scene.world, 24 * HOUR)
    assert await scene.find(draft(), scene.world.now()) is None


async def test_of_two_posts_alike_the_first_since_the_call_is_adopted(scene: Scene) -> None:
    await scene.send(draft())
    age(scene.world, timedelta(seconds=1))
    since, post = scene.world.now(), draft()
    done = await scene.lose(post)
    mine = list(scene.world.posts)[1]
    await scene.send(draft())
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == mine


async def test_a_time_that_the_server_cuts_to_the_second_is_no_hindrance(scene: Scene) -> None:
    since, post = scene.world.now(), draft()
    done = await scene.lose(post)
    age(scene.world, timedelta(seconds=1))
    assert await scene.find(post, since, done) is not None


@pytest.mark.parametrize("ahead", [-HOUR, HOUR], ids=["behind", "ahead"])
async def test_a_server_whose_clock_is_off_is_understood(scene: Scene, ahead: timedelta) -> None:
    since = scene.world.now()
    scene.world.manners = Manners(ahead=ahead)
    await scene.send(draft())
    age(scene.world, 2 * HOUR)
    post = draft()
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, since, done) is None
    done = await scene.lose(post)
    assert await scene.find(post, since, done) is not None


def test_a_server_that_hides_its_clock_gets_more_leeway(scene: Scene) -> None:
    since = scene.world.now()
    for headers in ({}, {"Date": "yesterday"}):
        assert window_of(since, Answer(200, headers, b"")).floor == since - UNKNOWN_CLOCK


@pytest.mark.parametrize("links", [True, False], ids=["Link header", "no Link header"])
async def test_a_busy_accounts_posts_are_looked_through_page_by_page(scene: Scene, *, links: bool) -> None:
    scene.world.manners = Manners(links=links)
    since, post = scene.world.now(), draft("The one")
    done = await scene.lose(post)
    fill(scene.world, 90)
    found = await scene.find(post, since, done)
    assert found is not None
    assert scene.world.posts[found.remote_id].text == "The one"
    assert await scene.find(draft("Another"), since) is None


def fill(world: World, number: int) -> None:
    for place in range(number):
        (first, *_) = world.posts.values()
        later = world.id()
        world.posts[later] = replace(first, id=later, text=f"Number {place}", created_at=world.now())


async def test_a_list_that_does_not_reach_back_far_enough_proves_nothing(scene: Scene) -> None:
    since, post = scene.world.now(), draft("The one")
    done = await scene.lose(post)
    fill(scene.world, 400)
    with pytest.raises(CannotLook):
        await scene.find(post, since, done)


def entity(post: Post) -> dict[str, object]:
    return {"id": post.id, "created_at": post.created_at.isoformat(), "content": post.text}


async def listed(world: World, number: int) -> list[dict[str, object]]:
    person = world.person("shop")
    post = Post(
        id="",
        person=person,
        created_at=world.now(),
        text="<p>Something else</p>",
        warning="",
        sensitive=False,
        visibility="public",
        language="",
        reply_to="",
        uploads=(),
    )
    return [entity(replace(post, id=world.id())) for _ in range(number)]


async def test_a_server_that_repeats_a_full_page_for_ever_proves_nothing(
    scene: Scene, stranger: Stranger
) -> None:
    since = scene.world.now()
    stranger.says = {"GET /api/v1/accounts/1/statuses": web.json_response(await listed(scene.world, 25))}
    with pytest.raises(CannotLook):
        await scene.at(stranger.account()).find(draft(), since)


async def test_a_server_that_repeats_a_short_page_has_no_more(scene: Scene, stranger: Stranger) -> None:
    since = scene.world.now()
    stranger.says = {"GET /api/v1/accounts/1/statuses": web.json_response(await listed(scene.world, 3))}
    assert await scene.at(stranger.account()).find(draft(), since) is None


async def test_a_post_without_a_date_is_not_overlooked(scene: Scene, stranger: Stranger) -> None:
    undated = {"id": "5", "content": "<p>Fresh bao at six.</p>", "uri": "https://shop.example/5"}
    stranger.says = {"GET /api/v1/accounts/1/statuses": web.json_response([undated])}
    found = await scene.at(stranger.account()).find(draft(), scene.world.now())
    assert found is not None
    assert (found.remote_id, found.url) == ("5", "https://shop.example/5")


async def test_text_that_a_server_renders_in_its_own_way_is_read_from_its_source(
    scene: Scene, stranger: Stranger
) -> None:
    rendered = {"id": "5", "content": "<p>Fresh <b>bao</b></p>", "created_at": scene.world.now().isoformat()}
    stranger.says = {"GET /api/v1/accounts/1/statuses": web.json_response([rendered])}
    post = draft("Fresh **bao**")
    assert await scene.at(stranger.account()).find(post, scene.world.now()) is None
    stranger.says["GET /api/v1/statuses/5/source"] = web.json_response({"id": "5", "text": "Fresh **bao**"})
    found = await scene.at(stranger.account()).find(post, scene.world.now())
    assert found is not None
    stranger.says["GET /api/v1/accounts/1/statuses"] = web.json_response([{**rendered, "text": post.text}])
    del stranger.says["GET /api/v1/statuses/5/source"]
    assert await scene.at(stranger.account()).find(post, scene.world.now()) == found


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_a_hidden_post_is_found_where_the_server_shows_it_to_its_author(
    scene: Scene, visibility: str
) -> None:
    since, post = scene.world.now(), draft(visibility=visibility)
    assert await scene.find(post, since) is None
    done = await scene.lose(post)
    assert await scene.find(post, since, done) is not None


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_the_absence_of_a_hidden_post_cannot_be_known_at_a_lookalike(
    scene: Scene, visibility: str
) -> None:
    scene.world.manners = Manners(lists_hidden=False, instance_v2=False)
    since, post = scene.world.now(), draft(visibility=visibility)
    done = await scene.lose(post)
    with pytest.raises(CannotLook):
        await scene.find(post, since, done)


async def test_a_server_in_trouble_is_looked_at_later(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/statuses$"))
    with pytest.raises(Later):
        await scene.find(draft(), scene.world.now())


async def test_an_answer_that_is_no_list_is_not_taken_for_absence(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"GET /api/v1/accounts/1/statuses": web.json_response({"error": "hm"})}
    with pytest.raises(Later):
        await scene.at(stranger.account()).find(draft(), scene.world.now())


async def test_a_dead_token_is_said(scene: Scene) -> None:
    scene.network.pretend.revoke("shop")
    with pytest.raises(SignInAgain):
        await scene.find(draft(), scene.world.now())
