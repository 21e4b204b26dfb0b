"""What is taken for a page of a network that Hawker does not know."""

from uuid import UUID

import pytest

from hawker.connect.shapes import JPEG, MP4, PictureShape, VideoShape
from hawker.connect.values import Draft, Media
from hawker.platforms.profile import PLATFORM
from hawker.platforms.profile.page import LIMITS
from hawker.sandbox.tests import scene


def medium(number: int, kind: str = JPEG) -> Media:
    seconds = 20 if kind == MP4 else 0
    return Media(
        id=str(UUID(int=number)),
        content_type=kind,
        size=200_000,
        width=300,
        height=1200,
        alt="Tea",
        read=lambda: b"",
        seconds=seconds,
    )


def post(text: str, *media: Media) -> Draft:
    return Draft(key=UUID(int=1), text=text, language="en", media=media)


@pytest.mark.parametrize(
    "draft",
    [post("Tea"), post("", medium(1)), post("Tea", medium(1), medium(2, MP4), medium(3, MP4))],
    ids=["words", "picture", "mixed"],
)
def test_no_kind_of_post_is_refused(draft: Draft) -> None:
    assert scene.problems(PLATFORM, draft) == []


def test_an_emoji_counts_as_two() -> None:
    assert [PLATFORM.publishes.count(text, {}, LIMITS) for text in ("茶" * 5000, "🍵")] == [5000, 2]


def test_no_ratio_is_asked_for() -> None:
    picture, film = PLATFORM.shapes(post("", medium(1), medium(2, MP4)), LIMITS)
    assert isinstance(picture, PictureShape)
    assert (picture.narrowest, picture.widest, picture.bytes) == (None, None, 20 * 2**20)
    assert isinstance(film, VideoShape)
    assert (film.longest, film.bytes) == (600, 2**30)
