"""What Telegram takes of pictures and videos. It leaves out itself what a camera notes of place and time."""

from collections.abc import Sequence

from hawker.connect.shapes import JPEG, PNG, PictureShape, VideoShape
from hawker.connect.values import Draft, Limits

GIF, WEBP = "image/gif", "image/webp"
# sendPhoto: 10 MB, width and height together 10,000, the longer side at most 20 times the shorter
# (Bot API 10.1, 2026-06-11).
_SIDE, _RATIO = 5_000, 20
# What is no photo: sendAnimation and sendVideo.
FILE_BYTES = 50_000_000


def shapes(draft: Draft, limits: Limits) -> Sequence[PictureShape | VideoShape]:
    """A moving picture moves only where it is alone; in an album Telegram takes photos and videos."""
    photo = PictureShape(
        types=(JPEG, PNG, WEBP),
        bytes=limits.image_bytes,
        side=_SIDE,
        narrowest=1 / _RATIO,
        widest=_RATIO,
    )
    moving = PictureShape(types=(GIF,), bytes=FILE_BYTES)
    film = VideoShape(bytes=FILE_BYTES, longest=0)
    alone = len(draft.media) == 1
    return [
        film if each.is_video else moving if alone and each.content_type == GIF else photo
        for each in draft.media
    ]
