"""What goes out to friends, and what is refused before it does."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Later, OutcomeUnknown, Refused
from hawker.connect.shapes import PictureShape, VideoShape
from hawker.connect.values import Published
from hawker.platforms.line import PLATFORM
from hawker.platforms.line.tests.scene import Scene, card, problems
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft


async def test_a_text_goes_to_all_friends(scene: Scene) -> None:
    published = await scene.post(draft("包子出爐了 🥟"))
    (sent,) = scene.sent
    assert (published.remote_id, published.url) == (sent.id, scene.shop.url)
    assert (sent.way, sent.count, sent.silent) == ("broadcast", 120, False)
    assert [(each.kind, each.text) for each in sent.bubbles] == [("text", "包子出爐了 🥟")]
    assert scene.account.used == 120


async def test_emoji_count_twice_as_line_counts(scene: Scene) -> None:
    count = scene.publishes.count
    assert [count(text, {}, scene.shop.limits) for text in ("tea", "包子", "🥟", "👩‍👩‍👧")] == [3, 2, 2, 8]


async def test_pictures_are_fetched_and_each_is_a_message(scene: Scene) -> None:
    first, second = scene.picture(), scene.picture()
    await scene.post(draft("茶", first, second))
    assert [(each.kind, each.url, each.cover) for each in scene.bubbles] == [
        ("text", "", ""),
        ("image", first.address(), first.address()),
        ("image", second.address(), second.address()),
    ]
    assert all(each.url in each.files for each in scene.bubbles[1:])


async def test_the_picture_behind_a_video_is_its_cover(scene: Scene) -> None:
    film, cover, picture = scene.video(), scene.picture(), scene.picture()
    await scene.post(draft("", film, cover, picture))
    assert [(each.kind, each.url, each.cover) for each in scene.bubbles] == [
        ("video", film.address(), cover.address()),
        ("image", picture.address(), picture.address()),
    ]


async def test_a_card_has_a_picture_a_title_a_text_and_a_button(scene: Scene) -> None:
    picture = scene.picture()
    await scene.post(card("阿嬤手作", picture))
    (shown,) = scene.bubbles
    assert (shown.kind, shown.title, shown.text, shown.url) == (
        "card",
        "端午肉粽",
        "阿嬤手作",
        picture.address(),
    )
    assert (shown.button, shown.leads) == ("立即訂購", "https://tea.example/zongzi")


async def test_a_card_may_be_a_title_alone(scene: Scene) -> None:
    await scene.post(draft("", kind="card", title="公休"))
    assert [(each.title, each.text, each.button) for each in scene.bubbles] == [("公休", "", "")]


async def test_a_long_card_goes_out_whole(scene: Scene) -> None:
    await scene.post(card("包" * 5_000))
    assert scene.bubbles[0].text == "包" * 5_000


async def test_friends_need_not_be_notified(scene: Scene) -> None:
    await scene.post(draft("茶", sound="silent"))
    assert scene.sent[0].silent


async def test_some_of_the_friends_are_chosen(scene: Scene) -> None:
    scene.gather(4711, 90)
    await scene.post(draft("茶", group=" 4711 ", gender="female", age_from="20", age_to="35", area="tw_01"))
    await scene.post(draft("茶", most="70"))
    assert [(each.way, each.count, each.phase) for each in scene.sent] == [
        ("narrowcast", 60, "succeeded"),
        ("narrowcast", 70, "succeeded"),
    ]


@pytest.mark.parametrize("slow", [True, False])
async def test_too_small_a_crowd_is_said_as_soon_as_line_says_it(scene: Scene, slow: bool) -> None:
    scene.behave(slow=slow)
    post = draft("茶", most="49")
    if slow:
        await scene.post(post)
        assert scene.sent[0].phase == "waiting"
        return
    with pytest.raises(Refused, match="at least 50") as caught:
        await scene.post(post)
    assert (caught.value.field, caught.value.code) == ("group", "4")
    assert scene.network.pretend.published("teashop") == ()


async def test_a_crowd_that_failed_for_another_reason_is_said_in_lines_words(scene: Scene) -> None:
    post = draft("茶", gender="male")
    done = await scene.prepare(post)
    published = await scene.send(post, done)
    scene.sent[0].phase, scene.sent[0].code = "failed", 1
    with pytest.raises(Refused, match=r"then sent it to nobody.*save it as it is"):
        await scene.send(post, done)
    scene.sent[0].code = 3
    assert await scene.send(post, done) == published


@pytest.mark.parametrize(("count", "status"), [(0, "READY"), (90, "EXPIRED"), (90, "FAILED")])
async def test_an_audience_that_is_of_no_use_is_refused(scene: Scene, count: int, status: str) -> None:
    scene.gather(4711, count, status)
    with pytest.raises(Refused, match="Choose another") as caught:
        await scene.prepare(draft("茶", group="4711"))
    assert caught.value.field == "group"


@pytest.mark.parametrize("status", ["IN_PROGRESS", "ACTIVATING"])
async def test_an_audience_in_the_making_is_waited_for(scene: Scene, status: str) -> None:
    scene.gather(4711, 90, status)
    with pytest.raises(Later, match="still making this audience"):
        await scene.prepare(draft("茶", group="4711"))


async def test_an_unknown_audience_is_refused_before_anything_is_sent(scene: Scene) -> None:
    with pytest.raises(Refused, match="no audience with this ID") as caught:
        await scene.prepare(draft("茶", group="1"))
    assert caught.value.field == "group"


async def test_the_same_post_twice_is_one_message(scene: Scene) -> None:
    post = draft("茶")
    done = await scene.prepare(post)
    first, second = await scene.send(post, done), await scene.send(post, done)
    assert first == second
    assert len(scene.sent) == 1


async def test_a_repetition_that_is_told_by_words_alone_is_adopted_too(scene: Scene) -> None:
    scene.behave(worded=True)
    post = draft("茶")
    done = await scene.prepare(post)
    await scene.send(post, done)
    assert await scene.send(post, done) == Published(remote_id=str(post.key), url=scene.shop.url)


async def test_an_answer_without_an_id_is_known_by_the_key(scene: Scene) -> None:
    scene.behave(headerless=True)
    post = draft("茶")
    assert (await scene.post(post)).remote_id == str(post.key)
    assert len(scene.sent) == 1


async def test_a_page_in_front_of_line_is_no_yes(scene: Scene) -> None:
    post = draft("茶")
    scene.network.faults.add(Fault(kind=Kind.error_after, status=200))
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, await scene.prepare(post))
    assert len(scene.sent) == 1


async def test_line_refuses_what_it_cannot_fetch_safely(scene: Scene) -> None:
    scene.behave(https=True)
    with pytest.raises(Refused, match="must begin with https://") as caught:
        await scene.prepare(draft("茶", scene.picture()))
    assert caught.value.field == "media"


async def test_nothing_is_taken_back(scene: Scene) -> None:
    published = await scene.post(draft("茶"))
    with pytest.raises(Refused, match="lets no program take a message back"):
        await scene.delete(published)


def test_what_cannot_go_out_is_said_while_one_writes(scene: Scene) -> None:
    picture, film = scene.picture(), scene.video()
    found = {
        "empty": draft(" "),
        "many": draft("茶", *[picture] * 5),
        "bare video": draft("茶", film),
        "untitled": draft("茶", kind="card"),
        "moving card": card("茶", film, picture),
        "mute button": card("茶", button=""),
        "long button": card("茶", button="立" * 21),
        "nowhere": card("茶", address="tea.example"),
        "broken": card("茶", address="https://[tea"),
        "no group": draft("茶", group="regulars"),
        "nobody": draft("茶", most="0"),
        "no age": draft("茶", age_from="30", age_to="20"),
        "odd age": draft("茶", age_from="young", age_to="20"),
        "answer": replace(draft("茶"), reply_to=Published(remote_id="1", url="")),
    }
    assert {name: [field for field, _ in problems(post)] for name, post in found.items()} == {
        "empty": ["text"],
        "many": ["media"],
        "bare video": ["media"],
        "untitled": ["title"],
        "moving card": ["media"],
        "mute button": ["button"],
        "long button": ["button"],
        "nowhere": ["address"],
        "broken": ["address"],
        "no group": ["group"],
        "nobody": ["most"],
        "no age": ["age_to"],
        "odd age": [],
        "answer": ["reply_to"],
    }


@pytest.mark.parametrize("address", ["tel:+886212345678", "line://ti/p/@tea", "https://茶.example/"])
def test_a_button_may_call_or_open_line(address: str) -> None:
    assert problems(card("茶", address=address)) == []


def test_five_pictures_without_a_text_are_five_messages(scene: Scene) -> None:
    assert problems(draft("", *[scene.picture()] * 5)) == []


async def test_a_card_that_is_too_heavy_is_refused(scene: Scene) -> None:
    """No text of 5,000 characters comes near it but with a title that is none."""
    heavy = card("茶", title="題" * 12_000)
    assert [field for field, _ in problems(heavy)] == ["text"]


def test_pictures_are_made_small_enough_to_be_their_own_preview(scene: Scene) -> None:
    film, picture = scene.video(), scene.picture()
    plain = PLATFORM.shapes(draft("茶", film, picture), PLATFORM.limits)
    assert isinstance(plain[0], VideoShape)
    assert isinstance(plain[1], PictureShape)
    assert (plain[0].bytes, plain[1].bytes, plain[1].narrowest) == (200_000_000, 1_000_000, None)
    (shape,) = PLATFORM.shapes(card("茶", picture), PLATFORM.limits)
    assert isinstance(shape, PictureShape)
    assert (shape.side, shape.narrowest) == (1_024, 1 / 3)
