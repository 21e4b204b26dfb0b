"""What the pretend Telegram does that neither the connector nor the client makes it do."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from hawker.platforms.telegram.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, medium


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as browser:
        yield browser


class Api:
    def __init__(self, scene: Scene, browser: aiohttp.ClientSession) -> None:
        self._base = f"{scene.network.address}/bot{scene.shop.secrets['token']}"
        self._browser = browser

    async def __call__(self, method: str, body: object = None, text: str = "") -> tuple[int, str]:
        """The status, and the description of a failure."""
        given = {"data": text, "headers": {"Content-Type": "application/json"}} if text else {"json": body}
        async with self._browser.post(f"{self._base}/{method}", **given) as answer:
            return answer.status, (await answer.json()).get("description", "")


@pytest.fixture
def api(scene: Scene, browser: aiohttp.ClientSession) -> Api:
    return Api(scene, browser)


async def test_a_token_of_another_form_leads_nowhere(scene: Scene, browser: aiohttp.ClientSession) -> None:
    said = []
    for token in ("nonsense", "123:unknown"):
        async with browser.get(f"{scene.network.address}/bot{token}/getMe") as answer:
            said.append((answer.status, await answer.json()))
    assert said == [
        (404, {"ok": False, "error_code": 404, "description": "Not Found"}),
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}),
    ]


@pytest.mark.parametrize(
    ("method", "body", "told"),
    [
        ("sendMessage", {"text": "Tea"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "@teashop"}, "message text is empty"),
        ("sendMessage", {"chat_id": "@teashop", "text": "Tea", "parse_mode": "HTML"}, "parse_mode"),
        ("sendPhoto", {"chat_id": "@teashop"}, "there is no photo in the request"),
        ("sendMediaGroup", {"chat_id": "@teashop", "media": [{}]}, "too few messages"),
        ("sendMediaGroup", {"chat_id": "@teashop", "media": [{}] * 11}, "too much messages"),
        ("sendMediaGroup", {"chat_id": "@teashop", "media": [{"type": "audio"}] * 2}, "wrong type"),
        ("sendVideo", {"chat_id": "@teashop", "width": "wide"}, "invalid width"),
        ("deleteMessages", {"chat_id": "@teashop", "message_ids": []}, "wrong number"),
        ("getFile", {"file_id": "none"}, "wrong file_id"),
        ("getChatMember", {"chat_id": "@teashop", "user_id": 5}, "PARTICIPANT_ID_INVALID"),
    ],
)
async def test_it_refuses(api: Api, method: str, body: object, told: str) -> None:
    status, description = await api(method, body)
    assert status == 400
    assert told in description


async def test_it_refuses_json_that_is_none(api: Api) -> None:
    assert await api("getMe", text="{") == (400, "Bad Request: can't parse JSON object")
    assert await api("getMe", text="[]") == (400, "Bad Request: object expected")
    body = {"chat_id": "@teashop", "text": "Tea", "reply_markup": "{"}
    assert (await api("sendMessage", body))[1] == "Bad Request: can't parse reply_markup JSON object"


async def test_methods_are_known_in_any_case(scene: Scene, api: Api) -> None:
    assert (await api("SENDMESSAGE", {"chat_id": scene.channel.id, "text": "Tea"}))[0] == 200
    assert [message.text for message in scene.messages] == ["Tea"]


async def test_a_file_is_kept_from_strangers(scene: Scene, browser: aiohttp.ClientSession) -> None:
    await scene.post(draft("Tea", medium()))
    upload = scene.messages[0].upload
    assert upload is not None
    statuses = []
    for token, path in (
        (scene.shop.secrets["token"], upload.path),
        ("1:x", upload.path),
        (scene.shop.secrets["token"], "x"),
    ):
        async with browser.get(f"{scene.network.address}/file/bot{token}/{path}") as answer:
            statuses.append(answer.status)
    assert statuses == [200, 401, 404]


async def test_a_visitor_sees_links_buttons_and_pictures(
    scene: Scene, browser: aiohttp.ClientSession
) -> None:
    text = "🍵 https://tea.example/?a=1&b=2 茶"
    published = await scene.post(draft(text, medium(), button="<訂購>", address="https://tea.example/o"))
    async with browser.get(published.url) as answer:
        page = await answer.text()
    assert '🍵 <a href="https://tea.example/?a=1&amp;b=2">https://tea.example/?a=1&amp;b=2</a> 茶' in page
    assert '<a class="button" href="https://tea.example/o">&lt;訂購&gt;</a>' in page
    upload = scene.messages[0].upload
    assert upload is not None
    async with browser.get(f"{scene.shop.site}/files/{upload.id}") as answer:
        assert (await answer.read(), answer.content_type) == (upload.data, "image/png")


async def test_a_visitor_is_told_what_is_not_there(scene: Scene, browser: aiohttp.ClientSession) -> None:
    for path in ("teashop/99", "nobody_here", "files/none"):
        async with browser.get(f"{scene.shop.site}/{path}") as answer:
            assert answer.status == 404
            assert "here" in await answer.text() or "name" in await answer.text()


@pytest.mark.parametrize(
    ("handle", "name"), [("bob", "bob_shop"), ("茶", "shop_"), ("7eleven", "shop_7eleven")]
)
def test_every_handle_becomes_a_name_that_telegram_knows(scene: Scene, handle: str, name: str) -> None:
    assert scene.world.open(handle).username == name
    assert scene.world.open(handle) is scene.world.open(handle)
