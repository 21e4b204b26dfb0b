"""Pictures as Discord takes them: small enough, and without what a camera notes of place and time."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from hawker.connect.errors import Refused
from hawker.connect.text import say

# For each file, of a webhook in a server without boosts (docs reference, “Uploading Files”, 2026-08-06).
BYTES = 10 * 2**20
PIXELS = 50_000_000
_SIDES = (4_096, 2_560, 1_280)
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_TELLING = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Comment", "mp", "mpoffset"}


def fit(data: bytes) -> tuple[bytes, str]:
    """The picture and its type, written anew where it must be. Raises Refused(field="media").

    Takes seconds of processor time for a large one: call it in a thread.
    """
    try:
        return _fit(data)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        sentence = say("A picture of this post cannot be read. Save it as JPEG or PNG and add it again.")
        raise Refused(sentence, field="media") from error


def _fit(data: bytes) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > PIXELS:
            raise Refused(
                say("A picture of this post has too many pixels. Take a smaller one."), field="media"
            )
        image.load()
        moving = getattr(image, "n_frames", 1) > 1 and image.format != "MPO"
        if len(data) <= BYTES and image.format in _TYPES and (moving or not image.info.keys() & _TELLING):
            return data, _TYPES[image.format]
        if moving:
            sentence = say("Discord takes moving pictures of at most 10 MB. Make this one smaller.")
            raise Refused(sentence, field="media")
        return next(each for each in _attempts(image) if len(each[0]) <= BYTES)


def _attempts(image: Image.Image) -> Iterator[tuple[bytes, str]]:
    """First as it is, then coarser, then with fewer pixels; the last is always small enough."""
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    clear = image.has_transparency_data
    plain = ImageOps.exif_transpose(image).convert("RGBA" if clear else "RGB")
    plain.info.clear()
    if image.format in {"PNG", "GIF"}:
        yield _save(plain, "PNG", profile)
    for side in (max(plain.size), *_SIDES):
        plain.thumbnail((side, side))
        yield _save(plain, "WEBP" if clear else "JPEG", profile)


def _save(image: Image.Image, form: str, profile: bytes | None) -> tuple[bytes, str]:
    file = io.BytesIO()
    image.save(file, form, quality=90, icc_profile=profile)
    return file.getvalue(), _TYPES[form]
