"""Videos on their way: the upload, the wait, and uploads that came to nothing."""

from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web

from hawker.connect.errors import Later, Refused
from hawker.platforms.pinterest.publish import Publish
from hawker.platforms.pinterest.tests.scene import Scene, film, post
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.strangers import Stranger

STORE = "^/pinterest/store/$|^/store/$"


async def test_a_video_that_pinterest_works_on_is_waited_for(scene: Scene) -> None:
    scene.behave(works=3)
    await scene.post(post(film()))
    assert len(scene.pins) == len(scene.world.uploads) == 1


async def test_a_video_that_takes_long_is_gone_on_with_later(scene: Scene) -> None:
    scene.behave(works=5)
    wish, done = post(film()), dict[str, str]()
    with pytest.raises(Later, match="still working on the video") as later:
        await scene.prepare_into(wish, done)
    assert later.value.code == "processing"
    await scene.prepare_into(wish, done)
    await scene.send(wish, done)
    assert len(scene.pins) == len(scene.world.uploads) == 1


async def test_a_file_that_is_no_video_is_said_at_the_media(scene: Scene) -> None:
    with pytest.raises(Refused, match="cannot use a picture or the video") as refused:
        await scene.post(post(film(b"none" * 9)))
    assert (refused.value.field, refused.value.code) == ("media", "failed")


async def test_an_upload_that_failed_or_was_forgotten_is_begun_anew(scene: Scene) -> None:
    wish = post(film())
    first = await scene.prepare(wish)
    scene.world.uploads[first[wish.media[0].id]].failed = True
    second = await scene.prepare(wish, first)
    scene.world.uploads.clear()
    third = await scene.prepare(wish, {**first, **second})
    ids = [each[wish.media[0].id] for each in (first, second, third)]
    assert len(set(ids)) == 3
    await scene.send(wish, {**first, **third})


async def test_a_video_that_is_not_ready_after_all_is_refused_at_the_media(scene: Scene) -> None:
    wish = post(film())
    done = await scene.prepare(wish)
    scene.behave(works=9)
    with pytest.raises(Refused) as refused:
        await scene.send(wish, done)
    assert refused.value.field == "media"
    assert scene.pins == []


async def test_a_store_that_is_away_is_tried_later(scene: Scene) -> None:
    wish = post(film())
    scene.network.faults.add(Fault(kind=Kind.error_before, call=STORE, status=503))
    with pytest.raises(Later):
        await scene.prepare(wish)
    await scene.post(wish)


@pytest.mark.parametrize(
    ("code", "kind", "field"), [("AccessDenied", Later, None), ("EntityTooLarge", Refused, "media")]
)
async def test_the_stores_refusals_are_understood(
    scene: Scene, stranger: Stranger, code: str, kind: type[Exception], field: str | None
) -> None:
    given = {"media_id": "7", "upload_url": f"{stranger.address}/store/", "upload_parameters": {"key": "a"}}
    xml = f"<Error><Code>{code}</Code></Error>"
    stranger.says = {
        "POST /v5/media": web.json_response(given, status=201),
        "POST /store/": web.Response(status=403, text=xml, content_type="application/xml"),
    }
    with pytest.raises(kind) as caught:
        await scene.beside(stranger).prepare(post(film()))
    assert getattr(caught.value, "field", None) == field


async def test_a_large_video_is_read_piece_by_piece(scene: Scene) -> None:
    whole = film().read() * 40
    pieces = list[int]()

    def cut(start: int, length: int) -> bytes:
        pieces.append(length)
        return whole[start : start + length]

    def never() -> bytes:
        raise AssertionError("read as a whole")

    await scene.post(post(film(whole, read=never, slices=cut)))
    assert scene.pins[0].video == whole
    assert max(pieces) < len(whole)


async def test_without_pauses_it_is_asked_once(scene: Scene) -> None:
    scene.behave(works=2)
    hasty = replace(scene, publishes=Publish(pauses=()))
    with pytest.raises(Later):
        await hasty.prepare(post(film()))


async def _form(scene: Scene, **fields: str) -> tuple[int, str]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field("file", b"ftyp", filename="video")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{scene.world.address}/store/", data=form) as answer,
    ):
        return answer.status, await answer.text()


async def test_the_pretend_store_wants_the_fields_it_gave(scene: Scene) -> None:
    status, said = await _form(scene, key="another")
    assert (status, "<Code>AccessDenied</Code>" in said) == (403, True)
