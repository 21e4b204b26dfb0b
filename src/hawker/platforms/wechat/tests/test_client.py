"""wechatpy drives the sandbox, and sees what it would see at WeChat. It knows neither drafts nor publishing:
those calls it makes by their paths, all else by its own methods."""

import asyncio
import io
import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from wechatpy import WeChatClient
from wechatpy.exceptions import APILimitedException, WeChatClientException

from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.tests.makers import SMALL, draft, picture

T = TypeVar("T")
Read = dict[str, Any]


class Client(WeChatClient):  # type: ignore[misc]
    """Only where it calls is changed; the address for tokens is written out in its own."""

    def fetch_access_token(self) -> Read:
        asked = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        token: Read = self._fetch_access_token(f"{self.API_BASE_URL}token", asked)
        return token


@pytest.fixture
def client(scene: Scene) -> Iterator[Client]:
    fields = scene.fields()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = Client(fields["appid"], fields["secret"])
        made.API_BASE_URL = f"{scene.network.address}/cgi-bin/"
        yield made
        made._http.close()


async def done(call: Callable[..., T], *given: object, **named: object) -> T:
    """In a thread of its own, for the client is not asynchronous and the sandbox is in this one."""

    def quietly() -> T:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call(*given, **named)

    return await asyncio.to_thread(quietly)


def file(content: bytes = SMALL, name: str = "tea.png") -> tuple[str, io.BytesIO, str]:
    return name, io.BytesIO(content), "image/png"


async def drafted(client: Client, **more: object) -> str:
    cover: Read = await done(client.material.add, "image", file())
    inner = await done(client.media.upload_image, file())
    article = {
        "title": "春茶",
        "content": f'<p>到貨</p><p><img src="{inner}"></p><script>alert(1)</script>',
        "thumb_media_id": cover["media_id"],
        **more,
    }
    made: Read = await done(client.post, "draft/add", data={"articles": [article]})
    return str(made["media_id"])


async def test_it_gets_tokens_of_both_kinds_and_a_forced_one_ends_those_before(
    scene: Scene, client: Client
) -> None:
    token: Read = await done(client.fetch_access_token)
    assert (token["expires_in"], len(token["access_token"]) > 100) == (7200, True)
    assert await done(lambda: client.access_token) == token["access_token"]
    again: Read = await done(client.fetch_access_token)
    assert again["access_token"] != token["access_token"]
    asked = {"grant_type": "client_credential", "appid": client.appid, "secret": client.secret}
    same: Read = await done(client.post, "stable_token", data=asked)
    assert same["access_token"] == scene.shop.secrets["access_token"]
    forced: Read = await done(client.post, "stable_token", data={**asked, "force_refresh": True})
    assert forced["access_token"] != same["access_token"]
    assert list(scene.theirs.tokens) == [forced["access_token"]]


async def test_it_fetches_another_token_where_its_own_died(scene: Scene, client: Client) -> None:
    await done(client.fetch_access_token)
    scene.theirs.elder_tokens.clear()
    counted: Read = await done(client.material.get_count)
    assert counted == {"voice_count": 0, "video_count": 0, "image_count": 0, "news_count": 0}


async def test_it_uploads_for_good_for_a_while_and_for_articles(scene: Scene, client: Client) -> None:
    kept: Read = await done(client.material.add, "image", file())
    assert kept["url"].startswith("http")
    passing: Read = await done(client.media.upload, "image", file())
    assert (passing["type"], isinstance(passing["created_at"], int)) == ("image", True)
    assert [each.permanent for each in scene.theirs.media.values()] == [True, False]
    deleted: Read = await done(client.material.delete, kept["media_id"])
    assert deleted["errcode"] == 0
    with pytest.raises(WeChatClientException, match="invalid media_id"):
        await done(client.material.delete, kept["media_id"])


async def test_it_drafts_publishes_reads_and_deletes(scene: Scene, client: Client) -> None:
    media_id = await drafted(client)
    read: Read = await done(client.post, "draft/get", data={"media_id": media_id})
    assert read["news_item"][0]["title"] == "春茶"
    job: Read = await done(client.post, "freepublish/submit", data={"media_id": media_id})
    assert (job["errcode"], isinstance(job["publish_id"], int)) == (0, True)
    ended: Read = await done(client.post, "freepublish/get", data={"publish_id": str(job["publish_id"])})
    assert ended["publish_status"] == 0
    listed: Read = await done(client.post, "freepublish/batchget", data={"offset": 0, "count": 20})
    assert (listed["total_count"], listed["item_count"]) == (1, 1)
    article = await done(client.post, "freepublish/getarticle", data={"article_id": ended["article_id"]})
    (news,) = article["news_item"]
    assert news["url"] == ended["article_detail"]["item"][0]["article_url"]
    assert news["content"].startswith("<p>到貨</p><p><img data-src=")
    assert "alert" not in news["content"]
    with pytest.raises(WeChatClientException) as caught:
        await done(client.post, "draft/get", data={"media_id": media_id})
    assert caught.value.errcode == 40007
    await done(client.post, "freepublish/delete", data={"article_id": ended["article_id"]})
    assert scene.posts == []


async def test_it_sends_to_followers_and_a_key_only_once(scene: Scene, client: Client) -> None:
    media_id = await drafted(client)
    send = client.message.send_mass_article
    sent: Read = await done(send, None, media_id, is_to_all=True, client_msg_id="key-1")
    assert sent["errmsg"].startswith("send job submission success")
    with pytest.raises(WeChatClientException, match="clientmsgid exist") as caught:
        await done(send, None, media_id, is_to_all=True, client_msg_id="key-1")
    assert caught.value.errcode == 45065
    with pytest.raises(WeChatClientException) as caught:
        await done(send, None, media_id, is_to_all=True, client_msg_id="k" * 65)
    assert caught.value.errcode == 45067
    state: Read = await done(client.message.get_mass, sent["msg_id"])
    assert state["msg_status"] == "SEND_SUCCESS"
    text: Read = await done(client.message.send_mass_text, 2, "茶", client_msg_id="key-2")
    image: Read = await done(client.media.upload, "image", file())
    await done(client.message.send_mass_image, None, image["media_id"], is_to_all=True)
    assert [post.to for post in scene.posts] == ["all", "tag 2", "all"]
    await done(client.message.delete_mass, text["msg_id"])
    assert len(scene.posts) == 2


async def test_what_hawker_publishes_reads_alike_at_the_client(scene: Scene, client: Client) -> None:
    published = await scene.post(draft("春茶\n很香", picture("一壺茶"), author="林小姐"))
    read: Read = await done(client.post, "freepublish/getarticle", data={"article_id": published.remote_id})
    (news,) = read["news_item"]
    assert (news["title"], news["author"], news["digest"]) == ("春茶", "林小姐", "春茶\n很香")
    assert news["url"] == published.url
    mass = await scene.post(draft("新茶", picture(), kind="mass"))
    state: Read = await done(client.message.get_mass, int(mass.remote_id))
    assert state["msg_status"] == "SEND_SUCCESS"


async def test_it_reads_refusals_as_wechats(scene: Scene, client: Client) -> None:
    for more, code in (
        ({"title": "題" * 33}, 45003),
        ({"content": "茶" * 20_000}, 45002),
        ({"content": ""}, 44004),
        ({"thumb_media_id": "other"}, 40007),
    ):
        with pytest.raises(WeChatClientException) as caught:
            await drafted(client, **more)
        assert caught.value.errcode == code
    with pytest.raises(WeChatClientException) as caught:
        await done(client.media.upload_image, file(b"none"))
    assert caught.value.errcode == 40113
    with pytest.raises(WeChatClientException) as caught:
        await done(client.media.upload_image, file(SMALL + b"\0" * 2**20))
    assert caught.value.errcode == 40009
    scene.theirs.verified = False
    with pytest.raises(WeChatClientException) as caught:
        await done(client.post, "freepublish/submit", data={"media_id": await drafted(client)})
    assert caught.value.errcode == 48001
    scene.theirs.verified = True
    scene.pretend.leave("teashop", "calls", 0, seconds=60)
    with pytest.raises(APILimitedException):
        await done(client.post, "freepublish/submit", data={"media_id": await drafted(client)})


async def test_letters_that_are_escaped_stay_so(scene: Scene, client: Client) -> None:
    """What many programs do wrong once: readers then see the escapes."""
    cover: Read = await done(client.material.add, "image", file())
    article = {"title": "茶", "content": "x", "thumb_media_id": cover["media_id"]}
    body = json.dumps({"articles": [article]}).encode()
    made: Read = await done(client.post, "draft/add", data=body)
    assert scene.theirs.drafts[str(made["media_id"])][0]["title"] == "\\u8336"
