"""Videos, reels and stories: uploads that go on where they broke off, and what becomes of a lost end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hawker.connect.errors import CannotLook, Later, OutcomeUnknown, Refused
from hawker.connect.values import Draft, Media
from hawker.platforms.facebook.tests.scene import Scene, film
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, picture
from tests.conformance.pages import visit

REEL, STORY = {"kind": "reel"}, {"kind": "story"}
KINDS = pytest.mark.parametrize("options", [{}, REEL, STORY], ids=["video", "reel", "story"])


WORDS = "How we fold bao"


def clip(options: Mapping[str, str], *more: Media, **others: str) -> Draft:
    """A video of its own; stories have no words."""
    text = "" if options == STORY else WORDS
    return replace(draft(text, film(), *more), options={**options, **others})


@KINDS
async def test_a_video_is_seen_where_its_address_leads(scene: Scene, options: dict[str, str]) -> None:
    published = await scene.post(clip(options))
    assert [seen.remote_id for seen in scene.pretend.published("shop")] == [published.remote_id]
    assert ("" if options == STORY else WORDS) in (await visit(published.url)).text
    (shown,) = scene.world.posts.values()
    assert shown.media[0].content == film().read()


@KINDS
async def test_where_a_backup_knows_no_upload_the_owner_is_asked(
    scene: Scene, options: dict[str, str]
) -> None:
    since, post = datetime.now(UTC), clip(options)
    await scene.post(post)
    with pytest.raises(CannotLook, match="knows nothing of this upload"):
        await scene.find(post, since)


@KINDS
async def test_a_video_is_found_however_old_its_upload_is(scene: Scene, options: dict[str, str]) -> None:
    since, post = datetime.now(UTC), clip(options)
    done = await scene.lose(post)
    aged = {name: f"{value.rpartition(' ')[0]} 1" for name, value in done.items()}
    found = await scene.find(post, since, aged)
    assert found is not None
    assert found == await scene.find(post, since, done)


@KINDS
async def test_a_video_is_told_with_its_title_and_how_it_was_made(
    scene: Scene, options: dict[str, str]
) -> None:
    post = clip(options, title="Folding", made_with_ai="yes")
    await scene.post(post)
    (shown,) = scene.world.posts.values()
    assert shown.media[0].ai
    assert shown.media[0].title == ("" if options == STORY else "Folding")


@pytest.mark.parametrize("options", [{}, REEL], ids=["video", "reel"])
async def test_a_picture_beside_a_video_is_its_cover(scene: Scene, options: dict[str, str]) -> None:
    cover = picture("Steam")
    await scene.post(clip(options, cover))
    (shown,) = scene.world.posts.values()
    assert shown.media[0].cover == cover.read()


async def test_a_video_goes_up_in_the_chunks_that_facebook_asks_for(scene: Scene) -> None:
    scene.behave(chunk=1_000)
    post = draft("Bao", film())
    await scene.post(post)
    (shown,) = scene.world.posts.values()
    assert shown.media[0].content == post.media[0].read()


async def test_an_upload_in_chunks_goes_on_where_it_broke_off(scene: Scene) -> None:
    scene.behave(chunk=2_000)
    post, done = draft("Bao", film()), dict[str, str]()
    steps = scene.publishes.prepare(scene.http, scene.shop, post, done)
    for _ in range(3):
        step = await anext(steps)
        done[step.name] = step.value
    await steps.aclose()  # type: ignore[attr-defined]
    (half,) = scene.world.media.values()
    assert 0 < len(half.content) < half.total
    await scene.prepare_into(post, done)
    assert half.content == post.media[0].read()
    await scene.send(post, done)
    assert len(scene.world.media) == 1


@pytest.mark.parametrize(("bare", "sessions"), [(False, 1), (True, 2)], ids=["told", "untold"])
async def test_a_chunk_whose_answer_was_lost_is_asked_for_or_sent_anew(
    scene: Scene, bare: bool, sessions: int
) -> None:
    scene.behave(chunk=2_000, bare=bare)
    post, done = draft("Bao", film()), dict[str, str]()
    steps = scene.publishes.prepare(scene.http, scene.shop, post, done)
    for _ in range(2):
        step = await anext(steps)
        done[step.name] = step.value
    scene.network.faults.add(Fault(kind=Kind.reset_after, call="/videos$"))
    with pytest.raises(Later):
        await anext(steps)
    await scene.prepare_into(post, done)
    published = await scene.send(post, done)
    (shown,) = scene.world.posts.values()
    assert (shown.id, shown.media[0].content) == (published.remote_id, post.media[0].read())
    assert len(scene.world.media) == sessions


async def test_a_session_that_is_gone_or_broken_is_begun_anew(scene: Scene) -> None:
    post = clip(REEL)
    done = {name: value for name, value in (await scene.prepare(post)).items() if "whole" not in name}
    (first,) = scene.world.media.values()
    first.trouble = "No picture in it."
    done |= await scene.prepare(post, done)
    scene.world.media.clear()
    done = {name: value for name, value in done.items() if "whole" not in name}
    published = await scene.send(post, {**done, **await scene.prepare(post, done)})
    assert [seen.remote_id for seen in scene.pretend.published("shop")] == [published.remote_id] != [first.id]


async def test_an_upload_session_that_broke_off_goes_on_from_what_arrived(scene: Scene) -> None:
    post, done = clip(REEL), dict[str, str]()
    steps = scene.publishes.prepare(scene.http, scene.shop, post, done)
    step = await anext(steps)
    done[step.name] = step.value
    (session,) = scene.pretend.uploads.sessions.values()
    session.breaks_at = 10_000
    with pytest.raises(Later):
        await anext(steps)
    arrived = len(session.content)
    assert 10_000 <= arrived < post.media[0].size
    await scene.prepare_into(post, done)
    assert bytes(session.content) == post.media[0].read()
    await scene.send(post, done)
    assert len(scene.world.media) == 1


@KINDS
@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after])
async def test_an_end_that_facebook_heard_is_found(scene: Scene, options: dict[str, str], kind: Kind) -> None:
    post, since = clip(options), datetime.now(UTC)
    done = await scene.lose(post, kind)
    found = await scene.find(post, since, done)
    assert found is not None
    assert [seen.remote_id for seen in scene.pretend.published("shop")] == [found.remote_id]


@KINDS
async def test_an_end_that_never_arrived_is_sent_once_more(scene: Scene, options: dict[str, str]) -> None:
    post, since = clip(options), datetime.now(UTC)
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, since, done) is None
    published = await scene.send(post, done)
    assert await scene.find(post, since, done) == published


@KINDS
async def test_an_end_that_is_sent_twice_makes_one_post(scene: Scene, options: dict[str, str]) -> None:
    post = clip(options)
    done = await scene.prepare(post)
    assert await scene.send(post, done) == await scene.send(post, done)
    assert len(scene.pretend.published("shop")) == 1


async def test_a_picture_story_is_found_by_its_picture(scene: Scene) -> None:
    post, since = draft("", picture("Steam"), kind="story"), datetime.now(UTC)
    done = await scene.lose(post)
    found = await scene.find(post, since, done)
    assert found is not None
    assert await scene.send(post, done) == found
    assert [seen.alts for seen in scene.pretend.published("shop")] == [("Steam",)]
    assert found.url.endswith(f"/stories/{scene.shop.remote_id}/{found.remote_id}")


@pytest.mark.parametrize(
    "changes", [{"tells_post": True}, {"bare": True}, {"works": 3}], ids=["tells-its-post", "bare", "slow"]
)
async def test_a_reel_goes_out_whichever_way_facebook_answers(scene: Scene, changes: dict[str, Any]) -> None:
    scene.behave(**changes)
    published = await scene.post(clip(REEL))
    assert [seen.remote_id for seen in scene.pretend.published("shop")] == [published.remote_id]


async def test_a_video_that_facebook_cannot_use_is_explained(scene: Scene) -> None:
    """The owner's machine was wrong about how long it lasts."""
    short = film(1)
    lying = film(4, short.read())
    with pytest.raises(Refused, match="must last 3 to 90 seconds") as caught:
        await scene.prepare(draft("Bao", lying, kind="reel"))
    assert caught.value.field == "media"


async def test_a_file_that_is_no_video_is_refused_at_the_end(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Bao", film(4, b"no video at all")))
    assert (caught.value.code, caught.value.field) == ("352/1363024", "media")
    assert scene.pretend.published("shop") == ()


async def test_a_story_cannot_be_taken_down_from_here(scene: Scene) -> None:
    published = await scene.post(clip(STORY))
    with pytest.raises(Refused, match="Delete it there yourself"):
        await scene.delete(published)


@pytest.mark.parametrize("options", [{}, REEL], ids=["video", "reel"])
async def test_videos_can_be_deleted(scene: Scene, options: dict[str, str]) -> None:
    published = await scene.post(clip(options))
    await scene.delete(published)
    assert scene.pretend.published("shop") == ()


async def test_a_comment_waits_until_its_video_is_ready(scene: Scene) -> None:
    scene.behave(works=3)
    first = await scene.post(draft("Bao", film()))
    reply = draft("And tea.", reply_to=first)
    with pytest.raises(Later, match="The comment follows"):
        await scene.prepare(reply)
    for _ in range(3):
        try:
            await scene.post(reply)
            break
        except Later:
            continue
    assert [seen.reply_to for seen in scene.pretend.published("shop")] == ["", first.remote_id]


async def test_a_story_takes_no_comment(scene: Scene) -> None:
    first = await scene.post(clip(STORY))
    with pytest.raises(Refused, match="Nobody can comment"):
        await scene.prepare(draft("And tea.", reply_to=first))


async def test_the_thirty_first_reel_of_a_day_has_to_wait(scene: Scene) -> None:
    for _ in range(30):
        await scene.post(clip(REEL))
    with pytest.raises(Later):
        await scene.post(clip(REEL))


async def test_a_video_that_is_gone_was_not_published(scene: Scene) -> None:
    post, since = clip(REEL), datetime.now(UTC)
    done = await scene.lose(post, Kind.reset_before)
    scene.world.media.clear()
    assert await scene.find(post, since, done) is None
    with pytest.raises(Refused):
        await scene.send(post, done)


@pytest.mark.parametrize("options", [{}, REEL], ids=["video", "reel"])
async def test_a_refused_end_that_cannot_be_looked_into_stays_open(
    scene: Scene, options: dict[str, str]
) -> None:
    post = clip(options)
    done = await scene.prepare(post)
    await scene.send(post, done)
    scene.network.faults.add(Fault(kind=Kind.error_before, call=r"/\d+$"))
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)


async def test_a_fault_at_the_end_of_a_video_is_never_called_a_refusal(scene: Scene) -> None:
    post = draft("Bao", film())
    done = await scene.prepare(post)
    scene.network.faults.add(Fault(kind=Kind.error_before))
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)
