"""The best-kept client drives the sandbox, and sees what it would see at the network. conftest.py checks all
answers, and what it and Hawker ask, against the Bot API."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from hawker.connect.errors import Refused, SignInAgain
from hawker.platforms.telegram.tests.bot_api import faults_of
from hawker.platforms.telegram.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import SMALL, draft, medium
from tests.overheard import Talk

CHANNEL = "@teashop"
EARLIER = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
async def bot(scene: Scene) -> AsyncIterator[Bot]:
    async with client(scene, scene.shop.secrets["token"]) as bot:
        yield bot


def client(scene: Scene, token: str) -> Bot:
    address = scene.network.address
    return Bot(token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")


async def test_it_knows_who_it_is_and_where_it_may_post(scene: Scene, bot: Bot) -> None:
    me, chat = await bot.get_me(), await bot.get_chat(CHANNEL)
    assert (me.is_bot, me.username, me.api_kwargs) == (True, "teashop_bot", {})
    assert (str(chat.id), chat.type, chat.title) == (scene.shop.remote_id, ChatType.CHANNEL, "Teashop")
    assert chat.link == "https://t.me/teashop"
    member = await bot.get_chat_member(CHANNEL, me.id)
    assert (member.status, member.can_post_messages) == (ChatMemberStatus.ADMINISTRATOR, True)  # type: ignore[attr-defined]
    assert await bot.get_chat_member_count(CHANNEL) == 2


async def test_a_token_that_is_none_is_refused(scene: Scene) -> None:
    wrong = f"{scene.shop.secrets['token'][:-1]}!"
    stranger = client(scene, wrong)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_what_hawker_publishes_reads_alike_at_the_client(scene: Scene, bot: Bot) -> None:
    sent = await bot.send_message(CHANNEL, "🍵 *茶* https://tea.example/a_b #烏龍茶 @myshop")
    assert (sent.text, sent.link) == (
        "🍵 *茶* https://tea.example/a_b #烏龍茶 @myshop",
        f"https://t.me/teashop/{sent.message_id}",
    )
    assert sent.sender_chat == sent.chat
    assert list(sent.parse_entities().values()) == ["https://tea.example/a_b", "@myshop", "#烏龍茶"]
    assert [entity.type for entity in sent.entities] == [
        MessageEntityType.URL,
        MessageEntityType.MENTION,
        MessageEntityType.HASHTAG,
    ]
    published = await scene.post(draft("🍵 *茶* https://tea.example/a_b #烏龍茶 @myshop"))
    ours, theirs = scene.messages[1], scene.messages[0]
    assert (ours.text, ours.entities) == (theirs.text, theirs.entities)
    reply = await bot.send_message(
        CHANNEL, "menu", reply_parameters=ReplyParameters(int(published.remote_id))
    )
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == ours.text


async def test_its_options_mean_what_ours_mean(scene: Scene, bot: Bot) -> None:
    await bot.send_message(
        CHANNEL,
        "Tea",
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(prefer_large_media=True),
    )
    await scene.post(draft("Tea", sound="silent", preview="large"))
    theirs, ours = scene.messages
    assert (ours.silent, ours.preview) == (theirs.silent, theirs.preview)


async def test_it_sends_a_picture_whose_bytes_come_back_equal(scene: Scene, bot: Bot) -> None:
    sent = await bot.send_photo(CHANNEL, SMALL, caption="橘色的牆")
    assert (sent.caption, sent.photo[-1].width, sent.photo[-1].height) == ("橘色的牆", 40, 30)
    file = await sent.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == SMALL


async def test_albums_are_alike(scene: Scene, bot: Bot) -> None:
    sent = await bot.send_media_group(CHANNEL, [InputMediaPhoto(SMALL, caption="茶"), InputMediaPhoto(SMALL)])
    assert [message.caption for message in sent] == ["茶", None]
    assert len({message.media_group_id for message in sent}) == 1
    published = await scene.post(draft("茶", medium(), medium()))
    theirs, ours = scene.channel.posts()
    assert [message.text for message in ours] == [message.text for message in theirs]
    assert await bot.delete_messages(CHANNEL, [int(each) for each in published.detail["messages"].split(",")])
    assert scene.channel.posts() == [theirs]


async def test_it_deletes_within_two_days(scene: Scene, bot: Bot) -> None:
    published = await scene.post(draft("Tea"))
    assert await bot.delete_message(CHANNEL, int(published.remote_id))
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(CHANNEL, int(published.remote_id))
    await scene.post(draft("Tea"))
    scene.world.ahead = timedelta(hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(CHANNEL, scene.messages[0].id)


async def test_it_reads_refusals_as_the_networks(scene: Scene, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(CHANNEL, "🍵" * 2_049)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message("@nobody_here", "Tea")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(CHANNEL, b"not a picture")
    scene.channel.status = "kicked"
    with pytest.raises(Forbidden, match="bot was kicked"):
        await bot.send_message(CHANNEL, "Tea")


async def test_it_is_told_how_long_to_wait(scene: Scene, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    scene.network.faults.add(Fault(kind=Kind.limited))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(CHANNEL, "Tea")
    assert caught.value.retry_after == timedelta(seconds=3)


async def test_its_polls_are_ours(scene: Scene, bot: Bot) -> None:
    await bot.send_poll(
        CHANNEL,
        "Tea?",
        ["Yes", "No"],
        allows_multiple_answers=True,
        open_period=timedelta(days=1),
        description="It rains.",
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Menu", url="https://tea.example")]]),
    )
    wanted = draft("It rains.", poll="Yes / No", question="Tea?", poll_votes="several", poll_time="24")
    button = {"button": "Menu", "address": "https://tea.example"}
    await scene.post(replace(wanted, options={**wanted.options, **button}))
    theirs, ours = (replace(each, id=0, date=EARLIER) for each in scene.messages)
    assert ours.poll is not None
    assert theirs.poll is not None
    assert replace(ours, poll=replace(ours.poll, id=theirs.poll.id)) == theirs


async def test_it_reads_a_poll_whole(scene: Scene, bot: Bot) -> None:
    sent = await bot.send_poll(CHANNEL, "Tea?", ["Yes", "No"], description="It rains.")
    assert sent.poll is not None
    assert (sent.poll.question, [each.text for each in sent.poll.options]) == ("Tea?", ["Yes", "No"])
    assert (sent.poll.description, sent.poll.is_anonymous, sent.poll.api_kwargs) == ("It rains.", True, {})
    with pytest.raises(BadRequest, match="Poll options length must not exceed 100"):
        await bot.send_poll(CHANNEL, "Tea?", ["Yes", "N" * 101])
    with pytest.raises(BadRequest, match="olls can't be sent to channel chats"):
        await bot.send_poll(CHANNEL, "Tea?", ["Yes", "No"], is_anonymous=False)


async def test_it_finds_no_method_that_is_not_played(bot: Bot) -> None:
    with pytest.raises(TelegramError, match="Not Found"):
        await bot.send_dice(CHANNEL)


async def test_all_that_hawker_asks_is_as_the_bot_api_says(scene: Scene, talks: list[Talk]) -> None:
    film = replace(medium(b"not really a film", "video/mp4", size=(720, 1280)), seconds=3.6)
    moving = medium(SMALL, "image/gif")
    poll = draft("It rains.", poll="Yes / No", question="Tea?", poll_votes="several", poll_time="24")
    button = partial(draft, button="Menu", address="https://tea.example")
    wishes = (
        button("Tea #烏龍茶", sound="silent", preview="large"),
        replace(poll, options={**poll.options, **button().options}),
        button("Tea", film),
        draft("Tea", moving),
        draft("Tea", medium(), film),
    )
    out = [await scene.post(each) for each in wishes]
    await scene.post(draft("And cake", medium(), reply_to=out[0]))
    for published in (*out, out[0]):
        await scene.delete(published)
    with pytest.raises(Refused):
        await scene.post(button("Tea", address="https://"))
    scene.channel.moved_to = scene.channel.id - 1
    with pytest.raises(SignInAgain):
        await scene.post(draft("Tea"))
    scene.network.pretend.revoke("teashop")
    with pytest.raises(SignInAgain):
        await scene.check()
    refused = [talk.status for talk in talks if talk.status != 200]
    assert (len(talks), refused) == (19, [400, 400, 400, 401])
    assert json.loads(talks[-2].answer)["parameters"] == {"migrate_to_chat_id": scene.channel.moved_to}


async def test_what_is_not_as_the_bot_api_says_is_noticed(scene: Scene, bot: Bot, talks: list[Talk]) -> None:
    await scene.check()
    await bot.get_chat_member(CHANNEL, scene.channel.robot.id)
    await scene.post(draft("Tea", poll="Yes / No"))
    await scene.post(draft("Tea", medium(), medium()))
    member, poll, album = talks[-3:]
    result = json.loads(poll.answer)["result"]
    status = {"ok": True, "result": {**json.loads(member.answer)["result"], "status": "owner"}}
    answers: list[object] = [
        {"ok": True, "result": {**result, "message_id": "7"}},
        {"ok": True, "result": {**result, "colour": "red"}},
        {"ok": True, "result": {**result, "poll": {**result["poll"], "options": [{"text": "Yes"}]}}},
        {"ok": True, "result": [result]},
        result,
    ]
    assert isinstance(poll.body, dict)
    wrong = [
        replace(member, answer=json.dumps(status).encode()),
        *(replace(poll, answer=json.dumps(each).encode()) for each in answers),
        replace(poll, status=400),
        replace(poll, path=poll.path.replace("sendPoll", "sendPolls")),
        replace(poll, body={**poll.body, "options": ["Yes", "No"]}),
        replace(poll, body={**poll.body, "several": True}),
        replace(poll, body={**poll.body, "open_period": True}),
        replace(album, files=album.files[:1]),
        replace(album, form={**album.form, "media": '[{"type": "picture", "media": "attach://file0"}]'}),
    ]
    assert [len(faults_of([each])) > 0 for each in wrong] == [True] * len(wrong)
