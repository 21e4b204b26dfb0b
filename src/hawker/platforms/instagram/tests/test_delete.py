"""Taking posts down, where Instagram lets a program do that, and where not."""

import pytest

from hawker.connect.errors import Refused
from hawker.connect.values import Account
from hawker.platforms.instagram.tests.scene import Scene
from hawker.sandbox.tests.makers import TEXT, draft


async def test_posts_and_comments_are_taken_down(scene: Scene) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    comment = await scene.post(draft("And tea.", reply_to=first))
    await scene.delete(comment)
    assert len(scene.posts) == 1
    await scene.delete(first)
    await scene.delete(first)
    assert scene.posts == []


async def test_where_programs_may_not_the_owner_is_told_where_to_do_it(scene: Scene) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    scene.behave(deletes=False)
    with pytest.raises(Refused, match="Delete it there yourself"):
        await scene.delete(first)
    assert len(scene.posts) == 1


async def test_the_login_at_instagram_deletes_comments_only(scene: Scene, own_shop: Account) -> None:
    own = scene.at(own_shop)
    first = await own.post(draft(TEXT, scene.picture()))
    await own.delete(await own.post(draft("And tea.", reply_to=first)))
    with pytest.raises(Refused, match="Delete it there yourself"):
        await own.delete(first)
    assert len(scene.posts) == 1
