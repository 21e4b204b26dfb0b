import pytest
from aiohttp import web

from hawker.connect.errors import Later, Refused
from hawker.connect.values import Media
from hawker.platforms.mastodon.sandbox_world import Manners
from hawker.platforms.mastodon.tests.scene import Scene
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import TEXT, draft, picture


async def test_every_picture_is_one_step_under_its_own_name(scene: Scene) -> None:
    post = draft(TEXT, picture("One"), picture("Two"))
    done = await scene.prepare(post)
    assert list(done) == [each.id for each in post.media]
    assert [scene.world.uploads[value].description for value in done.values()] == ["One", "Two"]
    assert all(upload.looks <= 0 for upload in scene.world.uploads.values())


async def test_a_text_alone_needs_no_preparation(scene: Scene) -> None:
    assert await scene.prepare(draft()) == {}


async def test_what_was_uploaded_earlier_is_not_uploaded_again(scene: Scene) -> None:
    post = draft(TEXT, picture("One"), picture("Two"))
    first = {post.media[0].id: (await scene.prepare(draft(TEXT, *post.media[:1])))[post.media[0].id]}
    rest = await scene.prepare(post, first)
    assert list(rest) == [post.media[1].id]
    assert len(scene.world.uploads) == 2


async def test_an_upload_that_the_server_has_swept_is_made_once_more(scene: Scene) -> None:
    post = draft(TEXT, picture())
    done = await scene.prepare(post)
    scene.world.uploads.clear()
    anew = await scene.prepare(post, done)
    assert list(anew) == list(done)
    assert list(scene.world.uploads) == list(anew.values())


async def test_a_picture_in_work_is_waited_for_and_then_put_off_with_its_upload_kept(scene: Scene) -> None:
    scene.world.manners = Manners(polls=5)
    post, done = draft(TEXT, picture()), dict[str, str]()
    with pytest.raises(Later, match="still working"):
        await scene.prepare_into(post, done)
    assert list(done) == [post.media[0].id]
    assert await scene.prepare(post, done) == {}
    assert len(scene.world.uploads) == 1


async def test_a_picture_that_is_ready_at_once_is_not_asked_about(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"POST /api/v2/media": web.json_response({"id": "8", "url": None})}
    post = draft(TEXT, picture())
    assert await scene.at(stranger.account()).prepare(post) == {post.media[0].id: "8"}
    assert stranger.heard == ["POST /api/v2/media"]


async def test_a_server_with_the_first_edition_only_gets_pictures_there(scene: Scene) -> None:
    scene.world.manners = Manners(media_v2=False)
    post = draft(TEXT, picture("Steam"))
    done = await scene.prepare(post)
    assert [scene.world.uploads[value].description for value in done.values()] == ["Steam"]


def broken_picture() -> Media:
    whole = picture()
    return Media(
        id=whole.id,
        content_type="image/png",
        size=3,
        width=1,
        height=1,
        alt="",
        read=lambda: b"abc",
    )


async def test_a_file_that_is_no_picture_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="does not take this picture") as refused:
        await scene.prepare(draft(TEXT, broken_picture()))
    assert refused.value.field == "media"


async def test_an_alternative_text_that_is_too_long_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="alternative text") as refused:
        await scene.prepare(draft(TEXT, picture("a" * 1501)))
    assert refused.value.field == "alt_text"


@pytest.mark.parametrize(
    "answer",
    [
        web.json_response({"error": "Error processing thumbnail for uploaded media"}, status=500),
        web.json_response({"error": "Something in another language"}, status=422),
        web.Response(status=422),
        web.Response(status=413, text="<h1>Request Entity Too Large</h1>"),
        web.json_response({"hello": "there"}),
    ],
)
async def test_whatever_a_server_says_against_a_picture_points_at_the_picture(
    scene: Scene, stranger: Stranger, answer: web.Response
) -> None:
    stranger.says = {"POST /api/v2/media": answer}
    with pytest.raises(Refused) as refused:
        await scene.at(stranger.account()).prepare(draft(TEXT, picture()))
    assert refused.value.field == "media"


async def test_work_on_a_picture_that_fails_is_refused_and_begun_anew_next_time(
    scene: Scene, stranger: Stranger
) -> None:
    stranger.says = {
        "POST /api/v2/media": web.json_response({"id": "8"}, status=202),
        "GET /api/v1/media/8": web.json_response({"error": "Error processing"}, status=422),
    }
    post = draft(TEXT, picture())
    with pytest.raises(Refused) as refused:
        await scene.at(stranger.account()).prepare(post)
    assert refused.value.field == "media"
    stranger.says["POST /api/v2/media"] = web.json_response({"id": "9"})
    assert await scene.at(stranger.account()).prepare(post, {post.media[0].id: "8"}) == {
        post.media[0].id: "9"
    }


async def test_a_server_in_trouble_is_asked_later(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/media$"))
    with pytest.raises(Later):
        await scene.prepare(draft(TEXT, picture()))


async def test_no_two_posts_give_a_file_the_same_name(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"POST /api/v2/media": web.json_response({"id": "8"})}
    same = picture()
    for post in (draft(TEXT, same, same), draft(TEXT, same)):
        await scene.at(stranger.account()).prepare(post)
    assert len(set(stranger.file_names)) == 3
