"""The best-kept client drives the sandbox, and sees what it would see at the network. conftest.py
checks all answers, and what Hawker asks, against Discord's OpenAPI document."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import discord
import pytest
from discord.http import Route

from hawker.connect.errors import Refused, SignInAgain
from hawker.platforms.discord.sandbox_world import FORUM
from hawker.platforms.discord.tests.scene import Scene, asked_by, faults_of
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import SMALL, draft, medium
from tests.overheard import Talk


@pytest.fixture
async def webhook(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[discord.Webhook]:
    """From the address as Discord would show it; only where the client calls is changed."""
    monkeypatch.setattr(Route, "BASE", f"{scene.network.address}/api/v10")
    shown = scene.address.replace(scene.network.address, "https://discord.com")
    async with aiohttp.ClientSession() as session:
        yield discord.Webhook.from_url(shown, session=session)


async def download(url: str) -> bytes:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.read()


async def test_it_knows_which_channel_it_posts_to(scene: Scene, webhook: discord.Webhook) -> None:
    known = await webhook.fetch()
    assert (known.type, known.name) == (discord.WebhookType.incoming, "Teashop")
    assert str(known.channel_id) == scene.shop.remote_id
    assert known.guild_id == scene.channel.guild


async def test_it_sends_fetches_edits_and_deletes(scene: Scene, webhook: discord.Webhook) -> None:
    sent = await webhook.send("🍵 *茶*", wait=True)
    fetched = await webhook.fetch_message(sent.id)
    assert (fetched.content, fetched.author.name, fetched.webhook_id) == ("🍵 *茶*", "Teashop", webhook.id)
    assert abs((fetched.created_at - scene.messages[0].date).total_seconds()) < 1
    edited = await sent.edit(content="烏龍茶")
    assert edited.content == "烏龍茶"
    assert edited.edited_at is not None
    await sent.delete()
    with pytest.raises(discord.NotFound) as caught:
        await webhook.fetch_message(sent.id)
    assert caught.value.code == 10008


async def test_without_waiting_it_posts_all_the_same(scene: Scene, webhook: discord.Webhook) -> None:
    await webhook.send("Tea")
    assert [message.text for message in scene.messages] == ["Tea"]


async def test_what_hawker_publishes_reads_alike_at_the_client(
    scene: Scene, webhook: discord.Webhook
) -> None:
    published = await scene.post(
        draft("茶 @everyone", medium(alt="一杯茶"), medium(), sound="silent", links="plain")
    )
    read = await webhook.fetch_message(int(published.remote_id))
    assert (read.content, read.mention_everyone) == ("茶 @everyone", False)
    assert [file.description for file in read.attachments] == ["一杯茶", None]
    assert [await download(file.url) for file in read.attachments] == [SMALL, SMALL]
    assert (read.flags.suppress_embeds, read.flags.silent) == (True, True)
    theirs = await webhook.send(
        "茶 @everyone",
        files=[
            discord.File(io.BytesIO(SMALL), "1.png", description="一杯茶"),
            discord.File(io.BytesIO(SMALL), "2.png"),
        ],
        allowed_mentions=discord.AllowedMentions.none(),
        silent=True,
        suppress_embeds=True,
        wait=True,
    )
    assert [(file.filename, file.description, file.width) for file in theirs.attachments] == [
        (file.filename, file.description, file.width) for file in read.attachments
    ]
    assert (theirs.flags, theirs.mention_everyone) == (read.flags, read.mention_everyone)


async def test_its_polls_are_ours(scene: Scene, webhook: discord.Webhook) -> None:
    ours = draft("It rains.", poll="Yes / No", question="Tea?", poll_votes="several", poll_time="72")
    published = await scene.post(ours)
    read = (await webhook.fetch_message(int(published.remote_id))).poll
    asked = discord.Poll("Tea?", timedelta(hours=72), multiple=True)
    asked.add_answer(text="Yes").add_answer(text="No")
    theirs = (await webhook.send("It rains.", poll=asked, wait=True)).poll
    assert read is not None
    assert theirs is not None
    assert [each.text for each in read.answers] == [each.text for each in theirs.answers] == ["Yes", "No"]
    for each in (read, theirs):
        assert (each.question, each.multiple, each.duration) == ("Tea?", True, timedelta(hours=72))
        assert not each.is_finalised()
    with pytest.raises(discord.HTTPException, match="Must be 55 or fewer in length"):
        await webhook.send(poll=discord.Poll("Tea?", timedelta(hours=1)).add_answer(text="Y" * 56))


async def test_it_calls_everyone_where_it_is_not_held_back(scene: Scene, webhook: discord.Webhook) -> None:
    sent = await webhook.send("@everyone <@&111>", wait=True)
    assert sent.mention_everyone
    assert scene.messages[0].called["roles"] == ["111"]


async def test_it_posts_in_threads_and_forums(scene: Scene, webhook: discord.Webhook) -> None:
    scene.channel.kind = FORUM
    with pytest.raises(discord.HTTPException) as caught:
        await webhook.send("Tea")
    assert caught.value.code == 220001
    first = await webhook.send("Tea", thread_name="新茶", wait=True)
    thread = discord.Object(scene.messages[0].place)
    await scene.post(draft("And cake", thread=str(thread.id)))
    assert [message.place for message in scene.messages] == [thread.id, thread.id]
    assert (await webhook.fetch_message(first.id, thread=thread)).content == "Tea"
    await webhook.delete_message(first.id, thread=thread)
    assert [message.text for message in scene.messages] == ["And cake"]


async def test_it_reads_refusals_as_the_networks(scene: Scene, webhook: discord.Webhook) -> None:
    with pytest.raises(discord.HTTPException, match="In content: Must be 2000 or fewer in length") as caught:
        await webhook.send("茶" * 2_001)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    with pytest.raises(discord.HTTPException, match="username: Username cannot contain") as caught:
        await webhook.send("Tea", username="My Discord")
    with pytest.raises(discord.HTTPException, match="Request entity too large") as caught:
        await webhook.send("Tea", file=discord.File(io.BytesIO(b"x" * (10 * 2**20 + 1)), "1.png"))
    assert (caught.value.status, caught.value.code) == (413, 40005)
    with pytest.raises(discord.HTTPException, match="empty message"):
        await webhook.send("  ")
    assert scene.messages == []


async def test_a_webhook_that_it_deleted_is_unknown_to_hawker_too(
    scene: Scene, webhook: discord.Webhook
) -> None:
    await webhook.delete()
    with pytest.raises(discord.NotFound) as caught:
        await webhook.send("Tea")
    assert caught.value.code == 10015


async def test_a_token_that_was_changed_is_refused(scene: Scene, webhook: discord.Webhook) -> None:
    scene.network.pretend.revoke("teashop")
    with pytest.raises(discord.HTTPException) as caught:
        await webhook.send("Tea")
    assert (caught.value.status, caught.value.code) == (401, 50027)


async def test_it_waits_as_long_as_it_is_told(scene: Scene, webhook: discord.Webhook) -> None:
    scene.network.faults.add(Fault(kind=Kind.limited))
    sent = await webhook.send("Tea", wait=True)
    assert [message.id for message in scene.messages] == [sent.id]


async def test_all_that_hawker_asks_is_as_the_document_says(scene: Scene, talks: list[Talk]) -> None:
    thread = 1_300_000_000_000_000_000
    scene.channel.threads[thread] = "新茶"
    poll = draft("It rains.", poll="Yes / No", question="Tea?", poll_votes="several", poll_time="72")
    files = draft("茶", medium(alt="一杯茶"), medium(), sound="silent", links="plain", thread=str(thread))
    out = [await scene.post(each) for each in (draft("Tea", mentions="everyone"), poll, files)]
    await scene.check()
    for published in (*out, out[0]):
        await scene.delete(published)
    scene.channel.kind = FORUM
    await scene.post(draft("Tea", title="新茶"))
    with pytest.raises(Refused):
        await scene.post(draft("Tea", medium(alt="茶" * 1_025), title="新茶"))
    scene.network.pretend.revoke("teashop")
    with pytest.raises(SignInAgain):
        await scene.check()
    assert [talk.status for talk in talks] == [200] * 5 + [204] * 3 + [404, 200, 400, 401]


async def test_what_is_not_as_the_document_says_is_noticed(scene: Scene, talks: list[Talk]) -> None:
    await scene.post(draft("Tea", poll="Yes / No"))
    await scene.post(draft("Tea", medium(alt="一杯茶")))
    (_, poll, files), answer = talks, json.loads(talks[1].answer)
    asked, given = asked_by(poll), asked_by(files)
    wrong = [
        replace(poll, answer=json.dumps({**answer, "id": 7}).encode()),
        replace(poll, answer=json.dumps({**answer, "colour": "red"}).encode()),
        replace(poll, answer=json.dumps({**answer, "poll": {**answer["poll"], "layout_type": 2}}).encode()),
        replace(poll, status=201),
        replace(poll, query={"wait": "yes"}),
        replace(poll, body={**asked, "allowed_mention": {}}),
        replace(poll, body={**asked, "poll": {**asked["poll"], "duration": 769}}),
        replace(files, form={"payload_json": json.dumps({**given, "attachments": [{"id": 0}]})}),
        replace(files, files=["file"]),
    ]
    assert [len(faults_of([each])) > 0 for each in wrong] == [True] * len(wrong)
