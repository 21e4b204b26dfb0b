from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook, Later
from hawker.platforms.x.sandbox_world import CONFIDENTIAL, SCOPES
from hawker.platforms.x.sign_in import SignIn
from hawker.platforms.x.tests.scene import Scene
from hawker.platforms.x.tests.strangers import Stranger
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import TEXT, draft, picture

TEXTS = [
    "Fresh bao at six.",
    "剛出爐的肉包\n三個五十元\n\n地址：https://www.Example.com/a/very/long/path/?table=4&night=1 #早餐",
    "Tea & buns < 3 > 2 &amp; example.com/ and https://example.com/menu.",
    "  「限定」口味　今天開賣 🥟  ",
    "@shop says hello",
]


@pytest.mark.parametrize("renames", [False, True])
@pytest.mark.parametrize("text", TEXTS)
async def test_a_post_that_arrived_is_found(scene: Scene, text: str, renames: bool) -> None:
    scene.behave(renames=renames)
    first = await scene.post(draft("Something else"))
    since, post = scene.world.now(), draft(text, reply_to=first)
    done = await scene.lose(post)
    found = await scene.find(post, since, done)
    assert found is not None
    assert scene.world.posts[found.remote_id].text == text
    assert found.url == f"{scene.shop.site}/shop/status/{found.remote_id}"


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.error_before])
async def test_a_post_that_never_arrived_is_not_found(scene: Scene, kind: Kind) -> None:
    await scene.post(draft("Something else"))
    since, post = scene.world.now(), draft(TEXT, picture())
    assert await scene.find(post, since, await scene.lose(post, kind)) is None


async def test_our_upload_proves_a_post_whatever_its_words_became(scene: Scene) -> None:
    since, post = scene.world.now(), draft(TEXT, picture())
    done = await scene.lose(post)
    (kept,) = scene.world.posts.values()
    scene.world.posts[kept.id] = replace(kept, text="Edited meanwhile")
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == kept.id


async def test_a_post_of_nothing_but_pictures_is_told_by_its_uploads(scene: Scene) -> None:
    """The other was posted by hand: taking it for this one would lose this one."""
    post, by_hand = draft("", picture()), draft("", picture(colour="blue"))
    since, done = scene.world.now(), await scene.prepare(post)
    assert await scene.find(post, since) is None
    await scene.post(by_hand)
    assert await scene.find(post, since, done) is None
    with pytest.raises(CannotLook, match="restored from a backup"):
        await scene.find(post, since)
    ours = await scene.send(post, done)
    assert await scene.find(post, since, done) == ours


@pytest.mark.parametrize("renames", [False, True])
async def test_a_long_post_is_read_to_its_end(scene: Scene, renames: bool) -> None:
    scene.behave(renames=renames)
    scene.world.people["shop"] = replace(scene.world.people["shop"], subscription="PremiumPlus")
    given = scene.world.give(scene.world.people["shop"], CONFIDENTIAL, SCOPES)
    account = replace(scene.shop, secrets={**scene.shop.secrets, "access_token": str(given["access_token"])})
    long = scene.at(await SignIn().check(scene.http, account))
    since, one, other = scene.world.now(), draft("包" * 300 + "一"), draft("包" * 300 + "二")
    await long.lose(one)
    done = await long.lose(other)
    found = await long.find(other, since, done)
    assert found is not None
    assert scene.world.posts[found.remote_id].text == other.text


async def test_the_first_of_two_alike_is_taken_unless_hawker_knows_it(scene: Scene) -> None:
    scene.behave(remembers=timedelta(0))
    since, post = scene.world.now(), draft()
    first, second = await scene.post(post), await scene.post(post)
    assert await scene.find(post, since) == first
    assert await scene.find(post, since, known={first.remote_id}) == second


@pytest.mark.parametrize("minutes", [-30, 30])
async def test_a_clock_that_is_wrong_hides_nothing(scene: Scene, minutes: int) -> None:
    scene.behave(ahead=timedelta(minutes=minutes))
    since, post = datetime.now(UTC), draft()
    access = scene.world.keys.access
    access.update({key: (grant, end + timedelta(hours=1)) for key, (grant, end) in access.items()})
    done = await scene.lose(post)
    assert await scene.find(post, since, done) is not None
    assert await scene.find(draft("Another"), since, done) is None


async def test_pages_are_turned_until_the_last(scene: Scene) -> None:
    since, post = scene.world.now(), draft("The first")
    done = await scene.lose(post)
    for number in range(101):
        await scene.send(draft(f"Number {number}"))
    assert await scene.find(post, since, done) is not None


async def test_a_list_without_end_is_left_to_the_owner(scene: Scene, stranger: Stranger) -> None:
    post = {"id": "1", "text": "Hello", "created_at": "2026-11-23T06:00:00.000Z"}
    body = {"data": [post], "meta": {"result_count": 1, "next_token": "more"}}
    stranger.says = {"GET /2/users/1/tweets": web.json_response(body)}
    with pytest.raises(CannotLook, match="Look at X"):
        await scene.at(stranger.account()).find(draft(), scene.world.now())


@pytest.mark.parametrize(
    "answer",
    [
        web.json_response({"errors": [{"title": "Not Found Error"}]}),
        web.json_response({"meta": {}}),
        web.json_response({"data": [{"id": "1", "text": "Hello"}], "meta": {"result_count": 1}}),
        web.json_response(["hello"]),
        web.Response(text="<h1>Hello</h1>", content_type="text/html"),
    ],
)
async def test_an_answer_that_lists_nothing_is_not_taken_for_absence(
    scene: Scene, stranger: Stranger, answer: web.Response
) -> None:
    stranger.says = {"GET /2/users/1/tweets": answer}
    with pytest.raises(Later):
        await scene.at(stranger.account()).find(draft(), scene.world.now())
