"""The pretend Discord where neither Hawker nor the client goes."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from hawker.platforms.discord.sandbox_world import Bucket
from hawker.platforms.discord.tests.scene import Scene
from hawker.sandbox.tests.makers import SMALL, draft, medium


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_every_answer_tells_what_is_left(scene: Scene, browser: aiohttp.ClientSession) -> None:
    scene.world.buckets[scene.channel.webhook] = Bucket(limit=2, seconds=600)
    told = []
    for _ in range(3):
        async with browser.get(scene.address) as answer:
            left = answer.headers["X-RateLimit-Remaining"]
            told.append((answer.status, left, answer.headers.get("X-RateLimit-Scope")))
            assert 0 < float(answer.headers["X-RateLimit-Reset-After"]) <= 600
    assert told == [(200, "1", None), (200, "0", None), (429, "0", "user")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", 50109),
        ("[]", 50035),
        ('{"content": 7}', 50035),
        ('{"content": "Tea", "flags": "4"}', 50035),
        ('{"content": "Tea", "allowed_mentions": {"parse": ["all"]}}', 50035),
        ('{"content": "Tea", "embeds": [{"title": "Tea"}]}', 50035),
        ('{"content": null}', 50006),
    ],
)
async def test_what_makes_no_sense_is_refused(
    scene: Scene, browser: aiohttp.ClientSession, body: str, code: int
) -> None:
    headers = {"Content-Type": "application/json"}
    async with browser.post(scene.address, data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, code)
    assert scene.messages == []


async def test_numbers_that_are_none_are_refused(scene: Scene, browser: aiohttp.ClientSession) -> None:
    base = scene.address.rpartition("/webhooks/")[0]
    for path in (f"{base}/webhooks/x/y", f"{scene.address}?thread_id=x"):
        async with browser.post(path, json={"content": "Tea"}) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, 50035)
    async with browser.get(f"{scene.address}/messages/x") as answer:
        assert (answer.status, (await answer.json())["code"]) == (404, 10008)


async def test_a_plain_form_is_a_message_too(scene: Scene, browser: aiohttp.ClientSession) -> None:
    async with browser.post(scene.address, data={"content": "Tea"}) as answer:
        assert answer.status == 204
    assert [message.text for message in scene.messages] == ["Tea"]


async def test_a_visitor_sees_titles_links_pictures_and_other_files(
    scene: Scene, browser: aiohttp.ClientSession
) -> None:
    thread = 1_300_000_000_000_000_000
    scene.channel.threads[thread] = "<新茶>"
    film, odd = medium(b"film", "video/mp4"), medium(b"odd", "video/x-odd")
    published = await scene.post(
        draft("🍵 https://tea.example/?a=1&b=2 茶", medium(alt='"茶"'), film, odd, thread=str(thread))
    )
    async with browser.get(published.url) as answer:
        page = await answer.text()
    assert "<h2>&lt;新茶&gt;</h2>" in page
    assert '🍵 <a href="https://tea.example/?a=1&amp;b=2">https://tea.example/?a=1&amp;b=2</a> 茶' in page
    assert 'alt="&quot;茶&quot;"' in page
    assert "<video" in page
    shown = scene.messages[0].attachments[0]
    path = f"attachments/{thread}/{shown.id}/{shown.name}"
    async with browser.get(f"{scene.network.address}/{path}") as answer:
        assert (await answer.read(), answer.content_type) == (SMALL, "image/png")


async def test_a_visitor_is_told_what_is_not_there(scene: Scene, browser: aiohttp.ClientSession) -> None:
    guild, place = scene.channel.guild, scene.channel.id
    for path in (
        f"channels/{guild}/{place}/99",
        f"channels/{guild}/99",
        f"channels/1/{place}",
        "attachments/1/2/3",
    ):
        async with browser.get(f"{scene.network.address}/{path}") as answer:
            assert answer.status == 404
            assert "is not here" in await answer.text()
