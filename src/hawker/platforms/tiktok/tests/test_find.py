"""Lost answers: the publish_id of a video settles them; photos have none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook, Later, OutcomeUnknown, Refused
from hawker.platforms.tiktok.tests.scene import TEXT, Scene, aged, post
from hawker.platforms.tiktok.upload import UPLOAD
from hawker.sandbox.faults import Fault, Kind

NOW = datetime.now(UTC)


async def test_a_video_whose_last_answer_was_lost_is_found(scene: Scene) -> None:
    draft = post()
    done = await scene.lose(draft)
    found = await scene.find(draft, NOW, done)
    assert found is not None
    assert scene.out == [found.remote_id]


@pytest.mark.parametrize("counts", [True, False], ids=["told", "untold"])
async def test_a_video_whose_last_chunk_never_came_is_sent_once(scene: Scene, counts: bool) -> None:
    scene.behave(counts=counts)
    draft = post()
    done = await scene.lose(draft, Kind.reset_before)
    assert await scene.find(draft, NOW - timedelta(minutes=11), done) is None
    published = await scene.send(draft, done)
    assert scene.out == [published.remote_id]


async def test_a_second_sending_makes_no_second_post(scene: Scene) -> None:
    draft = post()
    done = await scene.lose(draft)
    again = await scene.send(draft, done)
    assert scene.out == [again.remote_id]


async def test_while_tiktok_works_on_a_video_it_cannot_be_known(scene: Scene) -> None:
    scene.behave(works=5)
    draft = post()
    done = await scene.lose(draft)
    with pytest.raises(Later, match="still working on the video"):
        await scene.find(draft, NOW, done)
    scene.behave(works=0)
    assert await scene.find(draft, NOW, done)


async def test_where_tiktok_tells_no_bytes_a_video_is_not_thought_absent_at_once(scene: Scene) -> None:
    """It may be at work on all of it: in the calendar it must not be free to be cancelled or changed."""
    scene.behave(counts=False, works=2)
    draft, since = post(), datetime.now(UTC)
    done = await scene.lose(draft)
    with pytest.raises(Later, match="still working on the video"):
        await scene.find(draft, since, done)
    scene.behave(works=0)
    assert await scene.find(draft, since, done)


async def test_where_tiktok_tells_no_bytes_a_second_sending_waits_for_the_first(scene: Scene) -> None:
    scene.behave(counts=False, works=2)
    draft = post()
    done = await scene.lose(draft)
    assert await scene.find(draft, NOW - timedelta(minutes=11), done) is None
    with pytest.raises(Later, match="Hawker looks how far it is"):
        await scene.send(draft, done)
    published = await scene.send(draft, done)
    assert scene.out == [published.remote_id]


async def test_where_a_backup_knows_only_an_upload_that_failed_the_owner_is_asked(scene: Scene) -> None:
    scene.behave(fails="internal")
    draft = post()
    backup = await scene.prepare(draft)
    with pytest.raises(Later):
        await scene.send(draft, backup)
    scene.behave(fails="")
    await scene.again(draft, dict(backup))
    backup[UPLOAD] = aged(backup[UPLOAD], minutes=51)
    with pytest.raises(CannotLook, match="is too old to go on"):
        await scene.find(draft, NOW, backup)
    assert len(scene.out) == 1


async def test_a_publish_id_that_tiktok_forgot_is_asked_about(scene: Scene) -> None:
    draft = post()
    done = await scene.lose(draft)
    scene.behave(forgets=True)
    with pytest.raises(CannotLook, match="Look in the TikTok app"):
        await scene.find(draft, NOW, done)


@pytest.mark.parametrize("code", ["invalid_params", "token_not_authorized_for_specified_publish_id"])
async def test_a_publish_id_refused_by_other_words_is_asked_about_too(scene: Scene, code: str) -> None:
    """Which code TikTok has for it is not certain."""
    draft = post()
    done = await scene.prepare(draft)
    body = {"error": {"code": code, "message": "The publish_id is not valid.", "log_id": "1"}}
    scene.files.says["POST /v2/post/publish/status/fetch/"] = web.json_response(body, status=400)
    elsewhere = scene.at(replace(scene.shop, server=scene.files.address))
    with pytest.raises(CannotLook, match="no longer knows this upload"):
        await elsewhere.find(draft, NOW, done)


async def test_a_video_that_failed_unseen_is_absent_and_then_explained(scene: Scene) -> None:
    scene.behave(fails="spam_risk_text")
    draft, done = post(), dict[str, str]()
    done.update(await scene.lose(draft))
    assert await scene.find(draft, NOW, done) is None
    with pytest.raises(Refused, match="does not allow what this post says"):
        await scene.again(draft, done)
    assert scene.out == []


async def test_where_a_backup_knows_no_upload_the_owner_is_asked(scene: Scene) -> None:
    with pytest.raises(CannotLook, match="knows nothing of this upload"):
        await scene.find(post(), NOW)


async def test_where_a_backup_knows_only_an_upload_that_was_left_the_owner_is_asked(scene: Scene) -> None:
    draft = post()
    backup = await scene.prepare(draft)
    backup[UPLOAD] = aged(backup[UPLOAD], minutes=51)
    done = await scene.prepare(draft, backup)
    await scene.send(draft, done)
    with pytest.raises(CannotLook, match="is too old to go on"):
        await scene.find(draft, NOW, backup)
    assert len(scene.out) == 1


async def test_public_photos_are_found_by_their_words(scene: Scene) -> None:
    since = datetime.now(UTC)
    draft = post(scene.photo(), title="Bao")
    await scene.lose(draft)
    found = await scene.find(draft, since)
    assert found is not None
    assert (found.remote_id, found.url) == (scene.out[0], f"{scene.shop.url}/photo/{scene.out[0]}")


async def test_long_words_are_known_by_their_beginning(scene: Scene) -> None:
    since = datetime.now(UTC)
    draft = post(scene.photo(), text="包子" * 200)
    await scene.lose(draft)
    assert await scene.find(draft, since)


async def test_photos_without_words_are_found(scene: Scene) -> None:
    since = datetime.now(UTC)
    draft = post(scene.photo(), text="")
    await scene.lose(draft)
    assert await scene.find(draft, since)


async def test_the_first_of_alike_photos_that_are_nobody_elses_is_taken(scene: Scene) -> None:
    since = datetime.now(UTC)
    other = await scene.post(post(scene.photo()))
    draft = post(scene.photo())
    await scene.lose(draft)
    found = await scene.find(draft, since, known={other.remote_id})
    assert found is not None
    assert found.remote_id == scene.out[1]


async def test_photos_whose_id_was_withheld_are_not_taken_for_others(scene: Scene) -> None:
    """They go by their publish_id, while TikTok lists them by their id."""
    since = datetime.now(UTC)
    scene.behave(moderates=99)
    other = await scene.post(post(scene.photo()))
    scene.behave(moderates=0)
    draft = post(scene.photo())
    await scene.lose(draft, Kind.reset_before)
    with pytest.raises(CannotLook):
        await scene.find(draft, since, known={other.remote_id})
    await scene.lose(draft)
    found = await scene.find(draft, since, known={other.remote_id})
    assert found is not None
    assert found.remote_id == scene.posts[1].id


async def test_of_two_words_both_must_be_alike(scene: Scene) -> None:
    since = datetime.now(UTC)
    await scene.post(post(scene.photo(), text="Tea", title="Today"))
    with pytest.raises(CannotLook):
        await scene.find(post(scene.photo(), text="Bao", title="Today"), since)


@pytest.mark.parametrize("ahead", [timedelta(hours=-1), timedelta(hours=1)])
async def test_tiktoks_clock_counts(scene: Scene, ahead: timedelta) -> None:
    scene.behave(ahead=ahead)
    draft = post(scene.photo())
    await scene.lose(draft)
    assert await scene.find(draft, datetime.now(UTC))
    with pytest.raises(CannotLook):
        await scene.find(draft, datetime.now(UTC) + timedelta(minutes=1))


async def test_photos_that_lie_some_pages_back_are_found(scene: Scene) -> None:
    since = datetime.now(UTC)
    draft = post(scene.photo())
    await scene.lose(draft)
    scene.posts[0].at += timedelta(seconds=5)
    for number in range(25):
        await scene.post(post(scene.photo(), text=f"{TEXT} {number}"))
        scene.posts[-1].at += timedelta(seconds=10 + number)
    found = await scene.find(draft, since)
    assert found is not None
    assert found.remote_id == scene.out[0]


async def test_photos_that_are_not_listed_are_asked_about(scene: Scene) -> None:
    """TikTok lists “videos”; whether photos are among them is not documented."""
    since = datetime.now(UTC)
    draft = post(scene.photo())
    await scene.lose(draft)
    scene.behave(lists_photos=False)
    with pytest.raises(CannotLook, match="cannot be looked up"):
        await scene.find(draft, since)


async def test_photos_that_are_listed_late_are_found_before_their_owner_is_asked(scene: Scene) -> None:
    """TikTok fetches and moderates them first."""
    since = datetime.now(UTC)
    draft = post(scene.photo())
    await scene.lose(draft)
    scene.behave(lists_photos=False)
    with pytest.raises(CannotLook):
        await scene.find(draft, since)
    scene.behave(lists_photos=True)
    assert await scene.find(draft, since)
    assert scene.publishes.read_delay >= timedelta(seconds=30)


async def test_photos_of_an_earlier_day_or_of_other_words_are_not_taken(scene: Scene) -> None:
    await scene.post(post(scene.photo()))
    await scene.post(post(text=TEXT))
    for draft, since in (
        (post(scene.photo()), NOW + timedelta(hours=1)),
        (post(scene.photo(), text="Tea"), NOW),
    ):
        with pytest.raises(CannotLook):
            await scene.find(draft, since)


@pytest.mark.parametrize("options", [{"privacy": "SELF_ONLY"}, {"privacy": "", "goal": "inbox"}])
async def test_photos_that_nobody_else_sees_are_asked_about(scene: Scene, options: dict[str, str]) -> None:
    draft = post(scene.photo(), **options)
    await scene.lose(draft)
    with pytest.raises(CannotLook):
        await scene.find(draft, NOW)


async def test_photos_that_tiktok_works_on_for_long_are_looked_for(scene: Scene) -> None:
    since = datetime.now(UTC)
    scene.behave(works=99)
    draft = post(scene.photo())
    with pytest.raises(OutcomeUnknown):
        await scene.post(draft)
    assert await scene.find(draft, since)


async def test_a_fault_while_looking_for_photos_is_not_absence(scene: Scene) -> None:
    draft = post(scene.photo())
    await scene.lose(draft)
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/video/list/"))
    with pytest.raises(Later):
        await scene.find(draft, NOW)
