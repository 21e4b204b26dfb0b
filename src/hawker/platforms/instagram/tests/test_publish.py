"""Publishing: what each kind of post becomes there, and what is refused before."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Later, OutcomeUnknown, Refused
from hawker.connect.shapes import PictureShape, VideoShape
from hawker.connect.values import Account
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.kinds import shapes
from hawker.platforms.instagram.tests.scene import Scene
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import TEXT, draft, medium
from hawker.sandbox.tests.scene import problems


async def test_a_picture_is_published_with_its_alternative_text(scene: Scene) -> None:
    published = await scene.post(draft(TEXT, scene.picture("Steam over bao")))
    (post,) = scene.posts
    assert (post.id, post.kind, post.text) == (published.remote_id, "FEED", TEXT)
    assert [file.alt for file in post.files] == ["Steam over bao"]
    assert published.url == f"{scene.world.site}/p/{post.shortcode}/"


async def test_pictures_and_a_video_become_one_carousel(scene: Scene) -> None:
    await scene.post(draft(TEXT, scene.picture("One"), scene.video(), scene.picture("Two")))
    (post,) = scene.posts
    assert post.media_type == "CAROUSEL_ALBUM"
    assert [(file.alt, file.is_video) for file in post.files] == [("One", False), ("", True), ("Two", False)]


async def test_a_reel_has_its_cover_and_can_stay_out_of_the_feed(scene: Scene) -> None:
    video, cover = scene.video(), scene.picture()
    await scene.post(draft(TEXT, video, cover, kind="reel", share_to_feed="no"))
    (post,) = scene.posts
    assert (post.kind, post.in_feed, post.files[0].content) == ("REELS", False, video.read())
    assert post.cover == cover.read()


async def test_one_video_alone_is_a_reel_that_its_partners_share(scene: Scene) -> None:
    await scene.post(draft(TEXT, scene.video(), collaborators="@bean, leaf.tea", thumb_offset="2.5"))
    (post,) = scene.posts
    assert (post.kind, post.in_feed, post.partners) == ("REELS", True, ("bean", "leaf.tea"))


async def test_stories_are_pictures_or_videos_without_text(scene: Scene) -> None:
    first = await scene.post(draft("", scene.picture(), kind="story"))
    await scene.post(draft("", scene.video(), kind="story"))
    assert [(post.kind, post.media_type, post.text) for post in scene.posts] == [
        ("STORY", "IMAGE", ""),
        ("STORY", "VIDEO", ""),
    ]
    assert first.url == f"{scene.world.site}/stories/shop/{first.remote_id}"


async def test_a_comment_stands_below_its_post(scene: Scene) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    comment = await scene.post(draft("And tea.", reply_to=first))
    assert (scene.posts[1].id, scene.posts[1].parent) == (comment.remote_id, first.remote_id)
    assert comment.url == first.url


async def test_a_comment_on_a_post_that_is_gone_says_so(scene: Scene) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    await scene.delete(first)
    with pytest.raises(Refused) as caught:
        await scene.post(draft("And tea.", reply_to=first))
    assert caught.value.field == "reply_to"


async def test_without_a_public_address_videos_go_out_and_pictures_do_not(scene: Scene) -> None:
    await scene.post(draft(TEXT, scene.video(public=False)))
    await scene.post(draft("", scene.video(public=False), kind="story"))
    await scene.post(draft(TEXT, scene.video(public=False), scene.video(5, public=False)))
    assert [post.kind for post in scene.posts] == ["REELS", "STORY", "FEED"]
    with pytest.raises(Refused) as caught:
        await scene.post(draft(TEXT, scene.picture(public=False)))
    assert caught.value.code == "private"


@pytest.mark.parametrize("taken", [True, False])
async def test_a_videos_bytes_are_uploaded_where_instagram_takes_them(scene: Scene, taken: bool) -> None:
    scene.behave(bytes=taken)
    video = scene.video()
    await scene.post(draft(TEXT, video))
    assert scene.was_fetched(video) is not taken
    assert scene.posts[0].files[0].content == video.read()


@pytest.mark.parametrize("taken", [True, False])
async def test_the_login_at_instagram_has_videos_fetched(
    scene: Scene, own_shop: Account, taken: bool
) -> None:
    scene.behave(own_bytes=taken)
    own, video = scene.at(own_shop), scene.video()
    await own.post(draft(TEXT, video))
    assert scene.was_fetched(video)
    private = draft(TEXT, scene.video(5, public=False))
    if taken:
        await own.post(private)
    else:
        with pytest.raises(Refused, match="public address only"):
            await own.post(private)
    assert len(scene.posts) == 1 + taken


@pytest.mark.parametrize("tells", [True, False])
async def test_a_broken_upload_goes_on_with_the_same_container(scene: Scene, tells: bool) -> None:
    scene.behave(tells_bytes=tells)
    video, done = scene.video(), dict[str, str]()
    post, whole = draft(TEXT, video), video.size
    async for step in scene.publishes.prepare(scene.http, scene.shop, post, {}):
        done[step.name] = step.value
        break
    (session,) = scene.pretend.uploads.sessions.values()
    session.content, session.total = bytearray(video.read()[: whole // 2]), whole
    await scene.prepare_into(post, done)
    await scene.send(post, done)
    assert len(scene.containers) == 1
    assert scene.posts[0].files[0].content == video.read()


async def test_where_no_address_is_named_the_usual_one_is_taken(scene: Scene) -> None:
    scene.behave(names_uri=False)
    video = scene.video()
    await scene.post(draft(TEXT, video))
    assert scene.posts[0].files[0].content == video.read()
    assert not scene.was_fetched(video)


async def test_an_upload_that_may_not_go_on_begins_anew(scene: Scene) -> None:
    video, done = scene.video(), dict[str, str]()
    post = draft(TEXT, video)
    scene.break_once(Kind.reset_before, "/rupload/")
    with pytest.raises(Later):
        await scene.prepare_into(post, done)
    scene.behave(claims_bytes=100)
    await scene.prepare_into(post, done)
    await scene.send(post, done)
    assert scene.posts[0].files[0].content == video.read()


async def test_the_limit_of_a_day_is_read_before_anything_is_uploaded(scene: Scene) -> None:
    scene.pretend.leave("shop", "posts", 0, seconds=60)
    with pytest.raises(Later, match="24 hours"):
        await scene.prepare(draft(TEXT, scene.picture()))
    assert scene.containers == []


async def test_a_limit_that_is_reached_meanwhile_publishes_nothing(scene: Scene) -> None:
    post = draft(TEXT, scene.picture())
    done = await scene.prepare(post)
    scene.pretend.leave("shop", "posts", 0, seconds=60)
    with pytest.raises(Later) as caught:
        await scene.send(post, done)
    assert caught.value.code == "9/2207042"
    assert scene.posts == []


async def test_a_limit_that_cannot_be_read_keeps_nobody_from_publishing(scene: Scene) -> None:
    scene.behave(tells_quota=False)
    await scene.post(draft(TEXT, scene.picture()))
    assert len(scene.posts) == 1


async def test_a_post_whose_address_is_not_told_is_published_all_the_same(scene: Scene) -> None:
    post = draft(TEXT, scene.picture())
    done = await scene.prepare(post)
    scene.break_once(Kind.error_before, r"/\d+$")
    published = await scene.send(post, done)
    assert published.url == scene.shop.url
    assert published.remote_id == scene.posts[0].id


async def test_a_second_call_for_the_same_container_publishes_nothing(scene: Scene) -> None:
    """The first was heard, though nobody knew: it is looked for."""
    post = draft(TEXT, scene.picture())
    done = await scene.prepare(post)
    await scene.send(post, done)
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)
    assert len(scene.posts) == 1


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"kind": "poem"}, "kind"),
        ({"kind": "reel"}, "media"),
        ({"collaborators": "a b c d"}, "collaborators"),
        ({"collaborators": "my friend!"}, "collaborators"),
    ],
)
def test_what_cannot_be_published_is_told_beforehand(options: dict[str, str], field: str) -> None:
    two = (medium(content_type="image/jpeg"), medium(content_type="image/jpeg"))
    post = replace(draft(TEXT, *two), options=options)
    assert [told for told, _ in problems(PLATFORM, post)] == [field]


def test_words_alone_hashtags_and_mentions_are_told_beforehand() -> None:
    assert problems(PLATFORM, draft(TEXT))[0][0] == "media"
    one = medium(content_type="image/jpeg")
    tags, names = " ".join(f"#包{n}" for n in range(31)), " ".join(f"@bao{n}" for n in range(21))
    assert [field for field, _ in problems(PLATFORM, draft(tags, one))] == ["text"]
    assert [field for field, _ in problems(PLATFORM, draft(names, one))] == ["text"]
    assert problems(PLATFORM, draft(tags.replace("#包30", ""), one)) == []


def test_covers_and_comments_are_checked_beforehand(scene: Scene) -> None:
    video = scene.video()
    assert problems(PLATFORM, draft(TEXT, video, thumb_offset="soon"))[0][0] == "thumb_offset"
    assert problems(PLATFORM, draft(TEXT, video, thumb_offset="9"))[0][0] == "thumb_offset"
    story = draft(TEXT, video, video, kind="story", collaborators="bean")
    assert [field for field, _ in problems(PLATFORM, story)] == ["media", "text", "collaborators"]
    assert problems(PLATFORM, draft(TEXT, video, thumb_offset="2")) == []


async def test_comments_take_words_and_no_story(scene: Scene) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    for wrong in (
        draft("", reply_to=first),
        draft("Tea", scene.picture(), reply_to=first),
        draft("Tea", reply_to=first, kind="story"),
    ):
        with pytest.raises(Refused):
            await scene.prepare(wrong)


def test_pictures_of_a_carousel_get_the_ratio_of_the_first(scene: Scene) -> None:
    whole = draft(TEXT, scene.picture(), scene.picture(), scene.video())
    first, second, film = shapes(whole, PLATFORM.limits)
    assert isinstance(second, PictureShape)
    assert isinstance(film, VideoShape)
    assert second.narrowest is not None
    assert second.widest is not None
    assert second.narrowest < 40 / 30 < second.widest < second.narrowest * 1.03
    assert (film.narrowest, film.widest) == (second.narrowest, second.widest)
    assert first == second


def test_one_picture_may_have_any_ratio_of_the_feed_and_stories_any_at_all(scene: Scene) -> None:
    (single,) = shapes(draft(TEXT, scene.picture()), PLATFORM.limits)
    (story,) = shapes(draft(TEXT, scene.picture(), kind="story"), PLATFORM.limits)
    (film,) = shapes(draft(TEXT, scene.video(), kind="story"), PLATFORM.limits)
    assert isinstance(single, PictureShape)
    assert (single.types, single.narrowest, single.widest) == (("image/jpeg",), 0.8, 1.91)
    assert isinstance(story, PictureShape)
    assert story.narrowest is None
    assert isinstance(film, VideoShape)
    assert (film.shortest, film.longest) == (3, 60)
