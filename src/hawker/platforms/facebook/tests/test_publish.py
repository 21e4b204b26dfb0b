"""Posts, links, pictures and comments on a page."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Refused
from hawker.connect.shapes import PictureShape, VideoShape
from hawker.connect.values import Draft
from hawker.platforms.facebook import PLATFORM
from hawker.platforms.facebook.tests.scene import Scene, film
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, medium, picture
from hawker.sandbox.tests.scene import problems
from tests.conformance.pages import visit

UPLOADS = r"/photos$"


def shown(scene: Scene) -> list[tuple[str, tuple[str, ...]]]:
    return [(seen.text, seen.alts) for seen in scene.pretend.published("shop")]


async def test_pictures_go_first_and_the_post_last(scene: Scene) -> None:
    post = draft("包子出爐了！", picture("Steam"), picture("A tray", colour="blue"))
    done = await scene.prepare(post)
    assert scene.pretend.published("shop") == ()
    published = await scene.send(post, done)
    assert shown(scene) == [("包子出爐了！", ("Steam", "A tray"))]
    page = await visit(published.url)
    assert "包子出爐了！" in page.text
    assert page.alts == ["Steam", "A tray"]


async def test_a_link_is_shown_as_a_card(scene: Scene) -> None:
    published = await scene.post(draft("Our menu", link="https://tea.example/menu?a=1"))
    (post,) = scene.world.posts.values()
    assert (post.text, post.link) == ("Our menu", "https://tea.example/menu?a=1")
    assert "https://tea.example/menu?a=1" in (await visit(published.url)).text


async def test_a_link_needs_no_words(scene: Scene) -> None:
    await scene.post(draft("", link="https://tea.example/"))
    assert shown(scene) == [("", ())]


async def test_an_upload_that_broke_off_is_not_done_again(scene: Scene) -> None:
    post = draft("Two", picture(), picture(colour="blue"))
    done = {key: value for key, value in (await scene.prepare(post)).items() if key != post.media[1].id}
    before = len(scene.world.media)
    rest = await scene.prepare(post, done)
    assert (list(rest), len(scene.world.media)) == ([post.media[1].id], before + 1)


async def test_a_picture_that_lay_too_long_is_uploaded_again(scene: Scene) -> None:
    post = draft("One", picture())
    done = await scene.prepare(post)
    number = done[post.media[0].id].split()[0]
    again = await scene.prepare(post, {**done, post.media[0].id: f"{number} 1000000000"})
    assert again[post.media[0].id].split()[0] != number


async def test_a_comment_follows_a_post(scene: Scene) -> None:
    first = await scene.post(draft("Bao"))
    comment = await scene.post(draft("And tea.", picture("A pot"), reply_to=first))
    seen = scene.pretend.published("shop")
    assert [(each.remote_id, each.reply_to) for each in seen] == [
        (first.remote_id, ""),
        (comment.remote_id, first.remote_id),
    ]
    assert "And tea." in (await visit(comment.url)).text


async def test_a_comment_on_a_post_that_is_gone_is_refused(scene: Scene) -> None:
    first = await scene.post(draft("Bao"))
    reply = draft("And tea.", reply_to=first)
    done = await scene.prepare(reply)
    await scene.delete(first)
    with pytest.raises(Refused) as caught:
        await scene.send(reply, done)
    assert caught.value.field == "reply_to"


async def test_posts_and_comments_can_be_deleted_twice(scene: Scene) -> None:
    first = await scene.post(draft("Bao"))
    comment = await scene.post(draft("And tea.", reply_to=first))
    for published in (comment, comment, first, first):
        await scene.delete(published)
    assert scene.pretend.published("shop") == ()


async def test_the_same_words_twice_are_explained(scene: Scene) -> None:
    await scene.post(draft("Bao"))
    with pytest.raises(Refused, match="same words") as caught:
        await scene.post(draft("Bao"))
    assert (caught.value.code, caught.value.field) == ("506", "text")


async def test_a_file_that_is_no_picture_is_refused_at_the_media(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Bao", medium(b"no picture at all")))
    assert (caught.value.code, caught.value.field) == ("100/1366046", "media")


async def test_a_draft_whose_kind_was_changed_is_refused_before_anything_is_sent(scene: Scene) -> None:
    with pytest.raises(Refused, match="A reel is one video"):
        await scene.prepare(draft("Bao", kind="reel"))
    with pytest.raises(Refused, match="at most ten"):
        await scene.prepare(draft("Bao", *(picture() for _ in range(11))))
    assert scene.world.media == {}


async def test_one_call_too_many_says_when_to_come_back(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.limited, call=UPLOADS))
    with pytest.raises(Exception, match="asks to wait") as caught:
        await scene.post(draft("Bao", picture()))
    assert getattr(caught.value, "at", None) is not None


@pytest.mark.parametrize(
    ("post", "field"),
    [
        (draft(""), "text"),
        (draft("Bao", film(), film()), "media"),
        (draft("Bao", film(), picture(), picture()), "media"),
        (draft("Bao", kind="poster"), "kind"),
        (draft("Bao", kind="reel"), "media"),
        (draft("Bao", replace(film(), width=320, height=568), kind="reel"), "media"),
        (draft("", kind="story"), "media"),
        (draft("", picture(), picture(), kind="story"), "media"),
        (draft("Bao", picture(), kind="story"), "text"),
        (draft("Bao", link="tea"), "link"),
        (draft("Bao", picture(), link="https://tea.example/"), "link"),
    ],
    ids=str,
)
def test_what_facebook_will_refuse_is_told_before(post: Draft, field: str) -> None:
    assert [found for found, _ in problems(PLATFORM, post)] == [field]


@pytest.mark.parametrize(
    "post",
    [
        draft("Bao", film(), picture()),
        draft("Bao", film(), kind="reel"),
        draft("Bao", film(), picture(), kind="reel"),
        draft("", picture(), kind="story"),
        draft("", film(), kind="story"),
    ],
    ids=str,
)
def test_what_facebook_takes_is_no_problem(post: Draft) -> None:
    assert problems(PLATFORM, post) == []


async def test_comments_know_their_own_problems(scene: Scene) -> None:
    first = await scene.post(draft("Bao"))
    assert [field for field, _ in problems(PLATFORM, draft("", reply_to=first))] == ["text"]
    assert [field for field, _ in problems(PLATFORM, draft("Tea", film(), reply_to=first))] == ["media"]
    assert [field for field, _ in problems(PLATFORM, draft("Tea", kind="story", reply_to=first))] == ["text"]


def test_each_kind_has_its_shapes() -> None:
    limits = PLATFORM.limits
    post, reel = draft("Bao", film(), picture()), draft("Bao", film(), kind="reel")
    video, cover = PLATFORM.shapes(post, limits)
    assert isinstance(video, VideoShape)
    assert isinstance(cover, PictureShape)
    assert (video.longest, video.narrowest, cover.bytes) == (limits.video_seconds, None, limits.image_bytes)
    (upright,) = PLATFORM.shapes(reel, limits)
    assert isinstance(upright, VideoShape)
    assert (upright.shortest, upright.longest, upright.narrowest, upright.widest) == (3, 90, 9 / 16, 9 / 16)
    (story,) = PLATFORM.shapes(replace(reel, options={"kind": "story"}), limits)
    assert isinstance(story, VideoShape)
    assert (story.shortest, story.longest) == (0, 60)
