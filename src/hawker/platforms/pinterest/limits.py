"""What Pinterest takes of texts, pictures and videos."""

from collections.abc import Sequence

from hawker.connect.shapes import JPEG, MP4, PNG, PictureShape, Shape, VideoShape
from hawker.connect.values import Draft, Limits, Media

MOV, M4V = "video/quicktime", "video/x-m4v"
TITLE, LINK, CAROUSEL = 100, 2_048, 5
SHORTEST, NARROWEST, WIDEST = 4, 0.5, 1.91
# Of files that come within a call: base64 makes them a third larger, and Pinterest shows 1,200 pixels.
ALONE, TOGETHER, SIDE = 10_000_000, 4_000_000, 4_096
# OpenAPI 5.23.0 (2025-12) of texts and numbers; help.pinterest.com, “Review product specs”, of files.
LIMITS = Limits(
    text=800,
    media=CAROUSEL,
    alt_text=500,
    image_bytes=ALONE,
    image_pixels=SIDE * SIDE,
    image_types=(JPEG, PNG),
    video_bytes=2_000_000_000,
    video_seconds=15 * 60,
    video_types=(MP4, MOV, M4V),
)


def pictures_of(draft: Draft) -> list[Media]:
    return [medium for medium in draft.media if not medium.is_video]


def video_of(draft: Draft) -> Media | None:
    return next((medium for medium in draft.media if medium.is_video), None)


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    picture = _picture(draft, limits)
    return [_video(limits) if medium.is_video else picture for medium in draft.media]


def _picture(draft: Draft, limits: Limits) -> PictureShape:
    """All pictures of a carousel have one size: that of the first, as far as the smallest of them goes."""
    pictures = pictures_of(draft)
    if len(pictures) < 2 or video_of(draft):
        return PictureShape(types=limits.image_types, bytes=limits.image_bytes, side=SIDE)
    ratio = pictures[0].width / pictures[0].height
    side = min(SIDE, *(_longest(each, ratio) for each in pictures))
    return PictureShape(
        types=limits.image_types,
        bytes=min(limits.image_bytes, TOGETHER),
        side=side,
        narrowest=ratio,
        widest=ratio,
    )


def _longest(picture: Media, ratio: float) -> int:
    """The longer side of a picture once it has ground enough to be of this ratio."""
    wide = picture.width / picture.height > ratio
    width = picture.width if wide else picture.height * ratio
    height = picture.width / ratio if wide else picture.height
    return round(max(width, height))


def _video(limits: Limits) -> VideoShape:
    return VideoShape(
        bytes=limits.video_bytes,
        shortest=SHORTEST,
        longest=limits.video_seconds,
        types=limits.video_types,
        narrowest=NARROWEST,
        widest=WIDEST,
    )
