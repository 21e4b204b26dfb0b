"""Pictures as Telegram takes them. It makes them smaller itself and leaves out what a camera notes of place
and time, so that most files go out as they are."""

import io

from PIL import Image, ImageOps

from hawker.connect.errors import Refused
from hawker.connect.text import say

# sendPhoto: 10 MB, width and height together 10,000, the longer side at most 20 times the shorter
# (Bot API 10.1, 2026-06-11). 2,560 is the longest side that Telegram's apps show.
BYTES = 10_000_000
SIDES = 10_000
RATIO = 20
_SHOWN = 2_560
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
TOO_LONG = say("A picture of this post is more than 20 times as long as it is wide. Cut it.")


def too_narrow(width: int, height: int) -> bool:
    return max(width, height) > RATIO * max(min(width, height), 1)


def fit(data: bytes) -> tuple[bytes, str]:
    """The picture and its type, made smaller where it must be. Raises Refused(field="media").

    Takes seconds of processor time for a large one: call it in a thread.
    """
    try:
        return _fit(data)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        sentence = say("A picture of this post cannot be read. Save it as JPEG or PNG and add it again.")
        raise Refused(sentence, field="media") from error


def _fit(data: bytes) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(data)) as image:
        if too_narrow(*image.size):
            raise Refused(TOO_LONG, field="media")
        if len(data) <= BYTES and sum(image.size) <= SIDES and image.format in _TYPES:
            return data, _TYPES[image.format]
        return _smaller(image), "image/jpeg"


def _smaller(image: Image.Image) -> bytes:
    """On white where it is see-through: a JPEG knows no transparency."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((_SHOWN, _SHOWN))
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright)
    file = io.BytesIO()
    flat.save(file, "JPEG", quality=90)
    return file.getvalue()
