"""What LinkedIn takes of pictures and videos (Images API and Videos API, read 2026-11-22)."""

from collections.abc import Sequence
from dataclasses import replace

from hawker.connect.shapes import JPEG, PictureShape, Shape, VideoShape, by_limits
from hawker.connect.values import Draft, Limits
from hawker.platforms.linkedin.options import is_document

SHORTEST = 3
# A page of a PDF need not be larger; a hundred of them must stay below 100 MB.
PAGE_SIDE, PAGE_BYTES = 2_000, 1_000_000


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    """A page of a document is a JPEG: a PDF takes that as it is."""
    return [_shape(shape, is_document(draft)) for shape in by_limits(draft, limits)]


def _shape(shape: Shape | None, is_page: bool) -> Shape | None:
    if isinstance(shape, VideoShape):
        return replace(shape, shortest=SHORTEST)
    if isinstance(shape, PictureShape) and is_page:
        return replace(shape, types=(JPEG,), bytes=PAGE_BYTES, side=PAGE_SIDE)
    return shape
