"""The pretend Threads refuses what Threads refuses, whoever asks."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from hawker.connect.values import Media
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, picture
from tests.served import address_of

TEXT = {"media_type": "TEXT", "text": "Bao"}
POLL = json.dumps({"option_a": "tea", "option_b": "coffee"})


class Caller:
    def __init__(self, scene: Scene, session: aiohttp.ClientSession) -> None:
        self.scene = scene
        self._session = session

    async def call(self, method: str, path: str, **params: str) -> dict[str, object]:
        url = f"{self.scene.world.address}/v1.0{path}"
        headers = {"Authorization": f"Bearer {self.scene.key()}"}
        async with self._session.request(method, url, params=params, headers=headers) as answer:
            body: dict[str, object] = await answer.json()
            return body

    async def make(self, **params: str) -> str:
        made = await self.call("POST", "/me/threads", **params)
        assert "id" in made, made
        return str(made["id"])

    async def refused(self, method: str, path: str, **params: str) -> int:
        error = (await self.call(method, path, **params))["error"]
        assert isinstance(error, dict)
        return int(error["code"])


@pytest.fixture
async def caller(scene: Scene) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(scene, session)


@pytest.mark.parametrize(
    "params",
    [
        {"text": "no kind"},
        {"media_type": "SONG"},
        {"media_type": "TEXT"},
        {"media_type": "TEXT", "text": "🥟" * 126},
        {"media_type": "TEXT", "text": " ".join(f"http://a.example/{n}" for n in range(6))},
        {"media_type": "IMAGE"},
        {"media_type": "TEXT", "text": "Bao", "is_carousel_item": "true"},
        {"media_type": "CAROUSEL", "children": "1"},
        {"media_type": "CAROUSEL", "children": ",".join(str(n) for n in range(21))},
        {"media_type": "CAROUSEL", "children": "1,2"},
        {**TEXT, "reply_control": "nobody"},
        {**TEXT, "quote_post_id": "1"},
        {**TEXT, "topic_tag": "a.b"},
        {**TEXT, "topic_tag": "t" * 51},
        {**TEXT, "poll_attachment": "tea"},
        {**TEXT, "poll_attachment": '["tea"]'},
        {**TEXT, "poll_attachment": '{"option_a":"tea"}'},
        {**TEXT, "poll_attachment": '{"option_a":"tea","option_c":"milk"}'},
        {**TEXT, "poll_attachment": json.dumps({"option_a": "tea", "option_b": "c" * 26})},
        {**TEXT, "poll_attachment": POLL, "link_attachment": "https://tea.example/"},
        {**TEXT, "link_attachment": "tea"},
        {**TEXT, "is_spoiler_media": "true"},
        {**TEXT, "text_entities": '{"entity_type":"SPOILER"}'},
        {**TEXT, "text_entities": '[{"entity_type":"SPOILER","offset":0,"length":4}]'},
        {**TEXT, "text_entities": '[{"entity_type":"BOLD","offset":0,"length":1}]'},
    ],
)
async def test_a_container_that_is_not_in_order_is_not_made(caller: Caller, params: dict[str, str]) -> None:
    assert await caller.refused("POST", "/me/threads", **params) == 100
    assert caller.scene.world.containers == {}


async def test_a_poll_goes_with_words_only(caller: Caller) -> None:
    image = picture()
    params = {"media_type": "IMAGE", "image_url": address_of(image.read(), "image/png")}
    assert await caller.refused("POST", "/me/threads", **params, poll_attachment=POLL) == 100
    assert await caller.refused("POST", "/me/threads", **params, alt_text="a" * 1001) == 100
    assert await caller.refused("POST", "/me/threads", **params, auto_publish_text="true") == 100


async def test_words_that_publish_themselves_need_no_second_call(caller: Caller) -> None:
    made = await caller.make(**TEXT, auto_publish_text="true")
    assert [post.id for post in caller.scene.posts] == [made]
    assert await caller.refused("POST", "/me/threads_publish", creation_id=made) == 24


async def test_a_container_is_published_once(caller: Caller) -> None:
    made = await caller.make(**TEXT)
    shown = await caller.call("POST", "/me/threads_publish", creation_id=made)
    assert set(shown) == {"id"}
    assert shown["id"] != made
    assert await caller.refused("POST", "/me/threads_publish", creation_id=made) == 100
    assert (await caller.call("GET", f"/{made}", fields="status"))["status"] == "PUBLISHED"
    assert len(caller.scene.posts) == 1


async def test_what_is_in_work_or_too_old_is_not_there(caller: Caller, film: Media) -> None:
    made = await caller.make(media_type="VIDEO", video_url=address_of(film.read(), "video/mp4"))
    assert await caller.refused("POST", "/me/threads_publish", creation_id=made) == 24
    old = await caller.make(**TEXT)
    caller.scene.world.containers[old].created_at -= timedelta(hours=24)
    assert await caller.refused("POST", "/me/threads_publish", creation_id=old) == 24
    assert (await caller.call("GET", f"/{old}", fields="status"))["status"] == "EXPIRED"


async def test_a_child_is_not_published_alone(caller: Caller) -> None:
    image = picture()
    url = address_of(image.read(), "image/png")
    child = await caller.make(media_type="IMAGE", image_url=url, is_carousel_item="true")
    assert await caller.refused("POST", "/me/threads_publish", creation_id=child) == 100


async def test_a_carousel_wants_children_that_are_ready(caller: Caller, film: Media) -> None:
    url = address_of(film.read(), "video/mp4")
    each = [await caller.make(media_type="VIDEO", video_url=url, is_carousel_item="true") for _ in "ab"]
    assert await caller.refused("POST", "/me/threads", media_type="CAROUSEL", children=",".join(each)) == 24


async def test_others_are_let_alone(caller: Caller) -> None:
    theirs = await caller.scene.other("bakery").post(draft("Bread!"))
    assert await caller.refused("DELETE", f"/{theirs.remote_id}") == 10
    assert await caller.refused("POST", f"/{theirs.remote_id}/manage_reply", hide="true") == 100
    assert await caller.refused("GET", f"/{theirs.remote_id}/conversation", fields="id") == 100
    assert await caller.refused("POST", "/17800000000000001/threads", **TEXT) == 100
    assert await caller.refused("GET", f"/{theirs.remote_id}/insights", metric="views") == 100


async def test_only_fields_that_are_asked_for_come_back(caller: Caller) -> None:
    assert set(await caller.call("GET", "/me")) == {"id"}
    quota = await caller.call("GET", "/me/threads_publishing_limit", fields="quota_usage")
    assert quota == {"data": [{"quota_usage": 0}]}
    assert await caller.refused("GET", "/me/threads_publishing_limit", fields="shoe_size") == 100
    await caller.scene.post(draft("Bao"))
    assert await caller.refused("GET", "/me/threads", fields="id,is_reply") == 100


async def test_a_list_says_how_it_goes_on(caller: Caller) -> None:
    for number in range(3):
        await caller.scene.post(draft(f"Bao {number}"))
    page = await caller.call("GET", "/me/threads", fields="text", limit="2")
    assert isinstance(page["data"], list)
    assert [each["text"] for each in page["data"]] == ["Bao 2", "Bao 1"]
    assert "next" in page["paging"]  # type: ignore[operator]
