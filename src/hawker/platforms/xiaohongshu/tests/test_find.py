"""Nobody but its owner can look for a note."""

from datetime import UTC, datetime

import pytest

from hawker.connect.errors import CannotLook
from hawker.platforms.xiaohongshu.tests.scene import PUBLISHES, Scene, medium, note
from tests.phone import form, post_by_hand


async def test_hawker_never_says_that_a_note_is_not_there(scene: Scene) -> None:
    await post_by_hand(scene.shop.url, form(b"tea", text="新茶到了"))
    with pytest.raises(CannotLook, match="Look there yourself"):
        await PUBLISHES.find(scene.http, scene.shop, note(medium(1)), {}, since=datetime.now(UTC))
