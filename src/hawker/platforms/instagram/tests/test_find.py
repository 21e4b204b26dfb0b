"""Lost answers: what a container became, and which comment is ours."""

from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import CannotLook, Later
from hawker.connect.values import Account
from hawker.platforms.instagram.tests.scene import Scene
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import TEXT, draft


@pytest.mark.parametrize("kind", ["post", "reel", "story"])
async def test_what_was_published_is_found_whatever_its_kind(scene: Scene, kind: str) -> None:
    since = datetime.now(UTC)
    media = scene.video() if kind == "reel" else scene.picture()
    post = draft("" if kind == "story" else TEXT, media, kind=kind)
    done = await scene.lose(post)
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == scene.posts[0].id


async def test_a_container_that_is_not_published_is_certainly_not_there(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft(TEXT, scene.picture())
    await scene.post(draft(TEXT, scene.picture()))
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, since, done) is None


async def test_where_a_backup_knows_no_container_the_words_tell(scene: Scene) -> None:
    since = datetime.now(UTC)
    published = await scene.post(draft(TEXT, scene.picture()))
    assert await scene.find(draft(TEXT, scene.picture()), since) == published
    assert await scene.find(draft("Other words", scene.picture()), since) is None


async def test_where_a_backup_knows_no_story_the_owner_is_asked(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft("", scene.picture(), kind="story")
    await scene.post(post)
    with pytest.raises(CannotLook, match="knows nothing of this upload"):
        await scene.find(post, since)


async def test_what_is_published_and_not_listed_is_looked_for_again(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft(TEXT, scene.picture())
    done = await scene.lose(post)
    scene.behave(hides=True)
    with pytest.raises(Later):
        await scene.find(post, since, done)
    with pytest.raises(CannotLook):
        await scene.find(post, since - timedelta(hours=2), done)


async def test_a_post_that_is_under_way_is_looked_for_again(scene: Scene) -> None:
    post = draft(TEXT, scene.picture())
    done = await scene.lose(post, Kind.reset_before)
    scene.containers[0].looks = 1
    with pytest.raises(Later, match="still working"):
        await scene.find(post, datetime.now(UTC), done)


async def test_a_container_that_is_forgotten_leaves_the_list_to_tell(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft(TEXT, scene.picture())
    done = await scene.lose(post)
    scene.world.containers.clear()
    found = await scene.find(post, since, done)
    assert found is not None
    assert await scene.find(post, since, done, known={found.remote_id}) is None


async def test_words_are_compared_without_their_spaces_and_mentions(scene: Scene) -> None:
    scene.behave(trims=True)
    since = datetime.now(UTC)
    post = draft("Bao\n\nat  six, @bean", scene.picture())
    assert await scene.find(post, since, await scene.lose(post)) is not None


async def test_the_nearest_of_two_alike_is_taken(scene: Scene) -> None:
    earlier = await scene.post(draft(TEXT, scene.picture()))
    post, since = draft(TEXT, scene.picture()), datetime.now(UTC)
    found = await scene.find(post, since, await scene.lose(post), known={earlier.remote_id})
    assert found is not None
    assert found.remote_id == scene.posts[1].id


async def test_a_carousel_is_no_single_picture(scene: Scene) -> None:
    since = datetime.now(UTC)
    post = draft(TEXT, scene.picture())
    done = await scene.lose(post)
    scene.world.posts.clear()
    await scene.post(draft(TEXT, scene.picture(), scene.picture()))
    with pytest.raises(Later):
        await scene.find(post, since, done)


async def test_a_comment_is_found_by_its_words_and_writer(scene: Scene) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    since = datetime.now(UTC)
    comment = draft("And tea.", reply_to=first)
    assert await scene.find(comment, since) is None
    await scene.lose(comment)
    found = await scene.find(comment, since)
    assert found is not None
    assert found.remote_id == scene.posts[1].id
    assert await scene.find(comment, since, known={found.remote_id}) is None
    assert await scene.find(draft("And rice.", reply_to=first), since) is None
    await scene.delete(first)
    assert await scene.find(comment, since) is None


async def test_the_login_at_instagram_finds_as_well(scene: Scene, own_shop: Account) -> None:
    own, since = scene.at(own_shop), datetime.now(UTC)
    post = draft(TEXT, scene.picture())
    assert await own.find(post, since, await own.lose(post)) is not None
