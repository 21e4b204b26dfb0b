"""There is no client but the app: its owner posts in the pretend one what she has copied."""

import aiohttp
import pytest

from hawker.connect.pretend import Seen
from hawker.platforms.xiaohongshu.tests.scene import Scene, form


async def read(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as visitor, visitor.get(url) as answer:
        return answer.status, await answer.text()


async def test_what_its_owner_posts_is_read_by_visitors(scene: Scene) -> None:
    typed = form(b"one", b"two", title="新茶", text="今天到的\n<b>烏龍</b>", comment="十點開門")
    status, url, page = await scene.post(typed)
    assert status == 200
    for shown in (page, (await read(scene.shop.url))[1]):
        assert "新茶" in shown
        assert "&lt;b&gt;烏龍&lt;/b&gt;" in shown
        assert "十點開門" in shown
    assert await read(url.replace("/explore/", "/file/") + "/1") == (200, "two")
    (first, second) = scene.network.pretend.published("teashop")
    assert first == Seen(remote_id=url.rpartition("/")[2], text="今天到的\n<b>烏龍</b>", alts=("", ""))
    assert (second.text, second.reply_to) == ("十點開門", first.remote_id)


@pytest.mark.parametrize(
    "typed",
    [
        form(text="no picture"),
        form(*[b"tea"] * 19, text="too many"),
        form(b"tea", title="茶" * 21),
        form(b"tea", text="茶" * 1001),
    ],
    ids=["none", "many", "title", "text"],
)
async def test_what_the_app_does_not_take_is_not_posted(scene: Scene, typed: aiohttp.FormData) -> None:
    status, _, page = await scene.post(typed)
    assert (status, "Not posted" in page) == (400, True)
    assert scene.network.pretend.published("teashop") == ()


async def test_the_app_shows_a_form(scene: Scene) -> None:
    status, page = await read(scene.shop.url.replace("/user/profile/", "/publish/"))
    assert (status, 'name="files"' in page) == (200, True)


@pytest.mark.parametrize(
    "path", ["/user/profile/nobody", "/explore/nothing", "/publish/nobody", "/file/nothing/0"]
)
async def test_what_is_not_there_is_said(scene: Scene, path: str) -> None:
    status, page = await read(scene.network.address + path)
    assert (status, "is not here" in page) == (404, True)


async def test_a_file_that_a_note_does_not_have_is_not_there(scene: Scene) -> None:
    _, url, _ = await scene.post(form(b"one", text="新茶"))
    assert (await read(url.replace("/explore/", "/file/") + "/1"))[0] == 404


async def test_nothing_but_pictures_and_videos_is_taken(scene: Scene) -> None:
    typed = form(text="新茶")
    typed.add_field("files", b"%PDF", filename="menu.pdf", content_type="application/pdf")
    assert (await scene.post(typed))[0] == 400
