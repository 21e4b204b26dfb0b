"""What became of a post whose answer was lost: its container says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import CannotLook, Later, OutcomeUnknown
from hawker.connect.meta_containers import whole_of
from hawker.connect.values import Media
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, picture


async def test_what_was_published_is_found_as_it_was_sent(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao #breakfast with @bakery", picture())
    done = await scene.lose(post)
    found = await scene.find(post, since, done)
    assert found
    assert [found.remote_id] == [each.id for each in scene.posts]
    assert found.url == scene.world.address_of(scene.posts[0])


async def test_what_never_arrived_is_absent(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, since, done) is None


async def test_what_was_never_prepared_is_absent(scene: Scene) -> None:
    assert await scene.find(draft("Bao"), datetime.now(UTC)) is None


async def test_a_second_call_publishes_nothing_twice_and_is_looked_into(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post)
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)
    assert len(scene.posts) == 1
    assert await scene.find(post, since, done)


async def test_what_is_published_and_not_listed_yet_is_looked_for_again(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post)
    scene.behave(hides=True)
    with pytest.raises(Later):
        await scene.find(post, since, done)


async def test_after_an_hour_the_owner_is_asked(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post)
    scene.behave(hides=True)
    with pytest.raises(CannotLook):
        await scene.find(post, since - timedelta(hours=2), done)


async def test_a_container_still_in_work_is_looked_at_later(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post, Kind.reset_before)
    scene.world.containers[whole_of(done)].looks = 9
    with pytest.raises(Later):
        await scene.find(post, since, done)


async def test_an_expired_container_was_never_published(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post, Kind.reset_before)
    scene.behave(ahead=timedelta(hours=25))
    assert await scene.find(post, since, done) is None


@pytest.mark.parametrize("taken", [True, False])
async def test_where_the_container_is_forgotten_the_list_tells(scene: Scene, taken: bool) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post, Kind.reset_after if taken else Kind.reset_before)
    scene.behave(forgets=True)
    if not taken:
        scene.world.containers.clear()
    found = await scene.find(post, since, done)
    assert [found.remote_id if found else ""] == ([each.id for each in scene.posts] or [""])


@pytest.mark.parametrize("listed", [True, False])
async def test_a_lost_reply_is_found_whichever_list_has_it(scene: Scene, listed: bool) -> None:
    first, since = await scene.post(draft("One")), datetime.now(UTC)
    reply = draft("Two", reply_to=first)
    done = await scene.lose(reply)
    scene.behave(lists_own_replies=listed)
    found = await scene.find(reply, since, done)
    assert found
    assert found.remote_id == scene.posts[-1].id


async def test_a_reply_is_not_mistaken_for_one_below_another_post(scene: Scene) -> None:
    one, other, since = await scene.post(draft("1")), await scene.post(draft("2")), datetime.now(UTC)
    reply, twin = draft("Thanks!", reply_to=one), draft("Thanks!", reply_to=other)
    done = await scene.lose(reply)
    await scene.post(twin)
    found = await scene.find(reply, since, done)
    assert found
    assert scene.world.posts[found.remote_id].parent == one.remote_id


async def test_a_reply_whose_list_may_not_be_read_is_looked_for_again(scene: Scene) -> None:
    first, since = await scene.post(draft("One")), datetime.now(UTC)
    reply = draft("Two", reply_to=first)
    done = await scene.lose(reply)
    secrets = {"access_token": scene.key("threads_read_replies")}
    with pytest.raises(Later):
        await scene.at(replace(scene.shop, secrets=secrets)).find(reply, since, done)


async def test_a_video_is_not_mistaken_for_words(scene: Scene, film: Media) -> None:
    since = datetime.now(UTC)
    await scene.post(draft("Steam", film))
    words = draft("Steam")
    done = await scene.lose(words)
    found = await scene.find(words, since, done)
    assert found
    assert scene.world.posts[found.remote_id].kind == "TEXT_POST"


async def test_a_post_that_others_know_is_not_taken(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post)
    known = {each.id for each in scene.posts}
    with pytest.raises(Later):
        await scene.find(post, since, done, known)


async def test_a_lost_answer_of_the_look_itself_is_a_fault_only(scene: Scene) -> None:
    since, post = datetime.now(UTC), draft("Bao")
    done = await scene.lose(post)
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/threads$", times=2))
    with pytest.raises(Later):
        await scene.find(post, since, done)
