"""What becomes of a medium so that a network takes it, decided from values alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hawker.connect.shapes import MP4, PictureShape, VideoShape
from hawker.connect.values import Media
from hawker.core.media import rules, sizes
from hawker.core.media.sizes import Bounds

JPEG_ONLY = PictureShape(types=("image/jpeg",), bytes=8 * 2**20, side=1440, narrowest=0.8, widest=1.91)
REEL = VideoShape(
    bytes=100 * 2**20, shortest=3, longest=90, narrowest=9 / 16, widest=1.91, side=1920, rate=60
)


def nothing() -> bytes:
    return b""


def picture(width: int = 1080, height: int = 1080, kind: str = "image/jpeg", size: int = 2**20) -> Media:
    return Media(id="1", content_type=kind, size=size, width=width, height=height, alt="", read=nothing)


def video(width: int = 1080, height: int = 1920, size: int = 2**20, seconds: float = 10) -> Media:
    plain = picture(width, height, MP4, size)
    return replace(plain, seconds=seconds, rate=30, codecs=("h264", "aac"))


def told(decision: rules.Decision) -> list[str]:
    return [str(each) for each in decision.changes]


def test_what_fits_stays_as_it_is() -> None:
    assert rules.decide(picture(), JPEG_ONLY) == rules.AS_IT_IS
    assert rules.decide(video(), REEL) == rules.AS_IT_IS
    assert rules.decide(video(), None) == rules.AS_IT_IS


def test_another_format_becomes_the_first_that_is_taken() -> None:
    decision = rules.decide(picture(kind="image/png"), JPEG_ONLY)
    assert decision.recipe
    assert decision.recipe.content_type == "image/jpeg"
    assert told(decision) == ["Its format becomes JPEG."]


def test_a_heavy_png_becomes_a_jpeg_where_both_are_taken() -> None:
    both = replace(JPEG_ONLY, types=("image/png", "image/jpeg"), bytes=2**19)
    decision = rules.decide(picture(kind="image/png"), both)
    assert decision.recipe
    assert decision.recipe.content_type == "image/jpeg"
    only = replace(both, types=("image/png",))
    decision = rules.decide(picture(kind="image/png"), only)
    assert decision.recipe
    assert decision.recipe.content_type == "image/png"


def test_a_narrow_picture_gets_a_ground_at_its_sides() -> None:
    decision = rules.decide(picture(1080, 1920), replace(JPEG_ONLY, side=None))
    assert decision.recipe
    size = decision.recipe.size
    assert (size.width, size.height, size.inner_width, size.inner_height) == (1536, 1920, 1080, 1920)
    assert told(decision) == ["It gets a ground of its own colours at the sides, to reach 4:5."]


def test_a_wide_picture_gets_a_ground_above_and_below_and_is_made_smaller() -> None:
    decision = rules.decide(picture(3000, 1000), JPEG_ONLY)
    assert decision.recipe
    size = decision.recipe.size
    assert (size.width, size.height, size.inner_width) == (1438, 753, 1438)
    assert told(decision) == [
        "It gets a ground of its own colours above and below, to reach 1.91:1.",
        "It is made smaller: 1438 × 753.",
    ]


def test_too_many_bytes_are_told() -> None:
    decision = rules.decide(picture(size=9 * 2**20), JPEG_ONLY)
    assert told(decision) == ["Its file is made smaller: 8 MB at most."]


@pytest.mark.parametrize(
    ("shape", "medium"),
    [
        (JPEG_ONLY, picture(kind=rules.GIF)),
        (replace(JPEG_ONLY, types=(rules.GIF,), bytes=100), picture(kind=rules.GIF)),
        (replace(JPEG_ONLY, types=(rules.GIF,)), picture(4000, 1000, kind=rules.GIF)),
        (JPEG_ONLY, video()),
        (REEL, picture()),
        (replace(REEL, types=()), video()),
        (replace(JPEG_ONLY, types=()), picture()),
        (REEL, video(seconds=2)),
        (REEL, video(seconds=91)),
        (replace(REEL, bytes=2**20), video(size=2**21, seconds=80)),
    ],
)
def test_what_cannot_be_made_right_is_a_problem(shape: PictureShape | VideoShape, medium: Media) -> None:
    decision = rules.decide(medium, shape)
    assert decision.problem
    assert decision.recipe is None


def test_a_gif_that_is_taken_stays() -> None:
    assert rules.decide(picture(kind=rules.GIF), replace(JPEG_ONLY, types=(rules.GIF,))) == rules.AS_IT_IS


def test_the_length_of_a_video_is_told_with_the_limit() -> None:
    sentence = rules.decide(video(seconds=200), replace(REEL, longest=140)).problem
    assert str(sentence) == "This video lasts 3:20; at most 2:20 fits here. Cut it."
    assert rules.span(3605) == "1:00:05"


def test_a_video_without_a_limit_of_length_may_last() -> None:
    assert rules.decide(video(seconds=9000), replace(REEL, longest=0)) == rules.AS_IT_IS


def test_a_strange_codec_becomes_h264() -> None:
    for codecs in (("hevc", "aac"), ("h264/yuv422p10le", "aac"), ("h264", "opus")):
        decision = rules.decide(replace(video(), codecs=codecs), REEL)
        assert decision.recipe
        assert not decision.recipe.copied
        assert told(decision) == ["Its format becomes MP4 (H.264)."]


def test_where_only_the_container_is_wrong_the_streams_are_copied() -> None:
    decision = rules.decide(replace(video(), content_type="video/quicktime"), REEL)
    assert decision.recipe
    assert decision.recipe.copied
    assert told(decision) == ["Its format becomes MP4 (H.264)."]


def test_a_network_that_takes_webm_gets_webm() -> None:
    medium = replace(video(), content_type="video/webm", codecs=("vp9", "opus"))
    assert rules.decide(medium, replace(REEL, types=(MP4, "video/webm"))) == rules.AS_IT_IS


def test_a_fast_video_gets_fewer_frames() -> None:
    decision = rules.decide(replace(video(), rate=60), replace(REEL, rate=30))
    assert decision.recipe
    assert decision.recipe.rate == 30
    assert told(decision) == ["It gets 30 frames a second."]


def test_a_heavy_video_gets_fewer_bits_and_a_size_that_they_can_fill() -> None:
    decision = rules.decide(video(size=2**24, seconds=30), replace(REEL, bytes=4 * 2**20))
    assert decision.recipe
    assert decision.recipe.kbits * 1000 / 8 * 31 <= 4 * 2**20 * 0.96
    assert decision.recipe.size.height == 960
    assert told(decision)[-1] == "Its file is made smaller: 4 MB at most."


sides = st.integers(min_value=1, max_value=16_000)


@given(width=sides, height=sides, step=st.sampled_from([1, 2]), side=st.sampled_from([None, 720, 1440]))
def test_whatever_comes_lies_within_the_bounds(width: int, height: int, step: int, side: int | None) -> None:
    bounds = Bounds(pixels=8_000_000, side=side, narrowest=0.5, widest=1.91, step=step)
    size = sizes.within(width, height, bounds)
    assert size.width * size.height <= 8_000_000
    assert side is None or max(size.width, size.height) <= side
    assert size.width % step == size.height % step == 0
    assert size.inner_width <= size.width
    assert size.inner_height <= size.height
    if min(size.width, size.height) > 4:
        assert 0.5 <= size.width / size.height <= 1.91 + 1e-9


def test_ratios_are_named_as_people_do() -> None:
    assert [sizes.named(each) for each in (0.8, 9 / 16, 1.91, 1.0)] == ["4:5", "9:16", "1.91:1", "1:1"]
