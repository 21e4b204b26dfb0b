"""Containers: waited for, made anew where they are dead, and never made twice otherwise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hawker.connect.errors import Later, NetworkError, Refused
from hawker.platforms.instagram.tests.scene import Scene
from hawker.platforms.instagram.wishes import WHOLE
from hawker.sandbox.tests.makers import TEXT, draft, pixels


async def test_a_video_is_waited_for(scene: Scene) -> None:
    scene.behave(works=3)
    await scene.post(draft(TEXT, scene.video()))
    assert scene.posts[0].kind == "REELS"


async def test_a_video_that_takes_long_is_asked_for_later(scene: Scene) -> None:
    scene.behave(works=50)
    post, done = draft(TEXT, scene.video()), dict[str, str]()
    with pytest.raises(Later, match="still working"):
        await scene.prepare_into(post, done)
    scene.containers[0].looks = 0
    await scene.prepare_into(post, done)
    await scene.send(post, done)
    assert len(scene.containers) == 1


async def test_what_expired_is_made_anew(scene: Scene) -> None:
    post = draft(TEXT, scene.picture(), scene.picture())
    done = await scene.prepare(post)
    scene.behave(ahead=timedelta(hours=25))
    assert await scene.state(done) == "EXPIRED"
    anew = await scene.prepare(post, done)
    assert set(anew) == set(done)
    await scene.send(post, {**done, **anew})
    assert len(scene.posts) == 1


async def test_what_expired_meanwhile_is_made_anew_by_the_next_attempt(scene: Scene) -> None:
    post = draft(TEXT, scene.picture())
    done = await scene.prepare(post)
    scene.behave(ahead=timedelta(hours=25))
    with pytest.raises(Later, match="too old"):
        await scene.send(post, done)


async def test_a_container_that_is_gone_is_made_anew(scene: Scene) -> None:
    post = draft(TEXT, scene.picture())
    done = await scene.prepare(post)
    scene.world.containers.clear()
    with pytest.raises(Later, match="too old"):
        await scene.send(post, done)
    assert list(await scene.prepare(post, done)) == [WHOLE]


async def test_a_container_that_is_too_old_is_not_even_asked_for(scene: Scene) -> None:
    post = draft(TEXT, scene.picture())
    done = await scene.prepare(post)
    container, made, *rest = done[WHOLE].split(" ")
    old = {WHOLE: " ".join([container, str(int(made) - 24 * 3600), *rest])}
    assert (await scene.prepare(post, old))[WHOLE] != old[WHOLE]


async def test_other_words_need_another_container(scene: Scene) -> None:
    post = draft(TEXT, scene.picture(), scene.picture())
    done = await scene.prepare(post)
    anew = await scene.prepare(replace(post, text="Closed on Monday."), done)
    assert list(anew) == [WHOLE]


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize(
    ("subcode", "kind", "field"),
    [
        (2207026, Refused, "media"),
        (2207057, Refused, "thumb_offset"),
        (2207003, Later, ""),
        (2207053, Later, ""),
    ],
)
async def test_a_container_says_what_went_wrong_with_it(
    scene: Scene, subcode: int, kind: type[NetworkError], field: str, bare: bool
) -> None:
    scene.behave(bare_status=bare, trouble=subcode)
    post, done = draft(TEXT, scene.picture()), dict[str, str]()
    with pytest.raises(kind) as caught:
        await scene.prepare_into(post, done)
    assert getattr(caught.value, "field", "") == field
    assert await scene.state(done) == "ERROR"
    with pytest.raises(Later):
        await scene.send(post, done)
    scene.behave(trouble=0)
    anew = await scene.prepare(post, done)
    assert anew[WHOLE] != done[WHOLE]


async def test_a_video_that_lasts_too_long_for_a_story_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match="MP4") as caught:
        await scene.prepare(draft("", scene.video(61), kind="story"))
    assert caught.value.field == "media"


async def test_a_cover_behind_the_end_is_refused_by_instagram_too(scene: Scene) -> None:
    video = replace(scene.video(), seconds=0)
    scene.behave(bytes=False)
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft(TEXT, video, thumb_offset="99"))
    assert caught.value.field == "thumb_offset"


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
async def test_a_picture_that_is_no_jpeg_is_refused(scene: Scene, kind: str) -> None:
    with pytest.raises(Refused, match="JPEG"):
        await scene.prepare(draft(TEXT, scene.medium(pixels(kind), "image/jpeg")))


async def test_a_file_that_cannot_be_fetched_is_refused(scene: Scene) -> None:
    picture = scene.picture()
    scene.files.says.clear()
    with pytest.raises(Refused, match="public address") as caught:
        await scene.prepare(draft(TEXT, picture))
    assert (caught.value.code, caught.value.field) == ("9004/2207052", "media")
