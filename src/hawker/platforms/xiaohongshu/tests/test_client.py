"""There is no client but the app: its owner posts in the pretend one what she has copied."""

import aiohttp
import pytest

from hawker.connect.pretend_by_hand import PUBLISH
from hawker.connect.shapes import MP4
from hawker.platforms.xiaohongshu.tests.scene import Scene
from tests.phone import form, post_by_hand, read


async def test_a_note_has_a_title(scene: Scene) -> None:
    posted = await post_by_hand(scene.shop.url, form(b"one", title="<新茶>", text="今天到的"))
    assert (posted.status, "<h2>&lt;新茶&gt;</h2>" in posted.page) == (200, True)
    assert "<label>Title" in (await read(scene.shop.url + PUBLISH))[1]


def film_and_picture() -> aiohttp.FormData:
    data = form(b"tea")
    data.add_field("files", b"film", filename="2.mp4", content_type=MP4)
    return data


@pytest.mark.parametrize(
    "typed",
    [form(text="no picture"), film_and_picture(), form(b"tea", title="茶" * 21)],
    ids=["none", "mixed", "title"],
)
async def test_what_the_app_does_not_take_is_not_posted(scene: Scene, typed: aiohttp.FormData) -> None:
    posted = await post_by_hand(scene.shop.url, typed)
    assert (posted.status, "Not posted" in posted.page) == (400, True)
    assert scene.network.pretend.published("teashop") == ()
