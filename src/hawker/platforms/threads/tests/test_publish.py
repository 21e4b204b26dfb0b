"""What is published at Threads, and as what."""

from datetime import timedelta

import pytest

from hawker.connect.errors import Later, Refused
from hawker.connect.meta_containers import WHOLE, Kept
from hawker.connect.values import Media, Published
from hawker.platforms.threads import PLATFORM
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, medium, picture
from hawker.sandbox.tests.scene import problems

DAY = timedelta(hours=24)


async def test_words_become_a_post_with_an_address(scene: Scene) -> None:
    published = await scene.post(draft("Fresh bao at six."))
    (post,) = scene.posts
    assert (post.id, post.kind, post.text) == (published.remote_id, "TEXT_POST", "Fresh bao at six.")
    assert published.url == scene.world.address_of(post)


async def test_pictures_and_videos_become_a_carousel_in_their_order(scene: Scene, film: Media) -> None:
    await scene.post(draft("Bao", picture("One"), film, picture("Two", colour="blue")))
    (post,) = scene.posts
    assert post.kind == "CAROUSEL_ALBUM"
    assert [(each.content_type, each.alt) for each in post.media] == [
        ("image/png", "One"),
        ("video/mp4", "Steam rises"),
        ("image/png", "Two"),
    ]


async def test_a_video_alone_is_waited_for(scene: Scene, film: Media) -> None:
    scene.behave(works=3)
    await scene.post(draft("Steam", film))
    assert [(post.kind, post.media[0].alt) for post in scene.posts] == [("VIDEO", "Steam rises")]


async def test_a_video_that_takes_long_is_asked_about_later(scene: Scene, film: Media) -> None:
    scene.behave(works=20)
    post, done = draft("Steam", film), dict[str, str]()
    with pytest.raises(Later):
        await scene.prepare_into(scene.public(post), done)
    scene.world.containers[Kept.read(done[WHOLE]).id].looks = 0  # type: ignore[union-attr]
    assert await scene.prepare(post, done) == {}
    await scene.send(post, done)
    assert len(scene.posts) == 1


async def test_every_option_stands_in_the_post(scene: Scene) -> None:
    quoted = await scene.post(draft("Tea at eight."))
    options = {
        "reply_control": "followers_only",
        "topic": "#breakfast",
        "poll": "tea / coffee／milk",
        "spoiler": "all",
        "quote": quoted.remote_id,
    }
    await scene.post(draft("Which?", reply_to=None, **options))
    post = scene.posts[-1]
    assert (post.audience, post.topic, post.quoted) == ("followers_only", "breakfast", quoted.remote_id)
    assert dict(post.poll) == {"option_a": "tea", "option_b": "coffee", "option_c": "milk"}
    assert (post.hides_text, post.hides_media) == (True, False)


async def test_pictures_hide_behind_a_spoiler(scene: Scene) -> None:
    await scene.post(draft("Look", picture(), spoiler="media"))
    assert (scene.posts[0].hides_text, scene.posts[0].hides_media) == (False, True)


async def test_a_link_becomes_a_card(scene: Scene) -> None:
    await scene.post(draft("Menu", link="https://tea.example/menu"))
    assert scene.posts[0].link == "https://tea.example/menu"


async def test_what_is_said_of_a_thread_stands_in_its_first_post_only(scene: Scene) -> None:
    first = await scene.post(draft("One", topic="tea", poll="a / b"))
    await scene.post(draft("Two", reply_to=first, topic="tea", poll="a / b"))
    assert [(post.topic, bool(post.poll), post.parent) for post in scene.posts] == [
        ("tea", True, ""),
        ("", False, first.remote_id),
    ]


async def test_a_post_is_quoted_by_its_address(scene: Scene) -> None:
    quoted = await scene.post(draft("Tea at eight."))
    await scene.post(draft("As I said.", quote=quoted.url))
    assert scene.posts[-1].quoted == quoted.remote_id


async def test_a_post_of_somebody_else_is_quoted_by_its_address(scene: Scene) -> None:
    other = scene.other("bakery")
    theirs = await other.post(draft("Bread!"))
    await scene.post(draft("Indeed.", quote=theirs.url))
    assert scene.posts[-1].quoted == theirs.remote_id


@pytest.mark.parametrize(
    "typed", ["https://www.threads.net/@shop/post/DCkkKl", "https://t.example/@no/post/a"]
)
async def test_a_post_that_is_listed_nowhere_cannot_be_quoted(scene: Scene, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("As I said.", quote=typed))
    assert caught.value.field == "quote"


async def test_a_reply_waits_until_the_post_that_it_answers_is_seen(scene: Scene) -> None:
    scene.behave(unseen=2)
    first = await scene.post(draft("One"))
    await scene.post(draft("Two", reply_to=first))
    assert [post.parent for post in scene.posts] == ["", first.remote_id]


async def test_a_reply_to_what_is_not_seen_for_long_is_tried_later(scene: Scene) -> None:
    first = await scene.post(draft("One"))
    scene.posts[0].looks = 50
    with pytest.raises(Later):
        await scene.prepare(draft("Two", reply_to=first))


async def test_a_reply_to_what_was_deleted_long_ago_is_refused(scene: Scene) -> None:
    gone = Published(remote_id="1", url="", detail={"at": "1700000000"})
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("Two", reply_to=gone))
    assert caught.value.field == "reply_to"


async def test_a_container_that_is_not_seen_at_first_is_looked_at_again(scene: Scene) -> None:
    scene.behave(unseen=1)
    published = await scene.post(draft("One"))
    assert [post.id for post in scene.posts] == [published.remote_id]


async def test_an_expired_container_is_made_anew(scene: Scene) -> None:
    post = draft("Bao", picture())
    done = await scene.prepare(post)
    old = Kept.read(done[WHOLE])
    assert old
    scene.world.containers[old.id].created_at = scene.world.now() - DAY
    again = await scene.prepare(post, done)
    assert set(again) == {WHOLE}
    await scene.send(post, {**done, **again})
    assert len(scene.posts) == 1


async def test_a_container_that_expires_before_it_is_sent_is_prepared_again(scene: Scene) -> None:
    post = draft("Bao")
    done = await scene.prepare(post)
    for container in scene.world.containers.values():
        container.created_at = scene.world.now() - DAY
    with pytest.raises(Later) as caught:
        await scene.send(post, done)
    assert caught.value.code == "24/4279009"
    assert scene.posts == []


async def test_nothing_is_sent_that_was_not_prepared(scene: Scene) -> None:
    with pytest.raises(Later):
        await scene.send(draft("Bao"))


async def test_a_changed_text_makes_a_container_of_its_own(scene: Scene) -> None:
    done = await scene.prepare(draft("Bao"))
    assert set(await scene.prepare(draft("Buns"), done)) == {WHOLE}


async def test_an_address_that_fails_to_come_is_no_loss(scene: Scene) -> None:
    post = draft("Bao")
    done = await scene.prepare(post)
    scene.network.faults.add(Fault(kind=Kind.error_before, call=r"/v1\.0/\d+$", times=5))
    published = await scene.send(post, done)
    assert (published.url, published.detail) == (scene.shop.url, {})


@pytest.mark.parametrize(
    ("text", "options", "field"),
    [
        ("", {}, "text"),
        (" ".join(f"https://tea.example/{n}" for n in range(6)), {}, "text"),
        (" ".join(f"https://tea.example/{n}" for n in range(5)), {"link": "https://other.example/"}, "text"),
        ("Bao", {"reply_control": "nobody"}, "reply_control"),
        ("Bao", {"spoiler": "half"}, "spoiler"),
        ("Bao", {"topic": "tea.time"}, "topic"),
        ("Bao", {"topic": "t" * 51}, "topic"),
        ("Bao", {"link": "tea.example"}, "link"),
        ("Bao", {"link": "https://tea.example/", "poll": "a / b"}, "link"),
        ("Bao", {"poll": "tea"}, "poll"),
        ("Bao", {"poll": "a / b / c / d / e"}, "poll"),
        ("Bao", {"poll": f"tea / {'c' * 26}"}, "poll"),
        ("Bao", {"quote": "that one"}, "quote"),
    ],
)
async def test_what_will_be_refused_is_said_at_its_field(
    scene: Scene, text: str, options: dict[str, str], field: str
) -> None:
    post = draft(text, reply_to=None, **options)
    assert [name for name, _ in problems(PLATFORM, post)] == [field]
    with pytest.raises(Refused) as caught:
        await scene.prepare(post)
    assert caught.value.field == field


@pytest.mark.parametrize(("name", "value"), [("poll", "a / b"), ("link", "https://tea.example/")])
def test_polls_and_cards_go_without_pictures(name: str, value: str) -> None:
    assert [
        field for field, _ in problems(PLATFORM, draft("Bao", picture(), reply_to=None, **{name: value}))
    ] == [name]


async def test_more_than_twenty_are_refused_before_any_is_uploaded(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("Bao", *(picture() for _ in range(21))))
    assert caught.value.field == "media"
    assert scene.world.containers == {}


async def test_what_is_no_picture_is_refused_at_the_media(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("Bao", medium(b"a bakery", "image/png")))
    assert (caught.value.field, caught.value.code) == ("media", "9004/2207052")
