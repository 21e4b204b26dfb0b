"""What a network takes of a picture or a video. What does not fit is made to fit before it is uploaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hawker.connect.values import Draft, Limits

JPEG, PNG, MP4 = "image/jpeg", "image/png", "video/mp4"


@dataclass(frozen=True, kw_only=True)
class PictureShape:
    """`types`: what else comes becomes the first of them. `bytes`: the largest file. `pixels`: width times
    height at most; `side`: neither may be longer. `narrowest` and `widest`: width by height; what lies beyond
    is set on a ground of its own colours until it fits, so that nothing is cut off."""

    types: tuple[str, ...]
    bytes: int
    pixels: int | None = None
    side: int | None = None
    narrowest: float | None = None
    widest: float | None = None


@dataclass(frozen=True, kw_only=True)
class VideoShape:
    """As for pictures; becomes MP4 (H.264, AAC, index first) where it is something else. `shortest` and
    `longest` in seconds (0: without end): a video that is neither is refused, never cut. `rate`: frames a
    second at most."""

    bytes: int
    shortest: float = 0
    longest: float
    types: tuple[str, ...] = (MP4,)
    side: int | None = None
    narrowest: float | None = None
    widest: float | None = None
    rate: int = 60


Shape = PictureShape | VideoShape
# The shape for each medium of a draft, in its order; None takes it as it is.
Shapes = Callable[[Draft, Limits], Sequence[Shape | None]]


def by_limits(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    """By what the server said of itself, whatever kind of post it is."""
    return [_video(limits) if medium.is_video else _picture(limits) for medium in draft.media]


def _picture(limits: Limits) -> PictureShape:
    return PictureShape(types=limits.image_types, bytes=limits.image_bytes, pixels=limits.image_pixels)


def _video(limits: Limits) -> VideoShape:
    return VideoShape(bytes=limits.video_bytes, longest=limits.video_seconds, types=limits.video_types)
