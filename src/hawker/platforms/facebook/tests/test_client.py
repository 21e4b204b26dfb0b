"""facebook-business, Meta's own client, at the pretend Facebook: it signs in, publishes, reads and deletes,
and every answer is held against the fields that its classes name."""

import asyncio
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from facebook_business.adobjects.abstractobject import AbstractObject
from facebook_business.adobjects.advideo import AdVideo
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.photo import Photo
from facebook_business.adobjects.stories import Stories
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.facebook import PLATFORM
from hawker.platforms.facebook.sandbox import Sandbox
from hawker.platforms.facebook.tests.scene import Scene, film
from hawker.sandbox.tests.makers import draft, picture, pixels
from hawker.sandbox.tests.owner import BACK, decide
from hawker.sandbox.tests.strangers import Stranger

# What an answer may hold beside the fields of its class: edges that were asked for, and Meta's own `from`.
ALSO = {"tasks", "picture", "from", "comments", "reactions", "attachments", "shares", "success", "post_id"}


class Client:
    """One key of the pretend Facebook in the hands of Meta's client, which calls in a thread of its own."""

    def __init__(self, pretend: Sandbox, token: str) -> None:
        keys = pretend.app()
        session = FacebookSession(keys["client_id"], keys["client_secret"], token)
        session.GRAPH = keys["server"]
        self.api = FacebookAdsApi(session, api_version=keys["api_version"])


@pytest.fixture
def page(pretend: Sandbox, shop: Account) -> Page:
    return Page(shop.remote_id, api=Client(pretend, shop.secrets["access_token"]).api)


def strange(answer: AbstractObject) -> set[str]:
    """The fields of an answer that its class does not know."""
    known = {value for name, value in vars(type(answer).Field).items() if not name.startswith("__")}
    return set(answer.export_all_data()) - known - ALSO


def all_of(*answers: AbstractObject) -> Iterator[Mapping[str, object]]:
    for answer in answers:
        assert strange(answer) == set(), type(answer).__name__
        yield answer.export_all_data()


async def test_the_client_signs_in_and_lists_the_pages(http: Http, pretend: Sandbox) -> None:
    errand, _ = await PLATFORM.signs_in.start(http, "oauth", {}, back=BACK, app=pretend.app())
    code = (await decide(errand.url))["code"]
    keys = pretend.app()
    nobody = Client(pretend, f"{keys['client_id']}|{keys['client_secret']}").api
    wish = {"client_id": keys["client_id"], "client_secret": keys["client_secret"]}
    traded = {**wish, "redirect_uri": BACK, "code": code}
    short = await asyncio.to_thread(nobody.call, "GET", ("oauth", "access_token"), traded)
    change = {**wish, "grant_type": "fb_exchange_token", "fb_exchange_token": short.json()["access_token"]}
    long = (await asyncio.to_thread(nobody.call, "GET", ("oauth", "access_token"), change)).json()
    assert set(long) == {"access_token", "token_type", "expires_in"}
    me = User("me", api=Client(pretend, long["access_token"]).api)
    (shown,) = all_of(await asyncio.to_thread(me.api_get, fields=["id", "name"]))
    asked = {"fields": "id,name,username,access_token,category,tasks,picture,followers_count,link"}
    (page,) = all_of(*await asyncio.to_thread(lambda: list(me.get_accounts(params=asked))))
    assert (shown["name"], page["username"]) == ("shop", "shop")
    inspected = await asyncio.to_thread(
        nobody.call, "GET", ("debug_token",), {"input_token": page["access_token"]}
    )
    told = inspected.json()["data"]
    assert (told["type"], told["is_valid"], told["expires_at"]) == ("PAGE", True, 0)


async def test_the_client_publishes_pictures_reads_them_and_deletes(
    page: Page, stranger: Stranger, pretend: Sandbox
) -> None:
    """Its pictures come by address: Facebook fetches them."""
    stranger.says["GET /bao.png"] = web.Response(body=pixels(), content_type="image/png")
    wish = {"published": False, "url": f"{stranger.address}/bao.png", "alt_text_custom": "Steam"}
    photo = await asyncio.to_thread(page.create_photo, params=wish)
    feed = {"message": "Bao", "attached_media": [{"media_fbid": photo["id"]}]}
    made = await asyncio.to_thread(page.create_feed, params=feed)
    asked = {"fields": "message,created_time,permalink_url,from,attachments,is_published,status_type"}
    post = PagePost(made["id"], api=page.get_api())
    (read,) = all_of(await asyncio.to_thread(post.api_get, params=asked))
    assert (read["message"], read["is_published"]) == ("Bao", True)
    (listed,) = all_of(*await asyncio.to_thread(lambda: list(page.get_feed(params=asked))))
    assert listed == read
    (seen,) = all_of(
        await asyncio.to_thread(Photo(photo["id"], api=page.get_api()).api_get, fields=["alt_text_custom"])
    )
    assert seen["alt_text_custom"] == "Steam"
    await asyncio.to_thread(post.api_delete)
    assert pretend.published("shop") == ()
    with pytest.raises(FacebookRequestError) as caught:
        await asyncio.to_thread(post.api_get, fields=["id"])
    assert (caught.value.api_error_code(), caught.value.api_error_subcode()) == (100, 33)


async def test_the_client_reads_what_hawker_published(page: Page, scene: Scene) -> None:
    first = await scene.post(draft("包子出爐了！", picture("Steam"), picture("Tray", colour="blue")))
    comment = await scene.post(draft("And tea.", reply_to=first))
    post = PagePost(first.remote_id, api=page.get_api())
    asked = {"fields": "message,comments.limit(0).summary(true),attachments"}
    (read,) = all_of(await asyncio.to_thread(post.api_get, params=asked))
    assert read["message"] == "包子出爐了！"
    assert read["comments"]["summary"]["total_count"] == 1  # type: ignore[index]
    (below,) = all_of(
        *await asyncio.to_thread(lambda: list(post.get_comments(fields=["id", "message", "from"])))
    )
    assert (below["id"], below["message"]) == (comment.remote_id, "And tea.")
    whole = ["id", "message", "created_time", "like_count", "is_hidden", "can_hide", "permalink_url"]
    (single,) = all_of(
        await asyncio.to_thread(Comment(comment.remote_id, api=page.get_api()).api_get, fields=whole)
    )
    assert single["is_hidden"] is False


async def test_the_client_reads_videos_reels_and_stories(page: Page, scene: Scene) -> None:
    video = await scene.post(draft("Bao", film(), title="Folding"))
    reel = await scene.post(draft("Reel", film(), kind="reel"))
    story = await scene.post(draft("", film(), kind="story"))
    fields = [
        "id",
        "title",
        "description",
        "status",
        "permalink_url",
        "created_time",
        "updated_time",
        "published",
    ]
    one = await asyncio.to_thread(AdVideo(video.remote_id, api=page.get_api()).api_get, fields=fields)
    films = await asyncio.to_thread(lambda: list(page.get_videos(fields=fields)))
    reels = await asyncio.to_thread(lambda: list(page.get_video_reels(fields=fields)))
    stories = await asyncio.to_thread(lambda: list(page.get_stories()))
    shown = list(all_of(one, *films, *reels, *stories))
    assert shown[0]["title"] == "Folding"
    assert [each["id"] for each in shown[1:3]] == [video.remote_id, reel.remote_id]
    assert isinstance(stories[0], Stories)
    assert shown[3]["post_id"] == story.remote_id


async def test_the_client_publishes_a_video_at_once_and_asks_to_be_told(
    page: Page, tmp_path: Path, scene: Scene
) -> None:
    file = tmp_path / "bao.mp4"
    file.write_bytes(film().read())
    with file.open("rb") as content:
        call = partial(page.get_api().call, "POST", (page.get_id(), "videos"), {"description": "Bao"})
        made = (await asyncio.to_thread(call, files={"source": content})).json()
    assert [seen.remote_id for seen in scene.pretend.published("shop")] == [made["id"]]
    await asyncio.to_thread(page.create_subscribed_app, params={"subscribed_fields": ["feed"]})
    assert scene.world.heard == {scene.shop.remote_id: ("feed",)}


async def test_the_client_asks_in_batches(page: Page, scene: Scene) -> None:
    published = await scene.post(draft("Bao"))
    answers: list[object] = []
    batch = page.get_api().new_batch()
    for node in (published.remote_id, "1"):
        batch.add(
            "GET",
            (node,),
            {"fields": "id"},
            success=lambda answer: answers.append(answer.json()["id"]),
            failure=lambda answer: answers.append(answer.error().api_error_code()),
        )
    await asyncio.to_thread(batch.execute)
    assert answers == [published.remote_id, 100]


async def test_the_client_reads_how_much_is_left(page: Page) -> None:
    answer = await asyncio.to_thread(page.get_api().call, "GET", (page.get_id(),), {"fields": "id"})
    assert '"call_count"' in answer.headers()["X-App-Usage"]
    assert page.get_id() in answer.headers()["X-Business-Use-Case-Usage"]
    with pytest.raises(FacebookRequestError) as caught:
        await asyncio.to_thread(page.get_api().call, "GET", (page.get_id(),), {"fields": "shoe_size"})
    assert (caught.value.http_status(), caught.value.api_error_code()) == (400, 100)
