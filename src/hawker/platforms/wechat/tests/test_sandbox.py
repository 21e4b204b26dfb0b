"""What the pretend WeChat keeps, refuses and shows."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from hawker.platforms.wechat.sandbox_drafts import words_of
from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.tests.makers import SMALL, draft, medium, picture


async def page(url: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.read()


async def call(scene: Scene, path: str, body: object, token: str | None = None) -> dict[str, object]:
    params = {"access_token": scene.shop.secrets["access_token"] if token is None else token}
    url = f"{scene.network.address}/cgi-bin/{path}"
    async with aiohttp.ClientSession() as session, session.post(url, params=params, json=body) as answer:
        assert answer.status == 200
        told: dict[str, object] = await answer.json()
        return told


async def test_a_visitor_reads_articles_and_sees_their_pictures(scene: Scene) -> None:
    published = await scene.post(draft("春茶 <b>", medium(SMALL, alt="一壺茶")))
    status, shown = await page(published.url)
    assert status == 200
    assert "春茶 &lt;b&gt;".encode() in shown
    source = shown.decode().partition('<img src="')[2].partition('"')[0]
    assert await page(source) == (200, SMALL)


async def test_a_visitor_sees_what_went_to_followers_too(scene: Scene) -> None:
    await scene.post(draft("春茶", picture(), picture(), kind="message"))
    _, shown = await page(scene.shop.url)
    assert "春茶" in shown.decode()
    assert shown.count(b"<img ") == 2
    assert b"sent to all" in shown


@pytest.mark.parametrize("path", ["s/nothing", "mmbiz/nothing"])
async def test_what_is_not_there_is_missing(scene: Scene, path: str) -> None:
    status, _ = await page(f"{scene.network.address}/{path}")
    assert status == 404


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("draft/add", {"articles": []}, 44003),
        ("draft/add", {"articles": [{}] * 9}, 45008),
        ("draft/add", {"articles": [{"article_type": "newspic", "title": "x"}]}, 47003),
        ("draft/add", [], 47001),
        ("draft/delete", {"media_id": "x"}, 40007),
        ("freepublish/get", {"publish_id": 1}, 53600),
        ("freepublish/batchget", {"offset": 0, "count": 21}, 47003),
        ("freepublish/delete", {"article_id": "x"}, 53600),
        ("message/mass/sendall", {"filter": {"is_to_all": True}, "msgtype": "voice"}, 40008),
        ("message/mass/sendall", {"filter": {}, "msgtype": "text"}, 45157),
        ("message/mass/sendall", {"filter": {"is_to_all": True}, "msgtype": "image", "image": {}}, 40007),
    ],
)
async def test_what_wechat_refuses_it_refuses_with_its_code(
    scene: Scene, path: str, body: object, code: int
) -> None:
    assert (await call(scene, path, body))["errcode"] == code


async def test_a_body_in_chunks_is_not_read(scene: Scene) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"{}"

    params = {"access_token": scene.shop.secrets["access_token"]}
    url = f"{scene.network.address}/cgi-bin/draft/get"
    async with aiohttp.ClientSession() as session, session.post(url, params=params, data=chunks()) as answer:
        assert answer.status == 412


async def test_nobody_is_let_in_without_a_token(scene: Scene) -> None:
    assert (await call(scene, "draft/get", {}, token=""))["errcode"] == 41001
    assert (await call(scene, "draft/get", {}, token="guessed"))["errcode"] == 40001


async def test_a_token_is_given_for_credentials_only(scene: Scene) -> None:
    fields = scene.fields()
    asked = {"grant_type": "authorization_code", "appid": fields["appid"], "secret": fields["secret"]}
    assert (await call(scene, "stable_token", asked))["errcode"] == 40002
    async with aiohttp.ClientSession() as session:
        url = f"{scene.network.address}/cgi-bin/token"
        async with session.get(
            url, params={**asked, "grant_type": "client_credential", "secret": "x"}
        ) as answer:
            assert (await answer.json())["errcode"] == 40125


async def test_a_draft_is_counted_and_deleted(scene: Scene) -> None:
    done = await scene.prepare(draft("茶", picture()))
    assert len(scene.theirs.drafts) == 1
    assert (await call(scene, "draft/delete", {"media_id": done["draft"]}))["errcode"] == 0
    assert scene.theirs.drafts == {}


def test_words_are_read_line_by_line() -> None:
    assert words_of('<p>a</p><p><br></p><p>b <b>c</b></p><p><img src="x" alt="y"></p>') == "a\n\nb c"
