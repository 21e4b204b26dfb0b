"""LINE's own client drives the sandbox, and its classes judge every answer and all that Hawker sends."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest
from linebot.v3 import WebhookParser
from linebot.v3.audience import AsyncApiClient as AudienceClient
from linebot.v3.audience import AsyncManageAudience
from linebot.v3.audience import Configuration as AudiencePlace
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.insight import AsyncApiClient as InsightClient
from linebot.v3.insight import AsyncInsight
from linebot.v3.insight import Configuration as InsightPlace
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    BroadcastRequest,
    Configuration,
    ErrorResponse,
    FlexContainer,
    FlexMessage,
    ImageMessage,
    Message,
    NarrowcastRequest,
    PushMessageRequest,
    TextMessage,
    ValidateMessageRequest,
    VideoMessage,
)
from linebot.v3.messaging.exceptions import ApiException
from linebot.v3.oauth import AsyncApiClient as TokenClient
from linebot.v3.oauth import AsyncChannelAccessToken
from linebot.v3.oauth import Configuration as TokenPlace
from linebot.v3.webhooks import FollowEvent, MessageEvent, TextMessageContent, UnfollowEvent, UserSource

from hawker.connect.http import Json
from hawker.connect.values import Recipient
from hawker.platforms.line import PLATFORM
from hawker.platforms.line.crowd import crowd
from hawker.platforms.line.message import messages
from hawker.platforms.line.publish import letter
from hawker.platforms.line.sandbox_world import CHANNEL_SECRET
from hawker.platforms.line.tests.ear import listening
from hawker.platforms.line.tests.scene import Scene, card
from hawker.sandbox.tests.makers import draft


@pytest.fixture
async def bot(scene: Scene) -> AsyncIterator[AsyncMessagingApi]:
    place = Configuration(host=scene.network.address, access_token=scene.shop.secrets["access_token"])
    async with AsyncApiClient(place) as client:
        yield AsyncMessagingApi(client)


async def test_it_knows_the_account_its_quota_and_its_friends(scene: Scene, bot: AsyncMessagingApi) -> None:
    info = await bot.get_bot_info()
    assert (info.user_id, info.basic_id, info.display_name) == (
        scene.shop.remote_id,
        scene.shop.handle,
        scene.shop.name,
    )
    scene.account.quota, scene.account.used = 200, 80
    assert (await bot.get_message_quota()).value == 200
    assert (await bot.get_message_quota_consumption()).total_usage == 80
    place = InsightPlace(host=scene.network.address, access_token=scene.shop.secrets["access_token"])
    async with InsightClient(place) as client:
        friends = await AsyncInsight(client).get_number_of_followers(var_date="20261122")
    assert (friends.status, friends.targeted_reaches, friends.followers) == ("ready", 108, 120)


async def test_it_reads_an_audience(scene: Scene) -> None:
    scene.gather(4711, 80)
    place = AudiencePlace(host=scene.network.address, access_token=scene.shop.secrets["access_token"])
    async with AudienceClient(place) as client:
        group = (await AsyncManageAudience(client).get_audience_data(4711)).audience_group
    assert group is not None
    assert (group.audience_group_id, group.audience_count, group.status) == (4711, 80, "READY")


async def test_it_gets_tokens_of_each_kind_and_gives_them_back(scene: Scene) -> None:
    async with TokenClient(TokenPlace(host=scene.network.address)) as client:
        tokens = AsyncChannelAccessToken(client)
        keys = (scene.account.channel, scene.account.secret)
        short = await tokens.issue_channel_token("client_credentials", *keys)
        stateless = await tokens.issue_stateless_channel_token_by_client_secret(*keys)
        assert (short.expires_in, stateless.expires_in, short.token_type) == (2_592_000, 900, "Bearer")
        verified = await tokens.verify_channel_token(short.access_token)
        assert verified.client_id == scene.account.channel
        await tokens.revoke_channel_token(short.access_token)
        with pytest.raises(Exception, match="400"):
            await tokens.verify_channel_token(short.access_token)


async def test_what_it_broadcasts_is_what_hawker_broadcasts(scene: Scene, bot: AsyncMessagingApi) -> None:
    picture, film, cover = scene.picture(), scene.video(), scene.picture()
    theirs = [
        TextMessage(text="包子出爐了 🥟"),
        ImageMessage(originalContentUrl=picture.address(), previewImageUrl=picture.address()),
        VideoMessage(originalContentUrl=film.address(), previewImageUrl=cover.address()),
    ]
    await bot.validate_broadcast(ValidateMessageRequest(messages=theirs))
    await bot.broadcast(BroadcastRequest(messages=theirs))
    await scene.post(draft("包子出爐了 🥟", picture, film, cover))
    first, second = (
        [(each.kind, each.text, each.url, each.cover) for each in sent.bubbles] for sent in scene.sent
    )
    assert first == second
    assert [kind for kind, *_ in second] == ["text", "image", "video"]


async def test_a_card_of_its_making_is_read_like_hawkers(scene: Scene, bot: AsyncMessagingApi) -> None:
    post = card("阿嬤手作，當天現包。", scene.picture())
    (made,) = messages(post)
    assert isinstance(made, dict)
    bubble = FlexContainer.from_dict(made["contents"])
    await bot.broadcast(BroadcastRequest(messages=[FlexMessage(altText="端午肉粽", contents=bubble)]))
    await scene.post(post)
    first, second = (sent.bubbles[0] for sent in scene.sent)
    assert (first.title, first.text, first.button, first.leads) == (
        "端午肉粽",
        "阿嬤手作，當天現包。",
        "立即訂購",
        "https://tea.example/zongzi",
    )
    assert (second.title, second.text, second.button, second.url) == (
        first.title,
        first.text,
        first.button,
        first.url,
    )


def test_its_classes_know_every_part_of_a_message(scene: Scene) -> None:
    posts = [
        draft("包子 🥟", scene.picture(), scene.video(), scene.picture()),
        card("阿嬤手作", scene.picture()),
        draft("", title="只有標題", kind="card"),
    ]
    made = [message for post in posts for message in messages(post)]
    assert [_bare(Message.from_dict(each).to_dict()) for each in made] == [_bare(each) for each in made]


def test_its_classes_know_every_way_to_choose_friends() -> None:
    chosen = crowd(
        {
            "group": "4711",
            "gender": "female",
            "age_from": "20",
            "age_to": "35",
            "area": "tw_01",
            "most": "500",
        }
    )
    words: Json = [{"type": "text", "text": "茶"}]
    asked = NarrowcastRequest.from_dict({**chosen, "messages": words})
    assert asked is not None
    assert _bare(asked.to_dict()) == {**chosen, "messages": words}


async def test_a_narrowcast_is_followed_to_its_end(scene: Scene, bot: AsyncMessagingApi) -> None:
    filters = crowd({"gender": "female"})
    request = NarrowcastRequest.from_dict({"messages": [{"type": "text", "text": "茶"}], **filters})
    answer = await bot.narrowcast_with_http_info(request)
    assert answer.status_code == 202
    told = await bot.get_narrowcast_progress(answer.headers["x-line-request-id"])
    assert (told.phase, told.success_count, told.error_code) == ("succeeded", 80, None)
    scene.gather(4711, 10)
    small = NarrowcastRequest.from_dict(
        {"messages": [{"type": "text", "text": "茶"}], **crowd({"group": "4711"})}
    )
    answer = await bot.narrowcast_with_http_info(small)
    told = await bot.get_narrowcast_progress(answer.headers["x-line-request-id"])
    assert (told.phase, told.error_code) == ("failed", 4)


async def test_a_key_is_taken_once(scene: Scene, bot: AsyncMessagingApi) -> None:
    request, key = BroadcastRequest(messages=[TextMessage(text="茶")]), str(uuid4())
    answer = await bot.broadcast_with_http_info(request, x_line_retry_key=key)
    with pytest.raises(ApiException) as caught:
        await bot.broadcast(request, x_line_retry_key=key)
    assert caught.value.status == 409
    accepted = caught.value.headers["x-line-accepted-request-id"]
    assert accepted == answer.headers["x-line-request-id"] == scene.sent[0].id
    assert len(scene.sent) == 1


async def test_what_it_pushes_is_what_hawker_pushes(scene: Scene, bot: AsyncMessagingApi) -> None:
    person = scene.world.befriend(scene.account, "林小姐")
    texts = [TextMessage(text="您的茶到了")]
    await bot.validate_push(ValidateMessageRequest(messages=texts))
    request, key = PushMessageRequest(to=person.id, messages=texts), str(uuid4())
    told = await bot.push_message(request, x_line_retry_key=key)
    assert len(told.sent_messages) == 1
    with pytest.raises(ApiException) as caught:
        await bot.push_message(request, x_line_retry_key=key)
    repeated = ErrorResponse.from_json(caught.value.body)
    assert repeated is not None
    assert (caught.value.status, repeated.sent_messages) == (409, told.sent_messages)
    post = replace(draft("您的茶到了"), to=Recipient(address=person.id))
    await scene.post(post)
    first, second = ((sent.way, sent.to, [each.text for each in sent.bubbles]) for sent in scene.sent)
    assert first == second
    scene.world.block(scene.account, person)
    with pytest.raises(ApiException) as caught:
        await bot.push_message(request)
    assert caught.value.status == 400


async def test_its_parser_reads_friends_who_come_and_go(scene: Scene) -> None:
    async with listening() as ear:
        scene.network.pretend.tell(ear.address)  # type: ignore[attr-defined]
        person = scene.world.befriend(scene.account, "林小姐")
        calls = [await ear.next()]
        scene.world.block(scene.account, person)
        calls.append(await ear.next())
        scene.world.befriend(scene.account, "林小姐")
        calls.append(await ear.next())
    parser = WebhookParser(CHANNEL_SECRET)
    events = [parser.parse(body.decode(), headers["x-line-signature"])[0] for headers, body in calls]
    first, left, again = events
    assert isinstance(first, FollowEvent)
    assert isinstance(left, UnfollowEvent)
    assert isinstance(again, FollowEvent)
    assert [first.follow.is_unblocked, again.follow.is_unblocked] == [False, True]
    assert {event.source.user_id for event in events} == {person.id}


def test_its_classes_know_what_hawker_pushes(scene: Scene) -> None:
    post = replace(draft("包子 🥟", scene.picture(), sound="silent"), to=Recipient(address="U2"))
    asked = PushMessageRequest.from_dict(dict(letter(post)))
    assert asked is not None
    assert _bare(asked.to_dict()) == _bare(dict(letter(post)))


async def test_it_reads_refusals_as_the_networks(scene: Scene, bot: AsyncMessagingApi) -> None:
    with pytest.raises(ApiException) as caught:
        await bot.broadcast(BroadcastRequest(messages=[TextMessage(text="🥟" * 2_501)]))
    told = ErrorResponse.from_json(caught.value.body)
    assert told is not None
    assert told.details is not None
    assert (caught.value.status, told.message) == (400, "The request body has 1 error(s)")
    assert [(each.message, each.var_property) for each in told.details] == [
        ("Length must be between 0 and 5000", "messages[0].text")
    ]
    scene.network.pretend.revoke("teashop")
    with pytest.raises(ApiException) as caught:
        await bot.get_bot_info()
    assert caught.value.status == 401


async def test_its_parser_takes_the_sandboxs_webhook_and_no_forged_one(scene: Scene) -> None:
    async with listening() as ear:
        scene.network.pretend.tell(ear.address)  # type: ignore[attr-defined]
        scene.world.write(scene.account, "還有包子嗎？")
        headers, body = await ear.next()
    parser = WebhookParser(CHANNEL_SECRET)
    payload = parser.parse(body.decode(), headers["x-line-signature"], as_payload=True)
    (event,) = payload.events
    assert payload.destination == scene.shop.remote_id
    assert isinstance(event, MessageEvent)
    assert isinstance(event.message, TextMessageContent)
    assert isinstance(event.source, UserSource)
    assert event.message.text == "還有包子嗎？"
    with pytest.raises(InvalidSignatureError):
        parser.parse(body.decode() + " ", headers["x-line-signature"])
    assert PLATFORM.hears is not None
    assert PLATFORM.hears.is_genuine(headers, body, scene.network.app)


def _bare(value: Json) -> Json:
    """Without what the client's classes add: what is empty, or off."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if each is not None and each is not False}
    return [_bare(each) for each in value] if isinstance(value, list) else value
