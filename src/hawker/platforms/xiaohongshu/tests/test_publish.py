"""What a note may hold, and that Hawker sends none."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Refused
from hawker.connect.shapes import MP4
from hawker.connect.values import Draft, Published
from hawker.core.media.rules import decide
from hawker.core.posts.rules import problems
from hawker.platforms.xiaohongshu import PLATFORM
from hawker.platforms.xiaohongshu.note import LIMITS
from hawker.platforms.xiaohongshu.tests.scene import PUBLISHES, Scene, medium, note

FILM = medium(9, MP4)


def fields(draft: Draft) -> list[str]:
    return [each.field for each in problems(draft, PLATFORM, LIMITS)]


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (note(medium(1)), []),
        (note(medium(1), text=""), []),
        (note(*(medium(each) for each in range(18)), title="茶" * 20, text="茶" * 1000), []),
        (note(FILM), []),
        (note(), ["media"]),
        (note(FILM, medium(1)), ["media"]),
        (note(FILM, replace(FILM, id="other")), ["media"]),
        (note(*(medium(each) for each in range(19))), ["media"]),
        (note(medium(1), title="茶" * 21), ["title"]),
        (note(medium(1), title="🍵" * 11), ["title"]),
        (note(medium(1), text="茶" * 1001), ["text"]),
        (replace(note(text="十點開門"), reply_to=Published(remote_id="", url="")), []),
    ],
)
def test_what_the_app_would_not_take_is_said_beforehand(draft: Draft, refused: list[str]) -> None:
    assert fields(draft) == refused


@pytest.mark.parametrize(
    ("width", "height", "size"), [(1200, 1600, None), (600, 1600, (1200, 1600)), (3000, 1000, (3000, 1500))]
)
def test_a_picture_beyond_a_notes_ratios_gets_a_ground(
    width: int, height: int, size: tuple[int, int] | None
) -> None:
    shown = medium(1, width=width, height=height)
    (shape,) = PLATFORM.shapes(note(shown), LIMITS)
    recipe = decide(shown, shape).recipe
    assert (recipe and (recipe.size.width, recipe.size.height)) == size


async def test_preparing_leaves_nothing_at_the_network(scene: Scene) -> None:
    steps = [step async for step in PUBLISHES.prepare(scene.http, scene.shop, note(medium(1)), {})]
    assert steps == []
    assert scene.network.pretend.published("teashop") == ()


async def test_hawker_sends_nothing_and_says_who_does(scene: Scene) -> None:
    with pytest.raises(Refused, match="Post it there yourself"):
        await PUBLISHES.send(scene.http, scene.shop, note(medium(1)), {})
    assert scene.network.pretend.published("teashop") == ()


async def test_hawker_takes_nothing_off_and_says_who_does(scene: Scene) -> None:
    with pytest.raises(Refused, match="Delete it there yourself"):
        await PUBLISHES.delete(scene.http, scene.shop, Published(remote_id="", url=""))
