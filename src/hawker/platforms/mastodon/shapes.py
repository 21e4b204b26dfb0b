"""What servers take of pictures and videos."""

from collections.abc import Sequence
from dataclasses import replace

from hawker.connect.shapes import Shape, VideoShape, by_limits
from hawker.connect.values import Draft, Limits

# The square root of `video_matrix_limit`, 8,294,400 pixels; `video_frame_rate_limit` is 120
# (documentation, entities/Instance, 2026-07-02).
_SIDE, _RATE = 2_880, 120


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    return [
        replace(shape, side=_SIDE, rate=_RATE) if isinstance(shape, VideoShape) else shape
        for shape in by_limits(draft, limits)
    ]
