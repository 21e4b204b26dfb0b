"""Looking for what a lost answer may have published."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Later, OutcomeUnknown, Refused
from hawker.connect.values import Draft, Published
from hawker.platforms.youtube import comments
from hawker.platforms.youtube.sandbox_world import Comment
from hawker.platforms.youtube.tests.scene import OWNER, Scene, post
from hawker.sandbox.faults import Fault, Kind


async def find(
    scene: Scene, draft: Draft, done: dict[str, str], since: datetime, known: Collection[str] = ()
) -> Published | None:
    return await scene.publishes.find(scene.http, scene.account, draft, done, since=since, known=known)


async def lose(scene: Scene, draft: Draft, kind: Kind) -> dict[str, str]:
    done = await scene.prepare(draft)
    scene.network.faults.add(Fault(kind=kind))
    with pytest.raises(OutcomeUnknown):
        await scene.send(draft, done)
    return done


@pytest.mark.parametrize("wish", [{}, {"privacy": "unlisted"}, {"publish_at": "2100-01-01T00:00Z"}])
async def test_a_video_is_found_by_its_id(scene: Scene, wish: dict[str, str]) -> None:
    since, draft = datetime.now(UTC), post(**wish)
    assert await find(scene, draft, await lose(scene, draft, Kind.reset_before), since) is None
    done = await lose(scene, draft, Kind.reset_after)
    found = await find(scene, draft, done, since)
    assert found == Published(
        remote_id=scene.videos[1].id, url=f"{scene.account.site}/watch?v={scene.videos[1].id}"
    )
    assert await scene.send(draft, done) == found


async def test_what_was_never_uploaded_is_not_there(scene: Scene) -> None:
    assert await find(scene, post(), {}, datetime.now(UTC)) is None


async def test_a_video_that_was_deleted_is_not_there(scene: Scene) -> None:
    draft = post()
    done = await scene.prepare(draft)
    await scene.publishes.delete(scene.http, scene.account, await scene.send(draft, done))
    assert await find(scene, draft, done, datetime.now(UTC)) is None


async def comment(scene: Scene, text: str = "Open till eight.") -> Draft:
    return replace(post(text), media=(), reply_to=await scene.publish(post()))


async def test_a_comment_stands_under_the_video_and_goes_again(scene: Scene) -> None:
    draft = await comment(scene)
    published = await scene.publish(draft)
    assert draft.reply_to is not None
    [_, seen] = scene.network.pretend.published(OWNER)
    assert (seen.text, seen.reply_to) == (draft.text, draft.reply_to.remote_id)
    further = replace(draft, text="And Sundays.", reply_to=published)
    assert (await scene.publish(further)).detail == {"video": draft.reply_to.remote_id}
    for _ in range(2):
        await scene.publishes.delete(scene.http, scene.account, published)
    assert [each.text for each in scene.network.pretend.published(OWNER)[1:]] == ["And Sundays."]


async def test_a_lost_comment_is_found(scene: Scene) -> None:
    since, draft = datetime.now(UTC), await comment(scene)
    done = await lose(scene, draft, Kind.reset_before)
    assert await find(scene, draft, done, since) is None
    await lose(scene, draft, Kind.reset_after)
    found = await find(scene, draft, done, since)
    assert found is not None
    assert found.remote_id == scene.network.pretend.published(OWNER)[1].remote_id
    assert await find(scene, draft, done, since, known={found.remote_id}) is None


async def test_others_and_earlier_ones_are_not_taken_for_it(scene: Scene) -> None:
    draft = await comment(scene)
    assert draft.reply_to is not None
    now, video = scene.world.now(), draft.reply_to.remote_id
    stranger, own = scene.world.channel("stranger"), scene.world.channel(OWNER)
    for key, channel, at in (("Ugx1", stranger, now), ("Ugx2", own, now - timedelta(hours=1))):
        scene.world.comments[key] = Comment(
            id=key, channel=channel, video=video, text=draft.text, created_at=at
        )
    assert await find(scene, draft, {}, now - timedelta(minutes=1)) is None
    assert (await find(scene, draft, {}, now - timedelta(hours=2))) is not None


@pytest.mark.parametrize("hours", [-3, 3])
async def test_a_clock_that_differs_from_youtubes_hides_nothing(scene: Scene, hours: int) -> None:
    """YouTube's clock is told by its answers; the pretend one's is ours, so that `since` is what lies."""
    draft = await comment(scene)
    scene.behave(ahead=timedelta(hours=hours))
    done = await lose(scene, draft, Kind.reset_after)
    found = await find(scene, draft, done, datetime.now(UTC) + timedelta(hours=hours))
    assert found is not None


@pytest.mark.parametrize("count", [99, 250])
async def test_a_comment_below_many_others_is_found(scene: Scene, count: int) -> None:
    since, draft = datetime.now(UTC), await comment(scene)
    done = await lose(scene, draft, Kind.reset_after)
    fill(scene, draft, count)
    assert await find(scene, draft, done, since) is not None


async def test_too_many_comments_are_not_taken_for_absence(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "PAGES", 2)
    since, draft = datetime.now(UTC), await comment(scene)
    done = await lose(scene, draft, Kind.reset_after)
    fill(scene, draft, 250)
    with pytest.raises(Later, match="too many comments"):
        await find(scene, draft, done, since)


def fill(scene: Scene, draft: Draft, count: int) -> None:
    assert draft.reply_to is not None
    for number in range(count):
        key = f"Ugx{number}"
        scene.world.comments[key] = Comment(
            id=key,
            channel=scene.world.channel("stranger"),
            video=draft.reply_to.remote_id,
            text="First!",
            created_at=scene.world.now(),
        )


async def test_comments_that_are_off_are_told(scene: Scene) -> None:
    draft = await comment(scene)
    scene.behave(comments=False)
    with pytest.raises(Refused, match="Comments are off") as refused:
        await scene.publish(draft)
    assert refused.value.field == "text"


async def test_a_comment_whose_answer_cannot_be_read_is_looked_for(scene: Scene) -> None:
    draft = await comment(scene)
    scene.network.faults.add(Fault(kind=Kind.error_after, status=200))
    with pytest.raises(OutcomeUnknown):
        await scene.send(draft, {})


@pytest.mark.parametrize(
    "published",
    [Published(remote_id="gone", url=""), Published(remote_id="Ugx", url="", detail={"video": "v"})],
)
async def test_what_is_gone_counts_as_taken_off(scene: Scene, published: Published) -> None:
    await scene.publishes.delete(scene.http, scene.account, published)


async def test_what_is_another_channels_is_not_taken_off(scene: Scene) -> None:
    published = await scene.publish(post())
    video = scene.world.videos[published.remote_id]
    video.channel = scene.world.channel("stranger")
    with pytest.raises(Refused, match="does not let this channel"):
        await scene.publishes.delete(scene.http, scene.account, published)
