"""Resumable uploads: broken off, gone on with, and never begun again where there may be a video."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Later, OutcomeUnknown
from hawker.connect.values import Draft
from hawker.platforms.youtube import upload
from hawker.platforms.youtube.tests.scene import Scene, film, post
from hawker.sandbox.faults import Fault, Kind

PIECE = 262_144


@pytest.fixture
def draft(monkeypatch: pytest.MonkeyPatch) -> Draft:
    """A video of three chunks and a half."""
    monkeypatch.setattr(upload, "CHUNK", PIECE)
    return replace(post(), media=(film(PIECE * 7 // 2),))


async def broken_off(scene: Scene, draft: Draft, steps: int) -> dict[str, str]:
    """A preparation that ended after so many steps."""
    done: dict[str, str] = {}
    async for step in scene.publishes.prepare(scene.http, scene.account, draft, {}):
        done[step.name] = step.value
        steps -= 1
        if not steps:
            break
    return done


def only_session(scene: Scene) -> int:
    """How much of the one upload is stored."""
    [session] = scene.world.sessions.values()
    return len(session.content)


async def test_each_chunk_is_a_step(scene: Scene, draft: Draft) -> None:
    steps = [step async for step in scene.publishes.prepare(scene.http, scene.account, draft, {})]
    stored = [step.value.split(" ")[1] for step in steps if step.name == "stored"]
    assert [step.name for step in steps] == ["session", "stored", "stored", "stored", "video"]
    assert stored == [str(PIECE), str(2 * PIECE), str(3 * PIECE)]
    assert scene.videos[0].content == draft.media[0].read()


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
async def test_an_upload_goes_on_where_it_broke_off(scene: Scene, draft: Draft, steps: int) -> None:
    done = await broken_off(scene, draft, steps)
    assert only_session(scene) == (steps - 1) * PIECE
    await scene.send(draft, await scene.prepare(draft, done))
    assert scene.world.begun == 1
    assert [video.content for video in scene.videos] == [draft.media[0].read()]


async def test_what_arrived_of_a_chunk_is_not_sent_again(scene: Scene, draft: Draft) -> None:
    """The machine died behind a chunk whose step it could not keep."""
    done = await broken_off(scene, draft, 2)
    [session] = scene.world.sessions.values()
    session.content += draft.media[0].read()[PIECE : 2 * PIECE]
    steps = [step async for step in scene.publishes.prepare(scene.http, scene.account, draft, done)]
    stored = [step.value.split(" ")[1] for step in steps if step.name == "stored"]
    assert stored == [str(2 * PIECE), str(3 * PIECE)]
    assert [video.content for video in scene.videos] == [draft.media[0].read()]


async def test_a_video_whose_answer_was_lost_is_told_by_its_session(scene: Scene, draft: Draft) -> None:
    whole = await scene.prepare(draft)
    done = {name: value for name, value in whole.items() if name != "video"}
    again = await scene.prepare(draft, done)
    assert again["video"].split(" ")[1] == scene.videos[0].id
    assert (len(scene.videos), scene.world.begun) == (1, 1)


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after, Kind.reset_before, Kind.error_before])
async def test_a_chunk_whose_answer_is_lost_is_asked_for(scene: Scene, draft: Draft, kind: Kind) -> None:
    """Twice, as aiohttp repeats a PUT once: a second one at the same address is the same to YouTube."""
    done: dict[str, str] = {}
    fault = Fault(kind=kind, call="^/upload/youtube/v3/videos$", times=2)
    with pytest.raises(Later):
        await scene.begin(draft, done, lambda: scene.network.faults.add(fault))
    scene.network.faults.clear()
    await scene.send(draft, await scene.prepare(draft, done))
    assert (len(scene.videos), scene.world.begun) == (1, 1)
    assert scene.videos[0].content == draft.media[0].read()


async def test_a_session_that_died_before_its_end_is_begun_again(scene: Scene, draft: Draft) -> None:
    done = await broken_off(scene, draft, 2)
    scene.world.sessions.clear()
    await scene.send(draft, await scene.prepare(draft, done))
    assert (len(scene.videos), scene.world.begun) == (1, 2)


async def test_a_session_that_dies_in_the_middle_is_tried_again(scene: Scene, draft: Draft) -> None:
    done: dict[str, str] = {}
    with pytest.raises(Later, match="begins it again"):
        await scene.begin(draft, done, scene.world.sessions.clear)
    await scene.send(draft, await scene.prepare(draft, done))
    assert len(scene.videos) == 1


async def test_a_video_of_a_session_that_died_is_found_among_the_uploads(scene: Scene, draft: Draft) -> None:
    """The answer to its last chunk was lost, and YouTube forgot the session."""
    scene.behave(forgets=True)
    whole = await scene.prepare(draft)
    other = replace(draft, media=(film(PIECE * 7 // 2 + 100),))
    await scene.prepare(other)
    done = {name: value for name, value in whole.items() if name != "video"}
    again = await scene.prepare(draft, done)
    assert again["video"].split(" ")[1] == whole["video"].split(" ")[1]
    assert (len(scene.videos), scene.world.begun) == (2, 2)


async def test_where_the_uploads_may_lag_behind_nothing_is_begun_again(scene: Scene, draft: Draft) -> None:
    scene.behave(forgets=True, lags=True)
    done = await scene.prepare(draft)
    del done["video"]
    with pytest.raises(Later, match="can be sure") as later:
        await scene.prepare(draft, done)
    assert later.value.at is not None
    assert later.value.at > datetime.now(UTC) + timedelta(minutes=55)
    assert scene.world.begun == 1
    scene.behave(lags=False)
    await scene.prepare(draft, done)
    assert (len(scene.videos), scene.world.begun) == (1, 1)


async def test_a_last_chunk_that_was_half_there_before_is_known_as_the_last(
    scene: Scene, draft: Draft
) -> None:
    """A broken chunk had arrived in part, so that the next was the last one. It came, its answer did not,
    and the session died. Only the place that was kept on the way tells that there may be a video."""
    done = await broken_off(scene, draft, 3)
    [session] = scene.world.sessions.values()
    session.content += draft.media[0].read()[2 * PIECE : 3 * PIECE]
    scene.behave(forgets=True, lags=True)
    uploads = Fault(kind=Kind.error_after, call="^/upload/", times=1)
    with pytest.raises(Later):
        await scene.begin(draft, done, lambda: scene.network.faults.add(uploads))
    assert (len(scene.videos), done["stored"].split(" ")[1]) == (1, str(3 * PIECE))
    with pytest.raises(Later, match="can be sure"):
        await scene.prepare(draft, done)
    assert scene.world.begun == 1


async def test_what_is_not_there_after_an_hour_is_uploaded_again(
    scene: Scene, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = await broken_off(scene, draft, 4)
    scene.world.sessions.clear()
    with pytest.raises(Later):
        await scene.prepare(draft, done)
    monkeypatch.setattr(upload, "LAG", timedelta(0))
    await scene.prepare(draft, done)
    assert (len(scene.videos), scene.world.begun) == (1, 2)


async def test_steps_of_a_dead_session_say_nothing_of_the_next_one(
    scene: Scene, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second session has stored nothing: were it thought near its end, its death would cost an hour."""
    done = await broken_off(scene, draft, 4)
    begun, address = upload.unstamped(done["session"])
    done["session"] = f"{(begun + timedelta(seconds=5)).isoformat()} {address}"
    scene.world.sessions.clear()
    await scene.prepare(draft, done)
    assert len(scene.videos) == 1


async def test_where_youtube_keeps_nothing_it_is_not_tried_for_ever(scene: Scene, draft: Draft) -> None:
    done = await broken_off(scene, draft, 1)
    scene.network.faults.add(Fault(kind=Kind.error_after, call="^/upload/", status=308, times=10))
    with pytest.raises(Later, match="kept nothing"):
        await scene.prepare(draft, done)


async def test_an_answer_without_an_address_is_tried_later(scene: Scene, draft: Draft) -> None:
    scene.network.faults.add(Fault(kind=Kind.error_before, call="^/upload/", status=200))
    with pytest.raises(Later, match="without saying"):
        await scene.prepare(draft)


async def test_an_answer_that_is_no_video_is_tried_later(scene: Scene, draft: Draft) -> None:
    done = await broken_off(scene, draft, 4)
    scene.network.faults.add(Fault(kind=Kind.error_after, call="^/upload/", status=200))
    with pytest.raises(Later, match="without saying"):
        await scene.prepare(draft, done)
    await scene.prepare(draft, done)
    assert (len(scene.videos), scene.world.begun) == (1, 1)


async def test_the_session_is_a_secret(scene: Scene, draft: Draft, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    done = await scene.prepare(draft)
    assert done["session"].partition("upload_id=")[2] not in caplog.text


async def test_sending_twice_publishes_once(scene: Scene, draft: Draft) -> None:
    done = await scene.prepare(draft)
    scene.network.faults.add(Fault(kind=Kind.reset_after))
    with pytest.raises(OutcomeUnknown):
        await scene.send(draft, done)
    await scene.send(draft, done)
    assert len(scene.videos) == 1
