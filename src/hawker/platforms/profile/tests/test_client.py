"""There is no client but the network's own: its owner posts in the pretend one what she has copied."""

from hawker.connect.pretend_by_hand import PUBLISH
from hawker.connect.shapes import MP4
from hawker.platforms.profile import PLATFORM
from hawker.sandbox.app import serve
from tests.phone import form, post_by_hand, read


async def test_words_alone_go_on_a_page_and_pictures_beside_videos() -> None:
    async with serve() as sandbox:
        pretend = sandbox.networks[PLATFORM.name].pretend
        page = pretend.account("mei")[1]["profile"]
        mixed = form(b"tea")
        mixed.add_field("files", b"film", filename="2.mp4", content_type=MP4)
        for typed in (form(text="Fresh tea"), mixed):
            assert (await post_by_hand(page, typed)).status == 200
        shown = (await read(page))[1]
        assert [tag in shown for tag in ("Fresh tea", "<img", "<video")] == [True] * 3
        assert [(each.text, len(each.alts)) for each in pretend.published("mei")] == [
            ("Fresh tea", 0),
            ("", 2),
        ]


async def test_a_page_has_no_titles() -> None:
    async with serve() as sandbox:
        page = sandbox.networks[PLATFORM.name].pretend.account("mei")[1]["profile"]
        assert "Title" not in (await read(page + PUBLISH))[1]
        posted = await post_by_hand(page, form(title="Tea", text="Fresh tea"))
        assert (posted.status, "0 of a title" in posted.page) == (400, True)
