"""What YouTube takes of videos and thumbnails, and what they are made into before they go there."""

from collections.abc import Sequence
from dataclasses import replace

from hawker.connect.shapes import JPEG, MP4, PNG, PictureShape, Shape, VideoShape
from hawker.connect.values import Draft, Limits, Media
from hawker.platforms.youtube.options import is_short

# YouTube Data API v3, discovery revision 20261104: videos.insert takes 256 GiB; its help pages: 12 hours. The
# document allows thumbnails of 50 MB since 2026-09-14; 2 MB were the limit before, and are enough.
LIMITS = Limits(
    text=5_000,
    text_bytes=5_000,
    media=2,
    alt_text=4_096,
    image_bytes=2_000_000,
    image_pixels=8_294_400,
    image_types=(JPEG, PNG),
    video_bytes=274_877_906_944,
    video_seconds=12 * 3600,
    video_types=(MP4, "video/quicktime", "video/webm"),
)
# Until the channel's phone number is verified (help page “Upload videos longer than 15 minutes”, 2026-11).
UNVERIFIED_SECONDS = 15 * 60
SHORT_SECONDS = 180
WIDE = 16 / 9


def limits_of(long_uploads: str) -> Limits:
    """`long_uploads` is the channel's `longUploadsStatus`; where YouTube does not tell it, it may be long."""
    if long_uploads in {"eligible", "disallowed"}:
        return replace(LIMITS, video_seconds=UNVERIFIED_SECONDS)
    return LIMITS


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    return [_shape(medium, limits, short=is_short(draft)) for medium in draft.media]


def _shape(medium: Media, limits: Limits, *, short: bool) -> Shape:
    """A Short is square or upright; YouTube makes a Short of whatever is so and lasts three minutes."""
    if not medium.is_video:
        ratio = None if short else WIDE
        return PictureShape(
            types=limits.image_types,
            bytes=limits.image_bytes,
            pixels=limits.image_pixels,
            narrowest=ratio,
            widest=ratio,
        )
    return VideoShape(
        bytes=limits.video_bytes,
        longest=min(SHORT_SECONDS, limits.video_seconds) if short else limits.video_seconds,
        types=limits.video_types,
        widest=1.0 if short else None,
    )
