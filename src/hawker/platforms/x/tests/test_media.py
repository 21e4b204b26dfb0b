import time

import pytest
from aiohttp import web

from hawker.connect.errors import Later, Refused
from hawker.platforms.x import media
from hawker.platforms.x.tests.scene import Scene
from hawker.platforms.x.tests.strangers import Stranger
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import TEXT, draft, medium, picture, pixels
from tests.videos import H264, video

NOISE = ("-vf", "noise=alls=100:allf=t", *H264, "-qp", "3", "-movflags", "+faststart")
VIDEO = video(*NOISE, seconds=0.5, size="320x568")


def names(done: dict[str, str]) -> list[str]:
    return [name.partition(":")[2] for name in done]


async def test_a_picture_is_two_steps_and_one_without_words_is_one(scene: Scene) -> None:
    post = draft(TEXT, picture("One"), picture(""))
    assert names(await scene.prepare(post)) == ["", "alt", "", ""]
    assert [upload.alt for upload in scene.world.uploads.values()] == ["One", ""]


async def test_an_upload_that_is_about_to_die_is_made_anew_with_its_words(scene: Scene) -> None:
    post = draft(TEXT, picture("One"))
    done = await scene.prepare(post)
    (name, alt, _) = done
    stale = {**done, name: f"{media.upload_id(done[name])} {int(time.time()) + 60}"}
    anew = await scene.prepare(post, stale)
    assert list(anew) == [name, alt]
    published = await scene.send(post, {**stale, **anew})
    assert [upload.alt for upload in scene.world.posts[published.remote_id].uploads] == ["One"]


def test_the_video_of_these_tests_has_two_parts() -> None:
    assert media.PART < len(VIDEO) < 2 * media.PART


async def test_a_video_goes_in_parts_and_is_waited_for(scene: Scene) -> None:
    post = draft(TEXT, medium(VIDEO, "video/mp4"))
    done = await scene.prepare(post)
    assert names(done) == ["begun", "0", "1", "", ""]
    published = await scene.send(post, done)
    (upload,) = scene.world.posts[published.remote_id].uploads
    assert (upload.content, upload.category, upload.content_type) == (VIDEO, "tweet_video", "video/mp4")


async def test_a_video_goes_on_with_the_part_at_which_it_broke_off(scene: Scene) -> None:
    post, done = draft(TEXT, medium(VIDEO, "video/mp4")), dict[str, str]()
    scene.network.faults.add(Fault(kind=Kind.error_before, call="finalize"))
    with pytest.raises(Later):
        await scene.prepare_into(post, done)
    assert names(done) == ["begun", "0", "1"]
    assert names(await scene.prepare(post, done)) == ["", ""]
    assert [upload.heard for upload in scene.world.uploads.values()] == [len(VIDEO)]


async def test_parts_of_a_session_that_died_are_sent_again(scene: Scene) -> None:
    post = draft(TEXT, medium(VIDEO, "video/mp4"))
    done = await scene.prepare(post)
    name = post.media[0].id
    begun = {f"{name}:begun": "1 5", f"{name}:0": media.upload_id(done[name])}
    assert names(await scene.prepare(post, begun)) == ["begun", "0", "1", "", ""]


async def test_an_upload_that_x_does_not_take_up_again_is_made_anew(scene: Scene) -> None:
    """What an answer that was lost had ended, X may not let be ended once more."""
    scene.behave(ends_twice=False)
    post, done = draft(TEXT, medium(VIDEO, "video/mp4")), dict[str, str]()
    scene.network.faults.add(Fault(kind=Kind.reset_after, call="finalize"))
    with pytest.raises(Later):
        await scene.prepare_into(post, done)
    await scene.prepare_into(post, done)
    published = await scene.send(post, done)
    (upload,) = scene.world.posts[published.remote_id].uploads
    assert (upload.content, len(scene.world.uploads)) == (VIDEO, 2)


async def test_a_gif_is_a_moving_picture_with_words(scene: Scene) -> None:
    post = draft(TEXT, picture("Steam", kind="GIF"))
    published = await scene.send(post, await scene.prepare(post))
    (upload,) = scene.world.posts[published.remote_id].uploads
    assert (upload.category, upload.alt, upload.content) == ("tweet_gif", "Steam", pixels("GIF"))


@pytest.mark.parametrize(("describes", "alt"), [(True, "Steam"), (False, "")])
async def test_a_video_goes_out_whether_or_not_x_takes_its_words(
    scene: Scene, describes: bool, alt: str
) -> None:
    scene.behave(describes=describes)
    post = draft(TEXT, medium(VIDEO, "video/mp4", "Steam"))
    published = await scene.send(post, await scene.prepare(post))
    assert [upload.alt for upload in scene.world.posts[published.remote_id].uploads] == [alt]


async def test_a_video_that_x_cannot_read_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match="does not take a picture or video") as refused:
        await scene.prepare(draft(TEXT, medium(b"no video", "video/mp4")))
    assert refused.value.field == "media"


async def test_a_video_that_takes_long_is_waited_for_later(scene: Scene) -> None:
    scene.behave(works=6)
    post, done = draft(TEXT, medium(VIDEO, "video/mp4")), dict[str, str]()
    with pytest.raises(Later, match="still working on the video"):
        await scene.prepare_into(post, done)
    await scene.prepare_into(post, done)
    published = await scene.send(post, done)
    (upload,) = scene.world.posts[published.remote_id].uploads
    assert (upload.content, upload.heard) == (VIDEO, len(VIDEO))


async def test_words_that_are_too_long_are_refused_at_their_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="Shorten it") as refused:
        await scene.prepare(draft(TEXT, picture("a" * 1001)))
    assert refused.value.field == "alt_text"


async def test_a_picture_that_is_too_large_for_a_gate_is_refused(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"POST /2/media/upload": web.Response(status=413)}
    with pytest.raises(Refused) as refused:
        await scene.at(stranger.account()).prepare(draft(TEXT, picture()))
    assert refused.value.field == "media"


async def test_an_upload_that_x_has_swept_is_refused_at_the_media(scene: Scene) -> None:
    post = draft(TEXT, picture())
    done = await scene.prepare(post)
    scene.world.uploads.clear()
    with pytest.raises(Refused) as refused:
        await scene.send(post, done)
    assert refused.value.field == "media"
