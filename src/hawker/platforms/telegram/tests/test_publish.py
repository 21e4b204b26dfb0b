"""What goes into a channel, and what is refused in Telegram's own way."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, Heard
from hawker.connect.shapes import PictureShape
from hawker.connect.values import Draft, Published
from hawker.platforms.telegram.budgets import BUDGETS
from hawker.platforms.telegram.channel import LIMITS
from hawker.platforms.telegram.refusals import explain
from hawker.platforms.telegram.shapes import GIF, shapes
from hawker.platforms.telegram.tests.scene import Scene, problems
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, encoded, medium
from hawker.sandbox.tests.strangers import gate

MARKUP = "_*[x](y)`~>#+-=|{}.! <b>&amp;</b> \\ 茶 & tea"


async def test_no_character_is_taken_for_markup(scene: Scene) -> None:
    published = await scene.post(draft(MARKUP))
    (message,) = scene.messages
    assert message.text == MARKUP
    assert published == Published(
        remote_id=str(message.id),
        url=f"{scene.shop.url}/{message.id}",
        detail={"messages": str(message.id)},
    )


async def test_the_options_go_along(scene: Scene) -> None:
    label, address = "立即訂購", "https://tea.example/order?a=1"
    await scene.post(draft("Tea", sound="silent", preview="large", button=label, address=address))
    await scene.post(draft("Tea", preview="none"))
    await scene.post(draft("Tea", medium(), button=label, address=address))
    first, second, third = scene.messages
    assert (first.silent, first.preview) == (True, {"prefer_large_media": True})
    assert (second.silent, second.preview, second.buttons) == (False, {"is_disabled": True}, None)
    keyboard = {"inline_keyboard": [[{"text": label, "url": address}]]}
    assert (first.buttons, third.buttons) == (keyboard, keyboard)


async def test_an_album_is_one_post_of_several_messages(scene: Scene) -> None:
    published = await scene.post(draft("三種茶", medium(), medium(), medium()))
    assert [message.text for message in scene.messages] == ["三種茶", "", ""]
    assert published.detail["messages"] == ",".join(str(message.id) for message in scene.messages)
    assert [post.remote_id for post in scene.network.pretend.published("teashop")] == [published.remote_id]
    await scene.delete(published)
    assert scene.messages == []


async def test_an_answer_hangs_on_the_first_of_an_album(scene: Scene) -> None:
    first = await scene.post(draft("三種茶", medium(), medium()))
    await scene.post(draft("menu: https://tea.example", reply_to=first))
    assert str(scene.messages[-1].reply_to) == first.remote_id


async def test_an_answer_to_what_is_gone_is_refused(scene: Scene) -> None:
    first = await scene.post(draft("Tea"))
    await scene.delete(first)
    with pytest.raises(Refused) as caught:
        await scene.post(draft("And cake", reply_to=first))
    assert "Publish it as a post of its own." in str(caught.value)


async def test_an_answer_has_neither_button_nor_poll(scene: Scene) -> None:
    options = {"button": "Menu", "address": "https://tea.example", "poll": "tea / coffee"}
    first = await scene.post(replace(draft("Which?"), options=options))
    await scene.post(replace(draft("menu: https://tea.example", reply_to=first), options=options))
    assert [(bool(each.buttons), bool(each.poll), each.text) for each in scene.messages] == [
        (True, True, ""),
        (False, False, "menu: https://tea.example"),
    ]


async def test_a_poll_asks_its_question_or_the_text(scene: Scene) -> None:
    await scene.post(draft("Which? ", poll="tea／豆漿"))
    await scene.post(
        draft("It rains.", poll="a / b", question="Which?", poll_votes="several", poll_time="72")
    )
    (first, one), (second, other) = ((each.text, each.poll) for each in scene.messages)
    assert one is not None
    assert other is not None
    assert (first, one.question, one.answers, one.several, one.period) == (
        "",
        "Which?",
        ("tea", "豆漿"),
        False,
        0,
    )
    assert (second, other.question, other.several, other.period) == ("It rains.", "Which?", True, 259_200)


async def test_a_poll_that_telegram_does_not_take_is_said_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Which?", poll=f"tea / {'c' * 101}"))
    assert caught.value.field == "poll"


async def test_a_video_goes_along_with_its_size(scene: Scene) -> None:
    film = replace(medium(b"not really a film", "video/mp4", size=(720, 1280)), seconds=3.6)
    await scene.post(draft("茶園", film))
    await scene.post(draft("茶園", film, medium()))
    kinds = [
        (each.upload.kind, each.upload.width, each.upload.height, each.upload.seconds)
        for each in scene.messages
        if each.upload
    ]
    assert kinds == [("video", 720, 1280, 4), ("video", 720, 1280, 4), ("photo", 40, 30, 0)]


async def test_a_moving_picture_moves_where_it_is_alone(scene: Scene) -> None:
    moving = medium(encoded(Image.new("P", (20, 20)), "GIF"), "image/gif", size=(20, 20))
    await scene.post(draft("Tea", moving))
    uploads = [(each.upload.kind, each.upload.content_type) for each in scene.messages if each.upload]
    assert uploads == [("animation", "image/gif")]
    alone, album = shapes(draft("Tea", moving), LIMITS), shapes(draft("Tea", moving, medium()), LIMITS)
    assert [GIF in shape.types for shape in (*alone, *album)] == [True, False, False]


def test_a_picture_is_as_large_as_telegram_takes_it() -> None:
    """Width and height together 10,000, the longer side at most 20 times the shorter."""
    (shape,) = shapes(draft("Tea", medium()), LIMITS)
    assert isinstance(shape, PictureShape)
    assert (shape.side, shape.narrowest, shape.widest, shape.bytes) == (5_000, 1 / 20, 20, 10_000_000)


async def test_a_picture_that_is_a_stripe_is_refused_by_the_network(scene: Scene) -> None:
    stripe = medium(encoded(Image.new("RGB", (2_100, 100))), size=(2_100, 100))
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Tea", stripe))
    assert caught.value.field == "media"


@pytest.mark.parametrize(
    ("post", "fields"),
    [
        (draft("茶" * 1_024, medium()), []),
        (draft("🍵" * 513, medium()), ["text"]),
        (draft("🍵" * 513), []),
        (draft("Tea", button="Order", address="https://tea.example"), []),
        (draft("Tea", button="Order"), ["address"]),
        (draft("Tea", button="Order", address="tea.example"), ["address"]),
        (draft("Tea", button="Order", address="https://[tea"), ["address"]),
        (draft("Tea", address="https://tea.example"), ["button"]),
        (draft("茶" * 300, poll="a / b"), []),
        (draft("茶" * 301, poll="a / b"), ["text"]),
        (draft("茶" * 301, poll="a / b", question="Which?"), []),
        (draft("茶" * 1_025, poll="a / b", question="Which?"), ["text"]),
        (draft("Tea", poll="a / b", question="?" * 301), ["question"]),
        (draft("Tea", question="Which?"), ["poll"]),
        (draft("Tea", poll="a / b", poll_time="for ever"), []),
        (draft("Tea", poll="tea"), ["poll"]),
        (draft("Tea", poll="/".join("abcdefghijklm")), ["poll"]),
        (draft("Tea", poll=f"tea / {'c' * 101}"), ["poll"]),
        (draft("Tea", medium(), poll="a / b"), ["poll"]),
        (draft("Tea", medium(), medium(), button="Order", address="https://tea.example"), ["button"]),
    ],
)
def test_what_telegram_would_refuse_is_said_while_she_writes(post: Draft, fields: list[str]) -> None:
    assert [field for field, _ in problems(post)] == fields


def test_a_video_has_at_most_fifty_megabytes() -> None:
    film = medium(b"film", "video/mp4")
    (shape,) = shapes(draft("Tea", film), LIMITS)
    assert (shape.bytes, shape.types) == (50_000_000, ("video/mp4",))


async def test_a_button_that_leads_nowhere_is_refused_by_the_network(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Tea", button="Order", address="nowhere"))
    assert (caught.value.field, caught.value.code) == ("address", "400")


async def test_a_post_of_nothing_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.post(draft("  "))
    assert caught.value.field == "text"


@pytest.mark.parametrize(
    ("status", "may_post", "told"),
    [
        ("kicked", True, "was taken out"),
        ("left", True, "was taken out"),
        ("administrator", False, "may not post"),
    ],
)
async def test_a_bot_that_lost_its_place_publishes_nothing(
    scene: Scene, status: str, may_post: bool, told: str
) -> None:
    scene.channel.status, scene.channel.may_post = status, may_post
    with pytest.raises(SignInAgain) as caught:
        await scene.post(draft("Tea"))
    assert told in str(caught.value)
    assert scene.messages == []


async def test_a_channel_that_was_closed_must_be_connected_anew(scene: Scene) -> None:
    del scene.world.channels[scene.channel.id]
    scene.world.open("bakery").robot.token = scene.shop.secrets["token"]
    with pytest.raises(SignInAgain) as caught:
        await scene.post(draft("Tea"))
    assert "Telegram knows no such channel" in str(caught.value)


async def test_a_group_that_was_moved_must_be_connected_anew(scene: Scene) -> None:
    scene.channel.moved_to = -1009
    with pytest.raises(SignInAgain) as caught:
        await scene.post(draft("Tea"))
    assert "has another number now" in str(caught.value)


async def test_telegram_says_how_long_to_wait(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.limited))
    before = datetime.now(UTC)
    with pytest.raises(Later) as caught:
        await scene.post(draft("Tea"))
    assert caught.value.at is not None
    assert before + timedelta(seconds=3) <= caught.value.at <= datetime.now(UTC) + timedelta(seconds=3)


@pytest.mark.parametrize("seconds", [-5, 0, 10**12, 10**30])
def test_no_wait_is_in_the_past_or_beyond_all_time(seconds: int) -> None:
    asked = {"ok": False, "error_code": 429, "parameters": {"retry_after": seconds}}
    answer = Answer(429, {}, json.dumps(asked).encode())
    error, told = explain(answer), list(BUDGETS.read(Heard("POST", "/***/sendMessage", answer)))
    assert isinstance(error, Later)
    assert (error.at is not None) == (len(told) == 1) == (seconds > 0)


async def test_after_two_days_the_owner_must_delete_it_herself(scene: Scene) -> None:
    published = await scene.post(draft("Tea"))
    scene.world.ahead = timedelta(hours=48, minutes=1)
    with pytest.raises(Refused) as caught:
        await scene.delete(published)
    assert "Delete this one in the Telegram app." in str(caught.value)
    assert len(scene.messages) == 1


async def test_what_is_half_deleted_is_deleted_to_the_end(scene: Scene) -> None:
    published = await scene.post(draft("Tea", medium(), medium()))
    scene.network.faults.add(Fault(kind=Kind.reset_after, call="deleteMessage"))
    with pytest.raises(Later):
        await scene.delete(published)
    assert len(scene.messages) == 1
    await scene.delete(published)
    assert scene.messages == []


def said(status: int, description: str) -> NetworkError | None:
    body = {"ok": False, "error_code": status, "description": description}
    return explain(Answer(status, {}, json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("status", "description", "kind", "field"),
    [
        (400, "Bad Request: message caption is too long", Refused, "text"),
        (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", Refused, "media"),
        (413, "Request Entity Too Large", Refused, "media"),
        (400, "Bad Request: something nobody has seen", Refused, ""),
        (400, "Bad Request: not enough rights to send photos to the chat", SignInAgain, ""),
        (404, "Not Found", SignInAgain, ""),
        (429, "Too Many Requests", Later, ""),
    ],
)
def test_telegrams_words_are_a_hint(
    status: int, description: str, kind: type[NetworkError], field: str
) -> None:
    error = said(status, description)
    assert error is not None
    assert type(error) is kind
    assert getattr(error, "field", "") == field
    assert error.code == str(status)


def test_what_nobody_has_seen_is_shown_as_telegram_said_it() -> None:
    assert "“Bad Request: something”" in str(said(400, "Bad Request: something"))


def test_faults_and_the_gates_in_front_have_the_rules_of_all_networks() -> None:
    assert explain(Answer(502, {}, b"<h1>Bad Gateway</h1>")) is None
    assert explain(Answer(429, {"Retry-After": "3"}, b"<h1>Slow down</h1>")) is None
    assert said(500, "Internal Server Error") is None


async def test_an_answer_that_cannot_be_read_is_unknown(scene: Scene) -> None:
    async with gate() as server:
        astray = replace(scene, shop=replace(scene.shop, server=server))
        with pytest.raises(OutcomeUnknown) as caught:
            await astray.post(draft("Tea"))
    assert "did not say whether it took the post" in str(caught.value)
