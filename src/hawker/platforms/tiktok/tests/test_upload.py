"""Videos in chunks, as the Media Transfer Guide wants them, and what breaks off on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import Later, Refused
from hawker.platforms.tiktok.tests.scene import Scene, aged, film, post
from hawker.platforms.tiktok.upload import CHUNK, SENT, UPLOAD, Plan
from hawker.sandbox.faults import Fault, Kind

MB, MIB = 10**6, 2**20
SIZES = (
    1,
    5 * MB - 1,
    5 * MB,
    5 * MIB,
    2 * CHUNK - 1,
    2 * CHUNK,
    64 * MIB,
    64 * MIB + 1,
    999 * MB + 7,
    4_000 * MB,
)
BIG = 2 * CHUNK + 5_000_000


@pytest.mark.parametrize("size", SIZES)
def test_chunks_keep_to_the_rules_whichever_megabyte_is_meant(size: int) -> None:
    plan = Plan(size)
    pieces = [plan.piece(number) for number in range(plan.count)]
    lengths = [length for _, length in pieces]
    assert plan.count == size // plan.chunk <= 1_000
    assert [start for start, _ in pieces] == [number * plan.chunk for number in range(plan.count)]
    assert sum(lengths) == size
    assert lengths[-1] <= 128 * MB
    if plan.count == 1:
        assert plan.chunk == size <= 64 * MB
    else:
        assert 5 * MIB <= plan.chunk <= 64 * MB
        assert set(lengths[:-1]) == {plan.chunk}


async def test_all_chunks_but_the_last_are_uploaded_before_it_is_sent(scene: Scene) -> None:
    draft = post(film(BIG))
    done = await scene.prepare(draft)
    [made] = scene.posts
    assert (made.count, len(made.content), made.status) == (2, CHUNK, "PROCESSING_UPLOAD")
    assert scene.out == []
    published = await scene.send(draft, done)
    assert bytes(made.content) == draft.media[0].read()
    assert scene.out == [published.remote_id]


@pytest.mark.parametrize("counts", [True, False], ids=["told", "untold"])
async def test_an_upload_that_broke_off_goes_on_from_what_is_there(scene: Scene, counts: bool) -> None:
    """Whether TikTok tells how many bytes it has of an unfinished upload is not certain."""
    scene.behave(counts=counts)
    draft, done = post(film(3 * CHUNK + 1)), dict[str, str]()
    async for step in scene.publishes.prepare(scene.http, scene.shop, draft, done):
        done[step.name] = step.value
        if step.name == SENT:
            break
    assert len(scene.posts[0].content) == CHUNK
    published = await scene.again(draft, done)
    assert len(scene.posts) == 1
    assert bytes(scene.posts[0].content) == draft.media[0].read()
    assert scene.out == [published.remote_id]


async def test_a_chunk_whose_answer_was_lost_is_not_sent_twice(scene: Scene) -> None:
    draft, done = post(film(3 * CHUNK + 1)), dict[str, str]()
    scene.network.faults.add(Fault(kind=Kind.error_after, call="^/video/"))
    with pytest.raises(Later, match="got lost on its way"):
        await scene.prepare_into(draft, done)
    assert len(scene.posts[0].content) == CHUNK
    assert (await scene.again(draft, done)).remote_id == scene.posts[0].id


async def test_an_address_that_is_too_old_is_left_and_the_video_uploaded_anew(scene: Scene) -> None:
    draft, done = post(), dict[str, str]()
    await scene.prepare_into(draft, done)
    scene.behave(life=timedelta(seconds=-1))
    with pytest.raises(Later, match="takes no more of this upload") as later:
        await scene.send(draft, done)
    assert later.value.code == "403"
    scene.behave(life=timedelta(hours=1))
    done[UPLOAD] = aged(done[UPLOAD], minutes=51)
    published = await scene.again(draft, done)
    assert [made.status for made in scene.posts] == ["PROCESSING_UPLOAD", "PUBLISH_COMPLETE"]
    assert scene.out == [published.remote_id]


async def test_where_tiktok_does_not_tell_its_bytes_an_old_upload_is_left_later(scene: Scene) -> None:
    scene.behave(counts=False)
    draft, done = post(), dict[str, str]()
    await scene.prepare_into(draft, done)
    fresh = done[UPLOAD]
    done[UPLOAD] = aged(fresh, minutes=119)
    assert await scene.prepare(draft, done) == {}
    done[UPLOAD] = aged(fresh, minutes=121)
    assert list(await scene.prepare(draft, done)) == [UPLOAD]


async def test_an_old_upload_that_is_whole_is_not_begun_anew(scene: Scene) -> None:
    draft, done = post(), dict[str, str]()
    published = await scene.again(draft, done)
    done[UPLOAD] = aged(done[UPLOAD], minutes=600)
    assert await scene.again(draft, done) == published
    assert len(scene.posts) == 1


async def test_an_upload_of_which_tiktok_knows_nothing_is_begun_anew_once_it_is_old(scene: Scene) -> None:
    draft, done = post(), dict[str, str]()
    await scene.prepare_into(draft, done)
    scene.behave(forgets=True)
    assert await scene.prepare(draft, done) == {}
    done[UPLOAD] = aged(done[UPLOAD], minutes=51)
    assert list(await scene.prepare(draft, done)) == [UPLOAD]


async def test_other_wishes_need_another_upload(scene: Scene) -> None:
    """TikTok takes them as an upload begins: what was for everyone must not go out after a change of mind."""
    draft, done = post(), dict[str, str]()
    await scene.prepare_into(draft, done)
    quiet = replace(draft, options={**draft.options, "privacy": "SELF_ONLY"})
    await scene.again(quiet, done)
    assert [made.info["privacy_level"] for made in scene.posts if made.is_out] == ["SELF_ONLY"]


async def test_nothing_is_sent_where_nothing_was_prepared(scene: Scene) -> None:
    with pytest.raises(Later, match="Hawker uploads it again"):
        await scene.send(post(), {})


@pytest.mark.parametrize("status", [404, 416])
async def test_what_the_door_for_bytes_does_not_want_leads_to_a_look(scene: Scene, status: int) -> None:
    draft = post()
    done = await scene.prepare(draft)
    at, mark, publish_id, _ = done[UPLOAD].split(" ")
    scene.files.says["PUT /video/"] = web.Response(status=status, text="no")
    elsewhere = {UPLOAD: f"{at} {mark} {publish_id} {scene.files.address}/video/?upload_id=1"}
    with pytest.raises(Later, match="Hawker looks how far it is"):
        await scene.send(draft, elsewhere)
    assert (await scene.send(draft, done)).remote_id == scene.posts[0].id


async def test_a_video_that_the_door_for_bytes_refuses_is_explained(scene: Scene) -> None:
    draft = post(replace(film(), content_type="video/x-matroska"))
    done = await scene.prepare(draft)
    with pytest.raises(Refused, match="headers of the chunk are invalid") as refused:
        await scene.send(draft, done)
    assert refused.value.field == "media"
