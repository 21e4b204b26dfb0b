"""Publishing videos: what is uploaded, what people see, and what YouTube says about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from hawker.connect.errors import Later, OutcomeUnknown, Refused
from hawker.connect.values import Draft
from hawker.platforms.youtube import processing
from hawker.platforms.youtube.sandbox_world import Playlist
from hawker.platforms.youtube.tests.scene import OWNER, Scene, film, post, still
from hawker.platforms.youtube.wire import tube_of
from hawker.sandbox.faults import Fault, Kind


async def test_a_video_is_private_until_it_is_sent(scene: Scene) -> None:
    draft = post(title="Buns", tags="buns, hot tea,早餐", made_with_ai="yes", category="26")
    done = await scene.prepare(draft)
    [video] = scene.videos
    assert video.status["privacyStatus"] == "private"
    assert scene.network.pretend.published(OWNER) == ()
    published = await scene.send(draft, done)
    assert published.url == f"{scene.account.site}/watch?v={video.id}"
    assert video.snippet == {
        "title": "Buns",
        "description": draft.text,
        "tags": ["buns", "hot tea", "早餐"],
        "categoryId": "26",
        "defaultLanguage": "en",
    }
    status = {name: video.status[name] for name in ("privacyStatus", "selfDeclaredMadeForKids")}
    assert status == {"privacyStatus": "public", "selfDeclaredMadeForKids": False}
    assert video.status["containsSyntheticMedia"] is True
    assert video.content == draft.media[0].read()


@pytest.mark.parametrize("privacy", ["public", "unlisted", "private"])
async def test_whoever_may_see_it_sees_it(scene: Scene, privacy: str) -> None:
    published = await scene.publish(post(privacy=privacy))
    assert scene.world.videos[published.remote_id].status["privacyStatus"] == privacy
    assert [seen.remote_id for seen in scene.network.pretend.published(OWNER)] == [published.remote_id]


async def test_a_short_has_an_address_of_its_own(scene: Scene) -> None:
    draft = replace(post(kind="short"), media=(film(width=720, height=1280),))
    published = await scene.publish(draft)
    assert published.url == f"{scene.account.site}/shorts/{published.remote_id}"
    assert scene.world.videos[published.remote_id].film.is_short


async def test_the_first_line_is_the_title_where_there_is_none(scene: Scene) -> None:
    await scene.publish(post("\nBuns at seven\nand tea"))
    await scene.publish(post(f"{'bun ' * 30}\nand tea"))
    titles = [video.text("title") for video in scene.videos]
    assert titles[0] == "Buns at seven"
    assert titles[1] == f"{('bun ' * 24).strip()}…"
    assert len(titles[1]) <= 100


async def test_youtube_publishes_at_the_time_it_was_told(scene: Scene) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    published = await scene.publish(post(publish_at=f"{at:%Y-%m-%d %H:%M:%S} +00:00"))
    video = scene.world.videos[published.remote_id]
    assert video.status["privacyStatus"] == "private"
    assert video.status["publishAt"] == f"{at:%Y-%m-%dT%H:%M:%S}Z"
    scene.behave(ahead=timedelta(hours=4))
    assert video.privacy(scene.world.now()) == "public"


async def test_a_time_that_has_passed_means_now(scene: Scene) -> None:
    published = await scene.publish(post(publish_at="2026-01-01T10:00+08:00"))
    assert scene.world.videos[published.remote_id].status["privacyStatus"] == "public"


async def test_subscribers_are_told_unless_the_owner_says_no(scene: Scene) -> None:
    await scene.publish(post())
    await scene.publish(post(notify="no"))
    assert [session.notifies for session in scene.world.sessions.values()] == [True, False]


async def test_a_picture_beside_the_video_is_its_thumbnail(scene: Scene) -> None:
    draft = post()
    await scene.publish(replace(draft, media=(still(), *draft.media)))
    assert scene.videos[0].thumbnail == still().read()


async def test_a_thumbnail_is_refused_by_youtube_where_the_phone_is_not_verified(scene: Scene) -> None:
    scene.behave(verified=False, tells=False)
    draft = post()
    with pytest.raises(Refused, match="phone number") as refused:
        await scene.prepare(replace(draft, media=(*draft.media, still())))
    assert refused.value.field == "media"
    assert scene.videos == []


@pytest.mark.parametrize(
    "typed", ["Breakfast", "breakfast ", "PLbreakfast-is-ready", "?list=PLbreakfast-is-ready"]
)
async def test_a_video_goes_into_a_playlist_once(scene: Scene, typed: str) -> None:
    channel = scene.world.channel(OWNER)
    others = [Playlist(id=f"PLother-{number:06}", channel=channel, title=f"{number}") for number in range(60)]
    playlist = Playlist(id="PLbreakfast-is-ready", channel=channel, title="Breakfast")
    scene.world.playlists = {each.id: each for each in (*others, playlist)}
    draft = post(playlist=typed)
    done = await scene.prepare(draft)
    again = {name: value for name, value in done.items() if name != "playlist"}
    await scene.prepare(draft, again)
    assert list(playlist.items.values()) == [scene.videos[0].id]


async def test_a_playlist_that_is_not_there_is_told_before_anything_is_uploaded(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        await scene.prepare(post(playlist="Supper"))
    assert refused.value.field == "playlist"
    assert scene.world.begun == 0


async def test_a_foreign_playlist_is_refused_and_nothing_stays_behind(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        await scene.prepare(post(playlist="PL0123456789abcdef"))
    assert refused.value.field == "playlist"
    assert scene.videos == []


async def test_a_video_in_work_is_waited_for(scene: Scene) -> None:
    scene.behave(works=2)
    await scene.publish(post())
    assert scene.videos[0].status["uploadStatus"] == "processed"


async def test_a_video_that_is_long_in_work_is_looked_at_later_and_not_uploaded_again(scene: Scene) -> None:
    scene.behave(works=5)
    draft, done = post(), dict[str, str]()
    with pytest.raises(Later) as later:
        await scene.begin(draft, done)
    assert later.value.at is not None
    assert later.value.at > datetime.now(UTC)
    await scene.send(draft, await scene.prepare(draft, done))
    assert (len(scene.videos), scene.world.begun) == (1, 1)


async def test_a_video_that_is_in_work_for_half_an_hour_goes_out_unfinished(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processing, "PATIENCE", timedelta(0))
    scene.behave(works=100)
    await scene.publish(post())
    assert scene.videos[0].status == {
        **scene.videos[0].status,
        "uploadStatus": "uploaded",
        "privacyStatus": "public",
    }


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("conversion", "cannot read this video"),
        ("invalidFile", "cannot read this video"),
        ("codec", "cannot read this video"),
        ("emptyFile", "did not arrive whole"),
        ("tooSmall", "did not arrive whole"),
        ("uploadAborted", "did not arrive whole"),
    ],
)
async def test_a_video_that_fails_is_explained_and_taken_back(scene: Scene, reason: str, words: str) -> None:
    scene.behave(failure=reason)
    with pytest.raises(Refused, match=words) as refused:
        await scene.prepare(post())
    assert (refused.value.code, refused.value.field) == (reason, "media")
    assert scene.videos == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("length", "15 minutes"),
        ("duplicate", "on the channel already"),
        ("copyright", r"somebody’s rights \(copyright\)"),
        ("termsOfUse", r"\(termsOfUse\)"),
    ],
)
async def test_a_video_that_is_rejected_is_explained_and_taken_back(
    scene: Scene, reason: str, words: str
) -> None:
    scene.behave(rejection=reason)
    with pytest.raises(Refused, match=words):
        await scene.prepare(post())
    assert scene.videos == []


async def test_what_is_no_film_fails(scene: Scene) -> None:
    text = replace(film(), read=lambda: b"not a film" * 100, size=1000)
    with pytest.raises(Refused, match="cannot read this video"):
        await scene.prepare(replace(post(), media=(text,)))


async def test_sixteen_minutes_are_too_long_until_the_phone_is_verified(scene: Scene) -> None:
    scene.behave(verified=False, tells=False)
    draft = replace(post(), media=(film(seconds=16 * 60),))
    with pytest.raises(Refused, match="phone number"):
        await scene.prepare(draft)
    scene.behave(verified=True)
    await scene.publish(draft)


async def test_after_a_refusal_the_steps_begin_anew(scene: Scene) -> None:
    """What was taken back is uploaded again, once, with all that belongs to it."""
    scene.behave(rejection="duplicate")
    playlist = Playlist(id="PLbreakfast-is-ready", channel=scene.world.channel(OWNER), title="Breakfast")
    scene.world.playlists[playlist.id] = playlist
    draft, done = replace(post(playlist="Breakfast"), media=(film(), still())), dict[str, str]()
    with pytest.raises(Refused):
        await scene.begin(draft, done)
    scene.behave(rejection="")
    await scene.send(draft, await scene.prepare(draft, done))
    [video] = scene.videos
    assert (video.thumbnail, list(playlist.items.values())[1:]) == (still().read(), [video.id])


@pytest.mark.parametrize("says_no", [False, True])
@pytest.mark.parametrize("wish", [{}, {"privacy": "unlisted"}, {"publish_at": "2100-01-01T00:00Z"}])
async def test_a_project_that_was_not_audited_is_recognised(
    scene: Scene, wish: dict[str, str], says_no: bool
) -> None:
    """Documents disagree on whether YouTube locks such videos, and none says how."""
    scene.behave(audited=False, says_no=says_no)
    draft = post(**wish)
    done = await scene.prepare(draft)
    with pytest.raises(Refused, match="audit of your project") as refused:
        await scene.send(draft, done)
    assert refused.value.field == "privacy"
    assert scene.network.pretend.published(OWNER) == ()
    assert await scene.publishes.find(scene.http, scene.account, draft, done, since=datetime.now(UTC)) is None


async def test_a_private_video_of_such_a_project_is_no_trouble(scene: Scene) -> None:
    scene.behave(audited=False, says_no=True)
    await scene.publish(post(privacy="private"))
    assert scene.videos[0].status["privacyStatus"] == "private"


async def test_a_video_that_somebody_deleted_before_its_time_is_told(scene: Scene) -> None:
    draft = post()
    done = await scene.prepare(draft)
    scene.world.videos.clear()
    with pytest.raises(Refused, match="no longer on the channel"):
        await scene.send(draft, done)


async def test_a_video_that_is_not_listed_yet_is_waited_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = post()
    done = await scene.prepare(draft)
    scene.world.videos.clear()
    with pytest.raises(Later):
        await scene.prepare(draft, done)
    monkeypatch.setattr(processing, "PATIENCE", timedelta(0))
    with pytest.raises(Refused, match="no longer on the channel"):
        await scene.prepare(draft, done)
    assert scene.world.begun == 1


async def test_an_answer_that_cannot_be_read_is_looked_into(scene: Scene) -> None:
    draft = post()
    done = await scene.prepare(draft)
    scene.network.faults.add(Fault(kind=Kind.error_after, status=200))
    with pytest.raises(OutcomeUnknown):
        await scene.send(draft, done)
    assert len(scene.network.pretend.published(OWNER)) == 1


async def test_a_post_without_a_video_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        await scene.prepare(Draft(key=uuid4(), text="Only words", language="en"))
    assert refused.value.field == "media"


async def test_a_second_video_or_picture_is_refused_before_anything_is_uploaded(scene: Scene) -> None:
    for media in ((film(), film()), (film(), still(), still())):
        with pytest.raises(Refused) as refused:
            await scene.prepare(replace(post(), media=media))
        assert refused.value.field == "media"
    assert scene.world.begun == 0


async def test_what_was_taken_back_cannot_be_sent(scene: Scene) -> None:
    with pytest.raises(Refused, match="no longer on the channel"):
        await scene.send(post(), {"video": ""})


async def test_what_people_can_see_is_never_taken_back(scene: Scene) -> None:
    draft = post()
    done = await scene.prepare(draft)
    await scene.send(draft, done)
    scene.videos[0].status |= {"uploadStatus": "rejected", "rejectionReason": "claim"}
    with pytest.raises(Refused, match="claim"):
        await scene.prepare(draft, done)
    assert len(scene.network.pretend.published(OWNER)) == 1


async def test_where_youtube_is_away_nothing_is_taken_back(scene: Scene) -> None:
    done = await scene.prepare(post())
    scene.network.faults.add(Fault(kind=Kind.error_before, call="^/youtube/v3/videos$"))
    steps = processing.take_back(tube_of(scene.http, scene.account), done)
    assert [step async for step in steps] == []
    assert len(scene.videos) == 1
