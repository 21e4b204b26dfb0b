"""What a note may hold, and that Hawker sends none."""

from dataclasses import replace
from functools import partial

import pytest

from hawker.connect.errors import Refused
from hawker.connect.shapes import MP4, PictureShape, VideoShape
from hawker.connect.values import Draft, Published
from hawker.platforms.xiaohongshu import PLATFORM
from hawker.platforms.xiaohongshu.note import LIMITS
from hawker.platforms.xiaohongshu.tests.scene import PUBLISHES, Scene, medium, note
from hawker.sandbox.tests import scene as theirs

FILM = medium(9, MP4)
problems = partial(theirs.problems, PLATFORM)


def fields(draft: Draft) -> list[str]:
    return [field for field, _ in problems(draft)]


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
        (note(medium(1), title="茶" * 21), ["title"]),
        (note(medium(1), title="🍵" * 11), ["title"]),
        (replace(note(text="十點開門"), reply_to=Published(remote_id="", url="")), []),
    ],
)
def test_what_the_app_would_not_take_is_said_beforehand(draft: Draft, refused: list[str]) -> None:
    assert fields(draft) == refused


def test_a_picture_beyond_a_notes_ratios_gets_a_ground_and_a_film_stays_within_the_apps_length() -> None:
    picture, film = PLATFORM.shapes(note(medium(1), FILM), LIMITS)
    assert isinstance(picture, PictureShape)
    assert (picture.narrowest, picture.widest) == (3 / 4, 2)
    assert isinstance(film, VideoShape)
    assert film.longest == 15 * 60


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
