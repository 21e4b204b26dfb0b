"""What an account may do at Threads in a day, and what happens beyond."""

from dataclasses import replace

import pytest

from hawker.connect.budgets import Reading, read
from hawker.connect.errors import Later, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Heard
from hawker.platforms.threads import PLATFORM
from hawker.platforms.threads.budgets import DELETES, POST_BUDGET, POSTS, REPLIES, REPLY_BUDGET
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.tests.makers import draft


async def heard(scene: Scene) -> list[Reading]:
    told: list[Heard] = []
    await scene.publishes.prepare(scene.http.heard_by(told.append), scene.shop, draft(), {}).__anext__()
    own = {POST_BUDGET.name, REPLY_BUDGET.name}
    return [each for one in told for each in read(PLATFORM.budgets, one) if each.budget in own]


async def test_what_is_left_is_told_before_each_post(scene: Scene) -> None:
    scene.world.leave(scene.me, POSTS, 7, 60)
    assert await heard(scene) == [Reading(budget="posts", left=7, limit=250)]


async def test_replies_do_not_use_up_posts(scene: Scene) -> None:
    first = await scene.post(draft("One"))
    scene.world.leave(scene.me, POSTS, 0, 60)
    await scene.post(draft("Two", reply_to=first))
    with pytest.raises(Later):
        await scene.prepare(draft("Three"))


async def test_posts_do_not_use_up_replies(scene: Scene) -> None:
    first = await scene.post(draft("One"))
    scene.world.leave(scene.me, REPLIES, 0, 60)
    with pytest.raises(Later):
        await scene.prepare(draft("Two", reply_to=first))
    await scene.post(draft("Three"))


async def test_a_limit_that_is_reached_meanwhile_publishes_nothing(scene: Scene) -> None:
    post = draft("One")
    done = await scene.prepare(post)
    scene.world.leave(scene.me, POSTS, 0, 60)
    with pytest.raises(Later) as caught:
        await scene.send(post, done)
    assert not isinstance(caught.value, OutcomeUnknown)
    assert scene.posts == []


async def test_beyond_the_daily_deletions_nothing_is_taken_down(scene: Scene) -> None:
    published = await scene.post(draft("One"))
    scene.world.leave(scene.me, DELETES, 0, 60)
    with pytest.raises(Later):
        await scene.delete(published)
    assert len(scene.posts) == 1
    scene.world.leave(scene.me, DELETES, 1, 60)
    await scene.delete(published)
    assert scene.posts == []


async def test_a_key_that_may_not_delete_takes_nothing_down(scene: Scene) -> None:
    published = await scene.post(draft("One"))
    less = replace(scene.shop, secrets={"access_token": scene.key("threads_delete")})
    with pytest.raises((SignInAgain, Refused)):
        await scene.at(less).delete(published)
    assert len(scene.posts) == 1
