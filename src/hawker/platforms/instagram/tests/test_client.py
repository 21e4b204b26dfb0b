"""facebook-business, Meta's own client, at the pretend Instagram: it signs in, publishes, reads and deletes.
Every answer is held against the fields and types that its classes name."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

import pytest
from facebook_business.adobjects.abstractobject import AbstractObject
from facebook_business.adobjects.contentpublishinglimitresponse import ContentPublishingLimitResponse
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.tests.scene import Scene
from hawker.sandbox.tests.makers import TEXT, draft
from hawker.sandbox.tests.owner import BACK, decide

T = TypeVar("T")
PLAIN: Mapping[str, type] = {"string": str, "int": int, "bool": bool, "Object": dict, "IGUser": dict}
# Edges that were asked for among the fields of a node.
EDGES = {"comments", "children", "replies"}
MEDIA = [
    "id",
    "caption",
    "media_type",
    "media_product_type",
    "media_url",
    "permalink",
    "shortcode",
    "timestamp",
    "username",
    "owner",
    "like_count",
    "comments_count",
    "is_comment_enabled",
    "alt_text",
]
COMMENT = ["id", "text", "timestamp", "username", "from", "like_count", "hidden"]
USER = [
    "id",
    "ig_id",
    "username",
    "name",
    "biography",
    "followers_count",
    "follows_count",
    "media_count",
    "website",
]


async def run(call: Callable[[], T]) -> T:
    """The client waits for each answer, so it calls in a thread of its own."""
    return await asyncio.to_thread(call)


def client(pretend: Sandbox, token: str) -> FacebookAdsApi:
    keys = pretend.app()
    session = FacebookSession(keys["client_id"], keys["client_secret"], token)
    session.GRAPH = keys["server"]
    return FacebookAdsApi(session, api_version=keys["api_version"])


@pytest.fixture
def user(pretend: Sandbox, shop: Account) -> IGUser:
    return IGUser(shop.remote_id, api=client(pretend, shop.secrets["access_token"]))


def strays(answer: AbstractObject) -> list[str]:
    """The fields of an answer that its class does not know, or whose values are of another type there."""
    types: Mapping[str, str] = type(answer)._field_types
    given = answer.export_all_data()
    unknown = [name for name in given if name not in types and name not in EDGES]
    return unknown + [name for name, value in given.items() if not _is_of(types.get(name, ""), value)]


def _is_of(kind: str, value: object) -> bool:
    if kind == "datetime":
        return isinstance(value, str) and bool(datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z"))
    return isinstance(value, PLAIN.get(kind, object))


def checked(answers: Iterable[AbstractObject], kind: type[AbstractObject]) -> list[dict[str, object]]:
    """What came, after each was found to be as its class says."""
    found = list(answers)
    for answer in found:
        assert isinstance(answer, kind)
        assert strays(answer) == []
    return [answer.export_all_data() for answer in found]


async def test_the_client_signs_in_and_finds_the_account_behind_the_page(
    http: Http, pretend: Sandbox
) -> None:
    errand, _ = await PLATFORM.signs_in.start(http, "page", {}, back=BACK, app=pretend.app())
    code = (await decide(errand.url))["code"]
    keys, path = pretend.app(), ("oauth", "access_token")
    nobody = client(pretend, f"{keys['client_id']}|{keys['client_secret']}")
    wish = {"client_id": keys["client_id"], "client_secret": keys["client_secret"]}
    short = await run(lambda: nobody.call("GET", path, {**wish, "redirect_uri": BACK, "code": code}).json())
    change = {**wish, "grant_type": "fb_exchange_token", "fb_exchange_token": short["access_token"]}
    long = await run(lambda: nobody.call("GET", path, change).json())
    assert set(long) == {"access_token", "token_type", "expires_in"}
    me = User("me", api=client(pretend, long["access_token"]))
    fields = ["id", "name", "access_token", "instagram_business_account"]
    (page,) = checked(await run(lambda: list(me.get_accounts(fields=fields))), Page)
    account = page["instagram_business_account"]
    assert isinstance(account, dict)
    assert account["username"] == "shop"
    inspected = await run(
        lambda: nobody.call("GET", ("debug_token",), {"input_token": page["access_token"]}).json()
    )
    assert (inspected["data"]["type"], inspected["data"]["is_valid"]) == ("PAGE", True)


async def test_the_client_reads_the_account_and_its_limit(user: IGUser) -> None:
    (shown,) = checked([await run(lambda: user.api_get(fields=USER))], IGUser)
    assert (shown["username"], shown["media_count"]) == ("shop", 0)
    asked = ["config", "quota_usage"]
    (limit,) = checked(
        await run(lambda: list(user.get_content_publishing_limit(fields=asked))),
        ContentPublishingLimitResponse,
    )
    assert limit == {"config": {"quota_total": 50, "quota_duration": 86400}, "quota_usage": 0}


async def test_the_client_publishes_a_picture_comments_reads_and_deletes(
    user: IGUser, scene: Scene, pretend: Sandbox
) -> None:
    url = scene.picture().address()
    wish = {"image_url": url, "caption": TEXT, "alt_text": "Steam"}
    container = await run(lambda: user.create_media(params=wish))
    state = await run(
        lambda: user.get_api_assured().call("GET", (container["id"],), {"fields": "status_code"}).json()
    )
    assert state == {"id": container["id"], "status_code": "FINISHED"}
    made = await run(lambda: user.create_media_publish(params={"creation_id": int(container["id"])}))
    medium = IGMedia(made["id"], api=user.get_api())
    (read,) = checked([await run(lambda: medium.api_get(fields=MEDIA))], IGMedia)
    assert (read["caption"], read["alt_text"], read["media_type"]) == (TEXT, "Steam", "IMAGE")
    (listed,) = checked(await run(lambda: list(user.get_media(fields=MEDIA))), IGMedia)
    assert listed == read
    said = await run(lambda: medium.create_comment(params={"message": "And tea."}))
    (comment,) = checked(await run(lambda: list(medium.get_comments(fields=COMMENT))), IGComment)
    assert (comment["id"], comment["text"]) == (said["id"], "And tea.")
    await run(medium.api_delete)
    assert pretend.published("shop") == ()
    with pytest.raises(FacebookRequestError) as caught:
        await run(lambda: medium.api_get(fields=["id"]))
    assert (caught.value.api_error_code(), caught.value.api_error_subcode()) == (100, 33)


async def test_the_client_publishes_a_carousel_and_a_story(user: IGUser, scene: Scene) -> None:
    def child(url: str) -> str:
        return str(user.create_media(params={"image_url": url, "is_carousel_item": True})["id"])

    first, second = scene.picture("One").address(), scene.picture("Two").address()
    children = [await run(lambda: child(first)), await run(lambda: child(second))]
    whole = {"media_type": "CAROUSEL", "children": children, "caption": TEXT}
    story = {"media_type": "STORIES", "video_url": scene.video().address()}
    scene.behave(works=0)
    for wish in (whole, story):
        container = await run(lambda: user.create_media(params=wish))  # noqa: B023
        params = {"creation_id": int(container["id"])}
        await run(lambda: user.create_media_publish(params=params))  # noqa: B023
    (shown,) = checked(await run(lambda: list(user.get_media(fields=MEDIA))), IGMedia)
    assert shown["media_type"] == "CAROUSEL_ALBUM"
    (told,) = checked(await run(lambda: list(user.get_stories(fields=MEDIA))), IGMedia)
    assert (told["media_product_type"], told["media_type"]) == ("STORY", "VIDEO")


async def test_the_client_reads_what_hawker_published(user: IGUser, scene: Scene) -> None:
    reel = await scene.post(draft(TEXT, scene.video(), scene.picture(), kind="reel"))
    carousel = await scene.post(draft("包子出爐了！", scene.picture("Tray"), scene.video()))
    comment = await scene.post(draft("And tea.", reply_to=carousel))
    fields = [*MEDIA, "is_shared_to_feed", "thumbnail_url"]
    latest, first = checked(await run(lambda: list(user.get_media(fields=fields))), IGMedia)
    assert (latest["id"], latest["caption"]) == (carousel.remote_id, "包子出爐了！")
    assert (first["id"], first["is_shared_to_feed"], first["media_type"]) == (reel.remote_id, True, "VIDEO")
    below = IGMedia(carousel.remote_id, api=user.get_api())
    kinds = checked(await run(lambda: list(below.get_children(fields=["media_type", "alt_text"]))), IGMedia)
    assert [each["media_type"] for each in kinds] == ["IMAGE", "VIDEO"]
    single = IGComment(comment.remote_id, api=user.get_api())
    (read,) = checked([await run(lambda: single.api_get(fields=COMMENT))], IGComment)
    assert (read["text"], read["username"]) == ("And tea.", "shop")


@pytest.mark.parametrize(
    ("wish", "codes"),
    [
        ({"image_url": "http://127.0.0.1:9/bao.jpg"}, (9004, 2207052)),
        ({"media_type": "POEM", "image_url": "x"}, (100, 2207023)),
        ({"media_type": "CAROUSEL", "children": ["1"]}, (100, 2207028)),
        ({"caption": "包" * 2201, "image_url": "x"}, (110, 2207010)),
    ],
)
async def test_the_client_understands_refusals(
    user: IGUser, wish: dict[str, object], codes: tuple[int, int]
) -> None:
    with pytest.raises(FacebookRequestError) as caught:
        await run(lambda: user.create_media(params=wish))
    assert (caught.value.api_error_code(), caught.value.api_error_subcode()) == codes
