"""What X takes of pictures and videos (docs.x.com, media/best-practices, 2026-08-22)."""

from collections.abc import Sequence
from dataclasses import replace

from hawker.connect.shapes import PictureShape, Shape, VideoShape, by_limits
from hawker.connect.values import Draft, Limits, Media

GIF = "image/gif"
_GIF_BYTES = 15_000_000
_SHORTEST, _SIDE, _RATIO, _RATE = 0.5, 1280, 3, 60


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    each = zip(draft.media, by_limits(draft, limits), strict=True)
    return [_shape(medium, shape) for medium, shape in each]


def _shape(medium: Media, shape: Shape | None) -> Shape | None:
    if isinstance(shape, VideoShape):
        return replace(shape, shortest=_SHORTEST, side=_SIDE, narrowest=1 / _RATIO, widest=_RATIO, rate=_RATE)
    if isinstance(shape, PictureShape) and medium.content_type == GIF:
        return replace(shape, bytes=_GIF_BYTES)
    return shape
