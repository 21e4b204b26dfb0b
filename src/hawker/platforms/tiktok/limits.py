"""What TikTok takes of videos and photos, and what one creator of it may choose."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from hawker.connect.shapes import JPEG, MP4, PictureShape, Shape, VideoShape
from hawker.connect.values import Draft, Limits
from hawker.platforms.tiktok import options as opt

WEBP, MOV, WEBM = "image/webp", "video/quicktime", "video/webm"
# developers.tiktok.com, Content Posting API, Media Transfer Guide and references, 2026-11-05. Photos:
# "maximum of 1080p", and not which side that is.
VIDEO_TEXT, PHOTO_TEXT, PHOTO_TITLE = 2_200, 4_000, 90
LONGEST, SMALLEST_SIDE, LARGEST_SIDE = 600.0, 360, 4_096
SLOWEST, FASTEST = 23, 60
LIMITS = Limits(
    text=PHOTO_TEXT,
    media=35,
    alt_text=4_096,
    image_bytes=20_000_000,
    image_pixels=1_920 * 1_080,
    image_types=(JPEG, WEBP),
    video_bytes=4_000_000_000,
    video_seconds=LONGEST,
    video_types=(MP4, MOV, WEBM),
)


class Creator(BaseModel):
    """What TikTok says of an account before each post (creator_info)."""

    username: Annotated[str, Field(alias="creator_username", min_length=1)]
    nickname: Annotated[str, Field(alias="creator_nickname")] = ""
    levels: Annotated[
        tuple[str, ...], Field(alias="privacy_level_options"), BeforeValidator(lambda value: value or ())
    ] = ()
    no_comments: Annotated[bool, Field(alias="comment_disabled")] = False
    no_duet: Annotated[bool, Field(alias="duet_disabled")] = False
    no_stitch: Annotated[bool, Field(alias="stitch_disabled")] = False
    seconds: Annotated[int, Field(alias="max_video_post_duration_sec")] = 0


def limits_of(creator: Creator) -> Limits:
    seconds = min(creator.seconds or LONGEST, LONGEST)
    return replace(LIMITS, video_seconds=seconds, withheld=tuple(_withheld(creator)))


def _withheld(creator: Creator) -> Iterator[str]:
    if creator.levels:
        yield from (f"{opt.PRIVACY}={level}" for level in opt.LEVELS if level not in creator.levels)
    closed = (
        (opt.COMMENTS, creator.no_comments),
        (opt.DUET, creator.no_duet),
        (opt.STITCH, creator.no_stitch),
    )
    yield from (f"{name}={opt.YES}" for name, is_closed in closed if is_closed)


def units(text: str) -> int:
    """As TikTok counts: in UTF-16, so that an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    return [_video(limits) if medium.is_video else _photo(limits) for medium in draft.media]


def _photo(limits: Limits) -> Shape:
    return PictureShape(
        types=limits.image_types, bytes=limits.image_bytes, pixels=limits.image_pixels, side=1_920
    )


def _video(limits: Limits) -> Shape:
    return VideoShape(
        bytes=limits.video_bytes,
        longest=limits.video_seconds,
        types=limits.video_types,
        side=LARGEST_SIDE,
        rate=FASTEST,
    )
