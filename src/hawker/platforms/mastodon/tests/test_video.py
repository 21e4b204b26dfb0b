from dataclasses import replace

import pytest

from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.shapes import VideoShape
from hawker.connect.values import Account
from hawker.platforms.mastodon.instance import LIMITS
from hawker.platforms.mastodon.publish import ONE_VIDEO, Publish
from hawker.platforms.mastodon.sandbox_world import World
from hawker.platforms.mastodon.shapes import shapes
from hawker.sandbox.tests.makers import draft, medium

FILM = replace(medium(b"\0\0\0\x18ftypisom film", "video/mp4"), seconds=4)


async def publish(http: Http, shop: Account, *media: object) -> None:
    post = draft("Tea", *media)  # type: ignore[arg-type]
    publishing = Publish(pauses=(0,) * 4)
    done = {step.name: step.value async for step in publishing.prepare(http, shop, post, {})}
    await publishing.send(http, shop, post, done)


async def test_a_video_is_uploaded_and_published(http: Http, shop: Account, world: World) -> None:
    await publish(http, shop, FILM)
    (post,) = world.posts.values()
    assert [each.content_type for each in post.uploads] == ["video/mp4"]


async def test_a_video_beside_a_picture_is_refused_and_said_beforehand(
    http: Http, shop: Account, world: World
) -> None:
    both = (FILM, replace(medium(), id="picture"))
    assert [each.sentence for each in Publish().check(draft("Tea", *both), LIMITS)] == [ONE_VIDEO]
    with pytest.raises(Refused):
        await publish(http, shop, *both)
    assert not world.posts


def test_a_video_is_no_larger_than_a_server_takes() -> None:
    (shape,) = shapes(draft("Tea", FILM), LIMITS)
    assert isinstance(shape, VideoShape)
    assert (shape.bytes, shape.side, shape.rate) == (103_809_024, 2_880, 120)
