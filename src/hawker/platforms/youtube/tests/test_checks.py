"""What is said of a draft before it is uploaded, and what is made of its video and picture."""

from dataclasses import replace

import pytest

from hawker.connect.shapes import PictureShape, VideoShape
from hawker.connect.values import Draft, Published
from hawker.platforms.youtube import PLATFORM
from hawker.platforms.youtube.limits import LIMITS, limits_of
from hawker.platforms.youtube.options import tags_length, tags_of
from hawker.platforms.youtube.tests.scene import film, post, still


def fields(draft: Draft, *, verified: bool = True) -> list[str]:
    limits = LIMITS if verified else limits_of("eligible")
    return [problem.field for problem in PLATFORM.publishes.check(draft, limits)]


def test_a_video_with_all_answers_has_no_problem() -> None:
    draft = post(tags="a, b", title="Buns", playlist="Breakfast", publish_at="2100-01-01 10:00 +08:00")
    assert fields(replace(draft, media=(still(), *draft.media))) == []


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"made_for_kids": ""}, "made_for_kids"),
        ({"title": "a" * 101}, "title"),
        ({"title": "1 < 2"}, "title"),
        ({"tags": ",".join(f"tag{number:04}" for number in range(70))}, "tags"),
        ({"privacy": "friends"}, "privacy"),
        ({"publish_at": "tomorrow"}, "publish_at"),
        ({"publish_at": "2100-01-01 10:00"}, "publish_at"),
        ({"publish_at": "2100-01-01T10:00Z", "privacy": "private"}, "publish_at"),
    ],
)
def test_an_answer_that_youtube_will_not_take_is_told_at_its_field(wish: dict[str, str], field: str) -> None:
    assert fields(post(**wish)) == [field]


@pytest.mark.parametrize("text", ["1 < 2", "2 > 1"])
def test_angle_brackets_are_told(text: str) -> None:
    assert fields(post(text, title="Buns")) == ["text"]


def test_words_need_a_title() -> None:
    assert fields(post("")) == ["title"]
    assert fields(post("", title="Buns")) == []


def test_words_or_pictures_alone_are_no_post() -> None:
    assert fields(replace(post(), media=())) == ["media"]
    assert fields(replace(post(), media=(still(),))) == ["media"]
    assert fields(replace(post(), media=(film(), film()))) == ["media"]
    assert fields(replace(post(), media=(film(), still(), still()))) == ["media"]


def test_a_thumbnail_needs_a_verified_phone() -> None:
    assert fields(replace(post(), media=(film(), still())), verified=False) == ["media"]
    assert fields(post(), verified=False) == []


def test_a_short_lasts_three_minutes() -> None:
    assert fields(replace(post(kind="short"), media=(film(seconds=181),))) == ["media"]
    assert fields(replace(post(), media=(film(seconds=181),))) == []


def test_a_comment_is_words_under_a_video_that_people_see() -> None:
    answered = replace(post(), media=(), reply_to=Published(remote_id="v", url=""))
    assert fields(answered) == []
    assert fields(replace(answered, text=" ")) == ["text"]
    assert fields(replace(answered, media=(still(),))) == ["media"]
    for wish in ({"made_for_kids": "yes"}, {"privacy": "private"}, {"publish_at": "2100-01-01T10:00Z"}):
        assert fields(replace(answered, options={**answered.options, **wish})) == ["text"]


def test_tags_are_counted_as_youtube_counts_them() -> None:
    tags = tags_of({"tags": "buns, #hot tea，buns、 早餐,"})
    assert tags == ["buns", "hot tea", "早餐"]
    assert tags_length(tags) == 4 + 7 + 2 + 2 + 2


def test_a_video_goes_as_it_is_and_a_short_at_most_square() -> None:
    draft = replace(post(), media=(film(), still()))
    video, picture = PLATFORM.shapes(draft, LIMITS)
    assert isinstance(video, VideoShape)
    assert isinstance(picture, PictureShape)
    assert (video.widest, video.longest, video.bytes) == (None, 43_200, 274_877_906_944)
    assert (picture.narrowest, picture.widest, picture.bytes) == (16 / 9, 16 / 9, 2_000_000)
    short, upright = PLATFORM.shapes(replace(draft, options={"kind": "short"}), LIMITS)
    assert isinstance(short, VideoShape)
    assert isinstance(upright, PictureShape)
    assert (short.widest, short.longest) == (1.0, 180)
    assert (upright.narrowest, upright.widest) == (None, None)


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("包子", 6), ("🥟", 4)])
def test_youtube_counts_bytes(text: str, length: int) -> None:
    assert PLATFORM.publishes.count(text, {}, LIMITS) == length
