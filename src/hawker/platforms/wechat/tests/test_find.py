"""Looking for what a lost answer left behind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook, Later, OutcomeUnknown, Refused
from hawker.connect.http import Json
from hawker.connect.values import Draft, Published
from hawker.platforms.wechat.publish import Publish
from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, picture
from hawker.sandbox.tests.strangers import Stranger


async def anew(scene: Scene, post: Draft, done: Mapping[str, str], since: datetime) -> Published | None:
    """A process that did not send it looks."""
    return await replace(scene, publishes=Publish()).find(post, since, done)


async def examined(scene: Scene, post: Draft, verdict: int) -> Mapping[str, str]:
    """Sent, and examined for longer than anybody follows; the next question is told the verdict."""
    scene.theirs.polls, scene.theirs.verdict = 9, verdict
    done = await scene.prepare(post)
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)
    (job,) = scene.theirs.jobs.values()
    job.polls = 1
    return done


@pytest.mark.parametrize("kind", ["", "pictures"])
async def test_it_is_found_by_the_picture_that_was_uploaded_for_it(scene: Scene, kind: str) -> None:
    since = datetime.now(UTC)
    twin = draft("春茶", picture(), kind=kind)
    other = replace(draft("春茶", kind=kind), media=twin.media)
    done = await scene.lose(twin)
    assert await anew(scene, other, await scene.prepare(other), since) is None
    found = await anew(scene, twin, done, since)
    assert found is not None
    assert found.remote_id == scene.posts[0].id
    assert found.url == f"{scene.network.address}/s/{scene.posts[0].sn}"


@pytest.mark.parametrize("named", ["", "another-id"])
@pytest.mark.parametrize("kind", ["", "pictures"])
async def test_it_is_found_by_its_words_where_its_pictures_changed_their_ids(
    scene: Scene, kind: str, named: str
) -> None:
    since = datetime.now(UTC)
    post = draft("春茶\n\n每日 & <新鮮>", picture(), kind=kind)
    done = await scene.lose(post)
    (article,) = scene.posts
    image: dict[str, Json] = {"image_media_id": named}
    article.fields = {**article.fields, "thumb_media_id": named, "image_info": {"image_list": [image]}}
    found = await anew(scene, post, done, since)
    assert found is not None
    assert found.remote_id == article.id
    with pytest.raises(Later):
        await anew(scene, post, done, since + timedelta(minutes=5))


async def test_where_a_backup_knows_no_draft_the_words_tell_or_the_owner_is_asked(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture())
    with pytest.raises(CannotLook, match="knows nothing of this upload"):
        await anew(scene, post, {}, since)
    published = await scene.post(post)
    found = await anew(scene, post, {}, since)
    assert found is not None
    assert found.remote_id == published.remote_id


async def test_one_that_is_many_pages_back_is_found(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture())
    done = await scene.lose(post)
    for number in range(25):
        await scene.post(draft(f"茶 {number}", picture()))
    found = await anew(scene, post, done, since)
    assert found is not None
    assert found.remote_id == scene.posts[0].id


async def test_a_draft_that_is_gone_while_no_list_shows_the_article_is_no_answer(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture())
    done = await scene.lose(post)
    scene.posts.clear()
    with pytest.raises(Later, match="The draft of this article is gone"):
        await anew(scene, post, done, since)


async def test_a_draft_that_is_still_there_was_not_published_though_another_says_the_same(
    scene: Scene,
) -> None:
    since = datetime.now(UTC)
    await scene.post(draft("春茶", picture()))
    post = draft("春茶", picture())
    done = await scene.lose(post, Kind.reset_before)
    assert await anew(scene, post, done, since) is None
    await scene.send(post, done)
    assert len(scene.posts) == 2


@pytest.mark.parametrize(("verdict", "there"), [(2, False), (3, False), (4, False), (5, True), (6, True)])
async def test_one_that_failed_its_examination_is_absent_and_one_that_was_taken_down_is_not_sent_again(
    scene: Scene, verdict: int, *, there: bool
) -> None:
    since, post = datetime.now(UTC), draft("春茶", picture())
    done = await examined(scene, post, verdict)
    (job,) = scene.theirs.jobs.values()
    found = await scene.find(post, since, done)
    assert (found.remote_id if found else None) == (str(job.id) if there else None)


@pytest.mark.parametrize("verdict", [2, 3, 4])
async def test_what_failed_its_examination_is_not_examined_again_before_its_owner_knows(
    scene: Scene, verdict: int
) -> None:
    since, post = datetime.now(UTC), draft("春茶", picture())
    done = await examined(scene, post, verdict)
    assert await scene.find(post, since, done) is None
    again = {**done, **await scene.prepare(post, done)}
    with pytest.raises(Refused) as caught:
        await scene.send(post, again)
    assert caught.value.code == f"publish_status {verdict}"
    assert len(scene.theirs.jobs) == 1
    scene.theirs.polls = scene.theirs.verdict = 0
    await scene.send(post, again)
    assert len(scene.posts) == 1


@pytest.mark.parametrize("known", [True, False])
async def test_where_wechat_lets_nobody_ask_what_is_published_the_owner_is_asked(
    scene: Scene, *, known: bool
) -> None:
    since, post = datetime.now(UTC), draft("春茶", picture())
    scene.theirs.polls = 9
    done = await scene.prepare(post)
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)
    scene.theirs.verified = False
    looking = scene if known else replace(scene, publishes=Publish())
    with pytest.raises(CannotLook, match="under published") as caught:
        await looking.find(post, since, done)
    assert caught.value.code == "48001"


async def test_an_article_for_followers_is_found_by_its_key_where_its_draft_is_gone(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture(), kind="mass")
    done = await scene.lose(post)
    found = await anew(scene, post, done, since)
    assert [found and found.remote_id] == [str(each.msg_id) for each in scene.posts]


async def test_an_article_for_followers_did_not_go_out_where_its_draft_is_still_there(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture(), kind="mass")
    done = await scene.lose(post, Kind.reset_before)
    assert await anew(scene, post, done, since) is None
    assert scene.posts == []
    await scene.send(post, done)
    assert len(scene.posts) == 1


@pytest.mark.parametrize(
    ("code", "words"), [(40007, "invalid media_id"), (45028, "no quota"), (48001, "api unauthorized")]
)
async def test_where_wechat_looks_at_the_draft_or_the_quota_before_the_key_the_owner_is_asked(
    scene: Scene, code: int, words: str
) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture(), kind="mass")
    done = await scene.lose(post)
    async with Stranger() as stranger:
        stranger.says["POST /cgi-bin/draft/get"] = _said(40007, "invalid media_id")
        stranger.says["POST /cgi-bin/message/mass/sendall"] = _said(code, words)
        elsewhere = scene.at(replace(scene.shop, server=stranger.address))
        with pytest.raises(CannotLook, match="does not tell whether") as caught:
            await elsewhere.find(post, since, done)
    assert caught.value.code == str(code)


async def test_what_wechat_is_too_busy_to_tell_is_asked_again(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture(), kind="mass")
    done = await scene.lose(post)
    scene.network.faults.add(Fault(kind=Kind.limited, call="send"))
    with pytest.raises(Later, match="asks to wait"):
        await scene.find(post, since, done)


def _said(code: int, words: str) -> web.Response:
    return web.Response(text=f'{{"errcode": {code}, "errmsg": "{words}"}}')


async def test_pictures_for_followers_are_settled_by_their_key(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("春茶", picture(), kind="message")
    done = await scene.lose(post)
    assert await anew(scene, post, done, since) is None
    published = await scene.send(post, {**done, **await scene.prepare(post, done)})
    assert [published.remote_id] == [str(each.msg_id) for each in scene.posts]


async def test_a_key_that_wechat_may_have_forgotten_is_not_relied_on(scene: Scene) -> None:
    post = draft("春茶", picture(), kind="mass")
    with pytest.raises(CannotLook, match="under published"):
        await anew(scene, post, {}, datetime.now(UTC) - timedelta(hours=21))
