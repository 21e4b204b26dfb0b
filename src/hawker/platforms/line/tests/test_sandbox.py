"""What the pretend LINE does that neither the connector nor the client makes it do."""

from collections.abc import AsyncIterator
from io import BytesIO

import aiohttp
import pytest

from hawker.connect.http import Json
from hawker.platforms.line.tests import scene as scenes
from hawker.platforms.line.tests.ear import listening
from hawker.platforms.line.tests.scene import Scene
from hawker.sandbox.tests.makers import draft

WORDS: Json = [{"type": "text", "text": "茶"}]


@pytest.fixture
async def browser(scene: Scene) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bearer {scene.shop.secrets['access_token']}"}
    async with aiohttp.ClientSession(headers=headers) as browser:
        yield browser


def card(**parts: Json) -> Json:
    return [{"type": "flex", "altText": "茶", "contents": {"type": "bubble", **parts}}]


def button(label: str, uri: str) -> Json:
    action: Json = {"type": "uri", "label": label, "uri": uri}
    return {"type": "box", "contents": [{"type": "button", "action": action}]}


@pytest.mark.parametrize(
    ("way", "body", "place"),
    [
        ("broadcast", {}, "messages"),
        ("broadcast", {"messages": [{"type": "text", "text": "茶"}] * 6}, "messages"),
        ("broadcast", {"messages": [{"type": "text", "text": " "}]}, "messages[0].text"),
        ("broadcast", {"messages": [{"type": "text"}]}, "messages[0]"),
        ("broadcast", {"messages": [{"type": "poll"}]}, "messages[0].type"),
        ("broadcast", {"messages": ["茶"]}, "messages[0].type"),
        (
            "broadcast",
            {"messages": [{"type": "image", "originalContentUrl": "ftp://x", "previewImageUrl": "http://x"}]},
            "messages[0].originalContentUrl",
        ),
        (
            "broadcast",
            {
                "messages": [
                    {"type": "image", "originalContentUrl": "http://x", "previewImageUrl": "http://x" * 300}
                ]
            },
            "messages[0].previewImageUrl",
        ),
        (
            "broadcast",
            {"messages": [{"type": "flex", "altText": "", "contents": {"type": "bubble"}}]},
            "messages[0].altText",
        ),
        ("broadcast", {"messages": card(size="茶" * 11_000)}, "messages[0].contents"),
        (
            "broadcast",
            {"messages": card(body={"contents": [{"type": "text", "text": ""}]})},
            "messages[0].contents.body.contents[0].text",
        ),
        (
            "broadcast",
            {"messages": card(footer=button("立" * 21, "https://x"))},
            "messages[0].contents.footer.contents[0].action.label",
        ),
        (
            "broadcast",
            {"messages": card(footer=button("立", "javascript:x"))},
            "messages[0].contents.footer.contents[0].action.uri",
        ),
        ("narrowcast", {"messages": WORDS, "limit": {"max": 0}}, "limit.max"),
        (
            "narrowcast",
            {"messages": WORDS, "filter": {"demographic": {"type": "area", "oneOf": ["tw_99"]}}},
            "filter.demographic",
        ),
        (
            "narrowcast",
            {"messages": WORDS, "filter": {"demographic": {"type": "age", "gte": "age_21"}}},
            "filter.demographic",
        ),
        (
            "narrowcast",
            {"messages": WORDS, "recipient": {"type": "audience", "audienceGroupId": 1}},
            "recipient.audienceGroupId",
        ),
    ],
)
@pytest.mark.parametrize("looks_first", [True, False])
async def test_it_refuses_at_the_place(  # noqa: PLR0917 - what makes a case
    scene: Scene, browser: aiohttp.ClientSession, way: str, body: Json, place: str, looks_first: bool
) -> None:
    scene.behave(looks_first=looks_first)
    async with browser.post(f"{scene.network.address}/v2/bot/message/{way}", json=body) as answer:
        told = await answer.json()
    assert (answer.status, told["details"][0]["property"]) == (400, place)
    assert scene.sent == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ({"data": b"[]", "headers": {"Content-Type": "application/json"}}, 400),
        ({"data": b"text=tea", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"data": BytesIO(b" " * (2 * 2**20 + 1)), "headers": {"Content-Type": "application/json"}}, 413),
        ({"json": {"messages": WORDS}, "headers": {"X-Line-Retry-Key": "tea"}}, 400),
    ],
)
async def test_it_refuses_calls_of_another_form(
    scene: Scene, browser: aiohttp.ClientSession, sent: dict[str, object], status: int
) -> None:
    address = f"{scene.network.address}/v2/bot/message/broadcast"
    async with browser.post(address, **sent) as answer:  # type: ignore[arg-type]
        assert answer.status == status
        assert (await answer.json())["message"]
    assert scene.sent == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("message/progress/narrowcast?requestId=none", 404),
        ("insight/followers?date=yesterday", 400),
        ("audienceGroup/regulars", 400),
    ],
)
async def test_it_refuses_to_tell_of_what_is_not_there(
    scene: Scene, browser: aiohttp.ClientSession, path: str, status: int
) -> None:
    async with browser.get(f"{scene.network.address}/v2/bot/{path}") as answer:
        assert answer.status == status


async def test_tokens_are_given_for_one_thing_only(scene: Scene, browser: aiohttp.ClientSession) -> None:
    form = {"grant_type": "password"}
    async with browser.post(f"{scene.network.address}/v2/oauth/accessToken", data=form) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "unsupported_grant_type")


async def test_a_friend_reads_messages_cards_and_pictures(
    scene: Scene, browser: aiohttp.ClientSession
) -> None:
    await scene.post(draft("https://tea.example/?a=1&b=2 茶", scene.video(), scene.picture(), sound="silent"))
    published = await scene.post(scenes.card("阿嬤手作", scene.picture(), title="<端午>"))
    async with browser.get(published.url) as answer:
        page = await answer.text()
    shown = (
        '<a href="https://tea.example/?a=1&amp;b=2">https://tea.example/?a=1&amp;b=2</a> 茶',
        "<video",
        "&lt;端午&gt;",
        '<a class="button" href="https://tea.example/zongzi">立即訂購</a>',
        "to all friends · without a notification",
    )
    assert [each for each in shown if each not in page] == []
    name = next(iter(scene.bubbles[0].files.values()))
    async with browser.get(f"{scene.shop.site}/files/{name}") as answer:
        assert answer.content_type == "image/jpeg"


async def test_what_cannot_be_fetched_is_not_there_for_friends(
    scene: Scene, browser: aiohttp.ClientSession
) -> None:
    await scene.post(draft("茶", scene.medium(b"none", "image/jpeg")))
    async with browser.get(scene.shop.url) as answer:
        assert "could not be loaded" in await answer.text()


async def test_a_friend_writes_back_and_hawker_is_told(scene: Scene, browser: aiohttp.ClientSession) -> None:
    async with listening() as ear:
        scene.network.pretend.tell(ear.address)  # type: ignore[attr-defined]
        async with browser.post(scene.shop.url, data={"text": "還有嗎？<b>"}) as answer:
            assert "還有嗎？&lt;b&gt;" in await answer.text()
        _, body = await ear.next()
    assert scene.shop.remote_id in body.decode()


async def test_a_visitor_is_told_what_is_not_there(scene: Scene, browser: aiohttp.ClientSession) -> None:
    for path in ("R/ti/p/@nobody", "files/none"):
        async with browser.get(f"{scene.shop.site}/{path}") as answer:
            assert answer.status == 404
